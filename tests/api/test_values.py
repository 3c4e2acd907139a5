"""Days, instants and texts as requests carry them."""

from datetime import UTC, date, datetime

import pytest

from policy_tracker.api.values import parse_day, parse_instant, plain_text


def test_a_day_is_written_in_one_way() -> None:
    assert parse_day("2025-09-26") == date(2025, 9, 26)
    assert parse_day(date(2025, 9, 26)) == date(2025, 9, 26)


@pytest.mark.parametrize(
    "text",
    [
        "2025-9-26",
        "20250926",
        "2025-02-30",
        "2025-09",
        "1758844800",
        "2025-09-26T00:00:00",
        "",
        "today",
        "٢٠٢٥-٠٩-٢٦x",
    ],
)
def test_nothing_else_is_a_day(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the form YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-09-01T12:00:00Z", datetime(2025, 9, 1, 12, tzinfo=UTC)),
        ("2025-09-01t12:00:00z", datetime(2025, 9, 1, 12, tzinfo=UTC)),
        ("2025-09-01T12:00:00+02:00", datetime(2025, 9, 1, 10, tzinfo=UTC)),
        ("2025-09-01T12:00:00 02:00", datetime(2025, 9, 1, 10, tzinfo=UTC)),
        (
            "2025-09-01T12:00:00.123456789-05:30",
            datetime(2025, 9, 1, 17, 30, 0, 123456, tzinfo=UTC),
        ),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:59", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59-12:00", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_becomes_utc(text: str, moment: datetime) -> None:
    assert parse_instant(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-01",
        "2025-09-01T12:00:00",
        "2025-09-01T25:00:00Z",
        "2025-09-31T12:00:00Z",
        "now",
        "1758844800",
    ],
)
def test_an_instant_needs_its_offset(text: str) -> None:
    with pytest.raises(ValueError, match="is not an instant with its offset"):
        parse_instant(text)


def test_control_characters_are_no_text() -> None:
    assert plain_text("  bone density ") == "bone density"
    for bad in ("a\0b", "a\x1fb", "a\x7f", "a\ud800"):
        with pytest.raises(ValueError, match="control characters"):
            plain_text(bad)
