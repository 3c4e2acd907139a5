"""Columns of prior-authorization lists: codes, requirements, lines of business, vendors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.extract.code_legends import explained_marks
from policy_tracker.extract.dates_inside import ColumnKind, column_kind
from policy_tracker.extract.payers.prior_auth_cells import read_cell
from policy_tracker.language.code_forms import CODE
from policy_tracker.language.code_wildcards import systems_in
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.sentences import split_sentences
from policy_tracker.record.vocabulary import LineOfBusiness, Requirement

Kind = Literal[
    "code",
    "system",
    "description",
    "requirement",
    "line",
    "lines",
    "states",
    "modifiers",
    "vendor",
    "dates",
    "notes",
    "other",
]

NONE_EXPLAINED: Mapping[str, Requirement] = MappingProxyType({})
"""What stands for marks where the document explains none."""
_CODE = re.compile(r"\b(?:codes?|CPT|HCPCS?|proc(?:edure)?\.? code)(?![a-z])", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"description|\bdesc\b|service|procedure|drug|medication|item|test name|brand|generic",
    re.IGNORECASE,
)
_REQUIREMENT = re.compile(
    r"prior[ -]?auth|pre-?auth|precert|pre-?notification|\bPA\b|auth(?:orization)? (?:required"
    r"|requirement|needed|status)|requirements?\b|\brequires? \w*auth|^auth(?:orization)?s?[.?]?$",
    re.IGNORECASE,
)
_VENDOR = re.compile(
    r"vendor|delegat|(?:reviewed|managed|administered|handled|authorized) "
    r"by|contact|submit|where to"
    r"|reviewer|review entity",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"^(?:\W*(?:additional|other|clinical|special|more))*\W*"
    r"(?:notes?|comments?|remarks?|criteria|limits?|limitations?|restrictions?|exceptions?"
    r"|instructions?|information|details?)\b",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"(?:procedure |service |billing )?cod(?:e|ing) (?:type|system|set|category)", re.IGNORECASE
)
_FIRST_OF = re.compile(r"\b(?:from|start|begin(?:ning)?|low|first)\b", re.IGNORECASE)
_LAST_OF = re.compile(r"\b(?:to|thru|through|end(?:ing)?|high|last)\b", re.IGNORECASE)
_MODIFIERS = re.compile(r"(?:code )?(?:modifiers?|mods?\.?)(?: codes?)?(?:\(s\))?", re.IGNORECASE)
_LINES = re.compile(
    r"lines? of business|\bLOBs?\b|^plans?(?: types?)?$|^products?$|applies to|membership",
    re.IGNORECASE,
)
_STATES = re.compile(r"(?:applicable |market |plan )?states?(?:\(s\))?", re.IGNORECASE)
_BUSINESS: tuple[tuple[LineOfBusiness, re.Pattern[str]], ...] = tuple(
    (line, re.compile(words, re.IGNORECASE))
    for line, words in (
        ("dual_eligible", r"dual|D-?SNP|\bMMP\b|medicare-medicaid"),
        ("medicare_advantage", r"medicare|\bMA(?:PD)?\b|senior"),
        ("medicaid", r"medicaid|\bCHIP\b|\bSTAR\b|managed care assistance"),
        (
            "exchange",
            r"exchange|marketplace|\bACA\b|individual (?:and|&) family|\bIFP\b|qualified health",
        ),
        ("federal_employee", r"\bFEP\b|federal employee|\bFEHB\b"),
        (
            "commercial",
            (
                r"commercial|\bHMO\b|\bPPO\b|\bPOS\b|\bEPO\b|group|employer|fully insured|self[- "
                r"]funded|\bASO\b"
            ),
        ),
    )
)
_VENDORS = re.compile(
    r"\b(eviCore|Carelon|AIM(?: Specialty Health)?|NIA|National Imaging Associates|Evolent"
    r"|Magellan(?: Rx)?|Optum(?:Rx)?|New Century Health|HealthHelp|TurningPoint"
    r"|Cohere|Prime Therapeutics|CVS Caremark|Express Scripts|Lucet|American Specialty "
    r"Health|Avalon"
    r"|Beacon|MedSolutions|CareCore|Novologix)\b[\w ]{0,20}",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"^(?:no|n|none|nr|not required|no (?:prior )?auth\w*(?: required| needed)?|no pa(?: required)?"
    r"|not (?:subject|applicable).*|n/?a|[-–—]+)\.?$",
    re.IGNORECASE,
)
_NOTIFIED = re.compile(r"\bnotif", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:may|if|when|unless|depend|only (?:for|when|if)|required for(?! all)|conditional|see "
    r"(?:note|comments?|policy)|after"
    r"|except|greater than|more than|over \d|under \d|certain|some)\b|[<>≥≤]",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    (
        r"^(?:yes|y|x+|✓|✔|☑|☒|●|•|pa|r)\.?$|\brequire[sd]?\b|\breq(?:['’]?d)?\b|\bneeds? |prior[ "
        r"-]?auth|pre-?cert|\bauth\b"
    ),
    re.IGNORECASE,
)
_SAYS_REQUIRED = re.compile(
    (
        r"\b(?:prior[ "
        r"-]?auth\w*|pre-?auth\w*|pre-?cert\w*|notification|authorization)\b[^.;]{0,60}\brequire"
    ),
    re.IGNORECASE,
)
_REQUIRES = re.compile(
    r"\b(?:requires?|requiring|needs?|needing|subject to)(?: a| an)? (?:prior |pre-?)?"
    r"(?:auth|cert|PA\b)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:yes|no|y|n|(?:not )?required|pa|none)\.?", re.IGNORECASE)
"""What answers the question of a title, whatever words that has."""
_BEGINS_ANSWER = re.compile(
    r"(?:(?P<yes>yes|y|true|always)|(?:no|n|false|never|exempt))(?:$|\s*[-–—,;:(/.])", re.IGNORECASE
)
"""An answer with a remark behind it: "Yes - all ages"."""
_MOST_ANSWERS = 0.9
_NAMES_AUTHORIZATION = re.compile(r"\bPA\b|auth|pre-?cert", re.IGNORECASE)
_FREED = re.compile(r"\b(?:not|no)\b.{0,30}\b(?:require|req\b|req['’]?d\b|need)", re.IGNORECASE)
_ENDS_REQUIRED = re.compile(
    r"\b(?:without|exempt|waive[sd]?|remov(?:ed|al)|(?:no|not) longer)\b", re.IGNORECASE
)
_DAY = re.compile(DATE_PATTERN, re.IGNORECASE)
_LAST_DAY = re.compile(r"\b(?:end|ends|ended|until|through|thru|term\w*|expir\w*)\b", re.IGNORECASE)
_ONE_TOKEN = re.compile(r"(?=\S*\d)[\w.*-]{2,12}")
"""What stands alone in a column of codes and is no title: `100`, `O691T`."""
_LONGEST_CATEGORY = 120
_CODES_ALONE = re.compile(rf"{CODE}(?:\s*[,;/]\s*{CODE})*")
_SENTENCE_END = re.compile(r"[.;:!]\W*$")
_HEAD_ROWS = 4
_MOST_ASKED = 400
"""Rows by which a table is told to be a list."""
_LEAST_CODES = 0.5
_TELL_NOTHING = frozenset({"code", "description", "notes", "states", "other"})
"""Columns whose cells say nothing of what is asked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands, what it holds, its title, the line of business that it stands for,
    and what its dates are.
    """

    place: int
    kind: Kind
    title: str
    business: LineOfBusiness | None = None
    dates: ColumnKind | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a list, and the row that titles them."""

    columns: tuple[Column, ...]
    titles: int
    answered: bool = False
    """Whether columns of lines of business hold what is asked for there ("PA", "no PA")."""

    def ends_of_ranges(self) -> tuple[Column, Column] | None:
        """The two columns that hold the first and the last code of a range; None where no pair of
        neighbours is titled so.
        """
        for one, two in pairwise(self.of("code")):
            if _FIRST_OF.search(one.title) and _LAST_OF.search(two.title):
                return one, two
        return None

    @property
    def bare(self) -> bool:
        """Whether no column says what is asked for."""
        return not (self.of("requirement") or self.of("line"))

    def of(self, kind: Kind) -> tuple[Column, ...]:
        """The columns of one kind."""
        return tuple(column for column in self.columns if column.kind == kind)


def layout_of(table: Table, *, bare: bool = False) -> Layout | None:
    """The layout of a table that lists codes with what they require; None for any other table.

    `bare` also takes a list of codes without a word of that, which only what stands above it says.
    """
    for number, row in enumerate(table.rows[:_HEAD_ROWS]):
        if _names_code(row):
            continue
        columns = tuple(
            _of_days(_of_codes(_column(cell), table, number), table, number)
            for cell in row.cells
            if cell.text.strip()
        )
        layout = _with_requirements(table, _with_codes(table, Layout(columns, number)))
        told = bare or layout.of("requirement") or layout.of("line")
        if layout.of("code") and told and len(columns) >= 2 and _holds_codes(table, layout):
            return replace(layout, answered=_asks_by_plan(table, layout))
    return None


def _names_code(row: Row) -> bool:
    """Whether a cell of a row is a code: such a row titles nothing, whatever its other cells say
    of authorization.
    """
    return any(_CODES_ALONE.fullmatch(cell.text.strip()) for cell in row.cells)


def _of_codes(column: Column, table: Table, titles: int) -> Column:
    """The column; one of codes where its title may be of days ("Code from") and holds codes."""
    if column.kind != "dates" or not re.search(r"\bcodes?\b", column.title, re.IGNORECASE):
        return column
    cells = (cell_at(row, column.place) for row in table.rows[titles + 1 :][:_MOST_ASKED])
    first = next((cell for cell in cells if cell and cell.text.strip()), None)
    if first is None or read_cell(first, column.title) is None:
        return column
    return replace(column, kind="code", dates=None)


def _of_days(column: Column, table: Table, titles: int) -> Column:
    """The column; one of days where its title speaks of authorization ("PA Effective") and its
    cells hold nothing but dates.
    """
    if column.kind not in ("requirement", "other"):
        return column
    cells = [
        cell.text.strip()
        for row in table.rows[titles + 1 :][:_MOST_ASKED]
        if (cell := cell_at(row, column.place)) and cell.text.strip()
    ]
    if not cells or not all(_DAY.fullmatch(text) for text in cells):
        return column
    dates: ColumnKind = "last" if _LAST_DAY.search(column.title) else "begins"
    return replace(column, kind="dates", dates=dates)


def _with_codes(table: Table, layout: Layout) -> Layout:
    """The layout, where no title speaks of codes with the column that holds nothing else, beside
    one that says what is asked: "Procedure" over five digits.
    """
    if layout.of("code") or not layout.of("requirement"):
        return layout
    for column in (*layout.of("description"), *layout.of("other")):
        cells = [
            cell
            for row in table.rows[layout.titles + 1 :][:_MOST_ASKED]
            if (cell := cell_at(row, column.place)) and cell.text.strip()
        ]
        if len(cells) > 1 and all(read_cell(cell, column.title) is not None for cell in cells):
            kept = tuple(
                replace(one, kind="code") if one is column else one for one in layout.columns
            )
            return replace(layout, columns=kept)
    return layout


def _with_requirements(table: Table, layout: Layout) -> Layout:
    """The layout, where no title says so with the column whose cells do ("Prior authorization
    required" under "Additional information").
    """
    if layout.of("requirement") or layout.of("line") or not layout.of("code"):
        return layout
    for column in (*layout.of("other"), *layout.of("notes")):
        cells = [
            cell.text
            for row in table.rows[layout.titles + 1 :]
            if (cell := cell_at(row, column.place)) and cell.text.strip()
        ]
        told = sum(_SAYS_REQUIRED.search(text) is not None for text in cells)
        answers = sum(_ANSWER.fullmatch(text.strip()) is not None for text in cells)
        if (told and told >= _LEAST_CODES * len(cells)) or (
            answers and answers >= _MOST_ANSWERS * len(cells)
        ):
            kept = tuple(
                replace(one, kind="requirement") if one is column else one for one in layout.columns
            )
            return replace(layout, columns=kept)
    return layout


def _asks_by_plan(table: Table, layout: Layout) -> bool:
    """Whether cells below lines of business name an authorization, and the others there answer."""
    cells = [
        cell
        for column in layout.of("line")
        for row in table.rows[layout.titles + 1 :][:_MOST_ASKED]
        if (cell := cell_at(row, column.place)) and cell.text.strip()
    ]
    named = sum(_NAMES_AUTHORIZATION.search(cell.text) is not None for cell in cells)
    answers = sum(requirement_of(cell) not in (None, "unknown") for cell in cells)
    return bool(named) and answers >= _LEAST_CODES * len(cells)


def _column(cell: Cell) -> Column:
    title = " ".join(cell.text.split())
    business = business_of(title)
    dates = column_kind(title)
    kind: Kind = "other"
    if len(title) > 80:
        kind = "other"
    elif dates:
        kind = "dates"
    elif _SYSTEM.fullmatch(title):
        kind = "system"
    elif _MODIFIERS.fullmatch(title):
        kind = "modifiers"
    elif _NOTES.search(title):
        kind = "notes"
    elif _VENDOR.search(title):
        kind = "vendor"
    elif _STATES.fullmatch(title):
        kind = "states"
    elif _LINES.search(title):
        kind = "lines"
    elif business and not re.search(r"\bcodes?\b", title, re.IGNORECASE):
        kind = "line"
    elif _REQUIREMENT.search(title) and not _CODE.search(title):
        kind = "requirement"
    elif re.search(r"descri|\bname\b", title, re.IGNORECASE):
        kind = "description"
    elif _CODE.search(title) or any(systems_in(title)):
        kind = "code"
    elif _DESCRIPTION.search(title):
        kind = "description"
    return Column(cell.first_column, kind, title, business, dates)


def _holds_codes(table: Table, layout: Layout) -> bool:
    """Whether the columns of codes hold some, by what has or nearly has the form of one."""
    cells = [
        (cell, title_in(row, column, layout))
        for column in layout.of("code")
        for row in table.rows[layout.titles + 1 :][:_MOST_ASKED]
        if (cell := cell_at(row, column.place)) and cell.text.strip()
    ]
    read = sum(read_cell(cell, title) is not None for cell, title in cells)
    # what has lost its zeros stands in a column of codes too
    near = sum(_may_be_code(cell.text, title) for cell, title in cells)
    return bool(read) and near >= _LEAST_CODES * len(cells)


def title_in(row: Row, column: Column, layout: Layout) -> str:
    """The title of a column of codes, with the system that another column of the row names."""
    systems = (cell_at(row, one.place) for one in layout.of("system"))
    return " ".join((column.title, *(cell.text for cell in systems if cell)))


def cell_at(row: Row, place: int) -> Cell | None:
    """The cell that stands in a column."""
    return next(
        (cell for cell in row.cells if cell.first_column <= place <= cell.last_column), None
    )


def business_of(text: str) -> LineOfBusiness | None:
    """The line of business that a title or a cell names first, None where it names none."""
    return next(iter(businesses_in(text)), None)


def businesses_in(text: str) -> tuple[LineOfBusiness, ...]:
    """All lines of business that a text names."""
    return tuple(line for line, words in _BUSINESS if words.search(text))


def vendor_in(text: str) -> str | None:
    """The vendor that a text names."""
    match = _VENDORS.search(text)
    return " ".join(match[0].split()) if match else None


def qualified(requirement: Requirement, note: str) -> Requirement:
    """What a row requires, given what stands beside it: a condition makes it conditional."""
    if requirement in ("required", "unknown") and _CONDITION.search(note):
        return "conditional"
    if requirement == "not_required" and _SAYS_REQUIRED.search(note) and not _FREED.search(note):
        return "conditional"
    return requirement


def said_above(text: str) -> Requirement | None:
    """What a heading or a sentence says of what stands below it; None where it does not speak of
    authorization being required.
    """
    if not (_SAYS_REQUIRED.search(text) or _REQUIRES.search(text)):
        return None
    freed = _FREED.search(text) or _ENDS_REQUIRED.search(text)
    return "not_required" if freed else "required"


def explained_requirements(blocks: Iterable[Block]) -> dict[str, Requirement]:
    """The marks of which a document says that they ask for authorization, or for none: "NPA = no
    prior authorization required".
    """
    found: dict[str, Requirement] = {}
    for mark, words in explained_marks(blocks):
        said = requirement_of(Cell((words,)))
        if said and said != "unknown":
            found.setdefault(mark, said)
    return found


def requirement_of(
    cell: Cell | None, explained: Mapping[str, Requirement] = NONE_EXPLAINED
) -> Requirement | None:
    """What a cell says, be it by a mark that the document explains; None where it says nothing."""
    if cell is None:
        return None
    if cell.checked is not None:
        return "required" if cell.checked else None
    text = " ".join(cell.text.split())
    return explained.get(text) or (_said(text) if text else None)


def _said(text: str) -> Requirement:
    """What the words of a cell say."""
    if _NOT.match(text):
        return "not_required"
    if _NOTIFIED.search(text):
        return "notification"
    freed = [_FREED.search(sentence) is not None for sentence in split_sentences(text)]
    asked = any(
        _SAYS_REQUIRED.search(sentence)
        for sentence, free in zip(split_sentences(text), freed, strict=True)
        if not free
    )
    if any(freed) and asked:
        return "conditional"
    if any(freed) and not _CONDITION.search(text):
        return "not_required"
    if _CONDITION.search(text):
        return "conditional"
    if answer := _BEGINS_ANSWER.match(text):
        return "required" if answer["yes"] else "not_required"
    return "required" if _REQUIRED.search(text) or vendor_in(text) else "unknown"


def headings_and_rows(table: Table, layout: Layout) -> Iterator[tuple[str | None, Row]]:
    """The rows of codes with the category row above each; repeated title rows are left out."""
    category: str | None = None
    for row, is_alone in _told_rows(table, layout):
        if not is_alone:
            yield category, row
        elif not _is_note(row):
            category = _words(row)


def notes_of(table: Table, layout: Layout) -> Iterator[Cell]:
    """The cells of a list that are no rows of it: sentences above the titles, where names and
    telephones stand too, and between the rows, and what follows the last of them.
    """
    rows = list(_told_rows(table, layout))
    last = max((place for place, (_, is_alone) in enumerate(rows) if not is_alone), default=-1)
    above = [
        cell
        for row in table.rows[: layout.titles]
        for cell in row.cells
        if _SENTENCE_END.search(cell.text)
    ]
    below = [
        cell
        for place, (row, is_alone) in enumerate(rows)
        if is_alone and (place > last or _is_note(row))
        for cell in row.cells
    ]
    yield from (cell for cell in (*above, *below) if cell.text.strip())


def _told_rows(table: Table, layout: Layout) -> Iterator[tuple[Row, bool]]:
    """The rows below the titles, and whether each holds words alone, as a category does."""
    titles: Sequence[str] = [_folded(cell.text) for cell in table.rows[layout.titles].cells]
    code_places = [column.place for column in layout.of("code")]
    first = min(column.place for column in layout.columns)
    for row in table.rows[layout.titles + 1 :]:
        texts = [cell.text for cell in row.cells]
        filled = [text for text in texts if text.strip()]
        if not filled or [_folded(text) for text in texts] == titles:
            continue
        told = [
            cell for place in code_places if (cell := cell_at(row, place)) and cell.text.strip()
        ]
        answers = any(
            (cell := cell_at(row, column.place)) and cell.text.strip()
            for column in layout.columns
            if column.kind not in _TELL_NOTHING and column.place > first
        ) and not _spans(row)
        is_alone = len(filled) == 1 and not answers
        yield row, is_alone and not any(_may_be_code(cell.text) for cell in told)


def _words(row: Row) -> str:
    return " ".join(" ".join(cell.text for cell in row.cells).split())


def _is_note(row: Row) -> bool:
    """Whether a row of words is a sentence, and no name of what follows."""
    words = _words(row)
    return len(words) > _LONGEST_CATEGORY or words.endswith((".", ";"))


def _spans(row: Row) -> bool:
    return any(cell.text.strip() and cell.last_column > cell.first_column for cell in row.cells)


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


def _may_be_code(text: str, title: str = "") -> bool:
    """Whether a cell that stands alone in its row is a code, read or not, and no title."""
    return read_cell(Cell((text,)), title) is not None or bool(_ONE_TOKEN.fullmatch(text.strip()))
