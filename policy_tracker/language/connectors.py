"""The "and" or "or" with which an item of a list leads over to the next one."""

from __future__ import annotations

import re
from typing import Literal

Connector = Literal["and", "or"]

_AT_END = re.compile(r"(?:^|[\s;,.)\]])(?P<word>and|or)[\s:;,.]*$", re.IGNORECASE)


def leads_over(text: str) -> Connector | None:
    """The connector at the end of an item: `and` of "aged 18 or older; AND", None without one.

    "And/or" leads over in both ways, and so in none.
    """
    found = _AT_END.search(text)
    if found is None:
        return None
    return "and" if found["word"].lower() == "and" else "or"


def between(before: list[str], own: str, behind: list[str]) -> Connector | None:
    """How an item is joined to the others of its list: by the connector before it and the one
    behind it, where they agree; where one of them is not printed, all of the list must.

    `before` and `behind` are the items around it, in order.
    """
    ends = [leads_over(text) for text in before]
    mine = leads_over(own) if behind else None
    near = [*ends[-1:], *([mine] if behind else [])]
    if None in near:
        near = [*ends, mine, *(leads_over(text) for text in behind[:-1])]
    words = {word for word in near if word}
    return words.pop() if len(words) == 1 else None
