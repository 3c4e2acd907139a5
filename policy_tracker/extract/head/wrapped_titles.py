"""Titles that are broken into lines, in texts whose lines have no places on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.head.title_forms import is_no_part, names_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Document, Line

_FULL_LINE = 35
"""Characters from which a line can have been broken because it was full."""
_FIRST_BLOCKS = 24
_SENTENCE_GOES_ON = re.compile(r"(?:[a-z][\w,-]* ){3}")
"""Three small words: a sentence that goes on, and no title."""
_ROWS = 24
_MOST_LINES = 5
_LEADER = re.compile(r"(?:\. ?){4}|…")
_BAR = re.compile(r"\s+[|–—]\s+")
_MARKS = re.compile(r"[^\w]+")
_LEADERS = re.compile(r"[\s.…·_]*\d*\s*$")


def continued(lines: Sequence[Line], at: int, document: Document) -> tuple[Line, ...]:
    """The lines into which a title without geometry is broken: in one block with it, no labels, no
    headings, and begun because the line before was full.
    """
    whole = lines[at].text.strip()
    found: list[Line] = []
    texts = _printed_texts(document)
    for line in lines[at + 1 : at + 6]:
        text = line.text.strip()
        goes_on = text.startswith("(") or text[:1].islower()
        full = len(lines[at + len(found)].text) >= _FULL_LINE or goes_on
        joint = join_lines([whole, text])
        if (
            not full
            or line.place.top is not None
            or "|" in text
            or is_no_part(text)
            or (_SENTENCE_GOES_ON.match(text) and whole[:1].isupper())
            or not any(joint in printed for printed in texts)
        ):
            break
        whole = joint
        found.append(line)
    return tuple(found)


def _printed_texts(document: Document) -> tuple[str, ...]:
    """The first blocks, each with the next where that begins within a sentence."""
    blocks = [" ".join(block.text.split()) for block in document.blocks[:_FIRST_BLOCKS]]
    joined_pairs = (
        join_lines([one, other]) for one, other in pairwise(blocks) if other[:1].islower()
    )
    return (*blocks, *joined_pairs)


def whole_title(title: str, document: Document) -> str:
    """A labelled title with the lines into which it is broken, in a text without geometry."""
    lines = [line for line in document.header if line.text.strip()]
    for at, line in enumerate(lines):
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if " | " in line.text and " | " in below:  # rows of a table, whose cells are whole
            continue
        if line.place.top is None and line.text.strip().endswith(title):
            return join_lines([title, *(more.text for more in continued(lines, at, document))])
    return title


@dataclass(frozen=True, slots=True)
class WholeTitle:
    """A title that is broken over lines, in one piece; empty where there is none."""

    text: str = ""
    lines: tuple[Line, ...] = ()


def repeated_whole(document: Document, payer: str) -> WholeTitle:
    """The longest run of lines of a head that stands elsewhere in one piece, as a title does in a
    table of contents, a running line or the file's own title; nothing where no such run names a
    subject.
    """
    entries = (block.text for block in document.blocks if _LEADER.search(block.text))
    # what stands behind a bar in a page's own title is the site's name
    own = _BAR.split(document.title or "")
    printed = {_plain(text) for text in (*document.running, *entries, *own)}
    lines = [line for line in document.header[:_ROWS] if line.text.strip()]
    joined_runs = ((_joined(run), run) for run in _runs(lines))
    found = [
        WholeTitle(text, run)
        for text, run in joined_runs
        if not _LEADER.search(text) and _plain(text) in printed and names_subject(text, payer)
    ]
    return max(found, key=lambda whole: len(whole.text), default=WholeTitle())


def _runs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    for start in range(len(lines)):
        for end in range(start + 2, min(start + _MOST_LINES, len(lines)) + 1):
            yield tuple(lines[start:end])


def _joined(run: Sequence[Line]) -> str:
    """A run of lines as one text, without a label before the first."""
    first, *rest = (line.text for line in run)
    return join_lines([first.rpartition(": ")[2], *rest])


def _plain(text: str) -> str:
    """A text for comparison, without the leaders and the page of a table of contents, and without
    the marks that a file's title may not have.
    """
    return " ".join(_MARKS.sub(" ", _LEADERS.sub("", text.lower())).split())
