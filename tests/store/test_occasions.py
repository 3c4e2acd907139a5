"""Reading occasions: in the order of their commits, by id."""

import pytest

from policy_tracker.errors import NotFoundError
from policy_tracker.pipeline import load
from policy_tracker.store.database import reading
from policy_tracker.store.events import events, get_event
from tests.store.making import NOW, checked, later, version


@pytest.fixture
def session(engine):
    load(engine, checked(version("2025-01-01")), NOW)
    for number in range(2, 6):
        load(
            engine,
            checked(version(f"2026-0{number}-01", text=f"Change {number}.")),
            later(days=number),
        )
    with reading(engine) as opened:
        yield opened


def test_a_reader_goes_on_where_it_stopped(session):
    first = events(session, limit=3)
    rest = events(session, after=first[-1].id, limit=3)
    assert [one.to_version for one in (*first, *rest)] == [
        f"2026-0{number}-01" for number in range(2, 6)
    ]
    assert [one.at for one in (*first, *rest)] == [later(days=number) for number in range(2, 6)]
    assert events(session, after=2**62) == ()


def test_one_occasion(session):
    (first, *_) = events(session)
    assert get_event(session, first.id) == first
    assert first.comparison.verdict.change_type == "modified"
    for wrong in (0, -1, 999, 2**63):
        with pytest.raises(NotFoundError):
            get_event(session, wrong)
