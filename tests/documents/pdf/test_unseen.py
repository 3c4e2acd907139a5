"""What a page of a PDF paints so that nobody sees it, over its lines, or on its side."""

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from tests.documents.files import objects_to_pdf, stream
from tests.documents.make_pdf import BOLD, Paper

_SMALL = 6.0


def _read(paper: Paper) -> Document:
    return read_document(paper.data(), "bees.pdf")


def _told(document: Document) -> list[tuple[int | None, str, str]]:
    return [(part.page, part.why, part.text) for part in document.unreadable]


def _bar(paper: Paper, grey: float, alpha: float = 1.0) -> None:
    """An area over the line at 86 points."""
    paper.canvas.setFillGray(grey, alpha)
    paper.canvas.rect(60, paper.height - 90, 200, 14, stroke=0, fill=1)
    paper.canvas.setFillGray(0, 1)


def test_a_white_line_is_told_and_not_read() -> None:
    paper = Paper().line("Bees hum.")
    paper.canvas.setFillGray(1)
    paper.line("Wasps sting people who walk by the nest.")
    paper.canvas.setFillGray(0)
    document = _read(paper.line("Ants dig."))
    assert document.text == "Bees hum.\nAnts dig."
    assert _told(document) == [(1, "hidden", "Wasps sting people who walk by the nest.")]


def test_white_words_at_the_end_of_a_line_are_told() -> None:
    paper = Paper()
    end = paper.at(72, 100, "Bees hum in the meadow. ")
    paper.canvas.setFillGray(1)
    paper.at(end, 100, "Wasps sting.")
    document = _read(paper)
    assert (document.text, _told(document)) == (
        "Bees hum in the meadow.",
        [(1, "hidden", "Wasps sting.")],
    )


def test_white_words_on_a_bar_or_a_picture_are_read() -> None:
    paper = Paper().line("Bees hum.").banner("Ants dig")
    paper.picture(70, 150, 400, 180)
    paper.canvas.setFillGray(1)
    paper.at(80, 170, "Flies fly")
    document = _read(paper)
    assert document.text.split("\n")[1:] == ["Ants dig", "Flies fly"]
    assert _told(document) == []


def test_words_in_the_colour_of_their_bar_are_told() -> None:
    paper = Paper().line("Bees hum.")
    _bar(paper, 0.98)
    paper.canvas.setFillGray(0.97)
    paper.line("Wasps sting.")
    document = _read(paper)
    assert (document.text, _told(document)) == ("Bees hum.", [(1, "hidden", "Wasps sting.")])


@pytest.mark.parametrize("grey", [0.0, 0.5, 1.0])
def test_words_that_are_painted_over_are_told(grey: float) -> None:
    paper = Paper().line("Bees hum.").line("Wasps sting.")
    _bar(paper, grey)
    document = _read(paper.line("Ants dig."))
    assert (document.text, _told(document)) == (
        "Bees hum.\nAnts dig.",
        [(1, "hidden", "Wasps sting.")],
    )


def test_words_under_a_clear_area_and_on_painted_rows_are_read() -> None:
    paper = Paper().line("Bees hum.").line("Wasps sting.")
    _bar(paper, 0.9, alpha=0.4)
    paper.y = 114
    for text in ("Ants dig.", "Flies fly."):
        paper.canvas.setFillGray(0.8)
        paper.canvas.rect(60, paper.height - paper.y - 4, 200, 14, stroke=0, fill=1)
        paper.canvas.setFillGray(0)
        paper.line(text)
    document = _read(paper)
    assert "Wasps sting." in document.text
    assert "Ants dig. Flies fly." in document.text
    assert _told(document) == []


@pytest.mark.parametrize("size", [18.0, 32.0, 60.0])
def test_large_words_over_lines_are_a_watermark(size: float) -> None:
    paper = Paper()
    paper.y = 418
    paper.line("K1834 Wing strap").line("K1846 Wing strap, double")
    paper.canvas.setFillGray(0.8)
    paper.at(90, 426, "ARCHIVED", BOLD, size)
    document = _read(paper)
    assert document.text.replace("\n", " ") == "K1834 Wing strap K1846 Wing strap, double"
    assert document.warnings == ("printed across the page: ARCHIVED",)
    assert document.running == ("ARCHIVED",)


def test_a_large_title_above_its_lines_is_none() -> None:
    paper = Paper()
    paper.at(72, 80, "Wing Straps", BOLD, 24)
    paper.y = 100
    document = _read(paper.line("Bees hum."))
    assert [block.text for block in document.blocks] == ["Wing Straps", "Bees hum."]
    assert document.warnings == ()


def _annotated(kind: bytes, more: bytes) -> Document:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R] "
        b"/Resources << /Font << /G 5 0 R >> >> >>"
    )
    text = b"BT /G 10 Tf 72 700 Td (Bees have four) Tj 0 -14 Td (or five legs.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        page,
        stream(text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Annot /Subtype /%b %b >>" % (kind, more),
    ]
    return read_document(objects_to_pdf(objects), "bees.pdf")


def test_a_reviewers_mark_over_two_lines_strikes_both_parts_alone() -> None:
    quads = b"122 708 139 708 122 698 139 698 72 694 99 694 72 684 99 684"
    document = _annotated(b"StrikeOut", b"/Rect [72 684 139 708] /QuadPoints [%b]" % quads)
    assert document.text == "Bees have legs."
    assert [part.text for part in document.unreadable] == ["four", "or five"]


def test_a_line_that_a_reviewer_draws_strikes_out() -> None:
    document = _annotated(b"Line", b"/Rect [122 702 139 705] /L [122 703 139 703]")
    assert document.text == "Bees have or five legs."


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (b"/Name /NotApproved", "Not Approved"),
        (b"/Name /Draft /Contents (DRAFT COPY)", "DRAFT COPY"),
    ],
)
def test_stamps_are_told(more: bytes, text: str) -> None:
    document = _annotated(b"Stamp", b"/Rect [100 100 300 150] %b" % more)
    assert document.warnings == (f"printed across the page: {text}",)
    assert document.running == (text,)


def test_a_table_on_its_side_beside_upright_lines_is_read() -> None:
    paper = Paper().lines(*["Bees hum in the meadow all day, and sleep in the hive."] * 3)
    paper.canvas.saveState()
    paper.canvas.rotate(90)
    for number, row in enumerate((("Code", "Strap"), ("K1834", "Wing"), ("K1846", "Wing, double"))):
        for x, text in zip((150, 230), row, strict=True):
            paper.canvas.drawString(x, -300 - 14 * number, f"{text} of the catalogue")
    paper.canvas.restoreState()
    document = _read(paper.line("Ants dig."))
    assert document.pages == 1
    said = document.text.replace("\n", " ")
    assert (
        said.index("Ants dig.") < said.index("K1834 of the catalogue") < said.index("Wing, double")
    )
    assert [(page, why.split(",")[0]) for page, why, _ in _told(document)] == [
        (1, "the page is printed sideways")
    ]


@pytest.mark.parametrize(
    ("before", "raised", "behind", "text"),
    [
        ("Wings over 35 kg/m", "2", " hum", "Wings over 35 kg/m2 hum"),
        ("Wings over 35 kg/m", "2", "", "Wings over 35 kg/m2"),
        ("Wings of 10 cm", "3", " hum", "Wings of 10 cm3 hum"),
        ("Wings of 10", "-3", " g hum", "Wings of 10⁻³ g hum"),
        ("Wings hum", "2", "", "Wings hum"),
    ],
)
def test_raised_numbers_behind_units_and_tens_are_exponents(
    before: str, raised: str, behind: str, text: str
) -> None:
    paper = Paper()
    end = paper.at(72, 100, before)
    end = paper.at(end, 96, raised, size=_SMALL)
    if behind:
        paper.at(end, 100, behind)
    assert _read(paper).text == text


def test_codes_in_the_same_place_of_each_page_do_not_run_along_it() -> None:
    paper = Paper()
    for page in range(4):
        if page:
            paper.page()
        paper.at(72, 40, f"Harbour Straps, page {page + 1}")
        for row in range(6):
            paper.line(f"K{page:02}{row:02} Yes")
        paper.table([72, 140, 240], [[f"7{page:02}{row:02}", "No"] for row in range(3)])
    document = _read(paper)
    assert document.running == ("Harbour Straps, page 1",)
    assert document.text.count("Yes") == 24
    assert sum(len(block.table.rows) for block in document.blocks if block.table) == 12


def test_the_words_for_a_picture_are_told() -> None:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /StructParents 0 "
        b"/Resources << /Font << /G 5 0 R >> /XObject << /I 6 0 R >> >> >>"
    )
    text = (
        b"BT /G 10 Tf 72 700 Td (Bees hum.) Tj ET "
        b"/Figure << /MCID 0 >> BDC q 300 0 0 300 72 300 cm /I Do Q EMC"
    )
    picture = (
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 7 0 R /MarkInfo << /Marked true >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        page,
        stream(text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream(b"\x80", picture),
        b"<< /Type /StructTreeRoot /K 8 0 R /ParentTree << /Nums [0 [8 0 R]] >> >>",
        b"<< /Type /StructElem /S /Figure /P 7 0 R /Pg 3 0 R /K 0 /Alt (Wings over 3 mm) >>",
    ]
    document = read_document(objects_to_pdf(objects), "bees.pdf")
    assert _told(document) == [(1, "a picture", "Wings over 3 mm")]
