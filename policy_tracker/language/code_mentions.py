"""Billing and diagnosis codes in running text and in cells: single codes, ranges, wildcards, modifiers and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policy_tracker.errors import CodeError
from policy_tracker.record import CodeRange, ListedCode, clean_code, system_of
from policy_tracker.record.code_forms import ICD10CM_CATEGORY
from policy_tracker.record.codes import Qualifiers
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import CodeSystem

_LETTERED = r"[A-CEGHJ-MP-V]\d{4}"  # HCPCS
_CPT = r"\d{4}[0-9FTUM]"
_CDT = r"D\d{4}"
_ICD_POINT = rf"{ICD10CM_CATEGORY}\.[0-9A-Z]{{1,4}}"
CODE = rf"(?:{_ICD_POINT}|{_LETTERED}|{_CPT}|{_CDT})"
"""A code that can be told from words around it."""
_CELL_CODE = rf"(?:{_ICD_POINT}|{_LETTERED}|{_CPT}|{_CDT}|{ICD10CM_CATEGORY})"
_BY_SYSTEM: dict[CodeSystem, str] = {
    "ICD10CM": rf"{ICD10CM_CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?",
    "ICD10PCS": r"[0-9A-HJ-NP-Z]{7}",
    "NDC": r"\d{5}-\d{4}-\d{1,2}|\d{5}-\d{3}-\d{2}|\d{4}-\d{4}-\d{2}|\d{11}",
    "REVENUE": r"0\d{3}",
    "LOINC": r"\d{1,7}-\d",
    "DRG": r"\d{3}",
}
MARKS = r"[*†‡§^#]"
_TO = r"(?:\s*[-–—]\s*|\s+(?:through|thru|to)\s+)"
_HINTS: tuple[tuple[CodeSystem, re.Pattern[str]], ...] = tuple(
    (system, re.compile(words, re.IGNORECASE))
    for system, words in (
        ("ICD10PCS", r"ICD-?10-?PCS|ICD-?10 procedure"),
        ("ICD10CM", r"ICD-?10|diagnosis code|\bDX\b"),
        ("LOINC", r"\bLOINC\b"),
        ("NDC", r"\bNDC\b"),
        ("REVENUE", r"revenue code"),
        ("DRG", r"\b(?:MS-)?DRG\b"),
        ("CDT", r"\bCDT\b"),
        ("HCPCS", r"\bHCPCS\b"),
        ("CPT", r"\bCPT\b"),
    )
)


Where = Callable[[int, int], Source | None]
"""Where the document prints the characters of a text from one to another."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes and ranges read from one place, in order, and what looked like a code and is none.

    A code keeps its own place in the document; `placed` are those of the ranges, as far as they are known.
    """

    codes: tuple[ListedCode, ...] = ()
    ranges: tuple[CodeRange, ...] = ()
    typos: tuple[str, ...] = ()
    placed: tuple[Source, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.codes or self.ranges)


def system_hint(text: str) -> CodeSystem | None:
    """The code system that a heading or column title names, where it names one alone (`CPT and HCPCS codes` names none)."""
    named = [system for system, words in _HINTS if words.search(text)]
    if len(named) == 2 and set(named) == {"ICD10PCS", "ICD10CM"}:
        return "ICD10PCS"
    return named[0] if len(named) == 1 else None


def _code(text: str, hint: CodeSystem | None, marker: str | None, modifiers: tuple[str, ...], source: Source | None) -> ListedCode | None:
    plain = text.upper()
    for system in _systems(plain, hint):
        try:
            return ListedCode(
                system=system, code=clean_code(system, plain), marker=marker, qualifiers=Qualifiers(modifiers=modifiers), source=source
            )
        except (CodeError, ValueError):
            continue
    return None


def _systems(text: str, hint: CodeSystem | None) -> Iterator[CodeSystem]:
    """The systems to try: what a heading names first, unless the form speaks against it (J3490 under a heading of CPT or ICD-10 codes)."""
    if hint and hint not in ("CPT", "HCPCS") and not (hint == "ICD10CM" and re.fullmatch(rf"{_LETTERED}|{_CPT}", text)):
        yield hint
    try:
        yield system_of(text)
    except CodeError:
        return


def _range(first: str, last: str, raw: str, hint: CodeSystem | None) -> CodeRange | None:
    for system in _systems(first.upper(), hint):
        try:
            return CodeRange(system=system, first=first.upper(), last=last.upper(), raw=raw)
        except ValueError:
            continue
    return None


def _nowhere(_start: int, _end: int) -> None:
    """Where a text stands that comes from no document."""


def read_list(text: str, hint: CodeSystem | None = None, where: Where = _nowhere) -> Codes | None:
    """The codes of a text that holds nothing but codes (a cell, a line of a list); None where it holds anything else.

    Marks (`95165†`, `*S0601`), modifiers (`27447-RT`), ranges in every printed form and wildcards (`M80.x`, `E11.-`) are understood.
    """
    pattern = _cell_pattern(hint)
    codes: list[ListedCode] = []
    ranges: list[CodeRange] = []
    placed: list[Source | None] = []
    place, left = 0, len(text) - len(text.lstrip())
    stripped = text.strip().rstrip(".;:")
    for match in pattern.finditer(stripped):
        if not re.fullmatch(r"[\s,;/&]*(?:and|or)?\s*", stripped[place : match.start()], re.IGNORECASE):
            return None
        place = match.end()
        if match["last"]:
            found = _range(match["first"], match["last"], match["range"].strip(), hint)
            if found:
                ranges.append(found)
                placed.append(where(left + match.start("range"), left + match.end("range")))
        elif match["stem"]:
            found = _range(match["stem"], match["stem"], match["wild"], hint)
            if found:
                ranges.append(found)
                placed.append(where(left + match.start("wild"), left + match.end("wild")))
        else:
            source = where(left + match.start("code"), left + match.end("code"))
            code = _code(match["code"], hint, match["before"] or match["after"] or None, _modifiers(match["modifier"]), source)
            if not code:
                return None
            codes.append(code)
    if (not codes and not ranges) or stripped[place:].strip(" ,"):
        return None
    return Codes(tuple(codes), tuple(ranges), placed=tuple(filter(None, placed)))


_PATTERNS: dict[CodeSystem | None, re.Pattern[str]] = {}


def _cell_pattern(hint: CodeSystem | None) -> re.Pattern[str]:
    if hint not in _PATTERNS:
        code = f"(?:{_BY_SYSTEM[hint]}|{CODE})" if hint in _BY_SYSTEM else _CELL_CODE
        _PATTERNS[hint] = re.compile(
            rf"(?P<range>{MARKS}*(?P<first>{code}){MARKS}*{_TO}(?P<last>{code})(?![\w])){MARKS}*"
            rf"|(?P<wild>(?P<stem>{ICD10CM_CATEGORY}(?:\.[0-9A-Z]{{1,3}})?)\.?(?:[-*]|[xX]{{1,4}})(?=[\s,;)]|$))"
            rf"|(?P<before>{MARKS}*)\s?(?P<code>{code})(?:-(?P<modifier>[A-Z0-9]{{2}})(?![\w]))?\s?(?P<after>{MARKS}*)(?![\w.])"
        )
    return _PATTERNS[hint]


def _modifiers(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


_INLINE_RANGE = re.compile(rf"(?<![\w.$/-])(?P<first>{CODE})(?P<to>{_TO})(?P<last>{CODE})(?!\w)")
_INLINE = re.compile(
    rf"(?<![\w.$/-])(?P<before>{MARKS}{{0,2}})(?P<code>{CODE})(?:-(?P<modifier>[A-Z]{{2}}"
    rf"|\d{{2}})(?!\w))?(?P<after>{MARKS}{{0,2}})(?!\w|\.\w)"
)
_TYPO = re.compile(r"(?<![\w.$/-])(?:\d{6}|[A-CEGHJ-MP-V]\d{5})(?!\w)")
_CONTEXT = re.compile(r"\b(?:codes?|CPT|HCPCS|ICD-?10|modifiers?)\b", re.IGNORECASE)


def read_inline(text: str, where: Where = _nowhere) -> Codes:
    """The codes that a sentence names.

    Five digits are a code only where the sentence speaks of codes, or where they stand in a parenthesis that holds codes only (else every
    ZIP code and PubMed number would be one). A number of six digits in such a list is reported as a typo, not guessed at.
    """
    found: list[tuple[int, ListedCode]] = []
    ranges: list[tuple[int, CodeRange]] = []
    spans: list[tuple[int, int]] = []
    for match in _INLINE_RANGE.finditer(text):
        if _named_as_code(text, match.start(), match["first"]) and (span := _range(match["first"], match["last"], match[0], None)):
            ranges.append((match.start(), span))
            spans.append(match.span())
    for match in _INLINE.finditer(text):
        if any(a <= match.start("code") < b for a, b in spans) or not _named_as_code(text, match.start("code"), match["code"]):
            continue
        source = where(*match.span("code"))
        code = _code(match["code"], None, match["before"] or match["after"] or None, _modifiers(match["modifier"]), source)
        if code:
            found.append((match.start("code"), code))
    typos = tuple(m[0] for m in _TYPO.finditer(text) if (found or ranges) and _named_as_code(text, m.start(), m[0]))
    placed = tuple(filter(None, (where(start, end) for start, end in spans)))
    return Codes(tuple(code for _, code in found), tuple(span for _, span in ranges), typos, placed)


def _named_as_code(text: str, place: int, code: str) -> bool:
    """Whether a token that looks like a code is meant as one."""
    if not code[0].isdigit() or not code.isdigit():
        return "." not in code or bool(_CONTEXT.search(text)) or _in_list(text, place)
    return bool(_CONTEXT.search(text)) or _in_list(text, place)


_LIST_TOKEN = re.compile(rf"(?:{MARKS}*(?:{CODE}|\d{{6}}|[A-Z]\d{{5}}){MARKS}*|{_TO}|[\s,;/()]|\b(?:and|or)\b)+")


def _in_list(text: str, place: int) -> bool:
    """Whether the token at `place` stands in a parenthesis of codes, or among other codes."""
    for match in _LIST_TOKEN.finditer(text):
        if match.start() <= place < match.end():
            members = re.findall(CODE, match[0])
            return len(members) > 1 or ("(" in match[0] and ")" in match[0])
    return False
