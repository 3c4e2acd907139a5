"""Pages on which a program placed each letter by itself."""

import pytest

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import PLAIN, Paper

LINES = (
    "Lamps of brass are lent where",
    "the keeper has seen the house,",
    "and the oil is paid for.",
)


def _drawn(paper: Paper, x: float, y: float, text: str, size: float = 10.0) -> None:
    for letter in text:
        if letter != " ":
            paper.at(x, y, letter, PLAIN, size)
        x += paper.canvas.stringWidth(letter, PLAIN, size)


@pytest.mark.parametrize("lines", [LINES, LINES * 6])
def test_letters_drawn_one_by_one_are_words_and_lines(lines: tuple[str, ...]) -> None:
    paper = Paper()
    for number, text in enumerate(lines):
        _drawn(paper, 72, 90 + 12 * number, text)
    text = " ".join(block.text for block in read_pdf(paper.data()).blocks)
    assert text == " ".join(lines)


def test_the_next_column_is_no_part_of_a_word() -> None:
    paper = Paper()
    for number, text in enumerate(LINES):
        _drawn(paper, 72, 90 + 12 * number, text)
        _drawn(paper, 330, 90 + 12 * number, text)
    texts = {line.text for line in read_pdf(paper.data()).header}
    assert texts == set(LINES)
