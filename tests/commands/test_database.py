"""validate, load, verify, backup, restore, db, token."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from policy_tracker.commands.copy_database import all_tables, copy_all
from policy_tracker.commands.verify import verify_store
from policy_tracker.errors import ConflictError
from policy_tracker.store.database import open_engine
from tests.commands.conftest import POLICIES, Run
from tests.databases import migrated_url


def database(tmp_path: Path) -> Path:
    return tmp_path / "var" / "policy-tracker.sqlite"


def change(path: Path, statement: str) -> None:
    """Change a database behind the program's back, past the guards of the tables that only grow."""
    guarded = "'journal', 'revision', 'statement_link', 'document', 'extraction'"
    with closing(sqlite3.connect(path)) as connection, connection:
        guards = connection.execute(
            f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({guarded})"
        ).fetchall()
        for (name,) in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)


def test_validate_accepts_what_is_in_order(run: Run) -> None:
    result = run("validate", POLICIES)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "in order" in result.stderr


def test_validate_names_everything_that_is_wrong(run: Run, tmp_path: Path) -> None:
    good = (POLICIES / "cigna" / "mm-0300" / "2025-09-26.yaml").read_text()
    (tmp_path / "one.yaml").write_text(good.replace("0691T", "0691X", 1))
    (tmp_path / "two.yaml").write_text(good + "\nunknown_field: 1\n")
    result = run("validate", tmp_path / "one.yaml", tmp_path / "two.yaml")
    assert result.exit_code == 1
    assert "one.yaml:" in result.stdout
    assert "unknown_field" in result.stdout
    told = json.loads(
        run("validate", tmp_path / "one.yaml", tmp_path / "two.yaml", "--json").stdout
    )
    assert told["valid"] is False
    assert {Path(fault["file"]).name for fault in told["faults"]} == {"one.yaml", "two.yaml"}
    assert all(fault["reason"] for fault in told["faults"])


def test_validate_what_is_not_there(run: Run) -> None:
    result = run("validate", "nothing")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no nothing.\n")


def test_loading_again_changes_nothing_and_says_so(run: Run) -> None:
    first = run("load", POLICIES)
    assert first.exit_code == 0
    assert "recorded for the first time" in first.stderr
    again = run("load", POLICIES)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "nothing new: everything is held already" in again.stderr


def test_load_takes_what_is_good_and_tells_what_is_not(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    target = folder / "cigna" / "mm-0300"
    target.mkdir(parents=True)
    (folder / "cigna" / "payer.yaml").write_text((POLICIES / "cigna" / "payer.yaml").read_text())
    for file in (POLICIES / "cigna" / "mm-0300").glob("*.yaml"):
        (target / file.name).write_text(file.read_text())
    (target / "broken.yaml").write_text("record: 1\n")
    result = run("load", folder, "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["loaded"]) == 2
    assert "broken.yaml" in result.stderr


def test_a_sound_database_is_said_to_be(run_loaded: Run) -> None:
    result = run_loaded("verify")
    assert result.exit_code == 0
    assert result.stdout.count("in order") == 7
    assert json.loads(run_loaded("verify", "--json").stdout)["sound"] is True


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE journal SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 5", "journal"),
        (
            (
                "UPDATE journal SET version = 'other' WHERE sequence = (SELECT max(sequence) FROM "
                "journal)"
            ),
            "journal",
        ),
        ("UPDATE revision SET content = replace(content, '24 months', '36 months')", "revisions"),
        ("UPDATE revision SET content = '{}' WHERE id = 1", "revisions"),
        (
            "UPDATE change SET change_id = 'other' WHERE id = (SELECT max(id) FROM change)",
            "changes",
        ),
        (
            (
                "UPDATE statement_link SET after = 'other' WHERE id = (SELECT max(id) FROM "
                "statement_link)"
            ),
            "lineage",
        ),
        ("DELETE FROM statement_link WHERE id = (SELECT max(id) FROM statement_link)", "lineage"),
        ("DELETE FROM span WHERE id = (SELECT max(id) FROM span)", "read models"),
        ("UPDATE code_mention SET code = '0692T' WHERE code = '0691T'", "read models"),
    ],
)
def test_verify_finds_what_was_tampered_with(
    run_loaded: Run, tmp_path: Path, statement: str, check: str
) -> None:
    change(database(tmp_path), statement)
    result = run_loaded("verify", "--json")
    assert result.exit_code == 1
    faults = {one["check"]: one["faults"] for one in json.loads(result.stdout)["checks"]}
    assert faults[check]


def test_verify_leaves_the_database_as_it_is(run_loaded: Run, tmp_path: Path) -> None:
    def ids() -> list[tuple]:
        with closing(sqlite3.connect(database(tmp_path))) as connection:
            return connection.execute("SELECT id FROM code_mention ORDER BY id").fetchall()

    before = ids()
    run_loaded("verify")
    assert ids() == before


def test_a_backup_brings_everything_back(run_loaded: Run, tmp_path: Path) -> None:
    asked = ("lookup", "0691T", "--as-of", "2025-09-25", "--json")
    before = run_loaded(*asked).stdout
    assert run_loaded("backup", tmp_path / "saved.sqlite").exit_code == 0
    assert [file.name for file in tmp_path.glob("*saved*")] == ["saved.sqlite"]
    database(tmp_path).unlink()
    assert run_loaded("restore", tmp_path / "saved.sqlite").exit_code == 0
    assert run_loaded(*asked).stdout == before
    assert run_loaded("verify").exit_code == 0


def test_nothing_is_overwritten_unasked(run_loaded: Run, tmp_path: Path) -> None:
    saved = tmp_path / "saved.sqlite"
    run_loaded("backup", saved)
    assert run_loaded("backup", saved).exit_code == 1
    assert run_loaded("backup", saved, "--overwrite").exit_code == 0
    refused = run_loaded("restore", saved)
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    replaced = run_loaded("restore", saved, "--overwrite")
    assert replaced.exit_code == 0
    assert len(list((tmp_path / "var").glob("*.before-restore-*"))) == 1


@pytest.mark.parametrize("damage", ["text", "foreign", "torn", "newer"])
def test_a_backup_that_is_not_sound_is_refused(
    run_loaded: Run, tmp_path: Path, damage: str
) -> None:
    saved = tmp_path / "saved.sqlite"
    run_loaded("backup", saved)
    if damage == "text":
        saved.write_text(
            "not a database at all, but long enough to be looked at as if it were one" * 20
        )
    elif damage == "foreign":
        saved.unlink()
        change(saved, "CREATE TABLE x (y)")
    elif damage == "torn":
        saved.write_bytes(saved.read_bytes()[:20000])
    else:
        change(saved, "UPDATE alembic_version SET version_num = 'ffff'")
    before = database(tmp_path).read_bytes()
    result = run_loaded("restore", saved, "--overwrite")
    assert result.exit_code == 1
    assert "saved.sqlite" in result.stderr
    assert database(tmp_path).read_bytes() == before


def test_backup_of_postgresql_points_to_its_own_tools(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POLICY_TRACKER_DATABASE_URL", "postgresql+psycopg://nobody@localhost/none")
    result = run("backup", tmp_path / "saved")
    assert result.exit_code == 2
    assert "pg_dump" in result.stderr
    assert "db copy" in result.stderr


def test_upgrade_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("db", "upgrade").exit_code == 0
    before = database(tmp_path).read_bytes()
    again = run("db", "upgrade")
    assert "newest migration" in again.stderr
    assert database(tmp_path).read_bytes() == before


def test_copies_to_either_database_and_back(
    run_loaded: Run, database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = migrated_url(database_kind, request)
    source, target = open_engine(f"sqlite:///{database(tmp_path)}"), open_engine(url)
    back = open_engine(f"sqlite:///{tmp_path / 'back.sqlite'}")
    try:
        result = run_loaded("db", "copy", url)
        assert result.exit_code == 0, result.stderr
        assert not [check for check in verify_store(target) if check.faults]
        assert counts(target) == counts(source)
        with pytest.raises(ConflictError, match="is not empty"):
            copy_all(source, target, lambda *_: None)
        from policy_tracker.store.database import upgrade

        upgrade(back)
        copy_all(target, back, lambda *_: None)
        assert not [check for check in verify_store(back) if check.faults]
        assert counts(back) == counts(source)
    finally:
        for engine in (source, target, back):
            engine.dispose()


def counts(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in all_tables()
        }


def test_a_copy_can_be_loaded_into(
    run_loaded: Run,
    database_kind: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The counters of numbered keys go on after the rows that were copied."""
    url = migrated_url(database_kind, request)
    run_loaded("db", "copy", url)
    monkeypatch.setenv("POLICY_TRACKER_DATABASE_URL", url)
    record = (POLICIES / "cigna" / "mm-0300" / "2025-09-26.yaml").read_text()
    folder = tmp_path / "more" / "cigna" / "mm-0300"
    folder.mkdir(parents=True)
    (tmp_path / "more" / "cigna" / "payer.yaml").write_text(
        (POLICIES / "cigna" / "payer.yaml").read_text()
    )
    for written in ("version: 2025-09-26", 'version: "2025-09-26"'):
        record = record.replace(written, 'version: "2026-12-01"')
    (folder / "2026-12-01.yaml").write_text(record)
    result = run_loaded("load", tmp_path / "more")
    assert result.exit_code == 0, result.output
    assert run_loaded("verify").exit_code == 0


def test_the_token_stays_until_a_new_one_is_made(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("token").stdout
    assert len(first.strip()) >= 32
    assert run("token").stdout == first
    assert run("token", "--new").stdout != first
    monkeypatch.setenv("POLICY_TRACKER_STAFF_TOKEN", "a token of the settings")
    assert run("token").stdout == "a token of the settings\n"
    assert run("token", "--new").exit_code == 1
