"""The feed of changes: order, filters, cursors."""

import pytest
from sqlmodel import select

from policy_tracker.errors import CodeError, QueryError
from policy_tracker.pipeline import load
from policy_tracker.store.database import reading
from policy_tracker.store.queries import changes, updates
from policy_tracker.store.tables import StoredChange
from policy_tracker.store.views import ChangeFilter
from tests.store.making import NOW, checked, day, later, version


@pytest.fixture
def session(curated_to_read):
    with reading(curated_to_read) as opened:
        yield opened


def everything(session, read, wanted, limit):
    """All rows, page by page."""
    found, cursor = [], None
    while True:
        page = read(session, wanted, cursor=cursor, limit=limit)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("read", [changes, updates])
def test_pages_put_together_are_the_list(session, read):
    wanted = ChangeFilter(substantive=None)
    whole = list(read(session, wanted, limit=500).items)
    assert len(whole) > 6
    for limit in (1, 2, 5):
        assert everything(session, read, wanted, limit) == whole
    order = [row.effective or day("1900-01-01") for row in whole]
    assert order == sorted(order, reverse=True)


def test_a_cursor_stays_valid_when_something_is_added(curated_engine):
    wanted = ChangeFilter(substantive=None)
    with reading(curated_engine) as session:
        first = changes(session, wanted, limit=3)
        rest = everything(session, changes, wanted, 500)[3:]
    load(
        curated_engine,
        checked(version("2027-05-01"), version("2028-05-01", text="Changed.")),
        later(days=1),
    )
    with reading(curated_engine) as session:
        assert list(changes(session, wanted, cursor=first.cursor, limit=500).items) == rest


def test_mm_0300_is_three_substantive_changes(session):
    found = changes(session, ChangeFilter(payer="cigna", policy="mm-0300")).items
    assert [one.change.kind for one in found] == [
        "coverage_position_changed",
        "prior_auth_changed",
        "threshold_changed",
    ]
    assert {(one.from_version, one.to_version, one.effective) for one in found} == {
        ("2025-09-26.before", "2025-09-26", day("2025-09-26"))
    }
    (update, first) = updates(session, ChangeFilter(payer="cigna")).items
    assert (update.changes, update.verdict.impact, update.source_kind) == (
        3,
        "medium-high",
        "secondary",
    )
    assert (first.from_version, first.verdict.change_type, first.changes) == (None, "new", 0)


GOVERNS = ("mm-0300", "review-interval-shortened")
"""It names no code, and governs all that the policy lists."""
FILTERS = {
    "payer": (
        ChangeFilter(payer="cigna", substantive=None),
        lambda row: row.policy.payer == "cigna",
    ),
    "axis": (
        ChangeFilter(axis="coverage", substantive=None),
        lambda row: row.change.axis == "coverage",
    ),
    "direction": (
        ChangeFilter(direction="narrowed", substantive=None),
        lambda row: row.change.direction == "narrowed",
    ),
    "impact": (
        ChangeFilter(impact_at_least="medium-high", substantive=None),
        lambda row: row.change.impact in ("medium-high", "high"),
    ),
    "kind": (
        ChangeFilter(kind="threshold_changed", substantive=None),
        lambda row: row.change.kind == "threshold_changed",
    ),
    "substantive": (ChangeFilter(), lambda row: row.change.substantive),
    "not substantive": (ChangeFilter(substantive=False), lambda row: not row.change.substantive),
    "code": (
        ChangeFilter(code="0691t", substantive=None),
        lambda row: (
            "0691T" in {code.code for code in row.change.codes}
            or (row.policy.policy, row.change.rule) == GOVERNS
        ),
    ),
    "from": (
        ChangeFilter(effective_from=day("2026-04-01"), substantive=None),
        lambda row: row.effective and row.effective >= day("2026-04-01"),
    ),
    "to": (
        ChangeFilter(effective_to=day("2025-09-26"), substantive=None),
        lambda row: row.effective and row.effective <= day("2025-09-26"),
    ),
    "text": (
        ChangeFilter(text="PRIOR authorization", substantive=None),
        lambda row: all(
            any(
                word in (text or "").lower()
                for text in (
                    row.change.heading,
                    row.change.before,
                    row.change.after,
                    row.change.explanation,
                )
            )
            for word in ("prior", "authorization")
        ),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_keeps_what_it_says(session, name):
    wanted, fits = FILTERS[name]
    whole = changes(session, ChangeFilter(substantive=None), limit=500).items
    kept = changes(session, wanted, limit=500).items
    assert list(kept) == [row for row in whole if fits(row)]
    assert 0 < len(kept) < len(whole)


@pytest.mark.parametrize(
    "name", [name for name in FILTERS if name not in ("payer", "code", "substantive", "from", "to")]
)
def test_a_step_is_shown_where_some_change_of_it_is(session, name):
    wanted, _ = FILTERS[name]
    steps: dict = {}
    for row in changes(session, wanted, limit=500).items:
        steps[(row.policy.policy, row.from_version, row.to_version)] = (
            steps.get((row.policy.policy, row.from_version, row.to_version), 0) + 1
        )
    found = {
        (row.policy.policy, row.from_version, row.to_version): row.changes
        for row in updates(session, wanted, limit=500).items
    }
    assert found == steps


def test_a_step_that_is_news_in_itself_is_shown_to_who_asks_for_a_code_that_it_lists(session):
    found = [
        (row.to_version, row.changes)
        for row in updates(session, ChangeFilter(code="0691T"), limit=500).items
    ]
    assert found == [("2025-09-26", 3), ("2025-09-26.before", 0)]


def test_a_review_without_change_is_shown_to_who_asks_for_all(engine):
    load(engine, checked(version("2024-01-01"), version("2025-01-01")), NOW)
    with reading(engine) as session:
        assert [row.to_version for row in updates(session, ChangeFilter()).items] == ["2024-01-01"]
        assert [
            row.to_version for row in updates(session, ChangeFilter(substantive=None)).items
        ] == ["2025-01-01", "2024-01-01"]


@pytest.mark.parametrize("read", [changes, updates])
@pytest.mark.parametrize(
    "wrong",
    [
        {"cursor": "nonsense"},
        {"cursor": "W10"},
        {"cursor": "x" * 9999},
        {"limit": 0},
        {"limit": 501},
    ],
)
def test_a_wrong_page_is_refused(session, read, wrong):
    with pytest.raises(QueryError):
        read(session, ChangeFilter(), **wrong)


@pytest.mark.parametrize("read", [changes, updates])
def test_a_wrong_code_is_refused(session, read):
    with pytest.raises(CodeError):
        read(session, ChangeFilter(code="???"))


def test_nothing_matches_what_nobody_has(session):
    assert changes(session, ChangeFilter(payer="nobody")).items == ()
    assert updates(session, ChangeFilter(text="100%_\\'\"")).items == ()


def test_what_a_row_shows_is_what_is_stored(session):
    stored = {row.change_id: row for row in session.exec(select(StoredChange))}
    for row in changes(session, ChangeFilter(substantive=None), limit=500).items:
        held = stored[row.change.id]
        assert (held.kind, held.axis, held.direction, held.impact) == (
            row.change.kind,
            row.change.axis,
            row.change.direction,
            row.change.impact,
        )
