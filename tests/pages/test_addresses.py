import pytest

from policy_tracker.errors import InputError
from policy_tracker.pages.addresses import Addresses, segment
from policy_tracker.pages.static_addresses import StaticAddresses, page_path

to = Addresses()


def test_pages_have_the_addresses_of_the_surface() -> None:
    assert to.changes() == "/"
    assert to.changes(payer="cigna", code="") == "/?payer=cigna"
    assert to.policy("cigna", "mm-0300") == "/policies/cigna/mm-0300"
    assert to.compare("cigna", "mm-0300", "a.b", "c") == "/policies/cigna/mm-0300/compare/a.b...c"
    assert (
        to.compare("cigna", "mm-0300", "a", "c", view="inline")
        == "/policies/cigna/mm-0300/compare/a...c?view=inline"
    )
    assert to.brief("cigna", "mm-0300", "c") == "/policies/cigna/mm-0300/c/brief"
    assert to.code("M81.0", as_of="2025-09-26") == "/codes/M81.0?as_of=2025-09-26"
    assert to.calendar() == "/calendar"
    assert to.version_json("cigna", "mm-0300", "c") == "/v1/policies/cigna/mm-0300/versions/c"


@pytest.mark.parametrize("text", ["..", ".", "a/b", "?x", "#x", '"', "//host", "\u202e"])
def test_a_segment_cannot_leave_its_place(text: str) -> None:
    quoted = segment(text)
    assert quoted not in (".", "..")
    assert not set('/?#"') & set(quoted)


def test_static_pages_link_relatively() -> None:
    there = StaticAddresses(3, {"0691T"})
    assert not there.live
    assert there.changes() == "../../../index.html"
    assert there.policy("cigna", "mm-0300") == "../../../policies/cigna/mm-0300/index.html"
    assert there.code("0691T", as_of="2025-09-26") == "../../../codes/0691T/index.html"
    assert there.code("99999") == "../../../codes/index.html"
    assert there.calendar("2025-09") == "../../../calendar/2025-09/index.html"
    assert there.asset("tokens.css").startswith("../../../static/tokens.css?v=")


@pytest.mark.parametrize("part", ["..", "a/b", "", ".hidden", "a\\b", "a\x00", "\u202e"])
def test_no_static_page_lies_outside(part: str) -> None:
    with pytest.raises(InputError):
        page_path("policies", part)
