"""The words by which policies grant, deny, limit, and ask for documents or authorization, as patterns for lower-case text."""

from __future__ import annotations

import re

from policy_tracker.language.prefilter import Hinted
from policy_tracker.record.vocabulary import NotCoveredBasis, Position

_DENIALS: tuple[tuple[Position, str], ...] = (
    (
        "experimental_investigational",
        r"\b(?:experimental|investigational|unproven)\b[^.;:]{0,40}\bnot (?:considered )?medically necessary"
        r"|\bnot medically necessary\b[^.;:]{0,20}\b(?:experimental|investigational|unproven)\b",
    ),
    (
        "not_medically_necessary",
        r"\b(?:not|no longer) (?:be )?(?:considered )?(?:to be )?(?:reasonable and necessary"
        r"|(?:reasonable (?:and|or) )?medically necessary)",
    ),
    (
        "experimental_investigational",
        r"\b(?:considered|is|are|be|as|deemed)\b[^.;]{0,60}\b(?:experimental|investigational|unproven)\b"
        r"(?! (?:drug branch|new drug|devices? exemption))"
        r"|\bconsiders\b[^.;:]{1,200}?\b(?:experimental|investigational|unproven)\b"
        r"|\bdoes not meet the (?:technology|evidence)[^.]{0,40}criteria",
    ),
    (
        "not_medically_necessary",
        r"\bdo(?:es)? not meet (?:the )?(?:definition of )?medical necessity|\bmedical necessity (?:is"
        r"|has) not (?:been )?(?:established|met)",
    ),
    (
        "not_covered",
        r"\bnot (?:a )?covered\b|\bnon-?covered\b|\bnot reimbursable|\bnot (?:be )?eligible\b|\b(?:will|does"
        r"|do) not (?:be )?(?:reimburse|cover|pay|provide (?:coverage|reimbursement))"
        r"|\b(?:may|can|will|should|must) ?not be (?:approved|covered|reimbursed|billed|authorized|paid)"
        r"|\bcannot be (?:approved|covered|billed)"
        r"|\bnot approvable\b|\bno longer (?:be )?(?:reimbursed|covered|paid|eligible|approved)\b"
        r"|\b(?:reimbursement|payment|coverage)\b[^.;:]{0,80} (?:is|are|will) not (?:be )?"
        r"(?:provided|allowed|made|available|recommended|approved)|\bincluded in the (?:global|payment|allowance|reimbursement)"
        r"|\b(?:is|are) ineligible\b"
        r"|\bcannot bill\b|\bnot (?:be )?(?:separately )?(?:reimbursed|paid|payable|billable)|\bcombine the charges"
        r"|\bcharges will be combined"
        r"|\bincludes the allowance|\bconsidered (?:to be )?(?:a |an )?(?:integral )?part of\b|\bnot separately\b"
        r"|\bconsidered (?:incidental|mutually exclusive|cosmetic|bundled)"
        r"|\b(?:excluded from coverage|coverage is excluded|benefit exclusions?|contractual(?:ly)? exclu)"
        r"|\bnot approved for|\bnot recommended for approval"
        r"|\bis cosmetic\b|\bare cosmetic\b|\bwill be denied\b|\bbe denied\b|\bmay not bill\b|\bshould not be (?:billed|reported)",
    ),
)
NOT_A_DENIAL = re.compile(
    r"\b(?:is|are|it is|be)? ?not (?:determined to be |considered |deemed )?(?:to be )?(?:experimental"
    r"|investigational|unproven)(?:[ ,/]+(?:or|and)?[ /]*(?:experimental|investigational|unproven))*"
)
GRANT = Hinted(
    r"\bconsiders?\b[^.;:]{1,200}?\bmedically necessary|\b(?:is|are) proven (?:for|in|as|when|if|to treat)\b"
    r"|\bwill (?:approve|cover|authorize)\b|"
    r"\b(?:considered|proven (?:and|to be)|is|are|be|as|deemed) (?:reasonable and necessary"
    r"|(?:proven and )?(?:reasonable and )?medically necessary)"
    r"|\bmedically necessary (?:when|if|for|and covered)|\bmeets? the definition of medical necessity"
    r"|\bmedical necessity (?:is|has been) (?:met|established)"
    r"|\b(?:may|will|can|should) be (?:if )?approved\b|\bis approved (?:for|when|if)\b"
    r"|^approve\b|\bapprove (?:(?!for |if |when )[^\s.;:]+ ){0,6}?(?:for|if|when)\b"
    r"|\bcoverage of [^.;:]{1,120} is recommended\b"
    r"|\b(?:reimbursement|payment|coverage) (?:will|may|can) be (?:made|provided|approved)"
    r"|\bwill be reimbursed|\b(?:will|may) (?:provide coverage|be authorized|authorize|cover)\b"
    r"|\bis recommended for approval|\bmeets? (?:the )?medical(?:ly)? necess(?:ity|ary) criteria",
    ("necess", "proven", "approv", "reimbursement", "reimbursed", "payment", "coverage", "cover", "authoriz"),
)
COVERED = Hinted(
    r"\b(?:is|are|be) (?:a )?(?:nationally )?covered\b|\b(?:is|are) eligible for (?:separate )?(?:coverage|reimbursement"
    r"|payment)|\b(?:plan|policy) (?:reimburses|covers)\b|\bcoverage is (?:provided|available|limited to|allowed)",
    ("cover", "eligible", "reimburses"),
)
AUTHORIZATION = Hinted(
    r"^(?:initial |renewal |continuation |subsequent |re-?)?(?:authorizations?|approvals?) (?:will|may|is|are)? ?(?:be )?"
    r"(?:issued|provided|granted|approved|given)\b"
    r"|^(?:initial |renewal |continuation |subsequent |re-?)?(?:authorizations?|approvals?|coverage) (?:(?:is|are|will be) )?"
    r"(?:for|of) (?:up to |no more than )?\d"
    r"|^(?:initial|continuation|continuing|renewal|reauthorization|re-authorization|subsequent)(?: (?:requests?"
    r"|therapy|authorization|approval|coverage|duration|criteria|approval duration"
    r"|authorization duration)){0,3}(?::| (?:will|may) be| is| are)(?: for)? ?(?:up to |no more than |no longer than )?\d"
    r"|\b(?:will|may|can) be authorized for (?:up to )?\d|\bauthorization (?:will|may) be (?:for|up to) (?:up to )?\d"
    r"|^(?:duration|length) of (?:approval|authorization|therapy|initial|re-?auth)"
    r"|^(?:approval|authorization|coverage) (?:duration|period|length)"
    r"|\b(?:prior|pre-?service|pre-?) ?-?(?:authorization|approval|certification|determination) (?:is|may be"
    r"|will be) (?:required|recommended|needed)|\bapprovals are provided|\bmonth is equal to"
    r"|\brequires? (?:prior|pre-?)[ -]?(?:authorization|approval|certification)|\bapplies to clinical review|\bmay require authorization"
    r"|\b(?:will|may) be used to determine whether|\bapprove initial and re-?authorization|\b(?:authorization"
    r"|approval)(?: is| will be)? (?:valid|issued|granted|approved) for\b"
    r"|\bauthorization is for no more than|\bauthorization (?:period|duration)s?\b.{0,40}\d|^precertification\b",
    (
        "authoriz",
        "approv",
        "certif",
        "initial",
        "continu",
        "renewal",
        "subsequent",
        "month is equal",
        "determin",
        "duration",
        "coverage",
        "review",
        "length of",
        "preservice",
    ),
)
LIMIT = Hinted(
    r"\bfrequency limits? appl|^dosing\b|\bapprove up to|\bmay approve|\blimitations? (?:specified|may)"
    r"|\bonly (?:one|1)\b|\b(?:supply|quantity|dosing|dosage|benefit|coverage) limit(?:ation)?s?\b|\bper \d+ days"
    r"|\bevery \d+ days"
    r"|\bper lifetime|\brequests for doses|\b\d+-day trial will be\b|\blimited to (?:a |an |one |two |\d)|\bmaximum of \d"
    r"|\bno more than (?:\d+|one|two|three|four) [a-z/ -]{0,40}(?:per|in|within|every)\b|\b(?:is|are) limited to\b"
    r"|\bnot (?:to )?exceed\b|\bmaximum (?:allowed|number of|units|quantity)|\bonce (?:per|every|in a)\b.*\blimit"
    r"|\bcodes? [\w, ]{5,60} includes?\b",
    ("limit", "dosing", "approve", "only ", "per ", "every", "maximum", "no more", "exceed", "-day trial", "once", "code"),
)
DOCUMENTATION = Hinted(
    r"\brecords? must|\bmust submit\b|\bmust (?:clearly )?(?:be )?document(?:ed)?\b|\bmust contain\b"
    r"|\bdocumentation (?:must|should|is required|shall)|\bmust be (?:submitted|supplied)\b"
    r"|\b(?:records?|documentation|documents?|notes?|charts?|files?|logs?|reports?|results?|forms?)\b[^.]{0,80}\bmust be maintained\b"
    r"|\bmust be maintained in\b"
    r"|\bshould be submitted\b"
    r"|\bmust (?:include|provide) documentation|\bmust be (?:clearly )?documented",
    ("record", "submit", "document", "contain", "must be", "should be", "must include"),
)
REVIEW = Hinted(
    r"\bre-?review(?:ed)? every|\breassess(?:ed|ment)? every|\breview(?:ed)? (?:every|at least every) \d+ (?:month|year)",
    ("review", "reassess"),
)
MARKED = re.compile(r"[*†‡^]+\s*\w")
NOTHING = re.compile(r"(?:none|n/?a|not applicable|no pre-?pa allowance)\.?", re.IGNORECASE)
WAIVED = re.compile(
    r"renewal|allowance|re-?authorization|continuation|pre-?authorization|prior ?[-–]? ?(?:approval|authorization)", re.IGNORECASE
)
REFERRAL = re.compile(
    r"^(?:please )?(?:refer to|see|consult)\b|^for (?:more|additional|further) information\b"
    r"|^for [^.;:]{3,200}, (?:please )?(?:refer to|see)\b|^click here\b"
    r"|^(?:benefit )?coverage (?:for .{3,80} )?(?:varies\b|(?:is|may be) subject to\b|(?:is|may be) determined by\b)",
    re.IGNORECASE,
)
NOTE = re.compile(r"[*†‡^\s]*notes?\b\s*\d?\s*[:.(\-–]", re.IGNORECASE)
EVIDENCE = Hinted(
    r"\b(?:study|studies|trials? (?:show|found|demonstrat)|literature|guidelines? (?:recommend|state|suggest)"
    r"|recommends?|according to|evidence|meta-analysis|published|et al)\b",
    ("stud", "trial", "literature", "recommend", "guideline", "according", "evidence", "analysis", "published", "et al"),
)
_DENIED_HINTS: dict[Position, tuple[str, ...]] = {
    "experimental_investigational": ("experimental", "investigational", "unproven", "does not meet"),
    "not_medically_necessary": ("necess",),
    "not_covered": (
        *("not", "no longer", "non", "cosmetic", "exclu", "denied", "ineligible", "included"),
        *("incidental", "bundled", "part of", "combine", "allowance"),
    ),
}
DENIED_WORDS = tuple((position, Hinted(words, _DENIED_HINTS[position])) for position, words in _DENIALS)
BASES: tuple[tuple[NotCoveredBasis, re.Pattern[str]], ...] = (
    ("cosmetic", re.compile(r"\bcosmetic", re.IGNORECASE)),
    (
        "benefit_exclusion",
        re.compile(
            r"benefit exclusion|contractual|excluded from coverage|coverage is excluded|exclusion of (?:the|benefit)", re.IGNORECASE
        ),
    ),
    (
        "not_reimbursed",
        re.compile(
            r"reimburs|\bbill|\bcharges|allowance|considered (?:to be )?(?:a |an )?(?:integral )?part of|incidental"
            r"|mutually exclusive|payable|\bpaid\b",
            re.IGNORECASE,
        ),
    ),
)
