"""What governs a code, and whom a comparison concerns, as rows that a question about a code can find.

What governs is worked out here for every revision that is held. Whom stored comparisons concern is worked out when they are made anew
with the present comparison, which the job `reclassify` does by itself; nobody is alerted by that.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from policy_tracker.record import Record
from policy_tracker.record.answering import Answering
from policy_tracker.store.mentions import bases, mentions

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
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_mention_basis_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_basis")),
        sa.UniqueConstraint("revision_id", "kind", "place", "code_class", name=op.f("uq_mention_basis_revision_id_kind_place_code_class")),
    )
    with op.batch_alter_table("code_mention", schema=None) as batch_op:
        batch_op.add_column(sa.Column("says", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("basis_id", BIG, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_code_mention_basis_id_mention_basis"), "mention_basis", ["basis_id"], ["id"])
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
        sa.ForeignKeyConstraint(["comparison_id"], ["comparison.id"], name=op.f("fk_concerned_code_comparison_id_comparison")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerned_code")),
    )
    with op.batch_alter_table("concerned_code", schema=None) as batch_op:
        batch_op.create_index("ix_concerned_code_code", ["code", "system", "comparison_id", "place"], unique=False)
        batch_op.create_index(batch_op.f("ix_concerned_code_comparison_id"), ["comparison_id"], unique=False)
        batch_op.create_index("ix_concerned_code_range", ["system", "sequence", "low", "high"], unique=False)
    op.create_table(
        "change_concern",
        sa.Column("id", BIG, nullable=False),
        sa.Column("change_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_concern_change_id_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_concern")),
        sa.UniqueConstraint("change_id", "place", name=op.f("uq_change_concern_change_id_place")),
    )
    _fill()


def _fill() -> None:
    """Write what governs the codes of every revision, and what each place adds to their answers."""
    connection = op.get_bind()
    revisions = sa.table("revision", sa.column("id", BIG), sa.column("content", sa.JSON()))
    basis = sa.table(
        "mention_basis",
        sa.column("id", BIG),
        *(
            sa.column(name, sa.BigInteger() if name == "revision_id" else sa.String())
            for name in ("revision_id", "kind", "place", "code_class")
        ),
        sa.column("content", sa.JSON()),
    )
    mention = sa.table(
        "code_mention",
        sa.column("revision_id", BIG), sa.column("ordinal", sa.Integer()), sa.column("says", sa.String()), sa.column("basis_id", BIG),
    )  # fmt: skip
    update = (
        mention.update()
        .where(mention.c.revision_id == sa.bindparam("of_revision"), mention.c.ordinal == sa.bindparam("at"))
        .values(says=sa.bindparam("what"), basis_id=sa.bindparam("basis"))
    )
    for number in list(connection.scalars(sa.select(revisions.c.id).order_by(revisions.c.id))):
        content = connection.scalar(sa.select(revisions.c.content).where(revisions.c.id == number))
        record = Record.model_validate(content)
        answering = Answering(record)
        found = [{"revision_id": number, **one._asdict()} for one in bases(record, answering)]
        if found:
            connection.execute(basis.insert(), found)
        named = sa.select(basis.c.kind, basis.c.place, basis.c.code_class, basis.c.id).where(basis.c.revision_id == number)
        numbers = {(kind, place, code_class): found_id for kind, place, code_class, found_id in connection.execute(named)}
        rows = [
            {"of_revision": number, "at": place, "what": one.says, "basis": numbers.get(one.basis)}
            for place, one in enumerate(mentions(record, answering))
        ]
        if rows:
            connection.execute(update, rows)


def downgrade() -> None:
    op.drop_table("change_concern")
    with op.batch_alter_table("concerned_code", schema=None) as batch_op:
        batch_op.drop_index("ix_concerned_code_range")
        batch_op.drop_index(batch_op.f("ix_concerned_code_comparison_id"))
        batch_op.drop_index("ix_concerned_code_code")
    op.drop_table("concerned_code")
    with op.batch_alter_table("code_mention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_mention_basis_id"))
        batch_op.drop_constraint(batch_op.f("fk_code_mention_basis_id_mention_basis"), type_="foreignkey")
        batch_op.drop_column("basis_id")
        batch_op.drop_column("says")
    op.drop_table("mention_basis")
