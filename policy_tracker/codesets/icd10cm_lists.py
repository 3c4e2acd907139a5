"""The lists in which the CDC and CMS publish a release of ICD-10-CM, read into its codes.

Two forms are read: the list of codes (`icd10cm-codes-….txt`: a code and its description on each
line) and the order file (`icd10cm-order-….txt`: a number of five digits, the code, whether it is
billable, its descriptions), which names the categories too.
"""

from __future__ import annotations

import re

from policy_tracker.errors import InputError
from policy_tracker.language.code_forms import BY_SYSTEM
from policy_tracker.record.code_forms import ICD10CM_CATEGORY

_CODE = re.compile(rf"(?:\d{{5}}\s+)?({BY_SYSTEM['ICD10CM']})(?:\s|$)")
_BLOCK = re.compile(rf"(?:{ICD10CM_CATEGORY}-{ICD10CM_CATEGORY}|\d{{1,2}})\s*$")
_FEWEST = 10_000
"""A whole release has more than 70,000 codes; a file with fewer than this is an addendum or
something else.
"""


def codes_of(text: str, file: str, fewest: int = _FEWEST) -> list[str]:
    """The codes of a release without their points, categories with them, sorted.

    Raises InputError that names the first line that is no code, or says that the list is too short
    for a whole release.
    """
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip().lstrip("\ufeff")
        if not stripped or _BLOCK.fullmatch(stripped):
            continue
        match = _CODE.match(stripped)
        if not match:
            message = f"{file}:{number}: no ICD-10-CM code stands at the beginning of the line"
            raise InputError(message)
        found.add(match[1].replace(".", ""))
    if len(found) < fewest:
        message = f"{file}: {len(found)} codes are not a whole release of ICD-10-CM"
        raise InputError(message)
    return sorted(found | categories_of(found))


def categories_of(codes: set[str]) -> set[str]:
    """What stands above the codes; a stem that ends with the placeholder X is a category only where
    the list says so.
    """
    return {
        stem
        for code in codes
        for length in range(3, len(code))
        if not (stem := code[:length]).endswith("X")
    }
