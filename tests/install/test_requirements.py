"""The pinned requirements say exactly what pyproject.toml asks for, and nothing about where to get
it.
"""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>.*)$"
)
FILES = ("bootstrap.txt", "runtime.txt", "dev.txt")


def entries(file: str) -> list[str]:
    """Each requirement of a file with its hashes, on one line."""
    return (REQUIREMENTS / file).read_text().replace("\\\n", " ").splitlines()


def pins(file: str) -> set[tuple[str, Version]]:
    found = (PINNED.match(entry) for entry in entries(file))
    return {
        (canonicalize_name(match["name"]), Version(match["version"])) for match in found if match
    }


@pytest.mark.parametrize("file", FILES)
def test_each_requirement_is_pinned_and_hashed(file: str) -> None:
    assert entries(file)
    for entry in entries(file):
        assert PINNED.match(entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("file", FILES)
def test_no_address_and_no_place_on_a_machine(file: str) -> None:
    text = (REQUIREMENTS / file).read_text()
    assert not re.search(r"://|file:|^-|^--|^\s*#|/", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("runtime.txt", PROJECT["dependencies"]),
        ("dev.txt", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]),
        ("bootstrap.txt", (REQUIREMENTS / "bootstrap.in").read_text().splitlines()[1:]),
    ],
)
def test_what_is_declared_is_pinned_within_its_bounds(file: str, declared: list[str]) -> None:
    for requirement in map(Requirement, declared):
        versions = [
            version for name, version in pins(file) if name == canonicalize_name(requirement.name)
        ]
        assert versions, f"{requirement} is not in {file}: run make pin"
        assert all(version in requirement.specifier for version in versions), (
            f"{requirement} against {versions} in {file}: run make pin"
        )


def test_what_runs_is_what_is_tested() -> None:
    assert pins("runtime.txt") <= pins("dev.txt")


def test_the_build_backend_is_the_pinned_one() -> None:
    assert {pin for pin in pins("bootstrap.txt") if pin[0] == "hatchling"} <= pins("dev.txt")
