"""Rules on lists of drugs: a drug that joined a list, left it, or stands otherwise in it."""

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.drug_rows import tier_of
from policy_tracker.language.drug_rows import (
    Tier,
    drug_named,
    drug_printed,
    marks_of,
    one_drug,
    tier_number,
    without_pharmacy_notes,
)
from policy_tracker.language.tokens import words
from policy_tracker.rules.questions import texts
from policy_tracker.rules.registry import BROADENED, NARROWED, NEUTRAL, RuleMatch, rule


def _tiers(difference: Difference) -> tuple[Tier | None, Tier | None]:
    """How a drug stands before and after; None on a side without a row for it."""
    if difference.subject != "statement":
        return None, None
    one, two = difference.side_before, difference.side_after
    return tier_of(one) if one else None, tier_of(two) if two else None


def _stood(difference: Difference, before: Tier | None, after: Tier | None) -> RuleMatch | bool:
    """Whether a drug stood and stands so, with its name for what is said of it."""
    op = "added" if before is None else "removed" if after is None else "modified"
    if difference.op != op or _tiers(difference) != (before, after):
        return False
    named = zip(("before", "after"), texts(difference), strict=True)
    return RuleMatch({side: drug_printed(text) for side, text in named if text})


@rule(
    "drug-now-preferred",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="drug-no-longer-preferred",
    heading="Drug list",
    message="{after} is now preferred; it was not before.",
    short="{after} is now preferred",
    action="Prescribe {after} without the rules for non-preferred drugs from {effective}.",
)
def drug_now_preferred(difference: Difference) -> RuleMatch | bool:
    """A drug that the list did not prefer is now preferred.

    What was asked of non-preferred drugs is asked of it no longer. Example: a row moves from the
    column "Non-Preferred" to the column "Preferred".
    """
    return _stood(difference, "other", "preferred")


@rule(
    "drug-no-longer-preferred",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="drug-now-preferred",
    heading="Drug list",
    message="{after} is no longer preferred.",
    short="{after} is no longer preferred",
    action="Check patients on {after} against the rules for non-preferred drugs before {effective}.",  # noqa: E501
)
def drug_no_longer_preferred(difference: Difference) -> RuleMatch | bool:
    """A preferred drug is now one that is not preferred, or not covered.

    What the plan asks of such drugs is asked of it from now on. Example: a row moves from the
    column "Preferred" to the column "Non-Preferred".
    """
    return _stood(difference, "preferred", "other")


@rule(
    "preferred-drug-added",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="preferred-drug-removed",
    heading="Drug list",
    message="{after} is new among the preferred drugs.",
    short="new preferred drug: {after}",
    action="Add {after} to the preferred drugs from {effective}.",
)
def preferred_drug_added(difference: Difference) -> RuleMatch | bool:
    """A drug that the list did not name is now preferred.

    There is one more drug that can be had without what is asked of the others.
    """
    return _stood(difference, None, "preferred")


@rule(
    "preferred-drug-removed",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="preferred-drug-added",
    heading="Drug list",
    message="{before} is no longer among the preferred drugs, and in no other list.",
    short="no longer a preferred drug: {before}",
    action="Find another drug for patients on {before} before {effective}.",
)
def preferred_drug_removed(difference: Difference) -> RuleMatch | bool:
    """A preferred drug is gone from the list, and is not named elsewhere in it.

    Drugs that a list does not prefer need more than those that it does.
    """
    return _stood(difference, "preferred", None)


@rule(
    "other-drug-added",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NEUTRAL,
    impact="medium",
    mirror="other-drug-removed",
    heading="Drug list",
    message="{after} is new in the list of drugs that are not preferred; before, the list did not "
    "prefer it either.",
    short="new drug that is not preferred: {after}",
    action="Check what the plan asks for {after} from {effective}.",
)
def other_drug_added(difference: Difference) -> RuleMatch | bool:
    """A drug that the list did not name is now listed as not preferred, or not covered.

    A list prefers what it names as preferred: without a row the drug was not among those before, so
    that the row names what held already.
    """
    return _stood(difference, None, "other")


@rule(
    "other-drug-removed",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NEUTRAL,
    impact="medium",
    mirror="other-drug-added",
    heading="Drug list",
    message="{before} is gone from the list of drugs that are not preferred; the list does not "
    "prefer it now either.",
    short="no longer listed: {before}",
    action="Ask the plan how {before} is decided from {effective}.",
)
def other_drug_removed(difference: Difference) -> RuleMatch | bool:
    """A drug that was listed as not preferred, or not covered, is not named any more.

    Without a row it is not among those that the list prefers, as before.
    """
    return _stood(difference, "other", None)


@rule(
    "drug-restriction-added",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="drug-restriction-removed",
    heading="Drug list",
    message="The list now asks more before {after} is dispensed.",
    short="more is asked for {after}",
    action="Check what the plan asks for {after} before {effective}.",
)
def drug_restriction_added(difference: Difference) -> RuleMatch | bool:
    """The row of a drug has a further mark: prior authorization, step therapy, a limit.

    Example: "Gelmax, PA" becomes "Gelmax, PA, ST". Its tier did not fall.
    """
    return _asks_more(difference, "before", "after")


@rule(
    "drug-restriction-removed",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="drug-restriction-added",
    heading="Drug list",
    message="The list asks less before {after} is dispensed.",
    short="less is asked for {after}",
    action="Stop requesting what the list no longer asks for {after} from {effective}.",
)
def drug_restriction_removed(difference: Difference) -> RuleMatch | bool:
    """The row of a drug lost a mark: prior authorization, step therapy, a limit.

    Example: "Gelmax, PA, ST" becomes "Gelmax, PA". Its tier did not rise.
    """
    return _asks_more(difference, "after", "before")


def _asks_more(difference: Difference, less: str, more: str) -> RuleMatch | bool:
    """Whether the row of one drug has marks on one side that it lacks on the other, on no lower a
    tier.
    """
    one, two = texts(difference)
    if difference.subject != "statement" or difference.op != "modified" or not one or not two:
        return False
    if not one_drug(drug_named(one) or ("",), drug_named(two) or ("-",)):
        return False
    rows = {side: tier_number(text) for side, text in (("before", one), ("after", two))}
    fewer, further = marks_of(rows[less][0]), marks_of(rows[more][0])
    if fewer is None or further is None or not fewer < further:
        return False
    if not _as_high(rows[less][1], rows[more][1]):
        return False
    return RuleMatch({"before": drug_printed(one), "after": drug_printed(two)})


def _as_high(one: int | None, two: int | None) -> bool:
    """Whether a tier is the same as another, or a higher one, which costs the member more."""
    return one == two or (one is not None and two is not None and two > one)


@rule(
    "pharmacy-note-changed",
    on="statement",
    kind="editorial",
    impact="low",
    mirror="pharmacy-note-changed",
    heading="Drug list",
    message="Behind the drug's name a pharmacy is told otherwise how to enter the claim.",
    short="a note to pharmacies changed",
)
def pharmacy_note_changed(difference: Difference) -> bool:
    """Only the words in brackets that tell a pharmacy how to enter a drug's claim came or went.

    How the drug stands in the list, and what the plan asks for it, stays. Example: "(Process by
    NDC)" is new.
    """
    return _note_alone(difference)


def _note_alone(difference: Difference) -> bool:
    one, two = texts(difference)
    if None in _tiers(difference) or not one or not two or words(one) == words(two):
        return False
    return words(without_pharmacy_notes(one)) == words(without_pharmacy_notes(two))
