"""What one more member of a list within a sentence does: a further absence, a further alternative
of what a duty asks for, or of the cases in which it is asked.
"""

from __future__ import annotations

from typing import Literal

from policy_tracker.language.tokens import words

_ABSENT = frozenset({"no", "without"})
_ALTERNATIVE = frozenset({"or", "unless", "except", "if"})
_OBLIGING = frozenset(
    {"must", "shall", "should", "required", "requires", "require", "needed", "needs", "submit"}
)
_CLAUSES = frozenset({"and", "but"})
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "can", "must", "will", "may", "does", "do"}
)
_CONDITIONS = frozenset({"when", "if", "only", "with", "who", "that", "unless", "after", "both"})
_IN_CASE = frozenset({"when", "whenever", "where", "if", "for"})


def is_further_absence(run: tuple[str, ...], ahead: tuple[str, ...]) -> bool:
    """Whether words, folded, name one more absence behind another, `ahead`: each has a negation of
    its own, so that none turns the other round, and all of them are asked for.
    """
    own = run[1:] if run[:1] == ("and",) else run
    if len(own) < 2 or own[0] not in _ABSENT or not _ABSENT.intersection(ahead):
        return False
    return ahead[-1] not in _ALTERNATIVE and _ALTERNATIVE.isdisjoint(run)


def in_scope(ahead: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a sentence so far whose negations still hold: those of its last clause, which an
    "and" with a verb of its own begins.
    """
    for place in range(len(ahead) - 1, -1, -1):
        if ahead[place] in _CLAUSES and not _VERBS.isdisjoint(ahead[place + 1 :]):
            return ahead[place + 1 :]
    return ahead


def is_further_clause(run: tuple[str, ...]) -> bool:
    """Whether words are a clause of their own behind "and": "and the wound is dry"."""
    return run[:1] == ("and",) and not _VERBS.isdisjoint(run[1:])


def appended(shorter: str, longer: str) -> tuple[str, ...]:
    """All the words by which a text goes on where another ends; none if it does not."""
    start = shorter.rstrip(" .;")
    return words(longer[len(start) :]) if longer.startswith(start) else ()


def names_one_more(run: tuple[str, ...], ahead: tuple[str, ...]) -> bool:
    """Whether words name one more of the things that a sentence decides on, before any condition of
    it: "lamps and screens are covered when ...", "are covered for home use and travel use".
    """
    if run[:1] != ("and",) or not _CONDITIONS.isdisjoint((*ahead, *run[1:])):
        return False
    if not _VERBS.isdisjoint(run):
        return False
    # behind the verb "pain and swelling" may be asked for together, "home use and travel use" not
    return _VERBS.isdisjoint(ahead) or (len(run) > 2 and run[-1:] == ahead[-1:])


def asks_less(run: tuple[str, ...], ahead: tuple[str, ...]) -> Literal[-1, 0, 1]:
    """What one more "or ..." does to a duty: +1 where it is another way to fulfil it ("must send a
    chart or a photograph"), -1 where it is one more case that brings it ("when a splint or a brace
    is used, the chart must show ..."), 0 where the words do not tell.
    """
    if run[:1] != ("or",) or not ahead or not _ALTERNATIVE.isdisjoint(run[1:]):
        return 0
    if not _OBLIGING.isdisjoint(ahead):
        return 0 if not _IN_CASE.isdisjoint(ahead) else 1
    return -1 if ahead[0] in _IN_CASE else 0
