import pytest
from jinja2 import UndefinedError

from policy_tracker.pages.render import environment, render
from policy_tracker.settings import read_settings


def test_everything_but_plain_text_is_escaped() -> None:
    env = environment(read_settings())
    for name, escaped in (
        ("x.html", True),
        ("x.atom", True),
        ("x.xml", True),
        (None, True),
        ("x.txt", False),
    ):
        assert env.autoescape(name) is escaped, name  # ty: ignore[not-callable]


def test_every_value_is_made_visible() -> None:
    env = environment(read_settings())
    assert env.from_string("{{ a }}").render(a="\u202e<b>") == "\ufffd&lt;b&gt;"


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment(read_settings()).from_string("{{ missing }}").render()


def test_settings_choose_the_environment() -> None:
    page = render(
        "feeds/changes.atom",
        settings=read_settings(base_url="https://policies.example"),
        entries=(),
        filters={},
        updated=None,
    )
    assert "<id>https://policies.example/changes.atom</id>" in page
