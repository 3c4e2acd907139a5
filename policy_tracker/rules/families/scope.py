"""Rules on what and whom the policy governs: its scope, the plans and states it applies to, what it
leaves to others.
"""

from policy_tracker.diff.differences import Difference, Listed
from policy_tracker.language.formatting import listed
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.questions import matter, reworded, same_meaning, texts
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    RuleMatch,
    rule,
)


def _reach(difference: Difference) -> int | None:
    """Whether the policy reaches more plans (+1), fewer (-1), or others (0); None where the
    difference is not about plans.

    An empty list narrows nothing.
    """
    one, two = difference.before, difference.after
    if not isinstance(one, Listed) or not isinstance(two, Listed) or one.name == "governed_by":
        return None
    old, new = set(one.items), set(two.items)
    if one.name == "states/exclude":
        return 1 if new < old else -1 if old < new else 0
    more, fewer = (
        (not new and bool(old)) or (bool(old) and old < new),
        (not old and bool(new)) or (bool(new) and new < old),
    )
    return 1 if more else -1 if fewer else 0


def _direction(difference: Difference) -> Direction | None:
    """To reach more plans broadens what can be approved if the policy approves anything, and
    narrows it if it only denies.
    """
    reach = _reach(difference)
    if reach is None:
        return None
    sign = 1 if 1 in difference.takes else -1 if -1 in difference.takes else 0
    return BROADENED if reach * sign > 0 else NARROWED if reach * sign < 0 else INDETERMINATE


def _told(difference: Difference) -> RuleMatch:
    sides = [side for side in (difference.before, difference.after) if isinstance(side, Listed)]
    said = [
        listed([item.replace("_", " ") for item in side.items]) or "not narrowed" for side in sides
    ]
    return RuleMatch({"before": said[0], "after": said[1]})


@rule(
    "plans-added",
    on="applies_to",
    kind="scope_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="plans-removed",
    heading="Plans and states",
    message="The policy applies to: {after}; it applied to: {before}. What it approves can be "
    "approved for more members.",
    short="it reaches more members",
    action="Apply the policy to the plans or states that were added, from {effective}.",
)
def plans_added(difference: Difference) -> RuleMatch | bool:
    """The plans or states that the policy applies to changed so that more can be approved.

    A policy that approves something reaches further members, or one that only denies reaches fewer.
    Example: New York joins the states listed.
    """
    return _direction(difference) == BROADENED and _told(difference)


@rule(
    "plans-removed",
    on="applies_to",
    kind="scope_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="plans-added",
    heading="Plans and states",
    message="The policy applies to: {after}; it applied to: {before}. What it approves can be "
    "approved for fewer members.",
    short="it reaches fewer members",
    action="Find what governs the plans or states that dropped out, from {effective}.",
)
def plans_removed(difference: Difference) -> RuleMatch | bool:
    """The plans or states that the policy applies to changed so that less can be approved.

    A policy that approves something reaches fewer members, or one that only denies reaches more.
    Example: a state is excluded.
    """
    return _direction(difference) == NARROWED and _told(difference)


@rule(
    "plans-changed",
    on="applies_to",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="plans-changed",
    heading="Plans and states",
    message="The policy applies to: {after}; it applied to: {before}.",
    short="it reaches other members",
    action="Check which of your plans the policy applies to from {effective}.",
)
def plans_changed(difference: Difference) -> RuleMatch | bool:
    """The plans or states that the policy applies to became others, or it takes no position that
    could reach them.

    It is more for some members and less for others.
    """
    return _direction(difference) == INDETERMINATE and _told(difference)


@rule(
    "governing-rule-changed",
    on="applies_to",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="governing-rule-changed",
    heading="What goes before",
    message="What goes before this policy is now: {after}; it was: {before}.",
    short="what overrides the policy changed",
    action="Check contracts and mandates that go before this policy.",
)
def governing_rule_changed(difference: Difference) -> RuleMatch | bool:
    """The law, mandate or contract that goes before the policy is another.

    What it says is not in the policy, so that the direction stays open.
    """
    return (
        isinstance(difference.after, Listed)
        and difference.after.name == "governed_by"
        and _told(difference)
    )


@rule(
    "statement-plans-changed",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="statement-plans-changed",
    heading="Plans and states",
    message="A statement now applies to other plans, states or members than before.",
    short="a statement applies to other plans",
    action="Check which of your plans the statement applies to from {effective}.",
)
def statement_plans_changed(difference: Difference) -> bool:
    """A single statement applies to other plans or states than before.

    Example: an exclusion now holds for self-funded plans only.
    """
    return "applies_to" in difference.fields


@rule(
    "statement-phase-changed",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="statement-phase-changed",
    heading="Phase of treatment",
    message="A statement now applies to another phase of treatment.",
    short="a statement applies to another phase",
    action="Check which phase of treatment the statement applies to from {effective}.",
)
def statement_phase_changed(difference: Difference) -> bool:
    """A single statement applies to another phase of treatment than before, initial or
    continuation.

    Example: a criterion for the first authorization now holds for renewals.
    """
    return "phase" in difference.fields and matter(difference) not in ("prior_auth", None)


@rule(
    "scope-stated",
    on="scope",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="scope-unstated",
    message="The text now says what the policy governs.",
    short="the scope is now stated",
    action="Check that the services you bill under this policy are still within its scope.",
)
def scope_stated(difference: Difference) -> bool:
    """The policy now says what it governs and what not.

    What was governed before is not told.
    """
    return difference.op == "added"


@rule(
    "scope-unstated",
    on="scope",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="scope-stated",
    message="The text no longer says what the policy governs.",
    short="the scope is no longer stated",
)
def scope_unstated(difference: Difference) -> bool:
    """The policy no longer says what it governs and what not.

    What it governs now must be read from its statements.
    """
    return difference.op == "removed"


def _same(difference: Difference) -> bool:
    one, two = texts(difference)
    return one is not None and two is not None and same_meaning(one, two)


@rule(
    "scope-changed",
    on="scope",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="scope-changed",
    message="What the policy governs reads differently.",
    short="the scope changed",
    action="Check that the services you bill under this policy are still within its scope.",
)
def scope_changed(difference: Difference) -> bool:
    """The text on what the policy governs says something else.

    What entered or left its scope is decided by another policy, so that the direction stays open.
    """
    return difference.op == "modified" and not _same(difference)


@rule(
    "scope-reworded",
    on="scope",
    kind="editorial",
    direction=NEUTRAL,
    impact="none",
    mirror="scope-reworded",
    message="The text on scope differs in form alone.",
    short="the scope was reworded",
)
def scope_reworded(difference: Difference) -> bool:
    """The text on what the policy governs differs in punctuation, case or number alone.

    It says the same.
    """
    return difference.op == "modified" and _same(difference)


@rule(
    "scope-statement-added",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="scope-statement-removed",
    message="A sentence on what the policy governs, or does not, is new.",
    short="a sentence on scope is new",
    action="Check that what you bill for {codes} is still within the policy's scope.",
)
def scope_statement_added(difference: Difference) -> bool:
    """A sentence on what the policy governs, or leaves to another, was added.

    What the other policy says must be compared there. Example: "preventive screening is not
    governed here".
    """
    return difference.op == "added" and matter(difference) == "scope"


@rule(
    "scope-statement-removed",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="scope-statement-added",
    message="A sentence on what the policy governs, or does not, is gone.",
    short="a sentence on scope is gone",
    action="Check that what you bill for {codes} is still within the policy's scope.",
)
def scope_statement_removed(difference: Difference) -> bool:
    """A sentence on what the policy governs, or leaves to another, is gone.

    Whether the policy now governs it must be asked.
    """
    return difference.op == "removed" and matter(difference) == "scope"


@rule(
    "scope-statement-changed",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="scope-statement-changed",
    fallback=1,
    message="A sentence on what the policy governs, or does not, says something else.",
    short="a sentence on scope changed",
    action="Check that what you bill for {codes} is still within the policy's scope.",
)
def scope_statement_changed(difference: Difference) -> bool:
    """A sentence on what the policy governs says something else, or names other codes.

    What entered or left its scope is decided elsewhere.
    """
    return (
        difference.op == "modified"
        and matter(difference) == "scope"
        and (reworded(difference) or bool(difference.fields & {"codes", "ranges"}))
    )


@rule(
    "policy-type-changed",
    on="policy_type",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="policy-type-changed",
    heading="Type of policy",
    message="The document is now of another type: {after}, was {before}.",
    short="the policy is of another type",
    action="Check what a document of this type decides.",
)
def policy_type_changed(difference: Difference) -> RuleMatch:
    """The document is of another type than before.

    A coverage policy, a reimbursement policy and a guideline decide different things. Example: a
    coverage policy becomes a reimbursement policy.
    """
    before, after = (text.replace("_", " ") if text else "not stated" for text in texts(difference))
    return RuleMatch({"before": before, "after": after})
