"""Manuals and handbooks: they call themselves so, or have chapters of many subjects, and tell how
business is done.
"""

from __future__ import annotations

import re

from policy_tracker.extract.directives_asides import is_contents
from policy_tracker.extract.kinds.evidence import Examined, KindFound, per_hundred
from policy_tracker.language.lexicon import joined, terms

_LONGEST_NAME = 14
_VOLUME = re.compile(r"\b(?:chapter|part|volume) (?:\d|[ivx]+\b)", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:^|(?<=\s))(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})\s*[-–—]\s+[A-Z]", re.MULTILINE
)
_LEAST_SECTIONS = 10
_LEAST_CONTACTS = 5
_CONTACT = re.compile(
    r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b[\w.]+@[\w.]+\.\w+|\bP\.? ?O\.? Box\b", re.IGNORECASE
)
_BUSINESS = 2.0
"""Words of the business of offices for each hundred, from which a text is about that business."""
_LEAST_WORDS = 100
_LEAST_LINES_OF_CONTENTS = 4


def manual_found(about: Examined) -> KindFound | None:
    """A manual: by the name that it gives itself, by its chapters, or by what it is about."""
    name = next((row for row in about.head if _is_named(row)), None)
    if name:
        certain = not (about.numbered or about.dated)
        return KindFound(f"calls itself a manual (“{name}”)", certain)
    sections = {found["number"] for found in _SECTION.finditer("\n".join(about.parts))}
    volume = any(_VOLUME.search(row) for row in about.head)
    if volume and len(sections) >= _LEAST_SECTIONS and not about.numbered:
        return KindFound(f"has {len(sections)} sections, each of another subject", certain=True)
    return _about_business(about)


def _is_named(row: str) -> bool:
    """Whether a short line without a verb names a manual; a manual of policies prints its name on
    each policy.
    """
    return len(row.split()) <= _LONGEST_NAME and terms("kinds", "manual").says(row.lower())


def _about_business(about: Examined) -> KindFound | None:
    words = re.compile(rf"\b(?:{joined('kinds', 'business')})\b", re.IGNORECASE)
    text = "\n".join(about.parts)
    said = len(words.findall(text))
    if (
        about.numbered
        or about.words < _LEAST_WORDS
        or per_hundred(said, about.words) < _BUSINESS
        or about.decisions > about.words / 400
    ):
        return None
    contents = sum(is_contents(block) for block in about.document.blocks)
    contacts = len(_CONTACT.findall(text))
    certain = not about.dated and (
        contents >= _LEAST_LINES_OF_CONTENTS or contacts >= _LEAST_CONTACTS
    )
    return KindFound(
        "tells how claims, appeals and the like are handled, as a manual does", certain
    )
