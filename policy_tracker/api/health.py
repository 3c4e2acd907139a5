"""The probes: is the process alive, how is the work going, and can questions be answered?"""

import logging
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select
from starlette.responses import Response

from policy_tracker import __version__
from policy_tracker.alerts.outbox_health import outbox_health
from policy_tracker.api.deps import engine_of
from policy_tracker.store.database import reading
from policy_tracker.store.health import scheduler_health
from policy_tracker.store.readiness import pending_migration
from policy_tracker.store.tables import StoredPolicy

router = APIRouter(include_in_schema=False)
_TOLD_OF_A_JOB = {"id", "what", "period", "state", "last_done_at", "next_at"}
_TOLD_OF_THE_OUTBOX = (
    "ok",
    "sentence",
    "due",
    "retrying",
    "relay_faults",
    "sent",
    "failed",
    "oldest_due_at",
    "last_sent_at",
)
log = logging.getLogger(__name__)


@router.get("/health")
def alive(request: Request) -> Response:
    """The process answers: always 200.

    `status` and the parts say how the work goes; what failed and why is for staff, at /status.
    """
    now = request.app.state.clock()
    try:
        with reading(engine_of(request)) as session:
            scheduler, outbox = scheduler_health(session, now), outbox_health(session, now)
    except SQLAlchemyError as error:
        log.warning("/health: the database does not answer: %s", error)
        return _json(
            {
                "status": "degraded",
                "version": __version__,
                "sentence": "The database does not answer.",
            }
        )
    jobs = [job.model_dump(mode="json", include=_TOLD_OF_A_JOB) for job in scheduler.jobs]
    return _json(
        {
            "status": "ok" if scheduler.ok and outbox.ok else "degraded",
            "version": __version__,
            "scheduler": {
                "ok": scheduler.ok,
                "running": scheduler.running,
                "sentence": scheduler.sentence,
                "jobs": jobs,
            },
            "outbox": {name: getattr(outbox, name) for name in _TOLD_OF_THE_OUTBOX},
        }
    )


@router.get("/health/ready")
def ready(request: Request) -> Response:
    """Whether questions can be answered: 200, or 503 with what is missing."""
    try:
        missing = _missing(request)
    except SQLAlchemyError as error:
        log.warning("/health/ready: the database does not answer: %s", error)
        missing = ["the database does not answer"]
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return _json({"ready": not missing, "missing": missing, "version": __version__}, status)


def _missing(request: Request) -> list[str]:
    if pending_migration(engine_of(request)):
        return ["the database is not at the newest migration: run `policy-tracker db upgrade`"]
    with reading(engine_of(request)) as session:
        held = session.exec(select(func.count(col(StoredPolicy.id)))).one()
    return [] if held else ["no policy is loaded: run `policy-tracker load policies`"]


def _json(value: dict[str, Any], status: int = HTTPStatus.OK) -> Response:
    return Response(
        orjson.dumps(value),
        status_code=status,
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )
