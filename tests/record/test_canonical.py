"""Equal content has one hash."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.record.canonical import canonical_json, content_hash, digest, normalise
from policy_tracker.record.content import Record

BASE = {
    "record": 1,
    "payer": "p",
    "policy": "q",
    "title": "Caf\u00e9 rule",
    "policy_type": "medical_coverage",
    "version": "2025-01-01",
    "source_kind": "payer_document",
    "sections": [{"key": "s", "heading": "S"}],
    "statements": [
        {
            "key": "a",
            "section": "s",
            "role": "limit",
            "text": "No more than 2.",
            "quantities": [{"kind": "count", "value": 2, "unit": "dose"}],
        },
    ],
}


def record(**changes):
    return Record.model_validate({**BASE, **changes})


def test_spelling_does_not_count():
    plain = content_hash(record())
    assert content_hash(record(title="Cafe\u0301 rule")) == plain
    assert content_hash(record(title="Café\u00a0rule")) == plain
    assert content_hash(record(title="  Café \n rule ")) == plain
    statement = {
        **BASE["statements"][0],
        "quantities": [{"kind": "count", "value": 2.0, "unit": "dose"}],
    }
    assert content_hash(record(statements=[statement])) == plain


def test_order_of_fields_and_written_defaults_do_not_count():
    backwards = Record.model_validate(dict(reversed(BASE.items())))
    assert content_hash(backwards) == content_hash(record())
    assert content_hash(
        record(completeness="whole", aliases=[], scope=None, applies_to={"funding": []})
    ) == content_hash(record())


def test_content_counts():
    hashes = {
        content_hash(record()),
        content_hash(record(title="Café rules")),
        content_hash(record(completeness="partial")),
        content_hash(record(dates={"effective": {"date": "2025-01-01"}})),
        content_hash(record(dates={"effective": {"status": "undated"}})),
        content_hash(record(statements=[])),
        content_hash(record(aliases=["a", "b"])),
        content_hash(record(aliases=["b", "a"])),
    }
    assert len(hashes) == 8


def test_a_truth_is_no_number():
    assert digest(True) != digest(1)
    assert digest(1) == digest(1.0)
    assert digest(0.0) == digest(-0.0)


def test_parts_are_not_run_together():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", None) != digest("a")
    assert len(digest("a", length=16)) == 16


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_normalise_is_idempotent_and_knows_no_form(text):
    once = normalise(text)
    assert normalise(once) == once
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(
        unicodedata.normalize("NFC", text)
    )
    assert "\u00a0" not in once
    assert "  " not in once


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_the_order_of_names_never_counts(value):
    def turned(item):
        if isinstance(item, dict):
            return {name: turned(item[name]) for name in reversed(item)}
        return [turned(part) for part in item] if isinstance(item, list) else item

    assert canonical_json(turned(value)) == canonical_json(value)
