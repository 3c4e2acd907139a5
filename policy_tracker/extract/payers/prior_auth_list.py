"""Lists of what needs prior authorization: code, requirement, lines of business and vendors in
columns, of whatever payer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policy_tracker.documents.blocks import Block, Document, Row, Table
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.code_table_titles import columns_of_marks, position_of_marks
from policy_tracker.extract.dates_inside import Inside, merged, of_statement
from policy_tracker.extract.head.identity import Identity, read_identity, slug_of, version_of
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.head.reach import lines_named, reach_of
from policy_tracker.extract.payers.format import Format, head_text
from policy_tracker.extract.payers.prior_auth_claims import RowClaim, claims_of, settled
from policy_tracker.extract.payers.prior_auth_columns import (
    Layout,
    cell_at,
    explained_requirements,
    headings_and_rows,
    layout_of,
    notes_of,
    said_above,
)
from policy_tracker.extract.payers.prior_auth_items import HeadingPath, with_items_as_tables
from policy_tracker.extract.payers.prior_auth_lines import with_lines_as_tables
from policy_tracker.extract.payers.prior_auth_rows import (
    CodeCell,
    ListGroup,
    code_cells,
    inside_of,
    is_ragged,
    kept,
    row_codes,
    row_unread,
)
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.provenance import spans_of
from policy_tracker.extract.quality import CODES_UNREAD
from policy_tracker.extract.roles import decides
from policy_tracker.language.dates import DATE_PATTERN, first_date
from policy_tracker.language.disposition import disposition_of, is_status
from policy_tracker.language.formatting import counted
from policy_tracker.language.prefilter import Wording
from policy_tracker.record import (
    Bulletin,
    DateFact,
    Record,
    Statement,
)
from policy_tracker.record.code_lists import Authorization, CodeGroup
from policy_tracker.record.content import Unread
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import DENYING, DateName, Position, Requirement

_ABOUT = Wording(
    (
        r"prior[ -]?auth|pre-?auth|pre-?cert|pre-?notification|authorization "
        r"(?:list|requirements?|lookup|grid|matrix)|\bPA (?:list|code)"
    ),
)
_TITLE_DATE = re.compile(
    rf"(?:effective|as of|revised|updated|valid from)(?: date)?(?: of)?"
    rf"(?:(?: for)?(?: all)? (?:dates? of service|services?|requests?))?"
    rf"(?: (?:rendered|provided|received))?(?: on(?: or after)?| beginning| starting)?"
    rf"\s*:?\s*(?P<date>{DATE_PATTERN})",
    re.IGNORECASE,
)
_PROFILE = Profile(
    name="prior_auth_list", opening=(r".*(?:prior[ -]?auth|pre-?auth|pre-?cert|notification).*",)
)
_MOST_TOLD = 5
_SPREADSHEETS = ("csv", "xlsx")
_SEPARATED = ("csv", "html")
"""Where a row may have fallen apart into more values than there are columns."""
_DATED_TITLE = re.compile(
    rf"\W*(?:effective|as of|revised|updated)?(?: date)?\W*{DATE_PATTERN}\W*", re.IGNORECASE
)


def _listed(document: Document) -> Document:
    """The document, its lines as tables where it speaks of authorization and has no such table."""
    if _has_tables(document) and any(placed.layout for placed in _placed(document)):
        return document
    if not _ABOUT.found_in(head_text(document)):
        return document
    if (with_answers := with_lines_as_tables(document)) is not document:
        return with_answers
    return with_items_as_tables(document) if _ABOUT.found_in(_title(document)) else document


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block, the heading that it stands under, what the headings say of what stands there, and
    its layout where it is a list.
    """

    block: Block
    heading: str
    said: Requirement | None
    layout: Layout | None


def _placed(document: Document) -> tuple[_Placed, ...]:
    """All blocks. In a spreadsheet whose head speaks of authorization, a list of codes alone is a
    list too; so is one under a heading that says what its codes need, in a document whose title
    speaks of authorization.
    """
    about = _ABOUT.found_in(_title(document))
    found, path = [], HeadingPath()
    for block in document.blocks:
        path.pass_over(block)
        bare = document.media in _SPREADSHEETS or (about and path.said is not None)
        found.append(_Placed(block, path.text, path.said, _layout(block, bare=bare)))
    return tuple(found)


def _layout(block: Block, *, bare: bool) -> Layout | None:
    """The layout of a block that is a list."""
    if block.table is None:
        return None
    return layout_of(block.table) or (layout_of(block.table, bare=True) if bare else None)


def _has_tables(document: Document) -> bool:
    return any(block.table is not None for block in document.blocks)


def _recognise(document: Document) -> bool:
    document = _listed(document)
    if not _has_tables(document):
        return False
    lists = [placed.layout for placed in _placed(document) if placed.layout]
    titles = " ".join(column.title for layout in lists for column in layout.columns)
    # a spreadsheet that has columns for it needs no title that says so
    asks = document.media in _SPREADSHEETS and any(
        layout.of("requirement") or layout.answered for layout in lists
    )
    return (
        bool(lists)
        and (asks or _ABOUT.found_in(f"{head_text(document)} {titles}"))
        and _is_mostly_list(document)
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
        applies_to=reach_of(document, title),
    )
    record = assemble(
        replace(document, blocks=_prose(document, title)),
        head,
        FormatReading("prior_auth_list", 3, _PROFILE),
    )
    lists = _lists(document, _day_of(dates))
    groups, authorizations, unread = lists.code_groups(), lists.authorizations, lists.unread
    extraction = record.extraction
    if extraction is not None:
        # the list is the document: what prose stands around it are notes
        told = tuple(words for words in extraction.warnings if "coverage part" not in words)
        extraction = extraction.model_copy(
            update={
                "unread": (*extraction.unread, *unread),
                "warnings": (
                    *told,
                    *_review_reasons(lists, issuer.why),
                    *_of_unread(unread, lists.read),
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
                "statements": tuple(_as_note(one) for one in record.statements),
                "authorizations": (*authorizations, *record.authorizations),
                "extraction": extraction,
            }
        )
    ]


def _as_note(statement: Statement) -> Statement:
    """A sentence beside a list: a note, unless its own words decide or ask for something."""
    if statement.role not in ("criterion", "position") or decides(statement.text) is not None:
        return statement
    return statement.model_copy(update={"role": "note", "position": "informational"})


def _prose(document: Document, title: str) -> tuple[Block, ...]:
    """What stands around the lists, under the document's title."""
    prose = [one for placed in _placed(document) for one in _prose_of(placed)]
    kept = (
        block for block in prose if not _DATED_TITLE.fullmatch(block.text) and block.text != title
    )
    return (Block("heading", title, heading_level=1), *kept)


def _prose_of(placed: _Placed) -> Iterator[Block]:
    """A block that is no list; of a list what stands in it beside its rows."""
    block, layout = placed.block, placed.layout
    if block.table is None or layout is None:
        yield block
        return
    for cell in notes_of(block.table, layout):
        words = cell.traced()
        yield Block("paragraph", words.text, places=block.places, pieces=words.pieces)


def _review_reasons(lists: _Lists, why: str | None) -> Iterator[str]:
    unknown = [entry for entry in lists.authorizations if entry.requirement == "unknown"]
    if codes := sum(len(entry.codes) for entry in unknown):
        verb = "requires" if codes == 1 else "require"
        yield f"what {counted(codes, 'code')} {verb} was not understood"
    wide = [raw for group in lists.groups.values() for raw in group.unwritten]
    if wide:
        shown = ", ".join(wide[:_MOST_TOLD])
        yield f"no authorization is recorded for {counted(len(wide), 'range')} of codes ({shown})"
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


def _day_of(dates: Mapping[DateName, DateFact]) -> str | None:
    """The day of which a list speaks, None where it prints none."""
    known = (dates.get(name) for name in ("effective", "revised", "published", "issued"))
    return next((one.date for one in known if one and one.date), None)


@dataclass(slots=True)
class _Lists:
    """What all lists of a document say: codes by category, authorizations by what is claimed; the
    rows whose codes were not read, and how many were.
    """

    groups: dict[tuple[str, Position | None], ListGroup] = field(default_factory=dict)
    claims: list[RowClaim] = field(default_factory=list)
    authorizations: tuple[Authorization, ...] = ()
    unread: list[Unread] = field(default_factory=list)
    read: int = 0

    def code_groups(self) -> tuple[CodeGroup, ...]:
        """The categories that hold codes, in print order."""
        used: set[str] = set()
        return tuple(
            _group(name, position, group, used)
            for (name, position), group in self.groups.items()
            if group.codes or group.ranges
        )


def _lists(document: Document, day: str | None) -> _Lists:
    """All lists of a document whose own day is `day`."""
    found, above = _Lists(), head_text(document)
    explained = explained_requirements(document.blocks)
    for placed in _placed(document):
        block, layout = placed.block, placed.layout
        if block.table is not None and layout is not None:
            _take_list(
                found, placed, block.table, layout, above, explained, document.media in _SEPARATED
            )
    found.authorizations = tuple(settled(found.claims, day))
    return found


def _take_list(
    found: _Lists,
    placed: _Placed,
    table: Table,
    layout: Layout,
    above: str,
    explained: Mapping[str, Requirement],
    separated: bool,
) -> None:
    cells: list[CodeCell] = []
    marks = columns_of_marks(table, [column.place for column in layout.of("code")])
    for category, row in headings_and_rows(table, layout):
        cells = code_cells(row, layout) or cells
        if separated and is_ragged(row, table.rows[layout.titles]):
            reason = "has more values than there are titles"
            found.unread.append(row_unread(row, placed.block, reason))
            continue
        taken = row_codes(cells, row, placed.block)
        found.unread += taken.unread
        found.read += bool(taken.codes) and not taken.unread
        heading = category or placed.heading
        position = _position(row, layout, marks) or _position_above(heading)
        group = found.groups.setdefault(
            (heading or "Codes", position), ListGroup(page=row.page or placed.block.page)
        )
        told = said_above(category or "") or placed.said
        if told is None and not placed.heading:
            told = said_above(above)
        lines = lines_named(heading)
        claims = tuple(claims_of(row, layout, told or "unknown", lines, explained))
        if position in DENYING and not told:  # what is denied is not asked for
            claims = tuple(claim for claim in claims if claim.requirement != "unknown")
        inside = merged(inside_of(row, layout), _inside_above(heading, told))
        for code in kept(taken, row, layout, group, inside):
            found.claims += [RowClaim(code, claim, inside) for claim in claims]


def _inside_above(heading: str, told: Requirement | None) -> Inside:
    """From when until when a heading says that its list holds; "no longer required as of July 1" is
    where not being required begins.
    """
    inside = of_statement(heading, names_codes=True)
    begins = first_date(heading) if inside.ending and told == "not_required" else None
    return Inside(effective=DateFact(date=begins.iso, raw=begins.raw)) if begins else inside


def _position_above(heading: str) -> Position | None:
    """What a heading that is nothing but a status says of the codes below it."""
    return disposition_of(heading) if is_status(heading) else None


def _position(row: Row, layout: Layout, marks: Mapping[int, Position]) -> Position | None:
    """What a row says of coverage itself, beside what it asks for: a cell that is a status, or an
    answer under a title that is one.

    What it says of some lines of business alone is no position of the code.
    """
    said, of_lines = set(), set()
    for column in layout.columns:
        cell = None if column.kind in ("code", "description") else cell_at(row, column.place)
        if cell is None or not cell.text.strip():
            continue
        position = disposition_of(cell.text) if is_status(cell.text) else None
        if column.kind == "line":
            of_lines.add(position)
        elif position:
            said.add(position)
    told = said or (of_lines if len(of_lines) == 1 else set())
    return told.pop() if len(told) == 1 else position_of_marks(row, marks)


def _group(name: str, position: Position | None, group: ListGroup, used: set[str]) -> CodeGroup:
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
