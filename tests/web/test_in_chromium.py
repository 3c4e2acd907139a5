"""Pages in a real browser: accessible, lawful under their content security policy, alone on their
host, and usable by hand and by key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine

from policy_tracker.pages.static_site import render_site
from policy_tracker.store.database import reading
from tests.browser import launch
from tests.web import documented
from tests.web.serving import serving
from tests.web.world import (
    AFTER,
    BEFORE,
    HOSTILE_PAGES,
    MM,
    NOW,
    PAGES,
    WRONG,
    client_of,
    opened,
    settings_at,
)

pytestmark = pytest.mark.browser

COMPARISON = f"{MM}/compare/{BEFORE}...{AFTER}"
DESKTOP, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
Scheme = Literal["light", "dark"]
MAIN = (
    "/",
    MM,
    COMPARISON,
    f"{MM}/blame",
    f"{MM}/{AFTER}/brief",
    "/codes/0691T",
    "/calendar?month=2025-09",
)
LOOKS: dict[str, tuple[dict, Scheme, tuple[str, ...]]] = {
    "desktop, light": (DESKTOP, "light", (*PAGES, *WRONG)),
    "phone, dark": (PHONE, "dark", (*PAGES, *WRONG)),
    "desktop, dark": (DESKTOP, "dark", MAIN),
    "phone, light": (PHONE, "light", MAIN),
}
"""Every page in both schemes and both sizes; the main ones in each pair of them."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
OPENED = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launch() as started:
        yield started


@pytest.fixture(scope="module")
def address(curated: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with client_of(curated, tmp_path_factory.mktemp("serving")) as client, serving(client) as found:
        yield found


@contextmanager
def visiting(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """A page of a new profile; at its end, nothing was asked of another host, and neither the
    policy nor a script was broken.
    """
    context: BrowserContext = browser.new_context(base_url=address, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((address, "data:", "file:"))
            else faults.append(f"asked {asked.url}")
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: (
            faults.append(said.text) if said.type == "error" and not _told(said.text) else None
        ),
    )
    try:
        yield page
    finally:
        context.close()
    assert not faults


def _told(text: str) -> bool:
    """Whether a line of the console only tells the status of a page that is meant to be wrong."""
    return "the server responded with" in text


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {[node['html'][:150] for node in rule['nodes'][:3]]}" for rule in found]


def wider(page: Page) -> list[str]:
    """What reaches beyond the right edge of a page that can be scrolled sideways."""
    return page.evaluate("""() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        [...document.querySelectorAll("main *, header *")].filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map((part) => part.outerHTML.slice(0, 160))""")


@pytest.mark.parametrize("look", LOOKS)
def test_accessible_in_every_look(browser: Browser, address: str, look: str) -> None:
    size, scheme, paths = LOOKS[look]
    found = {}
    with visiting(
        browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce"
    ) as page:
        for path in paths:
            page.goto(path)
            page.evaluate(OPENED)
            if wrong := violations(page):
                found[path] = wrong
    assert not found


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, size: dict) -> None:
    with visiting(browser, address, viewport=size) as page:
        for path in (*PAGES, *WRONG):
            page.goto(path)
            page.evaluate(OPENED)
            assert not wider(page), path


def test_hostile_words_run_nothing_and_fit(
    browser: Browser, hostile: Engine, tmp_path: Path
) -> None:
    dialogs: list[str] = []
    with (
        client_of(hostile, tmp_path) as client,
        serving(client) as address,
        visiting(browser, address, viewport=PHONE) as page,
    ):
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        for path in HOSTILE_PAGES:
            page.goto(path)
            page.evaluate(OPENED)
            assert not wider(page), path
    assert not dialogs


def test_nothing_shifts_while_loading(browser: Browser, address: str) -> None:
    watch = """
        window.shifted = 0;
        const add = (entry) => { window.shifted += entry.value; };
        new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
    """
    for size in (DESKTOP, PHONE):
        with visiting(browser, address, viewport=size) as page:
            page.add_init_script(watch)
            for path in ("/", MM, COMPARISON, f"{MM}/{AFTER}/brief", "/codes/0691T"):
                page.goto(path, wait_until="networkidle")
                assert page.evaluate("window.shifted") < 0.01, path


def test_keys_move_between_changes(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP, reduced_motion="reduce") as page:
        page.goto(COMPARISON)
        cards = page.locator(".changes > .change:visible")
        expect(cards).to_have_count(3)
        for key, place in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            expect(cards.nth(place)).to_be_focused()
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("jk")
        expect(page.get_by_role("searchbox")).to_have_value("jk")


def test_layout_is_chosen_in_place_and_kept_in_the_address(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as page:
        page.goto(COMPARISON)
        side, woven = page.locator(".sides").first, page.locator(".woven").first
        expect(side).to_be_visible()
        expect(woven).to_be_hidden()
        page.get_by_role("link", name="Inline").click()
        expect(woven).to_be_visible()
        expect(side).to_be_hidden()
        assert page.url.endswith("?view=inline")
        page.reload()
        expect(woven).to_be_visible()


def test_comparison_is_whole_without_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP, java_script_enabled=False) as page:
        page.goto(COMPARISON)
        page.get_by_role("link", name="Inline").click()
        expect(page.locator(".woven").first).to_be_visible()
        page.get_by_label("From").select_option(AFTER)
        page.get_by_label("To", exact=True).select_option(BEFORE)
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_text("You read backwards in time")).to_be_visible()
        page.locator("summary", has_text="unchanged").click()
        expect(page.get_by_text("Documentation must include clinical history")).to_be_visible()


def test_filters_swap_the_list_and_change_the_address(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as page:
        page.goto("/")
        page.evaluate("window.same = true")
        page.get_by_label("Payer").select_option("cigna")
        expect(page.get_by_text("filtered by payer cigna")).to_be_visible()
        assert page.url == f"{address}/?payer=cigna"
        expect(page.get_by_role("link", name="Epidural")).to_have_count(0)
        page.get_by_label("Code", exact=True).fill("99999")
        page.get_by_label("Code", exact=True).press("Enter")
        expect(
            page.get_by_role("heading", name="Nothing matches all of these filters")
        ).to_be_visible()
        assert page.evaluate("window.same"), "the page was loaded again"
        page.get_by_role("link", name="Without code 99999").click()
        expect(
            page.get_by_role("link", name="Bone Mineral Density Measurement").first
        ).to_be_visible()
        page.go_back()
        expect(
            page.get_by_role("heading", name="Nothing matches all of these filters")
        ).to_be_visible()


def test_filters_work_without_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_label("Direction").select_option("burden-narrowed")
        page.get_by_label("Code", exact=True).fill("0691T")
        page.get_by_role("button", name="Show").click()
        expect(
            page.get_by_role("listitem").filter(has_text="Bone Mineral Density Measurement")
        ).to_have_count(1)
        expect(page.get_by_label("Code", exact=True)).to_have_value("0691T")


def test_a_link_to_a_change_opens_its_fold(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as page:
        page.goto("/policies/example-health/ehp-104/compare/2025-03-01...2026-04-01")
        anchor = page.locator("details .change").first.get_attribute("id")
        page.goto(f"/policies/example-health/ehp-104/compare/2025-03-01...2026-04-01#{anchor}")
        expect(page.locator(f"#{anchor}")).to_be_visible()


def test_skip_link_is_the_first_stop(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


def test_paper_gets_two_columns_and_every_fold(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE) as page:
        page.goto(f"{COMPARISON}?view=inline")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        columns = page.locator(".sides").first.evaluate(
            "(part) => getComputedStyle(part).gridTemplateColumns.split(' ').length"
        )
        assert columns == 2
        expect(page.locator(".woven").first).to_be_hidden()
        expect(page.locator("header.top")).to_be_hidden()


def test_static_site_opens_from_a_file(browser: Browser, curated: Engine, tmp_path: Path) -> None:
    target = tmp_path / "site"
    with reading(curated) as session:
        render_site(session, target, settings_at(tmp_path), NOW + timedelta(0))
    with visiting(browser, target.as_uri(), viewport=DESKTOP) as page:
        page.goto(f"{target.as_uri()}/index.html")
        page.get_by_role("link", name="Bone Mineral Density Measurement").first.click()
        expect(
            page.get_by_role("heading", name="3 changes that can decide a claim")
        ).to_be_visible()
        page.get_by_role("link", name="Inline").click()
        expect(page.locator(".woven").first).to_be_visible()
        page.get_by_role("link", name="Brief").click()
        expect(page.get_by_role("heading", name="Quick reference")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).display") == "flex", (
            "the style sheet is not there"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_documents_are_accessible_and_fit(
    browser: Browser, tmp_path: Path, scheme: Scheme
) -> None:
    engine = opened(tmp_path)
    keys = {statement.key for statement in documented.fill(engine)[documented.LATER].statements}
    paths = (
        f"{documented.POLICY}/{documented.LATER}/page/1?statement={max(keys)}",
        f"{documented.POLICY}/{documented.LATER}/page/1",
        f"{documented.WEB_POLICY}/2026-04-01/page/1",
        f"{documented.POLICY}/{documented.LATER}",
        f"{documented.POLICY}/compare/{documented.EARLIER}...{documented.LATER}",
    )
    with client_of(engine, tmp_path) as client, serving(client) as address:
        for size in (DESKTOP, PHONE, NARROW):
            with visiting(
                browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce"
            ) as page:
                for path in paths:
                    page.goto(path)
                    page.evaluate(OPENED)
                    assert not violations(page), path
                    assert not wider(page), path
                    assert page.evaluate(
                        "[...document.images].every((image) => image.complete && "
                        "image.naturalWidth > 0)"
                    ), path
    engine.dispose()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_waits_is_decided_by_hand(browser: Browser, tmp_path: Path, size: dict) -> None:
    engine = opened(tmp_path)
    documented.fill(engine)
    documented.bring(engine, documented.UNDATED, "undated.pdf")
    scheme = "light" if size is DESKTOP else "dark"
    with (
        client_of(engine, tmp_path, staff_token="a-token-for-this-test") as client,
        serving(client) as address,
        visiting(
            browser, address, viewport=size, color_scheme=scheme, reduced_motion="reduce"
        ) as page,
    ):
        page.goto("/review")
        page.get_by_label("Staff token").fill("a-token-for-this-test")
        page.get_by_role("button", name="Open").click()
        assert not violations(page)
        page.get_by_role("link", name="Lantern Therapy of the Knee").click()
        expect(page.get_by_text("Why it waits")).to_be_visible()
        page.evaluate(OPENED)
        assert not violations(page)
        assert not wider(page)
        page.get_by_role("button", name="Reject").click()
        # the browser asks for the reason
        expect(page.get_by_role("button", name="Reject")).to_be_visible()
        page.get_by_label("Why", exact=True).fill("The date is missing.")
        page.get_by_role("button", name="Reject").click()
        expect(page.get_by_text("The date is missing.")).to_be_visible()
        assert not violations(page)
    engine.dispose()
