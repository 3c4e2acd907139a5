"""Prints a document that was read once more, in another physical form: its words stay, its lines,
labels and markup become others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from policy_tracker.extract.structure.code_lines import begins_with_code, cut_at_codes
from tests.made_policies.forms import text
from tests.made_policies.pages import (
    Grid,
    Heading,
    Inside,
    Item,
    Para,
    Row,
    Ruled,
    TitleItem,
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_tracker.documents.blocks import Block, Cell, Document
    from tests.made_policies.pages import Element

_LOWEST = 5
_LONGEST_TITLE = 80
_LONGEST_HEAD = 60
"""Characters of a running line that has room over a page of text."""
_RAISED = str.maketrans(
    "0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_RUN_IN = re.compile(r"[^.:]{2,80}[.:](?=\s)")
"""A title in front of its text; where its bold letters end is not known."""
_NEAR = 8.0
"""Points by which the left edges of one level differ."""


@dataclass(frozen=True)
class Marked(Para):
    """A footnote with the raised mark before it."""

    mark: str


@dataclass(frozen=True)
class Bold(Para):
    """A paragraph in bold letters."""


@dataclass(frozen=True)
class RunIn(Para):
    """A paragraph whose first words, a title, are bold."""


@dataclass(frozen=True)
class BoldItem(Item):
    """An item in bold letters."""


@dataclass(frozen=True)
class Lines(Para):
    """A paragraph in which codes begin lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Cells(Grid):
    """A table with cells over several columns, in bold, or of several lines."""

    cells: tuple[tuple[Cell, ...], ...]

    @property
    def is_plain(self) -> bool:
        """Whether each cell is one line in one column."""
        return all(
            cell.first_column == cell.last_column and len(cell.lines) <= 1
            for row in self.cells
            for cell in row
        )


def page_of(document: Document, name: str) -> Written:
    """The blocks of a document as a neutral page; what could not be read is not on it."""
    heads = (line for line in document.running if len(line) <= _LONGEST_HEAD)
    page = Written("again", 0, next(heads, ""), name)
    edges, ranks = _edges(document), _ranks(document)
    open_edges: list[float] = []
    texts = [*(block.text for block in document.blocks[1:]), ""]
    for block, below in zip(document.blocks, texts, strict=False):
        for element in _elements(block, edges, open_edges, below):
            if isinstance(element, Heading):
                rank = ranks.get(_look(block))
                page.elements.append(Heading(rank, element.text) if rank else Bold(element.text))
            else:
                page.elements.append(element)
    return page


_Look = tuple[int, bool, float, bool, bool]


def _look(block: Block) -> _Look:
    """What headings of one rank have in common."""
    style = block.style
    capitals = block.text.isupper()
    return (
        block.heading_level or 0,
        not style.banner,
        -style.size,
        not style.underlined,
        not capitals,
    )


def _ranks(document: Document) -> dict[_Look, int]:
    """How far down headings of each look stand, from 1: larger type, then what comes first; none
    where a text layer has lost all type.
    """
    looks = [_look(block) for block in document.blocks if block.kind == "heading"]
    order = sorted(dict.fromkeys(looks), key=lambda look: (look[:3], looks.index(look)))
    if document.media == "text":
        return {}
    return {look: min(rank, _LOWEST) for rank, look in enumerate(order, start=1)}


@dataclass(frozen=True)
class _Edges:
    """The left edges at which items begin, and those at which their words do, from the outermost
    in; and that of most paragraphs.
    """

    items: tuple[float, ...]
    words: tuple[float, ...]
    margin: float


def _edges(document: Document) -> _Edges:
    items = [block for block in document.blocks if block.kind == "item" and block.label]
    plain = Counter(
        round(block.indent) for block in document.blocks if block.kind == "paragraph"
    ).most_common(1)
    return _Edges(
        _apart(block.indent for block in items),
        _apart(block.text_indent for block in items),
        plain[0][0] if plain else 0.0,
    )


def _apart(indents: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for indent in sorted(set(indents)):
        if not found or indent - found[-1] > _NEAR:
            found.append(indent)
    return tuple(found)


def _elements(
    block: Block, edges: _Edges, open_edges: list[float], below: str
) -> Iterator[Element]:
    """What a block prints; `open_edges` are the edges of the items that are open, `below` the words
    of the next block.
    """
    bold = block.style.bold == "all"
    if block.table:
        open_edges.clear()
        cells = [row.cells for row in block.table.whole_rows() if row.cells]
        if cells:
            rows = tuple(_texts(row, block.table.columns) for row in cells)
            yield Cells(None, rows, tuple(cells))
    elif block.kind == "heading":
        open_edges.clear()
        words = f"{block.label} {block.text}" if block.label else block.text
        yield Heading(1, words)
    elif block.kind == "item" and block.label_kind == "mark":
        yield Marked(block.text, block.label or "")
    elif block.kind == "item":
        depth = _depth(block.indent, edges.items, open_edges)
        first, *codes = _code_lines(block, below)
        yield (BoldItem if bold else Item)(depth, block.label or "", first)
        yield from map(Para, codes)
    elif len(lines := _code_lines(block, below)) > 1:
        open_edges.clear()
        yield Lines(block.text, lines)
    elif block.text:
        if open_edges and block.kind == "note":
            yield from _note(block, edges, open_edges)
        elif not open_edges and _is_set_in(block, edges):
            yield Item(0, "", block.text)
        elif open_edges and block.indent > open_edges[-1] + _NEAR:
            level = any(abs(edge - block.indent) <= _NEAR for edge in edges.items)
            yield Inside(block.text, len(open_edges) - 1, level)
        else:
            open_edges.clear()
            runs_in = block.style.bold == "start" and _RUN_IN.match(block.text)
            yield (Bold if bold else RunIn if runs_in else Para)(block.text)
    if block.connector:
        word = block.connector.upper()
        yield Inside(word, len(open_edges) - 1) if open_edges else Para(word)


def _is_set_in(block: Block, edges: _Edges) -> bool:
    """Whether a paragraph stands where the words of items do: one whose bullet was lost."""
    return block.indent > edges.margin + _NEAR and any(
        abs(block.indent - edge) <= _NEAR for edge in edges.words
    )


def _note(block: Block, edges: _Edges, open_edges: list[float]) -> Iterator[Element]:
    """A note among items: within one where it is set in as far; it ends no list."""
    if block.indent < open_edges[0] - _NEAR:
        yield Para(block.text)
        return
    _depth(max(block.indent, open_edges[0]), edges.items, open_edges)
    yield Inside(block.text, len(open_edges) - 1)


def _code_lines(block: Block, below: str) -> tuple[str, ...]:
    """The lines of a paragraph that begin with a code, each with what follows it, and what stands
    before the first of them: who reads codes looks there. One alone where none does.
    """
    parts = tuple(part.text for part in cut_at_codes(block))
    return parts if any(map(begins_with_code, (*parts, below))) else (block.text,)


def _depth(indent: float, edges: tuple[float, ...], open_edges: list[float]) -> int:
    edge = max((one for one in edges if one <= indent + _NEAR), default=0.0)
    while open_edges and open_edges[-1] > edge + 1:
        open_edges.pop()
    if not open_edges or open_edges[-1] < edge - 1:
        open_edges.append(edge)
    return len(open_edges) - 1


def _texts(cells: Iterable[Cell], columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in cells:
        texts[min(cell.first_column, columns - 1)] = cell.printed
    return tuple(texts)


def relabelled(page: Written) -> Written:
    """The page with brackets for dots, dots for brackets, and other bullets; the same counting."""
    other = Written(page.way, page.seed, page.payer, page.number)
    other.elements = [
        replace(element, label=_other_label(element.label))
        if isinstance(element, Item)
        else element
        for element in page.elements
    ]
    return other


def _other_label(label: str) -> str:
    if re.fullmatch(r"\([A-Za-z0-9]{1,4}\)", label):
        return f"{label[1:-1]}."
    if re.fullmatch(r"(?:\d{1,2}|[A-Za-z]{1,4})[.)]", label):
        return f"({label[:-1]})"
    return {"•": "–", "–": "•", "-": "•", "o": "▪", "▪": "o"}.get(label, label)


def wrapped(page: Written) -> bytes:
    """The page as text of ninety characters a line, with its first running line over each page."""
    plain = Written(page.way, page.seed, page.payer, page.number)
    plain.elements = [*_parted([_on_one_line(element) for element in page.elements])]
    return text.wrapped(plain)


def _parted(elements: list[Element]) -> Iterator[Element]:
    """The elements with one more blank line before those that are set as headings: nothing else
    tells a heading in such a text from a short paragraph. Without headings, short lines stand
    close.
    """
    titled = any(map(_is_title, elements))
    for number, element in enumerate(elements):
        if isinstance(element, Lines):
            yield from map(Para, element.lines)
            continue
        if number and _is_title(element):
            yield Para("")
        short = type(element) is Para and len(element.text) <= text.WIDTH
        yield Row(element.text) if short and not titled else element


def _on_one_line(element: Element) -> Element:
    if isinstance(element, Marked):
        return Para(f"{element.mark.translate(_RAISED)} {element.text}")
    if isinstance(element, BoldItem) and element.label and _names(element.text):
        return TitleItem(element.depth, element.label, element.text)
    if isinstance(element, Item) and not element.label:
        return Inside(element.text, element.depth)
    if isinstance(element, Cells) and not element.is_plain:
        columns = len(element.rows[0])
        return Ruled(None, element.rows, tuple(_spanned(row, columns) for row in element.cells))
    return element


def _is_title(element: Element) -> bool:
    named = isinstance(element, Bold) and element.text[-1:] not in ".;,"
    return named or isinstance(element, Heading | TitleItem)


def _names(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and words[-1:] not in ".;,"


def _spanned(row: tuple[Cell, ...], columns: int) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The cells from left to right, and empty ones where a row has none."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for cell in sorted(row, key=lambda cell: cell.first_column):
        behind = found[-1][1] + 1 if found else 0
        found += [(column, column, ()) for column in range(behind, cell.first_column)]
        first, last = max(behind, cell.first_column), min(cell.last_column, columns - 1)
        if first <= last:
            found.append((first, last, cell.lines))
    behind = found[-1][1] + 1 if found else 0
    return (*found, *((column, column, ()) for column in range(behind, columns)))


def as_html(page: Written) -> bytes:
    """The page as headings, paragraphs, nested lists whose labels are text, and tables."""
    body = "\n".join(_markup(page.elements))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head>'
        f"<body>\n{body}\n</body></html>\n"
    ).encode()


def _markup(elements: list[Element]) -> Iterator[str]:
    for in_list, run in groupby(elements, lambda element: isinstance(element, Item | Inside)):
        if in_list:
            yield _nested([*run])
        else:
            yield from (_element(element) for element in run)


def _element(element: Element) -> str:
    if isinstance(element, Cells):
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in element.cells)
        return f"<table>{rows}</table>"
    if isinstance(element, Marked):
        return f"<p><sup>{escape(element.mark)}</sup>{escape(element.text)}</p>"
    if isinstance(element, Lines):
        return f"<p>{'<br>'.join(map(escape, element.lines))}</p>"
    if isinstance(element, RunIn):
        title = _RUN_IN.match(element.text)
        end = title.end() if title else 0
        return f"<p><b>{escape(element.text[:end])}</b>{escape(element.text[end:])}</p>"
    if isinstance(element, Bold):
        return f"<p><b>{escape(element.text)}</b></p>"
    if isinstance(element, Heading):
        return f"<h{element.level + 1}>{escape(element.text)}</h{element.level + 1}>"
    return f"<p>{escape(element.text)}</p>"


def _cell(cell: Cell) -> str:
    words = escape(cell.printed).replace("\n", "<br>")
    span = cell.last_column - cell.first_column + 1
    wide = f' colspan="{span}"' if span > 1 else ""
    return f"<td{wide}>{f'<b>{words}</b>' if cell.bold else words}</td>"


def _nested(run: list) -> str:
    """Items as lists in lists, each with its label as text and what stands within it."""
    depth = min(one.depth for one in run if isinstance(one, Item))
    parts: list[list] = []
    for one in run:
        if not parts or (isinstance(one, Item) and one.depth <= depth):
            parts.append([one])
        else:
            parts[-1].append(one)
    shown = "".join(_entry(part) for part in parts)
    return f'<ul style="list-style-type: none">{shown}</ul>'


def _entry(part: list) -> str:
    head, *rest = part
    words = escape(f"{head.label} {head.text}".strip() if isinstance(head, Item) else head.text)
    body = f"<b>{words}</b>" if isinstance(head, BoldItem) else words
    first = next((place for place, one in enumerate(rest) if isinstance(one, Item)), len(rest))
    body += "".join(map(_element, rest[:first]))
    body += _nested(rest[first:]) if rest[first:] else ""
    return f"<li>{body}</li>"
