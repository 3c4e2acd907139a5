"""What a document strikes out or hides is not read as its words, and is told."""

import pytest

from policy_tracker.documents.attached import printed_blocks
from policy_tracker.documents.blocks import Document, as_told
from policy_tracker.documents.html.reader import read_html
from policy_tracker.documents.read import read_document
from tests.documents.files import docx, paragraph


def _told(document: Document) -> list[tuple[str, str]]:
    return [(part.why, part.text) for part in document.unreadable]


def _run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Bees of <del>four</del><ins>six</ins> legs</p>",
        "<p>Bees of <s>four</s>six legs</p>",
        '<p>Bees of <b style="color:red; text-decoration: line-through red">four</b>six legs</p>',
        '<style>.old{text-decoration-line:line-through}</style><p>Bees of <i class="a old">four</i>six legs',
    ],
)
def test_struck_words_are_told_and_not_read(markup: str) -> None:
    document = read_html(markup)
    assert (document.text, _told(document)) == ("Bees of six legs", [("struck", "four")])


def test_a_struck_item_and_a_struck_row_are_gone() -> None:
    document = read_html(
        "<ol><li><s>Hive</s><li>Comb</ol>"
        "<table><tr><td>A1<td>Wax<tr><td><del>A2</del><td><del>Honey</del></table>"
    )
    assert [block.text for block in document.blocks] == ["Comb", "A1 | Wax"]
    assert [text for _, text in _told(document)] == ["Hive", "A2", "Honey"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>Wasps sting.",
        '<div style="DISPLAY : none"><p>Wasps sting.</div>',
        '<p style="visibility:hidden">Wasps sting.',
        '<p style="margin:0;font-size:0px">Wasps sting.',
        "<style>/* no */ p.x, .y {color:red;display:none !important}</style><p class=x>Wasps sting.",
    ],
)
def test_words_that_are_not_displayed_are_told_and_not_read(markup: str) -> None:
    document = read_html(markup + "</p><p>Bees hum.")
    assert (document.text, _told(document)) == ("Bees hum.", [("hidden", "Wasps sting.")])


@pytest.mark.parametrize(
    "markup",
    [
        "<style>@media print{p{display:none}}</style><p>Bees hum.",
        '<style media="print">p{display:none}</style><p>Bees hum.',
        "<style>p{display:none} p{display:block}</style><p>Bees hum.",
        '<style>p{display:none}</style><p style="display:block">Bees hum.',
        '<p style="font-size:0.8em;opacity:0.5">Bees hum.',
    ],
)
def test_words_that_are_displayed_are_read(markup: str) -> None:
    assert read_html(markup).text == "Bees hum."


def test_the_texts_beside_a_record_hold_what_is_struck() -> None:
    printed = list(printed_blocks(read_html("<p>Bees <s>sting</s> hum.</p>")))
    assert [(one.text, one.standing) for one in printed] == [
        ("Bees hum.", "shown"),
        ("sting", "struck"),
    ]


@pytest.mark.parametrize(
    "look", ["<w:strike/>", "<w:dstrike w:val='1'/>", "<w:rStyle w:val='Old'/>"]
)
def test_struck_runs_of_word_are_told(look: str) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Old"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    body = f"<w:p>{_run('Bees of ')}{_run('fo', look)}{_run('ur', look)}{_run('six legs')}</w:p>"
    document = read_document(docx(body, {"word/styles.xml": styles.encode()}), "bees.docx")
    assert (document.text, _told(document)) == ("Bees of six legs", [("struck", "four")])


def test_hidden_and_deleted_runs_of_word_are_told() -> None:
    not_hidden = '<w:vanish w:val="0"/>'
    body = (
        f"<w:p>{_run('Bees hum.')}{_run(' Wasps sting.', '<w:vanish/>')}"
        f"{_run(' Ants dig.', not_hidden)}</w:p>"
        "<w:p><w:del><w:r><w:delText>Flies bite.</w:delText></w:r></w:del></w:p>"
    )
    document = read_document(docx(body), "bees.docx")
    assert document.text == "Bees hum. Ants dig."
    assert [(why, text.strip()) for why, text in _told(document)] == [
        ("hidden", "Wasps sting."),
        ("struck", "Flies bite."),
    ]


def test_fields_and_text_boxes_of_word_are_read() -> None:
    box = (
        '<w:drawing><x:inline xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><w:txbxContent>{paragraph("Wasps sting.")}</w:txbxContent>'
        "</x:inline></w:drawing>"
    )
    body = (
        f"<w:p>{_run('Bees of ')}<w:fldSimple w:instr=' PAGE '>{_run('six')}</w:fldSimple>"
        f"{_run(' legs')}</w:p><w:p><w:r>{box}</w:r></w:p>"
    )
    document = read_document(docx(body), "bees.docx")
    assert [block.text for block in document.blocks] == ["Bees of six legs", "Wasps sting."]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<mo>&ge;</mo><mn>35</mn>", "Legs are ≥ 35 mm"),
        (
            "<mrow><mn>3</mn><mo>×</mo><msup><mn>10</mn><mn>9</mn></msup></mrow>",
            "Legs are 3 × 10⁹ mm",
        ),
        ("<mo>&lt;</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "Legs are < 1/2 mm"),
        ("<semantics><mn>4</mn><annotation>x</annotation></semantics>", "Legs are 4 mm"),
    ],
)
def test_equations_become_text(markup: str, text: str) -> None:
    document = read_html(f"<p>Legs are <math>{markup}</math> mm</p>")
    assert (document.text, document.unreadable) == (text, ())


def test_an_equation_without_a_form_on_one_line_is_told() -> None:
    document = read_html(
        "<p>Legs are <math><mtable><mtr><mtd><mn>4</mn></mtd></mtr></mtable></math>"
    )
    assert [part.why for part in document.unreadable] == ["an equation"]


def test_equations_of_word_become_text() -> None:
    math = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>&lt;'
        "</m:t></m:r><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>9</m:t></m:r>"
        "</m:sup></m:sSup></m:oMath>"
    )
    document = read_document(docx(f"<w:p>{_run('Bees')}{math}</w:p>"), "bees.docx")
    assert document.text == "Bees < 10⁹"


def test_a_long_part_that_was_not_read_says_that_it_is_longer():
    assert as_told("a  lamp\nof tin") == "a lamp of tin"
    told = as_told("lamp " * 1000)
    assert len(told) < 2100
    assert told.endswith("…")


def test_words_that_a_sheet_prints_are_told() -> None:
    sheet = "<style>.n::before { content: 'Not '; } .o:after { content: '*' }</style>"
    document = read_html(f"{sheet}<p class='n'>lent to members</p><p class='o'>Oil</p>")
    assert [part.text for part in document.unreadable] == ["Not … lent to members"]
