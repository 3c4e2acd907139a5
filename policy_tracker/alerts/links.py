"""Signed links in mails: who may confirm, manage or end what, without an account.

A link carries the numbers of what it acts on, signed by itsdangerous (HMAC) with the installation's
key under a salt that names the purpose: a link made for one purpose is no link for another. A
confirmation carries the request's generation, so that an older one is void after a newer request or
an ending.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from itsdangerous import BadSignature, URLSafeSerializer

from policy_tracker.errors import LinkError

if TYPE_CHECKING:
    from collections.abc import Iterable

Purpose = Literal["confirm", "manage", "unsubscribe"]

LIFETIMES: dict[Purpose, dt.timedelta | None] = {
    # an address that was typed wrongly should not stay open for long
    "confirm": dt.timedelta(days=3),
    # mails are forwarded and archived; a fresh link is one request away
    "manage": dt.timedelta(days=180),
    "unsubscribe": None,  # the way out of an old mail must work for ever (RFC 8058)
}
LONGEST = 400
"""No token made here is longer; a longer text is not even read."""
_WORDS: dict[Purpose, str] = {
    "confirm": "confirmation",
    "manage": "manage",
    "unsubscribe": "unsubscribe",
}


class Links:
    """Makes and reads the links of one installation; moments are passed in, aware."""

    def __init__(self, key: str, public_url: str) -> None:
        self._key = key
        self._public_url = public_url.rstrip("/")

    def page(self, path: str) -> str:
        """The public address of a page of this installation; `path` begins with a slash."""
        return self._public_url + path

    def url(self, purpose: Purpose, numbers: Iterable[int], now: dt.datetime) -> str:
        """The public address of the page that acts on `numbers`."""
        return self.page(
            f"/alerts/{purpose}?{urlencode({'token': self.token(purpose, numbers, now)})}"
        )

    def token(self, purpose: Purpose, numbers: Iterable[int], now: dt.datetime) -> str:
        """A token for `purpose` and `numbers`, made at `now`."""
        signed = self._serializer(purpose).dumps([int(now.timestamp()), *numbers])
        return signed if isinstance(signed, str) else signed.decode("ascii")

    def read(self, purpose: Purpose, token: str, now: dt.datetime) -> tuple[int, ...]:
        """The numbers that `token` was made for.

        Raises LinkError where it is forged, cut short, made for another purpose, or too old.
        """
        try:
            if len(token) > LONGEST or not token.isascii():
                raise BadSignature("not of this form")
            made, *numbers = self._serializer(purpose).loads(token)
        except BadSignature as error:
            message = (
                f"This is not a {_WORDS[purpose]} link that was made here; perhaps it was "
                f"cut short on its way."
            )
            raise LinkError(message) from error
        lifetime = LIFETIMES[purpose]
        if lifetime is not None and now.timestamp() - made > lifetime.total_seconds():
            message = (
                f"This {_WORDS[purpose]} link is older than {lifetime.days} days and no "
                f"longer works."
            )
            raise LinkError(message)
        return tuple(numbers)

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._key,
            salt=f"policy-tracker/alerts/{purpose}",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
