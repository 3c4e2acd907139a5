"""Lead-ins that ask for the absence of what they list: "when the member has none of these", "in the
absence of the following", "who does not have any of the following", "the following are not
present".
"""

from __future__ import annotations

import re
from typing import Literal

from policy_tracker.language.plain import digits

Absence = Literal["each", "some"]
"""Whether each listed thing must be absent, or nobody can tell: "does not meet all of the
following", "cannot take any of the following".
"""

_PART = (
    r"(?:following|below|above|listed|named|these|those|criteri(?:a|on)|conditions?|requirements?"
    r"|items?|factors?|circumstances?|findings?|symptoms?|signs?|exclusions?|features?)"
)
_LIST = (
    r"(?:(?P<some>all|both|each|every(?: one)?)"
    r"|(?P<each>any(?: 1)?|either|1(?: or more)?|at least 1|a single(?: 1)?))?"
    rf"(?: of)?(?: the| these| those)?(?: \w+){{0,3}}? ?\b{_PART}\b[^:]{{0,60}}:\s*$"
)
_MISSING = (
    r"(?:absence of|absent|lacking"
    r"|(?<!with or )(?<!with and )without"
    r"(?: (?:evidence|signs?|symptoms?|having|a history) ?(?:of)?)?"
    r"|free (?:of|from)|(?:has|have|had|with|shows?|is|are|there (?:is|are)) no"
    r"(?: (?:evidence|signs?|symptoms?|history|presence) of)?)"
)
_OPENS = (
    r"(?:when(?:ever)?|if|where|who|whom|whose|that|which|unless|provided|once|until|as long as"
    r"|so long as)"
)
_NOT = (
    r"(?:not(?! (?:be )?(?:necessarily )?(?:limited|restricted|confined)\b)|never|cannot"
    r"|\w+n['’]t|fails? to)"
)
_WITHOUT = re.compile(rf"\b{_MISSING} {_LIST}", re.IGNORECASE)
_HAS = (
    r"(?:ha(?:s|ve|d)|having|be|been|show|exhibit|present|display|meet|met|satisf(?:y|ied)"
    r"|fulfil(?:l|led)?|suffer(?:ing)?|due|caused|under|occur|exist|contain|involve)"
)
_NEGATED = rf"\b{_NOT}(?: \w+){{0,3}}? {_LIST}"
_OWN_VERB = re.compile(_NEGATED, re.IGNORECASE)
_CONDITION = re.compile(
    rf"\b{_OPENS}\b(?:(?!\b{_OPENS}\b)[^.;:])*?(?P<denied>{_NEGATED})", re.IGNORECASE
)
_NOT_PRESENT = re.compile(
    rf"\b(?:the|these|those) (?:\w+ ){{0,3}}?{_PART}\b[^:]{{0,80}}? (?:is|are|was|were|been|be) "
    r"(?:not (?:\w+ly )?(?:present|found|detected|evident|observed|suspected)|absent|ruled out)"
    r"[^:]{0,30}:\s*$",
    re.IGNORECASE,
)
"""What is listed must be missing, told of the list itself: "the following are not present:"."""
_ANY_MISSING = re.compile(
    rf"\b(?:any(?: 1)?|either|1(?: or more)?|at least 1)(?: of)?(?: the| these| those)?"
    rf"(?: \w+){{0,3}}? ?\b{_PART}\b(?: \w+){{0,4}}? (?:is|are|was|were|has|have|be)(?: been)?"
    r" (?:not (?:been )?(?:\w+ly )?(?:met|satisfied|fulfilled|present|submitted|provided|included"
    r"|documented|completed|received|attached|sent|shown)|missing|absent|lacking|unmet|omitted)\b",
    re.IGNORECASE,
)
"""One of the list that is missing: "if any of these criteria is not met"."""
_ENDS = re.compile(r"[^:,;]{0,30}:\s*$")
_OF_HAVING = re.compile(
    rf"\b(?:{_NOT}|is|are)\s(?:\w+ )?{_HAS}\b|\b(?:is|are) not\b", re.IGNORECASE
)


_SUBJECT_FAILS = re.compile(
    rf"^[^.;:]{{0,80}}?\b(?:that|which|who) (?:(?:does|do|did|has|have) )?{_NOT}(?: \w+){{0,2}}?"
    rf" (?:meet|met|satisf(?:y|ied)|fulfil(?:l|led)?)"
    rf" (?:all |both |every |each )?(?:of )?(?:the|these|those)(?: \w+){{0,3}}? ?\b{_PART}\b"
    r"[^.;:]{0,60}:\s*$",
    re.IGNORECASE,
)
"""What does not meet the list is what the sentence is about: "lamps that do not meet the following
criteria are excluded:".
"""


def asks_for_every(text: str) -> bool:
    """Whether a sentence says what follows if any part of a list is missing, so that all of it is
    asked for: "A lamp is not lent if any of these criteria is not met:".
    """
    plain = " ".join(digits(text).text.split())
    return _ANY_MISSING.search(plain) is not None or _SUBJECT_FAILS.search(plain) is not None


def absence_asked(text: str, decided: str | None = None) -> Absence | None:
    """What of the list below a lead-in must be absent; None where it asks for what it lists.

    `decided` are the words by which a sentence grants or denies: what stands before or in them
    denies no condition ("is not covered for any of the following:").
    """
    decides = decided is not None
    if decides and _SUBJECT_FAILS.search(" ".join(digits(text).text.split())):
        return "some"
    if decided:
        text = text[text.find(decided) + len(decided) :]
    plain = " ".join(digits(text).text.split())
    if (missing := _ANY_MISSING.search(plain)) and _ENDS.match(plain, missing.end()):
        return "some"
    if _WITHOUT.search(plain) or _NOT_PRESENT.search(plain):
        return "each"
    match = _CONDITION.search(plain) if decides else _OWN_VERB.search(plain)
    if match is None:
        return None
    had = _OF_HAVING.search(plain, match.start("denied") if decides else match.start())
    return "each" if match["each"] and had else "some"
