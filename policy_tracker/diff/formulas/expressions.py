"""Boolean expressions over named atoms, as frozen values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Atom:
    """Something that holds of a case or does not; two atoms of one name are one."""

    name: Hashable


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its part does not."""

    part: Expression


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds where so many of its parts do: all of them, one of them, or a number between; none
    needed holds always, more than there are never.
    """

    needed: int
    parts: tuple[Expression, ...]


Expression = Atom | Not | AtLeast

ALWAYS: Expression = AtLeast(0, ())
NEVER: Expression = AtLeast(1, ())


def all_of(parts: Iterable[Expression]) -> Expression:
    """Holds where all parts do."""
    found = tuple(part for part in parts if part != ALWAYS)
    return found[0] if len(found) == 1 else AtLeast(len(found), found)


def any_of(parts: Iterable[Expression]) -> Expression:
    """Holds where at least one part does."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else AtLeast(1, found)


def combined(logic: str, parts: Iterable[Expression]) -> Expression:
    """The members of a list, put together as its logic says: `all_of`, `any_of`, `none_of`,
    `at_least:N`.

    Raises ValueError for another logic.
    """
    found = tuple(parts)
    if logic == "all_of":
        return all_of(found)
    if logic == "any_of":
        return any_of(found)
    if logic == "none_of":
        return Not(any_of(found))
    name, _, number = logic.partition(":")
    if name != "at_least":
        message = f"no way to combine criteria: {logic}"
        raise ValueError(message)
    return AtLeast(int(number), found)
