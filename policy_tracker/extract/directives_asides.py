"""What directs nothing by its form: lines of a table of contents, references, rows of a history.

Told by typography and numbers alone: a list of authors, a journal's volume and pages, a date at the
beginning, dots that lead to a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_tracker.documents.blocks import Block
from policy_tracker.language.remembered import remembered

_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$|…\s*\d+\s*$|\t\s*\d+\s*$")
_AUTHORS = re.compile(
    r"^(?:\[?\d{1,3}[.)\]]?\s*)?[A-Z][\w'’-]+,?\s(?:[A-Z]\.?\s?-?){1,3}[,.;]|\bet al\b"
)
_JOURNAL = re.compile(
    r"\b(?:19|20)\d\d(?:\s[A-Z][a-z]{2}(?:[-–][A-Z][a-z]{2})?)?(?:\s\d{1,2})?\s?;\s?\d*|\b\d{1,4}\s?\(\d{1,3}(?:\s?(?:Pt|Suppl)\s?\w+)?\)\s?:\s?[Ee]?\d+"
    r"|\bdoi\b|\bPMID\b|\bISSN\b|\bISBN\b|\bAccessed\b|\bhttps?://|\bwww\."
)
_MAY_REFER = re.compile(r"(?:19|20)\d\d|\d\s?\(|doi|PMID|ISSN|ISBN|Accessed|http|www\.")
"""What stands in every text with a journal or a year: two of three signs have one of these."""
_YEAR_END = re.compile(r"\b(?:19|20)\d\d\b[^.]{0,40}\.?\s*$")
_DATED = re.compile(
    r"[\W_]*(?:(?:effective|revised|issued|updated?)[\s:]*)?(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d\d)\b|\d{1,2}\s?/\s?(?:19|20)?\d\d\b|(?:19|20)\d\d-\d\d\b"
    r"|[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2},\s*)?(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"©\s*(?:copyright\s*)?(?:19|20)\d\d", re.IGNORECASE)
_MOST_BETWEEN = 3
"""Blocks between two entries of a list of literature that are parts of entries."""


def is_contents(block: Block) -> bool:
    """Whether a block is a line of a table of contents."""
    text = block.text.rstrip()
    return text[-1:].isdecimal() and _CONTENTS.search(text) is not None


def is_imprint(block: Block) -> bool:
    """Whether a block says whose the rights are."""
    return _IMPRINT.search(block.text) is not None


def is_reference(block: Block) -> bool:
    """Whether a block has the form of an entry in a list of literature."""
    return block.table is None and _refers(block.text)


@remembered
def _refers(text: str) -> bool:
    if not _MAY_REFER.search(text):
        return False
    return (
        bool(_AUTHORS.search(text)) + bool(_JOURNAL.search(text)) + bool(_YEAR_END.search(text))
        >= 2
    )


def is_dated(text: str) -> bool:
    """Whether a text begins with a date, as the rows of a history do."""
    return _DATED.match(text) is not None


def asides_of(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether its form says that it directs nothing.

    What stands between two entries of a list of literature is a part of it.
    """
    marks = [is_reference(block) for block in blocks]
    aside = [
        mark or is_contents(block) or is_imprint(block)
        for mark, block in zip(marks, blocks, strict=True)
    ]
    dated = [block.table is None and is_dated(block.text) for block in blocks]
    for place in range(len(blocks)):
        near = dated[max(place - 2, 0) : place + 3]
        aside[place] = aside[place] or (dated[place] and sum(near) > 1)
    last: int | None = None
    for place, block in enumerate(blocks):
        if marks[place]:
            if last is not None and place - last <= _MOST_BETWEEN:
                aside[last:place] = [True] * (place - last)
            last = place
        elif block.kind == "heading":
            last = None
    return aside
