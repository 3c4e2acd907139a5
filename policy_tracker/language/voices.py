"""One sentence in its two voices: "Services are provided by a nurse", "A nurse provides the
services".
"""

from __future__ import annotations

import re

from policy_tracker.language.inflection import singular, stem
from policy_tracker.language.tokens import words

_MODAL = r"(?:must|shall|should|may|can|will|cannot)"
_PASSIVE = re.compile(
    rf"(?P<object>.+?) (?:(?P<modal>{_MODAL}) (?P<not>not )?be"
    r"|(?:is|are|was|were)(?P<denied> not)?)"
    r" (?P<verb>[a-z]{3,}(?:ed|en|n)) by (?P<agent>.+)"
)
_ARTICLES = frozenset({"a", "an", "the"})
_DOES = frozenset({"do", "does", "did"})


def same_in_other_voice(one: str, two: str) -> bool:
    """Whether one sentence says passively what the other says actively, with the same words for who
    acts, what is done, and whether it must, may or does not happen.
    """
    return _turned(one, two) or _turned(two, one)


def _turned(passive: str, active: str) -> bool:
    found = _PASSIVE.fullmatch(" ".join(words(passive))) if " by " in passive else None
    if found is None:
        return False
    said = _plain(" ".join(words(active)))
    agent, thing = _plain(found["agent"]), _plain(found["object"])
    middle = said[len(agent) : len(said) - len(thing)]
    if said[: len(agent)] != agent or said[len(said) - len(thing) :] != thing or not middle:
        return False
    denied = bool(found["not"] or found["denied"])
    *helpers, verb = middle
    wanted = [found["modal"]] if found["modal"] else []
    helped = [word for word in helpers if word not in _DOES and word != "not"]
    return helped == wanted and ("not" in helpers) is denied and stem(verb) == stem(found["verb"])


def _plain(text: str) -> list[str]:
    return [singular(word) for word in text.split() if word not in _ARTICLES]
