"""What holds of every comparison: nothing differs from itself, sides may be swapped, order says
nothing where it means nothing.
"""

from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.diff.align import align
from policy_tracker.diff.compare import differences
from policy_tracker.record import Record
from policy_tracker.rules import compare
from policy_tracker.rules.classify import extractions
from policy_tracker.rules.registry import MIRRORED, rules
from tests.diff.records import parts, reordered, versions, whole

SIDES = {"added": "removed", "removed": "added"}


def leaves(value) -> set[str]:
    """Every text in plain data."""
    if isinstance(value, dict):
        return set().union(*map(leaves, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(leaves, value)) if value else set()
    return {value} if isinstance(value, str) else set()


def quoted(text: str, printed: set[str]) -> bool:
    """Whether each line of a block, and each stretch of a sentence, is printed so."""
    return all(any(line in whole_text for whole_text in printed) for line in text.splitlines())


@given(parts())
def test_a_version_does_not_differ_from_itself(part):
    one = whole(part, "2026-01-01")
    found = compare(one, one)
    assert (found.changes, found.superseded, found.not_comparable) == ((), (), ())
    assert found.unchanged == len(one.statements)
    assert found.verdict.change_type == "reviewed_no_change"
    assert found.verdict.impact == "none"


@given(versions())
def test_swapped_sides_pair_the_same_statements(pair):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    there, back = align(one, two), align(two, one)
    assert {(p.before, p.after, p.score) for p in there.pairs} == {
        (p.after, p.before, p.score) for p in back.pairs
    }
    assert (set(there.only_before), set(there.only_after)) == (
        set(back.only_after),
        set(back.only_before),
    )


@given(versions())
def test_swapped_sides_are_read_by_the_mirrored_rules(pair):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    there = sorted(
        reading.rule.id
        for difference in differences(one, two).differences
        for reading in extractions(difference)
    )
    back = sorted(
        rules()[reading.rule.id].mirror or ""
        for difference in differences(two, one).differences
        for reading in extractions(difference)
    )
    assert there == back


@given(versions())
def test_swapped_sides_mirror_the_verdict(pair):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    there, back = compare(one, two).verdict.direction, compare(two, one).verdict.direction
    assert {axis: MIRRORED.get(found, found) for axis, found in there} == dict(back)


@given(versions(), st.integers(0, 1_000))
def test_order_says_nothing_where_it_means_nothing(pair, seed):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    shuffled = compare(
        whole(reordered(before, seed), "2025-01-01"),
        whole(reordered(after, seed + 1), "2026-01-01"),
    )
    plain = compare(one, two)
    assert {change.id for change in plain.changes} == {change.id for change in shuffled.changes}
    assert {(a.difference, a.rule) for a in plain.superseded} == {
        (a.difference, a.rule) for a in shuffled.superseded
    }
    assert plain.verdict.direction == shuffled.verdict.direction


@given(versions())
def test_what_is_quoted_stands_in_a_record(pair):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    found = compare(one, two)
    sides = [leaves(record.model_dump(mode="json")) for record in (one, two)]
    for change in (*found.changes, *found.superseded):
        for text, printed in zip((change.before, change.after), sides, strict=True):
            assert (
                text is None
                or text in printed
                or set(text.split(", ")) <= printed
                or quoted(text, printed)
            )


@given(versions())
def test_each_difference_is_read_and_told_once(pair):
    before, after = pair
    one, two = whole(before, "2025-01-01"), whole(after, "2026-01-01")
    found = compare(one, two)
    seen = [(c.difference, c.rule) for c in (*found.changes, *found.superseded)]
    assert len(seen) == len(set(seen))
    assert {difference.hash for difference in differences(one, two).differences} == {
        difference for difference, _ in seen
    }
    assert {a.by for a in found.superseded} <= {c.id for c in found.changes} | {
        f"{a.difference}-{a.rule}" for a in found.superseded
    }


def part(**more) -> Record:
    return whole({"title": "Bone Density", **more}, "2026-01-01")


def test_only_what_the_other_source_does_not_tell_is_left_untold():
    section = [{"key": "part", "heading": "Part", "kind": "coverage"}]
    said = {
        "sections": section,
        "statements": [
            {"key": "s", "section": "part", "role": "documentation", "text": "Records are kept"}
        ],
    }
    silent = whole({"title": "Bone Density", "completeness": "partial"}, "2025-01-01")
    assert [u.place for u in differences(silent, part(**said)).not_comparable] == ["statements/s"]
    assert not differences(silent, part(**said)).differences
    assert [
        e.op
        for e in differences(
            part(**said), silent.model_copy(update={"completeness": "whole"})
        ).differences
    ] == ["removed"]


def test_bookkeeping_is_no_difference():
    source = {"page": 1, "box": [1, 2, 3, 4]}
    section = [{"key": "part", "heading": "Part", "kind": "coverage"}]
    base = {"key": "s", "section": "part", "role": "note", "text": "Bill  one\u00a0line"}
    one = part(
        sections=section,
        statements=[{**base, "source": source}],
        extraction={"extractor": "x", "version": 1},
    )
    two = part(
        sections=section,
        statements=[{**base, "text": "Bill one line"}],
        extraction={"extractor": "x", "version": 2},
    )
    assert differences(one, two).differences == ()
