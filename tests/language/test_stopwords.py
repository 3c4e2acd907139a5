"""One list of words that carry little, in classes."""

from __future__ import annotations

import itertools

from policy_tracker.language import stopwords
from policy_tracker.language.rewording import rewording
from policy_tracker.language.tokens import NEGATIONS

_UNIONS = ("OF_FORM", "EMPTY", "JOINING", "NOT_IN_KEYS", "SPLINTERS", "IN_NOTES")
_CLASSES = {
    name: words
    for name, words in vars(stopwords).items()
    if isinstance(words, frozenset) and name not in _UNIONS
}


def test_a_word_stands_in_one_class() -> None:
    for (one, words), (two, others) in itertools.combinations(_CLASSES.items(), 2):
        assert not words & others, (one, two)


def test_what_is_form_alone_decides_nothing_either() -> None:
    assert stopwords.OF_FORM < stopwords.EMPTY


def test_the_past_is_not_form_alone() -> None:
    assert not stopwords.PAST & stopwords.OF_FORM


def test_no_negation_is_empty() -> None:
    assert (
        not (stopwords.EMPTY | stopwords.JOINING | stopwords.NOT_IN_KEYS | stopwords.SPLINTERS)
        & NEGATIONS
    )


def test_inflected_words_are_no_rewording() -> None:
    assert not rewording("The plan submitted two forms", "The plan submits two forms")
    assert not rewording(
        "Services that exceed the limit apply", "Services that exceeded the limit applied"
    )
    assert rewording("Treatment of the child is covered", "Treatment of the adult is covered")
