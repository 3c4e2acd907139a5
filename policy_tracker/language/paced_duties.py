"""Times in a duty for which more or less of them means the reverse of what it means in a limit: how
often something has to be done, and how long before an event.
"""

from __future__ import annotations

import re

from policy_tracker.language.numbers import NUMBER
from policy_tracker.language.plain import digits
from policy_tracker.language.remembered import remembered

_TIME = r"(?:(?:business|calendar|working|treatment) )?(?:hours?|days?|weeks?|months?|years?)"
_CARED_FOR = (
    r"(?:updated?s?|review(?:ed|s)?|re-?(?:view|evaluat|assess|check|certif)\w*"
    r"|evaluat(?:ed?|es)|assess(?:ed|es)?|monitor(?:ed|s)?|document(?:ed|s)?|check(?:ed|s)?"
    r"|record(?:ed|s)?|sees?|seen|measured?s?|supervis(?:ed?|es)|sign(?:ed|s)?)"
)
_PACED = re.compile(
    rf"\b{_CARED_FOR}\b(?:(?! (?:and|or|but)\b)[^,;.:])*?\b(?:every|each|once per|per)\b"
    rf" (?:{NUMBER} )?{_TIME}",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"\b(?:must|shall|should|needs? to|ha(?:s|ve) to|(?:is|are) required to)\b[^.;]*?"
    rf"(?<!within )(?<!more than )(?<!up to )\b{NUMBER} {_TIME}"
    r" (?:before|prior to|in advance|ahead)\b",
    re.IGNORECASE,
)


@remembered
def paces_duty(text: str) -> bool:
    """Whether a sentence asks that something is looked after so often ("the plan is updated every
    14 days"): the shorter the time, the more is asked.
    """
    return _PACED.search(digits(text).text) is not None


@remembered
def asks_ahead(text: str) -> bool:
    """Whether a sentence asks for something so long before an event ("must be sent 5 days before
    services begin"): the longer the time, the more is asked.
    """
    return _AHEAD.search(digits(text).text) is not None
