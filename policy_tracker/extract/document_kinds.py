"""Documents that look like a payer's policy and are none: what others write about one, news of
many, and what lies beside them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.kinds.evidence import Examined
from policy_tracker.extract.kinds.forms import form_found
from policy_tracker.extract.kinds.lists import list_found
from policy_tracker.extract.kinds.manuals import manual_found
from policy_tracker.extract.kinds.pages import page_found
from policy_tracker.extract.kinds.secondary import is_secondary
from policy_tracker.extract.quality import GENERIC, NEWS_OF_MANY, SECONDARY
from policy_tracker.language.lexicon import terms

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document
    from policy_tracker.extract.kinds.evidence import KindFound
    from policy_tracker.record import Record

_KINDS = (form_found, page_found, list_found, manual_found)
_NEWS_ROWS = 6


def is_news(document: Document) -> bool:
    """Whether a document tells of changes to many policies, so that it is the text of none."""
    head = [line.text for line in document.header[:_NEWS_ROWS]] + [document.title or ""]
    return any(len(text) < 120 and terms("kinds", "news").says(text.lower()) for text in head)


def kind_of(document: Document, record: Record) -> KindFound | None:
    """What kind of document it is that was read as a policy and may be none; only documents are
    asked that no payer's own format recognised.
    """
    if record.extraction is None or record.extraction.extractor != GENERIC:
        return None
    about = Examined(document, record)
    found = [one for kind in _KINDS if (one := kind(about))]
    return next((one for one in found if one.certain), found[0] if found else None)


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
