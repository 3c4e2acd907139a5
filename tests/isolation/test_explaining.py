"""A document beside what was read of it: which passage a record names, and what stays unused."""

from __future__ import annotations

from policy_tracker.documents.blocks import Block, Cell, Document, Place, Row, Table, Unreadable
from policy_tracker.isolation.explaining import Use, explain
from policy_tracker.record import Bulletin, Record


def block(text: str, page: int = 1, kind: str = "paragraph") -> Block:
    return Block(kind, text, places=(Place(page),))


def table(*rows: tuple[str, ...], page: int = 1) -> Block:
    made = tuple(
        Row(tuple(Cell((text,), column, column) for column, text in enumerate(row)), page)
        for row in rows
    )
    return Block(
        "table",
        "\n".join(" | ".join(row) for row in rows),
        places=(Place(page),),
        table=Table(len(rows[0]), made),
    )


def record(*statements: list[list[object]], **fields: object) -> Record:
    """A record whose statements stand in these characters."""
    listed = [
        {
            "key": f"s{number}",
            "section": "coverage",
            "role": "criterion",
            "text": "Lanterns",
            "source": {"spans": spans},
        }
        for number, spans in enumerate(statements)
    ]
    return Record.model_validate(
        {
            "record": 1,
            "payer": "lamplight",
            "policy": "me-1",
            "title": "Lantern Therapy",
            "policy_type": "medical_coverage",
            "version": "1",
            "source_kind": "payer_document",
            "sections": [
                {
                    "key": "coverage",
                    "heading": "Coverage Policy",
                    "kind": "coverage",
                    "spans": [["b1", 0, 15]],
                }
            ],
            "statements": listed,
            **fields,
        }
    )


def document(*blocks: Block, **fields: object) -> Document:
    return Document("pdf", 9, blocks, **fields)


def uses(found: Document, *records: Record | Bulletin) -> list[list[tuple[str, str]]]:
    return [[(use.kind, use.key) for use in passage.uses] for passage in explain(found, records)]


def test_sentences_of_one_paragraph_share_it():
    found = document(
        block("Coverage Policy"),
        block("One lantern a day. Two at night; AND"),
        block("Nothing of the kind."),
    )
    told = uses(found, record([["b2", 0, 18]], [["b2", 19, 36]]))
    assert told == [[("heading", "coverage")], [("statement", "s0"), ("statement", "s1")], []]


def test_the_same_words_twice_are_told_apart_by_their_blocks():
    found = document(block("Coverage Policy"), block("Knee"), block("Knee"), block("Knee", page=2))
    told = uses(found, record([["b2", 0, 4]], [["b4", 0, 4]]))
    assert told[1:] == [[("statement", "s0")], [], [("statement", "s1")]]


def test_a_statement_that_was_put_together_stands_in_each_of_its_pieces():
    found = document(
        block("Coverage Policy"),
        block("A lantern is held over"),
        block("the knee of the member", page=2),
    )
    told = uses(found, record([["b2", 0, 22], ["b3", 0, 22]]))
    assert told[1:] == [[("statement", "s0")], [("statement", "s0")]]


def test_cells_are_shown_with_their_row():
    group = {
        "key": "g",
        "heading": "Codes",
        "disposition": "covered",
        "source": {"spans": [["b3.r3.c1", 0, 11]]},
    }
    group["codes"] = [{"system": "CPT", "code": "64999", "source": {"spans": [["b3.r2.c1", 0, 5]]}}]
    group["ranges"] = [{"system": "ICD10CM", "from": "M17.0", "to": "M17.9", "raw": "M17.0-M17.9"}]
    codes = table(("Code", "What"), ("64999", "Lantern"), ("M17.0-M17.9", "Knee"), ("649990", "x"))
    told = uses(
        document(block("Coverage Policy"), block("Smith, 2019; 64999."), codes),
        record(code_groups=[group]),
    )
    assert told[1:] == [[], [], [("codes", "g")], [("codes", "g")], []]


def test_history_head_and_what_the_reader_left():
    found = document(
        block("ME-1 Lantern Therapy"),
        table(("2026-03-01", "Annual review of lanterns")),
        table(("Lanterns", "per year")),
        unreadable=(Unreadable(3, "the page is a picture"),),
    )
    left = {
        "page": 1,
        "why": "table",
        "text": "Lanterns | per year",
        "spans": [["b3.r1.c1", 0, 8], ["b3.r1.c2", 0, 8]],
    }
    extraction = {"extractor": "generic", "version": 1, "unread": [left], "spans": [["b1", 0, 20]]}
    rows = [
        {
            "date": "2026-03-01",
            "text": "Annual review of lanterns",
            "source": {"page": 1, "spans": [["b2.r1.c2", 0, 25]]},
        }
    ]
    told = uses(found, record(extraction=extraction, revision_history=rows, sections=[]))
    assert told == [
        [("head", "")],
        [("history", "2026-03-01")],
        [("unread", "table")],
        [("unread", "the page is a picture")],
    ]


def test_the_entries_of_a_bulletin():
    bulletin = Bulletin.model_validate(
        {
            "record": 1,
            "policy_type": "bulletin",
            "payer": "lamplight",
            "title": "News",
            "entries": [
                {
                    "policy": "Lantern Therapy",
                    "action": "New",
                    "source": {"spans": [["b1.r1.c1", 0, 15], ["b1.r1.c2", 0, 3]]},
                },
                {
                    "policy": "Kites",
                    "action": "Retired",
                    "items": ["Kites fell"],
                    "source": {"spans": [["b1.r2.c2", 0, 10]]},
                },
            ],
        }
    )
    told = uses(document(table(("Lantern Therapy", "New"), ("Kites", "Kites fell"))), bulletin)
    assert told == [[("entry", "0")], [("entry", "1")]]


def test_what_a_cell_of_markup_holds_is_shown_with_its_row():
    found = document(table(("<p>Lanterns</p>", "a"), ("<p>Kites</p>", "b")))
    assert uses(
        found, record([["b1.r2.c1.b1", 0, 5]], sections=[{"key": "coverage", "heading": "x"}])
    ) == [[], [("statement", "s0")]]


def test_a_record_written_by_hand_names_no_passage():
    hand = record([], sections=[{"key": "coverage", "heading": "Coverage Policy"}])
    assert uses(document(block("Coverage Policy"), block("Lanterns")), hand) == [[], []]


def test_each_record_has_its_place_in_the_file():
    found = document(block("Lanterns are covered"), block("Kites are covered"))
    bare = {"sections": [{"key": "coverage", "heading": "Coverage Policy"}]}
    passages = explain(
        found, [record([["b1", 0, 8]], **bare), record([["b2", 0, 5]], **bare)], first=3
    )
    assert [passage.uses for passage in passages] == [
        [Use("statement", 3, "s0")],
        [Use("statement", 4, "s0")],
    ]
