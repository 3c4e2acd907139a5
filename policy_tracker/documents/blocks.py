"""A document as a stream of blocks in reading order: what every reader (PDF, HTML, DOCX, text) makes, and what every payer format reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from policy_tracker.documents.hyphenation import joined

BlockKind = Literal["heading", "paragraph", "item", "note", "table"]
LabelKind = Literal["bullet", "number", "upper", "lower", "roman", "upper_roman", "mark"]
Bold = Literal["none", "start", "all"]


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page: `page` from 1, edges in points from the page's top left corner; no edges where the source has no geometry."""

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
    """A cell of a table: its lines as printed, from which column to which (0-based, last included), and footnote marks that were taken off.

    `blocks` are the paragraphs and items in a cell of several lines, `checked` the state of a drawn checkbox.
    """

    lines: tuple[str, ...]
    first_column: int = 0
    last_column: int = 0
    marks: tuple[str, ...] = ()
    place: Place | None = None
    checked: bool | None = None
    bold: bool = False
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        return joined((line, False) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its cells from left to right; `continues` where it goes on with the row before (over a page break)."""

    cells: tuple[Cell, ...]
    page: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: number of columns, and rows in order, headers included (a header repeated on the next page is left out)."""

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
    return replace(cell, lines=cell.lines + rest.lines, marks=cell.marks + rest.marks, blocks=cell.blocks + rest.blocks)


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, note or table.

    `text` has line-end hyphens restored, white space folded and footnote marks taken off (they are in `marks`); a ">" that is underlined in
    print is "≥". `label` is an item's enumerator as printed; `indent` the label's left edge in points (PDF) or the nesting depth times 18
    (HTML, DOCX, text); `text_indent` the left edge of the text behind the label. `connector` is an AND or OR printed on a line of its own
    behind the block. `places` has one place per page that it stands on.
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

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return self.places[0].page if self.places else None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of the document whose words could not be read, such as a page that is a picture."""

    page: int | None
    why: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line of the first page(s) as printed, kept for headers that lie in columns and boxes: its text, place and style."""

    text: str
    place: Place
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    `blocks` is the body without running lines; `running` are those lines, once each, with digits as printed on the first page that has
    them; `header` are all physical lines of the first page from top to bottom, running ones included, because that is where payers print
    identity and dates. `versions` are the parts of a file that holds several versions one after the other (archived ones appended), empty
    where it holds one: see `policy_tracker.documents.versions_in_file`. Pages are counted through the whole file.
    """

    media: Literal["pdf", "html", "docx", "text", "csv"]
    pages: int
    blocks: tuple[Block, ...]
    header: tuple[Line, ...] = ()
    running: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    versions: tuple[Document, ...] = ()

    @property
    def text(self) -> str:
        """All blocks' texts, a line each."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def header_text(self) -> str:
        """The header's lines from top to bottom, a tab between pieces that stand apart on one baseline."""
        rows: list[list[Line]] = []
        for line in self.header:
            if rows and abs((rows[-1][0].place.bottom or 0.0) - (line.place.bottom or -9.0)) < 3.0:
                rows[-1].append(line)
            else:
                rows.append([line])
        return "\n".join("\t".join(line.text for line in row) for row in rows)
