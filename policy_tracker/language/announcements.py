"""What the lead-in of a list says itself, beside announcing the list and how its members combine:
"the lamp is lit" of "The lamp is lit and ALL of the following are met:".
"""

from __future__ import annotations

import re
from functools import lru_cache

from policy_tracker.language.coordination import meant
from policy_tracker.language.stopwords import ARTICLES, BEING, CONDITIONS, HAVING
from policy_tracker.language.tokens import NEGATIONS, fold, words

_QUANTITY = (
    r"(?:at least |a minimum of |any )?(?:one|two|three|four|five|six|\d)(?: \(\d\))?(?: or more)?"
    r"|all|any|each|every|both|either|none|neither"
)
_PARTS = (
    r"(?:criteri(?:a|on)|conditions?|requirements?|items?|options?|statements?|factors?"
    r"|indications?|situations?|circumstances?|scenarios?|findings?|elements?)"
)
_TAIL = re.compile(
    r"[\s,;]*(?:\b(?:and|with|who|plus|when|if|where|as well as|including|meets?|has|have|for"
    r"|satisf(?:y|ies)|that|provided(?: that)?)\b[\s,]*)*"
    rf"(?:\b(?:{_QUANTITY})\b(?: of)?(?: (?:the|these))?"
    rf"(?: (?:following|below|listed|next))?(?: \w+)?(?: {_PARTS})?"
    rf"|(?:the )?following(?: {_PARTS})?)"
    r"(?: (?:below|listed below|listed))?"
    r"(?:,? (?:is|are|must be|apply|applies|have been|has been)(?: (?:met|present|satisfied|true"
    r"|fulfilled|documented))?)?[\s:;.]*$"
)
_QUANTIFIED = re.compile(
    rf"\b(?:{_QUANTITY})\b(?: of)?(?: (?:the|these))? *(?:following|below|listed|{_PARTS})"
)
_CLAUSES = re.compile(r"[,;:]|\b(?:and|or|who|plus|when|if|where|that|unless|except|until)\b")
_LINKED = re.compile(
    r"[\s,;]*\b(?:and|who|plus|when|if|where|as well as|meets?|satisf(?:y|ies)|provided)\b"
)
"""Behind what a lead-in says itself: the list is something of its own."""
_EMPTY = (
    ARTICLES
    | BEING
    | HAVING
    | CONDITIONS
    | frozenset(
        {"member", "members", "patient", "patients", "individual", "individuals", "the", "must"}
        | {"meet", "meets", "met", "and", "or", "with", "who", "following", "of", "all", "any"}
        | {"criteria", "criterion", "conditions", "condition", "requirements", "requirement"}
        | {"either", "both", "each", "one", "1", "at", "least", "to", "documentation", "includes"}
    )
)


@lru_cache(maxsize=4_096)
def own_words(lead_in: str) -> tuple[str, ...]:
    """The words, as `meant` gives them, that the lead-in of a list says itself; none where it only
    announces the list.
    """
    rest = _TAIL.sub("", fold(lead_in))
    if _EMPTY.issuperset(words(rest)) or not any(map(str.isalnum, rest)):
        return ()
    return meant(rest)


@lru_cache(maxsize=4_096)
def completed(lead_in: str) -> bool:
    """Whether the members of a list complete the sentence of its lead-in ("failure of one of the
    following"), so that they say nothing by themselves.
    """
    found = _TAIL.search(fold(lead_in))
    return bool(own_words(lead_in)) and (found is None or not _LINKED.match(found[0]))


@lru_cache(maxsize=4_096)
def turns_list(lead_in: str) -> bool:
    """Whether a lead-in denies all that its list names, in the clause that announces it: "does not
    have any of the following". "No response to one of the following" names what failed instead.
    """
    plain = fold(lead_in)
    found = _QUANTIFIED.search(plain)
    if found is None:
        return False
    if not found[0].startswith(("any", "either")):
        return False
    clause = _CLAUSES.split(plain[: found.start()])[-1]
    return not NEGATIONS.isdisjoint(words(clause))
