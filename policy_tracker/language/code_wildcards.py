"""Wildcards of procedures and supplies in lists of codes alone: `J17XX`, `970**`, `036X`.

Elsewhere J17.XX may be a diagnosis; in a column of what is done or supplied, what is as long as a
code and ends with signs for any digit is a stem of those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.code_forms import TO
from policy_tracker.language.code_mentions import Codes
from policy_tracker.record import CodeRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.language.code_mentions import Where
    from policy_tracker.record.vocabulary import CodeSystem

_STEM = r"(?:[A-CEGHJ-MP-V][0-9]{0,3}|[0-9]{1,4})"
_ANY = r"(?:[Xx*#?_]{1,4}|%)"
_ONE = rf"{_STEM}{_ANY}"
_LIST = re.compile(
    rf"\s*{_ONE}(?:{TO}{_ONE})?(?:\s*[,;/\n]\s*{_ONE}(?:{TO}{_ONE})?)*\s*", re.IGNORECASE
)
_ITEM = re.compile(rf"({_STEM})({_ANY})(?:{TO}({_STEM})({_ANY}))?", re.IGNORECASE)
_OPEN = frozenset("*%")
"""Signs that stand for any number of digits where they stand alone."""


def read_wildcards(text: str, where: Where, *, revenue: bool = False) -> Codes | None:
    """The stems of a text that holds nothing but wildcards, None where it holds anything else.

    `revenue` where the column names revenue codes, which have four digits.
    """
    if not _LIST.fullmatch(text):
        return None
    found: list[CodeRange] = []
    placed = []
    for match in _ITEM.finditer(text):
        span = _span_of(match, revenue=revenue)
        if span is None:
            return None
        found.append(span)
        if source := where(*match.span()):
            placed.append(source)
    return Codes(ranges=tuple(found), placed=tuple(placed))


def _span_of(match: re.Match[str], *, revenue: bool) -> CodeRange | None:
    stem, fill, last, last_fill = match.groups()
    stem = stem.upper()
    system, width = _system(stem, revenue=revenue)
    try:
        if last is None:
            if fill not in _OPEN and len(stem) + len(fill) != width:
                return None
            return CodeRange(system=system, first=stem, last=stem, raw=match[0])
        if len(stem + fill) != width or len(last + last_fill) != width:
            return None
        first = stem.ljust(width, "0")
        return CodeRange(
            system=system, first=first, last=last.upper().ljust(width, "9"), raw=match[0]
        )
    except ValueError:
        return None


def _system(stem: str, *, revenue: bool) -> tuple[CodeSystem, int]:
    if revenue and stem.startswith("0"):
        return "REVENUE", 4
    return ("CPT", 5) if stem[0].isdigit() else ("HCPCS", 5)


def systems_in(title: str) -> Iterator[CodeSystem]:
    """The systems that the title of a column of codes names besides those with forms of their own
    ("CPT/HCPCS/Rev Code").
    """
    for system, words in _NAMED:
        if words.search(title):
            yield system


_NAMED: tuple[tuple[CodeSystem, re.Pattern[str]], ...] = (
    ("REVENUE", re.compile(r"\brev(?:enue|\.)?\b", re.IGNORECASE)),
    ("NDC", re.compile(r"\bNDCs?\b|national drug code", re.IGNORECASE)),
    ("ICD10PCS", re.compile(r"\bPCS\b", re.IGNORECASE)),
    ("ICD10CM", re.compile(r"\bICD(?!-?10-?PCS)|diagnos[ie]s|\bDX\b", re.IGNORECASE)),
    ("DRG", re.compile(r"\bDRGs?\b", re.IGNORECASE)),
    ("BILL_TYPE", re.compile(r"\bTOB\b|bill type|type of bill", re.IGNORECASE)),
)
