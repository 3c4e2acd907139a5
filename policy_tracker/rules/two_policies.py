"""Two documents that a person names for one comparison, although they were read as versions of two
policies: what to say of that before anything else.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from policy_tracker.language.formatting import counted, number
from policy_tracker.language.tokens import fold
from policy_tracker.record import Record
from policy_tracker.rules.changes import Comparison

ALIKE = 85
"""Titles this much alike (of 100) are one title, printed in two ways."""
MOST = 0.5
"""Two versions of one policy share more than this part of the statements of the shorter one."""


def named_together(before: Record, after: Record, comparison: Comparison) -> Comparison:
    """The comparison, with a warning before all others where the two records were read as two
    policies; as it is where they are one.
    """
    if (before.payer, before.policy) == (after.payer, after.policy):
        return comparison
    warning = (
        f"These were read as two policies: {_name(before)} and {_name(after)}; compared because "
        f"you named them. {_how_sure(before, after, comparison.unchanged)}"
    )
    return comparison.model_copy(update={"warnings": (warning, *comparison.warnings)})


def _name(record: Record) -> str:
    return f"{record.payer}/{record.policy} (“{record.title}”)"


def _how_sure(before: Record, after: Record, unchanged: int) -> str:
    """Whether they are probably one policy, by their titles and by what both of them say."""
    fewer = min(len(before.statements), len(after.statements))
    titles = fuzz.token_sort_ratio(fold(before.title), fold(after.title)) >= ALIKE
    shared = fewer > 0 and unchanged > MOST * fewer
    grounds = (
        f"the titles {'agree' if titles else 'differ'}, and {number(unchanged)} of "
        f"{counted(fewer, 'statement')} {'stands' if unchanged == 1 else 'stand'} in both"
    )
    verdict = (
        "They are probably one policy"
        if titles and shared
        else "They may be one policy"
        if titles or shared
        else "They are probably two different policies"
    )
    return f"{verdict}: {grounds}."
