"""What of a block are single statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policy_tracker.extract.roles import decides, is_note
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.language.stance import stance_of
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from policy_tracker.documents.traced import Traced
    from policy_tracker.extract.structure.outline import Node

_MARKED = re.compile(r"^[*†‡^#@%+§]+\s*[A-Z(]|^[a-e]\s(?=[A-Z][a-z]+\s[a-z])")
_TITLED = re.compile(r"^(?:[A-Z][\w/-]*)(?: [\w/-]+){0,3}[.:] \S")
_LEAST_OPPOSED = 2


def texts_of(node: Node) -> list[Traced]:
    """What of a block are single statements: an item, a note or a footnote is one, prose is one per
    sentence.
    """
    block = node.block
    words = block.traced().stripped()
    text = words.text
    if not re.search(r"[^\W_]", text):
        return []
    titled = block.style.bold == "start" and _TITLED.match(text) is not None
    if (
        block.label
        or node.listed
        or is_note(text)
        or block.kind == "note"
        or _MARKED.match(text)
        or titled
        or text.startswith("Dosing.")
    ):
        spans = sentence_spans(text)
        return [words.cut(*span) for span in spans] if _are_opposed(text, spans) else [words]
    return [words.cut(start, end) for start, end in sentence_spans(text)]


def _are_opposed(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one sentence of an item grants and another denies, so that no position is that of
    both: "One lamp is paid. A second lamp will be denied.".
    """
    if len(spans) < _LEAST_OPPOSED or is_note(text):
        return False
    told = (text[start:end] for start, end in spans)
    taken = {own[0] for one in told if (own := decides(one) or stance_of(one))}
    return bool(taken & APPROVING) and bool(taken & DENYING)
