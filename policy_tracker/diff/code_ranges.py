"""Ranges of one list that the other version prints with other ends, or code by code: what of a
range really came or went.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from policy_tracker.record import CodeRange, CodeRef

Row = CodeRef | CodeRange
Ends = tuple[str, str]
"""The first and the last code of a part of a range; the same twice where it is one code."""
Key = TypeVar("Key")
_COUNTED = re.compile(r"(.*?)([0-9]+)")


def spans_by_list(
    rows: Mapping[Key, Mapping[str, Row]],
) -> dict[str, list[tuple[Key, CodeRange]]]:
    """The rows that are ranges, by their list."""
    found: dict[str, list[tuple[Key, CodeRange]]] = defaultdict(list)
    for key, lists in rows.items():
        for name, row in lists.items():
            if isinstance(row, CodeRange):
                found[name].append((key, row))
    return found


def left_of(span: CodeRange, others: Iterable[Row]) -> list[Ends] | None:
    """What of a range stands before the first and behind the last of its codes that the other
    version lists; None where that version lists none of them, or where it cannot be told.

    What the other version leaves out between two of its codes may be no code at all: a release
    says so, not the document. A wildcard has no ends that could be missing.
    """
    covered = [*_covered(span, others)]
    if not covered:
        return None
    if span.is_wildcard:
        return [] if len(covered) > 1 else None
    low = _cut(min(first for first, _ in covered), span.first)
    high = _cut(max(last for _, last in covered), span.last)
    left: list[Ends] = []
    if low > span.first:
        end = _beside(low, -1)
        if end is None:
            return None
        left.append((span.first, end))
    if high < span.last:
        start = _beside(high, 1)
        if start is None:
            return None
        left.append((start, span.last))
    return left


def shared_part(one: Sequence[Row], two: Sequence[Row]) -> float:
    """Which part of all rows of two lists stands in both, be it alone or within a range."""
    named = [{(row.system, *_ends(row)) for row in rows} for rows in (one, two)]
    both = named[0] & named[1]
    union = len(named[0] | named[1])
    if not any(isinstance(row, CodeRange) for row in (*one, *two)):
        return len(both) / union if union else 0.0
    rest = [[row for row in rows if (row.system, *_ends(row)) not in both] for rows in (one, two)]
    met = sum(any(_meet(row, other) for other in two) for row in rest[0])
    met += sum(any(_meet(row, other) for other in one) for row in rest[1])
    return (len(both) + met) / union if union else 0.0


def _ends(row: Row) -> Ends:
    return (row.code, row.code) if isinstance(row, CodeRef) else (row.first, row.last)


def _meet(one: Row, two: Row) -> bool:
    """Whether a range and another row have a code in common."""
    if one.system != two.system:
        return False
    return (isinstance(one, CodeRange) and one.holds(_ends(two)[0])) or (
        isinstance(two, CodeRange) and two.holds(_ends(one)[0])
    )


def _covered(span: CodeRange, others: Iterable[Row]) -> Iterator[Ends]:
    """The parts of a range that rows of the other version name."""
    for row in others:
        if row.system != span.system:
            continue
        if isinstance(row, CodeRef):
            if span.holds(row.code):
                yield row.code, row.code
        elif not row.is_wildcard or not span.is_wildcard:
            first = row.first if span.holds(row.first) else span.first
            last = row.last if span.holds(row.last) else span.last
            if span.holds(row.first) or row.holds(span.first):
                yield first, last


def _cut(code: str, end: str) -> str:
    """A code without what makes it finer than the end of the range that it lies in."""
    return code[: len(end)]


def _beside(code: str, step: int) -> str | None:
    """The code that is counted right behind or before another; None where none is."""
    match = _COUNTED.fullmatch(code)
    if match is None:
        return None
    number, width = int(match[2]) + step, len(match[2])
    return f"{match[1]}{number:0{width}d}" if 0 <= number < 10**width else None
