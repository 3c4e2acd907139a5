"""From when an edition applies."""

import datetime as dt

import pytest

from policy_tracker.record.content import Record
from policy_tracker.record.validity import Start, start_of

SEEN = dt.date(2026, 11, 23)


def record(dates):
    return Record.model_validate(
        {
            "record": 1,
            "payer": "p",
            "policy": "q",
            "title": "T",
            "policy_type": "medical_coverage",
            "edition": "e",
            "source_kind": "payer_document",
            "dates": dates,
        }
    )


EFFECTIVE = {"date": "2025-03-01", "basis": "date_of_service"}
ISSUED, PUBLISHED, REVISED = {"date": "2025-02-01"}, {"date": "2025-01-15"}, {"date": "2025-01-01"}
UNDATED = {"status": "undated"}


@pytest.mark.parametrize(
    ("dates", "day", "stated_as", "basis"),
    [
        ({"effective": EFFECTIVE, "issued": ISSUED, "published": PUBLISHED}, dt.date(2025, 3, 1), "effective", "date_of_service"),
        ({"effective": {"date": "2025-03"}}, dt.date(2025, 3, 1), "effective", "unknown"),
        ({"effective": UNDATED, "issued": ISSUED, "published": PUBLISHED}, dt.date(2025, 2, 1), "issued", "unknown"),
        ({"published": PUBLISHED, "revised": REVISED}, dt.date(2025, 1, 15), "published", "unknown"),
        ({"effective": {"status": "inferred", "date": "2025-03-01", "ground": "the list"}}, dt.date(2025, 3, 1), "effective", "unknown"),
        ({}, SEEN, "first_observed", "unknown"),
        ({"effective": UNDATED}, SEEN, "first_observed", "unknown"),
        ({"revised": REVISED}, SEEN, "first_observed", "unknown"),
        ({"effective": UNDATED, "superseded_on": {"date": "2025-09-26"}}, None, "unknown", "unknown"),
        ({"superseded_on": {"date": "2025-09-26"}}, None, "unknown", "unknown"),
        ({"effective": UNDATED, "retired": {"date": "2025-09-26"}}, None, "unknown", "unknown"),
        ({"effective": EFFECTIVE, "superseded_on": {"date": "2025-09-26"}}, dt.date(2025, 3, 1), "effective", "date_of_service"),
        ({"effective": {"date": "2025-03-01", "basis": "date_processed"}}, dt.date(2025, 3, 1), "effective", "date_processed"),
    ],
)
def test_the_start_and_what_it_rests_on(dates, day, stated_as, basis):
    assert start_of(record(dates), SEEN) == Start(day=day, stated_as=stated_as, basis=basis)


def test_the_day_of_observation_never_moves_a_stated_start():
    stated = record({"effective": EFFECTIVE})
    assert start_of(stated, dt.date(1999, 1, 1)) == start_of(stated, SEEN)
