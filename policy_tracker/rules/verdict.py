"""The verdict: a whole comparison in one sentence, with change type, direction on each axis, impact
and codes.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.diff.differences import code_refs
from policy_tracker.diff.facts import standing
from policy_tracker.language.formatting import counted, sentence, shortened
from policy_tracker.language.inflection import plural
from policy_tracker.record import Record
from policy_tracker.record.vocabulary import (
    AXES,
    Axis,
    ChangeType,
    Direction,
    Impact,
    VerdictDirection,
)
from policy_tracker.rules.changes import Change, Directions, Verdict
from policy_tracker.rules.headline import ChangeFact, labelled
from policy_tracker.rules.precedence import CandidateMatch
from policy_tracker.rules.words import impact_rank

MOST_FACTS = 3
"""More facts than these are told as a number."""
MOST_NAMES = 3
"""More subjects, or more names in one fact, than these are counted."""
MOST_QUOTED = 2
"""More texts in one fact than these are counted."""
LONGEST_OF_MANY = 60
"""Characters of one name or text among several."""


@dataclass(frozen=True, slots=True)
class VerdictItem:
    """A change with the reading it came from, and what it comes to in short."""

    reading: CandidateMatch
    change: Change
    fact: ChangeFact


def verdict(before: Record, after: Record, items: Sequence[VerdictItem]) -> Verdict:
    """The verdict on two versions; only changes that can decide something count for direction,
    impact and codes.
    """
    deciding = [item for item in items if item.change.substantive]
    kind = change_type(before, after, deciding)
    return Verdict(
        change_type=kind,
        direction=Directions(**{axis: _along(axis, deciding) for axis in AXES}),
        impact=_impact(items),
        summary=summary(kind, items, deciding),
        facts=tuple(fact.words for fact in facts_of(deciding)[:MOST_FACTS]),
        codes=code_refs(tuple(code for item in deciding for code in item.change.codes)),
    )


def change_type(before: Record, after: Record, deciding: Sequence[VerdictItem]) -> ChangeType:
    """What happened to the policy as a whole."""
    old, new = standing(before).state, standing(after).state
    if new == "withdrawn":
        return "withdrawn"
    if old != new:
        return "retired" if new == "retired" else "reinstated"
    return "modified" if deciding else "reviewed_no_change"


def _along(axis: Axis, items: Sequence[VerdictItem]) -> VerdictDirection:
    """The direction on an axis: that of its items, mixed where they disagree, open where any of
    them is and none disagrees.
    """
    found = {item.change.direction for item in items if item.change.axis == axis} - {"neutral"}
    if not found:
        return "neutral"
    if {"broadened", "narrowed"} <= found:
        return "mixed"
    return "indeterminate" if "indeterminate" in found else found.pop()


def _impact(items: Sequence[VerdictItem]) -> Impact:
    return max((item.change.impact for item in items), key=impact_rank, default="none")


def summary(kind: ChangeType, items: Sequence[VerdictItem], deciding: Sequence[VerdictItem]) -> str:
    """One sentence: the weightiest facts first, at most MOST_FACTS, then how many changes more."""
    if not deciding:
        if not items:
            return "Nothing changed."
        return (
            f"Nothing that decides a claim changed; {counted(len(items), 'difference')} in "
            f"wording, dates or layout."
        )
    facts = facts_of(deciding)
    told: list[str] = []
    about = ""
    for fact in _by_subject(facts[:MOST_FACTS]):
        told.append(fact.what if fact.about and fact.about == about else fact.words)
        about = fact.about
    rest = len(deciding) - sum(fact.changes for fact in facts[:MOST_FACTS])
    if rest:
        told.append(f"and {counted(rest, 'more change')}")
    return f"{sentence('; '.join(told))}."


def _by_subject(facts: Sequence[JointFact]) -> list[JointFact]:
    """Facts of one subject one behind the other, so that it is named once; the first of each stays
    where its weight puts it.
    """
    places = {fact.about: place for place, fact in reversed([*enumerate(facts)]) if fact.about}
    ordered = sorted(
        enumerate(facts), key=lambda item: (places.get(item[1].about, item[0]), item[0])
    )
    return [fact for _, fact in ordered]


@dataclass(frozen=True, slots=True)
class JointFact:
    """Facts that are told as one: of several subjects, or several items under one label."""

    abouts: tuple[str, ...]
    label: str
    items: tuple[str, ...]
    quoted: bool
    changes: int

    @property
    def words(self) -> str:
        """`Asthma and hives: new requirements “a” and “b”`."""
        return f"{self.about}: {self.what}" if self.about else self.what

    @property
    def about(self) -> str:
        """Its subjects in a sentence."""
        return _named([name for name in self.abouts if name], MOST_NAMES)

    @property
    def what(self) -> str:
        """What happened to them."""
        most = MOST_QUOTED if self.quoted else MOST_NAMES
        label = _plural(self.label) if len(self.items) > 1 else self.label
        return labelled(label, _named(self.items, most, quoted=self.quoted), quoted=self.quoted)


def _plural(label: str) -> str:
    """A label of several items: of "new requirement" in the plural, of "added" as it is."""
    return plural(label) if " " in label and " that " not in label else label


def _named(names: Sequence[str], most: int, *, quoted: bool = False) -> str:
    """Names in a sentence, the last of many counted; several texts are shortened."""
    told = [textwrap.shorten(n, LONGEST_OF_MANY, placeholder=" …") for n in names]
    told = list(names) if len(names) == 1 else told
    return shortened([f"“{name}”" for name in told] if quoted else told, most)


def facts_of(deciding: Sequence[VerdictItem]) -> list[JointFact]:
    """The facts of changes, the weightiest first; one fact of several subjects is told once, and so
    are several items of one kind under one subject.
    """
    ordered = sorted(deciding, key=_weight)
    subjects: dict[tuple[str, str, bool], list[str]] = {}
    counts: Counter[tuple[str, str, bool]] = Counter()
    for item in ordered:
        fact = item.fact
        key = fact.label, fact.item, fact.quoted
        counts[key] += 1
        subjects.setdefault(key, []).append(fact.about)
    joined: dict[tuple[tuple[str, ...], str, str], list[tuple[str, str, bool]]] = {}
    for key, abouts in subjects.items():
        label, text, _ = key
        joined.setdefault((tuple(dict.fromkeys(abouts)), label, "" if label else text), []).append(
            key
        )
    return [
        JointFact(
            abouts,
            label,
            tuple(dict.fromkeys(item for _, item, _ in keys)),
            any(quoted for *_, quoted in keys),
            sum(counts[key] for key in keys),
        )
        for (abouts, label, _), keys in joined.items()
    ]


def with_silent(found: Verdict, silent: int) -> Verdict:
    """A verdict that says how many of the changes the payer itself does not mention."""
    if not silent:
        return found
    are = "is" if silent == 1 else "are"
    told = f"{counted(silent, 'change')} {are} not mentioned in the payer's own notes."
    return found.model_copy(update={"summary": f"{found.summary} {told}"})


_AXES: tuple[Axis | None, ...] = ("coverage", "payment", "burden", "recourse", None)
_DIRECTIONS: tuple[Direction, ...] = ("narrowed", "broadened", "indeterminate", "neutral")


def _weight(item: VerdictItem) -> tuple[int, int, int]:
    """What a reader wants first: impact, coverage before burden, narrowed before broadened; then
    the order of the document.
    """
    change = item.change
    return (
        -impact_rank(change.impact),
        _AXES.index(change.axis),
        _DIRECTIONS.index(change.direction),
    )
