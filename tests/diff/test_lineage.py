"""Where statements come from: which version brought each, what changed it, what is gone, and the
names of their lines of descent.
"""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.diff.align import Pair, align
from policy_tracker.diff.lineage import Branch, Recorded, Stage, blame, lineages
from policy_tracker.record import Record
from tests.diff.records import statement_lists

HEADINGS = {"part": "Coverage", "other": "Limits"}


def said(key: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "section": "part",
        "role": "criterion",
        "text": text or f"The lantern named {key} is lit.",
    } | more


def told(label: str, *statements: dict[str, Any], **more: Any) -> Record:
    value = {
        "record": 1,
        "payer": "acme",
        "policy": "p-1",
        "title": "Lanterns",
        "policy_type": "medical_coverage",
        "version": label,
        "source_kind": "payer_document",
        "sections": [{"key": key, "heading": heading} for key, heading in HEADINGS.items()],
        "statements": list(statements),
    }
    return Record.model_validate(value | more)


def links(*pairs: str) -> tuple[Pair, ...]:
    """`a>b` links, those with `~` in front as parts of a split or merge."""
    found = []
    for pair in pairs:
        before, _, after = pair.removeprefix("~").partition(">")
        found.append(
            Pair(before, after, 0.6, "split")
            if pair.startswith("~")
            else Pair(before, after, 1.0, "equal")
        )
    return tuple(found)


def past(*stages: Stage):
    return blame(stages)


def test_each_statement_has_the_version_that_brought_it_and_the_ones_that_changed_it():
    found = past(
        Stage(told("1", said("a"), said("b"))),
        Stage(
            told("2", said("a"), said("b", "The lantern named b is lit at dusk."), said("c")),
            links("a>a", "b>b"),
        ),
        Stage(
            told("3", said("x"), said("b", "The lantern named b is  lit at dusk."), said("c")),
            links("b>b", "c>c"),
        ),
    )
    assert [
        (line.statement.key, line.since, line.origin, line.versions, line.unchanged)
        for line in found.lines
    ] == [
        ("x", "3", "brought", ("3",), 1),
        ("b", "1", "first_held", ("1", "2", "3"), 2),
        ("c", "2", "brought", ("2", "3"), 2),
    ]
    [touch] = found.line("b").touches
    assert (touch.before, touch.version, touch.fields) == ("1", "2", ("words",))
    [removed] = found.removed
    assert (
        removed.line.statement.key,
        removed.line.since,
        removed.last,
        removed.removed,
        removed.fate,
    ) == ("a", "1", "2", "3", "dropped")


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({}, {"text": "Another lantern."}, ("words",)),
        ({"payer_term": "is good"}, {"payer_term": "is fine"}, ("words",)),
        (
            {"position": "medically_necessary"},
            {"position": "experimental_investigational"},
            ("position",),
        ),
        ({}, {"codes": [{"system": "CPT", "code": "10001"}]}, ("codes",)),
        ({"phase": "initial"}, {"phase": "continuation"}, ("scope",)),
        ({"role": "criterion"}, {"role": "limit"}, ("role",)),
        ({"section": "part"}, {"section": "other"}, ("place",)),
        ({}, {"label": "2"}, ()),
        ({"source": {"page": 1}}, {"source": {"page": 2}}, ()),
        ({"logic": "all_of"}, {"logic": "any_of"}, ()),
    ],
)
def test_what_a_version_changed_is_named(before, after, fields):
    found = past(
        Stage(told("1", said("a", **before))), Stage(told("2", said("a", **after)), links("a>a"))
    )
    assert tuple(field for touch in found.lines[0].touches for field in touch.fields) == fields


def test_how_parts_combine_counts_where_there_are_parts():
    def stage(logic, *more):
        return Stage(told(logic, said("a", logic=logic), said("b", parent="a")), more)

    found = past(stage("all_of"), stage("any_of", *links("a>a", "b>b")))
    assert [(line.depth, [touch.fields for touch in line.touches]) for line in found.lines] == [
        (0, [("logic",)]),
        (1, []),
    ]


def test_a_statement_that_came_below_another_moved():
    found = past(
        Stage(told("1", said("a"), said("b"), said("c", parent="a"))),
        Stage(told("2", said("a"), said("b"), said("c", parent="b")), links("a>a", "b>b", "c>c")),
    )
    assert [touch.fields for touch in found.line("c").touches] == [("place",)]
    assert found.line("a").touches == found.line("b").touches == ()


def test_an_inherited_position_counts_as_the_statements_own():
    def stage(position, *more):
        return Stage(told(position, said("a", position=position), said("b", parent="a")), more)

    found = past(
        stage("medically_necessary"), stage("not_medically_necessary", *links("a>a", "b>b"))
    )
    assert [touch.fields for line in found.lines for touch in line.touches] == [
        ("position",),
        ("position",),
    ]


def test_what_a_partial_source_leaves_out_is_neither_dropped_nor_brought():
    found = past(
        Stage(told("1", said("a"))),
        Stage(told("2", said("b"), completeness="partial")),
        Stage(told("3", said("a"), said("b")), links("b>b")),
    )
    assert [(line.statement.key, line.since, line.origin) for line in found.lines] == [
        ("a", "3", "not_told_before"),
        ("b", "2", "brought"),
    ]
    assert [(one.line.statement.key, one.removed, one.fate) for one in found.removed] == [
        ("a", "2", "not_told_after")
    ]


def test_parts_of_a_split_come_from_what_they_were_part_of():
    found = past(
        Stage(told("1", said("a", "Both lamps and lanterns are lit."))),
        Stage(
            told("2", said("b", "Lamps are lit."), said("c", "Lanterns are lit.")),
            links("a>b", "~a>c"),
        ),
    )
    assert [(line.since, [touch.fields for touch in line.touches]) for line in found.lines] == [
        ("1", [("words", "split")])
    ] * 2
    assert found.removed == ()


def test_a_merged_statement_is_as_old_as_its_oldest_part():
    found = past(
        Stage(told("1", said("a"))),
        Stage(told("2", said("a"), said("b")), links("a>a")),
        Stage(
            told("3", said("b", "The lantern named b is lit, and so is a.")), links("b>b", "~a>b")
        ),
    )
    [line] = found.lines
    assert (line.since, line.versions, [touch.fields for touch in line.touches]) == (
        "1",
        ("1", "2", "3"),
        [("words", "merged")],
    )
    assert found.removed == ()


def recorded_in(*order: str):
    """Versions were recorded in an order that need not be that of valid time."""
    return lambda node: Recorded(order.index(node[0]), node[0], 1, node[1])


def test_a_line_keeps_its_name_when_an_earlier_and_a_later_version_become_known():
    one, two, three = told("1", said("a")), told("2", said("b")), told("3", said("c"))
    alone = lineages([Branch(two)], recorded_in("2"))
    with_later = lineages([Branch(two), Branch(three, "2", links("b>c"))], recorded_in("2", "3"))
    with_both = lineages(
        [Branch(one), Branch(two, "1", links("a>b")), Branch(three, "2", links("b>c"))],
        recorded_in("2", "3", "1"),
    )
    [name] = set(alone.values())
    assert set(with_later.values()) == {name}
    assert with_both == {("1", "a"): name, ("2", "b"): name, ("3", "c"): name}


def test_a_merged_statement_stands_on_several_lines_and_the_parts_of_a_split_on_one():
    branches = [
        Branch(told("1", said("a"), said("b"))),
        Branch(told("2", said("c")), "1", links("a>c", "~b>c")),
        Branch(told("3", said("d"), said("e")), "2", links("c>d", "~c>e")),
    ]
    found = lineages(branches, recorded_in("1", "2", "3"))
    assert set(found["2", "c"]) == {*found["1", "a"], *found["1", "b"]}
    assert len(found["2", "c"]) == 2
    assert found["3", "d"] == found["3", "e"] == found["2", "c"]


@given(st.lists(statement_lists(), min_size=1, max_size=4))
def test_every_statement_of_every_version_stands_or_is_gone_once(versions):
    records = [told(str(number), *statements) for number, statements in enumerate(versions)]
    aligned = [align(one, two) for one, two in pairwise(records)]
    found = blame(
        [
            Stage(records[0]),
            *(Stage(record, way.links()) for record, way in zip(records[1:], aligned, strict=True)),
        ]
    )
    assert [line.statement for line in found.lines] == list(records[-1].statements)
    stands = sum(
        len(line.versions) for line in (*found.lines, *(one.line for one in found.removed))
    )
    # where statements were split or merged, lines share statements
    if not any(one.parts for one in aligned):
        assert stands == sum(len(record.statements) for record in records)
    for line in found.lines:
        assert line.since == line.versions[0]
        assert line.versions[-1] == records[-1].version
        assert 1 <= line.unchanged <= len(line.versions)
        assert len(line.touches) <= len(line.versions) - line.unchanged
        assert (line.unchanged == len(line.versions)) == (not line.touches)


@given(statement_lists(), st.integers(2, 4))
def test_equal_versions_change_nothing(statements, count):
    records = [told(str(number), *statements) for number in range(count)]
    found = blame(
        [
            Stage(records[0]),
            *(Stage(two, align(one, two).links()) for one, two in pairwise(records)),
        ]
    )
    assert found.removed == ()
    assert {(line.since, line.origin, line.touches, line.unchanged) for line in found.lines} <= {
        ("0", "first_held", (), count)
    }
