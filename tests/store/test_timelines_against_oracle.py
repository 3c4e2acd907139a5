"""The product's timelines against an oracle written from the description of time: which version,
what status, how sure, day by day.
"""

import itertools
import os
import re
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import select

from policy_tracker.pipeline import load
from policy_tracker.record import Payer, Record
from policy_tracker.record.validity import timing_of
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.store.database import reading
from policy_tracker.store.governing import every_date, resolve
from policy_tracker.store.line import Entry
from policy_tracker.store.tables import StoredPolicy
from policy_tracker.store.timeline import as_of, timeline
from policy_tracker.store.views import Question
from tests.oracles.random_timelines import random_timeline, smallest
from tests.oracles.timelines import Printed, Revision, Timeline, ask, days_that_matter
from tests.store.making import NOW

SAMPLE = range(100_000, 100_150)
MANY = int(os.environ.get("TIMELINES", "20000"))
LOADED = {"sqlite": range(200_000, 200_012), "postgresql": range(200_012, 200_016)}


# --- From a timeline to records


def records_of(told: Timeline, policy: str = "p-1") -> list[Record]:
    """What the oracle calls a revision, as the record that a person or a reader would have written."""
    seen: Counter[str] = Counter()
    records = []
    for revision in told.revisions:
        seen[revision.version] += 1
        records.append(Record.model_validate(_plain(revision, policy, seen[revision.version])))
    return records


def _plain(revision: Revision, policy: str, number: int) -> dict:
    dates = {
        name: {"date": fact.text, "status": "ambiguous" if fact.ambiguous else "dated"}
        for name, fact in revision.dates.items()
    }
    if revision.basis != "unknown":
        dates.setdefault("effective", {"status": "undated"})["basis"] = revision.basis
    record = {
        "record": 1,
        "payer": "acme",
        "policy": policy,
        "title": f"Prism therapy {policy}",
        "policy_type": "medical_coverage",
        "version": revision.version,
        "source_kind": "payer_document",
        "dates": dates,
        "revision_history": [{"date": text, "text": "Revised."} for text in revision.history],
    }
    if revision.version_label:
        record["version_label"] = revision.version_label
    if revision.mark:
        record["marks"] = [{"mark": "archived", "raw": "ARCHIVED"}]
    if revision.retrieved:
        record["retrieved"] = revision.retrieved
    if revision.withdrawn:
        record["withdrawn"] = {"why": "Issued by mistake."}
    if number > 1 and not revision.withdrawn:
        record["corrects"] = f"Dates were read wrongly ({number})."
    return record


def entries_of(told: Timeline) -> list[Entry]:
    seen: Counter[str] = Counter()
    found = []
    for sequence, record in enumerate(records_of(told), 1):
        seen[record.version] += 1
        withdrawn = record.withdrawn is not None
        found.append(
            Entry(
                record.version,
                sequence,
                seen[record.version],
                sequence,
                timing_of(record),
                withdrawn=withdrawn,
                dates_back=told.dates_back,
            )
        )
    return found


# --- Where both differ


def disagreement(told: Timeline) -> str | None:
    """The first day on which both differ, and what each says; None where they agree throughout."""
    entries, count = entries_of(told), len(told.revisions)
    for known in dict.fromkeys([None, count - 1, count // 2]):
        for day, only_service in itertools.product(days_that_matter(told), (False, True)):
            expected = ask(told, day, known, only_service)
            answer = resolve(
                entries, Question(as_of=day) if only_service else every_date(day), known
            )
            if difference := _difference(expected, answer):
                return (
                    f"{day}, known {known}, {'service date only' if only_service else 'all dates'}: "
                    f"{difference}"
                )
    return None


def _difference(expected, answer) -> str | None:
    same_version = (
        answer.version in expected.versions if expected.versions else answer.version is None
    )
    # with nothing on file there is no text to be sure of
    same_certainty = answer.certainty == expected.certainty or expected.status == "nothing_known"
    if answer.status == expected.status and same_version and same_certainty:
        return None
    said = f"{answer.status} {answer.version} {answer.certainty} {list(answer.certainty_reasons)}"
    return (
        f"product says {said}; oracle {expected.status} {sorted(expected.versions)} "
        f"{expected.certainty} {sorted(expected.kinds)}"
    )


def compare(numbers) -> None:
    wrong = [number for number in numbers if disagreement(random_timeline(number))]
    if wrong:
        small = smallest(random_timeline(wrong[0]), disagreement)
        pytest.fail(
            f"{len(wrong)} of {len(numbers)} differ: {wrong[:10]}; {wrong[0]} at its "
            f"smallest: {small}; {disagreement(small)}"
        )


def test_a_sample_of_random_timelines():
    compare(SAMPLE)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_many_random_timelines():
    compare(range(MANY))


# --- Through the front door: load in any order, then ask the store


def _load(engine, told: Timeline, policy: str, together: bool):
    payer = Payer(
        record=1, payer="acme", name="Acme Health", fixture=True, dates_back=told.dates_back
    )
    sourced = [
        Sourced(record, f"{record.version}.{number}.yaml")
        for number, record in enumerate(records_of(told, policy))
    ]
    for part in [sourced] if together else [[one] for one in sourced]:
        report = load(engine, Checked(payers=(payer,), records=tuple(part)), NOW)
        assert not report.faults, report.faults


def _asked(engine, policy: str, days):
    with reading(engine) as session:
        number = session.exec(select(StoredPolicy.id).where(StoredPolicy.slug == policy)).one()
        return {day: as_of(session, number, every_date(day)) for day in days}, timeline(
            session, number
        )


@pytest.mark.parametrize("dates_back", [True, False])
def test_what_is_loaded_in_any_order_answers_as_the_oracle_does(engine, dates_back):
    for number in LOADED[engine.dialect.name]:
        told = random_timeline(number)
        told = Timeline(told.revisions, dates_back)
        once = len({one.version for one in told.revisions}) == len(told.revisions)
        policy = f"p-{number}"
        _load(engine, told, policy, together=once and number % 2 == 0)
        answers, bars = _asked(engine, policy, days_that_matter(told))
        for day, answer in answers.items():
            assert not (found := _difference(ask(told, day), answer)), (number, str(day), found)
            bar = next(
                one for one in bars if (one.from_day or date.min) <= day < (one.to_day or date.max)
            )
            assert (bar.status, bar.version, bar.certainty) == (
                answer.status,
                answer.version,
                answer.certainty,
            ), (number, str(day))


# --- In the issue's own words


FIRST_DATE = "2018-01-01"
ISSUED = [
    "2018-03-05",
    "2019-09-30",
    "2020-11-02",
    "2022-01-10",
    "2023-02-27",
    "2024-06-03",
    "2025-04-28",
]
SEVEN = tuple(
    Revision(f"v{number}", {"effective": Printed(FIRST_DATE), "issued": Printed(issued)})
    for number, issued in enumerate(ISSUED, 1)
)


def test_asked_on_the_15th_of_each_month_no_certain_answer_names_the_wrong_one_of_seven_versions_with_one_effective_date(
    engine,
):
    _load(engine, Timeline(SEVEN), "rp-021", together=True)
    days = [date(year, month, 15) for year in range(2018, 2026) for month in range(1, 13)]
    answers, bars = _asked(engine, "rp-021", days)
    right = {
        day: max((issued for issued in ISSUED if issued <= str(day)), default=None) for day in days
    }
    named = {
        day: answer.version
        for day, answer in answers.items()
        if answer.status == "in_force" and answer.certainty != "uncertain"
    }
    assert named == {day: f"v{ISSUED.index(issued) + 1}" for day, issued in right.items() if issued}
    assert {bar.version for bar in bars if bar.status == "in_force"} == {
        f"v{number}" for number in range(1, 8)
    }


def test_each_changes_from_one_version_to_the_next_is_filed_under_the_day_on_which_the_later_one_was_issued(
    engine,
):
    from policy_tracker.store.queries import get_version

    _load(engine, Timeline(SEVEN), "rp-021", together=True)
    with reading(engine) as session:
        starts = [
            get_version(session, "acme", "rp-021", f"v{number}").start for number in range(1, 8)
        ]
    assert [str(start.day) for start in starts] == ISSUED
    assert {str(start.policy_effective) for start in starts} == {FIRST_DATE}


def test_undated_policies_are_never_in_force_since_the_day_on_which_somebody_loaded_them(engine):
    for number in range(6):
        _load(
            engine,
            Timeline((Revision("ncd", retrieved=str(NOW.date())),)),
            f"ncd-{number}",
            together=True,
        )
    for number in range(6):
        days = [NOW.date() + timedelta(days=step) for step in (-20_000, -1, 0, 1, 400)]
        answers, bars = _asked(engine, f"ncd-{number}", days)
        for answer in answers.values():
            assert (answer.status, answer.version, answer.certainty) == (
                "in_force",
                "ncd",
                "uncertain",
            )
            assert answer.start.day is None
            assert str(NOW.date()) not in re.sub(r"is in force on [^:]*:", "", answer.why)
        assert [(bar.from_day, bar.start_known, bar.certainty) for bar in bars] == [
            (None, False, "uncertain")
        ]


def test_the_text_of_today_does_not_answer_for_years_ago(engine):
    now = Revision(
        "now",
        {"effective": Printed("1999-07-12"), "last_review": Printed("2026-01-20")},
        retrieved="2026-02-01",
    )
    _load(engine, Timeline((now,)), "cpb-352", together=True)
    answers, _ = _asked(engine, "cpb-352", [date(2010, 6, 15), date(2026, 1, 25)])
    assert [(one.status, one.version, one.certainty) for one in answers.values()] == [
        ("future_only", None, "uncertain"),
        ("in_force", "now", "certain"),
    ]


def test_the_answer_does_not_hang_on_the_order_of_loading(engine):
    """Each order is a policy of its own; all answer alike on each day that matters."""
    for number in (5, 17, 23):
        told = random_timeline(number)
        revisions = tuple({one.version: one for one in told.revisions}.values())
        found = []
        for turn in range(4):
            order = Timeline(tuple(Random(turn).sample(revisions, len(revisions))), told.dates_back)
            _load(engine, order, f"p-{number}-{turn}", together=turn == 0)
            answers, _ = _asked(engine, f"p-{number}-{turn}", days_that_matter(told))
            found.append(
                [(day, one.status, one.version, one.certainty) for day, one in answers.items()]
            )
        assert found[1:] == found[:-1]
