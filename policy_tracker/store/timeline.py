"""Which version governs when, and why: the store's side of `policy_tracker.store.governing`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache
from json import dumps, loads
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from policy_tracker.record import Timing
from policy_tracker.store.governing import Entry, VersionLine, line_of, resolve, spans
from policy_tracker.store.tables import (
    JournalRow,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
    TimingRow,
)
from policy_tracker.store.views import Governing, Question, TimelineSpan

ENTRY_COLUMNS = (
    StoredRevision.id,
    StoredRevision.policy_id,
    StoredVersion.label,
    StoredRevision.number,
    StoredRevision.sequence,
    StoredRevision.withdrawn,
    StoredPayer.dates_back,
    TimingRow.facts,
)
"""What an entry of the timeline is made from, in the order of `entry_of`; `with_timing` joins their
tables.
"""


def with_timing(query: Any) -> Any:  # noqa: ANN401 - a select of many columns has no type that could be written
    """A query from revisions, with the tables of ENTRY_COLUMNS."""
    return (
        query.join(StoredVersion, col(StoredVersion.id) == StoredRevision.version_id)
        .join(TimingRow, col(TimingRow.revision_id) == StoredRevision.id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredRevision.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
    )


def entry_of(row: tuple) -> Entry:
    """The entry of a row of ENTRY_COLUMNS."""
    revision_id, _, label, number, sequence, withdrawn, dates_back, facts = row
    return Entry(label, revision_id, number, sequence, timing_from(facts), withdrawn, dates_back)


Bars = tuple[TimelineSpan, ...]


def line_and_bars(rows: Sequence[tuple]) -> tuple[VersionLine, Bars]:
    """The line of a policy and its bars, of the rows of ENTRY_COLUMNS of its revisions.

    They are remembered by all that the rows say, and by nothing else: so they never go stale,
    whatever database the rows are of.
    """
    return _line_and_bars(tuple((*columns, dumps(facts)) for *columns, facts in rows))


@lru_cache(maxsize=4096)
def _line_and_bars(rows: tuple[tuple, ...]) -> tuple[VersionLine, Bars]:
    line = line_of([entry_of((*columns, loads(facts))) for *columns, facts in rows])
    return line, spans(line)


_DAYS = ("effective", "issued", "superseded_on", "retired", "checked_on")
_LISTS = ("claims", "history")


def timing_from(facts: dict[str, Any]) -> Timing:
    """The dated facts of a stored row, which were validated when they were made."""
    days: dict[str, Any] = {
        name: date.fromisoformat(facts[name]) for name in _DAYS if name in facts
    }
    lists: dict[str, Any] = {
        name: tuple(map(date.fromisoformat, facts[name])) for name in _LISTS if name in facts
    }
    rest: dict[str, Any] = {
        name: facts[name] for name in ("basis", "issued_as", "label") if name in facts
    }
    return Timing.model_construct(**days, **lists, **rest, marks=tuple(facts.get("marks", ())))


def facts_of(timing: Timing) -> dict[str, Any]:
    """The row of dated facts: what is not stated is left out."""
    return timing.model_dump(mode="json", exclude_defaults=True)


def known_then(known_at: datetime | None) -> list:
    """Conditions on revisions: recorded up to the journal's sequence at an instant (None: all)."""
    if known_at is None:
        return []
    last = (
        select(func.coalesce(func.max(JournalRow.sequence), 0))
        .where(col(JournalRow.at) <= known_at)
        .scalar_subquery()
    )
    return [col(StoredRevision.sequence) <= last]


def entries(
    session: Session, policy_ids: Collection[int] | None = None, known_at: datetime | None = None
) -> dict[int, list[Entry]]:
    """The revisions of policies (None: of all) as the timeline reads them, by policy.

    Whether a payer dates back is how its dates are read, like a rule, and no fact about a version:
    it counts as it is known now.
    """
    query = with_timing(select(*ENTRY_COLUMNS))  # ty: ignore[no-matching-overload]
    if policy_ids is not None:
        query = query.where(col(StoredRevision.policy_id).in_(policy_ids))
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in session.exec(query.where(*known_then(known_at)).order_by(StoredRevision.id)):
        found[row[1]].append(entry_of(row))
    return found


def as_of(session: Session, policy_id: int, question: Question) -> Governing:
    """Which version of a policy governs, by what was recorded at `known_at` (else now)."""
    return resolve(entries(session, [policy_id], question.known_at).get(policy_id, ()), question)


def timeline(
    session: Session, policy_id: int, known_at: datetime | None = None
) -> tuple[TimelineSpan, ...]:
    """A policy's bars in valid time, in order and without holes, as if every date of a claim were
    the same day.
    """
    return spans(entries(session, [policy_id], known_at).get(policy_id, ()))
