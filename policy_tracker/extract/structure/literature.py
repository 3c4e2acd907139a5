"""Lists of literature that go on behind a sentence of their own paragraph, as in a text whose lines
were all joined.
"""

from __future__ import annotations

import re

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.directives_asides import is_reference
from policy_tracker.extract.roles import decides
from policy_tracker.language.sentences import sentence_spans

_FIRST_ENTRY = re.compile(r"(?<=\s)\[?1[.)\]]\s+(?=[A-Z])")


def without_literature(block: Block) -> Block:
    """The block up to the sentence in which the first entry of such a list begins; whole where what
    follows takes a position, or has not the form of an entry.
    """
    if block.kind != "paragraph" or block.label or "1" not in block.text:
        return block
    for first in _FIRST_ENTRY.finditer(block.text):
        if is_reference(block.part(first.start())) and not decides(block.text[first.start() :]):
            begins = (start for start, _ in sentence_spans(block.text[: first.start()]))
            return block.part(0, max(begins, default=0))
    return block
