"""What questions to the store are answered with: frozen values.

Days are valid time, `until` days are the first on which something no longer holds.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, computed_field

from policy_tracker.language.formatting import plain_date
from policy_tracker.record import CodeRef, DateFact, Quantity, Record, Source, Span, Start
from policy_tracker.record.base import Value
from policy_tracker.record.content import AppliesTo, Disagreement, RelatedPolicy, Residual
from policy_tracker.record.governance import TiedBy
from policy_tracker.record.vocabulary import (
    Axis,
    Completeness,
    DateBasis,
    Direction,
    Funding,
    Impact,
    LineOfBusiness,
    NotCoveredBasis,
    Origin,
    Phase,
    PolicyType,
    Position,
    Requirement,
    Role,
    SourceKind,
    StatedBy,
)
from policy_tracker.rules.changes import Change, Comparison, Verdict

T = TypeVar("T")
Utc = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]


class Page(Value, Generic[T]):
    """A part of a list, and the opaque `cursor` that continues it (None: that was all).

    A cursor stays valid when rows are added before or behind it.
    """

    items: tuple[T, ...]
    cursor: str | None = None


# --- Who looked at it


class ReviewState(Value):
    """Whether a person looked at what is recorded: `by` whom and `on` which day (UTC), where that
    is known.
    """

    state: Literal["not_reviewed", "reviewed", "recorded_by_hand"]
    by: str | None = None
    on: date | None = None
    doubted: bool = False
    """Whether a better reading of the same document is doubtful and waits for a person, or is of
    another policy or version.
    """
    moved: bool = False
    """Whether a better reader read the document as another policy or version."""

    @computed_field
    @property
    def words(self) -> str:
        """The state in one phrase, the same wherever a person reads it: "reviewed by Ada on January
        5, 2026".
        """
        waits = "; its document was read anew, and that reading waits for a review"
        moved = "; its document was read anew as another policy or version"
        return f"{self._said}{(moved if self.moved else waits) if self.doubted else ''}"

    @property
    def _said(self) -> str:
        if self.state == "recorded_by_hand":
            return "recorded by hand"
        if self.state == "not_reviewed":
            return "read automatically, not reviewed"
        return f"reviewed{f' by {self.by}' if self.by else ''}{f' on {plain_date(self.on)}' if self.on else ''}"  # noqa: E501


# --- Policies and versions


class PolicyRef(Value):
    """Which policy something belongs to, with what people call it.

    `fixture` marks an invented payer; say so wherever its name stands.
    """

    id: int
    payer: str
    payer_name: str
    fixture: bool = False
    policy: str
    policy_number: str | None = None
    aliases: tuple[str, ...] = ()
    title: str
    policy_type: PolicyType

    @property
    def label(self) -> str:
        """What people call it: its first alias, else its number, else its slug."""
        return (self.aliases or (self.policy_number or self.policy,))[0]


class PayerRow(Value):
    """A payer that is watched, and how many policies of it are held."""

    payer: str
    name: str
    fixture: bool
    homepage: str | None = None
    policies: int


class Gap(Value):
    """Between two versions some are not on file: what changed came between these days; how many are
    missing (None: not known).
    """

    after: date
    before: date
    missing: int | None = None


Certainty = Literal["certain", "presumed", "uncertain"]
Status = Literal["in_force", "future_only", "retired", "gap", "indeterminate", "nothing_known"]


class PolicyRow(PolicyRef):
    """A policy as a list shows it, as of a day.

    `version` is the one in force (None unless `status` is in_force) since `since` (None: start
    unknown); `next_version` starts on `next_from`; `certainty` says how sure that is, `checked_on`
    when its document was last fetched; `latest` is the latest version in valid time (None: all were
    withdrawn), `versions` their number, `recorded_at` (UTC) when the last of them was recorded.
    """

    status: Status
    version: str | None = None
    since: date | None = None
    certainty: Certainty | None = None
    checked_on: date | None = None
    next_version: str | None = None
    next_from: date | None = None
    latest: str | None
    versions: int
    recorded_at: datetime


class VersionView(Value):
    """One version as it is recorded (at `known_at`, else now).

    `start` says from when it applies and on what that rests, `until` when it stops (None: open);
    `governs` is False where its turn never comes (withdrawn, reissued for the same day); `previous`
    and `next` are its neighbours in valid time (withdrawn ones are nobody's neighbours). `revision`
    counts from 1, `corrections` the revisions of it that corrected an earlier one;
    `first_recorded_at`, `recorded_at` (UTC) of the first and of this revision. `gap` says between
    which days what is new in it came, where versions before it are not on file; `checked_on` when
    its document was last fetched.
    """

    policy: PolicyRef
    version: str
    record: Record
    start: Start
    until: date | None = None
    governs: bool
    withdrawn: bool
    origin: Origin
    revision: int
    corrections: int
    sequence: int
    first_recorded_at: datetime
    recorded_at: datetime
    previous: str | None = None
    next: str | None = None
    gap: Gap | None = None
    checked_on: date | None = None
    review_state: ReviewState = ReviewState(state="not_reviewed")


# --- Time


class Question(Value):
    """As of when. Each date is the claim's; None where it is not given.

    `as_of` is the date of service; `processed_on`, `authorized_on` (the authorization was
    requested) and `admitted_on` decide where a payer goes by those; `known_at` asks what was
    recorded by then (None: all).
    """

    as_of: date
    processed_on: date | None = None
    authorized_on: date | None = None
    admitted_on: date | None = None
    known_at: Utc | None = None


Need = Literal["processed_on", "authorized_on", "admitted_on"]


class Governing(Value):
    """Which version governs, and why.

    `version`, `revision` (its number), `revision_id` and `start` are set where `status` is
    in_force; `until` is the first day on which it no longer does, as far as is known. `why` is one
    sentence that says it all. `nearest` is the version that `why` is about where none governs (the
    retired, the replaced, the first future one). `needs` are the fields of the question that an
    indeterminate answer asks for.

    `certainty` is about the text on file, never about payment, and `certainty_reasons` say why,
    each in one sentence. A version may be named and be uncertain, so look at both. `checked_on` is
    the last day on which the version was found to be the payer's text (None: never checked since it
    was issued), `policy_effective` the printed effective date where the start gave way to the issue
    date, `tied` are all versions that start on that day and that nothing puts in order. Where the
    answer is uncertain, `nearest_before` and `nearest_after` are the versions on file around the
    day.
    """

    status: Status
    version: str | None = None
    revision: int | None = None
    revision_id: int | None = None
    start: Start | None = None
    until: date | None = None
    why: str
    reason: str
    nearest: str | None = None
    needs: tuple[Need, ...] = ()
    certainty: Certainty = "uncertain"
    certainty_reasons: tuple[str, ...] = ()
    checked_on: date | None = None
    policy_effective: date | None = None
    tied: tuple[str, ...] = ()
    nearest_before: str | None = None
    nearest_after: str | None = None


class TimelineSpan(Value):
    """A bar of a timeline in valid time: from `from_day` (None: since an unknown or indefinite
    time) until before `to_day` (None: open).

    `start_known` is False for a version of which only its end is known. `basis` is the date of a
    claim that decides here. A bar has one `certainty`: a gap is a bar of its own, `missing` being
    how many versions are known not to be on file.
    """

    status: Status
    version: str | None = None
    revision_id: int | None = None
    from_day: date | None = None
    to_day: date | None = None
    start_known: bool = True
    basis: DateBasis = "unknown"
    reason: str
    certainty: Certainty = "uncertain"
    certainty_reasons: tuple[str, ...] = ()
    checked_on: date | None = None
    missing: int | None = None


# --- Changes


class ChangeFilter(Value):
    """Which changes are asked for; an absent field asks for all.

    `substantive=None` includes what cannot decide a claim.
    """

    payer: str | None = None
    policy: str | None = None
    code: Annotated[str, Field(max_length=20)] | None = None
    axis: Axis | None = None
    direction: Direction | None = None
    impact_at_least: Impact | None = None
    kind: str | None = None
    substantive: bool | None = True
    effective_from: date | None = None
    effective_to: date | None = None
    text: Annotated[str, Field(max_length=200)] | None = None


class ChangeRow(Value):
    """One change between two versions that follow one another.

    `effective` is the later one's start (None: not known), `gap` the days between which the change
    came where versions between the two are not on file, `recorded_at` (UTC) when we compared them.
    """

    policy: PolicyRef
    from_version: str | None = None
    to_version: str
    effective: date | None = None
    gap: Gap | None = None
    recorded_at: datetime
    change: Change


class UpdateRow(Value):
    """One step from a version to the next: its verdict, and how many of its changes answer the
    filter.

    `issued` is the day on which the later version came out, as far as it is printed, which may be
    after `effective`; `review_state` says whether a person looked at its record.

    `codes` are those of the verdict.
    """

    policy: PolicyRef
    from_version: str | None = None
    to_version: str
    effective: date | None = None
    issued: date | None = None
    gap: Gap | None = None
    recorded_at: datetime
    verdict: Verdict
    changes: int
    source_kind: SourceKind
    review_state: ReviewState


class Event(Value):
    """Something that a subscriber may want to be told.

    `published`: a new version; `correction`: what was told of a version was wrong; `withdrawal`:
    the payer took a version back; `takes_effect`: a version that was announced earlier begins;
    `reclassified`: with better rules other changes come out than were told. `comparison` is as it
    stood then.
    """

    id: int
    kind: Literal["published", "correction", "withdrawal", "takes_effect", "reclassified"]
    at: datetime
    policy: PolicyRef
    from_version: str | None = None
    to_version: str
    revision_id: int
    effective: date | None = None
    gap: Gap | None = None
    comparison: Comparison


# --- Codes


class Circumstances(Value):
    """What else a claim may say; None where it is not given.

    `state` and `place_of_service` are two characters, `modifier` too.
    """

    line_of_business: LineOfBusiness | None = None
    funding: Funding | None = None
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    diagnosis: Annotated[str, Field(min_length=3, max_length=12)] | None = None
    modifier: Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")] | None = None
    place_of_service: Annotated[str, Field(pattern=r"^\d{2}$")] | None = None


class DiagnosisSet(Value):
    """The diagnoses with which a pairing holds: how many codes and ranges, and a digest that
    changes whenever one comes or goes.
    """

    codes: int
    ranges: int
    digest: str


class DispositionView(Value):
    """What a version says about a code in one place.

    `stated_in`: a code group, a statement, or a pairing with diagnoses; `place` is its key,
    `heading` a group's heading or a statement's label; `matched` is the code or the range as
    printed, `exact` whether the code itself is printed. `applies` is None where that depends on
    something not given (its modifier, its place of service, a diagnosis), False where what was
    given excludes it.
    """

    position: Position
    basis: NotCoveredBasis | None = None
    stated_in: Literal["code_group", "statement", "pairing"]
    stated_by: StatedBy = "payer"
    place: str
    heading: str | None = None
    note: str | None = None
    matched: str
    exact: bool
    description: str | None = None
    marker: str | None = None
    modifiers: tuple[str, ...] = ()
    places_of_service: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    diagnosis_set: DiagnosisSet | None = None
    applies: bool | None = True
    effective: DateFact | None = None
    ends: DateFact | None = None
    source: Source | None = None


class AuthorizationView(Value):
    """What must be authorized; `every_code` where the policy says it without naming codes; `text`
    is the statement that says so.
    """

    requirement: Requirement
    phase: Phase | None = None
    vendor: str | None = None
    valid_for: Span | None = None
    every_code: bool = False
    applies_to: AppliesTo | None = None
    statement: str | None = None
    text: str | None = None
    effective: DateFact | None = None
    ends: DateFact | None = None


class StatementView(Value):
    """A statement that names the code."""

    key: str
    section: str
    role: Role
    position: Position | None = None
    phase: Phase | None = None
    matched: str
    exact: bool
    text: str
    effective: DateFact | None = None
    ends: DateFact | None = None
    source: Source | None = None


class OtherDays(Value):
    """What the governing version says of the code for other days than the one asked for.

    `state`: it has `not_begun` by then, or has `ended`. `effective` is its first and `ends` its
    last day, as printed (an end that is `undated`: it had ended before the version began).
    `sentence` says it all.
    """

    state: Literal["not_begun", "ended"]
    position: Position | None = None
    stated_in: Literal["code_group", "statement", "pairing", "authorization", "related", "drug"]
    place: str
    heading: str | None = None
    matched: str
    effective: DateFact | None = None
    ends: DateFact | None = None
    sentence: str


class CriterionView(Value):
    """A statement that governs the code's listing: a criterion, a limit, an exclusion, what must be
    documented.

    `position` is its own or its governing sentence's; `logic` says how the statements below it
    combine; `of` are the places (a code group's or a statement's key) that it governs. `tied_by`
    says what shows that it belongs to them: the sentence that names the code (`statement`), a key
    path, heading or section that both share, or that nothing in the policy tells its lists apart
    (`policy`). `effective` and `ends` are the first and the last day on which it holds, where it
    has days of its own, or what it stands below has.
    """

    key: str
    parent: str | None = None
    section: str
    role: Role
    position: Position | None = None
    phase: Phase | None = None
    logic: str | None = None
    text: str
    label: str | None = None
    quantities: tuple[Quantity, ...] = ()
    applies_to: AppliesTo | None = None
    effective: DateFact | None = None
    ends: DateFact | None = None
    of: tuple[str, ...] = ()
    tied_by: TiedBy


class PairedWith(Value):
    """What a policy says of some procedures with this diagnosis (`position`), and without one of
    its kind (`otherwise`).
    """

    procedures: tuple[CodeRef, ...]
    position: Position
    otherwise: Position | None = None


class Unknown(Value):
    """A fact that the answer depends on and that was not given: its `field` in the question, and
    `why` it matters.
    """

    field: Literal[
        "line_of_business",
        "funding",
        "state",
        "diagnosis",
        "modifier",
        "place_of_service",
        "processed_on",
        "authorized_on",
        "admitted_on",
    ]
    why: str


class NextChange(Value):
    """The next known day on which the answer for the code differs.

    `on` is that day, `version` the one that governs then, `positions` what it says (empty: it no
    longer names the code).
    """

    on: date
    version: str | None = None
    status: Status
    positions: tuple[Position, ...] = ()
    sentence: str


class PolicyAnswer(Value):
    """One policy's answer about a code.

    `positions` are the different positions of the dispositions that apply or may apply, most
    approving first; empty where the governing version does not name the code (or none governs).
    `applies` is False where the line of business or state given lies outside of the policy, None
    where that depends on one not given; `applies_why` says why. `criteria` are the statements that
    govern the code's listings, `paired_with` the procedures that a diagnosis is paired with.
    `residual` is what the version says of everything it does not name; `related` are other policies
    that it names for this code.
    """

    policy: PolicyRef
    governing: Governing
    positions: tuple[Position, ...] = ()
    dispositions: tuple[DispositionView, ...] = ()
    authorizations: tuple[AuthorizationView, ...] = ()
    statements: tuple[StatementView, ...] = ()
    criteria: tuple[CriterionView, ...] = ()
    paired_with: tuple[PairedWith, ...] = ()
    related: tuple[RelatedPolicy, ...] = ()
    residual: Residual | None = None
    disagreements: tuple[Disagreement, ...] = ()
    applies: bool | None = True
    applies_why: str | None = None
    applies_to: AppliesTo = AppliesTo()
    source_kind: SourceKind | None = None
    completeness: Completeness | None = None
    source_url: str | None = None
    other_days: tuple[OtherDays, ...] = ()
    review_state: ReviewState | None = None
    unknowns: tuple[Unknown, ...] = ()
    next_change: NextChange | None = None


class PayerDefaultAnswer(Value):
    """A payer whose policies do not name the code, and what it states for codes of that kind;
    `text` in its own words.
    """

    payer: str
    name: str
    fixture: bool
    position: Position
    text: str
    source: Source | None = None


class PayerMention(Value):
    """A payer that is watched and none of whose policies names the code."""

    payer: str
    name: str
    fixture: bool


class CodeAnswer(Value):
    """What is known of a code.

    `known` is False where no record names it; `kind` is its system in words.

    Silence is not a denial: `defaults` are payers with a stated default, `not_addressed` those
    watched without a mention. `not_watched` is always empty, because a payer that is not watched
    cannot be named; `not_watched_why` says so. `found_by_no_code` is how many drug policies name no
    billing code and are tied to none, where a HCPCS code was asked for: one of them may be about
    its drug.
    """

    code: str
    system: str
    kind: str
    known: bool
    question: Question
    policies: tuple[PolicyAnswer, ...] = ()
    defaults: tuple[PayerDefaultAnswer, ...] = ()
    not_addressed: tuple[PayerMention, ...] = ()
    found_by_no_code: int = 0
    not_watched: tuple[PayerMention, ...] = ()
    not_watched_why: str = (
        "Payers that are not watched here are not listed: about them nothing is known."
    )


class LaneSpan(Value):
    """A stretch of a lane: what a policy says of the code.

    It lasts from `from_day` (None: since an unknown or indefinite time) until before `to_day`.
    `positions` is empty where the version does not name the code or none governs (`status` tells).
    """

    from_day: date | None = None
    to_day: date | None = None
    start_known: bool = True
    status: Status
    version: str | None = None
    positions: tuple[Position, ...] = ()
    authorization: tuple[Requirement, ...] = ()
    reason: str
    certainty: Certainty = "uncertain"
    certainty_reasons: tuple[str, ...] = ()
    checked_on: date | None = None
    missing: int | None = None


class CodeLane(Value):
    """One policy's answers about a code over time, in order and without holes.

    Neighbours that say the same of it are kept apart by version.
    """

    policy: PolicyRef
    spans: tuple[LaneSpan, ...]


class NamedCode(Value):
    """A code that some record names, how many policies do, and a description as one of them printed
    it.
    """

    system: str
    code: str
    kind: str
    policies: int
    description: str | None = None


# --- Search


class SnippetSpan(Value):
    """A stretch of plain text, and whether it is what was looked for.

    Put together, the stretches are the text, white space included.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    text: str
    match: bool = False


class Hit(Value):
    """Something found: a policy, a statement (`place` is its key), or a code (`place` is the
    code).
    """

    kind: Literal["policy", "statement", "code"]
    policy: PolicyRef
    version: str
    place: str
    heading: str
    snippet: tuple[SnippetSpan, ...] = ()
