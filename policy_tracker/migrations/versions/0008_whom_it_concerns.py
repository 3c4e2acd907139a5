"""What governs a code, and whom a comparison concerns, as rows that a question about a code can find.

What governs is worked out when the program opens the database after this (`policy_tracker.store.refreshing`): it needs the program's own
rules, which a migration must not depend on. Whom stored comparisons concern is worked out when they are made anew with the present
comparison, which the job `reclassify` does by itself; nobody is alerted by that.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EXACT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "mention_basis",
        sa.Column("id", BIG, nullable=False),
        sa.Column("revision_id", BIG, nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code_class", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_mention_basis_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_basis")),
        sa.UniqueConstraint(
            "revision_id",
            "kind",
            "place",
            "code_class",
            name=op.f("uq_mention_basis_revision_id_kind_place_code_class"),
        ),
    )
    with op.batch_alter_table("code_mention", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("says", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("basis_id", BIG, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_code_mention_basis_id_mention_basis"),
            "mention_basis",
            ["basis_id"],
            ["id"],
        )
        batch_op.create_index(batch_op.f("ix_code_mention_basis_id"), ["basis_id"], unique=False)
    op.create_table(
        "concerned_code",
        sa.Column("id", BIG, nullable=False),
        sa.Column("comparison_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("system", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("code", EXACT, nullable=False),
        sa.Column("sequence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparison.id"],
            name=op.f("fk_concerned_code_comparison_id_comparison"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerned_code")),
    )
    with op.batch_alter_table("concerned_code", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concerned_code_code", ["code", "system", "comparison_id", "place"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_concerned_code_comparison_id"), ["comparison_id"], unique=False
        )
        batch_op.create_index(
            "ix_concerned_code_range", ["system", "sequence", "low", "high"], unique=False
        )
    op.create_table(
        "change_concern",
        sa.Column("id", BIG, nullable=False),
        sa.Column("change_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_concern_change_id_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_concern")),
        sa.UniqueConstraint("change_id", "place", name=op.f("uq_change_concern_change_id_place")),
    )


def downgrade() -> None:
    op.drop_table("change_concern")
    with op.batch_alter_table("concerned_code", schema=None) as batch_op:
        batch_op.drop_index("ix_concerned_code_range")
        batch_op.drop_index(batch_op.f("ix_concerned_code_comparison_id"))
        batch_op.drop_index("ix_concerned_code_code")
    op.drop_table("concerned_code")
    with op.batch_alter_table("code_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_mention_basis_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_code_mention_basis_id_mention_basis"), type_="foreignkey"
        )
        batch_op.drop_column("basis_id")
        batch_op.drop_column("says")
    op.drop_table("mention_basis")
