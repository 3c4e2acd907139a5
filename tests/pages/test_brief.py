from datetime import date

from policy_tracker.pages.brief import BriefView, brief_view
from policy_tracker.record import Record
from policy_tracker.rules import compare
from tests.pages.test_comparison import PAYER, TODAY, records
from tests.pages.versions import versions_of


def view_of(
    record: Record | None = None, *, described: bool = True, today: date = TODAY
) -> BriefView:
    before, after = records()
    after = record or after
    new, old = versions_of(after, before)
    return brief_view(compare(before, after), old, new, PAYER, described=described, today=today)


def test_quick_reference() -> None:
    facts = {fact.name: fact for fact in view_of().facts}
    assert facts["Payer"].value == "Cigna Healthcare"
    assert facts["Policy"].value == "Bone Mineral Density Measurement"
    assert facts["Policy code"].value == "MM 0300"
    assert facts["Change type"].value == "Modified"
    assert (facts["Effective date"].value, facts["Effective date"].note) == (
        "September 26, 2025",
        "basis not stated",
    )
    assert facts["Impact level"].value == "Medium-High"
    assert (
        facts["Specialties affected"].value
        == "Radiology, endocrinology, orthopedics, internal medicine, rheumatology"
    )
    assert "0691T and 0743T" in facts["Key action"].value


def test_coverage_at_a_glance_has_the_indications_and_what_lies_outside() -> None:
    rows = view_of().glance
    assert [(row.indication, row.position, [code.code for code in row.codes]) for row in rows] == [
        (
            "Automated CT analysis for vertebral fracture assessment (using existing CT study)",
            "medically_necessary",
            ["0691T"],
        ),
        (
            "Bone strength and fracture risk via finite element analysis of CT-derived data",
            "medically_necessary",
            ["0743T"],
        ),
        ("Osteoporosis screening (DXA-based)", "out_of_scope", ["77080", "77081"]),
    ]
    assert any("existing" in note or "exists" in note for note in rows[0].notes)
    assert any(
        note == "Prior authorization: required for initial treatment" for note in rows[1].notes
    )
    assert any("A004" in note for note in rows[2].notes)


def test_what_lies_outside_says_where_it_belongs() -> None:
    view = view_of()
    assert [item.title for outside in view.outside for item in outside.belongs] == [
        "A004 (Preventive Care Services)"
    ]
    assert view.related == ()


def test_actions_are_split_at_the_date() -> None:
    view = view_of()
    assert view.before_date
    assert view.after_date
    assert all("before" in (item.due or "") for item in view.before_date)
    assert all("from" in (item.due or "") for item in view.after_date)
    assert not any(item.due for item in view.following)
    assert view.effect == "Takes effect on Friday, September 26, 2025 (basis not stated)"
    assert not view.began
    assert view_of(today=date(2025, 9, 26)).began


def test_before_and_after_are_the_four_rows() -> None:
    rows = [
        (
            "".join(span.text for span in row.spans if span.op != "insert"),
            "".join(span.text for span in row.spans if span.op != "delete"),
            row.signal is not None,
        )
        for row in view_of().changes
    ]
    assert rows == [
        (
            "Coverage is considered experimental and investigational for all indications",
            "Coverage is considered medically necessary when specific criteria are met",
            True,
        ),
        (
            "Prior authorization is not required",
            "Prior authorization is required for initial treatment",
            True,
        ),
        (
            "Re-review every 24 months",
            "Re-review every 12 months with updated clinical documentation",
            True,
        ),
        (
            "Documentation must include clinical history",
            "Documentation must include clinical history",
            False,
        ),
    ]


def test_diagnoses_are_suggested_not_listed() -> None:
    view = view_of()
    assert not view.diagnoses_listed
    assert [row.printed for group in view.diagnoses for row in group.rows] == ["M80.x", "M81.x"]


def test_descriptors_only_where_they_may_be_shown() -> None:
    assert any(row.description for group in view_of().groups for row in group.rows)
    assert not any(
        row.description for group in view_of(described=False).groups for row in group.rows
    )


def test_listed_diagnoses_are_the_policys() -> None:
    _, after = records()
    groups = tuple(
        group.model_copy(update={"stated_by": "payer", "disposition": "medically_necessary"})
        if group.key == "suggested-diagnoses"
        else group
        for group in after.code_groups
    )
    assert view_of(after.model_copy(update={"code_groups": groups})).diagnoses_listed
