"""Pages of a PDF whose lists are not set in, and heads that stand in the middle of a page."""

import pytest

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import Paper

_FLAT = (
    "I. A lantern is lent when all of these are met:",
    "A. The house is dark;",
    "B. Any of the following:",
    "1. The moon is new for one of these:",
    "a. a week;",
    "b. a month;",
    "2. The sky is covered;",
    "II. A lantern is not lent by day.",
)


def test_labels_tell_who_stands_within_whom_where_nothing_is_set_in() -> None:
    blocks = read_pdf(Paper().lines(*_FLAT).data()).blocks
    edges = [block.indent for block in blocks]
    assert [round((edge - edges[0]) / 18) for edge in edges] == [0, 1, 1, 2, 3, 3, 2, 0]


def test_labels_of_another_kind_that_nothing_announces_stay_beside_the_others() -> None:
    lines = (
        "1. A lantern is lent by night.",
        "2. It comes back.",
        "A. Oil is sold.",
        "B. So is wick.",
    )
    blocks = read_pdf(Paper().lines(*lines).data()).blocks
    assert len({round(block.indent / 18) for block in blocks}) == 1


def test_items_that_are_set_in_keep_their_places() -> None:
    paper = Paper().line(_FLAT[0]).line(_FLAT[1], x=90).line(_FLAT[2], x=90)
    edges = [block.indent for block in read_pdf(paper.data()).blocks]
    assert edges[1] - edges[0] == pytest.approx(18, abs=2)
    assert edges[1] == pytest.approx(edges[2], abs=2)


def test_a_head_in_the_middle_of_a_page_runs() -> None:
    body = [f"{letter}. Lantern {letter} is lit;" for letter in "abcdefghijklmnopqrstuvwx"]
    paper = Paper().lines("Page: 1 of 3", "LANTERNS", *body[:8])
    paper.lines("The Book of Lanterns", "Page: 2 of 3", *body[8:16])
    paper.lines("The Book of Lanterns", "Page: 3 of 3", *body[16:])
    document = read_pdf(paper.data())
    assert [block.label for block in document.blocks[1:]] == [line[:2] for line in body]
    assert set(document.running) >= {"The Book of Lanterns"}


def test_lines_at_the_top_of_both_pages_run_although_one_is_set_a_little_lower() -> None:
    said = "This book is lent to every house of the town and is read at night."
    paper = Paper()
    paper.at(72, 14.2, said)
    paper.line("Lanterns are lit.", 72).page()
    paper.at(72, 17.3, said)
    paper.line("Lanterns are put out.", 72)
    document = read_pdf(paper.data())
    assert document.running == (said,)


def test_a_title_in_capitals_begins_anew_behind_a_sentence() -> None:
    said = "II. A lantern is not lent by day to anybody who has not asked for it in writing."
    blocks = read_pdf(Paper().lines(said, "OTHER LANTERNS", "Oil is sold.").data()).blocks
    assert [block.kind for block in blocks] == ["item", "heading", "paragraph"]
