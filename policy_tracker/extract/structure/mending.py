"""Blocks that print tore apart, put together again: an item's bold title and the sentence behind
it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.traced import glued
from policy_tracker.extract.structure.page_feet import without_feet
from policy_tracker.language.boilerplate import is_navigation

_SAME_COLUMN = 6.0
_TITLE = re.compile(r"[A-Z0-9][^:;]{2,140}\.")
_VERB = re.compile(r"\b(?:is|are|must|may|will|has|have|approve|approved)\b")


def mend(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with titles of items and their sentences joined, without links to other places and
    lines at the foot of a page that stand within a list.

    "1. Some Condition." fills its line in bold, and the sentence goes on in regular type in the
    next one, set to the same column as the title.
    """
    mended: list[Block] = []
    for block in without_feet(blocks):
        if block.table is None and is_navigation(block.text):
            continue
        if mended and _belongs(mended[-1], block):
            above = mended[-1]
            mended[-1] = replace(
                above.saying(glued([("", above.traced()), (" ", block.traced())])),
                style=replace(above.style, bold="start"),
                connector=block.connector,
                places=(
                    *above.places,
                    *(
                        place
                        for place in block.places
                        if place.page not in {other.page for other in above.places}
                    ),
                ),
            )
        else:
            mended.append(block)
    return mended


def _belongs(title: Block, sentence: Block) -> bool:
    if (
        title.label is None
        or title.style.bold != "all"
        or title.connector
        or not _TITLE.fullmatch(title.text)
        or _VERB.search(title.text)
    ):
        return False
    return (
        sentence.kind == "paragraph"
        and sentence.style.bold == "none"
        and abs(sentence.indent - title.text_indent) < _SAME_COLUMN
    )
