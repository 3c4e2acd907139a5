"""Changes for mails: the policy of the first records, told as its rules tell it, and made-up ones
with hostile words.
"""

import datetime as dt

from policy_tracker.record import CodeRef, Record, Start
from policy_tracker.rules.changes import (
    ActionItem,
    Change,
    Comparison,
    Directions,
    QuantityChange,
    Verdict,
)
from policy_tracker.store.views import PolicyRef

BOTH = (CodeRef(system="CPT", code="0691T"), CodeRef(system="CPT", code="0743T"))
POLICY = PolicyRef(
    id=1,
    payer="cigna",
    payer_name="Cigna Healthcare",
    policy="mm-0300",
    policy_number="0300",
    aliases=("MM 0300",),
    title="Bone Mineral Density Measurement",
    policy_type="medical_coverage",
)
START = Start(day=dt.date(2025, 9, 26), stated_as="effective", basis="unknown")


def change(difference="e1", **values):
    """A change that could decide a claim, with everything that the test does not care about filled
    in.
    """
    given = {
        "id": f"id-{difference}",
        "difference": difference,
        "rule": "a-rule",
        "kind": "criterion_modified",
        "impact": "medium",
        "substantive": True,
        "heading": "A matter",
        "explanation": "Something became different.",
        "before": "before",
        "after": "after",
    }
    return Change(**{**given, **values})


def record(**values):
    given = {
        "record": 1,
        "payer": "cigna",
        "policy": "mm-0300",
        "title": "A title",
        "policy_type": "medical_coverage",
        "version": "2025-09-26",
    }
    return Record.model_validate({**given, "source_kind": "payer_document", **values})


def comparison(
    *changes, summary="Something became different.", codes=(), actions=(), directions=None, **values
):
    verdict = Verdict(
        change_type=values.pop("change_type", "modified"),
        direction=directions or Directions(),
        impact="medium-high",
        summary=summary,
        codes=codes,
    )
    given = {
        "payer": "cigna",
        "policy": "mm-0300",
        "from_version": "2025-09-26.before",
        "to_version": "2025-09-26",
        "ruleset": "2.1",
    }
    return Comparison(**{**given, **values}, verdict=verdict, changes=changes, actions=actions)


def mm_0300():
    """The change of MM 0300 on 2025-09-26."""
    position = change(
        "e-position",
        kind="coverage_position_changed",
        axis="coverage",
        direction="broadened",
        impact="medium-high",
        heading="Coverage position",
        before="Coverage is considered experimental and investigational for all indications",
        after="Coverage is considered medically necessary when specific criteria are met",
        codes=BOTH,
        explanation="Can be approved when the criteria are met; a benefit plan may still exclude "
        "it.",
    )
    authorization = change(
        "e-auth",
        kind="prior_auth_changed",
        axis="burden",
        direction="narrowed",
        impact="medium-high",
        heading="Prior authorization",
        before="Prior authorization is not required",
        after="Prior authorization is required for initial treatment",
        codes=BOTH,
        explanation="Without authorization a claim for initial treatment can be denied.",
    )
    review = change(
        "e-review",
        kind="threshold_changed",
        axis="burden",
        direction="narrowed",
        heading="Re-review",
        before="Re-review every 24 months",
        after="Re-review every 12 months with updated clinical documentation",
        quantity=QuantityChange(before=24, after=12, unit="month"),
        explanation="Re-review comes every 12 months instead of 24, with new documentation each "
        "time.",
    )
    due = "before September 26, 2025"
    return comparison(
        position,
        authorization,
        review,
        summary="Medically necessary when criteria are met, was experimental; prior authorization "
        "is new, "
        "and re-review comes every 12 months instead of 24.",
        codes=BOTH,
        directions=Directions(coverage="broadened", burden="narrowed"),
        actions=(
            ActionItem(
                id="a1",
                text="Confirm prior authorization for 0691T and 0743T with each plan.",
                due=due,
                why="a-rule",
            ),
            ActionItem(
                id="a2", text="Shorten the re-review reminder to 12 months.", due=due, why="a-rule"
            ),
        ),
    )
