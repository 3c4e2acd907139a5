"""Which version brought each statement of a version, and which one last changed it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.naming import PayerName, payer_of, version_label
from policy_tracker.pages.outline import SectionNode, outline_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_tracker.diff.lineage import Blame, RemovedStatement, StatementLineage
    from policy_tracker.store.views import PolicyRow, VersionView

FIELD_WORDS = {
    "words": "words",
    "position": "position",
    "logic": "how its parts combine",
    "codes": "codes",
    "scope": "when and to whom it applies",
    "role": "role",
    "place": "place",
    "split": "split from a longer one",
    "merged": "merged from several",
}
ORIGIN_WORDS = {
    "brought": "",
    "first_held": "the first version held here",
    "not_told_before": "at the latest: the version before it is told only in part",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A version as a statement's past names it."""

    version: str
    label: str

    @property
    def named(self) -> str:
        """The label in a sentence, behind the word `version`."""
        return self.label if self.label.lower().startswith("version") else f"version {self.label}"


@dataclass(frozen=True, slots=True)
class Changed:
    """The last version that changed a statement, from which it did, and what of it."""

    before: str
    version: Version
    fields: str


@dataclass(frozen=True, slots=True)
class Past:
    """The past of one statement: which version brought it and how that is known, what last changed
    it, and how long it stands so.

    `fresh` is what the version shown brought or changed itself.
    """

    since: Version
    since_note: str
    changed: Changed | None
    stands: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class RemovedStatementView:
    """A statement that no longer stands, as it stood last."""

    text: str
    label: str | None
    role_words: str
    since: Version


@dataclass(frozen=True, slots=True)
class RemovedGroup:
    """What one version lacks of the one before it; `told` is whether its source would tell of
    it.
    """

    before: Version
    version: Version
    told: bool
    statements: tuple[RemovedStatementView, ...]


@dataclass(frozen=True, slots=True)
class BlameView:
    """Everything that the page shows; `pasts` by the keys of the statements in `sections`."""

    payer: PayerName
    policy: str
    label: str
    title: str
    version: Version
    versions: tuple[Version, ...]
    summary: str
    sections: tuple[SectionNode, ...]
    pasts: Mapping[str, Past]
    removed: tuple[RemovedGroup, ...]


def blame_view(row: PolicyRow, versions: Sequence[VersionView], found: Blame) -> BlameView:
    """The page of one version among all `versions` of its policy, newest first."""
    named = {
        version.version: Version(version.version, version_label(version.record))
        for version in versions
    }
    record = found.record
    return BlameView(
        payer=payer_of(row),
        policy=row.policy,
        label=row.label,
        title=record.title,
        version=named[record.version],
        versions=tuple(named.values()),
        summary=summary_words(found),
        sections=outline_of(record),
        pasts={line.statement.key: _past(line, named) for line in found.lines},
        removed=_removed(found, named),
    )


def summary_words(found: Blame) -> str:
    """A version's statements in one sentence: how many it brought, how many it changed, and how
    many are as they were.
    """
    new = [line for line in found.lines if line.unchanged == 1]
    brought = sum(line.origin == "brought" and not line.touches for line in new)
    changed = sum(bool(line.touches) for line in new)
    not_comparable = sum(line.origin == "not_told_before" and not line.touches for line in new)
    kept = len(found.lines) - len(new)
    removed = sum(
        one.removed == found.record.version and one.fate == "dropped" for one in found.removed
    )
    parts = [
        f"{brought} came with this version" if brought else "",
        f"{changed} {_were(changed)} changed by it" if changed else "",
        f"{kept} {'stands' if kept == 1 else 'stand'} as before" if kept else "",
        f"{not_comparable} may be older, because the version before is told only in part"
        if not_comparable
        else "",
        f"{removed} of the version before {_were(removed)} dropped" if removed else "",
    ]
    told = formatting.listed([part for part in parts if part])
    return (
        f"{formatting.counted(len(found.lines), 'statement')}: {told}."
        if told
        else f"{formatting.counted(len(found.lines), 'statement')}."
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def fields_words(line: StatementLineage) -> str:
    """What the last version that changed a statement changed of it."""
    return formatting.listed([FIELD_WORDS[field] for field in line.touches[0].fields])


def stands_words(line: StatementLineage) -> str:
    """In how many versions a statement stands as it does now."""
    if line.unchanged == 1:
        return "stands so in this version alone"
    return f"stands unchanged in {line.unchanged} versions"


def _past(line: StatementLineage, named: Mapping[str, Version]) -> Past:
    touch = line.touches[0] if line.touches else None
    return Past(
        since=named[line.since],
        since_note=ORIGIN_WORDS[line.origin],
        changed=Changed(touch.before, named[touch.version], fields_words(line)) if touch else None,
        stands=stands_words(line),
        fresh=line.unchanged == 1 and (touch is not None or line.origin == "brought"),
    )


def _removed(found: Blame, named: Mapping[str, Version]) -> tuple[RemovedGroup, ...]:
    groups = groupby(found.removed, key=lambda one: (one.last, one.removed, one.fate))
    return tuple(
        RemovedGroup(
            named[last],
            named[removed],
            fate == "dropped",
            tuple(_removed_view(one, named) for one in some),
        )
        for (last, removed, fate), some in groups
    )


def _removed_view(one: RemovedStatement, named: Mapping[str, Version]) -> RemovedStatementView:
    statement = one.line.statement
    return RemovedStatementView(
        text=statement.text,
        label=statement.label,
        role_words=formatting.ROLE_WORDS[statement.role],
        since=named[one.line.since],
    )
