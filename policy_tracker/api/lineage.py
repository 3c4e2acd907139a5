"""The past of statements as answers show it."""

from collections.abc import Mapping

from sqlmodel import Session

from policy_tracker.api.schemas_lineage import BlameAnswer, LineView, RemovedStatementItem
from policy_tracker.api.serialize import known, name_of
from policy_tracker.diff.lineage import Node, StatementLineage
from policy_tracker.store.lineage import Descended
from policy_tracker.store.views import PolicyRef


def blame_answer(session: Session, policy: PolicyRef, found: Descended) -> BlameAnswer:
    """The answer about a version's statements."""
    version, lines = found.blame.record.version, found.lines
    removed = (
        RemovedStatementItem.model_validate(
            {
                **_line(lines, one.last, one.line),
                "last": one.last,
                "gone": one.removed,
                "fate": one.fate,
            }
        )
        for one in found.blame.removed
    )
    return BlameAnswer(
        policy=name_of(policy),
        version=version,
        statements=tuple(
            LineView.model_validate(_line(lines, version, line)) for line in found.blame.lines
        ),
        removed=tuple(removed),
        known=known(session),
    )


def _line(
    lines: Mapping[Node, tuple[str, ...]], version: str, line: StatementLineage
) -> dict[str, object]:
    statement = line.statement
    return {
        "key": statement.key,
        "parent": statement.parent,
        "section": statement.section,
        "role": statement.role,
        "position": line.position,
        "text": statement.text,
        "lineage": lines[version, statement.key],
        "since": line.since,
        "origin": line.origin,
        "changes": line.touches,
        "versions": line.versions,
        "unchanged": line.unchanged,
    }
