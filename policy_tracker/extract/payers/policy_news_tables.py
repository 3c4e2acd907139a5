"""News as tables: a row for each policy, and columns that say which, what happened to it, and
when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from policy_tracker.documents.blocks import Block, Row
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.payers.policy_news_columns import column_of
from policy_tracker.extract.payers.policy_news_entries import ACTION_WORD, NewsDraft, changes_in
from policy_tracker.language.dates import first_date

_NUMBERED = re.compile(
    r"(?:[A-Z]{1,8}[-. ]?)?\d[\w.-]*(?=$|[ :–—-])|.*\((?P<behind>[A-Z]{0,8}[-. ]?\d[\w.-]*)\)$"
)
_LONGEST_TITLE_CELL = 60


def drafts_of_tables(blocks: Sequence[Block]) -> Iterator[NewsDraft]:
    """The rows of all tables whose titles say that they tell of changes to policies."""
    heading: str | None = None
    for block in blocks:
        if block.table is None:
            heading = block.text if block.kind == "heading" else heading
            continue
        rows = block.table.whole_rows()
        for place, row in enumerate(rows[:2]):
            if columns := _columns_of(row):
                for one in rows[place + 1 :]:
                    if draft := _draft(one, columns, heading):
                        yield draft
                break


def _columns_of(row: Row) -> dict[int, str]:
    """What the columns hold by their titles; empty where they are none of a list of changes."""
    found: dict[int, str] = {}
    for cell in row.cells:
        text = join_lines(cell.lines)
        name = column_of(text)
        if name and len(text) <= _LONGEST_TITLE_CELL and name not in found.values():
            found[cell.first_column] = name
        elif name == "number" or (name and "title" not in found.values() and "polic" in text):
            found[cell.first_column] = "title"
    named = set(found.values())
    return found if "title" in named and named & {"what", "action"} else {}


def _draft(row: Row, columns: Mapping[int, str], heading: str | None) -> NewsDraft | None:
    cells = {columns[cell.first_column]: cell for cell in row.cells if cell.first_column in columns}
    said = {name: join_lines(cell.lines) for name, cell in cells.items()}
    title, number = said.get("title", ""), said.get("number") or None
    if not title:
        return None
    if number is None and (found := _NUMBERED.match(title)):
        number = found["behind"] or found[0]
        title = title.replace(f"({number})", "").removeprefix(number).strip(" :–—-") or title
    what = said.get("what", "")
    action = said.get("action") or _action_in(what) or _action_in(heading or "") or ""
    date = first_date(said.get("effective", ""))
    lines = [line.strip() for line in cells["what"].lines] if "what" in cells else []
    return NewsDraft(
        number,
        title,
        action,
        heading,
        [change for text in _paragraphs(lines) for change in changes_in(text)],
        page=row.page,
        spans=tuple(
            (cell.id, 0, len(cell.printed)) for cell in row.cells if cell.id and cell.printed
        ),
        effective=date.iso if date else None,
    )


def _action_in(text: str) -> str | None:
    found = re.search(rf"\b(?:{ACTION_WORD})\b", text, re.IGNORECASE)
    return found[0] if found else None


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """The texts of a cell: bullets each for itself, else one."""
    texts: list[str] = []
    for line in lines:
        bullet = re.match(r"[•▪◦●○■□➢►·*–-]\s*", line)
        if bullet or not texts:
            texts.append(line[bullet.end() :] if bullet else line)
        else:
            texts[-1] = join_lines([texts[-1], line])
    return [text for text in texts if text]
