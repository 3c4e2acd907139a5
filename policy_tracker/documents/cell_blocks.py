"""The lines of a table's cell as blocks: bullets, numbered items and footnotes, as in running text."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Cell, LabelKind
from policy_tracker.documents.labels import LABEL, NOTE, connector_of, label_kind, printed

_STEP = 18.0
_MARK = re.compile(r"[*†‡^#@%+§]{1,2}\s?(?=[A-Z(])")
_FUSED = re.compile(r"(?<=[.;])\s+(?=[*†‡^#@%+§]{1,2}\s?(?:For|In|If|May|Initiation|Applies|Limit|Approve|The)\b)")
_GLUED = re.compile(r"(?<=[A-Za-z0-9)])[@^#+*†‡§]+(?:[@^%#+*†‡§]+)?(?=\s|$|[.;,])|(?<=[A-Za-z)])%[@^%#+*†‡§]*(?=\s|$|[.;,])")


def cell_blocks(cell: Cell, page: int | None) -> list[Block]:
    """The blocks of a cell; their depth follows from the order in which kinds of labels come up."""
    blocks: list[Block] = []
    levels: list[tuple[LabelKind, str]] = []
    for line in _split_lines(cell):
        connector = connector_of(line)
        if connector and blocks:
            blocks[-1] = replace(blocks[-1], connector=connector)
        elif (labelled := LABEL.match(line)) and labelled[0].strip():
            blocks.append(_item(labelled[0].strip(), line[labelled.end() :].strip(), levels))
        elif not blocks or _begins(line, blocks[-1].text):
            kind = "note" if NOTE.match(line) else "paragraph"
            blocks.append(Block(kind=kind, text=line))
        else:
            blocks[-1] = replace(blocks[-1], text=_joined(blocks[-1].text, line))
    place = (cell.place,) if cell.place else ()
    return [_without_marks(replace(block, places=place)) for block in blocks if block.text]


def _split_lines(cell: Cell) -> list[str]:
    return [piece.strip() for line in cell.lines for piece in _FUSED.split(line) if piece.strip()]


def _item(label: str, text: str, levels: list[tuple[LabelKind, str]]) -> Block:
    kind = label_kind(label)
    level = (kind, label[0] if kind == "bullet" else re.sub(r"\w", "", label))
    if level in levels:
        del levels[levels.index(level) + 1 :]
    else:
        levels.append(level)
    indent = levels.index(level) * _STEP
    return Block(kind="item", text=text, label=printed(label), label_kind=kind, indent=indent, text_indent=indent + _STEP)


def _begins(line: str, before: str) -> bool:
    """Whether a line without a label begins a paragraph of its own."""
    return bool(NOTE.match(line) or _MARK.match(line) or (before.endswith((".", ":", ";")) and line[:1].isupper()))


def _joined(before: str, line: str) -> str:
    return f"{before}{line}" if re.search(r"\S-$", before) else f"{before} {line}".strip()


def _without_marks(block: Block) -> Block:
    """Footnote marks that hang on words are taken off; one that begins a footnote stays."""
    marks = tuple(_GLUED.findall(block.text))
    return replace(block, text=_GLUED.sub("", block.text), marks=(*block.marks, *marks)) if marks else block
