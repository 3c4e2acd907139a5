"""For whom a sentence asks for prior authorization: "a PA is required for patients 22 years and
older".

A number in it bounds who must ask, not who can be approved: a lower age asks more of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.diff.tree import Sign
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.language.tokens import NEGATIONS, words

_ASKED = (
    r"(?:PA|prior[- ]?authori[sz]ation|pre-?authori[sz]ation|pre-?certification|prior[- ]approval"
    r"|pre-?approval)s?"
)
_REQUIRED = re.compile(
    rf"\b(?P<no>no )?{_ASKED}(?: [\w-]+)??(?: (?:is|are|will be|shall be|must be|may be))?"
    r"(?P<not> not| no longer)?(?: [a-z]+ly)? (?:required|needed|necessary|mandatory|obtained)"
    r"(?: only)?(?P<whom>(?:: ?| (?:for|if|when|in|on)\b)[^;]*)",
    re.IGNORECASE,
)
_REQUIRES = re.compile(
    r"(?P<whom>^[^;]*?)(?P<not>\b(?:do|does|will|shall) (?:not|no longer) )?"
    rf"\b(?:requires?|needs?|(?:is|are) subject to)(?P<no> no)?(?: an?)? {_ASKED}\b",
    re.IGNORECASE,
)
_APPLIES = re.compile(
    rf"\b{_ASKED} (?P<not>(?:do|does) not )?(?P<no>never )?appl(?:y|ies)"
    r" (?P<whom>(?:to|for|if|when)\b[^;]*)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    r"\b(?:members?|patients?|individuals?|persons?|children|adults?|beneficiar(?:y|ies)|recipients?)"
    r" (?:who are |that are |aged? )?(?:under|over|younger than|older than|below|above)\b",
    re.IGNORECASE,
)
_OTHER_MATTER = re.compile(
    r"\b(?:must|should|shall|approved?|approval|covered|submit\w*|includ\w*|document\w*|request(?:s|ed)?"
    r"|valid|issued|granted)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:unless|except\w*|exempt\w*|other than|exclud\w*|waive\w*|without|until|before|after)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:no|not) (?:less|fewer|younger|lower|smaller|more|greater|older|higher|larger) than\b",
    re.IGNORECASE,
)


_ALL = frozenset({"all", "any", "every", "the", "a", "an"})
_FURTHER = frozenset({"and", "or"})
_NARROWING = frozenset(
    {"after", "before", "of", "from", "with", "when", "if", "in", "at", "by", "who", "that"}
    | {"during", "beyond", "until", "unless", "except", "within"}
)
_CONDITION = frozenset({"when", "if", "who", "that", "with"})


class Reach(NamedTuple):
    """Whom a sentence asks for authorization, and all that its statement says beside that.

    `sign` says what it means for providers if the sentence holds of more cases: -1 more to ask
    for, +1 less, 0 the text does not tell.
    """

    whom: str
    rest: tuple[str, ...]
    sign: Sign


def reach(text: str) -> Reach | None:
    """For whom a statement asks for prior authorization, None where it says nothing of it."""
    for begin, stop in sentence_spans(text):
        sentence = text[begin:stop]
        found = (
            _REQUIRED.search(sentence) or _REQUIRES.search(sentence) or _APPLIES.search(sentence)
        )
        if found is None or _OTHER_MATTER.search(found["whom"]):
            continue
        start, end = (begin + place for place in found.span("whom"))
        rest = (*words(text[:start]), "…", *words(text[end:]))
        unclear = _TURNS.search(sentence) or not NEGATIONS.isdisjoint(
            words(_BOUND.sub(" ", found["whom"]))
        )
        free = bool(found["no"]) or bool(found["not"])
        return Reach(found["whom"], rest, 0 if unclear else 1 if free else -1)
    return None


def reach_of_both(before: str, after: str) -> Sign | None:
    """The sign of two statements that differ only in whom they ask for authorization; None of
    others.
    """
    one, two = reach(before), reach(after)
    if one is None or two is None or one.rest != two.rest:
        return None
    return one.sign if one.sign == two.sign else 0


def bounds_age(before: str, after: str) -> bool:
    """Whether years behind those whom two statements ask for authorization are their age."""
    one, two = reach(before), reach(after)
    return bool(one and two and _OF_AGE.search(one.whom) and _OF_AGE.search(two.whom))


def asked_of_more(before: str, after: str) -> Sign:
    """+1 where words alone extend the cases for which two statements ask for authorization ("for
    lamps", "for lamps and screens"), -1 where they reduce them ("for lamps from other shops"), 0
    where the words do not tell.
    """
    one, two = reach(before), reach(after)
    if one is None or two is None or one.rest != two.rest:
        return 0
    old, new = (tuple(word for word in words(each.whom) if word not in _ALL) for each in (one, two))
    shorter = one if len(old) < len(new) else two
    found = _effect(*sorted((old, new), key=len)) * -shorter.sign
    grew: Sign = 1 if found > 0 else -1 if found < 0 else 0
    return grew if shorter is one or not grew else (-1 if grew > 0 else 1)


def _effect(less: tuple[str, ...], more: tuple[str, ...]) -> Sign:
    """+1 where the one run that came names more cases, -1 where it says which ones."""
    size = len(more) - len(less)
    start = next((i for i, (a, b) in enumerate(zip(less, more, strict=False)) if a != b), len(less))
    run = more[start : start + size]
    if not run or less != (*more[:start], *more[start + size :]):
        return 0
    if not NEGATIONS.isdisjoint(run) or any(word.isdigit() for word in run):
        return 0
    if run[0] in _FURTHER and _CONDITION.isdisjoint((*more[:start], *run)):
        return 1
    return -1 if run[0] in _NARROWING and _FURTHER.isdisjoint(run) else 0
