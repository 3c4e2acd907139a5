"""The application on a database with the curated policies, at a fixed time."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policy_tracker.app import create_app
from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.settings import Settings
from policy_tracker.store.database import open_engine

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
LOADED_AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database with the curated policies, to be copied or read."""
    path = tmp_path_factory.mktemp("loaded") / "loaded.sqlite"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    report = load(engine, check_folder([POLICIES]), LOADED_AT)
    engine.dispose()
    assert not report.faults
    return path


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the application under test."""
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        policies_dir=POLICIES,
        base_url="https://policies.example.org",
    )


@pytest.fixture(scope="session")
def client(loaded_file: Path, site_settings: Settings) -> Iterator[TestClient]:
    """A client of an application that nobody writes to."""
    engine = open_engine(f"sqlite:///{loaded_file}")
    with TestClient(
        create_app(site_settings, engine=engine, clock=lambda: NOW), raise_server_exceptions=False
    ) as opened:
        yield opened
    engine.dispose()
