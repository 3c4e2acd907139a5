"""Numbers, amounts, lists and dates as people read them; what is printed reads back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language import formatting
from policy_tracker.language.dates import date_at_start, dates_in, first_date
from policy_tracker.record import Quantity, Span
from policy_tracker.record.time import EARLIEST, LATEST

_DAYS = st.dates(min_value=dt.date(EARLIEST, 1, 1), max_value=dt.date(LATEST, 12, 31))
_TWO_DIGITS = st.dates(min_value=dt.date(1951, 1, 1), max_value=dt.date(2050, 12, 31))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "month", "1 month"),
        (12, "month", "12 months"),
        (1, "units", "1 unit"),
        (2, "units", "2 units"),
        (2, "patch", "2 patches"),
        (1, "patches", "1 patch"),
        (2, "therapy", "2 therapies"),
        (2.5, "mg", "2.5 mg"),
        (1500, "mg/kg", "1,500 mg/kg"),
        (0.5, "dose", "0.5 doses"),
        (2, "month of therapy", "2 months of therapy"),
        (40, "%", "40%"),
        (40, "count", "40"),
        (3, "biopsy", "3 biopsies"),
        (2, "lens", "2 lenses"),
    ],
)
def test_a_value_with_its_unit(value: float, unit: str, said: str) -> None:
    assert formatting.measure(value, unit) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (24, "24"),
        (24.0, "24"),
        (1200, "1,200"),
        (0.5, "0.5"),
        (1234567.5, "1,234,567.5"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
        (-3, "-3"),
    ],
)
def test_numbers(value: float, said: str) -> None:
    assert formatting.number(value) == said


def test_counts() -> None:
    assert formatting.counted(1, "change") == "1 change"
    assert formatting.counted(0, "policy") == "0 policies"
    assert formatting.counted(1200, "day") == "1,200 days"
    assert formatting.counted(1, "reading waits", "readings wait") == "1 reading waits"
    assert formatting.counted(2, "reading waits", "readings wait") == "2 readings wait"


def test_limits_and_spans() -> None:
    limit = Quantity(
        kind="frequency", comparator="<=", value=80, unit="unit", per=Span(value=12, unit="month")
    )
    assert formatting.limit_words(limit) == "up to 80 units per 12 months"
    assert (
        formatting.limit_words(Quantity(kind="age", comparator=">=", value=1, unit="year"))
        == "at least 1 year"
    )
    assert (
        formatting.limit_words(Quantity(kind="percentage", comparator=">", value=50, unit="%"))
        == "more than 50%"
    )
    assert formatting.span_words(Span(value=1, unit="year")) == "1 year"


def test_lists() -> None:
    assert [formatting.listed(names) for names in ([], ["a"], ["a", "b"], ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert formatting.listed(["a", "b"], "or") == "a or b"
    assert formatting.shortened(list("abcdefg")) == "a, b, c, d, e and 2 more"
    assert formatting.shortened(list("abcde")) == "a, b, c, d and e"


def test_periods() -> None:
    assert [formatting.period_words(seconds) for seconds in (1, 15, 60, 90, 3_600, 172_800)] == [
        "second", "15 seconds", "minute", "90 seconds", "hour", "2 days",
    ]  # fmt: skip


@given(_DAYS)
def test_every_day_that_is_printed_reads_back(day: dt.date) -> None:
    for printed in (
        formatting.plain_date(day),
        formatting.short_date(day),
        formatting.long_date(day),
        day.isoformat(),
    ):
        assert [date.iso for date in dates_in(f"It applies from {printed}, and then on.")] == [
            day.isoformat()
        ]
    for printed in (formatting.month_words(day), formatting.short_month(day)):
        assert [date.iso for date in dates_in(f"It applies from {printed}.")] == [f"{day:%Y-%m}"]
    assert formatting.iso_words(day.isoformat()) == formatting.plain_date(day)


@given(_TWO_DIGITS)
def test_every_form_in_which_a_payer_prints_a_day_reads_the_same(day: dt.date) -> None:
    month, short = formatting.month_words(day).split()[0], formatting.short_month(day).split()[0]
    forms = [
        f"{day:%m/%d/%Y}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%m/%d/%y}",
        f"{day:%m-%d-%Y}",
        f"{day:%m.%d.%Y}",
        f"{day.month} / {day.day} / {day.year}",
        f"{day:%Y/%m/%d}",
        f"{day.day}-{short}-{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {short} {day.year}",
        f"{month} {day.day} {day.year}",
        f"{month.upper()} {day.day}, {day.year}",
        f"{month} {day.day},{day.year}",
        f"{day.day}th of {month}, {day.year}",
        f"{short if short == 'May' else short + '.'} {day.day}, {day.year}",
        f"{month} {day.day}th, {day.year}",
    ]
    for printed in forms:
        assert date_at_start(printed) == (day.isoformat(), printed, 0, len(printed))
        assert [date.iso for date in dates_in(f"Added on {printed} (new)")] == [day.isoformat()]


@given(st.integers(1, 12), st.integers(1951, 2050))
def test_every_form_of_a_month_reads_the_same(month: int, year: int) -> None:
    name = formatting.month_words(dt.date(year, month, 1)).split()[0]
    for printed in (
        f"{month}/{year}",
        f"{month} / {year}",
        f"{name} {year}",
        f"{name}, {year}",
        f"{name.upper()} {year}",
    ):
        found = first_date(f"Added in {printed}")
        assert found is not None
        assert (found.iso, found.raw) == (f"{year}-{month:02d}", printed)
