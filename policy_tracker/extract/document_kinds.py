"""Documents that look like a payer's policy and are none: what others write about one, news of
many, and what lies beside them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.quality import NEWS_OF_MANY, SECONDARY
from policy_tracker.language.lexicon import joined, terms

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document
    from policy_tracker.record import Record

_NEWS_ROWS = 6


def is_secondary(document: Document) -> bool:
    """Whether somebody else writes about a payer's policy: it tells who the payer is and judges the
    change, as no payer does of itself.
    """
    text = document.text
    return all(_row(titles).search(text) for titles in ("payer_row", "verdict_row"))


@cache
def _row(titles: str) -> re.Pattern[str]:
    """A row with one of these titles, and words behind it."""
    return re.compile(
        rf"^\W*(?:{joined('kinds', titles)})\W*[|:\t]\W*\w", re.IGNORECASE | re.MULTILINE
    )


def is_news(document: Document) -> bool:
    """Whether a document tells of changes to many policies, so that it is the text of none."""
    head = [line.text for line in document.header[:_NEWS_ROWS]] + [document.title or ""]
    return any(len(text) < 120 and terms("kinds", "news").says(text.lower()) for text in head)


def kind_warnings(document: Document) -> tuple[str, ...]:
    """Why a document is no payer's policy, in the words that `quality` holds it for."""
    return (
        *((SECONDARY,) if is_secondary(document) else ()),
        *((NEWS_OF_MANY,) if is_news(document) else ()),
    )


def is_companion(name: str, record: Record) -> bool:
    """Whether a file lies beside policies and is none: it decides nothing, and its name says so, or
    it has neither number nor date.

    A name alone is never enough: "index tumor ablation" may well be a policy, and a reviewer must
    see it.
    """
    if (
        record.extraction is None
        or record.extraction.extractor != "generic"
        or record.policy_number
    ):
        return False
    decides = any(statement.position for statement in record.statements) or bool(record.code_groups)
    said = terms("kinds", "companion").fit(re.sub(r"[_-]+", " ", name).strip().lower()) is not None
    return not decides and (said or not record.dates)
