"""Rules on limits that a list of codes prints beside a code: "maximum 300 units every 12 weeks"."""

from policy_tracker.diff.differences import CodesAt, Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.allowances import allowances
from policy_tracker.language.formatting import limit_words
from policy_tracker.record import ListedCode, Quantity
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.bounds import growth
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule


def _limits(content: object) -> tuple[Quantity, ...]:
    """How much the words beside a code allow."""
    rows = content.rows if isinstance(content, CodesAt) else ()
    words = " ".join(r.description or "" for r in rows if isinstance(r, ListedCode))
    return allowances(words)


def _beside_code(difference: Difference) -> bool:
    """Whether the words beside codes became others, or one code went to another list, and its words
    with it: a row may turn its mark and its limit at once.
    """
    sides = (difference.before, difference.after)
    one = all(isinstance(side, CodesAt) and len(side.rows) == 1 for side in sides)
    return difference.op == "modified" and (one or "description" in difference.fields)


def _moved(difference: Difference, wanted: Direction) -> RuleMatch | bool:
    """Whether the rates beside a code moved this way."""
    if not _beside_code(difference):
        return False
    old, new = _limits(difference.before), _limits(difference.after)
    pairs = [(b, a) for b, a in zip(old, new, strict=False) if not _same(b, a)]
    if len(old) != len(new) or not pairs:
        return False
    signs = {0 if _denied(difference) else growth(b, a, limit=True) for b, a in pairs}
    if (direction.along(signs.pop()) if len(signs) == 1 else INDETERMINATE) != wanted:
        return False
    before, after = (", ".join(limit_words(pair[side]) for pair in pairs) for side in (0, 1))
    return RuleMatch({"before": before, "after": after})


def _came(difference: Difference, *, before: bool) -> RuleMatch | bool:
    """Whether one side alone sets a limit beside a code."""
    if not _beside_code(difference):
        return False
    old, new = _limits(difference.before), _limits(difference.after)
    if bool(old) is bool(new) or bool(old) is not before or _denied(difference):
        return False
    said = ", ".join(limit_words(one) for one in (old or new))
    return RuleMatch({"before" if before else "after": said})


def _same(one: Quantity, two: Quantity) -> bool:
    return (one.value, one.unit, one.per) == (two.value, two.unit, two.per)


def _denied(difference: Difference) -> bool:
    """Whether what is listed there is denied: more of it may then be less."""
    sides = (difference.before, difference.after)
    return any(
        sign_of(place.disposition) < 0
        for side in sides
        if isinstance(side, CodesAt)
        for place in side.placements
    )


@rule(
    "row-limit-raised",
    on="codes",
    kind="frequency_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="row-limit-lowered",
    heading="Limit",
    message="More of {codes} can be billed: {after}, was {before}.",
    short="{after} instead of {before}",
    action="Update the frequency edit for {codes} from {effective}.",
)
def row_limit_raised(difference: Difference) -> RuleMatch | bool:
    """The limit printed beside a code in a list allows more than before.

    Example: "maximum 20 units per day" beside a code becomes "maximum 30 units per day".
    """
    return _moved(difference, BROADENED)


@rule(
    "row-limit-lowered",
    on="codes",
    kind="frequency_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="row-limit-raised",
    heading="Limit",
    message="Less of {codes} can be billed: {after}, was {before}.",
    short="{after} instead of {before}",
    action="Update the frequency edit for {codes} before {effective}, and check what is scheduled.",
)
def row_limit_lowered(difference: Difference) -> RuleMatch | bool:
    """The limit printed beside a code in a list allows less than before.

    Example: "once per year" beside a code becomes "once per 2 years".
    """
    return _moved(difference, NARROWED)


@rule(
    "row-limit-changed",
    on="codes",
    kind="frequency_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="row-limit-changed",
    heading="Limit",
    message="The limit beside {codes} reads differently: {after}, was {before}.",
    short="{after} instead of {before}",
    action="Ask the payer how much of {codes} can be billed from {effective}.",
)
def row_limit_changed(difference: Difference) -> RuleMatch | bool:
    """The limit printed beside a code became one that cannot be compared with the former.

    Example: "2 boxes per month" becomes "50 strips per week".
    """
    return _moved(difference, INDETERMINATE)


@rule(
    "row-limit-stated",
    on="codes",
    kind="frequency_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="row-limit-dropped",
    heading="Limit",
    message="How much of {codes} can be billed is now limited: {after}.",
    short="a limit of {after} is new",
    action="Set up a frequency edit for {codes} before {effective}.",
)
def row_limit_stated(difference: Difference) -> RuleMatch | bool:
    """A limit is now printed beside a code.

    Example: a device that a list named alone is now listed with "1 per 5 years".
    """
    return _came(difference, before=False)


@rule(
    "row-limit-dropped",
    on="codes",
    kind="frequency_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="row-limit-stated",
    heading="Limit",
    message="How much of {codes} can be billed is no longer limited here; it was {before}.",
    short="the limit of {before} is gone",
    action="Review the frequency edit for {codes} from {effective}.",
)
def row_limit_dropped(difference: Difference) -> RuleMatch | bool:
    """A limit is no longer printed beside a code.

    Example: "1 per 5 years" beside a device is dropped.
    """
    return _came(difference, before=True)
