"""The medical specialties that a policy concerns, derived from the words of its title, and where
these name none, from the codes that it decides on. Nothing of this is printed: each is marked as
inferred.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policy_tracker.language.lexicon import terms
from policy_tracker.record.content import Specialty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.record import Record

_MOST = 3
_LEAST_CODES, _LEAST_SHARE = 2, 0.5
_PROCEDURES = (
    (70010, 76499, "radiology"),
    (76506, 76999, "radiology"),
    (77261, 77799, "radiation oncology"),
    (78012, 79999, "radiology"),
    (81105, 81599, "genetics"),
    (80047, 81099, "laboratory medicine"),
    (82009, 89398, "laboratory medicine"),
    (90785, 90899, "psychiatry"),
    (92002, 92499, "ophthalmology"),
    (92502, 92700, "otolaryngology"),
    (92920, 93799, "cardiology"),
    (93880, 93998, "vascular surgery"),
    (94002, 94799, "pulmonology"),
    (95004, 95199, "allergy and immunology"),
    (95700, 96020, "neurology"),
    (96401, 96549, "oncology"),
    (97010, 97799, "rehabilitation"),
    (98940, 98943, "rehabilitation"),
    (10004, 17999, "dermatology"),
    (20100, 29999, "orthopedics"),
    (33016, 33999, "cardiology"),
    (34001, 37799, "vascular surgery"),
    (40490, 49999, "gastroenterology"),
    (50010, 53899, "urology"),
    (54000, 55899, "urology"),
    (56405, 58999, "obstetrics and gynecology"),
    (59000, 59899, "obstetrics and gynecology"),
    (60000, 60699, "endocrinology"),
    (61000, 64999, "neurology"),
    (65091, 68899, "ophthalmology"),
    (69000, 69979, "otolaryngology"),
)
"""Sections of the CPT code set: first and last number, and who mostly works there."""
_DIAGNOSES = (
    ("A00", "B99", "infectious disease"),
    ("C00", "D49", "oncology"),
    ("D50", "D89", "hematology"),
    ("E00", "E89", "endocrinology"),
    ("F01", "F99", "psychiatry"),
    ("G00", "G99", "neurology"),
    ("H00", "H59", "ophthalmology"),
    ("H60", "H95", "otolaryngology"),
    ("I00", "I99", "cardiology"),
    ("J00", "J99", "pulmonology"),
    ("K00", "K95", "gastroenterology"),
    ("L00", "L99", "dermatology"),
    ("M00", "M14", "rheumatology"),
    ("M15", "M99", "orthopedics"),
    ("N00", "N19", "nephrology"),
    ("N20", "N53", "urology"),
    ("N60", "N98", "obstetrics and gynecology"),
    ("O00", "O9A", "obstetrics and gynecology"),
)
"""Chapters of ICD-10-CM: first and last category."""


def specialties_of(record: Record) -> tuple[Specialty, ...]:
    """The specialties of a record by its title, else by most of its codes; at most three."""
    names = list(_by_title(record.title)) or list(_by_codes(record))
    return tuple(Specialty(name=name, stated_by="inferred") for name in names[:_MOST])


def _by_title(title: str) -> Iterator[str]:
    words = title.lower()
    for entry in terms("specialties", "title").entries:
        if entry.meaning.specialty and re.search(entry.pattern, words):
            yield entry.meaning.specialty


def _by_codes(record: Record) -> Iterator[str]:
    """The specialty of at least half of the codes: procedures first, else diagnoses."""
    codes = [code for group in record.code_groups for code in group.codes]
    for systems in (("CPT",), ("ICD10CM",)):
        found = [_of_code(code.code) for code in codes if code.system in systems]
        counted = Counter(name for name in found if name)
        best = counted.most_common(1)
        if best and best[0][1] >= max(_LEAST_CODES, _LEAST_SHARE * len(found)):
            yield best[0][0]
            return


def _of_code(code: str) -> str | None:
    """Who mostly works with a code, None where its section tells nothing."""
    if re.fullmatch(r"\d{5}", code):
        number = int(code)
        return next((name for low, high, name in _PROCEDURES if low <= number <= high), None)
    category = code[:3]
    return next((name for low, high, name in _DIAGNOSES if low <= category <= high), None)
