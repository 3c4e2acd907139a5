"""Documents that look like a payer's policy and are none: what others write about one, news of many, and what lies beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.quality import NEWS_OF_MANY, SECONDARY

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document
    from policy_tracker.record import Record

_ROW = r"^\W*(?:{words})\W*[|:\t]\W*\w"
_PAYER_ROW = re.compile(_ROW.format(words="payer(?: name)?|health plan|insurer"), re.IGNORECASE | re.MULTILINE)
_VERDICT_ROW = re.compile(
    _ROW.format(words=r"change type|type of change|impact(?: level)?|key action|action (?:items?|needed|required)|specialties affected"),
    re.IGNORECASE | re.MULTILINE,
)
_NEWS = re.compile(
    r"what[’']?s new|\b(?:medical |coverage |clinical |reimbursement |drug )*policy updates?\b(?! date| history)"
    r"|\bprovider (?:news|newsletter|bulletin)\b|(?:recent|upcoming) (?:changes|updates) (?:made )?to (?:\w+ )?policies",
    re.IGNORECASE,
)
_NEWS_ROWS = 6
_COMPANION = re.compile(r"(?:read[ _-]?me|licen[cs]e|index|notice|changelog|.*\b(?:data[ _-]?)?dictionary)\b.*", re.IGNORECASE)


def is_secondary(document: Document) -> bool:
    """Whether somebody else writes about a payer's policy: it tells who the payer is and judges the change, as no payer does of itself."""
    text = document.text
    return _PAYER_ROW.search(text) is not None and _VERDICT_ROW.search(text) is not None


def is_news(document: Document) -> bool:
    """Whether a document tells of changes to many policies, so that it is the text of none."""
    head = [line.text for line in document.header[:_NEWS_ROWS]] + [document.title or ""]
    return any(len(text) < 120 and _NEWS.search(text) for text in head)


def kind_warnings(document: Document) -> tuple[str, ...]:
    """Why a document is no payer's policy, in the words that `quality` holds it for."""
    return (*((SECONDARY,) if is_secondary(document) else ()), *((NEWS_OF_MANY,) if is_news(document) else ()))


def is_companion(name: str, record: Record) -> bool:
    """Whether a file lies beside policies and is none: it decides nothing, and its name says so, or it has neither number nor date.

    A name alone is never enough: "index tumor ablation" may well be a policy, and a reviewer must see it.
    """
    if record.extraction is None or record.extraction.extractor != "generic" or record.policy_number:
        return False
    decides = any(statement.position for statement in record.statements) or bool(record.code_groups)
    said = _COMPANION.fullmatch(re.sub(r"[_-]+", " ", name).strip()) is not None
    return not decides and (said or not record.dates)
