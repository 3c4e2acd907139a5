"""Lists of drugs: which are preferred, and what a plan asks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.cell_blocks import cell_blocks
from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.extract.table_items import APART, row_item
from policy_tracker.language.lexicon import terms

_LONGEST_TITLE, _LONGEST_DRUG = 6, 16
"""Words of a column's title, and of the cell that names a drug."""
_MOST_SAY_MORE = 0.5
_KIND_OF_TIER = re.compile(
    r"\s*(?:drug|formulary|copay|cost[ -]sharing) (?=tiers?\b)", re.IGNORECASE
)
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
    return any(_says("drug", title) for title in titles) and (
        any(_says("restriction", title) for title in titles) or _says_standing_in_rows(table)
    )


def _says_standing_in_rows(table: Table) -> bool:
    """Whether most rows have a cell that says how a drug stands, whatever its column is called:
    "Excluded" below "Status".
    """
    told = sum(
        any(_says("standing", cell.text.strip().lower()) for cell in row.cells[1:])
        for row in table.rows[1:]
    )
    return told > _MOST_SAY_MORE * len(table.rows[1:])


def opened_list(block: Block, table: Table, part: HeadedPart, keys: Keys) -> Iterator[HeadedPart]:
    """The rows of a list of drugs as items below the words that say how they stand.

    A row of one name across the table, or a first column of classes, heads the rows that follow.
    """
    titles = table.rows[0].cells
    standing = [cell for cell in titles if _says("standing", cell.text.strip().lower())]
    for heading, rows in _by_class(table):
        own = part if heading is None else _below(part, heading, keys)
        if len(standing) > 1:
            yield from _side_by_side(block, rows, titles, own, keys)
        else:
            yield from _one_below_the_other(block, rows, titles, own, keys)


def has_columns_of_standing(table: Table) -> bool:
    """Whether drugs stand side by side in columns that say which are preferred."""
    told = (_says("standing", cell.text.strip().lower()) for cell in table.rows[0].cells)
    return sum(told) > 1


def _by_class(table: Table) -> Iterator[tuple[Traced | None, list[Row]]]:
    """The rows below the titles, by the class of drugs that they stand under, if any.

    A name with nothing below it heads nothing: it is a row itself, a drug or a note.
    """
    first = table.rows[0].cells[0]
    classed = _says("class", first.text.strip().lower())
    heading: Traced | None = None
    rows: list[Row] = []
    alone: list[Row] = []
    for row in table.rows[1:]:
        filled = [cell for cell in row.cells if cell.text.strip()]
        own = _class_of(row, table, filled) if not classed else _own_class(row, first)
        if own is not None:
            if rows or alone:
                yield (heading, rows) if rows else (None, alone)
            heading, rows, alone = own, [], [] if classed else [row]
        if classed or own is None:
            rows.append(row)
    if rows or alone:
        yield (heading, rows) if rows else (None, alone)


def _class_of(row: Row, table: Table, filled: list[Cell]) -> Traced | None:
    """The one name of a row: across the table, or in capitals where the drugs are not."""
    if len(filled) != 1 or len(filled[0].text.split()) > _LONGEST_DRUG:
        return None
    across = filled[0].last_column > filled[0].first_column or len(row.cells) == 1
    alone = filled[0].text.isupper() and _others_say_more(table)
    return filled[0].traced() if table.columns > 1 and (across or alone) else None


def _others_say_more(table: Table) -> bool:
    """Whether most rows fill more than the column of names: one that does not names no drug."""
    rows = table.rows[1:]
    more = sum(sum(bool(cell.text.strip()) for cell in row.cells) > 1 for row in rows)
    return more >= _MOST_SAY_MORE * len(rows)


def _own_class(row: Row, first: Cell) -> Traced | None:
    cell = next((one for one in row.cells if one.first_column == first.first_column), None)
    return cell.traced() if cell and cell.text.strip() else None


def _below(part: HeadedPart, heading: Traced, keys: Keys) -> HeadedPart:
    """The part of a class of drugs."""
    key = keys.free(f"{part.key}/{slug(heading.text, 60) or 'class'}")
    return HeadedPart(key, heading.text, "coverage", (*part.path, heading.text), (), title=heading)


def _side_by_side(
    block: Block, rows: Sequence[Row], titles: Sequence[Cell], part: HeadedPart, keys: Keys
) -> Iterator[HeadedPart]:
    """A list for each column that says how its drugs stand; what other columns say of the rows is
    read as in running text.
    """
    for title in titles:
        cells = [
            (cell, row)
            for row in rows
            for cell in row.cells
            if cell.first_column == title.first_column and cell.text.strip()
        ]
        words = title.text.strip().lower()
        if not cells or _says("class", words):
            continue
        if _says("standing", words):
            lines = [
                row_item(block, line)
                for cell, _ in cells
                for line in cell.traced_lines()
                if line.text
            ]
            yield _list_of(part, title.traced(), lines, keys)
            continue
        made = tuple(
            one if one.places else replace(one, places=block.places[:1])
            for cell, row in cells
            for one in cell_blocks(cell, row.page or block.page)
        )
        key = keys.free(f"{part.key}/{slug(title.text, 60) or 'rules'}")
        path = (*part.path, title.text)
        yield HeadedPart(key, title.text, "coverage", path, made, title=title.traced())


def _one_below_the_other(
    block: Block, rows: Sequence[Row], titles: Sequence[Cell], part: HeadedPart, keys: Keys
) -> Iterator[HeadedPart]:
    """A list for each run of rows that stand alike."""
    first = titles[0]
    own = first.traced() if _says("standing", first.text.strip().lower()) else None
    gathered: list[Block] = []
    standing = own
    for row in rows:
        said = _standing_in(row, titles) or own
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


def _standing_in(row: Row, titles: Sequence[Cell]) -> Traced | None:
    """The cell behind a drug's name that says how it stands, or answers a title that asks for it
    ("Covered: No").
    """
    for cell in row.cells[1:]:
        plain = cell.text.strip().lower()
        if _says("standing", plain):
            return cell.traced()
        title = next((one for one in titles if one.first_column == cell.first_column), None)
        if title is not None and plain and _says("asked", f"{title.text.strip().lower()}: {plain}"):
            return glued([("", title.traced()), (": ", cell.traced())])
    return None


def _words_of(row: Row, titles: Sequence[Cell]) -> Traced:
    """A row as one text: the drug, and what its other cells say, single words with their titles."""
    by_column = {cell.first_column: cell for cell in titles}
    parts: list[tuple[str, Traced]] = []
    for cell in row.cells:
        if not cell.text.strip() or _says("standing", cell.text.strip().lower()):
            continue
        title = by_column.get(cell.first_column)
        if parts and title is not None and title.text.strip() and _needs_title(cell):
            parts += [(APART, _plain(title)), (" ", cell.traced())]
        else:
            parts.append((APART if parts else "", cell.traced()))
    return glued(parts)


def _plain(title: Cell) -> Traced:
    """A title without what kind of tier it speaks of, which a payer words one way or another."""
    words = title.traced()
    kind = _KIND_OF_TIER.match(words.text)
    return words.cut(kind.end(), len(words.text)) if kind else words


def _needs_title(cell: Cell) -> bool:
    """Whether a cell says nothing without its column's title: a number, or a single word that is
    no mark of what a plan asks ("PA").
    """
    return len(cell.text.split()) == 1 and not _says("restriction", cell.text.strip().lower())


def _list_of(part: HeadedPart, title: Traced | None, blocks: list[Block], keys: Keys) -> HeadedPart:
    """A list below the words that say how its drugs stand: its column's title, else the heading."""
    standing = title.text if title else part.heading
    key = keys.free(f"{part.key}/{slug(standing, 60) or 'drugs'}")
    path = (*part.path, f"{DRUG_LIST}: {standing}")
    return HeadedPart(key, standing, "coverage", path, tuple(blocks), title=title or part.title)
