"""Pages that are in a policy's place: a form to log in, an error, a notice that nothing is there,
what a folder of files says of itself.
"""

from __future__ import annotations

import re

from policy_tracker.extract.kinds.evidence import Examined, KindFound
from policy_tracker.language.lexicon import terms

_LONGEST = 250
"""Words of the longest page that stands in a policy's place."""
_FILE = re.compile(r"\b[\w-]+\.(?:csv|zip|txt|pdf|xlsx?|docx?|json|xml|mdb|html?)\b")
_LEAST_FILES = 3


def page_found(about: Examined) -> KindFound | None:
    """A page that stands in a policy's place, and decides nothing."""
    if about.decisions or about.codes or about.numbered:
        return None
    if about.words <= _LONGEST:
        said = next((part for part in about.parts if terms("kinds", "page").says(part.lower())), "")
        if said:
            return KindFound(f"is a page without a policy (“{said[:60].strip()}”)", certain=True)
    files = {name.lower() for part in about.parts for name in _FILE.findall(part)}
    if len(files) >= _LEAST_FILES and len(files) >= about.words / 60:
        return KindFound(f"describes {len(files)} files", not about.record.statements)
    return None
