"""Which way a payer's sentence goes, by its grammar: the families of verbs, nouns and adjectives in
which coverage is granted, and what turns them round.

This is asked of sentences that nothing governs and whose wording no entry of the lexicon knows.
Only the main clause counts: "… when the member has not smoked" denies nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.language.prefilter import Choice, Wording
from policy_tracker.language.remembered import remembered
from policy_tracker.record.vocabulary import Position

_SUBORDINATE = re.compile(
    r"\b(?:when(?:ever)?|if|where|unless|until|(?<!not )(?<!is )(?<!are )(?<!be )provided(?: that)?"
    r"|providing|as (?:long|soon) as"
    r"|once|because|since|as|although|while|after|before|upon|with|without|whose|who|which|that"
    r"|in whom|to the extent|under all circumstances)\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^(?:when|if|where|for|in|as|after|before|under|with|without|once|unless|until|although|though"
    r"|while|because|since|given|except|other than|apart from)\b[^,:]{1,160},"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_SUPPLY = (
    r"(?:coverage|payments?|benefits?|reimbursements?|authorizations?|approvals?|charges?|claims?)"
)
_PAID = (
    r"(?:covered|paid(?: for)?|payable|reimbursed|reimbursable|approved|approvable|authorized"
    r"|allowable|allowed|funded|compensated|billable|cost-shared)"
)
_FIT = (
    r"(?:(?:medically|clinically|therapeutically) (?:necessary|needed|appropriate|indicated"
    r"|justified|reasonable|warranted|acceptable)"
    r"|supported|recommended|appropriate|indicated|warranted|justified|acceptable|necessary"
    r"|reasonable)"
)
_BE = (
    r"(?:is|are|be|been|being|was|were|remains?|becomes?|considered|deemed|regarded|accepted"
    r"|judged|found)"
)
_LINK = rf"{_BE}(?: (?:as|to be|an?|not|never|no longer|\w+ly)){{0,4}}"
_UNFIT = r"(?:medically |clinically )?(?:inappropriate|unnecessary|unwarranted|unjustified)"
_GRANTS: tuple[tuple[Wording, bool], ...] = tuple(
    (Wording(pattern), needed)
    for pattern, needed in (
        (rf"\b{_LINK} {_PAID}\b", False),
        (rf"\b{_LINK} {_FIT}\b", True),
        (
            r"\b(?:may|can|could|should)(?: (?:not|also|\w+ly))* be (?:\w+ly )?considered"
            r"(?= (?:for|in|when|if|after|prior|before|with)\b|\s*[.;:,]|$)",
            True,
        ),
        (
            rf"\b(?:{_LINK} (?:eligible|entitled|qualified|(?:\w+ )?candidates?)|qualif(?:y|ies))\b"
            r"(?: (?:for|to|as)\b|$)",
            False,
        ),
        (
            rf"\b{_SUPPLY}\b[^.;:]{{0,80}}?\b{_LINK}"
            r" (?:available|provided|made|given|granted|extended|offered)\b",
            False,
        ),
        (
            rf"\bthere (?:is|are) (?:no|not any) (?:\w+ )?{_SUPPLY}\b"
            r"(?! (?:criteria|polic|determin|decision|guid|rule))",
            False,
        ),
        (rf"^(?:(?:not|never|no longer|\w+ly) )*{_PAID}\b", False),
        (rf"\b(?:makes?|provides?|offers?|gives?|allows?) (?:no|any) (?:\w+ )?{_SUPPLY}\b", False),
        (r"\b(?:constitutes?|represents?|counts? as) (?:an? )?(?:covered|payable) \w+", False),
        (
            rf"(?<!there )\b{_LINK} (?:(?:covered|plan|contract|program|standard) )?benefits?\b"
            r"(?! (?:limit|exclu|max))",
            False,
        ),
        (rf"\b(?:receives?|obtains?|gets?) (?:\w+ ){{0,2}}?{_SUPPLY}\b(?! from)", False),
        (
            r"\b(?:meets?|satisf(?:y|ies)|fulfill?s?|establish(?:es)?|supports?)\b"
            r"(?: \w+){0,4}? (?:necessity|guidelines?|criteria|standards?"
            r"|requirements?|conditions?|definitions?)\b",
            True,
        ),
        (
            r"^(?:[\w&'’.-]+ ){0,6}?(?:does|do|will|would|may|can|shall|could|must)?"
            r"(?: not| never)? ?\b(?:cover|pay|reimburse|approve|authorize|allow|fund|accept"
            r"|grant)s?\b(?! (?:of|date|plan))",
            False,
        ),
    )
)
"""Each with whether a denial of it says "not necessary" rather than "not covered"."""
_UNPROVEN = Wording(
    rf"\b(?:{_LINK}|as|to be) (?:experimental|investigational|unproven|unestablished)\b"
    r"|\b(?:not|never|nor)(?: yet)?(?: been)? (?:proven|established)\b"
    r"|\b(?:not|never)(?: yet)? been (?:\w+ly )?(?:demonstrated|shown|validated|substantiated)\b"
    r"|\byet to be (?:\w+ly )?(?:proven|established|demonstrated|shown)\b"
    r"|\b(?:is|are|remains?) (?:still )?under (?:investigation|study)\b"
)
_UNSUPPORTED = Wording(
    r"\b(?:insufficient|inadequate|(?:not (?:enough|sufficient|adequate)|no (?:good|sufficient"
    r"|adequate|convincing|reliable)?)|(?:a )?lack of(?: \w+)?)(?: \w+){0,2}? ?"
    r"\b(?:evidence|proof|data)\b(?! of\b)"
    rf"|\b(?:evidence|proof|data)\b[^.;:]{{0,60}}? {_BE}(?: \w+ly)? "
    r"(?:insufficient|inadequate|lacking|absent|too (?:limited|weak|scarce))\b"
    r"|\b(?:evidence|literature|data|studies|trials)\b[^.;:]{0,40}? (?:does|do|did) not"
    r" (?:\w+ly )?(?:support|justify|show|demonstrate|establish|prove)\b"
    r"|\bnot (?:\w+ly )?supported by(?: \w+){0,3} (?:evidence|proof|data|literature)\b"
)
"""What says of a use that nothing shows its worth."""
_WITHOUT_USE = Wording(
    r"\b(?:ha(?:s|ve|d) no|(?:is|are|remains?) (?:of no|without)) (?:\w+ ){0,2}?"
    r"(?:role|place|value|utility|use|benefit|merit)\b"
    r"|\bthere (?:is|are) no (?:\w+ )?(?:role|place|indications?|need) (?:for|in|to)\b"
)
_WORTHLESS: tuple[tuple[Wording, Position], ...] = (
    (_UNPROVEN, "experimental_investigational"),
    (_UNSUPPORTED, "experimental_investigational"),
    (_WITHOUT_USE, "not_medically_necessary"),
)
"""Denials whose negative word is their own; one before it turns them round."""
_DENIALS: tuple[tuple[Wording, Position], ...] = tuple(
    (Wording(pattern), position)
    for pattern, position in (
        (
            # "may reduce unnecessary visits" says nothing of the visit in question
            rf"\b{_BE}(?: (?:\w+ly|an?|not|to be|as|too))* {_UNFIT}\b"
            rf"|\b{_UNFIT}(?=\W*$|\W*[.;:,(]| (?:for|in|to|when|if|at|as|and|or|unless|because)\b)"
            r"|\black(?:s|ing)? (?:of )?(?:\w+ )?necessity\b"
            r"|\b(?:fails?|failed|failing) to (?:meet|satisfy|fulfil)",
            "not_medically_necessary",
        ),
        (
            r"\b(?:non-?covered|ineligible|disallowed|unpayable|non-?payable)\b"
            rf"|\b{_BE} (?:(?:not|never|\w+ly) )*(?:denied|excluded|rejected|declined|refused"
            r"|disallowed|withheld|barred|precluded|forgone|(?:un|non-?)(?:available|obtainable))\b"
            rf"|\b(?:den(?:y|ies)|excludes?|rejects?|declines?|refuses?)\b[^.;:]{{0,60}}\b{_SUPPLY}\b"
            r"|^(?:deny|reject|decline)\b"
            rf"|\b{_SUPPLY}\b[^.;:]{{0,60}}? (?:{_BE} )+(?:discontinued|suspended|withdrawn"
            r"|terminated|unavailable|restricted against)\b"
            rf"|\b{_BE} (?:\w+ )?(?:included|bundled|incorporated) (?:in|into|with)\b"
            r"[^.;:]{0,60}?"
            r"\b(?:charges?|fees?|payments?|allowances?|reimbursements?|rates?)\b"
            rf"|\b{_LINK} (?:\w+ ){{0,2}}?exclusions?\b"
            r"|\b(?:outside|beyond)(?: of)? (?:(?:the|our|a|any|its) )?(?:(?:scope|limits?|terms"
            rf"|extent) of )?(?:(?:the|our|this) )?(?:\w+ )?{_SUPPLY}\b",
            "not_covered",
        ),
    )
)
_FIRST_WORTHLESS: Choice[Position] = Choice(_WORTHLESS)
_FIRST_DENIAL: Choice[Position] = Choice(_DENIALS)
_FIRST_GRANT: Choice[bool] = Choice(_GRANTS)
_NEGATED = re.compile(
    r"\b(?:not(?! (?:be )?(?:necessarily )?(?:limited|restricted|confined) to\b)"
    r"|never|no|nor|neither|none|cannot|nothing|hardly|rarely|\w+n['’]t)\b",
    re.IGNORECASE,
)
"""Words that deny; of a list that is "not limited to" its parts nothing is denied."""

_ASIDE = re.compile(
    r"\b(?:(?:for|to|of|in|by) (?:which|whom)|who|whose|which"
    r"|(?<!means )(?<!mean )(?<!implies )(?<!so )(?<!such )that)\b[^,;]*$",
    re.IGNORECASE,
)
"""Before a denial that belongs to a noun: "uses for which nothing was decided are covered"."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|does|do|did|has|have|had|will|would|may|can|could|shall|should|must)\b",
    re.IGNORECASE,
)
_BOTH_VERBS = 2
"""Verbs behind a relative pronoun from which the second is the sentence's own."""

_APART = 2
"""Words between a denial and a grant from which they belong to two verbs."""


class Stance(NamedTuple):
    """The position that a sentence takes, and its own words for it; no position where it denies
    something and nobody can tell what.
    """

    position: Position | None
    term: str


@remembered
def stance_of(text: str) -> Stance | None:
    """The stance of a sentence's main clause; None where it takes none."""
    clause = main_clause(text)
    if found := _FIRST_WORTHLESS.in_text(clause):
        match, position = found
        denied = _NEGATED.search(clause[: match.start()])
        return Stance(None if denied else position, match[0])
    if found := _FIRST_DENIAL.in_text(clause):
        match, position = found
        return Stance(None if _is_turned(clause, match) else position, match[0])
    if granted := _FIRST_GRANT.in_text(clause):
        match, needed = granted
        if not (negation := _negation_of(clause, match)):
            return Stance("medically_necessary" if needed else "covered", match[0])
        term = clause[negation.start() : match.end()]
        if _is_aside(clause[: negation.start()]):
            return Stance(None, term)
        return Stance("not_medically_necessary" if needed else "not_covered", term)
    return None


def _negation_of(clause: str, grant: re.Match[str]) -> re.Match[str] | None:
    """The first denial before a grant that is not a relative clause's own: "uses for which nothing
    was decided are covered" grants, "uses that are not covered" does not.
    """
    for negation in _NEGATED.finditer(clause, 0, grant.end()):
        apart = len(clause[negation.end() : grant.start()].split()) >= _APART
        if not (apart and _is_aside(clause[: negation.start()])):
            return negation
    return None


def _is_turned(clause: str, denial: re.Match[str]) -> bool:
    """Whether a denial is itself denied, not only its subject: "is not excluded", but not "a lamp
    that does not burn is excluded".
    """
    return any(
        not _is_aside(clause[: negation.start()])
        for negation in _NEGATED.finditer(clause, 0, denial.end())
    )


def _is_aside(before: str) -> bool:
    """Whether words end inside of a relative clause: behind "uses that are"; not behind "uses that
    are not named here do", where the clause has its verb and the sentence goes on.
    """
    aside = _ASIDE.search(before)
    return aside is not None and len(_FINITE.findall(aside[0])) < _BOTH_VERBS


@remembered
def main_clause(text: str) -> str:
    """The sentence without what a conjunction adds behind it or a comma parts in front."""
    rest = _FRONTED.sub("", text.strip())
    match = _SUBORDINATE.search(rest, 1)
    while match and _is_as(rest, match):
        match = _SUBORDINATE.search(rest, match.end())
    return rest[: match.start()].strip() if match else rest


def _is_as(text: str, match: re.Match[str]) -> bool:
    """Whether "as" belongs to a verb ("accepted as", "as treatment of"), or "that" and "with" to a
    noun.
    """
    word = match[0].lower()
    if word in {"as", "with", "without", "that", "which", "who", "whose", "before", "after"}:
        return True
    return not text[: match.start()].strip()


@remembered
def is_negated(text: str) -> bool:
    """Whether the main clause of a sentence denies something, whatever it is; what a relative
    clause denies belongs to its noun: "care for guests who do not sleep:".
    """
    clause = main_clause(text)
    return any(not _is_aside(clause[: one.start()]) for one in _NEGATED.finditer(clause))


_OF_PERSONS = re.compile(
    r"^(?:(?:the|this|an?|any|each|no|all|his|her|their|there)\b )?(?:\w+ ){0,2}?"
    r"(?:members?|patients?|individuals?|persons?|beneficiar(?:y|ies)|recipients?|enrollees?"
    r"|participants?|child(?:ren)?|adults?|infants?|women|men|he|she|they|symptoms?|signs?"
    r"|evidence|history|contraindications?|response|pain|disease|condition|infection"
    r"|(?<=there )(?:is|are))\b",
    re.IGNORECASE,
)
"""Subjects of criteria: what is denied of members and of what they suffer from is a condition."""
_OF_COVERAGE = re.compile(
    r"\b(?:cover|pay|benefit|reimburs|approv|authori[sz]|eligib|necess|allow|fund|entitle)\w*",
    re.IGNORECASE,
)


def speaks_of_persons(text: str) -> bool:
    """Whether the subject of a sentence is a person, or what a person suffers from, as that of a
    criterion is.
    """
    return _OF_PERSONS.match(text.strip()) is not None


def denies_of_things(text: str) -> bool:
    """Whether a whole sentence on coverage speaks of a thing or a payer, and not of a member.

    So does "Lamps are not among the things that the fund covers."
    """
    return (
        text.rstrip().endswith(".")
        and _OF_COVERAGE.search(text) is not None
        and not speaks_of_persons(text)
    )
