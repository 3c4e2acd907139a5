"""Rules on how often a service can be approved."""

from policy_tracker.diff.differences import Difference
from policy_tracker.rules.numbers import told
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule


@rule(
    "frequency-limit-raised",
    on="statement",
    kind="frequency_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="frequency-limit-lowered",
    message="The service can be approved more often: {after}, was {before}.",
    short="{after} instead of {was}",
    action="Update the frequency edit for {codes} from {effective}.",
)
def frequency_limit_raised(difference: Difference) -> RuleMatch | bool:
    """A service can be approved more often than before.

    A higher count in the same time, or a shorter time that must pass between two services. Example:
    once every 24 months becomes once every 12 months.
    """
    return told(difference, BROADENED, "frequency")


@rule(
    "frequency-limit-lowered",
    on="statement",
    kind="frequency_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="frequency-limit-raised",
    message="The service can be approved less often: {after}, was {before}.",
    short="{after} instead of {was}",
    action="Update the frequency edit for {codes} before {effective}, and check what is scheduled.",
)
def frequency_limit_lowered(difference: Difference) -> RuleMatch | bool:
    """A service can be approved less often than before.

    Services beyond the limit are denied. Example: 80 units per 12 months becomes 40 units per 12
    months.
    """
    return told(difference, NARROWED, "frequency")


@rule(
    "frequency-limit-stated",
    on="statement",
    kind="frequency_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="frequency-limit-dropped",
    message="How often the service can be approved is now limited: {after}.",
    short="a frequency limit of {after} is new",
    action="Set up a frequency edit for {codes} before {effective}.",
)
def frequency_limit_stated(difference: Difference) -> RuleMatch | bool:
    """A statement now limits how often a service can be approved.

    Example: "once per lifetime" is added to a criterion.
    """
    return told(difference, NARROWED, "frequency", whole=False)


@rule(
    "frequency-limit-dropped",
    on="statement",
    kind="frequency_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="frequency-limit-stated",
    message="How often the service can be approved is no longer limited here; it was {before}.",
    short="the frequency limit of {before} is gone",
    action="Review the frequency edit for {codes} from {effective}.",
)
def frequency_limit_dropped(difference: Difference) -> RuleMatch | bool:
    """A statement no longer limits how often a service can be approved.

    Example: "once every 12 months" is dropped.
    """
    return told(difference, BROADENED, "frequency", whole=False)


@rule(
    "frequency-changed",
    on="statement",
    kind="frequency_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="frequency-changed",
    message="How often the service can be approved reads differently: {after}, was {before}.",
    short="{after} instead of {was}",
    action="Ask the payer how often {codes} can be approved from {effective}.",
)
def frequency_changed(difference: Difference) -> RuleMatch | bool:
    """How often a service can be approved is stated in another way, and the two cannot be compared.

    Example: "1 visit per week" becomes "4 visits per month".
    """
    return told(difference, INDETERMINATE, "frequency") or told(
        difference, INDETERMINATE, "frequency", whole=False
    )
