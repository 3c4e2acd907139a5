"""Billing and diagnosis codes in running text and in cells: single codes, ranges, wildcards,
modifiers and footnote marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policy_tracker.errors import CodeError
from policy_tracker.language.code_forms import (
    BEFORE,
    BEHIND,
    BY_SYSTEM,
    CODE,
    CODE_ALONE,
    ICD10CM,
    MARKS,
    MAY_NAME_CODES,
    NAMES,
    NDC_HYPHENED,
    NO_CODES,
    PROCEDURE,
    TO,
    folded,
)
from policy_tracker.language.prefilter import Hinted, Wording
from policy_tracker.record import CodeRange, ListedCode, clean_code, system_of
from policy_tracker.record.code_forms import ICD10CM_CATEGORY
from policy_tracker.record.codes import Qualifiers, numeric_members
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import CodeSystem

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


_NUMERIC_MODIFIERS = frozenset(
    (*range(22, 28), 32, 33, 47, *range(50, 60), 62, 63, 66, *range(73, 83), *range(90, 100))
)
"""The modifiers of procedures that are two digits."""
SYSTEM_NAMES = r"[\[(]?(?:CPT|HCPCS|CDT|ICD-?10(?:-?CM)?)®?(?:\s*codes?)?[\])]?:?"
"""Names of systems that may stand among codes of a list."""
Where = Callable[[int, int], Source | None]
"""Where the document prints the characters of a text from one to another."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes and ranges read from one place, in order, and what looked like a code and is none.

    A code keeps its own place in the document; `placed` are those of the ranges, as far as they are
    known.
    """

    codes: tuple[ListedCode, ...] = ()
    ranges: tuple[CodeRange, ...] = ()
    typos: tuple[str, ...] = ()
    placed: tuple[Source, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.codes or self.ranges)


def system_hint(text: str) -> CodeSystem | None:
    """The code system that a heading or column title names, where it names one alone (`CPT and
    HCPCS codes` names none).
    """
    named = [system for system, words in _HINTS if words.search(text)]
    if len(named) == 2 and set(named) == {"ICD10PCS", "ICD10CM"}:
        return "ICD10PCS"
    return named[0] if len(named) == 1 else None


_NO_QUALIFIERS: Qualifiers = ListedCode.model_fields["qualifiers"].default
"""What most codes share; a comparison passes over it at a glance."""


def _code(
    text: str,
    hint: CodeSystem | None,
    marker: str | None,
    modifiers: tuple[str, ...],
    source: Source | None,
) -> ListedCode | None:
    plain = text.upper()
    qualifiers = Qualifiers(modifiers=modifiers) if modifiers else _NO_QUALIFIERS
    for system in _systems(plain, hint):
        try:
            return ListedCode(
                system=system,
                code=clean_code(system, plain),
                marker=marker,
                qualifiers=qualifiers,
                source=source,
            )
        except (CodeError, ValueError):
            continue
    return None


def _systems(text: str, hint: CodeSystem | None) -> Iterator[CodeSystem]:
    """The systems to try: what a heading names first, unless the form speaks against it (J3490
    under a heading of CPT or ICD-10 codes).
    """
    if (
        hint
        and hint not in ("CPT", "HCPCS")
        and not (hint == "ICD10CM" and re.fullmatch(PROCEDURE, text))
    ):
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


def _shortened(code: str, last: str | None, hint: CodeSystem | None) -> CodeRange | None:
    """The range whose end is written with its last two digits only: "81261-64". Digits that are a
    modifier stay one, since nobody can tell.
    """
    if not last or not (code + last).isdigit() or int(last) in _NUMERIC_MODIFIERS:
        return None
    if last <= code[-len(last) :]:
        return None
    return _range(code, code[: -len(last)] + last, f"{code}-{last}", hint)


def _nowhere(_start: int, _end: int) -> None:
    """Where a text stands that comes from no document."""


def read_list(text: str, hint: CodeSystem | None = None, where: Where = _nowhere) -> Codes | None:
    """The codes of a text that holds nothing but codes (a cell, a line of a list); None where it
    holds anything else.

    Marks (`95165†`, `*S0601`), modifiers (`27447-RT`), ranges in every printed form and wildcards
    (`M80.x`, `E11.-`) are understood.
    """
    pattern = _cell_pattern(hint)
    codes: list[ListedCode] = []
    ranges: list[CodeRange] = []
    placed: list[Source | None] = []
    place, left = 0, len(text) - len(text.lstrip())
    stripped = text.strip().rstrip(".;:")
    for match in pattern.finditer(stripped):
        if not re.fullmatch(
            rf"[\s,;/&()]*(?:and|or)?[\s(]*(?:{SYSTEM_NAMES}\s*)*",
            stripped[place : match.start()],
            re.IGNORECASE,
        ):
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
        elif span := _shortened(match["code"], match["modifier"], hint):
            ranges.append(span)
            placed.append(where(left + match.start("code"), left + match.end("modifier")))
        else:
            source = where(left + match.start("code"), left + match.end("code"))
            code = _code(
                match["code"],
                hint,
                match["before"] or match["after"] or None,
                _modifiers(match["modifier"]),
                source,
            )
            if not code:
                return None
            codes.append(code)
    if (not codes and not ranges) or stripped[place:].strip(" ,)"):
        return None
    return Codes(tuple(codes), tuple(ranges), placed=tuple(filter(None, placed)))


_PATTERNS: dict[CodeSystem | None, re.Pattern[str]] = {}


def _cell_pattern(hint: CodeSystem | None) -> re.Pattern[str]:
    if hint not in _PATTERNS:
        code = f"(?:{BY_SYSTEM[hint]}|{CODE})" if hint in BY_SYSTEM else CODE_ALONE
        _PATTERNS[hint] = re.compile(
            rf"(?P<range>{MARKS}*(?P<first>{code}){MARKS}*{TO}(?P<last>{code})(?![\w])){MARKS}*"
            rf"|(?P<wild>(?P<stem>{ICD10CM_CATEGORY}(?:\.[0-9A-Z]{{1,3}}?)??)\.?(?:[-*]|[xX]{{1,4}})(?=[\s,;)]|$))"
            rf"|(?:(?P<before>{MARKS}+)\s?)?(?P<code>{code})(?:-(?P<modifier>[A-Z0-9]{{2}})(?![\w]))?\s?(?P<after>{MARKS}*)(?![\w.])"
        )
    return _PATTERNS[hint]


def _modifiers(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


_INLINE_RANGE = Hinted(rf"{BEFORE}(?P<first>{CODE}){TO}(?P<last>{CODE})(?!\w)")
_INLINE = re.compile(
    rf"{BEFORE}(?P<before>{MARKS}{{0,2}})(?P<code>{NDC_HYPHENED}|{CODE})(?:-(?P<modifier>[A-Z]{{2}}|[0-9]{{2}})(?!\w))?"
    rf"(?P<after>{MARKS}{{0,2}}){BEHIND}"
)
_AND = r"(?:\s*[,;/&]\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)"
_INLINE_NAMED = tuple(
    (
        system,
        re.compile(
            rf"\b(?i:{name})[\s:#(]{{1,3}}(?P<list>(?:{form})(?:(?:{_AND}|{TO})(?:{form}))*)(?!\w|[.-]\w)"
        ),
    )
    for system, name in NAMES
    for form in [BY_SYSTEM[system]]
)
_SYSTEM_NAMED = Wording("|".join(rf"\b{name}" for _, name in NAMES))
_TYPO = re.compile(rf"{BEFORE}(?:[0-9]{{6}}|[A-CEGHJ-MP-V][0-9]{{5}})(?!\w)")
_CONTEXT = re.compile(r"\b(?:codes?|CPT|HCPCS|ICD-?10|modifiers?)\b", re.IGNORECASE)
Place = tuple[int, int]
"""Where something stands in a text: from, up to."""


def read_inline(text: str, where: Where = _nowhere, *, about: str | None = None) -> Codes:
    """The codes that a sentence names; `about` is the paragraph that tells whether it is about
    codes, where the sentence alone does not.

    Five digits are a code only where the sentence speaks of codes, or where they stand in a
    parenthesis that holds codes only (else every ZIP code and PubMed number would be one). Codes of
    systems whose forms are plain numbers (revenue codes, DRGs) are read behind the name of their
    system. A number of six digits in such a list is reported as a typo, not guessed at.
    """
    if not MAY_NAME_CODES.search(text):
        return Codes()
    coded = _CONTEXT.search(about or text) is not None
    found: list[tuple[int, ListedCode]] = []
    ranges: list[tuple[int, CodeRange]] = []
    taken: list[Place] = [match.span() for match in NO_CODES.finditer(text)]
    placed: list[Source | None] = []
    for place, named in _named(text, where):
        found += [(place[0], code) for code in named.codes]
        ranges += [(place[0], span) for span in named.ranges]
        placed += named.placed
        taken.append(place)
    for match in _INLINE_RANGE.each(text):
        if _within(match.start(), taken) or not _named_as_code(
            text, match.start(), match["first"], coded
        ):
            continue
        if span := _range(match["first"], match["last"], match[0], None):
            ranges.append((match.start(), span))
            placed.append(where(*match.span()))
            taken.append(match.span())
    for match in _INLINE.finditer(text):
        place = match.start("code")
        if _within(place, taken) or not _named_as_code(text, place, match["code"], coded):
            continue
        if span := _shortened(match["code"], match["modifier"], None):
            ranges.append((match.start(), span))
            placed.append(where(match.start("code"), match.end("modifier")))
            continue
        source = where(*match.span("code"))
        marker = match["before"] or match["after"] or None
        if code := _code(match["code"], None, marker, _modifiers(match["modifier"]), source):
            found.append((place, code))
    typos = tuple(
        m[0]
        for m in _TYPO.finditer(text)
        if (found or ranges) and _named_as_code(text, m.start(), m[0], coded)
    )
    codes = tuple(code for _, code in sorted(found, key=_first))
    spans = tuple(span for _, span in sorted(ranges, key=_first))
    return Codes(codes, spans, typos, tuple(filter(None, placed)))


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


def _within(place: int, taken: list[Place]) -> bool:
    return any(start <= place < stop for start, stop in taken)


def _named(text: str, where: Where) -> Iterator[tuple[Place, Codes]]:
    """The codes that stand behind the name of their system: "revenue codes 0450 and 0456", "MS-DRG
    470".
    """
    if not _SYSTEM_NAMED.found_in(text):
        return
    for system, pattern in _INLINE_NAMED:
        for match in pattern.finditer(text):
            if codes := read_list(match["list"], system, _moved(where, match.start("list"))):
                yield match.span("list"), codes


def _moved(where: Where, by: int) -> Where:
    """`where` for a piece of the text that begins `by` characters behind the text's start."""
    return lambda start, end: where(by + start, by + end)


def _named_as_code(text: str, place: int, code: str, coded: bool) -> bool:
    """Whether a token that looks like a code is meant as one; `coded` where its words speak of
    codes.
    """
    if "-" in code:  # an NDC in its three segments
        return True
    if not code.isdigit() and "." not in code:
        return True
    return coded or _in_list(text, place) or _is_subject(text, place, code)


_VERB_BEHIND = re.compile(
    r"\s+(?:is|are|was|were|will|may|can|cannot|must|should|shall|does|do|has|have|requires?)\b"
)


def _is_subject(text: str, place: int, code: str) -> bool:
    """Whether a token begins the text and its verb follows: "93999 is not payable"."""
    return not text[:place].strip(" *†‡•") and bool(_VERB_BEHIND.match(text, place + len(code)))


_LIST_TOKEN = re.compile(
    rf"(?:{MARKS}*(?:{CODE}|[0-9]{{6}}|[A-Z][0-9]{{5}}){MARKS}*|{TO}|[\s,;/()]|\b(?:and|or)\b)+"
)


def _in_list(text: str, place: int) -> bool:
    """Whether the token at `place` stands in a parenthesis of codes, or among other codes."""
    for match in _LIST_TOKEN.finditer(text):
        if match.start() <= place < match.end():
            members = re.findall(CODE, match[0])
            opened = text.rfind("(", match.start(), place) > text.rfind(")", match.start(), place)
            return len(members) > 1 or (opened and ")" in text[place : match.end()])
    return False


_ANYWHERE = re.compile(rf"{BEFORE}{CODE}{BEHIND}")
_ANYWHERE_RANGE = re.compile(rf"{BEFORE}(?P<first>{CODE}){TO}(?P<last>{CODE}){BEHIND}")
MOST_MEMBERS = 2_000
"""A longer range in a sentence is its two ends."""


@lru_cache(maxsize=4096)
def codes_named(text: str) -> frozenset[str]:
    """The codes in a text that is known to speak of codes, ranges written out: procedures, and
    diagnoses with their point.
    """
    found = {match[0] for match in _ANYWHERE.finditer(text)}
    for span in _ANYWHERE_RANGE.finditer(text):
        found |= {
            span["first"],
            span["last"],
            *members_between(span["first"], span["last"], MOST_MEMBERS),
        }
    return frozenset(found)


def members_between(first: str, last: str, most: int) -> tuple[str, ...]:
    """The codes from `first` to `last`; none where they do not follow from the form (diagnoses, two
    forms), or are more than `most`.
    """
    try:
        span = CodeRange.model_construct(
            system=system_of(first), first=first, last=last, raw=f"{first}-{last}"
        )
        members = numeric_members(span) if first < last else ()
    except CodeError:
        return ()
    return members if len(members) <= most else ()


FOLDED_CODE = folded(PROCEDURE)
"""A code of CPT, HCPCS or CDT in folded text."""
FOLDED_DIAGNOSIS = folded(ICD10CM)
_FOLDED = re.compile(rf"\b(?:{FOLDED_CODE}|{FOLDED_DIAGNOSIS})\b")
_FOLDED_RANGE = re.compile(
    rf"\b(?P<first>{FOLDED_CODE})(?: ?- ?| through | thru | to )(?P<last>{FOLDED_CODE})\b"
)
MOST_WRITTEN_OUT = 500
"""A range of more codes than this is left as it stands in a sentence."""


def folded_codes(text: str) -> list[str]:
    """The codes that a folded text names, in order, ranges written out where they follow from their
    form; categories of diagnoses too.
    """
    return _FOLDED.findall(ranges_written_out(text))


def ranges_written_out(text: str) -> str:
    """A folded text with its ranges of codes written out, where they follow from their form and are
    not too many.
    """
    return _FOLDED_RANGE.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    members = members_between(found["first"].upper(), found["last"].upper(), MOST_WRITTEN_OUT)
    return ", ".join(members).lower() or found[0]
