"""The pages of those who run an installation: who may see them, and what they say."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from policy_tracker.alerts.outbox import deliver_due
from policy_tracker.app import create_app
from policy_tracker.errors import TemporaryDeliveryError
from policy_tracker.store import runs
from policy_tracker.store.database import writing
from policy_tracker.store.health import SCHEDULER
from policy_tracker.web.staff import COOKIE, SESSION, TOKEN_FILE, staff_token
from tests.alerts.world import Clock, Recording, settings_of

TOKEN = "the-token-of-this-test-installation"


@pytest.fixture
def place(sqlite_engine, tmp_path):
    settings, clock = settings_of(tmp_path / "var", staff_token=TOKEN), Clock()
    app = create_app(settings, engine=sqlite_engine, clock=clock)
    return TestClient(app, base_url="https://testserver", follow_redirects=False), settings, clock


def log_in(browser, token=TOKEN, door="/status"):
    return browser.post(
        "/status", data={"token": token, "door": door}, headers={"Sec-Fetch-Site": "same-origin"}
    )


def test_strangers_are_asked_for_the_token(place):
    browser, *_ = place
    answer = browser.get("/status")
    assert answer.status_code == 401
    assert "Staff token" in answer.text
    assert "Outbox" not in answer.text


def test_the_token_opens_the_page(place):
    browser, *_ = place
    answer = log_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/status")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    for mark in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert mark in cookie
    page = browser.get("/status")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "No scheduler has ever run" in page.text
    assert "Nothing waits" in page.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ü"])
def test_a_wrong_token_opens_nothing(place, token):
    browser, *_ = place
    answer = log_in(browser, token)
    assert answer.status_code == 401
    assert "not the token" in answer.text
    assert "set-cookie" not in answer.headers
    assert browser.get("/status").status_code == 401


@pytest.mark.parametrize(
    "door", ["https://evil.example", "//evil.example", "/codes", "/status/../x", ""]
)
def test_a_login_leads_to_no_other_place(place, door):
    browser, *_ = place
    assert log_in(browser, door=door).headers["location"] == "/status"


def test_a_form_of_another_site_cannot_log_in(place):
    browser, *_ = place
    answer = browser.post(
        "/status", data={"token": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("cookie", ["", "x", "WyJ4Il0.aaaa.bbbb", "ImZvcmdlZCI.aQ.x"])
def test_a_forged_cookie_opens_nothing(place, cookie):
    browser, *_ = place
    assert browser.get("/status", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_a_new_token_ends_every_session(place, sqlite_engine):
    browser, settings, clock = place
    log_in(browser)
    assert browser.get("/status").status_code == 200
    renewed = create_app(
        settings_of(settings.data_dir, staff_token="another-token-of-the-installation"),
        engine=sqlite_engine,
        clock=clock,
    )
    other = TestClient(renewed, base_url="https://testserver", cookies=dict(browser.cookies))
    assert other.get("/status").status_code == 401


def test_a_token_is_made_once_for_its_owner_alone(tmp_path):
    settings = settings_of(tmp_path / "var")
    token = staff_token(settings)
    assert staff_token(settings) == token
    assert (settings.data_dir / TOKEN_FILE).stat().st_mode & 0o777 == 0o600


def test_the_session_ends_by_itself():
    assert 3600 <= SESSION <= 31 * 24 * 3600


def test_jobs_and_outbox_are_told_in_words(place, sqlite_engine):
    browser, settings, clock = place
    log_in(browser)
    with writing(sqlite_engine) as session:
        runs.declare(session, {"send": ("Send what is due", 15)}, clock())
        runs.lead(session, SCHEDULER, "test", clock(), runs.timedelta(seconds=60))
        run = runs.claim(
            session, "send", runs.slot_at(clock(), 15), "test", clock(), runs.timedelta(seconds=60)
        )
        runs.finish(
            session, run.id, "test", clock(), error="The mail server <b>cannot</b> be used."
        )
    browser.post("/alerts", data={"email": "ann@clinic.example", "kind": "everything"})
    busy = {
        "ann@clinic.example": [TemporaryDeliveryError("The mail server answered 450 <i>busy</i>")]
    }
    deliver_due(sqlite_engine, Recording(busy), settings, clock)
    page = browser.get("/status").text
    for said in (
        "Failed",
        "Send what is due",
        "The mail server &lt;b&gt;cannot&lt;/b&gt; be used",
        "1 waiting; 1 of them after a failed attempt",
        "450 &lt;i&gt;busy",
    ):
        assert said in page
    assert "<i>busy" not in page


def test_a_day_without_a_release_of_diagnosis_codes_is_told(place):
    browser, _, clock = place
    log_in(browser)
    clock.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert "A release of ICD-10-CM covers today." in browser.get("/status").text
    clock.at = datetime(2029, 5, 1, 12, tzinfo=UTC)
    assert "No release of ICD-10-CM covers 2029-05-01" in browser.get("/status").text
