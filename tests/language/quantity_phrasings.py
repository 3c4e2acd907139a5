"""Sentences with one or more quantities as a payer might print them, each with what it says.

They were written before the code that reads them and are frozen by a digest in the test. Every
second one is kept apart: nobody looks at what is missed there. "count|frequency" allows either
kind; a unit of "*" allows each.
"""

from __future__ import annotations

PHRASINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # ages
    ("Limited to patients in the age range of 4 through 11 years", "criterion",
     ("age >= 4 year", "age <= 11 year")),
    ("Children below 2 years of age", "criterion", ("age < 2 year",)),
    ("The patient must have attained age 50", "criterion", ("age >= 50 year",)),
    ("Not older than 70 years of age", "criterion", ("age <= 70 year",)),
    ("Adolescents aged 12 to less than 18 years", "criterion",
     ("age >= 12 year", "age < 18 year")),
    ("Age at onset was 40 years or less", "criterion", ("age <= 40 year",)),
    ("Infants younger than 6 months of age", "criterion", ("age < 6 month",)),
    ("Age ≥ 18", "criterion", ("age >= 18 year",)),
    # durations and intervals
    ("Exercise was followed for 16 weeks or greater.", "criterion", ("duration >= 16 week",)),
    ("The rash has been there for upwards of 3 months", "criterion", ("duration >= 3 month",)),
    ("A washout of 14 or more days", "criterion", ("duration >= 14 day",)),
    ("A second graft is placed no sooner than 90 days after the first.", "criterion",
     ("duration|interval >= 90 day",)),
    ("Life expectancy is greater than 12 months", "criterion", ("duration > 12 month",)),
    ("A trial of at least a 6-week course of stretching", "criterion", ("duration >= 6 week",)),
    ("Within 30 days of discharge", "criterion", ("duration <= 30 day",)),
    ("Symptoms began more than 2 years ago", "criterion", ("duration > 2 year",)),
    ("A minimum interval of 4 weeks between injections", "limit",
     ("interval|duration >= 4 week",)),
    ("Injections are spaced 12 weeks or more apart", "limit", ("interval|duration >= 12 week",)),
    ("One wheelchair is payable every 5 years.", "limit",
     ("interval = 5 year",)),
    ("One pair of lenses per 24 months", "limit", ("frequency|count <= 1 pair per 24 month",)),
    ("Up to two sessions weekly for 10 weeks", "limit",
     ("frequency|count <= 2 session per 1 week", "duration = 10 week")),
    ("12 visits per calendar year are allowed", "limit",
     ("frequency|count <= 12 visit per 1 year",)),
    ("Not more often than once in any 12-month period", "limit",
     ("frequency|count <= 1 time per 12 month",)),
    ("Thirty tablets per 30 days", "limit", ("frequency|count|dose <= 30 tablet per 30 day",)),
    # percentages and percentiles
    ("Stature is under the 3rd percentile for age and sex", "criterion",
     ("percentage < 3 percentile",)),
    ("Narrowing of the artery by at least 70%", "criterion", ("percentage >= 70 %",)),
    ("Weight in the 95th percentile or above", "criterion", ("percentage >= 95 percentile",)),
    ("A fall in the score of 50% or greater", "criterion", ("percentage >= 50 %",)),
    ("Forced volume between 30% and 50% of the predicted value", "criterion",
     ("percentage >= 30 %", "percentage <= 50 %")),
    ("Oxygen saturation is 88% or less at rest", "criterion", ("percentage <= 88 %",)),
    # counts, scores and measures
    ("Two to four copies of the gene are present", "criterion",
     ("count >= 2 copy", "count <= 4 copy")),
    ("The diastolic pressure stays above 90 mm Hg", "criterion", ("count > 90 mm hg",)),
    ("A body mass index of 35 or higher", "criterion", ("score|count >= 35 *",)),
    ("A score of less than 7 on the hearing scale", "criterion", ("score|count < 7 *",)),
    ("Failure of two or more previous drugs", "criterion", ("count >= 2 *",)),
    ("Platelets under 50,000 per microliter", "criterion", ("count < 50000 *",)),
    ("A tumor up to 3 cm in its greatest dimension", "criterion", ("count <= 3 cm",)),
    ("The hemoglobin is 10 g/dL or below", "criterion", ("count <= 10 g/dl",)),
    ("The dose must not exceed 300 mg every 4 weeks.", "limit", ("dose <= 300 mg per 4 week",)),
    ("An apnea index of 15 or more events per hour", "criterion",
     ("score|count|frequency >= 15 *",)),
    # what is no quantity
    ("Two services are reported under one code.", "criterion", ()),
    ("Stage 3 disease", "criterion", ()),
)  # fmt: skip


def tuned() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Those whose misses may be looked at."""
    return PHRASINGS[::2]


def kept_apart() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Those that only count."""
    return PHRASINGS[1::2]
