"""Columns without rules: few rows below titles, titles of two columns, ranges over two lines."""

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import Paper


def _columns(*rows: tuple[str, ...], edges: tuple[float, ...] = (72, 170, 380)) -> Paper:
    paper = Paper().line(
        "Lamps that are paid, and what they are, as the keeper of lamps told us in May."
    )
    paper.gap()
    for row in rows:
        for x, text in zip(edges, row, strict=False):
            if text:
                paper.at(x, paper.y, text)
        paper.y += 12.5
    paper.gap()
    return paper.line("Oil is told elsewhere.")


def _texts(paper: Paper) -> list[str]:
    return [block.text for block in read_pdf(paper.data()).blocks]


def test_one_row_below_titles_is_a_table() -> None:
    rows = (("Code", "What it is", "Standing"), ("77101", "A lamp of brass", "Paid"))
    _, table, _ = read_pdf(_columns(*rows).data()).blocks
    assert table.text.split("\n") == [" | ".join(row) for row in rows]


def test_one_row_that_nothing_stands_above_is_none() -> None:
    blocks = read_pdf(_columns(("77101", "A lamp of brass", "Paid")).data()).blocks
    assert all(block.table is None for block in blocks)


def test_titles_of_two_columns_are_one_line() -> None:
    found = _texts(_columns(("Code", "What it is"), ("77101", "A lamp of brass")))
    assert found[1:-1] == ["Code What it is", "77101 A lamp of brass"]


def test_a_range_over_two_lines_of_its_column_is_one() -> None:
    rows = (("77101 through", "Lamps of brass, with or without a shade"), ("77109", ""))
    assert _texts(_columns(*rows))[1:-1] == [
        "77101 through 77109 Lamps of brass, with or without a shade"
    ]
