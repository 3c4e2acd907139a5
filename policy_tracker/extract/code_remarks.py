"""What further columns say beside codes: how much of each is allowed, and with which modifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_tracker.extract.code_table_titles import cell_at, column_title, told_below
from policy_tracker.language.allowances import allowances
from policy_tracker.language.code_forms import MODIFIER_LIST, MODIFIER_TITLE
from policy_tracker.record.codes import Qualifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_tracker.documents.blocks import Row, Table
    from policy_tracker.language.code_mentions import Codes

_LONGEST_LIMIT = 120
_SHARE = 0.5
"""The share of a column's filled cells that set a limit, in a column of limits."""
_NAMED = re.compile(r"\w")


def columns_of_limits(table: Table, taken: Sequence[int]) -> dict[int, str]:
    """The columns that say how much of each code is allowed, and their titles: by what stands in
    their cells, read with the title ("Max units: 4").
    """
    found: dict[int, str] = {}
    for column in range(table.columns):
        title = None if column in taken else column_title(table, column)
        if title is None:
            continue
        told = [text for text in told_below(table, column, title) if _NAMED.search(text)]
        limits = [text for text in told if allows(title, text)]
        if limits and len(limits) >= _SHARE * len(told):
            found[column] = title
    return found


def allows(title: str, text: str) -> bool:
    """Whether a cell says how much is allowed."""
    return len(text) <= _LONGEST_LIMIT and bool(allowances(f"{title.rstrip(' :')}: {text}"))


def limits_of(row: Row, columns: Mapping[int, str]) -> str:
    """What the columns of limits say of a row, each with its title."""
    return "; ".join(
        f"{title.rstrip(' :')}: {' '.join(cell.text.split())}"
        for column, title in columns.items()
        if (cell := cell_at(row, column)) and _NAMED.search(cell.text)
    )


def columns_of_modifiers(table: Table, taken: Iterable[int]) -> tuple[int, ...]:
    """The columns that hold modifiers and nothing else, below a title that names them."""
    found = []
    for column in range(table.columns):
        title = None if column in taken else column_title(table, column)
        if title is None or not re.fullmatch(MODIFIER_TITLE, title):
            continue
        told = [text for text in told_below(table, column, title) if _NAMED.search(text)]
        if all(re.fullmatch(MODIFIER_LIST, text) for text in told):
            found.append(column)
    return tuple(found)


def modifiers_of(row: Row, columns: Sequence[int]) -> tuple[str, ...]:
    """The modifiers that a row's columns of them hold."""
    cells = [cell for column in columns if (cell := cell_at(row, column))]
    said = [one for cell in cells for one in re.findall(r"\b[A-Z0-9]{2}\b", cell.text)]
    return tuple(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class Remarks:
    """The columns of a table of codes that say more of a code than its description and position."""

    limits: dict[int, str]
    modifiers: tuple[int, ...]

    def columns(self) -> tuple[int, ...]:
        """Those that hold no description."""
        return (*self.limits, *self.modifiers)

    def beside(self, row: Row, description: str) -> str:
        """The description of a row with what it allows."""
        return "; ".join(part for part in (description, limits_of(row, self.limits)) if part)

    def narrowed(self, row: Row, codes: Codes) -> Codes:
        """The codes of a row with the modifiers that stand beside them."""
        modifiers = modifiers_of(row, self.modifiers)
        if not modifiers:
            return codes
        beside = {"qualifiers": Qualifiers(modifiers=modifiers)}
        return replace(
            codes,
            codes=tuple(
                code if code.qualifiers.modifiers else code.model_copy(update=beside)
                for code in codes.codes
            ),
        )


def remark_columns(table: Table, taken: Sequence[int]) -> Remarks:
    """The columns of remarks among those that nothing else reads."""
    return Remarks(columns_of_limits(table, taken), columns_of_modifiers(table, taken))
