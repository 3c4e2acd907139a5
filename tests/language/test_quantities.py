import pytest

from policy_tracker.language.comparators import comparator_of
from policy_tracker.language.numbers import number_of
from policy_tracker.language.quantities.read import read_quantities, under_limit
from policy_tracker.language.units import singular


def shown(text, role="criterion"):
    """The quantities of a text, as short words."""
    return [
        f"{found.kind} {found.comparator} {found.value:g} {found.unit}"
        + (f" per {found.per.value:g} {found.per.unit}" if found.per else "")
        for found in read_quantities(text, role)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patient is 18 years of age or older", ["age >= 18 year"]),
        ("Patient is ≥ 6 months of age; AND", ["age >= 6 month"]),
        ("for ages 30 and older", ["age >= 30 year"]),
        ("The applicant is younger than 4 years", ["age < 4 year"]),
        ("older than 9 years", ["age > 9 year"]),
        ("Blood work no older than 3 months", ["duration <= 3 month"]),
        ("Index of tiredness greater than 11.", ["score > 11 item"]),
        (
            "not more often than every five weeks for the first 20 weeks",
            ["frequency <= 1 time per 5 week", "duration <= 20 week"],
        ),
        ("not more often than yearly", ["frequency <= 1 time per 1 year"]),
        ("Cortisol level ≥40mg/dL", ["count >= 40 mg/dl"]),
        ("children 6 to 11 years of age", ["age >= 6 year", "age <= 11 year"]),
        ("Age 65 years or younger", ["age <= 65 year"]),
        ("stenosis of 50% to 99%", ["percentage >= 50 %", "percentage <= 99 %"]),
        (
            "a gain of at least 15% and 300 milliliters",
            ["percentage >= 15 %", "count >= 300 milliliter"],
        ),
        ("greater than 30 percent", ["percentage > 30 %"]),
        ("up to 5 mg/kg by infusion", ["dose <= 5 mg/kg"]),
        ("weighing 30kg or more", ["count >= 30 kg"]),
        ("no more frequently than once every 8 weeks", ["frequency <= 1 time per 8 week"]),
        ("once every three years", ["frequency <= 1 time per 3 year"]),
        ("no more often than once daily", ["frequency <= 1 time per 1 day"]),
        ("one (1) annual examination", ["frequency <= 1 time per 1 year"]),
        ("a maximum of 150 doses per year", ["dose <= 150 dose per 1 year"]),
        ("two (2) screening visits per calendar year", ["frequency <= 2 visit per 1 year"]),
        (
            "at 3, 5, and 9 weeks after the first dose",
            ["frequency = 3 week", "frequency = 5 week", "frequency = 9 week"],
        ),
        ("2 syringes per 28 days", ["count <= 2 syringe per 28 day"]),
        ("no more than four widgets per 365 days", ["count <= 4 widget per 365 day"]),
        ("for at least 3 months", ["duration >= 3 month"]),
        ("a 2-week trial of tea", ["duration >= 2 week"]),
        ("Authorization will be issued for 12 months.", ["duration = 12 month"]),
        ("365 days (1 year)", ["duration = 365 day"]),
        ("within the past 180 days", ["duration <= 180 day"]),
        ("two or more attacks in the prior 12 months", ["count >= 2 attack per 12 month"]),
        ("At least two (2) attacks", ["count >= 2 attack"]),
        ("score less than 12", ["score < 12 item"]),
        ("has25 or more cells", ["count >= 25 cell"]),
        ("Two of the following:", ["count >= 2 item"]),
        ("has tried one systemic agent", ["count >= 1 item"]),
        ("FOUR or more prior lines", ["count >= 4 line"]),
        ("Age 6 months to less than 6 years", ["age >= 6 month", "age < 6 year"]),
        ("Patient is 12 to < 18 years of age", ["age >= 12 year", "age < 18 year"]),
        ("≥ 6 to < 12 years of age", ["age >= 6 year", "age < 12 year"]),
        ("ages 45 through 75", ["age >= 45 year", "age <= 75 year"]),
        ("Member is aged 65 and older", ["age >= 65 year"]),
        ("Patient is younger than 18 years of age", ["age < 18 year"]),
        ("BMI between 30 and 34.9 kg/m2", ["score >= 30 kg/m2", "score <= 34.9 kg/m2"]),
        ("AHI of 5 to 14 events per hour", ["score >= 5 event", "score <= 14 event"]),
        ("BMI of 30 or higher", ["count >= 30 item"]),
        ("hemoglobin < 10 g/dL", ["count < 10 g/dl"]),
        ("T-score less than or equal to -2.5", ["score <= -2.5 item"]),
        ("at least a 2-fold rise", ["count >= 2 fold"]),
        ("at least a 50% reduction", ["percentage >= 50 %"]),
        ("a risk of 3% or greater", ["percentage >= 3 %"]),
        ("3 cm or larger", ["count >= 3 cm"]),
        ("limited to 20 sessions per benefit period", ["frequency <= 20 session per 1 period"]),
        ("at least 3 times per week", ["frequency >= 3 time per 1 week"]),
        ("three (3) times per week", ["frequency <= 3 time per 1 week"]),
        ("not more than once in a 12 month period", ["frequency <= 1 time per 12 month"]),
        ("no more often than every 6 months", ["frequency <= 1 time per 6 month"]),
        ("twice weekly", ["frequency <= 2 time per 1 week"]),
        ("does not exceed 10 mg/kg every 8 weeks", ["dose <= 10 mg/kg per 8 week"]),
        ("Casting of 16 weeks or greater", ["duration >= 16 week"]),
        ("infants 6 months or greater", ["age >= 6 month"]),
        ("treated for two years or more", ["duration >= 2 year"]),
        ("18 years or greater", ["age >= 18 year"]),
        ("no sooner than 21 days after the last fill", ["duration >= 21 day"]),
        ("no sooner than every 21 days", ["interval >= 21 day"]),
        ("2 to 4 copies of the gene", ["count >= 2 copy", "count <= 4 copy"]),
        ("grade 2 to 4 lesions", []),
        ("marker 15-20 levels are raised", []),
        ("are billed under one code", []),
        ("diastolic pressure of 90 mm Hg or more", ["count >= 90 mm hg"]),
        ("bilirubin of 3 mg/dL or lower", ["count <= 3 mg/dl"]),
        ("below the 3rd percentile", ["percentage < 3 percentile"]),
        (
            "between the fifth and 85th percentile",
            ["percentage >= 5 percentile", "percentage <= 85 percentile"],
        ),
        ("The curve shows the 50th percentile", []),
        ("a reduction of fifty percent (50%)", ["percentage = 50 %"]),
        ("sixty percent (60%) or greater", ["percentage >= 60 %"]),
        ("50% (40%)", ["percentage = 50 %", "percentage = 40 %"]),
        ("for at least a year and a half", ["duration >= 1.5 year"]),
        ("within two months and a half", ["duration <= 2.5 month"]),
        ("under the age of 9", ["age < 9 year"]),
        ("30 tablets/30 days", ["count <= 30 tablet per 30 day"]),
        ("up to 36 sessions over 36 weeks", ["count <= 36 session per 36 week"]),
        ("for 3 to 6 months", ["duration >= 3 month", "duration <= 6 month"]),
        ("reviewed every 12 weeks", ["interval = 12 week"]),
        ("up to 6 (six) vials in the first 28 days of treatment", ["count <= 6 vial per 28 day"]),
        ("adults (≥ 18 years)", ["age >= 18 year"]),
        ("at six months of age", ["age = 6 month"]),
        ("once per lifetime", ["frequency <= 1 time per 1 lifetime"]),
        ("itch for 6 months or longer", ["duration >= 6 month"]),
        ("failure of 3 months of rest", ["duration >= 3 month"]),
        ("failure of 2 preferred teas", ["count >= 2 tea"]),
        ("Member had a trial of one tea", ["count >= 1 item"]),
    ],
)
def test_limits_are_read_in_digits_and_words(text, found):
    assert shown(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "ONE of the following:",
        "at least one of the following",
        "has tried one of the following",
        "Zorvix 90 mg/2 mL pen",
        "Fictane 0.4% Cream",
        "code 12345",
        "H1 blockers and FEV1",
        "visual acuity of 20/200 or worse",
        "Note: a trial of one tea counts",
        "",
    ],
)
def test_what_is_no_limit_is_not_read(text):
    assert shown(text) == []


def test_things_without_a_period_count_where_the_statement_sets_limits():
    assert shown("skin testing: 80 units") == []
    assert shown("skin testing: 80 units", "limit") == ["units <= 80 unit"]


def test_items_take_period_and_direction_from_their_lead_in():
    items = read_quantities("skin testing: 80 units", "limit")
    period = read_quantities("these limits apply in 12 months:", "limit")
    (within,) = under_limit(items, "these limits apply in 12 months:", "limit", period)
    assert (within.comparator, within.per.value, within.per.unit) == ("<=", 12, "month")
    (over,) = under_limit(
        items, "testing that exceeds the following limits is not covered:", "position", ()
    )
    assert over.comparator == ">"
    assert under_limit(items, "one of these:", "criterion", period) == items


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("at least", ">="),
        ("NO MORE THAN", "<="),
        ("exceeding", ">"),
        ("fewer than", "<"),
        ("≥", ">="),
        (None, "="),
        ("oddly", "="),
    ],
)
def test_comparisons_in_words(words, comparator):
    assert comparator_of(words, "=") == comparator


def test_numbers_and_units():
    assert number_of("1,500") == 1500
    assert number_of("Twelve") == 12
    with pytest.raises(ValueError):
        number_of("many")
    assert [singular(unit) for unit in ("months", "doses", "therapies", "patches", "mass")] == [
        "month",
        "dose",
        "therapy",
        "patch",
        "mass",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("60 per 30 days", ["count <= 60 item per 30 day"]),
        ("Lamp, brass — QL = 9/30 days", ["count <= 9 item per 30 day"]),
        ("QL (3 mL per 28 days)", ["dose <= 3 ml per 28 day"]),
        ("Lamps, by 50 — Limit: 4 per month", ["count <= 4 item per 1 month"]),
        ("1 every 5 years", ["frequency <= 1 time per 5 year"]),
        ("1 per lifetime", ["frequency <= 1 time per 1 lifetime"]),
        ("1 box per month", ["count <= 1 box per 1 month"]),
        ("AL (max 18 years)", ["age <= 18 year"]),
        ("Age: 18+", ["age >= 18 year"]),
        ("Age: 5 through 17", ["age >= 5 year", "age <= 17 year"]),
        ("Age: 50-80 years — Any", ["age >= 50 year", "age <= 80 year"]),
        ("Age: 45 years and older", ["age >= 45 year"]),
        ("Age: under 21", ["age < 21 year"]),
        ("Age: any", []),
        ("Lamp 73999 per 30 days", ["duration = 30 day"]),
    ],
)
def test_limits_as_cells_print_them(text, found):
    assert shown(text, "limit") == found


@pytest.mark.parametrize(
    "text",
    [
        "The member has been dizzy for 3 months",
        "Hiccups have lasted 3 months",
        "The member has not fainted for 3 months",
        "A 3-month weight log was kept",
        "The record must hold a diary of 3 months",
    ],
)
def test_a_time_that_had_to_pass_is_the_least_that_is_asked_for(text: str) -> None:
    [found] = read_quantities(text, "criterion")
    assert (found.kind, found.comparator, found.value) == ("duration", ">=", 3)


@pytest.mark.parametrize(
    "text",
    [
        "Drops will be given for 3 months",
        "The member has been seen within the hall, for 3 months",
    ],
)
def test_other_times_without_a_comparison_stay_without_one(text: str) -> None:
    assert [one.comparator for one in read_quantities(text, "criterion")] == ["="]
