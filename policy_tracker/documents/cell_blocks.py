"""The lines of a table's cell as blocks: bullets, numbered items and footnotes, as in running
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Cell, LabelKind
from policy_tracker.documents.labels import LABEL, NOTE, connector_of, label_kind, printed
from policy_tracker.documents.traced import Traced, glued

_STEP = 18.0
_MARK = re.compile(r"[*†‡^#@%+§]{1,2}\s?(?=[A-Z(])")
_FUSED = re.compile(
    r"(?<=[.;])\s+(?=[*†‡^#@%+§]{1,2}\s?(?:For|In|If|May|Initiation|Applies|Limit|Approve|The)\b)"
)
_GLUED = re.compile(
    r"(?<=[A-Za-z0-9)])[@^#+*†‡§]+(?:[@^%#+*†‡§]+)?(?=\s|$|[.;,])|(?<=[A-Za-z)])%[@^%#+*†‡§]*(?=\s|$|[.;,])"
)


def cell_blocks(cell: Cell, page: int | None) -> list[Block]:
    """The blocks of a cell; their depth follows from the order in which kinds of labels come up."""
    blocks: list[Block] = []
    levels: list[tuple[LabelKind, str]] = []
    for line in _split_lines(cell):
        connector = connector_of(line.text)
        if connector and blocks:
            blocks[-1] = replace(blocks[-1], connector=connector)
        elif (labelled := LABEL.match(line.text)) and labelled[0].strip():
            blocks.append(_item(labelled[0].strip(), line.cut(labelled.end()).stripped(), levels))
        elif not blocks or _begins(line.text, blocks[-1].text):
            blocks.append(
                Block(
                    "note" if NOTE.match(line.text) else "paragraph", line.text, pieces=line.pieces
                )
            )
        else:
            blocks[-1] = blocks[-1].saying(_joined(blocks[-1].traced(), line))
    place = (cell.place,) if cell.place else ()
    return [_without_marks(replace(block, places=place)) for block in blocks if block.text]


def _split_lines(cell: Cell) -> list[Traced]:
    return [
        piece
        for line in cell.traced_lines()
        for cut in _cuts(line)
        if (piece := cut.stripped()).text
    ]


def _cuts(line: Traced) -> Iterator[Traced]:
    """A line, cut where footnotes were run together with what stands before them."""
    begin = 0
    for match in _FUSED.finditer(line.text):
        yield line.cut(begin, match.start())
        begin = match.end()
    yield line.cut(begin)


def _item(label: str, words: Traced, levels: list[tuple[LabelKind, str]]) -> Block:
    kind = label_kind(label)
    level = (kind, label[0] if kind == "bullet" else re.sub(r"\w", "", label))
    if level in levels:
        del levels[levels.index(level) + 1 :]
    else:
        levels.append(level)
    indent = levels.index(level) * _STEP
    return Block(
        "item", words.text, printed(label), kind, indent, indent + _STEP, pieces=words.pieces
    )


def _begins(line: str, before: str) -> bool:
    """Whether a line without a label begins a paragraph of its own."""
    return bool(
        NOTE.match(line)
        or _MARK.match(line)
        or (before.endswith((".", ":", ";")) and line[:1].isupper())
    )


def _joined(before: Traced, line: Traced) -> Traced:
    glue = "" if re.search(r"\S-$", before.text) else " "
    return glued([("", before), (glue, line)]).stripped()


def _without_marks(block: Block) -> Block:
    """Footnote marks that hang on words are taken off; one that begins a footnote stays."""
    marks = list(_GLUED.finditer(block.text))
    if not marks:
        return block
    words, begin = block.traced(), 0
    parts: list[tuple[str, Traced]] = []
    for mark in marks:
        parts.append(("", words.cut(begin, mark.start())))
        begin = mark.end()
    kept = glued([*parts, ("", words.cut(begin))])
    return replace(block.saying(kept), marks=(*block.marks, *(mark[0] for mark in marks)))
