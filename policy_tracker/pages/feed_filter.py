"""The filters of the feed, as they stand in the address: read, checked, said in words, and
loosened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from policy_tracker.errors import CodeError, DateError
from policy_tracker.pages import formatting
from policy_tracker.record.codes import clean_code, system_of
from policy_tracker.record.time import last_day, parse_iso
from policy_tracker.record.vocabulary import AXES, IMPACTS, ChangeKind, Direction
from policy_tracker.rules.words import axis_words, direction_words, impact_words, kind_words
from policy_tracker.store.views import ChangeFilter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS = ("payer", "policy", "direction", "impact", "kind", "code", "from", "to", "text", "all")
"""The query's parameters, in the order in which addresses carry them."""
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
_LONGEST = {"payer": 120, "policy": 120, "text": 200, "code": 20}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a form, as a sentence."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FeedForm:
    """What was asked for: every field as typed ("" where it was not), the filter that they mean
    without the wrong ones, what is wrong.
    """

    typed: Mapping[str, str]
    wanted: ChangeFilter
    problems: tuple[FieldProblem, ...] = ()

    def problem(self, field: str) -> str | None:
        """What is wrong with a field."""
        return next((problem.sentence for problem in self.problems if problem.field == field), None)

    def without(self, field: str) -> dict[str, str]:
        """The fields as typed but one."""
        return {name: value for name, value in self.typed.items() if name != field}


@dataclass(frozen=True, slots=True)
class SelectOption:
    """An option of a select."""

    value: str
    label: str


DIRECTION_CHOICES: tuple[tuple[str, tuple[SelectOption, ...]], ...] = tuple(
    (
        axis_words(axis),
        (
            SelectOption(axis, f"{axis_words(axis)}, any direction"),
            *(
                SelectOption(f"{axis}-{direction}", direction_words(axis, direction))
                for direction in DIRECTIONS
                if direction != "neutral"
            ),
        ),
    )
    for axis in AXES
)
IMPACT_CHOICES = tuple(
    SelectOption(
        impact, impact_words(impact) if impact == "high" else f"{impact_words(impact)} or more"
    )
    for impact in IMPACTS
    if impact != "none"
)
KIND_CHOICES = tuple(
    sorted(
        (SelectOption(kind, kind_words(kind)) for kind in KINDS), key=lambda choice: choice.label
    )
)


def read_form(query: Mapping[str, str]) -> FeedForm:
    """The filters in a query.

    A field that cannot be meant is left out of the filter and named as a problem; unknown ones are
    ignored.
    """
    typed = {name: query.get(name, "").strip() for name in FIELDS}
    problems: list[FieldProblem] = []
    axis, direction = _direction(typed, problems)
    first, last = _day(typed, "from", problems), _day(typed, "to", problems)
    if first and last and last < first:
        problems.append(FieldProblem("to", "The last day lies before the first one."))
        last = None
    wanted = ChangeFilter(
        payer=_short(typed, "payer", problems),
        policy=_short(typed, "policy", problems),
        code=_code(typed, problems),
        axis=axis,
        direction=direction,
        impact_at_least=_listed(typed, "impact", IMPACTS, problems),
        kind=_listed(typed, "kind", KINDS, problems),
        substantive=None if typed.get("all") == "1" else True,
        effective_from=first,
        effective_to=last,
        text=_short(typed, "text", problems),
    )
    return FeedForm(typed=typed, wanted=wanted, problems=tuple(problems))


def active(form: FeedForm) -> tuple[tuple[str, str], ...]:
    """The filters in force: the field, and what it asks for in words."""
    wanted = form.wanted
    labels = {choice.value: choice.label for _, choices in DIRECTION_CHOICES for choice in choices}
    said = (
        ("payer", f"payer {wanted.payer}" if wanted.payer else None),
        ("policy", f"policy {wanted.policy}" if wanted.policy else None),
        ("direction", labels.get(form.typed.get("direction", "")) if wanted.axis else None),
        (
            "impact",
            f"impact {impact_words(wanted.impact_at_least)} or more"
            if wanted.impact_at_least
            else None,
        ),
        (
            "kind",
            next((choice.label for choice in KIND_CHOICES if choice.value == wanted.kind), None),
        ),
        ("code", f"code {wanted.code}" if wanted.code else None),
        (
            "from",
            f"effective from {formatting.plain_date(wanted.effective_from)}"
            if wanted.effective_from
            else None,
        ),
        (
            "to",
            f"effective until {formatting.plain_date(wanted.effective_to)}"
            if wanted.effective_to
            else None,
        ),
        ("text", f"the words “{wanted.text}”" if wanted.text else None),
    )
    return tuple((field, text) for field, text in said if text)


def _short(typed: Mapping[str, str], field: str, problems: list[FieldProblem]) -> str | None:
    value = typed[field] or None
    if value and len(value) > _LONGEST[field]:
        problems.append(
            FieldProblem(field, f"At most {_LONGEST[field]} characters can be asked for.")
        )
        return None
    return value


def _listed(  # noqa: ANN202 - one of `allowed`
    typed: Mapping[str, str], field: str, allowed: tuple[str, ...], problems: list[FieldProblem]
):
    value = typed[field] or None
    if value and value not in allowed:
        problems.append(
            FieldProblem(field, f"“{value}” is none of {formatting.listed(allowed, 'or')}.")
        )
        return None
    return value


def _direction(typed: Mapping[str, str], problems: list[FieldProblem]):  # noqa: ANN202 - an axis and a direction
    """`coverage` is an axis in any direction, `coverage-broadened` one direction along it."""
    axis, _, direction = typed.get("direction", "").partition("-")
    if not axis:
        return None, None
    if axis not in AXES or (direction and direction not in DIRECTIONS):
        problems.append(
            FieldProblem(
                "direction",
                f"“{typed['direction']}” is no direction; an example is coverage-broadened.",
            )
        )
        return None, None
    return axis, direction or None


def _code(typed: Mapping[str, str], problems: list[FieldProblem]) -> str | None:
    value = typed.get("code")
    if not value:
        return None
    try:
        return clean_code(system_of(value), value)
    except CodeError:
        problems.append(
            FieldProblem(
                "code",
                f"“{value}” does not have the form of a code; examples are 0691T, J0897 and M81.0.",
            )
        )
        return None


def _day(typed: Mapping[str, str], field: str, problems: list[FieldProblem]) -> date | None:
    value = typed.get(field)
    if not value:
        return None
    try:
        return parse_iso(value) if field == "from" else last_day(value)
    except DateError:
        problems.append(FieldProblem(field, f"“{value}” is no date; write it as 2025-09-26."))
        return None
