"""Pages of documents: shown with what an address names marked on them, said in words where there is
nothing to show, and bounded.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from policy_tracker.errors import BusyError
from policy_tracker.isolation.page_image import Marks, PageImage
from policy_tracker.pages.static_site import render_site
from policy_tracker.store.database import reading
from policy_tracker.web import page_images
from policy_tracker.web.page_images import Pictures
from tests.web import documented
from tests.web.documented import AT, EARLIER, LATER, POLICY, WEB_POLICY
from tests.web.world import audit, client_of, opened, settings_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine
    from starlette.testclient import TestClient

COMPARISON = f"{POLICY}/compare/{EARLIER}...{LATER}"
WEEKS = "physical therapy for at least 12 weeks"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, dict]]:
    engine = opened(tmp_path_factory.mktemp("documented"))
    yield engine, documented.fill(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def site(held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(held[0], tmp_path_factory.mktemp("site")) as client:
        yield client


def key_of(held, version: str, text: str) -> str:
    return next(
        statement.key for statement in held[1][version].statements if text in statement.text
    )


def leading_to(site: TestClient, path: str, ending: str = "/page/1?") -> list[str]:
    return [address for address in audit(site.get(path).text).addresses() if ending in address]


def test_a_statement_is_shown_at_its_place(site, held):
    path = f"{POLICY}/{LATER}/page/1?statement={key_of(held, LATER, '12 weeks')}"
    answer = site.get(path)
    page = audit(answer.text)
    assert answer.status_code == 200
    assert "Page 1 of 1" in page.text
    assert WEEKS in page.text
    (image,) = [attributes for tag, attributes in page.tags if tag == "img"]
    assert image["alt"] == f"Page 1 of the document. Marked on it: {WEEKS}"
    assert "Marked on this page" in page.text
    picture = site.get(image["src"])
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["content-security-policy"].startswith("default-src 'none'")
    assert picture.content.startswith(b"\x89PNG")
    assert site.get(f"{POLICY}/{LATER}/page/1.png").content != picture.content


def test_a_picture_that_the_browser_has_is_not_sent_again(site, held):
    path = f"{POLICY}/{LATER}/page/1.png?statement={key_of(held, LATER, '12 weeks')}"
    tag = site.get(path).headers["etag"]
    again = site.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = {
        site.get(f"{POLICY}/{version}/page/1.png").headers["etag"] for version in (EARLIER, LATER)
    }
    assert len(others | {tag}) == 3


def test_the_comparison_leads_to_both_places(site, held):
    links = leading_to(site, COMPARISON)
    for version, weeks in ((EARLIER, "6 weeks"), (LATER, "12 weeks")):
        key = key_of(held, version, weeks)
        found = [link for link in links if link.startswith(f"{POLICY}/{version}/page/1?statement=")]
        assert found
        assert any(key in site.get(link).text.replace("%2F", "/") for link in found)
    assert f"{POLICY}/{LATER}/page/1?code=E1399" in links
    for link in links:
        assert "Marked on this page" in site.get(link).text, link


@pytest.mark.parametrize("path", [POLICY, f"{POLICY}/{LATER}"])
def test_the_record_leads_to_statements_groups_and_codes(site, path):
    links = leading_to(site, path)
    for kind in ("statement=", "code=64999", "group=", "part=everything-else"):
        assert any(kind in link for link in links), kind
    for link in links:
        answer = site.get(link)
        assert (answer.status_code, "Marked on this page" in answer.text) == (200, True), link


def test_a_version_without_a_pdf_says_so_in_words(site, held):
    key = key_of(held, "2026-04-01", "3 months")
    assert not leading_to(site, WEB_POLICY, "/page/")
    answer = site.get(f"{WEB_POLICY}/2026-04-01/page/1?statement={key}")
    page = audit(answer.text)
    assert answer.status_code == 404
    assert "is not a PDF, so it has no pages to show" in page.text
    assert "pain for at least 3 months" in page.text
    assert site.get(f"{WEB_POLICY}/2026-04-01/page/1.png").status_code == 404


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("page/2", "The document has 1 page, and no page 2."),
        ("page/0", "“0” is not the number of a page."),
        ("page/x", "“x” is not the number of a page."),
        ("page/9999999999999999999999", "is not the number of a page."),
        ("page/²", "is not the number of a page."),
        ("page/1?statement=%3Cscript%3E", "This version holds no statement “<script>”."),
        ("page/1?code=99999", "This version holds no code “99999”."),
        ("page/1?part=nothing", "This version holds no part “nothing”."),
        ("page/2.png", "The document has 1 page, and no page 2."),
        ("page/x.png", "“x” is not the number of a page."),
    ],
)
def test_what_is_not_there_is_explained(site, path, said):
    answer = site.get(f"{POLICY}/{LATER}/{path}")
    assert answer.status_code == 404
    assert said in audit(answer.text).text


def test_a_version_whose_document_is_not_kept_leads_nowhere(curated, tmp_path):
    with client_of(curated, tmp_path) as client:
        answer = client.get("/policies/cigna/mm-0300/2025-09-26/page/1")
        assert answer.status_code == 404
        assert "is not kept here" in audit(answer.text).text
        assert not leading_to(client, "/policies/cigna/mm-0300/2025-09-26", "/page/")


def test_the_static_site_says_the_page_and_leads_nowhere(held, tmp_path: Path):
    with reading(held[0]) as session:
        render_site(session, tmp_path, settings_at(tmp_path), AT)
    for name in (f"compare/{EARLIER}...{LATER}", LATER):
        html = (tmp_path / POLICY.strip("/") / name / "index.html").read_text()
        assert "age 1" in html
        assert "/page/" not in html


IMAGE = PageImage(b"png", 1, 1, 1, 0)


def test_few_are_drawn_at_once_and_too_many_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_images, "AT_ONCE", 1)
    monkeypatch.setattr(page_images, "ADMITTED", 2)
    begun, go_on = Event(), Event()
    drawn: list[int] = []

    def draw(_data: bytes, _name: str, page: int, _marks: Marks | None) -> PageImage:
        begun.set()
        assert go_on.wait(30)
        drawn.append(page)
        return IMAGE

    shared = Pictures(draw)

    def ask(page: int) -> PageImage:
        return shared.picture(str(page), lambda: (b"", "x.pdf"), page, None)

    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(ask, 1)
        assert begun.wait(30)
        second = threads.submit(ask, 1)
        while shared._admission.acquire(blocking=False):  # until the second one waits as well
            shared._admission.release()
        with pytest.raises(BusyError):
            ask(2)
        go_on.set()
        assert first.result(30) is second.result(30) is IMAGE
    assert drawn == [1], "the same page is drawn once"
    assert ask(2) is IMAGE


def test_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_images, "KEPT", 2)
    drawn: list[int] = []

    def draw(_data: bytes, _name: str, page: int, _marks: Marks | None) -> PageImage:
        drawn.append(page)
        return IMAGE

    shared = Pictures(draw)
    for page in (1, 2, 1, 3, 1, 2):
        shared.picture(str(page), lambda: (b"", "x.pdf"), page, None)
    assert drawn == [1, 2, 3, 2]


def test_a_busy_installation_says_so(held, tmp_path: Path):
    with client_of(held[0], tmp_path) as client:
        client.app.state.pictures = Busy()
        answer = client.get(f"{POLICY}/{LATER}/page/1")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Ask again soon." in audit(answer.text).text


class Busy:
    def picture(self, *_: object) -> PageImage:
        raise BusyError("Ask again soon")
