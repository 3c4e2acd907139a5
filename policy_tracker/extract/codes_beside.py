"""Two lists of codes printed side by side in lines, as text layers print columns: "Covered  Not
covered" above "58501  58510".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from policy_tracker.language.code_mentions import Codes
    from policy_tracker.record.vocabulary import Position

_BEGINNING = re.compile(r"(?<=[\w)?%]) (?=[A-Z])")
_GOES_ON = re.compile(
    r"\b(?:unless|until|when|where|if|and|or|nor|but|as|are|is|be|not|never|for|to|of|in|on|that"
    r"|which|with|without|than|the|an?|considered|deemed|always|only|codes?)$",
    re.IGNORECASE,
)
"""Words behind which a title goes on."""
_LONGEST = 120
_BARE = re.compile(r"[^\s,;]+(?: [^\s,;]+)+")


def contrary(one: Position, other: Position) -> bool:
    """Whether one position approves and the other denies."""
    return (one in APPROVING and other in DENYING) or (one in DENYING and other in APPROVING)


def titles_side_by_side(text: str) -> tuple[Position, ...]:
    """The positions of two titles in one line, of which one approves and the other denies; none for
    any other line.
    """
    if len(text) > _LONGEST or text.rstrip().endswith((".", ":")):
        return ()
    for cut in _BEGINNING.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        if _GOES_ON.search(left):
            continue
        first, second = disposition_of(left), disposition_of(right)
        if first and second and contrary(first, second):
            return first, second
    return ()


def by_column(codes: Codes, text: str, columns: int) -> list[Codes] | None:
    """The codes of a line, one for each column; None where the line is no row of so many."""
    if len(codes.codes) != columns or codes.ranges or not _BARE.fullmatch(text.strip()):
        return None
    return [replace(codes, codes=(code,)) for code in codes.codes]
