import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import Engine

from policy_tracker.pages.static_site import MANIFEST, SiteReport, render_site
from policy_tracker.store.database import reading
from tests.web.world import AFTER, BEFORE, NOW, audit, settings_at


def render(engine: Engine, target: Path, days: int = 0, **values: object) -> SiteReport:
    with reading(engine) as session:
        return render_site(
            session, target, settings_at(target.parent, **values), NOW + timedelta(days=days)
        )


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(scope="module")
def rendered(curated: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteReport, Path]:
    """A site of the curated policies, to be copied, and what was said of it."""
    target = tmp_path_factory.mktemp("rendered") / "site"
    return render(curated, target), target


@pytest.fixture
def site(rendered: tuple[SiteReport, Path], target: Path) -> Path:
    """A site of the curated policies, of the test's own."""
    return shutil.copytree(rendered[1], target)


def stamps(target: Path) -> dict[str, int]:
    return {
        str(path.relative_to(target)): path.stat().st_mtime_ns
        for path in target.rglob("*")
        if path.is_file()
    }


def test_holds_the_pages_under_their_addresses(rendered: tuple[SiteReport, Path]) -> None:
    report, target = rendered
    assert report.written == len(stamps(target)) - 1
    for page in (
        "",
        "policies",
        "policies/cigna/mm-0300",
        "policies/cigna/mm-0300/blame",
        f"policies/cigna/mm-0300/{AFTER}/brief",
        f"policies/cigna/mm-0300/compare/{BEFORE}...{AFTER}",
        "codes/0691T",
        "calendar/2025-09",
    ):
        assert (target / page / "index.html").is_file(), page
    assert (
        "24"
        in (
            target / f"policies/cigna/mm-0300/compare/{BEFORE}...{AFTER}" / "index.html"
        ).read_text()
    )


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = audit(path.read_text(encoding="utf-8"))
        for address in page.addresses():
            if address.startswith(("https://", "http://", "?view=")):
                continue
            assert not address.startswith("/"), f"{path} links to {address}"
            file, _, fragment = address.partition("#")
            found = path.parent / unquote(file.partition("?")[0]) if file else path
            assert found.is_file(), f"{path} links to {address}"
            assert not fragment or f'id="{fragment}"' in found.read_text(encoding="utf-8"), (
                f"{path} links to {address}"
            )


def test_needs_no_server(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert not re.search(r"<form|/v1/|/alerts|hx-get", path.read_text(encoding="utf-8")), path


def test_a_second_rendering_writes_nothing(curated: Engine, site: Path) -> None:
    before = stamps(site)
    report = render(curated, site)
    assert (report.written, report.removed) == (0, 0)
    assert stamps(site) == before


def test_only_what_changed_is_written(curated: Engine, site: Path) -> None:
    before = stamps(site)
    report = render(curated, site, days=1)
    assert 0 < report.written < len(before) - 1
    after = stamps(site)
    assert after["static/tokens.css"] == before["static/tokens.css"]
    assert after["index.html"] != before["index.html"], "the countdown moved"


def test_what_is_gone_is_removed_and_nothing_else(curated: Engine, site: Path) -> None:
    manifest = json.loads((site / MANIFEST).read_text())
    (site / "old" / "page").mkdir(parents=True)
    (site / "old" / "page" / "index.html").write_text("old")
    (site / "notes.txt").write_text("somebody else's")
    (site.parent / "outside.txt").write_text("outside")
    manifest["files"].update({"old/page/index.html": "x", "../outside.txt": "x"})
    manifest["source"] = "other"
    (site / MANIFEST).write_text(json.dumps(manifest))
    assert render(curated, site).removed == 1
    assert not (site / "old").exists()
    assert (site / "notes.txt").read_text() == "somebody else's"
    assert (site.parent / "outside.txt").read_text() == "outside"


def test_a_lost_page_or_a_broken_manifest_is_repaired(curated: Engine, site: Path) -> None:
    (site / "policies" / "index.html").unlink()
    assert render(curated, site).written == 1
    (site / MANIFEST).write_text("{")
    assert render(curated, site).written == len(stamps(site)) - 1


def test_descriptors_follow_the_setting(curated: Engine, site: Path) -> None:
    page = site / "codes" / "index.html"
    assert "finite element" in page.read_text()
    render(curated, site, show_descriptors=False)
    assert "finite element" not in page.read_text()


def test_no_half_written_file_stays(site: Path) -> None:
    assert not list(site.rglob(".new-*"))
    assert oct((site / "index.html").stat().st_mode & 0o777) == "0o644"


def test_hostile_words_stay_words(hostile: Engine, target: Path) -> None:
    render(hostile, target)
    for path in target.rglob("*.html"):
        audit(path.read_text(encoding="utf-8"))
