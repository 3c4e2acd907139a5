"""Whatever the order in which a policy's versions are loaded, the database answers alike."""

import itertools
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from policy_tracker.pipeline import load
from policy_tracker.store import queries, timeline
from policy_tracker.store.database import open_engine, reading
from policy_tracker.store.tables import SearchDocument, StoredComparison, StoredVersion
from policy_tracker.store.views import ChangeFilter
from tests.databases import migrated_url
from tests.store.making import checked, later, on, version

EFFECTIVE = st.none() | st.sampled_from(["2024-01-01", "2024-06-01"])
ISSUED = st.none() | st.sampled_from(["2024-01-01", "2024-02-01", "2024-09-01", "2025-03-01"])
ROWS = st.lists(
    st.sampled_from(["2024-02", "2024-09", "2025-01", "2025-03"]), max_size=3, unique=True
)
FACTS = st.tuples(
    EFFECTIVE,
    ISSUED,
    ROWS,
    st.none() | st.sampled_from(["v1", "v2", "v5"]),
    st.none() | st.just("2024-10-05"),
)
ASKED = [
    date(2023, 12, 31),
    date(2024, 1, 15),
    date(2024, 3, 1),
    date(2024, 10, 1),
    date(2025, 2, 1),
    date(2026, 1, 1),
]


def record(name, facts):
    effective, issued, rows, label, retrieved = facts
    dates = {"revised": {"date": issued}} if issued else {}
    history = [{"date": row, "text": "Changed."} for row in sorted(rows)]
    more = {"version_label": label, "revision_history": history, "retrieved": retrieved}
    given_ones = {key: value for key, value in more.items() if value}
    return version(
        name,
        effective=effective,
        dates=dates,
        text=f"Prism therapy as {name} has it.",
        codes=(f"1000{ord(name) % 3}",),
        **given_ones,
    )


def answers(records, request):
    """All that the database says after these were loaded one by one."""
    engine = open_engine(migrated_url("sqlite", request))
    try:
        for number, one in enumerate(records):
            load(engine, checked(one), later(days=number))
        with reading(engine) as session:
            labels = dict(session.exec(select(StoredVersion.id, StoredVersion.label)).all())
            bars = [
                bar.model_dump(exclude={"revision_id"}) for bar in timeline.timeline(session, 1)
            ]
            governing = [
                timeline.as_of(session, 1, on(day.isoformat())).model_dump(
                    exclude={"revision_id", "revision", "why"}
                )
                for day in ASKED
            ]
            comparisons = {
                (labels.get(row.from_version_id), labels[row.to_version_id]): (
                    row.effective,
                    row.gap,
                    row.content,
                )
                for row in session.exec(select(StoredComparison))
            }
            found = sorted(
                (row.kind, row.version, row.place, row.heading, row.body)
                for row in session.exec(select(SearchDocument))
            )
            feed = [
                (row.from_version, row.to_version, row.effective, row.gap, row.change.id)
                for row in queries.changes(session, ChangeFilter(substantive=None), limit=500).items
            ]
            row = queries.get_policy(session, "acme", "p-1", date(2025, 6, 1))
            told = (row.title, row.version, row.since, row.next_version, row.latest)
            return bars, governing, comparisons, found, sorted(feed, key=repr), told
    finally:
        engine.dispose()


@given(st.lists(FACTS, min_size=2, max_size=4), st.randoms())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_order_of_loading_decides_nothing(request, listed, random):
    records = [record(name, facts) for name, facts in zip("abcd", listed, strict=False)]
    shuffled = list(records)
    random.shuffle(shuffled)
    assert answers(records, request) == answers(shuffled, request)


def test_six_orders_of_three_siblings(request):
    facts = [
        ("2024-01-01", issued, [], None, None)
        for issued in ("2024-01-01", "2024-09-01", "2025-03-01")
    ]
    records = [record(name, one) for name, one in zip("cab", facts, strict=True)]
    first, *others = (answers(list(order), request) for order in itertools.permutations(records))
    assert all(other == first for other in others)
    assert {step: day for step, (day, _, _) in first[2].items()} == {
        (None, "c"): date(2024, 1, 1),
        ("c", "a"): date(2024, 9, 1),
        ("a", "b"): date(2025, 3, 1),
    }
