"""Sets of codes that hold single codes and stretches of codes alike, so that nobody has to write a
range out.

A stretch lies between two keys (a code without its point): a code belongs to it if it is of the
same sequence and its key sorts from `low` on and before `high`. So a database can ask for
membership with two comparisons, and one range less another is a stretch again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.record.base import Value
from policy_tracker.record.canonical import digest
from policy_tracker.record.codes import CodeRef
from policy_tracker.record.vocabulary import CodeSystem

if TYPE_CHECKING:
    from policy_tracker.record.ranges import CodeRange

AFTER_ALL = "~"
"""Sorts behind every character of a code."""
_NEXT = "!"
"""Behind a key it makes the next one: what lies below the code sorts behind that."""
CodeKey = tuple[CodeSystem, str]
"""A code by its system and its one spelling."""


def sort_key(code: str) -> str:
    """A code as it is compared with the ends of a range: without its point."""
    return code.replace(".", "")


def sequence_of(system: str, code: str) -> str:
    """Which sequence of its system a code belongs to: CPT codes of different categories are not one
    (0191T is not between 00100 and 01999).

    LOINC codes of different lengths are not either.
    """
    if system == "CPT":
        return "" if code[-1].isdigit() else code[-1]
    return str(len(code)) if system == "LOINC" else ""


class CodeSpan(Value):
    """A stretch of codes: a range or a wildcard of a record, or what is left of one; `printed` is
    the range as the payer prints it.
    """

    system: CodeSystem
    sequence: str = ""
    low: str
    high: str
    printed: str

    def holds(self, system: str, code: str) -> bool:
        """Whether a code lies in the stretch."""
        return (
            self.system == system
            and self.sequence == sequence_of(system, code)
            and self.low <= sort_key(code) < self.high
        )


class CodeSet(Value):
    """Codes and stretches of codes; a stretch's ends are no codes of their own."""

    codes: tuple[CodeRef, ...] = ()
    spans: tuple[CodeSpan, ...] = ()

    def holds(self, system: str, code: str) -> bool:
        """Whether a code is in the set, by itself or as a member of a stretch."""
        return any(ref.code == code and ref.system == system for ref in self.codes) or any(
            span.holds(system, code) for span in self.spans
        )


class Stretch(NamedTuple):
    """A stretch of codes as it is reckoned with: the fields of `CodeSpan`."""

    system: CodeSystem
    sequence: str
    low: str
    high: str
    printed: str


def stretch_of(span: CodeRange) -> Stretch:
    """A range or wildcard of a record as the stretch of its members, with what lies below its last
    code.
    """
    return Stretch(
        span.system,
        sequence_of(span.system, span.last),
        sort_key(span.first),
        sort_key(span.last) + AFTER_ALL,
        span.raw,
    )


class Names:
    """Codes and stretches while they are reckoned with; `codes` are pairs of system and code."""

    def __init__(self, codes: Iterable[CodeKey] = (), spans: Iterable[Stretch] = ()) -> None:
        self.codes: set[CodeKey] = set(codes)
        self.spans: set[Stretch] = set(spans)

    def __bool__(self) -> bool:
        return bool(self.codes or self.spans)

    def update(self, other: Names) -> None:
        """Add everything that another set names."""
        self.codes |= other.codes
        self.spans |= other.spans

    def same_as(self, other: Names) -> bool:
        """Whether both name the same codes and stretches, as they are printed."""
        return self.codes == other.codes and self.spans == other.spans

    @property
    def first(self) -> tuple[str, ...]:
        """What comes first of it, by which sets of one size are put in order."""
        return (*min(self.codes, default=()), *min(self.spans, default=()))

    @property
    def digest(self) -> str:
        """A digest of what is named, whatever its order and however ranges are printed."""
        return digest(sorted(self.codes), sorted(span[:4] for span in self.spans), length=20)

    def holds(self, system: CodeSystem, code: str) -> bool:
        """Whether a code is among them, by itself or as a member of a stretch."""
        return (system, code) in self.codes or any(
            one.system == system
            and one.sequence == sequence_of(system, code)
            and one.low <= sort_key(code) < one.high
            for one in self.spans
        )

    def less(self, other: Names) -> Names:
        """What is named here and not there, by membership."""
        if not other:
            return self
        spans = self.spans - other.spans
        codes = self.codes - other.codes
        if not spans and not other.spans:
            return Names(codes)
        covered = _Covered(other, points=bool(spans))
        return Names(
            (code for code in codes if not covered.by_span(*code)),
            (part for span in spans for part in covered.rest_of(span)),
        )

    def fixed(self) -> CodeSet:
        """The same as a value, in a fixed order."""
        # texts are sorted much faster than pairs of them
        systems = sorted({system for system, _ in self.codes})
        refs = tuple(
            _ref(system, code)
            for system in systems
            for code in sorted(text for own, text in self.codes if own == system)
        )
        spans = tuple(
            CodeSpan.model_construct(
                system=one.system,
                sequence=one.sequence,
                low=one.low,
                high=one.high,
                printed=one.printed,
            )
            for one in sorted(self.spans)
        )
        return CodeSet.model_construct(codes=refs, spans=spans)


@lru_cache(maxsize=16_384)  # the same codes stand in many sets
def _ref(system: CodeSystem, code: str) -> CodeRef:
    """A reference to a code of a record, which was checked when the record was made."""
    return CodeRef.model_construct(system=system, code=code)


class _Covered:
    """What a set covers of each sequence, as disjoint intervals in order."""

    def __init__(self, names: Names, *, points: bool) -> None:
        spans: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for one in names.spans:
            spans[one.system, one.sequence].append((one.low, one.high))
        self._spans = {place: _merged(found) for place, found in spans.items()}
        self._all = self._spans
        if points:
            for system, code in names.codes:
                spans[system, sequence_of(system, code)].append(
                    (sort_key(code), sort_key(code) + _NEXT)
                )
            self._all = {place: _merged(found) for place, found in spans.items()}

    def by_span(self, system: CodeSystem, code: str) -> bool:
        """Whether a stretch covers a code."""
        found, at = self._spans.get((system, sequence_of(system, code)), ()), sort_key(code)
        place = bisect_right(found, at, key=lambda one: one[0]) - 1
        return place >= 0 and at < found[place][1]

    def rest_of(self, span: Stretch) -> Iterator[Stretch]:
        """The parts of a stretch that nothing covers."""
        found = self._all.get((span.system, span.sequence), ())
        at = span.low
        place = max(bisect_left(found, span.low, key=lambda one: one[0]) - 1, 0)
        for low, high in found[place:]:
            if low >= span.high:
                break
            if at < low:
                yield span._replace(low=at, high=low)
            at = max(at, high)
        if at < span.high:
            yield span._replace(low=at)


def _merged(intervals: list[tuple[str, str]]) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for low, high in sorted(intervals):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    assert all(one[1] < two[0] for one, two in pairwise(merged))  # noqa: S101
    return merged
