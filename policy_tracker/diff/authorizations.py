"""Which entries on prior authorization are one in two versions, and what of them differs: entries
that a sentence words by the sentence, those of a list code by code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from policy_tracker.diff.keyed import plain
from policy_tracker.record.code_lists import Authorization
from policy_tracker.record.codes import CodeRef

Pair = tuple[Authorization | None, Authorization | None]
"""An entry of the earlier version and what it became in the later one."""
_Ways = dict[CodeRef, dict[str, Authorization]]
"""By code, what is asked for it, each by its own words."""


def differing_authorizations(
    before: Sequence[Authorization], after: Sequence[Authorization], statement_pairs: dict[str, str]
) -> list[Pair]:
    """The entries that may differ: those of lists with the codes alone for which another thing is
    asked than before, all others as `pair_authorizations` pairs them.
    """
    sides = [[entry for entry in side if not _of_a_list(entry)] for side in (before, after)]
    listed = [[entry for entry in side if _of_a_list(entry)] for side in (before, after)]
    if not listed[0] or not listed[1]:  # a list may have become a sentence
        return pair_authorizations(before, after, statement_pairs)
    return [*pair_authorizations(*sides, statement_pairs), *_by_code(*listed)]


def _of_a_list(entry: Authorization) -> bool:
    """Whether no sentence words an entry, but the rows of a list do."""
    return bool(entry.codes) and entry.statement is None


def _by_code(before: Iterable[Authorization], after: Iterable[Authorization]) -> list[Pair]:
    """What is asked for a code in the place of what, for all codes with the same answer at once."""
    old, new = _ways(before), _ways(after)
    bunches: dict[tuple[str, str], list[CodeRef]] = defaultdict(list)
    entries: dict[tuple[str, str], Pair] = {}
    for code in sorted({*old, *new}, key=lambda c: (c.system, c.code)):
        for one, two in _turns(old.get(code, {}), new.get(code, {})):
            name = _said(one), _said(two)
            entries[name] = one, two
            bunches[name].append(code)
    return [
        (_only(entries[name][0], codes), _only(entries[name][1], codes))
        for name, codes in sorted(bunches.items())
    ]


def _ways(entries: Iterable[Authorization]) -> _Ways:
    found: _Ways = defaultdict(dict)
    for entry in entries:
        for code in entry.codes:
            found[code][_said(entry)] = entry
    return found


def _turns(old: dict[str, Authorization], new: dict[str, Authorization]) -> list[Pair]:
    """What is no longer asked for a code, beside what is asked instead: for the same plans, in the
    same phase, else for the same plans.
    """
    if not old or not new:
        return _alone(old or new, came=not old)
    gone = [entry for said, entry in sorted(old.items()) if said not in new]
    come = [entry for said, entry in sorted(new.items()) if said not in old]
    pairs: list[Pair] = []
    names: tuple[Callable[[Authorization], object], ...] = (
        lambda a: (repr(plain(a.applies_to)), a.phase),
        lambda a: repr(plain(a.applies_to)),
    )
    for name in names:
        for one in [*gone]:
            two = next((entry for entry in come if name(entry) == name(one)), None)
            if two is not None:
                pairs.append((one, two))
                gone.remove(one)
                come.remove(two)
    return [*pairs, *((one, None) for one in gone), *((None, two) for two in come)]


def _alone(ways: dict[str, Authorization], *, came: bool) -> list[Pair]:
    """A code that only one version has an entry for: one turn where all plans ask the same."""
    found = [entry for _, entry in sorted(ways.items())]
    if len({_said(entry.model_copy(update={"applies_to": None})) for entry in found}) == 1:
        found = found[:1]
    return [(None, entry) if came else (entry, None) for entry in found]


def _said(entry: Authorization | None) -> str:
    """All that an entry says but for which codes."""
    return repr(plain(entry.model_copy(update={"codes": ()}))) if entry else ""


def _only(entry: Authorization | None, codes: list[CodeRef]) -> Authorization | None:
    return entry.model_copy(update={"codes": tuple(codes)}) if entry else None


def codes_named(entry: Authorization | None) -> str:
    """The first codes of an entry, and how many more there are."""
    codes = sorted(f"{c.system}:{c.code}" for c in entry.codes) if entry else []
    return "+".join([*codes[:3], *([f"{len(codes) - 3}-more"] if len(codes) > 3 else [])]) or "all"


def pair_authorizations(
    before: Sequence[Authorization], after: Sequence[Authorization], statement_pairs: dict[str, str]
) -> list[tuple[Authorization | None, Authorization | None]]:
    """Which entry is which: the same statement, else the same codes and phase, else the same codes,
    else the same phase; each once.
    """
    old, new = (
        [*{repr(plain(entry)): entry for entry in sorted(side, key=_authorization_order)}.values()]
        for side in (before, after)
    )
    pairs: list[tuple[Authorization | None, Authorization | None]] = []
    names: tuple[
        tuple[Callable[[Authorization], object], Callable[[Authorization], object]], ...
    ] = (
        (
            lambda a: (statement_pairs.get(a.statement or ""), a.phase),
            lambda a: (a.statement, a.phase),
        ),
        (lambda a: statement_pairs.get(a.statement or ""), lambda a: a.statement),
        (lambda a: (_code_set(a), a.phase), lambda a: (_code_set(a), a.phase)),
        (_code_set, _code_set),
        (lambda a: a.phase or "any", lambda a: a.phase or "any"),
    )
    for name_old, name_new in names:
        for one in [*old]:
            two = next(
                (b for b in new if _named(name_new(b)) and name_new(b) == name_old(one)), None
            )
            if two is not None:
                pairs.append((one, two))
                old.remove(one)
                new.remove(two)
    return [*pairs, *((one, None) for one in old), *((None, two) for two in new)]


def _named(name: object) -> bool:
    return name is not None and not (isinstance(name, tuple) and name[0] is None)


def _authorization_order(entry: Authorization) -> tuple[str, ...]:
    return (
        entry.statement or "",
        codes_named(entry),
        entry.phase or "",
        entry.requirement,
        entry.vendor or "",
        repr(entry),
    )


def _code_set(entry: Authorization) -> frozenset[tuple[str, str]]:
    return frozenset((c.system, c.code) for c in entry.codes)
