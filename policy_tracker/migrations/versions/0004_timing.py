"""The dated facts of revisions apart, how certain a span is, gaps between editions, and payers that date back.

What follows from the facts (starts, spans, order and days of comparisons) is made when the program opens the database after this
(`policy_tracker.store.refreshing`): it needs the program's own rules, which a migration must not depend on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DERIVED = ("start_day", "stated_as", "basis", "issued", "superseded_on", "retired")
"""Columns of `revision` that said what follows from siblings as well; a record alone does not tell it."""


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "timing",
        sa.Column("revision_id", big, autoincrement=False, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_timing_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_timing")),
    )
    for column in (
        DERIVED
    ):  # plain SQL keeps the triggers that make the table append-only; a batch would drop them
        op.execute(f"ALTER TABLE revision DROP COLUMN {column}")
    _add("payer", "dates_back", "BOOLEAN NOT NULL DEFAULT FALSE")
    op.execute("UPDATE payer SET dates_back = TRUE WHERE slug = 'cms'")
    _add("policy", "chain_due", "BOOLEAN NOT NULL DEFAULT FALSE")
    _add("span", "begins", "DATE")
    _add("span", "certainty", "VARCHAR NOT NULL DEFAULT 'uncertain'")
    _add("span", "certainty_reasons", "JSON NOT NULL DEFAULT '[]'")
    _add("span", "checked_on", "DATE")
    _add("span", "missing", "INTEGER")
    _add("comparison", "gap", "JSON")
    _add("occasion", "gap", "JSON")


def downgrade() -> None:
    for table, column in (
        ("occasion", "gap"),
        ("comparison", "gap"),
        ("span", "missing"),
        ("span", "checked_on"),
        ("span", "certainty_reasons"),
        ("span", "certainty"),
        ("span", "begins"),
        ("policy", "chain_due"),
        ("payer", "dates_back"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for column in DERIVED:
        _add(
            "revision",
            column,
            "VARCHAR NOT NULL DEFAULT 'unknown'" if column in ("stated_as", "basis") else "DATE",
        )
    op.drop_table("timing")


def _add(table: str, column: str, kind: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
