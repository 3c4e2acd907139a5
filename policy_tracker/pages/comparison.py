"""The comparison page: two versions of a policy side by side, in an order that a person decides
by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages.badges import ImpactView, Signal, impact_of, signals_of
from policy_tracker.pages.change_cards import CardMaker, ChangeView, PassageView
from policy_tracker.pages.declared import DeclarationView, declaration_views, reconciled_sentence
from policy_tracker.pages.naming import PayerName, policy_label, version_label, version_phrase
from policy_tracker.pages.on_file import effect_of
from policy_tracker.pages.passages import ChangedPassage, passages_of
from policy_tracker.pages.sourcing import DisagreementView, SourceView, disagreements_of, source_of
from policy_tracker.rules.words import change_type_words, kind_words
from policy_tracker.store.views import Gap

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from policy_tracker.record.codes import CodeRef
    from policy_tracker.record.content import Record
    from policy_tracker.rules.changes import (
        Account,
        Change,
        Comparison,
        NotClassified,
        ReadingDoubt,
        Superseded,
    )
    from policy_tracker.store.views import VersionView


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version that can be picked."""

    version: str
    label: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """The passages of one part of the document that changed."""

    heading: str
    passages: tuple[PassageView, ...]

    @property
    def changes(self) -> tuple[ChangeView, ...]:
        """The changes of its passages, further places of the same edit included."""
        return tuple(change for passage in self.passages for change in passage.all_changes)


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A part of the document in the table of contents: how many changes are about it, where they
    go, and the first of them.
    """

    heading: str
    count: int
    signals: tuple[Signal, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class SupersededView:
    """A reading that another change tells already, or whose rule is switched off here."""

    kind: str
    rule: str
    before: str | None
    after: str | None
    by_anchor: str | None
    by_heading: str | None


@dataclass(frozen=True, slots=True)
class KeptView:
    """A statement that both versions make."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class IncomparableView:
    """What one version says and the other's source tells nothing of, for one reason."""

    side: str
    why: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Everything that the comparison page shows."""

    payer: PayerName
    policy: str
    label: str
    title: str
    earlier: VersionChoice | None
    later: VersionChoice
    choices: tuple[VersionChoice, ...]
    effect: str
    gap: bool
    summary: str
    change_type: str
    directions: tuple[Signal, ...]
    impact: ImpactView
    codes: tuple[CodeRef, ...]
    backwards: bool
    same: bool
    disagreements: tuple[DisagreementView, ...]
    sources: tuple[SourceView, ...]
    sections: tuple[SectionView, ...]
    contents: tuple[ContentsRow, ...]
    minor: tuple[PassageView, ...]
    kept: tuple[KeptView, ...]
    unchanged: int
    not_comparable: tuple[IncomparableView, ...]
    reading_doubts: tuple[ReadingDoubt, ...]
    account: Account | None
    not_classified: tuple[NotClassified, ...]
    superseded: tuple[SupersededView, ...]
    declarations: tuple[DeclarationView, ...]
    reconciled: str | None
    told_at: dict[str, ChangeView]
    warnings: tuple[str, ...]
    switched_off: tuple[SupersededView, ...]
    ruleset: str

    @property
    def deciding(self) -> int:
        """How many changes can decide a claim."""
        return sum(len(section.changes) for section in self.sections)

    @property
    def passages(self) -> int:
        """How many passages these changes are read from, equal edits at several places as one."""
        return sum(len(section.passages) for section in self.sections)


def comparison_view(
    comparison: Comparison,
    before: Record | None,
    after: Record,
    payer: PayerName,
    *,
    versions: Sequence[VersionView],
    today: date,
    pictured: Container[str] = (),
) -> ComparisonView:
    """The comparison of `before` with `after` as the page shows it.

    `versions` are all versions that can be picked, newest first, `before` and `after` among them;
    those in `pictured` have pictures of their documents' pages.
    """
    starts = {version.version: version.start for version in versions}
    reviews = {version.version: version.review_state for version in versions}
    gap = gap_between(versions, before.version, after.version) if before else None
    effect = effect_of(starts[after.version], today, gap, after)
    headings = _section_headings(before, after)
    ordered = _in_order(comparison.changes, headings)
    deciding = [change for change in ordered if change.substantive]
    maker = CardMaker(
        comparison,
        before if before and before.version in pictured else None,
        after if after.version in pictured else None,
        made=[],
    )
    sections = _sections(passages_of(deciding), headings, maker)
    minor = maker.cards(passages_of(change for change in ordered if not change.substantive))
    cards = maker.made
    return ComparisonView(
        payer=payer,
        policy=after.policy,
        label=policy_label(after),
        title=after.title,
        earlier=VersionChoice(before.version, version_label(before, starts[before.version]))
        if before
        else None,
        later=VersionChoice(after.version, version_label(after, starts[after.version])),
        choices=tuple(
            VersionChoice(version.version, version_label(version.record, version.start))
            for version in versions
        ),
        effect=effect.sentence,
        gap=gap is not None,
        summary=comparison.verdict.summary,
        change_type=change_type_words(comparison.verdict.change_type),
        directions=signals_of(comparison.verdict.direction),
        impact=impact_of(comparison.verdict.impact),
        codes=comparison.verdict.codes,
        backwards=before is not None and _is_newer(before, after, versions),
        same=before is not None and before.version == after.version,
        disagreements=tuple(
            found
            for record in reversed(_distinct(before, after))
            for found in disagreements_of(record)
        ),
        sources=tuple(
            source_of(record, reviews[record.version]) for record in _distinct(before, after)
        ),
        sections=sections,
        contents=_contents(deciding, {card.id: card for card in cards}, headings),
        minor=minor,
        kept=tuple(
            KeptView(heading=headings.get(kept.section, kept.section), text=kept.text)
            for kept in comparison.kept
        ),
        unchanged=comparison.unchanged,
        not_comparable=_incomparable(comparison, before, after),
        reading_doubts=comparison.reading_doubts,
        account=comparison.account,
        not_classified=comparison.not_classified,
        superseded=tuple(
            _superseded_view(item, cards) for item in comparison.superseded if item.reason == "told"
        ),
        switched_off=tuple(
            _superseded_view(item, cards)
            for item in comparison.superseded
            if item.reason == "switched_off"
        ),
        declarations=declaration_views(comparison),
        reconciled=reconciled_sentence(comparison),
        told_at={card.id: card for card in cards},
        warnings=comparison.warnings,
        ruleset=comparison.ruleset,
    )


def gap_between(versions: Sequence[VersionView], before: str, after: str) -> Gap | None:
    """What is not on file between two versions of a policy, whichever is the newer; `versions`
    newest first.

    Between versions that do not follow one another all gaps count as one, from the first to the
    last.
    """
    order = [version.version for version in versions]
    if before not in order or after not in order:
        return None
    newer, older = sorted((order.index(before), order.index(after)))
    gaps = [gap for version in versions[newer:older] if (gap := version.gap)]
    if not gaps:
        return None
    known = [gap.missing for gap in gaps]
    missing = None if None in known else sum(count for count in known if count)
    return Gap(
        after=min(gap.after for gap in gaps),
        before=max(gap.before for gap in gaps),
        missing=missing,
    )


def _section_headings(before: Record | None, after: Record) -> dict[str, str]:
    """Section keys to headings, the later version's first and in its order."""
    headings = {section.key: section.heading for section in after.sections}
    for section in before.sections if before else ():
        headings.setdefault(section.key, section.heading)
    return headings


def _in_order(changes: Iterable[Change], headings: dict[str, str]) -> list[Change]:
    """The changes by section in the document's order; those of no section last, each in the order
    that the comparison gave.
    """
    places = {key: place for place, key in enumerate(headings)}
    return sorted(changes, key=lambda change: places.get(change.section or "", len(places)))


def _sections(
    passages: Iterable[ChangedPassage], headings: dict[str, str], maker: CardMaker
) -> tuple[SectionView, ...]:
    grouped: dict[str, list[ChangedPassage]] = {}
    for passage in passages:
        grouped.setdefault(_part_of(passage.changes[0], headings), []).append(passage)
    return tuple(
        SectionView(heading=heading, passages=maker.cards(found))
        for heading, found in grouped.items()
    )


def _contents(
    changes: Iterable[Change], cards: dict[str, ChangeView], headings: dict[str, str]
) -> tuple[ContentsRow, ...]:
    grouped: dict[str, list[ChangeView]] = {}
    for change in changes:
        grouped.setdefault(_part_of(change, headings), []).append(cards[change.id])
    return tuple(
        ContentsRow(
            heading=heading,
            count=len(found),
            signals=tuple(dict.fromkeys(card.signal for card in found)),
            anchor=found[0].anchor,
        )
        for heading, found in grouped.items()
    )


def _part_of(change: Change, headings: dict[str, str]) -> str:
    """The part under which a change is shown, by the name that a reader sees."""
    return _heading_of(change, headings) or (
        "Codes" if change.kind.startswith("code_") else "The policy as a whole"
    )


def _heading_of(change: Change, headings: dict[str, str]) -> str | None:
    """The part under which a change is shown: the outermost name of its path, so that parts of one
    heading ("Reauthorization") under different indications stay apart.
    """
    return change.subject[0] if len(change.subject) > 1 else headings.get(change.section or "")


def _superseded_view(item: Superseded, cards: list[ChangeView]) -> SupersededView:
    teller = next((card for card in cards if item.by in (card.id, card.rule)), None)
    return SupersededView(
        kind=kind_words(item.kind),
        rule=item.rule,
        before=item.before,
        after=item.after,
        by_anchor=teller.anchor if teller else None,
        by_heading=teller.heading if teller else None,
    )


def _is_newer(before: Record, after: Record, versions: Sequence[VersionView]) -> bool:
    order = [version.version for version in versions]
    return (
        before.version in order
        and after.version in order
        and order.index(before.version) < order.index(after.version)
    )


def _incomparable(
    comparison: Comparison, before: Record | None, after: Record
) -> tuple[IncomparableView, ...]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for item in comparison.not_comparable:
        grouped.setdefault((_side_words(item.side, before, after), item.why), []).append(item.text)
    return tuple(
        IncomparableView(side=side, why=why, texts=tuple(texts))
        for (side, why), texts in grouped.items()
    )


def _side_words(side: str, before: Record | None, after: Record) -> str:
    record = after if side == "after" or before is None else before
    return version_phrase(record)


def _distinct(before: Record | None, after: Record) -> tuple[Record, ...]:
    return (before, after) if before and before.version != after.version else (after,)
