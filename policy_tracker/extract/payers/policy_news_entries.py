"""An entry of a payer's news: which policy, what happened to it, and the changes that are
announced, apart from what the page quotes of the policy's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from policy_tracker.language.dates import DATE_PATTERN, iso_of
from policy_tracker.record import BulletinEntry, Source
from policy_tracker.record.source import Spans

Action = Literal["New", "Updated", "Retired"]

ACTION_WORD = (
    r"new|revised|revision|updated?|amended|modified|changed|reviewed|retired|archived|deleted|"
    r"discontinued|withdrawn"
)
"""What payers say that they did to a policy, as a word of its own."""
EFFECTIVE = re.compile(rf"\beffective (?:date:? |on |as of )?(?P<date>{DATE_PATTERN})", re.I)
_UNCHANGED = re.compile(r"\b(?:no|without)(?: \w+){0,3} (?:changes?|revisions?)\b", re.IGNORECASE)
_RETIRED = ("retire", "archive", "delete", "discontinue", "withdraw")
_ANNOUNCES = re.compile(
    r"\W*(?:add|remov|revis|updat|clarif|chang|expand|delet|new|modif|replac|mov|correct|reword|"
    r"renam|includ|retir|archiv|reformat|extend|restrict|broaden|align|incorporat|discontinu|"
    r"specif|transition|convert)\w*\b|.*\b(?:(?:has|have) been|was|were|will be|is now|are now|no "
    r"longer)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The verb of a change stands first ("Added …"), or the sentence says what became or becomes."""


@dataclass(slots=True)
class NewsDraft:
    """An entry in the making: `announced` is what its own line says of the change, `below` what the
    page prints beneath it.
    """

    number: str | None
    title: str
    action: str
    list: str | None
    announced: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    page: int | None = None
    spans: Spans = ()
    effective: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether the page says in a word what happened to the policy."""
        return re.match(rf"(?:{ACTION_WORD})\b", self.action, re.IGNORECASE) is not None

    def entry(self, day: str | None) -> BulletinEntry:
        """The entry as the bulletin tells it; `day` is that of the whole bulletin."""
        unchanged = any(
            text and _UNCHANGED.search(text) for text in (self.list, *self.announced[:1])
        )
        return BulletinEntry(
            list=self.list,
            policy=self.title,
            policy_number=self.number,
            action=action_of(self.action),
            effective=self.effective or (None if unchanged else day),
            severity="no_change" if unchanged else None,
            items=tuple(self._items()),
            source=Source(page=self.page, spans=self.spans) if self.page or self.spans else None,
        )

    def _items(self) -> list[str]:
        """The changes that are announced. Where the entry's own line names them, what stands below
        quotes the policy; where it does not, the texts below that tell of a change are they, and
        where none does, all of them.
        """
        if self.announced:
            return self.announced
        return [text for text in self.below if _ANNOUNCES.match(text)] or self.below


def action_of(words: str) -> Action:
    """What the payer did, by the words in which it says so."""
    said = words.lower()
    if any(word in said for word in _RETIRED):
        return "Retired"
    return "New" if re.search(r"\bnew\b", said) else "Updated"


def changes_in(text: str) -> list[str]:
    """The changes that a line announces one behind the other."""
    return [part for one in text.split(";") if (part := one.strip(" –—-"))]


def effective_in(text: str) -> str | None:
    """The day on which a text says that something takes effect."""
    found = EFFECTIVE.search(text)
    return iso_of(found["date"]) if found else None


def is_wrapped(text: str) -> bool:
    """Whether a text may be the second line of an entry: a few words without an end of their
    own.
    """
    words = text.split()
    return 0 < len(words) <= _MOST_WRAPPED and text[-1] not in ".:!?" and text != text.upper()


_MOST_WRAPPED = 6


def listed_after(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The policies that a paragraph lists, one behind the other where their lines were joined."""
    first = re.match(r"[A-Z]{1,8}[-. ]?(?=\d)", text)
    if first is None:
        return
    for part in re.split(rf"\s+(?={re.escape(first[0])}\d)", text):
        if match := pattern.fullmatch(part):
            yield match
