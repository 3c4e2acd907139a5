"""A mail server that refuses an address for good, as an operator meets it: it stays visible until
somebody acts.
"""

import json

import pytest
from starlette.testclient import TestClient

from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.tables import Message
from policy_tracker.app import create_app
from policy_tracker.settings import read_settings
from policy_tracker.store.database import open_engine, reading, upgrade
from tests.alerts.channels.test_smtp import Server, running
from tests.alerts.world import START, a_change, follow, found_policy, publish_version

ANN, BOB = "ann@clinic.example", "bob@clinic.example"
TOKEN = "the-token-of-this-test-installation"


@pytest.fixture
def refusing(run, monkeypatch):
    """An installation with two alerts that are due, and a mail server that says that ann is not
    there.
    """
    with running(Server({ANN: "550 5.1.1 no such user"})) as server:
        for name, value in {
            "HOST": "127.0.0.1",
            "PORT": str(server.bound_port),
            "SECURITY": "none",
        }.items():
            monkeypatch.setenv(f"POLICY_TRACKER_SMTP_{name}", value)
        monkeypatch.setenv("POLICY_TRACKER_STAFF_TOKEN", TOKEN)
        settings = read_settings()
        engine = open_engine(settings.database)
        upgrade(engine)
        found_policy(engine)
        for address in (ANN, BOB):
            follow(engine, address, "everything")
        publish_version(engine, START, a_change())
        assert enqueue_due(engine, START) == 2
        with TestClient(
            create_app(settings, engine=engine), base_url="http://127.0.0.1:8000"
        ) as browser:
            yield run, server, browser
        engine.dispose()


def outbox(browser):
    answer = browser.get("/health")
    assert ANN not in answer.text
    return answer.json()["status"], answer.json()["outbox"]


def status(browser):
    browser.post("/status", data={"token": TOKEN}, headers={"Sec-Fetch-Site": "same-origin"})
    return browser.get("/status").text


def test_an_address_that_is_refused_stays_visible_until_somebody_acts(refusing):
    run, server, browser = refusing
    for _ in range(2):
        result = run("send")
        assert result.exit_code == 1, "a person should look, each time"
        assert (
            "1 alert could not be delivered: look at them with `policy-tracker send --failed`"
            in result.stdout
        )
    assert [recipients for _, recipients in server.envelopes] == [[BOB]]
    state, told = outbox(browser)
    assert (state, told["ok"], told["failed"]) == ("degraded", False, 1)
    (waiting,) = json.loads(run("send", "--failed", "--json").stdout)
    assert (waiting["address"], waiting["purpose"], waiting["recipient_refused"]) == (
        ANN,
        "change",
        True,
    )
    assert "550 5.1.1 no such user" in run("send", "--failed").stdout
    page = status(browser)
    assert ANN in page
    assert f"policy-tracker send --retry {waiting['id']}" in page

    again = run("send", "--retry", waiting["id"])
    assert (again.exit_code, "1 mail put back." in again.stderr) == (1, True)
    server.answers.clear()
    mended = run("send", "--retry")
    assert mended.exit_code == 0, mended.output
    assert [recipients for _, recipients in server.envelopes] == [[BOB], [ANN]]
    assert outbox(browser)[1]["ok"] is True
    assert ANN not in status(browser)


def test_an_address_that_is_gone_is_dismissed_with_a_reason(refusing):
    run, _, browser = refusing
    run("send")
    number = json.loads(run("send", "--failed", "--json").stdout)[0]["id"]
    assert run("send", "--dismiss", number).exit_code == 2, "it needs a reason"
    assert run("send", number).exit_code == 2
    assert run("send", "--retry", "--dismiss", number).exit_code == 2
    assert run("send", "--dismiss", 999, "--why", "gone").exit_code == 1
    closed = run("send", "--dismiss", number, "--why", "Ann left the clinic", "--by", "Pat")
    assert (closed.exit_code, closed.stderr) == (0, "1 mail dismissed; the reason is kept.\n")
    assert outbox(browser)[1]["ok"] is True
    with reading(browser.app.state.engine) as session:
        row = session.get(Message, number)
        assert (row.state, row.resolution, row.resolved_by) == (
            "dismissed",
            "Ann left the clinic",
            "Pat",
        )
    assert run("send").exit_code == 0
    assert run("send", "--retry").stderr == "Nothing failed, so nothing is put back.\n"


def test_a_relay_that_refuses_everybody_is_told_apart_and_loses_nobody(refusing):
    run, server, browser = refusing
    server.answers = {"MAIL": "550 5.7.1 sender not allowed to send from here"}
    result = run("send")
    assert result.exit_code == 1
    assert "Relay fault: The mail server 127.0.0.1" in result.stdout
    state, told = outbox(browser)
    assert (state, told["failed"], told["relay_faults"]) == ("degraded", 0, 2)
    assert "the mail server refuses everybody (2 mails wait for that)" in told["sentence"]
    assert "Refused by the mail server" in status(browser)
    assert run("send", "--failed").stderr == "Everything could be delivered.\n"
