"""Inserting a row unless it is there already, which both databases can do in one statement but
spell in their own way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from policy_tracker.store.metadata import TableRow


def insert_into(session: Session, table: type[TableRow]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into `table` for the session's database that knows `on_conflict_do_nothing` and
    `on_conflict_do_update`.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table.__table__)  # ty: ignore[missing-attribute]
