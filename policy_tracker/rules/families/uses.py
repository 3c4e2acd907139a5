"""Rules on uses, indications and services that are named as approved or denied, or no longer."""

from policy_tracker.diff.differences import Difference, EffectivePosition
from policy_tracker.diff.tree import sign_of
from policy_tracker.record import Statement
from policy_tracker.record.vocabulary import POSITION_WORDS
from policy_tracker.rules import direction
from policy_tracker.rules.questions import matter, only
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    RuleMatch,
    rule,
)


def _told(before: str | None, after: str | None) -> RuleMatch:
    return RuleMatch({"position_before": _words(before), "position_after": _words(after)})


def _words(position: str | None) -> str:
    return POSITION_WORDS.get(position or "", "not stated")


def _named(difference: Difference, op: str) -> tuple[str | None, str] | None:
    """The position of a statement of position that one side alone makes, and its direction."""
    if difference.op != op or matter(difference) != "position":
        return None
    side = only(difference)
    fallback = difference.fallback_before if op == "added" else difference.fallback_after
    if direction.is_of_study(side, fallback):
        return side.position, INDETERMINATE
    if _answered_in_lists(difference, side.statement, op):
        fallback = EffectivePosition(fallback.position, "listed")
    return side.position, direction.naming(side.position, fallback, added=op == "added")


def _answered_in_lists(difference: Difference, statement: Statement, op: str) -> bool:
    """Whether the version without a statement names codes of it elsewhere, so that it is not silent
    on them.
    """
    unheard = difference.added if op == "added" else difference.removed
    return bool(
        {(c.system, c.code) for c in statement.codes} - {(c.system, c.code) for c in unheard}
    )


def _is(difference: Difference, op: str, sign: int, found: str) -> RuleMatch | bool:
    named = _named(difference, op)
    if named is None or sign_of(named[0]) != sign or named[1] != found:
        return False
    return _told(None, named[0]) if op == "added" else _told(named[0], None)


@rule(
    "approved-use-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="approved-use-removed",
    heading="Use added",
    message="A use that the earlier version did not approve is now {position_after}.",
    short="a use was added that can be approved",
    action="Add this use to what is scheduled and billed from {effective}.",
)
def approved_use_added(difference: Difference) -> RuleMatch | bool:
    """A use, indication or service was added under an approving position.

    More can be approved: before, nothing in the policy approved it. Example: a further diagnosis
    for which a test is medically necessary.
    """
    return _is(difference, "added", 1, BROADENED)


@rule(
    "approved-use-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="approved-use-added",
    heading="Use removed",
    message="A use that was {position_before} is no longer named.",
    short="a use was removed that could be approved",
    action="Do not schedule this use under the policy from {effective} before asking the payer.",
)
def approved_use_removed(difference: Difference) -> RuleMatch | bool:
    """A use, indication or service under an approving position is gone.

    Nothing in the policy approves it any more. Example: one of several diagnoses is dropped from
    the list of covered ones.
    """
    return _is(difference, "removed", 1, NARROWED)


@rule(
    "approved-use-named",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="approved-use-unnamed",
    heading="Use named",
    message="The text names a use that could be approved already.",
    short="an approved use is now named",
    substantive=False,
)
def approved_use_named(difference: Difference) -> RuleMatch | bool:
    """A use was named as approved that the policy approved already, because everything it does not
    name is approved.

    A clarification: the same claims can be approved.
    """
    return _is(difference, "added", 1, NEUTRAL)


@rule(
    "approved-use-unnamed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="approved-use-named",
    heading="Use no longer named",
    message="The text no longer names a use; it can still be approved, as everything that is not "
    "named.",
    short="an approved use is no longer named",
    substantive=False,
)
def approved_use_unnamed(difference: Difference) -> RuleMatch | bool:
    """A use that was named as approved is no longer named, and what the policy does not name is
    approved.

    The same claims can be approved as before.
    """
    return _is(difference, "removed", 1, NEUTRAL)


@rule(
    "denied-use-added",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="denied-use-removed",
    heading="Use denied",
    message="A use that was not denied before is now {position_after}.",
    short="a use was added that is denied",
    action="Stop scheduling this use under the policy from {effective}.",
)
def denied_use_added(difference: Difference) -> RuleMatch | bool:
    """A use was named as denied that the policy did not deny before: it approved everything that it
    did not name, or said nothing of it.

    Silence is no denial, so that fewer claims can be approved.
    """
    return _is(difference, "added", -1, NARROWED)


@rule(
    "denied-use-removed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="denied-use-added",
    heading="Use no longer denied",
    message="A use that was {position_before} is no longer named, and nothing else in the text "
    "denies it.",
    short="a use is no longer denied",
    action="Review past denials of this use before billing it from {effective}.",
)
def denied_use_removed(difference: Difference) -> RuleMatch | bool:
    """A use that was named as denied is no longer named, and the policy approves what it does not
    name, or says nothing of it.

    Silence is no denial, so that more claims can be approved.
    """
    return _is(difference, "removed", -1, BROADENED)


@rule(
    "denied-use-named",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="denied-use-unnamed",
    heading="Denial clarified",
    message="The text names as {position_after} a use that was denied already, as everything that "
    "is not named.",
    short="a use that was denied anyway is now named",
)
def denied_use_named(difference: Difference) -> RuleMatch | bool:
    """A use was named as denied that was denied already, because the policy denies everything it
    does not name.

    Clarified: the same claims can be approved. Example: one more example in a list of what is
    considered experimental.
    """
    return _is(difference, "added", -1, NEUTRAL)


@rule(
    "denied-use-unnamed",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="denied-use-named",
    heading="Denial no longer named",
    message="The text no longer names a use that is still denied, as everything that is not named.",
    short="a denied use is no longer named",
)
def denied_use_unnamed(difference: Difference) -> RuleMatch | bool:
    """A use that was named as denied is no longer named, and the policy denies everything it does
    not name.

    The same claims can be approved as before.
    """
    return _is(difference, "removed", -1, NEUTRAL)


@rule(
    "denied-use-stated",
    on="statement",
    kind="criterion_added",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="denied-use-dropped",
    heading="Use denied",
    message="A use is now {position_after}; what decided it before, the earlier version does not "
    "say.",
    short="a use is now denied by name",
    action="Check how claims for this use were decided before {effective}.",
)
def denied_use_stated(difference: Difference) -> RuleMatch | bool:
    """A use is now denied whose codes the earlier version named elsewhere, without one answer for
    them.

    Whether they could be approved before the text does not tell, so that the direction stays open.
    """
    return _is(difference, "added", -1, INDETERMINATE)


@rule(
    "denied-use-dropped",
    on="statement",
    kind="criterion_removed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="denied-use-stated",
    heading="Use no longer denied",
    message="A use that was {position_before} is no longer named; what decides it now, the text "
    "does not say.",
    short="a use is no longer denied by name",
    action="Ask the payer how this use is decided from {effective}.",
)
def denied_use_dropped(difference: Difference) -> RuleMatch | bool:
    """A use that was denied is no longer named, and its codes stand elsewhere, without one answer
    for them.

    Whether they can be approved now the text does not tell, so that the direction stays open.
    """
    return _is(difference, "removed", -1, INDETERMINATE)
