"""Headings that one version's form shows as such, and the other's as a line of text.

A page marks its headings; a text layer, or a document with bold paragraphs for headings, may not.
The same words are then a heading of one version and a sentence of the other, which says nothing
that the heading does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy_tracker.diff.tree import Tree
from policy_tracker.language.tokens import bare, words

_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+(?=\D)")


def lines_for_headings(tree: Tree, other: Tree, keys: Iterable[str]) -> frozenset[str]:
    """Those of some statements, by their keys, whose whole text is a heading of the other version,
    where no section of their own has it.
    """
    lists = (part for group in other.record.code_groups for part in group.heading.split(" > "))
    theirs = _sections(other) | set(map(_folded, lists))
    missing = theirs - _sections(tree) - {""}
    return frozenset(key for key in keys if missing and _folded(tree.text[key]) in missing)


def _sections(tree: Tree) -> set[str]:
    return {_folded(section.heading) for section in tree.record.sections}


def _folded(heading: str) -> str:
    """The words of a heading without its number."""
    return " ".join(words(bare(_NUMBER.sub("", heading))))
