"""Whether a line of a plain text goes on with the one before, or begins anew.

Where a program broke the lines at one width, that width tells; elsewhere how both begin and end,
and how full the line before is, since letters differ in width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE, NOTE, connector_of
from policy_tracker.documents.levels import split_label
from policy_tracker.documents.text_titles import LEADERS, OPEN_END, RAISED, is_contents
from policy_tracker.language.numbers import ends_with_number

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Table
    from policy_tracker.documents.text_setting import Setting

STAMP = re.compile(r"\(\s*Rev\b", re.IGNORECASE)
"""How the stamp of a CMS manual's section begins: `(Rev. 173, Issued: 09-04-14, Effective: …,
Implementation: …)`.
"""
_ASIDE = re.compile(r"\([A-Z][^().]{4,60}\)")
"""A line in brackets as a whole: "Lamps for Evening Work" goes on with "(Night Lamps)"."""
_NAMED = re.compile(r"(?:[A-Z]\w+ )?(?:title|subject|policy name):\s", re.IGNORECASE)
_FULL, _FULL_BEHIND_A_SENTENCE = 0.82, 0.92
"""From which share of the width a line is taken for full; letters differ in width, and a sentence's
end may be a paragraph's.
"""
FULL_ITEM = 0.7
"""The same for the lines of items, which are set in."""
_OPEN_END = re.compile(
    r"(?:[,(§/–—-]|§§|\b(?:and|or|of|the|a|an|to|in|for|with|by|at|on|as|that|than|from|under|per|is|are|[Ss]ee))$"
)
_APART = re.compile(r"cross[- ]?references?\s*:", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z,;:.)\]%”’&]|\([A-Z]{2,}")
_BARE_LINK = re.compile(r"\d+(?:\.\d+)+")
_SENTENCE_END = re.compile(r"[.!?:;][”\"')\]]*$")
_LONGEST_STAMP = 6
_BRACKETED = 2
_ITEM_CLOSED = re.compile(r"(?:;\s*(?:and/or|and|or)?|[.!?:][”\"')\]]*)$")
_JOINED = re.compile(r"\b(?:AND|OR)$")
ITEM_END = re.compile(r"[;,]\s*(?:and/or|and|or)?$|;$")
MARK = re.compile(r"([¹²³⁰⁴-⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]{1,2})\s*(?=\w)")
"""A raised letter or number before a footnote."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed: its words, whether blanks end it, its page, how many empty lines stand
    before it, whether it is a title, and whether it stands above the first sentence; the line with
    its blanks, and the column where it begins. Where it is the first row of a table, this.
    """

    text: str
    trailing: bool
    page: int
    blanks: int
    title: bool = False
    in_head: bool = False
    raw: str = ""
    indent: int = 0
    table: Table | None = None

    @property
    def apart(self) -> bool:
        """Whether an empty line stands before it."""
        return self.blanks > 0

    @property
    def end(self) -> int:
        """The column behind its last letter."""
        return self.indent + len(self.text)


def goes_on(gathered: list[PrintedLine], line: PrintedLine, width: float, setting: Setting) -> bool:
    """Whether a line goes on with those before it; `width` is the length of a full line."""
    before = gathered[-1]
    if before.table or line.table or MARK.match(line.text) or setting.is_whole:
        return False
    if (whole := _by_form(gathered, line)) is not None:
        return whole
    text = " ".join(part.text for part in gathered) if STAMP.match(gathered[0].text) else ""
    if text and text.count("(") > text.count(")"):
        return len(gathered) < _LONGEST_STAMP
    if setting.is_known:
        return _is_broken(gathered, line, setting)
    return _within(before, line) or _reads_on(gathered, line, width, is_stamp=bool(text))


def _reads_on(
    gathered: list[PrintedLine], line: PrintedLine, width: float, *, is_stamp: bool
) -> bool:
    """Whether the ends of a line and of the one before tell that it goes on; `is_stamp`: a stamp
    has ended there.
    """
    before = gathered[-1]
    if (
        is_stamp
        or STAMP.match(line.text)
        or _APART.match(line.text)
        or connector_of(line.text)
        or connector_of(before.text)
    ):
        return False
    label = split_label(line.text)[0]
    if _wraps_an_item(gathered, line, label):
        return True
    if (label and label[0] not in "(o-–—" and label[-1] not in ".)") or (
        ITEM_END.search(before.text) and _is_short(before, width)
    ):
        return False
    if (
        _OPEN_END.search(before.text)
        and not line.apart
        and not (label and ITEM_END.search(before.text))
    ):
        return True
    if ends_with_number(before.text) and re.match(r"\(\d", line.text):
        return True
    if label or NOTE.match(line.text):
        return False
    labelled = split_label(gathered[0].text)[0] is not None
    return _fits(before, line, width, FULL_ITEM if labelled else _FULL)


def _is_broken(gathered: list[PrintedLine], line: PrintedLine, setting: Setting) -> bool:
    """Whether the line before was broken where lines of one width are, and this one is its rest:
    set to the edge of its text, or where that is one line, to that of the label's.
    """
    before, first = gathered[-1], gathered[0]
    if line.apart or setting.had_room(before.end, line.text) or connector_of(before.text):
        return False
    label = split_label(first.text)[0]
    edge = first.indent + len(label) + 1 if label else first.indent
    if abs(line.indent - before.indent) > 1 and (len(gathered) > 1 or line.indent < edge - 1):
        return False
    if CODE.match(line.text) and CODE.match(first.text) and before.text[-1] not in ",–-":
        return False  # the next row of a list
    noted = label is not None and NOTE.match(line.text) is not None
    begins = noted or split_label(line.text)[0] is not None
    closed = _ITEM_CLOSED.search(before.text) or _JOINED.search(before.text)
    return not (begins and (closed or line.indent != (edge if label else before.indent)))


def _by_form(gathered: list[PrintedLine], line: PrintedLine) -> bool | None:
    """Whether titles, brackets, and signs that print raises above its line tell that a line goes
    on; None where they tell nothing.
    """
    before = gathered[-1]
    if _NAMED.match(gathered[0].text) and _goes_on_naming(before, line):
        return True
    if LEADERS.search(before.text) and line.text.isdigit():
        return True
    if before.title or line.title or is_contents(before.text):
        return before.title and line.title and _is_one_title(before, line)
    raised = RAISED.match(line.text) and not _SENTENCE_END.search(before.text)
    behind = RAISED.fullmatch(before.text) and not split_label(line.text)[0]
    return True if raised or behind or _is_open(gathered, line) else None


def _goes_on_naming(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line goes on with the name of a policy: it stands close below, and is neither a
    sentence nor a label with its value.
    """
    return (
        not line.apart
        and ":" not in line.text
        and not _SENTENCE_END.search(before.text)
        and not _SENTENCE_END.search(line.text)
        and split_label(line.text)[0] is None
    )


def _is_one_title(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a title goes over two lines: the first leaves its end open, the second stands in
    brackets, or both stand together in the head of the document, above its first sentence.
    """
    together = not line.apart and (line.text.startswith("(") or line.in_head)
    return OPEN_END.search(before.text) is not None or together


def _is_open(gathered: list[PrintedLine], line: PrintedLine) -> bool:
    """Whether a bracket of the last line or the one before waits for its end."""
    last = " ".join(part.text for part in gathered[-_BRACKETED:])
    return (
        not line.apart
        and last.rfind("(") > last.rfind(")")
        and ")" in line.text
        and not connector_of(line.text)
        and split_label(line.text)[0] is None
    )


def _wraps_an_item(gathered: list[PrintedLine], line: PrintedLine, label: str | None) -> bool:
    """Whether a line in small letters goes on with a labelled item whose sentence has not ended: a
    next item would have a label too.
    """
    return (
        label is None
        and split_label(gathered[0].text)[0] is not None
        and not _ITEM_CLOSED.search(gathered[-1].text)
        and not any(part.text.endswith(":") for part in gathered)
        and not line.apart
        and line.text[:1].islower()
    )


def _within(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether a lower-case "and" or "or" on a line of its own, or what follows it, is a part of a
    sentence whose links were cut out.
    """
    small = connector_of(line.text) is not None and line.text.islower()
    return not line.apart and (
        (small and not _SENTENCE_END.search(before.text))
        or (before.text in ("and", "or") and not before.apart)
    )


def _fits(before: PrintedLine, line: PrintedLine, width: float, full: float) -> bool:
    """Whether a line without a label goes on with the one before, by how both begin and end;
    `full` is the share of the width from which a line is full.
    """
    bare = _BARE_LINK.fullmatch(line.text) or (_ASIDE.fullmatch(line.text) and not line.apart)
    if bare and not _SENTENCE_END.search(before.text):
        return True
    if line.apart:
        return (
            _GOES_ON.match(line.text) is not None
            and line.text[0] in ",;:.)"
            and not _SENTENCE_END.search(before.text)
        )
    if _GOES_ON.match(line.text):
        return True
    filled = (len(before.text) + 1 + len(line.text.split(" ", 1)[0])) / width
    if filled > full:
        return not _SENTENCE_END.search(before.text) or (
            before.trailing and filled > _FULL_BEHIND_A_SENTENCE
        )
    return (
        before.trailing
        and not _SENTENCE_END.search(before.text)
        and len(before.text) > 3
        and not _is_title(before.text)
    )


def _is_short(line: PrintedLine, width: float) -> bool:
    # two lines that a hyphen made one
    length = len(line.text) if len(line.text) < 1.15 * width else len(line.text) - width
    return length < _FULL * width if width < float("inf") else line.apart


def _is_title(text: str) -> bool:
    """A labelled short line such as "A. General": it ends where its line does."""
    return split_label(text)[0] is not None and len(text) < 60
