"""Times for which more means the reverse of what it means in a limit or a condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.paced_duties import asks_ahead, paces_duty
from policy_tracker.record.quantities import TIMES, in_common_unit

if TYPE_CHECKING:
    from policy_tracker.diff.tree import Side
    from policy_tracker.record import Quantity

_SPARED = re.compile(
    r"^(?:(?!\b(?:not|no|never|without|unless|except)\b)[^.;])*\b(?:not|no|never|without)\b"
    r"(?:(?!\b(?:not|no|never|without|unless|except|medically|covered)\b)[^.;])*"
    r"\b(?:within|in|during)(?: the)?(?: (?:past|last|prior|previous|preceding))? \w+",
    re.IGNORECASE,
)
"""One negation, and behind it the time in which something did not happen."""


def runs_the_other_way(before: Quantity, after: Quantity, sides: tuple[Side, Side]) -> bool:
    """Whether a longer time asks for more where a limit would allow more, or the reverse: a time in
    which nothing may happen, how often something must be looked after, how long ahead something
    must be sent.
    """
    if _is_spared(before, after, sides):
        return True
    plain = all(quantity.comparator == "=" for quantity in (before, after))
    texts = [side.statement.text for side in sides]
    return plain and (all(map(paces_duty, texts)) or all(map(asks_ahead, texts)))


def _is_spared(before: Quantity, after: Quantity, sides: tuple[Side, Side]) -> bool:
    """Whether both numbers are a time in which a condition lets nothing happen ("no surgery within
    6 months"): the longer, the fewer meet it.
    """
    times = all(
        quantity.comparator in ("=", "<=")
        and in_common_unit(quantity.value, quantity.unit)[1] in TIMES
        and quantity.kind != "age"
        for quantity in (before, after)
    )
    return times and all(
        side.statement.role == "criterion" and _SPARED.search(side.statement.text) for side in sides
    )
