"""The addresses of pages, in one place: templates ask for a page by its meaning, never by a path.

The web uses absolute paths; the static site overrides the two ends (`_page`, `asset`) and writes
relative ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from policy_tracker.pages.assets import asset_hash

if TYPE_CHECKING:
    from collections.abc import Mapping


def segment(text: str) -> str:
    """`text` as one segment of a path: nothing in it can leave its place."""
    quoted = quote(text, safe="")
    return quoted.replace(".", "%2E") if quoted in (".", "..") else quoted


def query_text(values: Mapping[str, object]) -> str:
    """A query of those `values` that say something, in their order; empty texts and None are left
    out.
    """
    return urlencode(
        [(key, str(value)) for key, value in values.items() if value not in (None, "")]
    )


class Addresses:
    """Addresses on the web server."""

    live = True
    """Whether a server answers: search, filters, alerts and JSON exist only then."""

    def _page(self, *parts: str, query: Mapping[str, object] | None = None) -> str:
        path = "/" + "/".join(segment(part) for part in parts)
        text = query_text(query) if query else ""
        return f"{path}?{text}" if text else path

    def asset(self, name: str) -> str:
        """The address of an asset, with its content's hash."""
        return f"/static/{quote(name)}?v={asset_hash(name)}"

    def changes(self, **filters: object) -> str:
        """The feed of changes, filtered."""
        return self._page(query=filters)

    def feed(self, **filters: object) -> str:
        """The Atom feed, with the same filters."""
        return self._page("changes.atom", query=filters)

    def policies(self, **filters: object) -> str:
        """The list of policies."""
        return self._page("policies", query=filters)

    def policy(self, payer: str, policy: str) -> str:
        """One policy: its timeline and current record."""
        return self._page("policies", payer, policy)

    def version(self, payer: str, policy: str, version: str) -> str:
        """One version of a policy."""
        return self._page("policies", payer, policy, version)

    def page(self, at: tuple[str, ...], number: int, **mark: object) -> str:
        """A page of the document of a version (payer, policy, version) or of a reading (its
        number), with a place on it marked.
        """
        return self._page(
            "policies" if len(at) > 1 else "review", *at, "page", str(number), query=mark
        )

    def picture(self, at: tuple[str, ...], number: int, **mark: object) -> str:
        """The picture of such a page."""
        return self._page(
            "policies" if len(at) > 1 else "review", *at, "page", f"{number}.png", query=mark
        )

    def brief(self, payer: str, policy: str, version: str) -> str:
        """The brief of one version."""
        return self._page("policies", payer, policy, version, "brief")

    def compare(self, payer: str, policy: str, before: str, after: str, **view: object) -> str:
        """The comparison of two versions."""
        return self._page("policies", payer, policy, "compare", f"{before}...{after}", query=view)

    def blame(self, payer: str, policy: str, version: str | None = None) -> str:
        """Where each statement of a version (None: the latest) comes from."""
        return self._page("policies", payer, policy, "blame", query={"version": version})

    def choose(self, payer: str, policy: str) -> str:
        """Where the form that picks two versions goes."""
        return self._page("policies", payer, policy, "compare")

    def codes(self, **filters: object) -> str:
        """The list of codes."""
        return self._page("codes", query=filters)

    def code(self, code: str, **question: object) -> str:
        """One code, asked with a question."""
        return self._page("codes", code, query=question)

    def search(self, **query: object) -> str:
        """Full text search."""
        return self._page("search", query=query)

    def calendar(self, month: str | None = None) -> str:
        """The calendar, at a month `YYYY-MM`."""
        return self._page("calendar", query={"month": month})

    def alerts(self, **prefilled: object) -> str:
        """The form that subscribes to alerts."""
        return self._page("alerts", query=prefilled)

    def review(self, number: int | str | None = None) -> str:
        """What waits for a person, or one thing of it."""
        return self._page("review", *(() if number is None else (str(number),)))

    def status(self) -> str:
        """The state of sources, jobs and outbox."""
        return self._page("status")

    def api_docs(self) -> str:
        """The documentation of the API."""
        return self._page("v1", "docs")

    def version_json(self, payer: str, policy: str, version: str) -> str:
        """One version as JSON."""
        return self._page("v1", "policies", payer, policy, "versions", version)

    def blame_json(self, payer: str, policy: str, version: str) -> str:
        """Where each statement of a version comes from, as JSON."""
        return self._page("v1", "policies", payer, policy, "blame", query={"version": version})
