"""What titles and sentences say of authorization for what is listed below them."""

import pytest

from policy_tracker.language.asked import authorization_said


@pytest.mark.parametrize(
    "text",
    [
        "Prior authorization is required.",
        "PA required",
        "Lamps that need precertification",
        "The codes below are subject to pre-approval.",
        "The following codes require PA",
        "Prior approval must be obtained for each lamp.",
    ],
)
def test_needed(text: str):
    assert authorization_said(text) == "required"


@pytest.mark.parametrize(
    "text",
    [
        "Lamps that do not require prior authorization",
        "No prior authorization is needed.",
        "Codes exempt from precertification",
        "Authorization is waived for lamps.",
        "These codes don't need prior approval",
        "Lamps without pre-authorization",
    ],
)
def test_not_needed(text: str):
    assert authorization_said(text) == "not_required"


@pytest.mark.parametrize(
    "text", ["Prior authorization may be required", "PA is required after 12 lamps"]
)
def test_it_hangs_on_something(text: str):
    assert authorization_said(text) == "conditional"


@pytest.mark.parametrize(
    "text",
    [
        "Lamps are covered.",
        "PA = prior authorization required",
        "All other lamps require authorization",
        "The Panama lamp is required reading",
        "Lamp A needs no authorization. Lamp B requires authorization.",
    ],
)
def test_nothing_is_said(text: str):
    assert authorization_said(text) is None
