"""Rules on criteria that moved to another list."""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.questions import DECIDING, criteria_direction, matter, reworded
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, NEUTRAL, rule


def _moved(difference: Difference) -> bool:
    return (
        difference.op == "modified"
        and "parent" in difference.fields
        and matter(difference) in DECIDING
    )


def _between(difference: Difference, wanted: Direction) -> bool:
    """Whether a statement moved from one list to another that both versions have, and what that
    does, by the formula of their tree.
    """
    return (
        _moved(difference)
        and difference.criteria is not None
        and not difference.criteria.wrapped
        and not (difference.criteria.stays and _alike(difference))
        and criteria_direction(difference) == wanted
        and not reworded(difference)
    )


def _alike(difference: Difference) -> bool:
    """Whether the list that a statement stands in combines and decides as the former one did."""
    one, two = difference.side_before, difference.side_after
    return (
        one is not None
        and two is not None
        and (one.position, one.logic, one.sign) == (two.position, two.logic, two.sign)
    )


def _under(difference: Difference) -> tuple[int, int]:
    one, two = difference.side_before, difference.side_after
    return (one.sign if one else 0), (two.sign if two else 0)


@rule(
    "criterion-moved-to-approval",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="criterion-moved-to-denial",
    message="It moved from what is denied to what can be approved.",
    short="a case moved from denied to approved",
    action="Review past denials of this case, from {effective}.",
)
def criterion_moved_to_approval(difference: Difference) -> bool:
    """A statement moved from a list under a denial to one under an approval.

    Example: an indication moves from "experimental" to "medically necessary".
    """
    return (
        _moved(difference)
        and _under(difference) == (-1, 1)
        and difference.side_after is not None
        and difference.side_after.logic != "all_of"
    )


@rule(
    "criterion-moved-to-denial",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="criterion-moved-to-approval",
    message="It moved from what can be approved to what is denied.",
    short="a case moved from approved to denied",
    action="Stop scheduling this case for {codes} from {effective}.",
)
def criterion_moved_to_denial(difference: Difference) -> bool:
    """A statement moved from a list under an approval to one under a denial.

    Example: an indication moves from "medically necessary" to "not medically necessary".
    """
    return (
        _moved(difference)
        and _under(difference) == (1, -1)
        and difference.side_before is not None
        and difference.side_before.logic != "all_of"
    )


@rule(
    "criterion-moved-alike",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="criterion-moved-alike",
    substantive=False,
    message="It stands elsewhere, under the same position and the same logic.",
    short="a criterion was moved",
)
def criterion_moved_alike(difference: Difference) -> bool:
    """A statement moved to another list that combines and decides as the former one did.

    Example: peers become sub-items of a common heading.
    """
    found = difference.criteria
    if found and (found.wrapped or not found.stays):
        return False
    return _moved(difference) and _alike(difference) and not reworded(difference)


@rule(
    "criterion-moved-looser",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="criterion-moved-tighter",
    message="It stands in another list, so that more cases can be approved.",
    short="a criterion binds fewer cases in its new list",
    action="Review denials that rested on the former list, from {effective}.",
)
def criterion_moved_looser(difference: Difference) -> bool:
    """A criterion moved to another list of the same tree, so that more cases meet the criteria.

    Example: a condition that all must meet becomes one of several ways to qualify.
    """
    return _between(difference, BROADENED)


@rule(
    "criterion-moved-tighter",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="criterion-moved-looser",
    message="It stands in another list, so that fewer cases can be approved.",
    short="a criterion binds more cases in its new list",
    action="Check cases planned for {codes} against both lists before {effective}.",
)
def criterion_moved_tighter(difference: Difference) -> bool:
    """A criterion moved to another list of the same tree, so that fewer cases meet the criteria.

    Example: one of several ways to qualify becomes a condition that all must meet.
    """
    return _between(difference, NARROWED)


@rule(
    "criterion-moved",
    on="statement",
    kind="criterion_moved",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-moved",
    fallback=1,
    message="It stands in another list, which combines or decides otherwise.",
    short="a criterion was moved",
    action="Read both lists against your cases before {effective}.",
)
def criterion_moved(difference: Difference) -> bool:
    """A statement moved to a list that combines or decides in another way.

    What that does depends on both lists, so that the direction stays open.
    """
    return _moved(difference) and not reworded(difference)
