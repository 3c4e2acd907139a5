"""Which lines of a plain text are titles: short lines that stand by themselves, where type does not
tell.

A text layer keeps no bold and no sizes. What is left of a title is its line: it ends although the
next word had room, begins where a sentence has ended, holds no sentence itself, and is set in
capitals, or apart, or stands in the table of contents too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.documents.labels import NOTE, connector_of
from policy_tracker.documents.levels import split_label
from policy_tracker.language.code_forms import CODE_ALONE

_CONTENTS = re.compile(
    r"(?P<title>\S.*?)\s*(?:\.{4,}|(?:\. ){4,}|…{2,}|(?:_ ?){4,})[\s.]*\d{0,3}\s*$"
)
LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|(?:_ ?){4,})[\s.]*$")
"""What leads from a title to its page, at a line's end."""
VERB = re.compile(
    r"\b(?:must|may|will|shall|should|can|cannot|is|are|was|were|be|been|has|have|had|does|do|did"
    r"|requires?|includes?|applies|apply|refer|see|means?)\b|\bof the following\b",
    re.IGNORECASE,
)
OPEN_END = re.compile(
    r"(?:[,(/&–—-]|\b(?:and|or|of|the|a|an|to|in|for|with|by|at|on|as|that|than|from|under|per|via))$",
    re.IGNORECASE,
)
RAISED = re.compile(r"(?:[®™℠]|TM\b|SM\b)\s*")
"""What a line begins with that goes on behind a raised sign."""
_ENDED = re.compile(r"[.!?:;][”\"')\]]*(?:\s?\(\d+(?:[,-]\d+)*\)|\d+)?$")
_NO_TITLE = re.compile(
    rf"https?:|www\.|@|\.{{4,}}|{CODE_ALONE}(?:[\s,)]|$)|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\bpage \d"
    r"|\d{3}-\d{4}|©|\bet al\b|[;=]|\b(?:19|20)\d\d\b|%",
    re.IGNORECASE,
)
SECTION = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,3}\.?\s+[A-Z]")
"""What a title with the number of its section begins with."""
_LABELLED = re.compile(r"[A-Z][A-Z /()&'’-]{2,50}:\s.*[a-z]")
"""A label in capitals with its value: "PRESCRIBER: Keeper"."""
_SMALL_WORD = re.compile(
    r"(?:an?|and|as|at|by|for|from|into?|of|on|or|per|the|to|via|vs|with|without)", re.IGNORECASE
)
_ROOM = 0.8
"""The share of the width from which the next word may not have had room."""
_LONGEST, _LONGEST_TITLED = 0.78, 0.9
_CODE_FIRST = re.compile(rf"[*†‡^]*{CODE_ALONE}[*†‡^]*(?:\s+[A-Z(*†‡^]|[-–]|$)")
_BEHIND_CODES, _BEFORE_CODES = 6, 3
"""Lines behind and before one with a code, among which others belong to its list."""
_UNWRAPPED = 110.0
"""Characters that count as a full line where lines are not wrapped."""
_DENSE = 0.5
"""The share of lines with an empty one before them from which that tells nothing."""
_MOST_WORDS = 14
_CAPITAL = 0.75
"""The share of a title's words that begin with a capital."""
_SECOND = 2
_LEAST_PROSE = 7
"""A line of a sentence has as many words, and a verb among them."""
_LONGEST_RUN = 3
"""So many titles stand under each other at most; more are the rows of a table, or a list."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of text, and whether and how many empty lines stand before it."""

    text: str
    apart: bool
    blanks: int = 0


def title_lines(lines: Sequence[SetLine], width: float) -> set[int]:
    """The places of the lines that are titles; `width` is the length of a full line."""
    wrapped = width < float("inf")
    width = min(width, _UNWRAPPED)
    dense = sum(line.apart for line in lines) < _DENSE * len(lines)
    listed, names = _listed(lines), _listed_names(lines)
    sure: set[int] = set()
    likely: set[int] = set()
    for place, line in enumerate(lines):
        repeated = _begins_anew(lines, place, width) and (
            _plain(line.text) in listed
            or (place + 1 < len(lines) and _plain(f"{line.text} {lines[place + 1].text}") in listed)
        )
        if _CONTENTS.fullmatch(line.text):
            continue
        if repeated:
            sure.add(place)
        elif not _may_be(lines, place, width):
            if place - 1 in sure | likely and _ends_title(lines, place, width):
                (sure if place - 1 in sure else likely).add(place)
        elif _is_loud(line.text) or _is_numbered_title(lines, place):
            sure.add(place)
        elif (
            not _among_codes(lines, place)
            and place not in names
            and (wrapped or _heads_text(lines, place))
            and _is_set_as_title(lines, place, width, dense=dense)
        ):
            likely.add(place)
    return _without_halves(sure | _without_long_runs(likely, sure, lines), lines)


def _is_loud(text: str) -> bool:
    """Whether a line is set in capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) > 4


def _is_numbered_title(lines: Sequence[SetLine], place: int) -> bool:
    """Whether a line with the number of a section stands over text: "2.0 Rules". Below an item
    stands the next item.
    """
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    numbered = SECTION.match(lines[place].text) is not None
    apart = lines[place].apart or not place
    return apart and numbered and not SECTION.match(following)


def _without_halves(found: set[int], lines: Sequence[SetLine]) -> set[int]:
    """The titles without lines that are a part of one: what ends in the middle of a phrase, and
    what stands in brackets below a line, where the other part is no title.
    """
    return {
        place
        for place in found
        if not (
            OPEN_END.search(lines[place].text)
            and not lines[place + 1].apart
            and place + 1 not in found
        )
        and not (
            lines[place].text.startswith("(") and not lines[place].apart and place - 1 not in found
        )
    }


def end_of_head(lines: Sequence[SetLine]) -> int:
    """Where a document's head ends: at its first sentence, or at the title close above this."""
    first = next((place for place, line in enumerate(lines) if _is_prose(line.text)), 0)
    return first if not first or lines[first].apart else first - 1


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _LEAST_PROSE and VERB.search(text) is not None


def is_contents(text: str) -> bool:
    """Whether a line is one of a table of contents: a title, dots, and a page."""
    return _CONTENTS.fullmatch(text) is not None


def _listed(lines: Sequence[SetLine]) -> frozenset[str]:
    """The titles that a table of contents lists."""
    found = (_CONTENTS.fullmatch(line.text) for line in lines)
    return frozenset(_plain(match["title"]) for match in found if match)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _may_be(lines: Sequence[SetLine], place: int, width: float) -> bool:
    """Whether a line reads as a title does, and nothing goes on over its ends."""
    text = lines[place].text
    if (
        not re.match(r"[A-Z0-9“\"(]", text)
        or not re.search(r"[A-Za-z]{3}", text)
        or text[-1] in ".;,:"
        or len(text) > _longest(text) * width
        or len(text.split()) > _MOST_WORDS
        or _NO_TITLE.search(text)
        or _LABELLED.match(text)
        or (VERB.search(text) and not _verbs_are_titled(text) and not text.endswith("?"))
        or (split_label(text)[0] and not _is_numbered_title(lines, place))
        or NOTE.match(text)
        or connector_of(text)
        or text.count("(") > text.count(")")
        or place + 1 == len(lines)
    ):
        return False
    before = lines[place - 1].text if place else ""
    if RAISED.fullmatch(before) or RAISED.match(lines[place + 1].text):
        return False
    if OPEN_END.search(before) and not lines[place].apart and not before.isupper():
        return False
    following = lines[place + 1]
    if following.apart:
        return True
    word = following.text.split(" ", 1)[0]
    return len(text) + 1 + len(word) < _longest(text) * width and not re.match(
        r"[a-z,;.)\]%”’&]", following.text
    )


def _verbs_are_titled(text: str) -> bool:
    """Whether a line is set in capitals, or each of its verbs begins with one, as in a title: "When
    Services Are Covered".
    """
    if text.isupper():
        return True
    verbs = [match[0] for match in VERB.finditer(text)]
    return all(verb[0].isupper() for verb in verbs) and _is_titled(text)


def _begins_anew(lines: Sequence[SetLine], place: int, width: float) -> bool:
    """Whether a line is no part of a sentence: neither its middle, nor its end."""
    before = lines[place - 1] if place else None
    open_before = (
        before is not None
        and not lines[place].apart
        and not _ENDED.search(before.text)
        and (len(before.text) > _ROOM * width or OPEN_END.search(before.text) is not None)
    )
    return not open_before and lines[place].text[-1] not in ".;,"


def _ends_title(lines: Sequence[SetLine], place: int, width: float) -> bool:
    """Whether a line is the end of the title that the line before leaves open."""
    text = lines[place].text
    following = lines[place + 1] if place + 1 < len(lines) else None
    return (
        OPEN_END.search(lines[place - 1].text) is not None
        and len(text) <= _LONGEST * width
        and not VERB.search(text)
        and text[-1] not in ".;,:"
        and (following is None or following.apart or following.text[:1].isupper())
    )


def _among_codes(lines: Sequence[SetLine], place: int) -> bool:
    """Whether a line stands in a list of codes: titles of columns, a status."""
    near = lines[max(0, place - _BEHIND_CODES) : place + _BEFORE_CODES + 1]
    return any(_CODE_FIRST.match(line.text) for line in near)


def _heads_text(lines: Sequence[SetLine], place: int) -> bool:
    """Whether a sentence, a lead-in, an item or another title stands below a line: in a list whose
    paragraphs are not wrapped, another name does.
    """
    following = lines[place + 1].text
    return (
        following[-1] in ".:;"
        or split_label(following)[0] is not None
        or (following.isupper() and lines[place].text.isupper())
    )


def _listed_names(lines: Sequence[SetLine]) -> set[int]:
    """The lines of lists without labels: what follows a colon, as long as no sentence ends and no
    empty line stands between. The first may stand apart from what announces it, where others stand
    right below it.
    """
    found: set[int] = set()
    inside = False
    for place, line in enumerate(lines):
        before = lines[place - 1].text if place else ""
        opens = before.endswith(":") and (not line.apart or _leads_names(lines, place))
        inside = (opens or (inside and not line.apart)) and not _ends_names(line.text)
        if inside:
            found.add(place)
    return found


def _ends_names(text: str) -> bool:
    return text.endswith((".", ":")) or split_label(text)[0] is not None


def _leads_names(lines: Sequence[SetLine], place: int) -> bool:
    """Whether another name stands right below one: a title stands over text."""
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and not following.apart and not _ends_names(following.text)


def _longest(text: str) -> float:
    """The share of the width that a title may fill: more where its letters set it apart."""
    return 1.0 if text.isupper() else _LONGEST_TITLED if _is_titled(text) else _LONGEST


def _is_set_as_title(lines: Sequence[SetLine], place: int, width: float, *, dense: bool) -> bool:
    """Whether a line stands by itself: behind what has ended, and in capitals or apart, which tells
    something in a text that is set `dense`.
    """
    line = lines[place]
    before = lines[place - 1] if place else None
    if before is not None and not line.apart:
        first = line.text.split(" ", 1)[0]
        short = len(before.text) + 1 + len(first) < _ROOM * width
        if before.text.endswith(":") or not (_ENDED.search(before.text) or short):
            return False
    alone = dense and line.apart and lines[place + 1].apart
    return _is_titled(line.text) or alone or _opens_prose(lines, place, width)


def _is_titled(text: str) -> bool:
    words = [
        word for word in re.findall(r"[A-Za-z][\w’'-]*", text) if not _SMALL_WORD.fullmatch(word)
    ]
    capital = sum(word[0].isupper() for word in words)
    return bool(words) and capital >= _CAPITAL * len(words)


def _opens_prose(lines: Sequence[SetLine], place: int, width: float) -> bool:
    """Whether a few words in small letters stand between a sentence's end and a full line."""
    before = lines[place - 1] if place else None
    ended = before is None or before.text[-1] in ".!?" or len(before.text) < _LONGEST * width
    return (
        len(lines[place].text.split()) <= 5
        and ended
        and len(lines[place + 1].text) > _LONGEST * width
    )


def _is_announced(lines: Sequence[SetLine], run: Sequence[int]) -> bool:
    """Whether several lines stand right behind a colon."""
    return len(run) > 1 and run[0] > 0 and lines[run[0] - 1].text.endswith(":")


def _is_list(lines: Sequence[SetLine], run: Sequence[int]) -> bool:
    """Whether lines that look like titles are a list without labels: several right behind a colon,
    or what stands behind its first item.
    """
    place = run[0]
    return _is_announced(lines, run) or (
        place >= _SECOND
        and lines[place - _SECOND].text.endswith(":")
        and lines[place - 1].text[-1] not in ".:"
        and split_label(lines[place - 1].text)[0] is None
    )


def _without_long_runs(likely: set[int], sure: set[int], lines: Sequence[SetLine]) -> set[int]:
    """The likely titles without those that stand in rows: of a table, or of a list."""
    kept: set[int] = set()
    run: list[int] = []
    for place in range(len(lines) + 1):
        if place in likely or place in sure:
            run.append(place)
            continue
        if len(run) <= _LONGEST_RUN and not (run and _is_list(lines, run)):
            kept.update(run)
        elif run and _is_announced(lines, run) and _heads_text(lines, run[-1]):
            kept.add(run[-1])  # the list ends, and the next part begins
        run = []
    return kept & likely
