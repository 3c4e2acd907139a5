"""Cells of words side by side without rules, each over lines of its own."""

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import BOLD, Paper

EDGES = (72.0, 190.0, 330.0)
Cells = tuple[tuple[str, ...], ...]


def _row(paper: Paper, *cells: tuple[str, ...], room: float = 6.0, middle: bool = False) -> None:
    longest = max(map(len, cells))
    for x, lines in zip(EDGES, cells, strict=False):
        down = (longest - len(lines)) * 6.0 if middle else 0.0
        for number, text in enumerate(lines):
            paper.at(x, paper.y + down + 12 * number, text)
    paper.y += 12 * longest + room


def _paper() -> Paper:
    paper = Paper().line(
        "Lamps that the keeper lights, and what becomes of them when the night is over."
    )
    return paper.gap()


def _tables(paper: Paper) -> list[list[list[str]]]:
    paper.gap()
    paper.line("Oil is told elsewhere, and wicks of every kind are told in the book of wicks.")
    return [
        [[cell.text for cell in row.cells] for row in block.table.rows]
        for block in read_pdf(paper.data()).blocks
        if block.table
    ]


def test_cells_go_on_in_lines_of_their_own() -> None:
    paper = _paper()
    _row(paper, ("Lamp",), ("Standing",))
    _row(paper, ("Lamps of brass with", "two wicks"), ("Paid",))
    _row(paper, ("Lamps of tin",), ("Not paid in any", "month"))
    assert _tables(paper) == [
        [
            ["Lamp", "Standing"],
            ["Lamps of brass with two wicks", "Paid"],
            ["Lamps of tin", "Not paid in any month"],
        ]
    ]


def test_cells_set_in_the_middle_of_their_row() -> None:
    paper = _paper()
    _row(paper, ("Lamp",), ("Most",), ("Within",))
    _row(paper, ("Lamps of brass", "with two wicks"), ("24",), ("28 days",), middle=True)
    _row(paper, ("Lamps of tin",), ("12",), ("28 days",), middle=True)
    assert _tables(paper)[0][1:] == [
        ["Lamps of brass with two wicks", "24", "28 days"],
        ["Lamps of tin", "12", "28 days"],
    ]


def test_a_table_goes_on_over_the_page_break() -> None:
    paper = _paper()
    _row(paper, ("Lamp",), ("Standing",))
    _row(paper, ("Lamps of brass with", "two wicks"), ("Paid",))
    paper.page()
    _row(paper, ("Lamps of tin and", "of clay"), ("Not paid",))
    (table,) = _tables(paper)
    assert table[2] == ["Lamps of tin and of clay", "Not paid"]


def test_names_and_their_values_stay_lines() -> None:
    paper = _paper()
    for name, value in (("Number:", "12"), ("Keeper:", "Ann"), ("Begun:", "May")):
        _row(paper, (name,), (value,))
    assert _tables(paper) == []


def test_marks_in_rows_as_close_as_lines_stay_lines() -> None:
    paper = _paper()
    for cells in (("Houses that are lit", "PA", "WV"), ("Boats that are lit", "PA", "WV")):
        _row(paper, *((cell,) for cell in cells), room=0)
    assert _tables(paper) == []


def test_a_heading_below_a_table_is_no_row() -> None:
    paper = _paper()
    _row(paper, ("Lamp",), ("Standing",))
    _row(paper, ("Lamps of brass",), ("Paid",))
    _row(paper, ("Lamps of tin",), ("Not paid",))
    paper.at(EDGES[0], paper.y + 8, "Wicks", BOLD)
    paper.y += 26
    (table,) = _tables(paper)
    assert len(table) == 3
