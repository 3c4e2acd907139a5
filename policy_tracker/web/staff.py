"""Who may see the staff pages: whoever has the installation's token, asked for once per browser.

The token is a setting, or made once and kept in the data folder. A browser that gave it keeps a
signed cookie that no script can read and that other sites' forms do not carry; the cookie holds a
digest of the token, so that a new token ends every session.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response

from policy_tracker.alerts.keys import made_once, secret_key
from policy_tracker.alerts.subscriptions import keyed_hash
from policy_tracker.store.database import reading, writing
from policy_tracker.store.limits import login_free_at, note_failure, when_words
from policy_tracker.web.client import client_of, retry_after
from policy_tracker.web.csrf import from_here
from policy_tracker.web.respond import now_of, page
from policy_tracker.web.routing import PageRoute

if TYPE_CHECKING:
    from policy_tracker.settings import Settings

TOKEN_FILE = "staff-token"  # noqa: S105 - the name of a file
COOKIE = "policy_tracker_staff"
SESSION = 14 * 24 * 3600
"""Seconds after which the token is asked for again."""
DOORS = ("/status", "/mailbox", "/review")
"""The pages behind the token; a login leads to one of them, and nowhere else."""

router = APIRouter(route_class=PageRoute, include_in_schema=False)


def staff_token(settings: Settings) -> str:
    """The token that opens the staff pages: the setting, else the one in the data folder, which is
    made at the first call.

    Raises SettingsError where it cannot be kept.
    """
    if settings.staff_token is not None:
        return settings.staff_token.get_secret_value()
    return made_once(settings.data_dir / TOKEN_FILE)


def is_staff(request: Request) -> bool:
    """Whether a request carries the cookie of a login under the present token."""
    settings: Settings = request.app.state.settings
    try:
        digest = _sessions(settings).loads(request.cookies.get(COOKIE, ""), max_age=SESSION)
    except BadSignature:
        return False
    return isinstance(digest, str) and hmac.compare_digest(digest, _digest(settings))


def is_loopback(request: Request) -> bool:
    """Whether a request comes from this very machine, and not through a proxy on it that speaks for
    others.
    """
    forwarded = any(
        name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via")
    )
    try:
        return (
            request.client is not None
            and ip_address(request.client.host).is_loopback
            and not forwarded
        )
    except ValueError:
        return False


def login_page(
    request: Request, *, wrong: str = "", free_at: dt.datetime | None = None
) -> Response:
    """The form that asks for the token, in place of the page that was asked for; with `free_at`,
    when it is taken again.
    """
    door = next((door for door in DOORS if request.url.path.startswith(door)), DOORS[0])
    headers = {"Cache-Control": "no-store"} | (
        retry_after(free_at, now_of(request)) if free_at else {}
    )
    return page(
        request,
        "pages/staff.html",
        status=429 if free_at else 401,
        headers=headers,
        nav="",
        door=door,
        wrong=wrong,
    )


@router.post("/status")
def log_in(
    request: Request,
    token: Annotated[str, Form(max_length=400)] = "",
    door: Annotated[str, Form(max_length=40)] = DOORS[0],
) -> Response:
    """Take the token; a right one leads to the page that was asked for.

    Who gives wrong ones too often has to wait, with a right one too.
    """
    from_here(request)
    settings: Settings = request.app.state.settings
    now, who = now_of(request), keyed_hash(secret_key(settings), client_of(request))
    with reading(request.app.state.engine) as session:
        if free_at := login_free_at(session, who, now):
            return _wait(request, free_at)
    if not hmac.compare_digest(token.strip().encode(), staff_token(settings).encode()):
        with writing(request.app.state.engine) as session:
            if free_at := login_free_at(session, who, now):  # others were wrong at the same moment
                return _wait(request, free_at)
            note_failure(session, who, now)
        return login_page(request, wrong="This is not the token of this installation.")
    answer = RedirectResponse(quote(door) if door in DOORS else DOORS[0], status_code=303)
    secure = settings.public_url.startswith("https:")
    answer.set_cookie(
        COOKIE,
        _sessions(settings).dumps(_digest(settings)),
        max_age=SESSION,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return answer


def _wait(request: Request, free_at: dt.datetime) -> Response:
    sentence = f"Too many wrong tokens were given. Please try again {when_words(free_at, now_of(request))}."  # noqa: E501
    return login_page(request, wrong=sentence, free_at=free_at)


def _sessions(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret_key(settings),
        salt="policy-tracker/staff",
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def _digest(settings: Settings) -> str:
    return hashlib.sha256(staff_token(settings).encode()).hexdigest()
