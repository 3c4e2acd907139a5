"""Lines whose code stands behind its words: "Lamp repair 93999", "Lamp repair (93998) Not covered".

Five digits at the end of a line may be anything. They are a code where the lines around it end so
too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.code_forms import CODE, MARKS, NO_CODES, TO
from policy_tracker.language.disposition import disposition_of, is_status, status_of_column
from policy_tracker.language.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.record.vocabulary import Position

_LIST = rf"{MARKS}?{CODE}{MARKS}?(?:(?:{TO}|\s?[,;/]\s?|\s+(?:and|or)\s+){CODE})*"
_LINE = re.compile(
    r"(?P<words>[A-Z][^.;:]{2,140}?)[\s–—|-]+\(?(?:(?:CPT|HCPCS)®?(?:\s*codes?)?\s*)?"
    rf"(?P<codes>{_LIST})\)?(?:[\s–—|-]+(?P<rest>[A-Z(][^.;]{{2,80}}))?"
)
_CODES_ALONE = re.compile(rf"{_LIST}[\s,;]*")
"""What are no words: "E0650," before "E0651" is the list's first code."""
_LEADS_ON = re.compile(
    r"\b(?:and|or|codes?|CPT|HCPCS|modifiers?|with|by|for|of|the|an?|to|through|than|in|at|from|is"
    r"|are|as|on|see|box|suite|room|page|policy|no\.?|number)$",
    re.IGNORECASE,
)
"""Words behind which a number goes on with a sentence."""
_NEAR = 2
_LEAST = 2


def ends_with_code(text: str) -> bool:
    """Whether a line is words with their code behind, perhaps with its status behind that."""
    return match_behind(text) is not None


@remembered
def match_behind(text: str) -> re.Match[str] | None:
    """The `words`, `codes` and `rest` of such a line."""
    match = _LINE.fullmatch(text.strip())
    if match is None or _LEADS_ON.search(match["words"]) or NO_CODES.search(text):
        return None
    if _CODES_ALONE.fullmatch(match["words"]):
        return None
    if match["rest"] and status_at(match["rest"]) is None:
        return None
    return match


def status_at(text: str) -> Position | None:
    """What a line says of its code behind that: its status and nothing else."""
    return disposition_of(text) if is_status(text) else status_of_column(text)


def stands_among_such(number: int, texts: Sequence[str]) -> bool:
    """Whether a line that ends with its code has another such line near it."""
    near = range(max(0, number - _NEAR), min(len(texts), number + _NEAR + 1))
    return (
        ends_with_code(texts[number]) and sum(ends_with_code(texts[one]) for one in near) >= _LEAST
    )
