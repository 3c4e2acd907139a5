"""Draws PDFs for tests, line by line, places counted in points from the page's top left corner as
the reader counts them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Self

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PLAIN, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
WIDTH, HEIGHT = 612.0, 792.0
PITCH = 14.0


class Paper:
    """A PDF in the making; `y` is the next baseline, counted from the top, and moves down with
    every line.
    """

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        self._file = io.BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self._file, pagesize=size, pageCompression=0, invariant=1)
        self.y = 72.0
        self._saved = False

    def data(self) -> bytes:
        """The finished file; nothing can be added afterwards."""
        if not self._saved:
            self.canvas.save()
            self._saved = True
        return self._file.getvalue()

    def page(self, y: float = 72.0) -> Self:
        """Begins a page."""
        self.canvas.showPage()
        self.y = y
        return self

    def at(self, x: float, y: float, text: str, font: str = PLAIN, size: float = 10.0) -> float:
        """Text at a place; gives the right edge."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)
        return x + self.canvas.stringWidth(text, font, size)

    def line(
        self,
        text: str,
        x: float = 72.0,
        font: str = PLAIN,
        size: float = 10.0,
        pitch: float = PITCH,
    ) -> Self:
        """A line of text."""
        self.at(x, self.y, text, font, size)
        self.y += pitch
        return self

    def lines(self, *texts: str, x: float = 72.0, font: str = PLAIN) -> Self:
        """Lines that belong together."""
        for text in texts:
            self.line(text, x, font)
        return self

    def item(self, label: str, *texts: str, x: float = 72.0, hang: float = 18.0) -> Self:
        """A labelled item with its wrapped lines hanging."""
        self.at(x, self.y, label)
        return self.lines(*texts, x=x + hang)

    def gap(self, height: float = PITCH) -> Self:
        """Leaves room."""
        self.y += height
        return self

    def banner(self, text: str) -> Self:
        """A heading in white on a coloured bar."""
        self.gap(8)
        self.canvas.setFillColorRGB(0.0, 0.3, 0.6)
        self.canvas.rect(70, self.height - self.y - 5, self.width - 140, 18, stroke=0, fill=1)
        self.canvas.setFillColorRGB(1, 1, 1)
        self.at(76, self.y, text, BOLD, 12)
        self.canvas.setFillColorRGB(0, 0, 0)
        self.y += 24
        return self

    def rule(self, left: float, right: float, y: float) -> Self:
        """A horizontal rule."""
        self.canvas.setLineWidth(0.6)
        self.canvas.line(left, self.height - y, right, self.height - y)
        return self

    def upright(self, x: float, top: float, bottom: float) -> Self:
        """A vertical rule."""
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x, self.height - top, x, self.height - bottom)
        return self

    def frame(self, left: float, top: float, right: float, bottom: float) -> Self:
        """An outlined box."""
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=1, fill=0)
        return self

    def checkbox(self, x: float, y: float, checked: bool) -> Self:
        """A box of 12 points with its foot at `y`, crossed by two strokes where it is checked."""
        self.frame(x, y - 12, x + 12, y)
        if checked:
            self.canvas.line(x + 1, self.height - y + 1, x + 11, self.height - y + 11)
            self.canvas.line(x + 1, self.height - y + 11, x + 11, self.height - y + 1)
        return self

    def watermark(self, text: str) -> Self:
        """Large grey text across the page."""
        self.canvas.saveState()
        self.canvas.setFillGray(0.85)
        self.at(120, 420, text, BOLD, 80)
        self.canvas.restoreState()
        return self

    def picture(self, left: float, top: float, right: float, bottom: float) -> Self:
        """An image of grey points."""
        picture = ImageReader(io.BytesIO(b"P5 2 2 255 \x80\x90\xa0\xb0"))
        self.canvas.drawImage(picture, left, self.height - bottom, right - left, bottom - top)
        return self

    def table(
        self,
        edges: Sequence[float],
        rows: Iterable[Sequence[str | Sequence[str]]],
        pitch: float = 12.0,
    ) -> Self:
        """A ruled table: a row's cells are texts or lists of lines; a row with one cell spans all
        columns.
        """
        self.rule(edges[0], edges[-1], self.y - 12)
        for row in rows:
            top = self.y - 12
            cells = [[cell] if isinstance(cell, str) else list(cell) for cell in row]
            bottom = top + 6 + pitch * max(len(cell) for cell in cells)
            places = edges if len(cells) > 1 else (edges[0], edges[-1])
            for x in places:
                self.upright(x, top, bottom)
            for x, cell in zip(places, cells, strict=False):
                for number, text in enumerate(cell):
                    self.at(x + 5, self.y + number * pitch, text)
            self.rule(edges[0], edges[-1], bottom)
            self.y = bottom + 12
        return self.gap(8)
