"""Rules on numbers: ages, doses, units, counts and scores, and the interval between re-reviews."""

from policy_tracker.diff.differences import Difference
from policy_tracker.rules.numbers import Sort, shifts, told
from policy_tracker.rules.questions import matter, reworded
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    RuleMatch,
    rule,
)
from policy_tracker.rules.turns import review_turned

_OPEN_SORTS: tuple[Sort, ...] = ("reach", "other", "age", "dose", "units", "review", "period")


@rule(
    "review-interval-shortened",
    on="statement",
    kind="threshold_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="review-interval-lengthened",
    heading="Re-review",
    message="Re-review is required every {after}, was every {before}.",
    short="re-review comes every {after} instead of {was}",
    action="Shorten the re-review reminder for {codes} to {after} before {effective}.",
)
def review_interval_shortened(difference: Difference) -> RuleMatch | bool:
    """The interval between required re-reviews became shorter.

    A re-review that is missed ends the authorization, and claims after it are denied. Example:
    every 24 months becomes every 12 months. The interval of a patient's reauthorization is meant; a
    shorter interval between services that may be billed is a frequency limit, and goes the other
    way.
    """
    return told(difference, NARROWED, "review")


@rule(
    "review-interval-lengthened",
    on="statement",
    kind="threshold_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="review-interval-shortened",
    heading="Re-review",
    message="Re-review is required every {after}, was every {before}.",
    short="re-review comes every {after} instead of {was}",
    action="Lengthen the re-review reminder for {codes} to {after} from {effective}.",
)
def review_interval_lengthened(difference: Difference) -> RuleMatch | bool:
    """The interval between required re-reviews became longer.

    Less paperwork for continued treatment. Example: every 6 months becomes every 12 months.
    """
    return told(difference, BROADENED, "review")


def _review_alone(difference: Difference, op: str) -> bool:
    return difference.op == op and matter(difference) == "review_interval"


@rule(
    "review-added",
    on="statement",
    kind="threshold_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="review-removed",
    heading="Re-review",
    message="A re-review is now required.",
    short="re-review is new",
    action="Set a re-review reminder for {codes} before {effective}.",
)
def review_added(difference: Difference) -> RuleMatch | bool:
    """A re-review is required where none was.

    Continued treatment now ends unless it is reviewed in time. Example: "Re-review every 12 months"
    is new.
    """
    return (
        _review_alone(difference, "added")
        or review_turned(difference) == NARROWED
        or told(difference, NARROWED, "review", whole=False)
    )


@rule(
    "review-removed",
    on="statement",
    kind="threshold_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="review-added",
    heading="Re-review",
    message="A re-review is no longer required.",
    short="re-review is no longer required",
    action="Remove the re-review reminder for {codes} after {effective}.",
)
def review_removed(difference: Difference) -> RuleMatch | bool:
    """A re-review that was required no longer is.

    Less paperwork for continued treatment.
    """
    return (
        _review_alone(difference, "removed")
        or review_turned(difference) == BROADENED
        or told(difference, BROADENED, "review", whole=False)
    )


@rule(
    "review-reworded",
    on="statement",
    kind="threshold_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="low",
    mirror="review-reworded",
    heading="Re-review",
    fallback=1,
    message="The sentence on re-review reads differently.",
    short="the sentence on re-review was reworded",
)
def review_reworded(difference: Difference) -> bool:
    """A sentence on re-review became another without a change of its interval.

    What it asks for may differ, so that the direction stays open.
    """
    return (
        difference.op == "modified"
        and matter(difference) == "review_interval"
        and reworded(difference)
    )


@rule(
    "age-limit-relaxed",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="age-limit-tightened",
    heading="Age limit",
    message="The age limit is now {after}, was {before}: more patients qualify.",
    short="age {after} instead of {was}",
    action="Review patients who were outside of the former age limit, from {effective}.",
)
def age_limit_relaxed(difference: Difference) -> RuleMatch | bool:
    """An age limit moved so that more patients qualify.

    Example: "at least 12 years" becomes "at least 6 years".
    """
    return told(difference, BROADENED, "age", whole=None)


@rule(
    "age-limit-tightened",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="age-limit-relaxed",
    heading="Age limit",
    message="The age limit is now {after}, was {before}: fewer patients qualify.",
    short="age {after} instead of {was}",
    action="Check the age of patients scheduled for {codes} from {effective}.",
)
def age_limit_tightened(difference: Difference) -> RuleMatch | bool:
    """An age limit moved so that fewer patients qualify.

    Example: "at least 6 years" becomes "at least 12 years".
    """
    return told(difference, NARROWED, "age", whole=None)


@rule(
    "units-limit-raised",
    on="statement",
    kind="threshold_changed",
    axis="payment",
    direction=BROADENED,
    impact="medium",
    mirror="units-limit-lowered",
    heading="Units",
    message="Up to {after} can be billed, was {before}.",
    short="{after} can be billed instead of {was}",
    action="Raise the unit edit for {codes} from {effective}.",
)
def units_limit_raised(difference: Difference) -> RuleMatch | bool:
    """More units can be billed than before.

    Example: "up to 4 units" becomes "up to 8 units".
    """
    return told(difference, BROADENED, "units", whole=None)


@rule(
    "units-limit-lowered",
    on="statement",
    kind="threshold_changed",
    axis="payment",
    direction=NARROWED,
    impact="medium-high",
    mirror="units-limit-raised",
    heading="Units",
    message="Only {after} can be billed, was {before}.",
    short="{after} can be billed instead of {was}",
    action="Lower the unit edit for {codes} before {effective}.",
)
def units_limit_lowered(difference: Difference) -> RuleMatch | bool:
    """Fewer units can be billed than before.

    Units beyond the limit are denied. Example: "up to 8 units" becomes "up to 4 units".
    """
    return told(difference, NARROWED, "units", whole=None)


@rule(
    "dose-limit-raised",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="dose-limit-lowered",
    heading="Dose",
    message="The dose limit is now {after}, was {before}.",
    short="dose limit {after} instead of {was}",
    action="Update the dose check for {codes} from {effective}.",
)
def dose_limit_raised(difference: Difference) -> RuleMatch | bool:
    """A dose limit moved so that more can be approved.

    Example: "up to 300 mg" becomes "up to 600 mg".
    """
    return told(difference, BROADENED, "dose", whole=None)


@rule(
    "dose-limit-lowered",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="dose-limit-raised",
    heading="Dose",
    message="The dose limit is now {after}, was {before}.",
    short="dose limit {after} instead of {was}",
    action="Update the dose check for {codes} before {effective}.",
)
def dose_limit_lowered(difference: Difference) -> RuleMatch | bool:
    """A dose limit moved so that less can be approved.

    Example: "up to 600 mg" becomes "up to 300 mg".
    """
    return told(difference, NARROWED, "dose", whole=None)


@rule(
    "threshold-relaxed",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="threshold-tightened",
    message="The threshold is now {after}, was {before}: more cases meet it.",
    short="{after} instead of {was}",
    action="Review cases that failed the former threshold, from {effective}.",
)
def threshold_relaxed(difference: Difference) -> RuleMatch | bool:
    """A number in a criterion moved so that more cases can be approved.

    The bound, and what the criterion stands under, decide the direction: a lower minimum under an
    approving position broadens, under a denying one it narrows. Example: "FOUR or more prior lines
    of therapy" becomes "ONE or more".
    """
    return told(difference, BROADENED, "other")


@rule(
    "threshold-tightened",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="threshold-relaxed",
    message="The threshold is now {after}, was {before}: fewer cases meet it.",
    short="{after} instead of {was}",
    action="Check cases planned for {codes} against the new threshold before {effective}.",
)
def threshold_tightened(difference: Difference) -> RuleMatch | bool:
    """A number in a criterion moved so that fewer cases can be approved.

    Example: "at least 6 weeks of conservative treatment" becomes "at least 12 weeks".
    """
    return told(difference, NARROWED, "other")


@rule(
    "threshold-dropped",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="threshold-stated",
    message="A number that narrowed what can be approved is gone: {before}.",
    short="the limit of {before} is gone",
    action="Review cases that failed the former threshold, from {effective}.",
)
def threshold_dropped(difference: Difference) -> RuleMatch | bool:
    """A statement lost a number, so that more cases can be approved.

    Example: "for up to 6 months" is dropped.
    """
    return told(difference, BROADENED, "other", whole=False)


@rule(
    "threshold-stated",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="threshold-dropped",
    message="A number now narrows what can be approved: {after}.",
    short="a limit of {after} is new",
    action="Check cases planned for {codes} against the new limit before {effective}.",
)
def threshold_stated(difference: Difference) -> RuleMatch | bool:
    """A statement gained a number, so that fewer cases can be approved.

    Example: "for up to 6 months" is new.
    """
    return told(difference, NARROWED, "other", whole=False)


@rule(
    "threshold-changed",
    on="statement",
    kind="threshold_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="threshold-changed",
    message="A number changed from {before} to {after}; the text does not tell whether more or "
    "fewer cases meet it.",
    short="{after} instead of {was}",
    action="Read the changed number against your cases before {effective}.",
)
def threshold_changed(difference: Difference) -> RuleMatch | bool:
    """A number changed, and what it bounds, or what follows from meeting it, the text does not
    tell.

    Also where several numbers of one statement moved both ways.
    """
    found = (
        told(difference, INDETERMINATE, sort, whole=whole)
        for sort in _OPEN_SORTS
        for whole in (True, False)
    )
    return next((one for one in found if one), False)


@rule(
    "unit-restated",
    on="statement",
    kind="editorial",
    direction=NEUTRAL,
    impact="none",
    mirror="unit-restated",
    fallback=1,
    message="The same measure is written in another unit.",
    short="a measure was restated",
)
def unit_restated(difference: Difference) -> bool:
    """A number is written in another unit, and says the same.

    Example: "2 years" becomes "24 months".
    """
    return "quantities" in difference.fields and not shifts(difference)
