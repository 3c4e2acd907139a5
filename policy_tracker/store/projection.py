"""The read models: statements, mentions of codes, spans and search documents, each made from
revisions alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, col, select

from policy_tracker.record import CodeRange, Record, timing_of
from policy_tracker.record.answering import Answering
from policy_tracker.record.drugs import stated_drugs
from policy_tracker.store.governing import line_of, spans
from policy_tracker.store.lineage import align_again
from policy_tracker.store.mentions import (
    Mention,
    bases,
    dates_of_statements,
    mentions,
    positions,
    span_keys,
)
from policy_tracker.store.policies import payer_stating
from policy_tracker.store.tables import (
    CodeMention,
    MentionBasis,
    SearchDocument,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredStatement,
    StoredVersion,
    TimingRow,
)
from policy_tracker.store.timeline import entries, facts_of
from policy_tracker.store.views import TimelineSpan

OF_REVISIONS = (CodeMention, MentionBasis, StoredStatement, TimingRow)
"""The tables whose rows are made of one revision alone; those that refer to others come first."""
PROJECTION = 3
"""Counts up whenever the rows that `project_revision` makes of a record become others: stored ones
are then made anew, once.

1: what governs a code; codes tied to a policy's drug; statements' dates, those of the statements
above them included. 2: what governs a code has these dates, too, and a limit at the top of a policy
governs codes that a sentence of their own names. 3: what is said of the reasons speaks of
versions.
"""


def project_revision(session: Session, revision_id: int, record: Record) -> None:
    """Write the dated facts of a revision, its statements and its mentions of codes.

    They stay until the projection is another one, or what its payer's file says of drugs.
    """
    session.add(
        TimingRow(revision_id=revision_id, facts=facts_of(timing_of(record)), projection=PROJECTION)
    )
    place = positions(record)
    rows = [
        StoredStatement(
            revision_id=revision_id,
            ordinal=ordinal,
            key=statement.key,
            parent=statement.parent,
            section=statement.section,
            role=statement.role,
            position=place[statement.key],
            phase=statement.phase,
            text=statement.text,
        )
        for ordinal, statement in enumerate(record.statements)
    ]
    session.add_all(rows)
    session.flush()
    statement_ids, dated = {row.key: row.id for row in rows}, dates_of_statements(record)
    answering = Answering(record, drugs=stated_drugs(payer_stating(session, record.payer)))
    found = [
        MentionBasis(revision_id=revision_id, **one._asdict()) for one in bases(record, answering)
    ]
    session.add_all(found)
    session.flush()
    basis_ids = {(row.kind, row.place, row.code_class): row.id for row in found}
    named = (
        replace(one, detail=one.detail | dated.get(one.statement or "", {}))
        for one in mentions(record, answering)
    )
    _insert(
        session,
        CodeMention,
        (
            _row(revision_id, place, one, statement_ids, basis_ids)
            for place, one in enumerate(named)
        ),
    )


def _row(
    revision_id: int,
    ordinal: int,
    mention: Mention,
    statement_ids: dict[str, int | None],
    basis_ids: dict[tuple[str, str, str], int | None],
) -> dict[str, Any]:
    named = mention.named
    low, high = span_keys(named) if isinstance(named, CodeRange) else (None, None)
    return {
        "revision_id": revision_id,
        "statement_id": statement_ids[mention.statement] if mention.statement else None,
        "ordinal": ordinal,
        "kind": mention.kind,
        "system": named.system,
        "code": "" if isinstance(named, CodeRange) else named.code,
        "low": low,
        "high": high,
        "printed": named.raw if isinstance(named, CodeRange) else named.code,
        "place": mention.place,
        "heading": mention.heading,
        "position": mention.position,
        "detail": mention.detail,
        "says": mention.says,
        "basis_id": basis_ids.get(mention.basis),
    }


def project(session: Session, policy_id: int) -> None:
    """Bring a policy's spans, search documents and descriptive columns up to date, inside the
    transaction that published.
    """
    line = line_of(entries(session, [policy_id]).get(policy_id, []))
    version_ids = dict(
        session.exec(
            select(StoredVersion.label, StoredVersion.id).where(
                StoredVersion.policy_id == policy_id
            )
        ).all()
    )
    session.exec(delete(StoredSpan).where(col(StoredSpan.policy_id) == policy_id))
    _insert(
        session,
        StoredSpan,
        (row | {"policy_id": policy_id} for row in _bars(spans(line), version_ids)),
    )
    newest_last = [one.entry for one in line.stand or line.withdrawn]
    records = _records(session, [entry.revision_id for entry in newest_last])
    told = [(entry.version, records[entry.revision_id]) for entry in newest_last]
    _describe(
        session,
        policy_id,
        told[-1][1],
        latest=line.stand[-1].entry.version if line.stand else None,
        versions=len(version_ids),
    )
    session.exec(delete(SearchDocument).where(col(SearchDocument.policy_id) == policy_id))
    _insert(session, SearchDocument, (row | {"policy_id": policy_id} for row in _documents(told)))


def _bars(bars: Iterable[TimelineSpan], version_ids: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a timeline; each knows since when its version governs."""
    version, begins = None, None
    for ordinal, span in enumerate(bars):
        if span.version != version or ordinal == 0:
            version, begins = span.version, span.from_day
        yield {
            **span.model_dump(exclude={"version", "certainty_reasons"}),
            "certainty_reasons": list(span.certainty_reasons),
            "ordinal": ordinal,
            "version_id": version_ids[span.version] if span.version else None,
            "begins": begins,
        }


def _records(session: Session, revision_ids: Iterable[int]) -> dict[int, Record]:
    query = select(StoredRevision.id, StoredRevision.content).where(
        col(StoredRevision.id).in_(list(revision_ids))
    )
    return {
        revision_id: Record.model_validate(content)
        for revision_id, content in session.exec(query)
        if revision_id is not None
    }


def _describe(
    session: Session, policy_id: int, record: Record, *, latest: str | None, versions: int
) -> None:
    policy = session.get_one(StoredPolicy, policy_id)
    policy.policy_number, policy.aliases, policy.title = (
        record.policy_number,
        list(record.aliases),
        record.title,
    )
    policy.policy_type, policy.latest, policy.versions = record.policy_type, latest, versions
    policy.names = names_of(record)
    session.add(policy)
    session.flush()


def names_of(record: Record) -> str:
    """What people look for a policy by, in lower case."""
    return " ".join(
        name
        for name in (record.title, record.policy_number, *record.aliases, record.policy)
        if name
    ).lower()


def _documents(told: list[tuple[str, Record]]) -> Iterator[dict[str, str]]:
    """What a search can find of versions, given earliest first: each different text once, with the
    latest version that says it.
    """
    version, record = told[-1]
    yield {
        "kind": "policy",
        "version": version,
        "place": "",
        "heading": record.title,
        "body": " ".join(
            name for name in (record.policy_number, *record.aliases, record.scope) if name
        ),
    }
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    for version, record in told:
        for statement in record.statements:
            texts[("statement", statement.key, statement.text)] = {
                "kind": "statement",
                "version": version,
                "place": statement.key,
                "heading": statement.label
                or next(
                    section.heading
                    for section in record.sections
                    if section.key == statement.section
                ),
                "body": statement.text,
            }
        for group in record.code_groups:
            for code in group.codes:
                if code.description:
                    texts[("code", code.code, code.description)] = {
                        "kind": "code",
                        "version": version,
                        "place": code.code,
                        "heading": group.heading,
                        "body": code.description,
                    }
    yield from texts.values()


def _insert(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        session.execute(insert(table), listed)


def tie_anew(session: Session, payer_id: int) -> None:
    """Make anew what drug policies of a payer are found by, because its file ties other codes to
    drugs than it did.
    """
    query = (
        select(StoredRevision.id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredRevision.policy_id)
        .where(StoredPolicy.payer_id == payer_id, StoredPolicy.policy_type == "drug_coverage")
        .order_by(col(StoredRevision.id))
    )
    for revision_id in session.exec(query).all():
        project_anew(session, revision_id or 0)


def project_anew(session: Session, revision_id: int) -> None:
    """Make the rows of a stored revision again, with the present projection."""
    for table in OF_REVISIONS:
        session.exec(delete(table).where(col(table.revision_id) == revision_id))
    project_revision(session, revision_id, _records(session, [revision_id])[revision_id])


def rebuild(session: Session) -> None:
    """Make all read models anew from the revisions; the rows are the same as before, but for their
    ids.

    Alignments stay, because nothing may delete them; what comes out otherwise than the newest ones
    is added.
    """
    for table in (*OF_REVISIONS, StoredSpan, SearchDocument):
        session.exec(delete(table))
    for revision_id in session.exec(
        select(StoredRevision.id).order_by(col(StoredRevision.id))
    ).all():
        project_revision(session, revision_id, _records(session, [revision_id])[revision_id])
    for policy_id, at in session.exec(
        select(StoredPolicy.id, StoredPolicy.recorded_at).order_by(col(StoredPolicy.id))
    ).all():
        project(session, policy_id)
        align_again(session, policy_id, at)
