"""Rules on the share of an amount that is paid: "reimbursed at 150% of the allowed amount"."""

from policy_tracker.diff.differences import Difference
from policy_tracker.language.payment_shares import payment_share
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.questions import statements
from policy_tracker.rules.registry import BROADENED, NARROWED, RuleMatch, rule


def _moved(difference: Difference, wanted: Direction) -> RuleMatch | bool:
    """Whether nothing but the share differs, and moved this way."""
    one, two = statements(difference)
    if one is None or two is None or "text" not in difference.fields:
        return False
    before, after = payment_share(one.text), payment_share(two.text)
    if before is None or after is None or before[2] != after[2]:
        return False
    moved = direction.along((after[0] > before[0]) - (after[0] < before[0]))
    return moved == wanted and RuleMatch({"before": before[1], "after": after[1]})


@rule(
    "payment-share-raised",
    on="statement",
    kind="threshold_changed",
    axis="payment",
    direction=BROADENED,
    impact="medium",
    mirror="payment-share-lowered",
    heading="Payment",
    message="The share that is paid is now {after}, was {before}.",
    short="{after} is paid instead of {before}",
    action="Update the expected payment for {codes} from {effective}.",
)
def payment_share_raised(difference: Difference) -> RuleMatch | bool:
    """A larger share of an amount is paid than before.

    Example: "paid at 50% of the fee schedule" becomes "paid at 75% of the fee schedule".
    """
    return _moved(difference, BROADENED)


@rule(
    "payment-share-lowered",
    on="statement",
    kind="threshold_changed",
    axis="payment",
    direction=NARROWED,
    impact="medium-high",
    mirror="payment-share-raised",
    heading="Payment",
    message="The share that is paid is now {after}, was {before}.",
    short="{after} is paid instead of {before}",
    action="Update the expected payment for {codes} before {effective}.",
)
def payment_share_lowered(difference: Difference) -> RuleMatch | bool:
    """A smaller share of an amount is paid than before.

    Example: "paid at 75% of the fee schedule" becomes "paid at 50% of the fee schedule".
    """
    return _moved(difference, NARROWED)
