import hashlib
import re

from policy_tracker.pages.assets import ASSETS, asset_hash, asset_names
from policy_tracker.pages.render import templates_dir

_VENDORED = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)


def test_files_made_by_others_are_those_that_are_declared() -> None:
    declared = dict(_VENDORED.findall((ASSETS / "VENDORED.md").read_text()))
    assert declared
    for name, checksum in declared.items():
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == checksum, name
    assert {name for name in asset_names() if ".min." in name} == set(declared)


def test_styles_and_scripts_ask_no_other_host() -> None:
    for name in asset_names():
        if ".min." not in name and not name.endswith(".svg"):
            assert not re.search(r"https?://|//[a-z]|@import|url\(", (ASSETS / name).read_text()), (
                name
            )


def test_hash_follows_content() -> None:
    assert (
        asset_hash("tokens.css")
        == hashlib.sha256((ASSETS / "tokens.css").read_bytes()).hexdigest()[:12]
    )


def test_templates_never_trust_data() -> None:
    forbidden = re.compile(
        r"\|\s*safe\b|autoescape\s+false|\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)",
        re.IGNORECASE,
    )
    for path in templates_dir().rglob("*.html"):
        if "email" not in path.relative_to(templates_dir()).parts:
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.name}: {found and found[0]}"
