"""Rules on other policies: what is routed to them, what replaces this one, and what is merely
mentioned.
"""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.content import RelatedPolicy
from policy_tracker.rules.registry import INDETERMINATE, RuleMatch, rule

_SUCCESSION = ("replaced_by", "replaces")


def _other(difference: Difference) -> RelatedPolicy | None:
    found = difference.after or difference.before
    return found if isinstance(found, RelatedPolicy) else None


def _is(difference: Difference, op: str, *relations: str) -> RuleMatch | bool:
    other = _other(difference)
    return (
        difference.op == op
        and other is not None
        and other.relation in relations
        and RuleMatch({"name": _called(other)})
    )


def _called(other: RelatedPolicy) -> str:
    return f"{other.policy.upper()} ({other.title})" if other.title else other.policy.upper()


@rule(
    "routing-added",
    on="related_policy",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="routing-removed",
    heading="Routing",
    message="Some services are now decided by {name}, which is not compared here.",
    short="some services are now decided by {name}",
    action="Bill {codes} against {name} from {effective}.",
)
def routing_added(difference: Difference) -> RuleMatch | bool:
    """Services are now left to another policy.

    Until that one is compared, the direction stays open. Example: preventive screening is routed to
    an administrative policy.
    """
    return _is(difference, "added", "routes_to", "governed_by")


@rule(
    "routing-removed",
    on="related_policy",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="routing-added",
    heading="Routing",
    message="Services are no longer left to {name}.",
    short="services are no longer left to {name}",
    action="Ask which policy decides {codes} from {effective}.",
)
def routing_removed(difference: Difference) -> RuleMatch | bool:
    """Services are no longer left to another policy.

    Whether this one decides them now must be read from it.
    """
    return _is(difference, "removed", "routes_to", "governed_by")


@rule(
    "succession-stated",
    on="related_policy",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium-high",
    mirror="succession-unstated",
    heading="Succession",
    message="The text names a policy that replaces this one, or is replaced by it: {name}.",
    short="{name} is named as predecessor or successor",
    action="Compare with {name} before {effective}.",
)
def succession_stated(difference: Difference) -> RuleMatch | bool:
    """The text now says which policy this one replaces, or by which it is replaced.

    What changes for a service follows from comparing the two.
    """
    return _is(difference, "added", *_SUCCESSION)


@rule(
    "succession-unstated",
    on="related_policy",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="succession-stated",
    heading="Succession",
    message="The text no longer names {name} as replacing this policy, or as replaced by it.",
    short="{name} is no longer named as predecessor or successor",
)
def succession_unstated(difference: Difference) -> RuleMatch | bool:
    """The text no longer says which policy this one replaces, or by which it is replaced.

    Such notes are often dropped with time; the succession itself stays.
    """
    return _is(difference, "removed", *_SUCCESSION)


@rule(
    "related-policy-added",
    on="related_policy",
    kind="reference_changed",
    impact="none",
    mirror="related-policy-removed",
    heading="Related policies",
    message="{name} is now mentioned as related.",
    short="{name} is mentioned as related",
)
def related_policy_added(difference: Difference) -> RuleMatch | bool:
    """Another policy is now mentioned as related.

    A mention decides nothing.
    """
    return _is(difference, "added", "see_also")


@rule(
    "related-policy-removed",
    on="related_policy",
    kind="reference_changed",
    impact="none",
    mirror="related-policy-added",
    heading="Related policies",
    message="{name} is no longer mentioned as related.",
    short="{name} is no longer mentioned as related",
)
def related_policy_removed(difference: Difference) -> RuleMatch | bool:
    """Another policy is no longer mentioned as related.

    A mention decides nothing.
    """
    return _is(difference, "removed", "see_also")


@rule(
    "related-policy-reworded",
    on="related_policy",
    kind="reference_changed",
    impact="none",
    mirror="related-policy-reworded",
    heading="Related policies",
    message="What is said of {name} reads differently.",
    short="the mention of {name} was reworded",
)
def related_policy_reworded(difference: Difference) -> RuleMatch | bool:
    """The title or the reason beside another policy reads differently.

    The relation itself stays.
    """
    return (
        _is(difference, "modified", "routes_to", "governed_by", "see_also", *_SUCCESSION)
        if "codes" not in difference.fields
        else False
    )


@rule(
    "routing-codes-changed",
    on="related_policy",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="routing-codes-changed",
    heading="Routing",
    message="The codes that belong to {name} are others than before.",
    short="other codes belong to {name}",
    action="Check which of {codes} belong to {name} from {effective}.",
)
def routing_codes_changed(difference: Difference) -> RuleMatch | bool:
    """Other codes are left to another policy than before.

    Claims with them are decided elsewhere.
    """
    return (
        _is(difference, "modified", "routes_to", "governed_by", "see_also", *_SUCCESSION)
        if "codes" in difference.fields
        else False
    )
