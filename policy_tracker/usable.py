"""Checks of single settings: each returns the value as it is used, or raises ValueError with what
to correct.

No sentence repeats the value of a secret.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from email.utils import getaddresses
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Network = IPv4Network | IPv6Network

SHORTEST_SECRET = 16
"""A secret with fewer characters is refused: it could be guessed."""
PREFIX = "POLICY_TRACKER_"
READ_BY_TESTS = frozenset({"POLICY_TRACKER_CHROMIUM", "POLICY_TRACKER_POSTGRES_BIN"})
"""Names that are no settings, but that the tests and scripts of a checkout read."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_SENDER = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")


def secret(text: str) -> str:
    """A secret that is long enough; blanks around it count as nothing, because forms and files lose
    them.
    """
    text = text.strip()
    if not text:
        message = f"it is empty; unset it, or set at least {SHORTEST_SECRET} characters"
        raise ValueError(message)
    if len(text) < SHORTEST_SECRET:
        message = f"it has fewer than {SHORTEST_SECRET} characters, so it could be guessed"
        raise ValueError(message)
    return text


def sender(text: str) -> str:
    """The sender of mails: one address, with or without a name before it."""
    if not text.isprintable():
        message = f"{text!r} holds a line break or another control character; a sender is one line"
        raise ValueError(message)
    found = getaddresses([text])
    if len(found) != 1 or not _SENDER.fullmatch(found[0][1]):
        message = (
            f"{text!r} is not one sender with an address, such as Policy Tracker "
            f"<alerts@example.org>"
        )
        raise ValueError(message)
    return text


def public_address(text: str) -> str:
    """The address under which people reach the installation: http or https, a host, perhaps a port
    and a path, and nothing else.
    """
    example = "such as https://policies.example.org"
    if not text.isascii() or not text.isprintable() or " " in text:
        message = (
            f"{text!r} holds a blank, a control character or a letter outside of ASCII; "
            f"write an address {example}"
        )
        raise ValueError(message)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        message = f"{text!r} is no address {example}: {error}"
        raise ValueError(message) from error
    if parts.scheme not in ("http", "https"):
        message = f"{text!r} does not begin with https:// or http://; write an address {example}"
        raise ValueError(message)
    if "@" in parts.netloc:
        message = (
            f"it holds a user name or a password, which everybody would read; write an "
            f"address {example}"
        )
        raise ValueError(message)
    if not host or not (_HOST.fullmatch(host) or ":" in host) or port == 0:
        message = f"{text!r} names no host that can be reached; write an address {example}"
        raise ValueError(message)
    if "?" in text or "#" in text:
        message = (
            f"{text!r} has a query or a fragment, behind which no path can stand; write an "
            f"address {example}"
        )
        raise ValueError(message)
    return parts.scheme + text[len(parts.scheme) :]


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks (`10.0.0.0/8`) as networks."""
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ip_network(text))
        except ValueError as error:
            message = (
                f"{text!r} is no address and no network such as 10.0.0.5 or 10.0.0.0/8: {error}"
            )
            raise ValueError(message) from error
    return tuple(found)


def unknown_names(environment: Iterable[str], known: Collection[str]) -> list[str]:
    """A sentence for each name of an environment that looks like a setting and is none, with the
    nearest that is.
    """
    names = sorted(name for name in environment if name.upper().startswith(PREFIX))
    return [
        _unknown(name, known)
        for name in names
        if name.upper() not in READ_BY_TESTS and name.upper() not in known
    ]


def _unknown(name: str, known: Collection[str]) -> str:
    short = {one.removeprefix(PREFIX): one for one in known}
    near = get_close_matches(name.upper().removeprefix(PREFIX), short, n=1, cutoff=0.6)
    return (
        f"{name}: there is no such setting{f' (the nearest is {short[near[0]]})' if near else ''}"
    )
