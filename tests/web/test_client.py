"""Who asks, behind proxies: only what a trusted hop wrote is believed."""

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request

from policy_tracker.settings import read_settings
from policy_tracker.web.client import client_of

PROXIES = "10.0.0.0/8, 127.0.0.1 ::1"


def seen(peer, headers, trusted=PROXIES):
    """The client of a request that came from `peer` with `headers`."""
    app = type(
        "App",
        (),
        {"state": type("State", (), {"settings": read_settings(trusted_proxies=trusted)})},
    )
    raw = Headers(raw=[(name.lower().encode(), value.encode()) for name, value in headers]).raw
    return client_of(
        Request({"type": "http", "client": (peer, 1) if peer else None, "headers": raw, "app": app})
    )


def forwarded_for(*values):
    return [("X-Forwarded-For", value) for value in values]


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", forwarded_for("198.51.100.7"), "192.0.2.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", forwarded_for("198.51.100.7"), "198.51.100.7"),
        ("10.0.0.1", forwarded_for("203.0.113.9, 198.51.100.7"), "198.51.100.7"),
        ("10.0.0.1", forwarded_for("203.0.113.9, 198.51.100.7, 10.2.2.2"), "198.51.100.7"),
        ("10.0.0.1", forwarded_for("203.0.113.9", "198.51.100.7"), "198.51.100.7"),
        ("10.0.0.1", forwarded_for("10.1.1.1, 10.2.2.2"), "10.1.1.1"),
        ("10.0.0.1", forwarded_for("198.51.100.7, nonsense"), "10.0.0.1"),
        ("10.0.0.1", forwarded_for("198.51.100.7, unknown, 10.2.2.2"), "10.2.2.2"),
        ("10.0.0.1", forwarded_for(""), "10.0.0.1"),
        ("10.0.0.1", forwarded_for("198.51.100.7:4711"), "198.51.100.7"),
        ("10.0.0.1", forwarded_for("[2001:db8:1:2:3::4]:4711"), "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", forwarded_for("::ffff:198.51.100.7"), "198.51.100.7"),
        ("2001:db8:1:2::5", [], "2001:db8:1:2::/64"),
        ("10.0.0.1", [("Forwarded", "for=198.51.100.7")], "198.51.100.7"),
        (
            "10.0.0.1",
            [("Forwarded", "for=203.0.113.9, For=198.51.100.7;proto=https;by=10.0.0.1")],
            "198.51.100.7",
        ),
        (
            "10.0.0.1",
            [("Forwarded", 'proto=https;for="[2001:db8:1:2::7]:99"')],
            "2001:db8:1:2::/64",
        ),
        (
            "10.0.0.1",
            [("Forwarded", 'for="_hidden, for=203.0.113.9", for=198.51.100.7')],
            "198.51.100.7",
        ),
        ("10.0.0.1", [("Forwarded", "for=198.51.100.7, for=_hidden")], "10.0.0.1"),
        ("10.0.0.1", [("Forwarded", "for=198.51.100.7, proto=https")], "10.0.0.1"),
        (
            "10.0.0.1",
            [("Forwarded", "for=198.51.100.7"), *forwarded_for("198.51.100.7")],
            "198.51.100.7",
        ),
        (
            "10.0.0.1",
            [("Forwarded", "for=203.0.113.9"), *forwarded_for("198.51.100.7")],
            "10.0.0.1",
        ),
        ("testclient", forwarded_for("198.51.100.7"), "testclient"),
        (None, [], "unknown"),
    ],
)
def test_the_client_is_the_first_from_the_right_that_is_no_trusted_proxy(peer, headers, client):
    assert seen(peer, headers) == client


def test_nobody_is_trusted_unless_a_setting_says_so():
    assert read_settings().trusted_proxies == ()
    assert seen("127.0.0.1", forwarded_for("198.51.100.7"), trusted="") == "127.0.0.1"


def test_a_very_long_header_is_read_from_the_right_and_no_further():
    assert (
        seen("10.0.0.1", forwarded_for(", ".join(["198.51.100.7", *["10.1.1.1"] * 20_000])))
        == "10.1.1.1"
    )
    assert seen("10.0.0.1", [("Forwarded", 'for="' * 5_000)]) == "10.0.0.1"


def test_the_setting_is_a_list_of_addresses_and_networks(monkeypatch):
    monkeypatch.setenv("POLICY_TRACKER_TRUSTED_PROXIES", "10.0.0.5, 192.168.0.0/16 ::1")
    assert [str(one) for one in read_settings().trusted_proxies] == [
        "10.0.0.5/32",
        "192.168.0.0/16",
        "::1/128",
    ]
