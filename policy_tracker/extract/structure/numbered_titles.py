"""Headings that only their numbering shows: "A. Subject", "B. Background", "D. Policy" in the type
of items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.enumerators import value_of
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.structure.headings import is_sentence

_LONGEST_TITLE = 60
_SAME_EDGE = 4.0
_SAME_SIZE = 0.6
_LEAST_TITLES, _LEAST_KNOWN = 3, 2
_UNLABELLED = frozenset({None, "bullet", "mark"})
Series = list[tuple[int, Block]]


def numbered_titles(blocks: Sequence[Block], profile: Profile) -> frozenset[int]:
    """The places of blocks whose numbers go on through the document as those of its parts do.

    Each is a few words in one type on one edge, most have text of their own below them, and at
    least two of them are known to head parts. A list of names has nothing between its items.
    """
    found: set[int] = set()
    for series in _series(blocks):
        known = [profile.kind_of(block.text) for _, block in series]
        heads = sum(kind is not None and kind[1] for kind in known)
        if len(series) >= _LEAST_TITLES and heads >= _LEAST_KNOWN and _has_text(series):
            found.update(place for place, _ in series)
    return frozenset(found)


def _has_text(series: Series) -> bool:
    """Whether other blocks stand below most titles."""
    places = [place for place, _ in series]
    apart = sum(after > place + 1 for place, after in pairwise(places))
    return 2 * apart > len(places) - 1


def _series(blocks: Sequence[Block]) -> Iterator[Series]:
    """The runs of titles whose labels count on from one to the next."""
    running: list[Series] = []
    for place, block in enumerate(blocks):
        if not _may_be_title(block):
            continue
        number = value_of(block.label or "", block.label_kind)
        goes_on = next((run for run in reversed(running) if _counts_on(run, block, number)), None)
        if goes_on is not None:
            goes_on.append((place, block))
        elif number == 1:
            running.append([(place, block)])
    yield from running


def _may_be_title(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.label_kind not in _UNLABELLED
        and block.table is None
        and block.connector is None
        and 0 < len(text) <= _LONGEST_TITLE
        and text[0].isupper()
        and not is_sentence(text)
    )


def _counts_on(run: Series, block: Block, number: int) -> bool:
    last = run[-1][1]
    return (
        last.label_kind == block.label_kind
        and number == value_of(last.label or "", last.label_kind) + 1
        and abs(last.indent - block.indent) <= _SAME_EDGE
        and abs(last.style.size - block.style.size) <= _SAME_SIZE
        and last.style.bold == block.style.bold
    )
