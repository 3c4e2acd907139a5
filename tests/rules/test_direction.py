"""The sentences of the record's definition of direction, one by one, as a table."""

import pytest

from policy_tracker.diff.differences import EffectivePosition
from policy_tracker.diff.tree import Tree
from policy_tracker.record import Quantity
from policy_tracker.rules import bounds, direction
from policy_tracker.rules.classify import compare
from tests.rules.cases import record

MN, EX, NM = "medically_necessary", "experimental_investigational", "not_medically_necessary"
NOTHING = EffectivePosition(None, "unknown")


def side(position, logic, role="criterion", above=()):
    """A statement that is a member of a list with this logic, below a sentence with this position."""
    statements = (
        [{"key": "top", "role": "position", "position": position, "logic": logic, "text": "Top"}]
        if position
        else []
    )
    statements += above
    parent = above[-1]["key"] if above else "top" if position else None
    statements += [{"key": "member", "role": role, "parent": parent, "text": "Member"}]
    tree = Tree(record({"statements": statements}))
    return tree.side(tree.by_key["member"])


@pytest.mark.parametrize(
    ("text", "position", "added"),
    [
        ("Must be ordered by a sleep specialist", MN, "narrowed"),
        ("The member must not smoke", MN, "narrowed"),
        ("Must have tried a cream; or", MN, "indeterminate"),
        ("If a cream was tried, a gel must follow", MN, "indeterminate"),
        ("Tried a cream", MN, "indeterminate"),
        ("A trial of at least one plain cream over one whole winter is required", MN, "narrowed"),
        ("Renewals are granted. The next order must say why", MN, "narrowed"),
        ("No further test is required", MN, "indeterminate"),
        ("Must be ordered by a sleep specialist", NM, "indeterminate"),
    ],
)
def test_what_must_be_narrows_whatever_the_list_says(text, position, added):
    statement = {"key": "one", "role": "criterion", "position": position, "text": text}
    tree = Tree(record({"statements": [statement]}))
    assert direction.membership(tree.side(tree.by_key["one"]), added=True) == added


@pytest.mark.parametrize(
    ("position", "logic", "added", "removed"),
    [
        (MN, "any_of", "broadened", "narrowed"),
        (MN, "all_of", "narrowed", "broadened"),
        (MN, "none_of", "narrowed", "broadened"),
        (MN, "at_least:2", "broadened", "narrowed"),
        (EX, "any_of", "narrowed", "broadened"),
        (EX, "all_of", "broadened", "narrowed"),
        (EX, "none_of", "broadened", "narrowed"),
        ("not_covered", "any_of", "narrowed", "broadened"),
        ("covered", "any_of", "broadened", "narrowed"),
        (MN, None, "indeterminate", "indeterminate"),
        ("informational", "all_of", "indeterminate", "indeterminate"),
        (None, None, "indeterminate", "indeterminate"),
    ],
)
def test_a_member_of_a_list(position, logic, added, removed):
    assert direction.membership(side(position, logic), added=True) == added
    assert direction.membership(side(position, logic), added=False) == removed


def test_an_exclusion_and_a_limit_take_away_whatever_list_they_stand_in():
    for role in ("exclusion", "limit"):
        assert direction.membership(side(MN, "any_of", role), added=True) == "narrowed"
        assert direction.membership(side(MN, "none_of", role), added=False) == "broadened"


def test_a_list_within_a_list_of_none_turns_round():
    none = [
        {
            "key": "none",
            "role": "criterion",
            "parent": "top",
            "logic": "any_of",
            "text": "Any of these rules it out",
        }
    ]
    assert direction.membership(side(MN, "none_of", above=none), added=True) == "narrowed"
    exclusion = [
        {
            "key": "out",
            "role": "exclusion",
            "parent": "top",
            "logic": "any_of",
            "text": "Excluded in any of these cases",
        }
    ]
    assert direction.membership(side(MN, "all_of", above=exclusion), added=True) == "narrowed"
    every = [
        {
            "key": "each",
            "role": "exclusion",
            "parent": "top",
            "logic": "all_of",
            "text": "Excluded if all of these hold",
        }
    ]
    assert direction.membership(side(MN, "all_of", above=every), added=True) == "broadened"


@pytest.mark.parametrize(
    ("position", "fallback", "added"),
    [
        # naming an example of what was excluded already
        (EX, EffectivePosition(EX, "residual"), "neutral"),
        (EX, EffectivePosition("not_covered", "payer_default"), "neutral"),
        (EX, EffectivePosition("covered", "residual"), "narrowed"),
        (EX, NOTHING, "narrowed"),  # the silence of a policy is no denial
        (EX, EffectivePosition(None, "named"), "indeterminate"),
        (MN, NOTHING, "broadened"),
        (MN, EffectivePosition(EX, "residual"), "broadened"),
        (MN, EffectivePosition("covered", "residual"), "neutral"),
        ("informational", NOTHING, "indeterminate"),
    ],
)
def test_what_is_named_is_measured_against_what_answered_for_it_before(position, fallback, added):
    assert direction.naming(position, fallback, added=True) == added


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (EX, MN, "broadened"),
        (MN, EX, "narrowed"),
        (EX, NM, "neutral"),
        ("covered", MN, "neutral"),
        (MN, "out_of_scope", "indeterminate"),
        (MN, None, "indeterminate"),
    ],
)
def test_one_position_in_the_place_of_another(before, after, expected):
    assert direction.position_change(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (EffectivePosition(EX, "listed"), EffectivePosition(MN, "listed"), "broadened"),
        (EffectivePosition(EX, "residual"), EffectivePosition(EX, "listed"), "neutral"),
        (NOTHING, EffectivePosition(MN, "listed"), "broadened"),
        (NOTHING, EffectivePosition(EX, "listed"), "indeterminate"),
        (EffectivePosition(EX, "payer_default"), EffectivePosition(EX, "listed"), "neutral"),
        (EffectivePosition(EX, "payer_default"), EffectivePosition(MN, "listed"), "broadened"),
        (EffectivePosition(MN, "listed"), NOTHING, "narrowed"),
        (EffectivePosition(None, "named"), EffectivePosition(MN, "listed"), "indeterminate"),
        (
            EffectivePosition("out_of_scope", "listed"),
            EffectivePosition(MN, "listed"),
            "indeterminate",
        ),
    ],
)
def test_codes(before, after, expected):
    assert direction.code_change(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "sign", "expected"),
    [
        ("all_of", "any_of", 1, "broadened"),
        ("any_of", "all_of", 1, "narrowed"),
        ("any_of", "all_of", -1, "broadened"),
        ("at_least:2", "at_least:3", 1, "narrowed"),  # a larger N narrows
        ("any_of", "at_least:1", 1, "neutral"),
        ("all_of", "any_of", 0, "indeterminate"),
        ("all_of", "none_of", 1, "indeterminate"),
        ("all_of", None, 1, "indeterminate"),
    ],
)
def test_how_a_list_combines(before, after, sign, expected):
    assert direction.logic_change(before, after, sign) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("not_required", "required", "narrowed"),
        (None, "required", "narrowed"),
        ("required", None, "broadened"),
        ("required", "notification", "broadened"),
        ("required", "required", "neutral"),
        ("required", "unknown", "indeterminate"),
    ],
)
def test_authorization(before, after, expected):
    assert direction.requirement_change(before, after) == expected


def quantity(kind, comparator, value, unit, per=None):
    return Quantity.model_validate(
        {"kind": kind, "comparator": comparator, "value": value, "unit": unit, "per": per}
    )


@pytest.mark.parametrize(
    ("before", "after", "limit", "growth"),
    [
        (("count", ">=", 4, "line"), ("count", ">=", 1, "line"), False, 1),
        (("age", "<=", 17, "year"), ("age", "<=", 20, "year"), False, 1),
        (("age", ">=", 1, "year"), ("age", ">=", 12, "month"), False, 0),
        (("age", "=", 12, "year"), ("age", "=", 6, "year"), False, 0),
        (("interval", "=", 24, "month"), ("interval", "=", 12, "month"), True, 1),
        (("interval", "=", 2, "year"), ("interval", "=", 36, "month"), True, -1),
        (
            ("frequency", "<=", 40, "unit", {"value": 12, "unit": "month"}),
            ("frequency", "<=", 40, "unit", {"value": 24, "unit": "month"}),
            True,
            -1,
        ),
        (
            ("frequency", "<=", 1, "visit", {"value": 1, "unit": "week"}),
            ("frequency", "<=", 4, "visit", {"value": 1, "unit": "month"}),
            True,
            0,
        ),
        (("count", ">=", 4, "line"), ("count", "<=", 4, "line"), False, 0),
        (("count", ">=", 4, "line"), ("score", ">=", 1, "point"), False, 0),
    ],
)
def test_what_a_bound_holds_of(before, after, limit, growth):
    assert bounds.growth(quantity(*before), quantity(*after), limit=limit) == growth


def test_a_limit_that_names_from_where_on_claims_are_denied():
    denied = side(EX, "any_of", "limit")
    more, less = quantity("units", ">", 80, "unit"), quantity("units", ">", 40, "unit")
    assert direction.quantity_change(more, less, denied, limit=True) == "narrowed"
    allowed = side(MN, "any_of", "limit")
    assert (
        direction.quantity_change(
            quantity("units", "<=", 80, "unit"),
            quantity("units", "<=", 40, "unit"),
            allowed,
            limit=True,
        )
        == "narrowed"
    )


def statement(role, text, interval, **more):
    return {
        "key": "s",
        "role": role,
        "text": text,
        "quantities": [{"kind": "interval", "value": interval, "unit": "month"}],
        **more,
    }


@pytest.mark.parametrize(
    ("role", "axis", "expected"),
    [("limit", "coverage", "broadened"), ("review_interval", "burden", "narrowed")],
)
def test_the_meaning_of_24_to_12_months_hangs_on_the_role(role, axis, expected):
    found = compare(
        record({"statements": [statement(role, "Every 24 months", 24)]}, "a"),
        record({"statements": [statement(role, "Every 12 months", 12)]}, "b"),
    )
    assert [
        (c.axis, c.direction, c.quantity.before, c.quantity.after, c.quantity.unit)
        for c in found.changes
    ] == [(axis, expected, 24, 12, "month")]


def test_experimental_to_not_medically_necessary_changes_recourse_and_not_coverage():
    before, after = (
        {"statements": [{"key": "s", "role": "position", "position": p, "text": t}]}
        for p, t in ((EX, "It is experimental"), (NM, "It is not necessary"))
    )
    found = compare(record(before, "a"), record(after, "b")).verdict.direction
    assert (found.coverage, found.recourse) == ("neutral", "indeterminate")


def test_authorization_that_arrives_with_first_coverage_does_not_cancel_the_broadening():
    code = {"system": "CPT", "code": "0691T"}
    before = {
        "statements": [
            {
                "key": "s",
                "role": "position",
                "position": EX,
                "text": "It is experimental",
                "codes": [code],
            }
        ]
    }
    after = {
        "statements": [
            {
                "key": "s",
                "role": "position",
                "position": MN,
                "text": "It is medically necessary",
                "codes": [code],
            }
        ],
        "authorizations": [{"requirement": "required", "codes": [code]}],
    }
    found = compare(record(before, "a"), record(after, "b")).verdict.direction
    assert (found.coverage, found.burden) == ("broadened", "narrowed")


def test_a_policy_that_only_states_how_it_pays_moves_along_the_payment_axis():
    group = {
        "key": "g",
        "heading": "Paid",
        "disposition": "covered",
        "codes": [{"system": "CPT", "code": "99213"}],
    }
    more = {**group, "codes": [*group["codes"], {"system": "CPT", "code": "99214"}]}
    parts = [{"policy_type": "reimbursement", "code_groups": [g]} for g in (group, more)]
    found = compare(record(parts[0], "a"), record(parts[1], "b"))
    assert (found.verdict.direction.payment, found.verdict.direction.coverage) == (
        "broadened",
        "neutral",
    )
