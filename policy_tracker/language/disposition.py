"""What a heading, a status sentence, a column or a footnote says of the codes under it."""

from __future__ import annotations

import re
from itertools import pairwise

from policy_tracker.language.code_forms import CODE, WILDCARD
from policy_tracker.language.coverage_terms import is_authorization, negation_before
from policy_tracker.language.heading_stance import denied_by_heading
from policy_tracker.language.lexicon import terms
from policy_tracker.language.prefilter import lowered
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stance import Stance, stance_of
from policy_tracker.record.vocabulary import APPROVING, DENYING, NotCoveredBasis, Position

_LONGEST_TITLE = 140
_FEW_WORDS = 6
_LEADING = re.compile(
    r"(?:(?:is|are|be|will|does|do|not|never|always|no longer|considered|deemed)\s+)*"
)
_OF_CODES = re.compile(
    r"\b(?:codes?|diagnos[ei]s|procedures?|services?|indications?|cpt|hcpcs|icd-?10|claims)\b"
    r"|\b(?:tests|items|devices|drugs|treatments|supplies|studies|what)"
    r" (?:we|that|which|for which|the plan|may|can|will|are)\b"
)
_NAMED_LIST = re.compile(r"^(?:group|list|table|section|part|category|tier) \w{1,4}\s*[:(–—-]\s*")
"""What a title may begin with that says which list it is: "List A: paid"."""
_CONDITION = re.compile(
    r"\b(?:when|if|once|where|provided|as long as|subject to)\b.*\b(?:criteria|rules|conditions"
    r"|requirements|guidelines?|policy|terms|standards|met|satisfied|fulfilled)\b"
)
_NONE = re.compile(
    r"\b(?:no|not any)\b(?: \w+){0,3} codes?\b|\bno code\(s\)|\bno \w+ code\(s\)"
    r"|\bnot (?:an? |necessarily )?(?:all|exhaustive|complete|limited|every)\b"
)
"""That there are no codes, or more of them."""
_WITHOUT_MARK = re.compile(
    r"\bwithout (?:an? |the |any )?(?:\w+ ){0,2}?(?:marks?|markers?|notes?|footnotes?|asterisks?"
    r"|symbols?|signs?|stars?|modifiers?|prior|pre-?\w*|auth\w*|review|referral)\b"
)
"""What tells codes apart, or eases a grant, and denies nothing: "codes without a mark"."""
_DENIED = re.compile(
    r"\b(?:not|non(?=[- ]?(?:cover|pay|reimburs|bill|benefit|allow|approv|authori|eligib|medical))"
    r"|no|never|nor|neither|without|cannot|fail(?:s|ed)? to|lack(?:s|ed|ing)?"
    r"|insufficient|inadequate|\w+n['’]t)\b"
)
_FOR_SOME = re.compile(
    r"\b(?:for|in|under|with|by) (?!(?:any|all|every|each|these|those|this|the|medical\w*"
    r"|coverage|payment|reimbursement|review|treatment of|accordance|general)\b)"
)
"""A denial of some uses or members: "experimental for children"."""
_SUBJECT = re.compile(r"\b(?:no|none|neither|nor)\b")
_NO = re.compile(r"\b(?:no|not|non|never)[ -]$")
"""A denial of the very word of a grant: "of no proven benefit"."""
_OWN_CLAUSE = re.compile(r"\b(?:and|but)\b(?: (?:is|are|may|can|will))+\b")
"""Between a denial and a grant: "codes that need no review, and are covered" denies no coverage."""
_PREFIXED = re.compile(r"(?:un|in|dis)(?!dicat|[ -])")
_OF_CRITERIA = re.compile(r"\b(?:criteria|criterion|necess\w+)\b")
_JUDGED = (
    r"(?:covered|paid|reimbursed|payable|medically necessary|investigational|experimental"
    r"|unproven|proven|established|allowed|eligible|excluded|denied|reimbursable|bundled|incidental)"
)
_STATUS = re.compile(
    rf"(?:is |are )?(?:considered |always |never )?(?:not |non-? ?)?(?:separately )?{_JUDGED}\b"
    rf"(?:(?:,? and |/|, ?)(?:not )?{_JUDGED}\b)*(?: (?:separately|services?))?",
    re.IGNORECASE,
)
_CODES_AS_SUBJECT = re.compile(
    r"^(?:(?:the|these|this|those|all|following|listed|above|below|billing|procedure|diagnos[ei]s|service"
    r"|codes?|CPT|HCPCS|CDT|ICD-?10(?:-?CM|-?PCS)?|level II|and|or|through|thru|to)\b[®\s,:;()/-]*"
    rf"|(?:{WILDCARD}|{CODE})[\s,;/()*–—-]*)*(?:{WILDCARD}|{CODE})[\s,;/()*–—-]*"
    r"(?=(?:is|are|was|were|will|may|can|cannot|must|should|shall|do|does|require|qualif\w+|meet)\b)",
    re.IGNORECASE,
)
"""Nothing but codes and the names of their systems before a verb."""
_NAMED_PLACE = re.compile(
    r"(?P<before>\b(?:under|in|within|of|by|section|list|table|heading|see|titled|called|labeled)"
    r"(?: the)?(?: \w+){0,2}? )[\"“][^\"“”]{6,160}[\"”]"
)
"""The title of another place that a sentence names: 'not listed under "Codes that are paid"'."""
_ACTION = re.compile(
    r"(?P<not>(?:do not|don['’]t|never|not) )?"
    r"(?:(?P<deny>deny|denies|reject|rejects|decline|declines)"
    r"|(?:pay|pays|cover|covers|reimburse|reimburses|allow|allows|approve|approves))"
    r"(?: (?:as|when|if|with|without|only|per|subject to|for|after)\b.{1,60})?",
    re.IGNORECASE,
)
_AT_EDGES = " .*†‡()[]"


def is_informational(text: str) -> bool:
    """Whether a sentence says that listing a code says nothing about coverage."""
    return disposition_of(text) == "informational"


_OF_COVERED = re.compile(
    r" (?:of|for|to|about) (?:any |all |other )?covered (?:services?|benefits?|items?|charges?)\b"
)
"""What a sentence speaks of, whatever it says: "rules for payment of covered services"."""


@remembered
def disposition_of(text: str) -> Position | None:
    """The disposition that a status heading or sentence names.

    The strongest refusal comes first, since refusals repeat the words of grants. A short title of
    codes that denies something which is not understood is `indeterminate`.
    """
    plain = _without_places(lowered(text))
    if plain.endswith("."):
        plain = _OF_COVERED.sub(" of it", plain)
    if found := terms("coverage", "status").find(plain):
        position = found.meaning.position
        if position in APPROVING and (turned := _turned(plain, found.match.start())):
            return turned
        return position
    if len(plain) > _LONGEST_TITLE:
        return None
    if _OF_CODES.search(plain):
        said = _with_condition(plain, _of_title(plain))
        if said and said != "indeterminate":
            return said
        denied = None if _NONE.search(plain) else denied_by_heading(text)
        return _of_sentence(text) or denied or said
    named = _NAMED_LIST.sub("", plain).strip(" ()")
    if _begins_with_status(named):
        return _with_condition(named, _of_title(named))
    return denied_by_heading(text) if len(plain.split()) <= _FEW_WORDS else None


def _without_places(plain: str) -> str:
    """Words without the titles of other places in them, which say what holds there."""
    return _NAMED_PLACE.sub(r"\g<before>it", plain) if '"' in plain or "“" in plain else plain


def _with_condition(plain: str, said: Position | None) -> Position | None:
    """What is covered when criteria are met is medically necessary when they are."""
    return "medically_necessary" if said == "covered" and _CONDITION.search(plain) else said


def _turned(plain: str, start: int) -> Position | None:
    """What a denial before a grant makes of it: a denial where it belongs to the grant's own verb;
    `indeterminate` where it belongs to the subject or nobody can tell.
    """
    if _NO.search(plain, 0, start):
        return "indeterminate"
    negated, first = negation_before(plain[:start])
    if negated == "denied" and not _SUBJECT.search(plain[first:start]):
        return "not_medically_necessary" if _OF_CRITERIA.search(plain) else "not_covered"
    return "indeterminate" if negated else None


def names_codes(text: str) -> bool:
    """Whether a title speaks of codes, or of what these stand for."""
    return _OF_CODES.search(lowered(text)) is not None


def _of_title(plain: str) -> Position | None:
    """What a title says of its codes by its verb or adjective: "Codes that meet the criteria"."""
    if _NONE.search(plain):
        return None
    plain = _WITHOUT_MARK.sub(_blank, plain)
    denied = _DENIED.search(plain)
    for kind in ("refusing", "medical", "payment"):
        found = terms("statuses", kind).find(plain)
        if found is None:
            continue
        start = found.match.start()
        # a grant may hold its denial: "when the criteria are not met"
        end = start if kind == "refusing" else found.match.end()
        turned = bool(denied and denied.start() < end)
        turned = turned or (kind != "refusing" and bool(_PREFIXED.match(found.match[0])))
        if denied and _OWN_CLAUSE.search(plain, denied.end(), start):
            return "indeterminate"
        if kind == "refusing":
            return "indeterminate" if turned else found.meaning.position
        if not turned:
            return found.meaning.position
        needed = kind == "medical" or _OF_CRITERIA.search(plain)
        return "not_medically_necessary" if needed else "not_covered"
    return "indeterminate" if denied and not is_authorization(plain) else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def said_of_subject(text: str) -> Position | None:
    """What a sentence says whose subject are the codes that it names: "CPT codes 93998 and 93999
    are paid when the criteria are met".
    """
    if not _CODES_AS_SUBJECT.match(text):
        return None
    position = disposition_of(text) if len(text) <= _LONGEST_TITLE else None
    if position is None:
        verb = _CODES_AS_SUBJECT.sub("Codes ", text)
        position = disposition_of(verb) or _of_sentence(verb)
    return position


_TURN = re.compile(r";\s+(?:(?:and|but|while|whereas|however),?\s+)?|,\s+(?:but|while|whereas)\s+")


def code_clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence begin and end that each say something of other codes: "93998
    is paid; 93999 is not covered". One clause where it says one thing.
    """
    cuts = [0]
    for turn in _TURN.finditer(text):
        before, behind = text[cuts[-1] : turn.start()], text[turn.end() :]
        if _says_of_codes(behind) and (_says_of_codes(before) or disposition_of(before)):
            cuts.append(turn.end())
    return list(pairwise([*cuts, len(text)]))


_TWICE_DENIED = re.compile(
    r"\b(?:not|never|no)\b.*\b(?:denied|excluded|refused|rejected|declined|prohibited)\b",
    re.IGNORECASE,
)
"""A denial of a denial, which grants nothing and denies nothing."""
_NO_STANCE = Stance(None, "")
_NAMES_CODE = re.compile(rf"(?<![\w.]){CODE}(?![\w.]*\w)")


def _says_of_codes(clause: str) -> bool:
    """Whether a clause takes a position on codes that it names, as its subject or beside it."""
    if said_of_subject(clause):
        return True
    named = _NAMES_CODE.search(clause)
    return named is not None and (stance_of(clause) or _NO_STANCE).position is not None


def _of_sentence(text: str) -> Position | None:
    """What a title says of its codes that is a sentence: "Benefits are paid for these codes"."""
    stance = stance_of(text)
    if stance and _TWICE_DENIED.search(stance.term):
        return "indeterminate"
    return (stance.position or "indeterminate") if stance else None


def _begins_with_status(plain: str) -> bool:
    """Whether a few words begin with what a title says of its codes: "Never authorized"."""
    if len(plain.split()) > _FEW_WORDS:
        return False
    start = _LEADING.match(plain)
    at = start.end() if start else 0
    return any(
        found is not None and found.match.start() == at
        for kind in ("refusing", "medical", "payment")
        if (found := terms("statuses", kind).find(plain))
    )


def is_status(text: str) -> bool:
    """Whether a text is a status and nothing else: "Not covered"."""
    return _STATUS.fullmatch(text.strip(_AT_EDGES)) is not None


def action_of(text: str) -> Position | None:
    """What a cell says a payer does with the codes of its row: "Pay", "Deny as investigational",
    "Pay when the criteria are met".
    """
    words = text.strip(_AT_EDGES)
    if not (match := _ACTION.fullmatch(words)):
        return None
    if match["deny"] or match["not"]:
        return disposition_of(words) or "not_covered"
    return "medically_necessary" if _CONDITION.search(lowered(words)) else "covered"


def status_of_column(text: str) -> Position | None:
    """What the words of a column of statuses say, which begin with a status: "Covered with
    criteria"; a denial under a condition says nothing.
    """
    words = text.strip(_AT_EDGES)
    if not _STATUS.match(words):
        return None
    position = disposition_of(words)
    conditional = terms("coverage", "condition").says(lowered(words))
    return position if position in APPROVING or not conditional else None


def footnote_disposition(text: str) -> Position | None:
    """The disposition that a footnote gives its marked codes; with a condition it is a note."""
    position = disposition_of(text)
    plain = lowered(text)
    conditional = terms("coverage", "condition").says(plain) or (
        position in DENYING and _FOR_SOME.search(plain)
    )
    return None if conditional else position


def says_necessary(text: str) -> bool:
    """Whether a sentence that grants calls it medically necessary."""
    return "medically necessary" in lowered(text)


def basis_of(text: str, position: Position) -> NotCoveredBasis | None:
    """Why codes are `not_covered`, where the words say so."""
    if position != "not_covered":
        return None
    found = terms("bases", "status").find(lowered(text))
    return found.meaning.basis if found else None
