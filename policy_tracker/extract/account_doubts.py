"""What the document's own sentences make doubtful in a record.

Positions that a second grammar reads the other way, and statements that are torn out of their
sentence or hold a line of the page.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.directives_polarity import could_deny, side_of
from policy_tracker.extract.quality import POLARITY, TORN
from policy_tracker.language.formatting import beginning
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.extract.directives_polarity import Side
    from policy_tracker.record import Record, Statement
    from policy_tracker.record.vocabulary import Position

_NO_BEGINNING = re.compile(r"[®™℠)\],;:%]\s?\W*\w")
"""Marks that stand behind words and begin none."""
_RUNNING = re.compile(r"\bpage\s*:?\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}\b", re.IGNORECASE)
_LONGEST_RUNNING = 120
"""Characters of the longest running line; a statement that is one loses nothing."""
_ANSWERED = re.compile(r": (?:yes|no|y|n)$", re.IGNORECASE)
_LEAST_SENTENCE = 8
"""Words of the shortest heading that is a sentence with a meaning of its own."""
_LEAST_DENIED = 2
"""A single word may be the title of a column; what it says is nothing by itself."""
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
    """The sentences, headings and items whose position a second grammar reads the other way."""
    yield from (
        one.text
        for one in record.statements
        if one.payer_term and _contradicts(one.position, side_of(one.text))
    )
    for group in record.code_groups:
        if _contradicts(group.disposition, _side_of_heading(group.heading)):
            yield group.heading.split(" > ")[-1]
    yield from _turned_items(record)


def _side_of_heading(path: str) -> Side | None:
    """What the nearest heading of a list says; above a sentence nothing counts any more."""
    for part in reversed(path.split(" > ")):
        if _ANSWERED.search(part):
            return None  # what a column asks is answered beside it, whatever stands above
        if (side := side_of(part)) or len(part.split()) >= _LEAST_SENTENCE:
            return side
    return None


def _turned_items(record: Record) -> Iterator[str]:
    """The statements that the words which govern them contradict, and the denials for which
    neither their own words nor those have a word.
    """
    by_key = {one.key: one for one in record.statements}
    headings = {one.key: one.heading for one in record.sections}
    for statement in record.statements:
        above = list(_above(statement, by_key))
        heading = headings.get(statement.section, "")
        words = len(statement.text.split())
        denied = statement.position in DENYING and words >= _LEAST_DENIED
        if denied and not could_deny(statement.text, *above, heading):
            yield statement.text
        elif statement.payer_term is None and side_of(statement.text) is None:
            said = next((side for text in above if (side := side_of(text))), None)
            if _contradicts(statement.position, said):
                yield statement.text


def _above(statement: Statement, by_key: Mapping[str, Statement]) -> Iterator[str]:
    """The texts of the statements that govern one, the nearest first."""
    while statement.parent and (parent := by_key.get(statement.parent)):
        statement = parent
        yield statement.text


def _contradicts(position: Position | None, side: Side | None) -> bool:
    return (side == "approves" and position in DENYING) or (
        side == "denies" and position in APPROVING
    )


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
