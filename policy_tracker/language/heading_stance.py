"""What a heading denies by its grammar: "Services without coverage", "Uses that are not payable",
"Reasons for denial", "Where benefits do not apply".

A heading is a name and no sentence: its denial stands before what it denies, in an adjective, or in
a clause that says of its noun what a sentence would say of its subject.
"""

from __future__ import annotations

import re

from policy_tracker.language.prefilter import Choice, Wording
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stance import stance_of
from policy_tracker.record.vocabulary import Position

_MONEY = r"(?:coverage|payments?|benefits?|reimbursements?|compensation|funding)"
_PAID = (
    r"(?:covered|paid(?: for)?|payable|reimbursed|reimbursable|approved|approvable|authorized"
    r"|allowable|allowed|funded|available|provided|compensable)"
)
_NEED = (
    r"(?:(?:medical(?:ly)?|clinical(?:ly)?) (?:necessary|necessity|appropriate|indicated|need)"
    r"|necessary|necessity|appropriate|indicated|warranted|justified)"
)
_TO_MONEY = rf"(?= for (?:\w+ )?{_MONEY}|\W*$)"
_SAYS: tuple[tuple[Wording, Position], ...] = tuple(
    (Wording(pattern), position)
    for pattern, position in (
        (
            r"\b(?:insufficient|inadequate|lack of(?: \w+)?|no(?: \w+)?) (?:evidence|proof)\b"
            r"|^(?:\w+ (?:and|or) )?(?:unestablished|unsupported)\b",
            "experimental_investigational",
        ),
        (
            rf"\b(?:not|never|no|without|lack(?:s|ing)?(?: of)?) (?:\w+ly )?{_NEED}\b"
            r"|\bnot (?:\w+ly )?(?:supported|reasonable|acceptable)\b"
            r"|\bnot (?:meet|satisfy|fulfil)(?:l|s|ing)?\b(?: \w+){0,3}? (?:necessity|criteria)\b"
            r"|^(?:\w+ (?:and|or) )?(?:inappropriate|unnecessary|unwarranted)\b",
            "not_medically_necessary",
        ),
        (
            rf"\b(?:no|without|lack(?:s|ing)?(?: of)?|not an?) (?:(?!prior\b)\w+ )?{_MONEY}\b"
            rf"|\bnot (?:\w+ly )?{_PAID}\b"
            rf"|\bnot (?:eligible|qualify(?:ing)?|entitled)\b{_TO_MONEY}"
            rf"|\bnon-? ?{_MONEY}\b"
            r"|^(?:\w+ (?:and|or) )?(?:excluded|denied|ineligible|disallowed|unapproved"
            r"|unauthorized|rejected|prohibited)\b"
            r"|\b(?:reasons?|grounds|basis|bases|causes?) (?:for|of)(?: \w+)? (?:denials?"
            r"|exclusions?|rejections?|refusals?)\b"
            rf"|\b{_MONEY} (?:do(?:es)?|will) not (?:apply|exist|extend)\b",
            "not_covered",
        ),
    )
)
_FIRST: Choice[Position] = Choice(_SAYS)
_CLAUSE = Wording(
    r"(?:^|\b(?:for|in|under|to|by|of|at|on) )(?:which|whom|what|where|when(?:ever)?|if)\b|\bthat\b"
    r"|\bwho(?=[^.;:]*\b(?:cover|pa(?:y|id)|reimburs|eligible))"
)
_BOTH = re.compile(
    rf"^(?:{_PAID}|{_NEED})\b[^.;:]{{0,40}}?\b(?:and|or|versus|vs)\b[^.;:]{{0,20}}?\b(?:not|non)\b",
    re.IGNORECASE,
)
"""A heading over what is granted and what is denied: "Covered and not covered uses"."""


@remembered
def says_both(heading: str) -> bool:
    """Whether a heading stands over what is granted and over what is denied."""
    return _BOTH.match(heading.strip()) is not None


@remembered
def denied_by_heading(heading: str) -> Position | None:
    """The denial that a heading makes, `indeterminate` where its grammar cannot tell which; None
    where it denies nothing.
    """
    plain = " ".join(heading.split()).rstrip(" :.")
    said = _FIRST.in_text(plain)
    return said[1] if said else _of_clause(plain)


def _of_clause(plain: str) -> Position | None:
    """What the clause of a heading denies of its noun, read as the sentence that it would be."""
    clause = _CLAUSE.search(plain)
    if clause is None:
        return None
    stance = stance_of("It " + plain[clause.end() :].strip())
    if stance is None or stance.position in {"covered", "medically_necessary"}:
        return None
    return stance.position or "indeterminate"
