"""What one version says, whole: dates, plans, tree of statements, codes, authorizations, relations,
doubts, sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.brief import AuthorizationRow, RelatedView, authorizations_of, related_of
from policy_tracker.pages.codelists import GroupView, groups_of
from policy_tracker.pages.outline import SectionNode, applies_to_words, outline_of
from policy_tracker.pages.sourcing import DisagreementView, SourceView, disagreements_of, source_of
from policy_tracker.record.vocabulary import POSITIONS

if TYPE_CHECKING:
    from policy_tracker.record.codes import CodeRef
    from policy_tracker.record.content import HistoryRow, Pairing, Record
    from policy_tracker.store.views import ReviewState


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of a version in words, with what was printed where that says more."""

    name: str
    value: str
    printed: str | None


@dataclass(frozen=True, slots=True)
class PairingView:
    """Procedures that have a disposition only with one of some diagnoses."""

    procedures: tuple[CodeRef, ...]
    diagnoses: tuple[str, ...]
    disposition: str
    disposition_words: str
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class ResidualView:
    """What a version says of everything that it does not name."""

    position: str
    position_words: str
    text: str
    place: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A version's record as pages show it.

    `pictured` is whether there are pictures of its document's pages to lead to.

    `at` is the record in their addresses.
    """

    kind: str
    scope: str | None
    dates: tuple[DateLine, ...]
    applies_to: str | None
    specialties: tuple[str, ...]
    specialties_note: str | None
    outline: tuple[SectionNode, ...]
    groups: tuple[GroupView, ...]
    pairings: tuple[PairingView, ...]
    authorizations: tuple[AuthorizationRow, ...]
    residual: ResidualView | None
    related: tuple[RelatedView, ...]
    history: tuple[HistoryRow, ...]
    disagreements: tuple[DisagreementView, ...]
    source: SourceView
    at: tuple[str, ...]
    pictured: bool


def record_view(
    record: Record,
    *,
    known_policies: frozenset[tuple[str, str]] = frozenset(),
    described: bool,
    pictured: bool = False,
    at: tuple[str, ...] | None = None,
    review: ReviewState | None = None,
) -> RecordView:
    """A record for its page; code groups stand in the order of their dispositions, approving ones
    first.
    """
    groups = sorted(
        groups_of(record, described=described), key=lambda group: POSITIONS.index(group.disposition)
    )
    stated = {
        formatting.STATED_BY_WORDS[specialty.stated_by]
        for specialty in record.specialties
        if specialty.stated_by != "payer"
    }
    residual = record.residual
    return RecordView(
        kind=formatting.POLICY_TYPE_WORDS[record.policy_type],
        scope=record.scope,
        dates=_dates(record),
        applies_to=applies_to_words(record.applies_to),
        specialties=tuple(specialty.name for specialty in record.specialties),
        specialties_note="; ".join(sorted(stated)) or None,
        outline=outline_of(record),
        groups=tuple(groups),
        pairings=tuple(_pairing(pairing, record) for pairing in record.pairings),
        authorizations=authorizations_of(record),
        residual=ResidualView(
            position=residual.position,
            position_words=formatting.sentence(formatting.position_words(residual.position)),
            text=residual.text,
            place=formatting.place_words(residual.source),
            page=residual.source.page if residual.source else None,
        )
        if residual
        else None,
        related=related_of(record, known_policies),
        history=record.revision_history,
        disagreements=disagreements_of(record),
        source=source_of(record, review),
        at=at or (record.payer, record.policy, record.version),
        pictured=pictured,
    )


def _dates(record: Record) -> tuple[DateLine, ...]:
    """The dates that the record knows, in the vocabulary's order, the effective one with its
    basis.
    """
    lines = []
    for name, label in formatting.DATE_NAME_WORDS.items():
        fact = record.dates.get(name)
        if fact is None:
            continue
        value = formatting.date_fact_words(fact)
        if name == "effective" and fact.date:
            value = f"{value} ({formatting.BASIS_WORDS[fact.basis or 'unknown']})"
        printed = (
            fact.raw if fact.raw and fact.raw not in (fact.date, value.partition(" (")[0]) else None
        )
        lines.append(DateLine(name=label, value=value, printed=printed))
    return tuple(lines)


def _pairing(pairing: Pairing, record: Record) -> PairingView:
    headings = {group.key: group.heading for group in record.code_groups}
    return PairingView(
        procedures=pairing.procedures,
        diagnoses=tuple(headings.get(key, key) for key in pairing.diagnoses),
        disposition=pairing.disposition,
        disposition_words=formatting.sentence(formatting.position_words(pairing.disposition)),
        otherwise=formatting.position_words(pairing.otherwise) if pairing.otherwise else None,
    )
