"""Prints a document that was read once more, in another physical form: its words stay, its lines,
labels and markup become others.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tests.made_policies.forms import text
from tests.made_policies.pages import Grid, Heading, Item, Para, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Block, Document
    from tests.made_policies.pages import Element

_NEAR = 8.0
"""Points by which the left edges of one level differ."""
_NUMBERED = re.compile(r"\d{1,2}[.)]")


def page_of(document: Document, name: str) -> Written:
    """The blocks of a document as a neutral page; what could not be read is not on it."""
    page = Written("again", 0, _running_head(document), name)
    page.elements = [element for block in document.blocks for element in _elements(block)]
    _number_depths(page.elements, _edges(document))
    return page


def _running_head(document: Document) -> str:
    return document.running[0] if document.running else ""


def wrapped(page: Written) -> bytes:
    """The page as text of ninety characters a line, with its first running line over each page."""
    return text.wrapped(page)


def as_html(page: Written) -> bytes:
    """The page as headings, paragraphs, nested lists whose labels are text, and tables."""
    body = "\n".join(_markup(page.elements))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head>'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def relabelled(page: Written) -> Written:
    """The page with brackets for dots, dots for brackets, and other bullets; the same counting."""
    other = Written(page.way, page.seed, page.payer, page.number)
    other.elements = [
        Item(element.depth, _other_label(element.label), element.text)
        if isinstance(element, Item)
        else element
        for element in page.elements
    ]
    return other


def _other_label(label: str) -> str:
    if re.fullmatch(r"\([A-Za-z0-9]{1,4}\)", label):
        return f"{label[1:-1]}."
    if _NUMBERED.fullmatch(label) or re.fullmatch(r"[A-Za-z]{1,4}[.)]", label):
        return f"({label[:-1]})"
    return {"•": "–", "–": "•", "-": "•", "o": "▪", "▪": "o"}.get(label, label)


def _edges(document: Document) -> list[float]:
    """The left edges at which items begin, from the outermost in."""
    edges: list[float] = []
    for indent in sorted({block.indent for block in document.blocks if block.kind == "item"}):
        if not edges or indent - edges[-1] > _NEAR:
            edges.append(indent)
    return edges


def _number_depths(elements: list[Element], edges: list[float]) -> None:
    """Items carry their left edge at first; here it becomes how deep they stand in their list."""
    open_edges: list[float] = []
    for place, element in enumerate(elements):
        if not isinstance(element, Item):
            open_edges = []
            continue
        edge = max((one for one in edges if one <= element.depth + _NEAR), default=0.0)
        while open_edges and open_edges[-1] > edge + 1:
            open_edges.pop()
        if not open_edges or open_edges[-1] < edge - 1:
            open_edges.append(edge)
        elements[place] = Item(len(open_edges) - 1, element.label, element.text)


def _elements(block: Block) -> Iterator[Element]:
    if block.table:
        rows = [
            _cells(row.cells, block.table.columns) for row in block.table.whole_rows() if row.cells
        ]
        if rows:
            yield Grid(None, tuple(rows))
    elif block.kind == "heading":
        yield Heading(min(block.heading_level or 1, 2), block.text)
    elif block.kind == "item":
        yield Item(round(block.indent), block.label or "", block.text)
    elif block.text:
        yield Para(block.text)
    if block.connector:
        yield Para(block.connector.upper())


def _cells(cells: tuple, columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in cells:
        texts[min(cell.first_column, columns - 1)] = cell.text
    return tuple(texts)


def _markup(elements: list[Element]) -> Iterator[str]:
    place = 0
    while place < len(elements):
        element = elements[place]
        if isinstance(element, Item):
            end = place
            while end < len(elements) and isinstance(elements[end], Item):
                end += 1
            yield _nested(elements[place:end], 0)
            place = end
            continue
        if isinstance(element, Grid):
            rows = "".join(
                f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
                for row in element.rows
            )
            yield f"<table>{rows}</table>"
        elif isinstance(element, Heading):
            yield f"<h{element.level + 1}>{escape(element.text)}</h{element.level + 1}>"
        else:
            yield f"<p>{escape(element.text)}</p>"
        place += 1


def _nested(items: list, depth: int) -> str:
    """Items as lists in lists, each with its label as text."""
    parts: list[list] = []
    for item in items:
        if item.depth <= depth or not parts:
            parts.append([item])
        else:
            parts[-1].append(item)
    shown = "".join(
        f"<li>{escape(f'{head.label} {head.text}'.strip())}"
        f"{_nested(below, below[0].depth) if below else ''}</li>"
        for head, *below in parts
    )
    return f'<ul style="list-style-type: none">{shown}</ul>'
