"""Changes gathered by the passage of the document that they are read from.

One edit of a payer often means several things: a sentence that names fewer codes and another limit
is two changes of one passage. And one edit is often made at several places: a line that stands
under eight indications is edited eight times. A reader looks at each passage once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_tracker.language.formatting import sentence
from policy_tracker.record.vocabulary import IMPACTS
from policy_tracker.rules.headline import about_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.rules.changes import Change


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A place of the document with all changes that are read from its words.

    `changes` are never empty, those with the greatest impact first; `elsewhere` are the further
    places at which the very same words were changed in the same way.
    """

    changes: tuple[Change, ...]
    elsewhere: tuple[ChangedPassage, ...] = ()

    @property
    def widest(self) -> Change:
        """The change that quotes most of the passage: its texts hold those of the others."""
        return max(self.changes, key=lambda one: len(one.before or "") + len(one.after or ""))

    @property
    def heading(self) -> str:
        """The headline of the weightiest change; without the name of what it is about where the
        same words were changed elsewhere too.
        """
        lead = self.changes[0]
        about = about_of(lead.subject) if self.elsewhere else ""
        return sentence(lead.name.removeprefix(f"{sentence(about)}: ")) if about else lead.name

    @property
    def all_changes(self) -> tuple[Change, ...]:
        """The changes of this place, then those of the other places."""
        return (
            *self.changes,
            *(change for other in self.elsewhere for change in other.all_changes),
        )


def passages_of(changes: Iterable[Change]) -> tuple[ChangedPassage, ...]:
    """The passages that `changes` are read from, in the order in which they first come up.

    Every change stands in exactly one passage. Changes belong to one passage where they are about
    one statement and the texts of one hold those of the other.
    """
    found: list[list[Change]] = []
    # a list of thousands of codes is compared place by place, not each change with each other
    places: dict[object, list[list[Change]]] = {}
    for change in changes:
        there = places.setdefault(_place_of(change), [])
        home = next((group for group in there if _shares_words(group, change)), None)
        if home is None:
            home = []
            there.append(home)
            found.append(home)
        home.append(change)
    return _folded([ChangedPassage(_by_impact(group)) for group in found])


def _by_impact(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: -IMPACTS.index(change.impact)))


def _place_of(change: Change) -> object:
    """Where a change stands: its statement, else, where no record has one, its very words."""
    if change.statement is not None:
        return change.section, change.statement
    texts = change.before, change.after
    return (change.section, texts) if texts != (None, None) else change.id


def _shares_words(group: list[Change], change: Change) -> bool:
    return any(_within(change, other) or _within(other, change) for other in group)


def _within(part: Change, whole: Change) -> bool:
    """Whether both texts of `part` are parts of those of `whole`; what is on one side alone is
    within nothing that is on both, because the card would show words that are not its own.
    """
    return all(
        (inner is None) == (outer is None) and (inner or "") in (outer or "")
        for inner, outer in ((part.before, whole.before), (part.after, whole.after))
    )


def _folded(passages: list[ChangedPassage]) -> tuple[ChangedPassage, ...]:
    """The passages with those of equal words and equal meaning under the first of them."""
    firsts: dict[object, list[ChangedPassage]] = {}
    for passage in passages:
        firsts.setdefault(_said(passage) or id(passage), []).append(passage)
    return tuple(
        replace(same[0], elsewhere=tuple(same[1:])) if len(same) > 1 else same[0]
        for same in firsts.values()
    )


def _said(passage: ChangedPassage) -> object:
    """What a passage says, wherever it stands; None where it quotes nothing."""
    widest = passage.widest
    if widest.before is None and widest.after is None:
        return None
    return tuple(
        (one.rule, one.direction, one.impact, one.before, one.after, one.explanation, one.action)
        for one in passage.changes
    )
