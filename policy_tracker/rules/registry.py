"""The catalogue of rules: each is one decorated function in a family's file, and carries its own
documentation.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from types import MappingProxyType

from policy_tracker.diff.differences import Difference, Subject
from policy_tracker.record import CodeRef
from policy_tracker.record.vocabulary import Axis, ChangeKind, Direction, Impact
from policy_tracker.rules.changes import QuantityChange

RULESET = "11"
"""Counted up when rules change what they say of the same difference; comparisons carry it in their
stamp (`overrides.RuleSettings.stamp`).
"""

BROADENED: Direction = "broadened"
NARROWED: Direction = "narrowed"
NEUTRAL: Direction = "neutral"
INDETERMINATE: Direction = "indeterminate"
MIRRORED: dict[Direction, Direction] = {
    BROADENED: NARROWED,
    NARROWED: BROADENED,
    NEUTRAL: NEUTRAL,
    INDETERMINATE: INDETERMINATE,
}

SILENT_KINDS: frozenset[ChangeKind] = frozenset(
    {
        "title_changed",
        "date_changed",
        "reference_changed",
        "background_changed",
        "editorial",
        "layout_only",
    }
)
"""Kinds that decide no claim, authorization or appeal unless a rule says otherwise."""

HEADINGS: dict[ChangeKind, str] = {
    "code_added": "Codes added",
    "code_removed": "Codes removed",
    "code_moved_group": "Codes moved",
    "code_replaced": "Code replaced",
    "criterion_added": "Criterion added",
    "criterion_removed": "Criterion removed",
    "criterion_modified": "Criterion changed",
    "criterion_moved": "Criterion moved",
    "logic_changed": "How criteria combine",
    "threshold_changed": "Limit",
    "coverage_position_changed": "Coverage position",
    "prior_auth_changed": "Prior authorization",
    "documentation_changed": "Documentation",
    "frequency_changed": "Frequency",
    "scope_changed": "Scope",
    "title_changed": "Title",
    "date_changed": "Dates",
    "reference_changed": "References",
    "background_changed": "Background",
    "editorial": "Wording",
    "layout_only": "Layout",
}

TEMPLATE_VALUES = frozenset(
    {
        "before",
        "after",
        "was",
        "codes",
        "count",
        "effective",
        "heading",
        "name",
        "position_before",
        "position_after",
        "group_before",
        "group_after",
    }
)
"""What message, short and action templates may name."""


Measured = tuple[float, str, "tuple[float, str] | None"]
"""A number in its common unit, with the time within which it counts; the unit is empty where
members or things are counted.
"""
Numbers = tuple["Measured | None", "Measured | None"]
"""A number before and after, None on a side that does not state it."""


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """What a rule read, beyond that it fires.

    Values for its templates, the number that changed, codes where they are not the difference's
    own. `numbers` are all those that the rule read, so that another rule's reading of the same ones
    can be recognised. `excerpt` are the words of both sides that it is about, where they are a part
    of the sentence.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    quantity: QuantityChange | None = None
    codes: tuple[CodeRef, ...] | None = None
    numbers: frozenset[Numbers] = frozenset()
    excerpt: tuple[str | None, str | None] | None = None


Reads = Callable[[Difference], "RuleMatch | bool"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue.

    `message` explains, `short` is its clause in the verdict's sentence, `action` says what to do;
    all three are templates over TEMPLATE_VALUES. `mirror` is the rule that fires with the sides
    swapped (itself where swapping changes nothing), or `waiver` says why there is none. A rule of a
    higher `fallback` rank is asked only where no rule of a lower one reads the difference, except
    that one `beside` others leaves the words of the difference to those of rank 1. `summary` is the
    docstring's first line, `doc` all of it.
    """

    id: str
    kind: ChangeKind
    axis: Axis | None
    direction: Direction
    impact: Impact
    substantive: bool
    heading: str
    message: str
    short: str
    action: str | None
    mirror: str | None
    waiver: str | None
    fallback: int
    beside: bool
    family: str
    summary: str
    doc: str
    subjects: frozenset[Subject]
    reads: Reads

    def kind_group(self) -> str:
        """The kind without its side: what was added with one order of the versions was removed with
        the other.
        """
        return self.kind.removesuffix("_added").removesuffix("_removed")

    def read(self, difference: Difference) -> RuleMatch | None:
        """What this rule reads in a difference, None if nothing."""
        if difference.subject not in self.subjects:
            return None
        found = self.reads(difference)
        if found is True:
            return RuleMatch()
        return found or None


_RULES: dict[str, Rule] = {}


def first_sentence(doc: str) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join(doc.partition("\n\n")[0].split())


def rule(  # noqa: PLR0913 - a rule has that many parts
    id: str,
    *,
    on: Subject | tuple[Subject, ...],
    kind: ChangeKind,
    impact: Impact,
    message: str,
    short: str,
    axis: Axis | None = None,
    direction: Direction = NEUTRAL,
    heading: str | None = None,
    action: str | None = None,
    mirror: str | None = None,
    waiver: str | None = None,
    substantive: bool | None = None,
    fallback: int = 0,
    beside: bool = False,
) -> Callable[[Reads], Reads]:
    """Register the decorated function as a rule; it says whether it reads a difference, as a truth
    value or a RuleMatch.

    Raises ValueError for an id that is taken, a rule with neither mirror nor waiver (or both), a
    template that names an unknown value, and a missing docstring: a wrong rule must not import.
    """

    def register(reads: Reads) -> Reads:
        doc = inspect.getdoc(reads) or ""
        _check(id, mirror, waiver, doc, (message, short, action or ""))
        _RULES[id] = Rule(
            id=id,
            kind=kind,
            axis=axis,
            direction=direction,
            impact=impact,
            substantive=kind not in SILENT_KINDS if substantive is None else substantive,
            heading=heading or HEADINGS[kind],
            message=message,
            short=short,
            action=action,
            mirror=mirror,
            waiver=waiver,
            fallback=fallback,
            beside=beside,
            family=reads.__module__.rpartition(".")[2],
            summary=first_sentence(doc),
            doc=doc,
            subjects=frozenset((on,) if isinstance(on, str) else on),
            reads=reads,
        )
        return reads

    return register


def _check(
    name: str, mirror: str | None, waiver: str | None, doc: str, templates: tuple[str, ...]
) -> None:
    unknown = {
        part for template in templates for _, part, _, _ in Formatter().parse(template) if part
    } - TEMPLATE_VALUES
    reasons = {
        "its id is taken": name in _RULES,
        "it needs either a mirror or a waiver": (mirror is None) == (waiver is None),
        "it has no docstring": not doc,
        f"its templates name {', '.join(sorted(unknown))}": bool(unknown),
    }
    wrong = [reason for reason, holds in reasons.items() if holds]
    if wrong:
        message = f"rule {name}: {'; '.join(wrong)}"
        raise ValueError(message)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of families and files.

    Every module beside the built-in families is found; none is listed.
    """
    families = importlib.import_module("policy_tracker.rules.families")
    for module in sorted(pkgutil.iter_modules(families.__path__), key=lambda m: m.name):
        importlib.import_module(f"{families.__name__}.{module.name}")
    return MappingProxyType(dict(_RULES))


def catalogue() -> tuple[Rule, ...]:
    """All rules, family by family."""
    return tuple(rules().values())
