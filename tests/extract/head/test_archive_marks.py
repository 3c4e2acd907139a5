"""Marks such as ARCHIVED: on a line of their own at the top, or along the pages; never words of a
sentence.
"""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place
from policy_tracker.extract.head.archive_marks import marks_of


def document(*, running=(), header=(), blocks=()):
    lines = tuple(Line(text, Place(1)) for text in header)
    return Document(
        "pdf",
        3,
        tuple(Block("paragraph", text) for text in blocks),
        header=lines,
        running=tuple(running),
    )


def named(**parts):
    return [mark.mark for mark in marks_of(document(**parts))]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("ARCHIVED", "archived"),
        ("Archived Policy", "archived"),
        ("*** RETIRED ***", "retired"),
        ("Retired - 07/01/2025", "retired"),
        ("RETIRED MEDICAL POLICY", "retired"),
        ("Superseded", "superseded"),
        ("HISTORY VERSION", "history"),
        ("Historical Version", "history"),
        ("Policy Status: Archived", "archived"),
        ("Medical Policy - ARCHIVED", "archived"),
        ("DRAFT", "draft"),
    ],
)
def test_a_line_of_its_own_is_a_mark(text, mark):
    assert named(header=["Lantern Health", text, "Policy Number: ME-1"]) == [mark]
    assert named(blocks=[text]) == [mark]
    assert named(running=["Lantern Health", text]) == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "This policy was archived on July 1, 2025 and is no longer reviewed.",
        "History",
        "Policy History",
        "HISTORY",
        "Archive",
        "Retired Date: 07/01/2025",
        "Retired Policies",
        "A retired code is not payable.",
        "Drafted by the committee",
        "Archived copies can be had on request",
    ],
)
def test_other_words_are_none(text):
    assert named(header=[text], blocks=[text]) == []


def test_a_bare_history_counts_only_along_the_pages_in_capitals():
    assert named(running=["HISTORY"]) == ["history"]
    assert named(running=["History"]) == []


def test_each_mark_stands_once_with_the_words_and_the_page():
    [mark] = marks_of(document(header=["ARCHIVED"], blocks=["Archived"]))
    assert (mark.raw, mark.source.page) == ("ARCHIVED", 1)


def test_what_stands_far_below_is_a_row_or_a_section():
    assert named(blocks=[*(f"Sentence {number}." for number in range(10)), "ARCHIVED"]) == []
