"""Rules on positions: what can be approved at all, and why not."""

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.vocabulary import APPROVING, DENYING, POSITION_WORDS
from policy_tracker.rules.questions import positions
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule

_OPEN = frozenset({"informational", "indeterminate", None})


def _turn(difference: Difference) -> tuple[str | None, str | None]:
    """The positions that differ, two times None where none do."""
    return positions(difference) or (None, None)


def _told(before: str | None, after: str | None) -> RuleMatch:
    return RuleMatch({"position_before": _words(before), "position_after": _words(after)})


def _words(position: str | None) -> str:
    return POSITION_WORDS.get(position or "", "not stated")


@rule(
    "position-experimental-to-medically-necessary",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="position-medically-necessary-to-experimental",
    message=(
        "Claims can be approved when the criteria are met, where they were denied as "
        "experimental; a benefit plan may still "
        "exclude the service."
    ),
    short="{position_after}, was {position_before}",
    action="Audit charge capture for {codes}, and bill against the new criteria from {effective}.",
)
def experimental_to_medically_necessary(difference: Difference) -> RuleMatch | bool:
    """What was experimental, investigational or unproven is now medically necessary when criteria
    are met.

    The step from a flat denial to approval under criteria: claims that were written off can be
    billed, if the criteria are met and documented. Example: "considered experimental for all
    indications" becomes "considered medically necessary when specific criteria are met".
    """
    turn = _turn(difference)
    return turn == ("experimental_investigational", "medically_necessary") and _told(*turn)


@rule(
    "position-medically-necessary-to-experimental",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="position-experimental-to-medically-necessary",
    message="Claims that could be approved are now denied as experimental, investigational or "
    "unproven.",
    short="{position_after}, was {position_before}",
    action="Stop scheduling {codes} under this policy from {effective}, or obtain the patient's "
    "written consent to pay.",
)
def medically_necessary_to_experimental(difference: Difference) -> RuleMatch | bool:
    """What was medically necessary when criteria were met is now experimental, investigational or
    unproven.

    Every claim from the effective date on is denied whatever the criteria say. Example: a payer
    withdraws support for a test after new evidence.
    """
    turn = _turn(difference)
    return turn == ("medically_necessary", "experimental_investigational") and _told(*turn)


@rule(
    "position-denied-to-approved",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="position-approved-to-denied",
    message="Claims can now be approved; before, the position was: {position_before}.",
    short="{position_after}, was {position_before}",
    action="Audit charge capture for {codes}, and bill against the new criteria from {effective}.",
)
def denied_to_approved(difference: Difference) -> RuleMatch | bool:
    """A denial became an approval, other than from experimental to medically necessary.

    More can be approved than before. Example: "not covered" becomes "covered", or "not medically
    necessary" becomes "medically necessary when ...".
    """
    before, after = _turn(difference)
    special = (before, after) == ("experimental_investigational", "medically_necessary")
    return before in DENYING and after in APPROVING and not special and _told(before, after)


@rule(
    "position-approved-to-denied",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="position-denied-to-approved",
    message="Claims that could be approved are now denied; the position is: {position_after}.",
    short="{position_after}, was {position_before}",
    action="Stop scheduling {codes} under this policy from {effective}, or obtain the patient's "
    "written consent to pay.",
)
def approved_to_denied(difference: Difference) -> RuleMatch | bool:
    """An approval became a denial, other than from medically necessary to experimental.

    Fewer claims can be approved than before. Example: "medically necessary when ..." becomes "not
    medically necessary".
    """
    before, after = _turn(difference)
    special = (before, after) == ("medically_necessary", "experimental_investigational")
    return before in APPROVING and after in DENYING and not special and _told(before, after)


@rule(
    "denial-reason-changed",
    on="statement",
    kind="coverage_position_changed",
    axis="recourse",
    direction=INDETERMINATE,
    impact="medium",
    mirror="denial-reason-changed",
    heading="Reason for denial",
    message="Still denied, but for another reason: {position_after} instead of {position_before}. "
    "That decides how to appeal.",
    short="denied as {position_after} instead of {position_before}",
    action="Rewrite appeal letters for {codes}: the ground to answer has changed.",
)
def denial_reason_changed(difference: Difference) -> RuleMatch | bool:
    """One denial took the place of another: what can be approved stays, how to appeal changes.

    A denial as experimental is answered with evidence, one as not medically necessary with the
    patient's case, a benefit exclusion with neither. Example: "experimental and investigational"
    becomes "not medically necessary". A changed basis of "not covered" counts too.
    """
    turn = positions(difference)
    if turn:
        return set(turn) <= DENYING and _told(*turn)
    side = difference.side_after
    same = bool(
        side
        and difference.side_before
        and side.position == "not_covered"
        and "basis" in difference.fields
    )
    return same and _told("not_covered", "not_covered")


@rule(
    "approval-term-changed",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="approval-term-changed",
    message="Both versions approve, in other terms: {position_after} instead of {position_before}.",
    short="{position_after} instead of {position_before}",
    action="Check whether criteria now apply to {codes}.",
)
def approval_term_changed(difference: Difference) -> RuleMatch | bool:
    """One approving position took the place of another.

    "Covered" may or may not ask for criteria that "medically necessary when criteria are met"
    names, so that the direction stays open.
    """
    turn = positions(difference)
    return bool(turn) and set(turn or ()) <= APPROVING and _told(*turn or (None, None))


@rule(
    "position-moved-out-of-scope",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium-high",
    mirror="position-brought-into-scope",
    message="This policy no longer decides it; what does is not compared here. It was "
    "{position_before}.",
    short="out of this policy's scope, was {position_before}",
    action="Find the policy that now governs {codes}, and compare that one.",
)
def moved_out_of_scope(difference: Difference) -> RuleMatch | bool:
    """Something on which the policy took a position is now outside of its scope.

    Until the policy that took it over is compared, nobody can say whether more or less is approved.
    """
    before, after = _turn(difference)
    return before != "out_of_scope" and after == "out_of_scope" and _told(before, after)


@rule(
    "position-brought-into-scope",
    on="statement",
    kind="scope_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium-high",
    mirror="position-moved-out-of-scope",
    message="This policy now decides it: {position_after}. What decided it before is not compared "
    "here.",
    short="now decided here: {position_after}",
    action="Bill {codes} against this policy from {effective}.",
)
def brought_into_scope(difference: Difference) -> RuleMatch | bool:
    """Something outside of the policy's scope is now decided by it.

    What another policy said of it before is not known here, so that the direction stays open.
    """
    before, after = _turn(difference)
    return before == "out_of_scope" and after != "out_of_scope" and _told(before, after)


@rule(
    "position-no-longer-taken",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="position-taken",
    message="The text no longer takes a position; it was {position_before}.",
    short="no position any more, was {position_before}",
    action="Ask the payer how claims for {codes} are decided from {effective}.",
)
def no_longer_taken(difference: Difference) -> RuleMatch | bool:
    """A statement that approved or denied now does neither.

    Silence is no denial: how such claims are decided must be asked.
    """
    before, after = _turn(difference)
    return sign_of(before) != 0 and after in _OPEN and _told(before, after)


@rule(
    "position-taken",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="position-no-longer-taken",
    message="The text now takes a position where it took none: {position_after}.",
    short="now {position_after}",
    action="Bill {codes} against this position from {effective}.",
)
def taken(difference: Difference) -> RuleMatch | bool:
    """A statement that neither approved nor denied now does.

    What was decided before is not told by the earlier text, so that the direction stays open.
    """
    before, after = _turn(difference)
    return before in _OPEN and sign_of(after) != 0 and _told(before, after)
