"""Pages that are in a policy's place: a form to log in, an error, a notice that nothing is there,
what a folder of files says of itself.
"""

from __future__ import annotations

import re

from policy_tracker.extract.kinds.evidence import Examined, KindFound
from policy_tracker.language.lexicon import terms

_LONGEST = 250
"""Words of the longest page that stands in a policy's place."""
_MOST_DIRECTIVES = 3
"""Sentences such as "You must accept the terms" on a page that decides nothing."""
_FILE = re.compile(r"\b[\w-]+\.(?:csv|zip|txt|pdf|xlsx?|docx?|json|xml|mdb|html?)\b")
_LEAST_FILES = 3


def page_found(about: Examined) -> KindFound | None:
    """A page that stands in a policy's place, and decides nothing."""
    # the address of what was asked for has the number of a policy too, and no date
    if about.decisions or about.codes or (about.numbered and about.dated):
        return None
    if about.words <= _LONGEST:
        said = next((part for part in about.parts if terms("kinds", "page").says(part.lower())), "")
        if said:
            return KindFound(f"is a page without a policy (“{said[:60].strip()}”)", certain=True)
    files = {name.lower() for part in about.parts for name in _FILE.findall(part)}
    if about.numbered:
        return None
    if len(files) >= _LEAST_FILES and len(files) >= about.words / 60:
        return KindFound(f"describes {len(files)} files", not about.record.statements)
    if about.words <= _LONGEST and _is_empty(about):
        return KindFound("decides nothing, and has neither a number nor a date", certain=False)
    return None


def _is_empty(about: Examined) -> bool:
    """Whether nothing in a text says of anything whether it is paid for, all of which was read."""
    return not (
        about.record.statements
        or about.record.code_groups
        or about.dated
        or about.record.dates
        or any(part.standing == "unreadable" for part in about.document.unreadable)
        or about.directives > _MOST_DIRECTIVES
    )
