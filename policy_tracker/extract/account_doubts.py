"""What the document's own sentences make doubtful in a record.

Positions that a second grammar reads the other way, and statements that are torn out of their
sentence or hold a line of the page.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.directives_polarity import side_of
from policy_tracker.extract.quality import POLARITY, TORN
from policy_tracker.language.formatting import beginning
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.record import Record
    from policy_tracker.record.vocabulary import Position

_NO_BEGINNING = re.compile(r"[®™℠)\],;:%]\s?\W*\w")
"""Marks that stand behind words and begin none."""
_RUNNING = re.compile(r"\bpage\s*:?\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}\b", re.IGNORECASE)
_LONGEST_RUNNING = 120
"""Characters of the longest running line; a statement that is one loses nothing."""
_ENDED = re.compile(r"(?:[.:;!?)]|\b(?:and|or))\W*$", re.IGNORECASE)


def doubts_in(record: Record, blocks: Sequence[Block]) -> Iterator[str]:
    """A warning for each kind of doubt, with how many there are and the first of them."""
    turned = list(_turned(record))
    if turned:
        yield f"{POLARITY}: {len(turned)} ({_quoted(turned[0])})"
    torn = list(_torn(record, blocks))
    if torn:
        yield f"{TORN}: {len(torn)} of {len(record.statements)} ({_quoted(torn[0])})"


def _turned(record: Record) -> Iterator[str]:
    """The sentences and headings whose position a second grammar reads the other way."""
    said: list[tuple[str, Position | None]] = [
        (one.text, one.position) for one in record.statements if one.payer_term
    ]
    said += [(group.heading.split(" > ")[-1], group.disposition) for group in record.code_groups]
    for text, position in said:
        side = side_of(text)
        if (side == "approves" and position in DENYING) or (
            side == "denies" and position in APPROVING
        ):
            yield text


def _torn(record: Record, blocks: Sequence[Block]) -> Iterator[str]:
    """The statements that begin within a sentence, or hold a line that runs along the pages."""
    before = {
        below.id: above
        for above, below in pairwise(
            block for block in blocks if block.table is None and block.text.strip()
        )
    }
    shown = {block.id: block for block in blocks}
    yield from (one.heading for one in record.sections if _NO_BEGINNING.match(one.heading))
    for statement in record.statements:
        spans = statement.source.spans if statement.source else ()
        block = shown.get(spans[0][0]) if spans else None
        across = len(statement.text) > _LONGEST_RUNNING and _RUNNING.search(statement.text)
        if (
            across
            or _NO_BEGINNING.match(statement.text)
            or (
                block is not None
                and spans[0][1] == 0
                and block.label is None
                and statement.text[:1].islower()
                and block.id in before
                and not _ENDED.search(before[block.id].text)
            )
        ):
            yield statement.text


def _quoted(text: str) -> str:
    return f"“{beginning(text)}”"
