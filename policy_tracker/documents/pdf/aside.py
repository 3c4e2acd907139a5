"""What a page of a PDF prints, but not as words to be read: invisible and struck text, glyphs of
which no character is known, fields of forms and notes laid over the page.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from policy_tracker.documents.blocks import HIDDEN, STRUCK, Place, Unreadable, as_told
from policy_tracker.documents.pdf.chars import has_map_error
from policy_tracker.documents.symbols import PRIVATE, drawn, font_in, without_private
from policy_tracker.documents.unnamed import AROUND, GLYPHS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.pdf.chars import Chars, Frame
    from policy_tracker.documents.pdf.shapes import Box, Shapes
    from policy_tracker.documents.text_lines import TextLine

FIELD = "a field of a form"
NOTE = "a note laid over the page"
SIDEWAYS = "the page is printed sideways, and may be misread"
_SEEN = 1.0
"""Points of height from which letters can be seen at all."""
_WORD = re.compile(r"[A-Za-z]{2}|\d")
_SCANNED = 0.3
"""Of the page that a picture covers: invisible text over it is what was recognized in it."""
_ABOVE, _BELOW = 0.55, 0.12
"""Of the size above the baseline, between which a rule strikes text out: lower it underlines."""
_MOST_FIELDS = 500
_SET_OFF = re.compile(f"(?:^|(?<=[\\s])){PRIVATE.pattern}(?=[ ]+[^\\W\\d])")
"""A sign that stands apart before words is a bullet, whatever it looks like."""
_SWITCHES = frozenset(("off", "yes", "on", "no"))
_WORD = re.compile(r"\w")
_PRINTING = re.compile(r"\S+")
_LEAST_RULE = 3.0
_NO_LETTER = re.compile(r"[^\w\s.,;:()/'’\"“”-]")
"""What may stand for a glyph that has no name: no letter, and no ordinary stop."""
_SAMPLED, _LEAST_SAMPLED = 75, 20
"""Characters of a page that are asked how they lie, and so many letters of these at least."""
_NEARLY_ALL, _LEAST_SECOND, _LEAST_LETTERS = 0.9, 0.1, 90
"""Of the letters: from when a page lies on its side, and a part of it; letters of such a part."""
_THICKEST = 8.0
"""Points: a line of a reviewer lies in a box that high, if it is level."""
_STAMPS = (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WATERMARK)


def without_invisible(
    chars: Chars, text: str, shapes: Shapes, frame: Frame, page: int
) -> tuple[str, list[Unreadable]]:
    """The text with blanks for what is drawn invisibly, unless a picture shows it."""
    area = frame.width * frame.height
    if not shapes.invisible or any(
        (right - left) * (bottom - top) > _SCANNED * area
        for left, top, right, bottom in shapes.pictures
    ):
        return text, []
    gone = [
        index
        for index, letter in enumerate(text)
        if not letter.isspace() and chars.is_invisible(index)
    ]
    return blanked(chars, text, gone, HIDDEN, page)


def without_tiny(
    chars: Chars, text: str, lines: Sequence[TextLine], page: int
) -> tuple[str, list[Unreadable]]:
    """The text with blanks for words whose letters are too low to be seen."""
    gone = [
        place
        for line in lines
        if line.bottom - line.top < _SEEN and _WORD.search(line.text)
        for place in range(line.start, line.end + 1)
        if not text[place].isspace()
    ]
    return blanked(chars, text, gone, HIDDEN, page) if gone else (text, [])


def without_struck(
    chars: Chars, text: str, lines: Sequence[TextLine], rules: Iterable[Box], page: int
) -> tuple[str, list[Unreadable]]:
    """The text with blanks for words through which a rule is drawn; `rules` are boxes that a
    horizontal rule or a mark of a reviewer covers.
    """
    by_base: dict[int, list[TextLine]] = {}
    for line in lines:
        by_base.setdefault(int(line.base // 8), []).append(line)
    gone: set[int] = set()
    for left, top, right, bottom in rules:
        y = (top + bottom) / 2
        if right - left < _LEAST_RULE:
            continue
        for step in (-1, 0, 1, 2):
            for line in by_base.get(int(y // 8) + step, ()):
                if (
                    not _BELOW * line.size < line.base - y < _ABOVE * line.size
                    or line.left > right
                    or line.right < left
                ):
                    continue
                for match in _PRINTING.finditer(text, line.start, line.end + 1):
                    gone.update(_under(chars, match, left, right, y))
    return blanked(chars, text, sorted(gone), STRUCK, page)


def _under(chars: Chars, word: re.Match[str], left: float, right: float, y: float) -> Iterator[int]:
    for index in range(*word.span()):
        start, _, end, _ = chars.box(index)
        rise = chars.base(index) - y
        size = chars.size(index)[0]
        if left - 1 <= (start + end) / 2 <= right + 1 and _BELOW * size < rise < _ABOVE * size:
            yield index


def blanked(
    chars: Chars, text: str, gone: Sequence[int], why: str, page: int
) -> tuple[str, list[Unreadable]]:
    """The text with blanks for some of its characters, and their words, told with why."""
    if not gone:
        return text, []
    letters = list(text)
    found = []
    for first, last in _runs(text, gone):
        said = text[first : last + 1]
        letters[first : last + 1] = [" " if letter.strip() else letter for letter in said]
        if _WORD.search(said):
            left, top, _, bottom = chars.box(first)
            right = chars.box(last)[2]
            found.append(
                Unreadable(
                    page, why, _place(page, (left, top, right, bottom)), " ".join(said.split())
                )
            )
    return "".join(letters), found


def _runs(text: str, gone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of characters that only blanks part."""
    first = last = gone[0]
    for index in gone[1:]:
        if text[last + 1 : index].strip(" "):
            yield first, last
            first = index
        last = index
    yield first, last


def _place(page: int, box: Box) -> Place:
    return Place(page, *(round(edge, 1) for edge in box))


def with_symbols(chars: Chars, text: str) -> str:
    """The text with the signs of Symbol and Wingdings for their characters of private use; what has
    no other name is unknown.
    """
    if text.isascii() or not PRIVATE.search(text):
        return text
    letters = list(text)
    for match in PRIVATE.finditer(text):
        index = match.start()
        font = font_in(chars.font_of(index).rpartition("+")[2])
        said = drawn(letters[index], font) if font else without_private(letters[index])
        if len(said) == 1:
            letters[index] = said
    marked = _SET_OFF.sub("•", without_private("".join(letters)))
    return PRIVATE.sub(UNKNOWN, marked)


def with_unknown(chars: Chars, text: str, page: int) -> tuple[str, list[Unreadable]]:
    """The text with U+FFFD for every glyph of which the file names no character; those within
    words are told, those that stand in front as bullets do are not.
    """
    address = chars.address
    wrong = [
        match.start()
        for match in _NO_LETTER.finditer(text)
        if has_map_error(address, match.start()) == 1
    ]
    if wrong:
        letters = list(text)
        for index in wrong:
            letters[index] = UNKNOWN
        text = "".join(letters)
    text = with_symbols(chars, text)
    found = []
    for match in re.finditer(UNKNOWN, text):
        index = match.start()
        start = max(text.rfind("\n", 0, index) + 1, index - AROUND)
        if not _WORD.search(text[start:index]):
            continue  # a bullet
        end = text.find("\r", index)
        said = text[start : min(end if end >= 0 else len(text), index + AROUND)]
        found.append(
            Unreadable(page, GLYPHS, _place(page, chars.box(index)), " ".join(said.split()))
        )
    return text, found


def laid_over(
    page: ctypes.c_void_p, frame: Frame, number: int
) -> tuple[list[Unreadable], list[Box], list[str]]:
    """The words of fields and notes, the boxes that marks of reviewers strike out, and the words of
    stamps.
    """
    found: list[Unreadable] = []
    struck: list[Box] = []
    stamps: list[str] = []
    box = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        item = pdfium.FPDFPage_GetAnnot(page, index)
        if not item:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(item)
            if kind not in (
                pdfium.FPDF_ANNOT_WIDGET,
                pdfium.FPDF_ANNOT_FREETEXT,
                pdfium.FPDF_ANNOT_STRIKEOUT,
                pdfium.FPDF_ANNOT_LINE,
                *_STAMPS,
            ) or not pdfium.FPDFAnnot_GetRect(item, box):
                continue
            edges = frame.box(box.left, box.bottom, box.right, box.top)
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                struck += _parts(item, frame) or [edges]
                continue
            if kind == pdfium.FPDF_ANNOT_LINE:
                if edges[3] - edges[1] < _THICKEST:
                    struck.append(edges)
                continue
            if kind in _STAMPS:
                if _WORD.search(words := _stamped(item)):
                    stamps.append(words)
                continue
            is_field = kind == pdfium.FPDF_ANNOT_WIDGET
            said = " ".join(_string(item, b"V" if is_field else b"Contents").split())
            if _WORD.search(said) and not (is_field and said.lower() in _SWITCHES):
                why = FIELD if is_field else NOTE
                found.append(Unreadable(number, why, _place(number, edges), as_told(said)))
        finally:
            pdfium.FPDFPage_CloseAnnot(item)
    return found, struck, stamps


def _parts(item: ctypes.c_void_p, frame: Frame) -> list[Box]:
    """The boxes of a mark that goes over several lines."""
    quad = pdfium.FS_QUADPOINTSF()
    found: list[Box] = []
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(item), _MOST_FIELDS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(item, index, quad):
            across, up = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            found.append(frame.box(min(across), min(up), max(across), max(up)))
    return found


def _stamped(item: ctypes.c_void_p) -> str:
    """What a stamp says: its own words, or the name of its kind (`NotApproved`)."""
    words = " ".join(_string(item, b"Contents").split())
    name = _string(item, b"Name").lstrip("#")
    return words or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removeprefix("SB"))


def _string(item: ctypes.c_void_p, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(item, key, None, 0)
    if size <= 2:
        return ""
    units = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(item, key, units, size)
    return bytes(units)[: size - 2].decode("utf-16-le", "replace")


def off_the_page(
    lines: Sequence[TextLine], frame: Frame, page: int
) -> tuple[list[TextLine], list[Unreadable]]:
    """The lines that the page shows, and what lies wholly beyond its edges."""
    parted = [
        (
            line,
            line.bottom < 0 or line.top > frame.height or line.right < 0 or line.left > frame.width,
        )
        for line in lines
    ]
    return [line for line, beyond in parted if not beyond], [
        Unreadable(page, HIDDEN, Place(page), line.text)
        for line, beyond in parted
        if beyond and _WORD.search(line.text)
    ]


def turns_of(chars: Chars, text: str, turn: int) -> tuple[int, int | None]:
    """How a page must be turned so that its letters stand upright: as it is, unless nearly all of
    them lie on one side; and the turn of another part of them that is no small one.
    """
    step = max(1, len(text) // _SAMPLED)
    sample = [index for index in range(0, len(text), step) if text[index].isalnum()]
    if len(sample) < _LEAST_SAMPLED:
        return turn, None
    turns = [chars.turn_of(index) for index in sample]
    counts = {other: turns.count(other) / len(turns) for other in range(4)}
    for other, share in counts.items():
        if other != turn and share > _NEARLY_ALL:
            return other, None
    second = max((other for other in counts if other != turn), key=counts.__getitem__)
    many = counts[second] >= _LEAST_SECOND and counts[second] * len(sample) * step >= _LEAST_LETTERS
    return turn, second if many else None
