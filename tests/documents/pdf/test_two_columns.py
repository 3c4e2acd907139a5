"""Lists in two columns go on in the next one as deep as they were."""

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import Paper

_WORDS = "lamps of brass and of tin that are lit at night, by members"
_TOP, _STEP, _RIGHT = 72.0, 14.0, 320.0


def _column(paper: Paper, left: float, lines: list[tuple[float, str]]) -> None:
    for number, (inner, text) in enumerate(lines):
        paper.at(left + inner, _TOP + number * _STEP, text, size=9)


def _list() -> Paper:
    """A page of prose in two columns, and one of items."""
    paper = Paper()
    prose = [(0.0, f"{letter.upper()} {_WORDS}") for letter in "abcdefghijkl"]
    _column(paper, 54, prose)
    _column(paper, _RIGHT, prose)
    paper.page()
    outer = (0.0, "1. A lamp is lent, with all of these:")
    inner = [(18.0, f"{letter}. Lamp {letter} is old; and") for letter in "abcd"]
    _column(paper, 54, [outer, *inner])
    _column(paper, _RIGHT, [(18.0, "e. Lamp e is old."), (0.0, "2. A lamp is sold."), inner[0]])
    return paper


def test_items_go_on_in_the_next_column_as_deep_as_before() -> None:
    items = [block for block in read_pdf(_list().data()).blocks if block.label]
    assert [block.label for block in items] == ["1.", "a.", "b.", "c.", "d.", "e.", "2.", "a."]
    first = items[0].indent
    assert [round((block.indent - first) / 18) for block in items] == [0, 1, 1, 1, 1, 1, 0, 1]


def test_the_places_of_items_are_those_on_the_page() -> None:
    items = [block for block in read_pdf(_list().data()).blocks if block.label]
    assert items[5].places[0].left > _RIGHT


def test_a_table_in_one_column_is_read_with_its_column() -> None:
    paper = Paper()
    prose = [(0.0, f"{letter.upper()} {_WORDS}") for letter in "abcdefghijkl"]
    _column(paper, 54, prose)
    _column(paper, _RIGHT, prose[:3])
    cells = [[f"Lamp {letter}", "Paid"] for letter in "abcdef"]
    paper.y = _TOP + 5 * _STEP
    paper.table((_RIGHT, _RIGHT + 150, 550.0), cells)
    blocks = read_pdf(paper.data()).blocks
    texts = " ".join(block.text for block in blocks)
    assert " ".join(text for _, text in prose) in texts
    assert blocks[-1].table is not None


def _short_column(paper: Paper, left: float, top: float, first: int) -> list[str]:
    """Headings, short items and a few full lines, each title with room above."""
    said: list[str] = []
    for number in range(first, first + 9):
        title, items = f"Shed {number}", ["- a lamp", "- two wicks"]
        full = f"In shed {number} {_WORDS[:44]}"
        for text in (title, *items, full):
            paper.at(left, top, text, size=9)
            top += _STEP
        said += [title, *items, full]
        top += 9
    return said


def test_columns_of_headings_and_short_items_are_read_one_after_the_other() -> None:
    paper = Paper()
    said = _short_column(paper, 54, _TOP, 1) + _short_column(paper, _RIGHT, _TOP + 5, 10)
    words = " ".join(said).replace("- ", "").split()
    blocks = read_pdf(paper.data()).blocks
    assert " ".join(block.text for block in blocks).replace("- ", "").split() == words
    assert not any(block.table for block in blocks)


def test_names_beside_their_values_are_read_row_by_row() -> None:
    paper = Paper()
    _column(paper, 54, [(0.0, f"Name of the lamp number {number}") for number in range(14)])
    _column(paper, _RIGHT, [(0.0, f"Worth {number} shillings, as lent") for number in range(14)])
    text = " ".join(block.text for block in read_pdf(paper.data()).blocks)
    rows = [f"number {number} Worth {number} shillings" for number in range(14)]
    tables = [block.table for block in read_pdf(paper.data()).blocks if block.table]
    assert tables or all(row in text for row in rows)
