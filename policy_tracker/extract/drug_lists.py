"""Lists of drugs: which are preferred, and what a plan asks for each."""

from __future__ import annotations

from collections.abc import Iterator

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.extract.table_items import APART, row_item
from policy_tracker.language.lexicon import terms

_LONGEST_TITLE, _LONGEST_DRUG = 6, 16
"""Words of a column's title, and of the cell that names a drug."""
DRUG_LIST = "Drug list"
"""How the path of headings tells a list of drugs: criteria stand under "Non-Preferred" as well."""


def is_drug_list(table: Table) -> bool:
    """Whether a table lists drugs: a column says which are preferred, or names them beside what a
    plan asks for them.
    """
    if len(table.rows) < 2:
        return False
    titles = [cell.text.strip().lower() for cell in table.rows[0].cells if cell.text.strip()]
    if not titles or any(len(title.split()) > _LONGEST_TITLE for title in titles):
        return False
    names = [row.cells[0].text for row in table.rows[1:] if row.cells and row.cells[0].text]
    if not names or any(len(name.split()) > _LONGEST_DRUG or name.endswith(":") for name in names):
        return False
    if any(_says("standing", title) for title in titles):
        return True
    return any(_says("drug", title) for title in titles) and any(
        _says("restriction", title) for title in titles
    )


def opened_list(block: Block, table: Table, part: HeadedPart, keys: Keys) -> Iterator[HeadedPart]:
    """The rows of a list of drugs as items below the words that say how they stand."""
    titles = table.rows[0].cells
    if len(titles) > 1 and all(_says("standing", cell.text.strip().lower()) for cell in titles):
        for title in titles:
            yield _list_of(part, title.traced(), _in_column(block, table, title), keys)
        return
    own = titles[0].traced() if _says("standing", titles[0].text.strip().lower()) else None
    gathered: list[Block] = []
    standing = own
    for row in table.rows[1:]:
        said = _standing_in(row) or own
        if gathered and (said and said.text) != (standing and standing.text):
            yield _list_of(part, standing, gathered, keys)
            gathered = []
        standing = said
        words = _words_of(row, titles)
        if words.text.strip():
            gathered.append(row_item(block, words))
    if gathered:
        yield _list_of(part, standing, gathered, keys)


def _says(reader: str, plain: str) -> bool:
    return terms("drug_lists", reader).fit(plain) is not None


def _standing_in(row: Row) -> Traced | None:
    """The cell behind a drug's name that says how it stands."""
    told = (cell for cell in row.cells[1:] if _says("standing", cell.text.strip().lower()))
    return next((cell.traced() for cell in told), None)


def _words_of(row: Row, titles: tuple[Cell, ...]) -> Traced:
    """A row as one text: the drug, and what its other cells say, single words with their titles."""
    by_column = {cell.first_column: cell for cell in titles}
    parts: list[tuple[str, Traced]] = []
    for cell in row.cells:
        if not cell.text.strip() or _says("standing", cell.text.strip().lower()):
            continue
        title = by_column.get(cell.first_column)
        if parts and title is not None and title.text.strip() and _needs_title(cell):
            parts += [(APART, title.traced()), (" ", cell.traced())]
        else:
            parts.append((APART if parts else "", cell.traced()))
    return glued(parts)


def _needs_title(cell: Cell) -> bool:
    """Whether a cell says nothing without its column's title: a number or a single word."""
    return len(cell.text.split()) == 1


def _in_column(block: Block, table: Table, title: Cell) -> list[Block]:
    """The drugs of a column, a line each."""
    cells = (
        cell
        for row in table.rows[1:]
        for cell in row.cells
        if cell.first_column == title.first_column
    )
    return [row_item(block, line) for cell in cells for line in cell.traced_lines() if line.text]


def _list_of(part: HeadedPart, title: Traced | None, blocks: list[Block], keys: Keys) -> HeadedPart:
    """A list below the words that say how its drugs stand: its column's title, else the heading."""
    standing = title.text if title else part.heading
    key = keys.free(f"{part.key}/{slug(standing, 60) or 'drugs'}")
    path = (*part.path, f"{DRUG_LIST}: {standing}")
    return HeadedPart(key, standing, "coverage", path, tuple(blocks), title=title or part.title)
