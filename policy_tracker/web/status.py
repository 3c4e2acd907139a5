"""The status page, for those who operate an installation."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from policy_tracker.alerts.outbox_health import outbox_health
from policy_tracker.alerts.undelivered import undelivered
from policy_tracker.codesets.icd10cm import uncovered
from policy_tracker.language.formatting import period_words
from policy_tracker.settings import today
from policy_tracker.store.database import reading
from policy_tracker.store.extractions import count_waiting
from policy_tracker.store.health import scheduler_health
from policy_tracker.web import staff
from policy_tracker.web.respond import page
from policy_tracker.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MOST_SHOWN = 50
"""So many undelivered mails are listed; the rest is counted."""


@router.get("/status")
def status(request: Request) -> Response:
    """Jobs, outbox and what waits for a person, in words an operator acts on."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    settings = request.app.state.settings
    now = request.app.state.clock()
    with reading(request.app.state.engine) as session:
        failed = undelivered(session, MOST_SHOWN)
        scheduler, outbox, waiting = (
            scheduler_health(session, now),
            outbox_health(session, now),
            count_waiting(session),
        )
    return page(
        request,
        "pages/status.html",
        headers={"Cache-Control": "no-store"},
        nav="",
        now=now,
        scheduler=scheduler,
        outbox=outbox,
        failed=failed,
        waiting=waiting,
        every=every_words,
        uncovered=uncovered(today(settings, now), settings.data_dir / "icd10cm"),
        mailbox=not settings.smtp_host,
    )


def every_words(seconds: int) -> str:
    """A period in the largest unit that fits it exactly: `every minute`, `every 15 seconds`, `every
    day`.
    """
    return f"every {period_words(seconds)}"
