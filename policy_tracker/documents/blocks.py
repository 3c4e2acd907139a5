"""A document as a stream of blocks in reading order: what every reader (PDF, HTML, DOCX, text)
makes, and what every payer format reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from policy_tracker.documents.hyphenation import joined
from policy_tracker.documents.traced import BlockSpan, Piece, Traced, joined_lines
from policy_tracker.language.remembered import remembered

_SAME_BASE = 3.0
"""Points between the lower edges of lines that stand side by side."""
BlockKind = Literal["heading", "paragraph", "item", "note", "table"]
LabelKind = Literal["bullet", "number", "upper", "lower", "roman", "upper_roman", "mark"]
Bold = Literal["none", "start", "all"]
Standing = Literal["shown", "struck", "hidden", "furniture", "unreadable"]
"""How a text stands in the document: as its own, struck out, hidden, along the pages (headers,
footers), or where nobody can read it.
"""


STRUCK, HIDDEN = "struck", "hidden"
"""Why a part was not read that the document strikes out, or does not show."""


class Place(NamedTuple):
    """A box on a page: `page` from 1, edges in points from the page's top left corner; no edges
    where the source has no geometry.
    """

    page: int
    left: float | None = None
    top: float | None = None
    right: float | None = None
    bottom: float | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How a block looks, as far as the source tells.

    `size` in points; `banner` is light text on a coloured bar; `underlined` is the whole line.
    """

    size: float = 0.0
    bold: Bold = "none"
    italic: bool = False
    banner: bool = False
    underlined: bool = False
    coloured: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines as printed, from which column to which (0-based, last included),
    and footnote marks that were taken off.

    `checked` is the state of a drawn checkbox. `id` is its name in the document (`b17.r3.c2`),
    under which its lines are one text with a line break between them; `pieces` are those lines
    where they come from more cells than one (over a page break). `line_places` are the boxes of the
    lines, where the source knows them.
    """

    lines: tuple[str, ...]
    first_column: int = 0
    last_column: int = 0
    marks: tuple[str, ...] = ()
    place: Place | None = None
    checked: bool | None = None
    bold: bool = False
    id: str = field(default="", compare=False)
    pieces: tuple[Traced, ...] = field(default=(), compare=False)
    line_places: tuple[Place, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return self.lines[0] if len(self.lines) == 1 else _joined(self.lines)

    @property
    def printed(self) -> str:
        """The text that the cell's id names: its lines with line breaks."""
        return "\n".join(self.lines)

    def traced_lines(self) -> tuple[Traced, ...]:
        """The lines, each with where it stands in the cell."""
        if self.pieces or not self.id:
            return self.pieces or tuple(Traced(line) for line in self.lines)
        lines: list[Traced] = []
        start = 0
        for line, place in zip(
            self.lines, self.line_places or (self.place,) * len(self.lines), strict=True
        ):
            lines.append(
                Traced(line, (Piece(0, self.id, start, len(line), place),) if line else ())
            )
            start += len(line) + 1
        return tuple(lines)

    def traced(self) -> Traced:
        """The cell's `text`, with where it stands in the cell."""
        return joined_lines(self.traced_lines())


@remembered
def _joined(lines: tuple[str, ...]) -> str:
    return joined((line, False) for line in lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its cells from left to right; `continues` where it goes on with the row
    before (over a page break).

    `id` is its name in the document (`b17.r3`); `number` is its row in a file of values, as a
    spreadsheet counts.
    """

    cells: tuple[Cell, ...]
    page: int | None = None
    continues: bool = False
    id: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: number of columns, and rows in order, headers included (a header repeated on the
    next page is left out).
    """

    columns: int
    rows: tuple[Row, ...]

    def whole_rows(self) -> tuple[Row, ...]:
        """The rows with their continuations on the next page joined to them."""
        whole: list[Row] = []
        for row in self.rows:
            if row.continues and whole:
                whole[-1] = _with_continuation(whole[-1], row)
            else:
                whole.append(row)
        return tuple(whole)


def _with_continuation(row: Row, rest: Row) -> Row:
    by_column = {cell.first_column: cell for cell in rest.cells}
    cells = [_longer(cell, by_column.pop(cell.first_column, None)) for cell in row.cells]
    return replace(row, cells=(*cells, *by_column.values()))


def _longer(cell: Cell, rest: Cell | None) -> Cell:
    if rest is None:
        return cell
    pieces = cell.traced_lines() + rest.traced_lines()
    return replace(
        cell, lines=cell.lines + rest.lines, marks=cell.marks + rest.marks, pieces=pieces
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, note or table.

    `text` has line-end hyphens restored, white space folded and footnote marks taken off (they are
    in `marks`); a ">" that is underlined in print is "≥". `label` is an item's enumerator as
    printed; `indent` the label's left edge in points (PDF) or the nesting depth times 18 (HTML,
    DOCX, text); `text_indent` the left edge of the text behind the label. `connector` is an AND or
    OR printed on a line of its own behind the block. `places` has one place per page that it stands
    on.

    `id` is its name in the document (`b17`), which names its `text` as the reader finished it.
    `pieces` are the lines of that text; in a block that a later step cut out of others or put
    together, they say which blocks print its text.
    """

    kind: BlockKind
    text: str
    label: str | None = None
    label_kind: LabelKind | None = None
    indent: float = 0.0
    text_indent: float = 0.0
    style: Style = Style()
    connector: Literal["and", "or"] | None = None
    marks: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    table: Table | None = None
    heading_level: int | None = None
    gap_before: float = 0.0
    id: str = field(default="", compare=False)
    pieces: tuple[Piece, ...] = field(default=(), compare=False)

    def traced(self) -> Traced:
        """The text, with where the document prints it."""
        if self.pieces or not self.id:
            return Traced(self.text, self.pieces)
        return Traced(
            self.text,
            (Piece(0, self.id, 0, len(self.text), self.places[0] if self.places else None),),
        )

    def part(self, start: int, end: int | None = None) -> Block:
        """The block with its text from `start` to `end` alone."""
        return self.saying(self.traced().cut(start, end))

    def saying(self, words: Traced) -> Block:
        """The block with another text, which says where the document prints it."""
        return replace(self, text=words.text, pieces=words.pieces)

    def of_lines(self, words: Traced) -> Block:
        """The block as one that knows its lines, which are the pieces of `words`: its text, with
        its label in front.
        """
        own = words.cut(len(words.text) - len(self.text))
        if own.text != self.text:
            return self
        place = self.places[0] if self.places else None
        pieces = (Piece(at, block, at, length, place) for at, block, _, length, _ in own.pieces)
        return replace(self, pieces=tuple(pieces))

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return self.places[0].page if self.places else None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of the document that is no part of what was read: words that could not be read, such
    as a page that is a picture, or that are struck out or hidden, which `text` then says.
    """

    page: int | None
    why: str
    place: Place | None = None
    text: str = ""

    @property
    def standing(self) -> Standing:
        """How it stands in the document."""
        if self.why == STRUCK:
            return "struck"
        return "hidden" if self.why == HIDDEN else "unreadable"


_LONGEST_ASIDE = 2000


def as_told(text: str) -> str:
    """The words of a part that was not read, as they are told: of long ones the beginning, and "…"
    for the rest.
    """
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_ASIDE else f"{words[:_LONGEST_ASIDE]}…"


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line of the first page(s) as printed, kept for headers that lie in columns and
    boxes: its text, place and style.

    `spans` are the characters of the blocks or cells that are this line, none where they are not
    known.
    """

    text: str
    place: Place
    style: Style = Style()
    spans: tuple[BlockSpan, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    `blocks` is the body without running lines; `running` are those lines, once each, with digits as
    printed on the first page that has them; `header` are all physical lines of the first page from
    top to bottom, running ones included, because that is where payers print identity and dates.
    `versions` are the parts of a file that holds several versions one after the other (archived
    ones appended), empty where it holds one: see `policy_tracker.documents.versions_in_file`. Pages
    are counted through the whole file.

    Blocks have ids (`b1`, `b2`, … in reading order, rows and cells below them); where they come
    without, the document gives them.
    """

    media: Literal["pdf", "html", "docx", "xlsx", "text", "csv"]
    pages: int
    blocks: tuple[Block, ...]
    header: tuple[Line, ...] = ()
    running: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    versions: tuple[Document, ...] = ()

    def __post_init__(self) -> None:
        """Names the blocks, unless they have names from the document that they were taken from."""
        if not any(block.id or any(piece.block for piece in block.pieces) for block in self.blocks):
            object.__setattr__(self, "blocks", tuple(with_ids(self.blocks)))

    @property
    def text(self) -> str:
        """All blocks' texts, a line each."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def header_text(self) -> str:
        """The header's lines from top to bottom, a tab between pieces that stand apart on one
        baseline.
        """
        rows: list[list[Line]] = []
        for line in self.header:
            if (
                rows
                and abs((rows[-1][0].place.bottom or 0.0) - (line.place.bottom or -9.0))
                < _SAME_BASE
            ):
                rows[-1].append(line)
            else:
                rows.append([line])
        return "\n".join("\t".join(line.text for line in row) for row in rows)


def with_ids(blocks: Iterable[Block], first: int = 1, within: str = "") -> Iterator[Block]:
    """Blocks with their ids, `first` being the first block's number: the same document gives the
    same ids each time it is read.

    `within` is the id of the cell that holds them, where they are read from its markup.
    """
    above = f"{within}." if within else ""
    for number, block in enumerate(blocks, first):
        name = f"{above}b{number}"
        pieces = tuple(
            Piece(piece.at, name, piece.start, piece.length, piece.place) for piece in block.pieces
        )
        yield replace(
            block,
            id=name,
            pieces=pieces,
            table=_table_with_ids(block.table, name) if block.table else None,
        )


def _table_with_ids(table: Table, name: str) -> Table:
    return replace(
        table,
        rows=tuple(
            _row_with_ids(row, f"{name}.r{number}") for number, row in enumerate(table.rows, 1)
        ),
    )


def _row_with_ids(row: Row, name: str) -> Row:
    return replace(
        row,
        id=name,
        cells=tuple(
            replace(cell, id=f"{name}.c{number}") for number, cell in enumerate(row.cells, 1)
        ),
    )
