"""How deep a labelled line stands, where only its label tells: in plain text, and in HTML whose
lists are typed by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.labels import LABEL, label_kind

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import LabelKind

STEP = 18.0
"""Points that one level is indented by in sources without geometry."""
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def split_label(text: str) -> tuple[str | None, str]:
    """A line's label and the words behind it; a line that consists of a label only has none."""
    match = LABEL.match(text)
    if not match or not text[match.end() :].strip():
        return None, text
    return match[0].strip(), text[match.end() :]


class Levels:
    """Which level each next label stands on: a way of counting that was met before is a return to
    it, a new one goes deeper.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []

    def clear(self) -> None:
        """Forgets all lists, as under a new heading."""
        self._open.clear()

    def place(self, label: str) -> tuple[int, LabelKind]:
        """The level (from 0) and kind of the next label."""
        kind = self._kind(label)
        form = _form(label, kind)
        known = next((level for level, (other, _) in enumerate(self._open) if other == form), None)
        if known is not None:
            del self._open[known:]
        self._open.append((form, label))
        return len(self._open) - 1, kind

    def _kind(self, label: str) -> LabelKind:
        """An i that follows an h counts in letters, any other in Roman numerals."""
        kind = label_kind(label)
        core = label.strip("().")
        if kind not in ("roman", "upper_roman") or len(core) != 1:
            return kind
        lettered: LabelKind = "lower" if kind == "roman" else "upper"
        for form, last in reversed(self._open):
            if form == _form(label, lettered):
                return lettered if ord(core) - ord(last.strip("().")[-1]) == 1 else kind
            if form == _form(label, kind):
                return kind
        return lettered if core.lower() not in _ROMAN_VALUES else kind


def _form(label: str, kind: str) -> str:
    """What tells one way of counting from another: its digits or letters, and the brackets or
    points around them.
    """
    if kind == "bullet":
        return label
    if "." in label[:-1]:
        return f"{label.strip('().').count('.')} parts"
    return f"{'(' if label.startswith('(') else ''}{kind}{label[-1]}"
