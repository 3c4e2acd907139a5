"""Delivery: each message once, whoever is killed, slow or refused."""

import contextlib
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.addresses import read_address
from policy_tracker.alerts.channels.maildir import MaildirChannel, kept_mails
from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    MOST_RELAY_FAULTS,
    RELAY_WAIT,
    claim,
    deliver_due,
    renew,
    renewed,
    settle,
    wait_after,
)
from policy_tracker.alerts.outbox_health import LATE, outbox_health
from policy_tracker.alerts.tables import DeliveryAttempt, Message, Subscription
from policy_tracker.alerts.topics import read_topic
from policy_tracker.alerts.undelivered import dismiss, put_back, undelivered
from policy_tracker.errors import (
    ConflictError,
    LeaseLostError,
    NotFoundError,
    PermanentDeliveryError,
    QueryError,
    RelayError,
    StoppedError,
    TemporaryDeliveryError,
)
from policy_tracker.store.database import reading, writing
from tests.alerts.world import (
    KEY,
    START,
    Clock,
    Recording,
    a_change,
    follow,
    found_policy,
    messages,
    publish_version,
    settings_of,
)

LATER = START + dt.timedelta(hours=1)


class Killed(BaseException):
    """What a kill does to a process: no handler runs."""


@pytest.fixture
def clock():
    return Clock(LATER)


@pytest.fixture
def send(engine, clock, tmp_path):
    def deliver(channel, **options):
        return deliver_due(engine, channel, settings_of(tmp_path), clock, **options)

    return deliver


@pytest.fixture
def due(engine):
    """Three people, each with one message that is due."""
    found_policy(engine)
    for name in ("ann", "bob", "cem"):
        follow(engine, f"{name}@clinic.example", "everything")
    publish_version(engine, LATER, a_change())
    assert enqueue_due(engine, LATER) == 3
    return engine


def states(engine):
    return [message.state for message in messages(engine)]


def attempts(engine):
    with reading(engine) as session:
        return [
            (row.message_id, row.number, row.outcome)
            for row in session.exec(select(DeliveryAttempt).order_by(DeliveryAttempt.id))
        ]


def test_what_is_due_is_sent_once(due, send):
    channel = Recording()
    assert send(channel).sentence == "3 sent"
    assert send(channel).sentence == "nothing was due"
    assert channel.to == ["ann@clinic.example", "bob@clinic.example", "cem@clinic.example"]
    assert channel.closed == 2
    assert states(due) == ["sent"] * 3
    assert [outcome for *_, outcome in attempts(due)] == ["accepted"] * 3


def test_a_refusal_for_good_is_not_repeated_and_keeps_nobody_back(due, send, clock):
    channel = Recording(
        {
            "ann@clinic.example": [
                PermanentDeliveryError("The mail server answered 550 no such user")
            ]
        }
    )
    assert (send(channel).sent, states(due)) == (2, ["failed", "sent", "sent"])
    clock.forward(days=30)
    assert send(channel).sentence == "nothing was due"
    assert messages(due)[0].error == "The mail server answered 550 no such user"


def test_a_refusal_for_now_waits_longer_each_time(due, send, clock):
    busy = [TemporaryDeliveryError("The mail server answered 450 busy") for _ in range(3)]
    channel = Recording({"ann@clinic.example": busy})
    assert send(channel).retry == 1
    for attempt in range(1, 4):
        clock.at = messages(due)[0].due_at - dt.timedelta(seconds=1)
        assert send(channel).sentence == "nothing was due"
        clock.forward(seconds=1)
        report = send(channel)
        assert (report.retry, report.sent) == ((1, 0) if attempt < 3 else (0, 1))
    assert states(due) == ["sent"] * 3
    assert [outcome for message, _, outcome in attempts(due) if message == messages(due)[0].id] == [
        "temporary"
    ] * 3 + ["accepted"]


def test_it_is_given_up_in_the_end(due, send, clock):
    channel = Recording({"ann@clinic.example": [TemporaryDeliveryError("busy") for _ in range(99)]})
    for _ in range(MOST_ATTEMPTS):
        send(channel)
        clock.forward(hours=7)
    assert states(due)[0] == "failed"
    assert messages(due)[0].attempts == MOST_ATTEMPTS


def test_waits_double_up_to_a_limit():
    waits = [wait_after(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert waits[:3] == [dt.timedelta(minutes=1), dt.timedelta(minutes=2), dt.timedelta(minutes=4)]
    assert waits == sorted(waits)
    assert max(waits) == dt.timedelta(hours=6)
    assert dt.timedelta(hours=12) < sum(waits, dt.timedelta()) < dt.timedelta(days=2)


def test_a_server_that_is_down_costs_no_message_an_attempt(due, send):
    class Down(Recording):
        def connect(self):
            raise TemporaryDeliveryError("The mail server cannot be used.")

    with pytest.raises(TemporaryDeliveryError, match="cannot be used"):
        send(Down())
    assert {message.attempts for message in messages(due)} == {0}
    assert send(Recording()).sent == 3


def test_a_server_that_goes_down_in_between_is_told_with_what_went_before(due, send):
    class GoesDown(Recording):
        def connect(self):
            if self.sent:
                raise TemporaryDeliveryError("The mail server cannot be used.")

    with pytest.raises(TemporaryDeliveryError, match="Before that: 1 sent"):
        send(GoesDown())
    assert states(due) == ["sent", "due", "due"]


class RefusesEverybody(Recording):
    """A mail server that takes nothing from us, as long as it is broken."""

    broken = True

    def send(self, message):
        if self.broken:
            raise RelayError("The mail server answered 554 5.7.1 Relay access denied")
        super().send(message)


def test_a_relay_that_refuses_everybody_loses_nothing_however_long(due, send, clock):
    channel = RefusesEverybody()
    for _ in range(3 * MOST_ATTEMPTS):
        assert send(channel).failed == 0
        clock.forward(seconds=RELAY_WAIT.total_seconds())
    assert states(due) == ["due"] * 3
    with reading(due) as session:
        health = outbox_health(session, clock())
    assert (health.ok, health.relay_faults, health.failed) == (False, 3, 0)
    assert "the mail server refuses everybody (3 mails wait for that)" in health.sentence
    assert "Relay access denied" in health.last_error
    channel.broken = False
    assert send(channel).sent == 3
    with reading(due) as session:
        assert outbox_health(session, clock()).ok


def test_a_relay_that_refuses_everybody_is_not_asked_for_each_mail(engine, clock, tmp_path):
    found_policy(engine)
    for n in range(2 * MOST_RELAY_FAULTS):
        follow(engine, f"a{n}@clinic.example", "everything")
    publish_version(engine, LATER, a_change())
    enqueue_due(engine, LATER)
    assert (
        deliver_due(engine, RefusesEverybody(), settings_of(tmp_path), clock).relay
        == MOST_RELAY_FAULTS
    )


def test_a_sender_that_is_told_to_stop_gives_back_what_it_has_in_hand(due, send, clock):
    stop = threading.Event()

    class Slow(Recording):
        def send(self, message):
            stop.set()
            raise StoppedError("The sender was stopped while the mail server was at work.")

    assert send(Slow(), stop=stop).sentence == "1 interrupted"
    assert states(due) == ["due"] * 3
    assert send(Recording()).sent == 3, "at once, by the next"
    assert send(Recording(), stop=stop).sentence == "nothing was due"


def test_what_failed_waits_for_a_person_who_puts_it_back(due, send, clock):
    for attempt in (1, 2):
        send(Recording({"ann@clinic.example": [PermanentDeliveryError("550 5.1.1 no such user")]}))
        clock.forward(days=30)
        with reading(due) as session:
            health, (waiting,) = outbox_health(session, clock()), undelivered(session)
        assert (health.ok, health.failed) == (False, 1)
        assert "1 alert could not be delivered" in health.sentence
        assert (waiting.address, waiting.attempts, waiting.recipient_refused) == (
            "ann@clinic.example",
            attempt,
            True,
        )
        with writing(due) as session:
            assert put_back(session, [], clock()) == 1
            assert put_back(session, [], clock()) == 0
    assert send(Recording()).sent == 1
    with reading(due) as session:
        assert outbox_health(session, clock()).ok


def test_who_is_put_back_after_all_attempts_has_all_of_them_again(due, send, clock):
    channel = Recording(
        {
            "ann@clinic.example": [
                TemporaryDeliveryError("busy") for _ in range(2 * MOST_ATTEMPTS - 1)
            ]
        }
    )
    for _ in range(MOST_ATTEMPTS):
        send(channel)
        clock.forward(hours=7)
    with writing(due) as session:
        put_back(session, [undelivered(session)[0].id], clock())
    for _ in range(MOST_ATTEMPTS):
        send(channel)
        clock.forward(hours=7)
    assert states(due) == ["sent"] * 3


def test_what_can_never_be_delivered_is_dismissed_with_a_reason(due, send, clock):
    send(Recording({"ann@clinic.example": [PermanentDeliveryError("550 5.1.1 no such user")]}))
    with reading(due) as session:
        number = undelivered(session)[0].id
        sent = session.exec(select(Message.id).where(Message.state == "sent")).first()
    wrong = [
        ([number], " ", QueryError),
        ([], "why", QueryError),
        ([number, sent], "why", ConflictError),
        ([99], "why", NotFoundError),
    ]
    for numbers, why, error in wrong:
        with pytest.raises(error), writing(due) as session:
            dismiss(session, numbers, clock(), why=why, by=None)
    assert states(due)[0] == "failed", "all or nothing"
    with writing(due) as session:
        assert dismiss(session, [number], clock(), why="Left the\n clinic", by="pat") == 1
    row = messages(due)[0]
    assert (row.state, row.resolution, row.resolved_by, row.resolved_at) == (
        "dismissed",
        "Left the clinic",
        "pat",
        clock(),
    )
    assert row.error == "550 5.1.1 no such user"
    with reading(due) as session:
        assert (outbox_health(session, clock()).ok, undelivered(session)) == (True, [])


def test_a_mistyped_address_in_a_form_asks_for_nobody(engine, send, clock):
    found_policy(engine)
    with writing(engine) as session:
        asker = subscriptions.Asker(read_address("typo@clinic.example"), "somebody", KEY)
        subscriptions.subscribe(session, asker, read_topic("everything", ""), clock())
    assert (
        send(
            Recording({"typo@clinic.example": [PermanentDeliveryError("550 no such user")]})
        ).failed
        == 1
    )
    with reading(engine) as session:
        health = outbox_health(session, clock())
        assert (health.ok, health.failed, health.failed_requests) == (True, 0, 1)
        assert [row.purpose for row in undelivered(session)] == ["confirm"]


def test_who_leaves_before_the_mail_goes_gets_none(due, send):
    with writing(due) as session:
        ann = session.exec(select(Subscription)).first()
        subscriptions.end(session, ann.subscriber_id, None, LATER)
    channel = Recording()
    assert send(channel).sentence == "2 sent, 1 no longer wanted"
    assert "ann@clinic.example" not in channel.to
    assert states(due)[0] == "dropped"


def test_killed_before_the_server_had_it_nothing_is_lost(due, send, clock):
    class Kills(Recording):
        def send(self, message):
            raise Killed

    with pytest.raises(Killed):
        send(Kills())
    channel = Recording()
    assert send(channel).sent == 2, "the one that was in hand is leased"
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert send(channel).sent == 1
    assert sorted(channel.to) == ["ann@clinic.example", "bob@clinic.example", "cem@clinic.example"]
    assert "lost" in {outcome for *_, outcome in attempts(due)}


def test_killed_between_acceptance_and_commit_it_goes_out_again_under_the_same_id(
    due, send, clock, tmp_path
):
    """At least once: the one case in which a mail leaves twice.

    A mailbox knows it by its Message-ID; our own keeps one.
    """
    folder = tmp_path / "mailbox"

    class KillsAfter(MaildirChannel):
        def send(self, message):
            super().send(message)
            raise Killed

    with pytest.raises(Killed):
        send(KillsAfter(folder))
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert send(MaildirChannel(folder)).sent == 3
    assert len(kept_mails(folder)) == 3


def test_a_message_whose_senders_die_every_time_is_given_up(due, send, clock):
    class Kills(Recording):
        def send(self, message):
            if message["To"].addresses[0].addr_spec == "ann@clinic.example":
                raise Killed
            super().send(message)

    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            send(Kills())
        clock.forward(seconds=LEASE.total_seconds() + 1)
    send(Kills())
    assert states(due) == ["failed", "sent", "sent"]


def test_a_slow_recipient_keeps_its_lease_and_nobody_else_sends_it(due, clock):
    """The channel is still waiting long after the lease that was taken at first."""
    with writing(due) as session:
        slow = claim(session, "slow", clock())
    for _ in range(10):
        clock.forward(seconds=LEASE.total_seconds() / 3)
        with writing(due) as session:
            renew(session, slow, clock())
    with writing(due) as session:
        others = [claim(session, "other", clock()) for _ in range(3)]
    assert slow.id not in {claimed.id for claimed in others if claimed}
    with writing(due) as session:
        settle(session, slow, "sent", clock())


def test_the_lease_is_renewed_while_a_channel_waits(due, clock):
    with writing(due) as session:
        slow = claim(session, "slow", clock())
    clock.forward(seconds=LEASE.total_seconds() - 1)
    with renewed(due, slow, clock, every=dt.timedelta(milliseconds=5)):
        pause = threading.Event()
        for _ in range(2000):
            with reading(due) as session:
                if session.get(Message, slow.id).lease_until == clock() + LEASE:
                    break
            pause.wait(0.005)
    with reading(due) as session:
        assert session.get(Message, slow.id).lease_until == clock() + LEASE
    assert not [thread for thread in threading.enumerate() if "lease of message" in thread.name]


def test_a_renewal_that_comes_too_late_takes_nothing_back(due, clock):
    with writing(due) as session:
        slow = claim(session, "slow", clock())
    clock.forward(seconds=LEASE.total_seconds() + 1)
    with writing(due) as session:
        for _ in range(3):
            claim(session, "other", clock())
    with pytest.raises(LeaseLostError), writing(due) as session:
        renew(session, slow, clock())


def test_what_a_clock_that_was_ahead_leased_or_put_off_is_sent(due, send, clock):
    with writing(due) as session:
        claim(session, "killed", clock() + dt.timedelta(days=400))
        put_off = session.exec(select(Message).where(Message.state == "due")).first()
        put_off.due_at = clock() + dt.timedelta(days=400)
    assert send(Recording()).sent == 3


def test_a_sender_that_was_too_slow_learns_that_it_lost_the_message(due, clock):
    with writing(due) as session:
        slow = claim(session, "slow", clock())
    clock.forward(seconds=LEASE.total_seconds() + 1)
    with writing(due) as session:
        other = [claim(session, "other", clock()) for _ in range(3)]
    assert slow.id in {claimed.id for claimed in other}
    with pytest.raises(LeaseLostError), writing(due) as session:
        settle(session, slow, "sent", clock())
    mine = next(claimed for claimed in other if claimed.id == slow.id)
    with writing(due) as session:
        settle(session, mine, "sent", clock())
    assert states(due).count("sent") == 1


def test_a_letter_that_cannot_be_written_keeps_no_other_back(due, send, caplog):
    with writing(due) as session:
        broken = session.exec(select(Subscription)).first()
        broken.topic = "nonsense"
    channel = Recording()
    assert (send(channel).retry, len(channel.sent)) == (1, 2)
    assert "could not be written" in messages(due)[0].error
    assert "could not be written" in caplog.text


def test_senders_side_by_side_send_nothing_twice(engine, clock, tmp_path):
    found_policy(engine)
    for n in range(12):
        follow(engine, f"a{n}@clinic.example", "everything")
    publish_version(engine, LATER, a_change("e1"))
    publish_version(engine, LATER, a_change("e2"), version="2026-01-01")
    assert enqueue_due(engine, LATER) == 24
    start, channels = threading.Barrier(4), [Recording() for _ in range(4)]

    def work(channel):
        start.wait()
        return deliver_due(engine, channel, settings_of(tmp_path), clock).sent

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, channels))
    sent = [message["Message-ID"] for channel in channels for message in channel.sent]
    assert sum(counts) == len(sent) == len(set(sent)) == 24


class Accident(Recording):
    """A channel to which things happen, in a given order: all is well, refused for now, killed
    before, killed after.
    """

    def __init__(self, fates):
        super().__init__()
        self.fates = fates

    def send(self, message):
        fate = self.fates.pop(0) if self.fates else "well"
        if fate == "busy":
            raise TemporaryDeliveryError("busy")
        if fate == "killed before":
            raise Killed
        super().send(message)
        if fate == "killed after":
            raise Killed


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fates=st.lists(st.sampled_from(["well", "busy", "killed before", "killed after"]), max_size=9)
)
def test_whatever_happens_everybody_is_told_and_nobody_twice_but_for_a_kill_after_acceptance(
    due, clock, tmp_path, fates
):
    with writing(due) as session:
        for message in session.exec(select(Message).where(Message.purpose == "change")):
            message.state, message.attempts, message.due_at, message.owner, message.lease_until = (
                "due",
                0,
                clock(),
                None,
                None,
            )
        for attempt in session.exec(select(DeliveryAttempt)):
            session.delete(attempt)
    kills, channel = fates.count("killed after"), Accident(list(fates))
    for _ in range(len(fates) + 2):
        enqueue_due(due, clock())
        with contextlib.suppress(Killed):
            deliver_due(due, channel, settings_of(tmp_path), clock)
        clock.forward(hours=7)
    told = [message["Message-ID"] for message in channel.sent]
    assert len(set(told)) == 3
    assert len(told) <= 3 + kills
    assert states(due) == ["sent"] * 3


def test_the_outbox_says_how_it_is(due, send, clock):
    def health():
        with reading(due) as session:
            return outbox_health(session, clock())

    assert (health().due, health().ok) == (3, True)
    clock.forward(seconds=LATE.total_seconds() + 1)
    assert not health().ok
    assert "is the scheduler running" in health().sentence
    send(
        Recording(
            {
                "ann@clinic.example": [PermanentDeliveryError("550 unknown")],
                "bob@clinic.example": [TemporaryDeliveryError("450 busy")],
            }
        )
    )
    after = health()
    assert (after.due, after.retrying, after.sent, after.failed, after.ok) == (1, 1, 4, 1, False)
    assert after.last_sent_at == clock()
    assert "1 alert could not be delivered: look at them" in after.sentence
    assert after.last_error in ("550 unknown", "450 busy")
