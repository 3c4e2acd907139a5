"""How the whole installation is doing: the scheduler's jobs and the outbox, for the status page,
the probe and the command line alike.
"""

from datetime import datetime

from sqlmodel import Session

from policy_tracker.alerts.outbox_health import OutboxHealth, outbox_health
from policy_tracker.record.base import Value
from policy_tracker.store.health import SchedulerHealth, scheduler_health


class Health(Value):
    """`ok` where nothing needs an operator; `sentence` says what does."""

    ok: bool
    sentence: str
    scheduler: SchedulerHealth
    outbox: OutboxHealth


def health(session: Session, now: datetime) -> Health:
    """How the installation is doing at `now`."""
    scheduler, outbox = scheduler_health(session, now), outbox_health(session, now)
    troubles = [part.sentence for part in (scheduler, outbox) if not part.ok]
    return Health(
        ok=not troubles,
        sentence=" ".join(troubles) or scheduler.sentence,
        scheduler=scheduler,
        outbox=outbox,
    )
