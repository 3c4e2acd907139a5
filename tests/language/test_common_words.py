"""Which of two ways to write a word is the usual one."""

import pytest

from policy_tracker.documents.hyphenation import Vocabulary, joined
from policy_tracker.language.common_words import is_joined, rank_of


def test_common_words_stand_before_rare_ones() -> None:
    the, honey, nectar = rank_of("the"), rank_of("honey"), rank_of("nectar")
    assert the is not None
    assert honey is not None
    assert nectar is not None
    assert the < honey < nectar
    assert rank_of("beezle") is None


@pytest.mark.parametrize(
    ("head", "tail", "expected"),
    [
        ("hon", "eycomb", True),
        ("nec", "tar", True),
        ("pol", "lination", True),
        ("there", "fore", True),
        ("honey", "bearing", False),
        ("follow", "up", False),
        ("non", "wooden", False),
        ("in", "patient", False),
        ("anti", "bacterial", False),
        ("zymo", "phorate", False),  # none of the three is known
    ],
)
def test_typesetters_hyphens_are_told_from_authors(head: str, tail: str, expected: bool) -> None:
    assert is_joined(head, tail) is expected


def test_what_the_document_writes_itself_comes_first() -> None:
    lines = [("The nec-", True), ("tar flows", False)]
    assert joined(lines) == "The nectar flows"
    assert joined(lines, Vocabulary(["a nec-tar"])) == "The nec-tar flows"
    assert joined([("12-", True), ("month", False)]) == "12-month"
