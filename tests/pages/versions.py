"""Versions of a policy as the store gives them, made from records alone."""

from datetime import UTC, datetime

from policy_tracker.record import Record, starts_of, timing_of
from policy_tracker.store.views import Gap, PolicyRef, VersionView

RECORDED = datetime(2025, 9, 1, tzinfo=UTC)


def versions_of(*records: Record, gaps: dict[str, Gap] | None = None) -> list[VersionView]:
    """The versions of one policy, newest first as the records are given; `gaps` by the version
    behind the gap.
    """
    starts = starts_of({record.version: timing_of(record) for record in records})
    names = [record.version for record in records]
    return [
        VersionView(
            policy=policy_of(record),
            version=record.version,
            record=record,
            start=starts[record.version],
            until=starts[names[place - 1]].day if place else None,
            governs=True,
            withdrawn=False,
            origin="first_record",
            revision=1,
            corrections=0,
            sequence=1,
            first_recorded_at=RECORDED,
            recorded_at=RECORDED,
            previous=names[place + 1] if place + 1 < len(names) else None,
            next=names[place - 1] if place else None,
            gap=(gaps or {}).get(record.version),
        )
        for place, record in enumerate(records)
    ]


def policy_of(record: Record) -> PolicyRef:
    """The policy that a record is of."""
    return PolicyRef(
        id=1,
        payer=record.payer,
        payer_name="Cigna Healthcare",
        policy=record.policy,
        policy_number=record.policy_number,
        aliases=record.aliases,
        title=record.title,
        policy_type=record.policy_type,
    )
