"""Groups of codes while they are read, and as the values that a record holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_tracker.documents.traced import Traced
from policy_tracker.extract.codes_dated import Ending, said_of
from policy_tracker.extract.dates_inside import NOTHING, Inside
from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.provenance import spans_of
from policy_tracker.language.code_mentions import Codes
from policy_tracker.language.disposition import basis_of
from policy_tracker.record import CodeRange, CodeRef, ListedCode
from policy_tracker.record.code_lists import Authorization, CodeGroup
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import Position, Requirement


@dataclass
class GroupDraft:
    """A group of codes while it is read."""

    heading: str
    disposition: Position
    codes: list[ListedCode] = field(default_factory=list)
    ranges: list[CodeRange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    page: int | None = None
    said: tuple[Traced, ...] = ()
    """What the document says of its codes: the heading and the sentence above them, footnotes."""
    placed: list[Source] = field(default_factory=list)
    """Where its ranges stand."""
    statement: str | None = None
    inside: Inside = NOTHING
    """What the sentence that names its codes says of when they hold."""
    dates_only: bool = False
    """Whether its sentence says when codes hold and nothing else of them."""
    authorization: Requirement | None = None
    """Whether its codes need an authorization, where their rows say so."""


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The groups of a document, what a person should look at, what sentences say of the end of
    codes, wherever these are listed, and which codes need an authorization by their rows.
    """

    groups: tuple[CodeGroup, ...]
    warnings: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()
    authorizations: tuple[Authorization, ...] = ()


def take(group: GroupDraft, found: Codes) -> None:
    """Puts codes and ranges into a group, with their places."""
    group.codes += found.codes
    group.ranges += found.ranges
    group.placed += found.placed


def endings(groups: Sequence[GroupDraft]) -> tuple[Ending, ...]:
    """What sentences say of the end of the codes that they name."""
    return tuple(
        Ending(group.inside, tuple(group.codes), tuple(group.ranges))
        for group in groups
        if (group.inside.ending and group.inside.ends) or group.dates_only
    )


def authorizations_of(groups: Sequence[GroupDraft]) -> tuple[Authorization, ...]:
    """Which codes need an authorization, and which do not, as their own rows say."""
    asked: dict[Requirement, dict[CodeRef, None]] = {}
    for group in groups:
        if group.authorization:
            named = (CodeRef(system=code.system, code=code.code) for code in group.codes)
            asked.setdefault(group.authorization, {}).update(dict.fromkeys(named))
    return tuple(
        Authorization(codes=tuple(codes), requirement=requirement)
        for requirement, codes in asked.items()
        if codes
    )


def finished(groups: Sequence[GroupDraft]) -> tuple[CodeGroup, ...]:
    """Groups as values: keys made unique, a code that repeats within a group kept once."""
    out: list[CodeGroup] = []
    used: dict[str, int] = {}
    for group in groups:
        if not group.codes and not group.ranges:
            continue
        stem = slug_of(group.heading)[:80].strip("-") or "codes"
        used[stem] = used.get(stem, 0) + 1
        key = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
        out.append(
            CodeGroup(
                key=key,
                heading=group.heading[:2000],
                disposition=group.disposition,
                basis=basis_of(group.heading, group.disposition),
                note=" ".join(group.notes) or None,
                codes=tuple(_first_of(said_of(group.codes, group.inside)).values()),
                ranges=tuple(dict.fromkeys(said_of(group.ranges, group.inside))),
                statement=group.statement,
                source=_place_of(group),
            )
        )
    return tuple(out)


def _place_of(group: GroupDraft) -> Source | None:
    """Where a list begins, and the characters of what is said of it, of its ranges and of codes
    printed again; others have theirs.
    """
    first = {id(code) for code in _first_of(group.codes).values()}
    repeated = (code.source for code in group.codes if id(code) not in first)
    spans = dict.fromkeys(
        (
            *(span for words in group.said for span in words.spans()),
            *spans_of((*group.placed, *repeated)),
        )
    )
    return Source(page=group.page, spans=tuple(spans)) if group.page or spans else None


def _first_of(codes: Sequence[ListedCode]) -> dict[tuple[str, ...], ListedCode]:
    """Each code once, as it is printed first, by what tells it from others."""
    seen: dict[tuple[str, ...], ListedCode] = {}
    for code in codes:
        when = repr((code.effective, code.ends)) if code.effective or code.ends else ""
        seen.setdefault(
            (code.system, code.code, repr(code.qualifiers), code.marker or "", when), code
        )
    return seen
