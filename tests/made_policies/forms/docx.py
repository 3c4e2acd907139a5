"""Word documents: one with styles and Word's own numbering, one of plain paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.documents import files
from tests.made_policies.labels import counter_of
from tests.made_policies.pages import Grid, Heading, Item, Logo

if TYPE_CHECKING:
    from tests.made_policies.pages import Element, Written

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
)


def numbered(page: Written, labels: tuple[str, ...]) -> bytes:
    """Heading styles, and lists that Word counts with these patterns of labels."""
    body: list[str] = []
    lists = 0
    before: Element | None = None
    for element in page.elements:
        if isinstance(element, Item):
            lists += not isinstance(before, Item)
            body.append(_counted(element, lists))
        elif isinstance(element, Heading):
            body.append(_paragraph(element.text, f"Heading{element.level + 1}"))
        else:
            body.append(_plain(element))
        before = element
    return files.docx(
        "".join(body),
        {
            "word/_rels/document.xml.rels": _RELATIONS.encode(),
            "word/styles.xml": _styles().encode(),
            "word/numbering.xml": _numbering(lists, labels, page).encode(),
        },
    )


def plain(page: Written) -> bytes:
    """Bold lines as headings, labels typed by hand, tables."""
    body = []
    for element in page.elements:
        if isinstance(element, Heading):
            body.append(_paragraph(element.text, bold=True))
        elif isinstance(element, Item):
            label = f"{element.label}\t{element.text}"
            body.append(_paragraph(label, indent=360 * (element.depth + 1)))
        else:
            body.append(_plain(element))
    return files.docx("".join(body))


def _plain(element: Element) -> str:
    if isinstance(element, Grid):
        rows = [element.header, *element.rows] if element.header else element.rows
        shown = "".join(
            "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in rows
        )
        return f"<w:tbl>{shown}</w:tbl>"
    return "" if isinstance(element, Logo) else _paragraph(element.text)


def _paragraph(text: str, style: str = "", *, bold: bool = False, indent: int = 0) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    about += f'<w:ind w:left="{indent}" w:hanging="360"/>' if indent else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t")
    )
    return f"<w:p><w:pPr>{about}</w:pPr><w:r>{weight}{runs}</w:r></w:p>"


def _counted(item: Item, number: int) -> str:
    place = f'<w:numPr><w:ilvl w:val="{item.depth}"/><w:numId w:val="{number}"/></w:numPr>'
    text = f'<w:r><w:t xml:space="preserve">{escape(item.text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{place}</w:pPr>{text}</w:p>"


def _styles() -> str:
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        for n in (1, 2, 3)
    )
    return f'<?xml version="1.0"?><w:styles xmlns:w="{_W}">{names}</w:styles>'


def _numbering(lists: int, labels: tuple[str, ...], page: Written) -> str:
    """A numbering of its own for each list, so that each begins anew; references have numbers."""
    kinds = _first_labels(page)
    told = []
    for number in range(1, lists + 1):
        patterns = labels if kinds[number - 1] != "references" else ("1.",) * 3
        levels = "".join(_level(depth, pattern) for depth, pattern in enumerate(patterns))
        told.append(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>')
    told += [
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, lists + 1)
    ]
    return f'<?xml version="1.0"?><w:numbering xmlns:w="{_W}">{"".join(told)}</w:numbering>'


def _first_labels(page: Written) -> list[str]:
    """Of each list whether it is the references or another."""
    found, before = [], None
    references = set(page.truth["references"])
    for element in page.elements:
        if isinstance(element, Item) and not isinstance(before, Item):
            found.append("references" if element.text in references else "criteria")
        before = element
    return found


def _level(depth: int, pattern: str) -> str:
    counter = counter_of(pattern)
    shown = pattern.replace(counter, f"%{depth + 1}") if counter else pattern
    kind = _FORMATS[counter] if counter else "bullet"
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{escape(shown)}"/>'
        f'<w:pPr><w:ind w:left="{360 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )
