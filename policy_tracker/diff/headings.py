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

_LONGEST = 10
"""Words of a line that may be a heading with codes beside it."""
_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s+(?=\D)")


def lines_for_headings(tree: Tree, other: Tree, keys: Iterable[str]) -> frozenset[str]:
    """Those of some statements, by their keys, whose whole text is a heading of the other version,
    where no section of their own has it.
    """
    lists = (part for group in other.record.code_groups for part in group.heading.split(" > "))
    theirs = _sections(other) | set(map(_folded, lists))
    missing = theirs - _sections(tree) - {""}
    return frozenset(key for key in keys if missing and _folded(_name(tree, key, other)) in missing)


def _name(tree: Tree, key: str, other: Tree) -> str:
    """The text of a line, without codes that the other version names elsewhere."""
    codes = {code.code.lower() for code in tree.by_key[key].codes}
    text = tree.text[key].split()
    if not codes or len(text) > _LONGEST or not codes.issubset(_codes(other)):
        return tree.text[key]
    return " ".join(word for word in text if word not in codes)


def _codes(tree: Tree) -> set[str]:
    record = tree.record
    listed = [code.code for group in record.code_groups for code in group.codes]
    said = [code.code for statement in record.statements for code in statement.codes]
    return {code.lower() for code in (*listed, *said)}


def _sections(tree: Tree) -> set[str]:
    return {_folded(section.heading) for section in tree.record.sections}


def _folded(heading: str) -> str:
    """The words of a heading without its number."""
    return " ".join(words(bare(_NUMBER.sub("", heading))))
