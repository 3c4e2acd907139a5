"""One edit of the payer is one change, with the direction that its words have."""

import pytest

from policy_tracker.rules.classify import compare
from tests.rules.cases import record

ALL = {
    "key": "top",
    "role": "position",
    "position": "medically_necessary",
    "logic": "all_of",
    "text": "Light therapy is considered medically necessary when all of these are met:",
}
DENIED = {
    "key": "top",
    "role": "position",
    "position": "not_medically_necessary",
    "logic": "any_of",
    "text": "The following are not medically necessary:",
}


def told(above: dict, before: str, after: str, **fields) -> list[tuple[str, str]]:
    sides = [
        record({"statements": [above, {"key": "a", "parent": "top", "role": "criterion",
                                       "label": "A.", "text": text, **fields}]}, year)
        for text, year in ((before, "2025-01-01"), (after, "2026-01-01"))
    ]  # fmt: skip
    return [(c.rule, c.direction) for c in compare(*sides).changes if c.substantive]


@pytest.mark.parametrize(
    ("above", "before", "after", "rule", "direction"),
    [
        (ALL, "A tub at home (e.g., sold second hand) is used", "No tub at home (e.g., sold second"
         " hand) has been used before", "criterion-reworded", "indeterminate"),
        (ALL, "A lamp (e.g., a red one) was tried", "A lamp (e.g., a red one, a blue one) was tried",
         "examples-changed", "neutral"),
        (ALL, "A cream was tried", "A cream was tried, unless it burns", "criterion-eased",
         "broadened"),
        (ALL, "No lamp was used. This does not apply to a lamp at home.", "No lamp was used.",
         "criterion-tightened", "narrowed"),
        (DENIED, "Repeated baths", "Repeated baths, unless a lamp was tried", "criterion-eased",
         "broadened"),
        (ALL, "Prescribed by a nurse with training in care of the skin and the nails",
         "Prescribed by a nurse or dermatologist of the network only", "criterion-reworded",
         "indeterminate"),
    ],
)  # fmt: skip
def test_one_rewritten_item_is_one_change(above, before, after, rule, direction):
    assert told(above, before, after) == [(rule, direction)]


def test_a_criterion_turned_round_is_one_change_that_tells_both_parts():
    before = "A lamp (e.g., a red one) does not require a timer"
    assert told(ALL, before, before.replace("does not require", "requires")) == [
        ("criterion-turned", "indeterminate")
    ]


def test_a_denial_loses_its_exception():
    sides = [
        record({"statements": [{"key": "a", "role": "position", "text": text,
                                "position": "not_medically_necessary",
                                "payer_term": "not medically necessary"}]}, year)
        for text, year in (
            ("Baths of children are considered not medically necessary unless a lamp burns them.",
             "2025-01-01"),
            ("Baths of children are considered not medically necessary.", "2026-01-01"),
        )
    ]  # fmt: skip
    found = [(c.rule, c.direction) for c in compare(*sides).changes if c.substantive]
    assert found == [("criterion-tightened", "narrowed")]


def rate(value: float, per: float, unit: str) -> list[dict]:
    return [{"kind": "frequency", "comparator": "<=", "value": value, "unit": "time",
             "per": {"value": per, "unit": unit}}]  # fmt: skip


def test_a_limit_of_a_lifetime_is_the_longest():
    before, after = (
        record({"statements": [DENIED, {"key": "a", "parent": "top", "role": "criterion",
                                        "text": text, "quantities": found}]}, year)
        for text, found, year in (
            ("A scan should be done once per lifetime.", rate(1, 1, "lifetime"), "2025-01-01"),
            ("A scan should be done once every 5 years.", rate(1, 5, "year"), "2026-01-01"),
        )
    )  # fmt: skip
    (change,) = (c for c in compare(before, after).changes if c.substantive)
    assert (change.rule, change.direction) == ("frequency-limit-raised", "broadened")
    assert "1 → 1" not in change.headline


def test_a_residual_is_told_with_its_sentence():
    before, after = (
        record({"statements": [{"key": "a", "role": "position", "position": position,
                                "text": text}],
                "residual": {"position": position, "text": text}}, year)
        for position, text, year in (
            ("experimental_investigational", "All other lamps are experimental.", "2025-01-01"),
            ("not_medically_necessary", "All other lamps are not medically necessary.",
             "2026-01-01"),
        )
    )  # fmt: skip
    assert [c.rule for c in compare(before, after).changes] == ["denial-reason-changed"]


def test_a_sentence_split_in_two_keeps_its_position():
    one = {
        "key": "a",
        "role": "position",
        "position": "medically_necessary",
        "text": "A scan of the skin is medically necessary once per lifetime for each arm. A second"
        " scan may be considered where a better camera shows what was hidden before.",
    }
    two = [
        {"key": "x", "role": "position", "position": "medically_necessary",
         "text": "A scan of the skin is medically necessary once per lifetime for each arm."},
        {"key": "y", "role": "criterion", "position": "not_covered",
         "text": "A second scan may be considered where a better camera shows what was hidden"
                 " before."},
    ]  # fmt: skip
    before, after = record({"statements": [one]}, "2025-01-01"), record({"statements": two})
    assert not [c.rule for c in compare(before, after).changes if c.substantive]


def test_a_requirement_that_is_waived_is_told_once():
    text = "Prior authorization is required."
    sides = [
        record({"statements": [{"key": "a", "role": "prior_auth", "text": said}],
                "authorizations": [{"requirement": held, "statement": "a"}]}, year)
        for said, held, year in ((text, "required", "2025-01-01"),
                                 (text.replace("is", "is not"), "not_required", "2026-01-01"))
    ]  # fmt: skip
    assert [(c.rule, c.direction) for c in compare(*sides).changes if c.substantive] == [
        ("prior-auth-removed", "broadened")
    ]


def test_a_sentence_written_anew_is_told_once():
    before, after = (
        "Nobody on the Harbor Plan has to follow what this page asks of keepers of lamps before"
        " the first of May.",
        "Harbor Plan keepers get three baths (97110, 97112) each spring and one lamp (E0691) that"
        " they return in autumn.",
    )
    sides = [
        record({"statements": [{"key": "a", "role": "position", "position": "covered", "text": text,
                                "codes": [{"system": "CPT", "code": c} for c in codes]}]}, year)
        for text, codes, year in (
            (before, (), "2025-01-01"), (after, ("97110", "97112"), "2026-01-01"))
    ]  # fmt: skip
    found = [c for c in compare(*sides).changes if c.substantive]
    assert [(c.rule, c.direction) for c in found] == [("criterion-rewritten", "indeterminate")]
    assert (found[0].before, found[0].after) == (before, after)


def test_a_line_that_was_a_heading_may_carry_a_code_that_is_listed():
    group = {"key": "g", "heading": "Codes", "disposition": "informational",
             "codes": [{"system": "CPT", "code": "97110"}]}  # fmt: skip
    lead = {"key": "a", "role": "position", "position": "covered", "text": "Baths are covered."}
    line = {"key": "b", "role": "criterion", "text": "Warm Baths 97110",
            "codes": [{"system": "CPT", "code": "97110"}]}  # fmt: skip
    sections = [{"key": "coverage-policy", "heading": "Coverage Policy", "kind": "coverage"}]
    warm = {"key": "warm", "heading": "Warm Baths", "kind": "coverage"}
    before = record({"statements": [{**lead, "section": "warm"}], "sections": [*sections, warm],
                     "code_groups": [group]}, "2025-01-01")  # fmt: skip
    after = record({"statements": [lead, line], "sections": sections, "code_groups": [group]})
    assert not [c.rule for c in compare(before, after).changes if c.codes and c.substantive]


def within(months: int) -> dict:
    return {"quantities": [{"kind": "duration", "comparator": "<=", "value": months,
                            "unit": "month"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The patient has not had a burn within {} months", "broadened"),
        ("No bath within the past {} months", "broadened"),
        ("A bath was tried within {} months", "narrowed"),
    ],
)
def test_a_shorter_time_without_something_is_met_by_more(text, direction):
    before, after = (
        record({"statements": [ALL, {"key": "a", "parent": "top", "role": "criterion",
                                     "text": text.format(n), **within(n)}]}, year)
        for n, year in ((6, "2025-01-01"), (3, "2026-01-01"))
    )  # fmt: skip
    (change,) = (c for c in compare(before, after).changes if c.substantive)
    assert change.direction == direction


def test_the_row_of_a_code_is_told_with_its_list():
    group = {"key": "g", "heading": "Codes", "disposition": "informational"}
    listed = [{"system": "CPT", "code": code} for code in ("97110", "97112")]
    before, after = (
        record({"statements": [{"key": code["code"], "role": "criterion",
                                "text": f"{code['code']} A warm bath of a kind"} for code in codes],
                "code_groups": [{**group, "codes": codes}]}, year)
        for codes, year in ((listed, "2025-01-01"), (listed[:1], "2026-01-01"))
    )  # fmt: skip
    assert [c.kind for c in compare(before, after).changes if c.substantive] == ["code_removed"]
