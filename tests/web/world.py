"""What tests of pages share: an installation with the curated policies, one with hostile words
everywhere, and a reading of HTML.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from policy_tracker import pipeline
from policy_tracker.app import create_app
from policy_tracker.record import Payer, Record
from policy_tracker.recordfiles.folder import Checked, Sourced, check_folder
from policy_tracker.settings import Settings, read_settings
from policy_tracker.store.database import open_engine, upgrade

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2025, 9, 14, 12, tzinfo=UTC)
"""Twelve days before MM 0300 changes."""
MM = "/policies/cigna/mm-0300"
BEFORE, AFTER = "2025-09-26.before", "2025-09-26"
PAGES = (
    "/",
    "/?impact=high&code=0691T",
    "/policies",
    MM,
    f"{MM}/{BEFORE}",
    f"{MM}/{AFTER}",
    f"{MM}/compare/{BEFORE}...{AFTER}",
    f"{MM}/compare/{BEFORE}...{AFTER}?view=inline",
    f"{MM}/compare/{AFTER}...{BEFORE}",
    f"{MM}/blame",
    f"{MM}/blame?version={BEFORE}",
    "/policies/example-health/rx-211/blame",
    f"{MM}/{AFTER}/brief",
    f"{MM}/{BEFORE}/brief",
    "/policies/example-health/ehp-104",
    "/policies/example-health/rx-211/compare/v6...v7",
    "/policies/example-health/ehp-087/2026-07-01/brief",
    "/codes",
    "/codes/0691T",
    "/codes/0691T?as_of=2025-09-26",
    "/codes/77080",
    "/search",
    "/search?q=fracture",
    "/calendar?month=2025-09",
    "/calendar?month=1999-01",
)
"""Every family of pages, and the states of them that differ."""
WRONG = (
    "/nothing",
    "/policies/cigna/mm-0301",
    f"{MM}/1999",
    f"{MM}/blame?version=1999",
    "/codes/zz!",
    "/codes/0691T?as_of=2025-02-30",
    "/codes/99999",
    "/?from=soon",
    "/calendar?month=2025-13",
)

HOSTILE_TEXT = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> \"'`{{7*7}} "
    "\u202egnp.exe\u200b\x1b[31m &lt;b&gt; javascript:alert(1)"
)
HOSTILE_URL = 'https://example.org/"onmouseover="alert(1)'


def settings_at(folder: Path, **values: object) -> Settings:
    """Settings of an installation in a folder."""
    return read_settings(data_dir=folder, base_url="http://testserver", **values)


def opened(folder: Path) -> Engine:
    """A new, migrated SQLite database in a folder."""
    engine = open_engine(f"sqlite:///{folder / 'pages.sqlite'}")
    upgrade(engine)
    return engine


def client_of(engine: Engine, folder: Path, **values: object) -> TestClient:
    """A client of the whole application, at NOW; redirects are shown, not followed."""
    return TestClient(
        create_app(settings_at(folder, **values), engine=engine, clock=lambda: NOW),
        follow_redirects=False,
    )


@pytest.fixture(scope="session")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the curated policies; tests only read it."""
    engine = opened(tmp_path_factory.mktemp("curated"))
    checked = check_folder([ROOT / "policies"])
    assert not checked.faults
    assert pipeline.load(engine, checked, NOW).changed
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database in which everything that a payer wrote is hostile."""
    engine = opened(tmp_path_factory.mktemp("hostile"))
    payer = Payer(record=1, payer="hostile", name=HOSTILE_TEXT, homepage=HOSTILE_URL)
    records = tuple(
        Sourced(value=hostile_record(version), file=f"{version}.yaml")
        for version in ("2025-01-01", "2025-09-26")
    )
    report = pipeline.load(engine, Checked(payers=(payer,), records=records), NOW)
    assert len(report.changed) == 2, report
    yield engine
    engine.dispose()


@pytest.fixture
def site(curated: Engine, tmp_path: Path) -> Iterator[TestClient]:
    """A client of the installation with the curated policies."""
    with client_of(curated, tmp_path) as client:
        yield client


def hostile_record(version: str) -> Record:
    """A record whose every free text is hostile, and different in each version, so that comparisons
    show it too.
    """
    text = f"{HOSTILE_TEXT} {version}"
    code = {"system": "CPT", "code": "0691T"}
    place = {"page": 1, "place": text}
    newer = version > "2025-06"
    return Record.model_validate(
        {
            "record": 1,
            "payer": "hostile",
            "policy": "h-1",
            "policy_number": text,
            "aliases": [text],
            "title": f"Lanterns {text}",
            "version": version,
            "policy_type": "medical_coverage",
            "source_kind": "payer_document",
            "source_url": HOSTILE_URL,
            "version_label": text,
            "dates": {
                "effective": {"date": version, "raw": text},
                "next_review": {"status": "ambiguous", "raw": text},
            },
            "scope": text,
            "specialties": [{"name": text, "stated_by": "payer"}],
            "applies_to": {"governed_by": [text]},
            "sections": [{"key": "a", "heading": text, "kind": "coverage"}],
            "statements": [
                {
                    "key": "p",
                    "section": "a",
                    "role": "position",
                    "position": "medically_necessary" if newer else "experimental_investigational",
                    "payer_term": text,
                    "label": text,
                    "text": text,
                    "codes": [code],
                    "source": place,
                    "logic": "all_of",
                    "quantities": [{"kind": "count", "value": 3, "unit": text[:60]}],
                },
                {
                    "key": "p/c",
                    "parent": "p",
                    "section": "a",
                    "role": "criterion",
                    "text": text,
                    "codes": [code],
                    "source": place,
                },
                {
                    "key": "x",
                    "section": "a",
                    "role": "scope",
                    "position": "out_of_scope",
                    "text": text,
                    "label": text,
                    "codes": [code],
                },
                {"key": "n", "section": "a", "role": "exclusion", "text": text, "source": place},
            ],
            "code_groups": [
                {
                    "key": "g",
                    "heading": text,
                    "disposition": "medically_necessary" if newer else "not_covered",
                    "note": text,
                    "source": place,
                    "codes": [{**code, "description": text, "marker": text}],
                },
                {
                    "key": "d",
                    "heading": HOSTILE_TEXT,
                    "disposition": "medically_necessary" if newer else "not_covered",
                    "ranges": [
                        {"system": "ICD10CM", "from": "M80", "to": "M81", "raw": HOSTILE_TEXT}
                    ],
                },
            ],
            "authorizations": [
                {
                    "requirement": "required" if newer else "not_required",
                    "vendor": text,
                    "codes": [code],
                }
            ],
            "residual": {"position": "not_covered", "text": text, "source": place},
            "related_policies": [
                {
                    "payer": "hostile",
                    "policy": "other",
                    "relation": "see_also",
                    "why": text,
                    "title": text,
                    "codes": [code],
                }
            ],
            "revision_history": [{"date": version, "type": text, "text": text}],
            "disagreements": [
                {"about": "prior_auth", "claims": [{"text": text, "source": place}, {"text": text}]}
            ],
            "extraction": {
                "extractor": text,
                "version": 1,
                "text_coverage": {"units": 9, "recorded": 8, "set_aside": 1},
                "set_aside": [{"page": 1, "text": text, "why": text, "decides": True}],
                # on a page without statements, so that the reading waits for nobody
                "unread": [{"page": 2, "why": text}],
                "warnings": [text],
            },
        }
    )


HOSTILE_PAGES = (
    "/",
    "/policies",
    "/policies/hostile/h-1",
    "/policies/hostile/h-1/2025-09-26",
    "/policies/hostile/h-1/2025-09-26/brief",
    "/policies/hostile/h-1/compare/2025-01-01...2025-09-26",
    "/policies/hostile/h-1/compare/2025-09-26...2025-01-01",
    "/codes",
    "/codes/0691T",
    "/codes/M80.1",
    "/search?q=alert",
    "/calendar?month=2025-09",
    "/policies/hostile/h-2",
    "/policies/hostile/h-1/none",
)
TYPED = '"><script>alert(2)</script>\u202e'


class Markup(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """The page's words with single spaces."""
        return " ".join("".join(self.words).split())

    def addresses(self) -> list[str]:
        """Everything that the page links to or loads."""
        return [
            value
            for _, attributes in self.tags
            for name in ("href", "src", "action")
            if (value := attributes.get(name)) is not None
        ]

    def ids(self) -> list[str]:
        """Every id."""
        return [value for _, attributes in self.tags if (value := attributes.get("id"))]


def audit(html: str) -> Markup:
    """A page's markup, after checking that it holds nothing that the content security policy
    forbids, and no hidden character.
    """
    page = Markup(html)
    for tag, attributes in page.tags:
        assert tag not in ("style", "iframe", "object", "embed", "base"), f"<{tag}>"
        assert tag != "img" or attributes.get("alt"), "a picture without words"
        assert "style" not in attributes, f"<{tag} style>"
        assert not [name for name in attributes if name.startswith("on")], (
            f"<{tag}> with a handler: {attributes}"
        )
        if tag == "script":
            assert attributes.get("src"), "a script inside of the page"
    for address in page.addresses():
        assert not address.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")), (
            address
        )
    for tag, attributes in page.tags:
        loaded = attributes.get("src")
        picture = tag == "img" and re.fullmatch(
            r"/(?:policies|review)/[^?]+\.png(?:\?.*)?", loaded or ""
        )
        assert not loaded or picture or loaded.startswith(("/static/", "../", "static/")), loaded
    assert len(page.ids()) == len(set(page.ids())), "an id twice"
    assert not set("\u202e\u200b\x1b\x00") & set(html)
    return page
