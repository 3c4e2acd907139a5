"""Whether a sentence says what to do or what is decided, wherever it stands: asked of what no
reading accounted for.
"""

from __future__ import annotations

import re

from policy_tracker.language.duties import duty_of
from policy_tracker.language.quantifiers import quantified
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stance import stance_of

_DECIDED = (
    r"(?:covered|eligible|required|needed|necessary|reimbursed|reimbursable|payable|paid|limited"
    r"|allowed|excluded|approved|authorized|denied|bundled|subject|contraindicated|valid|granted"
    r"|experimental|investigational|unproven|replaced|dispensed|accepted)"
)
_OBLIGES = re.compile(
    r"\b(?:must|shall|cannot|may not|may (?:only )?be|will (?:not |only )?be|need not"
    r"|needs? (?:to|an?|not)|ha(?:s|ve) to|requires?|do(?:es)? not (?:cover|pay|need|require)"
    r"|pays? (?:for|only)|covers?|take precedence)\b"
    rf"|\b(?:is|are|be) (?:not |only |also |never |medically |considered )*{_DECIDED}\b"
    r"|\b(?:prior|pre)-?\s?(?:authori[sz]ation|certification|approval)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d(?:\.\d+)?\s*(?:%|percent\b|mg\b|mcg\b|kg\b|ml\b|pounds?\b"
    r"|(?:business |calendar |consecutive )?(?:hours?|days?|weeks?|months?|years?)\b"
    r"|(?:units?|visits?|sessions?|doses?|times|tests?|pairs?|items?)\b)",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"\W*(?:(?:the|an?|all|any|each) )?"
    r"(?:members?|patients?|providers?|prescribers?|claims?|requests?)"
    r" (?:(?:who|that|with|under|over)\b[^.;]*\b)?"
    r"(?:is|are|may|can|keeps?|stays?|continues?|remains?|receives?|goes?)\b",
    re.IGNORECASE,
)
"""A sentence that begins with people or papers and says what becomes of them."""
_ABOUT_ITSELF = re.compile(
    r"\b(?:this|the) (?:medical |clinical |coverage |payment )?"
    r"(?:policy|document|guideline|bulletin) (?:was|has been|is)"
    r" (?:\w+ )?(?:reviewed|revised|updated|developed|approved|published)\b"
    r"|\ball rights reserved\b|\bcopyright\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\b(?:must|shall|need not|may not be)\b", re.IGNORECASE)
_NARRATED = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|authors?|researchers?|investigators?|cohort|randomi[sz]ed|et al"
    r"|evidence|findings|results?|guidelines?|recommends?|recommended|recommendations?|fda|nccn"
    r"|food and drug administration|literature|published|review(?:ed)? of|were|was|had)\b",
    re.IGNORECASE,
)


@remembered
def decides_amid_description(text: str) -> bool:
    """Whether a sentence among those that describe speaks for the payer: it grants, denies or
    demands, and tells of no study, guideline or authority.
    """
    if _NARRATED.search(text):
        return False
    if _DEMANDS.search(text):
        return True
    said = stance_of(text)
    return (said is not None and said.position is not None) or duty_of(text) is not None


@remembered
def demands_of_list(text: str) -> bool:
    """Whether a sentence among those that describe announces a list of what must hold: "All of the
    following must be present:".
    """
    return (
        text.rstrip().endswith(":")
        and quantified(text) is not None
        and decides_amid_description(text)
    )


@remembered
def obliges(text: str) -> bool:
    """Whether a sentence demands, permits, pays or denies by its own words."""
    return _OBLIGES.search(text) is not None and _ABOUT_ITSELF.search(text) is None


@remembered
def measures(text: str) -> bool:
    """Whether a sentence names so many days, per cent, visits or the like."""
    return _MEASURED.search(text) is not None and _ABOUT_ITSELF.search(text) is None


@remembered
def addresses(text: str) -> bool:
    """Whether a sentence says what becomes of members, providers, claims or requests."""
    return _OF_PEOPLE.match(text) is not None
