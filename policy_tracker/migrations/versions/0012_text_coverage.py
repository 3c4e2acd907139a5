"""Records say how many of the document's directive sentences they hold, no longer what share of its
words.

The share is taken out of stored records, with the hashes by which these are recognised; what is
counted now comes when a document is read again. On the way back what an older program does not know
is taken out.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APPEND_ONLY = ("journal", "revision")
AS_READ = (
    "id, document_id, reader, ordinal, records_in_document, payer, policy, version, extractor, "
    "extractor_version, content, content_hash, history, read_at"
)
SETTLED = "OLD.status NOT IN ('read', 'needs_review')"
CLOSER = frozenset({"spans", "quantity_spans"})
SPACES = re.compile(r"\s+")

Fields = dict[str, object]


def upgrade() -> None:
    _rewrite(lambda said: {key: item for key, item in said.items() if key != "share"})


def downgrade() -> None:
    _rewrite(_as_before)


def _as_before(said: Fields) -> Fields:
    kept = {key: item for key, item in said.items() if key not in ("text_coverage", "set_aside")}
    unread = kept.get("unread")
    if isinstance(unread, list):
        kept["unread"] = [
            {key: item for key, item in part.items() if key != "decides"} for part in unread
        ]
    return kept


def _rewrite(changed: Callable[[Fields], Fields]) -> None:
    """Gives every stored record another account of how it was read, and its hash with it."""
    _drop_guards()
    bind = op.get_bind()
    hashes: dict[str, str] = {}
    for table in ("revision", "extraction"):
        held = sa.table(
            table, sa.column("id"), sa.column("content", sa.JSON()), sa.column("content_hash")
        )
        rows = bind.execute(sa.select(held.c.id, held.c.content, held.c.content_hash)).all()
        for key, content, stored in rows:
            said = content.get("extraction")
            if not isinstance(said, dict) or changed(said) == said:
                continue
            now = content | {"extraction": changed(said)}
            hashed = _hash_of(now) if _hash_of(content) == stored else stored
            hashes[stored] = hashed
            bind.execute(
                held.update().where(held.c.id == key).values(content=now, content_hash=hashed)
            )
    journal = sa.table("journal", sa.column("sequence"), sa.column("payload", sa.JSON()))
    for key, payload in bind.execute(sa.select(journal.c.sequence, journal.c.payload)).all():
        stored = payload.get("content_hash") if isinstance(payload, dict) else None
        if isinstance(stored, str) and hashes.get(stored, stored) != stored:
            bind.execute(
                journal.update()
                .where(journal.c.sequence == key)
                .values(payload=payload | {"content_hash": hashes[stored]})
            )
    _guard()


# --- What the database refuses


def _drop_guards() -> None:
    if _is_sqlite():
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_is_append_only_{verb}")
        for name in ("stays", "stays_as_read", "is_decided_once"):
            op.execute(f"DROP TRIGGER extraction_{name}")
        return
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_is_append_only ON {table}")
    for name in ("stays", "stays_as_read", "is_decided_once"):
        op.execute(f"DROP TRIGGER extraction_{name} ON extraction")


def _guard() -> None:
    """The database itself refuses to change or delete what was recorded, whoever asks."""
    if _is_sqlite():
        guards = [
            (
                f"{table}_is_append_only_{verb.lower()}",
                f"{verb} ON {table}",
                f"{table} is append-only",
            )
            for table in APPEND_ONLY
            for verb in ("UPDATE", "DELETE")
        ]
        guards += [
            ("extraction_stays", "DELETE ON extraction", "extraction is append-only"),
            (
                "extraction_stays_as_read",
                f"UPDATE OF {AS_READ} ON extraction",
                "extraction is append-only",
            ),
            (
                "extraction_is_decided_once",
                f"UPDATE ON extraction WHEN {SETTLED}",
                "extraction is decided already",
            ),
        ]
        for name, event, words in guards:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        return
    refused = [
        (f"{table}_is_append_only", f"UPDATE OR DELETE OR TRUNCATE ON {table}")
        for table in APPEND_ONLY
    ]
    refused += [
        ("extraction_stays", "DELETE OR TRUNCATE ON extraction"),
        ("extraction_stays_as_read", f"UPDATE OF {AS_READ} ON extraction"),
    ]
    for name, event in refused:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} FOR EACH STATEMENT EXECUTE FUNCTION "
            f"refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER extraction_is_decided_once BEFORE UPDATE ON extraction "
        f"FOR EACH ROW WHEN ({SETTLED}) EXECUTE FUNCTION refuse_second_decision()"
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


# --- The hash of a record as the program made it when this was written


def _hash_of(content: Fields) -> str:
    said = {key: item for key, item in content.items() if key not in ("corrects", "retrieved")}
    text = json.dumps(
        [_canonical(_without_places(said))],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _without_places(value: object) -> object:
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    if not isinstance(value, dict):
        return value
    said = {key: _without_places(item) for key, item in value.items() if key not in CLOSER}
    if "source" in said:
        is_code = "code" in value and "system" in value
        source = _without(said.pop("source"), CLOSER | {"box"} if is_code else CLOSER)
        if source:
            said["source"] = source
    return said


def _without(value: object, names: frozenset[str]) -> object:
    if isinstance(value, dict):
        return {key: _without(item, names) for key, item in value.items() if key not in names}
    if isinstance(value, list):
        return [_without(item, names) for item in value]
    return value


def _canonical(value: object) -> object:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, str):
        if value.isascii() and value.isalnum():
            return value
        return SPACES.sub(" ", unicodedata.normalize("NFC", value)).strip()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
