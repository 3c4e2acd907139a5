"""What the payer says changed, beside what did: in the words of page, mail and terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages.formatting import counted, iso_words, listed

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import DeclarationSource, DeclarationVerdict
    from policy_tracker.rules.changes import Change, Comparison, Declaration

SILENT_WORDS = "not declared by the payer"
VERDICT_WORDS: dict[DeclarationVerdict, str] = {
    "found": "found",
    "not_found": "not found",
    "nothing_declared": "names no change",
    "contradicted": "contradicted",
}
_COUNTED: dict[DeclarationVerdict, str] = {"nothing_declared": "naming no change"}
SOURCE_WORDS: dict[DeclarationSource, str] = {"history": "revision history", "bulletin": "bulletin"}
LONGEST_QUOTE = 240
"""Of a longer row a change quotes so many characters."""
MOST_LINKS = 12
"""A row that tells more changes links so many of them."""


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """One thing that the payer says: where and when, whether it was found, and the ids of the
    changes that it tells.
    """

    text: str
    where: str
    verdict: DeclarationVerdict
    words: str
    changes: tuple[str, ...]
    more: int


def declaration_views(comparison: Comparison) -> tuple[DeclarationView, ...]:
    """All that the payer says of a comparison's step, in its order."""
    return tuple(
        DeclarationView(
            text=one.text,
            where=where_words(one),
            verdict=one.verdict,
            words=VERDICT_WORDS[one.verdict],
            changes=one.changes[:MOST_LINKS],
            more=max(0, len(one.changes) - MOST_LINKS),
        )
        for one in comparison.declarations
    )


def where_words(one: Declaration) -> str:
    """Where the payer says it, and of when: `revision history, June 2025`."""
    return (
        f"{SOURCE_WORDS[one.source]}, {iso_words(one.date)}"
        if one.date
        else SOURCE_WORDS[one.source]
    )


def declared_words(change: Change, comparison: Comparison) -> str | None:
    """What the payer says of a change, as half a sentence: its own words, or that it does not
    declare it; None where that is not known.
    """
    if change.declared == "declared":
        telling = [
            one.text
            for one in comparison.declarations
            if one.verdict == "found" and change.id in one.changes
        ]
        return (
            f"declared by the payer: {listed([f'“{_shortened(text)}”' for text in dict.fromkeys(telling)])}"  # noqa: E501
            if telling
            else None
        )
    return SILENT_WORDS if change.declared == "silent" else None


def reconciled_sentence(comparison: Comparison) -> str | None:
    """What the payer declares against what changed, counted; None where neither is known."""
    silent = sum(change.declared == "silent" for change in comparison.changes)
    if not comparison.declarations and not silent:
        return None
    parts = (
        [_counts(comparison)]
        if comparison.declarations
        else ["The payer's own notes name no change of this version"]
    )
    if silent:
        parts.append(
            f"{counted(silent, 'change')} that can decide a claim {'is' if silent == 1 else 'are'} "
            f"{SILENT_WORDS}"
        )
    elif any(change.substantive for change in comparison.changes):
        told = [change.declared for change in comparison.changes if change.substantive]
        parts += (
            ["every change that can decide a claim is declared"]
            if set(told) == {"declared"}
            else []
        )
    return f"{'; '.join(parts)}."


def _counts(comparison: Comparison) -> str:
    found = [
        (verdict, sum(one.verdict == verdict for one in comparison.declarations))
        for verdict in VERDICT_WORDS
    ]
    told = [
        f"{count} {_COUNTED.get(verdict, VERDICT_WORDS[verdict])}"
        for verdict, count in found
        if count
    ]
    return f"The payer says {counted(len(comparison.declarations), 'thing')}: {', '.join(told)}"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
