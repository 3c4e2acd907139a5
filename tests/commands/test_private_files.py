"""What holds subscribers' addresses and signed links is its owner's alone, whatever the umask, from
the first byte on.
"""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from policy_tracker.alerts.channels.maildir import MaildirChannel
from policy_tracker.store.database import open_engine, reading, upgrade, writing
from policy_tracker.store.private import tighten_data_folder
from policy_tracker.store.tables import StoredPayer
from tests.alerts.channels.test_maildir import mail
from tests.commands.conftest import POLICIES, Run
from tests.commands.test_serve import line, port, serving

__all__ = ["port"]


@pytest.fixture(autouse=True)
def wide_umask() -> Iterator[None]:
    """A umask under which everything that is made carelessly is open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[str]:
    """What others could read or write below a folder, the static site apart."""
    paths = [path for path in folder.rglob("*") if "site" not in path.relative_to(folder).parts]
    return [str(path.relative_to(folder)) for path in [folder, *paths] if mode(path) & 0o077]


def test_a_database_and_its_log_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "x.sqlite"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    with writing(engine) as session:
        session.add(
            StoredPayer(slug="acme", name="Acme", content={"payer": "acme", "name": "Acme"})
        )
    with reading(engine) as session:
        assert session.get(StoredPayer, 1)
        beside = {path.name for path in file.parent.iterdir()}
        assert {"x.sqlite", "x.sqlite-wal", "x.sqlite-shm"} <= beside
        assert open_to_others(file.parent) == []
    assert mode(file.parent) == 0o700
    engine.dispose()


def test_a_database_that_was_open_is_closed_and_the_log_says_so(
    tmp_path: Path, sqlite_template: Path, caplog
) -> None:
    file = tmp_path / "x.sqlite"
    shutil.copy(sqlite_template, file)
    file.chmod(0o644)
    log = tmp_path / "x.sqlite-wal"
    log.touch(0o664)
    open_engine(f"sqlite:///{file}").dispose()
    assert (mode(file), mode(log)) == (0o600, 0o600)
    assert f"the database {file}: it is closed to them now (files changed: 2)" in caplog.text
    caplog.clear()
    open_engine(f"sqlite:///{file}").dispose()
    assert caplog.text == ""


def test_mails_are_the_owners_alone(tmp_path: Path) -> None:
    MaildirChannel(tmp_path / "var" / "mailbox").send(mail())
    assert open_to_others(tmp_path / "var") == []


def test_backups_and_what_is_restored_are_the_owners_alone(run_loaded: Run, tmp_path: Path) -> None:
    database, saved = tmp_path / "var" / "policy-tracker.sqlite", tmp_path / "saved.sqlite"
    assert run_loaded("backup", saved).exit_code == 0
    assert mode(saved) == 0o600
    saved.chmod(0o644)
    assert run_loaded("backup", saved, "--overwrite").exit_code == 0
    assert mode(saved) == 0o600
    database.chmod(0o644)
    assert run_loaded("restore", saved, "--overwrite").exit_code == 0
    assert open_to_others(tmp_path / "var") == []
    shutil.rmtree(tmp_path / "var")
    assert run_loaded("restore", saved).exit_code == 0
    assert open_to_others(tmp_path / "var") == []
    assert run_loaded("db", "copy", f"sqlite:///{tmp_path / 'copy' / 'c.sqlite'}").exit_code == 0
    assert open_to_others(tmp_path / "copy") == []


def test_a_backup_is_closed_before_anything_is_in_it(
    run_loaded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    connect = sqlite3.connect

    def watched(path, *args, **more):
        if ".part" in str(path) and not more.get("uri"):
            seen.append(mode(Path(path)))
        return connect(path, *args, **more)

    monkeypatch.setattr(sqlite3, "connect", watched)
    assert run_loaded("backup", tmp_path / "saved.sqlite").exit_code == 0
    assert seen == [0o600]


def loosened(folder: Path) -> None:
    """A data folder as older versions left it."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_serve_closes_what_an_older_version_left_open(
    tmp_path: Path, port: int, loaded_template: Path
) -> None:
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(loaded_template, var / "policy-tracker.sqlite")
    MaildirChannel(var / "mailbox").send(mail())
    for name in ("secret-key", "staff-token"):
        (var / name).write_text("s" * 43)
    loosened(var)
    with serving(tmp_path, port) as process:
        assert line(process).startswith("Policy Tracker is at")
        assert open_to_others(var) == []
        process.terminate()
        process.wait(90)
    said = (tmp_path / "log").read_text()
    assert "Other users of this machine could open the data folder var" in said.replace(
        str(tmp_path) + "/", ""
    )
    assert open_to_others(var) == []


def test_what_does_not_belong_to_us_is_left_alone(tmp_path: Path, caplog) -> None:
    """A data folder that is a checkout, or that many share."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "code.py").touch(0o644)
    (tmp_path / "site").mkdir(0o755)
    (tmp_path / "site" / "index.html").touch(0o644)
    (tmp_path / "mailbox").symlink_to(tmp_path / "src")
    tmp_path.chmod(0o755)
    tighten_data_folder(tmp_path)
    assert mode(tmp_path) == 0o700
    assert (mode(tmp_path / "src" / "code.py"), mode(tmp_path / "site" / "index.html")) == (
        0o644,
        0o644,
    )
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    tighten_data_folder(shared)
    assert mode(shared) == 0o1777
    assert "a folder of its own" in caplog.text


def test_an_upgrade_of_an_open_installation_by_the_program(tmp_path: Path) -> None:
    """Any command that writes closes it; here in a process of its own, whose log is standard error."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("POLICY_TRACKER_")
    }
    environment |= {
        "POLICY_TRACKER_DATA_DIR": str(tmp_path / "var"),
        "POLICY_TRACKER_POLICIES_DIR": str(POLICIES),
    }

    def upgraded() -> str:
        command = [sys.executable, "-m", "policy_tracker", "db", "upgrade"]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stderr

    assert "Other users" not in upgraded()
    assert open_to_others(tmp_path / "var") == []
    loosened(tmp_path / "var")
    assert "Other users" in upgraded()
    assert open_to_others(tmp_path / "var") == []
    with closing(sqlite3.connect(tmp_path / "var" / "policy-tracker.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
