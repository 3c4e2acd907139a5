"""The payers that somebody confirmed: whose documents are published without a person's look where nothing else is doubtful."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "confirmed_payer"


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    exact = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        TABLE,
        sa.Column("id", big, nullable=False),
        sa.Column("payer", exact, nullable=False),
        sa.Column("read_as", exact, nullable=False),
        sa.Column("how", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("confirmed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reading_id", big, nullable=True),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("fk_confirmed_payer_reading_id_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_payer")),
        sa.UniqueConstraint("payer", "read_as", name=op.f("uq_confirmed_payer_payer_read_as")),
    )
    _confirm_described()
    _refuse_changes()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {TABLE}_is_append_only ON {TABLE}")
    op.drop_table(TABLE)


def _confirm_described() -> None:
    """Payers of which a file tells more than a name that was made of their slug: somebody wrote it, and knows them.

    One that was only read from its documents stays as published, and waits with its next document.
    """
    payer = sa.table(
        "payer",
        sa.column("slug", sa.String()),
        sa.column("name", sa.String()),
        sa.column("content", sa.JSON()),
    )
    confirmed = sa.table(
        TABLE,
        sa.column("payer", sa.String()),
        sa.column("read_as", sa.String()),
        sa.column("how", sa.String()),
        sa.column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime()),
    )
    bind = op.get_bind()
    for slug, name, content in bind.execute(
        sa.select(payer.c.slug, payer.c.name, payer.c.content)
    ).all():
        made = " ".join(word.capitalize() for word in slug.replace("_", "-").split("-") if word)
        if name != made or set(content) - {"record", "payer", "name"}:
            row = {
                "payer": slug,
                "read_as": slug,
                "how": "profile",
                "confirmed_at": datetime.now(UTC),
            }
            bind.execute(confirmed.insert().values(**row))


def _refuse_changes() -> None:
    """The database itself refuses to change or delete a confirmation, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {TABLE}_is_append_only_{verb.lower()} BEFORE {verb} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {TABLE}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
