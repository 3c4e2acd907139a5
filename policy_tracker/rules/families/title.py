"""Rules on the policy's name and number."""

from policy_tracker.diff.differences import Edit
from policy_tracker.rules.questions import texts
from policy_tracker.rules.registry import Told, rule


def _told(edit: Edit) -> Told:
    before, after = texts(edit)
    return Told({"before": before or "none", "after": after or "none"})


@rule(
    "title-changed", on="title", kind="title_changed", impact="low", mirror="title-changed",
    message="The title is now “{after}”, was “{before}”.", short="the title changed",
)  # fmt: skip
def title_changed(edit: Edit) -> Told:
    """The policy has another title.

    A title decides nothing, but work lists and searches may name the former one.
    """
    return _told(edit)


@rule(
    "policy-number-changed", on="identity", kind="title_changed", impact="low", mirror="policy-number-changed",
    heading="Policy number", message="The policy's number is now {after}, was {before}.", short="the policy number changed",
    action="Update the policy number in templates and work lists from {effective}.",
)  # fmt: skip
def policy_number_changed(edit: Edit) -> Told:
    """The policy is printed with another number.

    Appeals and authorization requests that quote the former one may be misrouted.
    """
    return _told(edit)
