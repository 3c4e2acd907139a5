"""Dates in every printed form."""

import pytest

from policy_tracker.language.dates import date_at_start, dates_in, fact_of, first_date, iso_of


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("04/15/2026", "2026-04-15"),
        ("4/5/2026", "2026-04-05"),
        ("4/15/26", "2026-04-15"),
        ("03/15/98", "1998-03-15"),
        ("4/2026", "2026-04"),
        ("1 / 2018", "2018-01"),
        ("1 / 5 / 2018", "2018-01-05"),
        ("March 7, 2025", "2025-03-07"),
        ("March 7th, 2025", "2025-03-07"),
        ("Mar. 2025", "2025-03"),
        ("Sept. 9, 2025", "2025-09-09"),
        ("SEPTEMBER 2025", "2025-09"),
        ("7 March 2025", "2025-03-07"),
        ("2025-03-07", "2025-03-07"),
        ("09-04-14", "2014-09-04"),
        ("09.04.14", "2014-09-04"),
        ("3.7.2025", "2025-03-07"),
        ("25/04/2026", "2026-04-25"),
        ("04|15|2026", "2026-04-15"),
        ("4 | 15 | 2026", "2026-04-15"),
    ],
)
def test_a_printed_date(printed: str, iso: str):
    assert iso_of(printed) == iso
    assert [(date.iso, date.raw) for date in dates_in(f"on {printed}: changed")] == [(iso, printed)]


@pytest.mark.parametrize(
    "text",
    [
        "99202-99215",
        "M25.521-M25.529",
        "1-800-555-0100",
        "02-99000-12",
        "13/45/2025",
        "2/30/2025",
        "5.99.999",
        "12 months",
        "the May board",
        "10/2",
    ],
)
def test_what_is_no_date(text: str):
    assert first_date(text) is None


def test_several_dates_in_order():
    assert [date.iso for date in dates_in("1/2017, 5/2017, 11/1/2017 and June 2018")] == [
        "2017-01",
        "2017-05",
        "2017-11-01",
        "2018-06",
    ]


def test_a_date_at_the_start_only():
    assert date_at_start("08/20/2021-Annual Review") == ("2021-08-20", "08/20/2021", 0, 10)
    assert date_at_start("Since 08/20/2021") is None


@pytest.mark.parametrize(
    ("value", "date", "status"),
    [
        ("04/15/2026", "2026-04-15", "dated"),
        ("04/15/2026 or 05/15/2026", "2026-04-15", "ambiguous"),
        ("04/15/2026 (April 15, 2026)", "2026-04-15", "dated"),
        ("Upon implementation", None, "undated"),
        ("03/24", "2024-03", "dated"),
        ("03/24 (annual look)", "2024-03", "dated"),
        ("13/24", None, "undated"),
        ("about 03/24", None, "undated"),
        ("see 4/24/", None, "undated"),
    ],
)
def test_what_a_value_says(value: str, date: str | None, status: str):
    fact = fact_of(value)
    assert fact is not None
    assert (fact.date, fact.status) == (date, status)


def test_an_empty_value_says_nothing():
    assert fact_of("  ") is None


@pytest.mark.parametrize(
    ("value", "date", "status"),
    [
        ("5/22 (new lamp); 7/24 (another lamp)", "2024-07", "ambiguous"),
        ("03/01/2021, 03/01/2023 and 02/01/2022", "2023-03-01", "ambiguous"),
        ("03/01/2021 next look 03/01/2023", "2021-03-01", "ambiguous"),
        ("03/01/2021", "2021-03-01", "dated"),
    ],
)
def test_the_newest_of_a_series_and_of_nothing_else(value: str, date: str, status: str):
    fact = fact_of(value, newest=True)
    assert fact is not None
    assert (fact.date, fact.status) == (date, status)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1.1.26", "2026-01-01"),
        ("3|1|26", "2026-03-01"),
        ("02|2026", "2026-02"),
        ("2.2026", "2026-02"),
        ("1.2", None),
        ("13.41.26", None),
    ],
)
def test_a_short_date_alone_behind_its_label_may_have_points_or_bars(value, iso):
    fact = fact_of(value)
    assert fact is not None
    assert (fact.date, fact.raw) == (iso, value)
