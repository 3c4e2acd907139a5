import pytest
from starlette.testclient import TestClient

from policy_tracker.alerts.channels.maildir import MaildirChannel, kept_mails
from policy_tracker.alerts.outbox import deliver_due
from policy_tracker.app import create_app
from tests.alerts.world import Clock, settings_of


@pytest.fixture
def filled(sqlite_engine, tmp_path):
    """An installation with one mail in its mailbox: settings, and a way to visit from an address."""
    settings, clock = settings_of(tmp_path / "var"), Clock()

    def visit(path, client="127.0.0.1", headers=None, base="http://127.0.0.1:8000", **values):
        app = create_app(settings.model_copy(update=values), engine=sqlite_engine, clock=clock)
        return TestClient(app, base_url=base, client=(client, 50000)).get(path, headers=headers)

    form = {"email": "ann@clinic.example", "kind": "code", "code": "0691T"}
    TestClient(create_app(settings, engine=sqlite_engine, clock=clock)).post("/alerts", data=form)
    deliver_due(sqlite_engine, MaildirChannel(settings.data_dir / "mailbox"), settings, clock)
    (kept,) = kept_mails(settings.data_dir / "mailbox")
    return visit, kept.name


def test_mails_are_listed_and_shown(filled):
    visit, name = filled
    assert "Please confirm: alerts about code 0691T" in visit("/mailbox").text
    page = visit(f"/mailbox/{name}")
    assert "https://tracker.example/alerts/confirm?token=" in page.text
    assert '<a href="https://tracker.example/alerts/confirm?token=' in page.text
    assert f'src="/mailbox/{name}/html"' in page.text


def test_the_html_can_do_nothing(filled):
    visit, name = filled
    answer = visit(f"/mailbox/{name}/html")
    policy = answer.headers["content-security-policy"]
    assert answer.text.lower().startswith("<!doctype html>")
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "Look and confirm" in answer.text


STRANGERS = [
    {"client": "192.0.2.1"},
    {"client": "testclient"},
    {"headers": {"X-Forwarded-For": "192.0.2.1"}},
    {"headers": {"Forwarded": "for=192.0.2.1"}},
    {"smtp_host": "mail.example.org"},
    {"base": "http://rebound.evil.example:8000"},
]


@pytest.mark.parametrize("path", ["/mailbox", "/mailbox/{}", "/mailbox/{}/html"])
@pytest.mark.parametrize("stranger", STRANGERS)
def test_others_do_not_see_that_there_is_a_mailbox(filled, path, stranger):
    visit, name = filled
    answer = visit(path.format(name), **stranger)
    assert answer.status_code == 404
    assert "Confirm that you want" not in answer.text
    assert "Please confirm" not in answer.text


@pytest.mark.parametrize(
    "base",
    ["http://[::1]:8000", "http://localhost:8000", "http://localhost", "https://tracker.example"],
)
def test_this_machine_may_look_under_each_of_its_names(filled, base):
    visit, _ = filled
    assert visit("/mailbox", client="::1", base=base).status_code == 200


@pytest.mark.parametrize("name", ["unknown", "..%2Fsecret-key", "%00", "x" * 3000])
def test_what_is_not_there_is_not_found(filled, name):
    visit, _ = filled
    assert visit(f"/mailbox/{name}").status_code == 404
    assert visit(f"/mailbox/{name}/html").status_code == 404
