"""The parts of a document: headings to kinds, and which blocks stand under which heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.enumerators import value_of
from policy_tracker.documents.traced import UNPRINTED, Traced
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.payers.profile import Profile, plain_heading
from policy_tracker.extract.roles import decides
from policy_tracker.extract.structure.denials_apart import with_denials_apart
from policy_tracker.extract.structure.headings import LONGEST, is_heading, is_sentence
from policy_tracker.extract.structure.numbered_titles import numbered_titles
from policy_tracker.extract.structure.parts import stands_inside
from policy_tracker.extract.structure.weighing import weighed
from policy_tracker.language.coverage_terms import special_role
from policy_tracker.language.dates import dates_in
from policy_tracker.record.vocabulary import SectionKind

_DEEPEST = 5
_SAME_EDGE = 3.0
"""Points by which lines on one edge differ."""
_MOST_OPEN = 30
_LASTING = frozenset({"history", "references"})
_CONTENTS = frozenset({"table of contents", "contents"})
_RUN_IN_HEADING = re.compile(r"(?P<heading>[A-Z][^:.]{2,70}):\s+(?P<rest>\S.*)", re.DOTALL)
Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class HeadedPart:
    """A heading and the blocks under it, up to the next heading of any level.

    `path` are the headings from the outermost to its own.

    `title` is its heading as the document prints it, empty where none is printed.
    """

    key: str
    heading: str
    kind: SectionKind
    path: tuple[str, ...]
    blocks: tuple[Block, ...]
    heading_block: Block | None = None
    title: Traced = UNPRINTED
    undecided: bool = False
    """Whether it prints a status that nobody can tell, so that no heading speaks for it."""

    @property
    def is_coverage(self) -> bool:
        """Whether its sentences are statements."""
        return self.kind in {"coverage", "documentation"}


@dataclass(slots=True)
class _OpenHeading:
    heading: str
    signature: Signature
    rank: tuple[int, int, int]
    kind: SectionKind
    named: bool
    """Whether its own words give it the kind, not what stands above or before it."""


class _SectionReader:
    """Walks over the blocks, keeping the headings that are open."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.open: list[_OpenHeading] = []
        self.above_contents: list[_OpenHeading] = []
        self.leads: list[Block] = []
        self.keys = Keys()
        self.parts: list[HeadedPart] = []
        self.gathered: list[Block] = []
        self.heading_block: Block | None = None
        self.last: Block | None = None
        self.waiting = False

    @property
    def kind(self) -> SectionKind:
        return self.open[-1].kind if self.open else "other"

    def read(self, blocks: Sequence[Block]) -> list[HeadedPart]:
        titles = numbered_titles(blocks, self.profile)
        for place, block in enumerate(blocks):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            announced = any(self._may_list(lead, block) for lead in self.leads)
            run_in = self._run_in(block)
            if (
                self.kind == "history"
                and self.heading_block
                and stands_inside(block, self.heading_block)
            ):
                self._gather(block)
            elif run_in:
                heading, rest = run_in
                signature = ("run in", "margin" if self._in_margin(heading) else "section")
                self._enter(heading, block.part(0, len(heading)), signature=signature)
                self.leads.clear()
                self._gather(rest)
            elif place in titles or is_heading(
                block,
                following,
                self.profile,
                announced=announced,
                listed=self._is_listed(block),
                among_names=self._follows_name(block),
            ):
                margin = self._in_margin(plain_heading(block.text).capitalize())
                self._enter(
                    block.text,
                    block,
                    signature=("run in", "margin") if margin else signature_of(block),
                )
                if not self._goes_on(following):
                    self.leads.clear()
            else:
                self._gather(block)
        self._close()
        return self.parts

    def _in_contents(self) -> bool:
        """Whether the blocks are those of a table of contents, whose lines repeat the headings."""
        return bool(self.open) and plain_heading(self.open[-1].heading) in _CONTENTS

    def _is_listed(self, block: Block) -> bool:
        """Whether a block is a line of a table of contents.

        One that repeats a line of it is the heading that the line points to.
        """
        words = plain_heading(block.text)
        return self._in_contents() and not any(
            plain_heading(line.text).startswith(words) for line in self.gathered
        )

    def _follows_name(self, block: Block) -> bool:
        """Whether the line before is a name as well, set to the same edge: both are items."""
        before = self.gathered[-1] if self.gathered else None
        return (
            before is not None
            and before.label is None
            and before.text[-1:].isalnum()
            and len(before.text) <= LONGEST
            and abs(before.indent - block.indent) < _SAME_EDGE
        )

    def _in_margin(self, heading: str) -> bool:
        return heading in self.profile.run_in

    def _run_in(self, block: Block) -> tuple[str, Block] | None:
        """A heading with its text on the same line: a label in the margin ("Age 18 years or
        older"), or "References: …" in bold.
        """
        if block.kind != "paragraph" or block.style.bold == "all":
            return None
        if block.style.bold != "start":
            return self._plain_run_in(block)
        first, _, rest = block.text.partition(" ")
        label = first.rstrip(":")
        if (
            label in self.profile.run_in
            and re.match(r"[\dA-Z≥≤<>]", rest)
            and not rest.startswith(("AND ", "OR "))
        ):
            own = replace(block.part(len(first) + 1), style=replace(block.style, bold="none"))
            return label, replace(own, indent=block.indent + 36, text_indent=block.text_indent + 36)
        match = _RUN_IN_HEADING.fullmatch(block.text)
        known = self.profile.kind_of(match["heading"]) if match else None
        if (
            match
            and known
            and known[1]
            and known[0] != self.kind
            and (known[0] != "coverage" or is_sentence(match["rest"]))
            and not self._goes_on_deciding(known[0], match["rest"])
        ):
            return match["heading"], replace(
                block.part(match.start("rest")), style=replace(block.style, bold="none")
            )
        return None

    def _plain_run_in(self, block: Block) -> tuple[str, Block] | None:
        """A heading of references or a history in front of its text where no type shows it."""
        match = _RUN_IN_HEADING.fullmatch(block.text)
        known = self.profile.kind_of(match["heading"]) if match else None
        if not match or not known or not known[1] or known[0] not in _LASTING:
            return None
        if _is_date(match["rest"]):
            return None  # a line of the head: "Revision: October 2, 2025"
        return (
            (match["heading"], block.part(match.start("rest"))) if known[0] != self.kind else None
        )

    def _goes_on_deciding(self, kind: SectionKind, rest: str) -> bool:
        """Whether a label such as "Dosing:" stands before a sentence of the coverage part, which it
        does not end.
        """
        return (
            kind == "background"
            and self.kind == "coverage"
            and (decides(rest) is not None or special_role(rest) is not None)
        )

    def _enter(self, heading: str, block: Block, *, signature: Signature) -> None:
        listed = self._in_contents() and bool(self.gathered)
        self._close()
        if listed:
            self.open = self.above_contents  # it repeats a line of the contents, which are over
        elif plain_heading(heading) in _CONTENTS:
            self.above_contents = list(self.open)
        kind = self._kind_under(heading, block, signature)
        named = self.profile.kind_of(heading) is not None
        self.open.append(_OpenHeading(_shown(heading), signature, rank_of(block), kind, named))
        self.waiting = bool(self.leads) and self.leads[-1] is self.last
        self.heading_block = block

    def _kind_under(self, heading: str, block: Block, signature: Signature) -> SectionKind:
        """Closes what the heading ends, and tells the kind of what it begins."""
        known = self.profile.kind_of(heading)
        rank, before = rank_of(block), self.kind
        same = next(
            (place for place, frame in enumerate(self.open) if frame.signature == signature), None
        )
        below = bool(self.open) and rank < self.open[0].rank
        if known and known[1] and known[0] != before:
            kept = below and (
                self.open[0].kind == "other"
                or (self.open[0].kind == "coverage" and known[0] != "coverage")
            )
            names = self._names_above(rank) if known[0] == "coverage" else []
            for frame in names:
                if frame.kind != "other":
                    frame.kind = "coverage"
            del self.open[max(int(kept), len(names)) :]
            return known[0]
        if same is not None:
            opened = self.open[same].kind
            del self.open[same:]
            inherited = self.kind if self.kind != "other" else opened
        else:
            while len(self.open) > 1 and rank > self.open[-1].rank:
                self.open.pop()
            del self.open[_DEEPEST:]
            inherited = self.kind if self.open else before
        # behind references, and not below their heading, nothing is of these
        behind = inherited in _LASTING and not any(frame.named for frame in self.open)
        outside = not self.open or self.kind == "other" or behind
        if known and (known[1] or inherited == "coverage" or outside):
            return known[0]
        return inherited

    def _names_above(self, rank: tuple[int, int, int]) -> list[_OpenHeading]:
        """The outermost open headings that stand above one of this rank and only name what they are
        about: "Asthma" above "Initial criteria". They stay open, whatever kind they had come to.
        """
        return list(takewhile(lambda frame: frame.rank > rank and not frame.named, self.open))

    def _goes_on(self, following: Block | None) -> bool:
        """Whether an announced list goes on behind a heading, or begins there."""
        if following is None or following.label is None:
            return False
        number = value_of(following.label, following.label_kind)
        return self.waiting if number <= 1 else bool(self.leads)

    def _gather(self, block: Block) -> None:
        self.gathered.append(block)
        self.last = block
        while self.leads and not self._may_list(self.leads[-1], block):
            self.leads.pop()
        if block.text.rstrip().endswith(":"):
            self.leads.append(block)
            del self.leads[:-_MOST_OPEN]

    @staticmethod
    def _may_list(lead: Block, block: Block) -> bool:
        """Whether a block may stand in the list that a lead-in announces.

        Further in, or on the same edge where the lead-in has no label.
        """
        return lead.indent + 3 < block.indent or (
            lead.label is None and block.label is not None and lead.indent <= block.indent + 3
        )

    def _close(self) -> None:
        if not self.gathered and self.heading_block is None:
            return
        path = tuple(frame.heading for frame in self.open)
        heading = path[-1] if path else ""
        key = self.keys.free("/".join(slug(step, 60) or "part" for step in path) or "front")
        title = self.heading_block.traced() if self.heading_block else UNPRINTED
        self.parts.append(
            HeadedPart(
                key, heading, self.kind, path, tuple(self.gathered), self.heading_block, title
            )
        )
        self.gathered, self.heading_block = [], None


def _is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    return any(found.end - found.start == len(text.strip(" .")) for found in dates_in(text))


def _shown(heading: str) -> str:
    return re.sub(r"\s+", " ", heading).strip()


def signature_of(block: Block) -> Signature:
    """What headings of one level have in common: how they look and how they are numbered."""
    style = block.style
    capitals = not re.search(r"[a-z]", block.text)
    return (
        block.heading_level,
        style.banner,
        round(style.size),
        style.bold,
        style.underlined,
        capitals,
        block.label_kind,
        block.label is not None,
    )


def rank_of(block: Block) -> tuple[int, int, int]:
    """How far up a heading stands; larger is further up."""
    return (int(block.style.banner), -(block.heading_level or 9), round(block.style.size))


def read_parts(blocks: Sequence[Block], profile: Profile) -> list[HeadedPart]:
    """The document's parts in order.

    Where no heading names a coverage part, the parts of unknown kind whose sentences take a
    position are the coverage part; all of them where none does.
    """
    parts = weighed(_SectionReader(profile).read(blocks), profile)
    if not any(part.is_coverage and part.blocks for part in parts):
        parts = [
            replace(part, kind="coverage")
            if part.kind == "other" and _takes_position(part)
            else part
            for part in parts
        ]
    parts = [apart for part in parts for apart in with_denials_apart(part, profile)]
    return [*_with_head_apart(parts[0]), *parts[1:]] if parts else parts


def _with_head_apart(part: HeadedPart) -> tuple[HeadedPart, ...]:
    """The first part: where no heading stands above it, the lines before the first sentence are the
    document's head.
    """
    if part.title.text or not part.is_coverage:
        return (part,)
    first = next((place for place, block in enumerate(part.blocks) if _says(block)), 0)
    head = replace(part, kind="other", blocks=part.blocks[:first])
    rest = replace(part, blocks=part.blocks[first:])
    return (head, rest) if first else (part,)


def _says(block: Block) -> bool:
    """Whether a block is more than a name, a number or a date."""
    return (
        block.table is not None
        or block.label is not None
        or block.text[-1:] == ":"
        or is_sentence(block.text)
        or decides(block.text) is not None
    )


def _takes_position(part: HeadedPart) -> bool:
    return any(decides(block.text) for block in part.blocks)


def coverage_blocks(parts: Sequence[HeadedPart]) -> Iterator[tuple[HeadedPart, Block]]:
    """The blocks of the coverage parts with their parts, in order."""
    for part in parts:
        if part.is_coverage:
            for block in part.blocks:
                yield part, block
