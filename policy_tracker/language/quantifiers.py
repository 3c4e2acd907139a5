"""How many of a list's parts a lead-in asks for, by its quantifier and what that quantifies: "no
fewer than two of the points below", "the following, any one of which suffices".

Quantifiers are a closed class. What they quantify must point at the list, so that "any lamp" and
"two weeks" ask for no part of it.
"""

from __future__ import annotations

import re

from policy_tracker.language.numbers import names_a_thing
from policy_tracker.language.plain import digits

_QUANTIFIER = re.compile(
    r"\b(?:"
    r"(?P<none>none|neither|not (?:1|any))"
    r"|(?P<all>each and every(?: 1)?|every(?: single)? 1|every|each(?: 1)?|all(?: \d+)?|both)"
    r"|(?P<several>(?:(?:at least|(?:a )?minimum of|(?:no|not) (?:fewer|less) than|any) )?"
    r"(?P<number>[2-9]|\d\d)(?: \(\d+\))?(?: or more)?(?: (?:out )?of (?:the )?\d{1,2})?)"
    r"|(?P<any>(?:(?:at least|any) )?(?:a single(?: 1)?|1)(?: \(\d+\))?(?: or more)?"
    r"|any|either|some)"
    r")\b",
    re.IGNORECASE,
)
_PART = (
    r"(?:criteri(?:a|on)|conditions?|requirements?|statements?|points?|items?|factors?|elements?"
    r"|circumstances?|situations?|scenarios?|instances?|cases?|findings?|features?|indications?"
    r"|signs?|symptoms?|tests?|steps?|rules?|standards?|reasons?|options?|facts?|questions?"
    r"|measures?|parameters?|indicators?|characteristics?|components?|categories|category)"
)
_POINTER = r"(?:following|below|above|listed|named|enumerated|outlined|next|these|those|them|here)"
_PARTS = re.compile(
    rf"^(?: of)?(?: (?:the|these|those|its|our|this list of))?(?: \w+){{0,2}}?"
    rf" ?\b(?:{_PART}|{_POINTER})\b"
    r"(?P<rest>[^:]{0,110}):?\s*$",
    re.IGNORECASE,
)
"""What is quantified: parts of the list, up to the end of the lead-in."""
_GOES_ON = re.compile(
    r"\b(?:they|these|it|which)(?: (?:can|may|will|also))? includes?\W*$", re.IGNORECASE
)
"""Behind a quantifier of something else, a clause that announces the list: "lamps are one kind of
tests, and they can include:".
"""
_ALONE = re.compile(
    r"^(?: of (?:which|these|those|them))?(?: (?:is|are|must|may|shall|has|have|needs?|suffices?"
    r"|appl(?:y|ies)|holds?|exists?)\b[^:]{0,40}"
    r"|(?: \w+ly)? (?:required|needed|met|satisfied|fulfilled|present))?:?\s*$",
    re.IGNORECASE,
)
"""A quantifier that stands for the parts itself: "all are required"."""
_LISTING = re.compile(
    r"\b(?:covered|excluded|payable|reimbursed|reimbursable|investigational|experimental|unproven"
    r"|necessary for|medically necessary|eligible|denied|paid|authorized|approved)\b",
    re.IGNORECASE,
)
"""Words by which a sentence says something of each part, and does not combine them."""
_AT_MOST = re.compile(
    r"\b(?:(?:not|no) more than|at most|up to|fewer than|less than|exactly|only|just"
    r"|(?:a )?maximum of|not)\s*$",
    re.IGNORECASE,
)

_OR_ALL = re.compile(r"\b(?:1|any|either|some)(?: \(\d+\))? (?:and/)?or (?:\w+ )?$", re.IGNORECASE)
"""Before a quantifier that only says how far the one before may go: "one or both of"."""
_COUNTED = re.compile(r"\bof (?:the |these |those )?(?:following |listed )?$", re.IGNORECASE)
"""Before a number that only counts what another quantifier takes from: "each of the three"."""
_DEFINITE = re.compile(r"\b(?:the|these|those)\s*$", re.IGNORECASE)
"""Before a number that counts all there are: "meets the three conditions below"."""


def quantified(text: str) -> str | None:
    """How the parts of the list combine that a lead-in announces: `all_of`, `any_of`, `none_of`,
    `at_least:N`; None where no quantifier tells. The last quantifier decides.
    """
    plain = " ".join(digits(text).text.split())
    for match in reversed([*_QUANTIFIER.finditer(plain)]):
        if match[0][0].isdigit() and names_a_thing(plain[: match.start()]):
            continue
        before = plain[: match.start()]
        if match["several"] and _COUNTED.search(before):
            continue
        rest = plain[match.end() :]
        parts = _PARTS.match(rest)
        alone = _ALONE.match(rest) and (plain[: match.start()].strip() or rest.strip(" :"))
        if (parts is None and not alone) or (parts and _GOES_ON.search(parts["rest"])):
            continue
        if _AT_MOST.search(plain[: match.start()]):
            return None
        if parts is not None and _LISTING.search(parts["rest"]):
            return None
        if match["all"] and _OR_ALL.search(before):
            return "any_of"
        return "all_of" if match["several"] and _DEFINITE.search(before) else _logic(match)
    return None


def _logic(match: re.Match[str]) -> str:
    if match["none"]:
        return "none_of"
    if match["all"]:
        return "all_of"
    return f"at_least:{match['number']}" if match["several"] else "any_of"
