"""Policies, versions and comparisons by their addresses."""

from datetime import date

import pytest

from policy_tracker.errors import NotFoundError, QueryError
from policy_tracker.pipeline import load
from policy_tracker.rules import compare
from policy_tracker.rules.effective import EffectiveInterval
from policy_tracker.store.database import reading
from policy_tracker.store.queries import (
    get_comparison,
    get_policy,
    get_version,
    list_payers,
    list_policies,
    versions,
)
from tests.store.making import NOW, OTHER, PAYER, checked, day, later, version

TODAY = date(2026, 1, 15)
ONE, TWO, THREE = (
    version("2024-01-01"),
    version("2025-01-01", text="Now with a limit."),
    version("2026-06-01", text="Now without."),
)


@pytest.fixture
def session(engine):
    load(
        engine,
        checked(ONE, TWO, THREE, version(policy="p_2", aliases=["PT 2"]), payers=(PAYER, OTHER)),
        NOW,
    )
    load(
        engine,
        checked(version("2024-01-01", text="Read better.", corrects="misread")),
        later(days=1),
    )
    with reading(engine) as opened:
        yield opened


def test_payers_with_their_policies(session):
    assert [(one.payer, one.name, one.fixture, one.policies) for one in list_payers(session)] == [
        ("acme", "Acme Health", True, 2),
        ("zenith", "Zenith Plan", True, 0),
    ]


def test_a_policy_as_of_today(session):
    row = get_policy(session, "acme", "p-1", TODAY)
    assert (row.label, row.status, row.version, row.since) == (
        "P-1",
        "in_force",
        "2025-01-01",
        day("2025-01-01"),
    )
    assert (row.next_version, row.next_from, row.latest, row.versions) == (
        "2026-06-01",
        day("2026-06-01"),
        "2026-06-01",
        3,
    )
    assert row.recorded_at == later(days=1)
    early = get_policy(session, "acme", "p-1", date(2020, 1, 1))
    assert (early.status, early.version, early.since, early.next_version) == (
        "future_only",
        None,
        None,
        "2024-01-01",
    )


@pytest.mark.parametrize(
    ("payer", "policy", "named"),
    [("acme", "p-9", "p-9"), ("nobody", "p-1", "nobody"), ("acme", "' OR 1=1", "OR 1=1")],
)
def test_an_address_that_leads_nowhere(session, payer, policy, named):
    with pytest.raises(NotFoundError, match=named):
        get_policy(session, payer, policy, TODAY)


def test_policies_are_listed_page_by_page(session):
    first = list_policies(session, TODAY, limit=1)
    rest = list_policies(session, TODAY, limit=1, cursor=first.cursor)
    assert [one.policy for one in (*first.items, *rest.items)] == ["p-1", "p_2"]
    assert rest.cursor is None
    assert list_policies(session, TODAY).items == (*first.items, *rest.items)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PRISM", 2),
        ("pt 2", 1),
        ("p_2", 1),
        ("%", 0),
        ("p_1", 0),
        ("p-1 prism", 1),
        ("nothing", 0),
        ("\0", 2),
        ("", 2),
    ],
)
def test_policies_are_found_by_what_people_call_them(session, text, found):
    assert len(list_policies(session, TODAY, text=text).items) == found


def test_lists_check_what_they_are_given(session):
    with pytest.raises(NotFoundError):
        list_policies(session, TODAY, payer="nobody")
    for wrong in ({"cursor": "WzFd"}, {"limit": 0}, {"cursor": "é"}):
        with pytest.raises(QueryError):
            list_policies(session, TODAY, **wrong)
    assert list_policies(session, TODAY, payer="zenith").items == ()


def test_versions_newest_first_with_their_neighbours(session):
    policy = get_policy(session, "acme", "p-1", TODAY)
    views = versions(session, policy.id)
    assert [(one.version, one.previous, one.next, one.until, one.revision) for one in views] == [
        ("2026-06-01", "2025-01-01", None, None, 1),
        ("2025-01-01", "2024-01-01", "2026-06-01", day("2026-06-01"), 1),
        ("2024-01-01", None, "2025-01-01", day("2025-01-01"), 2),
    ]
    assert views[1].record == TWO
    assert [one.revision for one in versions(session, policy.id, known_at=NOW)] == [1, 1, 1]
    assert versions(session, policy.id, known_at=later(days=-1)) == ()
    for wrong in (0, -1, 99, 2**63):
        with pytest.raises(NotFoundError):
            versions(session, wrong)


def test_one_version(session):
    view = get_version(session, "acme", "p-1", "2024-01-01")
    assert (view.record.corrects, view.corrections, view.policy.payer_name) == (
        "misread",
        1,
        "Acme Health",
    )
    with pytest.raises(NotFoundError, match="No version '2023-01-01' of Acme Health P-1"):
        get_version(session, "acme", "p-1", "2023-01-01")
    with pytest.raises(NotFoundError):
        get_version(session, "acme", "p-1", "2024-01-01", known_at=later(days=-1))


def test_any_two_versions_are_compared(session):
    first = get_version(session, "acme", "p-1", "2024-01-01").record
    assert get_comparison(session, "acme", "p-1", "2025-01-01", "2026-06-01") == compare(TWO, THREE)
    assert get_comparison(session, "acme", "p-1", "2024-01-01", "2026-06-01") == compare(
        first, THREE
    )
    assert get_comparison(session, "acme", "p-1", "2026-06-01", "2024-01-01") == compare(
        THREE, first
    )
    with pytest.raises(QueryError):
        get_comparison(session, "acme", "p-1", "2025-01-01", "2025-01-01")
    with pytest.raises(NotFoundError):
        get_comparison(session, "acme", "p-1", "2025-01-01", "1999-01-01")


def test_the_first_version_is_compared_with_nothing_by_the_day_on_which_it_is_known_to_start(
    sqlite_engine,
):
    """Both print the policy's first date: from the record alone, what is to be done would be due
    from January on.
    """
    asked = [
        {
            "key": "main",
            "section": "coverage",
            "role": "documentation",
            "text": "Records must show the prism.",
        }
    ]
    siblings = [
        version(
            issued, effective="2024-01-01", dates={"issued": {"date": issued}}, statements=asked
        )
        for issued in ("2024-03-05", "2025-09-30")
    ]
    load(sqlite_engine, checked(*siblings), NOW)
    with reading(sqlite_engine) as session:
        found = get_comparison(session, "acme", "p-1", None, "2024-03-05")
    starts = EffectiveInterval(day("2024-03-05"), issued=day("2024-03-05"))
    assert found == compare(None, siblings[0], payer=PAYER, effective=starts)
    assert found != compare(None, siblings[0], payer=PAYER)
