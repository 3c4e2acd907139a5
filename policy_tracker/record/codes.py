"""Billing and diagnosis codes: their forms, their kinds, and how lists and statements name them.

The forms follow the systems' own publications: CPT (AMA: five digits; four digits and F, T, U or
M), HCPCS Level II (CMS: a letter and four digits), ICD-10-CM and ICD-10-PCS (CDC, CMS), NDC (FDA:
10 digits in three segments, 11 in billing), revenue codes and bill types (NUBC: four characters),
MS-DRG (CMS: three digits), CDT (ADA: D and four digits), LOINC (Regenstrief: up to seven digits and
a check digit). A form says only that a text may be a code: whether it is valid on a date is asked
of a release of the system.
"""

import re
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from policy_tracker.errors import CodeError
from policy_tracker.record.base import Value
from policy_tracker.record.code_forms import FORMS, clean_code
from policy_tracker.record.ranges import MOST_MEMBERS, CodeRange, Range, numeric_members
from policy_tracker.record.source import Source
from policy_tracker.record.time import DateFact
from policy_tracker.record.vocabulary import CodeSystem, CptKind

__all__ = [
    "CPT_KIND_WORDS",
    "FORMS",
    "MOST_MEMBERS",
    "Code",
    "CodeInList",
    "CodeRange",
    "CodeRef",
    "ListedCode",
    "Qualifiers",
    "Range",
    "clean_code",
    "cpt_kind",
    "describe_system",
    "numeric_members",
    "system_of",
]

_CPT_KINDS: dict[str, CptKind] = {"F": "category_ii", "T": "category_iii", "U": "pla", "M": "maaa"}
CPT_KIND_WORDS: dict[str, str] = {
    "category_i": "CPT (Category I)",
    "category_ii": "CPT (Category II)",
    "category_iii": "CPT (Category III)",
    "pla": "CPT (PLA)",
    "maaa": "CPT (MAAA)",
}
# asked in this order: a text such as 0450 is a revenue code only where nothing stronger fits, so
# the short numeric systems are not guessed
_GUESSED: tuple[CodeSystem, ...] = ("CPT", "HCPCS", "CDT", "ICD10CM", "NDC", "LOINC")


def system_of(text: str) -> CodeSystem:
    """The system that `text` most likely belongs to, by its form alone.

    Raises CodeError where it has no known form.
    """
    code = re.sub(r"\s+", "", text).upper()
    for system in _GUESSED:
        if FORMS[system].fullmatch(code):
            return system
    message = f"{text[:40]!r} does not have the form of a code"
    raise CodeError(message)


def cpt_kind(code: str) -> CptKind:
    """Which kind of CPT code this is: Category I, II, III, PLA (proprietary laboratory analyses) or
    MAAA (multianalyte assays).
    """
    return _CPT_KINDS.get(code[-1], "category_i")


def describe_system(system: str, code: str) -> str:
    """The system of a code in words, with a CPT code's kind: `CPT (Category III)`."""
    if system == "CPT":
        return CPT_KIND_WORDS[cpt_kind(code)]
    return {
        "ICD10CM": "ICD-10-CM",
        "ICD10PCS": "ICD-10-PCS",
        "BILL_TYPE": "bill type",
        "REVENUE": "revenue code",
    }.get(system, system)


class Qualifiers(Value):
    """What narrows a code; empty lists where the payer names none."""

    modifiers: tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")], ...] = ()
    """Two-character modifiers: `"26"`, `RT`."""
    place_of_service: tuple[Annotated[str, Field(pattern=r"^[0-9]{2}$")], ...] = ()
    """Two-digit places of service: `"11"`."""
    revenue: tuple[Annotated[str, Field(pattern=r"^0[0-9]{3}$")], ...] = ()
    """Four-digit revenue codes: `"0320"`."""


class CodeRef(Value):
    """A code that a statement names."""

    system: CodeSystem
    """The code system."""
    code: Annotated[str, Field(min_length=1, max_length=20)]
    """The code; quoted, so that no zero is lost: `"0691T"`."""

    @field_validator("code")
    @classmethod
    def _has_its_form(cls, code: str, info: ValidationInfo) -> str:
        system = info.data.get("system")
        if system is None:  # the system itself is wrong, which is reported
            return code
        try:
            return clean_code(system, code)
        except CodeError as error:
            raise ValueError(str(error)) from error


class ListedCode(CodeRef):
    """A code as a table or a list of the policy prints it."""

    description: str | None = None
    """The description beside the code, as the payer prints it."""
    marker: str | None = None
    """The footnote mark beside the code."""
    qualifiers: Qualifiers = Qualifiers()
    """What narrows the code: modifiers, places of service, revenue codes."""
    effective: DateFact | None = None
    """The first day on which the code stands here, where that differs from the policy's."""
    ends: DateFact | None = None
    """The last day on which the code stands here; `undated`: it ended before the policy's own start
    ("deleted", without a day).
    """
    source: Source | None = None
    """Where it stands."""


Code = CodeRef
CodeInList = ListedCode
