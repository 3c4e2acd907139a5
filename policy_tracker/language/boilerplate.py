"""Sentences in which a document speaks of itself, of contracts and of who answers for care: what a
policy is for, that it guarantees nothing, what prevails over it. None of them is a criterion.
"""

from __future__ import annotations

import re

from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import remembered

_PAPER = (
    r"(?:documents?|polic(?:y|ies)|guidelines?|bulletins?|criteria|standards?|materials?|manuals?"
    r"|chapters?|handbooks?"
    r"|information|websites?|(?:code )?listings?|lists? of codes)"
)
_CONTRACT = (
    r"(?:contracts?|benefit (?:plans?|documents?|booklets?)|plan documents?|certificates?"
    r"|evidence of coverage|summary plan descriptions?|member(?:['’]s)? (?:handbooks?|materials?)"
    r"|(?:state|federal|applicable) (?:laws?|regulations?|mandates?))"
)
_OF_ITSELF = (
    r"(?:is|are|was|were|has been|have been)(?: not| only| solely)*"
    r" (?:for (?:\w+ ){0,2}?(?:information|informational|reference|guidance|convenience"
    r"|educational)"
    r"|(?:intended|designed|meant|developed|written|prepared|provided|published|subject to change"
    r"|updated|proprietary|copyrighted|confidential|property|no (?:guarantee|substitute|contract)"
    r"|not a|an? (?:guarantee|substitute|guide|tool|reference)))"
    r"|(?:does|do|shall|should|may|will|can)(?: not|not)? (?:\w+ )?(?:guarantee|constitute|imply"
    r"|replace|substitute|supersede|represent|dictate|create|address|describe|be (?:construed"
    r"|interpreted|updated|revised|changed))"
    r"|(?:guarantees?|constitutes?|impl(?:y|ies)|addresses|supersedes?|replaces?|describes?|informs?)"
)
_SAYS = Wording(
    rf"^(?:please note(?: that)? )?(?:(?:this|these|the|our|any|each|all|medical|clinical|coverage"
    rf"|payment|reimbursement) ){{0,3}}(?:\w+ ){{0,2}}?{_PAPER}"
    rf"(?: (?:in|of|on) (?:this|these|the|our) (?:\w+ )?\w+)? (?:{_OF_ITSELF})\b"
    r"|\b(?:no|not an?|never an?) guarantee of (?:payment|coverage|benefits|reimbursement)\b"
    r"|\bdoes not guarantee (?:payment|coverage|benefits|reimbursement)\b"
    rf"|\b{_CONTRACT}\b[^.;:]{{0,80}}? (?:prevails?|governs?|controls?|supersedes?"
    r"|takes? precedence|will (?:prevail|govern|control|supersede|take precedence))\b"
    rf"|^{_PAPER} (?:is|are) based on\b"
    r"|\b(?:is|are|remains?) (?:\w+ly )?responsible for (?:the |their |all )?(?:\w+ )?(?:medical )?"
    r"(?:advice|care|treatment|decisions?)\b"
    r"|\bthis form\b"
    r"|\ball rights reserved\b|^(?:copyright|©|\(c\) ?\d)"
    r"|\b(?:is|are) (?:an? )?(?:registered )?(?:trademarks?|copyright(?:ed)?|proprietary)\b"
    r"|\bassumes? no (?:liability|responsibility)\b"
    r"|\b(?:modify|copy|reproduce|republish|transmit|distribute|sell|license)"
    r"(?:, (?:or )?|,? or )(?:modify|copy|reproduce|republish|transmit|distribute|sell|license)\b"
    r"|\b(?:codes?|descriptions?)\b[^.;:]{0,40} (?:is|are) (?:listed|included|provided|given)"
    r"(?: here| below)? (?:only )?(?:for|as)\b"
    r"|\b(?:listing|inclusion|exclusion|omission|presence|absence)(?: or \w+)? of (?:a |any )?"
    r"(?:[\w,-]+ ){0,6}?(?:codes?|services?)\b[^.;:]{0,40}? (?:does|is|may|should) not\b"
)


_NAVIGATION = re.compile(
    r"\W*(?:back|return|go|jump|skip)(?: back| up)? to (?:the )?(?:top|start|beginning"
    r"|contents|index|table of contents|main content)"
    r"(?: of (?:the |this )?(?:page|document|policy))?\W*",
    re.IGNORECASE,
)
_LONGEST_NAVIGATION = 50


def is_navigation(text: str) -> bool:
    """Whether a line is a link to another place of its document and nothing else: "Back to top"."""
    return len(text) < _LONGEST_NAVIGATION and _NAVIGATION.fullmatch(text) is not None


@remembered
def speaks_of_itself(text: str) -> bool:
    """Whether a sentence is about the document, the contract or responsibilities, and so decides
    nothing about care.
    """
    return _SAYS.found_in(text.strip())
