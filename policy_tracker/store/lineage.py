"""Which statement of one version is which of the next, for ever: alignments are added, and none is
changed.

Those that hold are the newest ones of the revisions that stand now; what was superseded stays
beside them, and gives a line of descent the name that it had before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from policy_tracker.diff.align import Pair, align
from policy_tracker.diff.lineage import PARTS, Blame, Branch, Node, Recorded, Stage, blame, lineages
from policy_tracker.errors import NotFoundError
from policy_tracker.record import Record
from policy_tracker.rules import AS_DECLARED
from policy_tracker.store.governing import Entry, standing
from policy_tracker.store.journal import last_sequence
from policy_tracker.store.plan import Step, chain, successive
from policy_tracker.store.tables import AlignmentRow, LinkRow, StoredRevision
from policy_tracker.store.timeline import entries

Revisions = tuple[int, int]
"""The ids of two revisions that are aligned."""


def add_alignment(
    session: Session, policy_id: int, pair: Revisions, links: Sequence[Pair], at: datetime
) -> bool:
    """Add the links between two revisions; False where the newest alignment of the two says the
    same. Under the journal's lock.
    """
    before, after = pair
    held = session.exec(
        select(AlignmentRow)
        .where(AlignmentRow.from_revision_id == before, AlignmentRow.to_revision_id == after)
        .order_by(col(AlignmentRow.number).desc())
        .limit(1)
    ).first()
    if (
        held
        and held.ruleset == AS_DECLARED.stamp
        and _links(session, [held.id or 0]).get(held.id or 0, ()) == tuple(links)
    ):
        return False
    row = AlignmentRow(
        policy_id=policy_id,
        from_revision_id=before,
        to_revision_id=after,
        number=held.number + 1 if held else 1,
        ruleset=AS_DECLARED.stamp,
        sequence=last_sequence(session),
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    rows = [
        {
            "alignment_id": row.id,
            "ordinal": ordinal,
            "before": one.before,
            "after": one.after,
            "how": one.how,
            "score": one.score,
        }
        for ordinal, one in enumerate(links)
    ]
    if rows:
        session.execute(insert(LinkRow), rows)
    return True


def _links(session: Session, alignment_ids: Iterable[int]) -> dict[int, tuple[Pair, ...]]:
    """The links of alignments, by these."""
    query = (
        select(LinkRow.alignment_id, LinkRow.before, LinkRow.after, LinkRow.score, LinkRow.how)  # ty: ignore[no-matching-overload]
        .where(col(LinkRow.alignment_id).in_(list(alignment_ids)))
        .order_by(col(LinkRow.alignment_id), col(LinkRow.ordinal))
    )
    return {
        number: tuple(Pair(*values) for _, *values in rows)
        for number, rows in groupby(session.exec(query), key=lambda row: row[0])
    }


@dataclass(frozen=True, slots=True)
class Held:
    """An alignment as it is stored: its links, and the rules that it was made with."""

    links: tuple[Pair, ...]
    ruleset: str


def alignments(session: Session, policy_id: int) -> dict[Revisions, Held]:
    """The newest alignment of every two revisions of a policy that were ever aligned."""
    newest = (
        select(
            col(AlignmentRow.from_revision_id),
            col(AlignmentRow.to_revision_id),
            func.max(AlignmentRow.number).label("number"),
        )
        .where(AlignmentRow.policy_id == policy_id)
        .group_by(col(AlignmentRow.from_revision_id), col(AlignmentRow.to_revision_id))
        .subquery()
    )
    columns = (
        AlignmentRow.id,
        AlignmentRow.from_revision_id,
        AlignmentRow.to_revision_id,
        AlignmentRow.ruleset,
    )
    query = select(*columns).join(
        newest,
        (col(AlignmentRow.from_revision_id) == newest.c.from_revision_id)
        & (col(AlignmentRow.to_revision_id) == newest.c.to_revision_id)
        & (col(AlignmentRow.number) == newest.c.number),
    )
    rows = session.exec(query).all()
    links = _links(session, [number or 0 for number, *_ in rows])
    return {
        (before, after): Held(links.get(number or 0, ()), ruleset)
        for number, before, after, ruleset in rows
    }


@dataclass(frozen=True, slots=True)
class Descent:
    """A policy's versions with the steps between them, their newest revisions and records, and
    every alignment that is stored.
    """

    entries: tuple[Entry, ...]
    newest: dict[str, Entry]
    records: dict[str, Record]
    steps: tuple[Step, ...]
    stored: dict[Revisions, Held]

    def held(self, step: Step) -> Held | None:
        """The stored alignment of a step."""
        return self.stored.get(self.revisions(step))

    def revisions(self, step: Step) -> Revisions:
        """The newest revisions of the two versions of a step."""
        return self.newest[step.before or ""].revision_id, self.newest[step.after].revision_id

    def align(self, step: Step) -> tuple[Pair, ...]:
        """The links of a step, computed now."""
        return align(self.records[step.before or ""], self.records[step.after]).links()

    def links(self, step: Step) -> tuple[Pair, ...]:
        """The links of a step: as they are stored, else computed; none lead to a policy's first
        version.
        """
        if step.before is None:
            return ()
        held = self.held(step)
        return held.links if held else self.align(step)

    def way_to(self, version: str) -> list[Step]:
        """The steps that lead to a version, the policy's first in front."""
        by_version = {step.after: step for step in self.steps}
        way = [by_version[version]]
        while way[-1].before is not None:
            way.append(by_version[way[-1].before])
        return way[::-1]


def descent(session: Session, policy_id: int) -> Descent:
    """What is known of the descent of a policy's statements."""
    held = entries(session, [policy_id]).get(policy_id, [])
    stand, withdrawn = standing(held)
    newest = {one.entry.version: one.entry for one in (*stand, *withdrawn)}
    records = _records(session, newest)
    return Descent(
        tuple(held), newest, records, tuple(chain(stand, withdrawn)), alignments(session, policy_id)
    )


def _records(session: Session, newest: dict[str, Entry]) -> dict[str, Record]:
    versions = {entry.revision_id: version for version, entry in newest.items()}
    query = select(StoredRevision.id, StoredRevision.content).where(
        col(StoredRevision.id).in_(list(versions))
    )
    return {
        versions[number or 0]: Record.model_validate(content)
        for number, content in session.exec(query)
    }


@dataclass(frozen=True, slots=True)
class Descended:
    """The past of a version's statements, and what it was made from."""

    blame: Blame
    known: Descent

    @property
    def lines(self) -> dict[Node, tuple[str, ...]]:
        """The lines of descent on which every statement of the policy stands, worked out when they
        are asked for.
        """
        return lines_of(self.known)


def blame_of(session: Session, policy_id: int, version: str | None = None) -> Descended:
    """The past of every statement of a version (None: the policy's latest).

    Raises NotFoundError for a version that is not recorded.
    """
    known = descent(session, policy_id)
    label = version or _latest(known)
    if label not in known.newest:
        message = f"No version {label!r} of this policy is recorded."
        raise NotFoundError(message)
    stages = [Stage(known.records[step.after], known.links(step)) for step in known.way_to(label)]
    return Descended(blame(stages), known)


def _latest(known: Descent) -> str:
    """The latest version in valid time; of a policy that has withdrawn ones alone, the first of
    these.
    """
    stand, withdrawn = standing(known.entries)
    return stand[-1].entry.version if stand else withdrawn[0].entry.version


def lines_of(known: Descent) -> dict[Node, tuple[str, ...]]:
    """The lines of descent on which each statement of a policy stands, by version and key."""
    branches = [
        Branch(known.records[step.after], step.before, known.links(step)) for step in known.steps
    ]
    earlier = _earlier_selves(known)
    told = {entry.revision_id: entry for entry in known.entries}

    def recorded(node: Node) -> Recorded:
        version, key = node
        seen = {(known.newest[version].revision_id, key)}
        waiting = list(seen)
        while waiting:
            more = [one for one in earlier.get(waiting.pop(), ()) if one not in seen]
            seen.update(more)
            waiting += more
        return min(
            Recorded(told[number].sequence, told[number].version, told[number].number, name)
            for number, name in seen
        )

    return lineages(branches, recorded)


def _earlier_selves(known: Descent) -> dict[tuple[int, str], list[tuple[int, str]]]:
    """What each statement of a revision was before: in the version's revision before it, or in a
    version that was withdrawn since.
    """
    withdrawn = {
        entry.revision_id for entry in known.entries if known.newest[entry.version].withdrawn
    }
    successors = {(one.revision_id, two.revision_id) for one, two in successive(known.entries)}
    found: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for (before, after), held in known.stored.items():
        if (before, after) in successors or before in withdrawn:
            for link in held.links:
                if link.how not in PARTS:
                    found[after, link.after].append((before, link.before))
    return found


def align_again(session: Session, policy_id: int, at: datetime) -> int:
    """Align a policy's versions anew from their revisions, and add what comes out otherwise than it
    is stored; returns how many did.
    """
    known = descent(session, policy_id)
    return sum(
        add_alignment(session, policy_id, known.revisions(step), known.align(step), at)
        for step in known.steps
        if step.before
    )


def faults_of(known: Descent) -> Iterator[str]:
    """What is wrong with stored alignments that hold: they name a statement that is none, or the
    same rules do not find them again.
    """
    for step in known.steps:
        held = known.held(step) if step.before else None
        if held is None:
            continue
        keys = [
            {statement.key for statement in known.records[version].statements}
            for version in (step.before or "", step.after)
        ]
        if any(link.before not in keys[0] or link.after not in keys[1] for link in held.links):
            yield f"{step.before} → {step.after}: a link names a statement that is not there"
        elif held.ruleset == AS_DECLARED.stamp and held.links != known.align(step):
            yield f"{step.before} → {step.after}: the links do not come out again"
