"""What to do, from facts alone: each item with a record that asks for it, and one that does not."""

import datetime as dt

import pytest

from policy_tracker.rules import compare
from policy_tracker.rules.actions import Situation, action_items, actions
from policy_tracker.rules.effective import EffectiveInterval, dated_action, effective_of
from tests.rules.cases import record

MN = "medically_necessary"


def items(part: dict) -> dict[str, str]:
    return {
        item.id: item.text
        for item in action_items(
            Situation(None, record(part), (), effective_of(None, record(part)))
        )
    }


def listed(*codes: str, disposition: str = MN) -> dict:
    return {
        "code_groups": [
            {
                "key": "g",
                "heading": "Table",
                "disposition": disposition,
                "codes": [{"system": "CPT", "code": c} for c in codes],
            }
        ]
    }


@pytest.mark.parametrize(
    ("item", "asks", "does_not"),
    [
        ("verify-plan-rates", listed("0743T"), listed("95004")),
        ("verify-plan-rates", listed("0743T", "95004"), listed("0743T", disposition="not_covered")),
        (
            "keep-routed-services-apart",
            {
                "related_policies": [
                    {
                        "payer": "sample-payer",
                        "policy": "b-1",
                        "relation": "routes_to",
                        "why": "screening",
                    }
                ]
            },
            {
                "related_policies": [
                    {"payer": "sample-payer", "policy": "b-1", "relation": "see_also"}
                ]
            },
        ),
        (
            "document-rationale",
            {"statements": [{"key": "d", "role": "documentation", "text": "The record shows why"}]},
            {"statements": [{"key": "d", "role": "note", "text": "The record shows why"}]},
        ),
        (
            "check-self-funded-plans",
            {
                "statements": [
                    {
                        "key": "e",
                        "role": "exclusion",
                        "text": "A sponsor may exclude it",
                        "applies_to": {"funding": ["self_funded"]},
                    }
                ]
            },
            {
                "statements": [
                    {
                        "key": "e",
                        "role": "exclusion",
                        "text": "A sponsor may exclude it",
                        "applies_to": {"funding": ["fully_insured"]},
                    }
                ]
            },
        ),
        (
            "confirm-prior-authorization",
            {
                "disagreements": [
                    {
                        "about": "prior_auth",
                        "claims": [{"text": "It is required"}, {"text": "It is not mentioned"}],
                    }
                ]
            },
            {"disagreements": [{"about": "dates", "claims": [{"text": "May"}, {"text": "June"}]}]},
        ),
    ],
)
def test_items_of_the_record(item, asks, does_not):
    assert item in items(asks)
    assert item not in items(does_not)


def test_an_item_without_known_codes_or_dates_says_so_in_general_words():
    said = items(
        {
            "disagreements": [
                {
                    "about": "prior_auth",
                    "claims": [{"text": "It is required"}, {"text": "It is not mentioned"}],
                }
            ]
        }
    )
    assert "the service needs prior authorization" in said["confirm-prior-authorization"]
    [found] = action_items(Situation(None, record(listed("0743T")), ()))
    assert found.due == "as soon as possible: from when it applies is not known"


def test_months_after_december_are_of_the_next_year():
    day = {"dates": {"effective": {"date": "2025-12-15"}}}
    found = compare(record(listed("95004"), "a"), record({**listed("95004", "95017"), **day}, "b"))
    due = {item.id: item.due for item in found.actions}
    assert due["monitor-denials"] == "from January 2026"
    assert due["audit-charge-capture"] == "before Monday, December 15, 2025"


def test_what_a_rule_asks_beyond_the_items_is_added_once():
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

    found = compare(
        record(version("One"), "a"),
        record(version("One", "Pain at night", "Imaging of the spine"), "b"),
    )
    assert [item.id for item in found.actions] == ["change-requirement-added"]


def test_each_action_documents_itself():
    assert len({one.id for one in actions()}) == len(actions()) >= 7
    for one in actions():
        assert one.summary.endswith(".")
        assert "\n\n" in one.doc


CHANGED = {
    "statements": [
        {
            "key": "p",
            "section": "c",
            "role": "position",
            "position": MN,
            "text": "Prism therapy is medically necessary.",
            "codes": [{"system": "CPT", "code": "10001"}],
        },
    ],
    "code_groups": [
        {
            "key": "g",
            "heading": "Table",
            "disposition": MN,
            "codes": [{"system": "CPT", "code": "0743T"}],
        }
    ],
    "sections": [{"key": "c", "heading": "Coverage", "kind": "coverage"}],
}


def due_of(effective: EffectiveInterval) -> dict[str, str | None]:
    denied = {
        **CHANGED["statements"][0],
        "position": "not_covered",
        "text": "Prism therapy is not covered.",
    }
    found = compare(
        record({**CHANGED, "statements": [denied]}), record(CHANGED), effective=effective
    )
    return {item.id: item.due for item in found.actions} | {
        item.text: None for item in found.actions
    }


def test_across_a_gap_everything_is_dated_by_an_interval():
    said = due_of(EffectiveInterval(dt.date(2025, 11, 1), gap_after=dt.date(2024, 6, 1), missing=3))
    assert said["verify-plan-rates"] == (
        "as soon as possible: the change came between Jun 1, 2024 and Nov 1, 2025; 3 versions "
        "not on file"
    )
    assert "before" not in " ".join(due for due in said.values() if due)
    assert not any("November 1, 2025" in text for text in said), "no single day is named"


@pytest.mark.parametrize(
    ("issued", "words"),
    [
        (
            dt.date(2026, 1, 7),
            "as soon as possible: it came out on January 7, 2026, 6 days after it took effect",
        ),
        (
            dt.date(2026, 1, 1),
            "as soon as possible: it came out on January 1, 2026, the day on which it took effect",
        ),
        (dt.date(2025, 12, 31), "before Thursday, January 1, 2026"),
        (None, "before Thursday, January 1, 2026"),
    ],
)
def test_no_deadline_lies_before_the_version_came_out(issued, words):
    said = due_of(EffectiveInterval(dt.date(2026, 1, 1), issued=issued))
    assert said["verify-plan-rates"] == words


def test_a_deadline_in_a_template_that_nobody_could_keep_is_as_soon_as_possible():
    late = EffectiveInterval(dt.date(2026, 1, 1), issued=dt.date(2026, 1, 7))
    assert (
        dated_action("Check cases before {effective}.", late) == "Check cases as soon as possible."
    )
    assert (
        dated_action("Before {effective}, check cases.", late)
        == "As soon as possible, check cases."
    )
    assert (
        dated_action("Check cases before {effective}.", EffectiveInterval(dt.date(2026, 1, 1)))
        == "Check cases before {effective}."
    )
    assert late.words == "January 1, 2026 (it came out on January 7, 2026)"
    assert EffectiveInterval(None).words == "the effective date"
