"""Tables without rules below bold titles: columns by the edges of titles and rows."""

from typing import Any

import pytest

from policy_tracker.documents.blocks import Table
from policy_tracker.documents.pdf import page
from policy_tracker.documents.pdf.reader import read_pdf
from policy_tracker.documents.pdf.titled import titled_tables
from tests.documents.make_pdf import BOLD, PLAIN, Paper

_EDGES = (77, 240, 300, 360)


def _paper(
    titles: tuple[tuple[str, ...], ...],
    *rows: tuple[str, ...],
    edges: tuple[float, ...] = _EDGES,
    above: tuple[float, ...] | None = None,
) -> Paper:
    """`rows` of which one with an empty first cell goes on with the row above it; `above` is where
    the titles begin, where that is elsewhere.
    """
    paper = Paper().line("Here is told which lamps are paid, and what the keeper asks for each.")
    paper.gap()
    for line in titles:
        for x, text in zip(above or edges, line, strict=True):
            if text:
                paper.at(x, paper.y, text, BOLD)
        paper.y += 11.2
    paper.y += 3.8
    for number, row in enumerate(rows):
        for x, text in zip(edges, row, strict=False):
            if text:
                paper.at(x, paper.y, text, PLAIN)
        goes_on = number + 1 < len(rows) and not rows[number + 1][0]
        paper.y += 11.2 if goes_on else 15
    paper.gap()
    return paper.line(
        "Oil is told elsewhere, in a sentence that crosses the columns of lamps above."
    )


def _table(paper: Paper) -> Table:
    (table,) = [block.table for block in read_pdf(paper.data()).blocks if block.table is not None]
    return table


def _rows(paper: Paper) -> list[list[str]]:
    return [[" ".join(cell.lines) for cell in row.cells] for row in _table(paper).rows]


def test_names_instead_of_codes_and_a_cell_that_is_empty() -> None:
    titles = ("Lamp", "Tier", "Asked")
    rows = (("brass 5 in", "1", ""), ("TIN 7 in", "2", "PA"), ("GLASS", "3", "QL"))
    assert _rows(_paper((titles,), *rows, edges=_EDGES[:3])) == [
        list(titles),
        *(list(row) for row in rows),
    ]


def test_titles_of_two_lines_that_run_into_each_other() -> None:
    paper = _paper(
        (("Lamp", "What it is", "Paid", "PA"), ("code", "", "", "needed")),
        ("0118", "a lamp of brass", "Yes", "No"),
        ("0120", "a lamp of tin, with", "No", "N/A"),
        ("", "a shade of glass", "", ""),
        ("043X", "other lamps", "Yes", "Yes"),
        edges=(77, 160, 300, 328),
    )
    assert _rows(paper) == [
        ["Lamp code", "What it is", "Paid", "PA needed"],
        ["0118", "a lamp of brass", "Yes", "No"],
        ["0120", "a lamp of tin, with a shade of glass", "No", "N/A"],
        ["043X", "other lamps", "Yes", "Yes"],
    ]


def test_titles_centered_above_their_columns() -> None:
    paper = _paper(
        (("Code", "What it is"),),
        ("0118", "a lamp of brass that is carried about"),
        ("0120", "a lamp of tin that is carried about"),
        edges=(77, 160),
        above=(79, 230),
    )
    assert _rows(paper)[1:] == [
        ["0118", "a lamp of brass that is carried about"],
        ["0120", "a lamp of tin that is carried about"],
    ]


def test_prose_below_bold_words_is_no_table() -> None:
    paper = Paper()
    paper.at(77, paper.y, "Lamps", BOLD)
    paper.at(300, paper.y, "Policy 12", BOLD)
    paper.y += 15
    paper.lines(
        "The keeper pays for lamps of brass where the room is dark, and for no other lamps.",
        "He asks for a letter that says how dark it is, and how long it has been so already.",
    )
    assert all(block.table is None for block in read_pdf(paper.data()).blocks)


def test_titles_and_marks_centered_in_narrow_columns() -> None:
    paper = _paper(
        (("Code", "What it is", "Paid by us", "Not paid"),),
        ("77101", "a lamp of brass", "X", ""),
        ("77102", "a lamp of tin", "", "X"),
        ("77103", "a lamp of glass", "X", ""),
        edges=(72, 130, 322, 382),
        above=(80, 190, 300, 364),
    )
    assert _rows(paper) == [
        ["Code", "What it is", "Paid by us", "Not paid"],
        ["77101", "a lamp of brass", "X", ""],
        ["77102", "a lamp of tin", "", "X"],
        ["77103", "a lamp of glass", "X", ""],
    ]


def test_bold_rows_have_no_title_in_a_bold_row(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper().line("Here is told in which towns a lamp is paid, by kind of keeper.")
    paper.gap()
    for row in (("Keepers of lamps", "PA", "WV"), ("Keepers of wicks", "PA", "WV")) * 2:
        for x, text in zip(_EDGES[:3], row, strict=True):
            paper.at(x, paper.y, text, BOLD)
        paper.y += 17
    paper.gap()
    paper.line("Oil is told elsewhere, in a sentence that crosses the columns of lamps above.")
    found = []

    def noted(*given: Any) -> Any:
        found.append(titled_tables(*given))
        return found[-1]

    monkeypatch.setattr(page, "titled_tables", noted)
    read_pdf(paper.data())
    assert [grids for _, grids in found] == [[]]
