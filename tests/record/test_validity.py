"""From when a version applies, by itself and among its siblings."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.record.content import Record
from policy_tracker.record.validity import (
    Start,
    Timing,
    natural,
    skipped,
    start_of,
    starts_of,
    timing_of,
)


def record(dates, **more):
    return Record.model_validate(
        {
            "record": 1,
            "payer": "p",
            "policy": "q",
            "title": "T",
            "policy_type": "medical_coverage",
            "version": "e",
            "source_kind": "payer_document",
            "dates": dates,
            **more,
        }
    )


def day(text):
    return dt.date.fromisoformat(text)


EFFECTIVE = {"date": "2025-03-01", "basis": "date_of_service"}
ISSUED, PUBLISHED, REVISED = {"date": "2025-02-01"}, {"date": "2025-01-15"}, {"date": "2025-01-01"}
REVIEWED = {"date": "2024-12"}
UNDATED = {"status": "undated"}
AMBIGUOUS = {"status": "ambiguous", "date": "2025-03-01"}


@pytest.mark.parametrize(
    ("dates", "start", "stated_as", "basis"),
    [
        (
            {"effective": EFFECTIVE, "issued": ISSUED, "published": PUBLISHED},
            "2025-03-01",
            "effective",
            "date_of_service",
        ),
        ({"effective": {"date": "2025-03"}}, "2025-03-01", "effective", "unknown"),
        (
            {"effective": UNDATED, "issued": ISSUED, "published": PUBLISHED},
            "2025-02-01",
            "issued",
            "unknown",
        ),
        ({"published": PUBLISHED, "revised": REVISED}, "2025-01-15", "published", "unknown"),
        ({"revised": REVISED, "last_review": REVIEWED}, "2025-01-01", "revised", "unknown"),
        ({"last_review": REVIEWED}, "2024-12-01", "last_review", "unknown"),
        ({"effective": AMBIGUOUS, "last_review": REVIEWED}, "2024-12-01", "last_review", "unknown"),
        (
            {"effective": {"status": "inferred", "date": "2025-03-01", "ground": "the list"}},
            "2025-03-01",
            "effective",
            "unknown",
        ),
        ({}, None, "unknown", "unknown"),
        (
            {"effective": UNDATED, "superseded_on": {"date": "2025-09-26"}},
            None,
            "unknown",
            "unknown",
        ),
        ({"effective": UNDATED, "retired": {"date": "2025-09-26"}}, None, "unknown", "unknown"),
        (
            {"effective": {"date": "2025-03-01", "basis": "date_processed"}},
            "2025-03-01",
            "effective",
            "date_processed",
        ),
    ],
)
def test_the_start_and_what_it_rests_on(dates, start, stated_as, basis):
    found = start_of(timing_of(record(dates)))
    assert (found.day, found.stated_as, found.basis) == (
        day(start) if start else None,
        stated_as,
        basis,
    )
    assert found.policy_effective is None


def test_an_ordinary_delay_leaves_the_effective_date():
    found = start_of(
        Timing(effective=day("2025-01-01"), issued=day("2025-06-30"), issued_as="issued")
    )
    assert found == Start(
        day=day("2025-01-01"), stated_as="effective", basis="unknown", issued=day("2025-06-30")
    )


def test_a_printed_date_long_before_the_issue_gives_way_to_it():
    late = Timing(effective=day("1999-09-13"), issued=day("2026-02-12"), issued_as="last_review")
    assert start_of(late) == Start(
        day=day("2026-02-12"),
        stated_as="last_review",
        basis="unknown",
        policy_effective=day("1999-09-13"),
        issued=day("2026-02-12"),
    )
    assert start_of(late, dates_back=True).day == day("1999-09-13")


def test_siblings_that_print_one_date_start_when_they_came_out():
    shared = day("2025-01-01")
    found = starts_of(
        {
            "first": Timing(effective=shared, issued=day("2024-12-20"), issued_as="issued"),
            "second": Timing(effective=shared, issued=day("2025-02-03"), issued_as="revised"),
            "without": Timing(effective=shared),
            "alone": Timing(
                effective=day("2025-04-01"), issued=day("2025-05-01"), issued_as="issued"
            ),
        }
    )
    assert {name: start.day for name, start in found.items()} == {
        "first": shared,
        "second": day("2025-02-03"),
        "without": shared,
        "alone": day("2025-04-01"),
    }
    assert found["second"].stated_as == "revised"
    assert found["second"].policy_effective == shared
    assert found["first"].policy_effective is None


def test_the_dated_facts_of_a_record():
    found = timing_of(
        record(
            {"effective": EFFECTIVE, "revised": REVISED, "last_review": REVIEWED},
            version_label="v2",
            retrieved="2025-04-05",
            marks=[{"mark": "history", "raw": "HISTORY VERSION"}],
            revision_history=[
                {"date": "2025-01"},
                {"date": "2024-02-03"},
                {"text": "undated"},
                {"date": "2025-01-01"},
            ],
        )
    )
    assert found == Timing(
        effective=day("2025-03-01"),
        basis="date_of_service",
        issued=day("2025-01-01"),
        issued_as="revised",
        claims=(day("2025-01-01"), day("2024-12-01")),
        label="v2",
        history=(day("2024-02-03"), day("2025-01-01")),
        marks=("history",),
        checked_on=day("2025-04-05"),
    )


@pytest.mark.parametrize(
    ("one", "two", "left_out"),
    [
        ("2024 P 2116-18", "2025 P 2116-22", 3),
        ("v9", "v10", 0),
        ("S-99-012", "S-99-014", 1),
        ("12", "12", 0),
        ("9", "7", 0),
        ("A-1", "B-3", 0),
        (None, "4", 0),
        ("none", "nothing", 0),
    ],
)
def test_what_the_numbering_leaves_out(one, two, left_out):
    assert skipped(one, two) == left_out


def test_labels_sort_as_people_read_them():
    assert sorted(["v10", "v9", "V2", "v2.1"], key=natural) == ["V2", "v2.1", "v9", "v10"]
    assert natural("v01") == natural("V 1".replace(" ", ""))


days = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
timings = st.builds(
    lambda effective, issued: Timing(
        effective=effective, issued=issued, issued_as="issued" if issued else None
    ),
    effective=days,
    issued=days,
)


@given(st.dictionaries(st.sampled_from("abcd"), timings), st.booleans())
def test_a_start_is_one_of_the_printed_dates_and_never_before_the_effective_one(held, dates_back):
    found = starts_of(held, dates_back=dates_back)
    assert found.keys() == held.keys()
    for name, timing in held.items():
        start = found[name]
        assert start.day in (timing.effective, timing.issued)
        assert (start.day is None) == (timing.effective is None and timing.issued is None)
        if timing.effective and start.day:
            assert start.day >= timing.effective
        assert (start.policy_effective is None) == (
            timing.effective is None or start.day == timing.effective
        )
