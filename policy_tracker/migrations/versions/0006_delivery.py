"""What became of messages that could not be delivered: whose fault it was, and what a person decided."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fault", TEXT(), nullable=True))
        batch_op.add_column(sa.Column("uncounted", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("resolved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("resolved_by", TEXT(), nullable=True))
        batch_op.add_column(sa.Column("resolution", TEXT(), nullable=True))
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("uncounted", server_default=None)


def downgrade() -> None:
    op.execute("UPDATE message SET state = 'dropped' WHERE state = 'dismissed'")
    with op.batch_alter_table("message", schema=None) as batch_op:
        for name in ("resolution", "resolved_by", "resolved_at", "uncounted", "fault"):
            batch_op.drop_column(name)
