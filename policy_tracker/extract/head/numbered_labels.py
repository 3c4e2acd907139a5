"""Numbers behind labels that are on no list, told by the words of which such labels are made
("Guidance No.: 7.3"), and those that running lines print behind the payer's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.head.letterhead import payer_slug
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.dates import first_date
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document

_VALUE = (
    r"(?P<value>(?:[A-Z]{1,6}(?:[.-][A-Z]{1,5}){0,3}[-. ]?)?\d[\w./-]{0,20}|[A-Z]{2,6}\d[\w.-]*)"
)
_NUMBER_BEHIND = re.compile(rf"(?P<name>.*[a-z])[\s|(–—-]+{_VALUE}\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_BLOCKS = 20


def number_by_words(document: Document, payer: str) -> str | None:
    """The number of a policy that no known label announces, None where none is printed."""
    for text in _rows(document):
        match = _labelled().search(text)
        if match and not first_date(match["value"]) and not _YEAR.fullmatch(match["value"]):
            return match["value"].rstrip(".-")
    for text in dict.fromkeys((*document.running, *(line.text for line in document.header[:6]))):
        match = _NUMBER_BEHIND.fullmatch(" ".join(text.split()))
        if match and not first_date(match["value"]) and payer_slug(match["name"]) == payer:
            return match["value"]
    return None


@cache
def _labelled() -> re.Pattern[str]:
    """A label made of words for kinds of documents that ends with one for a number, and its
    value.
    """
    kinds = joined("letterheads", "kind_in_title")
    return re.compile(
        rf"(?:^|[\t|;]\s*|\s{{2,}})(?i:(?:(?:{kinds}|reference|document|file|record|control|topic|article"
        rf"|protocol|plan)[\s/&]+){{1,4}}(?:number|num|nbr|no|id|identifier|code|reference|ref|#)[.#]?)"
        rf"(?:\s*[:#|\t]\s*|\s+){_VALUE}(?![\w/-])"
    )


def _rows(document: Document) -> Iterator[str]:
    yield from (row.text for row in rows_of(document.header))
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is None:
            yield block.text[:200]
        else:
            for row in block.table.rows[:12]:
                yield "\t".join(cell.text.strip() for cell in row.cells if cell.text.strip())
