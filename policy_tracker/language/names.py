"""A candidate for a subject, without the grammar that hung it into its sentence.

"or lamp testing of both eyes" is about lamp testing of both eyes; "Member displays" (any of the
following) is the beginning of a sentence, and about nothing.
"""

from __future__ import annotations

import re

from policy_tracker.language.code_forms import PROCEDURE
from policy_tracker.language.remembered import remembered
from policy_tracker.language.topics import telling_words

_JOINED = re.compile(r"^(?:(?:and|or|but|nor|either|both|also|that)\b[\s,]*)+", re.IGNORECASE)
"""Words that tie a name to what stood before it."""
_COUNTED = re.compile(r"^(?:one|two|three|four|six|\d{1,2}) ?\(\d{1,2}\)\s+", re.IGNORECASE)
"""How many of it: "One (1) lamp visit" is about lamp visits."""
_TWICE = re.compile(r"\b([a-z]{3,})(?: \1\b)+", re.IGNORECASE)
"""A word printed twice, as around codes in parentheses that were left out."""
_MEMBERS = re.compile(r"[\s,]+(?:includes?|consists? of|comprises?)\b.*$", re.IGNORECASE)
"""A list's own verb with its object: the name stands before."""
_RELATIVE = re.compile(r"[\s,]+(?:that|which|who|whose|where|when)$", re.IGNORECASE)
"""The beginning of a clause that was cut off."""
_CUT_OFF = re.compile(
    r"\bto (?:(?:establish|confirm|diagnose|determine|identify|assess|evaluate|guide|rule out"
    r"|predict|detect|monitor)\b[ ,/]*(?:and|or)?[ /]*)+$"
    r"|\bconsiders?\b|\b(?:displays|demonstrates|exhibits|shows|documents|experiences|presents)$"
    r"|\b(?:therefore|hence|thus)\b",
    re.IGNORECASE,
)
"""A verb whose object was cut off, one that says who speaks, or a conclusion."""
_NUMBERED = re.compile(r"\b(?:policy|document|version|page) (?:no|number|nr|#)\b", re.IGNORECASE)
"""A line of the policy's head."""
_ROW = re.compile(rf"{PROCEDURE}\b")
"""The row of a code."""
_SAID_OF_NOTHING = """
a above absence administrative an at attached below certain charge circumstances claim claims
codes confirmation contraindications definition definitions demonstration duration durations
edit edits evidence exception exceptions existence fee finding findings glance highlights
individual individuals item items key length manual meet meets nationally non noncovered
occurrence other patient patients period periods person persons place plan plans points presence
process proof quick reference situation situations special therapies treatment treatments type
types who
"""
_NAMELESS = frozenset(_SAID_OF_NOTHING.split())
"""Words that name a kind of part, persons as such, or say nothing without the "of" behind them."""


@remembered
def tidy_name(name: str) -> str | None:
    """The name of a thing as people say it; None where the candidate is a code's row, the beginning
    of a sentence, or names a kind of part and nothing else.
    """
    if _ROW.match(name) or _NUMBERED.search(name):
        return None
    said = _COUNTED.sub("", _JOINED.sub("", name.strip(" :;,.")))
    said = _RELATIVE.sub("", _MEMBERS.sub("", _TWICE.sub(r"\1", said)))
    if _CUT_OFF.search(said):
        return None
    told = (word.rstrip("0123456789") or word for word in telling_words(said))
    if not any(word not in _NAMELESS and not telling_words(word) <= _NAMELESS for word in told):
        return None
    changed = said != name.strip(" :;,.")
    return said[:1].upper() + said[1:] if changed else said
