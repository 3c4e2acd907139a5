"""What a heading or a lead-in is about: the indication, drug or service that it names, if any.

"Coverage Criteria" names a kind of part and nothing that a policy could be about; "Asthma" does,
and so does "Dupixent will be approved for asthma when all of the following are met".
"""

from __future__ import annotations

import re

from policy_tracker.language.phase import phase_of
from policy_tracker.language.remembered import remembered
from policy_tracker.language.tokens import bare, words

LONGEST_NAME = 14
"""A text of more words than these is a sentence and no name."""
LONGEST_PHASE = 4
"""A heading of more words than these names more than a phase."""
_SAID_OF_PARTS = """
additional administration all and any appendix applicable approvable approval approvals are as
authorization authorizations background benefit benefits billing by clinical code codes coding
conditions considerations considered cost coverage covered cpb cpt criteria criterion
description determination diagnoses diagnosis disclaimer dispensing document documentation drug
effective exclusion exclusions experimental following for formulary general group guidance
guideline guidelines hcpcs icd if in indicated indication indications information instructions
investigational is limit limitation limitations limits links list listed lists management may
medical medically member members met necessary necessity not note notes of on or overview pa
part payment pharmacy policies policy position positions pre prior procedure procedures program
programs proven provider purpose rationale reimbursement related requirement requirements review
rule rules scope section selection service services specific standard statement statements step
summary supported table that the therapy these this to under unproven use uses utilization when
which with
"""
_PARTS = frozenset(
    (
        *_SAID_OF_PARTS.split(),
        *("contents", "submission", "it", "they", "be", "will", "what", "how"),
    )
)
"""Words of headings that name a part of any policy."""
_NUMBER = re.compile(r"^[\d.]+$|^[ivx]+$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|must|shall|should|will|would|may|might|can|could|has|have|had"
    r"|does|do|did|meets?|receiv\w+|requires?|agrees?|administered)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,:;(–-]*\b(?:for|with|in|by|when|if|where|including|as|meeting|who|based on|and|of|via"
    r"|both|any|all|one|each|either|at least|the)\b(?: \w+){0,4}?"
    r"\s+(?:following|below|follows)\b.*$"
    r"|[\s,:;]+(?:when|if|unless|provided|only when|only if|including)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r"\s*\((?=[^()]*\d{3})[^()]*\)")
"""Codes in parentheses."""
_NO_NAME = re.compile(
    r"(?:it|this|that|these|those|they|which|he|she|we|you|if|when|where|only|no|not|in|on|to|by"
    r"|with|at|from|of|ages?|aged|report|bill|see|use|submit|refer|please|note|however|therefore|thus"
    r"|moreover|furthermore|additionally|otherwise|generally|ideally|while|although|because|since"
    r"|also)\b",
    re.IGNORECASE,
)
"""How a text begins that names nothing."""
_QUANTIFIED = re.compile(
    r"^(?:and|or)?\s*(?:any|all|one|both|either|each|at least|two|three|none|some|\d+)\b"
    r"(?=.*\b(?:following|criteria|conditions|below|of)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:the )?following (?:uses?|indications?|services?) (?:of|for)|(?:the )?(?:use|coverage"
    r"|payment|reimbursement|prior authorization|authorization"
    r"|(?:documented )?diagnosis) (?:of|for)|for (?:the )?(?:treatment|management|diagnosis) of|for"
    r"|the)\s+",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^(?:.*\b(?:determin|conclud|find|believ|stat)\w* that |(?:therefore|however|thus|also), )",
    re.IGNORECASE,
)
"""Who says so, before what a position is stated of."""
_PLACED = (
    r"(?:is|are|may be|will be|can be|must be|should be)(?: (?:also|not|only|now))*"
    r"(?: (?:considered|deemed|regarded as))?(?: (?:a|an|as|not|both|reasonable and))*"
    r" (?:medically|clinically|covered|approved|reimbursed|reimbursable|payable|proven|unproven"
    r"|eligible|experimental|investigational|appropriate|necessary|authorized|indicated|allowed"
    r"|excluded|denied|non-?covered)\b"
)
_SERVICE = re.compile(
    rf"^(?P<what>[^.;:]{{2,110}}?)\s+{_PLACED}"
    r"|^(?:[\w&’' ]{2,40}? )?considers? (?P<considered>[^.;:]{3,110}?)\s+"
    r"(?:to be |as |not )*(?:medically|experimental|investigational|unproven|proven|cosmetic)\b",
    re.IGNORECASE,
)
_PERSONS = r"(?:patients?|members?|individuals?|persons?|people|adults?|children|those|women|men)"
_PURPOSE = (
    r"(?:treatment|management|diagnosis|prevention|assessment|evaluation|detection|monitoring"
    r"|screening|development)"
)
_ADJECTIVES = rf"[\w-]+(?:, | and | or |, and |, or )(?:[\w-]+,? ){{0,3}}{_PERSONS}\b"
"""What only says of which persons: "asymptomatic, average-risk adults"."""
_FOR = re.compile(
    r"(?<!\brisk )(?<!\bnegative )(?<!\bpositive )(?<!\btested )(?<!\bexcept )\bfor (?:the )?"
    rf"(?:{_PURPOSE}(?:(?:,|,? and(?:/or)?|,? or) {_PURPOSE})* of )?"
    rf"(?:(?:\w+ )?{_PERSONS} (?:with|having|diagnosed with) )?"
    r"(?P<for>(?!(?:the |any |all |each |either |both |one |an? |this |other |up to |\d|at least"
    rf"|initial|review|services?\b|{_PERSONS}\b|{_ADJECTIVES}))"
    r"[^.:;,()]{3,90}?(?:\([^()]{1,20}\))?)"
    rf"(?=\s+(?:when|if|who|whose|unless|based|provided|in (?:an? |the )?(?:\w+ )?{_PERSONS}"
    r"|with (?:any|all|one|both)|as\b|only|where|under|and (?:all|any|one)|is\b|are\b)"
    r"|\s*[.:;,]|\s*$)",
    re.IGNORECASE,
)


@remembered
def names_a_part(heading: str) -> bool:
    """Whether a heading only names a kind of part ("2. Coverage Criteria", "Policy"), and nothing
    that a change could be about.
    """
    return not telling_words(heading)


def telling_words(heading: str) -> frozenset[str]:
    """The words of a heading that are not about kinds of parts: those by which it names a thing."""
    said = words(heading.lower().replace("(s)", "s").replace("/", " ").replace("-", " "))
    return frozenset(word for word in said if word not in _PARTS and not _NUMBER.match(word))


@remembered
def named_by(text: str) -> str | None:
    """The name that a heading, or a lead-in without a verb, gives: "Metastatic colorectal cancer
    for the following genes:" is about "Metastatic colorectal cancer".

    None for a sentence, for a quantifier alone ("One of the following:"), for a kind of part.
    """
    line = text.partition("\n")[0].strip()
    name = _TAIL.sub("", _ASIDE.sub("", bare(line))).strip(" :;,.*†‡–-")
    if not name or _QUANTIFIED.match(line) or _VERB.search(name):
        return None
    said = _without_lead(name)
    return said if _is_subject(said) else None


@remembered
def said_of(text: str) -> tuple[str, ...]:
    """The service and the indication of which a sentence states a position: "Allergy testing is
    medically necessary for asthma when …" is about "Allergy testing" and "asthma".
    """
    line = _ASIDE.sub("", " ".join(text.partition("\n")[0].split()))
    found = _SERVICE.search(line)
    if not found:
        return ()
    what = _SAYING.sub("", (found["what"] or found["considered"]).strip(" ,"))
    what = _without_lead(what)
    after = _FOR.search(line, found.end())
    named = [what, _TAIL.sub("", after["for"]).strip() if after else ""]
    return tuple(name for name in named if name and _is_subject(name))


def _is_subject(name: str) -> bool:
    return not names_a_part(name) and len(name.split()) <= LONGEST_NAME and not _NO_NAME.match(name)


def _without_lead(name: str) -> str:
    said = _LEADING.sub("", name)
    return said[:1].upper() + said[1:] if said != name else said


def names_a_phase(heading: str) -> bool:
    """Whether a heading names the first authorization or its renewal and nothing else."""
    return phase_of(heading) is not None and len(heading.split()) <= LONGEST_PHASE
