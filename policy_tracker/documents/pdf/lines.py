"""The physical lines of a PDF page: text in one call, geometry and style at the first, middle and
last character of each line.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.documents.labels import CODE, DATE, LABEL
from policy_tracker.documents.lookalikes import plain
from policy_tracker.documents.pdf.chars import SMALL
from policy_tracker.documents.pdf.marks import EXPONENT, RAISED
from policy_tracker.documents.text_lines import TextLine, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.pdf.chars import Chars
    from policy_tracker.documents.pdf.marks import FootnoteMark

# pdfium gives a hyphen at a line's end as U+0002 or U+FFFE, and leaves the line break out.
_HYPHENS = ("\x02", "\ufffe")
_LINE = re.compile(r"[^\r\n\x02\ufffe]+")
_WORD = re.compile(r"\S+")
_SAME_BASE = 1.0
"""Points by which the baselines of two pieces of one line may differ: lines are cut where fonts
change, and these sit a little off.
"""
_ONE_BASE = 0.5
"""Points by which the baselines of two characters beside each other may differ, unless one of them
is raised or lowered.
"""
_OVERLAP = 0.2
"""Of the size: how far a piece may reach into the one before, as slanted letters do."""
_SAME_SIZE = 0.2
"""Of the size: how much smaller or larger the next piece of a line may be (small capitals)."""
_LEAST_RAISED, _MOST_RAISED = 1.0, 0.7
"""Points, and part of the size, between which a mark stands above the baseline: less is a font's
own, more is the line above.
"""
_NEAR_MARK = 0.5
"""Of the size: how far from the end of a line its raised mark may begin."""
_LEAST_WIDTH = 3
"""Sizes that a line must be wide, so that a gap can be told from the letters' own widths."""
_LEAST_EM = 4.0
"""Points: files give sizes of nearly nothing, by which every blank would be a gap."""
_WIDER = 1.12
"""How much wider than the page's middle long line a line's letters may be before it is taken to
hold a gap.
"""
_WIDE_GAP = 2.5  # em; justified text stays far below
_STYLE_GAP = 0.9  # em, where the weight changes as well
_ACROSS = 1.6  # of the size of a line: how much larger a watermark over it is
_LONGEST_MARGIN_LABEL = 30  # characters
_JOIN_GAP = 1.6  # em
_SIZE_GAP, _OTHER_SIZE = 0.15, 0.7  # em, where the size changes as well; one size by the other
# em per character: prose takes 0.45 to 0.55, so that a wider line holds a gap or capitals
_MOST_EM = 0.62
_LONG, _LEAST_LINES = 50, 5  # characters; lines of that length, for a page's own measure
_FARTHEST = 20_000.0  # points; pages end at 14,400
_ROW_HEIGHT = 1.9  # em; a higher line is two that pdfium ran together


class PageText(NamedTuple):
    """The text of the page that is open, its number, how to ask for its characters, and the raised
    marks in it in order.
    """

    chars: Chars
    text: str
    page: int
    marks: Sequence[FootnoteMark]


def read_lines(source: PageText) -> list[TextLine]:
    """The lines of a page in the order of the text layer."""
    text = source.text
    lines: list[TextLine] = []
    hyphenated: set[int] = set()
    for match in _LINE.finditer(text):
        body = match.group()
        start = match.start() + len(body) - len(body.lstrip())
        end = match.start() + len(body.rstrip()) - 1
        if end < start:
            continue
        lines += _straight(source, start, end)
        if end == match.end() - 1 and text[end + 1 : end + 2] in _HYPHENS:
            hyphenated.add(end)
    lines = rejoined(lines)
    most = _most_em(lines)
    lines = [
        part
        for line in lines
        for part in (pieces(source, line, most) if _may_hold_gap(line, most) else (line,))
    ]
    for line in lines:
        if line.end in hyphenated:
            _hyphenate(line, source.marks)
    return lines


def _straight(source: PageText, start: int, end: int) -> Iterator[TextLine]:
    """The line from `start` to `end`, cut where upright letters go over into letters that lie, or
    into much larger ones: a watermark that pdfium put behind a line. Nothing of what lies off every
    page.
    """
    chars = source.chars
    (size, first), parts = chars.size(start), [start]
    last = chars.size(end)
    if last[1] != first:
        for match in _WORD.finditer(source.text, start, end + 1):
            if chars.size(match.start())[1] != first:
                first = not first
                parts.append(match.start())
    elif last[0] > _ACROSS * size and chars.base(end) != chars.base(start):
        # a watermark that stands upright, behind the line over which it is printed
        words = (match.start() for match in _WORD.finditer(source.text, start, end + 1))
        parts += [index for index in words if chars.size(index)[0] > _ACROSS * size][:1]
    for begin, stop in itertools.pairwise(dict.fromkeys((*parts, end + 1))):
        line = read_line(source, begin, last_printing(source.text, stop))
        if (
            abs(line.base) < _FARTHEST
            and abs(line.left) < _FARTHEST
            and abs(line.right) < _FARTHEST
        ):
            yield line


def _most_em(lines: Sequence[TextLine]) -> float:
    """How wide a character is at most, on average over a line without a gap, in em: by the page's
    long lines.
    """
    widths = sorted(
        (line.right - line.left) / (line.size or 1.0) / len(line.text)
        for line in lines
        if len(line.text) > _LONG
    )
    return (
        max(_MOST_EM, _WIDER * widths[len(widths) // 2])
        if len(widths) >= _LEAST_LINES
        else _MOST_EM
    )


def rejoined(lines: Sequence[TextLine]) -> list[TextLine]:
    """.

    He lines with those put together that pdfium cut at a raised mark, and raised marks that stand
    alone given to the line they touch.
    """
    whole: list[TextLine] = []
    waiting: TextLine | None = None
    for line in lines:
        above = whole[-1] if whole else None
        if waiting is not None and _touches(line, waiting):
            line.marks += (waiting.text,)
            waiting = None
        if above is not None and _LONE_MARK.fullmatch(line.text):
            if _touches(above, line):
                if line.text in _SIGNS or (line.text in _EXPONENTS and EXPONENT.search(above.text)):
                    above.text += line.text
                else:
                    above.marks += (line.text,)
                above.right = line.right
                continue
            if line.size < _OTHER_SIZE * above.size:
                waiting = line
                continue
        if above is not None and _goes_on(above, line):
            _append(above, line)
        else:
            whole.append(line)
    return whole


_EXPONENTS = frozenset("23")
_SIGNS = frozenset({"®", "™", "℠", "©"})
"""Raised signs that belong to the word before them, and mark no note."""
_LONE_MARK = re.compile(r"\d{1,3}(?:[-–,]\d{1,3})*|[a-h]|[*†‡§®™℠©]")


def _touches(line: TextLine, mark: TextLine) -> bool:
    """Whether a small line stands raised at the end of a line."""
    raised = line.base - mark.base
    is_raised = _LEAST_RAISED < raised < _MOST_RAISED * line.size
    return (
        mark.size < SMALL * line.size
        and is_raised
        and abs(mark.left - line.right) < _NEAR_MARK * line.size
    )


def _goes_on(above: TextLine, line: TextLine) -> bool:
    gap = (line.left - above.right) / (above.size or 1.0)
    # where the weight changes, a column may begin
    nearest = _JOIN_GAP if above.bold[2] == line.bold[0] else _JOIN_GAP / 2
    is_level = abs(line.base - above.base) < _SAME_BASE
    return (
        is_level
        and -_OVERLAP < gap < nearest
        and abs(line.size - above.size) < _SAME_SIZE * above.size
    )


def _append(above: TextLine, line: TextLine) -> None:
    blank = (
        " "
        if line.left - above.right > _SIZE_GAP * above.size and line.text[0] not in ".,;:)"
        else ""
    )
    above.text += blank + line.text
    above.right, above.end = line.right, line.end
    above.top, above.bottom = min(above.top, line.top), max(above.bottom, line.bottom)
    above.marks += line.marks
    above.bold = (above.bold[0], above.bold[1] and line.bold[1], line.bold[2])
    above.open_mark = line.open_mark


def join_open_marks(lines: Sequence[TextLine]) -> None:
    """A raised number that goes on in the next line ("1-" and "3") is one mark, not the label of
    that line.
    """
    for above, line in itertools.pairwise(lines):
        if above.open_mark and line.label_mark:
            line.text = line.text[len(line.label_mark) :].lstrip()
            line.marks = (line.label_mark, *line.marks)
            line.label_mark = None


def _hyphenate(line: TextLine, marks: Sequence[FootnoteMark]) -> None:
    line.hyphen = True
    if any(mark.stop == line.end + 1 for mark in marks):
        line.open_mark = True
    else:
        line.text += "-"


def read_line(source: PageText, start: int, end: int) -> TextLine:
    """The line from character `start` to `end`, both printing ones, without the raised marks in
    it.
    """
    text = source.text
    middle = start + (end - start) * 2 // 3
    while middle > start and not text[middle].isalnum():
        middle -= 1
    inside = [mark for mark in source.marks if start <= mark.start <= end] if source.marks else []
    if any(mark.start <= middle < mark.stop for mark in inside):
        middle = start
    measures = source.chars.measure(start, middle, end)
    (
        left,
        top,
        right,
        bottom,
        top_end,
        bottom_end,
        base,
        size,
        upright,
        bold,
        italic,
        light,
        coloured,
        pale,
    ) = measures
    raised = base - RAISED * size
    body = text[start : end + 1]
    marks: list[str] = []
    if inside:
        body, marks = _without(body, start, inside)
    open_mark = bool(inside) and inside[-1].stop > end and marks[-1][-1] in "-–"
    line = TextLine(
        source.page,
        folded(plain(body)),
        left,
        right,
        min(top, top_end),
        max(bottom, bottom_end),
        base,
        size,
        bold,
        italic,
        light,
        coloured,
        upright,
        start,
        end,
        left,
        open_mark=open_mark,
        marks=tuple(marks),
        pale=pale,
    )
    if bottom < raised and start < middle:
        _take_leading_mark(source, line)
    if (
        bottom_end < raised
        and middle < end
        and text[end].isalpha()
        and not inside
        and bottom_end - top_end < size
    ):
        _take_last_letter(source, line)
    label = LABEL.match(line.text)
    if label is not None and label.end() < len(line.text):
        line.text_left = source.chars.box(_after(text, start, label.group().rstrip()))[0]
    return line


def _without(body: str, start: int, marks: Sequence[FootnoteMark]) -> tuple[str, list[str]]:
    kept, place = [], 0
    for mark in marks:
        kept.append(body[place : max(mark.start - start, place)])
        place = mark.stop - start
    return "".join([*kept, body[place:]]), [mark.text for mark in marks]


_LEADING = re.compile(r"([a-z]|\d{1,2}|[*†‡§^#]+) ?(?=\S)")


def _take_leading_mark(source: PageText, line: TextLine) -> None:
    match = _LEADING.match(line.text)
    if match is None or not source.chars.is_small(line.start, line.size):
        return
    line.label_mark = match.group(1)
    line.text_left = source.chars.box(_after(source.text, line.start, match.group(1)))[0]


def _take_last_letter(source: PageText, line: TextLine) -> None:
    if source.text[line.end - 1].isalpha() and source.chars.is_small(line.end - 1, line.size):
        return  # a raised word, not a mark
    if source.chars.is_small(line.end, line.size):
        line.marks += (line.text[-1],)
        line.text = line.text[:-1].rstrip()


def _after(text: str, start: int, label: str) -> int:
    place = start + len(label)
    while place < len(text) - 1 and text[place] == " ":
        place += 1
    return place


def _may_hold_gap(line: TextLine, most: float) -> bool:
    is_labelled = line.text_left != line.left
    if (
        line.bold[0]
        and not line.bold[2]
        and not is_labelled
        and line.right - line.left >= _LEAST_WIDTH * line.size
    ):
        return True
    return _is_stretched(line, most)


def _is_stretched(line: TextLine, most: float) -> bool:
    """Whether a line is wider or higher than its text alone makes it."""
    if line.bottom - line.top > _ROW_HEIGHT * line.size:
        return True
    width = line.right - line.left
    return (
        width > _LEAST_WIDTH * line.size and width > most * line.size * len(line.text) + line.size
    )


def words_of(text: str, line: TextLine) -> Iterator[tuple[int, int]]:
    """First and last character of every word of a line."""
    for match in _WORD.finditer(text, line.start, line.end + 1):
        yield match.start(), match.end() - 1


def pieces(source: PageText, line: TextLine, most: float) -> list[TextLine]:
    """The line cut where a gap is too wide for a blank, or where weight or size change at a gap.

    A date or a code in front is not cut off: the rows of unruled lists stay whole.
    """
    whole_row = DATE.match(line.text) or CODE.match(line.text)
    if whole_row and line.bottom - line.top <= _ROW_HEIGHT * line.size:
        return [line]
    cuts = _cuts(source, line, _is_stretched(line, most))
    if not cuts:
        return [line]
    return [
        read_line(source, first, last_printing(source.text, stop))
        for first, stop in itertools.pairwise([line.start, *cuts, line.end + 1])
    ]


def last_printing(text: str, stop: int) -> int:
    """The last character before `stop` that is no blank."""
    last = stop - 1
    while text[last] == " ":
        last -= 1
    return last


def _cuts(source: PageText, line: TextLine, stretched: bool) -> list[int]:
    """The first characters of the words at which a new piece begins."""
    chars, text = source.chars, source.text
    cuts: list[int] = []
    label = LABEL.match(line.text)
    begin = (
        _after(text, line.start, label.group().rstrip())
        if label and label.end() < len(line.text)
        else line.start
    )
    small, large = sorted((chars.size(line.start)[0], chars.size(line.end)[0]))
    sizes_differ = small < _OTHER_SIZE * large
    em = max(line.size, _LEAST_EM)
    right: float | None = None
    before = line.start
    for first, last in words_of(text, line):
        left, _, end, _ = chars.box(first)
        if right is not None and first > begin:
            gap = (left - right) / em
            is_short = before - begin < _LONGEST_MARGIN_LABEL
            if (
                abs(gap) > _WIDE_GAP
                or (
                    is_short
                    and gap > _STYLE_GAP
                    and text[before] not in ".,;)"
                    and _bold_ends(chars, before, first)
                )
                or (sizes_differ and gap > _SIZE_GAP and _is_other_size(chars, before, first))
            ):
                cuts.append(first)
                begin = first
            elif not stretched and not is_short and not sizes_differ:
                break
        right, before = end if last == first else chars.box(last)[2], last
    return cuts


def _bold_ends(chars: Chars, before: int, after: int) -> bool:
    return chars.style(before)[0] and not chars.style(after)[0]


def _is_other_size(chars: Chars, before: int, after: int) -> bool:
    """Whether two characters on one baseline differ in size; a raised or lowered mark has another
    baseline.
    """
    small, large = sorted((chars.size(before)[0], chars.size(after)[0]))
    return small < _OTHER_SIZE * large and abs(chars.base(before) - chars.base(after)) < _ONE_BASE
