"""Followers of codes hear of what changes the answer about their code, and of nothing else; lookup,
feed and mails say the same.
"""

import datetime as dt

import pytest

from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.outbox import deliver_due
from policy_tracker.alerts.tables import Subscription
from policy_tracker.pipeline import load
from policy_tracker.record import Payer
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.store.database import reading
from policy_tracker.store.feed import changes
from policy_tracker.store.lookup import lookup
from policy_tracker.store.views import ChangeFilter, Question
from tests.alerts.world import START, Recording, follow, messages, settings_of
from tests.rules.test_concerns import group, policy

PAYER = Payer.model_validate({"record": 1, "payer": "acme", "name": "Acme Health", "fixture": True})
HOUR = dt.timedelta(hours=1)
FOLLOWED = ("10001", "20005", "M47.816", "10002", "M47.8")
FIRST = policy("2025-01-01")
TIGHTENED = policy("2025-10-01", number=24)
NARROWED_GROUPS = (group("knee", "10001", ranges=[("20000", "20010")]), group("hip", "10002"))
NARROWED = policy("2025-11-01", number=24, groups=NARROWED_GROUPS)
ENDS = {"effective": {"date": "2025-12-01"}, "retired": {"date": "2025-12-01"}}
RETIRED = policy("2025-12-01", number=24, groups=NARROWED_GROUPS, dates=ENDS)


def take(engine, at, *records, payers=()):
    report = load(
        engine,
        Checked(
            payers=tuple(payers),
            records=tuple(Sourced(one, f"{one.version}.yaml") for one in records),
        ),
        at,
    )
    assert len(report.changed) == len(records), report
    return enqueue_due(engine, at)


@pytest.fixture
def world(engine):
    take(engine, START, FIRST, payers=[PAYER])
    for code in FOLLOWED:
        follow(engine, f"{code.lower()}@clinic.example", "code", code)
    return engine


def reached(engine):
    """The codes whose followers have a message, in the order of the messages."""
    with reading(engine) as session:
        return [
            session.get_one(Subscription, number).topic.split(":")[-1]
            for message in messages(engine)
            for number in message.subscriptions
        ]


def test_a_tightened_criterion_reaches_followers_of_every_code_that_it_governs(world):
    assert take(world, START + HOUR, TIGHTENED) == 3
    assert reached(world) == ["10001", "20005", "M47.816"]


def test_members_of_a_range_hear_that_it_is_gone(world):
    take(world, START + HOUR, TIGHTENED)
    assert take(world, START + 2 * HOUR, NARROWED) == 1
    assert reached(world)[3:] == ["M47.816"]
    back = policy("2025-11-15", number=24)
    assert take(world, START + 3 * HOUR, back) == 1
    assert reached(world)[4:] == ["M47.816"]


def test_a_retirement_reaches_followers_of_every_code_that_it_listed(world):
    take(world, START + HOUR, NARROWED)
    before = len(reached(world))
    assert take(world, START + 2 * HOUR, RETIRED) == 3
    assert reached(world)[before:] == ["10001", "20005", "10002"]


def test_a_policy_that_appears_reaches_followers_of_the_codes_that_it_lists(world):
    new = policy("2025-10-01", groups=(group("knee", "10002"),), policy="p-2")
    assert take(world, START + HOUR, new) == 1
    assert reached(world) == ["10002"]


def test_the_mail_names_the_code_followed_and_the_criterion(world, tmp_path):
    take(world, START + HOUR, TIGHTENED)
    channel = Recording()
    deliver_due(world, channel, settings_of(tmp_path), lambda: START + HOUR)
    (mail,) = (one for one in channel.sent if "m47.816@" in one["To"])
    assert "M47.816: Knee therapy: “… was tried for at least 6 → 24 weeks”" in mail["Subject"]
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert "M47.816" in text
        assert "Exercise was tried for at least" in text
    assert "10001" not in mail["Subject"]


def test_the_feed_and_the_lookup_say_the_same_as_the_mails(world):
    take(world, START + HOUR, TIGHTENED)
    with reading(world) as session:
        told = {
            code: [row.change.rule for row in changes(session, ChangeFilter(code=code)).items]
            for code in FOLLOWED
        }
        (answer,) = lookup(session, "M47.816", Question(as_of=dt.date(2025, 9, 1))).policies
        (other,) = lookup(session, "10002", Question(as_of=dt.date(2025, 9, 1))).policies
    assert told == {
        code: ["threshold-tightened"] if code in FOLLOWED[:3] else [] for code in FOLLOWED
    }
    assert [(one.key, one.tied_by) for one in answer.criteria] == [
        ("knee", "path"),
        ("knee/weeks", "path"),
    ]
    assert answer.criteria[1].quantities[0].value == 6
    assert answer.next_change is not None
    assert answer.next_change.on == dt.date(2025, 10, 1)
    assert other.next_change is None


def test_the_mail_says_who_looked_at_the_version(world, tmp_path):
    take(world, START + HOUR, TIGHTENED)
    channel = Recording()
    deliver_due(world, channel, settings_of(tmp_path), lambda: START + HOUR)
    assert (
        "Version 2025-10-01: recorded by hand."
        in channel.sent[0].get_body(("plain",)).get_content()
    )


def test_other_words_are_no_next_change_and_no_news(world):
    assert (
        take(world, START + HOUR, policy("2025-10-01", words="Exercise was tried, for at least"))
        == 0
    )
    with reading(world) as session:
        (answer,) = lookup(session, "10001", Question(as_of=dt.date(2025, 9, 1))).policies
    assert answer.next_change is None
