"""Mutations of real documents: one thing of one sentence made another, at a sample of the places
that have one; each must be told, and none may be quiet. `MUTATIONS_EVERY=1` takes every place, and
what was not told is written to the file that `MUTATIONS_NOTES` names.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Literal

from benchmarks import corpus
from benchmarks.measuring import Measurement
from benchmarks.mutating import EACH, Mutant, certain
from policy_tracker.errors import PolicyTrackerError
from policy_tracker.extract.extract import extract
from policy_tracker.language.drug_rows import drug_named, tier
from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.record import Record, Statement
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Change, Comparison

PLACES = 12
"""Places of each kind in one document, where not every one is taken."""
SEED = 11
_ROLES = {"criterion", "limit", "exclusion", "documentation", "prior_auth", "review_interval"}
_NUMBERS = {"threshold_changed", "frequency_changed", "prior_auth_changed", "logic_changed"}
KINDS: dict[str, set[str]] = {
    "number": _NUMBERS,
    "bound": _NUMBERS,
    "unit": _NUMBERS,
    "option gone": {"criterion_removed", "documentation_changed", "threshold_changed"},
    "option new": {"criterion_added", "documentation_changed", "threshold_changed"},
    "tier": {"coverage_position_changed"},
    "code gone": {"code_removed"},
}
"""The kinds that a change may have; of other mutations any that can decide a claim."""
Truth = int | Literal["neither"]
"""Whether more cases meet a mutant, or fewer; 0 where its words do not make that certain, "neither"
where it is certain that some come and others go.
"""
NEITHER: Truth = "neither"
_OTHER_LOGIC = {"all_of": "any_of", "any_of": "all_of"}
_AGAINST = re.compile(
    r"\b(?:not?|never|without|except|unless|exclud\w+|contraindicat\w+|den(?:y|ied|ial)|un\w+ed)\b",
    re.IGNORECASE,
)


@dataclass
class Told:
    """How the mutants of one kind were told."""

    count: int = 0
    silent: int = 0
    other_kind: int = 0
    more: int = 0
    open: int = 0
    neither: int = 0
    neither_told: int = 0
    sure: int = 0
    directions: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The figures in one line."""
        sure = ", ".join(f"{name} {n}" for name, n in sorted(self.directions.items()))
        return (
            f"{self.count} mutants: {self.silent} silent, {self.other_kind} of another kind, "
            f"{self.more} told with more than one change, {self.open} with an open direction: "
            f"{self.neither_told} of {self.neither} of which neither text implies the other "
            f"({self.sure} told with one), "
            f"{self.open - self.neither_told} of {self.count - self.neither} others; "
            f"directions: {sure or 'none certain'}"
        )


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    if place is None:
        print(f"No document is mutated: {corpus.ABSENT}.", file=sys.stderr)
        return
    started = perf_counter()
    found = told_of(list(records(place)), every=bool(os.environ.get("MUTATIONS_EVERY")))
    total = Told()
    for name, one in found.items():
        yield Measurement(f"mutations: {name}", 0.0, "-", 1.0, one.line())
        total.count += one.count
        total.silent += one.silent
        total.other_kind += one.other_kind
        total.more += one.more
        total.open += one.open
        total.neither += one.neither
        total.neither_told += one.neither_told
        total.sure += one.sure
        total.directions += one.directions
    yield Measurement("mutations: all", perf_counter() - started, "a minute", 60.0, total.line())
    if notes := os.environ.get("MUTATIONS_NOTES"):
        lines = [f"{name}: {note}" for name, one in found.items() for note in one.notes]
        Path(notes).write_text("\n".join([*lines, ""]), encoding="utf-8")


def records(place: Path) -> Iterator[Record]:
    """The records of the documents of the corpus that give one each."""
    for path in sorted(place.rglob("*")):
        if path.suffix not in (".pdf", ".html") or {"truth", "wild"} & {*path.parts}:
            continue
        try:
            found = [
                one for one in extract(path.read_bytes(), path.name) if isinstance(one, Record)
            ]
        except (PolicyTrackerError, ValueError):
            continue
        if len(found) == 1:
            yield found[0].model_copy(update={"policy": path.stem})


def told_of(found: list[Record], *, every: bool) -> dict[str, Told]:
    """How mutants of all records are told, by kind of mutation."""
    told: dict[str, Told] = {}
    chance = Random(SEED)
    for record in found:
        by_kind: dict[str, list[tuple[Record, str, Truth, bool]]] = {}
        for name, other, said, grows, approved in mutants(record):
            by_kind.setdefault(name, []).append((other, said, grows, approved))
        for name, ones in by_kind.items():
            kept = ones if every or len(ones) <= PLACES else chance.sample(ones, PLACES)
            for mutant in kept:
                other = mutant[0]
                score(name, told.setdefault(name, Told()), record, other, mutant[1:])
    return told


def mutants(record: Record) -> Iterator[tuple[str, Record, str, Truth, bool]]:
    """Every mutant of a record: the kind, the record, the words, how many cases meet it, and
    whether they are approved.
    """
    kinds = {section.key: section.kind for section in record.sections}
    for place, statement in enumerate(record.statements):
        if statement.role not in {*_ROLES, "position"} or kinds[statement.section] != "coverage":
            continue
        for name, mutate in EACH.items():
            for mutant in mutate(statement.text):
                if mutant.combines and _members(record, statement) < 2:
                    continue  # of one member "all" and "any" say the same
                other = _with(record, place, _saying(statement, mutant))
                approves = _approved(record, statement)
                truth = _truth(name, mutant, statement)
                yield name, other, f"{statement.text} => {mutant.text}", truth, approves
        if statement.parent and statement.role == "criterion" and not _leads(record, statement):
            left = (*record.statements[:place], *record.statements[place + 1 :])
            without = record.model_copy(update={"statements": left})
            yield "option gone", without, statement.text, 0, False
            yield "option new", with_option(record, place), statement.text, 0, False
    yield from _tier_mutants(record)
    yield from _code_mutants(record)


def _truth(name: str, mutant: Mutant, statement: Statement) -> Truth:
    """What is true of a mutant: a negation in what is asked of a provider may leave less to do."""
    asks = statement.role in ("documentation", "prior_auth", "review_interval")
    return NEITHER if mutant.neither and not (asks and name == "negation") else mutant.grows


def with_option(record: Record, place: int) -> Record:
    """The record with one more member behind one of a list."""
    one = record.statements[place]
    text = "Progression of lymphedema despite compression"
    new = one.model_copy(
        update={
            "key": f"{one.key}-more",
            "text": text,
            "quantities": (),
            "codes": (),
            "logic": None,
        }
    )
    held = (*record.statements[: place + 1], new, *record.statements[place + 1 :])
    return record.model_copy(update={"statements": held})


def _tier_mutants(record: Record) -> Iterator[tuple[str, Record, str, Truth, bool]]:
    """Drugs that stand in the other list."""
    lists = {
        one.key: tier(one.heading)
        for one in record.sections
        if tier(one.heading) and any(s.section == one.key for s in record.statements)
    }
    for place, statement in enumerate(record.statements):
        stands = lists.get(statement.section)
        other = next((key for key, how in lists.items() if stands and how != stands), None)
        if other is None or not drug_named(statement.text):
            continue
        moved = statement.model_copy(update={"section": other})
        grows = 1 if stands == "other" else -1
        yield "tier", _with(record, place, moved), statement.text, grows, True


def _code_mutants(record: Record) -> Iterator[tuple[str, Record, str, Truth, bool]]:
    in_sentences = {code.code for one in record.statements for code in one.codes}
    for place, group in enumerate(record.code_groups):
        for code in group.codes[:3]:
            left = tuple(one for one in group.codes if one != code)
            if not left or code.code in in_sentences:
                continue
            groups = [*record.code_groups]
            groups[place] = group.model_copy(update={"codes": left})
            other = record.model_copy(update={"code_groups": tuple(groups)})
            elsewhere = sum(code.code in {c.code for c in g.codes} for g in record.code_groups)
            if elsewhere == 1:
                yield "code gone", other, f"{group.heading}: {code.code}", 0, False


def _leads(record: Record, statement: Statement) -> bool:
    return _members(record, statement) > 0


def _members(record: Record, statement: Statement) -> int:
    return sum(one.parent == statement.key for one in record.statements)


def _saying(statement: Statement, mutant: Mutant) -> Statement:
    """A statement with other words, and the numbers that these state."""
    same = read_quantities(statement.text, statement.role) == statement.quantities
    read = read_quantities(mutant.text, statement.role) if same else statement.quantities
    logic = statement.logic
    if logic in _OTHER_LOGIC and mutant.combines:
        logic = _OTHER_LOGIC[logic]
    update = {"text": mutant.text, "quantities": read, "logic": logic}
    return statement.model_copy(update=update)


def _with(record: Record, place: int, statement: Statement) -> Record:
    held = [*record.statements]
    held[place] = statement
    return record.model_copy(update={"statements": tuple(held)})


def _approved(record: Record, statement: Statement) -> bool:
    """Whether it is certain that who meets a criterion can be approved: nothing in it or above it
    denies, excludes or turns round.
    """
    by_key = {one.key: one for one in record.statements}
    chain = [statement]
    while chain[-1].parent:
        chain.append(by_key[chain[-1].parent])
    said = " ".join(one.text for one in chain)
    return (
        statement.role == "criterion"
        and not _AGAINST.search(said)
        and all(one.logic != "none_of" and one.role != "exclusion" for one in chain)
        and all(one.position in ("medically_necessary", "covered", None) for one in chain)
        and any(one.position for one in chain)
    )


def score(
    name: str, told: Told, before: Record, after: Record, said: tuple[str, Truth, bool]
) -> None:
    """Compare a record with its mutant, and count how that is told; `said` are the words, how many
    cases meet them, and whether those are certainly approved.
    """
    words, truth, approved = said
    later = after.model_copy(update={"version": f"{after.version}-2"})
    found: Comparison = compare(before, later)
    loud = [change for change in found.changes if change.substantive]
    told.count += 1
    if not loud and found.not_comparable:
        told.open += 1
        return
    if not loud:
        told.silent += 1
        quiet = sorted({change.rule for change in found.changes})
        told.notes.append(f"silent {quiet} | {before.policy} | {words}")
        return
    told.more += len(loud) > 1
    if truth == "neither":
        _score_neither(told, loud, f"{before.policy} | {words}")
    if all(change.direction == "indeterminate" for change in loud):
        told.open += 1
        how = "neither" if truth == "neither" else "undirected"
        told.notes.append(f"{how} {[c.rule for c in loud]} | {before.policy} | {words}")
    if len(loud) > 1:
        told.notes.append(f"more {[c.rule for c in loud]} | {before.policy} | {words}")
    if (kinds := KINDS.get(name)) and not any(change.kind in kinds for change in loud):
        told.other_kind += 1
        told.notes.append(f"kind {[c.rule for c in loud]} | {before.policy} | {words}")
    grows = 0 if truth == "neither" else truth
    wanted = certain(grows, approves=approved)
    if wanted is None:
        return
    ways = {change.direction for change in loud}
    way = "right" if wanted in ways else "open" if ways <= {"indeterminate"} else "wrong"
    told.directions[way] += 1
    if way != "right":
        told.notes.append(f"{way} {[c.rule for c in loud]} | {before.policy} | {words}")


def _score_neither(told: Told, loud: list[Change], words: str) -> None:
    """Count a mutant of which neither text implies the other: no direction of it is right."""
    told.neither += 1
    ways = {change.direction for change in loud}
    if ways == {"indeterminate"}:
        told.neither_told += 1
    elif ways & {"broadened", "narrowed"}:
        told.sure += 1
        told.notes.append(f"sure {[c.rule for c in loud]} | {words}")
