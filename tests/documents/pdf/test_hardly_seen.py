"""Words that are there and cannot be seen: clear ink, letters without height, grey on grey."""

from policy_tracker.documents.read import read_document
from tests.documents.make_pdf import PLAIN, Paper


def _read(paper: Paper) -> tuple[str, list[str]]:
    document = read_document(paper.line("Ants dig.").data(), "bees.pdf")
    return document.text, [part.text for part in document.unreadable if part.why == "hidden"]


def test_clear_ink_is_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.canvas.saveState()
    paper.canvas.setFillAlpha(0)
    paper.line("Wasps sting.")
    paper.canvas.restoreState()
    assert _read(paper) == ("Bees hum.\nAnts dig.", ["Wasps sting."])


def test_letters_without_height_are_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.at(72, 150, "Wasps sting.", PLAIN, 0.6)
    assert _read(paper) == ("Bees hum. Ants dig.", ["Wasps sting."])


def test_grey_on_grey_is_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.canvas.setFillGray(0.75)
    paper.canvas.rect(60, paper.height - 90, 200, 14, stroke=0, fill=1)
    paper.line("Wasps sting.")
    paper.canvas.setFillGray(0)
    assert _read(paper) == ("Bees hum.\nAnts dig.", ["Wasps sting."])


def test_grey_on_white_is_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.canvas.setFillGray(0.75)
    paper.line("Wasps sting.")
    paper.canvas.setFillGray(0)
    text, hidden = _read(paper)
    assert "Wasps sting." in text
    assert hidden == []
