"""The cards of the comparison page: one for each passage, with all that its words mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.diff.redline import RedlineSpan, redline
from policy_tracker.pages import formatting
from policy_tracker.pages.badges import ImpactView, Signal, impact_of, signal_of
from policy_tracker.pages.declared import SILENT_WORDS, declared_words
from policy_tracker.pages.marking import PageLink, link_to
from policy_tracker.rules.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.pages.passages import ChangedPassage
    from policy_tracker.record.codes import CodeRef
    from policy_tracker.record.content import Record
    from policy_tracker.rules.changes import Change, Comparison


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of a passage: what it means, and where it stands."""

    id: str
    anchor: str
    number: int
    heading: str
    path: tuple[str, ...]
    kind: str
    rule: str
    signal: Signal
    impact: ImpactView
    quantity: str | None
    codes: tuple[CodeRef, ...]
    explanation: str
    action: str | None
    declared: str | None
    silent: str | None
    before_place: str | None
    after_place: str | None
    before_link: PageLink | None
    after_link: PageLink | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as a card: both texts as redline spans, and the changes that they are.

    `heading` is that of its weightiest change; where the same words were changed at further places,
    the changes there follow as `elsewhere`, and the heading names none of them.
    """

    heading: str
    changes: tuple[ChangeView, ...]
    spans: tuple[RedlineSpan, ...]
    has_before: bool
    has_after: bool
    elsewhere: tuple[ChangeView, ...]
    further_places: int

    @property
    def all_changes(self) -> tuple[ChangeView, ...]:
        """The changes of the passage itself, then those of the further places."""
        return (*self.changes, *self.elsewhere)


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Makes cards of passages and counts their changes on, so that the numbers on a page run in the
    order of the page.

    `before` and `after` are the records whose documents' pages there are pictures of.
    """

    comparison: Comparison
    before: Record | None
    after: Record | None
    made: list[ChangeView]

    def cards(self, passages: Iterable[ChangedPassage]) -> tuple[PassageView, ...]:
        """The cards of `passages`, in their order."""
        return tuple(self._card(passage) for passage in passages)

    def _card(self, passage: ChangedPassage) -> PassageView:
        widest = passage.widest
        changes = tuple(self._change(change) for change in passage.changes)
        elsewhere = tuple(
            self._change(change) for other in passage.elsewhere for change in other.changes
        )
        return PassageView(
            heading=passage.heading,
            changes=changes,
            spans=redline(widest.before, widest.after),
            has_before=widest.before is not None,
            has_after=widest.after is not None,
            elsewhere=elsewhere,
            further_places=len(passage.elsewhere),
        )

    def _change(self, change: Change) -> ChangeView:
        quantity, declared = change.quantity, declared_words(change, self.comparison)
        view = ChangeView(
            id=change.id,
            anchor=anchor_of(change.id),
            number=len(self.made) + 1,
            heading=change.name,
            path=change.subject if len(change.subject) > 1 else (),
            kind=kind_words(change.kind),
            rule=change.rule,
            signal=signal_of(change.axis, change.direction),
            impact=impact_of(change.impact),
            quantity=_quantity_words(quantity.before, quantity.after, quantity.unit)
            if quantity
            else None,
            codes=change.codes,
            explanation=change.explanation,
            action=change.action,
            declared=declared if change.declared == "declared" else None,
            silent=SILENT_WORDS if change.declared == "silent" else None,
            before_place=formatting.place_words(change.evidence.before),
            after_place=formatting.place_words(change.evidence.after),
            before_link=link_to(self.before, change.evidence.before, change.codes)
            if self.before
            else None,
            after_link=link_to(self.after, change.evidence.after, change.codes)
            if self.after
            else None,
        )
        self.made.append(view)
        return view


def anchor_of(change_id: str) -> str:
    """The anchor of a change on its page; it begins with a letter, so that style sheets can name
    it.
    """
    return f"change-{change_id}"


def _quantity_words(before: float | None, after: float | None, unit: str) -> str:
    old = "no limit" if before is None else formatting.number(before)
    return f"{old} → {'no limit' if after is None else formatting.measure(after, unit)}"
