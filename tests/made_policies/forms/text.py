"""Text layers: one line for each paragraph, or lines of ninety characters with running heads."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from tests.made_policies.pages import Grid, Heading, Inside, Item, Logo, Row, Ruled, TitleItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.made_policies.pages import Element, Written

WIDTH = 90
LINES = 46
"""Lines of a page without its running head and foot."""


def flat(page: Written) -> bytes:
    """A paragraph or item a line, a blank line between blocks."""
    lines: list[str] = []
    elements = [one for one in page.elements if not isinstance(one, Logo)]
    for before, element in zip([None, *elements], elements, strict=False):
        if before is not None and not (_close(before) and _close(element)):
            lines.append("")
        lines += _flat(element)
    return ("\n".join(lines) + "\n").encode()


def wrapped(page: Written) -> bytes:
    """Lines of at most ninety characters on pages with a foot, parted by form feeds; where there is
    more than one page, with a head, too: over one alone nobody could tell it from a title.
    """
    lines: list[str] = []
    elements = [one for one in page.elements if not isinstance(one, Logo)]
    for before, element in zip([None, *elements], elements, strict=False):
        if before is not None and not (_close(before) and _close(element)):
            lines.append("")
        lines += _wrapped(element)
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    head = (
        [page.running or f"{page.payer} {page.number}", ""]
        if len(pages) > 1 or page.running
        else []
    )
    shown = [
        "\n".join([*head, *part, "", f"Page {number} of {len(pages)}".rjust(WIDTH)])
        for number, part in enumerate(pages, start=1)
    ]
    return ("\n\f".join(shown) + "\n").encode()


def _close(element: Element) -> bool:
    """Whether lines of this kind stand without a blank line between them."""
    return isinstance(element, Item | Row) and not isinstance(element, TitleItem)


def _flat(element: Element) -> list[str]:
    if isinstance(element, Grid):
        rows = [element.header, *element.rows] if element.header else element.rows
        return ["   ".join(row) for row in rows]
    if isinstance(element, Item):
        return [f"{'   ' * element.depth}{element.label} {element.text}"]
    assert not isinstance(element, Logo)
    if isinstance(element, Inside):
        return [f"{'   ' * (element.depth + 1)}{element.text}"]
    return [element.text]


def _wrapped(element: Element) -> list[str]:
    if isinstance(element, Ruled):
        return [*_ruled(element)]
    if isinstance(element, Grid):
        return [*_columns(element)]
    if isinstance(element, Item):
        indent = " " * (4 * element.depth + 2)
        hang = " " * (len(indent) + len(element.label) + 1)
        return wrap(
            f"{element.label} {element.text}",
            WIDTH,
            initial_indent=indent,
            subsequent_indent=hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
    assert not isinstance(element, Logo)
    if isinstance(element, Heading):
        return [element.text]
    if isinstance(element, Inside):
        edge = " " * (4 * element.depth + (6 if element.is_level else 5))
        return wrap(
            element.text,
            WIDTH,
            initial_indent=edge,
            subsequent_indent=edge,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return wrap(element.text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _columns(grid: Grid) -> Iterator[str]:
    """Rows in columns, as a program prints that takes text from a page."""
    rows = [grid.header, *grid.rows] if grid.header else [*grid.rows]
    widths = [max(len(row[column]) for row in rows) + 3 for column in range(len(rows[0]))]
    for row in rows:
        yield "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _ruled(grid: Ruled) -> Iterator[str]:
    """Rows in cells that signs draw."""
    widths = [3] * len(grid.rows[0])
    for row in grid.cells:
        for first, last, lines in row:
            spare = sum(widths[first:last]) + 3 * (last - first)
            widths[last] = max(widths[last], *(len(line) - spare for line in lines), 3)
    rule = "+".join(["", *("-" * (width + 2) for width in widths), ""])
    yield rule
    for row in grid.cells:
        for number in range(max(1, *(len(lines) for _, _, lines in row))):
            shown = ""
            for first, last, lines in row:
                width = sum(widths[first : last + 1]) + 3 * (last - first)
                words = lines[number] if number < len(lines) else ""
                shown += f"| {words.ljust(width)} "
            yield f"{shown}|"
        yield rule
