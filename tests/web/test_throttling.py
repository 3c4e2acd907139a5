"""Who asks too often is told when to ask again: log-ins and requests for mails, per client and in
all, on both databases.
"""

import datetime as dt

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.subscriptions import PER_ADDRESS, PER_REMOTE
from policy_tracker.alerts.tables import MailRequest, Message
from policy_tracker.app import create_app
from policy_tracker.store.database import reading, writing
from policy_tracker.store.limits import IN_ALL, PER_CLIENT, LoginFailure, when_words
from tests.alerts.world import START, Clock, settings_of

TOKEN = "the-token-of-this-test-installation"
(QUARTER, WRONG_TOKENS), (_, WRONG_TOKENS_A_DAY) = PER_CLIENT
HERE = {"Sec-Fetch-Site": "same-origin"}


class Site:
    """An installation behind a proxy at 10.0.0.1, asked by many clients; `web` is one of several
    processes on one database.
    """

    def __init__(self, engine, folder, clock):
        self.engine, self.clock = engine, clock
        settings = settings_of(folder, staff_token=TOKEN, trusted_proxies="10.0.0.1")
        self.web = TestClient(
            create_app(settings, engine=engine, clock=clock),
            client=("10.0.0.1", 5),
            follow_redirects=False,
        )

    def log_in(self, token="wrong", client="198.51.100.1"):
        return self.web.post(
            "/status", data={"token": token}, headers={**HERE, "X-Forwarded-For": client}
        )

    def subscribe(self, email, client="198.51.100.1"):
        form = {"email": email, "kind": "everything"}
        return self.web.post(
            "/alerts", data=form, headers={**HERE, "X-Forwarded-For": f"203.0.113.99, {client}"}
        )


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site(engine, tmp_path, clock):
    return Site(engine, tmp_path, clock)


def count(engine, table):
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_wrong_tokens_are_throttled_and_so_is_the_right_one_then(site, engine, tmp_path, clock):
    for _ in range(WRONG_TOKENS):
        assert site.log_in().status_code == 401
    refused = site.log_in(TOKEN)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == str(int(QUARTER.total_seconds()))
    assert "try again in 15 minutes (after 12:15 UTC)" in refused.text
    assert "set-cookie" not in refused.headers
    assert Site(engine, tmp_path, clock).log_in(TOKEN).status_code == 429, (
        "in every process, and after a new start"
    )
    assert site.log_in(TOKEN, "198.51.100.2").status_code == 303, "another client"
    clock.forward(seconds=QUARTER.total_seconds() - 1)
    assert site.log_in(TOKEN).headers["retry-after"] == "1"
    clock.forward(seconds=1)
    assert site.log_in(TOKEN).status_code == 303


def test_who_goes_on_patiently_is_stopped_for_the_day(site, clock):
    for _ in range(WRONG_TOKENS_A_DAY // WRONG_TOKENS):
        for _ in range(WRONG_TOKENS):
            assert site.log_in().status_code == 401
        clock.forward(seconds=QUARTER.total_seconds())
    refused = site.log_in()
    assert refused.status_code == 429
    assert "hours (after 12:00 UTC on 2025-09-02)" in refused.text


def test_many_clients_together_are_stopped_and_leave_a_bounded_trace(site, engine, clock):
    ((hour, most),) = IN_ALL
    answers = [site.log_in(client=f"192.0.2.{n}").status_code for n in range(most + 20)]
    assert answers == [401] * most + [429] * 20
    assert count(engine, LoginFailure) == most
    clock.forward(days=2)
    assert site.log_in().status_code == 401
    assert count(engine, LoginFailure) == 1, "what no limit looks back to is forgotten"
    assert hour <= dt.timedelta(hours=1), "staff is not kept out for longer by strangers"


def test_failures_that_a_clock_wrote_down_for_later_keep_nobody_out(site, engine, clock):
    clock.forward(days=400)
    for _ in range(WRONG_TOKENS):
        site.log_in()
    clock.at = START
    assert site.log_in(TOKEN).status_code == 303
    assert site.log_in().status_code == 401
    assert count(engine, LoginFailure) == 1


def test_behind_a_proxy_each_client_has_its_own_limit_of_requests(site):
    (hour, most), *_ = PER_REMOTE
    for n in range(most):
        assert site.subscribe(f"a{n}@clinic.example").status_code == 303
    refused = site.subscribe("ann@clinic.example")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == str(int(hour.total_seconds()))
    assert "Please try again in an hour (after 13:00 UTC)" in refused.text
    assert site.subscribe("ann@clinic.example", "198.51.100.2").status_code == 303, (
        "the others are not kept out"
    )
    link = site.web.post(
        "/alerts/manage",
        data={"email": "ann@clinic.example"},
        headers={**HERE, "X-Forwarded-For": "198.51.100.1"},
    )
    assert (link.status_code, link.headers["retry-after"]) == (429, "3600")


def test_an_address_is_not_flooded_and_who_asks_learns_nothing(site, engine, clock):
    (_, most), *_ = PER_ADDRESS
    for n in range(most + 3):
        clock.forward(minutes=1)
        assert site.subscribe("ann@clinic.example", f"198.51.100.{n}").status_code == 303
    assert count(engine, Message) == most


def test_all_together_are_bounded_too(site, engine, clock):
    (_, most), *_ = subscriptions.IN_ALL
    with writing(engine) as session:
        session.add_all(
            [
                MailRequest(address_hash=f"a{n}", remote_hash=f"r{n}", at=clock())
                for n in range(most)
            ]
        )
    clock.forward(minutes=20)
    refused = site.subscribe("ann@clinic.example")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2400")
    assert "of this site" in refused.text
    clock.forward(minutes=40)
    assert site.subscribe("ann@clinic.example").status_code == 303


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "in a minute (after 12:00 UTC)"),
        (61, "in 2 minutes (after 12:01 UTC)"),
        (3600, "in an hour (after 13:00 UTC)"),
        (3601, "in 2 hours (after 13:00 UTC)"),
        (86400, "in 24 hours (after 12:00 UTC on 2025-09-02)"),
    ],
)
def test_when_to_try_again_in_words(seconds, words):
    assert when_words(START + dt.timedelta(seconds=seconds), START) == words
