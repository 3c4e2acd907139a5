"""Whether the main clause of a sentence approves or denies, by a second grammar that shares nothing
with the reader's: where both agree nothing is said, where they do not somebody should look.
"""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["approves", "denies"]

_CONDITION = re.compile(
    r"\b(?:when|if|for|that|who|whom|which|because|as|since|in|during|after|before|until|where|"
    r"with|following|including)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(
    r"\b(?:unless|except|excepting|only|whether|or not|otherwise|other than|may or may not|part of|"
    r"does not mean|should not be (?:denied|considered))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|never|neither|nor|no|cannot)\b|\bnon(?=-?\s?(?:covered|medically))|n['’]t\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:(?:medically|clinically) necessary|medical necessity|covered|"
    r"reimburs(?:e|ed|able|ement)|payable|eligible|approve[ds]?|authori[sz]ed)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:investigational|experimental|unproven|cosmetic|denied|medically unnecessary|"
    r"ineligible)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|part of|incidental|denied|investigational|experimental|unproven)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:^|[.:]\s)\W*(?:considered|not|non|medically|covered|investigational|experimental|unproven|"
    r"cosmetic|approve)\b"
    r"|\b(?:is|are|be|remains?|considered|deemed|may|will|can|cannot|shall|meets?|supports?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"^\W*(?:when|if|where|for|in|once|unless)\b[^,]*,\s*", re.IGNORECASE)


def side_of(text: str) -> Side | None:
    """What the main clause says: that something is necessary or covered, or that it is not; None
    where it says neither, both, or an exception turns it.
    """
    if _DOUBLE.search(text):
        return None
    text = _LEADING.sub("", _ASIDE.sub(" ", text))
    said = _SAYS.search(text)
    if said is None:
        return None
    behind = _CONDITION.search(text, said.end())
    # "considered medically necessary for …": conditions come behind the verdict
    clause = text[: behind.start()] if behind else text
    good, bad, negated = _GOOD.search(clause), _BAD.search(clause), _NEGATION.search(clause)
    if bad and not good:
        return None if negated else "denies"
    if good and negated:  # experimental and not medically necessary too
        return "denies"
    # a denial further on may be what the sentence comes to
    if good and not bad and not (behind and _DENIED.search(text, behind.start())):
        return "approves"
    return None
