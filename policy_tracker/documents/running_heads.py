"""Lines that run along the pages: headers, footers, page numbers and watermarks."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from policy_tracker.documents.pdf.tables import grid_lines
from policy_tracker.documents.text_furniture import counted_heads, says_page
from policy_tracker.language.code_forms import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_tracker.documents.pdf.tables import Grid
    from policy_tracker.documents.text_lines import TextLine

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<!\w)[A-Z]?\d+(?:[A-Z]|\.[0-9A-Z]{1,4})?(?!\w)|\d+")
_CODE = re.compile(CODE)
_SHARE = 0.6  # of the pages
_LEAST_PAGES = 3
_STEP = 6.0  # points that a line may move from page to page
_OUTER = 0.15  # of the page's height, where a long line counts at any height
_EDGE = 0.08  # of the page's height, where a short one does
_LONG = 40
WATERMARK = 40.0  # points; titles stay below
_PAGE_NUMBER = re.compile(
    r"(?:page\s*:?\s*)?[-–—|\s]*#(?:\s*(?:of|/)\s*#)?(?:\s*pages?)?[-–—|\s]*", re.IGNORECASE
)


_PAGE_COUNT = re.compile(r"(?:page\s*:?\s*#\s*(?:of|/)\s*#|page\s*:?\s*#|#\s*pages?)\s*[-–—|]*\s*")


def _numbered(match: re.Match[str]) -> str:
    """A number as "#"; a code stays, because lists print another one in the same place of each
    page.
    """
    return match[0] if _CODE.fullmatch(match[0]) else _DIGITS.sub("#", match[0])


def _pattern(text: str) -> str:
    """What running lines have in common: digits are all the same but those of codes, and counts of
    pages are left out where more stands beside them.
    """
    if _DIGITS.search(text):
        text = _NUMBER.sub(_numbered, text)
    pattern = text.strip().lower()
    return _PAGE_COUNT.sub("", pattern) or pattern if "page" in pattern else pattern


def running_lines(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> set[int]:
    """The `id` of every line that runs: watermarks, and what stands at about the same height on
    most pages with other digits at most.

    `heights` are the pages' heights. On two pages only lines near the edges run, on one page only
    its number. Heads in the middle of a page are told as in plain text: by numbers that count.
    """
    at_height: dict[tuple[str, int], set[int]] = defaultdict(set)
    in_margin: dict[str, set[int]] = defaultdict(set)
    found: set[int] = set()
    keyed: list[tuple[TextLine, str, int, bool, float]] = []
    for lines, height in zip(pages, heights, strict=True):
        for line in lines:
            if line.size > WATERMARK or not line.upright:
                found.add(id(line))
                continue
            key, level = _pattern(line.text), round(line.base / _STEP)
            share = _OUTER if len(key) >= _LONG else _EDGE
            outer = not height * share < line.base < height * (1 - share)
            keyed.append((line, key, level, outer, height))
            at_height[key, level].add(line.page)
            if outer:
                in_margin[key].add(line.page)
    wanted = max(_LEAST_PAGES, _SHARE * len(pages))
    for line, key, level, outer, height in keyed:
        here = at_height[key, level]
        pages_with = len(here)
        for near in (level - 1, level + 1):
            if other := at_height.get((key, near)):
                pages_with = max(pages_with, len(here | other))
        if (
            pages_with >= wanted
            or (
                len(pages) == 2
                and pages_with == 2
                and not height * _OUTER < line.base < height * (1 - _OUTER)
            )
            or (outer and len(in_margin[key]) >= wanted)
            or (
                outer
                and _PAGE_NUMBER.fullmatch(key)
                and (len(pages) < _LEAST_PAGES or len(in_margin[key]) >= wanted)
            )
        ):
            found.add(id(line))
    return found | _within_pages([line for line, *_ in keyed], found)


def _within_pages(lines: Sequence[TextLine], found: set[int]) -> set[int]:
    """The lines of heads in the middle of a page, where a number that counts stands there."""
    if not any(says_page(line.text) for line in lines if id(line) not in found):
        return set()
    return {id(lines[place]) for place in counted_heads([line.text for line in lines])}


def running_tables(pages: Sequence[Sequence[Grid]]) -> set[int]:
    """The `id` of every ruled table that stands on most pages with the same words: a header or
    footer drawn as a table.
    """
    pages_with: dict[str, set[int]] = defaultdict(set)
    keyed = [
        (grid, _pattern(" ".join(line.text for line in grid_lines(grid))))
        for grids in pages
        for grid in grids
    ]
    for grid, key in keyed:
        pages_with[key].add(grid.page)
    wanted = max(_LEAST_PAGES, _SHARE * len(pages))
    return {id(grid) for grid, key in keyed if len(pages_with[key]) >= wanted}


def texts_once(lines: Iterable[TextLine]) -> tuple[str, ...]:
    """The texts of running lines, once each: the first of those that differ only in digits."""
    seen: dict[str, str] = {}
    for line in lines:
        seen.setdefault(_pattern(line.text), line.text)
    return tuple(seen.values())
