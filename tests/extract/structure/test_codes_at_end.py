"""Lines whose code stands behind its words."""

import pytest

from policy_tracker.extract.structure.codes_at_end import match_behind


@pytest.mark.parametrize(
    ("line", "words", "codes"),
    [
        ("Lamp repair 93999", "Lamp repair", "93999"),
        ("Lamp repair (93998) Not covered", "Lamp repair", "93998"),
    ],
)
def test_a_code_stands_behind_its_words(line: str, words: str, codes: str) -> None:
    match = match_behind(line)
    assert match is not None
    assert (match["words"], match["codes"]) == (words, codes)


@pytest.mark.parametrize("line", ["E0650, E0651", "E0650 and E0651, E0652", "E0650 E0651"])
def test_codes_alone_are_no_words_with_a_code_behind(line: str) -> None:
    assert match_behind(line) is None
