"""What every table shares: names of constraints, types of columns, and the base class.

Import it before the first table is declared.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData, String
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""A name for every constraint, so that a migration on either database can say which one it means.
"""

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""64-bit whole numbers; SQLite's INTEGER has 64 bits already, and only a column of that very type
counts up by itself.
"""

PLAIN = JSON()
MAYBE = JSON(none_as_null=True)
"""JSON kept as the text that was written, its order of keys included (PostgreSQL's jsonb would sort
them).
"""

EXACT = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared byte by byte on both databases, whatever the server's language; needed
where a range of codes is asked.
"""

LARGEST_ID = 2**31 - 1
"""No id that comes from outside may be larger; all tables together stay far below."""


class TableRow(SQLModel):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)


def key() -> Any:  # noqa: ANN401 - the field's type is the annotation beside it
    """The numbered primary key of a table."""
    return Field(default=None, primary_key=True, sa_type=BIG)


def link(target: str, *, index: bool = True, **options: Any) -> Any:  # noqa: ANN401
    """A reference to the primary key `table.column` of another table."""
    return Field(foreign_key=target, index=index, sa_type=BIG, **options)


def plain(**options: Any) -> Any:  # noqa: ANN401
    """A column of plain JSON data."""
    return Field(sa_type=PLAIN, **options)


def nothing() -> Any:  # noqa: ANN401
    """A column of plain JSON data that may hold none."""
    return Field(default=None, sa_type=MAYBE, nullable=True)
