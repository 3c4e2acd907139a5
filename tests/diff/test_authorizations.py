"""Lists of what needs authorization are compared code by code."""

from policy_tracker.diff.authorizations import differing_authorizations
from policy_tracker.record.code_lists import Authorization


def entry(requirement: str, *codes: str, line: str | None = None) -> Authorization:
    plans = {"lines_of_business": [line]} if line else None
    return Authorization.model_validate(
        {
            "requirement": requirement,
            "codes": [{"system": "CPT", "code": code} for code in codes],
            "applies_to": plans,
        }
    )


def turns(before: list[Authorization], after: list[Authorization]) -> set[tuple]:
    def said(one: Authorization | None) -> str | None:
        return one.requirement if one else None

    return {
        (said(one), said(two), tuple(c.code for c in (one or two).codes))
        for one, two in differing_authorizations(before, after, {})
    }


def test_only_codes_with_another_answer_are_told():
    before = [entry("required", "95004", "95017"), entry("not_required", "95018", "95024")]
    after = [entry("required", "95018", "95017"), entry("not_required", "95004", "95024")]
    assert turns(before, after) == {
        ("required", "not_required", ("95004",)),
        ("not_required", "required", ("95018",)),
    }


def test_a_code_that_joins_or_leaves_the_list_is_told_with_what_was_asked():
    before, after = [entry("required", "95004", "95017")], [entry("required", "95017", "95018")]
    assert turns(before, after) == {
        ("required", None, ("95004",)),
        (None, "required", ("95018",)),
    }


def test_a_code_is_compared_plan_by_plan():
    before = [
        entry("required", "95004", line="commercial"),
        entry("required", "95004", line="medicaid"),
    ]
    after = [
        entry("not_required", "95004", line="medicaid"),
        entry("required", "95004", line="commercial"),
    ]
    assert turns(before, after) == {("required", "not_required", ("95004",))}


def test_a_code_that_is_new_for_all_plans_is_told_once():
    before = [entry("required", "95004", line="commercial")]
    new = [entry("required", "95004", "95017", line="commercial")]
    new += [entry("required", "95017", line="medicaid")]
    assert [(one, two.requirement) for one, two in differing_authorizations(before, new, {})] == [
        (None, "required")
    ]
