"""Code tables: what is a difference, and what is only another way to print the same."""

import pytest

from policy_tracker.diff.codes import pair_groups
from policy_tracker.diff.compare import differences
from policy_tracker.diff.differences import CodesAt, Difference
from policy_tracker.record import Payer, Record
from policy_tracker.rules import Comparison, compare
from tests.rules.cases import record

MN, EX = "medically_necessary", "experimental_investigational"


def group(key: str, disposition: str, *codes, heading: str | None = None, **more) -> dict:
    rows = [code if isinstance(code, dict) else {"system": "CPT", "code": code} for code in codes]
    return {
        "key": key,
        "heading": heading or key.replace("-", " "),
        "disposition": disposition,
        "codes": rows,
        **more,
    }


def span(system: str, first: str, last: str) -> dict:
    return {"system": system, "from": first, "to": last, "raw": f"{first}-{last}"}


def tables(*groups: dict, **more) -> Record:
    return record({"code_groups": list(groups), **more})


def between(before: Record, after: Record, payer: Payer | None = None) -> list[Difference]:
    return [
        difference
        for difference in differences(before, after, payer=payer).differences
        if difference.subject == "codes"
    ]


def told(before: Record, after: Record) -> list[tuple[str, list[str]]]:
    return [(difference.op, [*difference.named]) for difference in between(before, after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (tables(group("g", MN, "95004", "95017")), tables(group("g", MN, "95017", "95004"))),
        (
            tables(group("g", MN, {"system": "CPT", "code": "95004", "source": {"page": 1}})),
            tables(group("g", MN, {"system": "CPT", "code": "95004", "source": {"page": 7}})),
        ),
        (
            tables(group("old", MN, "95004", heading="Covered codes")),
            tables(group("new", MN, "95004", heading="COVERED CODES")),
        ),
        (
            tables(group("old", MN, "95004", "95017", "95018", heading="Then")),
            tables(group("new", MN, "95004", "95017", "95018", heading="Now")),
        ),
        (
            tables(group("g", MN, ranges=[span("CPT", "95004", "95006")])),
            tables(group("g", MN, "95004", "95005", "95006")),
        ),
        (
            tables(group("g", MN, ranges=[span("HCPCS", "J1745", "J1747")])),
            tables(
                group(
                    "g",
                    MN,
                    ranges=[span("HCPCS", "J1745", "J1746"), span("HCPCS", "J1747", "J1747")],
                )
            ),
        ),
        (
            tables(group("g", MN, ranges=[span("ICD10CM", "C00.0", "C00.9")])),
            tables(
                group(
                    "g",
                    MN,
                    {"system": "ICD10CM", "code": "C00.4"},
                    ranges=[span("ICD10CM", "C00.0", "C00.9")],
                )
            ),
        ),
        (
            tables(group("g", MN), group("h", EX, "95004")),
            tables(group("h", EX, "95004"), group("g", MN)),
        ),
    ],
)
def test_no_difference(before, after):
    assert told(before, after) == []
    assert told(after, before) == []


def test_codes_that_changed_alike_are_one_edit():
    before = tables(group("g", MN, "95004"))
    after = tables(group("g", MN, "95004", "95017", "95018", "0691T"))
    assert told(before, after) == [("added", ["0691T", "95017", "95018"])]


def test_a_range_that_grew_tells_its_new_members_alone():
    before, after = (
        tables(group("g", MN, ranges=[span("CPT", "99381", last)])) for last in ("99387", "99390")
    )
    assert told(before, after) == [("added", ["99388", "99389", "99390"])]


def test_a_code_in_two_groups_that_leaves_one_has_moved():
    before = tables(group("g", MN, "95004"), group("h", MN, "95004", "95017", "95018"))
    after = tables(group("g", MN), group("h", MN, "95004", "95017", "95018"))
    assert told(before, after) == [("modified", ["95004"])]


def test_the_same_code_with_two_modifiers_hides_no_change():
    def row(*modifiers: str) -> dict:
        return {"system": "HCPCS", "code": "J1745", "qualifiers": {"modifiers": list(modifiers)}}

    assert told(
        tables(group("g", MN, row("JZ"), row("JW"))), tables(group("g", MN, row("JZ")))
    ) == [("removed", ["J1745"])]
    assert told(tables(group("g", MN, row("JZ"))), tables(group("g", MN, row("JW")))) == [
        ("requalified", ["J1745"])
    ]


def test_a_range_too_large_to_expand_is_compared_as_printed():
    before, after = (
        tables(group("g", MN)),
        tables(group("g", MN, ranges=[span("CPT", "10000", "99999")])),
    )
    assert told(before, after) == [("added", ["10000-99999"])]


@pytest.mark.parametrize(
    ("part", "known", "position"),
    [
        ({}, "unknown", None),
        ({"residual": {"position": EX, "text": "All else"}}, "residual", EX),
        (
            {
                "statements": [
                    {
                        "key": "s",
                        "role": "position",
                        "position": EX,
                        "text": "Experimental",
                        "codes": [{"system": "CPT", "code": "0743T"}],
                    }
                ]
            },
            "named",
            EX,
        ),
    ],
)
def test_what_answered_before_a_code_was_listed(part, known, position):
    before = tables(group("g", MN, "95004"), **part)
    after = tables(group("g", MN, "95004", "0743T"), **part)
    [difference] = between(before, after)
    assert isinstance(difference.before, CodesAt)
    assert (difference.before.effective.known, difference.before.effective.position) == (
        known,
        position,
    )


def test_a_payers_stated_default_answers_for_codes_that_it_names():
    payer = Payer.model_validate(
        {
            "record": 1,
            "payer": "sample-payer",
            "name": "Sample",
            "defaults": [
                {"system": "CPT", "cpt_kind": "category_iii", "position": EX, "text": "Unlisted"}
            ],
        }
    )
    [new_kind, old_kind] = between(
        tables(group("g", MN)), tables(group("g", MN, "0743T", "95004")), payer
    )
    found = {
        difference.codes[0].code: difference.before.effective
        for difference in (new_kind, old_kind)
        if isinstance(difference.before, CodesAt)
    }
    assert (found["0743T"].known, found["0743T"].position) == ("payer_default", EX)
    assert found["95004"].known == "unknown"


def test_groups_pair_by_key_then_heading_then_codes_of_one_disposition():
    before = tables(
        group("a", MN, "95004"),
        group("b", EX, "0691T", heading="Experimental"),
        group("c", MN, "95017", "95018", heading="Third"),
    )
    after = tables(
        group("a", EX, "77080"),
        group("x", EX, heading="EXPERIMENTAL"),
        group("y", MN, "95017", "95018", "95004", heading="Other"),
    )
    assert pair_groups(before, after) == {"a": "a", "b": "x", "c": "y"}


def test_ranges_and_wildcards_are_named_as_people_write_them():
    """The comparison is read back from JSON, where a range is no code."""
    after = tables(
        group(
            "g",
            MN,
            ranges=[
                span("ICD10CM", "C00.0", "C00.9"),
                span("ICD10CM", "M80", "M80"),
                span("ICD10CM", "D", "D"),
            ],
        )
    )
    found = compare(tables(group("g", MN)), after)
    assert [change.rule for change in found.changes] == ["code-added-approved"]
    assert "C00.0-C00.9, D and M80" in found.changes[0].explanation
    assert [code.code for code in found.changes[0].codes] == ["C00.0", "C00.9", "M80"]
    assert Comparison.model_validate_json(found.model_dump_json()) == found
