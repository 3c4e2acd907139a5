"""JSON with line numbers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.recordfiles.json import read_json
from policy_tracker.recordfiles.located import UnreadableError, line_of, plain, written

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=10
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=30,
)


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_it_reads_what_the_standard_library_writes(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    (node,), slips = read_json(text)
    assert plain(node) == value
    assert slips == []


@given(st.text(st.sampled_from('{}[]",:0123456789.eE+-truefalsn \n\\u"'), max_size=40))
def test_it_refuses_what_the_standard_library_refuses(text):
    try:
        expected = json.loads(text)
    except json.JSONDecodeError:
        if text.strip(" \n"):
            with pytest.raises(UnreadableError):
                read_json(text)
        return
    try:
        nodes, slips = read_json(text)
    except UnreadableError:
        return
    assert slips or plain(nodes[0]) == expected


def test_lines():
    (node,), _ = read_json('{\n "a": 1,\n "b": [\n  {"c": 2},\n  {\n   "d": 3}\n ]\n}')
    assert [
        line_of(node, path) for path in ((), ("a",), ("b",), ("b", 0, "c"), ("b", 1), ("b", 1, "d"))
    ] == [1, 2, 3, 4, 5, 6]


def test_a_name_stands_once_and_texts_are_texts():
    _, slips = read_json('{"a": 1,\n "a": "\\u0000",\n "b": [{"c": "\\ud800"}]}')
    assert [(slip.line, written(slip.path), slip.reason) for slip in slips] == [
        (2, "a", "holds the character U+0000, which is no text"),
        (2, "a", "stands twice, first on line 1"),
        (3, "b[0].c", "holds the character U+D800, which is no text"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{"a": 1\n "b": 2}', 2, "',' is wanted"),
        ('{"a": 1,\n}', 2, "a name in double quotes is wanted"),
        ('{"a": 01}', 1, "',' is wanted"),
        ('{"a": NaN}', 1, "a value is wanted"),
        ('{"a": "x\ny"}', 1, "not closed or holds a wrong character"),
        ("{'a': 1}", 1, "a name in double quotes is wanted"),
        ('{"a": 1}\n{}', 2, "something follows the value"),
        ("[" * 100, 1, "nested deeper"),
        ("[1,", 1, "a value is wanted"),
        ('{"a": 1' + "0" * 400 + "}", 1, "a value is wanted"),
    ],
)
def test_broken_syntax_names_its_line(text, line, reason):
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_json(text)
    assert caught.value.slip.line == line


def test_nothing_is_nothing():
    assert read_json(" \n") == ([], [])
