"""The grammar of sentences that direct: modality, decision, limits, and what announces a list.

Closed classes and the small set of verbs by which policies decide, written for this purpose alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import remembered

_MODAL = Wording(
    r"\b(?:must|shall|should|will|cannot|can not|may not|may only|can only|needs? to|"
    r"ha(?:s|ve) to|ought to|"
    r"(?:is|are|be) (?:not )?to be)\b"
)
_DECISION = (
    r"cover(?:ed|age|able|s)?|necessary|necessity|den(?:y|ied|ies|ial)|requir(?:e|es|ed|"
    r"ement|ements)|limit(?:ed|s|ation|ations)?|"
    r"allow(?:ed|s|able|ance)?|eligib(?:le|ility)|ineligible|unproven|proven|"
    r"investigational|experimental|indicated|contraindicat\w*|"
    r"exclu(?:ded|des|sion|sions)|approv(?:ed|es|al|able)|authori[sz](?:ed|ation|ations)|"
    r"precertif\w*|reimburs\w*|payable|paid|pay|payment|"
    r"appropriate|inappropriate|established|recommended|restrict\w*|permitted|bundled|"
    r"incidental|cosmetic|qualif(?:y|ies|ied)|considered|deemed|"
    r"criteria|criterion|non-?covered|non-?preferred|preferred|medically|benefits?|"
    r"accepted|warranted|justified|supported|subject to|consistent with|"
    r"support(?:s|ed|ing)?|acceptable|billed|bill|reported|submitted|documented|"
    r"documentation|standard of care"
)
_DECIDES = Wording(rf"(?<![\w-])(?:{_DECISION})(?![\w-])")
_LINKS = Wording(
    r"\b(?:is|are|be|been|being|was|were|am|as|not|no|when|if|unless|only|for|must|shall|"
    r"should|will|may|can|cannot|"
    r"require[sd]?|meets?|does|do|has|have|all|any|none|following)\b"
)
_OUTCOME = (
    r"(?:medically|clinically) (?:un)?necessary|medical necessity|"
    r"reasonable and necessary|covered|coverage|unproven|investigational|experimental|"
    r"den(?:y|ied|ies)|eligible|ineligible|excluded|reimburs\w+|payable|payments?|paid|"
    r"cosmetic|authori[sz]ed|approved|allowed|limited to"
)
_POSITION = Wording(
    rf"\b(?:is|are|be|been|as|not|never|only|will|may|must|shall|should|cannot|no|unless|"
    rf"when|if)\b[^.;]{{0,60}}?(?<![\w-])(?:non-?)?(?:{_OUTCOME})(?![\w-])"
    rf"|(?<![\w-])(?:{_OUTCOME})\b[^.;]{{0,40}}?\b(?:when|if|unless|only|for (?:all|any|"
    rf"the following))\b"
    r"|(?<![\w-])(?:not |non-?)(?:medically necessary|covered)\b|\bdoes not (?:cover|meet)\b"
    r"|\b(?:prior|pre)[- ]?authori[sz]ation (?:is|are|will be|may be) |"
    r"\brequires? (?:\w+ ){0,3}(?:prior|pre)[- ]?(?:authori[sz]|certif)\w+"
)
_VERDICT = (
    r"(?:not |non-?)?(?:medically |clinically |and )(?:un)?necessary|investigational|"
    r"experimental|unproven|(?:not |non-?)?covered|cosmetic|"
    r"(?:not )?eligible for (?:coverage|reimbursement|payment)|(?:not )?reimburs(?:ed|"
    r"able)|(?:not )?payable|denied|excluded|"
    r"(?<!been )(?<!not )(?<!be )established(?! (?:independently|by|in|from|with)\b)|"
    r"(?:not )?(?:a )?covered (?:benefit|service)s?"
)
_DECIDED = Wording(
    rf"\b(?:is|are|be|been|as|considered|deemed|remains?|will|not)\s+(?:(?:also|always|"
    rf"never|only|generally|therefore|still|hereby|both|either)\s+)?"
    rf"(?:considered |deemed |to be |be )?(?:not |neither )?(?:reasonable (?:and|or|"
    rf"nor) )?(?:{_VERDICT})(?![\w-])"
    rf"|^\W*(?:considered |not |non-?)?(?:{_VERDICT})\b(?:[^.]{{0,80}}:\s*$|\W*(?:when|if|for)\b)"
    r"|\b(?:payment|coverage|reimbursement|benefits?)\s+(?:is|are|will|may|shall|"
    r"can)\s+(?:be |only |not )*(?:made|provided|allowed|available|limited|excluded|"
    r"denied)"
    r"|\bno\s+(?:\w+\s+){0,3}(?:payment|coverage|benefits?|reimbursement)\s+(?:is|are|"
    r"will|may|shall|can)\b|\b(?:will|may|shall|can|must|should) be (?:approved|"
    r"authorized|denied)\b"
    r"|\b(?:(?:pre-?)?authori[sz]ation|pre-?certification|prior approval)\s+(?:is|"
    r"are|will be|may be)\s+(?:not )?(?:required|needed|necessary)|"
    r"\brequires? (?:\w+ ){0,3}(?:prior|pre)[- ]?(?:authori[sz]|certif)\w+"
    r"|\b(?:is|are|be) limited to\b|\b(?:does|do|will) not cover\b|\b(?:not|"
    r"no) medical(?:ly)? necess\w+"
)
_OF_DOCUMENTS = Wording(
    r"\b(?:does|do|shall|should|is|are|may)\s+not\s+(?:\w+ )?(?:constitute|guarantee|"
    r"imply|intended|an? (?:guarantee|authorization|endorsement))\b|"
    r"\bguarantee of (?:coverage|payment|benefits)\b|"
    r"\bfor (?:reference|descriptive|informational|convenience)(?: purposes)?(?: only)?\b|"
    r"\bFDA\b|\bFood (?:and|&) Drug\b|\b(?:these|this|the) documents?\b|"
    r"\bcoverage (?:organization|polic(?:y|ies) applies)\b"
    r"|^\W*(?:Reimbursement|Claims|Deleted codes|Codes|Inclusion|Identification)\b"
)
_CONCLUDES = Wording(
    r"^\W*(?:therefore|thus|hence|consequently|accordingly|in (?:summary|conclusion)|as such)\b"
    r"|[a-z.;,] (?:and )?(?:[Tt]herefore,|(?:it|this \w+|these \w+) (?:is|are) therefore)\s"
)
"""What evidence comes to is told after the evidence, and repeats what is decided elsewhere."""
_PURPOSE = re.compile(
    r"\W*(?:To [a-z]+ |(?:This|The) (?:\w+ ){0,2}(?:policy|guideline|document|section) "
    r"(?:addresses|describes|applies|outlines|discusses|defines)\b)"
)
"""A purpose ("To establish criteria for …") is no sentence, and what a policy is about decides
nothing.
"""
_NOT_ITS_OWN = Wording(
    r"\b(?:which|whether)(?: \w+){0,2} (?:is|are|will be|may be) (?:not )?(?:covered|excluded|"
    r"considered|medically|subject)\b"
    r"|\bthat (?:is|are) considered (?:to be )?(?:investigational|experimental|cosmetic|unproven)\b"
    r"|\b(?:may or may not be (?:covered|paid|approved)|(?:can|could|cannot) be excluded)\b"
    r"|^\W*If\b[^,]*\bis covered under\b"
    r"|\b(?:evidence|data|literature|trials?|stud(?:y|ies))\b[^.;]*\b(?:is|are) limited to\b"
    r"|\bdeterminations? of benefits\b"
    r"|\bnot (?:\w+ )?mean that\b[^.;]*"
    r"|\bto (?:determine|verify|check|see|learn|find out) (?:if|whether)\b[^.;]*"
    r"|,? and which requires?\b[^.;,]*"
)
"""A verdict that is none of the sentence's own: in an indirect question, about services "that are
considered …", as a mere possibility, under another plan, of evidence.
"""
_DEFINES = re.compile(
    r"^\W*(?P<term>(?:[A-Z][\w-]+[ /]?){1,4}):\s[^.:]*\b(?:is|are|includes?|means?)\b"
)
"""A term of coverage itself with its meaning."""
_NARRATES = Wording(
    r"\b(?:was|were|had|did|concluded|found|showed|(?<!be )(?<!are )reported|demonstrated|"
    r"observed|enrolled|evaluated|suggests?|suggested|stud(?:y|ies)|trials?|cohort|"
    r"et al|literature|FDA|Food and Drug)\b|\(\s*(?:19|20)\d\d\s*\)|\bP\s?[<=]|\[\d"
)
_UNIT = (
    r"(?:days?|weeks?|months?|years?|visits?|sessions?|units?|tests?|doses?|times?|"
    r"lifetimes?|fills?)\b"
)
_QUANTITY = Wording(
    rf"\b(?:up to|at least|at most|no (?:more|less|fewer|longer|sooner) than|"
    rf"not (?:to )?exceed(?:ing)?|more than|less than|fewer than|"
    rf"greater than|minimum(?: of)?|maximum(?: of)?|limit(?:ed)?(?: of| to)?|within|every|"
    rf"each|once|twice)\s+(?:\w+[ -]){{0,3}}?(?:\d|{_UNIT})"
    rf"|\b\d+(?:\.\d+)?\s*(?:\w+\s+)?(?:per|/|every|each|"
    rf"in)\s*(?:\w+\s+){{0,2}}?(?:\d+[ -]?)?{_UNIT}"
    r"|\b\d+\s+(?:days?|weeks?|months?|years?) (?:of age|old|or (?:older|younger|more|"
    r"less|greater))\b"
    r"|[≥≤<>]\s*=?\s*\d"
)
_OBLIGES = Wording(r"\b(?:must|shall|may not|may only|cannot|should not|required)\b")
_IMPERATIVE = re.compile(
    r"[\W_]*(?:please |always |do not |never )?(?:report|bill|submit|use|refer|see|"
    r"consult|approve|deny|document|provide|include|append|contact|request|select|"
    r"allow|apply|indicate|list)\b(?! of)",
    re.IGNORECASE,
)
_VALUE = Wording(
    r":\s*\d+(?:\.\d+)?\s*(?:days?|weeks?|months?|years?|units?|visits?|tablets?|"
    r"capsules?|mg|mcg|doses?)\b"
)
_NOTE = re.compile(r"[\W_]*notes?\s?\d*[:.–—-]", re.IGNORECASE)
_AUTHORIZES = Wording(
    r"\b(?:prior|pre)[- ]?(?:authori[sz]ation|approval|certification)|\bprecertif\w+"
)
_EVIDENCE = Wording(
    r"\b(?:insufficient|inadequate|limited|lack of|"
    r"no (?:\w+ ){0,2})\s*(?:\w+ ){0,3}evidence\b|\bnet health outcomes?\b"
)
_ANNOUNCES = Wording(
    r":\s*$|\b(?:of |any of |all of )?(?:the following|these|those|"
    r"the below)(?: (?:\w+[ -]?){1,4})?[.;,]?\s*(?:\([^()]*\)\s*)?$"
    r"|\b(?:as follows|listed below|outlined below|described below)\b[^.]*\.?\s*$"
    r"|\b\w+ of the following\b[^.]{0,120}\.?\s*$"
    r"|\b(?:when|if|unless|where|meet(?:s|ing)?|and|or)\s*:?\s*$",
)
_CRITERIA = Wording(
    r"\b(?:criteria|criterion|necess\w+|cover\w*|indication\w*|indicated|limitation\w*|"
    r"exclu\w+|inclu\w+|requir\w+|authori[sz]\w+|contraindicat\w+|"
    r"eligib\w+|guidelines?|investigational|experimental|unproven|approv\w+|documentation|"
    r"polic(?:y|ies)|continu\w+|renewal|initial|initiation|"
    r"position|billing|reimbursement|dosing|dosage|quantity|quantities|restrict\w+|notes?|"
    r"appropriate\w*|procedures?|limits?|application|statement)\b"
)
_CODE = re.compile(
    r"(?:\d{4}[0-9FTUM]|[A-V]\d{4}|[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|"
    r"\d{5}-\d{4}-\d{2}|D\d{4})(?![\w.%/-]*\w)",
    re.ASCII,
)
_NAMES_CODE = re.compile(
    r"\b(?:CPT|HCPCS|ICD-?10(?:-CM|-PCS)?)\b[®*]?(?: \w+)?[:\s(]{1,3}(?:\d{4}[0-9FTUM]|"
    r"[A-V]\d{4})\b"
)
_AT_START = re.compile(
    r"[\W_]{0,3}(?:(?:CPT|HCPCS|ICD-?10(?:-(?:CM|PCS))?)®?(?: codes?)?[:\s]+)?", re.IGNORECASE
)
_NO_CODE_BEHIND = re.compile(
    r"\s+(?:units?|mg|mcg|ml|iu|patients?|people|persons|individuals|women|men|adults|"
    r"studies|cases|participants|subjects)\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?=[.!?\n])(?:[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9•≥])|\n+)")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|cf|al|no|nos|dr|mr|mrs|ms|st|inc|ltd|co|fig|approx|dept|"
    r"u\.s|jr|sr|sec|vol|pp?|ch|art|ref|refs|est|min|max|wk|mo|yr|hr)"
    r"|\b[A-Za-z]|(?:^|\s)\(?\d{1,2})\.$",
    re.IGNORECASE,
)
_VERB = Wording(
    r"\b(?:is|are|be|been|has|have|must|shall|should|will|may|can|cannot|does|do|was|were|"
    r"meets?|requires?|includes?|applies|apply|provides?)\b"
)


_CERTAINLY = Wording("|".join(one.words for one in (_VALUE, _POSITION, _EVIDENCE, _OBLIGES)))
"""What directs whatever else a sentence says; asked in one, because that is faster."""


@remembered
def directs(text: str) -> bool:
    """Whether a sentence permits, denies, requires or limits by its own words."""
    if _CERTAINLY.found_in(text) or _NAMES_CODE.search(text) or _IMPERATIVE.match(text):
        return True
    if _AUTHORIZES.found_in(text) and is_clause(text):
        return True
    if _NARRATES.found_in(text):
        return False
    if _DECIDES.found_in(text) and (_MODAL.found_in(text) or _LINKS.found_in(text)):
        return True
    return _QUANTITY.found_in(text)


@remembered
def takes_position(text: str) -> bool:
    """Whether the words of a sentence say that something is covered, denied, necessary or unproven,
    or needs an authorization.
    """
    return _POSITION.found_in(text)


@remembered
def decides(text: str) -> bool:
    """Whether a sentence says in a payer's own voice what is covered, denied or must be authorized:
    no approval by an authority, and nothing about the document itself.
    """
    return (
        _DECIDED.found_in(_NOT_ITS_OWN.sub(" ", text))
        and not _OF_DOCUMENTS.found_in(text)
        and _PURPOSE.match(text) is None
        and not _CONCLUDES.found_in(text)
        and not _defines(text)
    )


def _defines(text: str) -> bool:
    """Whether a text says what "medically necessary", "investigational" and the like mean."""
    found = _DEFINES.match(text)
    return found is not None and re.search(rf"\b(?:{_OUTCOME})\b", found["term"], re.I) is not None


def is_note(text: str) -> bool:
    """Whether a text calls itself a note on what stands above it."""
    return _NOTE.match(text) is not None


def is_clause(text: str) -> bool:
    """Whether a text has a verb, a number or a colon, as titles have not."""
    return _VERB.found_in(text) or re.search(r"\d|:", text) is not None


def goes_on_behind(text: str) -> bool:
    """Whether an item says by its end that others follow."""
    return re.search(r"(?:;|,|\b(?:and|or))\s*$", text, re.IGNORECASE) is not None


@remembered
def announces(text: str) -> bool:
    """Whether a text announces a list that stands below it."""
    return _ANNOUNCES.found_in(text.rstrip())


def announces_criteria(heading: str) -> bool:
    """Whether a heading is one under which lists and rows direct something."""
    return _CRITERIA.found_in(heading)


@remembered
def begins_with_code(text: str) -> bool:
    """Whether a line or cell begins with what has the form of a billing or diagnosis code."""
    start = _AT_START.match(text)
    match = _CODE.match(text, start.end() if start else 0)
    return (
        match is not None
        and not _is_year(match[0], text)
        and not _NO_CODE_BEHIND.match(text, match.end())
    )


def _is_year(token: str, text: str) -> bool:
    return len(token) != 5 and token.isdigit()


@remembered
def sentences_in(text: str) -> Sequence[tuple[int, int]]:
    """The sentences of a text, from the first to the last character of each."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.start() + len(match[0].rstrip())
        if _NO_END.search(text[start : match.start() + 1]) and "\n" not in match[0]:
            continue
        if text[start:end].strip():
            found.append((start, end))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)
