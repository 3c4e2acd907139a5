"""Whether something is about the first authorization or about going on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_tracker.record.vocabulary import Phase

_INITIAL = re.compile(
    r"\binitial(?:ly)? (?:therapy|treatment|authorizations?|requests?|criteria|approvals?|coverage|course|prior)"
    r"|^initial\b|\binitial (?:and|or|&) |\bfirst authorization|\bnew starts?\b",
    re.IGNORECASE,
)
_CONTINUATION = re.compile(
    r"\bcontinu(?:ation|ed|ing)(?: of)? (?:therapy|treatment|authorizations?|requests?|criteria|approvals?"
    r"|coverage|use)|^continu(?:ation|ed|ing)\b|\bre-?authorizations?\b|\brenewals?\b"
    r"|\bcurrently (?:receiving|taking|on)\b|\bre-?approval\b",
    re.IGNORECASE,
)


def phase_of(text: str) -> Phase | None:
    """The phase that a heading or the beginning of a lead-in names; None where it names none, or both."""
    initial, continuation = _INITIAL.search(text), _CONTINUATION.search(text)
    if bool(initial) == bool(continuation):
        return None
    return "initial" if initial else "continuation"


def phase_of_headings(path: Sequence[str]) -> Phase | None:
    """The phase that the innermost of the headings names."""
    return next((phase for heading in reversed(path) if (phase := phase_of(heading))), None)
