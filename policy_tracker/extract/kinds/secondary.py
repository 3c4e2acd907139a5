"""What others write about a payer's policy: they tell who the payer is and judge the change, or
tell a practice what a payer did and what to do about it, as no payer does of itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document

_LEAST_ADVICE = 2
_MOST_OWN = 2
"""How often a text may say "we" that is not the payer's own."""
_OWN = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)


def is_secondary(document: Document) -> bool:
    """Whether somebody else writes about a payer's policy."""
    text = "\n".join(_texts(document))
    return all(_row(titles).search(text) for titles in ("payer_row", "verdict_row")) or _is_post(
        text
    )


def _texts(document: Document) -> list[str]:
    return [*(line.text for line in document.header), document.text]


def _is_post(text: str) -> bool:
    """Whether a text tells practices what a payer did, and what to do about it."""
    told = len(_words("payer_acts").findall(text))
    advice = len(_words("advice").findall(text))
    post = len(_words("post").findall(text))
    own = len(_OWN.findall(text))
    return bool(told and own <= _MOST_OWN and advice and (advice >= _LEAST_ADVICE or post))


@cache
def _row(titles: str) -> re.Pattern[str]:
    """A row with one of these titles, and words behind it."""
    return re.compile(
        rf"^\W*(?:{joined('kinds', titles)})\W*[|:\t]\W*\w", re.IGNORECASE | re.MULTILINE
    )


@cache
def _words(read_in: str) -> re.Pattern[str]:
    return re.compile(joined("kinds", read_in), re.IGNORECASE | re.MULTILINE)
