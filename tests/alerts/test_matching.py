"""Whom an occasion reaches: each matching subscriber once, whatever is run again."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.matching import enqueue, enqueue_due, matching
from policy_tracker.alerts.tables import MatchedEvent, Subscription
from policy_tracker.store.database import reading, writing
from policy_tracker.store.events import events, note_taking_effect
from tests.alerts.samples import BOTH
from tests.alerts.world import (
    START,
    a_change,
    follow,
    found_policy,
    messages,
    publish_version,
    withdraw_version,
)

HOUR = dt.timedelta(hours=1)
LATER = START + HOUR


@pytest.fixture
def world(engine):
    found_policy(engine)
    return engine


def recipients(engine):
    """The subscribers that have a message, by the subscriptions that brought it."""
    return [tuple(message.subscriptions) for message in messages(engine)]


def test_each_subscriber_gets_one_message_however_many_subscriptions_match(world):
    mine = [
        follow(world, "ann@clinic.example", *topic)
        for topic in (
            ("everything",),
            ("payer", "cigna"),
            ("policy", "cigna/mm-0300"),
            ("code", "0691T"),
        )
    ]
    follow(world, "bob@clinic.example", "code", "77080")
    publish_version(world, LATER, a_change(codes=BOTH), codes=BOTH)
    assert enqueue_due(world, LATER) == 1
    assert recipients(world) == [tuple(mine)]


def test_a_second_run_finds_nothing_to_do(world):
    follow(world, "ann@clinic.example", "everything")
    publish_version(world, LATER, a_change())
    assert [enqueue_due(world, LATER), enqueue_due(world, LATER + HOUR)] == [1, 0]


def test_the_first_version_is_news_to_nobody(world):
    follow(world, "ann@clinic.example", "everything")
    assert enqueue_due(world, LATER) == 0


def test_what_decides_no_claim_is_told_to_nobody(world):
    follow(world, "ann@clinic.example", "everything")
    publish_version(world, LATER, a_change(kind="editorial", substantive=False, impact="none"))
    assert enqueue_due(world, LATER) == 0


@pytest.mark.parametrize("confirmed", [None, LATER + dt.timedelta(seconds=1)])
def test_a_change_before_the_confirmation_is_not_told(world, confirmed):
    number = follow(world, "ann@clinic.example", "everything", confirm=False)
    publish_version(world, LATER, a_change())
    if confirmed:
        with writing(world) as session:
            subscriptions.confirm(session, (number, 1), confirmed)
    assert enqueue_due(world, LATER + HOUR) == 0


def test_who_has_left_is_not_told(world):
    number = follow(world, "ann@clinic.example", "everything")
    with writing(world) as session:
        subscriptions.end(session, session.get_one(Subscription, number).subscriber_id, None, START)
    publish_version(world, LATER, a_change())
    assert enqueue_due(world, LATER) == 0


def test_a_correction_that_changes_nothing_told_is_silent(world):
    follow(world, "ann@clinic.example", "everything")
    publish_version(world, LATER, a_change("e1"))
    enqueue_due(world, LATER)
    publish_version(world, LATER + HOUR, a_change("e1"), corrects="a typing mistake", scope="more")
    assert enqueue_due(world, LATER + HOUR) == 0


def test_a_correction_reaches_whom_the_mistake_reached_and_whom_it_kept_away(world):
    ann = follow(world, "ann@clinic.example", "everything")
    bob = follow(world, "bob@clinic.example", "code", "0743T")
    publish_version(world, LATER, a_change("e1"))
    enqueue_due(world, LATER)
    follow(world, "late@clinic.example", "everything", at=LATER + HOUR)
    publish_version(
        world,
        LATER + 2 * HOUR,
        a_change("e1"),
        a_change("e2", codes=BOTH),
        corrects="a code was missing",
        scope="more",
    )
    assert enqueue_due(world, LATER + 2 * HOUR) == 2
    assert recipients(world) == [(ann,), (ann,), (bob,)]


def test_a_correction_that_takes_everything_back_is_told(world):
    ann = follow(world, "ann@clinic.example", "code", "0691T")
    publish_version(world, LATER, a_change("e1", codes=BOTH))
    enqueue_due(world, LATER)
    publish_version(world, LATER + HOUR, corrects="it was another policy", scope="more")
    assert enqueue_due(world, LATER + HOUR) == 1
    assert recipients(world) == [(ann,), (ann,)]


def test_a_withdrawal_reaches_followers_and_whoever_was_told(world):
    ann = follow(world, "ann@clinic.example", "code", "0691T")
    publish_version(world, LATER, a_change("e1", codes=BOTH))
    enqueue_due(world, LATER)
    bob = follow(world, "bob@clinic.example", "policy", "cigna/mm-0300", at=LATER)
    withdraw_version(world, LATER + HOUR)
    assert enqueue_due(world, LATER + HOUR) == 2
    assert recipients(world) == [(ann,), (ann,), (bob,)]


def test_a_version_that_takes_effect_is_marked_and_not_told_again(world):
    follow(world, "ann@clinic.example", "everything")
    publish_version(world, LATER, a_change())
    enqueue_due(world, LATER)
    with writing(world) as session:
        assert note_taking_effect(session, dt.date(2025, 9, 26), START + dt.timedelta(days=25)) == 1
    assert enqueue_due(world, START + dt.timedelta(days=25)) == 0
    with reading(world) as session:
        assert [
            row.messages
            for row in session.exec(select(MatchedEvent).order_by(MatchedEvent.event_id))
        ] == [1, 0]


def test_matching_that_is_interrupted_goes_on(world):
    follow(world, "ann@clinic.example", "everything")
    publish_version(world, LATER, a_change("e1"))
    publish_version(world, LATER + HOUR, a_change("e2"), version="2026-01-01")
    with reading(world) as session:
        first, second = events(session)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(world, first)
    assert messages(world) == []
    with writing(world) as session:
        assert enqueue(session, second, LATER + HOUR) == 1
    assert enqueue_due(world, LATER + 2 * HOUR) == 1
    assert len({message.event_id for message in messages(world)}) == 2


def _interrupted(world, event):
    with writing(world) as session:
        enqueue(session, event, LATER + HOUR)
        raise KeyboardInterrupt


def test_several_at_once_put_nothing_in_twice(world):
    for n in range(5):
        follow(world, f"a{n}@clinic.example", "everything")
    for n in range(4):
        publish_version(world, LATER + n * HOUR, a_change(f"e{n}"), version=f"2026-01-0{n + 1}")
    with ThreadPoolExecutor(4) as pool:
        queued = list(pool.map(lambda _: enqueue_due(world, LATER + 9 * HOUR), range(4)))
    assert sum(queued) == 20
    assert (
        len({(message.subscriber_id, message.about) for message in messages(world)})
        == len(messages(world))
        == 20
    )


KINDS = [
    ("everything", ""),
    ("payer", "cigna"),
    ("payer", "aetna"),
    ("policy", "cigna/mm-0300"),
    ("policy", "cigna/mm-0301"),
]
kinds = st.sampled_from([*KINDS, ("code", "0691T"), ("code", "0743T"), ("code", "77080")])
people = st.lists(
    st.tuples(st.sampled_from("abcdef"), kinds, st.booleans(), st.booleans()),
    max_size=25,
    unique_by=lambda row: row[:2],
)


def wanted(kind, value, codes):
    """Whether a topic concerns a change of cigna/mm-0300 with these codes, told once more and
    plainly.
    """
    return kind == "everything" or value in ("cigna", "cigna/mm-0300") or value in codes


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=people, codes=st.sets(st.sampled_from(BOTH)))
def test_matching_is_what_a_plain_reading_says(engine, rows, codes):
    with engine.connect() as connection, connection.begin() as outer:
        from sqlmodel import Session

        from policy_tracker.alerts.tables import Subscriber
        from policy_tracker.alerts.topics import read_topic
        from policy_tracker.store.views import Event
        from tests.alerts.samples import POLICY, comparison

        session = Session(connection, join_transaction_mode="create_savepoint")
        numbers, expected = {}, {}
        for who, (kind, value), confirmed, ended in rows:
            if who not in numbers:
                subscriber = Subscriber(
                    address=f"{who}@clinic.example",
                    address_key=f"{who}@clinic.example",
                    created_at=START,
                )
                session.add(subscriber)
                session.flush()
                numbers[who] = subscriber.id
            stamps = {
                "requested_at": START,
                "confirmed_at": START if confirmed else None,
                "ended_at": START if ended else None,
            }
            row = Subscription(
                subscriber_id=numbers[who], topic=read_topic(kind, value).text, **stamps
            )
            session.add(row)
            session.flush()
            if confirmed and not ended and wanted(kind, value, {ref.code for ref in codes}):
                expected.setdefault(numbers[who], []).append(row.id)
        said = comparison(a_change(codes=tuple(codes)))
        event = Event(
            id=1,
            kind="published",
            at=LATER,
            policy=POLICY,
            to_version="2025-09-26",
            revision_id=1,
            comparison=said,
        )
        assert matching(session, event) == expected
        session.close()
        outer.rollback()
