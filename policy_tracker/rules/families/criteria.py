"""Rules on criteria: conditions that joined or left a list, were reworded, or moved, each read by
what it stands under.
"""

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.questions import criteria_direction, matter, only
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, NEUTRAL, rule


def _member(difference: Difference, op: str) -> tuple[str, bool, Direction] | None:
    """A criterion, limit or exclusion that one side alone has: its matter, whether it stands under
    a denial, and its direction.
    """
    about = matter(difference)
    if difference.op != op or about not in ("criterion", "exclusion", "limit"):
        return None
    side = only(difference)
    governing = side.governing or side.position
    denied = about == "criterion" and sign_of(governing) < 0
    by_formula = criteria_direction(difference) if about == "criterion" else None
    if by_formula == NEUTRAL:
        return None
    found = by_formula or direction.membership(side, added=op == "added")
    if about == "limit" and direction.grants_a_rate(side):
        found = INDETERMINATE
    fallback = difference.fallback_before if op == "added" else difference.fallback_after
    widens_denial = (
        denied
        and side.logic is not None
        and (side.logic == "any_of" or side.logic.startswith("at_least"))
    )
    if widens_denial and sign_of(fallback.position) < 0:
        found = NEUTRAL
    return about, denied, found


def _open(difference: Difference, op: str) -> bool:
    """Whether a criterion came or went in a list that does not say what follows, or a sentence of
    position that takes none.
    """
    if difference.op == op and matter(difference) == "position":
        side = only(difference)
        fallback = difference.fallback_before if op == "added" else difference.fallback_after
        return sign_of(side.position) == 0 or direction.is_of_study(side, fallback)
    return (
        _is(difference, op, "criterion", INDETERMINATE)
        or _is(difference, op, "criterion", INDETERMINATE, denied=True)
        or _is(difference, op, "limit", INDETERMINATE)
    )


def _is(
    difference: Difference, op: str, about: str, wanted: Direction, *, denied: bool = False
) -> bool:
    return _member(difference, op) == (about, denied, wanted)


@rule(
    "requirement-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="requirement-removed",
    heading="Requirement added",
    message="One more condition must now be met.",
    short="a requirement was added",
    action="Check cases planned for {codes} against the new requirement before {effective}.",
)
def requirement_added(difference: Difference) -> bool:
    """A criterion was added to a list of which all must be met, or none may be, under an approving
    position.

    Cases that met the former list may fail the new one. Example: "Patient is refractory to the
    first-line drug" joins "ALL of the following".
    """
    return _is(difference, "added", "criterion", NARROWED)


@rule(
    "requirement-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="requirement-added",
    heading="Requirement removed",
    message="One condition less must be met.",
    short="a requirement was removed",
    action="Review denials that rested on this requirement, from {effective}.",
)
def requirement_removed(difference: Difference) -> bool:
    """A criterion left a list of which all must be met, or none may be, under an approving
    position.

    Cases that failed on it alone can be approved.
    """
    return _is(difference, "removed", "criterion", BROADENED)


@rule(
    "option-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="option-removed",
    heading="Option added",
    message="There is one more way to qualify.",
    short="one more way to qualify",
    action="Add the new way to qualify to what is checked for {codes} from {effective}.",
)
def option_added(difference: Difference) -> bool:
    """A criterion was added to a list of which any, or a number, must be met, under an approving
    position.

    Example: a further diagnosis joins "ANY of the following".
    """
    return _is(difference, "added", "criterion", BROADENED)


@rule(
    "option-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="option-added",
    heading="Option removed",
    message="There is one way less to qualify.",
    short="one way less to qualify",
    action="Check cases for {codes} that qualified this way before {effective}.",
)
def option_removed(difference: Difference) -> bool:
    """A criterion left a list of which any, or a number, must be met, under an approving position.

    Cases that qualified by it alone no longer do.
    """
    return _is(difference, "removed", "criterion", NARROWED)


@rule(
    "denial-case-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="denial-case-removed",
    heading="Denied case added",
    message="One more case is now denied.",
    short="one more case is denied",
    action="Stop scheduling this case for {codes} from {effective}.",
)
def denial_case_added(difference: Difference) -> bool:
    """A case was added to a list of cases that are denied, and it was not denied without being
    named.

    The same addition under an approving position would broaden. Example: a further indication joins
    "experimental for ANY of the following".
    """
    return _is(difference, "added", "criterion", NARROWED, denied=True)


@rule(
    "denial-case-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="denial-case-added",
    heading="Denied case removed",
    message="One case less is denied by name.",
    short="one case less is denied",
    action="Review past denials of this case, from {effective}.",
)
def denial_case_removed(difference: Difference) -> bool:
    """A case left a list of cases that are denied, and it is not denied without being named.

    More can be approved.
    """
    return _is(difference, "removed", "criterion", BROADENED, denied=True)


@rule(
    "denial-condition-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="denial-condition-removed",
    heading="Denial narrowed",
    message="One more condition must hold before a case is denied.",
    short="a denial now needs one more condition",
    action="Review past denials that lack the new condition, from {effective}.",
)
def denial_condition_added(difference: Difference) -> bool:
    """A condition was added to a list of which all must hold for a case to be denied.

    Fewer cases are denied. Example: "not medically necessary when ALL of the following" gains an
    item.
    """
    return _is(difference, "added", "criterion", BROADENED, denied=True)


@rule(
    "denial-condition-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="denial-condition-added",
    heading="Denial widened",
    message="One condition less must hold before a case is denied.",
    short="a denial needs one condition less",
    action="Check cases for {codes} that were approved for lack of this condition.",
)
def denial_condition_removed(difference: Difference) -> bool:
    """A condition left a list of which all must hold for a case to be denied.

    More cases are denied.
    """
    return _is(difference, "removed", "criterion", NARROWED, denied=True)


@rule(
    "denial-case-named",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="denial-case-unnamed",
    heading="Denial clarified",
    message="The text names a case that was denied already, as everything that is not named.",
    short="a case that was denied anyway is now named",
)
def denial_case_named(difference: Difference) -> bool:
    """A case was added to a list of denied ones, and the policy denied it already by denying
    everything that it does not name.

    Clarified: the same claims can be approved.
    """
    return _is(difference, "added", "criterion", NEUTRAL, denied=True)


@rule(
    "denial-case-unnamed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="denial-case-named",
    heading="Denial no longer named",
    message="The text no longer names a case that is still denied, as everything that is not named.",  # noqa: E501
    short="a denied case is no longer named",
)
def denial_case_unnamed(difference: Difference) -> bool:
    """A case left a list of denied ones, and the policy denies everything that it does not name.

    The same claims can be approved as before.
    """
    return _is(difference, "removed", "criterion", NEUTRAL, denied=True)


@rule(
    "criterion-added-open",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-removed-open",
    message="A criterion is new; how it combines with the others, or what follows from meeting it, "
    "the text does not tell.",
    short="a criterion was added",
    action="Read the new criterion against your cases before {effective}.",
)
def criterion_added_open(difference: Difference) -> bool:
    """A criterion was added to a list whose logic, or whose position, is not stated.

    One more of "all" narrows, one more of "any" broadens: without the word the direction stays
    open.
    """
    return _open(difference, "added")


@rule(
    "criterion-removed-open",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-added-open",
    message="A criterion is gone; how it combined with the others, or what followed from meeting "
    "it, the text does not tell.",
    short="a criterion was removed",
    action="Read what is left of the list against your cases before {effective}.",
)
def criterion_removed_open(difference: Difference) -> bool:
    """A criterion left a list whose logic, or whose position, is not stated, or an approval within
    a study is gone.

    Without "all" or "any" the direction stays open.
    """
    return _open(difference, "removed")


@rule(
    "exclusion-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="exclusion-removed",
    heading="Exclusion added",
    message="Something is now excluded from what can be approved.",
    short="an exclusion is new",
    action="Check cases planned for {codes} against the new exclusion before {effective}.",
)
def exclusion_added(difference: Difference) -> bool:
    """An exclusion was added.

    What it names can no longer be approved, whatever list it stands in. Example: "not in
    combination with another biologic".
    """
    return _is(difference, "added", "exclusion", NARROWED)


@rule(
    "exclusion-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="exclusion-added",
    heading="Exclusion removed",
    message="Something is no longer excluded from what can be approved.",
    short="an exclusion is gone",
    action="Review denials that rested on the exclusion, from {effective}.",
)
def exclusion_removed(difference: Difference) -> bool:
    """An exclusion is gone.

    What it named can be approved if everything else is met.
    """
    return _is(difference, "removed", "exclusion", BROADENED)


@rule(
    "limit-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="limit-removed",
    heading="Limit added",
    message="A limit is new.",
    short="a limit is new",
    action="Set up an edit for the new limit on {codes} before {effective}.",
)
def limit_added(difference: Difference) -> bool:
    """A limit was added on how much, how often or how long something can be approved.

    What goes beyond it is denied. Example: "up to 80 units per 12 months" is new.
    """
    return _is(difference, "added", "limit", NARROWED)


@rule(
    "limit-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="limit-added",
    heading="Limit removed",
    message="A limit is gone.",
    short="a limit is gone",
    action="Remove the edit for the former limit on {codes} after {effective}.",
)
def limit_removed(difference: Difference) -> bool:
    """A limit on how much, how often or how long something can be approved is gone.

    More can be approved.
    """
    return _is(difference, "removed", "limit", BROADENED)
