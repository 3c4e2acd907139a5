"""The house stays in order: one name for one class, and the English that the program reads stands in
one room.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "policy_tracker"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
ONE_ROOM = {
    "number words": r"\b(?:eleven|twelve|thirteen|forty|ninety)\b",
    "names of months": r"\b(?:February|August|September|October|November)\b",
    "endings of plurals": r"(?:endswith|removesuffix)\(\(?[\"'](?:s|es|ies)[\"']",
    "forms of codes": r"\\d\{4\}\[[A-Z]|\[[A-Za-z]-[A-Za-z]\]\\d\{4\}|\[0-9\]\{4\}\[",
}


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts]


def code_of(path: Path) -> str:
    """The source of a module without its docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        node.body = [
            one
            for one in body
            if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        ] or [ast.Pass()]
    return ast.unparse(tree)


def test_no_class_name_stands_in_two_modules():
    found = defaultdict(set)
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].add(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize("what", ONE_ROOM)
def test_what_the_english_language_has_once_is_written_once(what: str):
    """The record's own checks of its fields (`record/`) are no reading of English."""
    others = (
        path
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] not in ("language", "record")
    )
    copies = [
        str(path.relative_to(PACKAGE))
        for path in others
        if re.search(ONE_ROOM[what], code_of(path))
    ]
    assert copies == []
    if what != "forms of codes":  # these are made of the record's
        assert any(
            re.search(ONE_ROOM[what], code_of(path))
            for path in (PACKAGE / "language").rglob("*.py")
        )


def test_every_room_says_what_it_is():
    for room in ROOMS:
        tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
        assert (ast.get_docstring(tree) or "").strip(), f"{room} has no docstring"


def test_the_story_of_the_architecture_names_files_that_exist():
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)`", page))
    assert len(named) > 20
    assert {
        name
        for name in named
        if not any((root / name).exists() for root in (PACKAGE, PACKAGE.parent))
    } == set()
