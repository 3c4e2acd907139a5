"""Rules on criteria that were put in another order or form, as the formula of their tree tells."""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.questions import DECIDING, criteria_direction, matter, reworded
from policy_tracker.rules.registry import BROADENED, NARROWED, NEUTRAL, rule

_STRUCTURE = frozenset({"text", "quantities", "codes", "parent", "section", "label", "logic"})
"""What may differ of a statement whose tree of criteria says the same."""


def _nested(difference: Difference, wanted: Direction) -> bool:
    """Whether a statement stands within a list that came, or no longer in one that went, and what
    that does.
    """
    return (
        difference.op == "modified"
        and "parent" in difference.fields
        and difference.criteria is not None
        and difference.criteria.wrapped
        and matter(difference) in DECIDING
        and criteria_direction(difference) == wanted
        and not reworded(difference)
    )


@rule(
    "criteria-restructured",
    on="statement",
    kind="logic_changed",
    axis="coverage",
    direction=NEUTRAL,
    impact="none",
    mirror="criteria-restructured",
    substantive=False,
    message="The criteria are written in another way; the same cases meet them.",
    short="criteria were written in another way",
)
def criteria_restructured(difference: Difference) -> bool:
    """Criteria are written in another way, and the same cases meet them.

    Options became one sentence, a sentence was told in parts, a level of nesting came or went, a
    criterion that stands elsewhere in the list was said twice. Example: "recurrent disease" and
    "scarring disease" become "recurrent or scarring disease".
    """
    return (
        criteria_direction(difference) == NEUTRAL
        and matter(difference) in DECIDING
        and _STRUCTURE.issuperset(difference.fields)
        and "logic" not in difference.fields
    )


@rule(
    "criterion-nested-looser",
    on="statement",
    kind="logic_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="criterion-nested-tighter",
    message="It stands within other conditions than before; more cases can be approved.",
    short="a criterion is bound to fewer conditions",
    action="Review denials that rested on the former conditions, from {effective}.",
)
def criterion_nested_looser(difference: Difference) -> bool:
    """A criterion stands within a list that came or went around it, so that more cases meet the
    criteria.

    Example: "used with a splint", once for every case, is now asked of one of two groups.
    """
    return _nested(difference, BROADENED)


@rule(
    "criterion-nested-tighter",
    on="statement",
    kind="logic_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="criterion-nested-looser",
    message="It stands within other conditions than before; fewer cases can be approved.",
    short="a criterion is bound to further conditions",
    action="Check cases planned for {codes} against the new conditions before {effective}.",
)
def criterion_nested_tighter(difference: Difference) -> bool:
    """A criterion stands within a list that came or went around it, so that fewer cases meet the
    criteria.

    Example: a combination that was open to every case is now open to those without a mutation.
    """
    return _nested(difference, NARROWED)
