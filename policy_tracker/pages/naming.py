"""How versions, payers and policies are called on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting

if TYPE_CHECKING:
    from policy_tracker.record import Record, Start
    from policy_tracker.record.payer import Payer
    from policy_tracker.record.time import DateFact
    from policy_tracker.store.views import PolicyRef


@dataclass(frozen=True, slots=True)
class PayerName:
    """A payer as pages print it; `invented` is said wherever the name stands."""

    slug: str
    name: str
    invented: bool = False
    homepage: str | None = None


def payer_name(payer: Payer) -> PayerName:
    """A payer's name with what must stand beside it."""
    return PayerName(
        slug=payer.payer, name=payer.name, invented=payer.fixture, homepage=payer.homepage
    )


def payer_of(policy: PolicyRef) -> PayerName:
    """The payer of a policy."""
    return PayerName(slug=policy.payer, name=policy.payer_name, invented=policy.fixture)


def policy_label(record: Record) -> str:
    """The short name that people use for a policy: its first alias (`MM 0300`), else its number,
    else its slug.
    """
    return record.aliases[0] if record.aliases else record.policy_number or record.policy.upper()


def _dated(record: Record, name: str) -> DateFact | None:
    fact = record.dates.get(name)
    return fact if fact and fact.date else None


def _naming(record: Record, start: Start | None = None) -> tuple[str, str] | None:
    """The date by which a version is called, with its name: the one that names its version, else
    the one on which its start rests.

    Some payers print the policy's first effective date in every version, so that only the date of
    issue tells these apart; where the `start` is not at hand, the first of effective, issued and
    posted stands for it.
    """
    names = ("effective", *formatting.CAME_OUT_WORDS)
    facts = {name: str(fact.date) for name in names if (fact := _dated(record, name))}
    own = next((name for name, day in facts.items() if day == record.version), None)
    begins = start.stated_as if start and start.stated_as in facts else None
    named = own or begins or next((name for name in names[:3] if name in facts), None)
    return (formatting.CAME_OUT_WORDS.get(named, "effective"), facts[named]) if named else None


def version_label(record: Record, start: Start | None = None) -> str:
    """A version for lists and pickers, with ISO dates: `effective 2025-09-26`, `before 2025-09-26`,
    `issued 2024-01-15`, with its label.
    """
    label = f"{record.version_label}, " if record.version_label else ""
    if found := _naming(record, start):
        return f"{label}{' '.join(found)}"
    end = _dated(record, "superseded_on") or _dated(record, "retired")
    return f"{label}before {end.date}" if end else f"{label}{record.version}"


def version_phrase(record: Record, start: Start | None = None) -> str:
    """A version in the middle of a sentence: `the version effective September 26, 2025`."""
    if found := _naming(record, start):
        return f"the version {found[0]} {formatting.iso_words(found[1])}"
    end = _dated(record, "superseded_on") or _dated(record, "retired")
    return (
        f"the version before {formatting.iso_words(end.date)}"
        if end and end.date
        else f"the version {record.version}"
    )
