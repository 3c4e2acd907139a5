"""The main job, as the people concerned live it: subscribe, confirm, a payer changes a policy, one
page and one mail tell exactly what.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import launch
from tests.end_to_end.installation import Installation, until

THIRD = "2026-12-15"


def third_version(current: str) -> str:
    """The current version of MM 0300, tightened: re-review every 6 months."""
    text = current.replace('version: "2025-09-26"', f'version: "{THIRD}"')
    text = text.replace(
        "effective: {date: 2025-09-26, raw: ", f"effective: {{date: {THIRD}, raw: "
    ).replace('raw: "September 26, 2025"', 'raw: "December 15, 2026"')
    text = text.replace("Re-review every 12 months", "Re-review every 6 months")
    return text.replace(
        'comparator: "=", value: 12, unit: month', 'comparator: "=", value: 6, unit: month'
    )


@pytest.fixture
def page():
    with launch() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(20_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        yield page
        assert faults == []


def subscribe(page, site: Installation) -> None:
    page.goto(f"{site.address}/alerts")
    page.get_by_label("Your e-mail address").fill("Billing.Team@clinic.example")
    page.get_by_label("One policy").check()
    page.get_by_label("Policy", exact=True).select_option("cigna/mm-0300")
    page.get_by_role("button", name="Send me the confirmation").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def confirm(page, site: Installation) -> None:
    """Confirm through the mailbox page, as somebody without a mail server does."""
    until(lambda: site.mails() or None, "The confirmation's delivery")
    page.goto(f"{site.address}/mailbox")
    page.get_by_role("link", name=re.compile("onfirm")).first.click()
    page.locator("pre a[href*='/alerts/confirm']").first.click()
    page.get_by_role("button", name="Yes, send me these alerts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You follow")


def add_third_version(site: Installation) -> None:
    folder = site.policies / "cigna" / "mm-0300"
    (folder / f"{THIRD}.yaml").write_text(third_version((folder / "2025-09-26.yaml").read_text()))


def feed_shows(page, site: Installation) -> bool | None:
    page.goto(f"{site.address}/?payer=cigna")
    return page.locator(f"main a[href*='{THIRD}']").count() > 0 or None


def change_mails(site: Installation) -> list:
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in site.mails()]
    return [mail for mail in mails if "Dec 15, 2026" in mail["Subject"]]


def runs_of(site: Installation, job: str) -> str | None:
    jobs = {row["id"]: row for row in site.health()["scheduler"]["jobs"]}
    return jobs[job]["last_done_at"]


@pytest.mark.browser
def test_a_change_reaches_the_page_and_the_mailbox_once(tmp_path: Path, page) -> None:
    site = Installation(tmp_path)
    with site:
        subscribe(page, site)
        confirm(page, site)
        add_third_version(site)
        until(lambda: feed_shows(page, site), "The change in the feed")

        page.locator(f"a[href*='{THIRD}']").first.click()
        if "/compare/" not in page.url:
            page.locator(f"a[href*='compare'][href*='{THIRD}']").first.click()
        expect(page).to_have_url(
            re.compile(rf"/policies/cigna/mm-0300/compare/2025-09-26\.\.\.{THIRD}")
        )
        expect(page.get_by_role("main")).to_contain_text(
            "Re-review every 6 months with updated clinical documentation"
        )
        expect(page.get_by_role("main")).to_contain_text("Burden added")

        (mail,) = until(lambda: change_mails(site) or None, "The mail about the change")
        assert mail["To"] == "Billing.Team@clinic.example"
        assert mail["Subject"].startswith(
            "Cigna MM 0300 from Dec 15, 2026 · Re-review every 12 → 6 months"
        )
        text = mail.get_body(("plain",)).get_content()
        assert "12" in text
        assert "Re-review every" in text
        assert f"{site.address}/policies/cigna/mm-0300/compare/2025-09-26...{THIRD}" in text

        site.run("load", str(site.policies))
        site.run("send")
        assert len(change_mails(site)) == 1
        assert site.stop() == 0

        site.start()
        before = runs_of(site, "send")
        until(
            lambda: True if runs_of(site, "send") not in (None, before) else None,
            "Another delivery after the restart",
        )
        assert len(change_mails(site)) == 1

        index = (
            tmp_path
            / "var"
            / "site"
            / "policies"
            / "cigna"
            / "mm-0300"
            / "compare"
            / f"2025-09-26...{THIRD}"
            / "index.html"
        )
        until(lambda: index.is_file() or None, "The static comparison page")
        page.goto(index.as_uri())
        expect(page.get_by_role("main")).to_contain_text("Re-review every 6 months")
