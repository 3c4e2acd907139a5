"""What a title or a sentence says of authorization: that it is needed, that it is not, or that this
hangs on something.

A closed grammar: leave (authorization, approval, precertification, PA), a word of need, and the
denial of either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import remembered

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import Requirement

_LEAVE = (
    r"(?:(?:(?:prior|advance|pre-?service|pre)[ -]?)?(?:authorizations?|approvals?|auths?\b\.?"
    r"|certifications?)|pre-?certs?\b|\bPA\b)"
)
_NEED = r"(?:required|needed|necessary|mandatory|requested|obtained)"
_SPEAKS = Wording(
    rf"\b{_LEAVE}[^.;:]{{0,40}}?\b(?:{_NEED}|waived|exempt)"
    rf"|\b(?:requires?|requiring|needs?|needing|subject to|exempt from|without|waives?|waived for)"
    rf" (?:\w+ ){{0,3}}?{_LEAVE}"
    rf"|\bwith (?:a |an |approved )?{_LEAVE}"
)
_FREED = Wording(
    rf"\b(?:no|without|neither|exempt from|waives?)\b (?:\w+ ){{0,3}}?{_LEAVE}"
    rf"|\b{_LEAVE}[^.;:]{{0,40}}?\b(?:not|never|no longer|\w+n['’]t)\b[^.;:]{{0,16}}?{_NEED}"
    rf"|\b(?:not|never|no longer|\w+n['’]t) (?:\w+ ){{0,2}}?(?:requires?|requiring|needs?|needing"
    rf"|subject to)\b (?:\w+ ){{0,3}}?{_LEAVE}"
    rf"|\b{_LEAVE} (?:\w+ ){{0,3}}?waived"
)
_CONDITION = Wording(
    r"\b(?:may|might|if|when|unless|until|except|only|after|beyond|above|over|exceed\w*|more than"
    r"|greater than|out[- ]of[- ]network|some|certain)\b"
)
_OF_THE_REST = Wording(r"\b(?:other|not listed|unlisted|remaining)\b")
_LONGEST = 240


@remembered
def authorization_said(text: str) -> Requirement | None:
    """What a short text says of authorization for what it is about; None where it says nothing, or
    two things. A legend ("PA = prior authorization") says it of nothing.
    """
    if len(text) > _LONGEST or "=" in text or not _SPEAKS.found_in(text):
        return None
    if _OF_THE_REST.found_in(text):
        return None
    if _FREED.found_in(text):
        rest = re.split(r"[.;]\s", text)
        asked = [one for one in rest if _SPEAKS.found_in(one) and not _FREED.found_in(one)]
        return None if asked else "not_required"
    return "conditional" if _CONDITION.found_in(text) else "required"
