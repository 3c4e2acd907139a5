"""Tables of HTML: which of them are tables and not page layout, and their cells."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from policy_tracker.documents.blocks import Cell, Row, Table
from policy_tracker.documents.html.inline import InlineRuns, Look
from policy_tracker.documents.html.tree import attribute, children, is_skipped, look_of

_WIDEST = 100
_LAYOUT_TAGS = frozenset(("table", "h1", "h2", "main", "article", "form"))
_LINES = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "center",
        "pre",
        "hr",
        "h5",
        "h6",
        "address",
        "tr",
    ]
)


def is_data_table(table: LexborNode) -> bool:
    """Whether a table holds data: at least two columns somewhere, and no further table or part of a
    page in its cells.
    """
    widest = 0
    stack = list(children(table))[::-1]
    while stack:
        node = stack.pop()
        if node.tag in _LAYOUT_TAGS:
            return False
        if node.tag == "tr":
            widest = max(
                widest,
                sum(
                    _span(child, "colspan") for child in children(node) if child.tag in ("td", "th")
                ),
            )
        if node.is_element_node and not is_skipped(node):
            stack.extend(list(children(node))[::-1])
    return widest > 1


def read_table(table: LexborNode) -> Table:
    """The rows of a table. A cell that spans rows stands in the first of them."""
    rows: list[Row] = []
    held: dict[int, int] = {}  # column -> rows for which a cell above still holds it
    widest = 0
    for line in _row_nodes(table):
        cells: list[Cell] = []
        column = 0
        taken = dict(held)
        for node in children(line):
            if node.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > 0 and column < _WIDEST:
                column += 1
            width = min(_span(node, "colspan"), _WIDEST - min(column, _WIDEST - 1))
            cells.append(_cell(node, column, column + width - 1))
            for place in range(column, column + width):
                held[place] = _span(node, "rowspan")
            column += width
        held = {place: rest - 1 for place, rest in held.items() if rest > 1}
        widest = max([widest, *(cell.last_column + 1 for cell in cells)])
        if any(cell.lines for cell in cells):
            rows.append(Row(tuple(cells)))
    return Table(widest, tuple(rows))


def _row_nodes(table: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    for child in children(table):
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend(row for row in children(child) if row.tag == "tr")
    return found


def _span(node: LexborNode, name: str) -> int:
    value = attribute(node, name).strip()
    return (
        min(max(int(value), 1), 1000)
        if value.isascii() and value.isdigit() and len(value) < 6
        else 1
    )


def _cell(node: LexborNode, first: int, last: int) -> Cell:
    words = InlineRuns()
    stack: list[tuple[LexborNode | None, Look, int | None]] = [(node, Look(), None)]
    while stack:
        here, look, raised = stack.pop()
        if raised is not None:
            words.raise_last(raised)
        elif here is None:
            words.end_line()
        elif here.is_text_node:
            words.add(here.text_content or "", look)
        elif here.is_element_node and not is_skipped(here):
            inner = look_of(here, look)
            if here.tag in _LINES:
                words.end_line()
                stack.append((None, look, None))
            elif here.tag == "sup":
                stack.append((None, look, words.here()))
            stack.extend((child, inner, None) for child in list(children(here))[::-1])
    lines = [line for line in words.taken() if line.text]
    bold = bool(lines) and all(line.bold == "all" for line in lines)
    marks = tuple(mark for line in lines for mark in line.marks)
    return Cell(tuple(line.text for line in lines), first, last, marks, bold=bold)
