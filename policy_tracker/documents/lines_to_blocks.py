"""From physical lines in reading order to blocks: what belongs together, what begins anew.

A line begins a block by its label, its style, the gap above it, or because the line before ended
with room to spare. A block goes on over a page break unless its text has ended.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block, Place, Style
from policy_tracker.documents.labels import (
    CODE,
    DATE,
    LABEL,
    NOTE,
    connector_of,
    label_kind,
    printed,
)
from policy_tracker.documents.traced import Piece, Traced, joined_lines
from policy_tracker.language.boilerplate import is_navigation
from policy_tracker.language.numbers import ends_with_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_tracker.documents.blocks import BlockKind, Bold
    from policy_tracker.documents.hyphenation import Vocabulary
    from policy_tracker.documents.text_lines import TextLine

_TERM = re.compile(
    r"(?:initial|continuation|continued|renewal|reauthorization|approval|authorization"
    r"|duration)[A-Za-z "
    r"]{0,24}:"
    r" ?\d+ (?:day|week|month|year)s?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d{1,3}$")
"""How a line of a table of contents ends."""
_FOOTNOTE = re.compile(r"[*†‡^#@%+]+ ?(?=[A-Z])")
_RUN_IN = re.compile(r"[A-Z][\w /()-]{2,40}[.:](?:\s|$)")
_FRESH = re.compile(r"[\"“‘'(\[]?[A-Z0-9]")
_WITHIN = re.compile(r"[a-z]|\([A-Za-z]{2,}")
"""How a line begins within a sentence."""
_UNFINISHED = re.compile(r"(?:\(|,|\b(?:or|and|to|in|of|page|than|the|a|for|with))$")
_OF_LIST = re.compile(r"(?:[a-z]|[ivx]{1,5})[.)] [A-Z]")
"""A label in small letters before a capital, as no sentence goes on."""
_BRACKET_LINES = 2
"""Lines over which a remark in brackets goes."""
_OF_LIST_END = re.compile(r"(?:;|[;,] (?:and|or))$", re.IGNORECASE)
"""How a part of a list ends before the next."""
_ENDED = re.compile(r"(?:[:;.]|\b(?:AND|OR))$")
_VERB = re.compile(
    r"\b(?:must|may be|will be|is|are|has|have|does)\b|of the following|^(?:AND|OR)\b"
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 ,/&()'’–-]{3,}:?")
_SAME_EDGE = 3.0
"""Points by which lines on one left edge differ: letters have side bearings, numerals are set to
the right.
"""
_SAME_LABEL = 4.0
"""Points by which labels of one list differ, set to the right under each other."""
_SAME_TEXT = 6.0
"""Points by which the text behind labels differs from line to line: labels are wider or narrower
than the tab that follows them.
"""
_OTHER_EDGE = 14.0
"""Points by which a line is set in or out, so that a paragraph begins: less than the 18 of an
ordinary tab.
"""
_FIRST_LINE = 40.0
"""Points by which the first line of an item may be set in further than those that follow."""
_SAME_BASE = 2.0
"""Points between the baselines of two pieces of one line."""
_PITCH, _LEAST_SIZE = 1.38, 8.0
"""Sizes from baseline to baseline in type that is set with lead; files that give less than 8 points
scale their letters elsewhere.
"""
_APART, _APART_POINTS = 1.22, 3.0
"""Pitches, and points on top, from which a gap is one between paragraphs."""
_EARLY = 0.35
"""The share of a column that a line leaves empty where it ends by itself: nobody wraps so early."""
_EM = 0.5
"""Sizes that a letter is wide, on average."""
_ROOM, _MUCH_ROOM = 6.0, 40.0
"""Points that a line leaves beyond the next line's first word: more than ragged setting leaves; so
much that the text has ended.
"""
_OTHER_SIZE, _CAPITALS_SIZE = 0.08, 0.3
"""Of the size: from which difference type is another; in capitals small ones are mixed with large.
"""
_LARGER = 1.15
"""Times the body's size from which type is a heading's."""
_REACHED = 0.95
"""The share of a column's lines that end before its right margin; those beyond are set out by
accident.
"""
_LONGEST_HEADING = 100
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Draft:
    """A block in the making: its lines, its label and whether the label is a raised mark, what
    stands behind it on a line of its own.

    `apart`: it began to the right of another piece of the same line.
    """

    lines: list[TextLine]
    label: str | None = None
    raised: bool = False
    note: bool = False
    apart: bool = False
    gap: float = 0.0
    connector: str | None = None
    marks: list[str] = field(default_factory=list)

    @property
    def first(self) -> TextLine:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> TextLine:
        """Its last line so far."""
        return self.lines[-1]


def right_margins(lines: Iterable[TextLine]) -> dict[tuple[int, int], float]:
    """By page and column: where full lines end."""
    edges: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        edges.setdefault((line.page, line.column), []).append(line.right)
    return {key: sorted(values)[int(len(values) * _REACHED)] for key, values in edges.items()}


def body_size(lines: Iterable[TextLine]) -> float:
    """The size that most characters have; 0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def drafts_of(
    lines: Sequence[TextLine],
    margins: dict[tuple[int, int], float],
    widest: float = float("inf"),
) -> list[Draft]:
    """The blocks that lines make, in the lines' order. `widest` is how far the next line of a
    paragraph is at most, in sizes of the type.
    """
    drafts: list[Draft] = []
    current: Draft | None = None
    before: TextLine | None = None
    for line in lines:
        connector = connector_of(line.text)
        if connector and current and before and _is_wrapped_end(current, before, line, margins):
            current.lines.append(line)
            before = line
            continue
        if connector is not None and drafts:
            drafts[-1].connector = drafts[-1].connector or connector
            current, before = None, line
            continue
        label = LABEL.match(line.text)
        if (
            label is not None
            and current is not None
            and before is not None
            and _is_wrapped_word(current, before, line, label)
        ):
            label = None
        note = NOTE.match(line.text) is not None
        if (
            current is None
            or before is None
            or label is not None
            or line.label_mark
            or note
            or _begins(current, before, line, margins, widest)
        ):
            gap = (
                line.base - before.base
                if before is not None and before.page == line.page and before.base < line.base
                else 0.0
            )
            apart = before is not None and _is_apart(before, line)
            current = Draft([line], _label(line, label), bool(line.label_mark), note, apart, gap)
            drafts.append(current)
        else:
            current.lines.append(line)
        before = line
    return drafts


def _is_wrapped_end(
    current: Draft,
    before: TextLine,
    line: TextLine,
    margins: dict[tuple[int, int], float],
) -> bool:
    """Whether a line of "or" or "and" alone ends the sentence before it, where that filled its
    line; else it stands between two items.
    """
    if (line.page, line.column) != (before.page, before.column) or before.text[-1:] in ".:":
        return False
    room = margins[before.page, before.column] - before.right
    edge = before.left if len(current.lines) > 1 else current.first.text_left
    pitch = _PITCH * max(before.size, line.size, _LEAST_SIZE)
    return (
        room < len(line.text) * line.size * _EM + _ROOM
        and abs(line.left - edge) < _SAME_TEXT
        and 0 < line.base - before.base <= _APART * pitch
    )


def _label(line: TextLine, match: re.Match[str] | None) -> str | None:
    if line.label_mark:
        return line.label_mark
    return match.group().strip() if match is not None else None


def _is_wrapped_word(
    current: Draft, before: TextLine, line: TextLine, label: re.Match[str]
) -> bool:
    """Whether a label at the line's beginning is only a word of the sentence before, such as "(2)
    months" or "I. think".
    """
    if label.group("bullet") and label.group("bullet") not in "–—-":
        return False
    text = before.text
    if line.text[label.end() : label.end() + 1].islower() and _is_in_brackets(current):
        return True
    if label.group("closed") and ends_with_number(text):
        return True
    if current.label and abs(line.left - current.first.left) < _SAME_LABEL:
        return False
    if (
        text.endswith("-")
        and text[-2:-1].isalnum()
        and abs(line.left - current.last.left) < _SAME_EDGE
    ):
        return True
    if _ENDED.search(text):
        return False
    if (
        label.group("closed")
        and line.text[label.end() : label.end() + 1].islower()
        and abs(line.left - before.left) < _SAME_EDGE
    ):
        return True  # a reference in a sentence that goes on
    if not _UNFINISHED.search(text) or _OF_LIST.match(line.text):
        return False
    is_level = line.left >= current.first.left - 2 and abs(line.left - before.left) < _SAME_EDGE
    return is_level or abs(line.left - current.first.text_left) < _SAME_EDGE


def _is_in_brackets(current: Draft) -> bool:
    """Whether what was read of a block ends within brackets: "(see item"."""
    words = " ".join(line.text for line in current.lines[-_BRACKET_LINES:])
    return words.rfind("(") > words.rfind(")")


def _begins(
    current: Draft,
    before: TextLine,
    line: TextLine,
    margins: dict[tuple[int, int], float],
    widest: float,
) -> bool:
    """Whether a line without a label begins a block."""
    listed = before.text[-1:].isdigit() and _CONTENTS.search(before.text)
    if listed or _TERM.match(line.text) or is_navigation(line.text) or is_navigation(before.text):
        return True
    margin = margins[before.page, before.column]
    room = margin - before.right
    word = len(line.text.split(" ", 1)[0]) * line.size * _EM
    ended_early = (
        room - word > _EARLY * (margin - current.first.left)
        and _FRESH.match(line.text) is not None
        and _UNFINISHED.search(before.text) is None
    )
    if line.page != before.page or line.column != before.column:
        return ended_early or _begins_on_new_page(current, before, line)
    step = line.base - before.base
    pitch = _PITCH * max(before.size, line.size, _LEAST_SIZE)
    ended = before.text[-1:] in ".:"
    apart = min(_APART * pitch + _APART_POINTS, widest * max(before.size, line.size))
    if step > apart or step < -pitch:
        return True
    size = max(line.size, before.size)
    capitals = line.text.isupper() and before.text.isupper() and step <= pitch
    other = _CAPITALS_SIZE if capitals else _OTHER_SIZE
    if line.light != before.light or abs(line.size - before.size) > other * size:
        return True
    if _is_list_row(current, line, room > word + _ROOM) or _is_loud_behind(before, line):
        return True
    if _is_apart(before, line):
        return current.lines != [before] or (
            before.text != current.label and not (current.note and len(before.text) < 8)
        )
    if current.apart and abs(line.left - current.first.left) > _SAME_TEXT:
        return True  # the next row, not the next line of this piece
    if (
        current.label
        and room < word + _ROOM
        and not line.bold[0]
        and abs(line.left - current.first.text_left) < _SAME_TEXT
    ):
        return False  # a bold title fills the item's first line
    ends_part = not current.label and room > word + _MUCH_ROOM and _OF_LIST_END.search(before.text)
    if ends_part or _begins_by_style(before, line, ended, room > word + 6, len(current.lines)):
        return True
    is_full = room < word + _ROOM
    return _begins_by_place(current, line, ended, room > word + _MUCH_ROOM, is_full) or (
        room - word > _EARLY * (margins[before.page, before.column] - current.first.left)
        and _FRESH.match(line.text) is not None
        and _UNFINISHED.search(before.text) is None
    )


def _begins_on_new_page(current: Draft, before: TextLine, line: TextLine) -> bool:
    if (
        before.all_bold
        and len(current.lines) == 1
        and not current.label
        and before.text[-1:] not in ",;"
    ):
        return True
    if before.text[-1:] in ".:" or abs(line.size - before.size) > _OTHER_SIZE * line.size:
        return True
    if not line.text[:1].isupper():
        return False
    looks_other = line.all_bold != before.all_bold or line.light != before.light
    edge = before.left if len(current.lines) > 1 else current.first.left
    return looks_other or line.left < edge - 2 or _is_list_row(current, line, True)


def _is_apart(before: TextLine, line: TextLine) -> bool:
    """Whether a line is a piece of the same line, cut off because it stands apart."""
    return (
        line.page == before.page
        and abs(line.base - before.base) < _SAME_BASE
        and line.left > before.right
    )


def _is_loud_behind(before: TextLine, line: TextLine) -> bool:
    """Whether a line in capitals stands behind a sentence in small letters."""
    return (
        before.text[-1:] == "."
        and not before.text.isupper()
        and _CAPITALS.fullmatch(line.text) is not None
    )


def _is_list_row(current: Draft, line: TextLine, has_room: bool) -> bool:
    """Whether a line is the next row of a list of dates or codes that has no rules."""
    for pattern in (DATE, CODE):
        if pattern.match(line.text):
            same = pattern.match(current.first.text) is not None
            return abs(line.left - current.first.left) < _SAME_EDGE and (same or has_room)
    return False


def _begins_by_style(
    before: TextLine, line: TextLine, ended: bool, has_room: bool, length: int
) -> bool:
    if (
        line.all_bold
        and not before.bold[0]
        and (before.text[-1:] in ".:;" or (has_room and line.text[:1].isupper()))
    ):
        return True
    if line.bold[0] and not before.bold[2] and ended and _RUN_IN.match(line.text):
        return True
    if before.all_bold and not line.bold[0]:
        if length == 1 and has_room:
            return True
        if before.text.endswith(":") or (ended and line.text[:1].isupper()):
            return True
    if line.underlined != before.underlined and has_room and line.text[:1].isupper():
        return True
    return ended and _FOOTNOTE.match(line.text) is not None


def _begins_by_place(
    current: Draft, line: TextLine, ended: bool, has_much_room: bool, is_full: bool
) -> bool:
    if current.label:
        if line.left < current.first.left - _SAME_EDGE:
            return not _goes_on_further_out(current, line, is_full)
        if abs(line.left - current.first.text_left) < _SAME_TEXT:
            return False
    if ended and has_much_room:
        return True
    return (
        not current.label
        and len(current.lines) > 1
        and abs(line.left - current.last.left) > _OTHER_EDGE
    )


def _goes_on_further_out(current: Draft, line: TextLine, is_full: bool) -> bool:
    """Whether a line goes on with an item whose first line is set in: that ended within a sentence,
    and this begins within one, or ends one where there was no more room.
    """
    if line.all_bold or line.left < current.first.left - _FIRST_LINE:
        return False
    if current.last.text[-1:] in ".:;":
        return False
    ends = is_full and current.last.text[-1:].isalnum() and line.text[-1:] in ".;,"
    return ends or _WITHIN.match(line.text) is not None


def finished(
    drafts: Iterable[Draft],
    words: Vocabulary,
    size: float,
    shifts: Mapping[tuple[int, int], float] | None = None,
) -> list[Block]:
    """The drafts as blocks. `size` is the size of the document's body text; `shifts` say by page
    and column how far the column stands to the right of the first one, which is no indentation.
    """
    drafts = list(drafts)
    return [
        _block(
            draft,
            words,
            size,
            (shifts or {}).get((draft.first.page, draft.first.column), 0.0),
            is_title=behind is not None and _TERM.match(behind.first.text) is not None,
        )
        for draft, behind in zip(drafts, [*drafts[1:], None], strict=True)
    ]


def _block(draft: Draft, words: Vocabulary, size: float, shift: float, *, is_title: bool) -> Block:
    first = draft.first
    label = draft.label
    traced = _printed(draft, words)
    text = traced.text
    style = _style(draft)
    kind = _kind(draft, text, style, size)
    if (
        kind == "paragraph"
        and is_title
        and len(text) < _LONGEST_TITLE
        and text[-1:].isalpha()
        and not _VERB.search(text)
    ):
        kind = "heading"  # "Approval duration for X", with "Initial requests: 6 months" below
    return Block(
        kind=kind,
        text=text,
        label=printed(label) if label else None,
        label_kind=None if label is None else "mark" if draft.raised else label_kind(label),
        indent=round(first.left - shift, 1),
        text_indent=round(first.text_left - shift, 1),
        style=style,
        connector=draft.connector,  # ty: ignore[invalid-argument-type]
        marks=tuple(mark for line in draft.lines for mark in line.marks),
        places=places_of(draft.lines),
        gap_before=round(draft.gap, 1),
        pieces=traced.pieces,
    )


def _printed(draft: Draft, words: Vocabulary) -> Traced:
    """The text behind the label, with the line of each of its pieces; where a piece stands in the
    block is where it stands in the text.
    """
    lines = (
        Traced(line.text, (Piece(0, "", 0, len(line.text), place_of(line)),))
        for line in draft.lines
    )
    whole = joined_lines(lines, words)
    text = whole.cut(len(draft.label)).stripped() if draft.label else whole
    return Traced(
        text.text,
        tuple(Piece(at, block, at, length, place) for at, block, _, length, place in text.pieces),
    )


def place_of(line: TextLine) -> Place:
    """The box of a line."""
    return Place(
        line.page,
        round(line.left, 1),
        round(line.top, 1),
        round(line.right, 1),
        round(line.bottom, 1),
    )


def _style(draft: Draft) -> Style:
    first = draft.first
    bold: Bold = "none"
    if first.bold[0]:
        bold = "all" if all(line.all_bold for line in draft.lines) else "start"
    return Style(
        size=first.size,
        bold=bold,
        italic=first.italic,
        banner=first.light,
        underlined=all(line.underlined for line in draft.lines),
        coloured=first.coloured,
    )


def _kind(draft: Draft, text: str, style: Style, size: float) -> BlockKind:
    if style.banner:
        return "heading"
    if draft.label:
        return "item"
    if draft.note:
        return "note"
    if (
        len(text) > _LONGEST_HEADING
        or not text
        or text[-1] in ".;,"
        or not any(letter.isalpha() for letter in text)
    ):
        return "paragraph"
    if style.size >= _LARGER * size and len(draft.lines) <= 3:
        return "heading"
    stands_out = style.bold == "all" or style.underlined
    if (stands_out and not _VERB.search(text)) or (
        _CAPITALS.fullmatch(text) and len(text.split()) <= 12
    ):
        return "heading"
    return "paragraph"


def places_of(lines: Iterable[TextLine]) -> tuple[Place, ...]:
    """One box per page round lines."""
    boxes: dict[int, list[float]] = {}
    for line in lines:
        box = boxes.get(line.page)
        if box is None:
            boxes[line.page] = [line.left, line.top, line.right, line.bottom]
        else:
            box[:] = (
                min(box[0], line.left),
                min(box[1], line.top),
                max(box[2], line.right),
                max(box[3], line.bottom),
            )
    return tuple(
        Place(page, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
        for page, (left, top, right, bottom) in boxes.items()
    )
