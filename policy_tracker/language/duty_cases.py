"""The case that brings a duty, apart from the duty: "when two lamps are worn, | the chart must list
each".

What makes such a case rarer asks for less, and what does away with it asks always: the other way
round than the condition of an approval.
"""

import re
from typing import Literal

from policy_tracker.language.tokens import words

_DUTY = (
    r"\b(?:must|shall|should|needs? to|(?:is|are) (?:required|to be)|requires?)\b"
    r"(?!\s+(?:not|no)\b)"
)
_FIRST = re.compile(
    rf"^\W*(?P<case>(?:when|whenever|if|where|for)\b[^;.:]*?),\s+(?P<duty>[^;:]*?{_DUTY}.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"^(?P<duty>[^;:]*?{_DUTY}[^;:]*?)[\s,]+(?P<case>(?:when|whenever|if)\b[^;:]*)$",
    re.IGNORECASE | re.DOTALL,
)
_TURNS = frozenset({"only", "unless", "except", "no", "not", "without", "before", "or"})
_OBLIGES = re.compile(_DUTY, re.IGNORECASE)


def parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words of the case and of the duty of one sentence, the case empty where the duty always
    holds; None where the sentence says nothing of what must be done.
    """
    found = _FIRST.match(text) or _LAST.match(text)
    if found:
        return words(found["case"]), words(found["duty"])
    return ((), words(text)) if _OBLIGES.search(text) else None


def differ_in_case(before: str, after: str) -> bool:
    """Whether two sentences ask for one duty, and differ in the case that brings it alone."""
    one, two = parts(before), parts(after)
    return one is not None and two is not None and one[1] == two[1] and one[0] != two[0]


def asked_more(before: str, after: str) -> Literal[-1, 0, 1]:
    """+1 where a duty has lost the case that brought it, so that it holds always; -1 where it holds
    in a case alone now; 0 where neither is so.
    """
    if not differ_in_case(before, after):
        return 0
    one, two = parts(before), parts(after)
    cases = (one[0] if one else (), two[0] if two else ())
    if all(cases) or not _TURNS.isdisjoint((*cases[0], *cases[1])):
        return 0
    return 1 if cases[0] else -1
