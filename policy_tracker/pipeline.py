"""The story, on one screen: records come in; what is new is compared, published and noted for those concerned."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Engine

from policy_tracker.errors import Fault
from policy_tracker.record.base import Value
from policy_tracker.rules.change import Verdict

Outcome = Literal["unchanged", "first_record", "payer_change", "correction", "withdrawal", "refused"]


class Loaded(Value):
    """What became of one record; `verdict` compares it with the edition before it (None for a policy's first, and where nothing changed)."""

    file: str
    payer: str
    policy: str
    edition: str
    outcome: Outcome
    verdict: Verdict | None = None
    reason: str | None = None


class LoadReport(Value):
    """What became of everything that was given: one row per record, in order, and the `faults` of what could not be read or was refused."""

    loaded: tuple[Loaded, ...] = ()
    payers_changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> tuple[Loaded, ...]:
        """What is new in the store."""
        return tuple(row for row in self.loaded if row.outcome not in ("unchanged", "refused"))


def load(engine: Engine, checked: object, now: datetime) -> LoadReport:
    """Load checked records (`extract.policy_file.Checked`): what is held already stays, what is wrong is refused by itself.

    Each record of a known policy is one transaction; a policy that comes for the first time is one, with all of its editions, and alerts nobody.
    """
    raise NotImplementedError


def take_effect(engine: Engine, today: date, now: datetime) -> int:
    """Note the editions that begin today or began since the last call; returns how many."""
    raise NotImplementedError
