"""Rules on sentences that say the opposite of what they said: a negation came or went."""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, rule
from policy_tracker.rules.turns import criterion_turned, decision_turned, demand_turned


@rule(
    "decision-turned-to-approval",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="high",
    mirror="decision-turned-to-denial",
    heading="Decision turned",
    message="The sentence denied, and now approves.",
    short="a denial became an approval",
    action="Review past denials of {codes} under this sentence, and bill from {effective}.",
)
def decision_turned_to_approval(difference: Difference) -> bool:
    """The negation of a sentence that denied is gone, so that it approves.

    Example: "sessions beyond 20 are not covered" becomes "sessions beyond 20 are covered".
    """
    return decision_turned(difference) == BROADENED


@rule(
    "decision-turned-to-denial",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="decision-turned-to-approval",
    heading="Decision turned",
    message="The sentence approved, and now denies.",
    short="an approval became a denial",
    action="Stop scheduling what this sentence names under {codes} from {effective}.",
)
def decision_turned_to_denial(difference: Difference) -> bool:
    """A sentence that approved is now negated, so that it denies.

    Example: "a second session is covered" becomes "a second session is not covered".
    """
    return decision_turned(difference) == NARROWED


@rule(
    "criterion-turned",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium-high",
    mirror="criterion-turned",
    message="The condition is another than before: cases that met it may fail it now, and cases "
    "that failed it may meet it.",
    short="a condition became another: those who met it may fail it, others may now meet it",
    action="Check cases planned for {codes} against the condition as it now reads before "
    "{effective}, and past denials that rested on it.",
)
def criterion_turned_round(difference: Difference) -> bool:
    """A condition became its opposite, or names another thing of its sort.

    Neither reading implies the other, so that one change tells both parts, and has no direction.
    Example: "has had surgery" becomes "has not had surgery"; "ordered by a neurologist" becomes
    "ordered by an urologist".
    """
    return criterion_turned(difference)


def _demand(difference: Difference, about: str, wanted: Direction) -> bool:
    return demand_turned(difference, about) == wanted


@rule(
    "documentation-waived",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=BROADENED,
    impact="low",
    mirror="documentation-demanded",
    message="What had to be documented or submitted no longer has to be.",
    short="documentation is no longer asked for",
    action="Take the requirement off the documentation checklist for {codes} after {effective}.",
)
def documentation_waived(difference: Difference) -> bool:
    """A sentence that asked for documents now says that they are not needed.

    Example: "records must be sent" becomes "records need not be sent".
    """
    return _demand(difference, "documentation", BROADENED)


@rule(
    "documentation-demanded",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="documentation-waived",
    message="What did not have to be documented or submitted now has to be.",
    short="documentation is now asked for",
    action="Add the requirement to the documentation checklist for {codes} before {effective}.",
)
def documentation_demanded(difference: Difference) -> bool:
    """A sentence that waived documents now asks for them.

    Example: "a photograph is not required" becomes "a photograph is required".
    """
    return _demand(difference, "documentation", NARROWED)


@rule(
    "authorization-waived",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium-high",
    mirror="authorization-demanded",
    message="Authorization is no longer asked where it was.",
    short="authorization is no longer asked where it was",
    action="From {effective}, stop requesting authorization for {codes} where the plan confirms it.",  # noqa: E501
)
def authorization_waived(difference: Difference) -> bool:
    """A sentence that asked for a request now says that none is needed.

    Example: "an authorization is needed in a clinic" becomes "an authorization is not needed in a
    clinic".
    """
    return _demand(difference, "prior_auth", BROADENED)


@rule(
    "authorization-demanded",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="authorization-waived",
    message="Authorization is now asked where it was not.",
    short="authorization is now asked where it was not",
    action="Before {effective}, confirm with the payer which authorizations {codes} need.",
)
def authorization_demanded(difference: Difference) -> bool:
    """A sentence that said no request is needed now asks for one.

    Example: "a request is not required in a clinic" becomes "a request is required in a clinic".
    """
    return _demand(difference, "prior_auth", NARROWED)
