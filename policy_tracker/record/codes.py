"""Billing and diagnosis codes: their forms, their kinds, and the ranges that stand for many of them.

The forms follow the systems' own publications: CPT (AMA: five digits; four digits and F, T, U or M), HCPCS Level II (CMS: a letter and four digits),
ICD-10-CM and ICD-10-PCS (CDC, CMS), NDC (FDA, 10 or 11 digits in three segments), revenue codes and bill types (NUBC: four characters), MS-DRG
(CMS: three digits), CDT (ADA: D and four digits), LOINC (Regenstrief: up to seven digits and a check digit). A form says only that a text may be a code: whether
it is valid on a date is asked of a release of the system.
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from policy_tracker.errors import CodeError
from policy_tracker.record.base import Value
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import CodeSystem, CptKind

FORMS: dict[str, re.Pattern[str]] = {
    "CPT": re.compile(r"\d{5}|\d{4}[FTUM]"),
    "HCPCS": re.compile(r"[A-CEGHJ-MP-V]\d{4}"),
    "ICD10CM": re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"),
    "ICD10PCS": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
    "NDC": re.compile(r"\d{4,5}-\d{3,4}-\d{1,2}|\d{11}"),
    "REVENUE": re.compile(r"0\d{3}"),
    "BILL_TYPE": re.compile(r"0?\d{2}[0-9A-Z]"),
    "DRG": re.compile(r"\d{3}"),
    "CDT": re.compile(r"D\d{4}"),
    "LOINC": re.compile(r"\d{1,7}-\d"),
}
_CPT_KINDS: dict[str, CptKind] = {"F": "category_ii", "T": "category_iii", "U": "pla", "M": "maaa"}
CPT_KIND_WORDS: dict[str, str] = {
    "category_i": "CPT (Category I)",
    "category_ii": "CPT (Category II)",
    "category_iii": "CPT (Category III)",
    "pla": "CPT (PLA)",
    "maaa": "CPT (MAAA)",
}
# asked in this order: a text such as 0450 is a revenue code only where nothing stronger fits, so the short numeric systems are not guessed
_GUESSED: tuple[CodeSystem, ...] = ("CPT", "HCPCS", "CDT", "ICD10CM", "NDC", "LOINC")
MOST_MEMBERS = 20_000
"""A range that stands for more codes than this is refused: it is a mistake or an attack."""


def clean_code(system: CodeSystem, text: str) -> str:
    """The canonical form of `text` as a code of `system` (upper case, no white space).

    Raises CodeError where `text` does not have that system's form.
    """
    code = re.sub(r"\s+", "", text).upper()
    if not FORMS[system].fullmatch(code):
        message = f"{text!r} is not a {system} code"
        raise CodeError(message)
    return code


def system_of(text: str) -> CodeSystem:
    """The system that `text` most likely belongs to, by its form alone. Raises CodeError where it has no known form."""
    code = re.sub(r"\s+", "", text).upper()
    for system in _GUESSED:
        if FORMS[system].fullmatch(code):
            return system
    message = f"{text!r} does not have the form of a code"
    raise CodeError(message)


def cpt_kind(code: str) -> CptKind:
    """Which kind of CPT code this is: Category I, II, III, PLA (proprietary laboratory analyses) or MAAA (multianalyte assays)."""
    return _CPT_KINDS.get(code[-1], "category_i")


def describe_system(system: str, code: str) -> str:
    """The system of a code in words, with a CPT code's kind: `CPT (Category III)`."""
    if system == "CPT":
        return CPT_KIND_WORDS[cpt_kind(code)]
    return {"ICD10CM": "ICD-10-CM", "ICD10PCS": "ICD-10-PCS", "BILL_TYPE": "bill type", "REVENUE": "revenue code"}.get(system, system)


class Qualifiers(Value):
    """What narrows a code: modifiers, places of service and revenue codes; empty lists where the payer names none."""

    modifiers: tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")], ...] = ()
    place_of_service: tuple[Annotated[str, Field(pattern=r"^\d{2}$")], ...] = ()
    revenue: tuple[Annotated[str, Field(pattern=r"^0\d{3}$")], ...] = ()


def _checked(data: Any) -> Any:  # noqa: ANN401 - whatever a file held
    if isinstance(data, dict) and isinstance(data.get("code"), str) and data.get("system") in FORMS:
        try:
            return {**data, "code": clean_code(data["system"], data["code"])}
        except CodeError as error:
            raise ValueError(str(error)) from error
    return data


class CodeRef(Value):
    """A code that a statement names."""

    system: CodeSystem
    code: Annotated[str, Field(min_length=1, max_length=20)]


class ListedCode(CodeRef):
    """A code as a table or a list of the policy prints it; `description` is a quotation of the payer's print, `marker` its footnote mark."""

    description: str | None = None
    marker: str | None = None
    qualifiers: Qualifiers = Qualifiers()
    source: Source | None = None


Code = Annotated[CodeRef, BeforeValidator(_checked)]
CodeInList = Annotated[ListedCode, BeforeValidator(_checked)]


class CodeRange(Value):
    """A range or wildcard as printed (`C00.0 - C00.9`, `M80.x`); it is expanded only for lookup and comparison.

    For a wildcard `from` and `to` are both its stem (`M80`), because what lies below the last code is inside.
    """

    system: CodeSystem
    first: Annotated[str, Field(alias="from", min_length=1, max_length=20)]
    last: Annotated[str, Field(alias="to", min_length=1, max_length=20)]
    raw: str

    def holds(self, code: str) -> bool:
        """Whether `code` lies in this range; a child of the last code (`C00.91` of `C00.9`) counts as inside."""
        one, low, high = (_sort_key(c) for c in (code, self.first, self.last))
        return len(one[0]) == len(low[0]) and low <= one and (one <= high or _plain(code).startswith(_plain(self.last)))


def _plain(code: str) -> str:
    return code.replace(".", "")


def _sort_key(code: str) -> tuple[str, str]:
    """Codes of one form compare as text; `E11` and `E11.9` share the category, which is compared first."""
    category, _, rest = code.partition(".")
    return (category, rest)


def _ordered(span: CodeRange) -> CodeRange:
    if _sort_key(span.last) < _sort_key(span.first):
        message = f"the range {span.raw!r} ends before it begins"
        raise ValueError(message)
    return span


Range = Annotated[CodeRange, AfterValidator(_ordered)]


def numeric_members(span: CodeRange) -> tuple[str, ...]:
    """The codes that a range of CPT, HCPCS or CDT codes can stand for (same letter, consecutive numbers), in order.

    Only numeric systems are expanded, because their members follow from the form; members of a diagnosis range follow from a release, and are asked with `holds`.
    Raises CodeError for more than MOST_MEMBERS members or ends of different forms.
    """
    shape = re.compile(r"([A-Z]?)(\d+)([A-Z]?)")
    low, high = shape.fullmatch(span.first), shape.fullmatch(span.last)
    if not low or not high or (low[1], len(low[2]), low[3]) != (high[1], len(high[2]), high[3]):
        message = f"the ends of the range {span.raw!r} have different forms"
        raise CodeError(message)
    count = int(high[2]) - int(low[2]) + 1
    if count > MOST_MEMBERS:
        message = f"the range {span.raw!r} stands for {count} codes, more than {MOST_MEMBERS}"
        raise CodeError(message)
    width = len(low[2])
    return tuple(f"{low[1]}{int(low[2]) + i:0{width}d}{low[3]}" for i in range(count))
