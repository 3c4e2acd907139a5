"""Subscribing, confirming, managing and leaving as people and mail programs do it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from policy_tracker.alerts.channels.maildir import MaildirChannel, kept_mails
from policy_tracker.alerts.links import LIFETIMES, Links
from policy_tracker.alerts.matching import enqueue_due
from policy_tracker.alerts.outbox import deliver_due
from policy_tracker.alerts.subscriptions import PER_REMOTE
from policy_tracker.alerts.tables import Message, Subscription
from policy_tracker.app import create_app
from policy_tracker.store.database import reading
from tests.alerts.samples import BOTH
from tests.alerts.world import KEY, Clock, a_change, found_policy, publish_version, settings_of

FORM = {"email": "ann@clinic.example", "kind": "code", "code": "0691T"}


class Installation:
    """A running installation with its mailbox, seen through a browser that does not follow
    redirects by itself.
    """

    def __init__(self, engine, folder):
        self.engine, self.clock, self.settings = engine, Clock(), settings_of(folder)
        self.browser = TestClient(
            create_app(self.settings, engine=engine, clock=self.clock),
            client=("127.0.0.1", 50000),
            follow_redirects=False,
        )

    def post(self, path, data, **headers):
        return self.browser.post(
            path, data=data, headers={"Sec-Fetch-Site": "same-origin", **headers}
        )

    def deliver(self):
        enqueue_due(self.engine, self.clock())
        channel = MaildirChannel(self.settings.data_dir / "mailbox")
        return deliver_due(self.engine, channel, self.settings, self.clock)

    def mails(self):
        return [kept.message for kept in kept_mails(self.settings.data_dir / "mailbox")]

    def link(self, purpose):
        """The link of that purpose in the newest mail that has one, as path and query."""
        found = [
            re.findall(
                rf"https://tracker\.example(/alerts/{purpose}\?\S+)",
                mail.get_body(("plain",)).get_content(),
            )
            for mail in self.mails()
        ]
        return next(links[0] for links in found if links)

    def subscribe(self, **form):
        answer = self.post("/alerts", {**FORM, **form})
        assert (answer.status_code, answer.headers["location"]) == (303, "/alerts?sent=1"), (
            answer.text
        )
        self.deliver()

    def confirm(self):
        token = token_of(self.link("confirm"))
        assert self.post("/alerts/confirm", {"token": token}).status_code == 303
        return token

    def follow(self, **form):
        self.subscribe(**form)
        return self.confirm()

    def publish(self, version="2025-09-26", **values):
        self.clock.forward(hours=1)
        publish_version(
            self.engine,
            self.clock(),
            a_change(f"e-{version}", codes=BOTH, **values),
            version=version,
            codes=BOTH,
        )
        self.deliver()

    def active(self):
        with reading(self.engine) as session:
            rows = session.exec(select(Subscription)).all()
            return sorted(row.topic for row in rows if row.confirmed_at and not row.ended_at)


def token_of(link):
    return parse_qs(urlsplit(link).query)["token"][0]


@pytest.fixture
def place(sqlite_engine, tmp_path):
    found_policy(sqlite_engine)
    return Installation(sqlite_engine, tmp_path / "var")


def test_from_the_form_to_the_last_mail(engine, tmp_path):
    found_policy(engine)
    place = Installation(engine, tmp_path / "var")
    assert "Send me the confirmation" in place.browser.get("/alerts").text
    place.subscribe()
    assert place.active() == []
    page = place.browser.get(place.link("confirm"))
    assert "Confirm alerts about code 0691T" in page.text
    place.confirm()
    assert place.active() == ["code:CPT:0691T"]
    assert "You follow code 0691T" in place.browser.get(place.link("confirm")).text
    place.publish()
    news = place.mails()[0] if "MM 0300" in place.mails()[0]["Subject"] else place.mails()[1]
    assert news["Subject"].startswith("Cigna MM 0300 from Sep 26, 2025")
    assert place.deliver().sent == 0
    one_click = urlsplit(news["List-Unsubscribe"].strip("<>"))
    # a mail program: no cookies, no origin
    stranger = TestClient(place.browser.app, follow_redirects=False)
    answer = stranger.post(
        f"{one_click.path}?{one_click.query}", data={"List-Unsubscribe": "One-Click"}
    )
    assert (answer.status_code, answer.text) == (200, "You are unsubscribed.")
    place.publish("2026-01-01")
    assert len(place.mails()) == 2, "the confirmation and the one about the first change"


def test_looking_at_links_changes_nothing(place):
    """Mail scanners follow every link."""
    place.subscribe()
    for _ in range(3):
        place.browser.get(place.link("confirm"))
    assert place.active() == []
    place.confirm()
    place.publish()
    for purpose in ("unsubscribe", "manage"):
        assert place.browser.get(place.link(purpose)).status_code == 200
    assert place.active() == ["code:CPT:0691T"]


@pytest.mark.parametrize(
    ("form", "topic"),
    [
        ({"kind": "everything"}, "everything"),
        ({"kind": "payer", "payer": "cigna"}, "payer:cigna"),
        ({"kind": "policy", "policy": "cigna/mm-0300"}, "policy:cigna/mm-0300"),
        ({"kind": "code", "code": " 0743t "}, "code:CPT:0743T"),
        ({"kind": "code", "code": "99999"}, "code:CPT:99999"),
    ],
)
def test_what_can_be_followed(place, form, topic):
    place.follow(**form)
    assert place.active() == [topic]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": ""}, "has an @"),
        ({"email": "ann@clinic.example\r\nBcc: all@clinic.example"}, "before the @"),
        ({"kind": "code", "code": "hello"}, "form of a code"),
        ({"kind": "payer", "payer": "nobody"}, "No payer nobody is held here"),
        ({"kind": "policy", "policy": "cigna/nothing"}, "No policy cigna/nothing is held here"),
        ({"kind": "payer", "payer": ""}, "is not a payer"),
        ({"kind": "weather"}, "One can follow"),
        ({"kind": "code", "code": "<script>alert(1)</script>"}, "form of a code"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_correct(place, form, said):
    answer = place.post("/alerts", {**FORM, **form})
    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert place.deliver().sent == 0


def test_the_form_is_filled_in_from_its_address(place):
    assert re.search(r'value="code" checked', place.browser.get("/alerts?code=0691T").text)
    page = place.browser.get("/alerts?payer=cigna&policy=mm-0300").text
    assert re.search(r'value="policy" checked', page)
    assert '<option value="cigna/mm-0300" selected>' in page


def test_nobody_learns_who_is_subscribed(place):
    place.follow()
    known, unknown = (
        place.post("/alerts", {**FORM, "email": f"{name}@clinic.example"})
        for name in ("ann", "bob")
    )
    assert (known.status_code, known.headers["location"]) == (
        unknown.status_code,
        unknown.headers["location"],
    )
    known, unknown = (
        place.post("/alerts/manage", {"email": f"{name}@clinic.example"})
        for name in ("ann", "stranger")
    )
    assert (
        (known.status_code, known.headers["location"])
        == (unknown.status_code, unknown.headers["location"])
        == (303, "/alerts/manage?sent=1")
    )
    place.deliver()
    assert "stranger@clinic.example" not in [mail["To"] for mail in place.mails()]


def test_robots_fall_into_the_trap_without_noticing(place):
    assert place.post("/alerts", {**FORM, "website": "https://spam.example"}).status_code == 303
    assert place.post("/alerts/manage", {"email": FORM["email"], "website": "x"}).status_code == 303
    assert place.deliver().sent == 0


def test_a_client_that_asks_too_often_is_told_so(place):
    for n in range(PER_REMOTE[0][1]):
        place.post("/alerts", {**FORM, "email": f"a{n}@clinic.example"})
    answer = place.post("/alerts", FORM)
    assert answer.status_code == 429
    assert "try again in an hour" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/form"},
    ],
)
def test_a_form_of_another_site_is_refused(place, headers):
    answer = place.browser.post("/alerts", data=FORM, headers=headers)
    assert answer.status_code == 422
    assert "another site" in answer.text
    assert place.deliver().sent == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://tracker.example"},
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_forms_are_taken(place, headers):
    assert place.browser.post("/alerts", data=FORM, headers=headers).status_code == 303


def test_manage_shows_and_ends_what_the_holder_follows(place):
    place.follow()
    place.follow(kind="payer", payer="cigna")
    place.post("/alerts/manage", {"email": "ann@clinic.example"})
    place.deliver()
    link = place.link("manage")
    page = place.browser.get(link).text
    assert "Code 0691T" in page
    assert "Cigna Healthcare" in page
    number = re.search(r'name="subscription" value="([1-9]\d*)"', page)[1]
    answer = place.post("/alerts/manage", {"token": token_of(link), "subscription": number})
    assert answer.status_code == 303
    assert len(place.active()) == 1
    place.post("/alerts/manage", {"token": token_of(link), "subscription": "0"})
    assert place.active() == []
    assert "You follow nothing" in place.browser.get(link).text


def test_one_holder_cannot_end_anothers(place):
    place.follow()
    place.follow(email="bob@clinic.example")
    with reading(place.engine) as session:
        ann, bob = session.exec(select(Subscription).order_by(Subscription.id)).all()
    token = Links(KEY, "https://tracker.example").token(
        "manage", [ann.subscriber_id], place.clock()
    )
    place.post("/alerts/manage", {"token": token, "subscription": str(bob.id)})
    assert place.active() == ["code:CPT:0691T", "code:CPT:0691T"]


def test_unsubscribing_ends_what_brought_the_mail_and_offers_the_rest(place):
    place.follow()
    place.follow(kind="policy", policy="cigna/mm-0300")
    place.follow(kind="code", code="77080")
    place.publish()
    link = place.link("unsubscribe")
    page = place.browser.get(link).text
    assert "Cigna MM 0300 and Code 0691T" in page or "Code 0691T and Cigna MM 0300" in page
    assert place.browser.post(link, data={}).status_code == 303
    assert place.active() == ["code:CPT:77080"]
    assert "You are unsubscribed" in place.browser.get(link).text
    place.browser.post(link, data={"everything": "1"})
    assert place.active() == []


LINKED = [
    ("confirm", "GET"),
    ("confirm", "POST"),
    ("manage", "GET"),
    ("manage", "POST"),
    ("unsubscribe", "GET"),
    ("unsubscribe", "POST"),
]


@pytest.mark.parametrize(("purpose", "method"), LINKED)
@pytest.mark.parametrize("token", ["nonsense", "WzFd.x", "other purpose", "other key", "nothing"])
def test_a_link_that_was_not_made_for_this_gets_a_friendly_page(place, purpose, method, token):
    links = Links(KEY, "https://tracker.example")
    other = "manage" if purpose != "manage" else "confirm"
    made = {
        "other purpose": links.token(other, [1], place.clock()),
        "other key": Links("another-key-of-another-place", "https://tracker.example").token(
            purpose, [1, 1], place.clock()
        ),
        "nothing": links.token(purpose, [99, 1] if purpose == "confirm" else [99], place.clock()),
    }.get(token, token)
    path = f"/alerts/{purpose}"
    answer = (
        place.browser.get(path, params={"token": made})
        if method == "GET"
        else place.browser.post(path, params={"token": made}, data={"token": made})
    )
    assert answer.status_code == 400
    assert "This link does not work" in answer.text
    assert "ask for your link" in answer.text


@pytest.mark.parametrize("purpose", ["confirm", "manage"])
def test_a_link_that_is_too_old_gets_a_friendly_page(place, purpose):
    place.subscribe()
    place.post("/alerts/confirm", {"token": token_of(place.link("confirm"))})
    place.post("/alerts/manage", {"email": "ann@clinic.example"})
    place.deliver()
    link = place.link(purpose)
    place.clock.at += LIFETIMES[purpose]
    place.clock.forward(hours=1)
    answer = place.browser.get(link)
    assert answer.status_code == 400
    assert "days" in answer.text


def test_a_forged_one_click_is_a_plain_refusal(place):
    answer = place.browser.post(
        "/alerts/unsubscribe?token=x", data={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")


def test_pages_behind_links_are_kept_by_nobody(place):
    place.follow()
    for path in (place.link("confirm"), "/alerts/manage?token=x"):
        answer = place.browser.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_confirmation_is_one_message_however_often_the_page_is_reloaded(place):
    place.subscribe()
    assert place.deliver().sent == 0
    with reading(place.engine) as session:
        assert [message.state for message in session.exec(select(Message))] == ["sent"]
