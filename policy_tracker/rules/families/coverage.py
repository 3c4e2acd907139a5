"""Rules on positions: what can be approved at all, and why not."""

from policy_tracker.diff.edits import Edit
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.content import Residual
from policy_tracker.record.vocabulary import APPROVING, DENYING, POSITION_WORDS
from policy_tracker.rules import direction
from policy_tracker.rules.catalogue import BROADENED, INDETERMINATE, NARROWED, NEUTRAL, Told, rule
from policy_tracker.rules.reading import matter, only, positions

_OPEN = frozenset({"informational", "indeterminate", None})


def _turn(edit: Edit) -> tuple[str | None, str | None]:
    """The positions that differ, two times None where none do."""
    return positions(edit) or (None, None)


def _told(before: str | None, after: str | None) -> Told:
    return Told({"position_before": _words(before), "position_after": _words(after)})


def _words(position: str | None) -> str:
    return POSITION_WORDS.get(position or "", "not stated")


@rule(
    "position-experimental-to-medically-necessary", on="statement", kind="coverage_position_changed", axis="coverage",
    direction=BROADENED, impact="medium-high", mirror="position-medically-necessary-to-experimental",
    message=(
        "Claims can be approved when the criteria are met, where they were denied as experimental; a benefit plan may still "
        "exclude the service."
    ),
    short="{position_after}, was {position_before}",
    action="Audit charge capture for {codes}, and bill against the new criteria from {effective}.",
)  # fmt: skip
def experimental_to_medically_necessary(edit: Edit) -> Told | bool:
    """What was experimental, investigational or unproven is now medically necessary when criteria are met.

    The step from a flat denial to approval under criteria: claims that were written off can be billed, if the criteria are met and
    documented.
    Example: "considered experimental for all indications" becomes "considered medically necessary when specific criteria are met".
    """
    turn = _turn(edit)
    return turn == ("experimental_investigational", "medically_necessary") and _told(*turn)


@rule(
    "position-medically-necessary-to-experimental", on="statement", kind="coverage_position_changed", axis="coverage",
    direction=NARROWED, impact="high", mirror="position-experimental-to-medically-necessary",
    message="Claims that could be approved are now denied as experimental, investigational or unproven.",
    short="{position_after}, was {position_before}",
    action="Stop scheduling {codes} under this policy from {effective}, or obtain the patient's written consent to pay.",
)  # fmt: skip
def medically_necessary_to_experimental(edit: Edit) -> Told | bool:
    """What was medically necessary when criteria were met is now experimental, investigational or unproven.

    Every claim from the effective date on is denied whatever the criteria say. Example: a payer withdraws support for a test after new
    evidence.
    """
    turn = _turn(edit)
    return turn == ("medically_necessary", "experimental_investigational") and _told(*turn)


@rule(
    "position-denied-to-approved", on="statement", kind="coverage_position_changed", axis="coverage", direction=BROADENED,
    impact="medium-high", mirror="position-approved-to-denied",
    message="Claims can now be approved; before, the position was: {position_before}.",
    short="{position_after}, was {position_before}",
    action="Audit charge capture for {codes}, and bill against the new criteria from {effective}.",
)  # fmt: skip
def denied_to_approved(edit: Edit) -> Told | bool:
    """A denial became an approval, other than from experimental to medically necessary.

    More can be approved than before. Example: "not covered" becomes "covered", or "not medically necessary" becomes "medically
    necessary when ...".
    """
    before, after = _turn(edit)
    special = (before, after) == ("experimental_investigational", "medically_necessary")
    return before in DENYING and after in APPROVING and not special and _told(before, after)


@rule(
    "position-approved-to-denied", on="statement", kind="coverage_position_changed", axis="coverage", direction=NARROWED,
    impact="high", mirror="position-denied-to-approved",
    message="Claims that could be approved are now denied; the position is: {position_after}.",
    short="{position_after}, was {position_before}",
    action="Stop scheduling {codes} under this policy from {effective}, or obtain the patient's written consent to pay.",
)  # fmt: skip
def approved_to_denied(edit: Edit) -> Told | bool:
    """An approval became a denial, other than from medically necessary to experimental.

    Fewer claims can be approved than before. Example: "medically necessary when ..." becomes "not medically necessary".
    """
    before, after = _turn(edit)
    special = (before, after) == ("medically_necessary", "experimental_investigational")
    return before in APPROVING and after in DENYING and not special and _told(before, after)


@rule(
    "denial-reason-changed", on="statement", kind="coverage_position_changed", axis="recourse", direction=INDETERMINATE,
    impact="medium", mirror="denial-reason-changed", heading="Reason for denial",
    message="Still denied, but for another reason: {position_after} instead of {position_before}. That decides how to appeal.",
    short="denied as {position_after} instead of {position_before}",
    action="Rewrite appeal letters for {codes}: the ground to answer has changed.",
)  # fmt: skip
def denial_reason_changed(edit: Edit) -> Told | bool:
    """One denial took the place of another: what can be approved stays, how to appeal changes.

    A denial as experimental is answered with evidence, one as not medically necessary with the patient's case, a benefit exclusion with
    neither.
    Example: "experimental and investigational" becomes "not medically necessary". A changed basis of "not covered" counts too.
    """
    turn = positions(edit)
    if turn:
        return set(turn) <= DENYING and _told(*turn)
    side = edit.side_after
    same = bool(side and edit.side_before and side.position == "not_covered" and "basis" in edit.fields)
    return same and _told("not_covered", "not_covered")


@rule(
    "approval-term-changed", on="statement", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE,
    impact="medium", mirror="approval-term-changed",
    message="Both versions approve, in other terms: {position_after} instead of {position_before}.",
    short="{position_after} instead of {position_before}", action="Check whether criteria now apply to {codes}.",
)  # fmt: skip
def approval_term_changed(edit: Edit) -> Told | bool:
    """One approving position took the place of another.

    "Covered" may or may not ask for criteria that "medically necessary when criteria are met" names, so that the direction stays open.
    """
    turn = positions(edit)
    return bool(turn) and set(turn or ()) <= APPROVING and _told(*turn or (None, None))


@rule(
    "position-moved-out-of-scope", on="statement", kind="scope_changed", axis="coverage", direction=INDETERMINATE,
    impact="medium-high", mirror="position-brought-into-scope",
    message="This policy no longer decides it; what does is not compared here. It was {position_before}.",
    short="out of this policy's scope, was {position_before}",
    action="Find the policy that now governs {codes}, and compare that one.",
)  # fmt: skip
def moved_out_of_scope(edit: Edit) -> Told | bool:
    """Something on which the policy took a position is now outside of its scope.

    Until the policy that took it over is compared, nobody can say whether more or less is approved.
    """
    before, after = _turn(edit)
    return before != "out_of_scope" and after == "out_of_scope" and _told(before, after)


@rule(
    "position-brought-into-scope", on="statement", kind="scope_changed", axis="coverage", direction=INDETERMINATE,
    impact="medium-high", mirror="position-moved-out-of-scope",
    message="This policy now decides it: {position_after}. What decided it before is not compared here.",
    short="now decided here: {position_after}", action="Bill {codes} against this policy from {effective}.",
)  # fmt: skip
def brought_into_scope(edit: Edit) -> Told | bool:
    """Something outside of the policy's scope is now decided by it.

    What another policy said of it before is not known here, so that the direction stays open.
    """
    before, after = _turn(edit)
    return before == "out_of_scope" and after != "out_of_scope" and _told(before, after)


@rule(
    "position-no-longer-taken", on="statement", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE,
    impact="medium", mirror="position-taken", message="The text no longer takes a position; it was {position_before}.",
    short="no position any more, was {position_before}", action="Ask the payer how claims for {codes} are decided from {effective}.",
)  # fmt: skip
def no_longer_taken(edit: Edit) -> Told | bool:
    """A statement that approved or denied now does neither.

    Silence is no denial: how such claims are decided must be asked.
    """
    before, after = _turn(edit)
    return sign_of(before) != 0 and after in _OPEN and _told(before, after)


@rule(
    "position-taken", on="statement", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="position-no-longer-taken", message="The text now takes a position where it took none: {position_after}.",
    short="now {position_after}", action="Bill {codes} against this position from {effective}.",
)  # fmt: skip
def taken(edit: Edit) -> Told | bool:
    """A statement that neither approved nor denied now does.

    What was decided before is not told by the earlier text, so that the direction stays open.
    """
    before, after = _turn(edit)
    return before in _OPEN and sign_of(after) != 0 and _told(before, after)


def _named(edit: Edit, op: str) -> tuple[str | None, str] | None:
    """The position of a statement of position that one side alone makes, and its direction."""
    if edit.op != op or matter(edit) != "position":
        return None
    side = only(edit)
    fallback = edit.fallback_before if op == "added" else edit.fallback_after
    return side.position, direction.naming(side.position, fallback, added=op == "added")


def _is(edit: Edit, op: str, sign: int, found: str) -> Told | bool:
    named = _named(edit, op)
    if named is None or sign_of(named[0]) != sign or named[1] != found:
        return False
    return _told(None, named[0]) if op == "added" else _told(named[0], None)


@rule(
    "approved-use-added", on="statement", kind="criterion_added", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="approved-use-removed", heading="Use added",
    message="A use that the earlier version did not approve is now {position_after}.", short="a use was added that can be approved",
    action="Add this use to what is scheduled and billed from {effective}.",
)  # fmt: skip
def approved_use_added(edit: Edit) -> Told | bool:
    """A use, indication or service was added under an approving position.

    More can be approved: before, nothing in the policy approved it. Example: a further diagnosis for which a test is medically necessary.
    """
    return _is(edit, "added", 1, BROADENED)


@rule(
    "approved-use-removed", on="statement", kind="criterion_removed", axis="coverage", direction=NARROWED, impact="high",
    mirror="approved-use-added", heading="Use removed", message="A use that was {position_before} is no longer named.",
    short="a use was removed that could be approved",
    action="Do not schedule this use under the policy from {effective} before asking the payer.",
)  # fmt: skip
def approved_use_removed(edit: Edit) -> Told | bool:
    """A use, indication or service under an approving position is gone.

    Nothing in the policy approves it any more. Example: one of several diagnoses is dropped from the list of covered ones.
    """
    return _is(edit, "removed", 1, NARROWED)


@rule(
    "approved-use-named", on="statement", kind="criterion_added", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="approved-use-unnamed", heading="Use named", message="The text names a use that could be approved already.",
    short="an approved use is now named", substantive=False,
)  # fmt: skip
def approved_use_named(edit: Edit) -> Told | bool:
    """A use was named as approved that the policy approved already, because everything it does not name is approved.

    A clarification: the same claims can be approved.
    """
    return _is(edit, "added", 1, NEUTRAL)


@rule(
    "approved-use-unnamed", on="statement", kind="criterion_removed", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="approved-use-named", heading="Use no longer named",
    message="The text no longer names a use; it can still be approved, as everything that is not named.",
    short="an approved use is no longer named", substantive=False,
)  # fmt: skip
def approved_use_unnamed(edit: Edit) -> Told | bool:
    """A use that was named as approved is no longer named, and what the policy does not name is approved.

    The same claims can be approved as before.
    """
    return _is(edit, "removed", 1, NEUTRAL)


@rule(
    "denied-use-added", on="statement", kind="criterion_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="denied-use-removed", heading="Use denied", message="A use that could be approved before is now {position_after}.",
    short="a use was added that is denied", action="Stop scheduling this use under the policy from {effective}.",
)  # fmt: skip
def denied_use_added(edit: Edit) -> Told | bool:
    """A use was named as denied that the policy approved before, because everything it did not name was approved.

    Fewer claims can be approved.
    """
    return _is(edit, "added", -1, NARROWED)


@rule(
    "denied-use-removed", on="statement", kind="criterion_removed", axis="coverage", direction=BROADENED, impact="medium",
    mirror="denied-use-added", heading="Use no longer denied",
    message="A use that was {position_before} is no longer named, and what is not named can be approved.",
    short="a use is no longer denied", action="Review past denials of this use before billing it from {effective}.",
)  # fmt: skip
def denied_use_removed(edit: Edit) -> Told | bool:
    """A use that was named as denied is no longer named, and what the policy does not name is approved.

    More claims can be approved.
    """
    return _is(edit, "removed", -1, BROADENED)


@rule(
    "denied-use-named", on="statement", kind="criterion_added", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="denied-use-unnamed", heading="Denial clarified",
    message="The text names as {position_after} a use that was denied already, as everything that is not named.",
    short="a use that was denied anyway is now named",
)  # fmt: skip
def denied_use_named(edit: Edit) -> Told | bool:
    """A use was named as denied that was denied already, because the policy denies everything it does not name.

    Clarified: the same claims can be approved. Example: one more example in a list of what is considered experimental.
    """
    return _is(edit, "added", -1, NEUTRAL)


@rule(
    "denied-use-unnamed", on="statement", kind="criterion_removed", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="denied-use-named", heading="Denial no longer named",
    message="The text no longer names a use that is still denied, as everything that is not named.",
    short="a denied use is no longer named",
)  # fmt: skip
def denied_use_unnamed(edit: Edit) -> Told | bool:
    """A use that was named as denied is no longer named, and the policy denies everything it does not name.

    The same claims can be approved as before.
    """
    return _is(edit, "removed", -1, NEUTRAL)


@rule(
    "denied-use-stated", on="statement", kind="criterion_added", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="denied-use-dropped", heading="Use denied",
    message="A use is now {position_after}; what decided it before, the earlier version does not say.",
    short="a use is now denied by name", action="Check how claims for this use were decided before {effective}.",
)  # fmt: skip
def denied_use_stated(edit: Edit) -> Told | bool:
    """A use is now denied of which the earlier version said nothing, and it had no position for what it did not name.

    Silence is neither approval nor denial, so that the direction stays open.
    """
    return _is(edit, "added", -1, INDETERMINATE)


@rule(
    "denied-use-dropped", on="statement", kind="criterion_removed", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="denied-use-stated", heading="Use no longer denied",
    message="A use that was {position_before} is no longer named; what decides it now, the text does not say.",
    short="a use is no longer denied by name", action="Ask the payer how this use is decided from {effective}.",
)  # fmt: skip
def denied_use_dropped(edit: Edit) -> Told | bool:
    """A use that was denied is no longer named, and the policy has no position for what it does not name.

    Silence is neither approval nor denial, so that the direction stays open.
    """
    return _is(edit, "removed", -1, INDETERMINATE)


def _residuals(edit: Edit) -> tuple[str | None, str | None]:
    one, two = (side.position if isinstance(side, Residual) else None for side in (edit.before, edit.after))
    return one, two


@rule(
    "residual-became-approving", on="residual", kind="coverage_position_changed", axis="coverage", direction=BROADENED, impact="high",
    mirror="residual-became-denying", heading="Everything else",
    message="What the policy does not name can now be approved; it was {position_before}.",
    short="what is not named is now {position_after}",
)  # fmt: skip
def residual_became_approving(edit: Edit) -> Told | bool:
    """The position on everything that the policy does not name turned from denying to approving.

    Every unnamed use is concerned at once.
    """
    turn = _residuals(edit)
    return direction.position_change(*turn) == BROADENED and _told(*turn)


@rule(
    "residual-became-denying", on="residual", kind="coverage_position_changed", axis="coverage", direction=NARROWED, impact="high",
    mirror="residual-became-approving", heading="Everything else",
    message="What the policy does not name is now denied: {position_after}.", short="what is not named is now {position_after}",
    action="Check which of your services the policy does not name; they are denied from {effective}.",
)  # fmt: skip
def residual_became_denying(edit: Edit) -> Told | bool:
    """The position on everything that the policy does not name turned from approving to denying.

    Every unnamed use is concerned at once.
    """
    turn = _residuals(edit)
    return direction.position_change(*turn) == NARROWED and _told(*turn)


@rule(
    "residual-reason-changed", on="residual", kind="coverage_position_changed", axis="recourse", direction=INDETERMINATE,
    impact="medium", mirror="residual-reason-changed", heading="Everything else",
    message="What the policy does not name is denied for another reason: {position_after}.",
    short="what is not named is denied as {position_after} instead of {position_before}",
)  # fmt: skip
def residual_reason_changed(edit: Edit) -> Told | bool:
    """The policy still denies what it does not name, for another reason.

    What can be approved stays, how to appeal changes.
    """
    before, after = _residuals(edit)
    return before in DENYING and after in DENYING and before != after and _told(before, after)


@rule(
    "residual-stated", on="residual", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="residual-dropped", heading="Everything else",
    message="The text now says what becomes of what it does not name: {position_after}.",
    short="what is not named is now {position_after}",
)  # fmt: skip
def residual_stated(edit: Edit) -> Told | bool:
    """The policy now takes a position on everything that it does not name.

    What decided such claims before is not told, so that the direction stays open.
    """
    return edit.op == "added" and _told(*_residuals(edit))


@rule(
    "residual-dropped", on="residual", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="residual-stated", heading="Everything else",
    message="The text no longer says what becomes of what it does not name; it was {position_before}.",
    short="no position any more on what is not named",
)  # fmt: skip
def residual_dropped(edit: Edit) -> Told | bool:
    """The policy no longer takes a position on what it does not name.

    Silence is no denial, so that the direction stays open.
    """
    return edit.op == "removed" and _told(*_residuals(edit))


@rule(
    "residual-reworded", on="residual", kind="coverage_position_changed", axis="coverage", direction=INDETERMINATE, impact="low",
    mirror="residual-reworded", heading="Everything else", message="The sentence on what the policy does not name reads differently.",
    short="the sentence on what is not named was reworded", fallback=1,
)  # fmt: skip
def residual_reworded(edit: Edit) -> bool:
    """The sentence on everything that the policy does not name was reworded.

    Its reach may differ, so that the direction stays open.
    """
    return edit.op == "modified"
