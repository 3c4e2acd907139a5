"""What better rules find wrong is taken back, once, from those who were told, and from nobody else."""

import datetime as dt
import threading

import pytest
from sqlmodel import select

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.outbox import claim, deliver_due
from policy_tracker.alerts.tables import Message, Subscription
from policy_tracker.errors import PermanentDeliveryError, TemporaryDeliveryError
from policy_tracker.pipeline import reclassify
from policy_tracker.rules.changes import ActionItem, Directions, Superseded
from policy_tracker.store.database import reading, writing
from policy_tracker.store.events import events
from tests.alerts.samples import BOTH, comparison
from tests.alerts.world import (
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

HOUR = dt.timedelta(hours=1)
NARROWED = {"axis": "coverage", "direction": "narrowed"}
ADDED = {"axis": "burden", "direction": "narrowed"}


@pytest.fixture
def clock():
    return Clock(START + HOUR)


@pytest.fixture
def send(engine, clock, tmp_path):
    def deliver(channel=None):
        used = channel or Recording()
        enqueue_due(engine, clock())
        deliver_due(engine, used, settings_of(tmp_path), clock)
        return used.sent

    return deliver


@pytest.fixture
def world(engine, clock):
    """A policy, with Ann who follows everything and Bob who follows one code; a version narrows
    coverage for another one.
    """
    found_policy(engine)
    follow(engine, "ann@clinic.example", "everything")
    follow(engine, "bob@clinic.example", "code", "0691T")
    publish_version(
        engine,
        clock(),
        a_change("e1", **NARROWED, codes=BOTH[:1]),
        codes=BOTH,
        directions=Directions(coverage="narrowed"),
    )
    return engine


def better(engine, clock, *changes, **values):
    """The rules improve: of the last version other changes come out."""
    clock.forward(hours=1)
    stamp = values.pop("ruleset", f"{clock():%d%H}.1")

    def compare(before, after, **_given):
        between = {
            "from_version": before.version if before else None,
            "to_version": after.version,
            "ruleset": stamp,
        }
        if before is None:
            return comparison(**between)
        return comparison(*changes, **between, **values)

    return reclassify(engine, clock(), compare=compare)


def subjects(sent):
    return sorted((mail["To"].addresses[0].username, mail["Subject"]) for mail in sent)


def text_of(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_another_direction_is_taken_back_once_from_each_who_was_told(world, clock, send):
    assert len(send()) == 2
    better(
        world,
        clock,
        a_change("e1", **ADDED, codes=BOTH[:1]),
        directions=Directions(burden="narrowed"),
    )
    told = send()
    assert subjects(told) == [
        (
            who,
            (
                "Correction: Cigna MM 0300 from Sep 26, 2025: burden added (we told you: coverage "
                "narrowed)"
            ),
        )
        for who in ("ann", "bob")
    ]
    assert [send(), send()] == [[], []]


def test_the_mail_says_what_was_told_what_is_right_and_who_changed(world, clock, send):
    send()
    better(
        world, clock, a_change("e1", **ADDED, codes=BOTH[:1], explanation="A form is asked for."),
        directions=Directions(burden="narrowed"), summary="A form is new.",
    )  # fmt: skip
    said = text_of(send()[0])
    for words in (
        (
            "We told you wrongly about this policy on Monday, September 1, 2025. This is our "
            "correction, not a change by the payer"
        ),
        "We told you: Something became different.",
        "Right now: A form is new.",
        "We told you: ▼ coverage narrowed: Something became different.",
        "Right now: ▼ burden added: A form is asked for.",
        "Before: [-before-]",
        "After: {+after+}",
        "Coverage: coverage unchanged (we told you: ▼ coverage narrowed)",
    ):
        assert words in said, words


def test_only_what_is_to_be_done_otherwise_is_asked(world, clock, send):
    def task(text):
        return ActionItem(id=text, text=text, why="a-rule")

    publish_version(
        world,
        clock(),
        a_change("e5"),
        version="2025-11-01",
        actions=(task("Do this."), task("Do that.")),
    )
    send()
    better(
        world,
        clock,
        a_change("e6", after="More is asked."),
        actions=(task("Do this."), task("Do more.")),
    )
    said = next(said for said in map(text_of, send()) if "2025-11-01" in said)
    assert (
        "WHICH OUR MAIL DID NOT SAY - Do more. WHAT NEED NOT BE DONE, ALTHOUGH OUR MAIL SAID "
        "SO - Do that."
    ) in said
    assert "Do this." not in said


def test_who_was_told_nothing_is_told_nothing(world, clock, send):
    send()
    follow(world, "late@clinic.example", "everything", at=clock())
    follow(world, "other@clinic.example", "code", "77080", at=START)
    better(world, clock, a_change("e2", codes=BOTH), directions=Directions())
    assert {who for who, _ in subjects(send())} == {"ann", "bob"}


def test_what_a_better_rule_only_words_otherwise_is_told_to_nobody(world, clock, send):
    send()
    better(
        world,
        clock,
        a_change(
            "e1",
            rule="other-rule",
            impact="high",
            explanation="In other words.",
            **NARROWED,
            codes=BOTH[:1],
        ),
        a_change("e9", kind="editorial", substantive=False, impact="none"),
        directions=Directions(coverage="narrowed"),
        summary="In other words.",
    )
    assert send() == []
    with reading(world) as session:
        assert [one.kind for one in events(session)] == ["published"]


def test_a_change_that_is_gone_is_taken_back(world, clock, send):
    send()
    better(world, clock, change_type="reviewed_no_change")
    told = send()
    assert len(told) == 2
    assert "This is no change: the two versions do not differ so." in text_of(told[0])


def test_a_missing_change_is_told_to_those_whose_code_it_concerns(world, clock, send):
    send()
    same = a_change("e1", **NARROWED, codes=BOTH[:1])
    better(
        world,
        clock,
        same,
        a_change("e2", codes=BOTH[1:], **NARROWED),
        directions=Directions(coverage="narrowed"),
    )
    told = send()
    assert [who for who, _ in subjects(told)] == ["ann"]
    assert "Nothing: this change was missing from our mail." in text_of(told[0])


def test_a_rule_that_is_switched_off_is_no_mistake(world, clock, send):
    send()
    off = Superseded(
        difference="e1", rule="a-rule", kind="criterion_modified", by="id-e1", reason="switched_off"
    )
    better(world, clock, superseded=(off,))
    assert send() == []
    better(
        world,
        clock,
        a_change("e1", **NARROWED, codes=BOTH[:1]),
        directions=Directions(coverage="narrowed"),
    )
    assert send() == []


def test_who_has_left_is_told_nothing(world, clock, send):
    send()
    with writing(world) as session:
        for row in session.exec(select(Subscription)).all():
            subscriptions.end(session, row.subscriber_id, None, clock())
    better(world, clock)
    assert send() == []


def test_a_mail_that_never_arrived_is_not_corrected(world, clock, send):
    refused = Recording({"ann@clinic.example": [PermanentDeliveryError("no such person")]})
    send(refused)
    better(world, clock)
    assert [who for who, _ in subjects(send())] == ["bob"]


def test_a_correction_waits_for_the_mail_that_it_corrects(world, clock, send):
    late = Recording({"ann@clinic.example": [TemporaryDeliveryError("busy")] * 8})
    send(late)
    assert late.to == ["bob@clinic.example"]
    with writing(world) as session:  # its sender fell silent
        session.exec(select(Message).where(Message.state == "due")).one().due_at = (
            clock() + 3 * HOUR
        )
    better(world, clock)
    assert [who for who, _ in subjects(send())] == ["bob"]
    clock.forward(hours=2)
    clock.forward(minutes=5)
    first, second = [mail["Subject"] for mail in send()], []
    for _ in range(12):
        clock.forward(hours=1)
        second += [mail["Subject"] for mail in send()]
    told = [*first, *second]
    assert [subject.startswith("Correction") for subject in told] == [False, True], told


def test_two_improvements_before_a_mail_goes_are_one_correction(world, clock, send):
    send()
    better(world, clock, a_change("e2"))
    enqueue_due(world, clock())
    better(world, clock, a_change("e3", after="Lamps.", explanation="It is right at last."))
    told = send()
    assert [who for who, _ in subjects(told)] == ["ann", "bob"]
    assert "It is right at last." in text_of(
        next(mail for mail in told if mail["To"].addresses[0].username == "ann")
    )
    assert {message.state for message in messages(world, "correction")} == {"sent", "dropped"}
    assert send() == []


def test_what_was_right_after_all_is_taken_back_from_nobody(world, clock, send):
    """One version of the rules is wrong for a while, and no correction of it went out."""
    send()
    better(world, clock)
    enqueue_due(world, clock())
    better(
        world,
        clock,
        a_change("e1", **NARROWED, codes=BOTH[:1]),
        directions=Directions(coverage="narrowed"),
    )
    assert send() == []


def test_a_correction_that_was_wrong_is_corrected(world, clock, send):
    right = a_change("e1", **NARROWED, codes=BOTH[:1]), Directions(coverage="narrowed")
    counts = [len(send())]
    for changes, ways in (
        ((), Directions()),
        (right[:1], right[1]),
        ((), Directions()),
        (right[:1], right[1]),
    ):
        better(world, clock, *changes, directions=ways)
        counts += [len(send()), len(send())]
    assert counts == [2, 2, 0, 2, 0, 2, 0, 2, 0]


def test_rival_senders_and_a_crash_make_one_correction(world, clock, send):
    send()
    better(world, clock)
    start = threading.Barrier(3)

    def match():
        start.wait()
        enqueue_due(world, clock())

    threads = [threading.Thread(target=match) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with writing(world) as session:  # a sender dies with a message in its hands
        assert claim(session, "dead", clock()) is not None
    clock.forward(hours=1)
    assert [who for who, _ in subjects(send())] == ["ann", "bob"]
    assert send() == []


def test_a_later_correction_of_the_record_goes_by_what_is_right(world, clock, send):
    send()
    better(world, clock, a_change("e2", codes=BOTH))
    send()
    clock.forward(hours=1)
    publish_version(
        world,
        clock(),
        a_change("e2", codes=BOTH),
        corrects="a typing mistake",
        scope="more",
        codes=BOTH,
    )
    assert send() == [], "they know e2 from the correction"
