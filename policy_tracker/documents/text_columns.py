"""A two-column list of items and their coverage that plain text has flattened: which words are the
item, and which its coverage.

The list is known by its header ("Item Coverage" on one line, or a line each). Cells stand either in
paragraphs of their own, or in wrapped lines in which the end of an item's name can follow the
beginning of its coverage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_tracker.documents.hyphenation import joined

_HEAD_WORDS = r"(?:coverage(?: status)?|status)"
_NAME_WORDS = r"(?:items?|services?|equipment|devices?|procedures?)"
HEADER = re.compile(rf"{_NAME_WORDS}\s+{_HEAD_WORDS}", re.IGNORECASE)
"""The header of a list on one line."""
HEADER_START = re.compile(_NAME_WORDS, re.IGNORECASE)
"""The first cell of a header whose cells stand in lines of their own."""
HEADER_END = re.compile(_HEAD_WORDS, re.IGNORECASE)
"""The second cell of such a header."""
_STATUS = re.compile(
    r"(?:\(?\bDeny\b|\bDenied\b|\bNot covered\b|\(?\bSee\b|\b\d\.\s(?=[A-Z])"
    r"|(?<![-–] )\bCovered (?=if|when|where|for|under|only|\())"
)
_STATUS_FIRST = re.compile(
    r"\(?(?:Deny|Denied|Covered|Not covered|Non-?covered|Payment|See|\d\.)(?![\w])"
)
_PROSE = re.compile(
    r"(?<=[a-z)-] )(?P<word>[A-Z][A-Za-z]*) (?=(?:[a-z][\w/-]*|[A-Z][a-z]+-[a-z]+) "
    r"(?:[a-z]|[A-Z][a-z]+-[a-z]+))"
)
_ENDED = re.compile(r"[.)](?:[\"”]?)$")
_OPEN_NAME = re.compile(r"(?:[,/&(-]|\b(?:and|or|of|on|for|with|the))$")
_LONGEST_NAME = 110
_FEWEST = 3


@dataclass(slots=True)
class _Entry:
    name: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    coverage: list[str] = field(default_factory=list)

    @property
    def row(self) -> tuple[str, str]:
        return _text([*self.name, *self.tail]), _text(self.coverage)

    @property
    def ended(self) -> bool:
        """Whether its coverage reads as complete."""
        return bool(self.coverage) and _ENDED.search(self.coverage[-1]) is not None


def _text(lines: Sequence[str]) -> str:
    text = joined((line, False) for line in lines).strip(" -–")
    return re.sub(r"(?<=\w/) (?=\w)|\s+(?=[).,;])", "", text)


def is_header(text: str) -> bool:
    """Whether a line is the header of a list, which is printed again on every page."""
    return HEADER.fullmatch(text.strip()) is not None


def rows_of_cells(cells: Sequence[str]) -> list[tuple[str, str]]:
    """The rows of a list whose cells are paragraphs: a name, what is said of it, and where that has
    several paragraphs, its rest.
    """
    entries: list[_Entry] = []
    for cell in cells:
        waiting = bool(entries) and not entries[-1].coverage
        if waiting or (entries and not _is_name(cell)):
            entries[-1].coverage.append(cell)
        else:
            entries.append(_Entry([cell]))
    return [entry.row for entry in entries]


def _is_name(cell: str) -> bool:
    return (
        len(cell) <= _LONGEST_NAME
        and not _STATUS_FIRST.match(cell)
        and not re.search(r"[.;:]\)?$", cell)
    )


def rows_of_lines(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The rows of a list whose lines are wrapped across both columns."""
    entries: list[_Entry] = []
    begun: list[str] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        name, coverage = _split(line)
        ended = not entries or entries[-1].ended
        if name and _may_begin(name, entries, begun):
            entries.append(_Entry([*begun, name], [], [coverage]))
            begun = []
        elif begun and coverage and not name:
            entries.append(_Entry(begun, [], [coverage]))
            begun = []
        elif begun and (prose := _prose(line)):
            entries.append(_Entry([*begun, *([prose[0]] if prose[0] else [])], [], [prose[1]]))
            begun = []
        elif entries and _is_tail(line, entries[-1], following, begun):
            _put_tail(entries[-1], line)
        elif ended and (opened := _opens(line, following, entries)):
            if opened == "prose" and (prose := _prose(line)):
                entries.append(_Entry([prose[0]], [], [prose[1]]))
            else:
                begun.append(line)
        elif begun:
            begun.append(line)
        elif entries:
            entries[-1].coverage.append(line)
    if begun and entries:
        entries[-1].coverage += begun
    return [entry.row for entry in entries]


def _split(line: str) -> tuple[str, str]:
    """The name and the coverage on one line, as far as a word says where coverage begins."""
    match = _STATUS.search(line)
    return (line[: match.start()].strip(), line[match.start() :].strip()) if match else ("", "")


def _prose(line: str) -> tuple[str, str] | None:
    """The name and the coverage of a line where coverage is prose: it begins with the last capital
    before words in small letters.
    """
    match = _PROSE.search(line)
    if match:
        return line[: match.start()].strip(), line[match.start() :].strip()
    return (
        ("", line)
        if re.match(r"[A-Z]\w* [a-z]", line) and not re.match(r"[A-Z]\w* (?:and|or|of)\b", line)
        else None
    )


def _may_begin(name: str, entries: Sequence[_Entry], begun: Sequence[str]) -> bool:
    """Whether the words in front of a coverage are the name of the next item, or its last line."""
    if len(name) > _LONGEST_NAME or re.search(r"[.;:]\)?$|[.;] ", name) or name in ("(", ")"):
        return False
    if begun:
        return True
    last = entries[-1] if entries else None
    return name[:1].isupper() and (
        last is None or last.ended or bool(last.tail) or _follows(name, last, near=True)
    )


def _follows(name: str, last: _Entry, *, near: bool = False) -> bool:
    """Whether a name stands behind that of the item before it in the alphabet (`near`: at most a
    letter behind): such lists are sorted.
    """
    before = last.name[0][:1].upper()
    return before <= name[:1].upper() <= (chr(ord(before) + 1) if near else "Z")


def _is_tail(line: str, last: _Entry, following: str, begun: Sequence[str]) -> bool:
    """Whether a line is the end of the name of an item whose coverage has begun."""
    if begun or last.tail or not last.name:
        return False
    name = " ".join(last.name)
    if name.count("(") > name.count(")"):
        return ")" in line.split(" ", 3)[0] or bool(re.match(r"[\w ]{1,30}\)", line))
    if not last.ended or re.search(r"[.;]", line) or len(line) > 50:
        return False
    if re.fullmatch(r"\([^()]*\)", line) and not line.startswith(("(See", "(see", "(§")):
        return True
    if _OPEN_NAME.search(name):
        return True
    begins = _split(following)[0]
    unsorted = (
        bool(begins)
        and begins[:1].isupper()
        and not line[:1] <= begins[:1]
        and _follows(begins, last)
    )
    return line[:1].isupper() and unsorted and line[:1] > begins[:1]


def _put_tail(entry: _Entry, line: str) -> None:
    """A name's tail in brackets may have more of the coverage behind it."""
    match = re.match(r"([^()]*\))\s+(?=\S)", line)
    if match:
        entry.tail.append(match[1].strip())
        entry.coverage.append(line[match.end() :])
    else:
        entry.tail.append(line)


def _opens(line: str, following: str, entries: Sequence[_Entry]) -> str | None:
    """Whether a line without a word of coverage begins the next item: with its name only, or with a
    name and prose.
    """
    last = entries[-1] if entries else None
    if not line[:1].isupper() or (last is not None and not _follows(line, last)):
        return None
    prose = _prose(line)
    if prose:
        return "prose" if prose[0].istitle() else None
    ended = _ENDED.search(line) and not re.search(r"\([^()]*\)$", line)
    near = last is None or _follows(line, last, near=True) or _STATUS.search(following) is not None
    return "name" if near and not ended and len(line) <= 50 else None


def is_list(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether rows read as a list of items: most of what stands in the second column says how
    something is covered.
    """
    told = sum(bool(_STATUS_FIRST.match(coverage)) for _, coverage in rows)
    return len(rows) >= _FEWEST and told * 2 > len(rows)
