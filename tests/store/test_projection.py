"""The read models are made from the revisions alone, and making them anew changes nothing."""

import pytest
from sqlmodel import delete, select

from policy_tracker.pipeline import load
from policy_tracker.store.database import reading, writing
from policy_tracker.store.projection import rebuild
from policy_tracker.store.search import search
from policy_tracker.store.tables import (
    CodeMention,
    MentionBasis,
    SearchDocument,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredStatement,
)
from tests.store.making import NOW, checked, later, version

TABLES = (StoredStatement, MentionBasis, CodeMention, StoredSpan, SearchDocument)


def rows(engine):
    """All rows of the read models as plain data without their own ids."""
    with reading(engine) as session:
        keys = dict(session.exec(select(StoredStatement.id, StoredStatement.key)).all())
        bases = {
            one.id: (one.revision_id, one.kind, one.place, one.code_class)
            for one in session.exec(select(MentionBasis))
        }
        found = {}
        for table in TABLES:
            values = [row.model_dump(exclude={"id"}) for row in session.exec(select(table))]
            for value in values:
                if "statement_id" in value:
                    value["statement_id"] = keys.get(value["statement_id"])
                if "basis_id" in value:
                    value["basis_id"] = bases.get(value["basis_id"])
            found[table.__tablename__] = sorted(values, key=repr)
        found["policy"] = [
            row.model_dump() for row in session.exec(select(StoredPolicy).order_by(StoredPolicy.id))
        ]
        return found


@pytest.fixture
def loaded(curated_engine):
    engine = curated_engine
    load(
        engine, checked(version("2025-01-01"), version("2026-01-01", text="Now with a limit.")), NOW
    )
    load(
        engine,
        checked(version("2025-01-01", text="Read better.", corrects="misread")),
        later(days=1),
    )
    load(engine, checked(version("2026-01-01", withdrawn={"why": "in error"})), later(days=2))
    return engine


def test_rebuilding_gives_the_same_rows(loaded):
    before = rows(loaded)
    assert all(before.values())
    with writing(loaded) as session:
        rebuild(session)
    assert rows(loaded) == before


def test_rebuilding_restores_what_was_lost(loaded):
    before = rows(loaded)
    with writing(loaded) as session:
        for table in reversed(TABLES):
            session.exec(delete(table))
    with reading(loaded) as session:
        assert search(session, "prism therapy") == ()
    with writing(loaded) as session:
        rebuild(session)
    assert rows(loaded) == before
    with reading(loaded) as session:
        assert search(session, "prism therapy")


def test_every_revision_has_its_statements(loaded):
    with reading(loaded) as session:
        for revision in session.exec(select(StoredRevision)):
            keys = session.exec(
                select(StoredStatement.key)
                .where(StoredStatement.revision_id == revision.id)
                .order_by(StoredStatement.ordinal)
            ).all()
            assert keys == [
                statement["key"] for statement in revision.content.get("statements", [])
            ]


def test_what_versions_say_alike_is_found_once_with_the_latest(engine):
    load(engine, checked(version("2025-01-01"), version("2026-01-01")), NOW)
    with reading(engine) as session:
        found = session.exec(select(SearchDocument.kind, SearchDocument.version)).all()
    assert sorted(found) == [
        ("code", "2026-01-01"),
        ("policy", "2026-01-01"),
        ("statement", "2026-01-01"),
    ]
