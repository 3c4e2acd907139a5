"""One page of a PDF, read while it is open: its lines outside tables, its tables, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from policy_tracker.documents.blocks import HIDDEN, Unreadable
from policy_tracker.documents.lookalikes import plain_letters
from policy_tracker.documents.pdf.alternatives import pictures_told
from policy_tracker.documents.pdf.aside import (
    SIDEWAYS,
    blanked,
    laid_over,
    off_the_page,
    turns_of,
    with_unknown,
    without_invisible,
    without_struck,
    without_tiny,
)
from policy_tracker.documents.pdf.chars import Chars, Frame
from policy_tracker.documents.pdf.checkboxes import mark_checkboxes
from policy_tracker.documents.pdf.covering import unseen
from policy_tracker.documents.pdf.gutter import cut_at_gutter
from policy_tracker.documents.pdf.letters import with_letters_joined
from policy_tracker.documents.pdf.lines import PageText, join_open_marks, read_lines
from policy_tracker.documents.pdf.marks import raised_numbers, underline, with_powers, with_signs
from policy_tracker.documents.pdf.reading_order import columns_of
from policy_tracker.documents.pdf.shapes import read_shapes
from policy_tracker.documents.pdf.side_by_side import tables_side_by_side
from policy_tracker.documents.pdf.tables import fill, grids_of
from policy_tracker.documents.pdf.titled import titled_tables
from policy_tracker.documents.pdf.unruled import unruled_tables
from policy_tracker.documents.pdf.watermarks import without_watermarks

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Sequence

    import pypdfium2

    from policy_tracker.documents.pdf.shapes import Box, Shapes
    from policy_tracker.documents.pdf.tables import Grid
    from policy_tracker.documents.text_lines import TextLine


_RULES_OF_TABLES = 3  # vertical rules: what is cut into cells needs no gutter


@dataclass(slots=True)
class PageContent:
    """What a page holds; `lines` are those outside tables, in the order of the text layer, `drawn`
    counts its paths; `aside` is what it prints that is not read, `stamps` what stamps say on it.
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
    stamps: tuple[str, ...] = ()


def read_page(document: pypdfium2.PdfDocument, number: int, chars: Chars) -> list[PageContent]:
    """Reads page `number` (from 1), opened and closed once: its content, and that of a part that
    lies on its side.
    """
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return [PageContent(number, 0.0, 0.0, 0, [], [], [])]
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _contents(page, text_page, number, chars)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _contents(
    page: ctypes.c_void_p, text_page: ctypes.c_void_p, number: int, chars: Chars
) -> list[PageContent]:
    frame = Frame(page)
    text = with_letters_joined(chars, chars.open(text_page, frame))
    turn, second = turns_of(chars, text, frame.turn)
    sideways = [Unreadable(number, SIDEWAYS)] if turn != frame.turn or second is not None else []
    if turn != frame.turn:
        frame.turned(turn)
    first = _content(page, text, number, chars, frame, upright=second is not None)
    first.aside = (*sideways, *first.aside)
    if second is None:
        return [first]
    frame.turned(second)
    other = _content(page, text, number, chars, frame, upright=True)
    # what is struck, hidden, laid over it and drawn on it was found with the first part
    return [
        first,
        PageContent(
            number, other.width, other.height, first.characters, other.lines, other.grids, []
        ),
    ]


def _content(
    page: ctypes.c_void_p, text: str, number: int, chars: Chars, frame: Frame, *, upright: bool
) -> PageContent:
    """What a page holds as its frame is turned; with `upright` only lines that stand upright."""
    shapes = read_shapes(page, frame)
    text, unknown = with_unknown(chars, text, number)
    text, hidden = without_invisible(chars, text, shapes, frame, number)
    laid, crossed, stamps = laid_over(page, frame, number)
    text = with_powers(chars, with_signs(chars, plain_letters(text), shapes))
    source = PageText(chars, text, number, raised_numbers(chars, text))
    lines = read_lines(source)
    text, gone = _without_unseen(source, lines, shapes, crossed, page, frame)
    if text != source.text:
        source = PageText(chars, text, number, raised_numbers(chars, text))
        lines = read_lines(source)
    if len(shapes.down) < _RULES_OF_TABLES:
        lines = cut_at_gutter(source, lines)
    lines, beyond = off_the_page(lines, frame, number)
    if shapes.pictures:
        beyond += pictures_told(page, shapes, number, frame.width * frame.height)
    lines, across = without_watermarks(lines)
    if upright:
        lines = [line for line in lines if line.upright]
    join_open_marks(lines)
    underline(lines, shapes)
    grids = []
    for grid in grids_of(shapes, number):
        outside = fill(grid, lines, source)
        if len(outside) < len(lines):
            grids.append(grid)
        lines = outside
    lines, unruled = _without_rules(source, lines, grids, frame.width)
    grids = sorted([*grids, *unruled], key=lambda grid: grid.box[1])
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
        (*unknown, *hidden, *gone, *beyond, *laid),
        (*across, *stamps),
    )


def _without_rules(
    source: PageText, lines: Sequence[TextLine], ruled: Sequence[Grid], width: float
) -> tuple[list[TextLine], list[Grid]]:
    """The lines outside tables that no rules part, and these tables; one column's text is no cell
    beside that of the other.
    """
    left: list[TextLine] = []
    found: list[Grid] = []
    for column in columns_of(lines, ruled, width):
        rest, titled = titled_tables(source, column)
        rest, unruled = unruled_tables(source, rest)
        rest, beside = tables_side_by_side(rest, width)
        left += rest
        found += [*titled, *unruled, *beside]
    return left, found


def _without_unseen(
    source: PageText,
    lines: Sequence[TextLine],
    shapes: Shapes,
    crossed: Sequence[Box],
    page: ctypes.c_void_p,
    frame: Frame,
) -> tuple[str, list[Unreadable]]:
    """The text with blanks for what is struck out, or painted so that nobody sees it."""
    chars, text, number = source.chars, source.text, source.page
    rules = [*crossed, *((left, y, right, y) for left, right, y in shapes.across)]
    text, found = without_tiny(chars, text, lines, number)
    if rules:
        text, struck = without_struck(chars, text, lines, rules, number)
        found += struck
    if shapes.late or any(line.pale for line in lines):
        gone = unseen(chars, text, lines, page, frame, shapes.late)
        text, more = blanked(chars, text, gone, HIDDEN, number)
        found += more
    return text, found
