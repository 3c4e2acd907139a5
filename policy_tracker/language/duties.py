"""What a sentence asks for by its grammar: papers to be sent or kept, a review before the service,
and how often or how much at most.

Papers, reviews and times are closed classes; the words that oblige are those of any rule. A noun
without a verb asks for nothing.
"""

from __future__ import annotations

from policy_tracker.language.numbers import NUMBER
from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stance import is_negated
from policy_tracker.record.vocabulary import Role

_MUST = (
    r"(?:must|shall|should|ought to|needs? to|ha(?:s|ve) to|(?:is|are) (?:to|required to|asked to"
    r"|expected to))"
)
_PAPER = (
    r"(?:records?|charts?|notes?|documents?|documentation|forms?|letters?|reports?|results?|proof"
    r"|evidence|cop(?:y|ies)|photographs?|logs?|histor(?:y|ies)|orders?|prescriptions?|summar(?:y|ies)"
    r"|treatment plans?|requests?|claims?|submissions?|questionnaires?|attestations?)"
)
_HAND_IN = (
    r"(?:submit|supply|send|furnish|obtain|collect|attach|forward|enclose|include|provide|fax|upload|accompany"
    r"|retain|keep|maintain|show|contain|state|list|document|record)"
)
_HANDED_IN = (
    r"(?:submitted|supplied|sent|furnished|attached|forwarded|enclosed|included|provided|faxed"
    r"|uploaded|accompanied|retained|kept|maintained|documented|recorded|necessary|required|needed)"
)
_DOCUMENTATION = Wording(
    rf"\b{_PAPER}\b[^.;:]{{0,80}}? {_MUST} (?:\w+ly )?(?:{_HAND_IN}|be (?:\w+ly )?{_HANDED_IN})\b"
    rf"|\b{_MUST} (?:\w+ly )?{_HAND_IN}\b[^.;:]{{0,80}}?\b{_PAPER}\b"
    rf"|^(?:please )?(?:{_HAND_IN}|ask\b[^.;:]{{0,40}}? for)\b[^.;:]{{0,60}}?\b{_PAPER}\b"
    r"|\b(?:requests?|claims?|submissions?) (?:is|are) accompanied by\b"
    rf"|\b(?:reviewers?|plan|we|us)\b (?:needs?|requires?|asks? for)\b[^.;:]{{0,60}}?\b{_PAPER}\b"
    rf"|\b{_PAPER}\b[^.;:]{{0,40}}? (?:is|are) (?:required|needed|necessary) (?:with|for)"
    r" (?:each|every|the|a|any) (?:request|review|claim)\b"
    rf"|\b(?:is|are) (?:needed|required|necessary) (?:to start|for|before) (?:the |our |a )?"
    r"(?:clinical |medical )?review\b"
)
_REVIEW = r"(?:(?:authorization|approval|certification|determination|review|notification)s?)"
_AHEAD = (
    rf"(?:(?:prior|advance|preliminary|pre-?service) (?:\w+ )?{_REVIEW}"
    rf"|(?:pre|re)-?(?:authorization|approval|certification|determination|review|notification)s?)"
)
_AUTHORIZATION = Wording(
    rf"\b(?:requires?|needs?|(?:is|are) subject to|must have|must obtain|calls? for)"
    rf" (?:\w+ ){{0,3}}?{_AHEAD}\b"
    rf"|\b{_AHEAD}\b[^.;:]{{0,80}}? (?:is|are|must be|should be|may be|will be)"
    r" (?:not )?(?:mandatory|obligatory|required|requested|necessary|needed|obtained|compulsory)\b"
    r"|\b(?:obtain|request|seek)\b[^.;:]{0,40}?\b(?:authorization|precertification)\b"
    r"|\b(?:may|will|shall|must|is|are) (?:be )?subject to (?:\w+ ){0,2}?review\b"
    r"|\b(?:must|shall|should|needs? to|has to) be (?:notified|asked|informed)\b[^.;:]{0,40}?"
    r"\b(?:before|prior to|in advance|ahead)\b"
    rf"|\b{_AHEAD} (?:is|are) (?:a |the )?(?:pre)?(?:conditions?|requisites?|requirements?)"
    r" (?:of|for)\b"
    r"|\b(?:a )?PA (?:is|are|will be|may be) (?:not )?(?:required|needed)\b"
    r"|\b(?:needs?|requires?) (?:approvals?|authorizations?|certifications?)\b"
    r"(?=\W*$|[.;,]| (?:before|prior to|ahead of|in advance|first|from (?:the plan|us)))"
    r"|\b(?:approvals?|authorizations?|certifications?) must be (?:obtained|requested|given)\b"
)
_LEAVE = r"(?:authorizations?|approvals?|(?:pre-?)?certifications?)"
_NEEDED = Wording(
    rf"\b{_LEAVE}\b[^.;]{{0,30}}?\b(?:needed|required|necessary|mandatory|must be obtained)\b"
    rf"|\b(?:needs?|needing|requires?|requiring|subject to|with)\b[^.;]{{0,20}}?\b{_LEAVE}\b"
)
_TIME = r"(?:days?|weeks?|months?|quarters?|years?|lifetime|period)"
_LASTING = Wording(
    r"\b(?:(?:pre-?|re-?)?(?:authorizations?|approvals?|determinations?|certifications?)"
    r"|affirmations?|(?:favorable|positive|approving) decisions?)\b(?! criteria)"
    r"[^.;:]{0,40}?"
    r" (?:(?:is|are|stays?|remains?|will be) )?(?:lasts?|expires?|lapses?|ends?|runs?|holds?"
    r"|stands?|covers?|good|valid|open|in (?:force|effect)|effective|granted|given|issued"
    r"|limited to)\b"
    r"[^.;:]{0,30}?"
    rf"{NUMBER}[- ]{_TIME}\b"
)
_PER = (
    rf"(?:(?:per|each|every|a|an|in an?|in any|within an?|within any|over an?|during an?)"
    rf" (?:(?:{NUMBER}|rolling|calendar|benefit|plan|contract|fiscal|single|consecutive)[- ])"
    rf"{{0,3}}{_TIME}|in (?:one|1) (?:(?:calendar|benefit|plan|contract|fiscal) )?{_TIME}"
    r"|annually|yearly|monthly|weekly|daily)"
)
_MOST = (
    r"(?:no more than|not more than|not to exceed|not exceed(?:ing)?|at most|up to|a? ?maximum of"
    r"|maximum|capped at|limited to|limit of|(?:a )?total of|only)"
)
_LIMIT = Wording(
    rf"(?:^|— )(?:[\w/]+ ){{0,2}}(?:limits?|limitations?|frequency|maximum|max units?|quantity): "
    rf"[^—]{{0,60}}?\b{NUMBER}\b|"
    r"\b(?:no|not) more (?:often|frequently) than\b"
    r"|\b(?:must|shall|should|will|may) be limited to\b|"
    rf"\b{_MOST}\b[^.;]{{0,60}}?\b{NUMBER}\b[^.;]{{0,60}}?\b{_PER}\b"
    rf"|\b{NUMBER}\b[^.;:]{{0,60}}?\b{_PER},?"
    r" (?:at most|at the most|maximum|is the (?:limit|maximum|most))\b"
    rf"|\b(?:beyond|above|in excess of|exceeding|more than|over)\b[^.;:]{{0,20}}?\b{NUMBER}\b"
    rf"[^.;:]{{0,60}}?\b{_PER}\b[^.;:]{{0,60}}?\b(?:not|denied|excluded|requires?|needs?)\b"
    r"|\b(?:allowed|covered|paid(?: for)?|payable|authorized|approved|reimbursed|cost-shared)\b"
    rf"[^.;:]{{0,80}}?\b{NUMBER} (?:times|sessions?|visits?|treatments?|units?)\b"
    rf"[^.;:]{{0,40}}?\b{_PER}\b"
    rf"|\b(?:benefits?|coverage|payment) (?:stops?|ends?|ceases?) (?:after|at)\b[^.;:]{{0,20}}?"
    rf"\b{NUMBER}\b"
)


@remembered
def tells_validity(text: str) -> bool:
    """Whether a sentence says how long an authorization holds."""
    return _LASTING.found_in(text)


def needs_authorization(title: str) -> bool:
    """Whether a title says that what stands below it needs an authorization."""
    return _NEEDED.found_in(title) and not is_negated(title)


@remembered
def duty_of(text: str) -> Role | None:
    """What a sentence asks for: documentation, an authorization, or that a limit be kept."""
    if _AUTHORIZATION.found_in(text) or tells_validity(text):
        return "prior_auth"
    if _LIMIT.found_in(text):
        return "limit"
    return "documentation" if _DOCUMENTATION.found_in(text) else None
