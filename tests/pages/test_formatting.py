from datetime import date

import pytest

from policy_tracker.pages import formatting
from policy_tracker.record import DateFact, Quantity, Source, Span, Start

TODAY = date(2025, 9, 14)


def test_dates_are_written_out() -> None:
    assert formatting.plain_date(date(2025, 9, 26)) == "September 26, 2025"
    assert formatting.long_date(date(2025, 9, 26)) == "Friday, September 26, 2025"
    assert formatting.iso_words("2025-09") == "September 2025"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 9, 14), "today"),
        (date(2025, 9, 15), "tomorrow"),
        (date(2025, 9, 13), "yesterday"),
        (date(2025, 9, 26), "in 12 days"),
        (date(2025, 7, 18), "58 days ago"),
        (date(2025, 11, 13), "in 2 months"),
        (date(2023, 9, 14), "2 years ago"),
        (date(2030, 9, 14), "in 5 years"),
    ],
)
def test_countdown(day: date, said: str) -> None:
    assert formatting.countdown(day, TODAY) == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (None, "not stated"),
        (DateFact(date="2025-09-26"), "September 26, 2025"),
        (DateFact(date="2025-09"), "September 2025"),
        (DateFact(status="undated"), "not known"),
        (DateFact(status="ambiguous", raw="Q3"), "ambiguous: printed as Q3"),
        (
            DateFact(date="2025-09-26", status="inferred", ground="the bulletin"),
            "September 26, 2025, inferred: the bulletin",
        ),
    ],
)
def test_what_is_known_of_a_date(fact: DateFact | None, said: str) -> None:
    assert formatting.date_fact_words(fact) == said


def test_a_start_says_on_what_it_rests() -> None:
    assert (
        formatting.start_words(Start(day=None, stated_as="unknown", basis="unknown"))
        == "start unknown"
    )
    stated = Start(day=date(2025, 9, 26), stated_as="effective", basis="date_of_service")
    assert (
        formatting.start_words(stated) == "September 26, 2025 (effective date, by date of service)"
    )
    assert "no effective date is stated" in formatting.start_words(
        Start(day=date(2025, 9, 26), stated_as="issued", basis="unknown")
    )


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(kind="interval", value=12, unit="month"), "every 12 months"),
        (
            Quantity(
                kind="frequency",
                comparator="<=",
                value=80,
                unit="unit",
                per=Span(value=12, unit="month"),
            ),
            "up to 80 units per 12 months",
        ),
        (Quantity(kind="age", comparator=">=", value=1, unit="year"), "at least 1 year"),
        (Quantity(kind="percentage", comparator=">=", value=50, unit="%"), "at least 50%"),
        (Quantity(kind="dose", comparator="<=", value=1500.5, unit="mg"), "up to 1,500.5 mg"),
    ],
)
def test_numbers_carry_their_units(quantity: Quantity, said: str) -> None:
    assert formatting.quantity_words(quantity) == said


def test_logic_and_places() -> None:
    assert formatting.logic_words("any_of") == "any of"
    assert formatting.logic_words("at_least:2") == "at least 2 of"
    assert formatting.logic_words(None) is None
    assert formatting.place_words(Source(page=2, place="the table")) == "page 2, the table"
    assert formatting.place_words(Source()) is None


def test_only_words_are_marked() -> None:
    assert formatting.edges(" for initial treatment\n") == (" ", "for initial treatment", "\n")
    assert formatting.edges("  ") == ("", "  ", "")
    for text in ("a", " a", "a b ", ""):
        assert "".join(formatting.edges(text)) == text
