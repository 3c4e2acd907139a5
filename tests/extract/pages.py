"""Invented documents for the engine, written as indented text and turned into blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from policy_tracker.documents.blocks import Block, Bold, Cell, Document, Place, Row, Style, Table
from policy_tracker.documents.labels import LABEL, NOTE, connector_of, label_kind

_STEP = 4.5
_LOOKS: dict[str, Style] = {
    "!!": Style(size=14, bold="all", banner=True),
    "#": Style(size=14, bold="all"),
    "##": Style(size=11, bold="all"),
    "__": Style(size=10, underlined=True),
    "**": Style(size=10, bold="all"),
    "*>": Style(size=10, bold="start"),
}


def blocks_of(text: str) -> list[Block]:
    """A block per line; four blanks of indentation are 18 points.

    A line may begin with `!!` (light on a coloured bar), `#` (14 points bold), `##` (11 points
    bold), `__` (underlined), `**` (bold) or `*>` (bold at the start). AND or OR alone on a line is
    the connector of the block before. `| a | b` lines make a table.
    """
    blocks: list[Block] = []
    rows: list[Row] = []
    for line in [*text.splitlines(), ""]:
        body = line.strip()
        if body.startswith("|"):
            rows.append(_row(body))
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        if not body:
            continue
        word = connector_of(body)
        if word:
            blocks[-1] = replace(blocks[-1], connector=word)
        else:
            blocks.append(_block(line, body))
    return blocks


def document_of(text: str, media: Literal["pdf", "html", "docx", "text"] = "pdf") -> Document:
    """A document of such blocks."""
    return Document(media, 1, tuple(blocks_of(text)))


def _block(line: str, body: str) -> Block:
    indent = 72 + (len(line) - len(line.lstrip())) * _STEP
    first, _, rest = body.partition(" ")
    style = _LOOKS.get(first, Style(size=10))
    body = rest.strip() if first in _LOOKS else body
    labelled = LABEL.match(body)
    place = (Place(1, indent, 100, 540, 112),)
    if labelled and labelled[0].strip():
        label = labelled[0].strip()
        return Block(
            "item",
            body[labelled.end() :],
            label,
            label_kind(label),
            indent,
            indent + 18,
            style,
            places=place,
        )
    return Block(
        "note" if NOTE.match(body) else "paragraph",
        body,
        indent=indent,
        text_indent=indent,
        style=style,
        places=place,
    )


def _row(body: str) -> Row:
    texts = [text.strip() for text in body.strip("|").split("|")]
    if len(texts) == 1:
        return Row((Cell((texts[0],), 0, 99),), 1)
    return Row(
        tuple(
            Cell(tuple(text.split(" / ")) if text else (), column, column)
            for column, text in enumerate(texts)
        ),
        1,
    )


def _table(rows: list[Row]) -> Block:
    columns = max(len(row.cells) for row in rows)
    fitted = [
        Row((replace(row.cells[0], last_column=columns - 1),), 1) if len(row.cells) == 1 else row
        for row in rows
    ]
    words = "\n".join(" ".join(cell.text for cell in row.cells) for row in fitted)
    return Block("table", words, places=(Place(1),), table=Table(columns, tuple(fitted)))


def bold(value: Bold) -> Style:
    """A style that differs in weight only."""
    return Style(size=10, bold=value)
