"""To whom a policy applies, as heads, check boxes and sentences on scope say it."""

import pytest

from policy_tracker.language.states import states_in, states_listed
from policy_tracker.record.statements import AppliesTo
from tests.extract.head.heads import record_of

_EVERY = (
    "commercial",
    "exchange",
    "medicare_advantage",
    "medicaid",
    "federal_employee",
    "dual_eligible",
)


def _reach(line: str) -> AppliesTo:
    return record_of(f"Duskvale Benefit Trust\n\nWrist Lamps\n\n{line}").applies_to


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("Line of Business: Medicaid", ["medicaid"]),
        ("Lines of Business: Commercial, Medicare Advantage", ["commercial", "medicare_advantage"]),
        ("Product Type(s): Marketplace and D-SNP", ["exchange", "dual_eligible"]),
        ("Applies to Commercial products only.", ["commercial"]),
        ("Applies to: Commercial HMO and PPO members", ["commercial"]),
        ("Line of Business: ☒ Commercial ☐ Medicaid ☒ Exchange", ["commercial", "exchange"]),
        ("Products: [x] Medicaid [ ] Medicare Advantage", ["medicaid"]),
        ("Markets: Commercial ☑ Medicare Advantage ☐", ["commercial"]),
        ("Applies to: All lines of business", []),
        ("Applies to all lines of business unless otherwise stated", []),
        ("This policy applies to commercial plans only.", ["commercial"]),
        ("These guidelines are intended for Medicaid fee-for-service enrollees.", ["medicaid"]),
        ("Lamps are sold to Medicare and commercial members alike.", []),
        ("This policy applies to lamps that are worn by Medicare beneficiaries and others.", []),
        ("Jurisdiction: Medicare Part B in Ohio", ["medicare_ffs"]),
        ("Line of Business: ☐ Commercial ☐ Medicaid", []),
    ],
)
def test_lines_of_business(line: str, lines: list[str]):
    assert list(_reach(line).lines_of_business) == lines


def test_crosses_behind_names_check_them():
    reach = _reach("Applicable line of business:\n\nCommercial x Medicaid x\n\nMedicare ACA x")
    assert reach.lines_of_business == ("commercial", "exchange", "medicaid")


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("Line of Business: All lines of business except Medicaid", "medicaid"),
        ("This policy applies to all products other than the Marketplace.", "exchange"),
    ],
)
def test_all_but_one(line: str, without: str):
    assert list(_reach(line).lines_of_business) == [one for one in _EVERY if one != without]


def test_what_a_policy_does_not_apply_to_names_nothing_that_it_applies_to():
    assert not _reach("This policy does not apply to Medicare Advantage.").lines_of_business


def test_who_bears_the_risk():
    assert _reach("This policy is for members of self-funded plans.").funding == ("self_funded",)


@pytest.mark.parametrize(
    ("line", "states"),
    [
        ("States: Ohio, KY and West Virginia", ("OH", "KY", "WV")),
        ("Applies to: Commercial members in California", ("CA",)),
        ("Lamps are made in Ohio.", ()),
    ],
)
def test_states(line: str, states: tuple[str, ...]):
    assert _reach(line).states.include == states


def test_names_of_states():
    assert states_in("West Virginia and Virginia") == ("WV", "VA")
    assert states_listed("PA, WV & Ohio") == ("PA", "WV", "OH")
    assert states_listed("PA WV DE") == ("PA", "WV", "DE")
    assert states_listed("PA, and others") == ()


@pytest.mark.parametrize(
    ("line", "lines", "states"),
    [
        ("Kentucky Medicaid", ["medicaid"], ("KY",)),
        ("☒ Commercial ☐ Medicare Advantage ☒ Medicaid", ["commercial", "medicaid"], ()),
        (
            "This paper applies to members of Tallvale Medicare Advantage plans only.",
            ["medicare_advantage"],
            (),
        ),
        ("These criteria apply to requests under the Dusk Medicaid program.", ["medicaid"], ()),
        ("LINE OF BUSINESS  Medicaid", ["medicaid"], ()),
        ("Medicare Advantage Medical Policy", ["medicare_advantage"], ()),
        ("Plans Medicare members wear lamps", [], ()),
        ("This lamp applies pressure to Medicare members.", [], ()),
    ],
)
def test_plans_without_a_label(line: str, lines: list[str], states: tuple[str, ...]):
    reach = record_of(f"Tallvale Health Plan\nWrist Lamps\n{line}").applies_to
    assert [*reach.lines_of_business] == lines
    assert reach.states.include == states
