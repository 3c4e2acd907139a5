"""What a payer's documents call their parts: the words that a format hands to the engine. The generic profile serves any payer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policy_tracker.record.vocabulary import Position, SectionKind

# Headings are compared whole, lower-cased, without number, trailing colon and footnote marks, dashes as "-".
_OPENING = (
    r"coverage (?:policy|policies|position|rationale|criteria|guidelines?|determinations?|statements?|information|indications?|decision)",
    r"(?:payment|reimbursement) (?:rationale|criteria|guidelines?|determinations?|statements?|information)",
    r"policy(?: statements?| criteria| position| guidelines?)?",
    r"position statements?",
    r"(?:clinical|utilization management|prior authorization|medical necessity|step therapy|authorization|approval"
    r"|payment|utilization review) "
    r"(?:criteria|guidelines?|indications|requirements)",
    r"(?:clinical |medical )?(?:criteria|guidelines?|indications?) for (?:medical necessity|coverage|approval"
    r"|(?:initial |continued |re-?)?authorization)",
    r"(?:quantity|dosing|dosage|supply) (?:limits?|limitations?|level limits?)(?: \(.*\))?",
    r"program exceptions?",
    r"(?:additional|other) clinical (?:programs?|rules?|criteria)",
    r"conditions? not (?:covered|recommended for approval)(?: by .*)?",
    r"indications and(?:/or)? limitations of coverage(?: and/or medical necessity)?",
    r"when .{3,80} (?:is|are|may be) (?:not |non-?)?(?:covered|medically necessary|considered .*)",
    r"prior ?- ?(?:approval|authorization) .*",
    r"preferred (?:product|drug|agent)s?(?: criteria| strategy| step therapy)?",
    r"step therapy(?: criteria| requirements?)?",
    r"(?:criteria for )?(?:initial|continuation|continued|renewal|reauthorization)(?: of)?(?: therapy| treatment)?"
    r"(?: approval| authorization)? criteria(?: for approval)?",
    r"nationally (?:non-? ?)?covered indications",
    r"(?:medical|drug) necessity(?: criteria| guidelines?| requirements?)?",
    r"utilization guidelines?",
    r"limitations of coverage",
)
_INSIDE = (
    r"pre ?- ?pa allowance",
    r"indications?(?: for use| for coverage)?|(?:non-? ?)?covered (?:indications|services|uses|items)|limitations?"
    r"|exclusions?(?: and limitations)?|criteria",
    r"(?:fda[- ])(?:approved|labell?ed) indications?(?:\(s\))?|other uses with supportive evidence|off-?label uses?.*",
    r"(?:considered )?(?:not )?medically necessary(?: and .*)?|(?:considered )?(?:experimental|investigational"
    r"|unproven)\b.*|not covered(?: or reimbursable)?.*",
    r"cosmetic(?: .*)?|reconstructive(?: .*)?",
    r"(?:authorization|approval) (?:duration|period|length)s?.*|(?:length|duration) of (?:authorization|approval)s?.*",
    r"(?:initial|continuation|continued|renewal|re-?authorization)(?: therapy| treatment)?(?: requests?"
    r"| authorizations?| requirements?| approvals?)?",
    r"required (?:medical )?information|prescriber restrictions?|age (?:limits?|restrictions?)|other criteria|override criteria",
)
_CLOSING: tuple[tuple[SectionKind, str], ...] = (
    (
        "history",
        r".*\b(?:revision|policy|document|guideline|update|change|review|version|program|bulletin) (?:and )?(?:update )?"
        r"(?:history|details|log|dates)\b.*|history(?: .*)?|change (?:control|log|history)|revisions?|(?:guideline"
        r"|policy) (?:implementation/)?update information"
        r"|policy (?:update )?(?:history|implementation).*|(?:review|approval|update) (?:dates?|history)"
        r"|.*update history information|summary of changes",
    ),
    (
        "references",
        r"(?:selected |key )?references?(?: .*)?|bibliography|(?:source )?citations?|sources?(?: of information.*)?"
        r"|resources|endnotes|(?:peer reviewed )?publications.*",
    ),
    (
        "coding",
        r"(?:medical |billing |procedure )?cod(?:ing|es)(?: information| guidelines?| implications| reference)?"
        r"|(?:applicable|covered|service|related) (?:service )?codes?.*"
        r"|billing\b.*|(?:cpt|hcpcs|icd-?10|icd|loinc|revenue|procedure|diagnosis)\b.{0,40}\bcod(?:es?|ing)\b.*",
    ),
    ("documentation", r"(?:medical record )?documentation(?: requirements?| guidelines?| required)?|required documentation"),
    (
        "scope",
        r"scope(?: of policy)?|applicab(?:ility|le (?:states|plans|lines of business))|application|applies to"
        r"|benefits? (?:application|considerations?)"
        r"|(?:plan|line) of business.*|markets?",
    ),
    (
        "background",
        r"(?:general |scientific |clinical )?background(?: .*)?|(?:professional )?(?:statements and )?(?:societ(?:y"
        r"|ies|al)|professional) .*|(?:product |drug |clinical |policy )?overview"
        r"|(?:drug |product )?descriptions?(?: of .*)?|rationale(?:/.*)?"
        r"|clinical (?:evidence|information|studies|rationale|summary)|(?:summary of )?(?:clinical )?evidence(?: .*)?"
        r"|summary|discussion|introduction|purpose"
        r"|(?:u\.?s\.? )?(?:food and drug administration|fda)\b.*|(?:centers for )?medicare(?: (?:&"
        r"|and) medicaid)?(?: services)?(?: \(cms\))?(?: coverage(?: determinations?)?)?|dosage and administration"
        r"|dosing(?: information| schedule)?"
        r"|(?:boxed )?warnings?.*|precautions?|pharmacology|safety|regulatory status|(?:professional )?(?:society"
        r"|societies|guidelines? and).*|health equity.*|national coverage.*"
        r"|place of (?:service|therapy).*|(?:drug |product )?availability|how supplied|(?:clinical )?guidelines"
        r"|(?:contra)?indications? and usage",
    ),
    (
        "other",
        r"(?:table of )?contents|instructions for use.*|related .*|key ?words?|appendi(?:x|ces)\b.*|attachments?.*"
        r"|(?:table|figure|exhibit) \d+\b.*|committee approval|disclaimers?.*"
        r"|important (?:information|reminder|note).*|(?:legal )?notices?|definitions?|glossary|other"
        r"|restricted product\(?s?\)?|abbreviations?|acronyms|cross references?"
        r"|(?:vendor )?contacts?.*|acknowledge?ments?",
    ),
)
_RUN_IN = ("Age", "Diagnosis", "Diagnoses", "Quantity", "Duration", "Sex", "Gender", "Prescriber", "Specialist")
_NUMBERED = re.compile(
    r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.):]\s*|\d{1,2}(?:\.\d{1,2})+\s+|section \d+[.:]?\s+)(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one payer's documents are laid out, as far as it differs from all others.

    `opening`, `inside` and `closing` are regular expressions for whole headings, tried before the generic ones: headings that open the
    coverage part wherever they stand, headings that belong to it only when they stand in it, and headings of other parts with their kinds.
    `run_in` are labels in the margin whose value follows on the same line. `approved` is the position of a sentence that grants without
    saying why ("is covered").
    """

    name: str = "generic"
    opening: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    closing: tuple[tuple[SectionKind, str], ...] = ()
    run_in: tuple[str, ...] = _RUN_IN
    approved: Position = "medically_necessary"

    def kind_of(self, heading: str) -> tuple[SectionKind, bool] | None:
        """The kind of part that a heading opens, and whether it does so wherever it stands; None for words that name no kind."""
        return _kind_of(self, plain_heading(heading))


GENERIC = Profile()
"""The profile of a payer that is not recognised."""


@lru_cache(maxsize=4096)
def plain_heading(heading: str) -> str:
    """A heading for comparison: lower-case, without number, marks, trailing colon; dashes and blanks folded."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", heading)
    text = re.sub(r"[®™†‡*^ªº¹²³]", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = _NUMBERED.sub("", text, count=1) if len(text) > 3 else text
    return text.rstrip(" :.-").lower()


@lru_cache(maxsize=8192)
def _kind_of(profile: Profile, heading: str) -> tuple[SectionKind, bool] | None:
    if not heading or len(heading) > 110 or re.search(r"\.{4,}", heading):
        return None
    if any(_pattern(words).fullmatch(heading) for words in profile.opening):
        return "coverage", True
    if any(_pattern(words).fullmatch(heading) for words in profile.inside):
        return "coverage", False
    for kind, words in profile.closing:
        if _pattern(words).fullmatch(heading):
            return kind, True
    if any(_pattern(words).fullmatch(heading) for words in _OPENING):
        return "coverage", True
    if any(_pattern(words).fullmatch(heading) for words in _INSIDE):
        return "coverage", False
    for kind, words in _CLOSING:
        if _pattern(words).fullmatch(heading):
            return kind, True
    if re.search(r"[a-z][a-e]$", heading):  # a raised footnote letter that the source did not tell from the word
        return _kind_of(profile, heading[:-1].rstrip(" :")) if not re.search(r"[a-z] $", heading) else None
    return None


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
