"""The comparison and the brief of MM 0300 as whole pages, compared with golden files."""

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.web.world import AFTER, BEFORE, MM, ROOT, client_of

GOLDEN = ROOT / "tests" / "golden" / "pages"
PAGES = {"comparison": f"{MM}/compare/{BEFORE}...{AFTER}", "brief": f"{MM}/{AFTER}/brief"}


def normalised(html: str) -> str:
    """A page without what changes without anybody seeing it: hashes of assets and of changes, the
    catalogue's version, blank lines.
    """
    html = re.sub(r"\?v=[0-9a-f]{12}", "", html)
    html = re.sub(r"catalogue <code>[^<]+</code>", "catalogue <code>VERSION</code>", html)
    for number, found in enumerate(
        dict.fromkeys(re.findall(r"change-([\w.-]+?)(?=[\"-])", html)), start=1
    ):
        html = html.replace(found, f"ID{number}")
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip()) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_it_was_accepted(curated: Engine, tmp_path: Path, name: str) -> None:
    """To accept what was changed on purpose: ACCEPT_GOLDEN=1 pytest
    tests/pages/test_golden_pages.py, then look at the difference.
    """
    with client_of(curated, tmp_path) as client:
        html = normalised(client.get(PAGES[name]).text)
    path = GOLDEN / f"{name}.html"
    if os.environ.get("ACCEPT_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")
