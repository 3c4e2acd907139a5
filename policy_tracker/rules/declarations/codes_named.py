"""The codes that a sentence names, ranges written out."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import ValidationError

from policy_tracker.errors import CodeError
from policy_tracker.record import CodeRange
from policy_tracker.record.code_forms import FORMS, ICD10CM_CATEGORY
from policy_tracker.record.ranges import numeric_members
from policy_tracker.record.vocabulary import CodeSystem

_PLAIN = rf"{FORMS['CPT'].pattern}|{FORMS['HCPCS'].pattern}|{ICD10CM_CATEGORY}\.[0-9A-Z]{{1,4}}"
_CODE = re.compile(rf"(?<![\w.$-])(?:{_PLAIN})(?![\w]|[.,]\d)")
_SPAN = re.compile(rf"(?<![\w.$-])({_PLAIN})\s*(?:-|–|—|through|thru)\s*({_PLAIN})(?![\w]|[.,]\d)")
MOST_MEMBERS = 2_000
"""A longer range in a sentence is its two ends."""


@lru_cache(maxsize=4096)
def codes_named(text: str) -> frozenset[str]:
    """The codes in a text: procedure codes, and diagnosis codes that have a dot."""
    found = {match[0] for match in _CODE.finditer(text)}
    for span in _SPAN.finditer(text):
        found |= {span[1], span[2], *_members(span[1], span[2], span[0])}
    return frozenset(found)


def _members(first: str, last: str, raw: str) -> tuple[str, ...]:
    system: CodeSystem = "CPT" if first[0].isdigit() else "HCPCS"
    try:
        members = numeric_members(CodeRange(system=system, first=first, last=last, raw=raw))
    except (CodeError, ValidationError):  # ends of two forms, or a range of diagnoses: its ends are named all the same
        return ()
    return members if len(members) <= MOST_MEMBERS else ()
