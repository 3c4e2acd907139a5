"""Rules on prior authorization: whether it is needed, for what, in which phase, from whom, and for
how long it holds.
"""

import re

from policy_tracker.diff.differences import Difference, Joint
from policy_tracker.language.tokens import NEGATIONS, words
from policy_tracker.record import CodeRef, Statement
from policy_tracker.record.content import Authorization
from policy_tracker.record.quantities import in_common_unit
from policy_tracker.record.vocabulary import Requirement
from policy_tracker.rules import direction
from policy_tracker.rules.numbers import told
from policy_tracker.rules.periods import period, told_period
from policy_tracker.rules.questions import matter, reworded
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    RuleMatch,
    rule,
)

_NOT_REQUIRED = NEGATIONS - {"cannot"}  # "cannot begin before approval" asks for it
_REQUIRED = re.compile(
    r"\b(required|requires|require|needed|must be "
    r"(obtained|authorized|approved)|mandatory|necessary)\b"
)


def _entries(difference: Difference) -> tuple[Authorization | None, Authorization | None]:
    """The entries on both sides, those of a statement without an entry read from its words."""
    return _entry(difference.before), _entry(difference.after)


def _entry(content: object) -> Authorization | None:
    if isinstance(content, Joint) and isinstance(content.value, Authorization):
        return content.value
    if isinstance(content, Statement):
        requirement = requirement_said(content.text)
        return (
            Authorization(requirement=requirement, phase=content.phase, codes=content.codes)
            if requirement
            else None
        )
    return None


def requirement_said(text: str) -> Requirement | None:
    """What a sentence asks for, where it says so in plain words; None where it cannot be told."""
    plain = " ".join(words(text))
    if not re.search(
        r"\b(authorization|authorisation|precertification|pre certification|approval|review)\b",
        plain,
    ) or not _REQUIRED.search(plain):
        return None
    return "required" if _NOT_REQUIRED.isdisjoint(plain.split()) else "not_required"


def _concerns(difference: Difference) -> bool:
    return difference.subject == "authorization" or matter(difference) == "prior_auth"


def _requirements(difference: Difference) -> tuple[str | None, str | None] | None:
    """The requirements on both sides where they are known; None where the difference is not about
    them or a side does not say.
    """
    if not _concerns(difference):
        return None
    before, after = _entries(difference)
    unread = (difference.before is not None and before is None) or (
        difference.after is not None and after is None
    )
    if unread:
        return None
    return before.requirement if before else None, after.requirement if after else None


def _full(difference: Difference, *, added: bool) -> bool:
    turn = _requirements(difference)
    one, two = (turn if added else turn[::-1]) if turn else ("unknown", "unknown")
    return one in ("not_required", None) and two == "required"


@rule(
    "prior-auth-added",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="prior-auth-removed",
    message="Prior authorization must now be obtained; without it a claim is denied whatever its "
    "clinical merits.",
    short="prior authorization is new",
    action="Before {effective}, confirm with the payer, plan by plan, which authorizations {codes} "
    "need.",
)
def prior_auth_added(difference: Difference) -> bool:
    """Prior authorization is now required where it was not.

    A service without it is denied for that reason alone, which is hard to overturn. Example: "not
    required" becomes "required for initial treatment". Together with first-time coverage it stays
    an added burden, and takes nothing away from the broadening.
    """
    return _full(difference, added=True)


@rule(
    "prior-auth-removed",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium-high",
    mirror="prior-auth-added",
    message="Prior authorization is no longer required.",
    short="prior authorization is no longer required",
    action="From {effective}, stop requesting authorization for {codes} where the plan confirms it.",  # noqa: E501
)
def prior_auth_removed(difference: Difference) -> bool:
    """Prior authorization that was required no longer is.

    Less effort before a service; a plan may still ask for it. Example: "required" becomes "not
    required".
    """
    return _full(difference, added=False)


def _partly(difference: Difference, wanted: str) -> bool:
    turn = _requirements(difference)
    return (
        bool(turn)
        and not _full(difference, added=True)
        and not _full(difference, added=False)
        and direction.requirement_change(*turn or (None, None)) == wanted
    )


@rule(
    "prior-auth-tightened",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="prior-auth-relaxed",
    message="More is now asked before the service: notification, authorization under conditions, "
    "or authorization in every case.",
    short="more must be asked for beforehand",
    action="Before {effective}, check with the payer what must be requested for {codes}.",
)
def prior_auth_tightened(difference: Difference) -> bool:
    """The step before a service became heavier, short of going from nothing to full authorization.

    Notification, authorization under conditions, and authorization in every case follow each other.
    Example: "notification" becomes "required".
    """
    return _partly(difference, NARROWED)


@rule(
    "prior-auth-relaxed",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-tightened",
    message="Less is now asked before the service than authorization in every case.",
    short="less must be asked for beforehand",
    action="From {effective}, request for {codes} only what is still asked.",
)
def prior_auth_relaxed(difference: Difference) -> bool:
    """The step before a service became lighter, short of going from full authorization to nothing.

    Example: "required" becomes "notification".
    """
    return _partly(difference, BROADENED)


@rule(
    "prior-auth-unclear",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="medium",
    mirror="prior-auth-unclear",
    message="What must be authorized reads differently, and whether that is more or less the text "
    "does not tell.",
    short="prior authorization is stated differently",
    action="Ask the payer what must be authorized for {codes} from {effective}.",
)
def prior_auth_unclear(difference: Difference) -> bool:
    """The authorization requirement became one that cannot be ranked against the former, or is not
    known.

    Example: "required" becomes a sentence from which no requirement can be read.
    """
    turn = _requirements(difference)
    return bool(turn) and direction.requirement_change(*turn or (None, None)) == INDETERMINATE


def _pair(difference: Difference) -> tuple[Authorization, Authorization] | None:
    """Both entries where authorization is asked for on both sides."""
    before, after = _entries(difference)
    asked = ("required", "conditional", "notification")
    if (
        difference.subject != "authorization"
        or not before
        or not after
        or before.requirement not in asked
        or after.requirement not in asked
    ):
        return None
    return before, after


def _codes(difference: Difference) -> tuple[frozenset, frozenset]:
    """The codes asked for on both sides; empty stands for all of the policy's."""
    pair = _pair(difference)
    one, two = (
        (frozenset((c.system, c.code) for c in entry.codes) for entry in pair)
        if pair
        else (frozenset(), frozenset())
    )
    return one, two


def _further(one: frozenset, two: frozenset) -> RuleMatch | bool:
    """The codes that the second alone holds, where it holds all of the first and more."""
    codes = (CodeRef(system=system, code=code) for system, code in sorted(two - one))
    return _more(one, two) and RuleMatch(codes=tuple(codes) or None)


def _more(one: frozenset, two: frozenset) -> bool:
    """Whether the second holds all of the first and more."""
    return bool(one) and (not two or one < two)


@rule(
    "prior-auth-codes-added",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="prior-auth-codes-removed",
    message="Authorization is now asked for more codes than before.",
    short="more codes need prior authorization",
    action="Before {effective}, add the new codes to the authorization work list.",
)
def prior_auth_codes_added(difference: Difference) -> RuleMatch | bool:
    """An authorization requirement now reaches further codes.

    Example: a requirement for one procedure is extended to a second one, or to all codes of the
    policy.
    """
    return _further(*_codes(difference))


@rule(
    "prior-auth-codes-removed",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-codes-added",
    message="Authorization is now asked for fewer codes than before.",
    short="fewer codes need prior authorization",
    action="From {effective}, take the codes that dropped out off the authorization work list.",
)
def prior_auth_codes_removed(difference: Difference) -> RuleMatch | bool:
    """An authorization requirement no longer reaches some codes.

    Example: of two procedures only one still needs authorization.
    """
    return _further(*_codes(difference)[::-1])


@rule(
    "prior-auth-codes-exchanged",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="medium",
    mirror="prior-auth-codes-exchanged",
    message="Authorization is now asked for other codes.",
    short="other codes need prior authorization",
    action="Before {effective}, bring the authorization work list up to date.",
)
def prior_auth_codes_exchanged(difference: Difference) -> bool:
    """An authorization requirement gained some codes and lost others.

    It is more for some services and less for others.
    """
    one, two = _codes(difference)
    return one != two and not _more(one, two) and not _more(two, one)


@rule(
    "prior-auth-reach-extended",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="prior-auth-reach-reduced",
    heading="Prior authorization",
    message="The bound for prior authorization is now {after}, was {before}: more cases need it.",
    short="the bound for prior authorization is {after} instead of {was}",
    action="Before {effective}, request authorization for the cases that now need it.",
)
def prior_auth_reach_extended(difference: Difference) -> RuleMatch | bool:
    """The number that says for whom authorization is asked moved, so that more cases need it.

    Such a number bounds who must ask, not who can be approved. Example: "required for patients 22
    years and older" becomes "21 years and older".
    """
    return told(difference, NARROWED, "reach", whole=None)


@rule(
    "prior-auth-reach-reduced",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-reach-extended",
    heading="Prior authorization",
    message="The bound for prior authorization is now {after}, was {before}: fewer cases need it.",
    short="the bound for prior authorization is {after} instead of {was}",
    action="From {effective}, request authorization only for the cases that still need it.",
)
def prior_auth_reach_reduced(difference: Difference) -> RuleMatch | bool:
    """The number that says for whom authorization is asked moved, so that fewer cases need it.

    Example: "not required for members under 12 years" becomes "under 16 years".
    """
    return told(difference, BROADENED, "reach", whole=None)


def _phases(difference: Difference) -> tuple[str | None, str | None] | None:
    pair = _pair(difference)
    return (pair[0].phase, pair[1].phase) if pair and pair[0].phase != pair[1].phase else None


@rule(
    "prior-auth-phase-extended",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="prior-auth-phase-limited",
    message="Authorization, so far asked in one phase of treatment, is now asked in every phase.",
    short="authorization is needed in every phase",
    action="From {effective}, request authorization for {codes} in every phase of treatment.",
)
def prior_auth_phase_extended(difference: Difference) -> bool:
    """An authorization requirement that held for one phase now holds for all.

    Example: "for initial treatment" is dropped, so that continued treatment needs authorization
    too.
    """
    phases = _phases(difference)
    return bool(phases) and phases is not None and phases[1] is None


@rule(
    "prior-auth-phase-limited",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-phase-extended",
    message="Authorization is now asked in one phase of treatment only.",
    short="authorization is needed in one phase only",
    action="From {effective}, request authorization for {codes} only in the phase that is named.",
)
def prior_auth_phase_limited(difference: Difference) -> bool:
    """An authorization requirement that held for all phases now holds for one.

    Example: "required" becomes "required for initial treatment".
    """
    phases = _phases(difference)
    return bool(phases) and phases is not None and phases[0] is None


@rule(
    "prior-auth-phase-changed",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="medium",
    mirror="prior-auth-phase-changed",
    message="Authorization is now asked in another phase of treatment.",
    short="authorization is needed in another phase",
    action="From {effective}, request authorization for {codes} in the phase that is named.",
)
def prior_auth_phase_changed(difference: Difference) -> bool:
    """An authorization requirement moved from one phase of treatment to the other.

    Example: from initial treatment to continuation.
    """
    phases = _phases(difference)
    return bool(phases) and None not in (phases or ())


@rule(
    "prior-auth-vendor-changed",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=NEUTRAL,
    impact="medium",
    mirror="prior-auth-vendor-changed",
    message="Authorization is now handled by: {after}; before: {before}.",
    short="authorization is requested elsewhere",
    action="From {effective}, send requests for {codes} to {after}.",
)
def prior_auth_vendor_changed(difference: Difference) -> RuleMatch | bool:
    """Another party now decides on authorization.

    A request that goes to the former one is lost time. Example: from the payer itself to a
    radiology benefit manager.
    """
    pair = _pair(difference)
    if not pair or pair[0].vendor == pair[1].vendor:
        return False
    return RuleMatch(
        {
            "before": pair[0].vendor or "the payer itself",
            "after": pair[1].vendor or "the payer itself",
        }
    )


@rule(
    "authorization-period-lengthened",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="authorization-period-shortened",
    heading="Authorization period",
    message="An authorization now holds for {after}, was {before}.",
    short="an authorization holds for {after} instead of {was}",
    action="From {effective}, plan renewals of authorizations for {codes} every {after}.",
)
def authorization_period_lengthened(difference: Difference) -> RuleMatch | bool:
    """An authorization now holds longer.

    Fewer renewals, less risk of a gap. Example: "issued for 6 months" becomes "issued for 12
    months".
    """
    return told_period(difference, 1)


@rule(
    "authorization-period-shortened",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="authorization-period-lengthened",
    heading="Authorization period",
    message="An authorization now holds for {after} only, was {before}.",
    short="an authorization holds for {after} instead of {was}",
    action="From {effective}, plan renewals of authorizations for {codes} every {after}.",
)
def authorization_period_shortened(difference: Difference) -> RuleMatch | bool:
    """An authorization now holds for a shorter time.

    A service after it has run out is denied. Example: "issued for 12 months" becomes "issued for 6
    months".
    """
    return told_period(difference, -1)


@rule(
    "authorization-period-stated",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="low",
    mirror="authorization-period-unstated",
    heading="Authorization period",
    message="The text now says for how long an authorization holds.",
    short="the authorization period is now stated",
)
def authorization_period_stated(difference: Difference) -> RuleMatch | bool:
    """The text now says for how long an authorization holds.

    How long it held before is not told.
    """
    found = period(difference.after)
    if _pair(difference) is None or found is None or period(difference.before):
        return False
    return RuleMatch(numbers=frozenset({(None, (*in_common_unit(*found), None))}))


@rule(
    "authorization-period-unstated",
    on="authorization",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="low",
    mirror="authorization-period-stated",
    heading="Authorization period",
    message="The text no longer says for how long an authorization holds.",
    short="the authorization period is no longer stated",
)
def authorization_period_unstated(difference: Difference) -> RuleMatch | bool:
    """The text no longer says for how long an authorization holds.

    How long it holds now must be asked.
    """
    found = period(difference.before)
    if _pair(difference) is None or found is None or period(difference.after):
        return False
    return RuleMatch(numbers=frozenset({((*in_common_unit(*found), None), None)}))


@rule(
    "prior-auth-statement-added",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="medium",
    mirror="prior-auth-statement-removed",
    fallback=1,
    message="A sentence on authorization is new; what it asks for is not told in plain words.",
    short="a sentence on authorization is new",
    action="Read the new sentence on authorization, and ask the payer where it leaves doubt.",
)
def prior_auth_statement_added(difference: Difference) -> bool:
    """A sentence on authorization was added from which no plain requirement can be read.

    Example: where and how a request is made.
    """
    return difference.op == "added" and matter(difference) == "prior_auth"


@rule(
    "prior-auth-statement-removed",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="medium",
    mirror="prior-auth-statement-added",
    fallback=1,
    message="A sentence on authorization is gone; what it asked for was not told in plain words.",
    short="a sentence on authorization is gone",
)
def prior_auth_statement_removed(difference: Difference) -> bool:
    """A sentence on authorization is gone from which no plain requirement could be read.

    What holds now must be asked.
    """
    return difference.op == "removed" and matter(difference) == "prior_auth"


@rule(
    "prior-auth-reworded",
    on=("authorization", "statement"),
    kind="prior_auth_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="low",
    mirror="prior-auth-reworded",
    fallback=1,
    message="What is said of authorization reads differently.",
    short="the sentence on authorization was reworded",
)
def prior_auth_reworded(difference: Difference) -> bool:
    """A sentence or an entry on authorization became another without a change that another rule
    reads.

    Its reach may differ, so that the direction stays open.
    """
    return difference.subject == "authorization" or (
        difference.op == "modified"
        and matter(difference) == "prior_auth"
        and (reworded(difference) or "phase" in difference.fields)
    )
