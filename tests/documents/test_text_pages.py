"""Text layers of paged documents: what runs along the pages goes, and short lines that stand by
themselves are titles.
"""

from itertools import chain

import pytest

from policy_tracker.documents.text import read_text
from policy_tracker.documents.text_furniture import running_numbers
from policy_tracker.documents.text_titles import SetLine, title_lines

_BODY = "Line {0} of the words that fill page {1} of the book about lamps and lanterns."


def _pages(count: int, *, foot: str, head: str = "Lamp Works of the North") -> list[str]:
    return list(
        chain.from_iterable(
            [
                head,
                *(_BODY.format("abcdefghijklmnopqrst"[n], "uvwxyz"[p - 1]) for n in range(20)),
                foot.format(p),
            ]
            for p in range(1, count + 1)
        )
    )


@pytest.mark.parametrize(
    "foot", ["Page {} of 6", "LAMP-46 | {}", "{}", "© Lamp Works. All rights reserved. {}"]
)
def test_a_line_that_counts_pages_runs_and_so_does_its_company(foot: str) -> None:
    lines = _pages(6, foot=foot)
    running = running_numbers(lines, [1] * len(lines))
    expected = {foot.format(page) for page in range(1, 7)}
    assert {lines[place] for place in running} - {"Lamp Works of the North"} == expected
    assert lines[22] == "Lamp Works of the North"
    assert 22 in running


def _paged(first: list[str], head: list[str]) -> list[str]:
    """Three pages in one stream, of which the first has a head of its own."""
    body = [[f"{label} Lamp {label} is lit;" for label in labels] for labels in _LABELS]
    numbered = [[line.format(page) for line in head] for page in (2, 3)]
    return [*first, *body[0], *numbered[0], *body[1], *numbered[1], *body[2]]


_LABELS = (
    ["1.", "a.", "b.", "c.", "d.", "2.", "a.", "b.", "c.", "d."],
    ["e.", "f.", "3.", "a.", "b.", "c.", "d.", "4.", "a.", "b."],
    ["c.", "d.", "5.", "a.", "b."],
)


def test_a_head_of_several_lines_runs_where_the_first_page_has_another() -> None:
    head = ["The Book of Lamps", "Lamp number: L.4.12", "Page: {} of 3", "Property of Lamp Works"]
    lines = _paged(["Page: 1 of 3", "Property of Lamp Works", "LAMPS"], head)
    running = {lines[place] for place in running_numbers(lines, [1] * len(lines))}
    assert running == {
        "The Book of Lamps",
        "Lamp number: L.4.12",
        "Property of Lamp Works",
        *(f"Page: {page} of 3" for page in (1, 2, 3)),
    }


def test_an_item_that_is_repeated_beside_a_page_number_stays() -> None:
    lines = _paged(["Page 1 of 3", "LAMPS"], ["a. Lamp is old;", "Page {} of 3"])
    running = {lines[place] for place in running_numbers(lines, [1] * len(lines))}
    assert running == {f"Page {page} of 3" for page in (1, 2, 3)}


@pytest.mark.parametrize(
    "counted", ["Table {}. Lamps", "{}. A lamp is lit.", "Day {} of treatment"]
)
def test_what_counts_something_else_stays(counted: str) -> None:
    lines = [
        text for number in range(1, 4) for text in (counted.format(number), "A lamp.", "An oil.")
    ]
    assert not running_numbers(lines, [1] * len(lines))


def test_an_item_goes_on_over_a_page() -> None:
    text = "\n".join(
        line
        for page in range(1, 6)
        for line in (
            *(f"{letter} {_BODY.format(letter, page)}" for letter in "abcdefgh"),
            f"Lamp {'uvwxyz'[page]} is lit when the member is seen by a keeper of lamps who knows all of",
            "",
            f"Lamp Works | Page {page} of 5",
            "",
            f"the {'uvwxyz'[page]} lamps in the house.",
        )
    )
    document = read_text(text)
    whole = [f"who knows all of the {letter} lamps in the house." for letter in "vwxyz"]
    assert all(any(words in block.text for block in document.blocks) for words in whole)
    assert document.running == ("Lamp Works | Page 1 of 5",)
    assert not any("Page" in block.text for block in document.blocks)


_LETTER = """Care of Lamps ................................................ 2
Lamps kept for which nobody is found .......................... 3
Care of Lamps
A lamp is considered medically necessary when the member has a house that is dark, and
when the house has no window through which light may come in at any time of the day.
Hall lamps
A hall lamp is considered medically necessary when all of the following are met by the
member, as written in the chart:
• The hall is dark
• The hall is long, and the member walks through it more than once a day in
winter
Lamps kept for which nobody is found
A lamp that nobody owns is considered investigational for all members of the plan at any
time of the year.
"""


def test_short_lines_that_stand_by_themselves_are_titles() -> None:
    blocks = read_text(_LETTER).blocks
    titles = [block.text for block in blocks if block.kind == "heading"]
    assert titles == ["Care of Lamps", "Hall lamps", "Lamps kept for which nobody is found"]
    assert "The hall is long, and the member walks through it more than once a day in winter" in {
        block.text for block in blocks
    }


def test_rows_of_a_list_are_no_titles() -> None:
    rows = [
        "Any of the following:",
        "Dark Halls",
        "Long Stairs",
        "Cold Rooms",
        "Wet Cellars",
        "End.",
    ]
    assert not title_lines([SetLine(row, apart=False) for row in rows], 90.0)


def test_a_label_on_a_line_of_its_own_belongs_to_the_words_below_it() -> None:
    blocks = read_text(
        "Send:\n•\n \nThe chart of the lamp\n \no\n \nThe name of the keeper\n"
    ).blocks
    assert [(block.label, block.text) for block in blocks] == [
        (None, "Send:"),
        ("•", "The chart of the lamp"),
        ("o", "The name of the keeper"),
    ]


def test_an_address_is_no_table_of_values() -> None:
    text = (
        "12 LAMP STREET, NORTHTOWN, RI 00000 LAMP POLICY | 1\nDATE: 01|01|2024\nOVERVIEW\nA lamp.\n"
    )
    from policy_tracker.documents.read import media_of

    assert media_of(text.encode()) == "text"
