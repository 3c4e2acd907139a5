"""Rules on how criteria combine: all of, any of, none of, at least so many."""

from math import isinf

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.record import Section, Statement
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.questions import criteria_direction
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    Numbers,
    RuleMatch,
    rule,
)

_WORDS = {"all_of": "all of them", "any_of": "any of them", "none_of": "none of them"}


def _logics(difference: Difference) -> tuple[str | None, str | None] | None:
    """How the members of the list combine on both sides, where that differs."""
    one, two = difference.before, difference.after
    if (
        "logic" not in difference.fields
        or not isinstance(one, Statement | Section)
        or not isinstance(two, Statement | Section)
    ):
        return None
    return one.logic, two.logic


def _counts(difference: Difference) -> bool:
    """Whether both sides ask for a stated number of members."""
    return all(logic and logic.startswith("at_least") for logic in _logics(difference) or (None,))


def _direction(difference: Difference) -> Direction | None:
    """The direction of the list's logic, None where it did not change."""
    logics = _logics(difference)
    by_formula = criteria_direction(difference)
    if logics and by_formula:
        return by_formula
    return direction.logic_change(*logics, sign=_sign(difference)) if logics else None


def _sign(difference: Difference) -> int:
    """What it means for approvals if the list holds of more cases.

    Of a section's own list the text does not say unless its versions take one position.
    """
    one, two = difference.side_before, difference.side_after
    if one and two:
        signs = {_list_sign(side.sign, side.statement) for side in (one, two)}
        return signs.pop() if len(signs) == 1 else 0
    return next(iter(difference.takes)) if len(difference.takes) == 1 else 0


def _list_sign(sign: int, statement: Statement) -> int:
    return (
        sign_of(statement.position) if statement.role == "position" and statement.position else sign
    )


def _told(difference: Difference, wanted: Direction, *, counts: bool) -> RuleMatch | bool:
    logics = _logics(difference)
    if logics is None or _direction(difference) != wanted or _counts(difference) != counts:
        return False
    return RuleMatch(
        {"before": _said(logics[0]), "after": _said(logics[1])}, numbers=_numbers(*logics)
    )


def _numbers(before: str | None, after: str | None) -> frozenset[Numbers]:
    """How many members must hold, where both sides give a number."""
    old, new = direction.needed(before), direction.needed(after)
    if old is None or new is None or old == new or isinf(old) or isinf(new):
        return frozenset()
    return frozenset({((old, "", None), (new, "", None))})


def _said(logic: str | None) -> str:
    if logic and logic.startswith("at_least"):
        return f"at least {logic.partition(':')[2]} of them"
    return _WORDS.get(logic or "", "not stated")


@rule(
    "logic-loosened",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=BROADENED,
    impact="high",
    mirror="logic-tightened",
    message="Of the criteria listed, {after} must now be met, was {before}: more cases can be "
    "approved.",
    short="{after} must be met instead of {before}",
    action="Review denials that failed one criterion of the list, from {effective}.",
)
def logic_loosened(difference: Difference) -> RuleMatch | bool:
    """A list of criteria combines so that more cases can be approved.

    Under an approving position "all" became "any" or a number; under a denying one the other way
    round. Example: "ALL of the following" becomes "ONE of the following".
    """
    return _told(difference, BROADENED, counts=False)


@rule(
    "logic-tightened",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="logic-loosened",
    message="Of the criteria listed, {after} must now be met, was {before}: fewer cases can be "
    "approved.",
    short="{after} must be met instead of {before}",
    action="Check cases planned for {codes} against the whole list before {effective}.",
)
def logic_tightened(difference: Difference) -> RuleMatch | bool:
    """A list of criteria combines so that fewer cases can be approved.

    Under an approving position "any" became "all"; under a denying one the other way round.
    Example: "ANY of the following" becomes "ALL of the following".
    """
    return _told(difference, NARROWED, counts=False)


@rule(
    "options-needed-lowered",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="options-needed-raised",
    message="Now {after} must be met, was {before}: more cases can be approved.",
    short="{after} must be met instead of {before}",
    action="Review denials that met too few criteria of the list, from {effective}.",
)
def options_needed_lowered(difference: Difference) -> RuleMatch | bool:
    """The number of criteria that must be met changed so that more cases can be approved.

    Example: "at least three of the following" becomes "at least two".
    """
    return _told(difference, BROADENED, counts=True)


@rule(
    "options-needed-raised",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="options-needed-lowered",
    message="Now {after} must be met, was {before}: fewer cases can be approved.",
    short="{after} must be met instead of {before}",
    action="Check cases planned for {codes} against the whole list before {effective}.",
)
def options_needed_raised(difference: Difference) -> RuleMatch | bool:
    """The number of criteria that must be met changed so that fewer cases can be approved.

    Example: "at least two of the following" becomes "at least three".
    """
    return _told(difference, NARROWED, counts=True)


@rule(
    "logic-open",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="logic-open",
    message="The criteria listed combine in another way: {after}, was {before}; which way that "
    "goes the text does not tell.",
    short="criteria combine in another way",
    action="Read the list against your cases before {effective}.",
)
def logic_open(difference: Difference) -> RuleMatch | bool:
    """A list of criteria combines in another way, and what follows the text does not tell.

    "None of" is involved, one side does not say how the list combines, or nothing says what the
    list stands under.
    """
    return _told(difference, INDETERMINATE, counts=False) or _told(
        difference, INDETERMINATE, counts=True
    )


@rule(
    "logic-restated",
    on=("statement", "section"),
    kind="logic_changed",
    axis="coverage",
    direction=NEUTRAL,
    impact="none",
    mirror="logic-restated",
    substantive=False,
    message="The list combines as before, in other words: {after}, was {before}.",
    short="how criteria combine was restated",
)
def logic_restated(difference: Difference) -> RuleMatch | bool:
    """A list combines as before, in other words.

    Example: "any of the following" becomes "at least one of the following".
    """
    return _told(difference, NEUTRAL, counts=False) or _told(difference, NEUTRAL, counts=True)
