"""PDFs: a single column in type sizes, and small pages with ruled tables, running heads and feet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.made_policies.pages import Grid, Heading, Item, Logo

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from tests.made_policies.pages import Element, Written

_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=6)
_ROW = ParagraphStyle("row", parent=_PLAIN, spaceAfter=1)
_HEADINGS = tuple(
    ParagraphStyle(
        f"heading{level}",
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=size + 4,
        spaceBefore=8,
        spaceAfter=5,
    )
    for level, size in enumerate((17, 13.5, 11))
)
_SYMBOLS = {"▪": ("ZapfDingbats", "n"), "◦": ("ZapfDingbats", "m")}
"""Bullets that the standard fonts print in a font of symbols."""
_SMALL = (440.0, 560.0)


def column(page: Written) -> bytes:
    """One column; tables have no rules."""
    return _built(
        page,
        letter,
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]),
        margin=72,
        running=bool(page.running),
    )


def ruled(page: Written) -> bytes:
    """Small pages, so that lists break over their ends; tables are ruled; head and foot repeat."""
    style = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    return _built(page, _SMALL, style, margin=54, running=True)


def _built(
    page: Written,
    size: tuple[float, float],
    style: TableStyle,
    *,
    margin: float,
    running: bool = False,
) -> bytes:
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=size,
        invariant=1,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
    )
    width = size[0] - 2 * margin - 12
    flow: list[Flowable] = []
    for element in page.elements:
        flow += _flowables(element, style, width)

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(margin, size[1] - 34, page.running or f"{page.payer} {page.number}")
        canvas.drawRightString(size[0] - margin, 30, f"Page {canvas.getPageNumber()}")

    if running:
        template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    else:
        template.build(flow)
    return buffer.getvalue()


def _flowables(element: Element, style: TableStyle, width: float) -> list[Flowable]:
    if isinstance(element, Logo):
        return []
    if isinstance(element, Heading):
        return [Paragraph(_safe(element.text), _HEADINGS[element.level])]
    if isinstance(element, Item):
        return [_item(element)]
    if isinstance(element, Grid):
        return [_table(element, style, width), Spacer(1, 8)]
    return [Paragraph(_safe(element.text), _ROW if type(element).__name__ == "Row" else _PLAIN)]


def _item(item: Item) -> Paragraph:
    font, label = _SYMBOLS.get(item.label, ("Helvetica", item.label))
    left = 18 + 20 * item.depth
    style = ParagraphStyle(
        f"item{item.depth}{font}",
        parent=_PLAIN,
        spaceAfter=3,
        leftIndent=left + 20,
        bulletIndent=left,
        bulletFontName=font,
        bulletFontSize=10 if font == "Helvetica" else 7,
    )
    return Paragraph(_safe(item.text), style, bulletText=label)


def _table(grid: Grid, style: TableStyle, width: float) -> Table:
    rows = [grid.header, *grid.rows] if grid.header else [*grid.rows]
    count = len(rows[0])
    first = 110.0 if grid.header else width * 0.45
    widths = [first, *[(width - first) / (count - 1)] * (count - 1)]
    cells = [[Paragraph(_safe(cell), _ROW) for cell in row] for row in rows]
    return Table(cells, colWidths=widths, style=style, repeatRows=0, hAlign="LEFT")


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
