"""Matching: which of the computed changes an item of the payer's own tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from policy_tracker.language.code_mentions import codes_named
from policy_tracker.language.tokens import fold
from policy_tracker.language.topics import names_a_phase
from policy_tracker.record import Record, Statement
from policy_tracker.rules.changes import Change
from policy_tracker.rules.declarations.item_words import ABOUT, SIDE_MATTERS
from policy_tracker.rules.declarations.items import DeclaredItem, about_words

ENOUGH = 0.6
"""An item tells a change where the change has this part of the words that say what the item, or one
thing it names, is about.
"""
ENOUGH_CODES = 0.5
"""An item that names codes tells a change of codes where it names this part of them."""
ALIKE = 88
"""Words this much alike (of 100) are one word: "gynecologic" and "gynecological"."""
LEAST_FUZZY = 5
"""Shorter words are alike only where they are equal."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A change by its words: `core` are those that came or went, `own` all of its texts, `above`
    those of the headings over it.
    """

    change: Change
    core: frozenset[str]
    own: frozenset[str]
    above: frozenset[str]
    codes: frozenset[str]

    @property
    def came(self) -> bool:
        """Whether there was nothing before."""
        return self.change.before is None

    @property
    def went(self) -> bool:
        """Whether there is nothing after."""
        return self.change.after is None

    @property
    def around(self) -> frozenset[str]:
        """All words that say what and where it is."""
        return self.core | self.own | self.above


class Places:
    """The statements of two records by their keys, with what stands above each."""

    def __init__(self, before: Record, after: Record) -> None:
        self._records = (before, after)
        self._statements: tuple[dict[str, Statement], ...] = tuple(
            {s.key: s for s in record.statements} for record in self._records
        )
        self._headings = {s.key: s.heading for record in self._records for s in record.sections}
        self._held = frozenset(fold(text) for text in _texts(before))
        self._history = frozenset(
            row.text for record in self._records for row in record.revision_history
        )

    def above(self, change: Change) -> tuple[str, ...]:
        """The texts above a change, nearest first, the section's heading last."""
        found: list[str] = []
        for statements in reversed(self._statements):
            key = change.statement
            if key not in statements:
                continue
            while (key := statements[key].parent if key in statements else None) is not None:
                found.append(statements[key].text)
            break
        return (*found, *self._headings_of(change.section or ""))

    def _headings_of(self, section: str) -> Iterator[str]:
        """The heading of a section and of those around it; where one has none, the words of its
        key.
        """
        while section:
            outer, _, name = section.rpartition("/")
            yield self._headings.get(section, name.replace("-", " "))
            section = outer

    def is_history(self, change: Change) -> bool:
        """Whether a change is itself a row of the history, which nothing can be declared by."""
        return bool({change.before, change.after} & self._history)

    def is_new(self, text: str) -> bool:
        """Whether no statement or heading of the earlier record reads so."""
        return fold(text) not in self._held


def _texts(record: Record) -> Iterable[str]:
    yield from (statement.text for statement in record.statements)
    yield from (section.heading for section in record.sections)


def matched(change: Change, places: Places) -> Matched:
    """A change made ready: its words and codes, and those of the headings above it, which are new
    themselves where a new part came.
    """
    before, after = change.before or "", change.after or ""
    one, two = about_words(before), about_words(after)
    above = places.above(change)
    alone = change.before is None or change.after is None
    fresh = (
        [text for text in above if change.before is None and places.is_new(text)] if alone else []
    )
    core = (one ^ two) | frozenset().union(*(about_words(text) for text in fresh))
    over = frozenset().union(*(about_words(text, everything=True) for text in above))
    return Matched(change, core, one | two, over, _codes(change))


def _codes(change: Change) -> frozenset[str]:
    """The codes that came or went: those of a change of codes, else those by which its texts
    differ.
    """
    if change.kind.startswith("code_"):
        return frozenset(ref.code for ref in change.codes)
    return codes_named(change.before or "") ^ codes_named(change.after or "")


class Matcher:
    """The changes of one comparison, ready to be asked which of them an item tells."""

    def __init__(self, changes: Sequence[Change], before: Record, after: Record) -> None:
        places = Places(before, after)
        self._changes = [
            matched(change, places) for change in changes if not places.is_history(change)
        ]
        self._vocabulary = sorted(
            frozenset().union(*(one.around for one in self._changes)) if self._changes else ()
        )
        self._alike: dict[str, frozenset[str]] = {}
        names = {name for one in self._changes for name in one.change.subject}
        self._subjects = {
            name: about
            for name in names
            if (about := about_words(name)) and not names_a_phase(name)
        }

    def told_by(self, item: DeclaredItem) -> tuple[Change, ...]:
        """The changes that an item tells, in the comparison's order; nothing where it does not say
        that anything was done.
        """
        if not item.deeds or (item.denies and not (item.about or item.codes)):
            return ()
        named = self._subjects_of(item)
        return tuple(
            one.change
            for one in self._changes
            if self._is_about(named, one) and self._fits(item, one) and self._tells(item, one)
        )

    def _subjects_of(self, item: DeclaredItem) -> frozenset[str]:
        """The indications, drugs and services of this comparison's changes that an item names."""
        said = item.about | item.section
        return frozenset(
            name
            for name, about in self._subjects.items()
            if all(self._in(word, said) for word in about)
        )

    def _is_about(self, named: frozenset[str], one: Matched) -> bool:
        """Whether a change may be meant by an item that names these subjects: not if it stands
        under others, and its own words name none of them.
        """
        own = [name for name in one.change.subject if name in self._subjects]
        return (
            not named
            or not own
            or not named.isdisjoint(own)
            or any(self._has_all(self._subjects[name], one.own | one.core) for name in named)
        )

    def _fits(self, item: DeclaredItem, one: Matched) -> bool:
        """Whether what an item says was done can be what happened."""
        if item.aside and one.change.substantive:
            return False
        if not item.deeds & {"changed", "clarified"}:
            if one.came and "removed" in item.deeds and "added" not in item.deeds:
                return False
            if one.went and "added" in item.deeds and "removed" not in item.deeds:
                return False
        return not (item.section and item.vague) or self._stands_in(item.section, one)

    def _tells(self, item: DeclaredItem, one: Matched) -> bool:
        if _share(item.codes, one.codes) >= ENOUGH_CODES:
            return True
        if item.codes and not item.about:
            return False
        about_matter = any(one.change.kind in ABOUT[matter] for matter in item.matters)
        if item.vague:
            named = about_matter or (bool(item.section) and not item.matters)
            return (
                named
                and (item.admits or not one.change.substantive)
                and bool(item.deeds)
                and not item.denies
            )
        return any(
            self._names(target, item, one, about_matter=about_matter)
            for target in (item.about, *item.targets)
        )

    def _names(
        self, target: frozenset[str], item: DeclaredItem, one: Matched, *, about_matter: bool
    ) -> bool:
        """Whether a change has enough of a thing's words, and is what was done to it.

        One of the words came or went, or the change is of the matter that the item names. An item
        that names no more than a heading, or the text that was changed, is about all that changed
        there, if it leaves room for a change of criteria.
        """
        if not any(word.isalpha() for word in target):
            return False
        found = [word for word in target if self._in(word, one.around)]
        if len(found) < ENOUGH * len(target) or not any(word.isalpha() for word in found):
            return False
        if about_matter or any(self._in(word, one.core) for word in target):
            return True
        if item.matters or not item.admits:
            return False
        return self._has_all(target, one.above) or (
            "changed" in item.deeds
            and not one.came
            and not one.went
            and self._has_all(target, one.own)
        )

    def _stands_in(self, section: frozenset[str], one: Matched) -> bool:
        """Whether a change stands under a heading, or is one of codes under that of the codes."""
        return self._has_all(section, one.above) or (
            one.change.kind in ABOUT["codes"] and bool(section & {"code", "coding"})
        )

    def _has_all(self, wanted: frozenset[str], held: frozenset[str]) -> bool:
        return all(self._in(word, held) for word in wanted)

    def _in(self, word: str, held: frozenset[str]) -> bool:
        return word in held or not held.isdisjoint(self._like(word))

    def _like(self, word: str) -> frozenset[str]:
        """The words of this comparison's changes that are as good as a word."""
        if word not in self._alike:
            found = (
                process.extract(
                    word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
                )
                if len(word) >= LEAST_FUZZY
                else []
            )
            self._alike[word] = frozenset(
                name for name, _, _ in found if len(name) >= LEAST_FUZZY and name.isalpha()
            )
        return self._alike[word]


def _share(named: frozenset[str], codes: frozenset[str]) -> float:
    return len(named & codes) / len(codes) if codes else 0.0


def side_matters_held(item: DeclaredItem, before: Record, after: Record) -> bool:
    """Whether both records hold the parts that an item about references or background speaks of."""
    kinds = [_kinds_said(record) for record in (before, after)]
    return all(matter in held for held in kinds for matter in item.matters & SIDE_MATTERS)


def _kinds_said(record: Record) -> frozenset[str]:
    """The kinds of the sections in which a record has statements."""
    kinds = {section.key: section.kind for section in record.sections}
    return frozenset(
        kinds[statement.section] for statement in record.statements if statement.section in kinds
    )
