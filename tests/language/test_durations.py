import pytest

from policy_tracker.language.quantities.durations import valid_for


@pytest.mark.parametrize(
    ("text", "role", "span"),
    [
        ("Authorization will be issued for 12 months.", "prior_auth", (12, "month")),
        ("Winter Fever. Approve for 1 year if the patient is cold.", "position", (1, "year")),
        (
            "The plan will approve widget therapy for 6 months when criteria are met.",
            "position",
            (6, "month"),
        ),
        (
            "Winter Fever. Approve Zorvix for 1 year if the patient is cold.",
            "position",
            (1, "year"),
        ),
        ("Initial Requests: 6 months", "prior_auth", (6, "month")),
        ("Duration of Approval: 365 days (1 year)", "prior_auth", (365, "day")),
        ("Initial approval duration: up to twelve (12) months.", "prior_auth", (12, "month")),
        ("18 months", "prior_auth", (18, "month")),
        ("18 months", "criterion", None),
        ("Approve for the duration noted if the patient is cold:", "position", None),
        ("Patient has tried tea for 3 months", "criterion", None),
    ],
)
def test_how_long_an_authorization_holds(text, role, span):
    found = valid_for(text, role)
    assert (found and (found.value, found.unit)) == span


def test_a_time_of_treatment_behind_an_event_is_no_time_of_authorization() -> None:
    assert valid_for("A splint is covered for up to 21 days after the operation.", "limit") is None
    assert valid_for("A splint is covered for up to 21 days.", "limit") is not None
