"""A payer's own revision history: tables, dated lines, bullets and paragraphs, in print order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Table
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.structure.parts import Part, kind_of_heading, stands_inside
from policy_tracker.language.dates import DATE_PATTERN, MONTH_NAME, PrintedDate, date_at_start, dates_in, iso_of
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.source import Source

_AFTER_DATE = re.compile(r"^\s*(?:[-–—:|]\s*)?")
_STATUS = r"(?:Revised|Reviewed|New|Archived|Retired|Updated|Converted|Reinstated|Transferred|Clarified)"
_STATUS_FIRST = re.compile(rf"^({_STATUS})\s+(?={DATE_PATTERN})")
_STATUS_LAST = re.compile(rf"(?:(?<=[.)]) |^)({_STATUS})$")
_FUSED = re.compile(rf"(?<=[.;]) (?=(?:{_STATUS} )?{DATE_PATTERN} ?[-–—:]? ?[A-Z])|(?<=\w) (?={_STATUS} {DATE_PATTERN} [A-Z])")
_RUN_TOGETHER = re.compile(
    r"(?<!\b[iI]n)(?<!\b[oO]n)(?<!\bof)(?<!\bby)(?<!\bto)(?<![sS]ince)(?<!from)(?<!until)(?<!after)(?<![eE]ffective)(?<!dated)(?<!approved)"
    rf" (?={MONTH_NAME} \d{{4}} [A-Z])"
)
_TYPE = re.compile(
    r"^((?:[A-Z][\w/&-]*|and|of|to)(?: (?:[A-Za-z/&-]+)){0,5}?)\s*[:;](?=\s)",
)
_TYPE_WORDS = re.compile(
    r"review|revision|revised|change|update|new|policy|annual|archiv|retire|admin|coding|criteria|correct", re.IGNORECASE
)
_TITLES = re.compile(
    r"^(?:type of revision|summary of changes?|date|action|status|description|revision|change(?: summary)?|review date"
    r"|history(?: \(continued\))?|effective date"
    r"|policy history|version|comments?|summary|reason|revision date|update|history summary|date of change)s?$",
    re.IGNORECASE,
)
_AFTERWORD = re.compile(
    r"\b(?:is not an? (?:authorization|contract|guarantee)|all rights reserved|independent licensees?|(?:refers? to|means) (?:the )?"
    r"(?:operating )?subsidiar|registered (?:service )?(?:trade)?marks?)\b"
    r"|^(?:this (?:medical |clinical )?(?:policy|document|guideline|information) (?:is|does|may) not\b|©|copyright\b|proprietary\b)",
    re.IGNORECASE,
)
"""What payers print below a history and what is no part of it."""
_SHORT_MONTH = re.compile(r"(?P<month>\d{1,2}/)(?P<year>\d{2})(?=\s+[A-Z])")
"""A month with two digits of its year, which only the beginning of a row of a history can be."""
_EMPTY_DATE = re.compile(r"^(?:n/?a|tbd|pending)$", re.IGNORECASE)


def read_history(parts: Iterable[Part]) -> tuple[HistoryRow, ...]:
    """The rows of all parts of kind `history`, tables and dated paragraphs alike, and of tables elsewhere that call themselves one.

    A row's text is whole, an inline type included.
    """
    rows: list[HistoryRow] = []
    for part in parts:
        if part.kind == "history":
            rows += _rows_of(part.blocks)
            continue
        for block in part.blocks:
            if block.table is not None and is_history(block.table):
                _add_table(block.table, rows)
    return tuple(rows)


def is_history(table: Table) -> bool:
    """Whether a table says in its first rows that it is a history: a title such as `Change Control`, or columns of dates and changes."""
    for row in table.rows[:3]:
        texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if any(kind_of_heading(text) == "history" for text in texts):
            return True
        if len(texts) > 1 and all(_TITLES.match(text) for text in texts) and any("date" in text.lower() for text in texts):
            return True
    return False


def _rows_of(blocks: Sequence[Block]) -> list[HistoryRow]:
    rows: list[HistoryRow] = []
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


def _pieces(text: str) -> list[str]:
    """A paragraph's rows: two that were printed on one line, or many whose lines were run together."""
    pieces = _FUSED.split(text)
    run = _RUN_TOGETHER.split(text)
    return run if len(run) > len(pieces) else pieces


def _add_paragraph(block: Block, rows: list[HistoryRow]) -> None:
    """A paragraph, bullet or line: a date at its start opens a row, anything else goes on with the row before."""
    for whole in _pieces(block.text):
        status = _STATUS_FIRST.match(whole)
        piece = whole[status.end() :] if status else whole
        date = date_at_start(piece) or _short_month(piece)
        if date is None:
            if _AFTERWORD.search(piece):
                return
            if rows and block.kind != "heading" and not _TITLES.match(piece):
                rows[-1] = rows[-1].model_copy(update={"text": join_lines([rows[-1].text, piece])})
            continue
        rest = _AFTER_DATE.sub("", piece[date.end :], count=1).strip()
        if not rest and block.kind == "heading":
            continue
        kind = status[1] if status else type_of(rest)
        kind = kind or _status_left_behind(rows)
        rows.append(HistoryRow(date=date.iso, type=kind, text=rest, source=Source(page=block.page) if block.page else None))


def _short_month(text: str) -> PrintedDate | None:
    match = _SHORT_MONTH.match(text)
    iso = iso_of(f"{match['month']}01/{match['year']}") if match else None
    return PrintedDate(iso[:7], match[0], 0, match.end()) if match and iso else None


def _status_left_behind(rows: list[HistoryRow]) -> str | None:
    """The status of a row that columns without rules left at the end of the row before; taken off there."""
    match = _STATUS_LAST.search(rows[-1].text) if rows else None
    if match is None:
        return None
    rows[-1] = rows[-1].model_copy(update={"text": rows[-1].text[: match.start()].strip()})
    return match[1]


def type_of(text: str) -> str | None:
    """The kind of revision with which a row's text begins (`Annual Review: ...`), where it names one."""
    match = _TYPE.match(text)
    return match[1] if match and len(match[1]) <= 60 and _TYPE_WORDS.search(match[1]) else None


def _add_table(table: Table, rows: list[HistoryRow]) -> None:
    """A table with a date column, wherever it stands; the short column beside it that is no date holds the type of revision."""
    grid = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    column = _date_column(grid)
    if column is None:
        return
    for row, texts in zip(table.rows, grid, strict=True):
        if all(not text or _TITLES.match(text) for text in texts):
            continue
        date = _whole_date(texts[column]) if column < len(texts) else None
        others = [text for place, text in enumerate(texts) if place != column and text]
        printed = texts[column] if column < len(texts) else ""
        if date is None and (row.continues or not printed):
            _continue(rows, texts, column)
        elif date is not None or _EMPTY_DATE.match(printed):
            kind, text = _type_and_text(texts, column, others)
            rows.append(HistoryRow(date=date, type=kind, text=text, source=Source(page=row.page) if row.page else None))


def _continue(rows: list[HistoryRow], texts: Sequence[str], column: int) -> None:
    """A row without a date goes on with the one before it (over a page break, or a second line of changes)."""
    more = " ".join(text for place, text in enumerate(texts) if place != column and text)
    if rows and more:
        rows[-1] = rows[-1].model_copy(update={"text": join_lines([rows[-1].text, more])})


def _type_and_text(texts: Sequence[str], column: int, others: Sequence[str]) -> tuple[str | None, str]:
    if len(others) >= 2:
        rest = [text for place, text in enumerate(texts) if place != column]
        longest = max(others, key=len)
        kind = next((text for text in rest if text and text != longest and len(text) <= 60), None)
        text = " ".join(text for text in rest if text and text != kind)
        return kind, text
    text = others[0] if others else ""
    return type_of(text), text


def _whole_date(text: str) -> str | None:
    """The date of a cell that holds a date, or a date and a word or two."""
    date = date_at_start(text) or next(iter(dates_in(text)), None)
    return date.iso if date and len(text) <= len(date.raw) + 25 else None


def _date_column(grid: Sequence[Sequence[str]]) -> int | None:
    """The column in which most cells are dates, from its first date on: what stands above are titles."""
    width = max((len(row) for row in grid), default=0)
    best, most = None, 0
    for column in range(width):
        cells = [row[column] for row in grid if column < len(row) and row[column] and not _TITLES.match(row[column])]
        dated = [_whole_date(cell) is not None for cell in cells]
        hits = sum(dated)
        if hits > most and hits >= 0.6 * (len(dated) - dated.index(True)):
            best, most = column, hits
    return best


def dated_rows(pairs: Iterable[tuple[str, str]]) -> Iterator[HistoryRow]:
    """Rows from (printed date, text) pairs, for sources that hold them apart."""
    for raw, text in pairs:
        yield HistoryRow(date=iso_of(raw), type=type_of(text), text=text)
