"""Rules on the position that a policy takes on everything that it does not name."""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.content import Residual
from policy_tracker.record.vocabulary import DENYING, POSITION_WORDS
from policy_tracker.rules import direction
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule


def _told(before: str | None, after: str | None) -> RuleMatch:
    return RuleMatch({"position_before": _words(before), "position_after": _words(after)})


def _words(position: str | None) -> str:
    return POSITION_WORDS.get(position or "", "not stated")


def _residuals(difference: Difference) -> tuple[str | None, str | None]:
    one, two = (
        side.position if isinstance(side, Residual) else None
        for side in (difference.before, difference.after)
    )
    return one, two


@rule(
    "residual-became-approving",
    on="residual",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="high",
    mirror="residual-became-denying",
    heading="Everything else",
    message="What the policy does not name can now be approved; it was {position_before}.",
    short="what is not named is now {position_after}",
)
def residual_became_approving(difference: Difference) -> RuleMatch | bool:
    """The position on everything that the policy does not name turned from denying to approving.

    Every unnamed use is concerned at once.
    """
    turn = _residuals(difference)
    return direction.position_change(*turn) == BROADENED and _told(*turn)


@rule(
    "residual-became-denying",
    on="residual",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="residual-became-approving",
    heading="Everything else",
    message="What the policy does not name is now denied: {position_after}.",
    short="what is not named is now {position_after}",
    action="Check which of your services the policy does not name; they are denied from "
    "{effective}.",
)
def residual_became_denying(difference: Difference) -> RuleMatch | bool:
    """The position on everything that the policy does not name turned from approving to denying.

    Every unnamed use is concerned at once.
    """
    turn = _residuals(difference)
    return direction.position_change(*turn) == NARROWED and _told(*turn)


@rule(
    "residual-reason-changed",
    on="residual",
    kind="coverage_position_changed",
    axis="recourse",
    direction=INDETERMINATE,
    impact="medium",
    mirror="residual-reason-changed",
    heading="Everything else",
    message="What the policy does not name is denied for another reason: {position_after}.",
    short="what is not named is denied as {position_after} instead of {position_before}",
)
def residual_reason_changed(difference: Difference) -> RuleMatch | bool:
    """The policy still denies what it does not name, for another reason.

    What can be approved stays, how to appeal changes.
    """
    before, after = _residuals(difference)
    return before in DENYING and after in DENYING and before != after and _told(before, after)


@rule(
    "residual-stated",
    on="residual",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="residual-dropped",
    heading="Everything else",
    message="The text now says what becomes of what it does not name: {position_after}.",
    short="what is not named is now {position_after}",
)
def residual_stated(difference: Difference) -> RuleMatch | bool:
    """The policy now takes a position on everything that it does not name.

    What decided such claims before is not told, so that the direction stays open.
    """
    return difference.op == "added" and _told(*_residuals(difference))


@rule(
    "residual-dropped",
    on="residual",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="residual-stated",
    heading="Everything else",
    message="The text no longer says what becomes of what it does not name; it was "
    "{position_before}.",
    short="no position any more on what is not named",
)
def residual_dropped(difference: Difference) -> RuleMatch | bool:
    """The policy no longer takes a position on what it does not name.

    Silence is no denial, so that the direction stays open.
    """
    return difference.op == "removed" and _told(*_residuals(difference))


@rule(
    "residual-reworded",
    on="residual",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="residual-reworded",
    heading="Everything else",
    message="The sentence on what the policy does not name reads differently.",
    short="the sentence on what is not named was reworded",
    fallback=1,
)
def residual_reworded(difference: Difference) -> bool:
    """The sentence on everything that the policy does not name was reworded.

    Its reach may differ, so that the direction stays open.
    """
    return difference.op == "modified"
