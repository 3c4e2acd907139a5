"""Rows of lists of drugs are told apart by the drug that they name, whatever else is alike."""

from __future__ import annotations

from collections.abc import Mapping

from policy_tracker.diff.tree import Side, Tree
from policy_tracker.language.drug_rows import Tier, drug_named, one_drug, tier, tier_number
from policy_tracker.record import Section, Statement

Drugs = Mapping[tuple[str, ...], "str | None"]
"""The key of the row that names each drug, None where several do."""


def drug_of(tree: Tree, key: str) -> tuple[str, ...]:
    """The words that name the drug of a statement which is a row of a list of drugs, else none."""
    statement = tree.by_key[key]
    return _named(tree.sections[statement.section], statement)


def two_drugs(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two rows name two drugs; a text that is no row of a list names none."""
    return bool(one) and bool(two) and not one_drug(one, two)


def same_drugs(lefts: Drugs, rights: Drugs) -> list[tuple[str, str]]:
    """The keys of rows of both versions that name one drug: the same name first, then where a name
    goes on behind that of the one row of the other side which it can be.
    """
    found = [(one, rights[drug]) for drug, one in lefts.items() if one and rights.get(drug)]
    used = {key for pair in found for key in pair}
    old, new = ({d: k for d, k in side.items() if k and k not in used} for side in (lefts, rights))
    for drug, one in old.items():
        fits = [other for other in new if _goes_on(drug, other)]
        if len(fits) == 1 and sum(_goes_on(other, fits[0]) for other in old) == 1:
            found.append((one, new[fits[0]]))
    return [(one, other) for one, other in found if one and other]


def _goes_on(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    short, long = sorted(("".join(one), "".join(two)), key=len)
    return long.startswith(short)


def tier_of(side: Side) -> Tier | None:
    """How the drug of a row stands by the heading of its list; None of other statements."""
    return tier(side.section.heading) if _named(side.section, side.statement) else None


def _named(section: Section, statement: Statement) -> tuple[str, ...]:
    listed = tier(section.heading) or tier_number(statement.text)[1] is not None
    return drug_named(statement.text) if listed else ()
