"""How documents come onto the timeline: kept before anybody reads them, published as history, and
decided by a person where doubtful.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlmodel import Session

from policy_tracker.errors import ConflictError, InputError, NotFoundError
from policy_tracker.extract.payers.names import payer_named
from policy_tracker.extract.quality import UNKNOWN_PAYER
from policy_tracker.pipeline import (
    ATTEMPTS,
    Loaded,
    given_up,
    in_time,
    loaded_row,
    outcome_of,
    verdict_in,
)
from policy_tracker.record import Bulletin, Payer, Record, content_hash
from policy_tracker.record.canonical import words_hash
from policy_tracker.recordfiles.folder import Sourced
from policy_tracker.rules import compare as compare_by_rules
from policy_tracker.store import journal
from policy_tracker.store.announcements import announced_policies
from policy_tracker.store.confirmations import (
    AS_READ,
    DocumentNaming,
    as_confirmed,
    confirm_payer,
    confirmed_name,
    is_confirmed,
    named,
    payer_as_named,
)
from policy_tracker.store.database import reading, writing
from policy_tracker.store.documents import StoredDocument, keep_document, keep_texts
from policy_tracker.store.extractions import (
    Decision,
    ReviewItem,
    Status,
    current_revision,
    decide,
    extractions_of,
    note_extractions,
    published_of,
    require_waiting,
    review_item,
    settle,
    take_up_again,
    unsettled,
    unsettled_of,
    upgrades,
)
from policy_tracker.store.moved_readings import moved_reason
from policy_tracker.store.plan import (
    Compare,
    Holdings,
    NewRevision,
    PublicationPlan,
    accept,
    draft,
    hash_of,
    holdings,
)
from policy_tracker.store.publish import hold_payer, publish, publish_payer
from policy_tracker.store.review_gate import hold_for_review


class HeldDocument(NamedTuple):
    """A document that is held, and whether this reader has read it before."""

    document: StoredDocument
    read_before: bool


def keep(
    engine: Engine, data: bytes, name: str, media_type: str, reader: str, now: datetime
) -> HeldDocument:
    """Keep a document, before anybody reads it.

    Raises DocumentError where it is empty or too large.
    """
    with writing(engine) as session:
        document = keep_document(session, data, name, media_type, now)
        return HeldDocument(document, extractions_of(session, document.id, reader) is not None)


def note_read(
    engine: Engine,
    document: StoredDocument,
    records: Sequence[Record | Bulletin],
    reader: str,
    now: datetime,
    texts: bytes = b"",
) -> None:
    """Note what was read of a document, once per reader; `publish_history` then brings it onto the
    timeline.

    `texts` are the document's, which the records name, as `documents.attached.packed` packs them;
    they are kept beside the records.
    """
    with writing(engine) as session:
        journal.lock(session)
        if extractions_of(session, document.id, reader) is None:
            read = [record for record in records if isinstance(record, Record)]
            known = dict(zip(map(id, read), as_confirmed(session, read, document.id), strict=True))
            note_extractions(
                session,
                document,
                [known.get(id(record), record) for record in records],
                reader,
                now,
            )
            if texts:
                keep_texts(session, document.id, reader, texts)


def note_check(
    engine: Engine,
    document: StoredDocument,
    day: date,
    now: datetime,
    *,
    compare: Compare = compare_by_rules,
) -> int:
    """Note that a document which was read before was fetched again on a day: what it holds was
    still the payer's text.

    Returns of how many versions that is recorded; nobody is alerted by it. A version of which
    something else is recorded since is left.
    """
    with reading(engine) as session:
        records = published_of(session, document.id)
    return sum(
        _check(engine, record.model_copy(update={"retrieved": day.isoformat()}), now, compare)
        for record in records
    )


def _check(engine: Engine, record: Record, now: datetime, compare: Compare) -> bool:
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = holdings(session, record.payer, record.policy)
            if held.hashes.get(record.version, [""])[-1] != hash_of(record):
                return False
            revision = accept(held, record, now)
            if revision is None:
                return False
            drafted = draft(session, held, [revision], now, compare, quiet=True)
        if _write(engine, drafted, lambda _: None):
            return True
    raise given_up(record.payer, record.policy)


def publish_history(engine: Engine, now: datetime, *, compare: Compare = compare_by_rules) -> int:
    """Bring everything that was noted onto the timeline as history, which alerts nobody; returns to
    how many policies it belongs.

    All versions of a policy are one transaction, so that the order in which documents came does not
    matter; what an earlier, interrupted call left is taken along. Doubtful ones wait for a person,
    and those that contradict what is held are refused. Steps of which a bulletin that is kept says
    something new are compared anew.
    """
    with reading(engine) as session:
        addresses = unsettled(session)
    for payer, policy in addresses:
        _publish_extractions(engine, payer, policy, now, compare)
    with reading(engine) as session:
        announced = announced_policies(session)
    for payer, policy in announced:
        _hear(engine, payer, policy, now, compare)
    return len(addresses)


def _hear(engine: Engine, payer: str, policy: str, now: datetime, compare: Compare) -> None:
    """Compare anew the steps of a policy of which bulletins say something that its stored
    comparisons do not hold; alerts nobody.
    """
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            drafted = draft(session, holdings(session, payer, policy), [], now, compare, quiet=True)
        if not drafted.comparisons or _write(engine, drafted, lambda _: None):
            return
    raise given_up(payer, policy)


def accept_review(
    engine: Engine,
    extraction_id: int,
    now: datetime,
    *,
    by: str | None = None,
    why: str | None = None,
    naming: DocumentNaming = AS_READ,
    compare: Compare = compare_by_rules,
) -> Loaded:
    """Publish a reading that waits, under the payer, number and title that a person confirms or
    corrects (`naming`).

    The payer is confirmed by that: what else waits for nothing but its confirmation is published
    too.

    Raises NotFoundError, InputError for a name that cannot be one or a payer that is still unknown,
    and ConflictError where it was decided already or its version is recorded with other content.
    """
    return _decide(engine, extraction_id, None, now, (by, why), compare, naming)


def correct_review(
    engine: Engine,
    extraction_id: int,
    record: Record,
    now: datetime,
    *,
    by: str | None = None,
    why: str | None = None,
    compare: Compare = compare_by_rules,
) -> Loaded:
    """Publish a corrected record in the place of a reading that waits; its version may be another
    one.

    Its policy may be another one only where no payer was read.

    Raises NotFoundError, InputError for a record of another policy, and ConflictError as
    `accept_review` does.
    """
    return _decide(engine, extraction_id, record, now, (by, why), compare)


def reject_review(
    engine: Engine, extraction_id: int, now: datetime, *, why: str, by: str | None = None
) -> ReviewItem:
    """Close a reading that waits, so that it is never published.

    Raises NotFoundError, InputError without a reason, and ConflictError.
    """
    if not why.strip():
        message = "A rejection says why"
        raise InputError(message)
    with writing(engine) as session:
        decide(session, extraction_id, "rejected", now, by=by, why=why.strip())
        return review_item(session, extraction_id)


class _Fate(NamedTuple):
    """What becomes of a reading."""

    extraction_id: int
    version: str
    status: Status
    reasons: tuple[str, ...] = ()


def _publish_extractions(
    engine: Engine, payer: str, policy: str, now: datetime, compare: Compare
) -> None:
    """Settle the readings of one policy: draft by reading, then write in one short transaction;
    once more where somebody else published.
    """
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = _held_or_empty(session, payer, policy)
            fates, new = _fates(session, held, now)
            quiet = all(row.history for row in unsettled_of(session, payer, policy))
            drafted = draft(session, held, new, now, compare, quiet=quiet) if new else None

        def settle_all(session: Session, fates: Sequence[_Fate] = fates) -> None:
            for fate in fates:
                published = (
                    current_revision(session, payer, policy, fate.version)
                    if fate.status == "published"
                    else None
                )
                settle(
                    session,
                    fate.extraction_id,
                    fate.status,
                    reasons=fate.reasons,
                    revision_id=published.id if published else None,
                )

        if _write(engine, drafted, settle_all):
            return
    raise given_up(payer, policy)


def _fates(
    session: Session, held: Holdings, now: datetime
) -> tuple[list[_Fate], list[NewRevision]]:
    """What becomes of a policy's readings, taken in an order that does not hang on how they came,
    and the revisions that are new.
    """
    rows = unsettled_of(session, held.payer, held.policy)
    read = [(row.id or 0, row.document_id, Record.model_validate(row.content)) for row in rows]
    moved = {
        extraction_id: reason
        for row, (extraction_id, _, record) in zip(rows, read, strict=True)
        if (reason := moved_reason(session, row, record))
    }
    read.sort(key=lambda one: (*in_time(one[2]), content_hash(one[2])))
    better = {
        place
        for place, (_, document_id, record) in enumerate(read)
        if _replaces(session, document_id, record)
    }
    doubtful = hold_for_review(
        session, held, [record for _, _, record in read], now, upgrading=better
    )
    fates: list[_Fate] = []
    new: list[NewRevision] = []
    taken: dict[str, Record] = {}
    for place, (extraction_id, _, record) in enumerate(read):
        told = (moved[extraction_id],) if extraction_id in moved else ()
        if reasons := (*doubtful.get(place, ()), *told):
            fates.append(_Fate(extraction_id, record.version, "needs_review", reasons))
            continue
        try:
            revision = accept(held, record, now, upgrades=place in better)
        except ConflictError as error:
            first = taken.get(record.version) or _current(session, record)
            # another document prints it on other pages
            same = first is not None and words_hash(record) == words_hash(first)
            fates.append(
                _Fate(extraction_id, record.version, "published")
                if same
                else _Fate(
                    extraction_id,
                    record.version,
                    "refused",
                    (str(error), *_republished(first, record)),
                )
            )
            continue
        fates.append(_Fate(extraction_id, record.version, "published"))
        if revision:
            new.append(revision)
            taken[record.version] = record
    return fates, new


def _republished(first: Record | None, record: Record) -> tuple[str, ...]:
    """What another document of a version that is recorded with other words says of itself: whether
    the payer republished it silently.
    """
    return compare_by_rules(first, record).warnings if first else ()


def _current(session: Session, record: Record) -> Record | None:
    """What is recorded of a record's version."""
    current = current_revision(session, record.payer, record.policy, record.version)
    return Record.model_validate(current.content) if current else None


def _replaces(session: Session, document_id: int | None, record: Record) -> bool:
    """Whether a record is a newer reading of the document from which its version is recorded
    now.
    """
    current = current_revision(session, record.payer, record.policy, record.version)
    return current is not None and upgrades(session, document_id, current.id or 0)


def _decide(
    engine: Engine,
    extraction_id: int,
    corrected: Record | None,
    now: datetime,
    said: tuple[str | None, str | None],
    compare: Compare,
    naming: DocumentNaming = AS_READ,
) -> Loaded:
    """Publish what a person decided, write the decision in the same transaction, and let go what
    waited for the payer alone.
    """
    decision: Decision = "corrected" if corrected else "accepted"
    by, why = said
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            item = review_item(session, extraction_id)
            require_waiting(item)
            record = (
                _of_same_policy(item, corrected) if corrected else _named(session, item, naming)
            )
            payer = payer_as_named(session, record.payer, naming.payer_name)
            held = _held_or_empty(session, record.payer, record.policy)
            better = not corrected and _replaces(
                session, item.source.id if item.source else None, record
            )
            revision = accept(held, record, now, upgrades=better)
            drafted = (
                draft(session, held, [revision], now, compare, quiet=item.history)
                if revision
                else None
            )

        def write(
            session: Session, item: ReviewItem = item, record: Record = record, payer: Payer = payer
        ) -> None:
            published = current_revision(session, record.payer, record.policy, record.version)
            decide(
                session,
                extraction_id,
                decision,
                now,
                by=by,
                why=why,
                revision_id=published.id if published else None,
            )
            _confirm(session, item, record, payer, now, by)

        if _write(engine, drafted, write, payer):
            _let_go(engine, record.payer, now, compare)
            verdict = verdict_in(drafted, record.version) if drafted else None
            return loaded_row(
                Sourced(record, item.document or ""), outcome_of(revision), verdict=verdict
            )
    raise given_up(record.payer, record.policy)


def _named(session: Session, item: ReviewItem, naming: DocumentNaming) -> Record:
    """A reading under the identity that a person gives it; without a payer, under the one that was
    named for such readings before.
    """
    payer = confirmed_name(session, item.payer) if naming.payer is None else naming.payer
    return named(
        item.record, naming.model_copy(update={"payer": payer if payer != item.payer else None})
    )


def _confirm(
    session: Session, item: ReviewItem, record: Record, payer: Payer, now: datetime, by: str | None
) -> None:
    """Note, also in the journal, that a person confirmed a payer, and what they made of the number
    and the title that were read.
    """
    read = item.record
    renamed = {
        name: {"read": getattr(read, name), "confirmed": getattr(record, name)}
        for name in ("payer", "policy", "policy_number", "title")
        if getattr(read, name) != getattr(record, name)
    }
    if is_confirmed(session, record.payer) and not renamed:
        return
    told = {
        "reading": item.id,
        "by": by,
        "name": payer.name,
        "number": record.policy_number,
        "title": record.title,
    }
    journal.append(
        session,
        "confirm",
        at=now,
        payer=record.payer,
        payload=told | ({"renamed": renamed} if renamed else {}),
    )
    if not is_confirmed(session, record.payer):
        publish_payer(session, payer, now)
    alias = (
        None
        if read.payer in (UNKNOWN_PAYER, record.payer) or is_confirmed(session, read.payer)
        else read.payer
    )
    if alias or not is_confirmed(session, record.payer):
        confirm_payer(
            session, record.payer, now, how="review", by=by, extraction_id=item.id, read_as=alias
        )


def _let_go(engine: Engine, payer: str, now: datetime, compare: Compare) -> None:
    """Publish what waited for nothing but that somebody confirms its payer."""
    with reading(engine) as session:
        if not is_confirmed(session, payer):
            return
    with writing(engine) as session:
        again = take_up_again(session, payer)
    if again:
        publish_history(engine, now, compare=compare)


def _of_same_policy(item: ReviewItem, record: Record) -> Record:
    """A corrected record, which is of the policy that was read; where no payer was read, the record
    says which one it is.
    """
    if item.payer == UNKNOWN_PAYER and record.payer != UNKNOWN_PAYER:
        return record
    if (record.payer, record.policy) != (item.payer, item.policy):
        message = (
            f"The record is of {record.payer}/{record.policy}, and reading {item.id} of "
            f"{item.payer}/{item.policy}"
        )
        raise InputError(message)
    if record.payer == UNKNOWN_PAYER:
        message = "The corrected record does not name its payer"
        raise InputError(message)
    return record


def _held_or_empty(session: Session, payer: str, policy: str) -> Holdings:
    """What is held of a policy; nothing where not even its payer is, which is recorded together
    with its first version.
    """
    try:
        return holdings(session, payer, policy)
    except NotFoundError:
        return Holdings(payer, policy)


def _write(
    engine: Engine,
    drafted: PublicationPlan | None,
    then: Callable[[Session], None],
    payer: Payer | None = None,
) -> bool:
    """Publish a draft, and what belongs to it, in one transaction; False where somebody else
    published meanwhile.
    """
    with writing(engine) as session:
        if drafted:
            hold_payer(session, payer or payer_named(drafted.payer), drafted.at)
            if not publish(session, drafted):
                return False
        then(session)
    return True
