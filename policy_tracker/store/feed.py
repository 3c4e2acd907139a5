"""The feed: what changed, newest effective first, by change and by step from one version to the
next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, tuple_

from policy_tracker.errors import NotFoundError
from policy_tracker.record.vocabulary import IMPACTS
from policy_tracker.rules.changes import Change, Comparison
from policy_tracker.store.codes import concerned, forms_of
from policy_tracker.store.cursors import checked_limit, containing, read_cursor, write_cursor
from policy_tracker.store.policies import REF_COLUMNS, ref_of
from policy_tracker.store.publish import day_key
from policy_tracker.store.review_states import review_states
from policy_tracker.store.tables import (
    ChangeCode,
    ChangeConcern,
    ConcernedCode,
    StoredChange,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredVersion,
    TimingRow,
)
from policy_tracker.store.views import ChangeFilter, ChangeRow, Gap, Page, ReviewState, UpdateRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel.sql.expression import SelectOfScalar

_QUIET = ("modified", "reviewed_no_change")
"""Steps of these types are told by their changes; the others (new, retired, withdrawn, reinstated)
are news in themselves.
"""
_ABOUT_CHANGES = ("axis", "direction", "impact_at_least", "kind", "text")


def changes(
    session: Session, wanted: ChangeFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[ChangeRow]:
    """The feed, change by change: newest effective first (unknown starts last), in document order
    within a comparison.

    Raises QueryError for a cursor that is none or a limit that is not 1 to 500, CodeError for a
    code without a known form.
    """
    place = (
        col(StoredChange.effective_key),
        col(StoredChange.policy_id),
        col(StoredChange.to_version_id),
    )
    query = _change_query().where(*_of_steps(wanted), *_of_changes(wanted))
    if cursor is not None:
        *before, ordinal = read_cursor(cursor, int, int, int, int)
        query = query.where(
            or_(
                tuple_(*place) < tuple_(*before),
                and_(tuple_(*place) == tuple_(*before), col(StoredChange.ordinal) > ordinal),
            )
        )
    query = query.order_by(*(column.desc() for column in place), col(StoredChange.ordinal)).limit(
        checked_limit(limit) + 1
    )
    rows = session.exec(query).all()
    items = tuple(_change_row(row) for row in rows[:limit])
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Page(
        items=items,
        cursor=write_cursor(last.effective_key, last.policy_id, last.to_version_id, last.ordinal)
        if last
        else None,
    )


def get_change(session: Session, change_id: str) -> ChangeRow:
    """One change by its id. Raises NotFoundError."""
    row = session.exec(
        _change_query()
        .where(StoredChange.change_id == change_id)
        .order_by(col(StoredChange.id))
        .limit(1)
    ).first()
    if row is None:
        message = f"There is no change {change_id}."
        raise NotFoundError(message)
    return _change_row(row)


def _change_query() -> SelectOfScalar[Any]:
    return _joined(
        select(StoredChange, *_STEP_COLUMNS, *REF_COLUMNS).join(  # ty: ignore[no-matching-overload]
            StoredComparison, col(StoredComparison.id) == StoredChange.comparison_id
        )
    )


def _change_row(found: Any) -> ChangeRow:  # noqa: ANN401 - a row of many columns
    row, before_label, after_label, effective, gap, recorded_at, *ref = found
    return ChangeRow(
        policy=ref_of(ref),
        from_version=before_label,
        to_version=after_label,
        effective=effective,
        gap=gap_of(gap),
        recorded_at=recorded_at,
        change=Change.model_validate(row.content),
    )


def updates(
    session: Session, wanted: ChangeFilter, *, cursor: str | None = None, limit: int = 50
) -> Page[UpdateRow]:
    """The feed, step by step: one row for two versions of which some change answers `wanted`; order
    and errors as in `changes`.

    Where nothing is asked of the changes themselves but whom they concern, a first version, a
    retirement, a reinstatement and a withdrawal are included without any; with `substantive=None` a
    review without change is too.
    """
    counted = _counted(wanted)
    place = (
        col(StoredComparison.effective_key),
        col(StoredComparison.policy_id),
        col(StoredComparison.to_version_id),
    )
    query = _update_query(counted).where(*_of_steps(wanted))
    news = col(StoredComparison.change_type).not_in(_QUIET)
    if (
        any(getattr(wanted, field) is not None for field in _ABOUT_CHANGES)
        or wanted.substantive is False
    ):
        query = query.where(counted > 0)
    elif wanted.code is not None:
        query = query.where(or_(counted > 0, and_(news, _concerning(wanted.code))))
    elif wanted.substantive:
        query = query.where(or_(counted > 0, news))
    if cursor is not None:
        query = query.where(tuple_(*place) < tuple_(*read_cursor(cursor, int, int, int)))
    rows = session.exec(
        query.order_by(*(column.desc() for column in place)).limit(checked_limit(limit) + 1)
    ).all()
    items = _update_rows(session, rows[:limit])
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Page(
        items=items,
        cursor=write_cursor(last.effective_key, last.policy_id, last.to_version_id)
        if last
        else None,
    )


def taking_effect(session: Session, first: date, last: date) -> tuple[UpdateRow, ...]:
    """The steps of a calendar from `first` to `last`: by the day on which a version starts, or came
    out where that was later.

    A version of which no start is known stands in no calendar.
    """
    begins, came = col(StoredComparison.effective), TimingRow.facts["issued"].as_string()
    began = begins.between(first, last) & or_(came.is_(None), came <= cast(begins, String))
    late = came.between(first.isoformat(), last.isoformat()) & (came > cast(begins, String))
    query = _update_query(_counted(ChangeFilter(substantive=None))).where(or_(began, late))
    order = (
        col(StoredComparison.effective_key),
        col(StoredComparison.policy_id),
        col(StoredComparison.to_version_id),
    )
    return _update_rows(session, session.exec(query.order_by(*order)).all())


def _update_query(counted: Any) -> SelectOfScalar[Any]:  # noqa: ANN401 - a scalar subquery
    query = _joined(
        select(StoredComparison, counted, TimingRow.facts, *_STEP_COLUMNS, *REF_COLUMNS)  # ty: ignore[no-matching-overload]
    )
    return query.join(
        TimingRow, col(TimingRow.revision_id) == StoredComparison.to_revision_id, isouter=True
    )


def _update_rows(session: Session, found: Sequence[Any]) -> tuple[UpdateRow, ...]:
    """Steps, each with whether a person looked at the record of its later version."""
    states = review_states(session, {row[0].to_revision_id: None for row in found})
    return tuple(_update_row(row, states[row[0].to_revision_id]) for row in found)


def _update_row(found: Any, review: ReviewState) -> UpdateRow:  # noqa: ANN401 - a row of many columns
    row, count, facts, before_label, after_label, effective, gap, recorded_at, *ref = found
    return UpdateRow(
        policy=ref_of(ref),
        from_version=before_label,
        to_version=after_label,
        effective=effective,
        issued=(facts or {}).get("issued"),
        gap=gap_of(gap),
        recorded_at=recorded_at,
        verdict=Comparison.model_validate(row.content).verdict,
        changes=count,
        source_kind=row.source_kind,
        review_state=review,
    )


_BEFORE, _AFTER = aliased(StoredVersion), aliased(StoredVersion)
_STEP_COLUMNS = (
    _BEFORE.label,
    _AFTER.label,
    StoredComparison.effective,
    StoredComparison.gap,
    StoredComparison.recorded_at,
)


def gap_of(stored: dict[str, Any] | None) -> Gap | None:
    """The gap of a stored row."""
    return Gap.model_validate(stored) if stored else None


def _joined(query: SelectOfScalar[Any]) -> SelectOfScalar[Any]:
    return (
        query.join(_BEFORE, col(_BEFORE.id) == StoredComparison.from_version_id, isouter=True)
        .join(_AFTER, col(_AFTER.id) == StoredComparison.to_version_id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredComparison.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
    )


def _counted(wanted: ChangeFilter) -> Any:  # noqa: ANN401 - a scalar subquery
    """How many changes of a step answer the filter."""
    query = select(func.count(col(StoredChange.id))).where(
        StoredChange.comparison_id == StoredComparison.id, *_of_changes(wanted)
    )
    return query.correlate(StoredComparison).scalar_subquery()


def _of_steps(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    """Conditions on the step that a change belongs to."""
    found: list[ColumnElement[bool]] = []
    if wanted.payer is not None:
        found.append(col(StoredPayer.slug) == wanted.payer)
    if wanted.policy is not None:
        found.append(col(StoredPolicy.slug) == wanted.policy)
    if wanted.effective_from is not None:
        found.append(col(StoredComparison.effective_key) >= day_key(wanted.effective_from))
    if wanted.effective_to is not None:
        found.append(col(StoredComparison.effective_key).between(1, day_key(wanted.effective_to)))
    return found


def _concerning(text: str) -> ColumnElement[bool]:
    """Whether a comparison concerns a code at all."""
    code, systems = forms_of(text)
    return exists().where(
        col(ConcernedCode.comparison_id) == StoredComparison.id,
        concerned(dict.fromkeys(systems, code)),
    )


def _about(text: str) -> ColumnElement[bool]:
    """Whether a change alters the answer about a code; one that can decide nothing is about the
    codes that it names.
    """
    code, systems = forms_of(text)
    concerning = exists().where(
        col(ChangeConcern.change_id) == StoredChange.id,
        col(ConcernedCode.comparison_id) == StoredChange.comparison_id,
        col(ConcernedCode.place) == ChangeConcern.place,
        concerned(dict.fromkeys(systems, code)),
    )
    naming = exists().where(
        col(ChangeCode.change_id) == StoredChange.id,
        col(ChangeCode.code) == code,
        col(ChangeCode.system).in_(systems),
    )
    return or_(concerning, and_(col(StoredChange.substantive).is_(False), naming))


def _of_changes(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    """Conditions on a change itself."""
    columns = {
        "axis": StoredChange.axis,
        "direction": StoredChange.direction,
        "kind": StoredChange.kind,
        "substantive": StoredChange.substantive,
    }
    found = [
        col(column) == getattr(wanted, name)
        for name, column in columns.items()
        if getattr(wanted, name) is not None
    ]
    if wanted.impact_at_least is not None:
        found.append(col(StoredChange.impact_rank) >= IMPACTS.index(wanted.impact_at_least))
    if wanted.code is not None:
        found.append(_about(wanted.code))
    if wanted.text is not None:
        texts = (
            StoredChange.heading,
            StoredChange.before,
            StoredChange.after,
            StoredChange.explanation,
        )
        found += [
            or_(*(containing(column, word) for column in texts)) for word in wanted.text.split()
        ]
    return found
