"""Pages of which the text layer gives nearly each letter as a line of its own: the letters of a
word are put together again by where they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.documents.pdf.chars import Chars

_BREAK = re.compile(r"(?<=[^\s])\r\n(?=[^\s])")
_MOST_BREAKS = 0.12
"""Breaks for each character beyond which lines are letters."""
_TOUCHES, _ONE_BLANK = 0.17, 0.6
"""Sizes between two letters of a word, and between two words."""
_BACK = -0.25
_SAME_BASE = 0.35
_NOTHING, _BLANK = "\u200b\u200b", "  "
"""What takes the place of a break, and is left out of words, or parts them: places in the text stay
as they are.
"""


def with_words(chars: Chars, text: str) -> str:
    """The text of a page, its letters joined to words where nearly each is a line."""
    if text.count("\r\n") < _MOST_BREAKS * len(text):
        return text
    return _BREAK.sub(lambda match: _between(chars, match), text)


def _between(chars: Chars, match: re.Match[str]) -> str:
    before, behind = match.start() - 1, match.end()
    _, _, right, low = chars.box(before)
    left, _, _, other = chars.box(behind)
    size = max(chars.size(behind)[0], 1.0)
    gap = (left - right) / size
    if abs(other - low) > _SAME_BASE * size or gap < _BACK:
        return match[0]
    if gap < _TOUCHES:
        return _NOTHING
    return _BLANK if gap < _ONE_BLANK else match[0]
