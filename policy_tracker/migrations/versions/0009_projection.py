"""With which projection the rows of a revision were made, so that a program whose projection is a later one makes them anew, once.

Rows that older programs made have none (0), and are made anew when the program opens the database after this.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE timing ADD COLUMN projection INTEGER NOT NULL DEFAULT 0")


def downgrade() -> None:
    op.execute("ALTER TABLE timing DROP COLUMN projection")
