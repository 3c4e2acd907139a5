"""Documents, what was read of them, and the guard of both."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "sha256",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reader", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("records_in_document", sa.Integer(), nullable=False),
        sa.Column(
            "payer",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "policy",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("edition", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("extractor", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_reading_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_reading_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "document_id", "reader", "ordinal", name=op.f("uq_reading_document_id_reader_ordinal")
        ),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_content_hash"), ["content_hash"], unique=False)
        batch_op.create_index("ix_reading_policy", ["payer", "policy", "edition"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index("ix_reading_status", ["status"], unique=False)

    _refuse_changes()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, guard in GUARDS:
            op.execute(f"DROP TRIGGER {guard} ON {table}")
        op.execute("DROP FUNCTION refuse_second_decision()")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index("ix_reading_status")
        batch_op.drop_index(batch_op.f("ix_reading_revision_id"))
        batch_op.drop_index("ix_reading_policy")
        batch_op.drop_index(batch_op.f("ix_reading_content_hash"))

    op.drop_table("reading")
    op.drop_table("document")


GUARDS = (
    ("document", "document_is_append_only"),
    ("reading", "reading_stays"),
    ("reading", "reading_stays_as_read"),
    ("reading", "reading_is_decided_once"),
)
AS_READ = (
    "id, document_id, reader, ordinal, records_in_document, payer, policy, edition, extractor, version, content, content_hash, "
    "history, read_at"
)
SETTLED = "OLD.status NOT IN ('read', 'needs_review')"


def _refuse_changes() -> None:
    """A document stays as it came, a reading as it was read, and what was decided about it stays decided, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        guards = (
            ("document_is_append_only_update", "UPDATE ON document", "document is append-only"),
            ("document_is_append_only_delete", "DELETE ON document", "document is append-only"),
            ("reading_stays", "DELETE ON reading", "reading is append-only"),
            ("reading_stays_as_read", f"UPDATE OF {AS_READ} ON reading", "reading is append-only"),
            (
                "reading_is_decided_once",
                f"UPDATE ON reading WHEN {SETTLED}",
                "reading is decided already",
            ),
        )
        for name, event, words in guards:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_second_decision() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is decided already', TG_TABLE_NAME; END $$"
    )
    for name, event in (
        ("document_is_append_only", "UPDATE OR DELETE OR TRUNCATE ON document"),
        ("reading_stays", "DELETE OR TRUNCATE ON reading"),
        ("reading_stays_as_read", f"UPDATE OF {AS_READ} ON reading"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER reading_is_decided_once BEFORE UPDATE ON reading "
        f"FOR EACH ROW WHEN ({SETTLED}) EXECUTE FUNCTION refuse_second_decision()"
    )
