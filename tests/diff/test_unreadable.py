"""What could not be read on one side is not compared: neither added nor removed."""

import pytest

from policy_tracker.rules.classify import compare
from tests.rules.cases import record

LIST_PICTURE = "a picture stands where the text announces a list"
PAGE_PICTURE = "the page is a picture"
SECTIONS = [
    {"key": "criteria", "heading": "Criteria", "kind": "coverage"},
    {"key": "screening", "heading": "Screening", "kind": "coverage"},
    {"key": "codes", "heading": "Codes", "kind": "coding"},
]


def said(key, text, page, section="criteria", **more):
    """A statement on a page."""
    return {
        "key": key,
        "role": "criterion",
        "section": section,
        "text": text,
        "source": {"page": page},
        **more,
    }


def part(*statements, unread=(), groups=()):
    """A record that was read from a document."""
    extraction = {"extractor": "sample", "version": 1, "unread": [*unread]}
    return {
        "sections": SECTIONS,
        "statements": [*statements],
        "code_groups": [*groups],
        "extraction": extraction,
    }


def group(heading, *codes, page=None, key="g"):
    """A code list."""
    source = {"source": {"page": page}} if page else {}
    return {
        "key": key,
        "heading": heading,
        "disposition": "medically_necessary",
        "codes": [{"system": "CPT", "code": code, **source} for code in codes],
    }


def both(one, two):
    """What is told, and what cannot be compared, of two versions; swapped, the same must come out
    on the other side.
    """
    found = compare(record(one, "a"), record(two, "b"))
    turned = compare(record(two, "b"), record(one, "a"))
    assert sorted(i.text for i in found.not_comparable) == sorted(
        i.text for i in turned.not_comparable
    )
    assert {i.side for i in turned.not_comparable} <= {"before"}
    told = sorted((c.kind, c.after or c.before or "") for c in found.changes if c.substantive)
    assert len(told) == len([c for c in turned.changes if c.substantive])
    return told, sorted((i.text, i.why) for i in found.not_comparable)


FIRST = said("first", "Plaques persist in spite of a full course of creams", 1)
ANNOUNCING = said("list", "Report these codes for the screening of the skin:", 2, "screening")
LAST = said("last", "Photographs are kept in the chart of the patient", 3, "screening")
ITEM = said("item", "Examination of the whole skin under a lamp", 2, "screening", parent="list")
CODED = {
    **said("coded", "99999 is for the screening", 2, "screening"),
    "codes": [{"system": "CPT", "code": "99999"}],
}
ELSEWHERE = said("else", "No infection of the skin at the time", 1)


def test_without_an_unread_part_it_is_new():
    told, open_ = both(part(FIRST, ANNOUNCING, LAST), part(FIRST, ANNOUNCING, ITEM, LAST))
    assert (told, open_) == ([("criterion_added", ITEM["text"])], [])


def test_a_picture_where_a_list_is_announced():
    before = part(FIRST, ANNOUNCING, LAST, unread=[{"page": 2, "why": LIST_PICTURE}])
    after = part(
        FIRST, ELSEWHERE, ANNOUNCING, ITEM, LAST,
        groups=[group("Screening > Report these codes", "99998"), group("Other", "99990", key="o")],
    )  # fmt: skip
    told, open_ = both(before, after)
    assert [text for text, _ in open_] == ["99998", ITEM["text"]]
    assert told == [("code_added", "Other"), ("criterion_added", ELSEWHERE["text"])]
    assert open_[0][1] == (
        "The earlier version has something on page 2 that could not be read (a picture stands "
        "where the text announces a list); "
        "this may stand there."
    )


def test_codes_behind_the_announcement_itself_are_the_pictures_and_what_follows_is_not():
    before = part(FIRST, ANNOUNCING, LAST, unread=[{"page": 2, "why": LIST_PICTURE}])
    printed = {
        **said(
            "list", "Report these codes for the screening of the skin: 99998 99999", 2, "screening"
        ),
        "codes": [{"system": "CPT", "code": code} for code in ("99998", "99999")],
    }
    note = said(
        "note", "A lamp of another make needs a letter of the clinic", 2, "screening", parent="list"
    )
    told, open_ = both(
        before, part(FIRST, printed, note, LAST, groups=[group("Billing", "99998", "99999")])
    )
    assert told == [("criterion_added", note["text"])]
    assert [text for text, _ in open_] == ["99998, 99999", printed["text"]]


def test_codes_that_a_statement_in_reach_names():
    before = part(FIRST, ANNOUNCING, LAST, unread=[{"page": 2, "why": LIST_PICTURE}])
    after = part(FIRST, ANNOUNCING, CODED, LAST, groups=[group("Billing", "99999")])
    told, open_ = both(before, after)
    assert told == []
    assert [text for text, _ in open_] == ["99999", CODED["text"]]


def test_a_page_that_is_a_picture_hides_the_sections_around_it():
    before = part(FIRST, LAST, unread=[{"page": 2, "why": PAGE_PICTURE}])
    after = part(FIRST, ELSEWHERE, ANNOUNCING, ITEM, LAST)
    told, open_ = both(before, after)
    assert told == []
    assert [text for text, _ in open_] == sorted(s["text"] for s in (ELSEWHERE, ANNOUNCING, ITEM))


def test_a_page_that_is_a_picture_hides_nothing_beyond_its_neighbours():
    far = said("far", "Any new drug is asked for by its name", 9, "codes")
    before = part(
        FIRST,
        LAST,
        said("end", "Codes are listed for the reader alone", 4, "codes"),
        unread=[{"page": 2, "why": PAGE_PICTURE}],
    )
    after = part(FIRST, LAST, said("end", "Codes are listed for the reader alone", 4, "codes"), far)
    assert both(before, after) == ([("criterion_added", far["text"])], [])


def test_a_code_list_that_goes_on_over_the_picture():
    listed = group("Codes", "99990", "99991", page=4)
    before = part(FIRST, unread=[{"page": 5, "why": PAGE_PICTURE}], groups=[listed])
    after = part(FIRST, groups=[group("Codes", "99990", "99991", "99992", page=4)])
    assert both(before, after)[0] == []
    elsewhere = part(FIRST, unread=[{"page": 8, "why": PAGE_PICTURE}], groups=[listed])
    assert both(elsewhere, after)[0] == [("code_added", "Codes")]


@pytest.mark.parametrize("page", [2, None])
def test_a_table_without_statements_is_known_by_its_words(page):
    table = {
        "page": page,
        "why": "table",
        "text": "Screening 99997 99998-99999 Examination of the whole skin under a lamp",
    }
    before = part(FIRST, ANNOUNCING, LAST, unread=[table])
    after = part(
        FIRST,
        ELSEWHERE,
        ANNOUNCING,
        ITEM,
        LAST,
        groups=[group("Anything", "99997", "99998", "99999")],
    )
    told, open_ = both(before, after)
    assert told == [("criterion_added", ELSEWHERE["text"])]
    assert {text for text, _ in open_} == {"99997, 99998, 99999", ITEM["text"]}
    assert both(before, part(FIRST, ANNOUNCING, LAST, groups=[group("Anything", "99990")]))[0] == [
        ("code_added", "Anything")
    ]


def test_what_both_sides_say_is_compared_all_the_same():
    before = part(FIRST, LAST, unread=[{"page": 3, "why": LIST_PICTURE}])
    after = part(
        FIRST, {**LAST, "text": "Photographs are kept in the chart of the patient for 2 years"}
    )
    assert [kind for kind, _ in both(before, after)[0]] == ["criterion_modified"]
