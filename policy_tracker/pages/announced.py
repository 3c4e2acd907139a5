"""What a payer announced of a policy in a bulletin, before the version itself is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages.formatting import iso_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.record import BulletinEntry

SEVERITY_WORDS = {"important": "important", "minor": "minor", "no_change": "no change"}


@dataclass(frozen=True, slots=True)
class AnnouncedView:
    """An entry of a bulletin: what the payer does, from when, how much it says it matters, and its
    own words.
    """

    action: str
    when: str
    severity: str | None
    items: tuple[str, ...]


def announced_views(entries: Iterable[BulletinEntry]) -> tuple[AnnouncedView, ...]:
    """Entries as the policy's page shows them, by the day on which they take effect."""
    ordered = sorted(entries, key=lambda entry: entry.effective or entry.posted or "")
    return tuple(
        AnnouncedView(
            action=entry.action,
            when=f"from {iso_words(entry.effective)}"
            if entry.effective
            else "from a day that is not stated",
            severity=SEVERITY_WORDS[entry.severity] if entry.severity else None,
            items=entry.items,
        )
        for entry in ordered
    )
