"""All tables of one database to another that is empty, whichever of the two systems either is."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, func, insert, select, text

import policy_tracker
from policy_tracker.errors import ConflictError
from policy_tracker.store.metadata import TableRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine, Table

AT_ONCE = 1_000
"""Rows that are held in memory at a time; of tables that hold bytes, as documents do, one."""


def all_tables() -> tuple[Table, ...]:
    """Every table of the program, those that others refer to first."""
    for module in ("runs", "limits"):
        importlib.import_module(f"policy_tracker.store.{module}")
    for package in pkgutil.iter_modules(policy_tracker.__path__):
        if package.ispkg and importlib.util.find_spec(f"policy_tracker.{package.name}.tables"):
            importlib.import_module(f"policy_tracker.{package.name}.tables")
    return tuple(TableRow.metadata.sorted_tables)


def copy_all(source: Engine, target: Engine, report: Callable[[str, int], None]) -> int:
    """Copy every row in one transaction on each side; returns how many.

    Both are at the newest migration.

    Raises ConflictError where the target holds anything: its rows would be mixed with the others.
    """
    tables = all_tables()
    total = 0
    with source.connect() as reads, target.begin() as writes:
        held = [table.name for table in tables if _count(writes, table)]
        if held:
            message = (
                f"The other database is not empty: {', '.join(held)} hold rows; nothing was copied"
            )
            raise ConflictError(message)
        for table in tables:
            copied = _copy(reads, writes, table)
            total += copied
            report(table.name, copied)
        if target.dialect.name == "postgresql":
            for table in tables:
                _count_on(writes, table)
    return total


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _copy(reads: Connection, writes: Connection, table: Table) -> int:
    copied = 0
    at_once = (
        1 if any(isinstance(column.type, LargeBinary) for column in table.columns) else AT_ONCE
    )
    rows = reads.execution_options(yield_per=at_once).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for part in rows.mappings().partitions(at_once):
        writes.execute(insert(table), [dict(row) for row in part])
        copied += len(part)
    return copied


def _count_on(connection: Connection, table: Table) -> None:
    """Let the counter of a numbered key go on after the rows that were copied with their
    numbers.
    """
    [key, *more] = table.primary_key.columns
    name = (
        None
        if more
        else connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": key.name},
        ).scalar()
    )
    if name:
        largest = connection.execute(select(func.max(key))).scalar()
        connection.execute(
            text("SELECT setval(:name, :value, :used)"),
            {"name": name, "value": largest or 1, "used": largest is not None},
        )
