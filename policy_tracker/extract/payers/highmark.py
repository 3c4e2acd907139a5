"""The grid of check boxes in Highmark's policies: the markets and states for which one holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.payers.labelled import read_body, read_head
from policy_tracker.extract.payers.payer_data import FormatData
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.statements import AppliesTo

_STATES = ("PA", "WV", "DE", "NY")
_MARKED = re.compile(r"(?P<word>\w+) (?P<box>[☑☐])")
_HEAD_BLOCKS = 40


def _markets(document: Document) -> AppliesTo:
    """States and lines of business from the grid of check boxes, as far as the boxes could be read.

    A market's label is followed by its states, each with its box. A line of business of which no
    state is checked is not named.
    """
    checked: dict[str, list[str]] = {}
    line = None
    for text, box in _boxes(document.blocks[:_HEAD_BLOCKS]):
        if box is None:
            line = _line_of_business(text)
        elif box and line and text in _STATES:
            checked.setdefault(line, []).append(text)
    states = list(dict.fromkeys(state for found in checked.values() for state in found))
    return AppliesTo.model_validate(
        {"lines_of_business": [*checked], "states": {"include": states}}
    )


def _line_of_business(text: str) -> str | None:
    label = text.lower()
    if not re.search(r"\bmarkets?\b|line of business", label):
        return None
    return "medicare_advantage" if "medicare" in label else "commercial"


def _boxes(blocks: Sequence[Block]) -> Iterator[tuple[str, bool | None]]:
    """Labels of the grid with the state of the box beside each, None for a label that has no box;
    from lines and from tables.
    """
    for block in blocks:
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else []
        for text, checked in [(cell.text, cell.checked) for cell in cells] or [(block.text, None)]:
            marked = [*_MARKED.finditer(text)] if checked is None else []
            rest = _MARKED.sub("", text).strip() if marked else text.strip()
            if rest:
                yield rest, checked
            for found in marked:
                yield found["word"], found["box"] == "☑"


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a document, with the markets whose boxes are checked."""
    head = replace(read_head(document, payer, data), applies_to=_markets(document))
    return [read_body(document, head, data)]
