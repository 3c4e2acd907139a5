"""The stock of invented treatments, criteria, codes and prose, and the payers' ways of writing: the
phrases, which were written before anything that reads them and never change.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_ORDER = (
    "description",
    "coverage",
    "limits",
    "documentation",
    "authorization",
    "background",
    "codes",
    "references",
    "history",
    "disclaimer",
)


@dataclass(frozen=True)
class Way:
    """How one payer writes: its letterhead, headings, labels, sentences, lists of codes."""

    name: str
    payer: str
    plan: str
    apart: bool
    series: str
    order: tuple[str, ...]
    head: dict[str, Any]
    names: dict[str, str]
    labels: tuple[str, ...]
    tails: bool
    numerals: str
    says: dict[str, Any]
    codes: dict[str, str]
    history: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)


@cache
def stock() -> dict[str, Any]:
    """What all policies are made of."""
    return tomllib.loads((HERE / "stock.toml").read_text(encoding="utf-8"))


@cache
def ways() -> dict[str, Way]:
    """All ways of writing by their names."""
    return {path.stem: _way(path) for path in sorted((HERE / "ways").glob("*.toml"))}


@cache
def later_ways() -> dict[str, Way]:
    """Ways of writing that were added later, with parts that the first ones do not have."""
    return {path.stem: _way(path) for path in sorted((HERE / "later_ways").glob("*.toml"))}


def tuned() -> list[Way]:
    """The ways that the program may be improved with."""
    return [way for way in ways().values() if not way.apart]


def kept_apart() -> list[Way]:
    """The ways that are only ever measured."""
    return [way for way in ways().values() if way.apart]


def digest(folder: str = "ways") -> str:
    """The SHA-256 of all phrases of the ways in a folder, and of the stock."""
    found = hashlib.sha256()
    for path in [HERE / "stock.toml", *sorted((HERE / folder).glob("*.toml"))]:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _way(path: Path) -> Way:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Way(
        name=path.stem,
        payer=told["payer"],
        plan=told["plan"],
        apart=told["apart"],
        series=told["series"],
        order=tuple(told.get("order", _ORDER)),
        head=told["head"],
        names=told["names"],
        labels=tuple(told["marks"]["labels"]),
        tails=told["marks"]["tails"],
        numerals=told["marks"]["numerals"],
        says=told["says"],
        codes=told["codes"],
        history=told["history"],
        more=told.get("more", {}),
    )
