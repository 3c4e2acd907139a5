"""A physical line of text with its geometry: what a page of a PDF is read into before it becomes
blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SWALLOWED = re.compile(r"[\u00ad\u0336\u200b-\u200d\u2060\ufeff]")


@dataclass(slots=True, eq=False)
class TextLine:
    """A line, or a piece of one where a column, a wide gap or another size begins.

    Edges in points from the page's top left corner; `base` is the baseline. `bold` tells first and
    last character and, where both are, one between them. `start` and `end` are the first and last
    character in the page's text. `text_left` is where the words behind a label begin. `hyphen` says
    that the word goes on in the next line, `open_mark` that a footnote mark does; `label_mark` is a
    raised mark in front of the line. `column` is 0 on pages with one column, otherwise 1, 2, … in
    reading order; columns of different groups on one page have different numbers. `pale` says that
    its first, middle or last character is nearly white.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    bold: tuple[bool, bool, bool]
    italic: bool
    light: bool
    coloured: bool
    upright: bool
    start: int
    end: int
    text_left: float
    hyphen: bool = False
    open_mark: bool = False
    underlined: bool = False
    marks: tuple[str, ...] = ()
    label_mark: str | None = None
    column: int = 0
    pale: bool = False

    @property
    def all_bold(self) -> bool:
        """Whether first, middle and last character are bold."""
        return self.bold[0] and self.bold[1] and self.bold[2]


def folded(text: str) -> str:
    """`text` with white space folded and characters that print nothing left out."""
    if not text.isascii():
        text = _SWALLOWED.sub("", text)
    return " ".join(text.split())
