"""The list of the vocabulary counts what it should, and names every entry that lacks evidence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.list_vocabulary import alternatives, items, without_evidence

ROOT = Path(__file__).resolve().parents[1]
MOST_WITHOUT_EVIDENCE = 166
"""Entries of which nobody has named a document yet. Name one for an entry, and lower this."""


def test_every_entry_without_evidence_is_listed():
    script = ROOT / "scripts" / "list_vocabulary.py"
    printed = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    listed = [line for line in printed if line.startswith("no evidence: ")]
    assert listed == [f"no evidence: {item.file}: {item.pattern}" for item in without_evidence()]
    counted = [
        re.search(r"(\d+) entries, \d+ alternatives, (\d+) without", line) for line in printed
    ]
    figures = [(int(match[1]), int(match[2])) for match in counted if match]
    assert sum(entries for entries, _ in figures) == len(list(items()))
    assert sum(bare for _, bare in figures) == len(listed)


def test_entries_without_evidence_do_not_become_more():
    assert len(without_evidence()) <= MOST_WITHOUT_EVIDENCE


@pytest.mark.parametrize("item", list(items()), ids=lambda item: f"{item.file}: {item.pattern}")
def test_evidence_is_the_name_of_a_document_and_no_sentence_or_path(item):
    assert len(set(item.seen)) == len(item.seen)
    for name in item.seen:
        assert len(name) <= 100
        assert not re.search(r"[/\\]|https?:|\.(?:pdf|html?|txt)\b|[.;:]$", name)


@pytest.mark.parametrize(
    ("pattern", "number"), [("a", 1), ("a|b", 2), (r"a (?:b|c)|d", 3), (r"a\|b", 1), ("[|a]b", 1)]
)
def test_alternatives_are_counted_by_their_bars(pattern, number):
    assert alternatives(pattern) == number
