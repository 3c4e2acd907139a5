"""Marks by which a payer says that a document is not its present text: ARCHIVED, HISTORY VERSION,
RETIRED, printed on a line of their own.

They are stamps, watermarks, running lines and headings at the top. Words within a sentence are
none, and neither is the heading of a revision history: a bare HISTORY counts only where it runs
along the pages in capitals, as Highmark stamps its former versions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.record.content import Mark
from policy_tracker.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Document
    from policy_tracker.record.vocabulary import MarkName

_KINDS = (
    r"(?:(?:medical|coverage|clinical|payment|reimbursement|drug)\s+)*(?:policy|guideline"
    r"|bulletin|document|version|edition|copy)"
)
_WORD = r"(?P<word>archived?|retired|superseded|historical|history|draft)"
_DATED = rf"(?:\s*[-–—:,(]?\s*(?:on|as\s+of|effective|since)?\s*(?:{DATE_PATTERN})\)?)?"
_MARK = re.compile(
    rf"\W*(?:(?:policy\s+)?status\s*:\s*)?{_WORD}(?P<kind>\s+{_KINDS})?{_DATED}\W*", re.IGNORECASE
)
_BESIDE = re.compile(rf"\W*(?P<kind>{_KINDS})\s*[-–—:(]\s*{_WORD}{_DATED}\W*", re.IGNORECASE)
_NAMES: dict[str, MarkName] = {
    "archive": "archived",
    "archived": "archived",
    "retired": "retired",
    "superseded": "superseded",
    "historical": "history",
    "history": "history",
    "draft": "draft",
}
_TOP_LINES, _TOP_BLOCKS = 12, 6
"""So far down the first page, and into the text, a mark of its own is looked for: below, the same
words name rows and sections.
"""
_LONGEST = 80


def marks_of(document: Document) -> tuple[Mark, ...]:
    """The marks that a document carries, each once."""
    found: dict[MarkName, Mark] = {}
    for mark in _read(document):
        found.setdefault(mark.mark, mark)
    return tuple(found.values())


def _read(document: Document) -> Iterator[Mark]:
    for line in document.running:
        if name := _named(line, runs=True):
            yield Mark(mark=name, raw=line.strip())
    for line in document.header[:_TOP_LINES]:
        if name := _named(line.text, runs=False):
            yield Mark(mark=name, raw=line.text.strip(), source=Source(page=line.place.page))
    for block in document.blocks[:_TOP_BLOCKS]:
        if block.table is None and (name := _named(block.text, runs=False)):
            yield Mark(
                mark=name,
                raw=block.text.strip(),
                source=Source(page=block.page) if block.page else None,
            )


def _named(text: str, *, runs: bool) -> MarkName | None:
    """The mark that a line is; None where it is anything else."""
    if len(text) > _LONGEST:
        return None
    match = _MARK.fullmatch(text) or _BESIDE.fullmatch(text)
    if match is None:
        return None
    word = match["word"]
    stands_alone = not match["kind"]
    if (
        word.lower() in ("history", "historical", "archive")
        and stands_alone
        and not (runs and word == "HISTORY")
    ):
        return None  # the heading of a revision history, or a link to the archive
    if word.lower() == "history" and match.re is _BESIDE:
        return None  # "Policy: History" names a section
    return _NAMES[word.lower()]
