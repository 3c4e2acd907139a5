"""Codes as people type them: which systems a text may belong to, and its one spelling in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam, or_
from sqlmodel import col

from policy_tracker.errors import CodeError
from policy_tracker.language.code_forms import likely_meant
from policy_tracker.record.code_forms import ICD10CM_CATEGORY
from policy_tracker.record.code_sets import AFTER_ALL, sequence_of, sort_key
from policy_tracker.record.codes import FORMS, clean_code
from policy_tracker.store.tables import CodeMention, ConcernedCode

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import CodeSystem

_ORDER: tuple[CodeSystem, ...] = (
    "CPT",
    "HCPCS",
    "CDT",
    "ICD10CM",
    "ICD10PCS",
    "NDC",
    "LOINC",
    "DRG",
    "REVENUE",
    "BILL_TYPE",
)
assert set(_ORDER) == set(FORMS)  # noqa: S101 - a new system has to find its place here
_LONGEST = 40
_PROCEDURE = re.compile(f"{FORMS['CPT'].pattern}|{FORMS['HCPCS'].pattern}")
_MODIFIED = re.compile(rf"(?P<code>{_PROCEDURE.pattern})-(?P<modifier>[A-Z0-9]{{2}})")
_BELOW = re.compile(rf"(?P<stem>{ICD10CM_CATEGORY}(?:\.[0-9A-Z]{{1,3}})?)\.?[-*]")


def spellings(text: str) -> dict[CodeSystem, str]:
    """The systems that `text` may belong to by its form, the likeliest first, each with its
    spelling there. Raises CodeError for none.
    """
    found: dict[CodeSystem, str] = {}
    for system in _ORDER if len(text) <= _LONGEST else ():
        try:
            found[system] = clean_code(system, text)
        except CodeError:
            continue
    if not found:
        hint = _meant_by(text[:_LONGEST])
        message = f"{text[:_LONGEST]!r} does not have the form of a code{hint and f'; {hint}'}"
        raise CodeError(message)
    return found


def with_its_modifier(text: str) -> tuple[str, str | None]:
    """A code as claims print it, and the modifier behind it: `0691T-26` is 0691T with 26."""
    match = _MODIFIED.fullmatch(text.strip().upper())
    return (match["code"], match["modifier"]) if match else (text, None)


def _meant_by(text: str) -> str:
    """What a text that is no code may stand for; empty where nothing is likely."""
    typed = text.strip().upper()
    if near := likely_meant(typed):
        return f"did you mean {near}?"
    if stem := _BELOW.fullmatch(typed):
        return f"it stands for the codes below {stem['stem']}: ask for one of them"
    if re.fullmatch(r"[0-9]{10}", typed):
        forms = (
            f"0{typed[:4]}-{typed[4:8]}-{typed[8:]}",
            f"{typed[:5]}-0{typed[5:8]}-{typed[8:]}",
            f"{typed[:5]}-{typed[5:9]}-0{typed[9]}",
        )
        return f"as an NDC, ten digits without hyphens can be {', '.join(forms[:2])} or {forms[2]}"
    return ""


def forms_of(text: str) -> tuple[str, tuple[CodeSystem, ...]]:
    """The likeliest spelling of a code, and the systems in which it is spelled so.

    Raises CodeError where the text has no known form.
    """
    found = spellings(text)
    code = next(iter(found.values()))
    return code, tuple(system for system, spelling in found.items() if spelling == code)


def concerned(meant: dict[CodeSystem, str]) -> ColumnElement[bool]:
    """Whether a row of concerned codes is, or holds, one of some spellings of a code."""
    return or_(
        *(
            or_(
                and_(col(ConcernedCode.code) == code, col(ConcernedCode.system) == system),
                and_(
                    col(ConcernedCode.system) == system,
                    col(ConcernedCode.sequence) == sequence_of(system, code),
                    col(ConcernedCode.low) <= sort_key(code),
                    col(ConcernedCode.high) > sort_key(code),
                ),
            )
            for system, code in meant.items()
        )
    )


def concerned_by_values() -> ColumnElement[bool]:
    """The same for one code, with the places of `concerned_values`: for a statement that is made
    once.
    """
    of_system = col(ConcernedCode.system) == bindparam("system")
    within = (
        col(ConcernedCode.low) <= bindparam("key"),
        col(ConcernedCode.high) > bindparam("key"),
    )
    return or_(
        and_(col(ConcernedCode.code) == bindparam("code"), of_system),
        and_(of_system, col(ConcernedCode.sequence) == bindparam("sequence"), *within),
    )


def concerned_values(system: CodeSystem, code: str) -> dict[str, str]:
    """What a code fills into `concerned_by_values`."""
    return {
        "system": system,
        "code": code,
        "sequence": sequence_of(system, code),
        "key": sort_key(code),
    }


def begins(prefix: str) -> ColumnElement[bool]:
    """Whether a mention's code begins with `prefix`, in any spelling: of a diagnosis the point may
    be left out.
    """
    text = "".join(prefix.upper().split()).replace("\0", "")[:_LONGEST]
    dotted = f"{text[:3]}.{text[3:]}" if len(text) > 3 and "." not in text else text
    return or_(
        *(
            and_(col(CodeMention.code) >= one, col(CodeMention.code) < one + AFTER_ALL)
            for one in sorted({text, dotted})
        )
    )
