"""Documents are kept once, unchanged, and found from the version that was read from them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from policy_tracker.documents.attached import packed
from policy_tracker.documents.blocks import Block, Document, Place
from policy_tracker.errors import EmptyDocumentError, NotFoundError, TooLargeDocumentError
from policy_tracker.pipeline import load
from policy_tracker.store import documents
from policy_tracker.store.database import reading, writing
from policy_tracker.store.documents import (
    base_name,
    document_bytes,
    document_of,
    get_document,
    keep_document,
    keep_texts,
    texts_of,
)
from policy_tracker.store.tables import DocumentRow, StoredExtraction, StoredRevision
from tests.store.making import NOW, checked, later, version


def keep(engine, data=b"%PDF-1.7 invented", name="p-1.pdf", media_type="application/pdf", now=NOW):
    with writing(engine) as session:
        return keep_document(session, data, name, media_type, now)


def note(engine, document_id, revision_id, **more):
    values = {
        "payer": "acme",
        "policy": "p-1",
        "version": "2025-01-01",
        "content": {},
        "content_hash": "x",
        "status": "published",
    }
    with writing(engine) as session:
        session.add(
            StoredExtraction(
                document_id=document_id,
                reader="r",
                revision_id=revision_id,
                read_at=NOW,
                **(values | more),
            )
        )


def test_the_same_bytes_are_kept_once(engine):
    first = keep(engine)
    second = keep(engine, name="copy.pdf", media_type="text/plain", now=later(days=1))
    assert second == first
    assert (first.name, first.media_type, first.size, first.received_at) == (
        "p-1.pdf",
        "application/pdf",
        17,
        NOW,
    )
    with reading(engine) as session:
        assert document_bytes(session, first.sha256) == b"%PDF-1.7 invented"
        assert get_document(session, first.id) == first
        assert len(session.exec(select(DocumentRow.id)).all()) == 1


def test_nothing_and_too_much_are_refused(engine, monkeypatch):
    monkeypatch.setattr(documents, "MOST_BYTES", 20)
    with pytest.raises(EmptyDocumentError):
        keep(engine, b"")
    with pytest.raises(TooLargeDocumentError):
        keep(engine, b"x" * 21)
    keep(engine, b"x" * 20)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/srv/files/a policy.pdf", "a policy.pdf"),
        (r"C:\files\policy.pdf", "policy.pdf"),
        ("folder/", "folder"),
        ("..", "document"),
        ("", "document"),
        ("a\nb\x00.pdf", "a b .pdf"),
    ],
)
def test_only_the_base_name_is_kept(given, kept):
    assert base_name(given) == kept


def test_a_long_name_keeps_its_ending():
    name = base_name(f"{'x' * 400}.pdf")
    assert (len(name), name[-4:]) == (200, ".pdf")


@pytest.mark.parametrize("given", ["", "pdf", "text/html\r\nX: 1", "a" * 300 + "/b"])
def test_a_media_type_that_is_none_is_unknown(engine, given):
    assert keep(engine, media_type=given).media_type == "application/octet-stream"


def test_parameters_of_a_media_type_are_left_out(engine):
    assert keep(engine, media_type="Text/HTML; charset=utf-8").media_type == "text/html"


def test_what_is_not_held_is_not_found(engine):
    with reading(engine) as session:
        assert document_of(session, "acme", "p-1", "2025-01-01") is None
        with pytest.raises(NotFoundError):
            document_bytes(session, "0" * 64)
        with pytest.raises(NotFoundError):
            get_document(session, 7)


def test_the_document_of_a_version_is_that_of_its_current_revision(engine):
    load(engine, checked(version("2025-01-01")), NOW)
    document = keep(engine)
    with reading(engine) as session:
        revision_id = session.exec(select(StoredRevision.id)).one()
    note(engine, document.id, revision_id)
    with reading(engine) as session:
        assert document_of(session, "acme", "p-1", "2025-01-01") == document
        assert document_of(session, "acme", "p-1", "2026-01-01") is None
        assert document_of(session, "zenith", "p-1", "2025-01-01") is None
    load(
        engine,
        checked(version("2025-01-01", text="Other words.", corrects="it was misread")),
        later(days=1),
    )
    with reading(engine) as session:
        assert document_of(session, "acme", "p-1", "2025-01-01") is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE document SET name = 'other'", "DELETE FROM document", "DELETE FROM extraction"],
)
def test_documents_and_readings_stay(engine, statement):
    note(engine, keep(engine).id, None)
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
        session.connection().execute(text(statement))


def test_a_reading_stays_as_it_was_read(engine):
    note(engine, keep(engine).id, None, status="needs_review")
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
        session.connection().execute(text("UPDATE extraction SET content = '{}'"))


def test_a_reading_is_decided_once(engine):
    note(engine, keep(engine).id, None, status="needs_review")
    with writing(engine) as session:
        session.connection().execute(text("UPDATE extraction SET status = 'rejected'"))
    with pytest.raises(DBAPIError, match="decided already"), writing(engine) as session:
        session.connection().execute(text("UPDATE extraction SET status = 'published'"))


def test_texts_are_kept_once_for_each_reader(engine):
    item = Block("item", "With milk", "•", places=(Place(1, 72, 80),))
    texts = packed([Document("pdf", 1, (Block("paragraph", "Tea is covered."), item))])
    with writing(engine) as session:
        held = keep_document(session, b"%PDF tea", "tea.pdf", "application/pdf", NOW)
        for _ in range(2):
            keep_texts(session, held.id, "reader-1", texts)
        keep_texts(
            session, held.id, "reader-2", packed([Document("pdf", 1, (), running=("Page 1",))])
        )
    with reading(engine) as session:
        assert texts_of(session, held.id, "reader-1") == [
            {"id": "b1", "text": "Tea is covered.", "standing": "shown"},
            {
                "id": "b2",
                "text": "With milk",
                "standing": "shown",
                "label": "•",
                "place": {"page": 1},
            },
        ]
        assert texts_of(session, held.id, "reader-2") == [
            {"id": "f1", "text": "Page 1", "standing": "furniture"}
        ]
        assert texts_of(session, held.id, "reader-3") == []


def test_kept_texts_stay_as_they_are(engine):
    with writing(engine) as session:
        held = keep_document(session, b"%PDF tea", "tea.pdf", "application/pdf", NOW)
        keep_texts(session, held.id, "reader-1", packed([]))
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
        session.execute(text("DELETE FROM document_text"))
