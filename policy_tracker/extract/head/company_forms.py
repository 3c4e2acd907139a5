"""What stands around the name under which a payer acts: the company that trades under it, the
parent to which it belongs, the state whose office it is.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TRADING = re.compile(
    r"^.{2,80}?,?\s+\(?(?:d\.?\s?/?\s?b\.?\s?/?\s?a\.?|doing business as)\s+"
    r"(?P<name>[A-Z][^,;()]{2,60})",
    re.IGNORECASE,
)
_BELONGING = re.compile(
    r"^(?P<name>[A-Z][^,;:()]{2,60}?),?\s+\(?(?:an?|the|part of|administered by|offered by"
    r"|underwritten by|operated by)\s+(?!independent licensee)(?:[\w&’'.-]+\s){0,6}?"
    r"(?:company|companies|subsidiary|affiliate|division|product|member|plan|business|brand|family"
    r"|[A-Z][\w&’'.-]+)(?:\s(?:of|in)\s.{2,60})?\)?\.?$"
)
_STATE = re.compile(
    r"^(?:the )?(?:state|commonwealth|territory|city|county) of (?P<name>[a-z][\w .’'-]{2,30}?)"
    r"(?=$|\s*[-–—|,].*$)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:department|division|office|bureau|agency|board|authority|administration) (?:of|for) "
    r"(?:[A-Z][\w’'-]*|and|&|the|of|for|,)(?: (?:[A-Z][\w’'-]*|and|&|the|of|for|,))*$"
    r"|^(?:[A-Z][\w-]* ){1,4}(?:agency|authority|administration|department|commission)$",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\b(?:review|exchange|management)s?$", re.IGNORECASE)
"""The last word of a company's name, or of the kind of a text."""
_LEAST_WORDS = 3
"""Of a name with such a word: "Lamp Review" is the kind of a text on its subject."""


def acting_names(line: str) -> Iterator[str]:
    """The names under which a line says that a company acts: "Fir Mutual, Inc. d/b/a Firstfield
    Health", "Lumen Health Plans, a Tallvale company".
    """
    words = " ".join(line.split())
    if name := trading_name(line):
        yield name
    elif match := _BELONGING.match(words):
        yield match["name"].strip()


def trading_name(line: str) -> str | None:
    """The name under which a company on a line does business."""
    match = _TRADING.match(" ".join(line.split()))
    return match["name"].strip(" .") if match else None


def is_state(line: str) -> bool:
    """Whether a line names a state, county or city and nothing of its offices."""
    return _STATE.match(" ".join(line.split())) is not None


def state_office(lines: Sequence[str]) -> str | None:
    """The office that lines of a letterhead name below its state: "State of Ohio" over "Department
    of Lamps".
    """
    for above, below in pairwise(lines):
        state, office = _STATE.match(" ".join(above.split())), " ".join(below.split())
        if state and _OFFICE.match(office):
            return f"{_in_capitals(state['name'])} {_in_capitals(office)}"
    return None


def _in_capitals(words: str) -> str:
    """Words as a name is written, where they are printed in capitals throughout."""
    return words.title() if words.isupper() else words


def ends_name(line: str, bare: str) -> bool:
    """Whether the word behind `bare` on a line, which can end a company's name as well as the kind
    of a text, is of the name: "Elm Utilization Review", but not "Lumen Health Plan Review".
    """
    return (
        _EITHER.search(line.strip()) is not None
        and len(line.split()) >= _LEAST_WORDS
        and bare != line.strip()
        and _organizations().search(bare) is None
    )


@cache
def _organizations() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{joined('letterheads', 'organization')})$", re.IGNORECASE)
