"""Lines that were drawn letter by letter, and that pdfium therefore breaks behind each letter, as
if they ran down the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.documents.pdf.chars import Chars

_BREAK = re.compile(r"(?<=[^\s\x02\ufffe])\r\n(?=[^\s\x02\ufffe])")
_GAP = re.compile(r"(?<=\S) (?=\S)")
_LETTER_ALONE = re.compile(r"(?:(?<=\n)|^)\S(?=\r\n)")
_LEAST, _OFTEN = 20, 0.2
"""Lines of one letter on a page, and their share of all lines, from which letters were drawn one by
one.
"""
_SAME_BASE = 1.0
"""Points between the baselines of letters of one line."""
_BLANK, _WIDEST = 0.15, 1.6
"""Of the size: the gap from which a blank stands between two letters, and one that is no blank."""
_OVERLAP = 0.3
"""Of the size: how far letters reach into each other."""
_NEXT_LINE = 0.7
"""Of the size: baselines that are farther apart are those of two lines."""
_NOTHING = "\u200b"


def with_letters_joined(chars: Chars, text: str) -> str:
    """The text, as long as before, without breaks between letters that stand beside each other, and
    with breaks for the blanks between lines.
    """
    alone = sum(1 for _ in _LETTER_ALONE.finditer(text))
    if alone < _LEAST or alone < _OFTEN * text.count("\n"):
        return text
    joined = _BREAK.sub(lambda match: _between(chars, match.start()), text)
    return _GAP.sub(lambda match: _at_gap(chars, match.start()), joined)


def _between(chars: Chars, place: int) -> str:
    """What stands in place of a break: a blank, nothing, or the break."""
    before, after = place - 1, place + 2
    size = chars.size(before)[0] or 1.0
    gap = (chars.box(after)[0] - chars.box(before)[2]) / size
    level = abs(chars.base(before) - chars.base(after)) < _SAME_BASE
    if not level or not -_OVERLAP < gap < _WIDEST:
        return "\r\n"
    return (" " if gap > _BLANK else _NOTHING) + _NOTHING


def _at_gap(chars: Chars, place: int) -> str:
    """What stands in place of a blank: a break where the next letter is in another line."""
    before, after = place - 1, place + 1
    apart = abs(chars.base(before) - chars.base(after))
    return "\n" if apart > _NEXT_LINE * (chars.size(before)[0] or 1.0) else " "
