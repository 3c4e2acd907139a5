import pytest

from policy_tracker.record import CodeRef
from policy_tracker.rules.changes import Change, QuantityChange
from policy_tracker.rules.headline import fact_of
from policy_tracker.rules.words import code_names


def change(**values: object) -> Change:
    given = {
        "id": "i",
        "difference": "d",
        "rule": "a-rule",
        "kind": "criterion_modified",
        "impact": "medium",
        "substantive": True,
        "heading": "Criterion changed",
        "statement": "s",
        "subject": ("Hives", "Reauthorization"),
        "explanation": "It changed.",
    }
    return Change.model_validate({**given, **values})


@pytest.mark.parametrize(
    ("values", "headline"),
    [
        (
            {
                "kind": "prior_auth_changed",
                "heading": "Authorization period",
                "before": "Issued for 6 months",
                "after": "Issued for 12 months",
                "quantity": QuantityChange(before=6, after=12, unit="month"),
            },
            "Hives: authorization 6 → 12 months",
        ),
        (
            {"before": "Tried FOUR or more lamps", "after": "Tried ONE or more lamps"},
            "Hives: “Tried FOUR → ONE or more lamps”",
        ),
        (
            {"before": "Tried a lamp", "after": "Tried a lamp for at least ten weeks"},
            "Hives: “for at least ten weeks” added to “Tried a lamp”",
        ),
        (
            {"kind": "criterion_added", "heading": "Requirement added", "after": "It must itch"},
            "Hives: new requirement “It must itch”",
        ),
        (
            {"kind": "criterion_removed", "heading": "Criterion removed", "before": "Zorvix"},
            "Hives: removed Zorvix",
        ),
        (
            {"kind": "criterion_added", "heading": "Use added", "after": "Hives:\nIt must itch"},
            "New covered use: Hives",
        ),
        (
            {"kind": "criterion_added", "heading": "Criterion added", "after": "Hives must itch"},
            "New criterion “Hives must itch”",
        ),
        (
            {"kind": "criterion_added", "heading": "Use added", "after": "Hives are covered"},
            "New covered use: Hives",
        ),
        (
            {"before": "Tried a lamp. This holds in winter only", "after": "Tried a lamp"},
            "Hives: “This holds in winter only” removed from “Tried a lamp”",
        ),
        ({"kind": "logic_changed", "before": "a", "after": "b"}, "a clause of its rule"),
        (
            {
                "before": "These limits do not hold for groups whose contract began before March.",
                "after": "Under a state mandate two lamp visits a year and one lamp test are paid.",
            },
            "Hives: “These limits do not hold for groups whose …” rewritten as “Under a state "
            "mandate two lamp visits a year and …”",
        ),
        (
            {
                "kind": "threshold_changed",
                "before": "No lamp within 6 months. Note: a lamp of any other make counts as one",
                "after": "No lamp within 3 months.",
                "quantity": QuantityChange(before=6, after=3, unit="month"),
            },
            "Hives: “No lamp within 6 → 3 months”",
        ),
    ],
)
def test_a_headline_tells_what_went_and_came(values: dict[str, object], headline: str) -> None:
    told = fact_of(change(**values), "a clause of its rule").words
    assert told == headline or told.endswith(headline)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("73999 moved to medically necessary", "73999 moved to medically necessary"),
        ("73999 moved to Covered when medically necessary", "73999 moved to another list"),
        ("73999 no longer listed under 73998 Lamp of the hand", "73999 no longer listed"),
        (
            "73999 now listed under Codes are listed for information only. Lamps of the hand",
            "73999 now listed under Lamps of the hand",
        ),
    ],
)
def test_a_list_is_named_where_its_heading_names_a_thing(clause: str, told: str) -> None:
    moved = change(
        kind="code_moved_group",
        subject=(),
        statement=None,
        before="Not covered:",
        after="Covered when medically necessary:",
    )
    assert fact_of(moved, clause).words == told


def test_an_indication_that_came_with_its_name() -> None:
    new = change(kind="criterion_added", heading="Use added", after="Zorvix will be approved")
    assert fact_of(new, "", new_name=True, drug=True).words == "New indication: Hives"


def test_neighboring_codes_are_a_range() -> None:
    codes = [CodeRef(system="CPT", code=code) for code in ("99202", "99203", "99204", "0101T")]
    assert code_names(codes, 3) == "99202 to 99204 and 0101T"
    assert code_names(codes, 1) == "99202 to 99204 and 1 more"
