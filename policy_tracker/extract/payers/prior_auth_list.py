"""Lists of what needs prior authorization: code, requirement, lines of business and vendors in
columns, of whatever payer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from policy_tracker.documents.blocks import Block, Cell, Document, Row
from policy_tracker.errors import CodeError
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.code_tables import all_of, codes_of_cell
from policy_tracker.extract.head.identity import Identity, read_identity, slug_of, version_of
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers.format import Format, head_text
from policy_tracker.extract.payers.prior_auth_columns import (
    Layout,
    businesses_in,
    cell_at,
    headings_and_rows,
    layout_of,
    requirement_of,
    unread_reason,
    vendor_in,
)
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.provenance import spans_of
from policy_tracker.extract.quality import CODES_UNREAD
from policy_tracker.language.code_mentions import Codes
from policy_tracker.language.dates import DATE_PATTERN, first_date
from policy_tracker.record import Bulletin, CodeRange, CodeRef, DateFact, ListedCode, Record
from policy_tracker.record.code_lists import Authorization, CodeGroup
from policy_tracker.record.codes import numeric_members
from policy_tracker.record.content import Unread
from policy_tracker.record.source import Source
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.vocabulary import DateName, LineOfBusiness, Requirement

_ABOUT = re.compile(
    (
        r"prior[ -]?auth|pre-?auth|pre-?cert|pre-?notification|authorization "
        r"(?:list|requirements?|lookup|grid|matrix)|\bPA (?:list|code)"
    ),
    re.IGNORECASE,
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


def _recognise(document: Document) -> bool:
    lists = [
        layout
        for block in document.blocks
        if block.table is not None and (layout := layout_of(block.table))
    ]
    titles = " ".join(column.title for layout in lists for column in layout.columns)
    return (
        bool(lists)
        and _ABOUT.search(f"{head_text(document)} {titles}") is not None
        and _is_mostly_list(document)
    )


def _is_mostly_list(document: Document) -> bool:
    """Whether the tables hold more words than the prose: a policy with one table of authorizations
    is no list.
    """
    rows = sum(len(block.table.rows) for block in document.blocks if block.table is not None)
    prose = sum(len(block.text.split()) for block in document.blocks if block.table is None)
    return prose < 300 + 12 * rows


def _read(document: Document) -> list[Record | Bulletin]:
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
        FormatReading("prior_auth_list", 2, _PROFILE),
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
    prose = [
        block for block in document.blocks if block.table is None or layout_of(block.table) is None
    ]
    kept = (
        block for block in prose if not _DATED_TITLE.fullmatch(block.text) and block.text != title
    )
    return (Block("heading", title, heading_level=1), *kept)


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
        if _ABOUT.search(text) and len(text) < 200 and "|" not in text:
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
    groups: dict[str, _ListGroup] = {}
    claims: dict[_CellClaim, dict[CodeRef, None]] = {}
    heading = ""
    for block in document.blocks:
        layout = layout_of(block.table) if block.table is not None else None
        if block.table is None or layout is None:
            heading = block.text if block.kind == "heading" else heading
            continue
        for category, row in headings_and_rows(block.table, layout):
            left = _not_read(row, layout, block)
            unread += left
            read += not left
            group = groups.setdefault(
                category or heading or "Codes", _ListGroup(page=row.page or block.page)
            )
            for code in _take(row, layout, group):
                for claim in _claims(row, layout):
                    claims.setdefault(claim, {})[code] = None
    used: set[str] = set()
    return (
        tuple(
            _group(name, group, used)
            for name, group in groups.items()
            if group.codes or group.ranges
        ),
        tuple(_authorization(claim, tuple(codes)) for claim, codes in claims.items()),
        tuple(unread),
        read,
    )


def _not_read(row: Row, layout: Layout, block: Block) -> list[Unread]:
    """The row with why its codes were not read; nothing where they were, or none are printed."""
    for column in layout.of("code"):
        cell = cell_at(row, column.place)
        text = " ".join(cell.text.split()) if cell else ""
        if cell is None or _NO_CODE.fullmatch(text) or _codes_of(cell, row.page):
            continue
        number = row.number or _number_of(row, block)
        return [
            Unread(
                page=row.page or block.page,
                why=f"row {number} “{text[:60]}” {unread_reason(text)}",
                text=" | ".join(cell.text for cell in row.cells if cell.text.strip()),
            )
        ]
    return []


def _number_of(row: Row, block: Block) -> int:
    """The number of a row in its table, titles included."""
    rows = block.table.rows if block.table is not None else ()
    return next((number for number, one in enumerate(rows, 1) if one is row), 0)


def _take(row: Row, layout: Layout, group: _ListGroup) -> Iterator[CodeRef]:
    described = layout.of("description")
    cell = cell_at(row, described[0].place) if described else None
    words = " ".join(cell.text.split()) if cell else ""
    for column in layout.of("code"):
        cell = cell_at(row, column.place)
        found = _codes_of(cell, row.page) if cell else None
        for code in found.codes if found else ():
            if all(
                code.code != other.code or code.qualifiers != other.qualifiers
                for other in group.codes
            ):
                group.codes.append(code.model_copy(update={"description": words or None}))
            yield CodeRef(system=code.system, code=code.code)
        group.placed += found.placed if found else ()
        for span in found.ranges if found else ():
            group.ranges.append(span)
            yield from _members(span)


def _codes_of(cell: Cell, page: int | None) -> Codes | None:
    """The codes of a cell; where a note stands below them, those of its first lines."""
    if whole := codes_of_cell(cell, None, page, any_case=True):
        return whole
    printed = [line for line in cell.traced_lines() if line.text.strip()]
    lines = [
        codes_of_cell(
            Cell((line.text,), marks=cell.marks, pieces=(line,)), None, page, any_case=True
        )
        for line in printed
    ]
    found = [codes for codes in takewhile(lambda codes: codes is not None, lines) if codes]
    return all_of(found) if found else None


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


def _claims(row: Row, layout: Layout) -> Iterator[_CellClaim]:
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
    own = [cell_at(row, column.place) for column in layout.of("requirement")]
    general_vendor = vendor or next(
        (found for cell in own if cell and (found := vendor_in(cell.text))), None
    )
    if not layout.of("line"):
        yield _CellClaim(general[0] if general else "unknown", lines, None, general_vendor)
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
                marked,
                (column.business,),
                column.title,
                (vendor_in(cell.text) if cell else None) or general_vendor,
            )


def _authorization(claim: _CellClaim, codes: tuple[CodeRef, ...]) -> Authorization:
    applies = AppliesTo(lines_of_business=claim.lines) if claim.lines else None
    return Authorization(
        codes=codes, requirement=claim.requirement, vendor=claim.vendor, applies_to=applies
    )


def _group(name: str, group: _ListGroup, used: set[str]) -> CodeGroup:
    stem = slug_of(name)[:80].strip("-") or "codes"
    key, number = stem, 2
    while key in used:
        key, number = f"{stem}-{number}", number + 1
    used.add(key)
    return CodeGroup(
        key=key,
        heading=name[:2000],
        disposition="informational",
        codes=tuple(group.codes),
        ranges=tuple(dict.fromkeys(group.ranges)),
        source=Source(page=group.page, spans=spans_of(group.placed))
        if group.page or group.placed
        else None,
    )


FORMAT = Format("prior_auth_list", 2, None, _recognise, _read, order=30)
