"""Tables, columns and stored values are called by the terms of the field: version, difference,
event, extraction.

What a payer issues was an edition here, what differs between two of them an edit, what subscribers
may be told an occasion, and what a program read of a document a reading. The contents of records
keep what they say: only the names of their fields change, and with these the hashes by which a
record is recognised.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    ("edition", "version"),
    ("occasion", "event"),
    ("matched_occasion", "matched_event"),
    ("reading", "extraction"),
)
COLUMNS = (  # table under its new name, column before and after, in this order
    ("policy", "editions", "versions"),
    ("journal", "edition", "version"),
    ("revision", "edition_id", "version_id"),
    ("span", "edition_id", "version_id"),
    ("comparison", "from_edition_id", "from_version_id"),
    ("comparison", "to_edition_id", "to_version_id"),
    ("change", "to_edition_id", "to_version_id"),
    ("change", "edit", "difference"),
    ("event", "from_edition_id", "from_version_id"),
    ("event", "to_edition_id", "to_version_id"),
    ("search_document", "edition", "version"),
    ("extraction", "version", "extractor_version"),
    ("extraction", "edition", "version"),
    ("matched_event", "occasion_id", "event_id"),
    ("message", "occasion_id", "event_id"),
    ("message", "edits", "differences"),
    ("confirmed_payer", "reading_id", "extraction_id"),
)
UNIQUE = (  # table under its new name, its unique columns; the constraint's name follows from both
    ("version", ("policy_id", "label")),
    ("revision", ("version_id", "number")),
    ("comparison", ("policy_id", "from_version_id", "to_version_id")),
    ("event", ("about",)),
    ("extraction", ("document_id", "reader", "ordinal")),
)
NAMES = (("edition", "version"), ("occasion", "event"), ("reading", "extraction"))
"""Words in the names of indexes, constraints, sequences and triggers."""
FIELDS = {
    "edition": "version",
    "edit": "difference",
    "edits": "differences",
    "absorbed": "superseded",
    "incomparable": "not_comparable",
}
"""Fields of stored JSON; a field that only holds the word edition follows."""
RULES = {"edition-withdrawn": "version-withdrawn"}
SETTLED = "OLD.status NOT IN ('read', 'needs_review')"
AS_READ = (
    "id, document_id, reader, ordinal, records_in_document, payer, policy, {version}, "
    "extractor, {program}, content, content_hash, "
    "history, read_at"
)
JSON_COLUMNS = (
    ("journal", "sequence", ("payload",)),
    ("revision", "id", ("content", "facts")),
    ("timing", "revision_id", ("facts",)),
    ("mention_basis", "id", ("content",)),
    ("code_mention", "id", ("detail",)),
    ("comparison", "id", ("content", "gap")),
    ("change", "id", ("content",)),
    ("event", "id", ("comparison", "gap")),
    ("extraction", "id", ("content",)),
)
SPACES = re.compile(r"\s+")


def upgrade() -> None:
    _drop_guards(("journal", "edition", "revision", "occasion"), "reading")
    for before, after in TABLES:
        op.execute(f"ALTER TABLE {before} RENAME TO {after}")
    for table, before, after in COLUMNS:
        op.execute(f'ALTER TABLE {table} RENAME COLUMN "{before}" TO "{after}"')
    _rename_constraints(lambda name: _named(name, NAMES))
    _rename_fields(lambda key: FIELDS.get(key, key.replace("edition", "version")), RULES)
    _guard(
        ("journal", "version", "revision", "event"), "extraction", "version", "extractor_version"
    )


def downgrade() -> None:
    _drop_guards(("journal", "version", "revision", "event"), "extraction")
    back = tuple((after, before) for before, after in NAMES)
    fields = {after: before for before, after in FIELDS.items()} | {
        "from_version": "from_edition",
        "to_version": "to_edition",
        "versions": "editions",
    }
    _rename_fields(
        lambda key: fields.get(key, key), {after: before for before, after in RULES.items()}
    )
    for table, before, after in reversed(COLUMNS):
        op.execute(f'ALTER TABLE {table} RENAME COLUMN "{after}" TO "{before}"')
    for before, after in reversed(TABLES):
        op.execute(f"ALTER TABLE {after} RENAME TO {before}")
    _rename_constraints(lambda name: _named(name, back), back=True)
    _guard(("journal", "edition", "revision", "occasion"), "reading", "edition", "version")


def _named(name: str, words: tuple[tuple[str, str], ...]) -> str:
    """A name of an index or a constraint with the words of its tables and columns replaced."""
    for before, after in words:
        name = re.sub(rf"(?<![a-z]){before}(?![a-z])", after, name)
    return name


# --- What the database refuses


def _drop_guards(append_only: tuple[str, ...], extraction: str) -> None:
    if _is_sqlite():
        for table in append_only:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_is_append_only_{verb}")
        for name in ("stays", "stays_as_read", "is_decided_once"):
            op.execute(f"DROP TRIGGER {extraction}_{name}")
        return
    for table in append_only:
        op.execute(f"DROP TRIGGER {table}_is_append_only ON {table}")
    for name in ("stays", "stays_as_read", "is_decided_once"):
        op.execute(f"DROP TRIGGER {extraction}_{name} ON {extraction}")


def _guard(append_only: tuple[str, ...], extraction: str, version: str, program: str) -> None:
    """The database itself refuses to change or delete what was recorded, whoever asks."""
    as_read = AS_READ.format(version=version, program=program)
    if _is_sqlite():
        guards = [
            (
                f"{table}_is_append_only_{verb.lower()}",
                f"{verb} ON {table}",
                f"{table} is append-only",
            )
            for table in append_only
            for verb in ("UPDATE", "DELETE")
        ]
        guards += [
            (f"{extraction}_stays", f"DELETE ON {extraction}", f"{extraction} is append-only"),
            (
                f"{extraction}_stays_as_read",
                f"UPDATE OF {as_read} ON {extraction}",
                f"{extraction} is append-only",
            ),
            (
                f"{extraction}_is_decided_once",
                f"UPDATE ON {extraction} WHEN {SETTLED}",
                f"{extraction} is decided already",
            ),
        ]
        for name, event, words in guards:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        return
    refused = [
        (f"{table}_is_append_only", f"UPDATE OR DELETE OR TRUNCATE ON {table}")
        for table in append_only
    ]
    refused += [
        (f"{extraction}_stays", f"DELETE OR TRUNCATE ON {extraction}"),
        (f"{extraction}_stays_as_read", f"UPDATE OF {as_read} ON {extraction}"),
    ]
    for name, event in refused:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} FOR EACH STATEMENT EXECUTE FUNCTION "
            f"refuse_change()"
        )
    op.execute(
        f"CREATE TRIGGER {extraction}_is_decided_once BEFORE UPDATE ON {extraction} "
        f"FOR EACH ROW WHEN ({SETTLED}) EXECUTE FUNCTION refuse_second_decision()"
    )


# --- Indexes, constraints and sequences


def _rename_constraints(named: Callable[[str], str], *, back: bool = False) -> None:
    bind = op.get_bind()
    if not _is_sqlite():
        for table, name in bind.execute(
            sa.text(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE "
                "connamespace = current_schema()::regnamespace"
            )
        ).all():
            if named(name) != name:
                op.execute(f'ALTER TABLE {table} RENAME CONSTRAINT "{name}" TO "{named(name)}"')
        for name, kind in bind.execute(
            sa.text(
                "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = "
                "current_schema()::regnamespace AND relkind IN ('i', 'S')"
            )
        ).all():
            if named(name) != name:
                op.execute(
                    f'ALTER {"INDEX" if kind == "i" else "SEQUENCE"} "{name}" RENAME TO '
                    f'"{named(name)}"'
                )
        return
    for name, made in bind.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    ).all():
        if named(name) != name:
            op.execute(f'DROP INDEX "{name}"')
            op.execute(made.replace(name, named(name), 1))
    for table, columns in UNIQUE:
        before = {after: old for _, old, after in COLUMNS}
        where = {after: old for old, after in TABLES}.get(table, table) if back else table
        wanted = [before.get(column, column) for column in columns] if back else list(columns)
        _rename_unique(where, wanted)


def _rename_unique(table: str, columns: list[str]) -> None:
    """SQLite can only make a table anew to give a constraint another name."""
    wanted = "_".join(("uq", table, *columns))
    held = [
        one["name"]
        for one in sa.inspect(op.get_bind()).get_unique_constraints(table)
        if one["column_names"] == columns
    ]
    if held == [wanted]:
        return
    with op.batch_alter_table(table, recreate="always") as batch:
        for name in held:
            batch.drop_constraint(str(name), type_="unique")
        batch.create_unique_constraint(wanted, columns)


# --- Stored values


def _rename_fields(named: Callable[[str], str], rules: dict[str, str]) -> None:
    """Gives the fields of stored JSON their new names, rules too, and records the hashes that
    follow from that.
    """
    bind = op.get_bind()
    hashes: dict[str, str] = {}
    for table, label in (("revision", "revision"), ("extraction", "extraction")):
        described = sa.table(
            label, sa.column("id"), sa.column("content", sa.JSON()), sa.column("content_hash")
        )
        for key, content, stored in _rows(
            sa.select(described.c.id, described.c.content, described.c.content_hash), table
        ):
            changed = _hash_of(_renamed(content, named, rules))
            if _hash_of(content) == stored and changed != stored:
                hashes[stored] = changed
                bind.execute(
                    described.update().where(described.c.id == key).values(content_hash=changed)
                )
    for table, key, columns in JSON_COLUMNS:
        held = sa.table(
            table,
            sa.column(key),
            *(sa.column(name, sa.JSON(none_as_null=True)) for name in columns),
        )
        for row in _rows(sa.select(held), table):
            values = dict(zip((key, *columns), row, strict=True))
            changed = {
                name: _renamed(values[name], named, rules, hashes)
                for name in columns
                if values[name] is not None
            }
            if any(changed[name] != values[name] for name in changed):
                bind.execute(held.update().where(held.c[key] == values[key]).values(**changed))
    change = sa.table("change", sa.column("rule"))
    for before, after in rules.items():
        bind.execute(change.update().where(change.c.rule == before).values(rule=after))


def _rows(query: sa.Select, _table: str) -> Iterator[sa.Row]:
    """All rows, read before any is written: a cursor must not walk over what it changes."""
    yield from op.get_bind().execute(query).all()


def _renamed(
    value: object,
    named: Callable[[str], str],
    rules: dict[str, str],
    hashes: dict[str, str] | None = None,
) -> object:
    if isinstance(value, dict):
        said = {named(key): _renamed(item, named, rules, hashes) for key, item in value.items()}
        if isinstance(rule := said.get("rule"), str):
            said["rule"] = rules.get(rule, rule)
        if hashes and isinstance(held := said.get("content_hash"), str):
            said["content_hash"] = hashes.get(held, held)
        return said
    if isinstance(value, list):
        return [_renamed(item, named, rules, hashes) for item in value]
    return value


def _hash_of(content: object) -> str:
    """The hash of a record as the program made it when this was written; bulletins have no fields
    that are left out.
    """
    said = (
        {key: item for key, item in content.items() if key not in ("corrects", "retrieved")}
        if isinstance(content, dict)
        else content
    )
    text = json.dumps([_canonical(said)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, str):
        return SPACES.sub(" ", unicodedata.normalize("NFC", value)).strip()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
