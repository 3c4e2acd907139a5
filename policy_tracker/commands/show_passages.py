"""A document beside what was read of it, on the terminal: passage by passage, page by page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policy_tracker.pages.formatting import counted, logic_words, position_words
from policy_tracker.record import Bulletin, Record

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.isolation.explain_apart import Explained
    from policy_tracker.isolation.explaining import Passage, Use
    from policy_tracker.record.content import Statement

_STEP = 18.0
_DEEPEST = 4
_MOST_USES = 4
_KINDS = {
    "statement": "with statements",
    "codes": "with codes",
    "entry": "with entries",
    "history": "of the history",
    "head": "of the head",
    "heading": "as headings",
    "unread": "not read",
}
_STYLES = {
    "statement": "",
    "codes": "cyan",
    "entry": "",
    "history": "dim",
    "head": "dim",
    "heading": "bold",
    "unread": "yellow",
}


def show_passages(console: Console, explained: Explained) -> None:
    """Left the document as it was cut, right what became of each passage; then what of the record
    was not found in it.
    """
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=5, overflow="fold")
    grid.add_column(ratio=3, overflow="fold")
    grid.add_row(
        Text("The document", style="bold underline"),
        Text("What was read of it", style="bold underline"),
    )
    page, edge = (
        None,
        min(
            (passage.indent for passage in explained.passages if passage.kind != "row"), default=0.0
        ),
    )
    for passage in explained.passages:
        if passage.page != page:
            page = passage.page
            grid.add_row(Text(f"── page {page} ──", style="dim"), Text(""))
        grid.add_row(_printed(passage, edge), _uses(passage, explained.records))
    console.print(grid)
    console.print()
    _show_sum(console, explained)


def _printed(passage: Passage, edge: float) -> Padding:
    """The passage, indented as in the document: `edge` is where its outermost text begins, in
    points.
    """
    depth = min(round((passage.indent - edge) / _STEP), _DEEPEST) if passage.kind == "item" else 0
    label = f"{passage.label} " if passage.label else ""
    return Padding(
        Text(f"{label}{passage.text}", style="bold" if passage.kind == "heading" else ""),
        (0, 0, 0, 2 * max(depth, 0)),
    )


def _uses(passage: Passage, records: tuple[Record | Bulletin, ...]) -> Text:
    if not passage.uses:
        style = "yellow" if passage.fate == "unaccounted" else "dim"
        return Text(f"· {passage.fate}: {passage.fate_why}", style=style)
    told = Text()
    uses = {_use_words(use, records): _STYLES[use.kind] for use in passage.uses}
    for number, (words, style) in enumerate([*uses.items()][:_MOST_USES]):
        told.append("\n" if number else "")
        told.append(words, style=style)
    if len(uses) > _MOST_USES:
        told.append(f"\nand {counted(len(uses) - _MOST_USES, 'further use')}", style="dim")
    return told


def _use_words(use: Use, records: tuple[Record | Bulletin, ...]) -> str:
    record = records[use.record] if use.record >= 0 else None
    whose = f"{_name(record)}: " if record and len(records) > 1 else ""
    if use.kind == "statement" and isinstance(record, Record):
        return (
            f"→ {whose}{_statement_words(next(s for s in record.statements if s.key == use.key))}"
        )
    if use.kind == "codes" and isinstance(record, Record):
        group = next(group for group in record.code_groups if group.key == use.key)
        return f"→ {whose}codes: {position_words(group.disposition)}"
    if use.kind == "entry" and isinstance(record, Bulletin):
        return f"→ entry: {record.entries[int(use.key)].action.lower()}"
    return {
        "history": f"→ {whose}history {use.key}".rstrip(),
        "head": f"→ {whose}title, number or date",
        "heading": f"→ {whose}heading",
        "unread": f"! not read: {use.key}",
    }.get(use.kind, use.kind)


def _name(record: Record | Bulletin) -> str:
    return f"{record.policy}@{record.version}" if isinstance(record, Record) else record.title


def _statement_words(statement: Statement) -> str:
    """`criterion · all of these · initial`; the position where the statement itself gives one."""
    parts = [statement.role.replace("_", " ")]
    if statement.position:
        parts.append(position_words(statement.position))
    if statement.logic:
        parts.append((logic_words(statement.logic) or statement.logic).rstrip(":"))
    if statement.phase:
        parts.append(statement.phase)
    if statement.quantities:
        parts.append(counted(len(statement.quantities), "number"))
    return " · ".join(parts)


def _show_sum(console: Console, explained: Explained) -> None:
    kinds = Counter(use.kind for passage in explained.passages for use in passage.uses[:1])
    unused = sum(not passage.uses for passage in explained.passages)
    fates = Counter(passage.fate for passage in explained.passages)
    told = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in kinds.most_common())
    console.print(
        Text(
            (
                f"{counted(len(explained.passages), 'passage')}: {told or 'none used'}; {unused} "
                f"not used."
            ),
            style="bold",
        )
    )
    console.print(Text("; ".join(f"{fate} {number}" for fate, number in fates.most_common())))
    if explained.running:
        console.print(
            Text(
                f"Left out as headers and footers: {' · '.join(explained.running[:6])}", style="dim"
            )
        )
    placed = {
        (use.record, use.key)
        for passage in explained.passages
        for use in passage.uses
        if use.kind == "statement"
    }
    for number, record in enumerate(explained.records):
        lost = (
            [s for s in record.statements if (number, s.key) not in placed]
            if isinstance(record, Record)
            else []
        )
        if lost:
            console.print(
                Text(
                    f"{counted(len(lost), 'statement')} that no passage is known to print:",
                    style="yellow",
                )
            )
        for statement in lost:
            console.print(Text(f"  {statement.text}"))
    console.print(
        Text(
            (
                "Each passage shows what was read of it; positions are those of the sentence that "
                "governs."
            ),
            style="dim",
        )
    )
