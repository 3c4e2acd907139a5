import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policy_tracker.alerts.links import LIFETIMES, Links
from policy_tracker.errors import LinkError

NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
LINKS = Links("a-key-of-this-installation", "https://tracker.example/")
PURPOSES = tuple(LIFETIMES)


@given(st.sampled_from(PURPOSES), st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=3))
def test_a_link_gives_back_what_it_was_made_for(purpose, numbers):
    assert LINKS.read(purpose, LINKS.token(purpose, numbers, NOW), NOW) == tuple(numbers)


@given(st.sampled_from(PURPOSES), st.data())
def test_a_changed_character_makes_it_void(purpose, data):
    token = LINKS.token(purpose, [7], NOW)
    # the last character of base64 holds bits that do not count
    place = data.draw(st.integers(0, len(token) - 2))
    letter = data.draw(st.characters())
    assume(letter != token[place])
    with pytest.raises(LinkError):
        LINKS.read(purpose, token[:place] + letter + token[place + 1 :], NOW)


@pytest.mark.parametrize("made_for", PURPOSES)
@pytest.mark.parametrize("used_for", PURPOSES)
def test_a_link_serves_its_own_purpose_only(made_for, used_for):
    token = LINKS.token(made_for, [7], NOW)
    if made_for == used_for:
        assert LINKS.read(used_for, token, NOW) == (7,)
    else:
        with pytest.raises(LinkError, match="made here"):
            LINKS.read(used_for, token, NOW)


@pytest.mark.parametrize("text", ["", ".", "..", "x" * 5000, "é", "WzFd.x", "\udcff"])
def test_nonsense_is_refused(text):
    with pytest.raises(LinkError):
        LINKS.read("confirm", text, NOW)


def test_another_installation_signs_differently():
    with pytest.raises(LinkError):
        LINKS.read(
            "manage",
            Links("a-key-of-another-place", "https://tracker.example").token("manage", [7], NOW),
            NOW,
        )


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_ends_with_its_lifetime(purpose):
    token, lifetime = LINKS.token(purpose, [7], NOW), LIFETIMES[purpose]
    if lifetime is None:
        assert LINKS.read(purpose, token, NOW + dt.timedelta(days=20_000)) == (7,)
        return
    assert LINKS.read(purpose, token, NOW + lifetime) == (7,)
    with pytest.raises(LinkError, match=f"{lifetime.days} days"):
        LINKS.read(purpose, token, NOW + lifetime + dt.timedelta(seconds=1))


def test_addresses_are_public_ones():
    url = LINKS.url("confirm", [7], NOW)
    assert url.startswith("https://tracker.example/alerts/confirm?token=")
    assert LINKS.page("/alerts") == "https://tracker.example/alerts"
