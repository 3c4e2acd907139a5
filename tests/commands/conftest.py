"""The command line, called in this process, on an installation of the test's own."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policy_tracker.cli import app
from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.store.database import open_engine

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def loaded_template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database with the curated policies, to be copied."""
    path = tmp_path_factory.mktemp("loaded") / "loaded.sqlite"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    load(engine, check_folder([POLICIES]), datetime(2026, 1, 15, 9, 0, tzinfo=UTC))
    engine.dispose()
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the program in an installation without a database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICY_TRACKER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("POLICY_TRACKER_POLICIES_DIR", str(POLICIES))
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def run_loaded(run: Run, tmp_path: Path, loaded_template: Path) -> Run:
    """Call the program in an installation with the curated policies."""
    (tmp_path / "var").mkdir()
    shutil.copy(loaded_template, tmp_path / "var" / "policy-tracker.sqlite")
    return run
