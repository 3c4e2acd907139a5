"""Does what the database holds agree with itself?

Each check reads everything and reports every fault.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import inspect
from sqlmodel import Session, col, select

from policy_tracker.record import Bulletin, Record, content_hash
from policy_tracker.rules import AS_DECLARED, RuleSettings, compare
from policy_tracker.store.database import reading
from policy_tracker.store.lineage import descent, faults_of
from policy_tracker.store.plan import hash_of
from policy_tracker.store.policies import payer_stating
from policy_tracker.store.projection import rebuild
from policy_tracker.store.tables import (
    CodeMention,
    ConfirmedPayerRow,
    DocumentRow,
    JournalRow,
    MentionBasis,
    SearchDocument,
    StoredChange,
    StoredComparison,
    StoredExtraction,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredStatement,
    StoredVersion,
    TimingRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Engine

READ_MODELS = (TimingRow, StoredStatement, MentionBasis, CodeMention, StoredSpan, SearchDocument)
ID_COLUMNS = frozenset({"id", "statement_id", "basis_id"})
"""Numbers that a rebuild gives anew, and that mean nothing."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how many things it examined, and a sentence for each that is wrong."""

    name: str
    examined: int
    faults: tuple[str, ...]


def verify_store(engine: Engine, rules: RuleSettings = AS_DECLARED) -> tuple[Check, ...]:
    """Journal, revisions, changes, lineage and documents are read; the read models are rebuilt in a
    transaction that is then taken back.
    """
    with reading(engine) as session:
        checks = [
            _journal(session),
            _revisions(session),
            _changes(session, rules),
            _lineage(session),
            _documents(session),
        ]
        checks.append(_confirmations(session))
    return (*checks, _read_models(engine))


def _journal(session: Session) -> Check:
    """Sequences follow one another without a gap, time never runs back, and every revision is the
    journal's.
    """
    rows = session.exec(select(JournalRow).order_by(col(JournalRow.sequence))).all()
    faults = [
        f"entry {row.sequence} stands where {place} is expected"
        for place, row in enumerate(rows, 1)
        if row.sequence != place
    ]
    faults += [
        f"entry {later.sequence} is earlier than the one before it"
        for earlier, later in pairwise(rows)
        if later.at < earlier.at
    ]
    told = {row.sequence: (row.version, row.revision) for row in rows}
    held = session.exec(
        select(StoredRevision.sequence, StoredVersion.label, StoredRevision.number).join(
            StoredVersion
        )
    ).all()
    faults += [
        f"entry {sequence} does not tell of revision {number} of {version}"
        for sequence, version, number in held
        if told.get(sequence) != (version, number)
    ]
    recorded = {sequence for sequence, _, _ in held}
    faults += [
        f"entry {row.sequence} tells of revision {row.revision} of {row.version}, which is not held"
        for row in rows
        if row.revision and row.sequence not in recorded
    ]
    return Check("journal", len(rows), tuple(faults))


def _revisions(session: Session) -> Check:
    """Every record is valid and has the hash that was written beside it, and revisions of a version
    are numbered without a gap.
    """
    faults: list[str] = []
    numbers: dict[int, int] = {}
    examined = 0
    for revision in session.exec(
        select(StoredRevision).order_by(col(StoredRevision.version_id), col(StoredRevision.number))
    ):
        examined += 1
        name = f"revision {revision.number} of version {revision.version_id}"
        expected = numbers.get(revision.version_id, 0) + 1
        numbers[revision.version_id] = revision.number
        if revision.number != expected:
            faults.append(f"{name} stands where {expected} is expected")
        try:
            record = Record.model_validate(revision.content)
        except ValidationError as error:
            faults.append(f"{name} holds no valid record: {error.errors()[0]['msg']}")
            continue
        if hash_of(record) != revision.content_hash:
            faults.append(
                f"{name} ({record.payer}/{record.policy}@{record.version}) is not what was "
                f"recorded: its hash differs"
            )
    return Check("revisions", examined, tuple(faults))


def _changes(session: Session, rules: RuleSettings) -> Check:
    """Every stored comparison lists the changes that are stored, and comes out the same again where
    it was made with the present rules.
    """
    faults: list[str] = []
    examined = 0
    for comparison in session.exec(select(StoredComparison).order_by(col(StoredComparison.id))):
        stored = session.exec(
            select(StoredChange)
            .where(StoredChange.comparison_id == comparison.id)
            .order_by(col(StoredChange.ordinal))
        ).all()
        examined += len(stored)
        name = (
            f"comparison {comparison.content.get('from')} → {comparison.content.get('to')} of "
            f"policy {comparison.policy_id}"
        )
        told = [change["id"] for change in comparison.content.get("changes", ())]
        if [row.change_id for row in stored] != told:
            faults.append(f"{name}: its changes are not the ones that are listed beside it")
        if comparison.ruleset == rules.stamp:
            faults += _differing(name, told, _ids_again(session, comparison, rules))
    return Check("changes", examined, tuple(faults))


def _lineage(session: Session) -> Check:
    """Every link leads from one statement to another, and comes out the same again where it was
    made with the present rules.
    """
    faults: list[str] = []
    examined = 0
    for policy_id in session.exec(select(StoredPolicy.id).order_by(col(StoredPolicy.id))).all():
        try:
            known = descent(session, policy_id)
        except ValidationError:
            continue  # the check of revisions tells of it
        examined += sum(len(known.links(step)) for step in known.steps)
        faults += [f"policy {policy_id}, {fault}" for fault in faults_of(known)]
    return Check("lineage", examined, tuple(faults))


def _documents(session: Session) -> Check:
    """Every document has the bytes by whose hash it is known, and every reading what was read; a
    published one stands in a revision.
    """
    faults: list[str] = []
    examined = 0
    for document_id, sha256, size in session.exec(
        select(DocumentRow.id, DocumentRow.sha256, DocumentRow.size)
    ).all():
        examined += 1
        # one at a time: they can be large
        data = session.exec(select(DocumentRow.data).where(DocumentRow.id == document_id)).one()
        if (hashlib.sha256(data).hexdigest(), len(data)) != (sha256, size):
            faults.append(f"document {document_id} is not what was kept: its hash differs")
    for row in session.exec(select(StoredExtraction).order_by(col(StoredExtraction.id))):
        examined += 1
        faults += _of_reading(row)
    return Check("documents", examined, tuple(faults))


def _of_reading(row: StoredExtraction) -> Iterator[str]:
    try:
        hashed = (
            content_hash(Bulletin.model_validate(row.content))
            if row.policy is None
            else hash_of(Record.model_validate(row.content))
        )
    except ValidationError as error:
        yield f"reading {row.id} holds no valid record: {error.errors()[0]['msg']}"
        return
    if hashed != row.content_hash:
        yield f"reading {row.id} is not what was read: its hash differs"
    if (row.status == "published") != (row.revision_id is not None):
        yield (
            f"reading {row.id} is {row.status.replace('_', ' ')}, and {'stands' if row.revision_id else 'stands not'} "  # noqa: E501
            f"in a revision"
        )


def _confirmations(session: Session) -> Check:
    """Every confirmation names a payer that is held and, where a person gave it in review, the
    reading; the journal tells who.
    """
    rows = session.exec(select(ConfirmedPayerRow).order_by(col(ConfirmedPayerRow.id))).all()
    held = set(session.exec(select(StoredPayer.slug)))
    decisions = select(StoredExtraction.id, StoredExtraction.decided_by).where(
        col(StoredExtraction.decision).in_(("accepted", "corrected"))
    )
    accepted = set(session.exec(decisions))
    told = {
        (row.payer, (row.payload or {}).get("reading"), (row.payload or {}).get("by"))
        for row in session.exec(select(JournalRow).where(JournalRow.kind == "confirm"))
    }
    faults: list[str] = []
    for row in rows:
        name = f"the confirmation of {row.payer}"
        if row.how not in ("profile", "review"):
            faults.append(f"{name} was given in no known way: {row.how!r}")
        if row.payer not in held:
            faults.append(f"{name} is of a payer that is not held")
        if row.how != "review":
            continue
        if (row.extraction_id, row.confirmed_by) not in accepted:
            faults.append(
                f"{name} rests on reading {row.extraction_id}, which {row.confirmed_by or 'nobody'} "  # noqa: E501
                f"did not accept"
            )
        if (row.payer, row.extraction_id, row.confirmed_by) not in told:
            faults.append(f"{name} does not stand in the journal")
    return Check("confirmed payers", len(rows), tuple(faults))


def _ids_again(
    session: Session, comparison: StoredComparison, rules: RuleSettings
) -> list[str] | None:
    """The ids of a comparison's changes, computed now; None where one of its records cannot be
    read.
    """
    try:
        before, after = (
            _record(session, number)
            for number in (comparison.from_revision_id, comparison.to_revision_id)
        )
    except ValidationError:
        return None
    if after is None:
        return None
    return [
        change.id
        for change in compare(
            before, after, settings=rules, payer=payer_stating(session, after.payer)
        ).changes
    ]


def _record(session: Session, revision_id: int | None) -> Record | None:
    return (
        None
        if revision_id is None
        else Record.model_validate(session.get_one(StoredRevision, revision_id).content)
    )


def _differing(name: str, stored: list[str], again: list[str] | None) -> list[str]:
    if again is None:
        return [f"{name} cannot be computed again: a record of it cannot be read"]
    lost, found = Counter(stored) - Counter(again), Counter(again) - Counter(stored)
    return [
        f"{name}: change {one} is stored, but does not come out again" for one in lost.elements()
    ] + [f"{name}: change {one} comes out, but is not stored" for one in found.elements()]


def _read_models(engine: Engine) -> Check:
    """What is read fast is what a rebuild from the revisions makes."""
    with Session(engine) as session:
        try:
            policies = session.exec(select(StoredPolicy.id)).all()
            before = {table: _rows(session, table) for table in READ_MODELS}
            rebuild(session)
            session.flush()
            faults = [
                fault
                for table in READ_MODELS
                for fault in _apart(table.__tablename__, before[table], _rows(session, table))
            ]
        except ValidationError as error:
            faults = [
                (
                    f"they cannot be made again, because a record cannot be read: "
                    f"{error.errors()[0]['msg']}"
                )
            ]
        finally:
            session.rollback()
    return Check(
        "read models", sum(rows.total() for rows in before.values()) or len(policies), tuple(faults)
    )


def _rows(session: Session, table: type[Any]) -> Counter[str]:
    names = [column.key for column in inspect(table).columns if column.key not in ID_COLUMNS]
    rows = session.exec(select(table).execution_options(populate_existing=True))
    if table is not CodeMention:
        return Counter(repr([getattr(row, name) for name in names]) for row in rows)
    # by what its basis is called, not by its number: that a rebuild gives anew
    called = {
        one.id: (one.revision_id, one.kind, one.place, one.code_class)
        for one in session.exec(select(MentionBasis))
    }
    return Counter(
        repr([*(getattr(row, name) for name in names), called.get(row.basis_id)]) for row in rows
    )


def _apart(table: object, held: Counter[str], made: Counter[str]) -> Iterable[str]:
    yield from _told(f"{table}: a row that no revision explains", held - made)
    yield from _told(f"{table}: a row is missing", made - held)


def _told(sentence: str, rows: Counter[str]) -> Iterator[str]:
    for row in rows.elements():
        yield f"{sentence}: {row[:200]}"
