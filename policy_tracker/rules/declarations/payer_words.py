"""What a payer means by the label of a revision: one word says at one payer that criteria changed,
at another that they did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Label = Literal["changes", "denies", "silent"]
"""A label declares a change of criteria, denies one, or says neither."""

EVERYWHERE: Mapping[str, Label] = {
    "revised": "changes",
    "revision": "changes",
    "policy revision": "changes",
    "new": "changes",
    "retired": "changes",
    "archived": "changes",
    "updated": "silent",
    "update": "silent",
    "reviewed": "silent",
    "review": "silent",
    "annual review": "silent",
    "focused review": "silent",
    "administrative": "silent",
    "no change": "denies",
    "no changes": "denies",
}
"""What labels say where a payer's own use of them is not known."""

PAYERS: Mapping[str, Mapping[str, Label]] = {
    "uhc": {"updated": "denies", "revised": "changes"},
    "cigna": {"updated": "silent"},
}
"""Labels that a payer uses in a sense of its own; a new payer is a new row."""

SEVERITIES: Mapping[str, Label] = {"no_change": "denies", "minor": "silent", "important": "changes"}
"""What the severity of a bulletin's entry says."""


def label_says(payer: str, label: str | None) -> Label:
    """What a label says of a payer's criteria; nothing where there is no label, or one that is not
    known.
    """
    word = " ".join((label or "").lower().split()).strip(" :.")
    return PAYERS.get(payer, {}).get(word) or EVERYWHERE.get(word) or "silent"
