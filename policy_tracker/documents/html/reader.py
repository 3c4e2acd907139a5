"""HTML to blocks: headings, paragraphs, list items with level and label, tables.

The tree is walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policy_tracker.documents.blocks import (
    Block,
    Bold,
    Document,
    LabelKind,
    Line,
    Place,
    Row,
    Style,
    Unreadable,
    with_ids,
)
from policy_tracker.documents.html.breaks import grouped
from policy_tracker.documents.html.inline import InlineRuns, Look, WordLine
from policy_tracker.documents.html.standing import set_aside
from policy_tracker.documents.html.tables import is_data_table, read_table
from policy_tracker.documents.html.tree import attribute, children, is_skipped, look_of, parsed
from policy_tracker.documents.labels import NOTE, connector_of, label_kind
from policy_tracker.documents.levels import STEP, Levels, split_label
from policy_tracker.documents.roman import roman
from policy_tracker.documents.traced import BlockSpan, Piece, Traced, glued

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div ul ol li dl dt dd table thead tbody tfoot tr td th caption section article "
        "main header footer aside blockquote center pre hr"
        " address form fieldset figure figcaption details summary body html h1 h2 h3 h4 h5 h6 legend",  # noqa: E501
    )
)
_LONGEST_HEADING = 110
_NO_TITLE = re.compile(r"\(|n/?a$|none$|not applicable$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|must|may|will|shall|should|has|have|can|do|does|if|when)\b",
    re.IGNORECASE,
)
_COUNTERS: dict[str, LabelKind] = {
    "1": "number",
    "a": "lower",
    "A": "upper",
    "i": "roman",
    "I": "upper_roman",
}
_LIST_STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_HEAD_LINES = 60
_EDGES = "footer, [role=contentinfo], [role=banner]"
_LONGEST_EDGE, _MOST_EDGES = 300, 30
_SELF = (
    ("canonical", 'link[rel="canonical"]', "href"),
    ("canonical", 'meta[property="og:url"]', "content"),
    ("site", 'meta[property="og:site_name"]', "content"),
)


@dataclass(slots=True)
class _List:
    """An open list: how it counts ("" for bullets, "none" for nothing), and what comes next."""

    counts: str
    next: int = 1


@dataclass(slots=True)
class _Item:
    """An open list item: its label until the first words take it, and its level from 1."""

    label: str | None
    level: int
    used: bool = False


@dataclass(slots=True)
class _BlockBuilder:
    """Gathers words and makes blocks of them at every boundary."""

    blocks: list[Block] = field(default_factory=list)
    words: InlineRuns = field(default_factory=InlineRuns)
    lists: list[_List] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    levels: Levels = field(default_factory=Levels)
    heading: int | None = None

    def flush(self) -> None:
        """Ends the block that is being gathered."""
        for group in grouped(self.words.taken(), whole=self.heading is not None):
            self.emit(group)

    def emit(self, lines: list[WordLine]) -> None:
        text = " ".join(line.text for line in lines)
        style = _style(lines)
        marks = tuple(mark for line in lines for mark in line.marks)
        connector = connector_of(text) if self.blocks and self.heading is None else None
        if lines[0].leading:
            self.blocks.append(
                Block("item", text, lines[0].leading, "mark", style=style, marks=marks)
            )
        elif connector:
            self.blocks[-1] = replace(self.blocks[-1], connector=connector)
        elif self.heading is not None or (not self.items and is_heading(text, style)):
            self.levels.clear()
            label, rest = split_label(text)
            kind = label_kind(label) if label else None
            self.blocks.append(
                Block(
                    "heading",
                    rest,
                    label,
                    kind,
                    style=style,
                    marks=marks,
                    heading_level=self.heading,
                )
            )
        else:
            self.emit_body(text, style, marks)
        if len(lines) > 1 and not connector:
            self.blocks[-1] = self.blocks[-1].of_lines(_traced(lines))

    def emit_body(self, text: str, style: Style, marks: tuple[str, ...]) -> None:
        item = self.items[-1] if self.items else None
        depth = (item.level + (1 if item.used else 0)) * STEP if item else 0.0
        label: str | None = None
        if item and not item.used:
            item.used = True
            printed, rest = split_label(text)
            label, text = (
                (printed, rest) if printed and item.label in (None, "•") else (item.label, text)
            )
            kind = label_kind(label) if label else None
            self.blocks.append(
                Block("item", text, label, kind, depth, depth + STEP, style, marks=marks)
            )
            return
        if NOTE.match(text):
            self.blocks.append(
                Block("note", text, indent=depth, text_indent=depth, style=style, marks=marks)
            )
            return
        label, rest = split_label(text)
        if label is None:
            self.blocks.append(
                Block("paragraph", text, indent=depth, text_indent=depth, style=style, marks=marks)
            )
            return
        level, kind = self.levels.place(label)
        indent = depth + (level + 1) * STEP
        self.blocks.append(
            Block("item", rest, label, kind, indent, indent + STEP, style, marks=marks)
        )

    def open_item(self, node: LexborNode) -> None:
        here = self.lists[-1] if self.lists else _List("")
        value = attribute(node, "value").strip()
        if value.isascii() and value.isdigit() and len(value) < 6:
            here.next = int(value)
        self.items.append(_Item(_label(here.counts, here.next), max(1, len(self.lists))))
        here.next += 1


def is_heading(text: str, style: Style) -> bool:
    """Whether a block that stands alone is a heading by its looks: bold, short, and no sentence."""
    if (
        style.bold != "all"
        or len(text) > _LONGEST_HEADING
        or text[-1:] in ".;,"
        or _NO_TITLE.match(text)
    ):
        return False
    return (
        not _VERB.search(text)
        and not re.match(r"(?:and|or)\b", text, re.IGNORECASE)
        and not NOTE.match(text)
        and text.count(" ") < 16
    )


def _traced(lines: list[WordLine]) -> Traced:
    """Lines as one text, of which each stays a piece."""
    return glued(
        (" " if number else "", Traced(line.text, (Piece(0, "", 0, len(line.text)),)))
        for number, line in enumerate(lines)
    )


def _style(lines: list[WordLine]) -> Style:
    bold: Bold = "none"
    if all(line.bold == "all" for line in lines):
        bold = "all"
    elif lines[0].bold != "none":
        bold = "start"
    return Style(
        bold=bold,
        italic=all(line.italic for line in lines),
        underlined=all(line.underlined for line in lines),
    )


def _label(counts: str, number: int) -> str | None:
    """The label that a list prints before its `number`-th item."""
    if counts == "none":
        return None
    kind = _COUNTERS.get(counts)
    if kind is None:
        return "•"
    if kind == "number" or number < 1:
        return f"{number}."
    text = roman(number) if kind in ("roman", "upper_roman") else _letters(number)
    return f"{text.upper() if kind in ('upper', 'upper_roman') else text}."


def _letters(number: int) -> str:
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _list_of(node: LexborNode) -> _List:
    style = _LIST_STYLE.search(attribute(node, "style"))
    named = style[1].lower() if style else ""
    if named == "none":
        return _List("none")
    if node.tag == "ul":
        return _List(_LIST_STYLES.get(named, ""))
    start = attribute(node, "start").strip()
    counts = _LIST_STYLES.get(named) or attribute(node, "type").strip() or "1"
    return _List(
        counts, int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    )


def blocks_of(root: LexborNode) -> tuple[Block, ...]:
    """The blocks below a node, in order."""
    builder = _BlockBuilder()
    stack: list[tuple[LexborNode, Look, int | None]] = [(root, Look(), None)]
    while stack:
        node, look, closing = stack.pop()
        if closing is not None:
            _close(builder, node, closing)
        elif node.is_text_node:
            builder.words.add(node.text_content or "", look)
        elif node.is_element_node and not is_skipped(node):
            begun = _open(builder, node)
            if begun is not None:
                inner = look_of(node, look)
                stack.append((node, look, begun))
                stack.extend((child, inner, None) for child in list(children(node))[::-1])
    builder.flush()
    return tuple(builder.blocks)


def _open(builder: _BlockBuilder, node: LexborNode) -> int | None:
    """What an element's beginning does; a number to remember until its end, None where nothing
    below it is walked.
    """
    tag = node.tag or ""
    if tag == "br":
        builder.words.end_line()
        return None
    if tag == "sup":
        return builder.words.here()
    if tag not in _BLOCKS:
        return 0
    builder.flush()
    if tag in _HEADINGS:
        builder.heading = _HEADINGS[tag]
    elif tag in ("ul", "ol"):
        builder.lists.append(_list_of(node))
    elif tag == "li":
        builder.open_item(node)
    elif tag == "table" and is_data_table(node):
        table = read_table(node)
        if table.rows:
            text = "\n".join(" | ".join(cell.text for cell in row.cells) for row in table.rows)
            builder.blocks.append(Block("table", text, table=table))
        return None
    return 0


def _close(builder: _BlockBuilder, node: LexborNode, begun: int) -> None:
    tag = node.tag or ""
    if tag == "sup":
        builder.words.raise_last(begun)
    elif tag in _BLOCKS:
        builder.flush()
        if tag in _HEADINGS:
            builder.heading = None
        elif tag in ("ul", "ol"):
            builder.lists.pop()
        elif tag == "li":
            builder.items.pop()


def read_fragment(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML. Raises TooLargeDocumentError."""
    tree = parsed(text)
    set_aside(tree)
    body = tree.body
    return blocks_of(body) if body is not None else ()


def aside_in_fragment(text: str) -> tuple[Unreadable, ...]:
    """What a piece of HTML strikes out, hides, or has as an equation that is no text."""
    return set_aside(parsed(text))


def read_html(text: str, file: str = "") -> Document:
    """A page of HTML as a document. Raises TooLargeDocumentError."""
    tree = parsed(text, file)
    aside = set_aside(tree)
    body = tree.body
    blocks = tuple(with_ids(blocks_of(body))) if body is not None else ()
    title = tree.css_first("title")
    named = " ".join((title.text(deep=True) or "").split()) if title else ""
    return Document(
        "html",
        1,
        blocks,
        header_of(blocks),
        running=_running(tree),
        unreadable=aside,
        title=named or None,
        metadata=_published_as(tree),
    )


def _running(tree: LexborHTMLParser) -> tuple[str, ...]:
    """What stands at the head and foot of a page, beside its content."""
    found: dict[str, None] = {}
    for node in tree.css(_EDGES):
        for child in children(node):
            for block in blocks_of(child) if child.is_element_node else ():
                if block.table is None and len(block.text) <= _LONGEST_EDGE:
                    found[block.text] = None
    return tuple(found)[:_MOST_EDGES]


def _published_as(tree: LexborHTMLParser) -> dict[str, str]:
    """What a page says of itself in its head: its own address (`canonical`) and the name of its
    site (`site`).
    """
    found = {}
    for name, selector, place in _SELF:
        node = tree.css_first(selector)
        if node is not None and (value := (node.attributes.get(place) or "").strip()):
            found.setdefault(name, value[:2000])
    return found


def _spans(row: Row) -> Iterator[BlockSpan]:
    yield from ((cell.id, 0, len(cell.printed)) for cell in row.cells if cell.id and cell.printed)


def header_of(blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    """The first lines of a source without pages, where identity and dates are printed."""
    lines: list[Line] = []
    for block in blocks:
        if block.table:
            texts = [
                (text, tuple(_spans(row)))
                for text, row in zip(block.text.split("\n"), block.table.rows, strict=False)
            ]
        else:
            texts = [
                (
                    f"{block.label} {block.text}" if block.label else block.text,
                    block.traced().spans(),
                )
            ]
        lines.extend(Line(text, Place(1), block.style, spans) for text, spans in texts)
        if len(lines) >= _HEAD_LINES:
            break
    return tuple(lines[:_HEAD_LINES])
