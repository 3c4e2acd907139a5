"""Times in duties: the shorter the pace, or the longer the notice, the more is asked."""

import pytest

from policy_tracker.language.paced_duties import asks_ahead, paces_duty


@pytest.mark.parametrize(
    ("text", "paced"),
    [
        ("A loan goes on when the plan is reviewed every 14 days", True),
        ("The keeper sees the lamp once per month", True),
        ("Lamps are covered every 14 days", False),
        ("The plan was reviewed, and lamps are lent every 14 days", False),
    ],
)
def test_what_is_looked_after_so_often_is_a_duty(text, paced):
    assert paces_duty(text) is paced


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("Forms must be sent five business days before the loan begins", True),
        ("Forms must be sent within 5 days before the loan begins", False),
        ("Lamps are lent for 3 months before they are sold", False),
    ],
)
def test_what_is_asked_so_long_before_an_event_is_a_notice(text, ahead):
    assert asks_ahead(text) is ahead
