"""Rules on the policy's name and number."""

from policy_tracker.diff.differences import Difference
from policy_tracker.rules.questions import texts
from policy_tracker.rules.registry import RuleMatch, rule


def _told(difference: Difference) -> RuleMatch:
    before, after = texts(difference)
    return RuleMatch({"before": before or "none", "after": after or "none"})


@rule(
    "title-changed", on="title", kind="title_changed", impact="low", mirror="title-changed",
    message="The title is now “{after}”, was “{before}”.", short="the title changed",
)  # fmt: skip
def title_changed(difference: Difference) -> RuleMatch:
    """The policy has another title.

    A title decides nothing, but work lists and searches may name the former one.
    """
    return _told(difference)


@rule(
    "policy-number-changed",
    on="identity",
    kind="title_changed",
    impact="low",
    mirror="policy-number-changed",
    heading="Policy number",
    message="The policy's number is now {after}, was {before}.",
    short="the policy number changed",
    action="Update the policy number in templates and work lists from {effective}.",
)
def policy_number_changed(difference: Difference) -> RuleMatch:
    """The policy is printed with another number.

    Appeals and authorization requests that quote the former one may be misrouted.
    """
    return _told(difference)
