"""Nothing that could decide a claim is told where no word differs in the documents."""

import pytest

from policy_tracker.record import Record
from policy_tracker.rules import compare
from tests.rules.read_records import record, texts

LEAD = "Surgery is medically necessary when all of these are met:"
CT = "A scan shows disease"
SPRAY = "A nasal spray was used for 6 weeks"
PAGE = texts(LEAD, CT, SPRAY)


def told(one: Record, two: Record, *pages: list[dict[str, object]]):
    found = compare(one, two, documents=(pages[0], pages[1]))
    return [change for change in found.changes if change.substantive], found.reading_doubts


def test_a_statement_that_one_reading_missed_is_a_doubt():
    one = record("2025", [("b1", None, LEAD), ("b2", "b1", CT)])
    two = record("2026", [("b1", None, LEAD), ("b2", "b1", CT), ("b3", "b1", SPRAY)])
    assert compare(one, two).changes
    changes, doubts = told(one, two, PAGE, PAGE)
    assert (changes, [doubt.after for doubt in doubts]) == ([], [SPRAY])


def test_a_position_that_was_read_otherwise_is_a_doubt():
    one = record("2025", [("b1", None, LEAD)])
    two = record("2026", [("b1", None, LEAD)], position="not_covered")
    changes, doubts = told(one, two, PAGE, PAGE)
    assert (changes, len(doubts)) == ([], 1)


def test_a_statement_that_came_is_told():
    one = record("2025", [("b1", None, LEAD), ("b2", "b1", CT)])
    two = record("2026", [("b1", None, LEAD), ("b2", "b1", CT), ("b3", "b1", SPRAY)])
    changes, doubts = told(one, two, texts(LEAD, CT), PAGE)
    assert ([change.after for change in changes], doubts) == ([SPRAY], ())


def test_a_lead_that_turned_round_is_evidence_for_what_stands_below():
    turned = LEAD.replace("is medically", "is not medically")
    one = record("2025", [("b1", None, LEAD), ("b2", "b1", CT)])
    two = record("2026", [("b1", None, turned), ("b2", "b1", CT)], position="not_covered")
    changes, doubts = told(one, two, texts(LEAD, CT), texts(turned, CT))
    assert changes
    assert doubts == ()


def test_without_documents_everything_is_told():
    one = record("2025", [("b1", None, LEAD)])
    two = record("2026", [("b1", None, LEAD)], position="not_covered")
    assert compare(one, two).changes
    assert compare(one, two).reading_doubts == ()


@pytest.mark.parametrize(
    ("titles", "rules"),
    [
        (("Preferred", "Beside them"), ["position-approved-to-denied"]),
        (("Preferred", "Preferred"), []),
    ],
)
def test_a_cell_below_another_title_of_its_table_is_told_though_no_word_differs(titles, rules):
    lamp = "Lamp"
    sides, pages = [], []
    for column, position in ((1, "medically_necessary"), (2, "not_covered")):
        cell = f"b1.r2.c{column}"
        sides.append(record(str(2024 + column), [(cell, None, lamp)], position=position))
        cells = [("b1.r1.c1", titles[0]), ("b1.r1.c2", titles[1]), (cell, lamp)]
        pages.append([{"id": name, "text": text, "standing": "shown"} for name, text in cells])
    changes, doubts = told(*sides, *pages)
    assert [change.rule for change in changes] == rules
    assert len(doubts) == 1 - len(rules)
