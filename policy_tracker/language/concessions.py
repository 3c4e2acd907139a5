"""Phrases that say what does not matter: "regardless of the diagnosis", "even if it itches",
"whether or not the lamp was rented". "With or without" is none: a scan with or without contrast
names two scans.

Such a phrase says of its sentence that it holds of more cases than one would think; it can go, or
come, beside any other change of the sentence.
"""

from __future__ import annotations

import re

from policy_tracker.language.remembered import remembered
from policy_tracker.language.tokens import words

_CONCESSION = re.compile(
    r"(?<![\w(])(?:regardless of|irrespective of|without regard (?:to|for)|independently of"
    r"|notwithstanding|whether or not|no matter (?:what|which|how|who|whether|when|where)"
    r"|even (?:if|when|though|where)|in spite of)\b[^,;:.()]*(?=[,;:.)]|$)",
    re.IGNORECASE,
)
"""The phrase to the end of its clause."""


@remembered
def concessions(text: str) -> tuple[str, ...]:
    """The phrases of a text that say what does not matter, as printed."""
    found = (" ".join(match[0].split()) for match in _CONCESSION.finditer(text))
    return tuple(phrase for phrase in found if len(phrase.split()) > 2)


def left_out(phrase: str, had: str, has: str) -> bool:
    """Whether a phrase of one text is missing in another, with nothing in its place."""
    left, _, right = " ".join(had.split()).partition(phrase)
    told = words(has)
    if not right.strip(" .;:,)"):
        return told[-1:] == words(left)[-1:]
    around = *words(left)[-1:], *words(right)[:1]
    return any(told[place : place + len(around)] == around for place in range(len(told)))


@remembered
def without_concessions(text: str) -> str:
    """A text without them, and without the comma that set them off."""
    return " ".join(re.sub(r"\s+([,;:.)])", r"\1", _CONCESSION.sub("", text)).split())
