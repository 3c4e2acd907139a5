"""A word-level redline of two texts, as neutral spans that each channel styles in its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

from policy_tracker.language.stopwords import SPLINTERS

Op = Literal["equal", "delete", "insert"]
Opcode = tuple[str, int, int, int, int]

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_MOST_WORDS_EXACT = 2_000
"""Up to this many words a side, as many words as possible are kept equal (Indel, memory grows with
the product); beyond, Levenshtein's cheaper alignment.
"""


@dataclass(frozen=True, slots=True)
class RedlineSpan:
    """A run of text that stands in both texts, only in the former (`delete`), or only in the latter
    (`insert`).
    """

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as words and the gaps around them: `gaps[i]` stands before `words[i]`, the last gap
    behind the last word.
    """

    words: list[str]
    gaps: list[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        found, gaps, end = [], [], 0
        for match in _WORD.finditer(text):
            gaps.append(text[end : match.start()])
            found.append(match[0])
            end = match.end()
        return cls(found, [*gaps, text[end:]])

    def run(self, start: int, stop: int, *, gap: bool = True) -> str:
        """The text from one word to before another, with the gap before its first word or
        without.
        """
        text = "".join(self.gaps[i] + self.words[i] for i in range(start, stop))
        return text if gap or start == stop else text[len(self.gaps[start]) :]


def redline(before: str | None, after: str | None) -> tuple[RedlineSpan, ...]:
    """The spans that lead from `before` to `after`.

    The joined text of equal and deleted spans is `before`, of equal and inserted ones `after`,
    white space included. Words are aligned by rapidfuzz. A lone word that stayed the same between
    two replacements, or a lone weak word ("the", a comma) between any two differences, is told as
    part of them: a reader follows one phrase more easily than three.
    """
    if before is None or after is None or before == after:
        return _whole(before, after)
    old, new = _Words.of(before), _Words.of(after)
    spans: list[RedlineSpan] = []
    for code in _without_splinters(_merged(_opcodes(old.words, new.words)), old.words):
        _tell(spans, code, old, new)
    _tell_gap(spans, old.gaps[-1], new.gaps[-1])
    return _joined(spans)


def _whole(before: str | None, after: str | None) -> tuple[RedlineSpan, ...]:
    if before == after:
        return (RedlineSpan("equal", before),) if before else ()
    sides: tuple[tuple[Op, str | None], ...] = (("delete", before), ("insert", after))
    return tuple(RedlineSpan(op, text) for op, text in sides if text)


def _opcodes(old: list[str], new: list[str]) -> list[Opcode]:
    exact = max(len(old), len(new)) <= _MOST_WORDS_EXACT
    found = Indel.opcodes(old, new) if exact else Levenshtein.opcodes(old, new)
    return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in found]


def _merged(codes: list[Opcode]) -> list[Opcode]:
    """Neighbouring differences as one replacement."""
    merged: list[Opcode] = []
    for code in codes:
        if merged and code[0] != "equal" and merged[-1][0] != "equal":
            last = merged.pop()
            code = ("replace", last[1], code[2], last[3], code[4])  # noqa: PLW2901 - the replacement takes its place
        merged.append(code)
    return merged


def _without_splinters(codes: list[Opcode], old: list[str]) -> list[Opcode]:
    """Join differences across an equal run of one word that only splinters them."""
    tags = [code[0] for code in codes]
    for place in range(1, len(codes) - 1):
        _, i1, i2, j1, j2 = codes[place]
        between = tags[place - 1] == tags[place + 1] == "replace"
        if codes[place][0] == "equal" and i2 - i1 == 1 and (between or _splinter(old[i1])):
            codes[place] = ("replace", i1, i2, j1, j2)
    return _merged(codes)


def _splinter(word: str) -> bool:
    return word.lower() in SPLINTERS or not word[0].isalnum()


def _tell(spans: list[RedlineSpan], code: Opcode, old: _Words, new: _Words) -> None:
    tag, i1, i2, j1, j2 = code
    if tag == "equal":
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            _tell_gap(spans, old.gaps[i], new.gaps[j])
            spans.append(RedlineSpan("equal", old.words[i]))
        return
    shared = i1 < i2 and j1 < j2 and old.gaps[i1] == new.gaps[j1]
    if shared:
        spans.append(RedlineSpan("equal", old.gaps[i1]))
    spans.append(RedlineSpan("delete", old.run(i1, i2, gap=not shared)))
    spans.append(RedlineSpan("insert", new.run(j1, j2, gap=not shared)))


def _tell_gap(spans: list[RedlineSpan], old: str, new: str) -> None:
    if old == new:
        spans.append(RedlineSpan("equal", old))
    else:
        spans += [RedlineSpan("delete", old), RedlineSpan("insert", new)]


def _joined(spans: list[RedlineSpan]) -> tuple[RedlineSpan, ...]:
    """Neighbours of one kind as one span, deletions before insertions between two equal runs, empty
    spans left out.
    """
    runs: list[dict[Op, str]] = []
    for span in spans:
        if not span.text:
            continue
        if not runs or ("equal" in runs[-1]) != (span.op == "equal"):
            runs.append({})
        runs[-1][span.op] = runs[-1].get(span.op, "") + span.text
    order: tuple[Op, ...] = ("equal", "delete", "insert")
    return tuple(RedlineSpan(op, run[op]) for run in runs for op in order if op in run)
