"""Which code took the place of which: said in a version's own words, declared by the payer's file,
or shipped for code sets at large.

The shipped table, `successors.csv`, holds what the owner of a code set announced, by code alone:
system, code, the successor's system, the successor, and since when. An installation adds its own in
the payer's file, under `successors`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from policy_tracker.errors import CodeError
from policy_tracker.language.code_mentions import FOLDED_CODE, FOLDED_DIAGNOSIS, folded_codes
from policy_tracker.language.tokens import fold
from policy_tracker.record import Payer, Record, system_of

SHIPPED = Path(__file__).with_name("successors.csv")

Code = tuple[str, str]
"""System and code."""
Succession = tuple[Code, Code]
"""A code, and one that took its place."""

_RUN = rf"\b(?:{FOLDED_CODE}|{FOLDED_DIAGNOSIS})\b"
_LIST = (
    r"(?:(?:cpt|hcpcs|icd-10(?:-cm)?|procedure|diagnosis|new|the) )*(?:codes? )?"
    rf"({_RUN}(?:(?:,? (?:and|or|through|thru|to) |, ?| ?[-&/] ?){_RUN})*)"
)
_GONE = r"(?:(?:was|were|is|are|has been|have been|had been|will be) )*"
_END = r"(?:deleted|discontinued|terminated|retired|end-dated|removed|expired)"
_SENTENCES = (
    (
        re.compile(
            (
                rf"{_LIST},? {_GONE}(?:{_END}(?:,? and|[,;])? )?{_GONE}(?:replaced|superseded) "
                rf"(?:by|with) {_LIST}"
            )
        ),
        False,
    ),
    (
        re.compile(rf"{_LIST},? {_GONE}{_END}[,;.:]? (?:please )?(?:use|see|report|bill) {_LIST}"),
        False,
    ),
    (
        re.compile(
            rf"\b(?:replac(?:e|es|ed|ing)|supersed(?:e|es|ed|ing)) {_LIST} (?:by|with) {_LIST}"
        ),
        False,
    ),
    (
        re.compile(
            rf"{_LIST},? (?:which )?(?:has |have "
            rf")?(?:replaces?|replaced|supersedes?|superseded) {_LIST}(?! (?:by|with)\b)"
        ),
        True,
    ),
    (
        re.compile(
            rf"\b(?:use|report|bill|submit) {_LIST} (?:instead|in place|in lieu) of {_LIST}"
        ),
        True,
    ),
    (
        re.compile(
            rf"\b(?:instead|in place|in lieu) of {_LIST},? (?:please "
            rf")?(?:use|report|bill|submit) {_LIST}"
        ),
        False,
    ),
)
_HINTS = (
    "replac",
    "supersed",
    "instead of",
    "in place of",
    "in lieu of",
    "use",
    "see",
    "report",
    "bill",
)
_DIGIT = re.compile(r"\d")


def successions(before: Record, after: Record, payer: Payer | None = None) -> frozenset[Succession]:
    """Every known pair of a code and its successor: shipped, declared by the payer, and said in
    either version's words.
    """
    said = (
        pair
        for record in (before, after)
        for text in _texts(record)
        if _DIGIT.search(text) and any(map(fold(text).__contains__, _HINTS))
        for pair in stated(text)
    )
    declared = (
        ((found.system, found.code), (by.system, by.code))
        for found in (payer.successors if payer else ())
        for by in found.successors
    )
    return shipped() | frozenset(said) | frozenset(declared)


@cache
def shipped() -> frozenset[Succession]:
    """The pairs of the shipped table."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return frozenset(
        ((row["system"], row["code"]), (row["successor_system"], row["successor"])) for row in rows
    )


def stated(text: str) -> Iterator[Succession]:
    """The pairs of a code and its successor that a text states; lists of one length, side by side,
    go one to one.
    """
    plain = fold(text)
    for pattern, turned in _SENTENCES:
        for found in pattern.finditer(plain):
            old, new = (
                _codes(part) for part in (found.groups()[::-1] if turned else found.groups())
            )
            pairs = (
                zip(old, new, strict=True)
                if len(old) == len(new)
                else ((a, b) for a in old for b in new)
            )
            yield from ((a, b) for a, b in pairs if a != b)


def _codes(text: str) -> list[Code]:
    """The codes of a run of codes, ranges written out."""
    found = []
    for code in folded_codes(text):
        try:
            found.append((system_of(code.upper()), code.upper()))
        except CodeError:  # looks like a code, and is of no system
            continue
    return found


def _texts(record: Record) -> Iterable[str]:
    """All words of a version that may name a successor: statements, notes of code lists, and the
    payer's own history.
    """
    yield from (statement.text for statement in record.statements)
    yield from (group.note for group in record.code_groups if group.note)
    yield from (row.text for row in record.revision_history)
