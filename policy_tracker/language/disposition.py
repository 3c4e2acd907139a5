"""What a heading, a status sentence, a column or a footnote says of the codes under it."""

from __future__ import annotations

import re

from policy_tracker.record.vocabulary import NotCoveredBasis, Position

_INFORMATIONAL = re.compile(
    r"informational(?: purposes| only)?|does not (?:constitute|imply|guarantee|denote)|for reference purposes|may not be all[- ]inclusive"
    r"|listing of a code|not a guarantee",
    re.IGNORECASE,
)
_RELATED = re.compile(r"^other (?:CPT|HCPCS|ICD)\S*.{0,30}codes? related", re.IGNORECASE)
_WORDS: tuple[tuple[Position, re.Pattern[str]], ...] = tuple(
    (position, re.compile(words, re.IGNORECASE))
    for position, words in (
        ("experimental_investigational", r"\b(?:experimental|investigational|unproven)\b"),
        (
            "not_medically_necessary",
            r"\b(?:not|no longer) (?:be )?(?:considered )?medically necessary|\bnot meet the definition of medical necessity",
        ),
        (
            "not_covered",
            r"\b(?:not|non-?|no longer) ?(?:be )?(?:separately )?(?:covered|reimbursable|reimbursed|payable|eligible)|\bnon-?covered\b"
            r"|\bexcluded\b|\bcosmetic\b"
            r"|\bnot support(?:ed)? medical necessity",
        ),
        (
            "medically_necessary",
            r"\bmedically necessary\b|\bsupports? medical necessity|\bproven\b|\bcovered (?:if|when|for|codes?|diagnos|indication"
            r"|procedure)"
            r"|\b(?:codes?|diagnos[ei]s) (?:that are )?covered\b|\bmeets? (?:the )?(?:definition of )?medical necessity",
        ),
        ("covered", r"\b(?:covered|eligible for (?:separate )?reimbursement|reimbursable|payable)\b"),
    )
)
_CONDITION = re.compile(r"\b(?:when|if|unless|except|that exceeds?|exceeding|only|more than|for the)\b", re.IGNORECASE)


def is_informational(text: str) -> bool:
    """Whether a sentence says that listing a code says nothing about coverage."""
    return bool(_INFORMATIONAL.search(text) or _RELATED.search(text))


def disposition_of(text: str) -> Position | None:
    """The disposition that a status heading or sentence names: the strongest refusal first, since refusals repeat the words of grants."""
    if is_informational(text):
        return "informational"
    return next((position for position, words in _WORDS if words.search(text)), None)


def footnote_disposition(text: str) -> Position | None:
    """The disposition that a footnote gives its marked codes without a condition; one with a condition is a note on them."""
    position = disposition_of(text)
    return position if position and not _CONDITION.search(text) else None


def basis_of(text: str, position: Position) -> NotCoveredBasis | None:
    """Why codes are `not_covered`, where the words say so."""
    if position != "not_covered":
        return None
    if re.search(r"cosmetic", text, re.IGNORECASE):
        return "cosmetic"
    if re.search(r"benefit exclusion|excluded from (?:the )?(?:benefit|coverage)", text, re.IGNORECASE):
        return "benefit_exclusion"
    return "not_reimbursed" if re.search(r"reimburs|payable|payment", text, re.IGNORECASE) else None
