"""Rules on whether a version is in force at all."""

from policy_tracker.diff.differences import Difference, VersionStanding
from policy_tracker.rules.registry import INDETERMINATE, rule


def _turn(difference: Difference) -> tuple[str | None, str | None]:
    one, two = (
        side.state if isinstance(side, VersionStanding) else None
        for side in (difference.before, difference.after)
    )
    return one, two


@rule(
    "policy-retired",
    on="standing",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="high",
    mirror="policy-reinstated",
    heading="Policy retired",
    message="The policy is retired; what governs its services now is not compared here.",
    short="the policy is retired",
    action="Find what governs {codes} after the policy's end, and compare that.",
)
def policy_retired(difference: Difference) -> bool:
    """The payer retired the policy.

    Without its successor nobody can say whether more or less is approved. Example: a policy that
    was merged into another one.
    """
    return _turn(difference)[1] == "retired"


@rule(
    "policy-reinstated",
    on="standing",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="high",
    mirror="policy-retired",
    heading="Policy reinstated",
    message="The policy is in force again; what governed its services in the meantime is not "
    "compared here.",
    short="the policy is in force again",
    action="Bill {codes} against this policy again from {effective}.",
)
def policy_reinstated(difference: Difference) -> bool:
    """A retired policy is in force again.

    What governed its services in between is not known here.
    """
    return _turn(difference) == ("retired", "in_force")


@rule(
    "version-withdrawn",
    on="standing",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="high",
    mirror="withdrawal-lifted",
    heading="Version withdrawn",
    message="The payer took this version back, as if it had never been issued; the one before it "
    "governs.",
    short="the payer took this version back",
    action="Undo what was prepared for {effective}, and check claims that were decided under the "
    "version.",
)
def version_withdrawn(difference: Difference) -> bool:
    """The payer took a version back.

    The version before it governs again, also for days that seemed to be under the new one.
    """
    return _turn(difference)[1] == "withdrawn"


@rule(
    "withdrawal-lifted",
    on="standing",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="high",
    mirror="version-withdrawn",
    heading="Version issued again",
    message="The version before this one had been taken back; this one is in force.",
    short="in force after a version that was taken back",
    action="Compare with the version that governed before {effective}.",
)
def withdrawal_lifted(difference: Difference) -> bool:
    """A version that is in force follows one that the payer had taken back.

    What governed in between is the version before both.
    """
    return _turn(difference) == ("withdrawn", "in_force")
