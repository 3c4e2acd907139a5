"""Versions and policies as answers show them."""

from policy_tracker.api.schemas import PolicyName
from policy_tracker.api.schemas_policies import VersionSummary
from policy_tracker.store.views import PolicyRef, VersionView


def name_of(policy: PolicyRef) -> PolicyName:
    """The part of a policy's row that names it."""
    return PolicyName.model_validate(policy)


def summary_of(view: VersionView) -> dict[str, object]:
    """A version as `VersionSummary` and `VersionAnswer` show it."""
    shown = {name: getattr(view, name) for name in VersionSummary.model_fields if hasattr(view, name)}
    return {**shown, "title": view.record.title, "source_kind": view.record.source_kind, "completeness": view.record.completeness}
