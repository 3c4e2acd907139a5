"""Which program read a document: a short name that changes whenever another reading is possible.

It stands for what is read, not for how the program is written: the syntax trees of the code that
reads, its vocabulary, the releases of the libraries that read for it, and the records of the golden
documents. A docstring, a comment, a line that is formatted anew or a function in another file leave
it as it is, so that nobody's archive is read again for them.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any, NamedTuple

from policy_tracker.isolation import source_digest
from policy_tracker.isolation.source_digest import Module

PACKAGE = Path(__file__).parents[1]
ROOMS = ("record", "language", "documents", "codesets", "recordfiles", "extract", "isolation/jobs")
"""The folders in which what reads may stand; of their modules those count that are imported."""
_ROOTS = ("extract", "isolation.jobs.records")
"""Where reading begins. All of `extract` counts: formats of payers are found, not imported."""
_DATA = frozenset({".csv", ".toml", ".xz"})
_EVIDENCE = frozenset({"example", "examples", "seen"})
"""Keys of vocabulary that say why an entry is right, and do nothing."""
GOLDEN = Path(__file__).with_name("golden_records.sha256")
"""The digest of the golden records; `python -m scripts.record_golden_records` writes it."""
_OWN = (Path(__file__), Path(source_digest.__file__))


class Read(NamedTuple):
    """What code and vocabulary come to, and the projects whose libraries the code imports."""

    digest: str
    libraries: list[str]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hexadecimal digits that stand for everything a reading depends on."""
    known = noted(PACKAGE, Path(importlib.util.cache_from_source(__file__)).with_suffix(".json"))
    releases = [f"{name} {_version(name)}" for name in known.libraries]
    golden = GOLDEN.read_text(encoding="ascii").strip()
    return _digest([known.digest, *releases, golden])[:12]


def reader_of(payer: str | None = None) -> str:
    """The name of a reading: the fingerprint, and the payer where the caller named one."""
    return f"{fingerprint()}:{payer}" if payer else fingerprint()


def what_is_read(package: Path) -> Read:
    """What the code and vocabulary in a package's folder come to; takes about half a second."""
    modules, reading = code_that_reads(package)
    data = sorted(map(_data_digest, _files(package, _DATA)))
    outside = source_digest.outside(modules, reading)
    projects = packages_distributions() if outside else {}
    libraries = {name for top in outside for name in projects.get(top, [top])}
    return Read(_digest([*source_digest.digests(modules, reading), *data]), sorted(libraries))


def code_that_reads(package: Path) -> tuple[dict[str, Module], set[str]]:
    """The modules of the rooms in a package's folder by name, and the names of those that read."""
    modules = {module.name: module for module in _modules(package)}
    roots = tuple(f"{package.name}.{root}" for root in _ROOTS)
    begin = [
        name
        for name in modules
        if name in roots or name.startswith(tuple(f"{root}." for root in roots))
    ]
    return modules, source_digest.reached(modules, begin)


def noted(package: Path, note: Path) -> Read:
    """As `what_is_read`, which is looked up in a file until code or vocabulary changes.

    The file is byte code of its own kind: it is written where Python writes that, and not needed.
    """
    files = [*_OWN, *_files(package, _DATA | {".py"})]
    bytes_of_all = _digest(
        f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files
    )
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads(note.read_text(encoding="utf-8"))
        if held["files"] == bytes_of_all:
            return Read(held["digest"], held["libraries"])
    found = what_is_read(package)
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _write(note, {"files": bytes_of_all, **found._asdict()})
    return found


def _write(path: Path, value: dict[str, Any]) -> None:
    """Writes a file at once, so that another process never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{hashlib.sha256(json.dumps(value).encode()).hexdigest()[:8]}")
    half.write_text(json.dumps(value), encoding="utf-8")
    half.replace(path)


def _files(package: Path, kinds: Iterable[str]) -> list[Path]:
    """The files of some kinds in the rooms, in order of their names."""
    wanted = set(kinds)
    found = (
        file for room in ROOMS for file in (package / room).rglob("*") if file.suffix in wanted
    )
    return sorted(found)


def _modules(package: Path) -> Iterator[Module]:
    for file in _files(package, [".py"]):
        parts = [package.name, *file.relative_to(package).with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield Module(name, file.read_text(encoding="utf-8"), is_package=is_package)


def _data_digest(file: Path) -> str:
    """The digest of a file of vocabulary and its name; of TOML only the values count."""
    data = file.read_bytes()
    if file.suffix == ".toml":
        values = _without_evidence(tomllib.loads(data.decode()))
        data = json.dumps(values, sort_keys=True, default=str).encode()
    return _digest([file.name, hashlib.sha256(data).hexdigest()])


def _without_evidence(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return {key: _without_evidence(own) for key, own in value.items() if key not in _EVIDENCE}
    return [_without_evidence(own) for own in value] if isinstance(value, list) else value


def _version(project: str) -> str:
    try:
        return version(project)
    except PackageNotFoundError:
        return "not installed"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
