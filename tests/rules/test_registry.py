"""Every rule by its cases: what it reads, what it must not, and what its mirror reads with the
sides swapped.
"""

from pathlib import Path
from typing import get_args

import pytest

from policy_tracker.record.vocabulary import ChangeKind
from policy_tracker.rules import families
from policy_tracker.rules.classify import compare
from policy_tracker.rules.registry import MIRRORED, catalogue, rule, rules
from tests.rules.cases import FOLDER, Case, all_cases, cases_of, read_by

CASES = all_cases()
ALWAYS_WITHIN_ANOTHER = {"criterion-moved-to-approval", "criterion-moved-to-denial"}
"""What moved between a list of approvals and one of denials is told as the position that turned."""


def test_each_rule_has_its_case_file_and_each_case_file_its_rule():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {one.id for one in catalogue()}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_case_file_is_about_its_rule_and_says_what_must_not_fire(path):
    found = cases_of(path)
    assert {case.rule for case in found} == {path.stem}
    assert {case.fires for case in found} == {True, False}
    assert len({case.name for case in found}) == len(found)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case):
    assert (case.rule in read_by(case.before, case.after)) is case.fires


@pytest.mark.parametrize("case", [case for case in CASES if case.fires], ids=str)
def test_mirror_reads_the_case_with_its_sides_swapped(case: Case):
    one = rules()[case.rule]
    if one.mirror is None:
        assert one.waiver
        return
    mirror = rules()[one.mirror]
    assert (mirror.mirror, mirror.kind_group(), mirror.axis) == (one.id, one.kind_group(), one.axis)
    assert mirror.direction == MIRRORED[one.direction]
    assert mirror.id in read_by(case.after, case.before)


@pytest.mark.parametrize("case", [case for case in CASES if case.fires], ids=str)
def test_each_case_is_told_or_absorbed_in_whole_sentences(case: Case):
    found = compare(case.before, case.after)
    told = [change for change in found.changes if change.rule == case.rule]
    assert told or case.rule in {superseded.rule for superseded in found.superseded}
    for change in told:
        one = rules()[case.rule]
        assert (change.kind, change.direction, change.impact) == (
            one.kind,
            one.direction,
            one.impact,
        )
        assert change.substantive == one.substantive
        for text in (change.explanation, change.action or "Nothing.", found.verdict.summary):
            assert text[0].isupper() or not text[0].isalpha()
            assert text.endswith((".", "”"))
            assert "{" not in text
            assert "None" not in text


def test_at_least_the_families_that_matter_are_there():
    assert {one.family for one in catalogue()} >= {
        "authorization",
        "background",
        "codes",
        "coverage",
        "criteria",
        "dates",
        "documentation",
        "editorial",
        "frequency",
        "logic",
        "pairings",
        "related",
        "scope",
        "standing",
        "thresholds",
        "title",
        "uses",
        "residual",
        "moves",
        "phrasing",
        "criterion_codes",
    }


def test_there_are_rules_enough_and_none_is_in_a_family_of_its_own_making():
    assert len(catalogue()) >= 60
    assert {one.family for one in catalogue()} == {
        path.stem for path in Path(families.__file__).parent.glob("[a-z]*.py")
    }


@pytest.mark.parametrize("kind", get_args(ChangeKind))
def test_each_kind_of_change_has_a_rule_that_a_case_shows(kind):
    """Not merely one that claims the kind: a comparison of two records tells a change of it."""
    shown = [case for case in CASES if case.fires and rules()[case.rule].kind == kind]
    assert any(
        kind in {change.kind for change in compare(case.before, case.after).changes}
        for case in shown
    )


def test_each_rule_is_told_by_itself_in_one_of_its_cases():
    """A rule that other rules absorb wherever it fires is never seen; that is meant only of those
    that are named.
    """
    seen = {
        case.rule
        for case in CASES
        if case.fires and case.rule in {c.rule for c in compare(case.before, case.after).changes}
    }
    assert {one.id for one in catalogue()} - seen == ALWAYS_WITHIN_ANOTHER


def test_each_rule_has_a_mirror_that_exists_or_says_why_not():
    for one in catalogue():
        assert (one.mirror is None) != (one.waiver is None), one.id
        assert one.mirror is None or one.mirror in rules(), one.id
        assert one.waiver is None or len(one.waiver.split()) >= 4, (
            f"{one.id} waives its mirror without a reason"
        )
        if one.mirror == one.id:
            assert one.direction in ("neutral", "indeterminate"), (
                f"{one.id} moves one way, and cannot mirror itself"
            )


def test_each_rule_documents_itself():
    for one in catalogue():
        assert one.summary.endswith("."), one.id
        assert one.doc.count("\n\n") >= 1, f"{one.id} does not say why it matters"
        assert one.substantive == (one.axis is not None) or one.direction == "neutral", one.id


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mirror": None}, "it needs either a mirror or a waiver"),
        ({"waiver": "both"}, "it needs either a mirror or a waiver"),
        ({"message": "From {nowhere}."}, "its templates name nowhere"),
    ],
)
def test_a_wrong_rule_is_refused(parts, reason):
    whole = {
        "on": "title",
        "kind": "title_changed",
        "impact": "low",
        "message": "One.",
        "short": "one",
        "mirror": "test-rule",
    } | parts

    def reads(_edit):
        """Something."""
        return False

    with pytest.raises(ValueError, match=reason):
        rule("test-rule", **whole)(reads)
    assert "test-rule" not in rules()


def test_a_rule_without_a_docstring_and_one_with_a_taken_id_are_refused():
    def bare(_edit):
        return False

    with pytest.raises(ValueError, match="its id is taken; it has no docstring"):
        rule(
            "title-changed",
            on="title",
            kind="title_changed",
            impact="low",
            message="One.",
            short="one",
            waiver="none",
        )(bare)
