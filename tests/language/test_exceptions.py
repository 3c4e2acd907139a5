"""Examples and exceptions: words that name no further case, and words that take cases out."""

import pytest

from policy_tracker.language.examples import without_examples
from policy_tracker.language.exceptions import excepts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A device (e.g., lamp (narrow band), tub) was tried", "A device was tried"),
        ("A device (eg lamp) was not tried", "A device was not tried"),
        ("One lamp, for example a small one; it was tried.", "One lamp; it was tried."),
        ("The leg pain is felt e.g. at 2.5 km. It lasts.", "The leg pain is felt. It lasts."),
        ("The leg hurts (left or right)", "The leg hurts (left or right)"),
    ],
)
def test_examples_are_left_out(text, left):
    assert without_examples(text) == left


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("unless a bath was tried", True),
        ("except in winter", True),
        ("this does not apply to infants", True),
        ("not apply infants", True),
        ("not in winter", False),
        ("when it does not apply", False),
        ("", False),
    ],
)
def test_exceptions_are_known_by_their_opening(run, found):
    assert excepts(tuple(run.split())) is found
