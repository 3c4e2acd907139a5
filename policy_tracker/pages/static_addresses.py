"""Addresses inside of the static site: relative, ending in `index.html`, so that pages open from a
file as well as from any web server.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from policy_tracker.errors import InputError
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.assets import asset_hash

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PAGE = "index.html"


def page_path(*parts: str) -> str:
    """The file of a page below the site's folder: `policies/cigna/mm-0300/index.html`.

    Raises InputError for a part that is no plain name, so that no page can be written outside of
    the folder.
    """
    for part in parts:
        if not _PLAIN.fullmatch(part):
            message = f"{part!r} cannot be the name of a folder of the static site."
            raise InputError(message)
    return "/".join((*parts, PAGE))


class StaticAddresses(Addresses):
    """Addresses as seen from one page of the static site, `depth` folders below its top.

    There is no server: filters and questions are left out, and templates leave out what needs one
    (`live` is False). `codes` are those that have a page; any other leads to the list of codes.
    """

    live = False

    def __init__(self, depth: int, codes: Container[str]) -> None:
        self._up = "../" * depth
        self._codes = codes

    def _page(self, *parts: str, query: Mapping[str, object] | None = None) -> str:
        month = query.get("month") if query else None
        return self._up + quote(page_path(*parts, *((str(month),) if month else ())))

    def code(self, code: str, **_: object) -> str:
        """One code."""
        return self._page("codes", code) if code in self._codes else self._page("codes")

    def asset(self, name: str) -> str:
        """The address of an asset, with its content's hash."""
        return f"{self._up}static/{quote(name)}?v={asset_hash(name)}"
