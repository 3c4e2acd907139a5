from policy_tracker.rules import compare
from policy_tracker.rules.two_policies import named_together
from tests.rules.cases import record

STATEMENT = {"key": "t", "role": "criterion", "text": "Tried two lamps"}


def test_versions_of_one_policy_are_left_alone() -> None:
    one, two = record({}, "2025-01-01"), record({}, "2026-01-01")
    found = compare(one, two)
    assert named_together(one, two, found) is found


def test_two_policies_are_said_first_and_how_sure() -> None:
    one = record({"statements": [STATEMENT]}, "2025-01-01")
    two = record({"statements": [STATEMENT], "policy": "other"}, "2026-01-01")
    three = record({"title": "Ear Drops", "payer": "nordia"}, "2026-01-01")
    probable = named_together(one, two, compare(one, two)).warnings[0]
    assert probable.startswith("These were read as two policies: sample-payer/sample-policy")
    assert "probably one policy: the titles agree, and 1 of 1 statement stands in both" in probable
    assert (
        "probably two different policies"
        in named_together(one, three, compare(one, three)).warnings[0]
    )
