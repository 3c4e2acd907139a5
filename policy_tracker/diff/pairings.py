"""Which pairing is which, although procedures joined or left it, with what each version says of
those procedures elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_tracker.diff.keyed import differing_fields, plain
from policy_tracker.record import Record
from policy_tracker.record.content import Pairing


@dataclass(frozen=True, slots=True)
class Paired:
    """A pairing as one version has it, its diagnosis groups under their later keys.

    `headings` are those of its diagnosis groups as that version prints them; `listed` says under
    which dispositions its code tables list each procedure of either side, by (system, code,
    disposition).
    """

    value: Pairing
    headings: tuple[str, ...]
    listed: frozenset[tuple[str, str, str]]


Pair = tuple[Paired | None, Paired | None]


def pairing_differences(
    before: Record, after: Record, group_pairs: dict[str, str]
) -> Iterator[tuple[str, Pair, frozenset[str]]]:
    """The pairings that differ: place, both sides, and the fields in which they differ.

    `group_pairs` leads to the later group keys.
    """
    sides = tuple(
        {repr(plain(p)): (p, source) for p, source in found}
        for found in (_renamed(before, group_pairs), _renamed(after, {}))
    )
    places: dict[str, int] = {}
    for one, two in pair_pairings(
        [sides[0][k][0] for k in sorted(sides[0])], [sides[1][k][0] for k in sorted(sides[1])]
    ):
        fields = differing_fields(one, two) if one and two else frozenset()
        if one and two and not fields:
            continue
        place = _place(two or one)
        places[place] = places.get(place, 0) + 1
        named = place if places[place] == 1 else f"{place}|{places[place]}"
        codes = _procedures(one) | _procedures(two)
        found = [
            Paired(p, _headings(record, side[repr(plain(p))][1]), _listed(record, codes))
            if p
            else None
            for p, record, side in zip((one, two), (before, after), sides, strict=True)
        ]
        yield named, (found[0], found[1]), fields


def pair_pairings(
    before: Sequence[Pairing], after: Sequence[Pairing]
) -> list[tuple[Pairing | None, Pairing | None]]:
    """Each pairing once, with the one that shares the most procedures, then diagnoses, then the
    disposition; none without a procedure.
    """
    scores = sorted(
        (
            (
                -_shared(a, b),
                -len({*a.diagnoses} & {*b.diagnoses}),
                a.disposition != b.disposition,
                i,
                j,
            )
            for i, a in enumerate(before)
            for j, b in enumerate(after)
            if _shared(a, b)
        ),
        key=lambda s: (
            s[:3],
            min(_both(before[s[3]], after[s[4]])),
            max(_both(before[s[3]], after[s[4]])),
        ),
    )
    pairs: dict[int, int] = {}
    for *_, i, j in scores:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    both = [(before[i], after[j]) for i, j in sorted(pairs.items(), key=lambda pair: pair[1])]
    removed = [(one, None) for i, one in enumerate(before) if i not in pairs]
    return [
        *both,
        *removed,
        *((None, two) for j, two in enumerate(after) if j not in pairs.values()),
    ]


def _both(one: Pairing, two: Pairing) -> tuple[str, str]:
    return repr(plain(one)), repr(plain(two))


def _shared(one: Pairing, two: Pairing) -> float:
    """The part of all procedures of two pairings that both have."""
    a, b = _procedures(one), _procedures(two)
    return len(a & b) / len(a | b)


def _procedures(pairing: Pairing | None) -> frozenset[tuple[str, str]]:
    return frozenset((c.system, c.code) for c in pairing.procedures) if pairing else frozenset()


def _renamed(record: Record, names: dict[str, str]) -> list[tuple[Pairing, Pairing]]:
    """Pairings with the later keys of their diagnosis groups, each beside itself as recorded."""
    return [
        (p.model_copy(update={"diagnoses": tuple(names.get(key, key) for key in p.diagnoses)}), p)
        for p in record.pairings
    ]


def _headings(record: Record, pairing: Pairing) -> tuple[str, ...]:
    return tuple(dict.fromkeys(g.heading for g in record.code_groups if g.key in pairing.diagnoses))


def _listed(record: Record, codes: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str, str]]:
    groups = record.code_groups
    single = {
        (c.system, c.code, g.disposition)
        for g in groups
        for c in g.codes
        if (c.system, c.code) in codes
    }
    spans = {
        (s, c, g.disposition)
        for g in groups
        for r in g.ranges
        for s, c in codes
        if r.system == s and r.holds(c)
    }
    return frozenset(single | spans)


def _place(pairing: Pairing | None) -> str:
    codes = "+".join(sorted(":".join(code) for code in _procedures(pairing)))
    return f"pairings/{codes}|{pairing.disposition if pairing else ''}"
