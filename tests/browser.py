"""One way to start Chromium for tests: found, not downloaded; headless; unable to reach any host
but this machine.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SETTING = "POLICY_TRACKER_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)

ARGUMENTS = (
    "--no-sandbox",  # the sandbox refuses to start as root, which is who runs tests in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    # A page that asks for anything from another host fails here as it would behind a strict
    # firewall.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class BrowserMissingError(RuntimeError):
    """No Chromium is installed, or the one that the setting names does not exist."""


def find_chromium() -> Path:
    """The Chromium that the setting names, or else the first one installed.

    Raises:
        BrowserMissingError: there is none.
    """
    named = os.environ.get(SETTING)
    if named:
        found = shutil.which(named)
        if found is None:
            raise BrowserMissingError(f"{SETTING} names {named}, which is no program.")
        return Path(found)
    for command in COMMANDS:
        found = shutil.which(command)
        if found is not None:
            return Path(found)
    for place in PLACES:
        if place.exists():
            return place
    raise BrowserMissingError(
        f"The browser tests need Chromium: install it (on Debian: apt install chromium) or "
        f"name one with {SETTING}."
    )


@contextmanager
def launch() -> Generator[Browser]:
    """A headless Chromium with an empty profile; closed, with its driver, at the end.

    Raises:
        BrowserMissingError: no Chromium is installed.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()
