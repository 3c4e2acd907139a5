"""Headings that only their numbering shows: "A. Subject", "B. Background", "D. Policy" in the type
of items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_tracker.documents.blocks import Block, LabelKind
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
    for series in (*_series(blocks), *_with_gaps(blocks)):
        known = [profile.kind_of(block.text) for _, block in series]
        heads = sum(kind is not None and kind[1] for kind in known)
        if len(series) >= _LEAST_TITLES and heads >= _LEAST_KNOWN and _has_text(series):
            found.update(place for place, _ in series)
    return frozenset(found)


def _with_gaps(blocks: Sequence[Block]) -> Iterator[Series]:
    """Titles of which each has a number of its own, whichever are missing between: each stands by
    itself, neither behind nor before an item with such a label.
    """
    alike: dict[tuple[LabelKind | None, str, int, float], Series] = defaultdict(list)
    for place, block in enumerate(blocks):
        beside = (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])
        if not _may_be_title(block) or any(one.label_kind == block.label_kind for one in beside):
            continue
        look = (block.label_kind, _shape(block), round(block.indent), block.style.size)
        alike[look].append((place, block))
    for series in alike.values():
        numbers = {value_of(block.label or "", block.label_kind) for _, block in series}
        if len(numbers) == len(series) and None not in numbers:
            yield series


def _shape(block: Block) -> str:
    """What stands round the number of a label: ".", "()"."""
    return "".join(sign for sign in block.label or "" if not sign.isalnum())


def _has_text(series: Series) -> bool:
    """Whether other blocks stand below most titles."""
    places = [place for place, _ in series]
    apart = sum(after > place + 1 for place, after in pairwise(places))
    return 2 * apart > len(places) - 1


def _series(blocks: Sequence[Block]) -> Iterator[Series]:
    """The runs of titles whose labels count on from one to the next.

    Runs wait under the number that would go on with them: a list of thousands of items may begin
    at one again and again.
    """
    running: list[Series] = []
    waiting: dict[tuple[LabelKind | None, int], list[Series]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if not _may_be_title(block):
            continue
        number = value_of(block.label or "", block.label_kind)
        able = waiting[block.label_kind, number]
        run = next((one for one in reversed(able) if _is_alike(one[-1][1], block)), None)
        if run is not None:
            able.remove(run)
        elif number == 1:
            running.append(run := [])
        else:
            continue
        run.append((place, block))
        waiting[block.label_kind, number + 1].append(run)
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


def _is_alike(last: Block, block: Block) -> bool:
    """Whether two titles are set in one type on one edge."""
    return (
        abs(last.indent - block.indent) <= _SAME_EDGE
        and abs(last.style.size - block.style.size) <= _SAME_SIZE
        and last.style.bold == block.style.bold
    )
