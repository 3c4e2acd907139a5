"""The cells of a column of codes in a list: codes, ranges and wildcards of whatever system its
title allows, modifiers and notes behind them, and why a cell was not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Cell
from policy_tracker.documents.traced import join_traced
from policy_tracker.extract.code_tables import all_of, codes_of_cell
from policy_tracker.extract.provenance import where_in
from policy_tracker.language.code_forms import CODE, NDC_HYPHENED, likely_meant
from policy_tracker.language.code_wildcards import read_wildcards, systems_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.traced import Traced
    from policy_tracker.language.code_mentions import Codes
    from policy_tracker.record.vocabulary import CodeSystem

_OWN_FORM: tuple[tuple[CodeSystem, re.Pattern[str]], ...] = (
    (
        "NDC",
        re.compile(rf"(?:{NDC_HYPHENED}|\d{{11}})(?:\s*[,;/\n]\s*(?:{NDC_HYPHENED}|\d{{11}}))*"),
    ),
)
"""Systems that a column of codes prints without naming them: nothing else has such a form."""
_MODIFIER = re.compile(
    rf"(?P<code>{CODE})(?P<apart>\s*)(?P<modifier>[A-Z][A-Z0-9]|(?<=\s)\d{{2}})", re.IGNORECASE
)
_WITH_WORDS = re.compile(
    rf"(?P<code>[*†‡^#]?{CODE}[*†‡^#]*)(?:\s*[-–—:(\[]\s*|\s+)(?P<words>[^\W\d].*)",
    re.IGNORECASE | re.DOTALL,
)
_ZERO_LOST = re.compile(r"[1-9]\d{1,3}|[1-9]\d{0,2}[FTUM]")
"""A number that a spreadsheet took the zeros from: `100` is printed `00100`, `42T` 0042T."""
_REVENUE, _REVENUE_CUT = re.compile(r"0\d{3}"), re.compile(r"[1-9]\d{1,2}")
_NDC_CUT = re.compile(r"\d{9,10}")


@dataclass(frozen=True, slots=True)
class CellCodes:
    """The codes of a cell, and the words that stand beside them there."""

    codes: Codes
    words: str = ""


def read_cell(cell: Cell, title: str, page: int | None = None) -> CellCodes | None:
    """What a cell below a title holds; None where no code of a known form begins it."""
    if whole := _of_text(cell, title, page):
        return whole
    printed = [line for line in cell.traced_lines() if line.text.strip()]
    if len(printed) < 2:
        return None
    # a note may stand below the codes
    found = [
        one
        for one in takewhile(
            lambda one: one is not None,
            (_of_text(_alone(cell, line), title, page) for line in printed),
        )
        if one
    ]
    if not found:
        return None
    rest = " ".join(line.text for line in printed[len(found) :])
    words = " ".join(part for part in (*(one.words for one in found), rest) if part)
    return CellCodes(all_of([one.codes for one in found]), words)


def _alone(cell: Cell, line: Traced) -> Cell:
    return Cell((line.text,), marks=cell.marks, pieces=(line,))


def _of_text(cell: Cell, title: str, page: int | None) -> CellCodes | None:
    line = join_traced([one for one in cell.traced_lines() if one.text.strip()])
    text = line.text
    named = tuple(systems_in(title))
    if "ICD10CM" not in named and (
        found := read_wildcards(text, where_in(line, page), revenue="REVENUE" in named)
    ):
        return CellCodes(found)
    for hint in _hints(text.strip(), named):
        if found := codes_of_cell(cell, hint, page, any_case=True):
            return CellCodes(found)
    return _with_modifier(cell, line, page) or _with_words(cell, line, page)


def _hints(text: str, named: tuple[CodeSystem, ...]) -> Iterator[CodeSystem | None]:
    """The systems to read a cell by: the one that its column names alone, none, then others that
    it names.
    """
    yield from (system for system, form in _OWN_FORM if form.fullmatch(text))
    if len(named) == 1 and named[0] != "REVENUE":
        yield named[0]
    yield None
    yield from named


def _with_modifier(cell: Cell, line: Traced, page: int | None) -> CellCodes | None:
    """A code with a modifier behind a blank or none: `L1832 RT`, `H0001HF`."""
    match = _MODIFIER.fullmatch(line.text.strip())
    if match is None:
        return None
    start = line.text.index(match["code"])
    found = codes_of_cell(
        _alone(cell, line.cut(start, start + len(match["code"]))), None, page, any_case=True
    )
    if not found or len(found.codes) != 1:
        return None
    (code,) = found.codes
    own = code.qualifiers.model_copy(update={"modifiers": (match["modifier"].upper(),)})
    return CellCodes(replace(found, codes=(code.model_copy(update={"qualifiers": own}),)))


def _with_words(cell: Cell, line: Traced, page: int | None) -> CellCodes | None:
    """A code with words behind it: `G0151 (home)`."""
    text = line.text.strip()
    match = _WITH_WORDS.fullmatch(text)
    if match is None or re.search(rf"(?<!\w){CODE}(?!\w)", match["words"]):
        return None
    start = line.text.index(match["code"])
    found = codes_of_cell(
        _alone(cell, line.cut(start, start + len(match["code"]))), None, page, any_case=True
    )
    opened = text[match.end("code") : match.start("words")].strip()
    words = match["words"].strip()
    return (
        CellCodes(found, words.rstrip(")]") if opened in ("(", "[") else words) if found else None
    )


def unread_reason(text: str, title: str = "") -> str:
    """Why the text of a cell of codes was not read, and what it may stand for."""
    token = " ".join(text.split()).upper()
    named = tuple(systems_in(title))
    if "REVENUE" in named and _REVENUE_CUT.fullmatch(token):
        return f"is no code; a zero may be lost ({token.zfill(4)})"
    if "NDC" in named and _NDC_CUT.fullmatch(token):
        return f"is no code; a zero may be lost ({token.zfill(11)})"
    if _REVENUE.fullmatch(token):
        return f"is no code of a known form; it may be a revenue code ({token})"
    if _ZERO_LOST.fullmatch(token):
        return f"is no code; a zero may be lost ({token.zfill(5)})"
    if near := likely_meant(token):
        return f"is no code; a letter may stand for a digit ({near})"
    return "is no code of a known form"
