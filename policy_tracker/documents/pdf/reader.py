"""From a PDF to a document: pages are read one by one with pdfium, then put together by geometry.

Only line-level geometry is asked for everywhere; words are measured where a table is ruled or a
line holds a gap, characters where a mark is suspected.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Document, Line, Place, Style, Unreadable, with_ids
from policy_tracker.documents.column_edges import column_shifts
from policy_tracker.documents.flat_lists import with_levels
from policy_tracker.documents.hyphenation import Vocabulary
from policy_tracker.documents.lines_to_blocks import (
    body_size,
    drafts_of,
    finished,
    place_of,
    right_margins,
)
from policy_tracker.documents.pdf.chars import Chars
from policy_tracker.documents.pdf.leading import widest_step
from policy_tracker.documents.pdf.lines_of_page import LinesOfPage
from policy_tracker.documents.pdf.page import read_page
from policy_tracker.documents.pdf.pdfium import open_pdf
from policy_tracker.documents.pdf.reading_order import gutters, in_reading_order
from policy_tracker.documents.pdf.side_by_side import with_rest
from policy_tracker.documents.pdf.table_blocks import goes_on, same_columns, table_block
from policy_tracker.documents.pdf.tables import Grid, grid_lines
from policy_tracker.documents.running_heads import (
    WATERMARK,
    running_lines,
    running_tables,
    texts_once,
)
from policy_tracker.documents.versions_in_file import version_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2

    from policy_tracker.documents.blocks import Block
    from policy_tracker.documents.pdf.page import PageContent
    from policy_tracker.documents.text_lines import TextLine

_CONTINUED = re.compile(r"\(cont(?:inued|['’]d|\.)?\)", re.IGNORECASE)
_FEW_CHARACTERS, _STAMP = 20, 300
_LARGE_PICTURE, _WHOLE_PICTURE = 0.3, 0.7  # of the page
_MANY_CURVES = 200  # filled shapes: letters turned into curves
_WATERMARK_WORDS = 4
_ASKEW = 1.5  # of the size: a line on its side is as wide as its letters are high
_SAME_BASE = 3.0
"""Points of height in which lines count as side by side: raised and bold words of one line sit that
much apart.
"""
_NEAR_PICTURE, _LEAST_PICTURE = 30.0, 8.0  # points below the line that announces something; high


def read_pdf(data: bytes, file: str = "") -> Document:
    """The document in a PDF; `file` is its name, for errors.

    Raises DocumentError where it cannot be opened or its end is missing, and pypdfium2.PdfiumError
    for a damaged page.
    """
    with open_pdf(data, file) as pdf:
        chars = Chars()
        pages = [
            content
            for number in range(1, len(pdf) + 1)
            for content in read_page(pdf, number, chars)
        ]
        metadata = _metadata(pdf)
    starts = version_starts([_all_lines(page) for page in pages])
    parts: list[Document] = []
    for start, stop in zip(starts, [*starts[1:], len(pages)], strict=True):
        parts.append(
            _document(
                pages[start:stop], metadata, first=1 + sum(len(part.blocks) for part in parts)
            )
        )
    if len(parts) == 1:
        return parts[0]
    return Document(
        media="pdf",
        pages=len({page.number for page in pages}),
        blocks=tuple(block for part in parts for block in part.blocks),
        header=parts[0].header,
        running=tuple(dict.fromkeys(text for part in parts for text in part.running)),
        unreadable=tuple(fault for part in parts for fault in part.unreadable),
        title=parts[0].title,
        metadata=metadata,
        versions=tuple(parts),
    )


def _metadata(pdf: pypdfium2.PdfDocument) -> dict[str, str]:
    try:
        return dict(pdf.get_metadata_dict(skip_empty=True))
    except UnicodeDecodeError:  # damaged; no fact of a policy hangs on it
        return {}


def _document(pages: Sequence[PageContent], metadata: dict[str, str], first: int = 1) -> Document:
    """The document on some pages: a file, or one version of it, whose blocks count from `first`."""
    running = running_lines([page.lines for page in pages], [page.height for page in pages])
    repeated = running_tables([page.grids for page in pages])
    body = [[line for line in page.lines if id(line) not in running] for page in pages]
    grids = [[grid for grid in page.grids if id(grid) not in repeated] for page in pages]
    whole = with_rest(list(zip(body, grids, strict=True)))
    body, grids = [lines for lines, _ in whole], [own for _, own in whole]
    every = [line for lines in body for line in lines]
    between = gutters(
        [(lines, own, page.width) for page, lines, own in zip(pages, body, grids, strict=True)]
    )
    parts = [
        part
        for lines, own, gutter in zip(body, grids, between, strict=True)
        for part in in_reading_order(lines, own, gutter)
    ]
    along = [line for page in pages for line in page.lines if id(line) in running]
    along += [
        line
        for page in pages
        for grid in page.grids
        if id(grid) in repeated
        for line in grid_lines(grid)
    ]
    blocks = tuple(
        with_ids(
            with_levels(
                _blocks(
                    parts,
                    right_margins(every),
                    widest_step(every),
                    Vocabulary([line.text for line in every]),
                    body_size(every),
                    column_shifts(every),
                )
            ),
            first,
        )
    )
    return Document(
        media="pdf",
        pages=len({page.number for page in pages}),
        blocks=blocks,
        header=_header(pages[0], blocks) if pages else (),
        running=tuple(
            dict.fromkeys((*texts_once(along), *(text for page in pages for text in page.stamps)))
        ),
        unreadable=(
            *_unreadable(pages),
            *(part for page in pages for part in page.aside),
            *lying(pages),
        ),
        warnings=watermarks(pages),
        title=metadata.get("Title"),
        metadata=metadata,
    )


def _blocks(
    parts: Sequence[TextLine | Grid],
    margins: dict[tuple[int, int], float],
    widest: float,
    words: Vocabulary,
    size: float,
    shifts: dict[tuple[int, int], float],
) -> Iterator[Block]:
    """Lines between tables become blocks; tables with nothing between them but a page break become
    one.
    """
    for _, run in itertools.groupby(
        _without_repeated_titles(parts), key=lambda part: isinstance(part, Grid)
    ):
        own = list(run)
        lines = [part for part in own if not isinstance(part, Grid)]
        if lines:
            yield from finished(drafts_of(lines, margins, widest), words, size, shifts)
            continue
        grids: list[Grid] = []
        for grid in (part for part in own if isinstance(part, Grid)):
            if grids and not goes_on(grids[-1], grid):
                yield table_block(grids)
                grids = []
            grids.append(grid)
        yield table_block(grids)


def _without_repeated_titles(parts: Sequence[TextLine | Grid]) -> list[TextLine | Grid]:
    """The parts without a title such as "History (continued)" between a table and its continuation
    on the next page.
    """
    kept: list[TextLine | Grid] = []
    for part, behind in itertools.zip_longest(parts, parts[1:]):
        above = kept[-1] if kept else None
        is_title = not isinstance(part, Grid) and _CONTINUED.search(part.text) is not None
        if (
            is_title
            and isinstance(above, Grid)
            and isinstance(behind, Grid)
            and same_columns(above, behind)
        ):
            behind.continues = True
            continue
        kept.append(part)
    return kept


def _header(page: PageContent, blocks: Sequence[Block]) -> tuple[Line, ...]:
    """All lines of a page from top to bottom, those in tables included."""
    lines = sorted(_all_lines(page), key=lambda line: (round(line.base / _SAME_BASE), line.left))
    printed = LinesOfPage(blocks, page.number)
    return tuple(
        Line(
            line.text,
            place_of(line),
            Style(
                line.size,
                "all" if line.all_bold else "start" if line.bold[0] else "none",
                line.italic,
                line.light,
                line.underlined,
                line.coloured,
            ),
            printed.spans_at(place_of(line)),
        )
        for line in lines
    )


def _all_lines(page: PageContent) -> list[TextLine]:
    return page.lines + [line for grid in page.grids for line in grid_lines(grid)]


def _unreadable(pages: Sequence[PageContent]) -> Iterator[Unreadable]:
    """Pages that are pictures or damaged, and pictures where a list or a text is announced."""
    for page in pages:
        why = _why_unreadable(page)
        if why:
            yield Unreadable(
                page.number, why, Place(page.number, 0.0, 0.0, page.width, page.height)
            )
            continue
        for left, top, right, bottom in page.pictures:
            above = max(
                (line for line in page.lines if line.base < top + 4),
                key=lambda line: line.base,
                default=None,
            )
            if (
                above is not None
                and above.text.endswith(":")
                and top - above.base < _NEAR_PICTURE
                and bottom - top > _LEAST_PICTURE
            ):
                box = (round(edge, 1) for edge in (left, top, right, bottom))
                yield Unreadable(
                    page.number,
                    "a picture stands where the text announces a list",
                    Place(page.number, *box),
                )


def _lines_across(pages: Sequence[PageContent]) -> Iterator[TextLine]:
    """Lines that may be watermarks: those askew, and letters too large for a title."""
    return (
        line
        for page in pages
        for line in _all_lines(page)
        if not line.upright or line.size > WATERMARK
    )


def _lines_that_lie(pages: Sequence[PageContent]) -> Iterator[TextLine]:
    return (line for page in pages for line in _all_lines(page) if not line.upright)


def lying(pages: Sequence[PageContent]) -> Iterator[Unreadable]:
    """Text printed sideways that is no watermark: lines that stand on one page only, several
    there or of several words.
    """
    pages_of: dict[str, set[int]] = {}
    for line in _lines_that_lie(pages):
        pages_of.setdefault(line.text, set()).add(line.page)
    own = [line for line in _lines_that_lie(pages) if len(pages_of[line.text]) == 1]
    for number, group in itertools.groupby(own, key=lambda line: line.page):
        lines = list(group)
        text = "\n".join(line.text for line in lines)
        if len(lines) > 1 or len(text.split()) > _WATERMARK_WORDS:
            place = Place(
                number,
                round(min(line.left for line in lines), 1),
                round(min(line.top for line in lines), 1),
                round(max(line.right for line in lines), 1),
                round(max(line.bottom for line in lines), 1),
            )
            yield Unreadable(number, "text is printed sideways", place, text)


def watermarks(pages: Sequence[PageContent]) -> tuple[str, ...]:
    """Warnings of few words printed across pages, askew: what stands square in a margin is none."""
    said = dict.fromkeys(
        line.text
        for line in _lines_across(pages)
        if line.upright
        or (
            min(line.right - line.left, line.bottom - line.top) > _ASKEW * line.size
            and len(line.text.split()) <= _WATERMARK_WORDS
            and re.search(r"[A-Za-z]{3}", line.text)
        )
    )
    said |= dict.fromkeys(text for page in pages for text in page.stamps)
    return tuple(f"printed across the page: {text}" for text in said)[:3]


def _why_unreadable(page: PageContent) -> str | None:
    """Why a page's words cannot be read: a picture with hardly a word beside it, perhaps a stamp;
    curves in place of letters; damage.
    """
    area = page.width * page.height
    if not area:
        return "the page is damaged"
    largest = (
        max(((box[2] - box[0]) * (box[3] - box[1]) for box in page.pictures), default=0.0) / area
    )
    if (page.characters < _FEW_CHARACTERS and largest > _LARGE_PICTURE) or (
        page.characters < _STAMP and largest > _WHOLE_PICTURE
    ):
        return "the page is a picture"
    if page.characters < _FEW_CHARACTERS and page.drawn > _MANY_CURVES:
        return "the page is drawn without letters"
    return None
