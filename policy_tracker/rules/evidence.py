"""The gate before everything that is told: no change that can decide a claim without words that
differ in what it is about, or in what governs that.

What differs although every word stands as it stood is a doubt about the reading of one version,
never the payer's change.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policy_tracker.diff.differences import Joint, Phrase
from policy_tracker.diff.slips import slip
from policy_tracker.diff.spans import DIFFERS, MOVED, align_streams
from policy_tracker.diff.stream import canonical, running_texts, spans_of, stream_of
from policy_tracker.diff.tree import Tree
from policy_tracker.language.tokens import CONNECTORS, words
from policy_tracker.record import Statement
from policy_tracker.record.content import Authorization, RelatedPolicy, Residual, Section
from policy_tracker.rules.code_evidence import SIDES, CodeEvidence, heading_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_tracker.diff.differences import Difference
    from policy_tracker.diff.spans import AlignedStreams, Side
    from policy_tracker.diff.stream import Documents
    from policy_tracker.record import Record
    from policy_tracker.rules.precedence import CandidateMatch

_GOVERNED = frozenset(
    ("position", "basis", "role", "phase", "parent", "section", "logic", "applies_to")
)
"""Fields of a statement that what stands above it decides."""
_QUOTED = frozenset(("history", "references"))
"""Parts of a document that quote what stood or stands elsewhere."""


def evidence_of(before: Record, after: Record, documents: Documents | None) -> WordEvidence | None:
    """The words that differ between two versions; None where one of them stands beside no
    document.
    """
    if documents is None or not all(documents):
        return None
    streams = [
        stream_of(texts, {span[0] for section in record.sections for span in section.spans})
        for record, texts in zip((before, after), documents, strict=True)
    ]
    running = tuple(running_texts(texts) for texts in documents)
    aligned = align_streams(streams[0], streams[1])
    slip(aligned, (heading_places(before, streams[0]), heading_places(after, streams[1])))
    return WordEvidence(before, after, aligned, running)


def parted(
    readings: Iterable[CandidateMatch], evidence: WordEvidence | None
) -> tuple[list[CandidateMatch], list[CandidateMatch]]:
    """Readings that may be told, and those that could decide a claim and rest on no word."""
    told: list[CandidateMatch] = []
    doubtful: list[CandidateMatch] = []
    known: dict[str, bool] = {}
    for reading in readings:
        difference = reading.difference
        if evidence and reading.rule.substantive and difference.hash not in known:
            known[difference.hash] = evidence.supports(difference)
        rests = known.get(difference.hash, True) or not reading.rule.substantive
        (told if rests else doubtful).append(reading)
    return told, doubtful


class WordEvidence:
    """The words that differ between two versions, asked whether a difference rests on any."""

    def __init__(
        self,
        before: Record,
        after: Record,
        aligned: AlignedStreams,
        running: Sequence[Sequence[str]] = ((), ()),
    ) -> None:
        self.trees: dict[Side, Tree] = {"before": Tree(before), "after": Tree(after)}
        self.aligned = aligned
        self.running = running
        self._codes = CodeEvidence(self.trees, aligned)

    def supports(self, difference: Difference) -> bool:
        """Whether words that differ stand in what a difference is about, or in what governs it;
        True too where its place in the documents is not known.
        """
        match difference.subject:
            case "statement" | "authorization":
                return self._of_statements(difference)
            case "codes":
                return self._codes.supports(difference)
            case "residual":
                return self._of_residual(difference)
            case "section":
                return self._of_section(difference)
            case "scope" | "related_policy":
                return self._of_words(difference)
            case "policy_type" | "applies_to":
                return self._head_differs
            case _:
                return True

    # statements

    def _of_statements(self, difference: Difference) -> bool:
        said: dict[Side, list[Statement]] = {
            side: self._statements(side, content, difference)
            for side, content in zip(SIDES, (difference.before, difference.after), strict=True)
        }
        places = {side: self._places(side, said[side]) for side in SIDES}
        if any(said[side] and not places[side] for side in SIDES) or not any(said.values()):
            return True  # where it stands is not known
        if any(self._has(side, places[side], DIFFERS) for side in SIDES):
            return True
        if difference.subject == "authorization":
            return self._governed_otherwise(said, places)
        if difference.op != "modified":
            return self._stood_elsewhere(said, places)
        if "text" in difference.fields and self._came_from_elsewhere(places):
            return True
        fields = difference.fields & _GOVERNED
        if "logic" in fields and self._connected_otherwise(said):
            return True
        return bool(fields) and self._governed_otherwise(said, places)

    def _came_from_elsewhere(self, places: dict[Side, set[int]]) -> bool:
        """Whether words of a statement of both versions stand outside of it in the other one."""
        return any(
            self.aligned.fate(side)[place] == MOVED
            and self.aligned.partner(side)[place] not in places[other]
            for side, other in (SIDES, SIDES[::-1])
            for place in places[side]
        )

    def _statements(self, side: Side, content: object, difference: Difference) -> list[Statement]:
        found: list[Statement] = []
        if isinstance(content, Statement):
            found = [content]
            if difference.block:
                found += [one for one in difference.block.rest if isinstance(one, Statement)]
        elif isinstance(content, Joint):
            value = content.value
            key = value.statement if isinstance(value, Authorization) else None
            named = content.statement or self.trees[side].by_key.get(key or "")
            found = [named] if named else []
        return found

    def _places(self, side: Side, statements: Iterable[Statement]) -> set[int]:
        spans = [span for one in statements for span in spans_of(one.source)]
        return self.aligned.stream(side).within(spans)

    def _has(self, side: Side, places: Iterable[int], fate: int) -> bool:
        fates = self.aligned.fate(side)
        return any(fates[place] == fate for place in places)

    def _above(self, side: Side, statement: Statement) -> set[int]:
        """The places of what governs a statement: the statements above it, and its heading."""
        tree = self.trees[side]
        own = tree.by_key.get(statement.key)
        spans = [span for one in tree.above(own) for span in spans_of(one.source)] if own else []
        section = tree.sections.get(statement.section)
        spans += section.spans if section else ()
        return self.aligned.stream(side).within(spans)

    def _governed_otherwise(
        self, said: dict[Side, list[Statement]], places: dict[Side, set[int]]
    ) -> bool:
        """Whether what stands above a statement has other words, or it moved below others."""
        above = {
            side: set().union(*(self._above(side, one) for one in said[side])) for side in SIDES
        }
        if any(self._has(side, above[side], DIFFERS) for side in SIDES):
            return True
        if self._in_another_column(said):
            return True
        moved = any(self._has(side, places[side] | above[side], MOVED) for side in SIDES)
        if not (moved and said["before"] and said["after"]):
            return False
        return self._path("before", said["before"][0]) != self._path("after", said["after"][0])

    def _in_another_column(self, said: dict[Side, list[Statement]]) -> bool:
        """Whether cells stand below another title of tables with the same titles: a drug that went
        from the column of the preferred ones to the one beside it moved no word.
        """
        found = []
        for side in SIDES:
            spans = [span for one in said[side][:1] for span in spans_of(one.source)]
            if not spans:
                return False
            found.append(self.aligned.stream(side).column_titles(spans[0][0]))
        (one, titles), (two, others) = found
        return bool(one and two) and one != two and titles == others

    def _path(self, side: Side, statement: Statement) -> str:
        return self.trees[side].path(statement.key)

    def _connected_otherwise(self, said: dict[Side, list[Statement]]) -> bool:
        """Whether a connector differs in what stands below a statement."""
        for side in SIDES:
            stream, fates = self.aligned.stream(side), self.aligned.fate(side)
            below = [
                child for one in said[side] for child in self.trees[side].children.get(one.key, ())
            ]
            for place in self._places(side, below):
                if fates[place] == DIFFERS and stream.words[place] in CONNECTORS:
                    return True
        return False

    def _stood_elsewhere(
        self, said: dict[Side, list[Statement]], places: dict[Side, set[int]]
    ) -> bool:
        """Whether a statement that one version alone makes, and whose words stand in both, is
        governed otherwise there.
        """
        side: Side = "after" if said["after"] else "before"
        other: Side = "before" if side == "after" else "after"
        there = {self.aligned.partner(side)[place] for place in places[side]} - {-1}
        if self._is_quoted(other, there):
            return True
        keys = {self._owner[other][place] for place in there if place in self._owner[other]}
        counterparts = [self.trees[other].by_key[key] for key in sorted(keys)]
        both = {side: said[side][:1], other: counterparts}
        return self._governed_otherwise(both, {side: places[side], other: there})

    def _is_quoted(self, side: Side, places: set[int]) -> bool:
        """Whether words stand in a part of a document that quotes, within other words: a history
        that cites what was taken out.
        """
        stream, fates = self.aligned.stream(side), self.aligned.fate(side)
        blocks = {stream.number[stream.block(place).id] for place in places}
        return bool(blocks) and all(
            stream.texts[number].fate in _QUOTED
            and any(fates[place] == DIFFERS for place in stream.of_block(number))
            for number in blocks
        )

    @cached_property
    def _owner(self) -> dict[Side, dict[int, str]]:
        """By version, the statement in which each word stands."""
        return {
            side: {
                place: key
                for key, one in self.trees[side].by_key.items()
                for place in self._places(side, [one])
            }
            for side in SIDES
        }

    # the rest

    def _of_residual(self, difference: Difference) -> bool:
        return self._spans_differ(
            (side, spans_of(content.source))
            for side, content in zip(SIDES, (difference.before, difference.after), strict=True)
            if isinstance(content, Residual)
        )

    def _of_section(self, difference: Difference) -> bool:
        sections = [
            (side, content)
            for side, content in zip(SIDES, (difference.before, difference.after), strict=True)
            if isinstance(content, Section)
        ]
        # what one version leaves open is told by its statements; its heading may say it
        stated = all(content.logic for _, content in sections)
        if "logic" in difference.fields and stated:
            top = {
                side: [one for one in self.trees[side].children[None] if one.section == content.key]
                for side, content in sections
            }
            for side, statements in top.items():
                stream, fates = self.aligned.stream(side), self.aligned.fate(side)
                for place in self._places(side, statements):
                    if fates[place] == DIFFERS and stream.words[place] in CONNECTORS:
                        return True
        return self._spans_differ((side, content.spans) for side, content in sections)

    def _spans_differ(self, spans: Iterable[tuple[Side, tuple]]) -> bool:
        known = False
        for side, where in spans:
            places = self.aligned.stream(side).within(where)
            known = known or bool(places)
            if self._has(side, places, DIFFERS):
                return True
        return not known

    def _of_words(self, difference: Difference) -> bool:
        """Whether a word of a named text or policy is among those that differ."""
        said = [_said_words(content) for content in (difference.before, difference.after)]
        only = said[0] - said[1], said[1] - said[0]
        return any(one & other for one, other in zip(only, self._differing, strict=True))

    @cached_property
    def _head_differs(self) -> bool:
        """Whether a word other than a number differs above the first statement of a version: what
        kind of policy it is, and for whom, is told there, at times by boxes that are no words.
        """
        for side in SIDES:
            stream, fates = self.aligned.stream(side), self.aligned.fate(side)
            first = min(self._owner[side], default=len(stream))
            if any(
                fates[place] == DIFFERS and stream.words[place].isalpha() for place in range(first)
            ):
                return True
        return False

    @cached_property
    def _differing(self) -> tuple[set[str], set[str]]:
        one, two = (
            {
                word
                for word, fate in zip(
                    self.aligned.stream(side).words, self.aligned.fate(side), strict=True
                )
                if fate == DIFFERS
            }
            for side in SIDES
        )
        return one, two


def _said_words(content: object) -> set[str]:
    match content:
        case Phrase(text=text):
            return {canonical(word) for word in words(text)}
        case RelatedPolicy():
            return set(words(f"{content.policy} {content.title or ''} {content.why or ''}"))
        case _:
            return set()
