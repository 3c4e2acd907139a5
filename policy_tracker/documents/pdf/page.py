"""One page of a PDF, read while it is open: its lines outside tables, its tables, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from policy_tracker.documents.blocks import Unreadable
from policy_tracker.documents.lookalikes import plain_letters
from policy_tracker.documents.pdf.aside import (
    SIDEWAYS,
    laid_over,
    main_turn,
    off_the_page,
    with_unknown,
    without_invisible,
    without_struck,
)
from policy_tracker.documents.pdf.chars import Chars, Frame
from policy_tracker.documents.pdf.checkboxes import mark_checkboxes
from policy_tracker.documents.pdf.gutter import cut_at_gutter
from policy_tracker.documents.pdf.lines import PageText, join_open_marks, read_lines
from policy_tracker.documents.pdf.marks import raised_numbers, underline, with_powers, with_signs
from policy_tracker.documents.pdf.shapes import read_shapes
from policy_tracker.documents.pdf.tables import fill, grids_of
from policy_tracker.documents.pdf.unruled import unruled_tables

if TYPE_CHECKING:
    import ctypes

    import pypdfium2

    from policy_tracker.documents.pdf.shapes import Box
    from policy_tracker.documents.pdf.tables import Grid
    from policy_tracker.documents.text_lines import TextLine


_RULES_OF_TABLES = 3  # vertical rules: what is cut into cells needs no gutter


@dataclass(slots=True)
class PageContent:
    """What a page holds; `lines` are those outside tables, in the order of the text layer, `drawn`
    counts its paths; `aside` is what it prints that is not read.
    """

    number: int
    width: float
    height: float
    characters: int
    lines: list[TextLine]
    grids: list[Grid]
    pictures: list[Box]
    drawn: int = 0
    aside: tuple[Unreadable, ...] = ()


def read_page(document: pypdfium2.PdfDocument, number: int, chars: Chars) -> PageContent:
    """Reads page `number` (from 1), opened and closed once."""
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return PageContent(number, 0.0, 0.0, 0, [], [], [])
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _content(page, text_page, number, chars)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _content(
    page: ctypes.c_void_p, text_page: ctypes.c_void_p, number: int, chars: Chars
) -> PageContent:
    frame = Frame(page)
    text = chars.open(text_page, frame)
    if (turn := main_turn(chars, text, frame.turn)) != frame.turn:
        frame.turned(turn)
        sideways = [Unreadable(number, SIDEWAYS)]
    else:
        sideways = []
    shapes = read_shapes(page, frame)
    text, unknown = with_unknown(chars, text, number)
    text, hidden = without_invisible(chars, text, shapes, frame, number)
    laid, crossed = laid_over(page, frame, number)
    text = with_powers(chars, with_signs(chars, plain_letters(text), shapes))
    rules = [*crossed, *((left, y, right, y) for left, right, y in shapes.across)]
    struck: list[Unreadable] = []
    if rules:
        plain_lines = read_lines(PageText(chars, text, number, ()))
        text, struck = without_struck(chars, text, plain_lines, rules, number)
    source = PageText(chars, text, number, raised_numbers(chars, text))
    lines = (
        cut_at_gutter(source, read_lines(source))
        if len(shapes.down) < _RULES_OF_TABLES
        else read_lines(source)
    )
    lines, beyond = off_the_page(lines, frame, number)
    join_open_marks(lines)
    underline(lines, shapes)
    grids = []
    for grid in grids_of(shapes, number):
        outside = fill(grid, lines, source)
        if len(outside) < len(lines):
            grids.append(grid)
        lines = outside
    lines, unruled = unruled_tables(source, lines)
    grids = sorted([*grids, *unruled], key=lambda grid: grid.box[1]) if unruled else grids
    if shapes.squares or grids:
        mark_checkboxes(lines, grids, shapes)
    return PageContent(
        number,
        frame.width,
        frame.height,
        len(text),
        lines,
        grids,
        shapes.pictures,
        shapes.drawn,
        (*sideways, *unknown, *hidden, *struck, *beyond, *laid),
    )
