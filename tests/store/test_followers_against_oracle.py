"""Whoever a new version concerns hears of it, and nobody else: the outbox against an oracle that
asks for each code's answer.
"""

from __future__ import annotations

import copy
import datetime as dt
import os
import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import pytest
from sqlmodel import select

from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.tables import Message, Subscriber
from policy_tracker.pipeline import load
from policy_tracker.record import Payer, Record
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.store.database import open_engine, reading, writing
from policy_tracker.store.lookup import lookup
from policy_tracker.store.views import Circumstances, Question
from tests.alerts.world import follow_in
from tests.oracles import random_days, random_drugs
from tests.oracles import random_policies as making
from tests.oracles.followers import Follower, answers, days_around, differing, must_hear, says

NOW = dt.datetime(2024, 1, 2, 12, tzinfo=dt.UTC)
SAMPLE = 5
MANY = int(os.environ.get("FOLLOWER_SCENARIOS", "1500"))


@dataclass
class Outcome:
    """What one version came to: who was missed, who heard without need, and of which codes the
    answers did not show what differs.
    """

    scenario: int
    mutation: str
    policy: str
    differing: set[str]
    missed: set[str]
    needless: set[str]
    unshown: set[str]
    told: int
    followers: int


@dataclass
class World:
    """An installation with policies, and people who follow what is in them."""

    engine: object
    histories: list[list[dict]]
    default: dict | None = None
    followers: list[Follower] = field(default_factory=list)
    told: dict[str, set[str]] = field(default_factory=dict)
    given: dict[tuple, object] = field(default_factory=dict)

    @property
    def records(self):
        """The newest version of each policy."""
        return [history[-1] for history in self.histories]

    def answers(self, codes, days, diagnoses):
        """What is said of each code on each day; of procedures with each diagnosis too.

        Nothing is asked twice between two loads.
        """
        with reading(self.engine) as session:

            def ask(code, day, diagnosis):
                asked = code, day, diagnosis
                if asked not in self.given:
                    circumstances = Circumstances(diagnosis=diagnosis) if diagnosis else None
                    found = lookup(
                        session,
                        code,
                        Question(as_of=day),
                        system=_system(code),
                        circumstances=circumstances,
                    )
                    self.given[asked] = found.model_dump(mode="json", exclude_defaults=True)
                return self.given[asked]

            return answers(ask, sorted(codes), days, diagnoses)

    def load(self, *records, at):
        self.given.clear()
        stated = {"defaults": [self.default]} if self.default else {}
        payer = Payer.model_validate(
            {
                "record": 1,
                "payer": making.PAYER,
                "name": "Orchard Health",
                "fixture": True,
                **stated,
            }
        )
        other = Payer(record=1, payer="harbor-health", name="Harbor Health", fixture=True)
        values = [Record.model_validate(record) for record in records]
        report = load(
            self.engine,
            Checked(
                payers=(payer, other),
                records=tuple(Sourced(one, f"{one.version}.yaml") for one in values),
            ),
            at,
        )
        assert not report.faults, report.faults
        assert {row.outcome for row in report.loaded} <= {
            "first_record",
            "payer_change",
            "withdrawal",
        }, report.loaded

    def heard(self):
        """How often each was told anything of a change."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(Subscriber.address)
                .join(Message, Message.subscriber_id == Subscriber.id)
                .where(Message.purpose == "change")
            )
            return Counter(address.partition("@")[0] for address in rows)


def _system(code):
    if code.isdigit():
        return "CPT"
    return "ICD10CM" if code[3:4] == "." or len(code) == 3 else "HCPCS"


def _first_versions(rng):
    """Two policies of one payer, now and then with a code in common; every third world has a drug
    policy too.
    """
    records = [making.random_policy(rng, number) for number in (1, 2)]
    shared = rng.choice(making.named_codes(records[0]) or [None])
    if shared and records[1]["code_groups"] and rng.random() < 0.5:
        records[1]["code_groups"][0]["codes"].append(shared)
        making.write_out(records[1])
    if rng.random() < 0.35:
        records.append(random_drugs.random_drug_policy(rng, 3, making.PAYER, str(making.FIRST)))
    return records


def _default(rng):
    """Now and then the payer says what holds for every code of a system that no policy of it names."""
    stated = {
        "system": "CPT",
        "position": "experimental_investigational",
        "text": "What no policy names is not established.",
    }
    return stated if rng.random() < 0.4 else None


@contextmanager
def world(folder, template, rng):
    path = folder / f"{rng.randrange(10**12)}.sqlite"
    shutil.copy(template, path)
    engine = open_engine(f"sqlite:///{path}")
    try:
        records = _first_versions(rng)
        made = World(engine, [[record] for record in records], _default(rng))
        made.load(*records, at=NOW)
        _follow(made, rng)
        yield made
    finally:
        engine.dispose()
        path.unlink()


def _follow(made, rng):
    """People who follow codes, policies and payers; some never confirmed."""
    codes = sorted(set().union(*(making.asked_codes(record) for record in made.records)))
    topics = [("code", code) for code in rng.sample(codes, min(20, len(codes)))]
    topics += [
        ("code", f"{20_000 + number * 100 + step:05d}")
        for number in (1, 2)
        for step in (90, 93, 96, 98)
    ]
    topics += [
        ("code", "99999"),
        ("code", "S31.2"),
        ("code", "S44.9"),
        ("payer", making.PAYER),
        ("payer", "harbor-health"),
    ]
    topics += [("policy", f"{making.PAYER}/{record['policy']}") for record in made.records]
    with writing(made.engine) as session:
        for number, (kind, value) in enumerate(topics):
            active = rng.random() < 0.9
            made.followers.append(Follower(f"person{number}", kind, value, active))
            follow_in(
                session, f"person{number}@clinic.example", kind, value, at=NOW, confirm=active
            )


def play(made, rng, scenario, mutations, steps=3):
    """Publish next versions, each with one thing otherwise, or take the last one back, and see who
    heard.
    """
    for step, day in enumerate(making.later_days(rng, steps)):
        place = rng.randrange(len(made.histories))
        for mutation in rng.sample(mutations, len(mutations)):
            history = made.histories[place]
            after = (
                copy.deepcopy(history[-1])
                if mutation is making.withdraw
                else making.next_version(history[-1], day)
            )
            if (mutation is not making.withdraw or len(history) > 1) and mutation(rng, after):
                break
        else:
            continue
        making.write_out(after)
        yield publish(made, scenario, place, after, mutation, NOW + dt.timedelta(days=step + 1))
        if mutation in making.RETIRING:
            if rng.random() < 0.5:
                taken_back = copy.deepcopy(after)
                making.withdraw(rng, taken_back)
                yield publish(
                    made,
                    scenario,
                    place,
                    taken_back,
                    making.withdraw,
                    NOW + dt.timedelta(days=step + 2),
                )
            return


def publish(made, scenario, place, after, mutation, at):
    before, taken_back = made.records[place], mutation is making.withdraw
    asked = _questions(made, before, after)
    earlier, heard = _answers(made, *asked), made.heard()
    made.load(after, at=at)
    enqueue_due(made.engine, at)
    changed = differing(earlier, _answers(made, *asked))
    now_heard = {name for name, count in made.heard().items() if count > heard[name]}
    semantic = mutation in making.SEMANTIC
    compared = made.histories[place][-2] if taken_back else after
    since = after["dates"]["effective"]["date"]
    procedures = [code for code in asked[0] if code.isdigit()] if semantic else []
    by_record = {
        code for code in procedures if says(before, code, since) != says(compared, code, since)
    }
    policy, version = (
        f"{after['payer']}/{after['policy']}",
        f"{after['payer']}/{after['policy']}@{after['version']}",
    )
    expected = must_hear(
        made.followers, changed | by_record if semantic else set(), policy, semantic
    )
    free = (
        {one.name for one in made.followers if one.kind != "code" and one.active}
        if semantic and not changed
        else set()
    )
    if taken_back:  # who was told of a version is told as well that it was taken back
        expected |= made.told.pop(version, set())
        made.histories[place].pop()
    else:
        made.histories[place].append(after)
        made.told[version] = now_heard
    names = {one.name: f"{one.kind} {one.value}" for one in made.followers}
    return Outcome(
        scenario,
        mutation.__name__,
        policy,
        changed,
        missed={names[one] for one in expected - now_heard - free},
        needless={names[one] for one in now_heard - expected - free},
        unshown=by_record - changed,
        told=len(now_heard),
        followers=len(made.followers),
    )


def _questions(made, before, after):
    """Codes that somebody follows (those near to the policy, and some others), days on which it
    turns, and diagnoses to ask with.
    """
    followed = {one.value for one in made.followers if one.kind == "code"}
    both = making.asked_codes(before) | making.asked_codes(after)
    ever = both.union(
        *(
            making.asked_codes(one)
            for history in made.histories
            if before in history
            for one in history
        )
    )
    near = {code for code in followed if code in ever or code[:3] in {one[:3] for one in ever}}
    codes = near | set(sorted(followed - near)[::4])
    turns = {
        dt.date.fromisoformat(fact["date"])
        for one in (before, after)
        for fact in one["dates"].values()
    }
    days = days_around(turns | random_days.inner_days(before) | random_days.inner_days(after))
    paired = {
        code["code"]
        for one in (*before["pairings"], *after["pairings"])
        for code in one["procedures"]
    }
    diagnoses = sorted(code for code in both if _system(code) == "ICD10CM")
    days = [*days, days[-1] + dt.timedelta(days=1000)]
    dated = any(random_days.inner_days({**one, "statements": []}) for one in (before, after))
    return codes, days, paired & codes, diagnoses, days if dated else days[-1:]


def _answers(made, codes, days, paired, diagnoses, days_of_pairs):
    found = made.answers(codes, days, ())
    with_diagnosis = made.answers(paired, days_of_pairs, diagnoses)
    return {code: [*said, *with_diagnosis.get(code, ())] for code, said in found.items()}


def run(folder, template, numbers, mutations):
    for number in numbers:
        rng = Random(number)
        with world(folder, template, rng) as made:
            yield from play(made, rng, number, mutations)


def wrong(outcomes):
    """What went wrong, a line each, the kinds counted first."""
    sides = ("missed", "needless", "unshown")
    bad = [one for one in outcomes if any(getattr(one, side) for side in sides)]
    kinds = Counter((one.mutation, side) for one in bad for side in sides if getattr(one, side))
    lines = [f"{count} × {mutation}: {side}" for (mutation, side), count in kinds.most_common()]
    for one in bad[:12]:
        told = ", ".join(
            f"{side} {sorted(getattr(one, side))}" for side in sides if getattr(one, side)
        )
        lines.append(
            f"{one.scenario} {one.policy} {one.mutation}: {told}; answers differ for "
            f"{sorted(one.differing)}"
        )
    return "\n".join(lines)


def test_whoever_is_concerned_hears_and_nobody_else(tmp_path, sqlite_template):
    outcomes = list(run(tmp_path, sqlite_template, range(SAMPLE), making.SEMANTIC))
    assert sum(one.told for one in outcomes) > SAMPLE
    assert not (found := wrong(outcomes)), found


def test_wording_is_told_to_nobody(tmp_path, sqlite_template):
    outcomes = list(run(tmp_path, sqlite_template, range(1000, 1000 + SAMPLE // 2), making.WORDING))
    assert not (found := wrong(outcomes)), found


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_whoever_is_concerned_hears_in_thousands_of_worlds(tmp_path, sqlite_template):
    outcomes = list(run(tmp_path, sqlite_template, range(10_000, 10_000 + MANY), making.SEMANTIC))
    outcomes += run(tmp_path, sqlite_template, range(90_000, 90_000 + MANY // 5), making.WORDING)
    assert not (found := wrong(outcomes)), found
