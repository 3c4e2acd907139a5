"""How the lists of codes of all ways are read, in every physical form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.made_code_lists.printing import Way
from tests.made_policies.forms.every import FORMS

Read = Callable[[str, bytes], dict[str, Any]]
_APPROVES = {"medically_necessary", "covered"}
_DENIES = {"not_medically_necessary", "not_covered", "experimental_investigational"}


@dataclass
class Figures:
    """Codes wanted, right, read though they are none, and turned round; what was missed."""

    wanted: int = 0
    right: int = 0
    surplus: int = 0
    turned: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        self.wanted += other.wanted
        self.right += other.right
        self.surplus += other.surplus
        self.turned += other.turned
        self.misses += other.misses

    @property
    def share(self) -> float:
        return self.right / max(1, self.wanted + self.surplus)


def measured(ways: Iterable[Way], read: Read) -> dict[tuple[str, str], Figures]:
    """Of each way and form what was read."""
    return {
        (way.name, form): _of(way, form, read(f"policy{FORMS[form][0]}", FORMS[form][1](way.page)))
        for way in ways
        for form in FORMS
        if form != "docx_numbered"
    }


def _of(way: Way, form: str, record: dict[str, Any]) -> Figures:
    truth, figures = way.truth, Figures()
    given: dict[str, set[str]] = {}
    dates: set[tuple[str, str, str]] = set()
    for group in record.get("code_groups", []):
        spans = [(f"{one['from']}-{one['to']}", one) for one in group.get("ranges", [])]
        for name, one in [*((code["code"], code) for code in group.get("codes", [])), *spans]:
            given.setdefault(name, set()).add(group["disposition"])
            for edge, key in (("from", "effective"), ("to", "ends")):
                if one.get(key) and one[key].get("date"):
                    dates.add((name, edge, one[key]["date"]))
    wanted = {**truth.codes, **truth.ranges}
    for name, positions in wanted.items():
        said = given.get(name, set())
        if any(code == name and edge == "to" for code, edge, _ in truth.dates):
            said = said - {"informational"}  # that it ends may be a note of its own
        figures.wanted += 1
        if said and said <= positions:
            figures.right += 1
            continue
        figures.misses.append(f"{way.name} [{form}]: {name} {sorted(said)} for {sorted(positions)}")
        figures.turned += not said & positions and bool(
            (said & _APPROVES and positions & _DENIES) or (said & _DENIES and positions & _APPROVES)
        )
    for name in sorted(given.keys() - wanted.keys()):
        figures.surplus += 1
        figures.misses.append(f"{way.name} [{form}]: {name} is surplus")
    for date in sorted(truth.dates):
        figures.wanted += 1
        figures.right += date in dates
        if date not in dates:
            figures.misses.append(f"{way.name} [{form}]: no date {date}")
    return figures
