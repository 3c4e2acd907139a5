"""Values behind labels, as heads print them: `Label: value`, `Label ..... value`, two to a line, in
boxes, columns and tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_tracker.documents.blocks import Cell, Document, Line, Place, Table
from policy_tracker.extract.head.number_forms import is_number_alone
from policy_tracker.extract.head.rows import HeadRow, rows_of
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.record.source import Spans

_LEADER = r"[\s.:…·_]*"
_DATE = re.compile(DATE_PATTERN, re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents:?", re.IGNORECASE)
"""Below it names that lead to places of the document stand side by side."""
_LABEL_AND_VALUE = 2
"""The pieces of a row in a box without rules."""
_LONGEST_BELOW = 120
"""Characters of a value that stands in the block below its label."""
_EDGE = 12
"""Points by which the edges or the middles of a column's pieces may differ."""
_FIRST_BLOCKS = 40
"""How far into the body a head can reach: tables and lines of the first page or two."""


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """What stands behind a label: its text (empty where nothing is printed), the page, and the
    characters that print both.
    """

    text: str
    page: int | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one head: field -> the words that announce it (regular expressions without
    groups).

    The fields in `dated` must hold a date, the values of those in `long` may wrap over lines.
    """

    words: Mapping[str, Sequence[str]]
    dated: frozenset[str] = frozenset()
    long: frozenset[str] = frozenset()

    def pattern(self) -> re.Pattern[str]:
        """All labels in one expression; the longer words first, so that `Original Effective Date`
        is not read as `Effective Date`.
        """
        named = [(word, field) for field, words in self.words.items() for word in words]
        named.sort(key=lambda pair: -len(pair[0]))
        parts = "|".join(
            f"(?P<f{number}_{field}>{word})" for number, (word, field) in enumerate(named)
        )
        return re.compile(
            rf"(?<![A-Za-z])(?:{parts})(?![A-Za-z])(?P<lead>{_LEADER})", re.IGNORECASE
        )


def values_of(document: Document, labels: Labels) -> dict[str, LabelledValue]:
    """The value behind each label, by field; of a label that is printed twice the first that has a
    value.
    """
    pattern = labels.pattern()
    found: dict[str, LabelledValue] = {}
    for field, value in (
        *_in_rows(rows_of(document.header), pattern, labels),
        *_in_tables(document, pattern),
        *_in_blocks(document, pattern, labels),
    ):
        if field not in found or (not found[field].text and value.text):
            found[field] = value
    return found


def field_of(match: re.Match[str]) -> str:
    """The field whose label matched."""
    name = next(
        name for name, text in match.groupdict().items() if text is not None and name != "lead"
    )
    return name.partition("_")[2]


def labelled_parts(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str, int]]:
    """(field, lead, value, where it begins) of each label in a row; a value ends where the next
    label begins.
    """
    matches = list(pattern.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=False):
        yield field_of(match), match["lead"], text[match.end() : end].strip(" ;|"), match.end()


def _is_label(lead: str, value: str, field: str, labels: Labels, *, at_start: bool) -> bool:
    """Whether words are a label and not prose that uses them: a colon, dots or another column
    follow, or a date where one belongs.
    """
    if re.search(r"[:…]|\.{2}", lead):
        return True
    if field in labels.dated:
        return bool(re.match(r"\d|[A-Z][a-z]{2,8}\.? \d", value)) if value else at_start
    if (
        field == "number"
        and at_start
        and value
        and is_number_alone(value.split(maxsplit=1)[0].strip(",;"))
    ):
        return True
    return at_start and bool(value) and (value[0].isdigit() or "\t" in lead)


def _is_menu(row: HeadRow, field: str, lead: str, labels: Labels) -> bool:
    """Whether a row without colons has several pieces behind what would be its label: names that
    lead to places of the document stand side by side.
    """
    return field in labels.long and not lead.strip() and len(row.pieces) > _LABEL_AND_VALUE


def _fills_cell(row: HeadRow, field: str, value: str, offset: int, labels: Labels) -> bool:
    """Whether the label of a long value is all of the first piece of a row and the value all of the
    second, as in a box without rules: words of two and more, since one may be a heading.
    """
    if field not in labels.long or len(row.pieces) != _LABEL_AND_VALUE or not value:
        return False
    label = row.pieces[0].text.strip()
    return " " in label and offset >= row.starts[1] and value == row.pieces[1].text.strip()


def _in_rows(
    rows: Sequence[HeadRow], pattern: re.Pattern[str], labels: Labels
) -> Iterator[tuple[str, LabelledValue]]:
    in_contents = False
    for number, row in enumerate(rows):
        at_start = pattern.match(row.text) is not None
        in_contents = in_contents or _CONTENTS.fullmatch(row.text.strip()) is not None
        for field, lead, value, offset in labelled_parts(row.text, pattern):
            if _is_menu(row, field, lead, labels) or not (
                (at_start and not in_contents and _fills_cell(row, field, value, offset, labels))
                or _is_label(lead, value, field, labels, at_start=at_start)
            ):
                continue
            text = value.split("\t")[0].strip()
            text = "" if field == "number" and not re.search(r"\d", text) else text
            label = row.piece_at(max(offset - len(lead) - 1, 0))
            pieces = [row.piece_at(offset) if text else _below(rows, label, pattern)]
            last = pieces[0]
            text = text or (last.text if last else "")
            if last and field in labels.long:
                wrapped = list(_wrapped(rows, last, pattern)) if text else []
                text = " ".join((text, *(piece.text for piece in wrapped)))
                pieces += wrapped
            if field in labels.dated and row.text.rstrip().endswith((",", ";")):
                text, more = _whole_series(text, rows[number + 1 :])
                pieces += more
            spans = dict.fromkeys(
                span for piece in (label, *pieces) if piece for span in piece.spans
            )
            yield field, LabelledValue(text, row.pieces[0].place.page, tuple(spans))


def _whole_series(text: str, following: Sequence[HeadRow]) -> tuple[str, list[Line]]:
    """A series of dates with the rows into which it is broken, and their pieces."""
    pieces: list[Line] = []
    for row in following:
        if not _DATE.match(row.text):
            break
        text = f"{text}; {row.text}"
        pieces += row.pieces
        if not row.text.rstrip().endswith((",", ";")):
            break
    return text, pieces


def _below(rows: Sequence[HeadRow], label: Line, pattern: re.Pattern[str]) -> Line | None:
    """The piece right below a label that has no value on its row."""
    here = label.place
    for piece in (piece for row in rows for piece in row.pieces):
        place = piece.place
        if (
            place.page != here.page
            or None in (place.top, place.left, here.top, here.left, here.bottom)
            or pattern.match(piece.text)
        ):
            continue
        step, height = (place.top or 0) - (here.top or 0), (here.bottom or 0) - (here.top or 0)
        if 0.5 * height < step < 1.8 * height and _in_column(place, here):
            return piece
    return None


def _in_column(place: Place, here: Place) -> bool:
    """Whether two pieces begin at one edge or are centered on each other."""
    if abs((place.left or 0) - (here.left or 0)) < _EDGE:
        return True
    if place.right is None or here.right is None:
        return False
    middles = ((one.left or 0) + (one.right or 0) for one in (place, here))
    return abs(next(middles) - next(middles)) < _EDGE


def _wrapped(rows: Sequence[HeadRow], last: Line, pattern: re.Pattern[str]) -> Iterator[Line]:
    """The lines into which a long value (a title) wraps: right below, in the same type, neither a
    label nor a heading.
    """
    for piece in (
        piece
        for row in rows
        for number, piece in enumerate(row.pieces)
        if not _is_value(row, number)
    ):
        place, above = piece.place, last.place
        if place.page != above.page or None in (
            place.top,
            place.left,
            above.top,
            above.left,
            above.bottom,
        ):
            continue
        step, height = (place.top or 0) - (above.top or 0), (above.bottom or 0) - (above.top or 0)
        aligned = abs(
            (place.left or 0) - (above.left or 0)
        ) < 4 and 0.5 * height < step < 1.6 * max(height, 8)
        plain = (
            not piece.text.isupper()
            and not piece.text.rstrip().endswith(":")
            and not _has_label(piece.text, pattern)
        )
        if (
            aligned
            and plain
            and abs(piece.style.size - last.style.size) < 0.6
            and (piece.style.bold != "all" or last.style.bold == "all")
        ):
            yield piece
            last = piece


def _has_label(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a line begins with a label, or has one with its colon or dots within."""
    return any(
        match.start() == 0 or re.search(r"[:…]|\.{2}", match["lead"])
        for match in pattern.finditer(text)
    )


def _is_value(row: HeadRow, number: int) -> bool:
    """Whether a piece of a row stands behind a label, known or not ("Section:")."""
    return number > 0 and row.pieces[number - 1].text.rstrip().endswith(":")


def _in_tables(document: Document, pattern: re.Pattern[str]) -> Iterator[tuple[str, LabelledValue]]:
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is not None:
            yield from _in_table(block.table, pattern)


def _in_table(table: Table, pattern: re.Pattern[str]) -> Iterator[tuple[str, LabelledValue]]:
    """Labels in the first cells of rows (value beside), or all along the first row (values
    below).
    """
    rows = table.rows
    for number, row in enumerate(rows):
        texts = [cell.text.strip() for cell in row.cells]
        fields = [field_of(match) if (match := pattern.fullmatch(text)) else None for text in texts]
        if len(texts) > 2 and all(fields) and number + 1 < len(rows):
            below = [cell.text.strip() for cell in rows[number + 1].cells]
            columns = list(zip(row.cells, rows[number + 1].cells, strict=False))
            placed = zip(fields, below, columns, strict=False)
            yield from (
                (field, LabelledValue(text, row.page, _spans(*cells)))
                for field, text, cells in placed
                if field
            )
            continue
        titles = not number and _are_titles(texts)
        for field, value, cells in zip(fields, texts[1:], pairwise(row.cells), strict=False):
            if field and not titles and not pattern.fullmatch(value):
                yield field, LabelledValue(value, row.page, _spans(*cells))
        for cell, text in zip(row.cells, texts, strict=True):
            found = (
                (field, value)
                for field, lead, value, _ in labelled_parts(text, pattern)
                if ":" in lead and value
            )
            yield from (
                (field, LabelledValue(value, row.page, _spans(cell))) for field, value in found
            )


def _are_titles(texts: Sequence[str]) -> bool:
    """Whether the cells of a first row are titles of columns ("Drug Name", "Quantity", "Days")
    rather than labels and values: three and more without a number or a colon.
    """
    filled = [text for text in texts if text]
    return len(filled) > 2 and not any(re.search(r"[\d:]", text) for text in filled)


def _spans(*cells: Cell) -> Spans:
    return tuple((cell.id, 0, len(cell.printed)) for cell in cells if cell.id and cell.printed)


def _in_blocks(
    document: Document, pattern: re.Pattern[str], labels: Labels
) -> Iterator[tuple[str, LabelledValue]]:
    """Labels at the start of the first blocks, for sources whose first page has no lines of its own
    (HTML, DOCX, text).
    """
    for number, block in enumerate(document.blocks[:_FIRST_BLOCKS]):
        if block.table is not None or len(block.text) > 400 or not pattern.match(block.text):
            continue
        for field, lead, value, _ in labelled_parts(block.text, pattern):
            if not _is_label(lead, value, field, labels, at_start=True):
                continue
            following = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
            if (
                value
                or following is None
                or pattern.match(following.text)
                or len(following.text) > _LONGEST_BELOW
            ):
                yield field, LabelledValue(value, block.page, block.traced().spans())
            else:
                yield (
                    field,
                    LabelledValue(
                        following.text,
                        block.page,
                        (*block.traced().spans(), *following.traced().spans()),
                    ),
                )
