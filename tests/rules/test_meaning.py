"""Meaning before letters: what is only written in another way changes nothing, and each near miss
changes something.
"""

import pytest

from policy_tracker.language.normalize import same_sense
from policy_tracker.rules.classify import compare
from tests.rules.cases import record

SAME = [
    # numbers and units
    ("Another review after 24 months", "Another review after 2 years"),
    ("A review every twelve months", "A review every 1 year"),
    ("A review every 12 months", "A review each year"),
    ("One visit every 2 weeks", "One visit every 14 days"),
    ("Limited to one scan per 24 months", "Limited to 1 scan every two years"),
    ("Treatment for at least 2 weeks", "Treatment for at least fourteen days"),
    ("Symptoms for one quarter", "Symptoms for 3 months"),
    ("Failure of two creams", "Failure of 2 creams"),
    ("Three (3) flares in the past season", "3 flares in the past season"),
    ("Twenty-four baths at home", "24 baths at home"),
    ("Fifteen visits to the clinic", "15 visits to the clinic"),
    ("Light therapy twice a year", "Light therapy two times a year"),
    ("Plaques on 10 percent of the skin", "Plaques on 10% of the skin"),
    ("A 12-month course of creams", "A one year course of creams"),
    # comparisons
    ("Age ≥ 18", "Age 18 years or older"),
    ("Age ≥ 18", "Age at least 18"),
    ("Age 18 years or older", "Age at least 18"),
    ("Patient is ≥ 18", "Patient is 18 years or older"),
    ("≥ 18", "18 years or older"),
    ("at least 18", "≥ 18"),
    ("Patient is at least 18 years of age", "Patient is 18 years of age or older"),
    ("Patient is eighteen years and older", "Patient is no younger than 18 years"),
    ("Children under 12 years", "Children younger than 12 years"),
    ("Children < 12 years", "Children less than 12 years old"),
    ("No more than 20 visits per year", "20 visits per year or less"),
    ("Up to 20 baths per course", "At most 20 baths per course"),
    ("Disease for more than 5 years", "Disease for > 5 years"),
    ("Three or more flares", "At least 3 flares"),
    ("A score greater than or equal to 10", "A score ≥ 10"),
    # thousands, typography, hyphens
    ("Up to 1,000 units a month", "Up to 1000 units a month"),
    ("Fewer than 1,250,000 cells", "Fewer than 1250000 cells"),
    ("A score of 2.5 – 3.5", "A score of 2.5 - 3.5"),
    ("A score of 2.5 to 3.5", "A score of 2.5-3.5"),
    ("The member’s “own” chart", "The member's \"own\" chart"),
    ("Non‑invasive imaging", "Non-invasive imaging"),
    ("Photo\u00adtherapy at home", "Phototherapy at home"),
    ("Failure of first line therapy", "Failure of first-line therapy"),
    ("A follow-up visit", "A followup visit"),
    ("A record of the re-\nview of the skin", "A record of the review of the skin"),
    ("A trial of first-\nline therapy", "A trial of first-line therapy"),
    # codes as sets
    ("Codes 99381 through 99383 are reported", "Codes 99381-99383 are reported"),
    ("Codes 99381-99383 are reported", "Codes 99381, 99382, 99383 are reported"),
    ("Codes 99381 through 99383 are reported", "Codes 99381, 99382, and 99383 are reported"),
    ("Codes 99383, 99381, 99382 are reported", "Codes 99381–99383 are reported"),
    ("Codes G0123-G0124 are reported", "Codes G0123 and G0124 are reported"),
    ("Codes J1000–J1002 are reported", "Codes J1000, J1001, J1002 are reported"),
    ("Codes 0997T-0999T are reported", "Codes 0997T, 0998T and 0999T are reported"),
    ("Diagnosis L40.0 through L40.4", "Diagnosis L40.0 - L40.4"),
]  # fmt: skip
OTHER = [
    ("Another review after 24 months", "Another review after 3 years"),
    ("A review every twelve months", "A review every 2 years"),
    ("A review every year", "A review every month"),
    ("One visit every 2 weeks", "One visit every 15 days"),
    ("Symptoms for 90 days", "Symptoms for 3 months"),  # a month is no fixed number of days
    ("20 visits per year", "20 visits per calendar year"),
    ("Failure of two creams", "Failure of three creams"),
    ("Twenty-four baths at home", "Twenty baths at home"),
    ("Light therapy twice a year", "Light therapy once a year"),
    ("Plaques on 10 percent of the skin", "Plaques on 20% of the skin"),
    ("Age ≥ 18", "Age > 18"),
    ("Age ≥ 18", "Age ≤ 18"),
    ("Age 18 years or older", "Age 18 years or younger"),
    ("Age at least 18", "Age at least 17"),
    ("Age at least 18 years", "Age at least 18 months"),
    ("Disease for more than 5 years", "Disease for at least 5 years"),
    ("No more than 20 visits", "More than 20 visits"),
    ("No less than 20 visits", "Less than 20 visits"),
    ("Three or more flares", "Three or fewer flares"),
    ("Relief within 6 months", "Relief after 6 months"),
    ("Up to 1,000 units a month", "Up to 10,000 units a month"),
    ("A dose of 2.5 units", "A dose of 25 units"),
    ("A score of -2.5 in one test", "A score of 2.5 in one test"),
    ("Scores of 35-40 in the test", "Scores of 35, 40 in the test"),
    ("Patient has inactive disease", "Patient has in active disease"),
    ("Failure of first-line therapy", "Failure of second-line therapy"),
    ("Treatment with light", "Treatment without light"),
    ("Failure of a cream and a bath", "Failure of a cream or a bath"),
    ("Codes 99381-99383 are reported", "Codes 99381-99384 are reported"),
    ("Codes 99381-99383 are reported", "Codes 99381, 99383 are reported"),
    ("Codes 99381 and 99382 are reported", "Codes 99381 or 99382 are reported"),
    ("Codes G0123-G0126 are reported", "Codes G0123, G0126 are reported"),
    ("Codes J1000–J1002 are reported", "Codes J1000–J1003 are reported"),
    ("Codes 0997T-0999T are reported", "Codes 0997T, 0999T are reported"),
    ("Codes 0001T-0003T are reported", "Codes 0001U-0003U are reported"),
    ("Diagnosis L40.0 - L40.4", "Diagnosis L40.0, L40.4"),
    ("Diagnosis L40.0 - L40.4", "Diagnosis L40.0 - L40.5"),
]


def criterion(text):
    """A criterion in a list of which all must be met."""
    top = {
        "key": "top",
        "role": "position",
        "position": "medically_necessary",
        "logic": "all_of",
        "text": "Light therapy needs all",
    }
    return {
        "statements": [top, {"key": "member", "role": "criterion", "parent": "top", "text": text}]
    }


def substantive(before, after):
    """The rules that read a difference which can decide something."""
    return [
        c.rule
        for c in compare(record(before, "2025-01-01"), record(after, "2026-01-01")).changes
        if c.substantive
    ]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_way_to_write_it_changes_nothing(before, after):
    assert same_sense(before, after)
    assert same_sense(after, before)
    assert substantive(criterion(before), criterion(after)) == []
    assert substantive(criterion(after), criterion(before)) == []


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_a_near_miss_changes_something(before, after):
    assert not same_sense(before, after)
    assert substantive(criterion(before), criterion(after))


def test_a_number_in_another_unit_is_the_same_number():
    def limit(text, value, unit):
        bound = {"kind": "interval", "comparator": "=", "value": value, "unit": unit}
        return {
            "statements": [{"key": "one", "role": "limit", "text": text, "quantities": [bound]}]
        }

    years, months = (
        limit("One scan every 2 years", 2, "year"),
        limit("One scan every 24 months", 24, "month"),
    )
    assert substantive(years, months) == []
    assert substantive(years, limit("One scan every 36 months", 36, "month")) == [
        "frequency-limit-lowered"
    ]


def group(codes=(), ranges=()):
    """A code list."""
    spans = [{"system": s, "from": a, "to": b, "raw": f"{a}-{b}"} for s, a, b in ranges]
    listed = [{"system": s, "code": c} for s, c in codes]
    return {
        "code_groups": [
            {
                "key": "g",
                "heading": "Codes",
                "disposition": "medically_necessary",
                "codes": listed,
                "ranges": spans,
            }
        ]
    }


def naming(codes=(), ranges=()):
    """A statement that names codes."""
    found = group(codes, ranges)["code_groups"][0]
    top = {
        "key": "top",
        "role": "position",
        "position": "medically_necessary",
        "text": "Light therapy by these codes is necessary",
    }
    return {"statements": [{**top, "codes": found["codes"], "ranges": found["ranges"]}]}


RANGES = [
    ("CPT", "99381", "99383", ("99381", "99382", "99383")),
    ("HCPCS", "G0123", "G0124", ("G0123", "G0124")),
    ("HCPCS", "J1000", "J1002", ("J1000", "J1001", "J1002")),
    ("CPT", "0997T", "0999T", ("0997T", "0998T", "0999T")),
]


@pytest.mark.parametrize("build", [group, naming])
@pytest.mark.parametrize(("system", "first", "last", "members"), RANGES)
def test_a_range_is_the_set_of_its_codes(build, system, first, last, members):
    whole = build(ranges=[(system, first, last)])
    single = build(codes=[(system, code) for code in reversed(members)])
    mixed = (
        build(codes=[(system, members[-1])], ranges=[(system, first, members[-2])])
        if len(members) > 2
        else single
    )
    for one in (whole, single, mixed):
        for two in (whole, single, mixed):
            assert substantive(one, two) == []


@pytest.mark.parametrize(
    ("build", "rule"), [(group, "code-removed-approved"), (naming, "criterion-codes-removed")]
)
@pytest.mark.parametrize(("system", "first", "last", "members"), RANGES)
def test_a_code_less_than_the_range_is_a_code_gone(build, rule, system, first, last, members):
    fewer = build(codes=[(system, code) for code in members[:-1]])
    assert substantive(build(ranges=[(system, first, last)]), fewer) == [rule]
    assert substantive(build(codes=[(system, code) for code in members]), fewer) == [rule]


@pytest.mark.parametrize(("system", "first", "last", "members"), RANGES)
def test_the_change_names_the_code_that_is_gone(system, first, last, members):
    before, after = (
        naming(ranges=[(system, first, last)]),
        naming(codes=[(system, code) for code in members[:-1]]),
    )
    change = compare(record(before, "2025-01-01"), record(after, "2026-01-01")).changes[0]
    assert members[-1] in {code.code for code in change.codes}
