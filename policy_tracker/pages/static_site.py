"""The static site: the same pages as files, for any web server or none.

Only what changed is written, and what is gone is removed.

A manifest beside the pages says what was written, and from what: where nothing that pages are made
of has changed, nothing is rendered.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policy_tracker import __version__
from policy_tracker.pages import assemble
from policy_tracker.pages.assets import ASSETS, asset_hash, asset_names
from policy_tracker.pages.calendar import MonthView, month_of
from policy_tracker.pages.code_form import read_question
from policy_tracker.pages.feed_filter import read_form
from policy_tracker.pages.render import environment, templates_dir
from policy_tracker.pages.static_addresses import StaticAddresses, page_path
from policy_tracker.rule_settings import comparing, rules_in_force
from policy_tracker.settings import today
from policy_tracker.store import queries
from policy_tracker.store.journal import last_sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlmodel import Session

    from policy_tracker.settings import Settings

MANIFEST = ".manifest.json"
_WITHOUT_SERVER = frozenset({"htmx.min.js"})
_MODE = 0o644


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a rendering did: how many files it wrote, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def sentence(self) -> str:
        """The report in words."""
        return f"{self.written} written, {self.unchanged} unchanged, {self.removed} removed."


def render_site(session: Session, target: Path, settings: Settings, now: datetime) -> SiteReport:
    """Bring the static site in the folder `target` up to date with the store, as of the moment
    `now`.

    Every file is replaced at once (written beside it and renamed), so that no reader meets half a
    page. Files that this function did not write are never touched. Raises OSError where the folder
    cannot be written.
    """
    reader = assemble.Reader(
        today(settings, now), settings.show_descriptors, compare=comparing(settings)
    )
    source = _fingerprint(session, settings, reader)
    old = _read_manifest(target)
    if old.get("source") == source and all((target / name).is_file() for name in old["files"]):
        return SiteReport(unchanged=len(old["files"]))
    files: dict[str, str] = {}
    written = 0
    for name, body in _files(session, settings, reader):
        files[name] = hashlib.sha256(body).hexdigest()
        if old["files"].get(name) != files[name] or not (target / name).is_file():
            _write(target / name, body)
            written += 1
    removed = [name for name in old["files"] if name not in files]
    for name in removed:
        _remove(target, name)
    _write(
        target / MANIFEST,
        json.dumps({"source": source, "files": files}, indent=0, sort_keys=True).encode(),
    )
    return SiteReport(written=written, unchanged=len(files) - written, removed=len(removed))


def _fingerprint(session: Session, settings: Settings, reader: assemble.Reader) -> str:
    """A hash of everything that pages are made of: the journal's end, the day, settings, rules,
    program, templates and assets.
    """
    templates = templates_dir()
    parts = [
        str(last_sequence(session)),
        reader.today.isoformat(),
        str(settings.show_descriptors),
        settings.public_url,
        settings.time_zone,
        __version__,
    ]
    parts.append(rules_in_force(settings).stamp)
    parts += [asset_hash(name) for name in asset_names()]
    parts += [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(templates.rglob("*.html"))
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _files(
    session: Session, settings: Settings, reader: assemble.Reader
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its content."""
    env = environment(settings)
    codes = dict.fromkeys(
        (*(row.code for row in assemble.all_codes(session)), *assemble.codes_of_changes(session))
    )
    for name in asset_names():
        if name not in _WITHOUT_SERVER:
            yield f"static/{name}", (ASSETS / name).read_bytes()
    for parts, content in _pages(session, reader, codes):
        html = env.get_template(content.template).render(
            **{**content.context, "to": StaticAddresses(len(parts), codes)}
        )
        yield page_path(*parts), html.encode()


def _pages(
    session: Session, reader: assemble.Reader, codes: Iterable[str]
) -> Iterator[tuple[tuple[str, ...], assemble.Content]]:
    yield (), assemble.changes_page(session, read_form({}), reader, rows=assemble.MOST_ROWS)
    yield ("policies",), assemble.policies_page(session, reader)
    for row in queries.list_policies(session, reader.today).items:
        yield from _policy_pages(session, row.payer, row.policy, row.id, reader)
    yield ("codes",), assemble.codes_page(session, reader, listed=assemble.all_codes(session))
    for code in codes:
        yield (
            ("codes", code),
            assemble.code_page(session, code, read_question({}, reader.today), reader),
        )
    yield from _calendar_pages(session, reader)


def _policy_pages(
    session: Session, payer: str, policy: str, policy_id: int, reader: assemble.Reader
) -> Iterator[tuple[tuple[str, ...], assemble.Content]]:
    """A policy, where its statements come from, its versions with their briefs, and each version
    compared with the one before it.
    """
    at = ("policies", payer, policy)
    yield at, assemble.policy_page(session, payer, policy, reader)
    yield (*at, "blame"), assemble.blame_page(session, payer, policy, reader)
    for held in queries.versions(session, policy_id):
        version = held.version
        yield (*at, version), assemble.version_content(session, payer, policy, version, reader)
        yield (*at, version, "brief"), assemble.brief_page(session, payer, policy, version, reader)
        if held.previous:
            between = (held.previous, version)
            yield (
                (*at, "compare", "...".join(between)),
                assemble.comparison_page(session, payer, policy, between, reader),
            )


def _calendar_pages(
    session: Session, reader: assemble.Reader
) -> Iterator[tuple[tuple[str, ...], assemble.Content]]:
    """The present month and every month in which something takes effect, each leading to its
    neighbours among them.
    """
    present = f"{reader.today:%Y-%m}"
    months = sorted({present, *assemble.months_with_something(session)})
    for month in months:
        content = _leading(
            assemble.calendar_page(session, month_of(month, reader.today), reader), month, months
        )
        yield ("calendar", month), content
        if month == present:
            yield ("calendar",), content


def _leading(content: assemble.Content, month: str, months: list[str]) -> assemble.Content:
    """A month's page whose links to earlier and later months lead to pages that exist."""
    view = content.context["month"]
    if not isinstance(view, MonthView):
        return content
    place = months.index(month)
    before = months[place - 1] if place else None
    after = months[place + 1] if place + 1 < len(months) else None
    return replace(
        content, context={**content.context, "month": replace(view, previous=before, next=after)}
    )


def _read_manifest(target: Path) -> dict:
    """What the last rendering wrote; a manifest that is missing or broken means nothing that is
    known.
    """
    try:
        found = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {"source": None, "files": {}}
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        return {"source": None, "files": {}}
    return {
        "source": found.get("source"),
        "files": {name: mark for name, mark in found["files"].items() if _inside(name)},
    }


def _inside(name: str) -> bool:
    """Whether a name in the manifest stays inside of the site's folder."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and name != MANIFEST


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(beside).chmod(_MODE)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _remove(target: Path, name: str) -> None:
    """Delete a file and the folders that it leaves empty, up to the site's own."""
    path = target / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == target or any(folder.iterdir()):
            return
        folder.rmdir()
