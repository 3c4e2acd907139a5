"""How long an authorization holds, and whether that became longer or shorter."""

from __future__ import annotations

import re
from collections import Counter

from policy_tracker.diff.differences import Difference, Joint
from policy_tracker.language import formatting
from policy_tracker.record import Statement
from policy_tracker.record.content import Authorization
from policy_tracker.record.quantities import in_common_unit
from policy_tracker.rules.bounds import longer
from policy_tracker.rules.changes import QuantityChange
from policy_tracker.rules.questions import reworded
from policy_tracker.rules.reach import reach_of_both
from policy_tracker.rules.registry import RuleMatch

_DEADLINE = re.compile(
    r"\bno later than\b|\bnotif(?:y|ied|ication)\b"
    r"|\b(?:submit|request|sen[dt]|made|file|receive|obtain)\w*\b[^.;]*\b(?:at least|within)\b"
    r"|\b(?:hours?|days?|weeks?)"
    r" (?:before|prior to|in advance|of (?:the )?(?:admission|service))\b",
    re.IGNORECASE,
)
"""That something must be done by a time, which is no time for which an authorization holds."""
Period = tuple[float, str]
"""A time in its own unit."""


def period(content: object) -> Period | None:
    """How long an authorization holds, None where that is not said, or several times are."""
    if isinstance(content, Joint) and isinstance(content.value, Authorization):
        span = content.value.valid_for
        return (span.value, span.unit) if span else None
    if isinstance(content, Statement) and content.role == "prior_auth":
        found = _times(content)
        return found[0] if len(found) == 1 else None
    return None


def told_period(difference: Difference, sign: int) -> RuleMatch | bool:
    """Whether an authorization holds longer (+1) or shorter (-1), with both times."""
    one, two = _both(difference)
    if not one or not two or (difference.subject == "statement" and not reworded(difference)):
        return False
    if longer(one, two) != sign:
        return False
    (old, unit), (new, other) = in_common_unit(*one), in_common_unit(*two)
    values = {
        "before": formatting.measure(*one),
        "after": formatting.measure(*two),
        "was": formatting.number(one[0]) if one[1] == two[1] else formatting.measure(*one),
    }
    quantity = None
    if one[1] == two[1]:
        quantity = QuantityChange(before=one[0], after=two[0], unit=one[1])
    elif unit == other:
        quantity = QuantityChange(before=old, after=new, unit=unit)
    numbers = frozenset({((old, unit, None), (new, other, None))})
    return RuleMatch(values, quantity, numbers=numbers)


def _both(difference: Difference) -> tuple[Period | None, Period | None]:
    """The time in each version; of a sentence with several the one that became another."""
    one, two = difference.before, difference.after
    if not isinstance(one, Statement) or not isinstance(two, Statement):
        return period(one), period(two)
    if one.role != "prior_auth" or two.role != "prior_auth" or _is_other(one.text, two.text):
        return None, None
    old, new = Counter(_times(one)), Counter(_times(two))
    gone, come = [*(old - new).elements()], [*(new - old).elements()]
    return (gone[0], come[0]) if len(gone) == len(come) == 1 else (None, None)


def _is_other(before: str, after: str) -> bool:
    """Whether times say by when something must be sent, or for whom it is asked."""
    return reach_of_both(before, after) is not None or any(
        _DEADLINE.search(text) for text in (before, after)
    )


def _times(statement: Statement) -> list[Period]:
    kinds = ("duration", "interval")
    return [(q.value, q.unit) for q in statement.quantities if q.kind in kinds]
