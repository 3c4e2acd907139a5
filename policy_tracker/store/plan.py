"""Drafts: what publishing a record would do, worked out by reading alone, so that the transaction
that writes it is short.

Two versions are compared where they follow one another in valid time. A version that comes between
two others, changes its start or is withdrawn gives others new neighbours, so the whole chain of a
policy is looked at, and what has not changed is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from policy_tracker.diff.align import Alignment, Pair, align
from policy_tracker.errors import ConflictError, NotFoundError
from policy_tracker.record import BulletinEntry, Record, content_hash, timing_of
from policy_tracker.record.answering import Answering
from policy_tracker.record.code_sets import Names, Stretch, sequence_of
from policy_tracker.rules import Compare
from policy_tracker.rules.changes import Comparison, Directions, Verdict
from policy_tracker.rules.concerns import NOTHING_AROUND, Around
from policy_tracker.rules.concerns import withdrawn as whom_withdrawal_concerns
from policy_tracker.rules.declarations.reconcile import announced_texts
from policy_tracker.rules.effective import EffectiveInterval, effective_of
from policy_tracker.store.announcements import entries_of
from policy_tracker.store.documents import texts_beside
from policy_tracker.store.governing import Entry, HeldVersion, VersionLine, line_of, spans, standing
from policy_tracker.store.policies import payer_stating
from policy_tracker.store.tables import (
    AlignmentRow,
    CodeMention,
    EventRow,
    JournalRow,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
)
from policy_tracker.store.timeline import ENTRY_COLUMNS, entry_of, with_timing
from policy_tracker.store.views import Gap

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import Origin

NUL = r"\u0000"
WITHDRAWAL = "withdrawal"
"""The stamp of a withdrawal's comparison, which no rule judges."""


class Step(NamedTuple):
    """From one version to the next (from None to a policy's first), by their labels."""

    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class StoredComparisonState:
    """A stored comparison: the revisions that it compares, the rules it was made with, the
    differences that it tells, and what bulletins say.

    `effective` is the start of the later version as it was derived then, `gap` what was missing
    between the two.
    """

    before: int | None
    after: int
    ruleset: str
    differences: frozenset[str]
    announced: frozenset[str] = frozenset()
    effective: date | None = None
    gap: Gap | None = None


@dataclass(slots=True)
class Holdings:
    """What is held of a policy at `head` (0: nothing): its revisions by the timeline, their
    content's hashes and the stored comparisons.

    `payer_since` (UTC) is when its payer was first recorded, `announced` are the versions of which
    an event was written, `aligned` the pairs of revisions whose alignment is stored.
    `dates_back` says that the payer dates back as a matter of course.
    """

    payer: str
    policy: str
    head: int = 0
    dates_back: bool = False
    payer_since: datetime | None = None
    entries: list[Entry] = field(default_factory=list)
    hashes: dict[str, list[str]] = field(default_factory=dict)
    first_observed: dict[str, date] = field(default_factory=dict)
    told: dict[Step, StoredComparisonState] = field(default_factory=dict)
    announced: frozenset[str] = frozenset()
    aligned: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision to be written."""

    record: Record
    origin: Origin
    withdraws: bool
    entry: Entry
    content_hash: str
    first_observed: date


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event to be written: what kind, and which step it is about."""

    kind: str
    step: Step


@dataclass(frozen=True, slots=True)
class Aligned:
    """The links between two revisions, which are named as their entries are: one that is not
    written yet has a negative id.
    """

    before: int
    after: int
    links: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Comparisons are made anew although nothing is recorded: what the journal keeps of that, and
    the steps that were told wrongly.
    """

    payload: dict[str, object]
    wrong: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """Everything that one transaction writes for a policy, if its head is still `head`.

    `steps` is the policy's whole chain; those in `comparisons` are (re)written, stored ones outside
    of the chain go. `alignments` are added to those that are stored, where they say something else.
    """

    payer: str
    policy: str
    head: int
    at: datetime
    revisions: tuple[NewRevision, ...]
    steps: frozenset[Step]
    comparisons: dict[Step, Comparison]
    starts: dict[str, date | None]
    gaps: dict[Step, Gap] = field(default_factory=dict)
    news: PlannedEvent | None = None
    alignments: tuple[Aligned, ...] = ()
    upgrade: Upgrade | None = None


def holdings(session: Session, payer: str, policy: str) -> Holdings:
    """What is held of a policy. Raises NotFoundError where the payer itself is not."""
    found = Holdings(payer, policy)
    who = session.exec(select(StoredPayer).where(StoredPayer.slug == payer)).first()
    if who is None:
        message = f"the payer {payer!r} is not held: load its payer.yaml first, or with it"
        raise NotFoundError(message)
    found.dates_back = who.dates_back
    row = session.exec(
        select(StoredPolicy).where(StoredPolicy.payer_id == who.id, StoredPolicy.slug == policy)
    ).first()
    since = select(func.min(JournalRow.at)).where(
        JournalRow.kind == "payer", JournalRow.payer == payer
    )
    found.payer_since = session.exec(since).one()
    if row is None:
        return found
    found.head = row.head
    query = (
        with_timing(
            select(*ENTRY_COLUMNS, StoredRevision.content_hash, StoredRevision.first_observed)  # ty: ignore[no-matching-overload]
        )
        .where(StoredRevision.policy_id == row.id)
        .order_by(StoredRevision.id)
    )
    for *columns, hashed, first_observed in session.exec(query):
        entry = entry_of(tuple(columns))
        found.entries.append(entry)
        found.hashes.setdefault(entry.version, []).append(hashed)
        found.first_observed[entry.version] = first_observed
    labels = {None: None} | dict(
        session.exec(
            select(StoredVersion.id, StoredVersion.label).where(StoredVersion.policy_id == row.id)
        ).all()
    )
    for stored in session.exec(
        select(StoredComparison).where(StoredComparison.policy_id == row.id)
    ):
        step = Step(labels[stored.from_version_id], labels[stored.to_version_id] or "")
        differences = frozenset(
            change["difference"] for change in stored.content.get("changes", ())
        )
        said = frozenset(
            one["text"]
            for one in stored.content.get("declarations", ())
            if one["source"] == "bulletin"
        )
        found.told[step] = StoredComparisonState(
            stored.from_revision_id,
            stored.to_revision_id,
            stored.ruleset,
            differences,
            said,
            stored.effective,
            Gap.model_validate(stored.gap) if stored.gap else None,
        )
    announced = session.exec(
        select(EventRow.to_version_id).where(EventRow.policy_id == row.id)
    ).all()
    found.announced = frozenset(labels[version_id] or "" for version_id in announced)
    aligned = select(AlignmentRow.from_revision_id, AlignmentRow.to_revision_id).where(
        AlignmentRow.policy_id == row.id
    )
    found.aligned = frozenset((before, after) for before, after in session.exec(aligned))
    return found


def hash_of(record: Record) -> str:
    """The hash by which a record is recognised: of what it says, without why it replaces an earlier
    one and when it was fetched.
    """
    return content_hash(record.model_copy(update={"corrects": None, "retrieved": None}))


def accept(
    held: Holdings, record: Record, now: datetime, *, upgrades: bool = False
) -> NewRevision | None:
    """Take a record into `held` as a new revision; None where it says what is recorded already.

    With `upgrades` a better program read the same document, so that it replaces what is recorded
    without saying why. A record that says what is recorded, and was fetched later, is a new
    revision all the same: on that day it was still the payer's text.

    Raises ConflictError where the version is recorded with other content and the record does not
    say why it replaces that, or where it says what an earlier revision said.
    """
    hashed, earlier = hash_of(record), held.hashes.get(record.version, [])
    same = bool(earlier) and hashed == earlier[-1]
    if same and not checked_later(held, record):
        return None
    if NUL in record.model_dump_json():
        message = "holds the character U+0000, which no text may hold"
        raise ConflictError(message)
    newest = max(
        (entry for entry in held.entries if entry.version == record.version),
        key=lambda entry: entry.number,
        default=None,
    )
    withdraws = record.withdrawn is not None and not (newest and newest.withdrawn)
    if hashed in earlier and not same:
        message = f"says what revision {earlier.index(hashed) + 1} said, which was replaced since"
        raise ConflictError(message)
    if newest and not record.corrects and not withdraws and not upgrades and not same:
        message = (
            f"version {record.version} is recorded with other content; a record that "
            f"replaces it says why in corrects"
        )
        raise ConflictError(message)
    record = _with_last_check(record, newest)
    first_observed = held.first_observed.get(record.version, now.date())
    entry = _entry(held, record, number=newest.number + 1 if newest else 1)
    again: Origin = "technical_upgrade" if upgrades or same else "correction"
    origin: Origin = again if newest else "first_record" if not held.head else "payer_change"
    held.entries.append(entry)
    held.hashes.setdefault(record.version, []).append(hashed)
    held.first_observed[record.version] = first_observed
    return NewRevision(
        record, origin, withdraws and newest is not None, entry, hashed, first_observed
    )


def checked_later(held: Holdings, record: Record) -> bool:
    """Whether a record was fetched on a later day than the one that is recorded of its version."""
    newest = max(
        (entry for entry in held.entries if entry.version == record.version),
        key=lambda entry: entry.number,
        default=None,
    )
    fetched = timing_of(record).checked_on
    return (
        newest is not None
        and fetched is not None
        and (newest.timing.checked_on is None or fetched > newest.timing.checked_on)
    )


def _with_last_check(record: Record, newest: Entry | None) -> Record:
    """The record with the last day on which its version was fetched: who reads a document anew does
    not fetch it anew.
    """
    checked_on = newest.timing.checked_on if newest else None
    fetched = timing_of(record).checked_on
    if checked_on is None or (fetched and fetched >= checked_on):
        return record
    return record.model_copy(update={"retrieved": checked_on.isoformat()})


def _entry(held: Holdings, record: Record, *, number: int) -> Entry:
    """The entry of a record that is not written yet: its id is negative, and its sequence is beyond
    every one that is.
    """
    place = len(held.entries) + 1
    return Entry(
        version=record.version,
        revision_id=-place,
        number=number,
        sequence=2**62 + place,
        timing=timing_of(record),
        withdrawn=record.withdrawn is not None,
        dates_back=held.dates_back,
    )


def draft(
    session: Session,
    held: Holdings,
    new: Sequence[NewRevision],
    now: datetime,
    compare: Compare,
    *,
    again: bool = False,
    quiet: bool = False,
) -> PublicationPlan:
    """Work out what follows from `new` revisions that were accepted into `held`.

    `now` is in the installation's time zone, whose day counts as today. `again` compares everything
    anew; `quiet` tells nobody, because what comes is history.
    """
    line = line_of(held.entries)
    records = {one.entry.revision_id: one.record for one in new}
    starts = {one.entry.version: one.start.day for one in (*line.withdrawn, *line.stand)}
    newest = {one.entry.version: one.entry for one in (*line.stand, *line.withdrawn)}

    def record_of(entry: Entry) -> Record:
        if entry.revision_id not in records:
            content = session.exec(
                select(StoredRevision.content).where(StoredRevision.id == entry.revision_id)
            ).one()
            records[entry.revision_id] = Record.model_validate(content)
        return records[entry.revision_id]

    aligned: dict[tuple[int, int], Alignment] = {}

    def align_entries(before: Entry, after: Entry) -> Alignment:
        return aligned.setdefault(
            (before.revision_id, after.revision_id), align(record_of(before), record_of(after))
        )

    for earlier, later in successive(held.entries):
        if (earlier.revision_id, later.revision_id) not in held.aligned:
            align_entries(earlier, later)
    entries, stating = entries_of(session, held.payer), payer_stating(session, held.payer)
    steps = chain(line.stand, line.withdrawn)
    gaps = gaps_in(line)
    comparisons: dict[Step, Comparison] = {}
    for step in steps:
        before = newest[step.before] if step.before else None
        after, told = newest[step.after], held.told.get(step)
        pair = before.revision_id if before else None, after.revision_id
        dated = (starts[step.after], gaps.get(step))
        same = (
            told is not None
            and not again
            and (told.before, told.after) == pair
            and (told.effective, told.gap) == dated
        )
        known = (
            same
            and told is not None
            and told.announced == _announced(before, after, entries, record_of)
        )
        if known and (before is None or (before.revision_id, after.revision_id) in held.aligned):
            continue
        alignment = align_entries(before, after) if before else None
        if known:
            continue
        records_of = record_of(before) if before else None, record_of(after)
        others = (
            [one.entry for one in line.stand if one.entry not in (before, after)]
            if any(one and one.residual for one in records_of)
            else []
        )
        elsewhere = _named_in(session, others, records) if others and before else None
        if after.withdrawn:
            comparisons[step] = withdrawal(
                *records_of, Around(stating, starts[step.after], elsewhere)
            )
        else:
            said: dict[str, Any] = ({"payer": stating} if stating else {}) | (
                {"announced": entries} if entries else {}
            )
            effective = effective_between(line, step.before, step.after)
            if effective != effective_of(*records_of):
                said["effective"] = effective
            if elsewhere:
                said["elsewhere"] = elsewhere
            said |= documents_of(session, *records_of)
            comparisons[step] = compare(*records_of, alignment=alignment, **said)
    return PublicationPlan(
        payer=held.payer,
        policy=held.policy,
        head=held.head,
        at=now,
        revisions=tuple(new),
        steps=frozenset(steps),
        comparisons=comparisons,
        starts=starts,
        gaps=gaps,
        news=None if quiet else _news(held, new, steps, comparisons, now),
        alignments=tuple(Aligned(*pair, found.links()) for pair, found in aligned.items()),
    )


def documents_of(session: Session, before: Record | None, after: Record) -> dict[str, Any]:
    """The texts of two versions' documents, as a comparison is told them; nothing where one of
    them was read from none.
    """
    texts = [texts_beside(session, record, hash_of(record)) for record in (before, after) if record]
    return {"documents": (texts[0], texts[1])} if len(texts) > 1 and all(texts) else {}


def _named_in(session: Session, entries: Sequence[Entry], new: dict[int, Record]) -> Names:
    """The codes that some versions of a policy name: stored ones by their mentions, new ones by
    their records.
    """
    found = Names()
    for entry in entries:
        if entry.revision_id < 0:
            found.update(Answering(new[entry.revision_id]).listed)
    stored = [entry.revision_id for entry in entries if entry.revision_id > 0]
    columns = (
        CodeMention.system,
        CodeMention.code,
        CodeMention.low,
        CodeMention.high,
        CodeMention.printed,
        CodeMention.detail,
    )
    for system, code, low, high, printed, detail in session.exec(
        select(*columns).where(col(CodeMention.revision_id).in_(stored))  # ty: ignore[no-matching-overload]
    ):
        if code:
            found.codes.add((system, code))
        else:
            found.spans.add(Stretch(system, sequence_of(system, detail["to"]), low, high, printed))
    return found


def successive(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Each revision with the next one of its version."""
    ordered = sorted(entries, key=lambda entry: (entry.version, entry.number))
    return [(one, two) for one, two in pairwise(ordered) if one.version == two.version]


def _announced(
    before: Entry | None,
    after: Entry,
    entries: Sequence[BulletinEntry],
    record_of: Callable[[Entry], Record],
) -> frozenset[str]:
    """What bulletins say of a step; a policy's first version and one that is withdrawn are compared
    with nothing.
    """
    if not entries or before is None or after.withdrawn:
        return frozenset()
    return announced_texts(record_of(before), record_of(after), entries)


def gaps_in(line: VersionLine) -> dict[Step, Gap]:
    """The steps between whose two versions others are known not to be on file."""
    return {
        Step(one.entry.version, two.entry.version): hole.gap
        for one, two in pairwise(line.stand)
        if (hole := line.missing_after(one.place))
    }


def effective_between(line: VersionLine, before: str | None, after: str) -> EffectiveInterval:
    """From when what is new in a version applies, compared with another one of its policy (None:
    with nothing).

    Between versions that do not follow one another all that is missing counts as one gap.
    """
    places = {one.entry.version: one for one in line.stand}
    later = places.get(after)
    if later is None:
        return EffectiveInterval(None)
    earlier = places.get(before or "", later)
    first, last = sorted((earlier.place, later.place))
    gaps = [hole.gap for place in range(first, last) if (hole := line.missing_after(place))]
    known = [gap.missing or 0 for gap in gaps]
    return EffectiveInterval(
        line.stand[last].start.day if gaps else later.start.day,
        gap_after=min((gap.after for gap in gaps), default=None),
        missing=sum(known) if gaps and all(known) else None,
        issued=later.start.issued,
    )


def chain(stand: Sequence[HeldVersion], withdrawn: Sequence[HeldVersion]) -> list[Step]:
    """The steps of a policy in valid time; a withdrawn version is a step of its own, from the
    version that it would have followed.
    """
    labels = [one.entry.version for one in stand]
    steps = [Step(before, after) for before, after in zip([None, *labels], labels, strict=False)]
    steps += [
        Step(labels[one.place - 1] if one.place else None, one.entry.version) for one in withdrawn
    ]
    return steps


def withdrawal(
    earlier: Record | None, record: Record, around: Around = NOTHING_AROUND
) -> Comparison:
    """The comparison of a version that the payer took back: what it had changed does not hold, and
    its predecessor governs again.
    """
    before = earlier.version if earlier else None
    why = record.withdrawn.why if record.withdrawn else ""
    governs = (
        f"version {before} governs as if it had never been issued"
        if before
        else "no other version is held"
    )
    verdict = Verdict(
        change_type="withdrawn",
        direction=Directions(coverage="indeterminate"),
        impact="high",
        summary=f"The payer withdrew version {record.version} ({why.rstrip('.')}); {governs}.",
    )
    return Comparison(
        payer=record.payer,
        policy=record.policy,
        from_version=before,
        to_version=record.version,
        verdict=verdict,
        concerns=whom_withdrawal_concerns(earlier, record, around),
        ruleset=WITHDRAWAL,
    )


def _news(
    held: Holdings,
    new: Sequence[NewRevision],
    steps: Sequence[Step],
    comparisons: dict[Step, Comparison],
    now: datetime,
) -> PlannedEvent | None:
    """What subscribers are told.

    A policy's history that is recorded for the first time is news to nobody, nor is a version of
    the past.

    A policy without any history is news: the payer issued it after it was first recorded itself. A
    corrected version is news where its changes became others, and it still matters: it governs now
    or later, or somebody was told of it.
    """
    if not new or not (held.head or _issued_since(held, now)):
        return None
    one = new[-1]
    step = next(step for step in steps if step.after == one.record.version)
    stand, _ = standing(held.entries)
    ends = (
        one.entry.timing.retired is not None
        and bool(stand)
        and stand[-1].entry.version == one.record.version
    )
    # a version that does nothing but retire the policy may never be in force itself
    matters = ends or _matters(held, one, now.date())
    if one.withdraws:
        return PlannedEvent("withdrawal", step)
    if one.origin in ("first_record", "payer_change"):
        return PlannedEvent("published", step) if matters and not one.record.withdrawn else None
    told, anew = held.told.get(step), comparisons.get(step)
    differs = anew is not None and (
        told is None or told.differences != frozenset(change.difference for change in anew.changes)
    )
    return (
        PlannedEvent("correction", step)
        if differs and (matters or one.record.version in held.announced)
        else None
    )


def _matters(held: Holdings, one: NewRevision, today: date) -> bool:
    """Whether a version governs today or later; one whose start is not known may do so, unless its
    own dates say that it has ended.
    """
    line = line_of(held.entries)
    dated = any(
        other.entry.version == one.record.version and other.start.day
        for other in (*line.stand, *line.withdrawn)
    )
    if not dated:
        return one.entry.end is None or one.entry.end > today
    return any(
        span.version == one.record.version and (span.to_day is None or span.to_day > today)
        for span in spans(line)
    )


def _issued_since(held: Holdings, now: datetime) -> bool:
    """Whether all of a policy begins after the day on which its payer was first recorded, and that
    was not just now.
    """
    if held.payer_since is None or held.payer_since >= now:
        return False
    stand, _ = standing(held.entries)
    return bool(stand) and all(
        one.start.day is not None and one.start.day > held.payer_since.astimezone(now.tzinfo).date()
        for one in stand
    )
