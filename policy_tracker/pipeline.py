"""The story, on one screen: records come in; what is new is compared, published and noted for those
concerned; what is doubtful waits.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from policy_tracker.errors import ConflictError, Fault, NotFoundError
from policy_tracker.record import Payer, Record, start_of, timing_of
from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import Origin
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.rules import compare as compare_by_rules
from policy_tracker.rules.changes import Verdict
from policy_tracker.rules.reclassification import Movement
from policy_tracker.store import journal
from policy_tracker.store.confirmations import confirm_payer
from policy_tracker.store.database import reading, writing
from policy_tracker.store.events import note_taking_effect
from policy_tracker.store.extractions import queue, reading_of_file
from policy_tracker.store.plan import (
    Compare,
    Holdings,
    NewRevision,
    PublicationPlan,
    accept,
    checked_later,
    draft,
    hash_of,
    holdings,
)
from policy_tracker.store.publish import publish, publish_payer
from policy_tracker.store.reclassifying import compared, redraft, settle_chain
from policy_tracker.store.review_gate import hold_for_review

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Outcome = Origin | Literal["unchanged", "withdrawal", "refused", "needs_review", "reviewed"]
NOT_NEW: tuple[Outcome, ...] = ("unchanged", "refused", "needs_review", "reviewed")
"""Outcomes that leave the timeline as it is."""
ATTEMPTS = 10
"""So often a policy is drafted anew because another process published to it meanwhile."""


class Loaded(Value):
    """What became of one record.

    `verdict` compares it with the version before it in valid time (None where nothing changed),
    `reason` says why it was refused. One that `needs_review` waits for a person as the reading
    `review`, for its `doubts`; one that was `reviewed` a person rejected or corrected.
    """

    file: str
    payer: str
    policy: str
    version: str
    outcome: Outcome
    verdict: Verdict | None = None
    reason: str | None = None
    review: int | None = None
    review_reasons: tuple[str, ...] = ()


class LoadReport(Value):
    """What became of everything that was given.

    `loaded` has one row per record, in the order of policies; `faults` are of what could not be
    read or was refused; `not_kept` names files that are good and that the store has no place for
    (bulletins).
    """

    loaded: tuple[Loaded, ...] = ()
    payers_changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    not_kept: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Loaded, ...]:
        """What is new on the timeline."""
        return tuple(row for row in self.loaded if row.outcome not in NOT_NEW)

    @property
    def waiting(self) -> tuple[Loaded, ...]:
        """What waits for a person."""
        return tuple(row for row in self.loaded if row.outcome == "needs_review")


class Reclassified(Value):
    """What moved in one policy: a step is from one version to the next."""

    payer: str
    policy: str
    steps: tuple[Movement, ...]


class Reclassification(Value):
    """What came of comparing anew.

    `policies` are those of which something was replaced, be it the stamp alone; `left` is how many
    were not taken this time, and `failed` says which could not be compared, and why.
    """

    examined: int
    left: int = 0
    policies: tuple[Reclassified, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def moved(self) -> int:
        """How many changes moved."""
        return sum(len(step.moved) for one in self.policies for step in one.steps)


def load(
    engine: Engine, checked: Checked, now: datetime, *, compare: Compare = compare_by_rules
) -> LoadReport:
    """Load what a check found good: what is held already stays, what is wrong is refused by itself,
    and loading again changes nothing.

    Each record of a known policy is one transaction, which alerts those concerned. A policy that
    comes for the first time is one transaction with all of its versions, and alerts nobody. A
    record that was read from a document, and is doubtful, waits for a person.
    """
    payers = tuple(payer.payer for payer in checked.payers if _load_payer(engine, payer, now))
    records = [sourced for sourced in checked.records if isinstance(sourced.value, Record)]
    rows: list[Loaded] = []
    for _, group in groupby(sorted(records, key=_address), key=_address):
        rows += _load_policy(engine, list(group), now, compare)
    refused = tuple(
        Fault(row.file, _line(records, row), "version", row.reason or "")
        for row in rows
        if row.outcome == "refused"
    )
    not_kept = tuple(
        sourced.file for sourced in checked.records if not isinstance(sourced.value, Record)
    )
    return LoadReport(
        loaded=tuple(rows),
        payers_changed=payers,
        faults=(*checked.faults, *refused),
        not_kept=not_kept,
    )


def take_effect(engine: Engine, today: date, now: datetime) -> int:
    """Note the versions that begin today, or that began since this was last called; returns how
    many.
    """
    with writing(engine) as session:
        return note_taking_effect(session, today, now)


def reclassify(
    engine: Engine,
    now: datetime,
    *,
    compare: Compare = compare_by_rules,
    stale: str | None = None,
    most: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Reclassification:
    """Compare versions that follow one another anew, with the present rules, and replace what comes
    out otherwise: a technical upgrade.

    Nobody is alerted, but for those who were told something that is now found wrong. Each policy is
    one transaction, so that what was interrupted goes on where it stood. With `stale` only policies
    with comparisons of another stamp than that are taken, with `most` so many at once, and a
    `dry_run` writes nothing. `progress` is told of each policy: how many are done, of how many.
    """
    with reading(engine) as session:
        addresses = compared(session, stale)
    taken = addresses[:most]
    found: list[Reclassified] = []
    failed: list[str] = []
    for number, (payer, policy) in enumerate(taken, 1):
        try:
            movements = _reclassify(engine, payer, policy, now, compare, dry_run=dry_run)
        except (
            OperationalError
        ):  # the database itself is away: what is done stays, the rest is for the next time
            raise
        except (
            Exception
        ) as error:  # one policy that cannot be compared must not keep the others back
            log.exception("%s/%s could not be reclassified", payer, policy)
            failed.append(f"{payer}/{policy}: {type(error).__name__}: {error}")
        else:
            found += (
                [Reclassified(payer=payer, policy=policy, steps=movements)] if movements else []
            )
        if progress:
            progress(number, len(taken))
    return Reclassification(
        examined=len(taken),
        left=len(addresses) - len(taken),
        policies=tuple(found),
        failed=tuple(failed),
    )


def _reclassify(
    engine: Engine, payer: str, policy: str, now: datetime, compare: Compare, *, dry_run: bool
) -> tuple[Movement, ...]:
    """What moves in one policy, written unless it is a trial; once more where somebody else
    published meanwhile.
    """
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = holdings(session, payer, policy)
            found = redraft(session, held, now, compare)
        if found is None:
            if dry_run:
                return ()
            with writing(engine) as session:
                settled = settle_chain(session, held)
            if settled:
                return ()
            continue
        if dry_run:
            return found.movements
        with writing(engine) as session:
            done = publish(session, found.draft)
        if done:
            return found.movements
    raise given_up(payer, policy)


def _load_payer(engine: Engine, payer: Payer, now: datetime) -> bool:
    with writing(engine) as session:
        confirm_payer(session, payer.payer, now, how="profile")
        return publish_payer(session, payer, now)


def _address(sourced: Sourced) -> tuple[str, str]:
    return sourced.value.payer, sourced.value.policy


def in_time(record: Record) -> tuple[date, date, str]:
    """What sorts records earliest first in valid time, as far as each of them tells by itself."""
    start = start_of(timing_of(record))
    return start.day or date.min, start.issued or date.min, record.version


def _load_policy(
    engine: Engine, records: list[Sourced], now: datetime, compare: Compare
) -> list[Loaded]:
    """Load the records of one policy, earliest first in valid time."""
    records = sorted(records, key=lambda one: in_time(one.value))
    payer, policy = _address(records[0])
    try:
        with reading(engine) as session:
            held = holdings(session, payer, policy)
    except NotFoundError as error:
        return [loaded_row(one, "refused", reason=str(error)) for one in records]
    new = [
        one
        for one in records
        if held.hashes.get(one.value.version, [""])[-1] != hash_of(one.value)
        or checked_later(held, one.value)
    ]
    set_aside = (
        _set_aside(engine, held, new, now) if any(one.value.extraction for one in new) else {}
    )
    good = [one for one in new if one.value.version not in set_aside]
    together = [good] if good and not held.head else [[one] for one in good]
    rows = {
        row.version: row
        for group in together
        for row in _publish(engine, payer, policy, group, now, compare)
    } | set_aside
    return [rows.get(one.value.version) or loaded_row(one, "unchanged") for one in records]


def _set_aside(
    engine: Engine, held: Holdings, new: Sequence[Sourced], now: datetime
) -> dict[str, Loaded]:
    """Of new records (by version), those that a person rejected or corrected, and those that wait
    for one: these are queued, each once.
    """
    with reading(engine) as session:
        decided = [one for one in new if one.value.extraction and _is_decided(session, one.value)]
        versions = {one.value.version for one in decided}
        rest = [one for one in new if one.value.version not in versions]
        doubtful = hold_for_review(session, held, [one.value for one in rest], now)
    rows = {one.value.version: loaded_row(one, "reviewed") for one in decided}
    if doubtful:
        with writing(engine) as session:
            journal.lock(session)  # two processes that load the same queue it once
            for place, reasons in doubtful.items():
                row = loaded_row(rest[place], "needs_review")
                review = queue(session, rest[place].value, reasons, now)
                rows[row.version] = row.model_copy(
                    update={"review": review, "review_reasons": reasons}
                )
    return rows


def _is_decided(session: Session, record: Record) -> bool:
    row = reading_of_file(session, record)
    return row is not None and row.decision in ("rejected", "corrected")


def _publish(
    engine: Engine,
    payer: str,
    policy: str,
    records: Sequence[Sourced],
    now: datetime,
    compare: Compare,
) -> list[Loaded]:
    """Draft by reading, then write in one short transaction; once more where somebody else
    published meanwhile.
    """
    for _ in range(ATTEMPTS):
        with reading(engine) as session:
            held = holdings(session, payer, policy)
            rows, new = _accepted(held, records, now)
            if not new:
                return [loaded_row(one, *rows[one.value.version]) for one in records]
            drafted = draft(session, held, new, now, compare)
        with writing(engine) as session:
            done = publish(session, drafted)
        if done:
            return [
                loaded_row(
                    one, *rows[one.value.version], verdict=verdict_in(drafted, one.value.version)
                )
                for one in records
            ]
    raise given_up(payer, policy)


def _accepted(
    held: Holdings, records: Sequence[Sourced], now: datetime
) -> tuple[dict[str, tuple[Outcome, str | None]], list[NewRevision]]:
    """What becomes of each record (by version) when it is taken into what is held, and the
    revisions that are new.
    """
    rows: dict[str, tuple[Outcome, str | None]] = {}
    new = []
    for one in records:
        try:
            revision = accept(held, one.value, now)
        except ConflictError as error:
            rows[one.value.version] = ("refused", str(error))
            continue
        rows[one.value.version] = (outcome_of(revision), None)
        new += [revision] if revision else []
    return rows, new


def given_up(payer: str, policy: str) -> ConflictError:
    """The error where other processes published to a policy so often that it was given up."""
    return ConflictError(
        f"Other processes kept publishing to {payer}/{policy}; it was given up after "
        f"{ATTEMPTS} attempts."
    )


def outcome_of(revision: NewRevision | None) -> Outcome:
    """What became of a record, by the revision that it made; None where it made none."""
    if revision is None:
        return "unchanged"
    return "withdrawal" if revision.withdraws else revision.origin


def verdict_in(drafted: PublicationPlan, version: str) -> Verdict | None:
    """The verdict of the comparison that leads to a version in a draft."""
    return next(
        (
            comparison.verdict
            for step, comparison in drafted.comparisons.items()
            if step.after == version
        ),
        None,
    )


def loaded_row(
    sourced: Sourced, outcome: Outcome, reason: str | None = None, verdict: Verdict | None = None
) -> Loaded:
    """What became of a record, as a row of a report; the verdict only where it is new."""
    record = sourced.value
    if outcome in NOT_NEW:
        verdict = None
    return Loaded(
        file=sourced.file,
        payer=record.payer,
        policy=record.policy,
        version=record.version,
        outcome=outcome,
        verdict=verdict,
        reason=reason,
    )


def _line(records: Sequence[Sourced], row: Loaded) -> int | None:
    return next(
        (
            one.line("version")
            for one in records
            if (one.file, one.value.version) == (row.file, row.version)
        ),
        None,
    )
