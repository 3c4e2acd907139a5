"""What others write about a payer's policy: they tell who the payer is and judge the change, or
tell a practice what a payer did and what to do about it, as no payer does of itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.language.lexicon import joined
from policy_tracker.language.prefilter import Wording

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document

_LEAST_SIGNS = 2
"""Words of advice or of news from which a text is a post."""
_MOST_OWN = 2
"""How often a text may say "we" that is not the payer's own."""
_OWN = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


def is_secondary(document: Document) -> bool:
    """Whether somebody else writes about a payer's policy."""
    text = "\n".join(_texts(document))
    return all(_row(titles).found_in(text) for titles in ("payer_row", "verdict_row")) or _is_post(
        text
    )


def _texts(document: Document) -> list[str]:
    return [*(line.text for line in document.header), document.text]


def _is_post(text: str) -> bool:
    """Whether a text tells practices what a payer did, and what to do about it."""
    if not _words("payer_acts").found_in(text):
        return False
    signs = sum(_words(of).times_in(text) for of in ("advice", "post"))
    return signs >= _LEAST_SIGNS and len(_OWN.findall(text)) <= _MOST_OWN


@cache
def _row(titles: str) -> Wording:
    """A row with one of these titles, and words behind it."""
    return Wording(rf"^\W*(?:{joined('kinds', titles)})\W*[|:\t]\W*\w", in_lines=True)


@cache
def _words(read_in: str) -> Wording:
    return Wording(joined("kinds", read_in), in_lines=True)
