"""What the words of policies say of coverage: granted, denied, limited, to be authorized.

The words themselves are data (`lexicon`: coverage, bases, roles); here are the questions that
readers ask of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.language.duties import duty_of, needs_authorization, tells_validity
from policy_tracker.language.heading_stance import denied_by_heading, says_both
from policy_tracker.language.indirect import without_indirect
from policy_tracker.language.lexicon import terms
from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import lowered
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stance import stance_of
from policy_tracker.record.vocabulary import APPROVING, DENYING, NotCoveredBasis, Position, Role

_MARKED = re.compile(r"[*†‡^]+\s*\w")
_FARTHEST = 240
"""Characters before a grant in which a denial of it is looked for."""
_LEAST_EVIDENCE = 60
"""Characters of a sentence that reports evidence; shorter ones with its words are criteria."""


_DENIED_HEAD = (
    r"(?:(?:no|neither|none of|not 1|nor|under no|in no|at no|there (?:is|are|was|were) no)\b"
    r"(?! (?:later|longer|(?:more|less|fewer) than|sooner|other|prior|authorization)\b))"
)
_AUXILIARY = (
    r"(?:\s*\b(?:is|are|was|were|will|shall|should|would|may|can|be|been|has|have|to|\w+ly)\b)*\s*$"
)
_CLAUSE_ENDS = (
    r"\b(?:if|when|where|who|whose|with|because|unless|until|is|are|was|were|will|may|can|must"
    r"|has|have|required?|but|so)\b"
)
_SUBJECT_DENIED = re.compile(
    rf"(?:(?:^|[.;:]\s+|\b(?:determin|conclud|decid|f[oi]u?nd|agree)\w* that\s+){_DENIED_HEAD}"
    rf"(?:(?!{_CLAUSE_ENDS})[^.;:]){{0,160}}?"
    rf"|^(?:when|if|in|under|for|until|unless|after|during|where|outside|beyond|as)\b[^.;:]*,\s+{_DENIED_HEAD}"
    rf"(?:(?!{_CLAUSE_ENDS})[^.;:,]){{0,160}}?)" + _AUXILIARY
)
"""A clause whose subject is denied: "No payment …", "Neither of the lamps …"."""
_VERB_DENIED = re.compile(
    r"\b(?:not|never|nor|cannot|\w+n['’]t|fails? to|failed to|rarely|seldom|hardly)"
    r"(?:\s+(?:be|been|being|to|as|yet|a|an|the|by|us|it|that|which|is|are"
    r"|(?:consider|deem|regard|find|view|classif|determin|believ|judg|accept|recogni[sz]|show|prove?n?)\w*"
    r"|found|shown|held|thought|\w+ly|always|ever|in|general|this|these|time|at|circumstances?|any)){0,8}\s*$"
)
"""A denial that the words right behind it are under: "is not routinely considered …"."""
_DOUBTED = re.compile(
    r"\b(?:whether(?: or not)?|may or may not|not (?:all|every|each|always|necessarily|both)"
    r")\b[^.;:,]{0,80}$|\bmay or may not\b[^.;:]{0,20}$"
    r"|\b(?:not|never|nor)(?: \w+ly)? (?:mean|imply|guarantee|indicate|suggest|ensure|signify"
    r"|be (?:construed|interpreted|understood|taken|read))\b[^.;:]{0,160}$"
)
"""Words that leave open which way the words behind them go."""
_OTHERWISE = re.compile(r"[;,.]\s*(?:and |or )?otherwise,?\s(?=\w)")
"""What follows says what holds where the sentence itself does not."""
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b[^.;:]{0,80}$")
_EXCEPTED = re.compile(
    r"\b(?:unless|until|except(?:ing)? (?:when|if|where|that))\b"
    r"(?! (?:otherwise )?(?:noted|stated|indicated|specified|listed)\b)[^.;]*:\s*$"
    r"|\b(?:except(?:ing)?|other than|apart from|excluding)\b[^.;:,]{0,60}?"
    r"\b(?:following|these|those|below)\b[^.;:,]{0,30}:\s*$"
    r"|^(?:except(?:ing)?|other than|apart from|with the exceptions? of)\b[^.;:,]{0,60}?"
    r"\b(?:following|these|those|below)\b[^.;:]{0,20},[^:]*:\s*$"
    r"|\b(?:except(?:ing)?|with the exceptions? of|other than|apart from|save)"
    r"(?: (?:for|in|as|to|under|with|of))?(?: (?:any|all|each|either|both|the|these"
    r"|those|a|one|at|least|or|more|of|limited|specific|special)\b)*"
    r"(?: \w+)?(?: (?:following|below)\b(?: \w+){0,4})?:\s*$"
)
"""A lead-in whose list is excepted from what it says itself."""
_POINTS_BACK = re.compile(
    r"\b(?:those|these|what|the \w+) (?:\w+ ){0,3}?(?:above|earlier|previously|already)\b"
    r"|\b(?:above|previously|preceding|foregoing)(?:-| )\w+"
)
"""An exception that stands before its sentence, whose list goes on with what the sentence says:
"not covered for uses other than those named above, including:".
"""
_REFERS = re.compile(r"\((?:please )?(?:refer to|see)\b[^()]*\)")
"""A pointer to another place, whose words are that place's name."""

_OF_PERSONS = re.compile(r"\b(?:who|whose|whom)\b", re.IGNORECASE)
"""Behind it a heading tells of its members, not of coverage."""
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z/&()'’ -]{2,48}?):\s+\S")
_OF_RULES = re.compile(
    r"\b(?:restrictions?|requirements?|required|criteri(?:a|on)|exclusions?|limit(?:s|ations?)?"
    r"|durations?|covered uses?|indications?|contraindications?|prerequisites?"
    r"|step therapy|conditions? of coverage|authorizations?|approvals?)\b",
    re.IGNORECASE,
)
"""What labels of rules are called, by whatever they restrict, require or exclude."""
_ASKED_FOR = re.compile(
    r"\b(?:cover\w*|pa(?:y|id|yable)|reimburs\w+|approv\w+|authori[sz]\w+|eligib\w+|qualif\w+"
    r"|requir\w+|must|needed|allowed|limits?|limited|denied|excluded"
    r"|(?:can|may) (?:\w+ ){0,3}?(?:get|receive|have|use|obtain)"
    r"|how (?:often|many|much|long))\b",
    re.IGNORECASE,
)
"""What questions ask for whose answers are rules."""

_ALSO_UNPAID = re.compile(
    r"\b(?:additionally|also|in addition|furthermore)\b[^.;:,]{0,20}"
    r"\bnot (?:\w+ly )?(?:covered|reimburs\w+|payable"
    r"|eligible for (?:coverage|payment|reimbursement))"
)
"""What adds to a denial of need that nothing is paid: it holds for those who would show the need.
"""


_GRANTED_WHEN = re.compile(
    r"\b(?P<term>(?:authorizations?|approvals?|certifications?|coverage|requests?)\b"
    r"(?:(?!\bnot\b|\bno\b)[^.;:]){0,80}?\b(?:may|will|shall|can|is|are) (?:also )?(?:be )?"
    r"(?:granted|given|issued|provided|approved|renewed|extended|continued|reauthorized))\b"
    r"[^:]*?\b(?:when|if|once|provided|where|who|whose|upon)\b[^:]*:\s*$",
    re.IGNORECASE,
)
_LISTS_LIMITS = re.compile(
    r"\b(?:following|these)(?: \w+){0,2} (?:limits|limitations|maximums|maxima|frequency limits)\b"
    r"[^:]{0,40}:\s*$",
    re.IGNORECASE,
)


class Decision(NamedTuple):
    """The position that a sentence takes, and its own words for it."""

    position: Position
    term: str


@remembered
def decision_of(text: str, approved: Position = "medically_necessary") -> Decision | None:
    """The position that a sentence takes itself; None where it takes none.

    Args:
        text: the sentence. Denials are looked for first, because they repeat the words of grants.
        approved: the position of a sentence that grants without saying why ("is covered").
    """
    plain = lowered(text)
    if plain.rstrip().endswith("?"):
        return None  # the answer decides
    if (turn := _OTHERWISE.search(plain)) and (
        first := decision_of(text[: turn.start()], approved)
    ):
        return first
    found = terms("coverage", "sentence").find(_without_refuted(without_indirect(plain)))
    if found is None or "may or may not" in plain:
        return None
    position = approved if found.meaning.position == "covered" else found.meaning.position
    start, end = found.match.span()
    if position in APPROVING:
        before = plain[max(0, start - _FARTHEST) : start]
        negated, first = negation_before(before)
        if negated == "open":
            return None
        if negated:
            position = "not_medically_necessary" if "necess" in found.match[0] else "not_covered"
            start = max(0, start - len(before)) + first
    if position in DENYING and (added := _ALSO_UNPAID.search(plain, end)):
        return Decision("not_covered", text[slice(*added.span())])
    return Decision(position, text[start:end]) if position else None


def negation_before(before: str) -> tuple[str | None, int]:
    """What the words before a grant make of it, and where the denial begins in them: `denied`,
    `open` where nobody can tell, None where they leave it a grant.
    """
    if _NOT_ONLY.search(before):
        return None, 0
    if _DOUBTED.search(before):
        return "open", 0
    for pattern in (_VERB_DENIED, _SUBJECT_DENIED):
        if match := pattern.search(before):
            words = match[0].lstrip(" .;:,")
            return "denied", match.end() - len(words)
    return None, 0


@remembered
def leaves_open(text: str) -> bool:
    """Whether a sentence speaks of a position without telling which way it goes: "not all lamps are
    covered", "whether lamps are covered".
    """
    whole = lowered(text)
    plain = _without_refuted(without_indirect(whole))
    found = terms("coverage", "sentence").find(plain)
    if found and "may or may not" in plain:
        return True
    if found is None and plain != whole:
        return terms("coverage", "sentence").find(_without_refuted(whole)) is not None
    if found is None or found.meaning.position not in APPROVING:
        return False
    start = found.match.start()
    return negation_before(plain[max(0, start - _FARTHEST) : start])[0] == "open"


def excepts_list(text: str) -> bool:
    """Whether the list that a lead-in announces is excepted from what the lead-in says itself.

    "A lamp is not covered unless all of the following are met:" grants where they are met.
    """
    excepted = _EXCEPTED.search(lowered(text)) if text.rstrip().endswith(":") else None
    return excepted is not None and not _POINTS_BACK.search(excepted[0])


def _without_refuted(plain: str) -> str:
    """The sentence with the denials blanked that it refuses itself: "is not experimental"."""
    if "not" not in plain:
        return plain
    while found := terms("coverage", "not_denied").find(plain):
        begin, end = found.match.span()
        plain = plain[:begin] + " " * (end - begin) + plain[end:]
    return plain


@remembered
def position_of_heading(heading: str) -> Position | None:
    """The position that a heading gives to what stands under it, where no sentence does.

    What a heading calls covered is covered by the criteria under it.
    """
    if says_both(heading):
        return "indeterminate"
    found = terms("coverage", "heading").find(heading.lower())
    if (found is None or found.meaning.position in APPROVING) and (
        denied := denied_by_heading(heading)
    ):
        return denied
    if found is None:
        # what grants is what stands below a heading anyway; what denies must not be passed by
        stance = stance_of(_OF_PERSONS.split(heading)[0])
        denied = stance is not None and stance.position not in APPROVING
        return (stance.position or "indeterminate") if stance and denied else None
    return "medically_necessary" if found.meaning.position in APPROVING else found.meaning.position


def names_rules(heading: str) -> bool:
    """Whether a heading speaks of what restricts, requires or excludes: "Discharge criteria"; or
    asks for it: "Who can get a lamp?".
    """
    if heading.rstrip().endswith("?"):
        return _ASKED_FOR.search(heading) is not None
    return _OF_RULES.search(heading) is not None


def rule_label(text: str) -> str | None:
    """The label of a rule that stands before it on its line, None where there is none: "AGE
    RESTRICTION: 18 years and older". It does what a heading above the rule would do.
    """
    match = _LABEL.match(text)
    return match["label"] if match and _OF_RULES.search(match["label"]) else None


def position_of_codes(text: str, governing: Position | None) -> Position:
    """What a sentence says of the codes that it names.

    Args:
        text: the sentence; its own words count first.
        governing: the position under which it stands; a denial holds for its codes too.

    Returns:
        The position; `informational` where neither says anything.
    """
    plain = lowered(text)
    if found := terms("coverage", "code_sentence").find(plain):
        if found.meaning.position not in APPROVING:
            return "not_covered"
        negated, _ = negation_before(
            plain[max(0, found.match.start() - _FARTHEST) : found.match.start()]
        )
        if negated == "open":
            return "informational"
        return "not_covered" if negated else "covered"
    # what is limited is paid within the limit, whatever the sentence behind it denies
    denied = governing if governing in DENYING and special_role(text) != "limit" else None
    return denied or "informational"


def bundled_from(text: str) -> int | None:
    """Where a sentence goes on from codes that are part of others to these others ("not paid when
    billed with …"); None for a sentence that tells of no such thing.
    """
    found = terms("coverage", "code_sentence_bundle").find(lowered(text))
    return found.match.start() if found else None


def basis_of(text: str, position: Position | None) -> NotCoveredBasis | None:
    """Why something is not covered, as far as a statement's words tell."""
    if position != "not_covered":
        return None
    found = terms("bases", "sentence").find(lowered(text))
    return found.meaning.basis if found else None


@remembered
def special_role(text: str) -> Role | None:
    """What a sentence does beside taking a position: it limits, asks for documents or a review.

    Numbers in words are read as numbers: "limited to one hundred units" limits as 100 units do.
    """
    asked = terms("roles", "sentence")
    plain = lowered(digits(text).text)
    if "(" in plain:
        plain = _REFERS.sub(" ", plain)
    if tells_validity(plain):
        return "prior_auth"
    if found := asked.find(plain):
        return found.meaning.role
    duty = duty_of(plain)
    return None if duty == "documentation" and decision_of(text) else duty


def role_under(heading: str) -> Role | None:
    """What statements under a heading do where their own words do not tell."""
    return _role("heading", heading.lower().rstrip(" :"))


def role_right_under(heading: str) -> Role | None:
    """What statements do that stand right under a heading, where no other heading tells."""
    return _role("innermost_heading", heading.lower())


def role_asked(question: str) -> Role | None:
    """What the answers to a heading do that asks for authorization: "Is approval needed?"."""
    asks = question.rstrip().endswith("?") and needs_authorization(question)
    return "prior_auth" if asks else None


@remembered
def _role(read_in: str, plain: str) -> Role | None:
    meaning = terms("roles", read_in).fit(plain)
    return meaning.role if meaning else None


def lists_limits(text: str) -> bool:
    """Whether a lead-in calls what it lists limits: "covered subject to the following limits:"."""
    return text.rstrip().endswith(":") and _LISTS_LIMITS.search(text) is not None


def granted_when(text: str) -> str | None:
    """The words by which a lead-in grants what fulfils its list: "authorization may be granted" of
    "Authorization may be granted when all of these are met:". None for any other sentence.
    """
    found = _GRANTED_WHEN.search(text)
    return found["term"] if found else None


def is_authorization(text: str) -> bool:
    """Whether a sentence asks for authorization or says how long one holds."""
    return special_role(text) == "prior_auth"


def is_marked(text: str) -> bool:
    """Whether a footnote mark stands before the words."""
    return _MARKED.match(text) is not None


@remembered
def is_note(text: str) -> bool:
    """Whether a text is a remark: "Note: …"."""
    return terms("roles", "remark").says(lowered(text))


@remembered
def is_referral(text: str) -> bool:
    """Whether a text only sends the reader elsewhere."""
    return terms("roles", "referral").says(lowered(text))


def is_evidence(text: str) -> bool:
    """Whether a sentence reports what studies found or societies recommend."""
    if len(text) <= _LEAST_EVIDENCE or text.rstrip().endswith(":"):
        return False
    return terms("roles", "evidence").says(lowered(text))


@remembered
def is_report(text: str) -> bool:
    """Whether a sentence tells of what was done or found, as papers do: patients, figures,
    citations.
    """
    return terms("roles", "report").says(lowered(text))


@remembered
def is_nothing(text: str) -> bool:
    """Whether a text says only that there is nothing: "None", "N/A"."""
    return terms("roles", "nothing").fit(text.lower()) is not None


def waives_authorization(heading: str) -> bool:
    """Whether "None" under a heading says that no authorization is asked for."""
    return terms("roles", "waived").says(heading.lower())
