"""Rules on dates: from when a version applies, and when it was issued and reviewed."""

from policy_tracker.diff.differences import Difference, Joint
from policy_tracker.record.time import DateFact
from policy_tracker.rules.registry import INDETERMINATE, RuleMatch, rule

_REVIEW = frozenset(
    {"published", "issued", "revised", "last_review", "next_review", "original_effective"}
)
_NOTICE = frozenset({"notice_start", "notice_end"})


def _name(difference: Difference) -> str | None:
    side = difference.after or difference.before
    return side.name if isinstance(side, Joint) else None


def _told(difference: Difference) -> RuleMatch:
    sides = [
        side.value if isinstance(side, Joint) else None
        for side in (difference.before, difference.after)
    ]
    said = [(f.date or f.status) if isinstance(f, DateFact) else "not stated" for f in sides]
    return RuleMatch(
        {"before": said[0], "after": said[1], "name": (_name(difference) or "").replace("_", " ")}
    )


@rule(
    "effective-date-changed",
    on="date",
    kind="date_changed",
    impact="none",
    mirror="effective-date-changed",
    heading="Effective date",
    message="This version is effective {after}; the one compared with was effective {before}.",
    short="effective {after}",
)
def effective_date_changed(difference: Difference) -> RuleMatch | bool:
    """The two versions take effect on different days.

    That is what makes them two versions; what differs from that day on is told by the other
    changes.
    """
    return _name(difference) == "effective" and not _basis(difference) and _told(difference)


def _basis(difference: Difference) -> bool:
    return "basis" in difference.fields


@rule(
    "effective-basis-changed",
    on="date",
    kind="date_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="effective-basis-changed",
    substantive=True,
    heading="What the effective date applies to",
    message="The payer now compares another date of a claim with the effective date.",
    short="the effective date applies to another date of the claim",
    action="Check for claims around {effective} which date decides.",
)
def effective_basis_changed(difference: Difference) -> bool:
    """The effective date is compared with another date of a claim than before.

    For a service before that day which is processed after it, the answer differs. Example: date of
    service becomes date processed.
    """
    return _name(difference) == "effective" and _basis(difference)


@rule(
    "review-date-changed",
    on="date",
    kind="date_changed",
    impact="none",
    mirror="review-date-changed",
    heading="Issue and review dates",
    message="The {name} date is {after}, was {before}.",
    short="the {name} date changed",
)
def review_date_changed(difference: Difference) -> RuleMatch | bool:
    """A date of issue, publication, revision or review changed.

    These are the payer's own housekeeping; they decide no claim.
    """
    return _name(difference) in _REVIEW and _told(difference)


@rule(
    "notice-period-changed",
    on="date",
    kind="date_changed",
    impact="low",
    mirror="notice-period-changed",
    heading="Notice period",
    message="The {name} date is {after}, was {before}.",
    short="the notice period changed",
    action="Note the days on which the notice period begins and ends.",
)
def notice_period_changed(difference: Difference) -> RuleMatch | bool:
    """The notice period of a coming version begins or ends on another day.

    Until it ends the former version governs.
    """
    return _name(difference) in _NOTICE and _told(difference)
