"""What became of messages that could not be delivered (whose fault it was, what a person decided), and wrong staff tokens."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fault", TEXT(), nullable=True))
        batch_op.add_column(
            sa.Column("uncounted", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("resolved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(sa.Column("resolved_by", TEXT(), nullable=True))
        batch_op.add_column(sa.Column("resolution", TEXT(), nullable=True))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("uncounted", server_default=None)
    op.create_table(
        "login_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("remote_hash", TEXT(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.create_index("ix_login_failure_remote", ["remote_hash", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_failure_at"), ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("login_failure")
    op.execute("UPDATE message SET state = 'dropped' WHERE state = 'dismissed'")
    with op.batch_alter_table("message", schema=None) as batch_op:
        for name in ("resolution", "resolved_by", "resolved_at", "uncounted", "fault"):
            batch_op.drop_column(name)
