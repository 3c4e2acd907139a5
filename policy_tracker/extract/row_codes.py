"""Codes that stand in the row of a table whose words are a statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.code_tables import all_of
from policy_tracker.language.code_mentions import Codes, read_list
from policy_tracker.record import CodeRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.record.source import Source
    from policy_tracker.record.statements import Statement

_CELL = re.compile(r"(?P<row>.+\.r\d+)\.c\d+")


def with_row_codes(
    statements: Sequence[Statement], blocks: Sequence[Block]
) -> tuple[Statement, ...]:
    """Statements with the codes of their rows, as far as these name none themselves."""
    asked = {
        row
        for statement in statements
        if not statement.codes and not statement.ranges
        for row in _rows(statement.source)
    }
    rows = _codes_of(asked, blocks) if asked else {}
    return tuple(_with_codes(one, rows) for one in statements) if rows else tuple(statements)


def _codes_of(asked: set[str], blocks: Sequence[Block]) -> dict[str, Codes]:
    """The codes of each row that is asked for: those of its cells that hold nothing else."""
    found: dict[str, Codes] = {}
    for block in blocks:
        for row in block.table.rows if block.table is not None else ():
            read = [(cell, read_list(cell.text)) for cell in row.cells]
            names = {
                match["row"]
                for cell, _ in read
                for span in cell.traced().spans()
                if (match := _CELL.fullmatch(span[0]))
            }
            for name in names & asked:
                found[name] = all_of([codes for _, codes in read if codes])
    return {name: codes for name, codes in found.items() if codes}


def _with_codes(statement: Statement, rows: dict[str, Codes]) -> Statement:
    own = _rows(statement.source)
    codes = rows.get(next(iter(own))) if len(own) == 1 else None
    if statement.codes or statement.ranges or codes is None:
        return statement
    named = (CodeRef(system=code.system, code=code.code) for code in codes.codes)
    return statement.model_copy(
        update={
            "codes": tuple(dict.fromkeys(named)),
            "ranges": tuple(dict.fromkeys(codes.ranges)),
        }
    )


def _rows(source: Source | None) -> set[str]:
    """The rows of tables in which a place lies."""
    spans = source.spans if source else ()
    return {match["row"] for block, *_ in spans if (match := _CELL.fullmatch(block))}
