"""Rules on codes that a statement names."""

import re
from typing import Literal

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.record import CodeRef, Statement
from policy_tracker.rules.questions import DECIDING, matter
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule

_MARKS = "*†‡§^#"


@rule(
    "criterion-codes-added",
    on="statement",
    beside=True,
    kind="code_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="criterion-codes-removed",
    message="A statement under which claims can be approved now names more codes.",
    short="more codes named among what can be approved",
    action="Add the codes to charge capture from {effective}: {codes}.",
)
def criterion_codes_added(difference: Difference) -> RuleMatch | bool:
    """Codes were added to a statement under an approving position.

    Example: "prick testing (95004)" becomes "prick testing (95004, 95017)".
    """
    return _codes(difference, "added", 1)


@rule(
    "criterion-codes-removed",
    on="statement",
    beside=True,
    kind="code_removed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="criterion-codes-added",
    message="A statement under which claims can be approved now names fewer codes.",
    short="fewer codes named among what can be approved",
    action="Hold claims with codes that dropped out from {effective}: {codes}.",
)
def criterion_codes_removed(difference: Difference) -> RuleMatch | bool:
    """Codes were taken from a statement under an approving position.

    What is no longer named may no longer be approved.
    """
    return _codes(difference, "removed", 1)


@rule(
    "denial-codes-added",
    on="statement",
    beside=True,
    kind="code_added",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="denial-codes-removed",
    message="A statement under which claims are denied now names more codes.",
    short="more codes named among what is denied",
    action="Stop scheduling the codes that were added from {effective}: {codes}.",
)
def denial_codes_added(difference: Difference) -> RuleMatch | bool:
    """Codes were added to a statement under a denying position, or to an exclusion.

    Claims with them are denied.
    """
    return _codes(difference, "added", -1)


@rule(
    "denial-codes-removed",
    on="statement",
    beside=True,
    kind="code_removed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="denial-codes-added",
    message="A statement under which claims are denied now names fewer codes.",
    short="fewer codes named among what is denied",
    action="Review past denials of the codes that dropped out: {codes}.",
)
def denial_codes_removed(difference: Difference) -> RuleMatch | bool:
    """Codes were taken from a statement under a denying position, or from an exclusion.

    Claims with them are no longer denied by name.
    """
    return _codes(difference, "removed", -1)


@rule(
    "named-codes-added",
    on="statement",
    beside=True,
    kind="code_added",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="named-codes-removed",
    message="A statement now names more codes; what follows for them the text does not tell.",
    short="more codes named",
    action="Check the codes that the statement now names: {codes}.",
)
def named_codes_added(difference: Difference) -> RuleMatch | bool:
    """Codes were added to a statement that neither approves nor denies, or that turned between the
    two.

    Example: a note on billing names one more code.
    """
    return _codes(difference, "added", 0)


@rule(
    "named-codes-removed",
    on="statement",
    beside=True,
    kind="code_removed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="named-codes-added",
    message="A statement now names fewer codes; what follows for them the text does not tell.",
    short="fewer codes named",
    action="Check the codes that the statement no longer names: {codes}.",
)
def named_codes_removed(difference: Difference) -> RuleMatch | bool:
    """Codes were taken from a statement that neither approves nor denies, or that turned between
    the two.

    Example: a deleted code leaves a note on billing.
    """
    return _codes(difference, "removed", 0)


@rule(
    "named-codes-marked",
    on="statement",
    beside=True,
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="low",
    mirror="named-codes-marked",
    heading="Footnote mark",
    message="Codes of the sentence are marked otherwise than before ({before} became {after}): a "
    "note may now apply, or no longer.",
    short="codes of a sentence are marked otherwise",
    action="Read the footnotes for {codes}.",
)
def named_codes_marked(difference: Difference) -> RuleMatch | bool:
    """A sentence marks codes that it named before with another footnote mark, or with none.

    The note behind a mark often limits what can be approved, in a state or for a plan. Example:
    "73999" becomes "*73999".
    """
    one, two = (
        marks_of(side.statement) if side else {}
        for side in (difference.side_before, difference.side_after)
    )
    marked = {code for code in one.keys() & two.keys() if one[code] != two[code]}
    if difference.op != "modified" or not marked:
        return False
    codes = tuple(code for code in statement_codes(difference) if code.code in marked)
    said = [", ".join(f"{marks[code]}{code}" for code in sorted(marked)) for marks in (one, two)]
    return RuleMatch({"before": said[0], "after": said[1]}, codes=codes)


def marks_of(statement: Statement) -> dict[str, str]:
    """The footnote mark right before or behind each code that a sentence names, empty where there
    is none.
    """
    found = {}
    for code in statement.codes:
        match = re.search(rf"([{_MARKS}]*){re.escape(code.code)}([{_MARKS}]*)", statement.text)
        found[code.code] = match[1] + match[2] if match else ""
    return found


def statement_codes(difference: Difference) -> tuple[CodeRef, ...]:
    """The codes that the later side of a statement's difference names."""
    return difference.side_after.statement.codes if difference.side_after else ()


def _codes(difference: Difference, way: Literal["added", "removed"], sign: int) -> RuleMatch | bool:
    """Whether a statement of this sign gained or lost codes, told with these codes."""
    codes = difference.added if way == "added" else difference.removed
    # a new denial, or a note, is told as that, with its codes
    if difference.op != "modified" and sign <= 0:
        return False
    return bool(codes) and _sign(difference) == sign and RuleMatch(codes=codes)


def _sign(difference: Difference) -> int:
    """What a statement decides of the codes that it names: +1 approved, -1 denied, 0 not told, or
    not the same on both sides.
    """
    sides = [side for side in (difference.side_before, difference.side_after) if side]
    signs = {side.sign or sign_of(side.position) for side in sides}
    return signs.pop() if len(signs) == 1 and matter(difference) in DECIDING else 0
