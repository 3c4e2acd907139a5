from email.headerregistry import Address as HeaderAddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.alerts.addresses import read_address
from policy_tracker.errors import InputError


@pytest.mark.parametrize(
    ("typed", "spec", "key"),
    [
        (" Ann.Lee@Example.ORG ", "Ann.Lee@example.org", "ann.lee@example.org"),
        (
            "billing+cigna@clinic.example",
            "billing+cigna@clinic.example",
            "billing+cigna@clinic.example",
        ),
        ("a@xn--mnchen-3ya.example", "a@xn--mnchen-3ya.example", "a@xn--mnchen-3ya.example"),
        ("a@münchen.example", "a@xn--mnchen-3ya.example", "a@xn--mnchen-3ya.example"),
        ("o'brien@sub.example.org", "o'brien@sub.example.org", "o'brien@sub.example.org"),
    ],
)
def test_an_address_is_brought_into_one_spelling(typed, spec, key):
    assert read_address(typed) == (spec, key)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@localhost",
        "ann@@example.org",
        "ann lee@example.org",
        "ann@example..org",
        "ann@-example.org",
        "ann@example.org\r\nBcc: all@example.org",
        "ann@example.org\nX: y",
        "Ann <ann@example.org>",
        "ann@example.org, bob@example.org",
        '"a b"@example.org',
        "ann@[127.0.0.1]",
        "ann@127.0.0.1",
        ".ann@example.org",
        "ann.@example.org",
        "änn@example.org",
        "ann@example.org>",
        "a" * 65 + "@example.org",
        "a@" + "b." * 130 + "org",
        "ann@" + "l" * 64 + ".org",
        "ann@exa\u0000mple.org",
        "ann@\udcff.org",
    ],
)
def test_what_could_not_be_written_to_is_refused_with_a_sentence(typed):
    with pytest.raises(InputError) as refusal:
        read_address(typed)
    assert str(refusal.value).endswith(".")


@given(st.text(max_size=80) | st.from_regex(r"[^@]{1,20}@[^@]{1,30}", fullmatch=True))
def test_whatever_is_accepted_is_one_harmless_line(typed):
    try:
        address = read_address(typed)
    except InputError:
        return
    assert not set(address.spec) & set('\r\n<>", ()\\\0')
    assert HeaderAddress(addr_spec=address.spec).addr_spec == address.spec
    assert read_address(address.spec) == address
    assert read_address(address.key).key == address.key
