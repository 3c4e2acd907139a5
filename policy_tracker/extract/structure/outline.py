"""Who is a part of whom: from labels, indentation and lead-ins to a tree.

Levels go by the kind of label and by indentation, never by the label's value: printed labels repeat
and skip. Values only help where a list goes on behind a heading, where indentation wanders, and to
tell the letter "i" from the numeral.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_tracker.documents.blocks import Block, LabelKind
from policy_tracker.documents.enumerators import shape_of, value_of
from policy_tracker.extract.roles import decides, is_authorization_mark, is_note
from policy_tracker.extract.structure.headings import is_sentence
from policy_tracker.extract.structure.literature import without_literature
from policy_tracker.extract.structure.logic import Connector, lead_words, leading_connector
from policy_tracker.extract.structure.run_together import spread
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.language.coverage_terms import is_referral
from policy_tracker.language.sentences import split_sentences

_SAME = 9.0
"""Items of one level differ by less in their left edge, in points (side bearings, right-aligned
numerals).
"""
_SAME_TEXT = 4.0
_WANDERING = 40.0
_STEP = 3.0
_DEEPEST = 40
_LONGEST_FLAT = 15
"""Words of an item in a list that is printed without labels."""
_ANNOUNCED = re.compile(
    r"\b(?:following|below|these|those|such as|includ\w*|criteria|conditions|requirements)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:for|when|if|of|where|in|by|to|with|unless|until|that|is|are|include[sd]?|including)\s*$",
    re.IGNORECASE,
)
_REMARKS = frozenset({"history", "references", "coding"})


@dataclass(slots=True, eq=False)
class Node:
    """A block in the tree. `kind` is its label's, with the shape of the label, so that "1." and
    "(1)" differ; empty for paragraphs.
    """

    block: Block
    part: HeadedPart
    kind: tuple[LabelKind | None, str]
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    connector: Connector | None = None
    listed: bool = False
    """Whether it is an item of a list that is printed without labels or indentation."""
    heads: bool = False
    """Whether it parts a list in two, and what is behind it is its own, whatever the edge."""

    @property
    def is_lead(self) -> bool:
        """Whether it announces what follows."""
        return self.block.text.rstrip().endswith(":")

    @property
    def leads(self) -> bool:
        """Whether it announces what follows, or leaves off where only a list can go on: "Do not
        approve for" above bullets, "… if any of the following applies." above items.
        """
        text = self.block.text.rstrip()
        if self.is_lead or _LEFT_OPEN.search(text):
            return True
        return text.endswith(".") and lead_words(split_sentences(text)[-1].rstrip("."))[1]


def build_outline(parts: Sequence[HeadedPart]) -> list[Node]:
    """The blocks of the coverage parts as nodes in document order, tied to their parents."""
    builder = _TreeBuilder()
    apart = True
    for part in parts:
        if part.is_coverage:
            builder.enter(part, apart=apart)
            for block in spread([without_literature(block) for block in part.blocks]):
                if block.kind != "table":
                    builder.add(block, part)
            apart = False
        elif part.blocks:
            apart = True
            for block in part.blocks:
                if part.kind not in _REMARKS and is_authorization_mark(block):
                    builder.enter(part, apart=True)
                    builder.add(block, part)
    return builder.nodes


def _is_over(text: str) -> bool:
    """Whether a paragraph ends as a sentence does, and announces nothing."""
    return text.rstrip().endswith(".") and not _ANNOUNCED.search(split_sentences(text)[-1])


def _is_place_below(above: Node, node: Node) -> bool:
    """Whether a label says itself that it stands under another one: "1.2.1" under "1.2"."""
    outer = (above.block.label or "").strip("().")
    inner = (node.block.label or "").strip("().")
    return bool(outer) and inner.startswith(f"{outer}.")


class _TreeBuilder:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.open: list[Node] = []

    def enter(self, part: HeadedPart, *, apart: bool) -> None:
        """A heading ends all lists, except one that its first item goes on with, and a lead-in that
        stands right before it.

        `apart`: something other than coverage stands between this part and the coverage part before
        it.
        """
        first = next((block for block in part.blocks if block.kind != "table"), None)
        if first is None:  # a heading right above another one
            return
        waiting = bool(self.open) and self.open[-1] is self.nodes[-1] and self.open[-1].is_lead
        if first.label is not None and not apart:
            if waiting and value_of(first.label, first.label_kind) <= 1:
                return
            if (going_on := self._continued(first)) is not None:
                del self.open[going_on + 1 :]
                return
        self.open.clear()

    def _continued(self, first: Block) -> int | None:
        kind = shape_of(first)
        number = value_of(first.label or "", first.label_kind)
        if number < 2:
            return None
        for place in range(len(self.open) - 1, -1, -1):
            node = self.open[place]
            if (
                node.kind == kind
                and abs(node.block.indent - first.indent) < _SAME
                and number == value_of(node.block.label or "", node.kind[0]) + 1
            ):
                return place
        return None

    def add(self, block: Block, part: HeadedPart) -> None:
        node = Node(block, part, shape_of(block), connector=block.connector)
        if block.kind == "note" or is_note(block.text):
            node.parent = self._noted(block)
        elif block.label_kind == "mark":
            node.parent = None
            self.open.clear()
        elif block.label is None:
            self._paragraph(node)
        else:
            self._item(node)
        if node.parent:
            node.parent.children.append(node)
        self.nodes.append(node)

    def _noted(self, block: Block) -> Node | None:
        """The item that a note is about: the innermost open one to whose text it is set, else the
        block right before it.
        """
        for node in reversed(self.open):
            if node.kind[0] is not None and (
                node.block.indent < block.indent - _STEP
                or abs(node.block.text_indent - block.indent) < _SAME_TEXT
            ):
                return node
        return (
            self.nodes[-1] if self.open and self.nodes and self.nodes[-1] is self.open[-1] else None
        )

    def _paragraph(self, node: Node) -> None:
        edge = node.block.indent
        if is_referral(node.block.text) and not node.is_lead:
            above = (other for other in reversed(self.open) if other.block.indent <= edge - _STEP)
            node.parent = next(above, None)
            return
        if lead := self._flat_lead(node):
            del self.open[self.open.index(lead) + 1 :]
            node.parent, node.listed = lead, True
            self.open.append(node)
            return
        while self.open and self.open[-1].block.indent > edge - _STEP:
            self.open.pop()
        del self.open[_DEEPEST:]
        node.parent = self.open[-1] if self.open else None
        self.open.append(node)

    def _flat_lead(self, node: Node) -> Node | None:
        """The lead-in whose list a paragraph is an item of, where nothing but the lead-in shows it:
        short lines on its own edge, right behind it.
        """
        if not self.open or not self.nodes or self.nodes[-1] is not self.open[-1]:
            return None
        last = self.open[-1]
        lead = last.parent if last.listed else last
        text = node.block.text.rstrip()
        if (
            lead is None
            or not lead.is_lead
            or lead.block.label is not None
            or lead.part is not node.part
            or abs(lead.block.indent - node.block.indent) >= _SAME
            or node.is_lead
            or len(text.split()) > _LONGEST_FLAT
            or decides(text)
        ):
            return None
        return (
            None
            if text.endswith(".") and is_sentence(split_sentences(text)[0].rstrip("."))
            else lead
        )

    def _item(self, node: Node) -> None:
        del self.open[_DEEPEST:]
        self._letter_or_numeral(node)
        self._part_from_list(node)
        sibling = self._sibling(node)
        if sibling is not None:
            del self.open[self.open.index(sibling) :]
            node.parent = sibling.parent
        else:
            while self.open and not (
                self._may_hold(self.open[-1], node) or self._is_announced(node)
            ):
                self.open.pop()
            node.parent = self.open[-1] if self.open else None
        self.open.append(node)

    def _part_from_list(self, node: Node) -> None:
        """Where an unlabelled lead-in that begins with AND or OR stands between two items of one
        list, what is behind it is its own: "a … or b … AND all of these: c … d …".
        """
        lead = self.nodes[-1] if self.nodes else None
        item = lead.parent if lead else None
        if lead is None or item is None or item.kind != node.kind or lead.block.label:
            return
        numbers = (value_of(one.block.label or "", one.kind[0]) for one in (item, node))
        first, second = numbers
        goes_on = second == first + 1 and abs(item.block.indent - node.block.indent) < _SAME
        if not (goes_on and lead.is_lead and leading_connector(lead.block.text)):
            return
        item.children.remove(lead)
        lead.parent = item.parent
        if lead.parent:
            lead.parent.children.append(lead)
        del self.open[self.open.index(item) :]
        self.open.append(lead)
        lead.heads = True

    @staticmethod
    def _may_hold(above: Node, node: Node) -> bool:
        if above.kind[0] is None and _is_over(above.block.text):
            return False
        if above.heads:
            return True
        if above.block.indent < node.block.indent - 2 or _is_place_below(above, node):
            return True
        aligned = (
            node.block.indent >= above.block.indent - _STEP
            or abs(above.block.indent - node.block.indent) <= 14
        )
        return above.kind[0] is None and above.leads and aligned

    def _is_announced(self, node: Node) -> bool:
        """Whether an item is the first of the list that another kind of item right before it
        announces on the same edge: bullets behind "II. … all of the following:", or "1." behind a
        bullet.
        """
        above = self.open[-1]
        last = bool(self.nodes) and self.nodes[-1] is above
        if not (last and above.is_lead and above.block.indent <= node.block.indent + _SAME):
            return False
        if above.kind == node.kind or {above.kind[0], node.kind[0]} & {None, "mark"}:
            return False
        return node.kind[0] == "bullet" or value_of(node.block.label or "", node.kind[0]) <= 1

    def _sibling(self, node: Node) -> Node | None:
        block = node.block
        for other in reversed(self.open):
            if other.kind == node.kind and (
                abs(other.block.indent - block.indent) < _SAME
                or abs(other.block.text_indent - block.text_indent) < _SAME_TEXT
            ):
                return other
        if node.kind[0] in {None, "bullet", "mark"}:
            return None
        number = value_of(block.label or "", node.kind[0])
        for other in reversed(self.open):
            near = abs(other.block.indent - block.indent) < _WANDERING
            if (
                other.kind == node.kind
                and near
                and number == value_of(other.block.label or "", other.kind[0]) + 1
            ):
                return other
        return None

    def _letter_or_numeral(self, node: Node) -> None:
        """An "i." behind "h." on the same level is a letter; so is "c." where a reader took it for
        a numeral.
        """
        letters: dict[LabelKind | None, LabelKind] = {"roman": "lower", "upper_roman": "upper"}
        kind, shape = node.kind
        letter = letters.get(kind)
        if letter is None:
            return
        number = value_of(node.block.label or "", letter)
        for other in reversed(self.open):
            if (
                other.kind == (letter, shape)
                and abs(other.block.indent - node.block.indent) < _SAME
                and number == value_of(other.block.label or "", letter) + 1
            ):
                node.kind = (letter, shape)
                return
