"""Number, version and title as heads print them without a label: a number alone on its line or
before a title, a title before "Policy No. 7", the largest type, the first line that names a
subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.head.identity import biggest_lines, join_lines, title_in
from policy_tracker.extract.head.number_forms import ALONE, LABELLED, is_number_alone
from policy_tracker.extract.head.title_forms import is_heading, names_subject
from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.extract.head.wrapped_titles import continued
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Document, Line

_NUMBER = (
    r"(?:[A-Z]{2,6}(?:[._-][A-Z]{1,5}){0,3}[._-]?\d{1,4}(?:[._]\d{1,4}){1,3}[A-Z]?"
    r"|[A-Z]{2,5}(?:\.[A-Z]{1,5}){1,3}\.\d{1,4}(?:\.[A-Z])?)"
)
"""A number that no name of a gene, drug or code looks like: letters, and parts parted by points or
low lines.
"""
_ALONE = re.compile(rf"(?P<number>{_NUMBER})")
_BEFORE_TITLE = re.compile(rf"(?P<number>{_NUMBER})\s*[-–—:|]?\s+(?P<title>[A-Z][^.:]{{3,160}})")
_BEHIND_TITLE = re.compile(
    r"(?P<title>.{3,160}?)(?P<mark>\s*[:,|–—-])?\s+(?:policy|guideline) "
    r"(?:no\.?|number|#)\s*:?\s*(?P<number>[A-Z]{0,5}[-.]?\d[\w.-]{0,20})",
    re.IGNORECASE,
)
_HUNG = re.compile(
    r"(?P<title>[A-Z].{3,160}?[a-z)])\s?[-–—]\s?"
    r"(?P<number>(?:[A-Z]{2} )?[A-Z]{2,6}(?:[-._/][A-Z]{1,6}){1,3}[-._/]\d{2,6})"
    rf"(?:\s*\|?\s*{DATE_PATTERN})*"
)
_BEHIND_COMMA = re.compile(rf"(?P<title>[A-Z].{{3,160}}?[a-z)]),\s(?P<number>{ALONE})")
"""A title with the number hung on it: "Vein Mapping-OH QX-MM-0012", perhaps with dates beside."""
_VERSION = re.compile(r"v(?:ersion|\.)?\s?\d{1,3}(?:\.\d{1,4})+", re.IGNORECASE)
_ROWS = 14
_LARGE = 3
"""So many sizes of type are asked for a title, from the largest down."""


@dataclass(frozen=True, slots=True)
class PrintedName:
    """What stands in a head without labels, and the lines that print it."""

    number: str | None = None
    version: str | None = None
    title: str = ""
    lines: tuple[Line, ...] = ()


def printed_name_of(document: Document, payer: str) -> PrintedName:
    """The number, version and title that the first lines print without a label before them.

    A title is told only where it stands beside a number.
    """
    lines = [line for line in document.header[:_ROWS] if line.text.strip()]
    version = next((line for line in lines if _VERSION.fullmatch(line.text.strip())), None)
    for at, line in enumerate(lines):
        text = " ".join(line.text.split())
        match = _HUNG.fullmatch(text) or _BEHIND_COMMA.fullmatch(text)
        if (
            match
            and is_number_alone(match["number"].split()[-1])
            and names_subject(match["title"], payer)
        ):
            found = PrintedName(match["number"], None, match["title"], (line,))
        elif match := _BEHIND_TITLE.fullmatch(text):
            comma = (match["mark"] or "").strip() == ","  # "Laboratory, Policy No. 7": a section
            if not comma and names_subject(match["title"], payer):
                found = PrintedName(match["number"], None, match["title"].strip(" :|"), (line,))
            else:
                found = _beside(lines, at, match["number"], document, payer, before=False)
        elif (match := _before_title(text)) and names_subject(match["title"], payer):
            rest = continued(lines, at, document)
            title = join_lines([match["title"], *(more.text for more in rest)])
            found = PrintedName(match["number"], None, title, (line, *rest))
        elif (match := _ALONE.fullmatch(text)) and not _VERSION.fullmatch(text):
            found = _beside(lines, at, match["number"], document, payer, before=True)
        else:
            continue
        printed = " ".join(version.text.split()) if version else None
        return PrintedName(
            found.number, printed, found.title, (*found.lines, *((version,) if version else ()))
        )
    return _hung_in_cell(document, payer)


def _hung_in_cell(document: Document, payer: str) -> PrintedName:
    """A title with its number in a cell of the first tables, which may wrap there."""
    for block in document.blocks[:_ROWS]:
        for cell in (cell for row in block.table.rows for cell in row.cells) if block.table else ():
            match = _HUNG.fullmatch(" ".join(cell.text.split()))
            if match and names_subject(match["title"], payer):
                return PrintedName(match["number"], None, match["title"])
    return PrintedName()


def _before_title(text: str) -> re.Match[str] | None:
    """A number before a title: one that its form alone betrays, or behind the kind of document."""
    return _BEFORE_TITLE.fullmatch(text) or _kind_before().fullmatch(text)


@cache
def _kind_before() -> re.Pattern[str]:
    """The kind of document, its number, and the title: "Payment Policy RP-044: Lamps"."""
    kinds = joined("letterheads", "kind_in_title")
    return re.compile(
        rf"(?:(?i:{kinds})\s+)+(?P<number>{LABELLED})\s*[:|–—-]\s+(?P<title>[A-Z].{{2,160}})"
    )


def _beside(
    lines: Sequence[Line],
    at: int,
    number: str,
    document: Document,
    payer: str,
    *,
    before: bool,
) -> PrintedName:
    """A number with the title on the next line, or, where none follows, on the line before."""
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is not None and names_subject(following.text, payer):
        title = (following, *continued(lines, at + 1, document))
        return PrintedName(number, None, title_in(title), (lines[at], *title))
    if before and at and names_subject(lines[at - 1].text, payer):
        return PrintedName(
            number, None, title_in(lines[at - 1 : at]), tuple(lines[at - 1 : at + 1])
        )
    return PrintedName(number, None, "", (lines[at],))


def largest_title(document: Document, least: float, kinds: str, payer: str) -> tuple[Line, ...]:
    """The lines in the largest type that name a subject; a letterhead in large type is passed by.

    `least` are points, `kinds` a pattern of lines that name the kind of document.
    """
    lines = list(document.header)
    first = biggest_lines(lines, least, kinds)
    large = first
    for _ in range(_LARGE):
        if not large or not is_no_title(title_in(large), None, payer):
            return large or first
        lines = [line for line in lines if line not in large]
        large = biggest_lines(lines, least, kinds)
    return first


def first_subject(document: Document, payer: str) -> tuple[Line, ...]:
    """The first line of a head that names a subject, with those into which it is broken; nothing
    where the body begins before.
    """
    lines = [line for line in document.header[:_ROWS] if line.text.strip()]
    for at, line in enumerate(lines):
        if is_heading(line.text):
            break
        if names_subject(line.text, payer):
            return (line, *continued(lines, at, document))
    return ()
