"""What the rows of a prior-authorization list claim: for which plans a code needs authorization,
and what holds where several rows speak of one code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policy_tracker.documents.blocks import Row
from policy_tracker.extract.dates_inside import Inside
from policy_tracker.extract.payers.prior_auth_columns import (
    NONE_EXPLAINED,
    Layout,
    businesses_in,
    cell_at,
    qualified,
    requirement_of,
    vendor_in,
)
from policy_tracker.language.states import states_listed
from policy_tracker.record import CodeRef
from policy_tracker.record.code_lists import Authorization
from policy_tracker.record.statements import AppliesTo, States
from policy_tracker.record.texts import State
from policy_tracker.record.vocabulary import LineOfBusiness, Requirement

_LONGEST_VENDOR = 60
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_NO_VENDOR = re.compile(r"n/?a|none|health plan|plan|[-–—]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellClaim:
    """What one cell says of its row's codes."""

    requirement: Requirement
    lines: tuple[LineOfBusiness, ...] = ()
    vendor: str | None = None
    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class RowClaim:
    """A claim about one code, and from when until when its row holds."""

    code: CodeRef
    claim: CellClaim
    inside: Inside


def claims_of(
    row: Row,
    layout: Layout,
    default: Requirement,
    above: tuple[LineOfBusiness, ...] = (),
    explained: Mapping[str, Requirement] = NONE_EXPLAINED,
) -> Iterator[CellClaim]:
    """One claim for each line of business that the row speaks of; one for all where it names none.

    `default` is what stands above the list says of all its rows, `above` the lines of business
    that its heading, or the name of its sheet, is. `explained` are marks that the
    document explains.
    """
    vendor, states = _vendor(row, layout), _states(row, layout)
    note = " ".join(
        cell.text for column in layout.of("notes") if (cell := cell_at(row, column.place))
    )
    asked = [cell_at(row, column.place) for column in layout.of("requirement")]
    said = [requirement_of(cell, explained) for cell in asked]
    general = next((one for one in said if one), None)
    if not layout.of("line"):
        named = [cell.text for column in layout.of("lines") if (cell := cell_at(row, column.place))]
        lines = tuple(dict.fromkeys(line for text in named for line in businesses_in(text)))
        requirement = general or ("unknown" if said else default)
        yield CellClaim(qualified(requirement, note), lines or above, vendor, states)
        return
    for column in layout.of("line"):
        cell = cell_at(row, column.place)
        own = requirement_of(cell, explained)
        if cell is None or own is None or column.business is None:
            continue
        if general and own == "required" and len(cell.text.strip()) <= 1:
            own = general  # an X says that the row's requirement holds there
        yield CellClaim(
            qualified(own, note),
            (column.business,),
            vendor_in(cell.text) or vendor,
            states,
        )


def _states(row: Row, layout: Layout) -> tuple[State, ...]:
    """The states that a row names alone: "TX only", "AZ, NM"."""
    for column in layout.of("states"):
        cell = cell_at(row, column.place)
        if cell and (found := states_listed(_ONLY.sub("", " ".join(cell.text.split())))):
            return found
    return ()


def _vendor(row: Row, layout: Layout) -> str | None:
    """Who decides, by the columns for it; else by the cells that say what is required."""
    for column in layout.of("vendor"):
        cell = cell_at(row, column.place)
        text = " ".join(cell.text.split()) if cell else ""
        if text:
            own = vendor_in(text) or (text if len(text) < _LONGEST_VENDOR else None)
            if own:
                return None if _NO_VENDOR.fullmatch(own) else own
    cells = [cell_at(row, column.place) for column in layout.of("requirement")]
    return next((found for cell in cells if cell and (found := vendor_in(cell.text))), None)


def settled(rows: Iterable[RowClaim], day: str | None) -> Iterator[Authorization]:
    """The authorizations of all rows, each claim with all its codes, in the order of the list.

    Rows that ask different things of one code for the same plans hold at different times, or for
    different modifiers or places: those that ended before `day`, the list's own, or before another
    of them began, are past; what then still disagrees is `conditional`, since it hangs on what an
    authorization cannot name.
    """
    among: dict[tuple[object, ...], list[RowClaim]] = defaultdict(list)
    for row in rows:
        among[row.code, row.claim.lines, row.claim.states].append(row)
    found: dict[CellClaim, dict[CodeRef, None]] = {}
    for same in among.values():
        for row in _agreed(same, day):
            found.setdefault(row.claim, {})[row.code] = None
    for claim, codes in found.items():
        yield Authorization(
            codes=tuple(codes),
            requirement=claim.requirement,
            vendor=claim.vendor,
            applies_to=AppliesTo(lines_of_business=claim.lines, states=States(include=claim.states))
            if claim.lines or claim.states
            else None,
        )


def _agreed(rows: Sequence[RowClaim], day: str | None) -> Sequence[RowClaim]:
    """The rows of one code and plan that hold; one that says "conditional" where they disagree."""
    if len({row.claim.requirement for row in rows}) == 1:
        return rows
    begun = max((start for row in rows if (start := _start(row))), default=None)
    present = [row for row in rows if not _ended(row, day or begun)]
    if len({row.claim.requirement for row in present}) == 1:
        return present
    first = (present or rows)[0]
    return [replace(first, claim=replace(first.claim, requirement="conditional"))]


def _start(row: RowClaim) -> str | None:
    return row.inside.effective.date if row.inside.effective else None


def _ended(row: RowClaim, day: str | None) -> bool:
    """Whether the last day of a row lies before a day."""
    ends = row.inside.ends.date if row.inside.ends else None
    return bool(ends and day and ends < day)
