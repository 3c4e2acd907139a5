"""A row of a revision history while it is read, and what printed words say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from policy_tracker.documents.traced import UNPRINTED, Traced, glued, join_traced
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.source import Source

LONGEST_TYPE = 60
"""Characters of the kind of a revision, such as "Annual review and coding update"; what is longer
says what was changed.
"""
_TYPE = re.compile(
    r"^((?:[A-Z][\w/&-]*|and|of|to)(?: (?:[A-Za-z/&-]+)){0,5}?)\s*[:;](?=\s)",
)
_TYPE_WORDS = re.compile(
    (
        r"review|revision|revised|change|update|new|policy|annual|archiv|retire|admin|coding"
        r"|criteria|correct"
    ),
    re.IGNORECASE,
)
TITLES = re.compile(
    r"^(?:type of revision|summary of "
    r"changes?|date|action|status|description|revision|change(?: summary)?|review date"
    r"|history(?: \(continued\))?|effective date"
    r"|policy history|version|comments?|summary|reason|revision date|update|history summary|date of change)s?$",  # noqa: E501
    re.IGNORECASE,
)
"""Titles of the columns of a history."""
HISTORY_HEADING = re.compile(
    r"\W*(?:(?:[\w/&’'.-]+\s){0,6}(?:policy|policies|revision|document|guideline|bulletin|review|update"
    r"|change|version|criteria|program|publication|approval)s?[\s/]+|(?:[ivx\d]+\.?\s+)?)"
    r"(?:history|log|details)(?:[\s/&,]+(?:and|of|for|the|this|policy|details?|log|revisions?|updates?"
    r"|changes?|dates?|information|summary|approvals?|committee|continued|reviews?)){0,5}\W*"
    r"|\W*(?:[\w/&’'.-]+,?\s){0,3}(?:reviews?|revisions?|revised|updates?|changes?|approvals?)"
    r"(?:[\s/&,]+(?:and|history|log|dates?|summary|reviews?|revisions?|updates?|changes?|approvals?"
    r"|details?|information|continued)){0,4}\W*"
    r"|\W*summary of (?:[\w]+ ){0,2}(?:changes|revisions|updates)\W*",
    re.IGNORECASE,
)
"""A line that calls what follows a history: rows of dates must stand below it."""
AFTERWORD = re.compile(
    r"\b(?:is not an? (?:authorization|contract|guarantee)|all rights reserved|independent "
    r"licensees?|(?:refers? to|means) (?:the )?"
    r"(?:operating )?subsidiar|registered (?:service )?(?:trade)?marks?)\b"
    r"|^(?:this (?:medical |clinical )?(?:policy|document|guideline|information) (?:is|does|may) not\b|©|copyright\b|proprietary(?: (?:and|information)\b|\W*$))",  # noqa: E501
    re.IGNORECASE,
)
"""What payers print below a history and what is no part of it."""


FURNITURE = re.compile(
    r"\ball rights reserved\b|\bindependent licensees?\b|^\W*(?:©|copyright\b)", re.IGNORECASE
)
"""What stands along the edges of pages, between the lines of a row."""


@dataclass(frozen=True, slots=True)
class HistoryDraft:
    """A row while it is read: its words, with where the document prints them, and the place of its
    date.
    """

    date: str | None
    kind: str | None
    words: Traced
    page: int | None
    dated: Traced = UNPRINTED

    def going_on(self, more: Traced) -> HistoryDraft:
        """The row with what goes on with it."""
        return replace(self, words=join_traced([self.words, more]))

    def finished(self) -> HistoryRow:
        """The row as a record tells it."""
        spans = dict.fromkeys((*self.dated.spans(), *self.words.spans()))
        source = Source(page=self.page, spans=tuple(spans)) if self.page or spans else None
        return HistoryRow(date=self.date, type=self.kind, text=self.words.text, source=source)


def type_of(text: str) -> str | None:
    """The kind of revision with which a row's text begins (`Annual Review: ...`), where it names
    one.
    """
    match = _TYPE.match(text)
    return (
        match[1]
        if match and len(match[1]) <= LONGEST_TYPE and _TYPE_WORDS.search(match[1])
        else None
    )


def with_blanks(cells: Iterable[Traced]) -> Traced:
    """Cells as one text."""
    return glued((" " if number else "", cell) for number, cell in enumerate(cells))
