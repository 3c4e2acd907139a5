"""Plain text to blocks: wrapped lines are joined, labels and bullets found, page breaks (form
feeds) counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from policy_tracker.documents.blocks import (
    Block,
    Cell,
    Document,
    Line,
    Place,
    Row,
    Style,
    Table,
)
from policy_tracker.documents.labels import NOTE, connector_of, label_kind
from policy_tracker.documents.levels import STEP, Levels, split_label
from policy_tracker.documents.text_alone import alone_titles
from policy_tracker.documents.text_columns import (
    HEADER_END,
    HEADER_START,
    is_header,
    is_list,
    rows_of_cells,
    rows_of_lines,
)
from policy_tracker.documents.text_furniture import running_numbers
from policy_tracker.documents.text_setting import Setting, are_whole, broken_at, is_set_in
from policy_tracker.documents.text_tables import RawLine, tables_in
from policy_tracker.documents.text_titles import (
    OPEN_END,
    SECTION,
    SetLine,
    end_of_head,
    title_lines,
)
from policy_tracker.documents.text_wraps import FULL_ITEM, ITEM_END, MARK, PrintedLine, goes_on
from policy_tracker.documents.traced import Piece, Traced

_HEAD_LINES = 60
_WRAPPED = (40, 140)
"""Characters between which lines are taken for wrapped; longer ones hold a paragraph each."""
_LIST_END = re.compile(
    r"cross[- ]?references?\b|\(?This NCD\b|\(\s*Rev\b|\d{1,3}(?:\.\d{1,3})* ?[-–—] [A-Z]",
    re.IGNORECASE,
)
_STARRED = re.compile(r"(\s*)\*\s+\S")
_LONE_LABEL = re.compile(
    r"[•▪●◦○■□◆◇♦★➢►▶▸»›‣⁃∙·§✓✔❖\uf0a7\uf0b7\uf0d8\uf0a8\uf0fc\uf076]|o|\(?(?:[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5}|\d{1,2})[.)]"
)
_TELLING = 0.5
"""The share of paragraphs that end in a blank from which blanks do not tell of wrapped lines."""
_TAB = 8
_COLUMN = 4.5
"""Points that one column counts for, so that four are a step."""
_SPACES = re.compile(r"[^\S\n]+")


class _Gathered(NamedTuple):
    """Lines that belong together: their words, the page they begin on, whether they are a title."""

    words: Traced
    page: int
    title: bool
    indent: int = 0
    table: Table | None = None


def read_text(text: str) -> Document:
    """A plain text as a document; every form feed begins a page."""
    printed = list(_printed(_with_bullets(text)))
    pages = text.rstrip("\f").count("\f") + 1
    paged = pages > 1
    running = running_numbers([line.text for line in printed], [line.page for line in printed])
    kept = [*_with_tables([*_without(printed, running)])]
    setting = _setting(kept)
    lines = _titled(_labelled(iter(kept)), setting)
    width = _width(lines, setting)
    blocks = tuple(
        block for part in _parts(lines) for block in _part_blocks(part, width, setting, paged=paged)
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


def _with_bullets(text: str) -> str:
    """The text with bullets for the stars of a list: those of lines behind a colon or another such
    line. Elsewhere a star marks what a footnote is about.
    """
    lines = text.split("\n")
    listed = False
    for place, line in enumerate(lines):
        starred = _STARRED.match(line)
        if starred and listed:
            lines[place] = f"{line[: starred.end(1)]}•{line[starred.end(1) + 1 :]}"
        elif line.strip():
            listed = line.rstrip().endswith(":") or (listed and line[:1].isspace())
    return "\n".join(lines)


def _without(lines: list[PrintedLine], running: set[int]) -> Iterator[PrintedLine]:
    """The lines without those that run along the pages; over a page break a line stands apart where
    more empty lines are there than there ever are between such lines and the text, as far as form
    feeds show the breaks.
    """
    paged = bool(lines) and lines[-1].page > 1
    usual_above, usual_below = _usual_blanks(lines, running)
    above = before = 0
    for place, line in enumerate(lines):
        if place in running:
            if not place or place - 1 not in running:
                above = line.blanks
            continue
        if not place or place - 1 not in running:
            yield line
        elif not paged:
            yield replace(line, blanks=0)
        elif lines[before].page == line.page:
            yield replace(line, blanks=max(above, line.blanks))
        else:
            blanks = max(0, above - usual_above) + line.blanks - usual_below
            yield replace(line, blanks=max(0, blanks))
        before = place


def _usual_blanks(lines: list[PrintedLine], running: set[int]) -> tuple[int, int]:
    """The fewest empty lines between the text and a running line below it, and above it."""
    above = [
        line.blanks
        for place, line in enumerate(lines)
        if place and place in running and place - 1 not in running
    ]
    below = [
        line.blanks
        for place, line in enumerate(lines)
        if place and place not in running and place - 1 in running
    ]
    return min(above, default=0), min(below, default=0)


def _setting(lines: list[PrintedLine]) -> Setting:
    """How the lines are set."""
    lines = [line for line in lines if not line.table]
    shown, close = [(line.text, line.end) for line in lines], [not line.apart for line in lines]
    width = broken_at(shown, close)
    known = width < float("inf")
    begun = [
        line.indent
        for line in lines
        if split_label(line.text)[0] or (known and line.indent and line.apart)
    ]
    whole = not known and are_whole(shown, close)
    # elsewhere blanks at the beginning of a few lines tell nothing
    return Setting(width, (known or whole) and is_set_in(begun), whole)


def _with_tables(lines: list[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, where those that are the rows of a table are one that holds it."""
    begin = 0
    for found in tables_in([RawLine(line.raw, line.apart, line.page) for line in lines]):
        yield from lines[begin : found.start]
        yield replace(lines[found.start], table=found.table)
        begin = found.end
    yield from lines[begin:]


def _labelled(lines: Iterator[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, where an enumerator or bullet that stands on a line of its own is put before the
    words that follow it.
    """
    label: PrintedLine | None = None
    before = ""
    for line in lines:
        alone = not line.table and _LONE_LABEL.fullmatch(line.text) and not OPEN_END.search(before)
        before = line.text
        if label is not None and alone:
            yield label
        if alone:
            label = line
        elif label is not None and line.table:
            yield from (label, line)
            label = None
        elif label is not None:
            words = f"{label.text} {line.text}"
            yield replace(line, text=words, blanks=label.blanks, indent=label.indent)
            label = None
        else:
            yield line
    if label is not None:
        yield label


def _titled(printed: Iterator[PrintedLine], setting: Setting) -> list[PrintedLine]:
    """The lines, the titles among them marked; where paragraphs end in a blank as their other lines
    do, the blank tells nothing.
    """
    lines = list(printed)
    width = _width(lines, setting)
    set_lines = [SetLine(line.text, line.apart, line.blanks) for line in lines]
    titles = (
        alone_titles(set_lines)
        if setting.is_known or setting.is_whole
        else title_lines(set_lines, width)
    )
    head = end_of_head(set_lines)
    last = [line for line in lines if line.text[-1] in ".;:" and len(line.text) < FULL_ITEM * width]
    blanks = not last or sum(line.trailing for line in last) < _TELLING * len(last)
    return [
        replace(
            line,
            title=place in titles and not line.table,
            trailing=line.trailing and blanks,
            in_head=place < head,
        )
        for place, line in enumerate(lines)
    ]


def _printed(text: str) -> Iterator[PrintedLine]:
    blanks = 0
    for page, part in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").split("\f"), start=1
    ):
        for raw in part.split("\n"):
            words = " ".join(_SPACES.sub(" ", raw).split())
            if not words:
                blanks += 1
                continue
            spread = raw.expandtabs(_TAB).rstrip()
            indent = len(spread) - len(spread.lstrip())
            yield PrintedLine(words, raw != raw.rstrip(), page, blanks, raw=raw, indent=indent)
            blanks = 0


def _parts(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
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


def _starts_list(lines: list[PrintedLine], place: int) -> bool:
    text, following = lines[place].text, lines[place + 1].text if place + 1 < len(lines) else ""
    return is_header(text) or (
        HEADER_START.fullmatch(text) is not None and HEADER_END.fullmatch(following) is not None
    )


def _rows(lines: list[PrintedLine]) -> list[tuple[str, str]]:
    """The rows of a two-column list that begins with its header; none where what follows is no such
    list.
    """
    if is_header(lines[0].text):
        rows = rows_of_lines([line.text for line in lines if not is_header(line.text)])
    else:
        cells: list[list[PrintedLine]] = []
        for line in lines[2:]:
            if line.apart or not cells:
                cells.append([])
            cells[-1].append(line)
        rows = rows_of_cells([_joined(cell).text for cell in cells])
    return rows if is_list(rows) else []


def _part_blocks(
    lines: list[PrintedLine], width: float, setting: Setting, *, paged: bool
) -> Iterator[Block]:
    if not lines or not _starts_list(lines, 0) or not (rows := _rows(lines)):
        gathered = _paragraphs(lines, width, setting)
        yield from _with_lists(list(_blocks(gathered, setting, paged=paged)))
        return
    cells = [("Item", "Coverage"), *rows]
    table = Table(
        2, tuple(Row((Cell((name,), 0, 0), Cell((coverage,), 1, 1))) for name, coverage in cells)
    )
    yield Block("table", "", places=(Place(lines[0].page),) if paged else (), table=table)


def _paragraphs(lines: list[PrintedLine], width: float, setting: Setting) -> Iterator[_Gathered]:
    """The lines that belong together."""
    gathered: list[PrintedLine] = []
    for line in lines:
        if gathered and not goes_on(gathered, line, width, setting):
            yield _gathered(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _gathered(gathered)


def _gathered(lines: list[PrintedLine]) -> _Gathered:
    first = lines[0]
    return _Gathered(
        _joined(lines), first.page, all(line.title for line in lines), first.indent, first.table
    )


def _width(lines: list[PrintedLine], setting: Setting) -> float:
    """The characters that a full line has; infinite where lines are not wrapped."""
    if setting.is_known:
        return setting.width
    lengths = sorted(len(line.text) for line in lines if not line.table)
    if len(lengths) < 4:
        return float("inf")
    if _WRAPPED[0] <= lengths[-1] <= _WRAPPED[1]:
        return float(lengths[int(0.95 * (len(lengths) - 1))] if len(lengths) > 40 else lengths[-1])
    long = lengths[int(0.9 * (len(lengths) - 1))]
    few_longer = len(lengths) > 40 and lengths[int(0.98 * (len(lengths) - 1))] <= 1.15 * long
    wrapped = _WRAPPED[0] <= long <= _WRAPPED[1] and (few_longer or lengths[-1] <= 1.6 * long)
    return float(long) if wrapped else float("inf")


def _joined(lines: list[PrintedLine]) -> Traced:
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


def _blocks(paragraphs: Iterator[_Gathered], setting: Setting, *, paged: bool) -> Iterator[Block]:
    levels = Levels()
    waiting: Block | None = None
    for part in paragraphs:
        connector = None if part.table else connector_of(part.words.text)
        if connector and waiting:
            waiting = replace(waiting, connector=connector)
            continue
        if waiting:
            yield waiting
        places = (Place(part.page),) if paged else ()
        if part.table:
            waiting = Block("table", "", places=places, table=_paged(part.table, paged=paged))
        elif part.title and (not split_label(part.words.text)[0] or SECTION.match(part.words.text)):
            levels.clear()
            waiting = Block("heading", part.words.text, places=places).of_lines(part.words)
        else:
            waiting = _block(part, levels, places, setting)
    if waiting:
        yield waiting


def _paged(table: Table, *, paged: bool) -> Table:
    if paged:
        return table
    return replace(table, rows=tuple(replace(row, page=None) for row in table.rows))


def _with_lists(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs behind a colon that end as items do are items whose labels were lost."""
    state: Literal["closed", "announced", "inside"] = "closed"
    for block in blocks:
        ends = ITEM_END.search(block.text) is not None
        is_item = (
            block.kind == "paragraph"
            and not block.label
            and (state == "inside" or (state == "announced" and ends))
        )
        yield replace(block, kind="item", indent=STEP, text_indent=2 * STEP) if is_item else block
        after = "announced" if block.text.endswith(":") else "closed"
        state = "inside" if is_item and ends else after


def _block(part: _Gathered, levels: Levels, places: tuple[Place, ...], setting: Setting) -> Block:
    words = part.words
    text = words.text
    edge = STEP + part.indent * _COLUMN if setting.is_set_in and part.indent else 0.0
    if mark := MARK.match(text):
        label = unicodedata.normalize("NFKC", mark[1])
        behind = words.text[mark.end() :]
        return Block("item", behind, label, "mark", edge, edge, places=places).of_lines(words)
    if NOTE.match(text):
        return Block("note", text, indent=edge, places=places).of_lines(words)
    label, rest = split_label(text)
    if label is None:
        block = Block("paragraph", text, indent=edge, text_indent=edge, places=places)
        return block.of_lines(words)
    level, kind = levels.place(label)
    indent = max(edge, STEP) if setting.is_set_in else (level + 1) * STEP
    behind = (len(label) + 1) * _COLUMN if setting.is_set_in else STEP
    style = Style(bold="all") if part.title else Style()
    return Block(
        "item",
        rest,
        label,
        kind or label_kind(label),
        indent,
        indent + behind,
        style,
        places=places,
    ).of_lines(words)
