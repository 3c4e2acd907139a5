"""Policies around lists of codes: each way of `ways.toml` as the pages of a policy."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.made_policies.pages import Grid, Heading, Item, Para, Row, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.made_policies.pages import Element

PHRASES = Path(__file__).parent / "ways.toml"
_PAYER = "Lanternwick Health Plan"
_FRONT = """
Lanternwick Health Plan
# Lantern Alignment
Policy Number: LW-214
Effective Date: 03/01/2026
# Description
A lantern is aligned so that its light falls where it is looked for.
# Coverage
Lantern alignment is considered medically necessary when all of the following criteria are met:
- The member is 18 years of age or older
- The lantern has been dim for at least 6 weeks
"""
_BACK = """
# References
Wick A, Oil B. Alignment of lanterns. J Lantern. 2024;403(10425):431-432. PMID: 38012345.
Glass C. Lanterns at night. Lamp Sci. 2019;12(3):11721-30.
# Policy History
|! Date | Change
| 03/01/2026 | Annual review. Removed 58999 and added 58998.
"""
_NDC = re.compile(r"\d{5}-\d{4}-\d{2}")
_DATED = re.compile(r"(?P<code>\S+) (?P<edge>from|to) (?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Truth:
    """What a list says: codes and ranges with the positions that are right, dates, and what is no
    code.
    """

    codes: dict[str, frozenset[str]]
    ranges: dict[str, frozenset[str]]
    dates: frozenset[tuple[str, str, str]]
    none: frozenset[str]


@dataclass(frozen=True)
class Way:
    """A way of printing a list of codes."""

    name: str
    apart: bool
    page: Written
    truth: Truth


def ways() -> tuple[Way, ...]:
    """All ways, as they stand in the file."""
    rows = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["way"]
    return tuple(
        Way(row["name"], row.get("apart", False), _page(row), _truth(row["says"])) for row in rows
    )


def _page(row: dict[str, str]) -> Written:
    elements = list(_elements(_FRONT + row["print"] + _BACK))
    name = row["name"].replace(" ", "-")
    return Written(name, 0, _PAYER, "LW-214", elements, {"title": "Lantern Alignment"})


def _elements(text: str) -> Iterator[Element]:
    header: tuple[str, ...] | None = None
    rows: list[tuple[str, ...]] = []
    titled = False
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.lstrip("|! ").split("|"))
            if line.startswith("|!"):
                header = cells
            else:
                rows.append(cells)
            continue
        if rows:
            wide = max(map(len, [header or (), *rows]))
            yield Grid(header, tuple((*row, *[""] * (wide - len(row))) for row in rows))
            header, rows = None, []
        if line.startswith("#"):
            marks, _, words = line.partition(" ")
            yield Heading(len(marks) if titled else 0, words)
            titled = True
        elif line.startswith("- "):
            yield Item(0, "•", line[2:])
        elif line.startswith("> "):
            yield Row(line[2:])
        elif line:
            yield Para(line)


def _truth(says: str) -> Truth:
    codes: dict[str, frozenset[str]] = {}
    ranges: dict[str, frozenset[str]] = {}
    dates: set[tuple[str, str, str]] = set()
    none: set[str] = set()
    for line in says.strip().splitlines():
        if dated := _DATED.fullmatch(line):
            dates.add((dated["code"], dated["edge"], dated["day"]))
            continue
        position, *listed = line.split()
        if position == "none":
            none.update(listed)
            continue
        for one in listed:
            (ranges if "-" in one and not _NDC.fullmatch(one) else codes)[one] = frozenset(
                position.split("|")
            )
    return Truth(codes, ranges, frozenset(dates), frozenset(none))
