"""What an edit is about, asked by many rules: its matter, its texts, its numbers, its positions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from policy_tracker.diff.edits import CodesAt, Edit, Joint, Listed, Phrase, Standing
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.sense import same_sense
from policy_tracker.diff.tokens import NEGATIONS, words
from policy_tracker.diff.tree import Side
from policy_tracker.record import CodeRange, Source, Statement
from policy_tracker.record.content import Authorization, HistoryRow, RelatedPolicy, Residual, Section, Specialty
from policy_tracker.record.time import DateFact

Matter = Literal[
    "references", "background", "history", "note", "scope", "documentation", "prior_auth", "review_interval", "criterion", "exclusion",
    "limit", "position",
]  # fmt: skip
_BY_WEIGHT: tuple[Matter, ...] = (
    "references", "background", "history", "note", "scope", "documentation", "criterion", "exclusion", "limit", "review_interval",
    "prior_auth", "position",
)  # fmt: skip
DECIDING: frozenset[Matter] = frozenset({"criterion", "exclusion", "limit", "position"})
"""Matters that say what can be approved."""
DOCUMENT_WORDS = frozenset({
    "document", "documents", "documented", "documentation", "record", "records", "notes", "chart", "charts", "report", "reports",
    "attestation", "form", "forms",
})  # fmt: skip


def statements(edit: Edit) -> tuple[Statement | None, Statement | None]:
    """The statement on both sides of an edit of a statement."""
    one, two = (side if isinstance(side, Statement) else None for side in (edit.before, edit.after))
    return one, two


def only(edit: Edit) -> Side:
    """Where a statement that one edition alone makes stands. Raises ValueError where both make it."""
    side = edit.side_after or edit.side_before
    if side is None or (edit.side_after and edit.side_before):
        message = f"{edit.place} is not on one side alone"
        raise ValueError(message)
    return side


@lru_cache(maxsize=16)  # many rules ask this of one edit
def matter(edit: Edit) -> Matter | None:
    """What a statement's edit is about, by the section's kind and the statement's role; the weightier where the two sides differ.

    None for other edits.
    """
    found = [_matter(side) for side in (edit.side_before, edit.side_after) if side]
    return max(found, key=_BY_WEIGHT.index) if found else None


def _matter(side: Side) -> Matter:
    kind, statement = side.section.kind, side.statement
    if kind in ("references", "background", "history"):
        return kind
    if statement.position == "out_of_scope" or (statement.role == "position" and kind == "scope"):
        return "scope"
    return statement.role


def texts(edit: Edit) -> tuple[str | None, str | None]:
    """The words of both sides as their records print them, None where a side has nothing."""
    return text_of(edit.before), text_of(edit.after)


def text_of(content: object) -> str | None:  # noqa: PLR0911 - one line for each sort of content
    """A content as its record prints it."""
    match content:
        case Joint(statement=Statement() as statement):
            return statement.text
        case Joint(value=value):
            return text_of(value)
        case Statement() | HistoryRow() | Residual() | Phrase():
            return content.text or None
        case Section():
            return content.heading
        case CodesAt():
            return content.placements[0].heading if content.placements else None
        case Listed():
            return ", ".join(content.items) or None
        case DateFact():
            return content.raw or content.date
        case Authorization():
            return content.requirement
        case Paired():
            return ", ".join(content.headings) or None
        case RelatedPolicy():
            return content.title or content.policy
        case Specialty():
            return content.name
        case Standing():
            return content.said
        case _:
            return None


def source_of(content: object) -> Source | None:
    """Where an edition says it."""
    if isinstance(content, Joint):
        return source_of(content.statement)
    if isinstance(content, CodesAt):
        row = content.rows[0] if content.rows else None
        printed = None if row is None or isinstance(row, CodeRange) else row.source
        return printed or next((p.source for p in content.placements if p.source), None)
    return getattr(content, "source", None)


@lru_cache(maxsize=16)
def same_meaning(before: str, after: str) -> bool:
    """Whether two texts differ in form alone.

    That is punctuation, case, enumerators, articles, singular and plural, and how numbers, times, comparisons and codes are written.
    Decisive words never are form.
    """
    return same_sense(before, after)


def reworded(edit: Edit) -> bool:
    """Whether a statement's text says something else than before."""
    one, two = texts(edit)
    return "text" in edit.fields and one is not None and two is not None and not same_meaning(one, two)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What a rewording did to a text: the runs of words that came or went, each with all that stands before it."""

    come: tuple[tuple[str, ...], ...]
    gone: tuple[tuple[str, ...], ...]
    before_come: tuple[tuple[str, ...], ...]
    before_gone: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=16)
def phrasing(before: str, after: str) -> Phrasing:
    """The runs of words by which two texts differ; with the texts swapped, the same runs went and came."""
    one, two = words(before), words(after)
    if two < one:  # of several alignments that keep as many words, both orders of the texts must meet the same one
        turned = phrasing(after, before)
        return Phrasing(turned.gone, turned.come, turned.before_gone, turned.before_come)
    come, gone = [], []
    for op in Indel.opcodes(one, two):
        if op.src_end > op.src_start and op.tag != "equal":
            gone.append((one[op.src_start : op.src_end], one[: op.src_start]))
        if op.dest_end > op.dest_start and op.tag != "equal":
            come.append((two[op.dest_start : op.dest_end], two[: op.dest_start]))
    return Phrasing(tuple(r for r, _ in come), tuple(r for r, _ in gone), tuple(b for _, b in come), tuple(b for _, b in gone))


def negated(words_before: tuple[str, ...]) -> bool:
    """Whether what follows these words stands under a negation (an odd number of them)."""
    return sum(word in NEGATIONS for word in words_before) % 2 == 1


def mentions_documents(run: tuple[str, ...]) -> bool:
    """Whether a run of words names something to be documented or submitted."""
    return any(word in DOCUMENT_WORDS for word in run)


def positions(edit: Edit) -> tuple[str | None, str | None] | None:
    """The positions that a statement takes before and after, where they differ; None where they do not, or one side has no statement."""
    one, two = edit.side_before, edit.side_after
    if (
        one is None
        or two is None
        or one.position == two.position
        or matter(edit) not in ("position", "criterion", "exclusion", "limit", "scope")
    ):
        return None
    return one.position, two.position
