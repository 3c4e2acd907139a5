"""Words that take cases out of what a sentence holds of."""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.language.remembered import remembered
from policy_tracker.language.stopwords import DEMONSTRATIVES
from policy_tracker.language.tokens import words

_OPENING = frozenset({"unless", "except", "excepting", "excluding", "save"})


def excepts(run: tuple[str, ...]) -> bool:
    """Whether words, folded, are an exception as a whole: `unless a gene therapy is planned`, `this
    does not apply to infants`.
    """
    if not run:
        return False
    if run[0] in _OPENING:
        return True
    start = 1 if run[0] in DEMONSTRATIVES else 0
    behind = tuple(word for word in run[start : start + 4] if word not in ("do", "does", "shall"))
    return behind[:2] == ("not", "apply")


class Excepted(NamedTuple):
    """The clause that an exception stands behind, and whether the exception came."""

    main: str
    came: bool


_CLAUSE = re.compile(r"(?:[.;:]\s+|^)(?=\S)")


@remembered
def exception_of(before: str, after: str) -> Excepted | None:
    """The exception at the end of a sentence that one of two texts has alone, with the clause that
    it is put behind; None where they differ in more.
    """
    one, two = words(before), words(after)
    came = len(two) > len(one)
    longer, (less, more) = (after, (one, two)) if came else (before, (two, one))
    start = next((i for i, (a, b) in enumerate(zip(less, more, strict=False)) if a != b), len(less))
    grown = len(more) - len(less)
    run = more[start : start + grown]
    if not grown or more[start + grown :] != less[start:] or run[:1] == () or not excepts(run):
        return None
    place = _nth_word(longer, start)
    if run[0] not in _OPENING or place is None:
        return None
    main = longer[:place]
    return Excepted(_CLAUSE.split(main.rstrip(" ,;"))[-1], came)


def _nth_word(text: str, nth: int) -> int | None:
    """Where the word of that number begins in a text."""
    for found in re.finditer(r"\S+", text):
        if len(words(text[: found.end()])) > nth:
            return found.start()
    return None
