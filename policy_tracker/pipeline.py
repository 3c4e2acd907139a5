"""The story, on one screen: records come in; what is new is compared, published and noted for those concerned; what is doubtful waits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal, NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session

from policy_tracker.errors import ConflictError, Fault, InputError, NotFoundError
from policy_tracker.extract.payer_names import payer_named
from policy_tracker.extract.policy_file import Checked, Sourced
from policy_tracker.record import Bulletin, Payer, Record, content_hash, start_of
from policy_tracker.record.base import Value
from policy_tracker.record.canonical import words_hash
from policy_tracker.record.vocabulary import Origin
from policy_tracker.rules import compare as compare_by_rules
from policy_tracker.rules.change import Verdict
from policy_tracker.store import journal
from policy_tracker.store.database import reading, writing
from policy_tracker.store.documents import StoredDocument, keep_document
from policy_tracker.store.drafts import Compare, Draft, Holdings, NewRevision, accept, draft, hash_of, holdings
from policy_tracker.store.gate import sift
from policy_tracker.store.occasions import note_taking_effect
from policy_tracker.store.publish import hold_payer, publish, publish_payer
from policy_tracker.store.queries import list_policies
from policy_tracker.store.readings import (
    Decision,
    ReviewItem,
    Status,
    current_revision,
    decide,
    note_readings,
    queue,
    reading_of_file,
    readings_of,
    require_waiting,
    review_item,
    settle,
    unsettled,
    unsettled_of,
    upgrades,
)

Outcome = Origin | Literal["unchanged", "withdrawal", "refused", "needs_review", "reviewed"]
NOT_NEW: tuple[Outcome, ...] = ("unchanged", "refused", "needs_review", "reviewed")
"""Outcomes that leave the timeline as it is."""
ATTEMPTS = 10
"""So often a policy is drafted anew because another process published to it meanwhile."""


class Loaded(Value):
    """What became of one record.

    `verdict` compares it with the edition before it in valid time (None where nothing changed), `reason` says why it was refused.
    One that `needs_review` waits for a person as the reading `review`, for its `doubts`; one that was `reviewed` a person rejected or
    corrected.
    """

    file: str
    payer: str
    policy: str
    edition: str
    outcome: Outcome
    verdict: Verdict | None = None
    reason: str | None = None
    review: int | None = None
    doubts: tuple[str, ...] = ()


class LoadReport(Value):
    """What became of everything that was given.

    `loaded` has one row per record, in the order of policies; `faults` are of what could not be read or was refused; `not_kept` names files
    that are good and that the store has no place for (bulletins).
    """

    loaded: tuple[Loaded, ...] = ()
    payers_changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    not_kept: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Loaded, ...]:
        """What is new on the timeline."""
        return tuple(row for row in self.loaded if row.outcome not in NOT_NEW)

    @property
    def waiting(self) -> tuple[Loaded, ...]:
        """What waits for a person."""
        return tuple(row for row in self.loaded if row.outcome == "needs_review")


def load(engine: Engine, checked: Checked, now: datetime, *, compare: Compare = compare_by_rules) -> LoadReport:
    """Load what a check found good: what is held already stays, what is wrong is refused by itself, and loading again changes nothing.

    Each record of a known policy is one transaction, which alerts those concerned. A policy that comes for the first time is one
    transaction with all of its editions, and alerts nobody. A record that was read from a document, and is doubtful, waits for a person.
    """
    payers = tuple(payer.payer for payer in checked.payers if _load_payer(engine, payer, now))
    records = [sourced for sourced in checked.records if isinstance(sourced.value, Record)]
    rows: list[Loaded] = []
    for _, group in groupby(sorted(records, key=_address), key=_address):
        rows += _load_policy(engine, list(group), now, compare)
    refused = tuple(Fault(row.file, _line(records, row), "edition", row.reason or "") for row in rows if row.outcome == "refused")
    not_kept = tuple(sourced.file for sourced in checked.records if not isinstance(sourced.value, Record))
    return LoadReport(loaded=tuple(rows), payers_changed=payers, faults=(*checked.faults, *refused), not_kept=not_kept)


class Kept(NamedTuple):
    """A document that is held, and whether this reader has read it before."""

    document: StoredDocument
    read_before: bool


def keep(engine: Engine, data: bytes, name: str, media_type: str, reader: str, now: datetime) -> Kept:
    """Keep a document, before anybody reads it. Raises DocumentError where it is empty or too large."""
    with writing(engine) as session:
        document = keep_document(session, data, name, media_type, now)
        return Kept(document, readings_of(session, document.id, reader) is not None)


def note_read(engine: Engine, document: StoredDocument, records: Sequence[Record | Bulletin], reader: str, now: datetime) -> None:
    """Note what was read of a document, once per reader; `publish_history` then brings it onto the timeline."""
    with writing(engine) as session:
        journal.lock(session)
        if readings_of(session, document.id, reader) is None:
            note_readings(session, document, records, reader, now)


def publish_history(engine: Engine, now: datetime, *, compare: Compare = compare_by_rules) -> int:
    """Bring everything that was noted onto the timeline as history, which alerts nobody; returns to how many policies it belongs.

    All editions of a policy are one transaction, so that the order in which documents came does not matter; what an earlier, interrupted
    call left is taken along. Doubtful ones wait for a person, and those that contradict what is held are refused.
    """
    with reading(engine) as session:
        addresses = unsettled(session)
    for payer, policy in addresses:
        _publish_readings(engine, payer, policy, now, compare)
    return len(addresses)


def accept_review(
    engine: Engine, reading_id: int, now: datetime, *, by: str | None = None, why: str | None = None, compare: Compare = compare_by_rules
) -> Loaded:
    """Publish a reading that waits as it is.

    Raises NotFoundError, and ConflictError where it was decided already or its edition is recorded with other content.
    """
    return _decide(engine, reading_id, None, now, (by, why), compare)


def correct_review(
    engine: Engine,
    reading_id: int,
    record: Record,
    now: datetime,
    *,
    by: str | None = None,
    why: str | None = None,
    compare: Compare = compare_by_rules,
) -> Loaded:
    """Publish a corrected record in the place of a reading that waits; its edition may be another one, its policy may not.

    Raises NotFoundError, InputError for a record of another policy, and ConflictError as `accept_review` does.
    """
    return _decide(engine, reading_id, record, now, (by, why), compare)


def reject_review(engine: Engine, reading_id: int, now: datetime, *, why: str, by: str | None = None) -> ReviewItem:
    """Close a reading that waits, so that it is never published. Raises NotFoundError, InputError without a reason, and ConflictError."""
    if not why.strip():
        message = "A rejection says why"
        raise InputError(message)
    with writing(engine) as session:
        decide(session, reading_id, "rejected", now, by=by, why=why.strip())
        return review_item(session, reading_id)


def take_effect(engine: Engine, today: date, now: datetime) -> int:
    """Note the editions that begin today, or that began since this was last called; returns how many."""
    with writing(engine) as session:
        return note_taking_effect(session, today, now)


def reclassify(engine: Engine, now: datetime, *, compare: Compare = compare_by_rules) -> int:
    """Compare all editions that follow one another anew, with the present rules, and alert nobody; returns for how many policies."""
    with reading(engine) as session:
        addresses = [(row.payer, row.policy) for row in list_policies(session, now.date()).items]
    for payer, policy in addresses:
        _publish(engine, payer, policy, [], now, compare, again=True)
    return len(addresses)


def _load_payer(engine: Engine, payer: Payer, now: datetime) -> bool:
    with writing(engine) as session:
        return publish_payer(session, payer, now)


def _address(sourced: Sourced) -> tuple[str, str]:
    return sourced.value.payer, sourced.value.policy


def _in_time(record: Record, now: datetime) -> tuple[date, str]:
    """What sorts records earliest first in valid time."""
    return start_of(record, now.date()).day or date.min, record.edition


def _load_policy(engine: Engine, records: list[Sourced], now: datetime, compare: Compare) -> list[Loaded]:
    """Load the records of one policy, earliest first in valid time."""
    records = sorted(records, key=lambda one: _in_time(one.value, now))
    payer, policy = _address(records[0])
    try:
        with reading(engine) as session:
            held = holdings(session, payer, policy)
    except NotFoundError as error:
        return [_row(one, "refused", reason=str(error)) for one in records]
    new = [one for one in records if held.hashes.get(one.value.edition, [""])[-1] != hash_of(one.value)]
    set_aside = _set_aside(engine, held, new, now) if any(one.value.extraction for one in new) else {}
    good = [one for one in new if one.value.edition not in set_aside]
    together = [good] if good and not held.head else [[one] for one in good]
    rows = {row.edition: row for group in together for row in _publish(engine, payer, policy, group, now, compare)} | set_aside
    return [rows.get(one.value.edition) or _row(one, "unchanged") for one in records]


def _set_aside(engine: Engine, held: Holdings, new: Sequence[Sourced], now: datetime) -> dict[str, Loaded]:
    """Of new records (by edition), those that a person rejected or corrected, and those that wait for one: these are queued, each once."""
    with reading(engine) as session:
        decided = [one for one in new if one.value.extraction and _is_decided(session, one.value)]
        editions = {one.value.edition for one in decided}
        rest = [one for one in new if one.value.edition not in editions]
        doubtful = sift(session, held, [one.value for one in rest], now)
    rows = {one.value.edition: _row(one, "reviewed") for one in decided}
    if doubtful:
        with writing(engine) as session:
            journal.lock(session)  # two processes that load the same queue it once
            for place, reasons in doubtful.items():
                row = _row(rest[place], "needs_review")
                review = queue(session, rest[place].value, reasons, now)
                rows[row.edition] = row.model_copy(update={"review": review, "doubts": reasons})
    return rows


def _is_decided(session: Session, record: Record) -> bool:
    row = reading_of_file(session, record)
    return row is not None and row.decision in ("rejected", "corrected")


def _publish(
    engine: Engine, payer: str, policy: str, records: Sequence[Sourced], now: datetime, compare: Compare, *, again: bool = False
) -> list[Loaded]:
    """Draft by reading, then write in one short transaction; once more where somebody else published meanwhile."""
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = holdings(session, payer, policy)
            rows, new = _accepted(held, records, now)
            if not new and not again:
                return [_row(one, *rows[one.value.edition]) for one in records]
            drafted = draft(session, held, new, now, compare, again=again)
        with writing(engine) as session:
            done = publish(session, drafted)
        if done:
            return [_row(one, *rows[one.value.edition], verdict=_verdict(drafted, one.value.edition)) for one in records]
    raise _given_up(payer, policy)


def _accepted(held: Holdings, records: Sequence[Sourced], now: datetime) -> tuple[dict[str, tuple[Outcome, str | None]], list[NewRevision]]:
    """What becomes of each record (by edition) when it is taken into what is held, and the revisions that are new."""
    rows: dict[str, tuple[Outcome, str | None]] = {}
    new = []
    for one in records:
        try:
            revision = accept(held, one.value, now)
        except ConflictError as error:
            rows[one.value.edition] = ("refused", str(error))
            continue
        rows[one.value.edition] = (_outcome(revision), None)
        new += [revision] if revision else []
    return rows, new


class _Fate(NamedTuple):
    """What becomes of a reading."""

    reading_id: int
    edition: str
    status: Status
    reasons: tuple[str, ...] = ()


def _publish_readings(engine: Engine, payer: str, policy: str, now: datetime, compare: Compare) -> None:
    """Settle the readings of one policy: draft by reading, then write in one short transaction; once more where somebody else published."""
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = _held_or_empty(session, payer, policy)
            fates, new = _fates(session, held, now)
            drafted = draft(session, held, new, now, compare, quiet=True) if new else None

        def settle_all(session: Session, fates: Sequence[_Fate] = fates) -> None:
            for fate in fates:
                published = current_revision(session, payer, policy, fate.edition) if fate.status == "published" else None
                settle(session, fate.reading_id, fate.status, reasons=fate.reasons, revision_id=published.id if published else None)

        if _write(engine, drafted, settle_all):
            return
    raise _given_up(payer, policy)


def _fates(session: Session, held: Holdings, now: datetime) -> tuple[list[_Fate], list[NewRevision]]:
    """What becomes of a policy's readings, taken in an order that does not hang on how they came, and the revisions that are new."""
    read = [(row.id or 0, row.document_id, Record.model_validate(row.content)) for row in unsettled_of(session, held.payer, held.policy)]
    read.sort(key=lambda one: (*_in_time(one[2], now), content_hash(one[2])))
    better = {place for place, (_, document_id, record) in enumerate(read) if _replaces(session, document_id, record)}
    doubtful = sift(session, held, [record for _, _, record in read], now, upgrading=better)
    fates: list[_Fate] = []
    new: list[NewRevision] = []
    said: dict[str, str] = {}
    for place, (reading_id, _, record) in enumerate(read):
        if reasons := doubtful.get(place):
            fates.append(_Fate(reading_id, record.edition, "needs_review", reasons))
            continue
        try:
            revision = accept(held, record, now, upgrades=place in better)
        except ConflictError as error:
            same = words_hash(record) == (said.get(record.edition) or _said(session, record))  # another document prints it on other pages
            fates.append(
                _Fate(reading_id, record.edition, "published") if same else _Fate(reading_id, record.edition, "refused", (str(error),))
            )
            continue
        fates.append(_Fate(reading_id, record.edition, "published"))
        if revision:
            new.append(revision)
            said[record.edition] = words_hash(record)
    return fates, new


def _said(session: Session, record: Record) -> str | None:
    """What is recorded of a record's edition, as a hash of its words."""
    current = current_revision(session, record.payer, record.policy, record.edition)
    return words_hash(Record.model_validate(current.content)) if current else None


def _replaces(session: Session, document_id: int | None, record: Record) -> bool:
    """Whether a record is a newer reading of the document from which its edition is recorded now."""
    current = current_revision(session, record.payer, record.policy, record.edition)
    return current is not None and upgrades(session, document_id, current.id or 0)


def _decide(
    engine: Engine, reading_id: int, corrected: Record | None, now: datetime, said: tuple[str | None, str | None], compare: Compare
) -> Loaded:
    """Publish what a person decided, and write the decision in the same transaction."""
    decision: Decision = "corrected" if corrected else "accepted"
    by, why = said
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            item = review_item(session, reading_id)
            require_waiting(item)
            record = _of_same_policy(item, corrected) if corrected else item.record
            held = _held_or_empty(session, record.payer, record.policy)
            better = not corrected and _replaces(session, item.source.id if item.source else None, record)
            revision = accept(held, record, now, upgrades=better)
            drafted = draft(session, held, [revision], now, compare, quiet=item.history) if revision else None

        def write(session: Session, record: Record = record) -> None:
            published = current_revision(session, record.payer, record.policy, record.edition)
            decide(session, reading_id, decision, now, by=by, why=why, revision_id=published.id if published else None)

        if _write(engine, drafted, write):
            verdict = _verdict(drafted, record.edition) if drafted else None
            return _row(Sourced(record, item.document or ""), _outcome(revision), verdict=verdict)
    raise _given_up(record.payer, record.policy)


def _of_same_policy(item: ReviewItem, record: Record) -> Record:
    if (record.payer, record.policy) != (item.payer, item.policy):
        message = f"The record is of {record.payer}/{record.policy}, and reading {item.id} of {item.payer}/{item.policy}"
        raise InputError(message)
    return record


def _held_or_empty(session: Session, payer: str, policy: str) -> Holdings:
    """What is held of a policy; nothing where not even its payer is, which is recorded together with its first edition."""
    try:
        return holdings(session, payer, policy)
    except NotFoundError:
        return Holdings(payer, policy)


def _write(engine: Engine, drafted: Draft | None, then: Callable[[Session], None]) -> bool:
    """Publish a draft, and what belongs to it, in one transaction; False where somebody else published meanwhile."""
    with writing(engine) as session:
        if drafted:
            hold_payer(session, payer_named(drafted.payer), drafted.at)
            if not publish(session, drafted):
                return False
        then(session)
    return True


def _given_up(payer: str, policy: str) -> ConflictError:
    return ConflictError(f"Other processes kept publishing to {payer}/{policy}; it was given up after {ATTEMPTS} attempts.")


def _outcome(revision: NewRevision | None) -> Outcome:
    if revision is None:
        return "unchanged"
    return "withdrawal" if revision.withdraws else revision.origin


def _verdict(drafted: Draft, edition: str) -> Verdict | None:
    return next((comparison.verdict for step, comparison in drafted.comparisons.items() if step.after == edition), None)


def _row(sourced: Sourced, outcome: Outcome, reason: str | None = None, verdict: Verdict | None = None) -> Loaded:
    record = sourced.value
    if outcome in NOT_NEW:
        verdict = None
    return Loaded(
        file=sourced.file,
        payer=record.payer,
        policy=record.policy,
        edition=record.edition,
        outcome=outcome,
        verdict=verdict,
        reason=reason,
    )


def _line(records: Sequence[Sourced], row: Loaded) -> int | None:
    return next((one.line("edition") for one in records if (one.file, one.value.edition) == (row.file, row.edition)), None)
