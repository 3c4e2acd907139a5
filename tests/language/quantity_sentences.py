"""Sentences that state a quantity, made from templates, each with what it says.

The phrases share none with the examples of the reader, and are frozen by a digest in the test: what
the reader misses is mended there. What a sentence says is spelled out beside it; nothing here
imports what it judges.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.language.number_words import in_words

TIMES = ("day", "week", "month", "year")
_AMOUNTS = (2, 3, 6, 12, 16, 24, 50, 85)

# {n}, {m}: numbers, m the larger; {u}: a unit of time in the plural, {s}: in the singular
TEMPLATES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # ages
    ("The recipient has reached {n} years of age or more.", "criterion", ("age >= {n} year",)),
    ("The child is {n} {u} of age or greater", "criterion", ("age >= {n} {s}",)),
    ("Enrollee must be no younger than {n} years of age.", "criterion", ("age >= {n} year",)),
    ("For women who are {n} years old and above", "criterion", ("age >= {n} year",)),
    ("The beneficiary is over {n} years of age.", "criterion", ("age > {n} year",)),
    ("The beneficiary is under the age of {n} years.", "criterion", ("age < {n} year",)),
    ("Anyone under the age of {n}", "criterion", ("age < {n} year",)),
    ("Persons over age {n}", "criterion", ("age > {n} year",)),
    ("Men {n} years and older", "criterion", ("age >= {n} year",)),
    ("The device is for users aged {n} to {m} years.", "criterion",
     ("age >= {n} year", "age <= {m} year")),
    ("between {n} and {m} years of age at implantation", "criterion",
     ("age >= {n} year", "age <= {m} year")),
    ("from {n} through {m} years of age", "criterion", ("age >= {n} year", "age <= {m} year")),
    ("Age: {n} years or older", "criterion", ("age >= {n} year",)),
    ("Minimum age: {n} years", "criterion", ("age >= {n} year",)),
    ("Maximum age is {n} years", "criterion", ("age <= {n} year",)),
    ("Age greater than or equal to {n} years", "criterion", ("age >= {n} year",)),
    # durations
    ("Bracing was worn for {n} {u} or greater.", "criterion", ("duration >= {n} {s}",)),
    ("Pain has persisted {n} {u} or longer", "criterion", ("duration >= {n} {s}",)),
    ("Symptoms that have lasted in excess of {n} {u}", "criterion", ("duration > {n} {s}",)),
    ("Splinting for not less than {n} {u}", "criterion", ("duration >= {n} {s}",)),
    ("Wound care of a minimum of {n} {u}", "criterion", ("duration >= {n} {s}",)),
    ("A minimum {n}-{s} course of physical therapy", "criterion", ("duration >= {n} {s}",)),
    ("Rental is allowed for a maximum of {n} {u}.", "criterion", ("duration <= {n} {s}",)),
    ("Oxygen is used for as long as {n} {u}", "criterion", ("duration <= {n} {s}",)),
    ("Relief lasted for more than {n} {u}.", "criterion", ("duration > {n} {s}",)),
    ("Recovery took fewer than {n} {u}", "criterion", ("duration < {n} {s}",)),
    ("Surgery no sooner than {n} {u} after injury", "criterion", ("duration >= {n} {s}",)),
    ("Repeat imaging no earlier than {n} {u} after the first", "criterion",
     ("duration >= {n} {s}",)),
    ("The repair takes place no later than {n} {u} after injury", "criterion",
     ("duration <= {n} {s}",)),
    ("Use of a walker for {n} to {m} {u}", "criterion",
     ("duration >= {n} {s}", "duration <= {m} {s}")),
    ("Use of a walker for {n}-{m} {u}", "criterion",
     ("duration >= {n} {s}", "duration <= {m} {s}")),
    # frequencies and intervals
    ("Dressings are changed every {n} {u}.", "limit", ("interval = {n} {s}",)),
    ("Replacement no sooner than every {n} {u}", "limit", ("interval >= {n} {s}",)),
    ("Replacement no more than once every {n} {u}", "limit", ("frequency <= 1 time per {n} {s}",)),
    ("Lenses may be supplied once per {n} {u}.", "limit", ("frequency <= 1 time per {n} {s}",)),
    ("Up to {n} visits per {s}", "limit", ("frequency|count <= {n} visit per 1 {s}",)),
    ("{n} sessions in a {s}", "limit", ("frequency|count <= {n} session per 1 {s}",)),
    ("A total of {n} treatments over {m} {u}", "limit",
     ("frequency|count <= {n} treatment per {m} {s}",)),
    ("No more than {n} procedures within a rolling {m}-{s} period", "limit",
     ("frequency|count <= {n} procedure per {m} {s}",)),
    ("at most {n} tests each {s}", "limit", ("frequency|count <= {n} test per 1 {s}",)),
    ("not to exceed {n} injections per {s}", "limit",
     ("frequency|count <= {n} injection per 1 {s}",)),
    # percentages and percentiles
    ("Narrowing of {n} percent or greater", "criterion", ("percentage >= {n} %",)),
    ("Narrowing of {n}% or more", "criterion", ("percentage >= {n} %",)),
    ("Ejection fraction of no more than {n}%", "criterion", ("percentage <= {n} %",)),
    ("Ejection fraction at or below {n}%", "criterion", ("percentage <= {n} %",)),
    ("Saturation that falls below {n} %", "criterion", ("percentage < {n} %",)),
    ("Saturation at or above {n} percent", "criterion", ("percentage >= {n} %",)),
    ("Height below the {nth} percentile", "criterion", ("percentage < {n} percentile",)),
    ("Weight at or above the {nth} percentile for age", "criterion",
     ("percentage >= {n} percentile",)),
    ("Loss from {n}% to {m}%", "criterion", ("percentage >= {n} %", "percentage <= {m} %")),
    # counts and scores
    ("Carries {n} to {m} copies of the gene", "criterion",
     ("count >= {n} copy", "count <= {m} copy")),
    ("Carries {n} or more copies of the gene", "criterion", ("count >= {n} copy",)),
    ("No fewer than {n} documented falls", "criterion", ("count >= {n} fall",)),
    ("More than {n} hospital stays", "criterion", ("count > {n} stay",)),
    ("A pain score of {n} or higher", "criterion", ("score|count >= {n} item",)),
    ("A depression score that is at least {n}", "criterion", ("score >= {n} item",)),
    # measures
    ("Systolic pressure above {n} mm Hg", "criterion", ("count > {n} mm hg",)),
    ("Systolic pressure of {n} mm Hg or greater", "criterion", ("count >= {n} mm hg",)),
    ("Ferritin less than {n} ng/mL", "criterion", ("count < {n} ng/ml",)),
    ("Ferritin of {n} ng/mL or lower", "criterion", ("count <= {n} ng/ml",)),
    ("A nodule at least {n} mm across", "criterion", ("count >= {n} mm",)),
    ("A nodule of {n} mm or larger", "criterion", ("count >= {n} mm",)),
    ("Body weight of at least {n} kg", "criterion", ("count >= {n} kg",)),
    ("The dose does not exceed {n} mg per {s}.", "limit", ("dose <= {n} mg per 1 {s}",)),
    ("Maximum dose of {n} mg per {s}", "limit", ("dose <= {n} mg per 1 {s}",)),
    # what is no quantity
    ("Both services are billed under one code.", "criterion", ()),
    ("See option {n} of the schedule.", "criterion", ()),
    ("Level {n} of the building", "criterion", ()),
)  # fmt: skip


def _nth(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value % 100 in (11, 12, 13) else ending}"


def made() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Every template with some numbers, units and spellings: template, text, role, what it says."""
    spellings = (str, in_words, lambda value: f"{in_words(value)} ({value})")
    for template, role, says in TEMPLATES:
        for place, low in enumerate(_AMOUNTS[:-1]):
            high = _AMOUNTS[place + 1]
            unit = TIMES[place % len(TIMES)]
            for spell in spellings:
                if "{n}-" in template and spell(low) == f"{in_words(low)} ({low})":
                    continue
                text = template.format(
                    n=spell(low), m=spell(high), u=f"{unit}s", s=unit, nth=_nth(low)
                )
                found = tuple(one.format(n=low, m=high, s=unit) for one in says)
                yield template, text[0].upper() + text[1:], role, found
