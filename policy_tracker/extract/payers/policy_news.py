"""News of many policies: lines or rows that name a policy and what happened to it ("KT7 Kite
Traction – Revised – Add Exclusions"), with excerpts below, and lists of policies that were
reviewed.
"""

from __future__ import annotations

import re

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.document_kinds import is_news
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers.format import Format
from policy_tracker.extract.payers.policy_news_entries import NewsDraft, effective_in
from policy_tracker.extract.payers.policy_news_labels import drafts_of_labels
from policy_tracker.extract.payers.policy_news_lines import drafts_of_lines, names_an_entry
from policy_tracker.extract.payers.policy_news_tables import drafts_of_tables
from policy_tracker.language.dates import MONTH, iso_of
from policy_tracker.record import Bulletin, Record

_MONTH = re.compile(rf"\b{MONTH},? \d{{4}}(?!\d)", re.IGNORECASE)
_LEAST_ENTRIES = 2
_LEAST_ALONE = 3
"""Policies that a document must tell of to be news whatever its head calls it."""
_LONGEST_TITLE = 150
_HEAD_ROWS = 6


def _recognise(document: Document) -> bool:
    if document.media in ("csv", "xlsx"):
        return False
    drafts = _drafts(document)
    if is_news(document):
        return len({(draft.number, draft.title) for draft in drafts}) >= _LEAST_ENTRIES
    # elsewhere only what says of numbered policies what happened to each
    return len({draft.number for draft in drafts if draft.number and draft.is_told}) >= _LEAST_ALONE


def _read(document: Document) -> list[Record | Bulletin]:
    day = next((day for text in _before(document) if (day := effective_in(text))), None)
    head = [line.text.strip() for line in document.header[:_HEAD_ROWS] if line.text.strip()]
    short = head[: next((n for n, text in enumerate(head) if text.endswith((",", "."))), 3)][:3]
    # the lines of a title are short, and the first that is a sentence ends it
    lines = [text for text in short if len(text) < 60 or text == short[0]]
    title = join_lines(lines)[:_LONGEST_TITLE] or document.title or "Policy updates"
    month = _MONTH.search(title)
    return [
        Bulletin(
            record=1,
            policy_type="bulletin",
            payer=issuer_of(document).slug,
            title=title,
            bulletin_date=iso_of(month[0]) if month else None,
            entries=tuple(draft.entry(day) for draft in _drafts(document)),
        )
    ]


def _before(document: Document) -> list[str]:
    """The texts before the first entry."""
    texts: list[str] = []
    for block in document.blocks:
        if block.table is not None or names_an_entry(block):
            break
        texts.append(block.text)
    return texts


def _drafts(document: Document) -> list[NewsDraft]:
    found = [*drafts_of_lines(document.blocks), *drafts_of_tables(document.blocks)]
    return found or list(drafts_of_labels(document.blocks))


FORMAT = Format("policy_news", 2, None, _recognise, _read, order=15)
"""Reads a payer's list of what it changed in many policies, one line or row for each."""
