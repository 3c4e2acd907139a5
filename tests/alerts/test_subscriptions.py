import datetime as dt

import pytest
from sqlmodel import select

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.addresses import read_address
from policy_tracker.alerts.subscriptions import PER_ADDRESS, PER_REMOTE, Asker, TooManyRequestsError
from policy_tracker.alerts.tables import MailRequest, Message, Subscriber, Subscription
from policy_tracker.alerts.topics import read_topic
from policy_tracker.errors import LinkError
from policy_tracker.store.database import reading, writing
from tests.alerts.world import KEY, START, follow, messages

MINUTE = dt.timedelta(minutes=1)
CODE = read_topic("code", "0691T")


def ask(engine, address="ann@clinic.example", topic=CODE, at=START, remote="192.0.2.1"):
    with writing(engine) as session:
        subscriptions.subscribe(session, Asker(read_address(address), remote, KEY), topic, at)


def the(engine, table):
    with reading(engine) as session:
        rows = session.exec(select(table)).all()
        session.expunge_all()
    return rows


def confirm(engine, numbers, at=START):
    with writing(engine) as session:
        return subscriptions.confirm(session, numbers, at).id


def test_a_request_is_not_active_before_it_is_confirmed(engine):
    ask(engine)
    (subscription,) = the(engine, Subscription)
    (message,) = messages(engine, "confirm")
    assert message.subscriptions == [subscription.id]
    with reading(engine) as session:
        assert subscriptions.active(session, subscription.subscriber_id) == []
    confirm(engine, (subscription.id, 1), START + MINUTE)
    confirm(engine, (subscription.id, 1), START + 9 * MINUTE)
    (subscription,) = the(engine, Subscription)
    assert subscription.confirmed_at == START + MINUTE, "the first confirmation counts"


def test_one_person_under_every_spelling(engine):
    for spelling in ("Ann@Clinic.Example", "ann@clinic.example"):
        ask(engine, spelling)
    assert [row.address for row in the(engine, Subscriber)] == ["Ann@clinic.example"]
    assert len(the(engine, Subscription)) == 1


def test_a_newer_request_voids_the_older_link(engine):
    ask(engine)
    ask(engine, at=START + MINUTE)
    (subscription,) = the(engine, Subscription)
    assert len(messages(engine, "confirm")) == 2
    with pytest.raises(LinkError):
        confirm(engine, (subscription.id, 1))
    confirm(engine, (subscription.id, 2))


def test_a_replayed_confirmation_does_not_undo_an_ending(engine):
    number = follow(engine, "ann@clinic.example", "code", "0691T")
    with writing(engine) as session:
        subscriber = session.get_one(Subscription, number).subscriber_id
        assert subscriptions.end(session, subscriber, None, START + MINUTE) == 1
    with pytest.raises(LinkError):
        confirm(engine, (number, 1), START + 2 * MINUTE)
    ask(engine, at=START + 3 * MINUTE)
    with pytest.raises(LinkError):
        confirm(engine, (number, 1), START + 4 * MINUTE)
    confirm(engine, (number, 2), START + 4 * MINUTE)


@pytest.mark.parametrize("numbers", [(), (1,), (99, 1), (1, 2, 3)])
def test_numbers_of_nothing_confirm_nothing(engine, numbers):
    with pytest.raises(LinkError):
        confirm(engine, numbers)


def test_who_follows_already_gets_the_link_to_manage_and_the_asker_the_same_answer(engine):
    follow(engine, "ann@clinic.example", "code", "0691T")
    ask(engine, at=START + MINUTE)
    assert [message.state for message in messages(engine, "manage")] == ["due"]
    assert [message.state for message in messages(engine, "confirm")] == ["sent"]


def test_asking_for_the_link_tells_nothing_about_an_address(engine):
    follow(engine, "ann@clinic.example", "code", "0691T")
    for address in ("ann@clinic.example", "stranger@clinic.example"):
        with writing(engine) as session:
            assert (
                subscriptions.ask_to_manage(
                    session, Asker(read_address(address), "192.0.2.1", KEY), START
                )
                is None
            )
    assert len(messages(engine, "manage")) == 1


def test_an_address_gets_a_few_mails_an_hour_and_the_asker_does_not_learn_it(engine):
    (hour, most), *_ = PER_ADDRESS
    for n in range(most + 3):
        ask(engine, remote=f"192.0.2.{n}", at=START + n * MINUTE)
    assert len(messages(engine, "confirm")) == most
    ask(engine, at=START + hour + 8 * MINUTE, remote="192.0.2.99")
    assert len(messages(engine, "confirm")) == most + 1


def test_a_client_is_stopped_whatever_the_address(engine):
    (hour, most), *_ = PER_REMOTE
    for n in range(most):
        ask(engine, f"a{n}@clinic.example")
    with pytest.raises(TooManyRequestsError):
        ask(engine, "another@clinic.example")
    ask(engine, "another@clinic.example", remote="192.0.2.2")
    ask(engine, "later@clinic.example", at=START + hour + MINUTE)


def test_requests_are_counted_without_keeping_who_asked(engine):
    ask(engine)
    (request,) = the(engine, MailRequest)
    assert "192.0.2.1" not in request.remote_hash
    assert "ann" not in request.address_hash


def test_a_subscriber_follows_a_bounded_number(engine, monkeypatch):
    monkeypatch.setattr(subscriptions, "MOST_TOPICS", 2)
    for code in ("0691T", "0743T", "77080"):
        ask(engine, topic=read_topic("code", code))
    assert len(the(engine, Subscription)) == 2


def test_ending_touches_no_stranger(engine):
    mine = follow(engine, "ann@clinic.example", "code", "0691T")
    theirs = follow(engine, "bob@clinic.example", "code", "0691T")
    with writing(engine) as session:
        ann = session.get_one(Subscription, mine).subscriber_id
        assert subscriptions.end(session, ann, [theirs], START) == 0
        assert subscriptions.end(session, ann, [mine, theirs], START) == 1
    with reading(engine) as session:
        assert session.get_one(Subscription, theirs).ended_at is None


def test_what_was_never_confirmed_is_forgotten_with_the_address(engine):
    follow(engine, "ann@clinic.example", "code", "0691T")
    follow(engine, "bob@clinic.example", "code", "0691T", confirm=False)
    follow(engine, "ann@clinic.example", "code", "0743T", confirm=False)
    with writing(engine) as session:
        assert subscriptions.forget(session, START + dt.timedelta(days=2)) == 0
    with writing(engine) as session:
        assert subscriptions.forget(session, START + dt.timedelta(days=4)) == 2
    assert [row.address for row in the(engine, Subscriber)] == ["ann@clinic.example"]
    assert [row.topic for row in the(engine, Subscription)] == ["code:CPT:0691T"]
    assert {row.subscriber_id for row in the(engine, Message)} == {the(engine, Subscriber)[0].id}
    assert the(engine, MailRequest) == []
