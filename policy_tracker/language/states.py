"""The states of the United States, the District of Columbia and the territories, by name and by the
two letters of the postal service.
"""

from __future__ import annotations

import re
from functools import cache

_NAMES = (
    "AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, "
    "DE Delaware, DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, "
    "IL Illinois, IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine, "
    "MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, "
    "MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, "
    "NY New York, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, "
    "PA Pennsylvania, RI Rhode Island, SC South Carolina, SD South Dakota, TN Tennessee, "
    "TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington, WV West Virginia, "
    "WI Wisconsin, WY Wyoming, PR Puerto Rico, GU Guam, VI Virgin Islands, "
    "AS American Samoa, MP Northern Mariana Islands"
)
LETTERS: dict[str, str] = {name[3:]: name[:2] for name in _NAMES.split(", ")}
"""The two letters of each, by its name."""


_LETTERS_APART = re.compile(r"(?<=\b[A-Z]{2}) +(?=[A-Z]{2}\b)")


def states_in(text: str) -> tuple[str, ...]:
    """The two letters of the states that a text names in full, in order."""
    return tuple(dict.fromkeys(LETTERS[match[0]] for match in _full().finditer(text)))


def without_states(text: str) -> str:
    """A text without the names of states."""
    return _full().sub(" ", text)


def states_listed(text: str) -> tuple[str, ...]:
    """The states of a text that lists nothing else: "PA, WV and DE", "PA WV DE", "Ohio, Kentucky";
    none where anything else stands in it.
    """
    told = _LETTERS_APART.sub(",", text)
    parts = [part.strip(" .") for part in re.split(r",|;|/|&|\band\b", told) if part.strip(" .")]
    letters = [part if part in LETTERS.values() else LETTERS.get(part) for part in parts]
    return tuple(dict.fromkeys(filter(None, letters))) if all(letters) else ()


@cache
def _full() -> re.Pattern[str]:
    names = sorted(LETTERS, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")
