"""Pages of HTML: one with headings and nested lists, one of bold lines and line breaks."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from tests.made_policies.labels import counter_of, printed
from tests.made_policies.pages import Grid, Heading, Item, Logo, Para, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.made_policies.pages import Element, Written


def with_lists(page: Written) -> bytes:
    """Headings h1 to h3, ol and ul; the browser counts where its own styles can print the label."""
    body = []
    for kind, run in groupby(page.elements, type):
        elements = list(run)
        if kind is Item:
            body.append(_list(elements))
        else:
            body += [_element(element) for element in elements]
    return _page(page, "\n".join(body))


def with_breaks(page: Written) -> bytes:
    """No list and no heading: bold lines, labels as text, items parted by line breaks."""
    body = []
    for kind, run in groupby(page.elements, lambda element: type(element) in (Item, Row, Para)):
        elements = list(run)
        if kind:
            body.append(f"<p>{'<br>'.join(_line(element) for element in elements)}</p>")
        else:
            body += [_loud(element) for element in elements]
    return _page(page, "\n".join(body))


def _page(page: Written, body: str) -> bytes:
    title = escape(" | ".join(filter(None, (page.truth["title"], page.payer))))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def _element(element: Element) -> str:
    if isinstance(element, Heading):
        return f"<h{element.level + 1}>{escape(element.text)}</h{element.level + 1}>"
    if isinstance(element, Grid):
        return _table(element)
    if isinstance(element, Logo):
        return _picture(element)
    assert not isinstance(element, Item)
    return f"<p>{escape(element.text)}</p>"


def _loud(element: Element) -> str:
    if isinstance(element, Grid):
        return _table(element)
    if isinstance(element, Logo):
        return _picture(element)
    assert isinstance(element, Heading)
    return f"<p><b>{escape(element.text)}</b></p>"


def _line(element: Element) -> str:
    if isinstance(element, Item):
        blanks = "&nbsp;" * (4 * element.depth)
        return f"{blanks}{escape(element.label)} {escape(element.text)}"
    assert isinstance(element, Para | Row)
    return escape(element.text)


def _table(grid: Grid) -> str:
    rows = [_cells(grid.header, "th")] if grid.header else []
    rows += [_cells(row, "td") for row in grid.rows]
    return f"<table>{''.join(rows)}</table>"


def _picture(logo: Logo) -> str:
    return f'<p><img src="logo.png" alt="{escape(logo.text)}"></p>'


def _cells(row: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"


def _list(items: list[Item]) -> str:
    """Items of one depth and those below each as nested lists."""
    depth = items[0].depth
    parts: list[list[Item]] = []
    for item in items:
        if item.depth == depth:
            parts.append([item])
        else:
            parts[-1].append(item)
    first = items[0].label
    counter = _counter(first)
    if counter:
        start, end = f'<ol type="{counter}">', "</ol>"
    elif counter_of(first) or first[-1] in ".)":
        start, end = '<ul style="list-style-type: none">', "</ul>"
    else:
        start, end = "<ul>", "</ul>"
    shown = "".join(_entry(part, literal="none" in start) for part in parts)
    return f"{start}{shown}{end}"


def _counter(label: str) -> str | None:
    """The type of an ordered list that prints this as its first label."""
    for first in "1aAiI":
        if label == printed(f"{first}.", 0):
            return first
    return None


def _entry(part: list[Item], *, literal: bool) -> str:
    head, *below = part
    label = f"{escape(head.label)} " if literal else ""
    return f"<li>{label}{escape(head.text)}{_list(below) if below else ''}</li>"
