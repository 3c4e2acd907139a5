"""Forms that act are taken from our own pages only: the defence against cross-site request forgery.

Browsers say with each POST where it comes from (Fetch Metadata's Sec-Fetch-Site, else Origin, else
Referer). What says nothing is no browser, and carries nobody's cookies. Links signed for one
purpose need none of this: who has the link may act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policy_tracker.errors import InputError

if TYPE_CHECKING:
    from starlette.requests import Request


def from_here(request: Request) -> None:
    """Raises InputError where a request was sent by a page of another site."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        source = request.headers.get("origin") or request.headers.get("referer")
        ours = source is None or _host(source) in _hosts(request)
    if not ours:
        message = "This form was sent from another site. Open the page here and send it again."
        raise InputError(message)


def under_known_name(request: Request) -> bool:
    """Whether a request names this machine or the public address as its host.

    A name that another site lets point here (DNS rebinding) is neither; its pages would otherwise
    read what is shown to this machine alone.
    """
    asked = _host(f"//{request.headers.get('host', '')}") or ""
    name = asked.rpartition(":")[0] if asked.rpartition(":")[2].isdigit() else asked
    return name in ("localhost", "127.0.0.1", "[::1]") or asked == _host(
        request.app.state.settings.public_url
    )


def _hosts(request: Request) -> set[str | None]:
    """The hosts under which this installation is reached: the public one, and the one that this
    request came to.
    """
    return {_host(request.app.state.settings.public_url), request.headers.get("host", "").lower()}


def _host(url: str) -> str | None:
    """Host and port of an address, None where it has none (`null`, say)."""
    try:
        parts = urlsplit(url)
        return parts.netloc.rpartition("@")[2].lower() or None
    except ValueError:
        return None
