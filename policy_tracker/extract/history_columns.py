"""The titles of the columns of a history, as a text layer prints them on one line or several:
"Status Review Date Effective Date Action".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policy_tracker.extract.history_openers import openers_in

_DATED = r"(?:(?:[A-Z][\w/]*\s(?:of\s)?){0,3}[Dd]ates?|DATES?|(?:[A-Z]+\s){1,3}DATES?)"
_OTHER = (
    r"(?:(?:Type|Summary|Description|Reason|History|Nature)s? (?:of|for) (?:\w+ )?\w+"
    r"|(?:[A-Z]\w+ )?(?:Actions?|Status|Comments?|Descriptions?|Changes?|Summary|Reasons?"
    r"|Revisions?|Versions?|Type|Notes?|Updates?|Details?|Rationale|Approvals?|Name|Initials)"
    r"|ACTIONS?|STATUS|COMMENTS?|DESCRIPTION|CHANGES?|SUMMARY OF CHANGES?|SUMMARY|REASON|REVISIONS?"
    r"|VERSION|TYPE|NOTES?|UPDATES?)"
)
_TITLES = re.compile(
    rf"(?<!\S)(?:(?:{_OTHER}[\s|]+){{1,3}}{_DATED}(?:[\s|]+(?:{_DATED}|{_OTHER})){{0,5}}"
    rf"|{_DATED}(?:[\s|]+(?:{_DATED}|{_OTHER})){{1,5}}|{_DATED})(?=\s|$)"
)
_DATE_TITLE = re.compile(r"(?:(?P<of>\w+)\s+)?\bdates?\b(?!:)", re.IGNORECASE)
_FIRST_ROW = 3
"""So many characters may stand between the titles and the first row."""


@dataclass(frozen=True, slots=True)
class ColumnTitles:
    """The titles of columns in a text: where they stand, and what they say of each column of dates
    ("effective", "review", or nothing).
    """

    start: int
    end: int
    words: str
    dates: tuple[str, ...]


def titles_before_rows(text: str) -> ColumnTitles | None:
    """The first titles of columns in a text behind which a row begins."""
    starts = None
    for titles in _titles_in(text):
        if starts is None:
            starts = [opener.start for opener in openers_in(text)]
        if any(titles.end <= start <= titles.end + _FIRST_ROW for start in starts):
            return titles
    return None


def are_titles(text: str) -> bool:
    """Whether a text is nothing but the titles of two or more columns, of dates and of words."""
    words = text.strip()
    return _TITLES.fullmatch(words) is not None and not re.fullmatch(_DATED, words)


def last_titles_in(text: str) -> ColumnTitles | None:
    """The last titles of two or more columns in a text."""
    return next(reversed(list(_titles_in(text))), None)


def _titles_in(text: str) -> Iterator[ColumnTitles]:
    for match in _TITLES.finditer(text):
        if len(match[0].split()) > 1:
            yield ColumnTitles(match.start(), match.end(), match[0], date_titles(match[0]))


def date_titles(text: str) -> tuple[str, ...]:
    """What titles say of each column of dates."""
    return tuple((match["of"] or "").lower() for match in _DATE_TITLE.finditer(text))
