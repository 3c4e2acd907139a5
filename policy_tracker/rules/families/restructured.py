"""Rules on criteria that were put in another order or form, as the formula of their tree tells."""

from policy_tracker.diff.differences import Difference
from policy_tracker.language.tokens import NEGATIONS
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.questions import DECIDING, criteria_direction, matter, phrasing, reworded
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
        and not difference.criteria.joined
        and matter(difference) in DECIDING
        and criteria_direction(difference) == wanted
        and not reworded(difference)
    )


def _joined(difference: Difference, wanted: Direction) -> bool:
    """Whether a sentence says together what the other version spells one by one, and what that
    does.
    """
    return (
        difference.op == "modified"
        and difference.criteria is not None
        and difference.criteria.joined
        and matter(difference) in DECIDING
        and criteria_direction(difference) == wanted
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
        and not _turned(difference)
    )


def _turned(difference: Difference) -> bool:
    """Whether a negation came or went: a formula knows statements, not the words that turn them."""
    found = phrasing(difference)
    return any(not NEGATIONS.isdisjoint(run) for run in (*found.added, *found.removed))


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


@rule(
    "criteria-joined-looser",
    on="statement",
    kind="logic_changed",
    axis="coverage",
    direction=BROADENED,
    impact="high",
    mirror="criteria-joined-tighter",
    message="What one version lists and the other says in one sentence combines otherwise: more "
    "cases can be approved.",
    short="criteria of a list combine otherwise in one sentence",
    action="Review denials that failed one of these criteria, from {effective}.",
)
def criteria_joined_looser(difference: Difference) -> bool:
    """A list became a sentence, or a sentence a list, and combines so that more cases meet the
    criteria.

    Example: two items of "ALL of the following" become "a leak or a broken seal".
    """
    return _joined(difference, BROADENED)


@rule(
    "criteria-joined-tighter",
    on="statement",
    kind="logic_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="criteria-joined-looser",
    message="What one version lists and the other says in one sentence combines otherwise: fewer "
    "cases can be approved.",
    short="criteria of a list combine otherwise in one sentence",
    action="Check cases planned for {codes} against these criteria together before {effective}.",
)
def criteria_joined_tighter(difference: Difference) -> bool:
    """A list became a sentence, or a sentence a list, and combines so that fewer cases meet the
    criteria.

    Example: two items of "ONE of the following" become "a leak and a broken seal".
    """
    return _joined(difference, NARROWED)
