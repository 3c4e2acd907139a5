"""Words that differ in spelling alone: a slip that was corrected, or a space that was lost."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from policy_tracker.language import inflection
from policy_tracker.language.common_words import rank_of
from policy_tracker.language.tokens import decisive

_LEAST = 8
"""Letters of a word in which one wrong letter is a slip, and no other word."""
_VOWELS = frozenset("aeiouy")


def same_but_for_spelling(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether two runs of words are the same with a slip of spelling: "procudures" for
    "procedures", "medicallynecessary" for "medically necessary".
    """
    if not old or not new or any(decisive(word) for word in (*old, *new)):
        return False
    whole = "".join(old)
    if len(old) != len(new):
        lost = whole == "".join(new) and len(whole) >= _LEAST and whole.isalpha()
        return lost and rank_of(whole) is None
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    return bool(differing) and all(_slip(a, b) for a, b in differing)


def _slip(one: str, two: str) -> bool:
    """Whether one of two words is no word, and the other is it with one letter put right: a vowel
    for another, two letters in their order, one letter more or less.
    """
    if min(len(one), len(two)) < _LEAST or one[0] != two[0] or not (one + two).isalpha():
        return False
    a, b = inflection.stem(one), inflection.stem(two)
    if OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    if len(a) == len(b) and sorted(a) != sorted(b):
        letters = {
            letter for pair in zip(a, b, strict=True) if pair[0] != pair[1] for letter in pair
        }
        if not letters <= _VOWELS:
            return False
    return (rank_of(one) is None) != (rank_of(two) is None)
