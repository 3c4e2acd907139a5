"""Whether a person looked at a record is said the same way wherever it is shown: pages, feeds,
mails, API, terminal and static site.
"""

from datetime import timedelta
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.outbox import deliver_due
from policy_tracker.cli import app
from policy_tracker.intake import accept_review
from policy_tracker.pages.static_site import render_site
from policy_tracker.pipeline import load
from policy_tracker.store.database import reading
from policy_tracker.store.lookup import lookup
from policy_tracker.store.queries import get_version
from policy_tracker.store.views import Question, ReviewState
from tests.alerts.world import Recording, follow
from tests.alerts.world import settings_of as mail_settings
from tests.store.making import checked, day, version
from tests.test_review import read, vouch
from tests.web.world import NOW, audit, client_of, opened, settings_at

HAND, READ, REVIEWED = "2024-01-01", "2025-01-01", "2025-06-01"
DECIDED = NOW - timedelta(days=2)
WORDS = {
    HAND: "recorded by hand",
    READ: "read automatically, not reviewed",
    REVIEWED: "reviewed by Ada on September 12, 2025",
}


@pytest.fixture
def world(tmp_path):
    """One policy: a version written by hand, one that published itself, and one that a person
    accepted; and somebody who follows it.
    """
    made = opened(tmp_path)
    load(made, checked(version(HAND)), NOW - timedelta(days=10))
    vouch(made, "acme")
    enqueue_due(made, NOW - timedelta(days=10))
    follow(made, "ann@clinic.example", "code", "10001", at=NOW - timedelta(days=9))
    tell(made, tmp_path, NOW - timedelta(days=9))
    yield made
    made.dispose()


def publish_read(engine):
    record = read(READ, position="not_covered", text="Prism therapy is not covered.")
    assert load(engine, checked(record), NOW - timedelta(days=5)).changed


def publish_reviewed(engine):
    (row,) = load(engine, checked(read(REVIEWED, recorded=0.1)), NOW - timedelta(days=4)).loaded
    assert row.outcome == "needs_review"
    accept_review(engine, row.review, DECIDED, by="Ada")


def tell(engine, folder, at):
    channel = Recording()
    enqueue_due(engine, at)
    deliver_due(engine, channel, mail_settings(folder), lambda: at)
    return channel.sent


def test_pages_and_feed_say_it(world, tmp_path):
    publish_read(world)
    publish_reviewed(world)
    with client_of(world, tmp_path) as client:
        for label, words in WORDS.items():
            page = audit(client.get(f"/policies/acme/p-1/{label}").text).text
            assert words[1:] in page, label  # it may begin a sentence
            others = [said for other, said in WORDS.items() if other != label]
            assert not any(said[1:] in page for said in others), label
        assert WORDS[REVIEWED][1:] in audit(client.get("/policies/acme/p-1").text).text
        step = audit(client.get(f"/policies/acme/p-1/compare/{READ}...{REVIEWED}").text).text
        assert WORDS[READ] in step
        assert WORDS[REVIEWED] in step
        assert WORDS[REVIEWED] in audit(client.get("/codes/10001").text).text
        assert WORDS[HAND] in audit(client.get("/codes/10001?as_of=2024-06-01").text).text
        assert WORDS[READ] in audit(client.get("/codes/10001?as_of=2025-03-01").text).text
        rows = audit(client.get("/").text).text
        atom = client.get("/changes.atom").text
    for label in (READ, REVIEWED):
        assert WORDS[label] in rows
        assert f"Version {label}: {WORDS[label]}." in atom


def test_a_mail_says_it_in_both_of_its_forms(world, tmp_path):
    publish_read(world)
    (mail,) = tell(world, tmp_path, NOW - timedelta(days=5))
    publish_reviewed(world)
    (later,) = tell(world, tmp_path, DECIDED)
    for message, label, other in ((mail, READ, REVIEWED), (later, REVIEWED, READ)):
        for kind in ("plain", "html"):
            text = " ".join(message.get_body((kind,)).get_content().split())
            assert f"Version {label}: {WORDS[label]}." in text, kind
            assert WORDS[other] not in text, kind


def test_the_api_has_the_state_and_its_words(world, tmp_path):
    publish_read(world)
    publish_reviewed(world)
    ada = {"state": "reviewed", "by": "Ada", "on": "2025-09-12", "words": WORDS[REVIEWED]}
    unreviewed = {"state": "not_reviewed", "by": None, "on": None, "words": WORDS[READ]}
    ada, unreviewed = ({**state, "doubted": False, "moved": False} for state in (ada, unreviewed))
    with client_of(world, tmp_path) as client:
        assert (
            client.get(f"/v1/policies/acme/p-1/versions/{REVIEWED}").json()["review_state"] == ada
        )
        (answer,) = client.get("/v1/codes/10001?as_of=2025-07-01").json()["policies"]
        assert answer["review_state"] == ada
        (answer,) = client.get("/v1/codes/10001?as_of=2025-03-01").json()["policies"]
        assert answer["review_state"] == unreviewed
        (answer,) = client.get("/v1/codes/10001?as_of=2024-06-01").json()["policies"]
        assert (answer["review_state"]["state"], answer["review_state"]["words"]) == (
            "recorded_by_hand",
            WORDS[HAND],
        )
        assert (
            client.get("/v1/policies/acme/p-1/as-of?date=2025-07-01").json()["review_state"] == ada
        )


def test_the_terminal_and_the_static_site_say_it(world, tmp_path, monkeypatch):
    publish_read(world)
    publish_reviewed(world)
    monkeypatch.setenv("POLICY_TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("POLICY_TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'pages.sqlite'}")
    monkeypatch.setenv("COLUMNS", "200")
    history = " ".join(CliRunner().invoke(app, ["history", "acme/p-1"]).stdout.split())
    assert all(words in history for words in WORDS.values())
    answer = CliRunner().invoke(app, ["lookup", "10001", "--as-of", "2025-07-01"])
    assert WORDS[REVIEWED] in " ".join(answer.stdout.split())
    target = tmp_path / "site"
    with reading(world) as session:
        render_site(session, target, settings_at(tmp_path), NOW)
    for label, words in WORDS.items():
        pages = [
            path.read_text()
            for path in target.rglob("*.html")
            if quote(label) in str(path) and "compare" not in str(path)
        ]
        assert pages
        assert any(words[1:] in page for page in pages), label


def test_who_asks_what_was_known_before_the_review_is_told_of_none(world):
    publish_read(world)
    (row,) = load(world, checked(read(REVIEWED, recorded=0.1)), NOW - timedelta(days=4)).loaded
    accept_review(world, row.review, DECIDED, by="Ada")
    with reading(world) as session:
        known = [DECIDED - timedelta(hours=1), DECIDED, None]
        found = [
            lookup(session, "10001", Question(as_of=day("2025-07-01"), known_at=at)).policies[0]
            for at in known
        ]
        assert [(one.governing.version, one.review_state.state) for one in found] == [
            (READ, "not_reviewed"), (REVIEWED, "reviewed"), (REVIEWED, "reviewed"),
        ]  # fmt: skip
        assert get_version(session, "acme", "p-1", REVIEWED, DECIDED).review_state == ReviewState(
            state="reviewed", by="Ada", on=DECIDED.date()
        )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            {"state": "reviewed", "by": "Ada", "on": day("2026-01-05")},
            "reviewed by Ada on January 5, 2026",
        ),
        ({"state": "reviewed", "on": day("2026-01-05")}, "reviewed on January 5, 2026"),
        ({"state": "reviewed", "by": "Ada"}, "reviewed by Ada"),
        ({"state": "reviewed"}, "reviewed"),
    ],
)
def test_what_is_not_known_of_a_review_is_left_out(state, words):
    assert ReviewState(**state).words == words
