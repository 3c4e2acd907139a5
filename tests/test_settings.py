"""Settings that cannot be used refuse the start, with one sentence that names them all and gives no
secret away.
"""

import os
import subprocess
import sys

import pytest
from pydantic import SecretStr

from policy_tracker.errors import SettingsError
from policy_tracker.settings import Settings, read_settings
from tests.browser import SETTING as CHROMIUM
from tests.commands.conftest import ROOT, run
from tests.postgres_server import SETTING as POSTGRES

__all__ = ["run"]
SECRETS = [
    name
    for name, field in Settings.model_fields.items()
    if "SecretStr" in str(field.annotation) and name != "smtp_password"
]


def refused(monkeypatch, **values):
    """The sentence with which an environment is refused."""
    for name, value in values.items():
        monkeypatch.setenv(
            name if name.upper().startswith("POLICY_TRACKER_") else f"POLICY_TRACKER_{name}", value
        )
    with pytest.raises(SettingsError) as caught:
        read_settings()
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def test_the_secrets_of_the_installation_are_known():
    assert SECRETS == ["secret_key", "staff_token"]


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    "secret", ["", "   ", "short", "x" * 15, " " * 20 + "x" * 15 + " " * 20, "ü" * 15]
)
def test_a_secret_that_could_be_guessed_is_refused_and_not_repeated(monkeypatch, name, secret):
    sentence = refused(monkeypatch, **{name.upper(): secret})
    assert sentence.startswith(f"POLICY_TRACKER_{name.upper()}: it ")
    assert "16 characters" in sentence
    assert not secret.strip() or secret.strip() not in sentence
    with pytest.raises(SettingsError):
        read_settings(**{name: secret})


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_sixteen_characters_is_taken_and_none_is_made_later(monkeypatch, name):
    assert getattr(read_settings(), name) is None
    monkeypatch.setenv(f"POLICY_TRACKER_{name.upper()}", " " + "x" * 16 + "\n")
    assert getattr(read_settings(), name) == SecretStr("x" * 16)


def test_an_empty_password_of_the_mail_server_was_not_filled_in(monkeypatch):
    assert "SMTP_PASSWORD: it is empty" in refused(monkeypatch, SMTP_PASSWORD="")
    assert read_settings(smtp_password="short").smtp_password == SecretStr("short"), (
        "its length is the mail server's business"
    )


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "does not begin with"),
        ("policies.example.org", "does not begin with"),
        ("//policies.example.org", "does not begin with"),
        ("ftp://policies.example.org", "does not begin with"),
        ("javascript:alert(1)", "does not begin with"),
        ("https://", "names no host"),
        ("https:///path", "names no host"),
        ("https://:8000", "names no host"),
        ("https://-policies.example.org", "names no host"),
        ("https://policies_example.org", "names no host"),
        ("https://policies.example.org:0", "names no host"),
        ("https://policies.example.org:99999", "no address"),
        ("https://[::1", "no address"),
        ("https://user:hidden@policies.example.org", "user name or a password"),
        ("https://policies.example.org/?payer=x", "query"),
        ("https://policies.example.org?", "query"),
        ("https://policies.example.org/#top", "fragment"),
        ("https://policies example.org", "blank"),
        ("https://policies.example.org\nX: y", "control character"),
        ("https://prüfung.example", "outside of ASCII"),
    ],
)
def test_an_address_that_nobody_could_follow_is_refused(monkeypatch, address, reason):
    sentence = refused(monkeypatch, BASE_URL=address)
    assert sentence.startswith("POLICY_TRACKER_BASE_URL: ")
    assert reason in sentence
    assert "hidden" not in sentence


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("https://policies.example.org/", "https://policies.example.org"),
        ("HTTPS://policies.example.org", "https://policies.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://192.0.2.7/tracker", "https://192.0.2.7/tracker"),
    ],
)
def test_an_address_that_can_be_followed_is_taken(address, used):
    assert read_settings(base_url=address).public_url == used


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "nobody",
        "Policy Tracker",
        "a@b@c",
        "x <y>",
        "a@",
        "@example.org",
        "a@example.org, b@example.org",
        "Tracker, Inc. <a@example.org>",
        "ä@example.org",
        "a@example..org",
        "a@example.org\r\nBcc: b@example.org",
        "Tracker\n <a@example.org>",
        "a@example.org\x00",
    ],
)
def test_a_sender_without_one_address_on_one_line_is_refused(monkeypatch, sender):
    with pytest.raises(
        SettingsError, match=r"^POLICY_TRACKER_MAIL_FROM: '[^\n]+(?:not one sender|line break)"
    ):
        read_settings(mail_from=sender)


@pytest.mark.parametrize(
    "sender",
    [
        "a@example.org",
        "Prüfung <a@example.org>",
        '"Tracker, Inc." <a@example.org>',
        "Tracker <a@localhost>",
    ],
)
def test_a_sender_with_one_address_is_taken(sender):
    assert read_settings(mail_from=sender).mail_from == sender


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("POLICY_TRACKER_BASEURL", "POLICY_TRACKER_BASE_URL"),
        ("POLICY_TRACKER_STAF_TOKEN", "POLICY_TRACKER_STAFF_TOKEN"),
        ("policy_tracker_smtp_hots", "POLICY_TRACKER_SMTP_HOST"),
        ("POLICY_TRACKER_DATABASE", "POLICY_TRACKER_DATABASE_URL"),
        ("POLICY_TRACKER_QQQQQQQ", None),
        ("POLICY_TRACKER_", None),
    ],
)
def test_a_name_that_is_no_setting_is_refused_with_the_nearest(monkeypatch, name, nearest):
    sentence = refused(monkeypatch, **{name: "hidden"})
    assert sentence == f"{name}: there is no such setting" + (
        f" (the nearest is {nearest})" if nearest else ""
    )


def test_names_of_tests_and_of_other_programs_are_left_alone(monkeypatch):
    for name in (
        CHROMIUM,
        POSTGRES,
        "POLICY_TRACKER_CORPUS",
        "policy_tracker_data_dir",
        "POLICY_TRACKERS",
        "XPOLICY_TRACKER_PORTS",
    ):
        monkeypatch.setenv(name, "somewhere")
    assert str(read_settings().corpus) == "somewhere"


def test_everything_that_is_wrong_is_named_at_once(monkeypatch):
    sentence = refused(
        monkeypatch, STAFF_TOKEN="", BASE_URL="x", MAIL_FROM="x", PORT="x", SMTP_HOTS="x"
    )
    named = [
        part.partition(":")[0].removeprefix("POLICY_TRACKER_")
        for part in sentence.split("; POLICY")
    ]
    assert len(named) == 5
    for name in ("STAFF_TOKEN", "BASE_URL", "MAIL_FROM", "PORT", "SMTP_HOTS"):
        assert f"POLICY_TRACKER_{name}: " in sentence


COMMANDS = [
    ["serve"],
    ["worker"],
    ["scheduler"],
    ["token"],
    ["load", "policies"],
    ["history", "a/b"],
    ["lookup", "0691T"],
    ["blame", "a/b"],
    ["jobs"],
    ["send"],
    ["render"],
    ["reclassify"],
    ["verify"],
    ["backup", "x"],
    ["db", "upgrade"],
    ["db", "copy", "sqlite:///x"],
    ["review", "list"],
    ["codes", "releases"],
    ["rules"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_that_needs_settings_refuses(run, monkeypatch, command, tmp_path):
    monkeypatch.setenv("POLICY_TRACKER_STAFF_TOKEN", "")
    monkeypatch.setenv("POLICY_TRACKER_BASEURL", "https://policies.example.org")
    result = run(*command)
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: POLICY_TRACKER_STAFF_TOKEN: it is empty; unset it, or set at least 16 characters; "
        "POLICY_TRACKER_BASEURL: there is no such setting (the nearest is POLICY_TRACKER_BASE_URL).\n"
    )
    assert list(tmp_path.iterdir()) == [], "nothing was done before"


def test_serve_with_an_empty_token_opens_no_port(tmp_path):
    """The whole program, as it is started: nothing listens, nothing is made."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("POLICY_TRACKER_")
    }
    environment = kept | {
        "POLICY_TRACKER_DATA_DIR": str(tmp_path / "var"),
        "POLICY_TRACKER_STAFF_TOKEN": "",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "policy_tracker", "serve"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Error: POLICY_TRACKER_STAFF_TOKEN: it is empty; unset it, or set at least 16 characters.\n"
    )
    assert not (tmp_path / "var").exists()
