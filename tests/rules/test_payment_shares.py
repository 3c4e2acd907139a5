"""The share of an amount that is paid."""

import pytest

from policy_tracker.language.payment_shares import payment_share
from policy_tracker.rules import compare
from tests.rules.cases import record


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Second lamps are reimbursed at 50% of the allowed amount.", "50%"),
        ("Payment for a wick is 62.5 percent of the Medicare fee schedule.", "62.5%"),
        ("The plan pays 80% of billed charges.", "80%"),
        ("A lamp is not reimbursed at 50% of the allowed amount.", None),
        ("Payment is reduced by 50% of the allowed amount.", None),
        ("Lamps are allowed for members with 50% of vision.", None),
        ("The first is paid at 100% of the fee, the second is paid at 50% of the fee.", None),
    ],
)
def test_a_share_that_is_paid(text, share):
    found = payment_share(text)
    assert (found and found[1]) == share


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("50", "75", ("payment-share-raised", "broadened")),
        ("75", "50", ("payment-share-lowered", "narrowed")),
    ],
)
def test_a_larger_share_broadens_and_a_smaller_one_narrows(before, after, expected):
    sides = (
        record(
            {
                "statements": [
                    {
                        "key": "s1",
                        "role": "position",
                        "text": f"Second lamps are paid at {share}% of the allowed amount.",
                        "position": "covered",
                    }
                ]
            }
        )
        for share in (before, after)
    )
    assert [(change.rule, change.direction) for change in compare(*sides).changes] == [expected]
