"""A payer's own revision history: tables, dated lines, bullets and paragraphs, in print order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policy_tracker.documents.blocks import Block, Table
from policy_tracker.documents.traced import UNPRINTED, Traced, glued, join_traced
from policy_tracker.extract.structure.parts import Part, kind_of_heading, stands_inside
from policy_tracker.language.dates import (
    DATE_PATTERN,
    MONTH_NAME,
    PrintedDate,
    date_at_start,
    dates_in,
    iso_of,
)
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.source import Source

_AFTER_DATE = re.compile(r"^\s*(?:[-–—:|]\s*)?")
_STATUS = (
    r"(?:Revised|Reviewed|New|Archived|Retired|Updated|Converted|Reinstated|Transferred|Clarified)"
)
_STATUS_FIRST = re.compile(rf"^({_STATUS})\s+(?={DATE_PATTERN})")
_STATUS_LAST = re.compile(rf"(?:(?<=[.)]) |^)({_STATUS})$")
_FUSED = re.compile(
    rf"(?<=[.;]) (?=(?:{_STATUS} )?{DATE_PATTERN} ?[-–—:]? ?[A-Z])|(?<=\w) (?={_STATUS} "
    rf"{DATE_PATTERN} [A-Z])"
)
_RUN_TOGETHER = re.compile(
    r"(?<!\b[iI]n)(?<!\b[oO]n)(?<!\bof)(?<!\bby)(?<!\bto)(?<![sS]ince)(?<!from)(?<!until)(?<!after)(?<![eE]ffective)(?<!dated)(?<!approved)"
    rf" (?={MONTH_NAME} \d{{4}} [A-Z])"
)
_TYPE = re.compile(
    r"^((?:[A-Z][\w/&-]*|and|of|to)(?: (?:[A-Za-z/&-]+)){0,5}?)\s*[:;](?=\s)",
)
_TYPE_WORDS = re.compile(
    (
        r"review|revision|revised|change|update|new|policy|annual|archiv|retire|admin|coding"
        r"|criteria|correct"
    ),
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"^(?:type of revision|summary of "
    r"changes?|date|action|status|description|revision|change(?: summary)?|review date"
    r"|history(?: \(continued\))?|effective date"
    r"|policy history|version|comments?|summary|reason|revision date|update|history summary|date of change)s?$",  # noqa: E501
    re.IGNORECASE,
)
_AFTERWORD = re.compile(
    r"\b(?:is not an? (?:authorization|contract|guarantee)|all rights reserved|independent "
    r"licensees?|(?:refers? to|means) (?:the )?"
    r"(?:operating )?subsidiar|registered (?:service )?(?:trade)?marks?)\b"
    r"|^(?:this (?:medical |clinical )?(?:policy|document|guideline|information) (?:is|does|may) not\b|©|copyright\b|proprietary\b)",  # noqa: E501
    re.IGNORECASE,
)
"""What payers print below a history and what is no part of it."""
_SHORT_MONTH = re.compile(r"(?P<month>\d{1,2}/)(?P<year>\d{2})(?=\s+[A-Z])")
"""A month with two digits of its year, which only the beginning of a row of a history can be."""
_LONGEST_TYPE = 60
"""Characters of the kind of a revision, such as "Annual review and coding update"; what is longer
says what was changed.
"""
_EMPTY_DATE = re.compile(r"^(?:n/?a|tbd|pending)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row while it is read: its words, with where the document prints them, and the place of its
    date.
    """

    date: str | None
    kind: str | None
    words: Traced
    page: int | None
    dated: Traced = UNPRINTED

    def going_on(self, more: Traced) -> _Row:
        """The row with what goes on with it."""
        return replace(self, words=join_traced([self.words, more]))

    def finished(self) -> HistoryRow:
        spans = dict.fromkeys((*self.dated.spans(), *self.words.spans()))
        source = Source(page=self.page, spans=tuple(spans)) if self.page or spans else None
        return HistoryRow(date=self.date, type=self.kind, text=self.words.text, source=source)


def read_history(parts: Iterable[Part]) -> tuple[HistoryRow, ...]:
    """The rows of all parts of kind `history`, tables and dated paragraphs alike, and of tables
    elsewhere that call themselves one.

    A row's text is whole, an inline type included.
    """
    rows: list[_Row] = []
    for part in parts:
        if part.kind == "history":
            rows += _rows_of(part.blocks)
            continue
        for block in part.blocks:
            if block.table is not None and is_history(block.table):
                _add_table(block.table, rows)
    return tuple(row.finished() for row in rows)


def is_history(table: Table) -> bool:
    """Whether a table says in its first rows that it is a history: a title such as `Change
    Control`, or columns of dates and changes.
    """
    for row in table.rows[:3]:
        texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if any(kind_of_heading(text) == "history" for text in texts):
            return True
        if (
            len(texts) > 1
            and all(_TITLES.match(text) for text in texts)
            and any("date" in text.lower() for text in texts)
        ):
            return True
    return False


def _rows_of(blocks: Sequence[Block]) -> list[_Row]:
    rows: list[_Row] = []
    tabled = False
    for number, block in enumerate(blocks):
        if rows and date_at_start(block.text) is None and _AFTERWORD.search(block.text):
            break
        if block.table is not None:
            before = len(rows)
            _add_table(block.table, rows)
            tabled = tabled or len(rows) > before
        elif (number or _has_run_in(block)) and not tabled:
            inside = number > 0 and stands_inside(block, blocks[0])
            _add_paragraph(replace(block, kind="paragraph") if inside else block, rows)
    return rows


def _has_run_in(block: Block) -> bool:
    return ":" in block.text[:80] and any(True for _ in dates_in(block.text))


def _pieces(words: Traced) -> list[Traced]:
    """A paragraph's rows: two that were printed on one line, or many whose lines were run
    together.
    """
    pieces, run = _split(_FUSED, words), _split(_RUN_TOGETHER, words)
    return run if len(run) > len(pieces) else pieces


def _split(pattern: re.Pattern[str], words: Traced) -> list[Traced]:
    begins = [0, *(match.end() for match in pattern.finditer(words.text))]
    ends = [*(match.start() for match in pattern.finditer(words.text)), len(words.text)]
    return [words.cut(begin, end) for begin, end in zip(begins, ends, strict=True)]


def _add_paragraph(block: Block, rows: list[_Row]) -> None:
    """A paragraph, bullet or line: a date at its start opens a row, anything else goes on with the
    row before.
    """
    for whole in _pieces(block.traced()):
        status = _STATUS_FIRST.match(whole.text)
        piece = whole.cut(status.end()) if status else whole
        date = date_at_start(piece.text) or _short_month(piece.text)
        if date is None:
            if _AFTERWORD.search(piece.text):
                return
            if rows and block.kind != "heading" and not _TITLES.match(piece.text):
                rows[-1] = rows[-1].going_on(piece)
            continue
        behind = piece.cut(date.end)
        lead = _AFTER_DATE.match(behind.text)
        rest = behind.cut(lead.end() if lead else 0).stripped()
        if not rest.text and block.kind == "heading":
            continue
        kind = status[1] if status else type_of(rest.text)
        kind = kind or _status_left_behind(rows)
        rows.append(
            _Row(date.iso, kind, rest, block.page, whole.cut(0, len(whole.text) - len(behind.text)))
        )


def _short_month(text: str) -> PrintedDate | None:
    match = _SHORT_MONTH.match(text)
    iso = iso_of(f"{match['month']}01/{match['year']}") if match else None
    return PrintedDate(iso[:7], match[0], 0, match.end()) if match and iso else None


def _status_left_behind(rows: list[_Row]) -> str | None:
    """The status of a row that columns without rules left at the end of the row before; taken off
    there.
    """
    match = _STATUS_LAST.search(rows[-1].words.text) if rows else None
    if match is None:
        return None
    rows[-1] = replace(rows[-1], words=rows[-1].words.cut(0, match.start()).stripped())
    return match[1]


def type_of(text: str) -> str | None:
    """The kind of revision with which a row's text begins (`Annual Review: ...`), where it names
    one.
    """
    match = _TYPE.match(text)
    return (
        match[1]
        if match and len(match[1]) <= _LONGEST_TYPE and _TYPE_WORDS.search(match[1])
        else None
    )


def _add_table(table: Table, rows: list[_Row]) -> None:
    """A table with a date column, wherever it stands; the short column beside it that is no date
    holds the type of revision.
    """
    grid = [[cell.traced().stripped() for cell in row.cells] for row in table.rows]
    column = _date_column([[cell.text for cell in cells] for cells in grid])
    if column is None:
        return
    for row, cells in zip(table.rows, grid, strict=True):
        if all(not cell.text or _TITLES.match(cell.text) for cell in cells):
            continue
        printed = cells[column] if column < len(cells) else UNPRINTED
        date = _whole_date(printed.text)
        if date is None and (row.continues or not printed.text):
            _continue(rows, cells, column)
        elif date is not None or _EMPTY_DATE.match(printed.text):
            own, words = _type_and_words(cells, column)
            kind = (own.text or None) if own else type_of(words.text)
            rows.append(
                _Row(date, kind, words, row.page, _with_blanks([printed, *([own] if own else [])]))
            )


def _continue(rows: list[_Row], cells: Sequence[Traced], column: int) -> None:
    """A row without a date goes on with the one before it (over a page break, or a second line of
    changes).
    """
    more = _with_blanks(cell for place, cell in enumerate(cells) if place != column and cell.text)
    if rows and more.text:
        rows[-1] = rows[-1].going_on(more)


def _type_and_words(cells: Sequence[Traced], column: int) -> tuple[Traced | None, Traced]:
    """The type of revision in a column of its own, None where there is none, and what the other
    cells say.
    """
    others = [cell for place, cell in enumerate(cells) if place != column and cell.text]
    if len(others) < 2:
        return None, others[0] if others else UNPRINTED
    longest = max((cell.text for cell in others), key=len)
    kind = next(
        (cell for cell in others if cell.text != longest and len(cell.text) <= _LONGEST_TYPE),
        UNPRINTED,
    )
    return kind, _with_blanks(cell for cell in others if cell.text != kind.text)


def _with_blanks(cells: Iterable[Traced]) -> Traced:
    return glued((" " if number else "", cell) for number, cell in enumerate(cells))


def _whole_date(text: str) -> str | None:
    """The date of a cell that holds a date, or a date and a word or two."""
    date = date_at_start(text) or next(iter(dates_in(text)), None)
    return date.iso if date and len(text) <= len(date.raw) + 25 else None


def _date_column(grid: Sequence[Sequence[str]]) -> int | None:
    """The column in which most cells are dates, from its first date on: what stands above are
    titles.
    """
    width = max((len(row) for row in grid), default=0)
    best, most = None, 0
    for column in range(width):
        cells = [
            row[column]
            for row in grid
            if column < len(row) and row[column] and not _TITLES.match(row[column])
        ]
        dated = [_whole_date(cell) is not None for cell in cells]
        hits = sum(dated)
        if hits > most and hits >= 0.6 * (len(dated) - dated.index(True)):
            best, most = column, hits
    return best


def dated_rows(pairs: Iterable[tuple[str, str]]) -> Iterator[HistoryRow]:
    """Rows from (printed date, text) pairs, for sources that hold them apart."""
    for raw, text in pairs:
        yield HistoryRow(date=iso_of(raw), type=type_of(text), text=text)
