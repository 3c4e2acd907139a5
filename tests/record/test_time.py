"""Dates: whole, without a day, unknown, impossible."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policy_tracker.errors import DateError
from policy_tracker.record.time import EARLIEST, LATEST, DateFact, last_day, parse_iso


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-09-26", dt.date(2025, 9, 26), dt.date(2025, 9, 26)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-02", dt.date(2025, 2, 1), dt.date(2025, 2, 28)),
        ("2024-02-29", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
    ],
)
def test_days_and_months(text, first, last):
    assert parse_iso(text) == first
    assert last_day(text) == last


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-9-26",
        "2025-02-30",
        "2025-13",
        "2025-00-01",
        "0225-09-26",
        "9999-12-31",
        "26.09.2025",
        "2025-09-26T00:00:00",
        "٢٠٢٥-09-26",
        "2025-09-26\n",
    ],
)
def test_what_is_no_date(text):
    with pytest.raises(DateError):
        parse_iso(text)
    with pytest.raises(ValidationError):
        DateFact(date=text)


@given(st.dates(dt.date(EARLIEST, 1, 1), dt.date(LATEST, 12, 31)))
def test_every_day_survives_the_round_trip(day):
    assert parse_iso(day.isoformat()) == day
    assert DateFact(date=day.isoformat()).first_day == day
    assert parse_iso(f"{day:%Y-%m}") <= day <= last_day(f"{day:%Y-%m}")


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_typed_error(text):
    try:
        parse_iso(text)
    except DateError:
        return
    assert text.isascii()


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"status": "dated"}, "needs its date"),
        ({"status": "inferred", "ground": "the next version"}, "needs its date"),
        ({"status": "inferred", "date": "2025-01-01"}, "needs its ground"),
        ({"status": "undated", "date": "2025-01-01"}, "cannot have a date"),
        ({"date": "2025-01-01", "basis": "whenever"}, "Input should be"),
        ({"date": "2025-01-01", "day": 1}, "Extra inputs"),
    ],
)
def test_status_and_date_fit_each_other(fact, reason):
    with pytest.raises(ValidationError, match=reason):
        DateFact.model_validate(fact)


def test_unknown_dates_have_no_day():
    assert DateFact(status="undated").first_day is None
    assert DateFact(status="ambiguous", raw="01/02/03").first_day is None


def test_a_date_object_counts_as_its_iso_text():
    assert DateFact.model_validate({"date": dt.date(2025, 9, 26)}).date == "2025-09-26"
    with pytest.raises(ValidationError):
        DateFact.model_validate({"date": dt.datetime(2025, 9, 26, 1, tzinfo=dt.UTC)})
