"""What each mail says: the change, the request to confirm, the link to manage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.alerts.change_summary import (
    ChangeSummary,
    code_of,
    codes_in_short,
    directions,
    subject_of,
    takes_effect,
    tasks_by_day,
    told_changes,
    unclassified_words,
)
from policy_tracker.alerts.correction_summary import (
    amended,
    further,
    subject_of_correction,
    tasks_apart,
    turns,
)
from policy_tracker.alerts.links import LIFETIMES
from policy_tracker.alerts.mail import Envelope, compose
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.declared import reconciled_sentence
from policy_tracker.pages.formatting import long_date, sentence
from policy_tracker.pages.on_file import checked_words
from policy_tracker.pages.sourcing import disagreements_of
from policy_tracker.rules.words import impact_words
from policy_tracker.settings import today

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from email.message import EmailMessage

    from policy_tracker.alerts.corrections import Correction
    from policy_tracker.alerts.links import Links
    from policy_tracker.settings import Settings


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a mail goes to: the address, and the subscriber's number for its links."""

    address: str
    subscriber: int


@dataclass(frozen=True, slots=True)
class Office:
    """What every letter needs of the installation that sends it."""

    settings: Settings
    links: Links


@dataclass(frozen=True, slots=True)
class Post:
    """How a letter goes.

    Its message's `number`, to which the unsubscribe link is bound, and `key`; when it was put into
    the outbox (`at`), and when it is made.
    """

    number: int
    key: str
    at: dt.datetime
    now: dt.datetime


def change_mail(
    office: Office,
    news: ChangeSummary,
    to: Recipient,
    reasons: Sequence[str],
    *,
    number: int,
    key: str,
    at: dt.datetime,
    now: dt.datetime,
) -> EmailMessage:
    """The mail about a published change.

    `reasons` are the matters that the recipient follows, in words; `number` is the message's, to
    which its unsubscribe link is bound; `at` is when the change was put into the outbox, `now` when
    the mail is made.
    """
    comparison, record = news.comparison, news.record
    starts, start_day, ground = takes_effect(news, today(office.settings, now))
    unsubscribe = office.links.url("unsubscribe", [number], at)
    ways = [
        {"sign": sign, "words": words, "text": f"{sign} {words}", "class": way}
        for (sign, words), (_, way) in zip(
            directions(news), comparison.verdict.direction.moved(), strict=True
        )
    ]
    return compose(
        "change",
        Envelope(to.address, key, at, unsubscribe),
        office.settings,
        subject=subject_of(news),
        news=news,
        verdict=comparison.verdict,
        starts=starts,
        start_day=start_day,
        ground=ground,
        ways=ways,
        impact=impact_words(comparison.verdict.impact),
        codes=codes_in_short(news.comparison.verdict),
        disagreements=disagreements_of(record),
        told=told_changes(news),
        mine=[code_of(topic) for topic in news.codes_followed],
        unclassified=unclassified_words(news),
        reconciled=reconciled_sentence(comparison),
        tasks=tasks_by_day(comparison.actions),
        secondary=record.source_kind == "secondary",
        checked=sentence(f"text on file, {checked_words(news.checked_on)}"),
        reasons=list(reasons),
        compare_url=office.links.page(_compare_path(news)),
        manage_url=office.links.url("manage", [to.subscriber], now),
        unsubscribe_url=unsubscribe,
    )


def correction_mail(
    office: Office,
    news: ChangeSummary,
    amends: Correction,
    to: Recipient,
    reasons: Sequence[str],
    *,
    told_at: dt.datetime | None,
    post: Post,
) -> EmailMessage:
    """The mail that takes back what `amends` finds wrong in the mail of `told_at`; `news` is what
    is right now.
    """
    starts, start_day, ground = takes_effect(news, today(office.settings, post.now))
    asked, not_needed = tasks_apart(news, amends)
    unsubscribe = office.links.url("unsubscribe", [post.number], post.at)
    return compose(
        "correction",
        Envelope(to.address, post.key, post.at, unsubscribe),
        office.settings,
        subject=subject_of_correction(news, amends),
        news=news,
        told_on=long_date(today(office.settings, told_at)) if told_at else None,
        told_summary=amends.told.comparison.verdict.summary,
        summary=news.comparison.verdict.summary,
        starts=starts,
        start_day=start_day,
        ground=ground,
        turns=turns(news, amends),
        amended=amended(news, amends),
        count=len(amends.findings),
        further=further(amends),
        tasks=tasks_by_day(asked),
        not_needed=not_needed,
        reasons=list(reasons),
        compare_url=office.links.page(_compare_path(news)),
        manage_url=office.links.url("manage", [to.subscriber], post.now),
        unsubscribe_url=unsubscribe,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked to follow, in words: the `topic` (`code 0691T`), `when` a mail comes, and
    what limits that (`reach`).
    """

    topic: str
    when: str
    reach: str | None = None


def confirm_mail(
    office: Office,
    to: Recipient,
    asked: Asked,
    *,
    numbers: Sequence[int],
    key: str,
    at: dt.datetime,
) -> EmailMessage:
    """The mail that asks whether alerts are wanted.

    The link is bound to `numbers` (subscription and generation), and its time runs from `at`, when
    it was asked for.
    """
    lifetime = LIFETIMES["confirm"]
    assert lifetime is not None, "a confirmation expires"  # noqa: S101
    return compose(
        "confirm",
        Envelope(to.address, key, at),
        office.settings,
        topic=asked.topic,
        when=asked.when,
        reach=asked.reach,
        until=long_date(today(office.settings, at + lifetime)),
        confirm_url=office.links.url("confirm", numbers, at),
    )


def manage_mail(
    office: Office, to: Recipient, topics: Sequence[str], *, key: str, at: dt.datetime
) -> EmailMessage:
    """The mail with the link to everything that the recipient follows (`topics`, in words)."""
    lifetime = LIFETIMES["manage"]
    assert lifetime is not None, "a manage link expires"  # noqa: S101
    return compose(
        "manage",
        Envelope(to.address, key, at),
        office.settings,
        topics=list(topics),
        until=long_date(today(office.settings, at + lifetime)),
        manage_url=office.links.url("manage", [to.subscriber], at),
    )


def _compare_path(news: ChangeSummary) -> str:
    """The comparison's page, or the version's where there is nothing to compare it with."""
    to, comparison = Addresses(), news.comparison
    if comparison.from_version is None:
        return to.version(comparison.payer, comparison.policy, comparison.to_version)
    return to.compare(
        comparison.payer, comparison.policy, comparison.from_version, comparison.to_version
    )
