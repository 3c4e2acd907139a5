"""Versions and policies as answers show them."""

from datetime import datetime

from sqlmodel import Session

from policy_tracker.api.schemas import Known, PolicyName
from policy_tracker.api.schemas_policies import VersionSummary
from policy_tracker.record.content import Record
from policy_tracker.store.journal import last_sequence, sequence_at
from policy_tracker.store.views import PolicyRef, VersionView


def name_of(policy: PolicyRef) -> PolicyName:
    """The part of a policy's row that names it."""
    return PolicyName.model_validate(policy)


def summary_of(view: VersionView) -> dict[str, object]:
    """A version as `VersionSummary` and `VersionAnswer` show it."""
    shown = {
        name: getattr(view, name) for name in VersionSummary.model_fields if hasattr(view, name)
    }
    return {
        **shown,
        "title": view.record.title,
        "source_kind": view.record.source_kind,
        "completeness": view.record.completeness,
    }


def known(session: Session, at: datetime | None = None) -> Known:
    """Up to where the journal counts for an answer: the entries recorded by `at`, or all."""
    return Known(sequence=last_sequence(session) if at is None else sequence_at(session, at), at=at)


def without_descriptors(record: Record) -> Record:
    """`record` without the descriptions of its codes."""
    groups = tuple(
        group.model_copy(
            update={
                "codes": tuple(
                    code.model_copy(update={"description": None}) for code in group.codes
                )
            }
        )
        for group in record.code_groups
    )
    return record.model_copy(update={"code_groups": groups})
