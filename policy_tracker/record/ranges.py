"""Ranges and wildcards of codes, kept as printed and expanded only for lookup and comparison."""

import re
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from policy_tracker.errors import CodeError
from policy_tracker.record.base import Value
from policy_tracker.record.code_forms import FORMS, STEMS, clean_code
from policy_tracker.record.time import DateFact
from policy_tracker.record.vocabulary import CodeSystem

MOST_MEMBERS = 20_000
"""A range that stands for more codes than this is not written out: it is a mistake or an attack."""
_WIDTH = {"CPT": 5, "HCPCS": 5, "CDT": 5, "REVENUE": 4}


class CodeRange(Value):
    """A range or wildcard as printed (`C00.0 - C00.9`, `M80.x`)."""

    system: CodeSystem
    """The code system."""
    first: Annotated[str, Field(alias="from", min_length=1, max_length=20)]
    """The first code; for a wildcard its stem (`M80`)."""
    last: Annotated[str, Field(alias="to", min_length=1, max_length=20)]
    """The last code, and what lies below it; for a wildcard the same stem as `from`."""
    raw: Annotated[str, Field(min_length=1, max_length=200)]
    """The range as the payer prints it."""
    effective: DateFact | None = None
    """The first day on which its codes stand here, where that differs from the policy's."""
    ends: DateFact | None = None
    """The last day on which its codes stand here; `undated`: they ended before the policy's own
    start.
    """

    @field_validator("first", "last")
    @classmethod
    def _has_its_form(cls, end: str, info: ValidationInfo) -> str:
        system = info.data.get("system")
        if system is None:  # the system itself is wrong, which is reported
            return end
        stem = re.sub(r"\s+", "", end).upper().rstrip(".")
        if not FORMS[system].fullmatch(stem) and system in STEMS and STEMS[system].fullmatch(stem):
            return stem
        try:
            return clean_code(system, stem)
        except CodeError as error:
            raise ValueError(str(error)) from error

    @model_validator(mode="after")
    def _is_a_range(self) -> "CodeRange":
        if _sort_key(self.last) < _sort_key(self.first):
            message = f"the range {self.raw!r} ends before it begins"
            raise ValueError(message)
        if self.first != self.last:
            for end in (self.first, self.last):
                if not FORMS[self.system].fullmatch(end):
                    message = (
                        f"{end!r} is not a {self.system} code, and a wildcard has the same "
                        f"stem in from and to"
                    )
                    raise ValueError(message)
        return self

    @property
    def is_wildcard(self) -> bool:
        """Whether this is a stem with everything below it."""
        return self.first == self.last

    def holds(self, code: str) -> bool:
        """Whether `code` (of the same system) lies in this range; a child of the last code
        (`C00.91` of `C00.9`) counts as inside.
        """
        if not self._same_kind(code):
            return False
        if _plain(code).startswith(_plain(self.last)):
            return True
        one, low, high = (_sort_key(c) for c in (code, self.first, self.last))
        return len(one[0]) == len(low[0]) and low <= one <= high

    def _same_kind(self, code: str) -> bool:
        """CPT codes of different categories are not one sequence: 0191T does not lie between 00100
        and 01999.
        """
        if self.system != "CPT":
            return True
        return code[-1] == self.last[-1] or (code[-1].isdigit() and self.last[-1].isdigit())


Range = CodeRange


def _plain(code: str) -> str:
    return code.replace(".", "")


def _sort_key(code: str) -> tuple[str, str]:
    """Codes of one form compare as text; `E11` and `E11.9` share the category, which is compared
    first.
    """
    category, _, rest = code.partition(".")
    return (category, rest)


def numeric_members(span: CodeRange) -> tuple[str, ...]:
    """The codes that a range of CPT, HCPCS, CDT or revenue codes can stand for (same letter,
    consecutive numbers), in order.

    Only these systems are written out, because their members follow from the form; those of a
    diagnosis range follow from a release, and are asked with `holds`. Raises CodeError for another
    system, more than MOST_MEMBERS members or ends of different forms.
    """
    if span.system not in _WIDTH:
        message = f"the range {span.raw!r} of {span.system} codes cannot be written out"
        raise CodeError(message)
    missing = _WIDTH[span.system] - len(span.first) if span.is_wildcard else 0
    shape = re.compile(r"([A-Z]?)([0-9]+)([A-Z]?)")
    low, high = (
        shape.fullmatch(span.first + "0" * missing),
        shape.fullmatch(span.last + "9" * missing),
    )
    if not low or not high or (low[1], len(low[2]), low[3]) != (high[1], len(high[2]), high[3]):
        message = f"the ends of the range {span.raw!r} have different forms"
        raise CodeError(message)
    count = int(high[2]) - int(low[2]) + 1
    if count > MOST_MEMBERS:
        message = f"the range {span.raw!r} stands for {count} codes, more than {MOST_MEMBERS}"
        raise CodeError(message)
    width = len(low[2])
    return tuple(f"{low[1]}{int(low[2]) + i:0{width}d}{low[3]}" for i in range(count))
