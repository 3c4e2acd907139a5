import hashlib

from policy_tracker.language.quantities.read import read_quantities
from tests.language.quantity_phrasings import PHRASINGS, kept_apart, tuned

FROZEN = "78e48a3353af2b8a"
_LEAST_APART = 19
"""How many of those kept apart were read when this was last measured."""


def said(text: str, role: str) -> tuple[str, ...]:
    return tuple(
        f"{found.kind} {found.comparator} {found.value:g} {found.unit}"
        + (f" per {found.per.value:g} {found.per.unit}" if found.per else "")
        for found in read_quantities(text, role)
    )


def same(wanted: str, found: str) -> bool:
    """Whether a quantity is the wanted one: one of its kinds, and its unit where one is asked."""
    kinds, rest = wanted.split(" ", 1)
    kind, other = found.split(" ", 1)
    if rest.endswith("*"):
        return kind in kinds.split("|") and other.startswith(rest[:-1])
    return kind in kinds.split("|") and rest == other


def is_read(row: tuple[str, str, tuple[str, ...]]) -> bool:
    text, role, wanted = row
    found = said(text, role)
    return len(found) == len(wanted) and all(map(same, wanted, found))


def test_the_phrasings_are_those_that_were_written_first():
    assert hashlib.sha256(repr(PHRASINGS).encode()).hexdigest()[:16] == FROZEN


def test_each_phrasing_says_its_quantities():
    missed = {row[0]: said(*row[:2]) for row in tuned() if not is_read(row)}
    assert not missed


def test_phrasings_that_nobody_looked_at_are_read_as_well_as_before():
    assert sum(map(is_read, kept_apart())) >= _LEAST_APART
