"""Rules on lists of drugs with numbered tiers: a drug that joined, left, or changed its tier."""

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.drug_rows import drug_named, drug_printed, one_drug, tier_number
from policy_tracker.rules.questions import texts
from policy_tracker.rules.registry import BROADENED, NARROWED, RuleMatch, rule


def _rows(difference: Difference) -> tuple[str | None, str | None]:
    """The rows on both sides that name a drug and the number of its tier."""
    if difference.subject != "statement":
        return None, None
    one, two = (text if text and _is_row(text) else None for text in texts(difference))
    return one, two


def _is_row(text: str) -> bool:
    return bool(drug_named(text)) and tier_number(text)[1] is not None


def _listed(difference: Difference, op: str) -> RuleMatch | bool:
    """Whether a row of a list that covers its drugs stands on one side alone."""
    row = next((text for text in _rows(difference) if text), None)
    side = difference.side_after or difference.side_before
    if difference.op != op or row is None or side is None or sign_of(side.position) < 0:
        return False
    return RuleMatch({"after" if op == "added" else "before": drug_printed(row)})


def _moved(difference: Difference, sign: int) -> RuleMatch | bool:
    """Whether the row of one drug has a lower number than before (-1), or a higher one (+1)."""
    one, two = _rows(difference)
    if difference.op != "modified" or one is None or two is None:
        return False
    old, new = tier_number(one)[1] or 0, tier_number(two)[1] or 0
    if (new - old) * sign <= 0 or not one_drug(drug_named(one), drug_named(two)):
        return False
    return RuleMatch({"before": f"tier {old}", "after": f"{drug_printed(two)}: tier {new}"})


@rule(
    "listed-drug-added",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="listed-drug-removed",
    heading="Drug list",
    message="{after} is new in the list of drugs.",
    short="new drug: {after}",
    action="Check what the plan asks for {after} from {effective}.",
)
def listed_drug_added(difference: Difference) -> RuleMatch | bool:
    """A drug joined a list of drugs in tiers.

    What the row asks for it comes with it, and limits nothing that could be had before.
    """
    return _listed(difference, "added")


@rule(
    "listed-drug-removed",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="listed-drug-added",
    heading="Drug list",
    message="{before} is no longer in the list of drugs.",
    short="no longer listed: {before}",
    action="Find another drug for patients on {before} before {effective}.",
)
def listed_drug_removed(difference: Difference) -> RuleMatch | bool:
    """A drug left a list of drugs in tiers, and with it what its row asked for it.

    What such a list does not name is covered by exception alone.
    """
    return _listed(difference, "removed")


@rule(
    "drug-tier-lowered",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="drug-tier-raised",
    heading="Drug list",
    message="{after}; it stood in {before}.",
    short="{after}, was {before}",
    action="Update what members pay for the drug from {effective}.",
)
def drug_tier_lowered(difference: Difference) -> RuleMatch | bool:
    """A drug stands in a tier with a lower number, which costs the member less.

    Example: "Gelmax tablet — Tier 3" becomes "Gelmax tablet — Tier 2".
    """
    return _moved(difference, -1)


@rule(
    "drug-tier-raised",
    on="statement",
    kind="coverage_position_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="drug-tier-lowered",
    heading="Drug list",
    message="{after}; it stood in {before}.",
    short="{after}, was {before}",
    action="Tell members on the drug what they pay for it from {effective}.",
)
def drug_tier_raised(difference: Difference) -> RuleMatch | bool:
    """A drug stands in a tier with a higher number, which costs the member more.

    Example: "Gelmax tablet — Tier 2" becomes "Gelmax tablet — Tier 3".
    """
    return _moved(difference, 1)
