"""Versions in one file: some payers append archived versions to the current one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Document
    from policy_tracker.documents.text_lines import TextLine

_NUMBER = re.compile(
    r"(?:bulletin|policy|document|program|guideline|coverage policy)\s*(?:number|no\.|#)\s*[:.…]",
    re.IGNORECASE,
)
_DATE = re.compile(r"date\s*[:.…]")
_DATED = re.compile(r"(?:effective|issue|publish|published|revised|revision|original)\s*$")
_FARTHEST = 40
"""Characters in which the word stands that says which date it is."""
_PAGE = re.compile(r"\bpage\s*:?\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})\b", re.IGNORECASE)


def version_starts(pages: Sequence[Sequence[TextLine]]) -> list[int]:
    """The indexes of the pages on which a version begins; the first page is always among them.

    A version begins where a page carries a number label and a date label, which the page before
    does not, or where the count of pages begins again there.
    """
    starts = [0]
    texts = ["\n".join(line.text for line in lines) for lines in pages]
    if not texts or not _is_labelled(texts[0]):
        return starts
    labelled = [_is_labelled(text) for text in texts]
    counts = [_PAGE.findall(text) for text in texts]
    for index in range(1, len(pages)):
        if not labelled[index]:
            continue
        restarts = any(page == "1" and int(whole) > 1 for page, whole in counts[index])
        if restarts or (not labelled[index - 1] and not counts[index] and len(pages) > index + 1):
            starts.append(index)
    return starts


def _is_labelled(text: str) -> bool:
    plain = text.lower()
    dates = (match.start() for match in _DATE.finditer(plain))
    return (
        any(_DATED.search(plain, max(0, place - _FARTHEST), place) for place in dates)
        and _NUMBER.search(text) is not None
    )


def split_versions(document: Document) -> tuple[Document, ...]:
    """The versions that a file holds, in the file's order; the document alone where it holds
    one.
    """
    return document.versions or (document,)
