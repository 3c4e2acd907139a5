"""Whether the main clause of a sentence approves or denies, by a second grammar that shares nothing
with the reader's: where both agree nothing is said, where they do not somebody should look.
"""

from __future__ import annotations

import re
from typing import Literal

from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import remembered

Side = Literal["approves", "denies"]

_CONDITION = re.compile(
    r"\b(?:when|if|for|that|who|whom|which|because|as|since|in|during|after|before|until|where|"
    r"with|following|including)\b",
    re.IGNORECASE,
)
_DOUBLE = Wording(
    r"\b(?:unless|until|except|excepting|only|whether|or not|otherwise|other than|"
    r"may or may not|part of|does not mean|should not be (?:denied|considered))\b"
)
_NEGATION = Wording(
    r"\b(?:not|never|neither|nor|no|cannot)\b"
    r"(?! (?:more|less|fewer|longer|later|sooner|earlier) than\b| (?:only|to exceed)\b)|n['’]t\b"
    r"|\bnon(?=-?\s?(?:covered|medically|reimbursable|payable|eligible))"
)
_GOOD = Wording(
    r"\b(?:(?:medically|clinically) necessary|medical necessity|covered|"
    r"reimburs(?:e|ed|able|ement)|payable|eligible|approve[ds]?|authori[sz]ed|"
    r"(?:may|can) be (?:reported|billed|paid)|payment (?:may|will|can) be made)\b"
)
_BAD = Wording(
    r"\b(?:investigational|experimental|unproven|cosmetic|denied|medically unnecessary|"
    r"ineligible)\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|part of|incidental|denied|investigational|experimental|unproven)\b",
    re.IGNORECASE,
)
_BUNDLED = Wording(
    r"\bconsidered (?:to be )?(?:an? )?(?:\w+ )?part of\b"
    r"|\b(?:is|are|be) (?:considered )?(?:included in|incidental to|bundled (?:with|into))\b"
    r"|\bincludes? (?:the )?(?:allowance|payment|reimbursement)\b"
    r"|\bcombin\w+ the charges\b|\bcharges (?:\w+ ){0,5}combined\b"
)
"""What is paid with something else is not paid for itself."""
_EXCEPTED = Wording(r"\b(?:unless|except|what it is part of)\b")
_OF_ABSENCE = Wording(r"\b(?:absence of|absent|without|lacking)\b[^.;:]*:\s*$")
"""What is denied where the list below is not there is no denial of what the list holds."""
_SHORT_ASIDE = re.compile(r"\((?:\S+ ){0,3}\S+\)")
_ASKED = Wording(r"\bwhich (?:\w+ )?(?:is|are|will|may)\b")
"""What a text leaves to another one: "the plan governs which services are covered"."""
_WHO_DO_NOT = Wording(r"\bwho\s+(?:\w+\s+)?(?:not|never|cannot)\b")
_RELATIVE = re.compile(r"\b(?:which|that|who|whom|whose)\b", re.IGNORECASE)
_OF_DENIAL = Wording(
    r"\b(?:not|no|non\w*|never|neither|nor|none|cannot|without|den(?:y|ied|ies|ials?)|exclu\w+|"
    r"investigational|experimental|unproven|cosmetic|ineligible|contra-?indicat\w*|limit\w*|"
    r"except\w*|unless|un(?:necessary|supported|established|likely|covered)|insufficient|"
    r"inappropriate|inconclusive|incidental\w*|bundl\w+|combin\w+|includ\w+|part of|lack\w*|"
    r"prohibit\w*|restrict\w*|only|discontinu\w*|terminat\w*|deleted|end[- ]dated|invalid|"
    r"e/i|reject\w*)\b|n['’]t\b"
)
_SAYS = re.compile(
    r"(?:^|[.:]\s)\W*(?:considered|not|non|medically|covered|investigational|experimental|unproven|"
    r"cosmetic|approve)\b"
    r"|\b(?:is|are|be|remains?|considered|deemed|may|will|can|cannot|shall|meets?|supports?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"\W*(?:when|if|where|for|in|once|unless)\b[^,]*,\s*", re.IGNORECASE)


@remembered
def side_of(text: str) -> Side | None:
    """What the main clause says: that something is necessary or covered, or that it is not; None
    where it says neither, both, or an exception turns it.
    """
    plain = _SHORT_ASIDE.sub(" ", text) if "(" in text else text
    turned = _DOUBLE.found_in(plain) or _OF_ABSENCE.found_in(text)
    if (bundled := _bundled_side(text)) or turned:
        return bundled
    text = _without_lead(_ASIDE.sub(" ", text))
    if _ASKED.found_in(text):
        return None
    text = _WHO_DO_NOT.sub(" ", text)
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
        apart = _RELATIVE.search(clause, *sorted((negated.end(), good.start())))
        return None if apart else "denies"
    # a denial further on may be what the sentence comes to
    if good and not bad and not (behind and _DENIED.search(text, behind.start())):
        return "approves"
    return None


def _without_lead(text: str) -> str:
    lead = _LEADING.match(text)
    return text[lead.end() :] if lead else text


def _bundled_side(text: str) -> Side | None:
    """A denial where the main clause says that something is a part of what is paid otherwise."""
    main = _without_lead(_ASIDE.sub(" ", text))
    found = _BUNDLED.search(main)
    if found is None or _NEGATION.found_in(main[: found.end()]) or _EXCEPTED.found_in(text):
        return None
    return "denies"


def could_deny(*texts: str) -> bool:
    """Whether any of these texts has a word with which something can be denied, limited or
    excluded: a denial that none of the words that govern it says was misread.
    """
    return any(_OF_DENIAL.found_in(text) for text in texts)
