"""A document beside what was read of it: which passage is matched to what, and what stays unused."""

from __future__ import annotations

from policy_tracker.documents.blocks import Block, Cell, Document, Place, Row, Table, Unreadable
from policy_tracker.isolation.explaining import Use, explain
from policy_tracker.record import Bulletin, Record


def block(text: str, page: int = 1, kind: str = "paragraph") -> Block:
    return Block(kind, text, places=(Place(page),))


def table(*rows: tuple[str, ...], page: int = 1) -> Block:
    made = tuple(Row(tuple(Cell((text,), column, column) for column, text in enumerate(row)), page) for row in rows)
    return Block("table", "\n".join(" | ".join(row) for row in rows), places=(Place(page),), table=Table(len(rows[0]), made))


def record(*statements: tuple[str, int], **fields: object) -> Record:
    listed = [
        {"key": f"s{number}", "section": "coverage", "role": "criterion", "text": text, "source": {"page": page}}
        for number, (text, page) in enumerate(statements)
    ]
    return Record.model_validate(
        {
            "record": 1,
            "payer": "lamplight",
            "policy": "me-1",
            "policy_number": "ME-1",
            "title": "Lantern Therapy",
            "policy_type": "medical_coverage",
            "version": "1",
            "source_kind": "payer_document",
            "sections": [{"key": "coverage", "heading": "Coverage Policy", "kind": "coverage"}],
            "statements": listed,
            **fields,
        }
    )


def document(*blocks: Block, **fields: object) -> Document:
    return Document("pdf", 9, blocks, **fields)


def uses(found: Document, *records: Record | Bulletin) -> list[list[tuple[str, str]]]:
    return [[(use.kind, use.key) for use in passage.uses] for passage in explain(found, records)]


def test_sentences_of_one_paragraph_share_it():
    found = document(block("Coverage Policy"), block("One lantern a day. Two at night; AND"), block("Nothing of the kind."))
    told = uses(found, record(("One lantern a day.", 1), ("Two at night; AND", 1)))
    assert told == [[("heading", "coverage")], [("statement", "s0"), ("statement", "s1")], []]


def test_the_same_words_twice_are_told_apart_by_page_and_order():
    found = document(block("Knee"), block("Back"), block("Knee"), block("Knee", page=2))
    told = uses(found, record(("Knee", 1), ("Back", 1), ("Knee", 1), ("Knee", 2)))
    assert told == [[("statement", "s0")], [("statement", "s1")], [("statement", "s2")], [("statement", "s3")]]


def test_a_statement_over_a_page_break_is_found_in_its_pieces():
    found = document(block("A lantern is held over"), block("the knee of the member", page=2), block("A lantern is heavy", page=2))
    told = uses(found, record(("A lantern is held over the knee of the member", 1)))
    assert told == [[("statement", "s0")], [("statement", "s0")], []]


def test_codes_are_theirs_only_on_the_pages_of_their_list():
    group = {"key": "g", "heading": "Codes", "disposition": "covered", "source": {"page": 2}}
    group["codes"] = [{"system": "CPT", "code": "64999", "source": {"page": 2}}]
    group["ranges"] = [{"system": "ICD10CM", "from": "M17.0", "to": "M17.9", "raw": "M17.0-M17.9"}]
    found = document(
        block("Smith, 2019; 64999."), table(("Code", "What"), ("64999", "Lantern"), ("M17.0-M17.9", "Knee"), ("649990", "x"), page=2)
    )
    told = uses(found, record(code_groups=[group]))
    assert told == [[], [], [("codes", "g")], [("codes", "g")], []]


def test_history_head_and_what_the_reader_left():
    found = document(
        block("ME-1 Lantern Therapy"),
        table(("2026-03-01", "Annual review of lanterns")),
        table(("Lanterns", "per year")),
        unreadable=(Unreadable(3, "the page is a picture"),),
    )
    extraction = {"extractor": "generic", "version": 1, "unread": [{"page": 1, "why": "table", "text": "Lanterns | per year"}]}
    rows = [{"date": "2026-03-01", "text": "Annual review of lanterns", "source": {"page": 1}}]
    told = uses(found, record(extraction=extraction, revision_history=rows))
    assert told == [[("head", "")], [("history", "2026-03-01")], [("unread", "table")], [("unread", "the page is a picture")]]


def test_the_entries_of_a_bulletin():
    bulletin = Bulletin.model_validate(
        {
            "record": 1,
            "policy_type": "bulletin",
            "payer": "lamplight",
            "title": "News",
            "entries": [{"policy": "Lantern Therapy", "action": "New"}, {"policy": "Kites", "action": "Retired", "items": ["Kites fell"]}],
        }
    )
    told = uses(document(table(("Lantern Therapy", "New"), ("Kites", "Kites fell"))), bulletin)
    assert told == [[("entry", "0")], [("entry", "1"), ("entry", "1")]]


def test_each_record_has_its_place_in_the_file():
    found = document(block("Lanterns are covered"), block("Kites are covered"))
    passages = explain(found, [record(("Lanterns are covered", 1)), record(("Kites are covered", 1))], first=3)
    assert [passage.uses for passage in passages] == [[Use("statement", 3, "s0")], [Use("statement", 4, "s0")]]
