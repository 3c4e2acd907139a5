import pytest

from policy_tracker.diff.keyed import differing, differing_fields, plain
from policy_tracker.record import ListedCode, Source
from policy_tracker.record.content import Authorization


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ({"a": 1, "b": "x"}, {"a": 1.0, "b": "x"}, ()),
        ({"a": "one\u00a0 two"}, {"a": "one two"}, ()),
        ({"a": ("x", "y")}, {"a": ("y", "x")}, ()),
        ({"a": None}, {}, ()),
        ({"a": "x", "source": {"page": 1}}, {"a": "x", "source": {"page": 2}}, ()),
        (
            {"b": "x", "a": {"deep": {"deeper": 1}}},
            {"b": "y", "a": {"deep": {"deeper": 2}}},
            ("a", "b"),
        ),
        ({"set": 0}, {"set": 1}, ("set",)),
        ({}, {"new": "x"}, ("new",)),
        ({"gone": "x"}, {}, ("gone",)),
        ({"a": ("x",)}, {"a": ("x", "x")}, ("a",)),
    ],
)
def test_differing(before, after, names):
    assert differing(before, after) == names


def test_fields_of_values_without_their_provenance():
    one = ListedCode(system="CPT", code="0691T", description="As printed", source=Source(page=1))
    assert differing_fields(one, one.model_copy(update={"source": Source(page=2)})) == frozenset()
    assert differing_fields(
        one, one.model_copy(update={"marker": "†", "description": "Otherwise"})
    ) == {"marker", "description"}
    two = Authorization(requirement="required", statement="a")
    assert (
        differing_fields(two, two.model_copy(update={"statement": "b"}), frozenset({"statement"}))
        == frozenset()
    )


def test_plain_leaves_what_stands_where_out():
    assert plain({"a": Source(page=3), "page": 4, "b": [2.0, 1]}) == {"a": {}, "b": [1, 2]}
