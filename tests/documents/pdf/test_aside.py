"""What a PDF prints that is no part of what it says, or that cannot be read, is told."""

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from tests.documents.files import objects_to_pdf, stream
from tests.documents.make_pdf import Paper


def _read(paper: Paper) -> Document:
    return read_document(paper.data(), "bees.pdf")


def _told(document: Document) -> list[tuple[int | None, str, str]]:
    return [(part.page, part.why, part.text) for part in document.unreadable]


def _draw_invisible(paper: Paper, text: str) -> None:
    drawn = paper.canvas.beginText(72, paper.height - paper.y)
    drawn.setTextRenderMode(3)
    drawn.textOut(text)
    drawn.setTextRenderMode(0)
    paper.canvas.drawText(drawn)
    paper.y += 14


def test_invisible_words_are_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    _draw_invisible(paper, "Wasps sting.")
    document = _read(paper.line("Ants dig."))
    assert "Wasps" not in document.text
    assert _told(document) == [(1, "hidden", "Wasps sting.")]


def test_words_beyond_the_edge_of_the_page_are_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.at(700, 72, "Wasps sting.")
    document = _read(paper)
    assert (document.text, _told(document)) == ("Bees hum.", [(1, "hidden", "Wasps sting.")])


def test_words_with_a_rule_through_them_are_told_and_not_read() -> None:
    paper = Paper()
    middle = paper.at(72, 100, "Bees have ")
    end = paper.at(middle, 100, "four")
    paper.at(end, 100, " six legs and hum.")
    paper.canvas.line(middle, paper.height - 97, end, paper.height - 97)
    document = _read(paper)
    assert (document.text, _told(document)) == (
        "Bees have six legs and hum.",
        [(1, "struck", "four")],
    )


def test_underlined_words_are_read() -> None:
    paper = Paper()
    end = paper.at(72, 100, "Bees hum.")
    paper.canvas.line(72, paper.height - 101.5, end, paper.height - 101.5)
    document = _read(paper)
    assert (document.text, _told(document)) == ("Bees hum.", [])


def test_what_stands_in_a_field_is_told() -> None:
    paper = Paper().line("Legs: ")
    paper.canvas.acroForm.textfield(name="legs", value="six", x=110, y=700, width=40, height=14)
    assert _told(_read(paper)) == [(1, "a field of a form", "six")]


def test_a_table_on_its_side_is_read_and_doubted() -> None:
    paper = Paper().line("Bees hum.").page()
    paper.canvas.rotate(90)
    for number, text in enumerate(("Wings of wax and honey", "Legs of wood and amber")):
        paper.canvas.drawString(100, -100 - 14 * number, text)
    document = _read(paper)
    assert "Wings of wax and honey Legs of wood and amber" in document.text
    assert [(page, why.split(",")[0]) for page, why, _ in _told(document)] == [
        (2, "the page is printed sideways")
    ]


def test_lines_on_their_side_among_upright_ones_are_told() -> None:
    paper = Paper()
    for _ in range(8):
        paper.line("Bees hum in the meadow all day long, and sleep at night in the hive.")
    paper.canvas.rotate(90)
    paper.canvas.drawString(100, -400, "Wings of wax")
    paper.canvas.drawString(100, -420, "Legs of wood")
    told = _told(_read(paper))
    assert told == [(1, "text is printed sideways", "Wings of wax\nLegs of wood")]


def test_a_watermark_does_not_join_the_line_before_it_and_is_told() -> None:
    paper = Paper().line("Bees hum.").line("Ants dig.")
    paper.canvas.translate(150, 500)
    paper.canvas.rotate(45)
    paper.canvas.setFont("Helvetica", 30)
    paper.canvas.drawString(0, 0, "WITHDRAWN")
    document = _read(paper)
    assert document.text == "Bees hum. Ants dig."
    assert document.warnings == ("printed across the page: WITHDRAWN",)


def test_a_raised_number_behind_a_ten_is_a_power() -> None:
    paper = Paper()
    end = paper.at(72, 100, "More than 2 × 10")
    end = paper.at(end, 96, "9", size=6)
    paper.at(end, 100, " bees hum.")
    assert "10⁹ bees" in _read(paper).text


def test_a_number_on_the_line_is_no_power() -> None:
    assert _read(Paper().line("More than 109 bees hum.")).text == "More than 109 bees hum."


@pytest.mark.parametrize("code", [b"1", b"2"])
def test_a_glyph_that_the_file_does_not_name_is_told(code: bytes) -> None:
    """The second is the character that pdfium takes for a hyphen at a line's end."""
    data = objects_to_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
                b"<< /Font << /G 5 0 R >> >> >>"
            ),
            stream(b"BT /G 10 Tf 72 700 Td (Legs are \\00%b 6 mm) Tj ET" % code),
            (
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << "
                b"/Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /g1 /g2] >> >>"
            ),
        ]
    )
    document = read_document(data, "bees.pdf")
    assert document.text == "Legs are \ufffd 6 mm"
    assert _told(document) == [
        (1, "a character that the file does not name", "Legs are \ufffd 6 mm")
    ]
