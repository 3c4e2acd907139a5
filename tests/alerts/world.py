"""A small world for alerts: a policy in the store, occasions about it, people who follow it, and
channels in a test's hands.
"""

import datetime as dt

from sqlmodel import select

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.addresses import read_address
from policy_tracker.alerts.tables import Message, Subscription
from policy_tracker.alerts.topics import read_topic
from policy_tracker.pipeline import load
from policy_tracker.record import Payer
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.settings import read_settings
from policy_tracker.store.database import reading, writing
from tests.alerts.samples import change, comparison, record

START = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
KEY = "the-key-of-this-test-installation"


class Clock:
    """The time, which moves only when it is told to."""

    def __init__(self, at=START):
        self.at = at

    def __call__(self):
        return self.at

    def forward(self, **span):
        self.at += dt.timedelta(**span)
        return self.at


class Recording:
    """A channel that keeps what it is given; `answers` (by address) are errors to raise instead,
    one after the other.
    """

    def __init__(self, answers=None):
        self.sent, self.answers, self.connects, self.closed = [], answers or {}, 0, 0

    def connect(self):
        self.connects += 1

    def send(self, message):
        address = message["To"].addresses[0].addr_spec
        waiting = self.answers.get(address)
        if waiting:
            raise waiting.pop(0)
        self.sent.append(message)

    def close(self):
        self.closed += 1

    @property
    def to(self):
        return [message["To"].addresses[0].addr_spec for message in self.sent]


def settings_of(folder, **values):
    return read_settings(
        data_dir=folder,
        secret_key=KEY,
        base_url="https://tracker.example",
        mail_from="Policy Tracker <alerts@tracker.example>",
        **values,
    )


def found_policy(engine, at=START, payer="cigna", policy="mm-0300", fixture=False):
    """A payer with a policy and its first version, of the year 2024; that is news to nobody."""
    _load(
        engine, at, _nothing, _version(payer, policy, "2024-01-01"), payers=[_payer(payer, fixture)]
    )


def publish_version(
    engine, at, *changes, version="2025-09-26", payer="cigna", policy="mm-0300", **values
):
    """A version with `changes` against the one before it; a corrected one with `corrects`.

    The rest of `values` is for the verdict.
    """
    about = {name: values.pop(name) for name in ("corrects", "scope") if name in values}

    def compare(before, after, *, alignment=None):
        between = {"from_version": before.version if before else None, "to_version": after.version}
        return comparison(*changes, payer=payer, policy=policy, **between, **values)

    _load(engine, at, compare, _version(payer, policy, version, **about), payers=[])


def withdraw_version(engine, at, version="2025-09-26", payer="cigna", policy="mm-0300"):
    _load(
        engine,
        at,
        _nothing,
        _version(payer, policy, version, withdrawn={"why": "issued by mistake"}),
        payers=[],
    )


def _nothing(before, after, *, alignment=None):
    return comparison(
        payer=after.payer, policy=after.policy, from_version=None, to_version=after.version
    )


def _payer(slug, fixture):
    return Payer(record=1, payer=slug, name=f"{slug.title()} Healthcare", fixture=fixture)


def _version(payer, policy, version, **values):
    dates = {"effective": {"date": version, "raw": version}}
    return record(
        payer=payer,
        policy=policy,
        version=version,
        dates=dates,
        aliases=[policy.upper().replace("-", " ")],
        **values,
    )


def _load(engine, at, compare, *records, payers):
    """Through the front door, with a comparison that the test chooses."""
    checked = Checked(
        payers=tuple(payers), records=tuple(Sourced(one, f"{one.version}.yaml") for one in records)
    )
    report = load(engine, checked, at, compare=compare)
    assert len(report.changed) == len(records), report


def follow(engine, address, kind, value="", at=START, confirm=True):
    """Somebody follows something; the number of the subscription.

    The mail that asks for confirmation counts as sent.
    """
    with writing(engine) as session:
        return follow_in(session, address, kind, value, at=at, confirm=confirm)


def follow_in(session, address, kind, value="", at=START, confirm=True):
    """The same in a transaction of the caller's, who may have many people to add."""
    asker = subscriptions.Asker(read_address(address), f"from {address}", KEY)
    topic = read_topic(kind, value)
    subscriptions.subscribe(session, asker, topic, at)
    subscription = session.exec(
        select(Subscription)
        .where(Subscription.topic == topic.text)
        .order_by(Subscription.id.desc())
    ).first()
    for message in session.exec(
        select(Message).where(Message.purpose != "change", Message.state == "due")
    ):
        message.state = "sent"
    if confirm:
        subscriptions.confirm(session, (subscription.id, subscription.generation), at)
    return subscription.id


def messages(engine, purpose="change"):
    with reading(engine) as session:
        rows = session.exec(
            select(Message).where(Message.purpose == purpose).order_by(Message.id)
        ).all()
        session.expunge_all()
    return rows


def a_change(difference="e1", **values):
    return change(difference, **values)
