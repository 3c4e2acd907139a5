"""Policies, versions and comparisons.

Every address that leads nowhere is a NotFoundError with one sentence; the feed is `store.feed`.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, tuple_

from policy_tracker.errors import NotFoundError, QueryError
from policy_tracker.record import Record
from policy_tracker.rules import compare as compare_by_rules
from policy_tracker.rules.changes import Comparison
from policy_tracker.store.announcements import entries_of
from policy_tracker.store.cursors import checked_limit, containing, read_cursor, write_cursor
from policy_tracker.store.feed import changes, updates
from policy_tracker.store.governing import HeldVersion, VersionLine, line_of, spans
from policy_tracker.store.metadata import LARGEST_ID
from policy_tracker.store.plan import Compare, documents_of, effective_between
from policy_tracker.store.policies import (
    REF_COLUMNS,
    find_payer,
    find_policy,
    payer_stating,
    ref_of,
)
from policy_tracker.store.review_states import review_states
from policy_tracker.store.tables import (
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredVersion,
)
from policy_tracker.store.timeline import entries
from policy_tracker.store.views import (
    Page,
    PayerRow,
    PolicyRef,
    PolicyRow,
    TimelineSpan,
    VersionView,
)

__all__ = [
    "changes",
    "get_comparison",
    "get_policy",
    "get_version",
    "list_payers",
    "list_policies",
    "updates",
    "versions",
]


def list_payers(session: Session) -> tuple[PayerRow, ...]:
    """All payers, by name."""
    query = (
        select(StoredPayer, func.count(col(StoredPolicy.id)))
        .join(StoredPolicy, col(StoredPolicy.payer_id) == StoredPayer.id, isouter=True)
        .group_by(col(StoredPayer.id))
        .order_by(StoredPayer.name, StoredPayer.slug)
    )
    return tuple(
        PayerRow(
            payer=row.slug,
            name=row.name,
            fixture=row.fixture,
            homepage=row.content.get("homepage"),
            policies=count,
        )
        for row, count in session.exec(query)
    )


def list_policies(
    session: Session,
    today: date,
    *,
    payer: str | None = None,
    text: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[PolicyRow]:
    """Policies as of `today`, by payer's name and policy's slug; `text` is looked for in title,
    number, aliases and slug.

    Without `limit` all of them. Raises NotFoundError for a payer that is not held, QueryError for a
    cursor that is none or a wrong limit.
    """
    order = (col(StoredPayer.name), col(StoredPayer.slug), col(StoredPolicy.slug))
    conditions: list[ColumnElement[bool]] = []
    if payer is not None:
        conditions.append(col(StoredPayer.id) == find_payer(session, payer).id)
    conditions += [
        containing(col(StoredPolicy.names), word) for word in (text or "").lower().split()
    ]
    if cursor is not None:
        conditions.append(tuple_(*order) > tuple_(*read_cursor(cursor, str, str, str)))
    query = _policy_query().where(*conditions).order_by(*order)
    if limit is not None:
        query = query.limit(checked_limit(limit) + 1)
    rows = list(session.exec(query))
    more = limit is not None and len(rows) > limit
    found = _policy_rows(session, rows[:limit], today)
    last = found[-1] if found and more else None
    return Page(
        items=tuple(found),
        cursor=write_cursor(last.payer_name, last.payer, last.policy) if last else None,
    )


def get_policy(session: Session, payer: str, policy: str, today: date) -> PolicyRow:
    """One policy as of `today`; `policy` is its slug. Raises NotFoundError."""
    ref = find_policy(session, payer, policy)
    return _policy_rows(
        session, list(session.exec(_policy_query().where(StoredPolicy.id == ref.id))), today
    )[0]


def _policy_query():  # noqa: ANN202 - a select of many columns has no type that could be written
    columns = (*REF_COLUMNS, StoredPolicy.latest, StoredPolicy.versions, StoredPolicy.recorded_at)
    return select(*columns).join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)  # ty: ignore[no-matching-overload]


def _policy_rows(session: Session, rows: Iterable, today: date) -> list[PolicyRow]:
    rows = list(rows)
    bars = _stored_spans(session, [row[0] for row in rows])
    found = []
    for *ref, latest, count, recorded_at in rows:
        mine = bars[ref[0]]
        now, begins = next(
            (span, begins) for span, begins in mine if span.to_day is None or span.to_day > today
        )
        others = [span for span, _ in mine if span.version not in (None, now.version)]
        later = next((span for span in others if span.from_day and span.from_day > today), None)
        found.append(
            PolicyRow(
                **ref_of(ref).model_dump(),
                status=now.status,
                version=now.version,
                since=begins if now.version else None,
                certainty=now.certainty if now.version else None,
                checked_on=now.checked_on if now.version else None,
                next_version=later.version if later else None,
                next_from=later.from_day if later else None,
                latest=latest,
                versions=count,
                recorded_at=recorded_at,
            )
        )
    return found


def _stored_spans(
    session: Session, policy_ids: list[int]
) -> dict[int, list[tuple[TimelineSpan, date | None]]]:
    """The bars of policies, each with the day since which its version governs."""
    query = select(StoredSpan, StoredVersion.label).join(
        StoredVersion, col(StoredVersion.id) == StoredSpan.version_id, isouter=True
    )
    if len(policy_ids) <= LARGEST_LIST:
        query = query.where(col(StoredSpan.policy_id).in_(policy_ids))
    found: dict[int, list[tuple[TimelineSpan, date | None]]] = {
        policy_id: [] for policy_id in policy_ids
    }
    for row, label in session.exec(
        query.order_by(col(StoredSpan.policy_id), col(StoredSpan.ordinal))
    ):
        if row.policy_id in found:
            values = row.model_dump(include=set(TimelineSpan.model_fields))
            found[row.policy_id].append((TimelineSpan(**values, version=label), row.begins))
    return found


LARGEST_LIST = 1000
"""More ids than this are not put into one statement: the whole table is read instead."""


def versions(
    session: Session, policy_id: int, known_at: datetime | None = None
) -> tuple[VersionView, ...]:
    """All versions of a policy, newest in valid time first, then the withdrawn ones.

    Raises NotFoundError.
    """
    query = select(*REF_COLUMNS).join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)  # ty: ignore[no-matching-overload]
    row = (
        session.exec(query.where(StoredPolicy.id == policy_id)).first()
        if 0 < policy_id <= LARGEST_ID
        else None
    )
    if row is None:
        message = f"There is no policy {policy_id}."
        raise NotFoundError(message)
    return _version_views(session, ref_of(row), known_at)


def get_version(
    session: Session, payer: str, policy: str, version: str, known_at: datetime | None = None
) -> VersionView:
    """One version. Raises NotFoundError."""
    ref = find_policy(session, payer, policy)
    found = _version_views(session, ref, known_at, version)
    if not found:
        then = f" by {known_at:%Y-%m-%d %H:%M} UTC" if known_at else ""
        message = f"No version {version!r} of {ref.payer_name} {ref.label} is recorded{then}."
        raise NotFoundError(message)
    return found[0]


def _version_views(
    session: Session, ref: PolicyRef, known_at: datetime | None, only: str | None = None
) -> tuple[VersionView, ...]:
    held = entries(session, [ref.id], known_at).get(ref.id, [])
    line = line_of(held)
    order = [*reversed(line.stand), *line.withdrawn]
    wanted = [entry.revision_id for entry in held if only in (None, entry.version)]
    revisions = {
        row.id: row
        for row in session.exec(select(StoredRevision).where(col(StoredRevision.id).in_(wanted)))
    }
    newest = {entry.version: entry.revision_id for entry in held if only in (None, entry.version)}
    states = review_states(
        session,
        {number: "extraction" in revisions[number].content for number in newest.values()},
        known_at,
    )
    bars = spans(line)
    return tuple(
        _version_view(
            ref,
            one,
            [revisions[entry.revision_id] for entry in held if entry.version == one.entry.version],
            bars,
            line,
        ).model_copy(update={"review_state": states[newest[one.entry.version]]})
        for one in order
        if only in (None, one.entry.version)
    )


def _version_view(
    ref: PolicyRef,
    one: HeldVersion,
    revisions: list[StoredRevision],
    bars: tuple[TimelineSpan, ...],
    line: VersionLine,
) -> VersionView:
    entry, newest, mine = (
        one.entry,
        revisions[-1],
        [span for span in bars if span.version == one.entry.version],
    )
    before = line.stand[one.place - 1] if one.place and not entry.withdrawn else None
    after = line.next_of(one) if not entry.withdrawn else None
    hole = line.missing_after(before.place) if before else None
    return VersionView(
        policy=ref,
        version=entry.version,
        record=Record.model_validate(newest.content),
        start=one.start,
        until=mine[-1].to_day if mine else None,
        governs=bool(mine),
        withdrawn=entry.withdrawn,
        origin=newest.origin,  # ty: ignore[invalid-argument-type] - stored from that list of words
        revision=newest.number,
        corrections=sum(row.origin == "correction" for row in revisions),
        sequence=newest.sequence,
        first_recorded_at=revisions[0].recorded_at,
        recorded_at=newest.recorded_at,
        previous=before.entry.version if before else None,
        next=after.entry.version if after else None,
        gap=hole.gap if hole else None,
        checked_on=entry.timing.checked_on,
    )


def get_comparison(
    session: Session,
    payer: str,
    policy: str,
    from_version: str | None,
    to_version: str,
    *,
    compare: Compare = compare_by_rules,
) -> Comparison:
    """Two versions compared, or one with nothing (None): as stored where they follow one another,
    else computed now.

    Raises NotFoundError, and QueryError for one version named twice.
    """
    if from_version == to_version:
        message = f"A comparison needs two versions, and version {to_version} is named twice."
        raise QueryError(message, "to")
    ref = find_policy(session, payer, policy)
    before, after = aliased(StoredVersion), aliased(StoredVersion)
    query = (
        select(StoredComparison.content)
        .join(before, col(before.id) == StoredComparison.from_version_id, isouter=True)
        .join(after, col(after.id) == StoredComparison.to_version_id)
        .where(
            StoredComparison.policy_id == ref.id,
            col(before.label).is_not_distinct_from(from_version),
            after.label == to_version,
        )
    )
    content = session.exec(query).first()
    if content is not None:
        return Comparison.model_validate(content)
    earlier = get_version(session, payer, policy, from_version).record if from_version else None
    later = get_version(session, payer, policy, to_version).record
    effective = effective_between(
        line_of(entries(session, [ref.id]).get(ref.id, ())), from_version, to_version
    )
    return compare(
        earlier,
        later,
        payer=payer_stating(session, payer),
        announced=entries_of(session, payer),
        effective=effective,
        **documents_of(session, earlier, later),
    )
