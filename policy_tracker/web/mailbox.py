"""The local mailbox: the mails of an installation that has no mail server, as they would have
arrived.

They hold signed links, so they are shown only where no mail server is set, and only to a client on
this very machine: whoever can read the data folder could read them anyway. That is a convenience of
development, and the reason for a proxy on the same machine to set `X-Forwarded-For`, as proxies do.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from policy_tracker.alerts.channels import MAILBOX
from policy_tracker.alerts.channels.maildir import StoredMail, kept_mail, kept_mails
from policy_tracker.errors import NotFoundError
from policy_tracker.web.csrf import under_known_name
from policy_tracker.web.respond import page
from policy_tracker.web.routing import PageRoute
from policy_tracker.web.staff import is_loopback

if TYPE_CHECKING:
    from pathlib import Path

router = APIRouter(route_class=PageRoute, include_in_schema=False)

SHOWN = 200
FRAMING = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "frame-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The policy of the page around a mail: as everywhere, and it may frame a page of ours."""
FRAMED = "; ".join(
    (
        "sandbox allow-popups allow-popups-to-escape-sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""The policy of a mail's HTML: its own style and nothing else; no script, no form, nothing from
anywhere.
"""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_HEADERS = ("From", "To", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


@router.get("/mailbox")
def mails(request: Request) -> Response:
    """The mails, newest first."""
    kept = kept_mails(_folder(request))
    rows = [
        {
            "name": mail.name,
            "at": _moment(mail),
            "to": mail.message["To"],
            "subject": mail.message["Subject"],
        }
        for mail in kept[:SHOWN]
    ]
    return page(
        request,
        "pages/mailbox.html",
        headers={"Cache-Control": "no-store"},
        nav="",
        rows=rows,
        total=len(kept),
    )


@router.get("/mailbox/{name}")
def mail(request: Request, name: str) -> Response:
    """One mail: its headers, its text, and its HTML in a frame that can do nothing."""
    kept = kept_mail(_folder(request), name)
    plain = kept.message.get_body(("plain",))
    headers = [(header, str(kept.message[header])) for header in _HEADERS if kept.message[header]]
    return page(
        request,
        "pages/mailbox_mail.html",
        headers={"Cache-Control": "no-store", "Content-Security-Policy": FRAMING},
        nav="",
        name=kept.name,
        subject=kept.message["Subject"],
        at=_moment(kept),
        headers_shown=headers,
        text=_linked(plain.get_content() if plain else ""),
    )


@router.get("/mailbox/{name}/html")
def mail_html(request: Request, name: str) -> Response:
    """The HTML part of one mail as it was sent; its links open in a window of their own."""
    part = kept_mail(_folder(request), name).message.get_body(("html",))
    if part is None:
        message = "This mail has no HTML part."
        raise NotFoundError(message)
    content = part.get_content().replace("<head>", '<head><base target="_blank">', 1)
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": FRAMED,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(content, media_type="text/html", headers=headers)


def _folder(request: Request) -> Path:
    """The mailbox, if it may be shown.

    Raises NotFoundError where it may not: it does not exist for others.
    """
    settings = request.app.state.settings
    if settings.smtp_host or not is_loopback(request) or not under_known_name(request):
        message = "There is no mailbox to be seen here."
        raise NotFoundError(message)
    return settings.data_dir / MAILBOX


def _moment(kept: StoredMail) -> dt.datetime:
    return dt.datetime.fromtimestamp(kept.at, dt.UTC)


def _linked(text: str) -> list[tuple[str, bool]]:
    """A text as pieces, each with whether it is an address to follow."""
    pieces, end = [], 0
    for match in _ADDRESS.finditer(text):
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]
