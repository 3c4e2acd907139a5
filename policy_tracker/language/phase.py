"""Whether something is about the first authorization or about going on (`lexicon`: phases)."""

from __future__ import annotations

from collections.abc import Sequence

from policy_tracker.language.lexicon import terms
from policy_tracker.language.remembered import remembered
from policy_tracker.record.vocabulary import Phase


@remembered
def phase_of(text: str) -> Phase | None:
    """The phase that a heading or the beginning of a lead-in names; None where none, or both."""
    plain = text.lower()
    initial = terms("phases", "initial").says(plain)
    if initial == terms("phases", "continuation").says(plain):
        return None
    return "initial" if initial else "continuation"


def phase_of_headings(path: Sequence[str]) -> Phase | None:
    """The phase that the innermost of the headings names."""
    return next((phase for heading in reversed(path) if (phase := phase_of(heading))), None)
