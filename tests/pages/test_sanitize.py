import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from policy_tracker.pages.sanitize import REPLACEMENT, has_hidden, visible, web_address


def test_hidden_characters_show() -> None:
    assert (
        visible("a\u202eb\x00c\x1bd\u200be\ufefff")
        == f"a{REPLACEMENT}b{REPLACEMENT}c{REPLACEMENT}d{REPLACEMENT}e{REPLACEMENT}f"
    )
    assert visible("line\r\nline\tend") == "line\nline\tend"
    assert visible(7) == 7
    assert visible(Markup("<b>\u202e</b>")) == Markup("<b>\u202e</b>")


@given(st.text())
def test_what_is_visible_can_stand_in_xml(text: str) -> None:
    shown = str(visible(text))
    assert not has_hidden(shown)
    assert visible(shown) == shown
    assert all(ord(letter) >= 32 or letter in "\t\n" for letter in shown)


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c#d", "http://example.org", "HTTPS://EXAMPLE.org/x"]
)
def test_ordinary_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:///path",
        "https://exa\u202emple.org",
        "https://[bad",
        " https://a.org",
        "ftp://a.org",
        "https://a.org/ b",
    ],
)
def test_other_addresses_do_not(url: str | None) -> None:
    assert web_address(url) is None
