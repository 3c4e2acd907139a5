"""The document as it is kept beside what was read of it: every text that it prints, once, with its
id, standing and place.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_tracker.documents.blocks import Block, Cell, Document, Place, Standing

_EDGES = 4


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A text of the document: a block, or a cell of a table.

    `label` is an item's enumerator, `connector` the AND or OR on a line of its own behind it.
    `fate` is what became of it, as far as somebody has told.
    """

    id: str
    text: str
    standing: Standing = "shown"
    label: str | None = None
    connector: str | None = None
    place: Place | None = None
    fate: str | None = None


def printed_blocks(*documents: Document) -> Iterator[PrintedBlock]:
    """The texts of a file's documents in reading order, then their running lines, then what could
    not be read.
    """
    for document in documents:
        for block in document.blocks:
            yield from _texts(block, markup=document.media == "csv")
    for number, text in enumerate((text for document in documents for text in document.running), 1):
        yield PrintedBlock(f"f{number}", text, "furniture")
    for number, part in enumerate(
        (part for document in documents for part in document.unreadable), 1
    ):
        yield PrintedBlock(f"u{number}", part.text or part.why, part.standing, place=part.place)


def _texts(block: Block, *, markup: bool) -> Iterator[PrintedBlock]:
    if block.table is None:
        yield PrintedBlock(
            block.id,
            block.text,
            "shown",
            block.label,
            block.connector,
            block.places[0] if block.places else None,
        )
        return
    for row in block.table.rows:
        for cell in row.cells:
            yield from _of_cell(cell, markup=markup)


def _of_cell(cell: Cell, *, markup: bool) -> Iterator[PrintedBlock]:
    # a parser, which those who only unpack do without
    from policy_tracker.documents.html.fragments import blocks_in, is_markup

    if markup and is_markup(cell.text):
        for block in blocks_in(cell):
            yield from _texts(block, markup=False)
    elif cell.printed:
        yield PrintedBlock(cell.id, cell.printed, place=cell.place)


def packed(documents: Iterable[Document], fates: Mapping[str, str] | None = None) -> bytes:
    """The texts of a file's documents as compressed JSON; `fates` are by the ids of blocks and
    rows.

    A list of `{id, text, standing, fate, label, connector, place: {page, box}}`, fields without a
    value left out.
    """
    texts = [_plain(_with_fate(block, fates or {})) for block in printed_blocks(*documents)]
    return zlib.compress(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(data: bytes) -> list[dict[str, object]]:
    """What `packed` made a file's texts into."""
    return json.loads(zlib.decompress(data))


def _with_fate(block: PrintedBlock, fates: Mapping[str, str]) -> PrintedBlock:
    """The block with its fate, or that of its row; what is not shown has none of its own."""
    fate = fates.get(block.id) or fates.get(".".join(block.id.split(".")[:2]))
    if block.standing != "shown" and fates:
        fate = "boilerplate" if block.standing == "furniture" else "unaccounted"
    return replace(block, fate=fate) if fate else block


def _plain(block: PrintedBlock) -> dict[str, object]:
    said: dict[str, object] = {"id": block.id, "text": block.text, "standing": block.standing}
    said |= {"fate": block.fate} if block.fate else {}
    said |= {"label": block.label} if block.label else {}
    said |= {"connector": block.connector} if block.connector else {}
    return said | ({"place": _place(block.place)} if block.place else {})


def _place(place: Place) -> dict[str, object]:
    edges = [
        round(float(edge), 1)
        for edge in (place.left, place.top, place.right, place.bottom)
        if edge is not None
    ]
    return {"page": place.page} | ({"box": edges} if len(edges) == _EDGES else {})
