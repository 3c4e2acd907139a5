"""YAML with line numbers: what is read, what is refused, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.recordfiles.located import MOST_VALUES, UnreadableError, line_of, plain, written
from policy_tracker.recordfiles.yaml import read_yaml


def value_of(text):
    nodes, slips = read_yaml(text)
    assert slips == []
    return plain(nodes[0])


def slips_of(text):
    return [(slip.line, written(slip.path), slip.reason) for slip in read_yaml(text)[1]]


@pytest.mark.parametrize(
    ("written_as", "value"),
    [
        ("text", "text"),
        ("77080", 77080),
        ("-3", -3),
        ("0", 0),
        ("1.5", 1.5),
        ("0.25", 0.25),
        ('"0691"', "0691"),
        ("'77080'", "77080"),
        ("0691T", "0691T"),
        ("2025-09-26", "2025-09-26"),
        ("2025-09", "2025-09"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("1.2.3", "1.2.3"),
        ("v1e5x", "v1e5x"),
        ("M54.12 - M54.17", "M54.12 - M54.17"),
        ("<<", "<<"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_unquoted_values(written_as, value):
    result = value_of(f"field: {written_as}\n")["field"]
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize("trap", ["0691", "01234", "007", "-01", "00.5", "0_1"])
def test_a_number_that_would_lose_its_zero_is_refused(trap):
    reason = (
        f'quote it ("{trap}"): unquoted it is a number, and the zero at its beginning would be lost'
    )
    assert slips_of(f"a: 1\nfield: {trap}\n") == [(2, "field", reason)]


@pytest.mark.parametrize(
    "trap",
    [
        "1e5",
        "12E3",
        "0x1A",
        "0o17",
        "0b1",
        "1_000",
        "+3",
        ".5",
        "12.",
        "12:30",
        "190:20:30",
        ".inf",
        "-.INF",
        ".nan",
        "9" * 30,
    ],
)
def test_what_some_reader_takes_for_another_number_is_refused(trap):
    reason = f'quote it ("{trap}") if it is a text, or write the number in plain digits'
    assert slips_of(f"field: {trap}\n") == [(1, "field", reason)]
    assert value_of(f'field: "{trap}"\n') == {"field": trap}


def test_each_value_knows_its_line():
    text = "a: 1\nb:\n  - c: 2\n    d: >-\n      long\n      text\n  - {e: 3,\n     f: 4}\n"
    (node,), _ = read_yaml(text)
    places = {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "d"): 4,
        ("b", 1): 7,
        ("b", 1, "f"): 8,
    }
    assert {path: line_of(node, path) for path in places} == places
    assert line_of(node, ("b", 1, "missing")) == 7
    assert line_of(node, ("b", 9, "c")) == 2


def test_a_name_stands_once():
    text = "dates:\n  effective: a\n  issued: b\n  effective: {c: 1}\nlist:\n  - {x: 1, x: 2}\n"
    assert slips_of(text) == [
        (4, "dates.effective", "stands twice, first on line 2"),
        (6, "list[0].x", "stands twice, first on line 6"),
    ]


def test_names_that_only_look_alike_are_two():
    assert value_of("1: a\n'01': b\n") == {"1": "a", "01": "b"}


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.system [x]",
        "!!str 12",
        "!mine x",
        "!!timestamp 2025-01-01",
        "!!binary aGk=",
    ],
)
def test_tags_are_not_obeyed(tagged):
    assert (1, "a", "carries a tag (!), and tags are not read: leave it out") in slips_of(
        f"a: {tagged}\n"
    )


def test_aliases_stand_for_what_they_name():
    assert value_of("a: &codes [x, y]\nb: *codes\n") == {"a": ["x", "y"], "b": ["x", "y"]}


@pytest.mark.parametrize(
    "text", ["a: &a [*a]\n", "a: *nowhere\n", "---\na: &x 1\n---\nb: *x\n", "&a {k: *a}\n"]
)
def test_an_alias_of_nothing_is_refused(text):
    with pytest.raises(UnreadableError):
        read_yaml(text)


def test_an_alias_bomb_is_counted_and_not_built():
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)
    )
    # building its 10^11 values would never end
    with pytest.raises(UnreadableError, match=f"more than {MOST_VALUES} values"):
        read_yaml(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100 + "]" * 100,
        "[" * 100_000,
        "{a: " * 5000,
        "- " * 5000 + "x",
        "".join(f"{' ' * i}a:\n" for i in range(200)),
    ],
)
def test_deep_nesting_is_refused(text):
    with pytest.raises(UnreadableError):
        read_yaml(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: b: c\n", 1),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 'open\n", 2),
        ("a: 1\n- b\n", 2),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n? [x, y]\n: 2\n", 2),
        ("%YAML 9.9 9\n", 1),
    ],
)
def test_broken_syntax_names_its_line(text, line):
    with pytest.raises(UnreadableError) as caught:
        read_yaml(text)
    assert caught.value.slip.line == line


@pytest.mark.parametrize(
    ("escape", "name"), [('"\\0"', "U+0000"), ('"a\\x02b"', "U+0002"), ('"\\e[31m"', "U+001B")]
)
def test_control_characters_are_no_text(escape, name):
    assert slips_of(f"a: 1\nb: {escape}\n") == [
        (2, "b", f"holds the character {name}, which is no text")
    ]


def test_control_characters_and_lone_surrogates_never_get_through():
    for text in ("a: \x00", "a: \x1b[31m", 'a: "\\ud800"'):
        try:
            slips = read_yaml(text)[1]
        except UnreadableError:
            continue
        assert slips


def test_several_documents():
    nodes, slips = read_yaml("a: 1\n---\nb: 2\n")
    assert [plain(node) for node in nodes] == [{"a": 1}, {"b": 2}]
    assert slips == []
    assert read_yaml("# nothing\n") == ([], [])


@given(st.text(max_size=200))
def test_any_text_is_data_or_a_typed_error(text):
    try:
        nodes, _ = read_yaml(text)
    except UnreadableError:
        return
    for node in nodes:
        plain(node)
