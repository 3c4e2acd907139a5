"""Names that sentences let act as an issuer acts: it has policies, members and rights of its own,
and covers, pays for and authorizes services.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policy_tracker.language.prefilter import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Document

_PROPER = r"[A-Z][\w&-]*(?: (?:of|and|&|[A-Z][\w&-]*)){0,5}"
_SHORT = f"{_PROPER}?"
_POLICIES = (
    r"(?:(?:medical|clinical|coverage|payment|reimbursement|drug|pharmacy|prior authorization|and)"
    r" )+(?:polic(?:y|ies)|guidelines|statements)"
)
_OF_ITS_OWN = re.compile(
    rf"(?P<a>{_PROPER}) (?:has|have) developed (?:(?:its|the|these|this) )?{_POLICIES}\b"
    rf"|(?P<b>{_PROPER})(?:['’]s?)? {_POLICIES} (?:are|is|do not|and their|apply)\b"
    rf"|(?P<c>{_PROPER}) reserves the right to (?:review|update|amend|change|modify|revise)\b"
    r"|(?i:statements?|policies|guidelines) (?:prepared|issued|maintained) by "
    rf"(?P<d>{_PROPER})(?= (?:and its affiliates|are|is|do)\b|[.,;])"
    rf"|(?P<e>{_PROPER}) members may (?:NOT |not )?be eligible under the [Pp]lan\b"
    rf"|\bwithout (?:the )?(?:prior |written |express )*(?:permission|consent) (?:of|from) "
    rf"(?P<f>{_PROPER})(?=[.,;]|$)"
    r"|\b(?:plans?|programs?|products?|coverage|benefits)(?: [a-z]+)? "
    r"(?:administered|offered|underwritten|issued|insured)(?: (?:or|and) [a-z]+)? by "
    rf"(?P<g>{_PROPER})\b"
    rf"|\bcovered (?:by|under) your (?P<h>{_PROPER}) plan\b"
    rf"|\b[Tt]his (?P<l>{_SHORT}) (?i:{_POLICIES})\b"
    rf"|(?P<k>{_PROPER}) makes no representations?\b"
    rf"|\bpolicies within the (?P<i>{_PROPER}?) Medical Policy\b"
    r"|^(?:Joint )?(?P<j>[A-Z]{4,8})(?:/[A-Z]{2,8})? "
    r"(?:(?:Joint|Medical|Drug|Payment|Clinical) )+Policy (?:History|Statement)s?$"
)
"""Sentences in which an issuer speaks of its own policies, members and rights."""
_MAY_SPEAK = Wording(_OF_ITS_OWN.pattern)
"""Asked for its words alone: names stand in most sentences, and what they do in few."""
_ACTS = (
    r"(?:(?:does not|do not|will not|will|may|cannot) )?(?:covers?|reimburses?|authorizes?"
    r"|pays? for|deems?|considers?|requires?|reviews?)"
)
_ACTING = re.compile(rf"(?:^|(?<=[.;:,] )|(?<=\b[a-z] )|(?<=[a-z] ))(?P<name>{_PROPER}) {_ACTS}\b")
_BEHALF = re.compile(rf"\bon behalf of (?P<name>{_PROPER})(?=[.,;]|$)")
_COMPANY = re.compile(r",?\s*\b(?:inc|llc|ltd|corp(?:oration)?|co)\b\.?,?", re.IGNORECASE)


def speakers(document: Document) -> Iterator[str]:
    """The names whose own policies, members and rights the text speaks of, and those on whose
    behalf running lines say that a company works.
    """
    for line in document.running:
        yield from (_plain(match["name"]) for match in _BEHALF.finditer(line))
    for block in document.blocks:
        text = " ".join(block.text.split()) if block.table is None else ""
        if not _MAY_SPEAK.may_stand_in(text):
            continue
        for match in _OF_ITS_OWN.finditer(text):
            yield _plain(next(part for part in match.groups() if part))


def acting(document: Document) -> Counter[str]:
    """How often the text lets each name cover, pay for, authorize or consider something."""
    found: Counter[str] = Counter()
    for block in document.blocks:
        text = " ".join(block.text.split()) if block.table is None else ""
        found.update(_plain(match["name"]) for match in _ACTING.finditer(text))
    return found


def _plain(name: str) -> str:
    bare = re.sub(r"^(?:The|All|For) ", "", _COMPANY.sub("", name))
    return re.sub(r" (?:Group of )?Companies$", "", bare).strip()
