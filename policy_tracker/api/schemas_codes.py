"""The answer to a question about a code."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from policy_tracker.api.problems import Problem
from policy_tracker.api.schemas import ApiModel, Known, PolicyName, StartView
from policy_tracker.api.values import (
    CodeText,
    Day,
    DiagnosisText,
    Instant,
    ModifierText,
    PlaceText,
    SlugText,
    StateText,
)
from policy_tracker.record.codes import CodeRef
from policy_tracker.record.content import AppliesTo, Disagreement, RelatedPolicy, Residual
from policy_tracker.record.governance import TiedBy
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.source import Source
from policy_tracker.record.time import DateFact
from policy_tracker.record.vocabulary import (
    CodeSystem,
    Completeness,
    Funding,
    LineOfBusiness,
    NotCoveredBasis,
    Phase,
    Position,
    Requirement,
    Role,
    SourceKind,
    StatedBy,
)

Status = Literal["in_force", "future_only", "retired", "gap", "indeterminate", "nothing_known"]
Needed = Literal[
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
Certainty = Literal["certain", "presumed", "uncertain"]
MOST_QUESTIONS = 500


class CodeParameters(BaseModel):
    """What a question about a code may say besides the code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: Annotated[
        CodeSystem | None,
        Field(description="the code's system; without it, the one that its form belongs to"),
    ] = None
    as_of: Annotated[
        Day | None,
        Field(
            description="date of service; without it, today in the installation's time zone",
            examples=["2025-09-26"],
        ),
    ] = None
    processed_on: Annotated[
        Day | None, Field(description="when the claim is processed, for payers who go by that")
    ] = None
    authorized_on: Annotated[
        Day | None, Field(description="when authorization was requested, for payers who go by that")
    ] = None
    admitted_on: Annotated[
        Day | None, Field(description="when the patient was admitted, for payers who go by that")
    ] = None
    known_at: Annotated[
        Instant | None,
        Field(
            description="answer with what had been recorded by then (RFC 3339); without it, with "
            "everything",
            examples=["2025-09-01T12:00:00Z"],
        ),
    ] = None
    payer: Annotated[SlugText | None, Field(description="this payer alone", examples=["cigna"])] = (
        None
    )
    line_of_business: Annotated[
        LineOfBusiness | None,
        Field(description="line of business of the plan", examples=["commercial"]),
    ] = None
    funding: Annotated[
        Funding | None,
        Field(description="who bears the plan's cost: an insurer or the employer itself"),
    ] = None
    state: Annotated[
        StateText | None, Field(description="state of the plan, two letters", examples=["TX"])
    ] = None
    diagnosis: Annotated[
        DiagnosisText | None, Field(description="ICD-10-CM code of the claim", examples=["M81.0"])
    ] = None
    modifier: Annotated[
        ModifierText | None,
        Field(description="modifier of the claim, two characters", examples=["26"]),
    ] = None
    place_of_service: Annotated[
        PlaceText | None, Field(description="place of service, two digits", examples=["11"])
    ] = None


class CodeQuestion(CodeParameters):
    """One question of many."""

    code: Annotated[CodeText, Field(description="the code", examples=["0691T"])]


class CodeQuestions(BaseModel):
    """Questions to be answered in one go."""

    model_config = ConfigDict(extra="forbid")

    questions: Annotated[
        tuple[SkipValidation[CodeQuestion], ...],
        Field(
            min_length=1, max_length=MOST_QUESTIONS, description=f"1 to {MOST_QUESTIONS} questions"
        ),
    ]


class QuestionView(CodeParameters):
    """The question as it was understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: Annotated[dt.date, Field(description="date of service", examples=["2025-09-26"])]
    time_zone: Annotated[
        str,
        Field(
            description="the installation's time zone, in which today is meant",
            examples=["America/New_York"],
        ),
    ] = "America/New_York"


class ReviewStateView(ApiModel):
    """Whether a person looked at what is recorded of a version, or a program alone read it."""

    state: Annotated[
        Literal["not_reviewed", "reviewed", "recorded_by_hand"],
        Field(
            description=(
                "`not_reviewed`: read automatically, not reviewed; `recorded_by_hand`: "
                "written by a person"
            )
        ),
    ]
    by: Annotated[str | None, Field(description="who reviewed it, where they gave a name")] = None
    on: Annotated[dt.date | None, Field(description="when (UTC)")] = None
    doubted: Annotated[
        bool,
        Field(
            description=(
                "whether a better reading of the same document waits for a person, or is of "
                "another policy or version"
            )
        ),
    ] = False
    moved: Annotated[
        bool,
        Field(description="whether a better reader read the document as another policy or version"),
    ] = False
    words: Annotated[
        str,
        Field(
            description="the state as a person reads it",
            examples=["read automatically, not reviewed"],
        ),
    ]


class GoverningView(ApiModel):
    """Which version governs, and why."""

    status: Annotated[
        Status,
        Field(description="whether a version is in force on that day, and if not, why none is"),
    ]
    version: Annotated[
        str | None,
        Field(
            description="the governing version; null where none governs", examples=["2025-09-26"]
        ),
    ] = None
    revision: Annotated[int | None, Field(description="which record of it, counted from 1")] = None
    start: Annotated[
        StartView | None, Field(description="from when it applies, and on what that rests")
    ] = None
    until: Annotated[
        dt.date | None,
        Field(description="first day on which it no longer applies; null where none is known"),
    ] = None
    why: Annotated[str, Field(description="why this version governs, in one sentence")]
    reason: Annotated[str, Field(description="the same as a word for programs")]
    nearest: Annotated[
        str | None, Field(description="where none governs, the version that `why` speaks of")
    ] = None
    needs: Annotated[
        tuple[Needed, ...], Field(description="parameters without which this cannot be said")
    ] = ()
    certainty: Annotated[
        Certainty,
        Field(
            description="how certain it is that the named version was the payer's text on that "
            "day: `certain`, `presumed` (nobody looked "
            "since), `uncertain` (something is known to be missing); a version may be named and be uncertain"  # noqa: E501
        ),
    ]
    certainty_reasons: Annotated[
        tuple[str, ...], Field(description="why, each in one sentence")
    ] = ()
    checked_on: Annotated[
        dt.date | None,
        Field(
            description=(
                "the last day on which the version was found to be the payer's text; null "
                "where it never was"
            )
        ),
    ] = None
    policy_effective: Annotated[
        dt.date | None,
        Field(
            description=(
                "the printed effective date, where it gave way to the day on which the "
                "version came out"
            )
        ),
    ] = None
    tied: Annotated[
        tuple[str, ...],
        Field(description="versions that start on one day and that nothing puts in order"),
    ] = ()
    nearest_before: Annotated[
        str | None,
        Field(description="where this is uncertain, the version on file before that day"),
    ] = None
    nearest_after: Annotated[
        str | None, Field(description="where this is uncertain, the next version on file")
    ] = None


class DiagnosisSetAnswer(ApiModel):
    """The diagnoses with which a pairing holds, in short."""

    codes: Annotated[int, Field(description="how many codes are listed one by one")]
    ranges: Annotated[int, Field(description="how many ranges")]
    digest: Annotated[str, Field(description="changes whenever a code or range comes or goes")]


class DispositionAnswer(ApiModel):
    """What a version says about the code in one place."""

    position: Annotated[
        Position,
        Field(
            description=(
                "the position; `medically_necessary` means: when the criteria are met, and "
                "unless the benefit plan excludes it"
            )
        ),
    ]
    basis: Annotated[NotCoveredBasis | None, Field(description="why it is not covered")] = None
    stated_in: Annotated[
        Literal["code_group", "statement", "pairing"], Field(description="where it is said")
    ]
    stated_by: Annotated[
        StatedBy, Field(description="who says it: the payer, a secondary source, or an inference")
    ] = "payer"
    place: Annotated[str, Field(description="key of that place in the record")]
    heading: Annotated[str | None, Field(description="its heading as printed")] = None
    note: str | None = None
    matched: Annotated[
        str, Field(description="the code or the range as printed", examples=["0691T", "M80.x"])
    ]
    exact: Annotated[
        bool,
        Field(description="true where the code itself is printed, false where a range holds it"),
    ]
    description: Annotated[
        str | None,
        Field(
            description=(
                "the code's description as the payer printed it; null where it prints none "
                "or they are switched off"
            )
        ),
    ] = None
    marker: Annotated[str | None, Field(description="footnote mark as printed")] = None
    modifiers: tuple[str, ...] = ()
    places_of_service: tuple[str, ...] = ()
    diagnoses: Annotated[tuple[str, ...], Field(description="diagnoses with which it holds")] = ()
    diagnosis_set: Annotated[
        DiagnosisSetAnswer | None, Field(description="those diagnoses in short")
    ] = None
    applies: Annotated[
        bool | None, Field(description="null where that depends on something not given")
    ] = True
    effective: Annotated[
        DateFact | None,
        Field(description="first day on which it holds, where it has one of its own"),
    ] = None
    ends: Annotated[
        DateFact | None,
        Field(description="last day on which it holds, where it has one of its own"),
    ] = None
    source: Annotated[Source | None, Field(description="where in the document")] = None


class AuthorizationAnswer(ApiModel):
    """What must be authorized before."""

    requirement: Annotated[Requirement, Field(description="whether authorization is required")]
    phase: Annotated[Phase | None, Field(description="for which phase of treatment")] = None
    vendor: Annotated[
        str | None, Field(description="who decides, where the payer delegates it")
    ] = None
    valid_for: Annotated[Span | None, Field(description="for how long it holds")] = None
    every_code: Annotated[
        bool, Field(description="true where the policy says it without naming codes")
    ] = False
    applies_to: AppliesTo | None = None
    statement: Annotated[str | None, Field(description="key of the statement that says so")] = None
    text: Annotated[str | None, Field(description="that statement")] = None
    effective: Annotated[
        DateFact | None,
        Field(description="first day on which it holds, where it has one of its own"),
    ] = None
    ends: Annotated[
        DateFact | None,
        Field(description="last day on which it holds, where it has one of its own"),
    ] = None


class StatementAnswer(ApiModel):
    """A statement that names the code."""

    key: str
    section: str
    role: Role
    position: Position | None = None
    phase: Phase | None = None
    matched: Annotated[str, Field(description="the code or range as the statement prints it")]
    exact: bool
    text: Annotated[str, Field(description="the statement, verbatim")]
    effective: Annotated[
        DateFact | None,
        Field(description="first day on which it holds, where it has one of its own"),
    ] = None
    ends: Annotated[
        DateFact | None,
        Field(description="last day on which it holds, where it has one of its own"),
    ] = None
    source: Source | None = None


class OtherDaysAnswer(ApiModel):
    """What the governing version says of the code for other days than the one asked for."""

    state: Annotated[
        Literal["not_begun", "ended"],
        Field(description="whether it begins later, or has ended by then"),
    ]
    position: Position | None = None
    stated_in: Annotated[
        Literal["code_group", "statement", "pairing", "authorization", "related", "drug"],
        Field(description="where it is said"),
    ]
    place: Annotated[str, Field(description="key of that place in the record")]
    heading: str | None = None
    matched: Annotated[str, Field(description="the code or the range as printed")]
    effective: DateFact | None = None
    ends: DateFact | None = None
    sentence: Annotated[str, Field(description="the same in a sentence")]


class CriterionAnswer(ApiModel):
    """A statement that governs the code's listing: a criterion, a limit, an exclusion, what must be
    documented.
    """

    key: str
    parent: Annotated[str | None, Field(description="key of the statement above it")] = None
    section: str
    role: Role
    position: Annotated[
        Position | None, Field(description="its own position, or its governing sentence's")
    ] = None
    phase: Phase | None = None
    logic: Annotated[
        str | None,
        Field(
            description="how the statements below it combine: all_of, any_of, none_of, at_least:N"
        ),
    ] = None
    text: Annotated[str, Field(description="the statement, verbatim")]
    label: str | None = None
    quantities: Annotated[tuple[Quantity, ...], Field(description="the numbers in it")] = ()
    applies_to: AppliesTo | None = None
    effective: Annotated[
        DateFact | None,
        Field(description="from when it applies, where that differs from the policy"),
    ] = None
    ends: Annotated[
        DateFact | None, Field(description="its last day, where it ends before the policy does")
    ] = None
    of: Annotated[
        tuple[str, ...], Field(description="keys of the places naming the code that it governs")
    ] = ()
    tied_by: Annotated[
        TiedBy,
        Field(
            description="what shows that it belongs there: the sentence that names the code "
            "(`statement`), a key path, heading or section "
            "that both share, or that nothing in the policy tells its lists apart (`policy`)"
        ),
    ]


class PairedAnswer(ApiModel):
    """What a policy says of some procedures with this diagnosis, and without one of its kind."""

    procedures: tuple[CodeRef, ...]
    position: Position
    otherwise: Position | None = None


class UnknownAnswer(ApiModel):
    """Something that the answer depends on and that was not given."""

    field: Annotated[Needed, Field(description="the parameter that would say it")]
    why: Annotated[str, Field(description="why it matters")]


class NextChangeAnswer(ApiModel):
    """The next known day on which the answer differs."""

    on: dt.date
    version: str | None = None
    status: Status
    positions: Annotated[
        tuple[Position, ...],
        Field(
            description="what the policy says of the code then; empty where it no longer names it"
        ),
    ] = ()
    sentence: str


class PolicyCodeAnswer(ApiModel):
    """What one policy says about the code."""

    policy: PolicyName
    governing: GoverningView
    positions: Annotated[
        tuple[Position, ...],
        Field(
            description=(
                "the positions that apply or may apply, most approving first; empty where "
                "the governing version does not name it"
            )
        ),
    ] = ()
    dispositions: Annotated[
        tuple[DispositionAnswer, ...],
        Field(description="each place that says something about the code"),
    ] = ()
    authorizations: tuple[AuthorizationAnswer, ...] = ()
    statements: Annotated[
        tuple[StatementAnswer, ...], Field(description="the statements that name it")
    ] = ()
    criteria: Annotated[
        tuple[CriterionAnswer, ...],
        Field(description="the statements that govern the places that name it"),
    ] = ()
    paired_with: Annotated[
        tuple[PairedAnswer, ...],
        Field(description="of a diagnosis: the procedures that it is paired with"),
    ] = ()
    related: Annotated[
        tuple[RelatedPolicy, ...],
        Field(description="other policies that this one names for the code"),
    ] = ()
    residual: Annotated[
        Residual | None, Field(description="what the version says of everything it does not name")
    ] = None
    disagreements: Annotated[
        tuple[Disagreement, ...],
        Field(description="where the source is at odds with itself; every claim is kept"),
    ] = ()
    applies: Annotated[
        bool | None,
        Field(
            description=(
                "whether the policy applies to the plan of the question; null where that "
                "depends on something not given"
            )
        ),
    ] = True
    applies_why: str | None = None
    applies_to: Annotated[AppliesTo, Field(description="the plans that the policy applies to")] = (
        AppliesTo()
    )
    source_kind: Annotated[
        SourceKind | None,
        Field(
            description=(
                "what the record was made from; `secondary` is a text about the policy, "
                "not the policy itself"
            )
        ),
    ] = None
    completeness: Annotated[
        Completeness | None,
        Field(description="`partial` where the source tells only a part of what the version says"),
    ] = None
    source_url: str | None = None
    other_days: Annotated[
        tuple[OtherDaysAnswer, ...],
        Field(
            description=(
                "what the version says of the code for other days: not begun by then, or ended"
            )
        ),
    ] = ()
    review_state: Annotated[
        ReviewStateView | None, Field(description="whether a person looked at the governing record")
    ] = None
    unknowns: Annotated[
        tuple[UnknownAnswer, ...], Field(description="what the answer depends on and was not given")
    ] = ()
    next_change: NextChangeAnswer | None = None


class DefaultAnswer(ApiModel):
    """A payer whose policies do not name the code, and what it states for codes of that kind."""

    payer: str
    name: str
    fixture: bool
    position: Position
    text: Annotated[str, Field(description="in the payer's words")]
    source: Source | None = None


class PayerRef(ApiModel):
    """A payer."""

    payer: str
    name: str
    fixture: bool


class CodeResponse(ApiModel):
    """What is known of a code as of a day. Silence of a policy is not a denial."""

    code: Annotated[str, Field(examples=["0691T"])]
    system: Annotated[CodeSystem, Field(examples=["CPT"])]
    kind: Annotated[
        str,
        Field(
            description="the system in words, with a CPT code's category",
            examples=["CPT (Category III)"],
        ),
    ]
    question: QuestionView
    known: Known
    policies: Annotated[
        tuple[PolicyCodeAnswer, ...],
        Field(description="the policies that name the code, in any version"),
    ]
    defaults: Annotated[
        tuple[DefaultAnswer, ...],
        Field(description="payers whose policies do not name it and whose stated default answers"),
    ] = ()
    not_addressed: Annotated[
        tuple[PayerRef, ...], Field(description="payers that are watched and do not mention it")
    ] = ()
    found_by_no_code: Annotated[
        int,
        Field(
            description=(
                "with a HCPCS code: how many drug policies no code finds; one of them may "
                "be about its drug"
            )
        ),
    ] = 0
    not_watched: Annotated[
        tuple[PayerRef, ...],
        Field(description="payers that are not watched; see `not_watched_why`"),
    ] = ()
    not_watched_why: str


class CodeAnswers(ApiModel):
    """Answers in the order of the questions."""

    answers: Annotated[
        tuple[CodeResponse | Problem, ...],
        Field(description="for each question its answer, or the problem that stands in its way"),
    ]
