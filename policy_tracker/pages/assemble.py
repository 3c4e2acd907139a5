"""Each page, put together: the store is asked, the view is made, the template named.

The web and the static site both build pages here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from policy_tracker.errors import NotFoundError
from policy_tracker.pages.announced import announced_views
from policy_tracker.pages.blame import blame_view
from policy_tracker.pages.brief import brief_view
from policy_tracker.pages.calendar import month_view, shown_days
from policy_tracker.pages.code import code_view
from policy_tracker.pages.code_form import LINE_CHOICES, MORE, CodeForm
from policy_tracker.pages.comparison import comparison_view
from policy_tracker.pages.document_page import has_pages
from policy_tracker.pages.feed import FeedRow, feed_row, grouped, known_day
from policy_tracker.pages.feed_filter import (
    DIRECTION_CHOICES,
    IMPACT_CHOICES,
    KIND_CHOICES,
    FeedForm,
    active,
)
from policy_tracker.pages.naming import payer_of
from policy_tracker.pages.policy import policy_view, status_sentence, version_page
from policy_tracker.rules.classify import compare
from policy_tracker.store import lookup as codes_of
from policy_tracker.store import queries
from policy_tracker.store.announcements import announced_after
from policy_tracker.store.documents import document_of
from policy_tracker.store.feed import taking_effect
from policy_tracker.store.lineage import blame_of
from policy_tracker.store.reach import is_out_of_reach
from policy_tracker.store.search import search as find
from policy_tracker.store.timeline import timeline
from policy_tracker.store.views import ChangeFilter, NamedCode, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlmodel import Session

    from policy_tracker.pages.feed_filter import FieldProblem
    from policy_tracker.record.content import Record
    from policy_tracker.rules import Compare
    from policy_tracker.store.views import UpdateRow

ROWS = 40
"""Rows of the feed, and of the lists of codes, on one page."""
MOST_ROWS = 500
"""Rows that the store gives at once."""
HITS = 30


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is made.

    The day that counts as today, whether code descriptors may be shown, until when the reader has
    seen the feed (None: not known), and the comparison with the rules of the installation.
    """

    today: date
    described: bool = True
    seen_until: datetime | None = None
    compare: Compare = compare


@dataclass(frozen=True, slots=True)
class Content:
    """A page before it is rendered: its template, what that needs, and the HTTP status that fits
    it.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


def changes_page(
    session: Session, form: FeedForm, reader: Reader, cursor: str | None = None, *, rows: int = ROWS
) -> Content:
    """The feed. With something wrong among the filters, the others are applied and the status is
    422.
    """
    found = queries.updates(session, form.wanted, cursor=cursor, limit=rows)
    shown = [feed_row(update, reader.today, seen_until=reader.seen_until) for update in found.items]
    context = {
        "nav": "changes",
        "form": form,
        "active": active(form),
        "groups": grouped(shown, reader.today),
        "shown": len(shown),
        "more": found.cursor,
        "continued": cursor is not None,
        "payers": queries.list_payers(session),
        "directions": DIRECTION_CHOICES,
        "impacts": IMPACT_CHOICES,
        "kinds": KIND_CHOICES,
        "today": reader.today,
    }
    return Content("pages/changes.html", context, 422 if form.problems else 200)


def feed_updates(session: Session, wanted: ChangeFilter) -> tuple[UpdateRow, ...]:
    """What the Atom feed holds."""
    return queries.updates(session, wanted, limit=ROWS).items


def policies_page(
    session: Session, reader: Reader, *, payer: str | None = None, text: str | None = None
) -> Content:
    """All policies, by payer. Raises NotFoundError for a payer that is not held."""
    rows = queries.list_policies(session, reader.today, payer=payer, text=text).items
    by_payer: dict[str, list[tuple[object, str]]] = {}
    names = {}
    for row in rows:
        names[row.payer] = payer_of(row)
        by_payer.setdefault(row.payer, []).append((row, status_sentence(row, reader.today)))
    context = {
        "nav": "policies",
        "payers": queries.list_payers(session),
        "payer": payer,
        "text": text,
        "lists": tuple((names[slug], tuple(found)) for slug, found in by_payer.items()),
        "shown": len(rows),
    }
    return Content("pages/policies.html", context)


def policy_page(session: Session, payer: str, policy: str, reader: Reader) -> Content:
    """One policy over time. Raises NotFoundError."""
    row = queries.get_policy(session, payer, policy, reader.today)
    versions = queries.versions(session, row.id)
    view = policy_view(
        row,
        versions,
        timeline(session, row.id),
        known_policies=_held(session, reader, *(version.record for version in versions)),
        described=reader.described,
        today=reader.today,
        pictured=_pictured(session, payer, policy, *(version.version for version in versions)),
        unreachable=is_out_of_reach(session, row.id),
    )
    announced = announced_views(announced_after(session, versions[0].record))
    return Content(
        "pages/policy.html",
        {"nav": "policies", "view": view, "announced": announced, "today": reader.today},
    )


def version_content(
    session: Session, payer: str, policy: str, version: str, reader: Reader
) -> Content:
    """One version. Raises NotFoundError."""
    found = queries.get_version(session, payer, policy, version)
    view = version_page(
        found,
        spans=timeline(session, found.policy.id),
        known_policies=_held(session, reader, found.record),
        described=reader.described,
        today=reader.today,
        pictured=version in _pictured(session, payer, policy, version),
    )
    return Content("pages/version.html", {"nav": "policies", "view": view})


def comparison_page(
    session: Session,
    payer: str,
    policy: str,
    between: tuple[str, str],
    reader: Reader,
    *,
    layout: str = "side",
) -> Content:
    """Two versions compared, in either order; one version with itself is a comparison without
    changes. Raises NotFoundError.
    """
    before, after = (queries.get_version(session, payer, policy, version) for version in between)
    if before.version == after.version:
        comparison = reader.compare(before.record, after.record)
    else:
        comparison = queries.get_comparison(
            session, payer, policy, before.version, after.version, compare=reader.compare
        )
    view = comparison_view(
        comparison,
        before.record,
        after.record,
        payer_of(after.policy),
        versions=queries.versions(session, after.policy.id),
        today=reader.today,
        pictured=_pictured(session, payer, policy, *between),
    )
    return Content("pages/comparison.html", {"nav": "policies", "view": view, "layout": layout})


def blame_page(
    session: Session, payer: str, policy: str, reader: Reader, version: str | None = None
) -> Content:
    """Where each statement of a version (None: the latest) comes from. Raises NotFoundError."""
    row = queries.get_policy(session, payer, policy, reader.today)
    found = blame_of(session, row.id, version)
    view = blame_view(row, queries.versions(session, row.id), found.blame)
    return Content("pages/blame.html", {"nav": "policies", "view": view})


def brief_page(session: Session, payer: str, policy: str, version: str, reader: Reader) -> Content:
    """The brief of one version. Raises NotFoundError."""
    found = queries.get_version(session, payer, policy, version)
    before = queries.get_version(session, payer, policy, found.previous) if found.previous else None
    view = brief_view(
        queries.get_comparison(
            session, payer, policy, found.previous, found.version, compare=reader.compare
        ),
        before,
        found,
        payer_of(found.policy),
        spans=timeline(session, found.policy.id),
        known_policies=_held(session, reader, found.record),
        described=reader.described,
        today=reader.today,
    )
    return Content("pages/brief.html", {"nav": "policies", "view": view})


def codes_page(
    session: Session,
    reader: Reader,
    *,
    prefix: str = "",
    cursor: str | None = None,
    problem: FieldProblem | None = None,
    listed: tuple[NamedCode, ...] | None = None,
) -> Content:
    """The codes that records name, or those `listed`.

    Raises QueryError for a cursor that is none.
    """
    found = Page(items=listed) if listed is not None else codes_beginning(session, prefix, cursor)
    items = (
        found.items
        if reader.described
        else tuple(item.model_copy(update={"description": None}) for item in found.items)
    )
    context = {
        "nav": "codes",
        "prefix": prefix,
        "codes": items,
        "more": found.cursor,
        "problem": problem,
        "today": reader.today,
    }
    return Content("pages/codes.html", context, 422 if problem else 200)


def codes_beginning(session: Session, prefix: str, cursor: str | None = None) -> Page[NamedCode]:
    """A page of codes that begin with `prefix`."""
    return codes_of.codes(session, prefix, cursor=cursor, limit=ROWS * 3)


def all_codes(session: Session) -> tuple[NamedCode, ...]:
    """Every code that a record names."""
    rows: list[NamedCode] = []
    cursor = None
    while True:
        page = codes_of.codes(session, cursor=cursor, limit=MOST_ROWS)
        rows += page.items
        cursor = page.cursor
        if cursor is None:
            return tuple(rows)


def code_page(session: Session, code: str, form: CodeForm, reader: Reader) -> Content:
    """One code; the status is 404 where no record names it.

    Raises CodeError for a text that is no code, NotFoundError for a payer that is not held.
    """
    answer = codes_of.lookup(
        session, code, form.question, payer=form.payer, circumstances=form.circumstances
    )
    lanes = codes_of.code_history(session, code, payer=form.payer) if answer.known else ()
    view = code_view(answer, lanes, described=reader.described, today=reader.today)
    context = {
        "nav": "codes",
        "view": view,
        "form": form,
        "near": () if answer.known else near_codes(session, answer.code),
        "payers": queries.list_payers(session),
        "lines": LINE_CHOICES,
        "needs_more": any(answer.unknowns for answer in view.answers) or form.asks_more,
        "more_fields": MORE,
        "today": reader.today,
    }
    status = 422 if form.problems else 200 if answer.known else 404
    return Content(
        "pages/code.html" if answer.known else "pages/code_unknown.html", context, status
    )


def near_codes(session: Session, code: str) -> tuple[str, ...]:
    """Codes that are named somewhere and begin as `code` does, from the longest beginning that
    finds any.
    """
    for length in (len(code) - 1, 3, 2):
        found = codes_beginning(session, code[:length]).items if length > 0 else ()
        if found:
            return tuple(item.code for item in found[:8])
    return ()


def search_page(session: Session, text: str, reader: Reader) -> Content:
    """What a text finds."""
    hits = find(session, text, limit=HITS, descriptors=reader.described) if text else ()
    groups = tuple(
        (heading, tuple(hit for hit in hits if hit.kind == kind))
        for kind, heading in (
            ("code", "Codes"),
            ("policy", "Policies"),
            ("statement", "Statements"),
        )
    )
    context = {
        "sought": text,
        "groups": tuple((heading, found) for heading, found in groups if found),
        "shown": len(hits),
        "limit": HITS,
    }
    return Content("pages/search.html", context)


def calendar_page(session: Session, first: date, reader: Reader) -> Content:
    """One month of what takes effect."""
    day, last = shown_days(first)
    rows = [feed_row(update, reader.today) for update in taking_effect(session, day, last)]
    month = month_view(first, rows, reader.today)
    nearby = _months_with_rows(session, reader) if not month.count else ()
    return Content(
        "pages/calendar.html",
        {"nav": "calendar", "month": month, "nearby": nearby, "today": reader.today},
    )


def _months_with_rows(session: Session, reader: Reader) -> tuple[tuple[str, FeedRow], ...]:
    """Where an empty month leads: the newest steps, by their months."""
    rows = [
        feed_row(update, reader.today)
        for update in queries.updates(session, ChangeFilter(substantive=None), limit=ROWS).items
    ]
    found: dict[str, FeedRow] = {}
    for row in rows:
        if row.day:
            found.setdefault(f"{row.day:%Y-%m}", row)
    return tuple(found.items())[:4]


def _pictured(session: Session, payer: str, policy: str, *versions: str) -> frozenset[str]:
    """Which of a policy's versions have a document whose pages can be shown as pictures."""
    held = (
        (version, document_of(session, payer, policy, version))
        for version in dict.fromkeys(versions)
    )
    return frozenset(version for version, document in held if document and has_pages(document))


def _held(session: Session, reader: Reader, *records: Record) -> frozenset[tuple[str, str]]:
    """Which of the policies that records refer to are held here, and so can be linked."""
    named = {
        (related.payer, related.policy) for record in records for related in record.related_policies
    }
    return frozenset(one for one in named if _is_held(session, reader, *one))


def _is_held(session: Session, reader: Reader, payer: str, policy: str) -> bool:
    try:
        queries.get_policy(session, payer, policy, reader.today)
    except NotFoundError:
        return False
    return True


def months_with_something(session: Session) -> tuple[str, ...]:
    """Every month in which something takes effect, newest first."""
    return tuple(
        dict.fromkeys(
            f"{day:%Y-%m}" for update in _every_update(session) if (day := known_day(update))
        )
    )


def codes_of_changes(session: Session) -> tuple[str, ...]:
    """Every code that a change concerns, whether a record prints it or a range that holds it."""
    return tuple(
        dict.fromkeys(ref.code for update in _every_update(session) for ref in update.verdict.codes)
    )


def _every_update(session: Session) -> Iterator[UpdateRow]:
    cursor = None
    while True:
        page = queries.updates(
            session, ChangeFilter(substantive=None), cursor=cursor, limit=MOST_ROWS
        )
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return
