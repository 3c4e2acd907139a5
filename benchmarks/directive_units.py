"""How many of the verified statements of the corpus the detector of directive units finds, by
themselves or as what they govern; and how many of its units are statements or codes.

    python -m benchmarks.directive_units [--misses]
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.extract.directives import units_of
from policy_tracker.settings import settings

FOLDERS = ("extract", "strangers")
_TOKEN = re.compile(r"[a-z0-9]+|[<>=≥≤]")
_ENOUGH = 0.8
"""The part of a statement's words that a block or unit must print to be taken for it."""

_MOST_BLOCKS = 4
"""Blocks over which a statement may be printed, where lines were not joined to a paragraph."""


@dataclass
class Figures:
    """The counts of one document: statements of the truth, those found, units, and what they are
    of; `missed` has the statements that no unit holds.
    """

    printed: int = 0
    found: int = 0
    units: int = 0
    right: int = 0
    codes: int = 0
    history: int = 0
    missed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)


def documents() -> Iterator[tuple[str, Path, dict]]:
    """The verified documents of the corpus that are texts of policies: name, file and truth."""
    corpus = settings().corpus.absolute()
    for folder in FOLDERS:
        for path in sorted((corpus / "truth" / folder).glob("*.json")):
            truth = json.loads(path.read_text())
            if truth.get("statements"):
                yield f"{folder}/{path.stem}", corpus / truth["document"], truth


def figures_of(file: Path, truth: dict) -> Figures:
    """The counts of a document beside its truth."""
    document = split_versions(read_document(file.read_bytes(), file.name))[0]
    units = units_of(document.blocks)
    held: dict[str, list[Counter[str]]] = {}
    for unit in units:
        held.setdefault(unit.block, []).append(tokens(unit.text))
    texts = list(printed(document))
    found = Figures(units=len(units))
    right: set[int] = set()
    place = 0
    for statement in truth["statements"]:
        if statement.get("part") == "secondary":
            continue
        wanted = tokens(statement["text"])
        window = _where(texts, wanted, place)
        found.printed += 1
        if window:
            place = window[0]
            here = sum(
                (words for at in window for words in held.get(texts[at][0], ())), Counter[str]()
            )
            if covers(here, wanted):
                found.found += 1
                continue
        found.missed.append(statement["text"])
    statements = [tokens(one["text"]) for one in truth["statements"]]
    rows = [tokens(row.get("text") or "") for row in truth.get("revision_history") or ()]
    for number, unit in enumerate(units):
        said = tokens(unit.text)
        if unit.kind == "code_row":
            found.codes += 1
        elif any(covers(said, one) or covers(one, said) for one in statements if one):
            right.add(number)
        elif any(row and covers(row, said) for row in rows):
            found.history += 1
        else:
            found.surplus.append(f"{unit.block} {unit.kind} {unit.text}")
    found.right = len(right)
    return found


def _where(texts: Sequence[tuple[str, Counter[str]]], wanted: Counter[str], after: int) -> range:
    """The block, or the few blocks in a row, that print a statement, at or after a place first;
    none where it is printed nowhere.
    """
    for length in range(1, _MOST_BLOCKS + 1):
        for at in (*range(after, len(texts)), *range(after)):
            window = range(at, min(at + length, len(texts)))
            if covers(sum((texts[one][1] for one in window), Counter[str]()), wanted):
                return window
    return range(0)


def printed(document: Document) -> Iterator[tuple[str, Counter[str]]]:
    """The words of each block and table row under its id."""
    for block in document.blocks:
        if block.table is None:
            yield block.id, tokens(f"{block.label or ''} {block.text}")
        else:
            for row in block.table.rows:
                yield row.id, tokens(" ".join(cell.text for cell in row.cells))


def tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text).lower().replace("-", " ")))


def covers(whole: Counter[str], part: Counter[str]) -> bool:
    """Whether a text prints nearly all words of another."""
    return bool(part) and (whole & part).total() >= _ENOUGH * part.total()


def _told(one: Figures) -> str:
    return (
        f"{one.found:4} of {one.printed:4} statements; {one.units:5} units: {one.right:4} "
        f"statements, {one.codes:4} code rows, {one.history:3} of the history, "
        f"{len(one.surplus):4} others"
    )


def main(arguments: Sequence[str]) -> int:
    total = Figures()
    for name, file, truth in documents():
        one = figures_of(file, truth)
        print(f"{name:48} {_told(one)}")
        for field_name in ("printed", "found", "units", "right", "codes", "history"):
            setattr(total, field_name, getattr(total, field_name) + getattr(one, field_name))
        total.missed += one.missed
        total.surplus += one.surplus
        if "--misses" in arguments:
            print(*(f"   - {text[:220]}" for text in one.missed), sep="\n")
        if "--surplus" in arguments:
            print(*(f"   + {text[:160]}" for text in one.surplus), sep="\n")
    print(f"{'together':48} {_told(total)}: {total.found / max(total.printed, 1):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
