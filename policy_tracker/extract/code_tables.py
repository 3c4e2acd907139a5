"""Codes of tables: which columns hold them, what a row, a column or a spanning line says of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from policy_tracker.documents.blocks import Cell, Row, Table
from policy_tracker.documents.traced import Traced, glued, join_traced
from policy_tracker.extract.code_legends import (
    NO_LEGEND,
    position_of_several,
    status_at_end,
    status_in_front,
)
from policy_tracker.extract.code_remarks import remark_columns
from policy_tracker.extract.code_table_titles import (
    answer_in,
    authorization_of,
    cell_at,
    columns_of_authorization,
    columns_of_marks,
    position_of_marks,
    title_position,
)
from policy_tracker.extract.dates_inside import (
    NOTHING,
    ColumnKind,
    Inside,
    column_kind,
    merged,
    of_cell,
    of_codes_sentence,
    of_row,
)
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.provenance import where_in
from policy_tracker.extract.structure.code_lines import APART, says_status
from policy_tracker.extract.structure.codes_at_end import match_behind, status_at
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_forms import CODE, LABEL_OF_CODE, MARKS, MAY_BEGIN_CODE
from policy_tracker.language.code_mentions import Codes, read_inline, read_list, system_hint
from policy_tracker.language.code_wildcards import read_wildcards
from policy_tracker.language.coverage_terms import is_nothing
from policy_tracker.language.dates import dates_in
from policy_tracker.language.disposition import (
    action_of,
    disposition_of,
    is_status,
    status_of_column,
)
from policy_tracker.language.lexicon import terms
from policy_tracker.record.vocabulary import DENYING, CodeSystem, Position, Requirement

_ONE_CELL = re.compile(
    rf"^(?:{LABEL_OF_CODE}|(?:CPT|HCPCS|ICD-?10(?:-?CM)?)®?\s+(?:codes?\b)?[:\s]*)"
    rf"(?P<codes>\S+(?:(?:\s*[-–—]\s*|\s+(?:through|thru|to)\s+)[A-Z]?\d\S*)?(?:\s?{MARKS}+)*)"
    r"(?:\s+[-–—|:]\s+|\s*[-–—:]\s*(?=[A-Z][a-z])|\s+)"
    r"(?P<words>[A-Z(\[\"“;,a-z<>0-9].*)$",
    re.DOTALL,
)
_SEVERAL = re.compile(
    rf"^{LABEL_OF_CODE}(?P<codes>{CODE}{MARKS}*(?:(?:\s*[,;/]\s*|\s+and\s+){CODE}{MARKS}*)+)"
    r"(?:\s+[-–—|:]\s+|\s+)(?P<words>[A-Z(\[].*)$",
    re.DOTALL,
)
"""Several codes with one description."""
_LONGEST_TITLE = 80
_WITH_DIGITS = re.compile(r"\S*\d\S*")
_APART = re.compile(r"\s+[-–—|:·]+\s+|[\t:;]\s*|\s{2,}")
"""What stands between the description of a code and its status."""
_BRACKETED = re.compile(r"[(\[](?P<status>[^()\[\]]{4,60})[)\]]\W*$")
_DENIED_AT_END = re.compile(r"\s(?P<status>(?:Not |Non-?|Investig|Experim|Unproven).*)$")
_NEARLY_CODES = re.compile(r"(?:[A-Z]?\d[\dA-Z.]{0,7}(?:[\s,;/–—-]+|$)){4,}")
_CUT_IN_TWO = re.compile(
    r"(?<![\w.])(?=(?:\d ?){5}(?![\w.]))(?P<one>\d{1,4}) (?P<two>\d{1,4})(?![\w.])"
)
_LEAST_CODES = 3
"""Codes by which a cell with a fault is told to be a list."""
_TITLE_ROWS = 3
_NO_DATE = re.compile(
    r"n/?a|none|no|present|current|open|ongoing|tbd|[-–—]*|\d{1,2}/\d{1,2}/9999", re.IGNORECASE
)
"""What stands in a column of dates where there is none."""
_LEAST_STATUSES = 2
_LEAST_SHARE = 0.6
"""The share of a column's cells that must be codes, header rows left out."""


@dataclass(frozen=True, slots=True)
class TableRowCodes:
    """A row of codes: the codes, the words beside them, and the disposition that the row's own
    column or the line above it gives.

    `inside` is what its columns of dates, the words beside its codes, or the line above it say of
    when it holds.
    """

    codes: Codes
    description: str
    disposition: Position | None = None
    status: str | None = None
    inside: Inside = NOTHING
    authorization: tuple[Requirement, str] | None = None
    """Whether its codes need an authorization, and the words that say so."""


def read_code_table(
    table: Table, hint: CodeSystem | None = None, legend: Mapping[str, Position] = NO_LEGEND
) -> tuple[TableRowCodes, ...]:
    """The rows of a table that lists codes; empty where no column does.

    `hint` is the system that the heading above the table names, `legend` what marks stand for.
    """
    if not any(
        MAY_BEGIN_CODE.match(text)
        for row in table.rows
        for cell in row.cells
        for text in cell.lines
    ):
        return ()
    columns = _code_columns(table, hint)
    if not columns:
        return _rows_in_one_cell(table, hint, legend)
    said = {column: title for column in columns if (title := title_position(table, column))}
    if not said:
        return tuple(_read(table, columns, hint, legend))
    return tuple(
        row
        for column in columns
        for row in _read(table, columns, hint, legend, only=column, titled=said.get(column))
    )


def is_grid_of_codes(table: Table) -> bool:
    """Whether a table holds nothing but codes, titles aside: a list set in columns, without words
    that describe them.
    """
    texts = [cell.text for row in table.rows for cell in row.cells if cell.text.strip()]
    return all(_is_title(text) or read_list(text) is not None for text in texts)


def _spans(row: Row, table: Table) -> bool:
    """Whether a row is one line above the rows below it: a cell across columns, or a first cell
    that says what holds for them and has only empty ones beside it.
    """
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len(filled) != 1 or table.columns < 2:
        return False
    (cell,) = filled
    if cell.last_column > cell.first_column or len(row.cells) == 1:
        return True
    return (
        cell.first_column == 0
        and not row.continues
        and says_status(cell.text.strip())
        and not read_list(cell.text)
    )


def _title_hint(table: Table, column: int, hint: CodeSystem | None) -> CodeSystem | None:
    """The system that the column's own title names, else the heading's."""
    for row in table.rows[:3]:
        cell = cell_at(row, column)
        if cell and (named := system_hint(cell.text)) and not read_list(cell.text):
            return named
    return hint


def codes_of_cell(
    cell: Cell, hint: CodeSystem | None, page: int | None = None, *, any_case: bool = False
) -> Codes | None:
    """The codes of a cell, read as a whole first (a range may break over lines), then line by line;
    `page` is the row's.

    With `any_case` they may be written in small letters, which elsewhere are words.
    """
    printed = [line for line in cell.traced_lines() if line.text.strip()]
    whole = join_traced(printed)

    def read(line: Traced) -> Codes | None:
        # characters keep their places: only those of ASCII are made capitals
        text = (
            _WITH_DIGITS.sub(_upper, line.text) if any_case and line.text.isascii() else line.text
        )
        return read_list(text, hint, where_in(line, page))

    if found := read(whole):
        return _marked(found, cell)
    lines = [read(line) for line in printed]
    if lines and all(lines):
        return _marked(all_of([part for part in lines if part]), cell)
    return _of_faulty_list(whole, page)


def _of_faulty_list(whole: Traced, page: int | None) -> Codes | None:
    """The codes of a cell that holds nothing else but what nearly is one: a number of too many
    digits, which is told, and codes that a line's end cut in two.
    """
    if not _NEARLY_CODES.fullmatch(whole.text.strip()):
        return None
    words = whole
    while cut := _CUT_IN_TWO.search(words.text):
        words = glued([("", words.cut(0, cut.end("one"))), ("", words.cut(cut.start("two")))])
    found = read_inline(words.text, where_in(words, page), about="codes")
    if len(found.codes) + len(found.ranges) < _LEAST_CODES:
        return None
    read = {code.code for code in found.codes}
    read |= {end for span in found.ranges for end in (span.first, span.last)}
    tokens = [token.strip(",;") for token in _WITH_DIGITS.findall(words.text)]
    faults = tuple(dict.fromkeys(token for token in tokens if not _is_read(token, read)))
    kept = tuple(code for code in found.codes if not any(code.code in one for one in faults))
    return replace(found, codes=kept, typos=faults)


def _is_read(token: str, read: set[str]) -> bool:
    return all(part in read for part in re.split(r"[-–—,;/]", token) if part)


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def all_of(parts: Sequence[Codes]) -> Codes:
    """The codes of several places as those of one."""
    return Codes(
        codes=tuple(code for part in parts for code in part.codes),
        ranges=tuple(span for part in parts for span in part.ranges),
        typos=tuple(typo for part in parts for typo in part.typos),
        placed=tuple(source for part in parts for source in part.placed),
    )


def _marked(codes: Codes, cell: Cell) -> Codes:
    """Codes with the footnote marks that the reader took off the cell."""
    if not cell.marks:
        return codes
    mark = "".join(cell.marks)[:8]
    return replace(
        codes,
        codes=tuple(
            code if code.marker else code.model_copy(update={"marker": mark})
            for code in codes.codes
        ),
    )


def _code_columns(table: Table, hint: CodeSystem | None) -> list[int]:
    columns = []
    for column in range(table.columns):
        hints: dict[int, CodeSystem | None] = {column: _title_hint(table, column, hint)}
        hits = total = 0
        for row in table.rows:
            hints = _hints_below(row, hints)
            cell = None if _spans(row, table) else cell_at(row, column)
            if cell and cell.text.strip() and not _holds_no_codes(cell.text):
                total += 1
                hits += bool(
                    codes_of_cell(cell, hints[column]) or _codes_led(cell, hints[column], None)
                )
        if hits and hits >= _LEAST_SHARE * total:
            columns.append(column)
    return columns


def _holds_no_codes(text: str) -> bool:
    """Whether a cell of a column of codes has none to hold: a title, or "None" beside one."""
    return _is_title(text) or is_nothing(text)


def _is_title(text: str) -> bool:
    return (
        len(text) < _LONGEST_TITLE
        and terms("columns", "codes").says(text.lower())
        and read_list(text) is None
    )


def _read(
    table: Table,
    columns: Sequence[int],
    hint: CodeSystem | None,
    legend: Mapping[str, Position],
    *,
    only: int | None = None,
    titled: tuple[Position, str] | None = None,
) -> Iterator[TableRowCodes]:
    """The rows of a table, or those of one column whose title says what holds for its codes."""
    read = columns if only is None else (only,)
    hints = {column: _title_hint(table, column, hint) for column in read}
    status_column = _status_column(table, columns, legend)
    marked_columns = columns_of_marks(table, columns)
    authorized = columns_of_authorization(table, columns)
    dated = date_columns(table, columns)
    taken = (*columns, *dated, *marked_columns, *authorized)
    remarks = remark_columns(table, taken if status_column is None else (*taken, status_column))
    taken += remarks.columns()
    spanning: tuple[Position | None, str | None] = (None, None)
    above = NOTHING
    rows: list[TableRowCodes] = []
    counted = 0
    for row in table.rows:
        hints = _hints_below(row, hints)
        if _spans(row, table) and not any(codes_of_cell(cell, None) for cell in row.cells):
            words = (
                row.cells[0].text
                if len(row.cells) == 1
                else " ".join(cell.text for cell in row.cells).strip()
            )
            position = disposition_of(words)
            # "…, no specific code" right below a status
            topic = position is None and spanning[0] is not None and len(rows) == counted
            spanning = (spanning[0], f"{spanning[1]} > {words}") if topic else (position, words)
            counted, above = len(rows), of_codes_sentence(words)
            continue
        own = cell_at(row, status_column) if status_column is not None else None
        position = position_of(own.text, legend) if own else None
        answered = None
        if position is None and (position := _own_status(row, columns)) is None:
            position = position_of_marks(row, marked_columns)
            answered = answer_in(table, row, marked_columns) if position else None
        found, behind = _row_codes(row, hints)
        beside = _words_beside(row, taken, status_column, read[0])
        marked, behind = status_in_front(behind, legend)
        position = position or marked or status_in_front(beside, legend)[0]
        beside = remarks.beside(row, beside or behind)
        if found:
            inside = merged(_inside(row, columns, dated), above)
            rows.append(
                TableRowCodes(
                    remarks.narrowed(row, found),
                    beside,
                    position or spanning[0] or (titled[0] if titled else None),
                    answered
                    or (own.text if own and position else spanning[1] or (titled and titled[1])),
                    inside,
                    authorization_of(row, authorized) or _asked_in(own),
                )
            )
        elif rows and row.continues and beside:
            rows[-1] = replace(rows[-1], description=join_lines([rows[-1].description, beside]))
    yield from rows


def _asked_in(status: Cell | None) -> tuple[Requirement, str] | None:
    """Whether a row's codes need an authorization by its status: "Covered with PA"."""
    said = authorization_said(status.text) if status else None
    return (said, status.text) if said and status else None


def _own_status(row: Row, columns: Sequence[int]) -> Position | None:
    """The status of a row of which one cell says nothing else, whatever its column is called."""
    said = [
        cell.text
        for cell in row.cells
        if cell.first_column not in columns and cell.text and is_status(cell.text)
    ]
    return disposition_of(said[0]) if len(said) == 1 else None


def _hints_below(row: Row, hints: dict[int, CodeSystem | None]) -> dict[int, CodeSystem | None]:
    """The systems of the columns below a row that is itself a title ("ICD-10 Procedure") within the
    table.
    """
    filled = [cell.text for cell in row.cells if cell.text.strip()]
    if len(filled) != 1 or read_list(filled[0]) or len(filled[0]) > _LONGEST_TITLE:
        return hints
    named = system_hint(filled[0])
    return dict.fromkeys(hints, named) if named else hints


def _row_codes(row: Row, hints: dict[int, CodeSystem | None]) -> tuple[Codes, str]:
    """The codes of a row's cells of codes, and the words that stand behind them in these."""
    parts: list[Codes] = []
    words = ""
    for column, hint in hints.items():
        cell = cell_at(row, column)
        if cell is None or (cell.first_column != column and column - 1 in hints):
            continue
        if found := codes_of_cell(cell, hint, row.page):
            parts.append(found)
        elif led := _codes_led(cell, hint, row.page):
            parts.append(led.codes)
            words = led.description
        elif stems := read_wildcards(
            cell.text, where_in(join_traced(cell.traced_lines()), row.page)
        ):
            parts.append(stems)
    return all_of(parts), words


def _codes_led(cell: Cell, hint: CodeSystem | None, page: int | None) -> TableRowCodes | None:
    """The codes with which a cell begins, in a column of codes, and the words behind them: "0371U
    see there".
    """
    printed = [line for line in cell.traced_lines() if line.text.strip()]
    while printed and _is_title(printed[0].text):
        printed = printed[1:]
    lines = (read_list(line.text, hint, where_in(line, page)) for line in printed)
    if codes := [found for found in takewhile(bool, lines) if found]:
        words = " ".join(line.text for line in printed[len(codes) :])
        return TableRowCodes(all_of(codes), " ".join(words.split()))
    return read_code_line(join_traced(printed), hint, page) if printed else None


def date_columns(table: Table, codes: Sequence[int] = ()) -> dict[int, ColumnKind]:
    """The columns of dates from which or until which a row holds, by their titles and what stands
    in them.
    """
    found: dict[int, ColumnKind] = {}
    for column in range(table.columns):
        titled = next(
            (
                (n, kind)
                for n, row in enumerate(table.rows[:_TITLE_ROWS])
                if (kind := _date_title(row, column))
            ),
            None,
        )
        if titled is None or column in codes:
            continue
        cells = [
            cell.text
            for row in table.rows[titled[0] + 1 :]
            if not _spans(row, table) and (cell := cell_at(row, column))
        ]
        filled = [text for text in cells if text.strip(" -–—")]
        if all(
            of_cell(titled[1], text) or any(dates_in(text)) or _NO_DATE.fullmatch(text.strip())
            for text in filled
        ):
            found[column] = titled[1]
    return found


def _date_title(row: Row, column: int) -> ColumnKind | None:
    cell = cell_at(row, column)
    return column_kind(cell.text) if cell else None


def inside_of(row: Row, dated: Mapping[int, ColumnKind]) -> Inside:
    """What the columns of dates say of a row."""
    return merged(
        *(
            of_cell(kind, cell.text)
            for column, kind in dated.items()
            if (cell := cell_at(row, column))
        )
    )


def _inside(row: Row, columns: Sequence[int], dated: Mapping[int, ColumnKind]) -> Inside:
    """What a row says of when it holds: its columns of dates, else the words in its other cells."""
    words = [
        of_row(cell.text)
        for cell in row.cells
        if cell.first_column not in columns and cell.first_column not in dated
    ]
    return merged(inside_of(row, dated), *words)


def _words_beside(row: Row, taken: Sequence[int], status: int | None, first: int) -> str:
    cells = [
        cell
        for cell in row.cells
        if cell.first_column not in taken and cell.first_column != status and cell.text.strip()
    ]
    behind = [cell for cell in cells if cell.first_column > first]
    return join_lines((behind or cells)[0].lines) if cells else ""


def position_of(text: str, legend: Mapping[str, Position]) -> Position | None:
    """What a cell of a status column says: by its words, or by a mark that is explained."""
    return (
        legend.get(text.strip(" ()[].*"))
        or position_of_several(text, legend)
        or disposition_of(text)
        or action_of(text)
    )


def _status_column(
    table: Table, columns: Sequence[int], legend: Mapping[str, Position]
) -> int | None:
    """The column that says what the policy says of each code: titled so, and holding words of
    disposition, or marks that are explained.
    """
    for column in range(table.columns):
        cells = [
            cell.text for row in table.rows if (cell := cell_at(row, column)) and cell.text.strip()
        ]
        if column in columns or not cells:
            continue
        if not terms("columns", "status").says(cells[0].lower()) and not _says_only(cells[1:]):
            continue
        named = [text for text in cells[1:] if position_of(text, legend)]
        if len(named) >= _LEAST_SHARE * max(1, len(cells) - 1):
            return column
    return None


def _says_only(cells: Sequence[str]) -> bool:
    """Whether cells say what is done with codes and nothing else, so that they are statuses
    whatever their column is called.
    """
    return len(cells) >= _LEAST_STATUSES and all(
        is_status(text) or action_of(text) is not None for text in cells
    )


def _rows_in_one_cell(
    table: Table, hint: CodeSystem | None, legend: Mapping[str, Position]
) -> tuple[TableRowCodes, ...]:
    """Rows that print code and description in one cell."""
    rows: list[TableRowCodes] = []
    total = 0
    for row in table.rows:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if len(filled) != 1 or _is_title(filled[0].text):
            continue
        total += 1
        line = join_traced(filled[0].traced_lines())
        if read := read_code_line(line, hint, row.page, legend):
            rows.append(read)
    return tuple(rows) if rows and len(rows) >= _LEAST_SHARE * total and len(rows) > 1 else ()


def status_behind(words: str) -> Position | None:
    """What the words behind a code say of it, where they are its status alone or end with it:
    "Not covered", "Foot gauge – Covered", "Foot gauge Not covered".

    An approval is set apart from the description; else it may be a word of that.
    """
    *_, remark = words.split(APART) if APART in words else ("", "")
    if remark and (position := status_of_column(remark)):
        return position
    for part in reversed(_APART.split(words)):
        if is_status(part):
            return disposition_of(part)
    bracketed = _BRACKETED.search(words)
    if bracketed and is_status(bracketed["status"]):
        return disposition_of(bracketed["status"])
    told = _DENIED_AT_END.search(words)
    if told is None or not is_status(told["status"]):
        return None
    position = disposition_of(told["status"])
    return position if position in DENYING else None


def read_code_line(
    line: Traced,
    hint: CodeSystem | None = None,
    page: int | None = None,
    legend: Mapping[str, Position] = NO_LEGEND,
) -> TableRowCodes | None:
    """A line of the form `CODE description` or `CODE-CODE description`; None for anything else.

    A mark of the legend right behind the code, or at the end of the line, is its status.
    """
    if found := read_list(line.text, hint, where_in(line, page)):
        return TableRowCodes(found, "")
    match = _SEVERAL.match(line.text) or _ONE_CELL.match(line.text)
    if match is None or re.match(r"[A-Z]?\d{4,5}\b", match["words"]):
        return None
    start = match.start("codes")
    end = start + len(match["codes"].rstrip(",:"))
    codes = line.cut(start, end)
    found = read_list(codes.text, hint, where_in(codes, page))
    if not found:
        return None
    marked, words = status_in_front(match["words"].strip(), legend)
    status = marked or status_behind(words) or status_at_end(words, legend)
    return TableRowCodes(found, words, status, inside=of_row(words))


def read_code_behind(
    line: Traced, hint: CodeSystem | None = None, page: int | None = None
) -> TableRowCodes | None:
    """The codes of a line that ends with them, its words, and its status."""
    printed = line.stripped()
    match = match_behind(printed.text)
    if match is None:
        return None
    codes = printed.cut(*match.span("codes"))
    found = read_list(codes.text, hint, where_in(codes, page))
    if not found:
        return None
    words = match["words"].strip()
    status = status_at(match["rest"]) if match["rest"] else status_at(words)
    return TableRowCodes(found, words, status)
