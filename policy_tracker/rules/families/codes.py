"""Rules on code tables: codes that came, went, moved, gave way to another, or are narrowed by
qualifiers.
"""

import re
from collections import Counter
from typing import Literal

from policy_tracker.diff.differences import CodesAt, Difference, EffectivePosition
from policy_tracker.diff.stream import spans_of
from policy_tracker.diff.tree import sign_of
from policy_tracker.record import ListedCode
from policy_tracker.record.vocabulary import POSITION_WORDS
from policy_tracker.rules import direction
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    NARROWED,
    NEUTRAL,
    RuleMatch,
    rule,
)

_CELL = re.compile(r"\.r\d+\.c\d+$")
"""The end of the name of a cell of a table."""
_NOWHERE = EffectivePosition(None, "unknown")


def _answers(difference: Difference) -> tuple[EffectivePosition, EffectivePosition]:
    """The position that answers for the codes before and after."""
    one, two = (
        side.effective if isinstance(side, CodesAt) else _NOWHERE
        for side in (difference.before, difference.after)
    )
    return one, two


def _told(difference: Difference) -> RuleMatch:
    one, two = (
        side if isinstance(side, CodesAt) else CodesAt((), (), _NOWHERE)
        for side in (difference.before, difference.after)
    )
    groups = [side.placements[0].heading if side.placements else "no list" for side in (one, two)]
    positions = [
        POSITION_WORDS.get(side.effective.position or "", "not stated") for side in (one, two)
    ]
    return RuleMatch(
        {
            "group_before": groups[0],
            "group_after": groups[1],
            "position_before": positions[0],
            "position_after": positions[1],
        }
    )


def _listed(difference: Difference, op: str, wanted: str, *signs: int) -> RuleMatch | bool:
    """Whether codes came to a list (or left one) of these signs, in this direction."""
    before, after = _answers(difference)
    here = after if op == "added" else before
    return (
        difference.op == op
        and sign_of(here.position) in signs
        and direction.code_change(before, after) == wanted
        and _told(difference)
    )


def _moved(difference: Difference) -> bool:
    return difference.op == "modified" and not difference.fields


def _same_status(difference: Difference) -> bool:
    """Whether codes have the status in a cell of their row that they had there, and are described
    alike: the rows of a table with one status are no lists that a code moves between.
    """
    sides = [one for one in (difference.before, difference.after) if isinstance(one, CodesAt)]
    said = [
        (
            Counter((place.heading, place.disposition, place.basis) for place in side.placements),
            {(row.code, row.description) for row in side.rows if isinstance(row, ListedCode)},
        )
        for side in sides
    ]
    # what heads the rows has no place of its own
    headed = any(spans_of(place.source) for side in sides for place in side.placements)
    spans = [
        spans_of(row.source) for side in sides for row in side.rows if isinstance(row, ListedCode)
    ]
    cells = bool(spans) and all(
        one and all(_CELL.search(block) for block, _, _ in one) for one in spans
    )
    return cells and not headed and len(said) == 2 and said[0] == said[1]


def _stays(difference: Difference) -> Literal["further", "less"] | None:
    """Whether codes stay where they stood, and joined further lists or left some of them; None
    where they did neither, or both.
    """
    one, two = (
        Counter((place.heading, place.disposition) for place in side.placements)
        if isinstance(side, CodesAt)
        else Counter()
        for side in (difference.before, difference.after)
    )
    left, joined = bool(one - two), bool(two - one)
    if left == joined:
        return None
    return "less" if left else "further"


@rule(
    "code-added-approved",
    on="codes",
    kind="code_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="code-removed-approved",
    message="{codes} can now be approved: {position_after}.",
    short="{codes} added to what can be approved",
    action="Add {codes} to charge capture from {effective}.",
)
def code_added_approved(difference: Difference) -> RuleMatch | bool:
    """Codes were added to a list of codes that can be approved.

    Before, they were denied or not named. Example: a procedure joins "covered when criteria are
    met".
    """
    return _listed(difference, "added", BROADENED, 1)


@rule(
    "code-removed-approved",
    on="codes",
    kind="code_removed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="code-added-approved",
    message="{codes} no longer stand among what can be approved.",
    short="{codes} removed from what can be approved",
    action="Hold claims with {codes} from {effective} until the payer says how they are decided.",
)
def code_removed_approved(difference: Difference) -> RuleMatch | bool:
    """Codes were taken off a list of codes that can be approved.

    Nothing in the policy approves them any more. Example: a procedure disappears from the table of
    covered codes.
    """
    return _listed(difference, "removed", NARROWED, 1)


@rule(
    "code-added-denied",
    on="codes",
    kind="code_added",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="code-removed-denied",
    message="{codes} are now denied: {position_after}.",
    short="{codes} added to what is denied",
    action="Stop scheduling {codes} under this policy from {effective}.",
)
def code_added_denied(difference: Difference) -> RuleMatch | bool:
    """Codes that could be approved because the policy did not name them were added to a list of
    denied ones.

    Fewer claims can be approved.
    """
    return _listed(difference, "added", NARROWED, -1)


@rule(
    "code-removed-denied",
    on="codes",
    kind="code_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="code-added-denied",
    message="{codes} are no longer denied by name, and what the policy does not name can be "
    "approved.",
    short="{codes} removed from what is denied",
    action="Review past denials of {codes} before billing them from {effective}.",
)
def code_removed_denied(difference: Difference) -> RuleMatch | bool:
    """Codes were taken off a list of denied ones, and the policy approves what it does not name.

    More claims can be approved.
    """
    return _listed(difference, "removed", BROADENED, -1)


@rule(
    "code-added-clarified",
    on="codes",
    kind="code_added",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="code-removed-clarified",
    message="{codes} are now listed with the position that they had without being listed: "
    "{position_after}.",
    short="{codes} now listed, position unchanged",
)
def code_added_clarified(difference: Difference) -> RuleMatch | bool:
    """Codes were listed with the position that the policy had on them without naming them.

    Clarified: the same claims can be approved. Example: a further code in a list of experimental
    ones, where everything not named is experimental.
    """
    return _listed(difference, "added", NEUTRAL, 1, -1)


@rule(
    "code-removed-clarified",
    on="codes",
    kind="code_removed",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="code-added-clarified",
    message="{codes} are no longer listed; the policy's position on them stays: {position_before}.",
    short="{codes} no longer listed, position unchanged",
)
def code_removed_clarified(difference: Difference) -> RuleMatch | bool:
    """Codes are no longer listed, and the policy's position on what it does not name is the one
    that they had.

    The same claims can be approved as before.
    """
    return _listed(difference, "removed", NEUTRAL, 1, -1)


@rule(
    "code-added-open",
    on="codes",
    kind="code_added",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="code-removed-open",
    message="{codes} are now listed under {group_after}; what decided them before, the earlier "
    "version does not say.",
    short="{codes} now listed under {group_after}",
    action="Check how {codes} were decided before {effective}.",
)
def code_added_open(difference: Difference) -> RuleMatch | bool:
    """Codes were listed as denied, informational or out of scope, and nothing says what decided
    them before.

    Silence is neither approval nor denial. Example: a new list of suggested diagnosis codes.
    """
    return _listed(difference, "added", INDETERMINATE, -1, 0, 1)


@rule(
    "code-removed-open",
    on="codes",
    kind="code_removed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="code-added-open",
    message="{codes} no longer stand under {group_before}; what decides them now, the text does "
    "not say.",
    short="{codes} no longer listed under {group_before}",
    action="Ask the payer how {codes} are decided from {effective}.",
)
def code_removed_open(difference: Difference) -> RuleMatch | bool:
    """Codes are gone from a list of denied, informational or out-of-scope ones, and nothing says
    what decides them now.

    Silence is neither approval nor denial.
    """
    return _listed(difference, "removed", INDETERMINATE, -1, 0, 1)


@rule(
    "code-moved-to-approved",
    on="codes",
    kind="code_moved_group",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="code-moved-to-denied",
    message="{codes} moved from {position_before} to {position_after}.",
    short="{codes} moved to {position_after}",
    action="Audit charge capture for {codes}, and bill against the new criteria from {effective}.",
)
def code_moved_to_approved(difference: Difference) -> RuleMatch | bool:
    """Codes moved from a list of denied ones to one of codes that can be approved.

    Example: from "experimental" to "covered when criteria are met".
    """
    return (
        _moved(difference)
        and direction.code_change(*_answers(difference)) == BROADENED
        and _told(difference)
    )


@rule(
    "code-moved-to-denied",
    on="codes",
    kind="code_moved_group",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="code-moved-to-approved",
    message="{codes} moved from {position_before} to {position_after}.",
    short="{codes} moved to {position_after}",
    action="Stop scheduling {codes} under this policy from {effective}.",
)
def code_moved_to_denied(difference: Difference) -> RuleMatch | bool:
    """Codes moved from a list of codes that can be approved to one of denied ones.

    Example: from "medically necessary" to "not medically necessary".
    """
    return (
        _moved(difference)
        and direction.code_change(*_answers(difference)) == NARROWED
        and _told(difference)
    )


@rule(
    "code-moved-denial-reason",
    on="codes",
    kind="code_moved_group",
    axis="recourse",
    direction=INDETERMINATE,
    impact="medium",
    mirror="code-moved-denial-reason",
    message="{codes} are still denied, for another reason: {position_after} instead of "
    "{position_before}.",
    short="{codes} denied as {position_after}",
    action="Rewrite appeal letters for {codes}: the ground to answer has changed.",
)
def code_moved_denial_reason(difference: Difference) -> RuleMatch | bool:
    """Codes moved from one list of denied ones to another with another position or basis.

    What can be approved stays, how to appeal changes. Example: from "experimental" to "not
    medically necessary".
    """
    before, after = _answers(difference)
    denied = sign_of(before.position) == sign_of(after.position) == -1
    return (
        _moved(difference)
        and denied
        and (
            before.position != after.position
            or _bases(difference.before) != _bases(difference.after)
        )
        and _told(difference)
    )


def _bases(side: object) -> set[str | None]:
    return {p.basis for p in side.placements} if isinstance(side, CodesAt) else set()


@rule(
    "code-moved-within-position",
    on="codes",
    kind="code_moved_group",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="code-moved-within-position",
    fallback=1,
    message="{codes} now stand under {group_after} instead of {group_before}; the criteria there "
    "may differ.",
    short="{codes} moved to {group_after}",
    action="Check which criteria apply to {codes} from {effective}.",
)
def code_moved_within_position(difference: Difference) -> RuleMatch | bool:
    """Codes moved to another list with the same kind of position, or between lists that neither
    approve nor deny.

    The heading may name other criteria, so that the direction stays open. Example: from "initial
    therapy" to "continuation of therapy".
    """
    if not _moved(difference) or _stays(difference) is not None or _same_status(difference):
        return False
    return _told(difference)


@rule(
    "code-listed-further",
    on="codes",
    kind="code_added",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="code-listed-less",
    fallback=1,
    message="{codes} stand in one more list now, and stay in those where they stood; the criteria "
    "there may differ.",
    short="{codes} stand in one more list",
    action="Check which criteria apply to {codes} from {effective}.",
)
def code_listed_further(difference: Difference) -> RuleMatch | bool:
    """Codes joined one more list with the same kind of position, and stay where they stood.

    What is asked of them under the further heading may differ, so that the direction stays open.
    Example: diagnoses are listed for one more test.
    """
    return _moved(difference) and _stays(difference) == "further" and _told(difference)


@rule(
    "code-listed-less",
    on="codes",
    kind="code_removed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="code-listed-further",
    fallback=1,
    message="{codes} stand in one list less now, and stay in the others; the criteria of that list "
    "no longer concern them.",
    short="{codes} stand in one list less",
    action="Check which criteria apply to {codes} from {effective}.",
)
def code_listed_less(difference: Difference) -> RuleMatch | bool:
    """Codes left one of several lists with the same kind of position, and stay in the others.

    Example: diagnoses are no longer listed for one of several tests.
    """
    return _moved(difference) and _stays(difference) == "less" and _told(difference)


@rule(
    "code-replaced",
    on="codes",
    kind="code_replaced",
    axis="coverage",
    direction=NEUTRAL,
    impact="medium",
    mirror="code-replaced",
    message="One code took the place of another with the same position: {codes}.",
    short="a code was replaced ({codes})",
    action="Replace the deleted code in charge capture from {effective}: {codes}.",
)
def code_replaced(difference: Difference) -> RuleMatch | bool:
    """A code gave way to another with the same printed description in the same list, or to a known
    successor with the same position.

    What can be approved stays, but a claim with the former code is rejected. A successor is known
    from the version's own words, from the payer's file, or from what the owner of the code set
    announced. Example: a temporary code becomes a permanent one.
    """
    return difference.op == "replaced" and _told(difference)


def _qualifiers(difference: Difference) -> tuple[frozenset[str], frozenset[str]]:
    """Modifiers, places of service and revenue codes on both sides."""
    found = []
    for side in (difference.before, difference.after):
        rows = side.rows if isinstance(side, CodesAt) else ()
        narrowing = [r.qualifiers for r in rows if isinstance(r, ListedCode)]
        found.append(
            frozenset(
                f"{name}:{value}" for q in narrowing for name, values in q for value in values
            )
        )
    return found[0], found[1]


def _qualified(difference: Difference, wanted: str) -> RuleMatch | bool:
    """Whether qualifiers came where there were none (fewer claims match) or the other way round,
    told as a direction.
    """
    if difference.op != "requalified":
        return False
    one, two = _qualifiers(difference)
    after = _answers(difference)[1]
    fewer = (not one and bool(two)) - (bool(one) and not two)
    return direction.along(-fewer * sign_of(after.position)) == wanted and _told(difference)


@rule(
    "code-qualifiers-narrowed",
    on="codes",
    kind="criterion_modified",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="code-qualifiers-widened",
    heading="Code qualifiers",
    message="{codes} can now be approved in fewer settings or with fewer modifiers.",
    short="{codes} approved under narrower qualifiers",
    action="Check modifiers and places of service of claims with {codes} from {effective}.",
)
def code_qualifiers_narrowed(difference: Difference) -> RuleMatch | bool:
    """A modifier, place of service or revenue code now narrows codes that can be approved, or no
    longer narrows codes that are denied.

    Fewer claims can be approved. Example: a code that was covered anywhere is covered in place of
    service 22 only.
    """
    return _qualified(difference, NARROWED)


@rule(
    "code-qualifiers-widened",
    on="codes",
    kind="criterion_modified",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="code-qualifiers-narrowed",
    heading="Code qualifiers",
    message="{codes} can now be approved in more settings or with more modifiers.",
    short="{codes} approved under wider qualifiers",
    action="Review claims with {codes} that were held back for their setting or modifier.",
)
def code_qualifiers_widened(difference: Difference) -> RuleMatch | bool:
    """A modifier, place of service or revenue code no longer narrows codes that can be approved, or
    now narrows codes that are denied.

    More claims can be approved.
    """
    return _qualified(difference, BROADENED)


@rule(
    "code-qualifiers-changed",
    on="codes",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="code-qualifiers-changed",
    heading="Code qualifiers",
    message="{codes} now go with other modifiers, places of service or revenue codes.",
    short="{codes} go with other qualifiers",
    action="Check modifiers and places of service of claims with {codes} from {effective}.",
)
def code_qualifiers_changed(difference: Difference) -> RuleMatch | bool:
    """The qualifiers of codes became others.

    Some claims match that did not, and the other way round. Example: modifier 26 becomes modifier
    TC.
    """
    return _qualified(difference, INDETERMINATE)


@rule(
    "code-range-restated",
    on="codes",
    kind="editorial",
    direction=NEUTRAL,
    impact="low",
    mirror="code-range-restated",
    message=(
        "A range now stands beside, or in the place of, the codes that it holds; whether it "
        "holds others is told by the code "
        "set alone."
    ),
    short="codes restated as a range",
    action="Check the range against the code set in force on {effective}.",
)
def code_range_restated(difference: Difference) -> RuleMatch | bool:
    """A range took the place of codes that were listed one by one, or the other way round.

    Which diagnosis codes a range holds follows from the release of the code set, which a policy
    does not print.
    """
    return difference.op == "restated" and _told(difference)


@rule(
    "code-description-changed",
    on="codes",
    kind="editorial",
    impact="none",
    mirror="code-description-changed",
    message="The printed description of {codes} reads differently.",
    short="the description of {codes} was reworded",
)
def code_description_changed(difference: Difference) -> bool:
    """The description that the payer prints beside codes reads differently.

    Descriptions follow the code set's own release; the policy decides nothing by them.
    """
    return difference.op == "modified" and "description" in difference.fields


@rule(
    "code-marker-changed",
    on="codes",
    kind="editorial",
    impact="low",
    mirror="code-marker-changed",
    message="The footnote mark of {codes} changed: a note may now apply, or no longer.",
    short="the footnote mark of {codes} changed",
    action="Read the footnotes of the table for {codes}.",
)
def code_marker_changed(difference: Difference) -> bool:
    """The footnote mark beside codes changed.

    The note behind it may name a limit; what it says is compared as a statement of its own.
    """
    return difference.op == "modified" and "marker" in difference.fields
