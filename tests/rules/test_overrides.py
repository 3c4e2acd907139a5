"""An installation's overrides: other impacts, and rules that are off, whose readings stay
countable.
"""

import pytest

from policy_tracker.rules import AS_DECLARED, RuleSettings, compare
from policy_tracker.rules.registry import rules
from tests.rules.cases import record


def statement(key, text, **values):
    return {"key": key, "role": "criterion", "text": text, **values}


@pytest.fixture
def two():
    """A re-review that comes sooner, and a sentence that is worded differently."""
    before = record(
        {
            "statements": [
                statement(
                    "review",
                    "Re-review every 24 months.",
                    role="review_interval",
                    quantities=[
                        {"kind": "interval", "comparator": "=", "value": 24, "unit": "month"}
                    ],
                ),
                statement("note", "Charts are kept by the practice.", role="note"),
            ]
        }
    )
    after = record(
        {
            "statements": [
                statement(
                    "review",
                    "Re-review every 12 months.",
                    role="review_interval",
                    quantities=[
                        {"kind": "interval", "comparator": "=", "value": 12, "unit": "month"}
                    ],
                ),
                statement("note", "The practice keeps the charts.", role="note"),
            ]
        },
        "2026-06-01",
    )
    return before, after


def test_an_impact_is_replaced_and_counts_in_the_verdict(two):
    plain, raised = (
        compare(*two),
        compare(*two, settings=RuleSettings({"review-interval-shortened": "high"})),
    )
    assert (plain.verdict.impact, raised.verdict.impact) == ("medium", "high")
    assert [(c.rule, c.difference, c.id) for c in plain.changes] == [
        (c.rule, c.difference, c.id) for c in raised.changes
    ]
    assert {c.rule: c.impact for c in raised.changes}["review-interval-shortened"] == "high"


def test_a_rule_that_is_off_is_not_told_and_not_lost(two):
    plain, quiet = (
        compare(*two),
        compare(*two, settings=RuleSettings(off=frozenset({"review-interval-shortened"}))),
    )
    (removed,) = [change for change in plain.changes if change.rule == "review-interval-shortened"]
    assert removed.id not in {change.id for change in quiet.changes}
    (kept,) = [one for one in quiet.superseded if one.reason == "switched_off"]
    assert (kept.difference, kept.rule, kept.by, kept.before, kept.after) == (
        removed.difference,
        removed.rule,
        removed.id,
        removed.before,
        removed.after,
    )
    assert quiet.verdict.change_type == "reviewed_no_change"
    assert quiet.verdict.direction.burden == "neutral"
    assert {one.reason for one in plain.superseded} <= {"told"}


def test_every_reading_is_told_or_listed_whatever_is_off(two):
    def read(found):
        return {(one.difference, one.rule) for one in (*found.changes, *found.superseded)}

    assert read(compare(*two)) == read(compare(*two, settings=RuleSettings(off=frozenset(rules()))))


def test_the_stamp_tells_of_overrides_whatever_their_order():
    one = RuleSettings(
        {"option-added": "high", "option-removed": "low"}, frozenset({"note-added", "note-removed"})
    )
    other = RuleSettings(
        {"option-removed": "low", "option-added": "high"}, frozenset({"note-removed", "note-added"})
    )
    assert one.stamp == other.stamp
    assert one.stamp.startswith(f"{AS_DECLARED.stamp}+")
    assert (
        len(
            {
                one.stamp,
                AS_DECLARED.stamp,
                RuleSettings({"option-added": "high"}).stamp,
                RuleSettings(off=one.off).stamp,
            }
        )
        == 4
    )


def test_a_comparison_carries_the_stamp(two):
    settings = RuleSettings({"option-added": "high"})
    assert (
        compare(*two, settings=settings).ruleset
        == compare(None, two[0], settings=settings).ruleset
        == settings.stamp
    )
