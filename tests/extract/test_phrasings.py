import hashlib

from policy_tracker.extract.coverage import read_coverage
from tests.extract.pages import document_of
from tests.extract.phrasings import LATER, PHRASINGS, SIDES, Phrasing, kept_apart, tuned

FROZEN = "1dadbcba2fce7742"
_LISTED = "\n    1. A beam of oak\n    2. A wall of brick\n    3. A roof of slate"
_LEAST_APART = 32
"""How many of those kept apart were read when this was last measured."""


def wrong_in(phrasing: Phrasing) -> list[str]:
    """What of a sentence was read otherwise."""
    listed = _LISTED if phrasing.text.endswith(":") else ""
    page = document_of(f"!! Coverage Policy\n{phrasing.text}{listed}")
    first, *rest = read_coverage(page).statements
    below = {SIDES[one.position] for one in rest}
    asked = (
        ("position", phrasing.position, SIDES[first.position] in phrasing.position),
        ("below", phrasing.below, below <= set(phrasing.below)),
        ("logic", phrasing.logic, (first.logic or "-") == phrasing.logic),
        ("role", phrasing.role, first.role in phrasing.role.split("|")),
    )
    return [name for name, wanted, right in asked if wanted and not right]


def test_the_phrasings_are_those_that_were_written_first():
    assert hashlib.sha256(repr(PHRASINGS).encode()).hexdigest()[:16] == FROZEN


def test_what_a_sentence_says_is_read_from_its_grammar():
    missed = {one.text: wrong for one in tuned() if (wrong := wrong_in(one))}
    assert not missed


def test_what_later_sentences_say_is_read_from_their_grammar():
    missed = {one.text: wrong for one in LATER if (wrong := wrong_in(one))}
    assert not missed


def test_sentences_that_nobody_looked_at_are_read_as_well_as_before():
    assert sum(not wrong_in(one) for one in kept_apart()) >= _LEAST_APART
