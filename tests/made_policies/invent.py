"""Invents contents from a number: the same number always gives the same policy."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.made_policies.content import Code, Content, Group, Leaf, Rule
from tests.made_policies.stock import stock

_CONNECTORS = ("all_of", "all_of", "any_of", "at_least:2")


def invent(seed: int) -> Content:
    """The content of the policy with this number."""
    rng = Random(f"made policy {seed}")
    things = stock()
    effective = date(2025, 1, 1) + timedelta(days=rng.randrange(600))
    return Content(
        number=f"{rng.randrange(100, 999)}",
        subject=rng.choice(things["subjects"]),
        rules=tuple(_rules(rng, things)),
        headed=rng.random() < 0.5,
        sessions=rng.randint(4, 30),
        months=rng.choice((3, 6, 12)),
        documents=tuple(rng.sample(things["documents"], 2)),
        approved=tuple(_procedures(rng, things, rng.randint(3, 7), spans=1)),
        denied=tuple(_procedures(rng, things, rng.randint(2, 4), spans=0, skip=True)),
        diagnoses=tuple(_diagnoses(rng, things)),
        dates={
            "effective": effective,
            "last_review": effective - timedelta(days=rng.randrange(10, 60)),
            "next_review": effective + timedelta(days=330),
            "original": effective - timedelta(days=rng.randrange(400, 3000)),
            "published": effective - timedelta(days=rng.randrange(1, 30)),
        },
        changes=tuple(_changes(rng, things, effective)),
        columns=tuple(rng.choice(things["columns"])),
        described=rng.choice(things["describes"]),
        background=tuple(rng.sample(things["background"], 6)),
        references=tuple(rng.sample(things["references"], 4)),
        disclaimers=tuple(rng.sample(things["disclaimers"], 3)),
    )


def _rules(rng: Random, things: dict[str, Any]) -> list[Rule]:
    """Two to four indications, a denial of each kind that the dice choose, and what becomes of the
    rest.
    """
    names = rng.sample(things["indications"], 6)
    pool = _leaves(rng, things)
    rules = [Rule("approve", names[n], _tree(rng, pool, 0)) for n in range(rng.randint(1, 2))]
    if rng.random() < 0.5:
        rules.append(Rule("open", names[2], Group(None, _take(pool, rng.randint(2, 3)))))
    if rng.random() < 0.5:
        rules.append(Rule("unless", names[3], Group("all_of", _take(pool, rng.randint(2, 3)))))
    if rng.random() < 0.5:
        rules.append(Rule("renew", names[0], Group("all_of", _take(pool, 2))))
    drawbacks = tuple(Leaf(text) for text in rng.sample(things["drawbacks"], rng.randint(2, 4)))
    rules.append(Rule("deny_when", names[0], Group("any_of", drawbacks)))
    if rng.random() < 0.7:
        uses = tuple(Leaf(text) for text in rng.sample(things["uses"], rng.randint(2, 4)))
        rules.append(Rule("deny_list", names[0], Group("listed", uses)))
    rules.append(Rule("deny_plain", names[4]))
    rules.append(Rule("rest", names[5]))
    return rules


def _leaves(rng: Random, things: dict[str, Any]) -> list[Leaf]:
    """Criteria in random order; each is used once in a policy."""
    found = [Leaf(text) for text in things["shows"]]
    for row in things["numbers"]:
        value = rng.choice(row["values"])
        meaning = {name: row[name] for name in ("kind", "comparator", "unit")} | {"value": value}
        found.append(Leaf(row["text"].replace("{n}", str(value)), meaning))
    rng.shuffle(found)
    return found


def _take(pool: list[Leaf], count: int) -> tuple[Leaf, ...]:
    return tuple(pool.pop() for _ in range(count))


def _tree(rng: Random, pool: list[Leaf], depth: int) -> Group:
    """Three or four criteria, of which one or two are lists again; at most three levels."""
    connector = rng.choice(_CONNECTORS)
    if depth == 2:
        return Group(connector, _take(pool, 2 if connector != "at_least:2" else 3))
    nested = rng.sample(range(3), (1, 0)[rng.random() < (0.2, 0.6)[depth]])
    return Group(
        connector,
        tuple(
            _tree(rng, pool, depth + 1) if n in nested else pool.pop()
            for n in range(3 if depth else rng.randint(3, 4))
        ),
    )


def _procedures(
    rng: Random, things: dict[str, Any], count: int, spans: int, *, skip: bool = False
) -> list[Code]:
    """Codes and ranges; `skip` takes from the other end of the stock, so that no list has codes of
    the other.
    """
    cut = len(things["procedures"]) // 2
    numbers = things["procedures"][cut:] if skip else things["procedures"][:cut]
    cut = len(things["supplies"]) // 2
    letters = things["supplies"][cut:] if skip else things["supplies"][:cut]
    found = [Code("CPT", code, rng.choice(things["wares"])) for code in rng.sample(numbers, count)]
    found += [
        Code("CPT", *pair[:1], rng.choice(things["wares"]), pair[1])
        for pair in rng.sample(things["procedure_ranges"], spans)
    ]
    return found + [Code("HCPCS", code, rng.choice(things["wares"])) for code in letters[:2]]


def _diagnoses(rng: Random, things: dict[str, Any]) -> list[Code]:
    codes = rng.sample(things["diagnoses"], rng.randint(3, 6))
    found = [Code("ICD10CM", code, rng.choice(things["ailments"])) for code in codes]
    first, last = rng.choice(things["diagnosis_ranges"])
    return [*found, Code("ICD10CM", first, rng.choice(things["ailments"]), last)]


def _changes(rng: Random, things: dict[str, Any], effective: date) -> list[tuple[date, str, str]]:
    texts = rng.sample(things["changes"], 3)
    days = [effective - timedelta(days=366 * n + rng.randrange(30)) for n in range(3)]
    return [
        (day, rng.choice(things["actions"]), text) for day, text in zip(days, texts, strict=True)
    ]
