"""Lists of what needs prior authorization: code, requirement, lines of business and vendors in
columns, of whatever payer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policy_tracker.documents.blocks import Block, Cell, Document, Row
from policy_tracker.errors import CodeError
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.code_table_titles import columns_of_marks, position_of_marks
from policy_tracker.extract.codes_dated import dated
from policy_tracker.extract.dates_inside import NOTHING, Inside, merged, of_cell
from policy_tracker.extract.head.identity import Identity, read_identity, slug_of, version_of
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers.format import Format, head_text
from policy_tracker.extract.payers.prior_auth_cells import CellCodes, read_cell, unread_reason
from policy_tracker.extract.payers.prior_auth_columns import (
    Layout,
    businesses_in,
    cell_at,
    headings_and_rows,
    layout_of,
    notes_of,
    qualified,
    requirement_of,
    says_required,
    vendor_in,
)
from policy_tracker.extract.payers.prior_auth_lines import with_lines_as_tables
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.provenance import spans_of
from policy_tracker.extract.quality import CODES_UNREAD
from policy_tracker.extract.roles import decides
from policy_tracker.language.dates import DATE_PATTERN, first_date
from policy_tracker.language.disposition import disposition_of, is_status
from policy_tracker.language.prefilter import Wording
from policy_tracker.record import Bulletin, CodeRange, CodeRef, DateFact, ListedCode, Record
from policy_tracker.record.code_lists import Authorization, CodeGroup
from policy_tracker.record.codes import numeric_members
from policy_tracker.record.content import Unread
from policy_tracker.record.source import Source
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.vocabulary import DateName, LineOfBusiness, Position, Requirement

_ABOUT = Wording(
    (
        r"prior[ -]?auth|pre-?auth|pre-?cert|pre-?notification|authorization "
        r"(?:list|requirements?|lookup|grid|matrix)|\bPA (?:list|code)"
    ),
)
_TITLE_DATE = re.compile(
    (
        rf"(?:effective|as of|revised|updated|valid from)(?: date)?(?: "
        rf"of)?\s*:?\s*(?P<date>{DATE_PATTERN})"
    ),
    re.IGNORECASE,
)
_PROFILE = Profile(
    name="prior_auth_list", opening=(r".*(?:prior[ -]?auth|pre-?auth|pre-?cert|notification).*",)
)
_MOST_MEMBERS = 1000
_MOST_TOLD = 5
_SPREADSHEETS = ("csv", "xlsx")
_SEPARATED = ("csv", "html")
"""Where a row may have fallen apart into more values than there are columns."""
_NO_CODE = re.compile(
    r"(?:n/?a|none|various|see (?:notes?|comments?|description)|[-–—*]*)\.?", re.IGNORECASE
)
"""What stands in a column of codes where there is none."""
_DATED_TITLE = re.compile(
    rf"\W*(?:effective|as of|revised|updated)?(?: date)?\W*{DATE_PATTERN}\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _CellClaim:
    """What one cell says of its row's codes."""

    requirement: Requirement
    lines: tuple[LineOfBusiness, ...] = ()
    product: str | None = None
    vendor: str | None = None


@dataclass(slots=True)
class _ListGroup:
    codes: list[ListedCode] = field(default_factory=list)
    ranges: list[CodeRange] = field(default_factory=list)
    placed: list[Source] = field(default_factory=list)
    page: int | None = None
    seen: set[tuple[str, ...]] = field(default_factory=set)


def _listed(document: Document) -> Document:
    """The document, its lines as tables where it speaks of authorization and has no such table."""
    if any(_layout(document, block) for block in document.blocks):
        return document
    return with_lines_as_tables(document) if _ABOUT.found_in(head_text(document)) else document


def _recognise(document: Document) -> bool:
    document = _listed(document)
    lists = [layout for block in document.blocks if (layout := _layout(document, block))]
    titles = " ".join(column.title for layout in lists for column in layout.columns)
    # a spreadsheet that has a column for it needs no title that says so
    asks = document.media in _SPREADSHEETS and any(layout.of("requirement") for layout in lists)
    return (
        bool(lists)
        and (asks or _ABOUT.found_in(f"{head_text(document)} {titles}"))
        and _is_mostly_list(document)
    )


def _layout(document: Document, block: Block) -> Layout | None:
    """The layout of a block that is a list. In a spreadsheet whose head speaks of authorization, a
    list of codes alone is one too.
    """
    if block.table is None:
        return None
    return layout_of(block.table) or (
        layout_of(block.table, bare=True) if document.media in _SPREADSHEETS else None
    )


def _is_mostly_list(document: Document) -> bool:
    """Whether the tables hold more words than the prose: a policy with one table of authorizations
    is no list.
    """
    if document.media not in _SPREADSHEETS and any(_opens_criteria(b) for b in document.blocks):
        return False
    rows = sum(len(block.table.rows) for block in document.blocks if block.table is not None)
    prose = sum(len(block.text.split()) for block in document.blocks if block.table is None)
    return prose < 300 + 12 * rows


def _opens_criteria(block: Block) -> bool:
    """Whether a line grants or denies under what is listed below it, which no list does."""
    text = block.text.rstrip()
    return block.table is None and text.endswith(":") and decides(text) is not None


def _read(document: Document) -> list[Record | Bulletin]:
    document = _listed(document)
    text = head_text(document)
    identity = read_identity(document, drop=frozenset({"number"}))
    dates = _dates(identity, text)
    title = _title(document)
    issuer = issuer_of(document)
    head = Head(
        payer=issuer.slug,
        policy=slug_of(_DATED_TITLE.sub(" ", title)) or "prior-authorization-list",
        title=title,
        policy_type="prior_auth_list",
        version=version_of(replace(identity, dates=dates), document),
        version_label=identity.version,
        dates=dates,
    )
    record = assemble(
        replace(document, blocks=_prose(document, title)),
        head,
        FormatReading("prior_auth_list", 3, _PROFILE),
    )
    groups, authorizations, unread, read = _lists(document)
    extraction = record.extraction
    if extraction is not None:
        # the list is the document: what prose stands around it are notes
        told = tuple(words for words in extraction.warnings if "coverage part" not in words)
        extraction = extraction.model_copy(
            update={
                "unread": (*extraction.unread, *unread),
                "warnings": (
                    *told,
                    *_review_reasons(authorizations, issuer.why),
                    *_of_unread(unread, read),
                ),
            }
        )
    return [
        Record.model_validate(
            {
                **dict(record),
                "code_groups": (
                    *groups,
                    *(
                        group
                        for group in record.code_groups
                        if group.key not in {own.key for own in groups}
                    ),
                ),
                "authorizations": (*authorizations, *record.authorizations),
                "extraction": extraction,
            }
        )
    ]


def _prose(document: Document, title: str) -> tuple[Block, ...]:
    """What stands around the lists, under the document's title."""
    prose = [one for block in document.blocks for one in _prose_of(document, block)]
    kept = (
        block for block in prose if not _DATED_TITLE.fullmatch(block.text) and block.text != title
    )
    return (Block("heading", title, heading_level=1), *kept)


def _prose_of(document: Document, block: Block) -> Iterator[Block]:
    """A block that is no list; of a list what stands in it beside its rows."""
    layout = _layout(document, block)
    if block.table is None or layout is None:
        yield block
        return
    for cell in notes_of(block.table, layout):
        words = cell.traced()
        yield Block("paragraph", words.text, places=block.places, pieces=words.pieces)


def _review_reasons(authorizations: tuple[Authorization, ...], why: str | None) -> Iterator[str]:
    unknown = sum(len(entry.codes) for entry in authorizations if entry.requirement == "unknown")
    if unknown:
        yield f"what {unknown} codes require was not understood"
    if why:
        yield why


def _of_unread(unread: Sequence[Unread], read: int) -> Iterator[str]:
    """The rows that name what could be a code and was not read; a person must look at them."""
    rows = [one.why for one in unread if re.search(r"“[^”]*\d", one.why)]
    if rows:
        more = ", …" if len(rows) > _MOST_TOLD else ""
        yield (
            f"{CODES_UNREAD}: {len(rows)} of {read + len(unread)} rows of the list "
            f"({'; '.join(rows[:_MOST_TOLD])}{more})"
        )


def _title(document: Document) -> str:
    """The first heading or line that speaks of authorization."""
    blocks = [block.text for block in document.blocks[:15] if block.table is None]
    for text in (*blocks, *(line.text for line in document.header[:20]), document.title or ""):
        if _ABOUT.found_in(text) and len(text) < 200 and "|" not in text:
            return " ".join(text.split())
    return "Prior authorization list"


def _dates(identity: Identity, text: str) -> dict[DateName, DateFact]:
    dates = dict(identity.dates)
    match = _TITLE_DATE.search(text)
    if "effective" not in dates and match and (date := first_date(match["date"])):
        dates["effective"] = DateFact(date=date.iso, raw=date.raw)
    return dates


def _lists(
    document: Document,
) -> tuple[tuple[CodeGroup, ...], tuple[Authorization, ...], tuple[Unread, ...], int]:
    """The code groups by category, and the authorizations by what is claimed, each with all its
    codes, in print order; the rows whose codes were not read, and how many were.
    """
    unread: list[Unread] = []
    read = 0
    groups: dict[tuple[str, Position | None], _ListGroup] = {}
    claims: dict[_CellClaim, dict[CodeRef, None]] = {}
    heading, above = "", head_text(document)
    for block in document.blocks:
        layout = _layout(document, block)
        if block.table is None or layout is None:
            heading = block.text if block.kind == "heading" else heading
            continue
        cells: list[_CodeCell] = []
        marks = columns_of_marks(block.table, [column.place for column in layout.of("code")])
        for category, row in headings_and_rows(block.table, layout):
            cells = _code_cells(row, layout) or cells
            if document.media in _SEPARATED and _is_ragged(row, block.table.rows[layout.titles]):
                unread.append(_row_unread(row, block, "has more values than there are titles"))
                continue
            taken = _row_codes(cells, row, layout, block)
            unread += taken.unread
            read += bool(taken.codes) and not taken.unread
            group = groups.setdefault(
                (category or heading or "Codes", _position(row, layout, marks)),
                _ListGroup(page=row.page or block.page),
            )
            default: Requirement = (
                "required" if says_required(category or heading or above) else "unknown"
            )
            for code in _kept(taken, row, layout, group):
                for claim in _claims(row, layout, default):
                    claims.setdefault(claim, {})[code] = None
    used: set[str] = set()
    return (
        tuple(
            _group(name, position, group, used)
            for (name, position), group in groups.items()
            if group.codes or group.ranges
        ),
        tuple(_authorization(claim, tuple(codes)) for claim, codes in claims.items()),
        tuple(unread),
        read,
    )


@dataclass(frozen=True, slots=True)
class _CodeCell:
    """A cell of codes below its title."""

    cell: Cell
    title: str
    page: int | None


@dataclass(slots=True)
class _RowCodes:
    """What was read of a row's cells of codes, and what was not."""

    codes: list[CellCodes] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def _is_ragged(row: Row, titles: Row) -> bool:
    """Whether a row has values beyond the titles: one that holds the delimiter itself stands in
    more columns than its own, and nothing tells which.
    """
    last = max(cell.last_column for cell in titles.cells)
    return any(cell.text.strip() and cell.first_column > last for cell in row.cells)


def _code_cells(row: Row, layout: Layout) -> list[_CodeCell]:
    """The cells of codes of a row; none where the cell above spans it, as merged ones do."""
    return [
        _CodeCell(cell, column.title, row.page)
        for column in layout.of("code")
        if (cell := cell_at(row, column.place)) is not None
    ]


def _row_codes(cells: Sequence[_CodeCell], row: Row, layout: Layout, block: Block) -> _RowCodes:
    taken = _RowCodes()
    for one in cells:
        text = " ".join(one.cell.text.split())
        if _NO_CODE.fullmatch(text):
            continue
        if found := read_cell(one.cell, one.title, one.page):
            taken.codes.append(found)
        else:
            why = f"“{text[:60]}” {unread_reason(text, one.title)}"
            taken.unread.append(_row_unread(row, block, why))
    if not taken.codes and not taken.unread:
        taken.unread.append(_row_unread(row, block, "prints no code"))
    return taken


def _row_unread(row: Row, block: Block, why: str) -> Unread:
    return Unread(
        page=row.page or block.page,
        why=f"row {row.number or _number_of(row, block)} {why}",
        text=" | ".join(cell.text for cell in row.cells if cell.text.strip()),
        spans=tuple(
            span for cell in row.cells for line in cell.traced_lines() for span in line.spans()
        ),
    )


def _number_of(row: Row, block: Block) -> int:
    """The number of a row in its table, titles included."""
    rows = block.table.rows if block.table is not None else ()
    return next((number for number, one in enumerate(rows, 1) if one is row), 0)


def _kept(taken: _RowCodes, row: Row, layout: Layout, group: _ListGroup) -> Iterator[CodeRef]:
    described = layout.of("description")
    cell = cell_at(row, described[0].place) if described else None
    words = " ".join(cell.text.split()) if cell else ""
    inside = _inside(row, layout)
    for found in taken.codes:
        beside = " ".join(part for part in (words, found.words) if part)
        for code in dated(found.codes.codes, inside):
            key = (code.code, *code.qualifiers.modifiers)
            if key not in group.seen:
                group.seen.add(key)
                group.codes.append(code.model_copy(update={"description": beside or None}))
            yield CodeRef(system=code.system, code=code.code)
        group.placed += found.codes.placed
        for span in dated(found.codes.ranges, inside):
            group.ranges.append(span)
            yield from _members(span)


def _inside(row: Row, layout: Layout) -> Inside:
    """From when until when a row holds, by its columns of dates."""
    return merged(
        NOTHING,
        *(
            of_cell(column.dates, cell.text)
            for column in layout.of("dates")
            if column.dates and (cell := cell_at(row, column.place))
        ),
    )


def _members(span: CodeRange) -> Iterator[CodeRef]:
    """The codes of a range, which an authorization can only name one by one; none where it is no
    run of numbers, or a long one.
    """
    try:
        members = numeric_members(span)
    except CodeError:
        return
    if len(members) <= _MOST_MEMBERS:
        yield from (CodeRef(system=span.system, code=code) for code in members)


def _claims(row: Row, layout: Layout, default: Requirement) -> Iterator[_CellClaim]:
    """One claim for each line of business that the row speaks of; one for all where it names
    none.
    """
    vendors = [
        cell.text
        for column in layout.of("vendor")
        if (cell := cell_at(row, column.place)) and cell.text.strip()
    ]
    vendor = next(
        (
            vendor_in(text) or (" ".join(text.split()) if len(text) < 60 else None)
            for text in vendors
        ),
        None,
    )
    vendor = (
        None
        if vendor and re.fullmatch(r"n/?a|none|health plan|plan|[-–—]", vendor, re.IGNORECASE)
        else vendor
    )
    named = [cell.text for column in layout.of("lines") if (cell := cell_at(row, column.place))]
    lines = tuple(dict.fromkeys(line for text in named for line in businesses_in(text)))
    general = [
        found
        for column in layout.of("requirement")
        if (found := requirement_of(cell_at(row, column.place)))
    ]
    note = " ".join(
        cell.text for column in layout.of("notes") if (cell := cell_at(row, column.place))
    )
    own = [cell_at(row, column.place) for column in layout.of("requirement")]
    general_vendor = vendor or next(
        (found for cell in own if cell and (found := vendor_in(cell.text))), None
    )
    if not layout.of("line"):
        said = layout.of("requirement")
        requirement = general[0] if general else "unknown" if said else default
        yield _CellClaim(qualified(requirement, note), lines, None, general_vendor)
        return
    for column in layout.of("line"):
        cell = cell_at(row, column.place)
        said = requirement_of(cell)
        if said and column.business:
            # an X says that the row's requirement holds there
            marked = (
                general[0]
                if general and said == "required" and cell and len(cell.text.strip()) <= 1
                else said
            )
            yield _CellClaim(
                qualified(marked, note),
                (column.business,),
                column.title,
                (vendor_in(cell.text) if cell else None) or general_vendor,
            )


def _authorization(claim: _CellClaim, codes: tuple[CodeRef, ...]) -> Authorization:
    applies = AppliesTo(lines_of_business=claim.lines) if claim.lines else None
    return Authorization(
        codes=codes, requirement=claim.requirement, vendor=claim.vendor, applies_to=applies
    )


def _position(row: Row, layout: Layout, marks: Mapping[int, Position]) -> Position | None:
    """What a row says of coverage itself, beside what it asks for: a cell that is a status, or an
    answer under a title that is one.
    """
    said = {
        position
        for column in layout.columns
        if column.kind not in ("code", "description")
        and (cell := cell_at(row, column.place))
        and is_status(cell.text)
        and (position := disposition_of(cell.text))
    }
    return said.pop() if len(said) == 1 else position_of_marks(row, marks)


def _group(name: str, position: Position | None, group: _ListGroup, used: set[str]) -> CodeGroup:
    stem = slug_of(name)[:80].strip("-") or "codes"
    key, number = stem, 2
    while key in used:
        key, number = f"{stem}-{number}", number + 1
    used.add(key)
    return CodeGroup(
        key=key,
        heading=name[:2000],
        disposition=position or "informational",
        codes=tuple(group.codes),
        ranges=tuple(dict.fromkeys(group.ranges)),
        source=Source(page=group.page, spans=spans_of(group.placed))
        if group.page or group.placed
        else None,
    )


FORMAT = Format("prior_auth_list", 3, None, _recognise, _read, order=30)
