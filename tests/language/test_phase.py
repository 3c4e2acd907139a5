import pytest

from policy_tracker.language.phase import phase_of, phase_of_headings


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Initial Therapy. Approve for 6 months", "initial"),
        ("Initial requests may be approved if:", "initial"),
        ("Reauthorization", "continuation"),
        ("Patient is Currently Receiving Zorvix. Approve for 1 year", "continuation"),
        ("Continuation requests may be approved if:", "continuation"),
        ("Approve initial and reauthorization requests", None),
        ("Fever", None),
    ],
)
def test_a_heading_or_lead_in_names_a_phase(text, phase):
    assert phase_of(text) == phase


def test_the_innermost_heading_counts():
    assert phase_of_headings(("Initial Authorization", "Reauthorization")) == "continuation"
    assert phase_of_headings(("Reauthorization", "Fever")) == "continuation"
    assert phase_of_headings(()) is None
