"""What a page or a Word document shows and hides in less usual ways: colours, room, fields, signs,
pictures, frames, and characters that went wrong.
"""

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.html.reader import read_html
from policy_tracker.documents.lookalikes import plain
from policy_tracker.documents.read import read_document
from tests.documents.files import docx, paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

_WHITE = '<w:color w:val="FFFFFF"/>'


def _told(document: Document) -> list[tuple[str, str]]:
    return [(part.why, part.text) for part in document.unreadable]


def _run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color:#fff">Wasps sting.</p>',
        '<p><font color="white">Wasps sting.</font></p>',
        '<p style="color: rgb(254, 254, 254)">Wasps sting.</p>',
        '<p style="color:transparent">Wasps sting.</p>',
        '<p style="color:rgba(0,0,0,0)">Wasps sting.</p>',
        '<div style="background:#036"><p style="color:#003366">Wasps sting.</p></div>',
        "<style>.x .y{color:white}</style><div class=x><p class=y>Wasps sting.</p></div>",
        '<table bgcolor="#123456"><tr><td><font color="#123456">Wasps sting.</font></table>',
        "<style>.sr{position:absolute;clip:rect(1px, 1px, 1px, 1px)}</style><p class=sr>Wasps sting.</p>",
        '<p style="height:0;overflow:hidden">Wasps sting.</p>',
        '<p style="position:absolute;left:-999em">Wasps sting.</p>',
        '<p style="transform:scale(0)">Wasps sting.</p>',
        '<p style="font-size:1px">Wasps sting.</p>',
        '<p style="opacity:0.0">Wasps sting.</p>',
        "<style>section > p.a{display:none}</style><section><p class=a>Wasps sting.</p></section>",
        '<p style="mso-hide:all">Wasps sting.</p>',
    ],
)
def test_words_that_nobody_sees_are_told_and_not_read(markup: str) -> None:
    document = read_html(f"{markup}<p>Bees hum.</p>")
    assert (document.text, _told(document)) == ("Bees hum.", [("hidden", "Wasps sting.")])


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="background:#036"><p style="color:#fff">Bees hum.</p></div>',
        '<table><tr><td bgcolor="navy"><font color="white">Bees hum.</font></table>',
        '<div style="background:url(a.png)"><p style="color:#fff">Bees hum.</p></div>',
        "<style>.bar{background-color:#036} .bar p{color:#fff}</style><div class=bar><p>Bees hum.</p></div>",
        '<link rel="stylesheet" href="a.css"><div class="bar"><p style="color:#fff">Bees hum.</p></div>',
        '<div style="color:#fff"><p style="color:#333">Bees hum.</p></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">Bees hum.</p></div>',
        '<p style="height:0">Bees hum.</p>',
        '<p style="color:ghost">Bees hum.</p>',
    ],
)
def test_words_that_may_be_seen_are_read(markup: str) -> None:
    assert read_html(markup).text == "Bees hum."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('at least <input value="18"> years', "at least 18 years"),
        ('at least <input type="number" value="18"> years', "at least 18 years"),
        ("at least <select><option>12<option selected>18</select> years", "at least 18 years"),
        ("at least <select><option>12<option>18</select> years", "at least 12 years"),
        ("at least <textarea>18</textarea> years", "at least 18 years"),
        ('<input type="checkbox" checked> adults', "☒ adults"),
        ('<input type="hidden" value="x">adults', "adults"),
        ('<input type="submit" value="Go">adults', "adults"),
        ('<input value="x" style="display:none">adults', "adults"),
    ],
)
def test_fields_of_a_page_are_read_as_they_show(markup: str, text: str) -> None:
    document = read_html(f"<p>{markup}</p>")
    said = " ".join(f"{block.label or ''} {block.text}".strip() for block in document.blocks)
    assert said == text


def test_buttons_that_open_parts_are_their_titles() -> None:
    document = read_html(
        "<h2><button>Nests</button></h2><p>Bees hum.</p><button aria-expanded=true>Combs</button>"
        "<p>Wax.</p><button>Print</button>"
    )
    assert [block.text for block in document.blocks] == ["Nests", "Bees hum.", "Combs", "Wax."]


def test_pictures_frames_and_drawings_are_told_with_their_words() -> None:
    document = read_html(
        '<img alt="Hive" src=a><img alt="Bees older than 3 days" src=b><iframe src="x.html" title="Nests">'
        "</iframe><iframe src=p height=1></iframe><svg><text>Wax ring</text></svg><p>Bees hum.</p>"
    )
    assert _told(document) == [
        ("a picture", "Bees older than 3 days"),
        ("a frame that holds another document", "Nests"),
        ("a drawing", "Wax ring"),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        '<font face="Symbol">&#179;</font> 18',
        '<span style="font-family:Symbol">³</span> 18',
        "<span style='mso-symbol-font-family:Symbol;mso-char-type:symbol'>&#xF0B3;</span> 18",
        "&#xF0B3; 18",
    ],
)
def test_signs_of_symbol_fonts_are_read(markup: str) -> None:
    document = read_html(f"<p>Bees {markup}</p>")
    assert (document.text, document.unreadable) == ("Bees ≥ 18", ())


def test_characters_without_a_name_are_told() -> None:
    document = read_document("<p>\uf0a8 Bees \ufffd 18 and \ue123 19</p>".encode(), "a.html")
    assert {why for why, _ in _told(document)} == {"a character that the file does not name"}
    assert len(document.unreadable) == 2


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("â‰¥ 18", "≥ 18"),
        ("â\x89¥ 18", "≥ 18"),
        ("Ã¢â€°Â¥ 18", "≥ 18"),
        ("12Â\xa0weeks", "12\xa0weeks"),
        ("memberâ€™s", "member’s"),
        ("it\x92s", "it’s"),
        ("18\u201065", "18-65"),
        ("Â± 5 Âµg", "± 5 µg"),
        ("naïve Ångström", "naïve Ångström"),
    ],
)
def test_letters_that_were_read_wrongly_are_mended(wrong: str, right: str) -> None:
    assert plain(wrong) == right


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8", "utf-8-sig"])
def test_texts_of_two_bytes_a_letter_need_no_mark(encoding: str) -> None:
    words = "Bees of six legs are covered from the age of ≥ 3 days."
    assert read_document(words.encode(encoding), "a.txt").text == words


def test_written_out_characters_of_a_text_are_read() -> None:
    assert read_document(b"Bees &ge; 18 &amp;lt; 19 AT&T", "a.txt").text == "Bees ≥ 18 < 19 AT&T"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            f"<w:p>{_run('Bees hum.')}{_run(' Wasps sting.', _WHITE)}</w:p>",
            ("hidden", "Wasps sting."),
        ),
        (
            f"<w:p>{_run('Bees hum.')}{_run(' Wasps sting.', '<w:webHidden/>')}</w:p>",
            ("hidden", "Wasps sting."),
        ),
        (
            f"<w:p>{_run('Bees hum.')}</w:p><w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
            f"{paragraph('Wasps sting.')}</w:tc></w:tr></w:tbl>",
            ("struck", "Wasps sting."),
        ),
    ],
)
def test_words_of_word_that_nobody_sees_are_told(body: str, told: tuple[str, str]) -> None:
    document = read_document(docx(body), "a.docx")
    assert document.text == "Bees hum."
    assert [(why, text.strip()) for why, text in _told(document)] == [told]


def test_white_words_of_word_on_a_colour_are_read() -> None:
    white = _WHITE
    shade = '<w:shd w:val="clear" w:fill="003366"/>'
    body = (
        f"<w:p><w:pPr>{shade}</w:pPr>{_run('Bees', white)}</w:p><w:p>{_run('hum', white + shade)}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{_run('Wax', white)}</w:p></w:tc><w:tc>{paragraph('x')}</w:tc></w:tr>"
        "</w:tbl>"
    )
    document = read_document(docx(body), "a.docx")
    assert [block.text for block in document.blocks] == ["Bees", "hum", "Wax | x"]


def test_signs_and_choices_of_word_are_read() -> None:
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="12"/><w:listEntry w:val="18"/></w:ddList></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    symbol = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
    body = (
        f'<w:p>{_run("Bees ")}<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{choice}'
        f"{_run(' or ')}{_run('&#xA3;', symbol)}{_run(' 3')}</w:p>"
    )
    document = read_document(docx(body), "a.docx")
    assert (document.text, document.unreadable) == ("Bees ≥18 or ≤ 3", ())


def test_what_stands_around_the_text_of_word_is_told() -> None:
    header = (
        f'<w:hdr {_W} xmlns:v="urn:schemas-microsoft-com:vml">{paragraph("Harbour Health")}'
        '<w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p></w:hdr>'
    )
    chart = "<c:x xmlns:c='c' xmlns:a='a'><a:t>Age over 3</a:t></c:x>"
    extra = {
        "word/header1.xml": header.encode(),
        "word/charts/chart1.xml": chart.encode(),
        "word/embeddings/list.xlsx": b"x",
    }
    document = read_document(docx(paragraph("Bees hum."), extra), "a.docx")
    assert document.running == ("Harbour Health", "DRAFT")
    assert document.warnings == ("printed across the page: DRAFT",)
    assert _told(document) == [
        ("a drawing", "Age over 3"),
        ("a document that is put in", "list.xlsx"),
    ]


def test_notes_of_word_stand_behind_the_text_without_the_way_back() -> None:
    notes = (
        f'<w:footnotes {_W}><w:footnote w:id="2">{paragraph("Older than 3 days.")}</w:footnote>'
        "</w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="f" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    extra = {"word/footnotes.xml": notes.encode(), "word/_rels/document.xml.rels": links.encode()}
    body = f"<w:p>{_run('Bees')}<w:r><w:footnoteReference w:id='2'/></w:r>{_run(' hum.')}</w:p>"
    document = read_document(docx(body, extra), "a.docx")
    assert [block.text for block in document.blocks] == ["Bees hum.", "Older than 3 days."]
