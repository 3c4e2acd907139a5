"""What the labels of items count: their kind, shape and value."""

from __future__ import annotations

import re

from policy_tracker.documents.blocks import Block, LabelKind

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def shape_of(block: Block) -> tuple[LabelKind | None, str]:
    """The label's kind and shape: of "(1)" number and "()"; a bullet's shape is its glyph."""
    label = (block.label or "").strip()
    if not label or block.label_kind is None:
        return None, ""
    if block.label_kind in {"bullet", "mark"}:
        return block.label_kind, label[:1]
    return block.label_kind, "".join(character for character in label if character in "().")


def value_of(label: str, kind: LabelKind | None) -> int:
    """The place in its list that a label names; 0 where it names none."""
    core = label.strip("().: ").lower()
    if kind == "number":
        digits = re.search(r"\d+$", core)
        return int(digits[0]) if digits else 0
    if kind in {"roman", "upper_roman"}:
        return _roman(core)
    return ord(core[0]) - 96 if core and core[0].isalpha() else 0


def _roman(numeral: str) -> int:
    values = [_ROMAN.get(character, 0) for character in numeral]
    if not values or 0 in values:
        return 0
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )
