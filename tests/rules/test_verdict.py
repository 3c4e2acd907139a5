from policy_tracker.rules import compare
from policy_tracker.rules.headline import ChangeFact
from policy_tracker.rules.verdict import VerdictItem, summary
from tests.alerts.samples import change
from tests.rules.cases import record

MN, EX = "medically_necessary", "experimental_investigational"


def group(*codes: str, disposition: str = MN, key: str = "g") -> dict:
    return {
        "key": key,
        "heading": key,
        "disposition": disposition,
        "codes": [{"system": "CPT", "code": code} for code in codes],
    }


def found(before: dict, after: dict):
    return compare(record(before, "2025-01-01"), record(after, "2026-01-01"))


def test_nothing_changed():
    one = found({}, {}).verdict
    assert (one.change_type, one.impact, one.summary, one.codes) == (
        "reviewed_no_change",
        "none",
        "Nothing changed.",
        (),
    )


def test_differences_that_decide_nothing_are_counted():
    one = found(
        {"title": "One"}, {"title": "Two", "dates": {"last_review": {"date": "2026-01-01"}}}
    )
    assert one.verdict.change_type == "reviewed_no_change"
    assert (
        one.verdict.summary
        == "Nothing that decides a claim changed; 2 differences in wording, dates or layout."
    )
    assert dict(one.verdict.direction) == dict.fromkeys(
        ("coverage", "burden", "payment", "recourse"), "neutral"
    )


def test_an_axis_is_mixed_only_where_its_items_disagree():
    mixed = found({"code_groups": [group("95004")]}, {"code_groups": [group("95017")]}).verdict
    assert mixed.direction.coverage == "mixed"
    assert mixed.impact == "high"
    apart = found(
        {"code_groups": [group("95004")], "authorizations": [{"requirement": "not_required"}]},
        {"code_groups": [group("95004", "95017")], "authorizations": [{"requirement": "required"}]},
    ).verdict
    assert (apart.direction.coverage, apart.direction.burden) == ("broadened", "narrowed")


def test_open_items_leave_an_axis_open_unless_two_others_disagree():
    open_group = group("77080", disposition="informational", key="h")
    one = found(
        {"code_groups": [group("95004")]}, {"code_groups": [group("95004", "95017"), open_group]}
    ).verdict
    assert one.direction.coverage == "indeterminate"


def test_the_kinds_of_change_of_a_whole_policy():
    retired = {"dates": {"retired": {"date": "2026-06-30"}}}
    withdrawn = {"withdrawn": {"why": "issued in error"}}
    assert found({}, retired).verdict.change_type == "retired"
    assert found({}, retired).verdict.direction.coverage == "indeterminate"
    assert found(retired, {}).verdict.change_type == "reinstated"
    assert found({}, withdrawn).verdict.change_type == "withdrawn"
    assert found(withdrawn, {}).verdict.change_type == "reinstated"
    assert found(retired, retired).verdict.change_type == "reviewed_no_change"


def test_a_policy_without_an_earlier_version_is_new():
    one = compare(None, record({"code_groups": [group("0691T", disposition=EX)]}))
    assert (one.from_version, one.to_version, one.changes) == (None, "2026-01-01", ())
    assert (one.verdict.change_type, one.verdict.direction.coverage, one.verdict.impact) == (
        "new",
        "indeterminate",
        "medium",
    )
    assert compare(None, record({})).verdict.impact == "low"


def test_a_long_summary_counts_what_it_leaves_out():
    before = {
        "code_groups": [group("95004"), group("0691T", disposition=EX, key="h")],
        "authorizations": [{"requirement": "not_required"}],
        "residual": {"position": EX, "text": "All else"},
        "scope": "Imaging of bones",
    }
    after = {
        "code_groups": [group("95017"), group(disposition=EX, key="h")],
        "authorizations": [{"requirement": "required"}],
        "residual": {"position": "covered", "text": "All else"},
        "scope": "Imaging of bones and joints",
    }
    one = found(before, after)
    assert len(one.changes) > 4
    assert one.verdict.summary.endswith(f"and {len(one.changes) - 3} more changes.")
    assert one.verdict.summary.count(";") == 3


def test_items_of_one_kind_are_told_as_one_fact():
    def version(*texts: str) -> dict:
        top = {
            "key": "t",
            "role": "position",
            "position": MN,
            "logic": "all_of",
            "text": "Necessary",
        }
        return {
            "statements": [
                top,
                *(
                    {"key": f"t/{i}", "parent": "t", "text": text, "role": "criterion"}
                    for i, text in enumerate(texts)
                ),
            ]
        }

    one = found(
        version("First condition"),
        version("First condition", "Pain at night", "Imaging of the spine"),
    )
    assert one.verdict.summary == "New requirements: Pain at night and Imaging of the spine."


def test_a_subject_is_named_once_though_another_fact_weighs_between_its_own():
    heavy = {"impact": "high", "label": "new limit", "item": "a"}
    middle = {"impact": "medium", "about": "Asthma", "label": "new option", "item": "b"}
    light = {"impact": "low", "label": "new use", "item": "c"}
    items = [
        VerdictItem(
            None,
            change(str(place), impact=one.pop("impact"), axis="coverage", direction="narrowed"),
            ChangeFact(**{"about": "Hives", **one}),
        )
        for place, one in enumerate((heavy, middle, light))
    ]
    assert summary("modified", items, items) == (
        "Hives: new limit: a; new use: c; Asthma: new option: b."
    )
