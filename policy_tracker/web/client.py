"""Who asks: the address behind the reverse proxies that the installation trusts, and when somebody
may ask again.

A proxy adds the address from which it was asked at the right end of `X-Forwarded-For` or
`Forwarded` (RFC 7239). What stands further left came with the request and may be invented. So the
headers are read from the right, and only as far as each hop is a trusted proxy.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from policy_tracker.usable import Network

Address = IPv4Address | IPv6Address
MOST_HOPS = 30
IPV6_CUSTOMER = 64
"""Who has one IPv6 address has its /64, so that a client counts as that network."""
_ELEMENTS = re.compile(r'((?:[^,"]|"(?:[^"\\]|\\.)*")*)(?:,|$)')
_FOR = re.compile(r'(?:^|;)\s*for\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)', re.IGNORECASE)
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\w+)?|([\d.]+):\w+")


def client_of(request: Request) -> str:
    """The client that a request comes from, as it is counted: its IPv4 address or IPv6 network, or
    what the server says of it.
    """
    peer = request.client.host if request.client else "unknown"
    address = _address(peer)
    if address is None:
        return peer
    return _counted(_behind(address, request, request.app.state.settings.trusted_proxies))


def _behind(peer: Address, request: Request, trusted: tuple[Network, ...]) -> Address:
    """The address behind a trusted peer.

    A proxy writes one of the two headers and hands the other on as it came. Where both are there
    and lead to different clients, one is invented, and nobody knows which: then the proxy itself
    counts as the client.
    """
    if not _is_trusted(peer, trusted):
        return peer
    chains = [_x_forwarded_for(request), _forwarded(request)]
    found = {_walk(peer, chain, trusted) for chain in chains if chain}
    return found.pop() if len(found) == 1 else peer


def _walk(peer: Address, chain: list[Address | None], trusted: tuple[Network, ...]) -> Address:
    """From the right to the first hop that is not trusted; what cannot be read ends the way at the
    proxy that wrote it.
    """
    at = peer
    for hop in reversed(chain[-MOST_HOPS:]):
        if hop is None:
            return at
        at = hop
        if not _is_trusted(hop, trusted):
            return at
    return at


def _x_forwarded_for(request: Request) -> list[Address | None]:
    return [
        _address(part)
        for line in request.headers.getlist("x-forwarded-for")
        for part in line.split(",")
    ]


def _forwarded(request: Request) -> list[Address | None]:
    text = ", ".join(request.headers.getlist("forwarded"))
    elements = [match[1] for match in _ELEMENTS.finditer(text) if match[1].strip()]
    return [
        _address(found[1].strip('"')) if (found := _FOR.search(element.strip())) else None
        for element in elements
    ]


def _address(text: str) -> Address | None:
    """An address with or without a port; None for anything else, such as `unknown`."""
    text = text.strip()
    if found := _WITH_PORT.fullmatch(text):
        text = found[1] or found[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address, trusted: Iterable[Network]) -> bool:
    return any(address in network for network in trusted)


def _counted(address: Address) -> str:
    return (
        str(address)
        if address.version == 4
        else str(ip_network((int(address), IPV6_CUSTOMER), strict=False))
    )


def retry_after(moment: datetime, now: datetime) -> dict[str, str]:
    """The header that says in how many seconds to try again."""
    return {"Retry-After": str(max(1, math.ceil((moment - now).total_seconds())))}
