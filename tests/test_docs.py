"""The documentation names everything that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from policy_tracker import errors
from policy_tracker.api.application import create_api
from policy_tracker.cli import app as commands
from policy_tracker.jobs import JOBS
from policy_tracker.rules.registry import catalogue
from policy_tracker.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = {path.name: path.read_text() for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text()


def test_every_setting_is_documented():
    for name in Settings.model_fields:
        assert f"`POLICY_TRACKER_{name.upper()}`" in DOCS["operations.md"]


def test_every_documented_setting_exists():
    for name in set(re.findall(r"POLICY_TRACKER_[A-Z_]+", "\n".join([*DOCS.values(), README]))):
        assert name.removeprefix("POLICY_TRACKER_").lower() in Settings.model_fields, name


def test_every_job_is_documented():
    for job in JOBS:
        assert f"| `{job.id}` |" in DOCS["operations.md"]


def every_command() -> list[str]:
    top = typer.main.get_command(commands)
    found = []
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in inner] if inner else [name]
    return found


def test_every_command_is_documented():
    assert every_command()
    for command in every_command():
        assert re.search(rf"`(policy-tracker )?{command}\b", DOCS["commands.md"]), command


def test_every_rule_is_documented():
    for rule in catalogue():
        assert f"`{rule.id}`" in DOCS["rules.md"], rule.id


def test_every_endpoint_is_documented():
    paths = create_api("0").openapi()["paths"]
    assert paths
    for path in paths:
        assert f"/v1{path}" in DOCS["api.md"], path


def test_every_error_is_documented_where_it_is_drawn():
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert name in errors.__doc__, name
            assert value.__doc__, name


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        *sorted(
            f"docs/{path.relative_to(ROOT / 'docs')}" for path in (ROOT / "docs").rglob("*.md")
        ),
    ],
)
def test_links_between_documents_lead_somewhere(page):
    here = ROOT / page
    for target in re.findall(r"\]\(([^)#\s]+)", here.read_text()):
        if not re.match(r"[a-z]+:", target):
            assert (here.parent / target).exists(), target
