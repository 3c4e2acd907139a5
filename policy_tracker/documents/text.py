"""Plain text to blocks: wrapped lines are joined, labels and bullets found, page breaks (form
feeds) counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from policy_tracker.documents.blocks import Block, Cell, Document, Line, Place, Row, Table
from policy_tracker.documents.labels import NOTE, connector_of, label_kind
from policy_tracker.documents.levels import STEP, Levels, split_label
from policy_tracker.documents.text_columns import (
    HEADER_END,
    HEADER_START,
    is_header,
    is_list,
    rows_of_cells,
    rows_of_lines,
)
from policy_tracker.documents.text_furniture import running_numbers
from policy_tracker.documents.text_titles import (
    OPEN_END,
    RAISED,
    SetLine,
    end_of_head,
    is_contents,
    title_lines,
)
from policy_tracker.documents.traced import Piece, Traced
from policy_tracker.language.numbers import ends_with_number

STAMP = re.compile(r"\(\s*Rev\b", re.IGNORECASE)
"""How the stamp of a CMS manual's section begins: `(Rev. 173, Issued: 09-04-14, Effective: …,
Implementation: …)`.
"""
_ASIDE = re.compile(r"\([A-Z][^().]{4,60}\)")
"""A line in brackets as a whole: "Lamps for Evening Work" goes on with "(Night Lamps)"."""
_NAMED = re.compile(r"(?:[A-Z]\w+ )?(?:title|subject|policy name):\s", re.IGNORECASE)
_HEAD_LINES = 60
_WRAPPED = (40, 140)
"""Characters between which lines are taken for wrapped; longer ones hold a paragraph each."""
_FULL, _FULL_BEHIND_A_SENTENCE = 0.82, 0.92
"""From which share of the width a line is taken for full; letters differ in width, and a sentence's
end may be a paragraph's.
"""
_FULL_ITEM = 0.7
"""The same for the lines of items, which are set in."""
_OPEN_END = re.compile(
    r"(?:[,(§/–—-]|§§|\b(?:and|or|of|the|a|an|to|in|for|with|by|at|on|as|that|than|from|under|per|is|are|[Ss]ee))$"
)
_APART = re.compile(r"cross[- ]?references?\s*:", re.IGNORECASE)
_GOES_ON = re.compile(r"[a-z,;:.)\]%”’&]|\([A-Z]{2,}")
_BARE_LINK = re.compile(r"\d+(?:\.\d+)+")
_SENTENCE_END = re.compile(r"[.!?:;][”\"')\]]*$")
_LIST_END = re.compile(
    r"cross[- ]?references?\b|\(?This NCD\b|\(\s*Rev\b|\d{1,3}(?:\.\d{1,3})* ?[-–—] [A-Z]",
    re.IGNORECASE,
)
_LONGEST_STAMP = 6
_BRACKETED = 2
_ITEM_CLOSED = re.compile(r"(?:;\s*(?:and/or|and|or)?|[.!?:][”\"')\]]*)$")
_ITEM_END = re.compile(r"[;,]\s*(?:and/or|and|or)?$|;$")
_LONE_LABEL = re.compile(
    r"[•▪●◦○■□➢►▶‣⁃∙·§✓✔❖\uf0a7\uf0b7\uf0d8\uf0a8\uf0fc\uf076]|o|\(?(?:[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5}|\d{1,2})[.)]"
)
_TELLING = 0.5
"""The share of paragraphs that end in a blank from which blanks do not tell of wrapped lines."""
_SPACES = re.compile(r"[^\S\n]+")


class _Gathered(NamedTuple):
    """Lines that belong together: their words, the page they begin on, whether they are a title."""

    words: Traced
    page: int
    title: bool


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as printed: its words, whether blanks end it, its page, whether an empty line stands
    before it, whether it is a title, and whether it stands above the first sentence.
    """

    text: str
    trailing: bool
    page: int
    apart: bool
    title: bool = False
    in_head: bool = False


def read_text(text: str) -> Document:
    """A plain text as a document; every form feed begins a page."""
    printed = list(_printed(text))
    pages = text.rstrip("\f").count("\f") + 1
    paged = pages > 1
    running = running_numbers([line.text for line in printed], [line.page for line in printed])
    lines = _titled(_labelled(_without(printed, running)))
    blocks = tuple(
        block for part in _parts(lines) for block in _part_blocks(part, _width(lines), paged=paged)
    )
    header = tuple(Line(line.text, Place(1)) for line in printed[:_HEAD_LINES] if line.page == 1)
    once = {re.sub(r"\d+", "#", printed[place].text): place for place in sorted(running)[::-1]}
    return Document(
        "text",
        pages,
        blocks,
        header,
        running=tuple(printed[place].text for place in sorted(once.values())),
    )


def _without(lines: list[_Printed], running: set[int]) -> Iterator[_Printed]:
    """The lines without those that run along the pages; over a page break nothing stands apart."""
    broken = False
    for place, line in enumerate(lines):
        if place in running:
            broken = True
            continue
        yield replace(line, apart=False) if broken else line
        broken = False


def _labelled(lines: Iterator[_Printed]) -> Iterator[_Printed]:
    """The lines, where an enumerator or bullet that stands on a line of its own is put before the
    words that follow it.
    """
    label: _Printed | None = None
    before = ""
    for line in lines:
        alone = _LONE_LABEL.fullmatch(line.text) and not OPEN_END.search(before)
        before = line.text
        if label is not None and alone:
            yield label
        if alone:
            label = line
        elif label is not None:
            yield replace(line, text=f"{label.text} {line.text}", apart=label.apart)
            label = None
        else:
            yield line
    if label is not None:
        yield label


def _titled(printed: Iterator[_Printed]) -> list[_Printed]:
    """The lines, the titles among them marked; where paragraphs end in a blank as their other lines
    do, the blank tells nothing.
    """
    lines = list(printed)
    width = _width(lines)
    set_lines = [SetLine(line.text, line.apart) for line in lines]
    titles, head = title_lines(set_lines, width), end_of_head(set_lines)
    last = [
        line for line in lines if line.text[-1] in ".;:" and len(line.text) < _FULL_ITEM * width
    ]
    blanks = not last or sum(line.trailing for line in last) < _TELLING * len(last)
    return [
        replace(
            line, title=place in titles, trailing=line.trailing and blanks, in_head=place < head
        )
        for place, line in enumerate(lines)
    ]


def _printed(text: str) -> Iterator[_Printed]:
    apart = False
    for page, part in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").split("\f"), start=1
    ):
        for raw in part.split("\n"):
            words = " ".join(_SPACES.sub(" ", raw).split())
            if not words:
                apart = True
                continue
            yield _Printed(words, raw != raw.rstrip(), page, apart)
            apart = False


def _parts(lines: list[_Printed]) -> Iterator[list[_Printed]]:
    """The lines, cut where a two-column list begins and where it ends."""
    begin, place = 0, 0
    while place < len(lines):
        if _starts_list(lines, place):
            end = next(
                (later for later in range(place, len(lines)) if _LIST_END.match(lines[later].text)),
                len(lines),
            )
            if _rows(lines[place:end]):
                yield lines[begin:place]
                yield lines[place:end]
                begin = place = end
                continue
        place += 1
    yield lines[begin:]


def _starts_list(lines: list[_Printed], place: int) -> bool:
    text, following = lines[place].text, lines[place + 1].text if place + 1 < len(lines) else ""
    return is_header(text) or (
        HEADER_START.fullmatch(text) is not None and HEADER_END.fullmatch(following) is not None
    )


def _rows(lines: list[_Printed]) -> list[tuple[str, str]]:
    """The rows of a two-column list that begins with its header; none where what follows is no such
    list.
    """
    if is_header(lines[0].text):
        rows = rows_of_lines([line.text for line in lines if not is_header(line.text)])
    else:
        cells: list[list[_Printed]] = []
        for line in lines[2:]:
            if line.apart or not cells:
                cells.append([])
            cells[-1].append(line)
        rows = rows_of_cells([_joined(cell).text for cell in cells])
    return rows if is_list(rows) else []


def _part_blocks(lines: list[_Printed], width: float, *, paged: bool) -> Iterator[Block]:
    if not lines or not _starts_list(lines, 0) or not (rows := _rows(lines)):
        yield from _with_lists(list(_blocks(_paragraphs(lines, width), paged=paged)))
        return
    cells = [("Item", "Coverage"), *rows]
    table = Table(
        2, tuple(Row((Cell((name,), 0, 0), Cell((coverage,), 1, 1))) for name, coverage in cells)
    )
    yield Block("table", "", places=(Place(lines[0].page),) if paged else (), table=table)


def _paragraphs(lines: list[_Printed], width: float) -> Iterator[_Gathered]:
    """The lines that belong together."""
    gathered: list[_Printed] = []
    for line in lines:
        if gathered and not _goes_on(gathered, line, width):
            yield _Gathered(
                _joined(gathered), gathered[0].page, all(part.title for part in gathered)
            )
            gathered = []
        gathered.append(line)
    if gathered:
        yield _Gathered(_joined(gathered), gathered[0].page, all(part.title for part in gathered))


def _width(lines: list[_Printed]) -> float:
    """The characters that a full line has; infinite where lines are not wrapped."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 4:
        return float("inf")
    if _WRAPPED[0] <= lengths[-1] <= _WRAPPED[1]:
        return float(lengths[int(0.95 * (len(lengths) - 1))] if len(lengths) > 40 else lengths[-1])
    long = lengths[int(0.9 * (len(lengths) - 1))]
    few_longer = len(lengths) > 40 and lengths[int(0.98 * (len(lengths) - 1))] <= 1.15 * long
    wrapped = _WRAPPED[0] <= long <= _WRAPPED[1] and (few_longer or lengths[-1] <= 1.6 * long)
    return float(long) if wrapped else float("inf")


def _goes_on(gathered: list[_Printed], line: _Printed, width: float) -> bool:
    """Whether a line goes on with those before it."""
    before = gathered[-1]
    if (whole := _by_form(gathered, line)) is not None:
        return whole
    text = " ".join(part.text for part in gathered) if STAMP.match(gathered[0].text) else ""
    if text and text.count("(") > text.count(")"):
        return len(gathered) < _LONGEST_STAMP
    if _within(before, line):
        return True
    if (
        text
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
        _ITEM_END.search(before.text) and _is_short(before, width)
    ):
        return False
    if (
        _OPEN_END.search(before.text)
        and not line.apart
        and not (label and _ITEM_END.search(before.text))
    ):
        return True
    if ends_with_number(before.text) and re.match(r"\(\d", line.text):
        return True
    if label or NOTE.match(line.text):
        return False
    labelled = split_label(gathered[0].text)[0] is not None
    return _fits(before, line, width, _FULL_ITEM if labelled else _FULL)


def _by_form(gathered: list[_Printed], line: _Printed) -> bool | None:
    """Whether titles, brackets, and signs that print raises above its line tell that a line goes
    on; None where they tell nothing.
    """
    before = gathered[-1]
    if _NAMED.match(gathered[0].text) and _goes_on_naming(before, line):
        return True
    if before.title or line.title or is_contents(before.text):
        return before.title and line.title and _is_one_title(before, line)
    raised = RAISED.match(line.text) and not _SENTENCE_END.search(before.text)
    behind = RAISED.fullmatch(before.text) and not split_label(line.text)[0]
    return True if raised or behind or _is_open(gathered, line) else None


def _goes_on_naming(before: _Printed, line: _Printed) -> bool:
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


def _is_one_title(before: _Printed, line: _Printed) -> bool:
    """Whether a title goes over two lines: the first leaves its end open, the second stands in
    brackets, or both stand together in the head of the document, above its first sentence.
    """
    together = not line.apart and (line.text.startswith("(") or line.in_head)
    return OPEN_END.search(before.text) is not None or together


def _is_open(gathered: list[_Printed], line: _Printed) -> bool:
    """Whether a bracket of the last line or the one before waits for its end."""
    last = " ".join(part.text for part in gathered[-_BRACKETED:])
    return (
        not line.apart
        and last.rfind("(") > last.rfind(")")
        and ")" in line.text
        and not connector_of(line.text)
        and split_label(line.text)[0] is None
    )


def _wraps_an_item(gathered: list[_Printed], line: _Printed, label: str | None) -> bool:
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


def _within(before: _Printed, line: _Printed) -> bool:
    """Whether a lower-case "and" or "or" on a line of its own, or what follows it, is a part of a
    sentence whose links were cut out.
    """
    small = connector_of(line.text) is not None and line.text.islower()
    return not line.apart and (
        (small and not _SENTENCE_END.search(before.text))
        or (before.text in ("and", "or") and not before.apart)
    )


def _fits(before: _Printed, line: _Printed, width: float, full: float) -> bool:
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


def _is_short(line: _Printed, width: float) -> bool:
    # two lines that a hyphen made one
    length = len(line.text) if len(line.text) < 1.15 * width else len(line.text) - width
    return length < _FULL * width if width < float("inf") else line.apart


def _is_title(text: str) -> bool:
    """A labelled short line such as "A. General": it ends where its line does."""
    return split_label(text)[0] is not None and len(text) < 60


def _joined(lines: list[_Printed]) -> Traced:
    """Lines as one text, of which each line stays a piece."""
    text = ""
    pieces: list[Piece] = []
    for line in lines:
        if (
            text
            and not re.search(r"\w-$|[(§]$", text)
            and not re.match(r"[,;:.)](?:\s|$)", line.text)
        ):
            text += " "
        pieces.append(Piece(len(text), "", len(text), len(line.text)))
        text += line.text
    return Traced(text, tuple(pieces))


def _blocks(paragraphs: Iterator[_Gathered], *, paged: bool) -> Iterator[Block]:
    levels = Levels()
    waiting: Block | None = None
    for words, page, title in paragraphs:
        connector = connector_of(words.text)
        if connector and waiting:
            waiting = replace(waiting, connector=connector)
            continue
        if waiting:
            yield waiting
        places = (Place(page),) if paged else ()
        if title:
            levels.clear()
            waiting = Block("heading", words.text, places=places).of_lines(words)
        else:
            waiting = _block(words, levels, places)
    if waiting:
        yield waiting


def _with_lists(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs behind a colon that end as items do are items whose labels were lost."""
    state: Literal["closed", "announced", "inside"] = "closed"
    for block in blocks:
        ends = _ITEM_END.search(block.text) is not None
        is_item = (
            block.kind == "paragraph"
            and not block.label
            and (state == "inside" or (state == "announced" and ends))
        )
        yield replace(block, kind="item", indent=STEP, text_indent=2 * STEP) if is_item else block
        after = "announced" if block.text.endswith(":") else "closed"
        state = "inside" if is_item and ends else after


def _block(words: Traced, levels: Levels, places: tuple[Place, ...]) -> Block:
    text = words.text
    if NOTE.match(text):
        return Block("note", text, places=places).of_lines(words)
    label, rest = split_label(text)
    if label is None:
        return Block("paragraph", text, places=places).of_lines(words)
    level, kind = levels.place(label)
    indent = (level + 1) * STEP
    return Block(
        "item", rest, label, kind or label_kind(label), indent, indent + STEP, places=places
    ).of_lines(words)
