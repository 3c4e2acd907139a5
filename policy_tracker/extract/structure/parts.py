"""The large parts of a policy that the readers of codes and histories ask for, told by the words of
headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.traced import Traced
from policy_tracker.extract.structure.code_lines import code_runs, says_status
from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.lexicon import PartKind, entries_of
from policy_tracker.language.remembered import remembered

_NUMBERED = r"^(?:[IVX]{1,4}\.|[A-Z]\.|\d{1,2}(?:\.\d)?\.?)?\s*"
_END = r"\s*:?\s*(?:\(continued\))?$"
_RUN_IN = re.compile(
    (
        r"^(?:policy (?:history|implementation/update information)|document history|revision "
        r"details|references?|history)\s*:\s+\S"
    ),
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"\.{4,}\s*\d+$|\s\d{1,3}$")
LONGEST_HEADING = 130
_IN_A_COLUMN = 30.0
_LONGEST_PLAIN = 60
_BETWEEN_PAGES = 6
"""Lines that stand between two pages of one list: running heads and titles of columns."""
_ABOVE_HEADING = 3
"""Lines above the heading of a list of codes among which the one is looked for that says what holds
for these.
"""
_BELOW_STATUS = 2
_BELOW_HEADING = 8
"""How many lines may stand between a plain heading of codes and the first of these."""
_WITHOUT_LISTS: frozenset[PartKind] = frozenset({"coding", "history", "references"})
_LEAST_COLUMNS = 2
_ENDING_CODES: frozenset[PartKind] = frozenset({"references", "history"})
_CODE_LINE = re.compile(rf"{CODE_ALONE}(?=\s+[A-Z(\[]|[\s,;]+{CODE_ALONE}|\s*$)")
_SYSTEM = re.compile(
    r"(?:applicable |covered |billing |related )?(?:CPT|HCPCS|ICD-?10(?:-CM|-PCS)?)®?"
    r"(?: (?:level ii|procedure|diagnosis))?(?: codes?)?:?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of blocks under one large heading.

    `number` is the place of its first block (the heading) in the document.
    """

    kind: PartKind
    heading: str
    blocks: tuple[Block, ...]
    number: int

    @property
    def title(self) -> Traced:
        """The heading as the document prints it."""
        first = self.blocks[0] if self.heading and self.blocks else None
        return first.traced() if first and first.text == self.heading else Traced(self.heading)


def kind_of_heading(text: str, extra: Sequence[tuple[PartKind, str]] = ()) -> PartKind | None:
    """The kind of part that a heading opens, None where it opens none; `extra` are a format's own
    words, asked first.
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_HEADING:
        return None
    for kind, pattern in extra:
        if re.fullmatch(
            _NUMBERED.lstrip("^") + f"(?:{pattern})" + _END.rstrip("$"), words, re.IGNORECASE
        ):
            return kind
    return _kind_of_words(words)


@remembered
def _kind_of_words(words: str) -> PartKind | None:
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), None)


@cache
def _patterns() -> tuple[tuple[PartKind, re.Pattern[str]], ...]:
    """For each kind, in the order of the lexicon, its headings with a number before them or not."""
    words: dict[PartKind, list[str]] = {}
    for entry in entries_of("parts"):
        if entry.meaning.part:
            words.setdefault(entry.meaning.part, []).append(entry.pattern)
    return tuple(
        (kind, re.compile(_NUMBERED + f"(?:{'|'.join(said)})" + _END, re.IGNORECASE))
        for kind, said in words.items()
    )


def opens_part(block: Block, extra: Sequence[tuple[PartKind, str]] = ()) -> PartKind | None:
    """The kind of part that a block opens: a heading, a short line in bold or capitals, a run-in
    heading of a history or references.
    """
    if block.table is not None or _is_line_of_contents(block.text):
        return None
    text = (
        f"{block.label} {block.text}"
        if block.label and block.label_kind != "bullet"
        else block.text
    )
    looks = block.kind == "heading" or (
        block.kind in ("paragraph", "item")
        and (
            block.style.bold == "all"
            or block.style.banner
            or text.isupper()
            or text.rstrip().endswith(":")
        )
    )
    if looks and (kind := kind_of_heading(text, extra)):
        return kind
    if block.label is None and (match := _RUN_IN.match(text)):
        return kind_of_heading(match[0][:-1], extra)
    return None


def _is_line_of_contents(text: str) -> bool:
    """Whether a text ends with the number of a page."""
    return text.rstrip()[-1:].isdigit() and _CONTENTS.search(text) is not None


def _opened_plainly(
    number: int, blocks: Sequence[Block], kind: PartKind, extra: Sequence[tuple[PartKind, str]]
) -> PartKind | None:
    """The kind of part that a line opens which looks like all others, as in a text without type:
    that of codes where lines of codes follow it, and what ends these.
    """
    block = blocks[number]
    text = block.text.strip()
    if block.kind != "paragraph" or block.label or len(text) > _LONGEST_PLAIN:
        return None
    opened = kind_of_heading(text, extra)
    if kind == "coding":
        return opened if opened in _ENDING_CODES else None
    reach = _BELOW_HEADING if opened == "coding" else 1 if _SYSTEM.fullmatch(text) else 0
    for below in blocks[number + 1 : number + 1 + reach]:
        if opens_part(below, extra) not in (None, "coverage", "coding"):
            return None
        if below.table is None and _CODE_LINE.match(below.text):
            return "coding"
    return None


def _heads_codes_alone(number: int, blocks: Sequence[Block]) -> bool:
    """Whether a heading whose words nobody knows stands over lines of codes and nothing else."""
    if blocks[number].kind != "heading":
        return False
    below = takewhile(lambda block: block.kind != "heading", blocks[number + 1 :])
    lines = [block.table is None and _CODE_LINE.match(block.text) is not None for block in below]
    return bool(lines) and all(lines)


def _states_of_codes(number: int, blocks: Sequence[Block]) -> bool:
    """Whether a line that looks like all others says what holds for the codes below it: "Not
    covered:" in a list of these.
    """
    block = blocks[number]
    plain = block.kind == "paragraph" and block.style.bold != "all" and not block.style.banner
    return plain and any(
        below.table is None and _CODE_LINE.match(below.text)
        for below in blocks[number + 1 : number + 1 + _BELOW_STATUS]
    )


def stands_inside(block: Block, heading: Block) -> bool:
    """Whether a heading stands in a row of a history: further in than the history's own heading,
    and smaller than that.

    Summaries of changes name the changed sections in bold, and where a table's row goes on over a
    page they look like headings.
    """
    smaller = block.style.size < heading.style.size - 0.4 or (
        heading.style.banner and not block.style.banner
    )
    return smaller and heading.indent > 0 and block.indent > heading.indent + _IN_A_COLUMN


def parts_of(blocks: Sequence[Block], extra: Sequence[tuple[PartKind, str]] = ()) -> Iterator[Part]:
    """The document cut at its large headings; what stands before the first is a part of kind
    `other` without a heading.

    A list of codes within another part is a part of codes of its own.
    """
    waiting: list[Part] = []
    for headed in _headed_parts(blocks, extra):
        for found in [headed] if headed.kind in _WITHOUT_LISTS else _lists_apart(headed):
            part = found
            if joined := _continued(waiting, part):
                waiting = [joined]
                continue
            if waiting and part.kind == "coding":
                waiting[-1:], part = _with_labels_above(waiting[-1], part)
            if len(waiting) > 1 or not _may_go_on(waiting, part):
                yield from waiting
                waiting = []
            waiting.append(part)
    yield from waiting


def _with_labels_above(before: Part, part: Part) -> tuple[list[Part], Part]:
    """A list of codes with the line that says what holds for it, where its own heading stands below
    that: "Not covered:" above "Codes".
    """
    blocks = before.blocks
    begin = len(blocks)
    for place in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _ABOVE_HEADING), -1):
        block = blocks[place]
        if block.table is not None or (place == 0 and before.heading):
            break
        if says_status(block.text.strip()):
            begin = place
        elif block.label is not None:
            break  # an item: what stands above it leads to that
        elif len(block.text) > _LONGEST_PLAIN or block.text.rstrip().endswith("."):
            break
    if before.kind in _WITHOUT_LISTS or begin == len(blocks):
        return [before], part
    number = part.number - (len(blocks) - begin)
    kept = [replace(before, blocks=blocks[:begin])] if begin else []
    return kept, replace(part, blocks=(*blocks[begin:], *part.blocks), number=number)


def _may_go_on(waiting: Sequence[Part], part: Part) -> bool:
    """Whether a part may stand within the list of codes before it, as the lines between two pages
    do.
    """
    return (
        len(waiting) == 1
        and waiting[0].kind == "coding"
        and part.kind not in _WITHOUT_LISTS
        and len(part.blocks) <= _BETWEEN_PAGES
        and all(
            block.table is None and block.kind != "heading" and len(block.text) <= _LONGEST_PLAIN
            for block in part.blocks
        )
    )


def _continued(waiting: Sequence[Part], part: Part) -> Part | None:
    """A list of codes with the part that goes on with it: below a title of its columns that stood
    above it already.
    """
    if not waiting or waiting[0].kind != "coding" or part.kind != "coding" or not part.heading:
        return None
    first = waiting[0]
    titles = {block.text for block in first.blocks if len(block.text) <= _LONGEST_PLAIN}
    if part.heading not in titles or part.blocks[0].kind == "heading":
        return None
    blocks = tuple(block for one in (*waiting, part) for block in one.blocks)
    return replace(first, blocks=blocks)


def _lists_apart(part: Part) -> Iterator[Part]:
    """A part, cut where lists of codes stand in it that no heading announces."""
    begin = 0
    for start, end in code_runs(part.blocks):
        if start > begin:
            yield replace(part, blocks=part.blocks[begin:start], number=part.number + begin)
        yield Part("coding", "", part.blocks[start:end], part.number + start)
        begin = end
    if begin < len(part.blocks) or not begin:
        yield replace(part, blocks=part.blocks[begin:], number=part.number + begin)


def _headed_parts(blocks: Sequence[Block], extra: Sequence[tuple[PartKind, str]]) -> Iterator[Part]:
    numbers, lines = _with_plain_titles_apart(blocks, extra)
    start, kind, heading = 0, "other", ""
    for number, block in enumerate(lines):
        opened = (
            None
            if kind == "history" and stands_inside(block, lines[start])
            else opens_part(block, extra)
            or _opened_plainly(number, lines, kind, extra)
            or ("coding" if kind != "coding" and _heads_codes_alone(number, lines) else None)
        )
        if opened == "coverage" and kind == "coding" and _states_of_codes(number, lines):
            continue
        if opened is None or (opened == "history" and kind == "history" and number - start < 3):
            continue
        if number > start:
            yield Part(kind, heading, tuple(lines[start:number]), numbers[start])
        start, kind, heading = number, opened, block.text
    yield Part(kind, heading, tuple(lines[start:]), numbers[start] if numbers else 0)


def _with_plain_titles_apart(
    blocks: Sequence[Block], extra: Sequence[tuple[PartKind, str]]
) -> tuple[list[int], list[Block]]:
    """The blocks, where paragraphs hold titles of codes, references or histories on lines of their
    own with these apart, and for each the number of its block.
    """
    numbers: list[int] = []
    apart: list[Block] = []
    for number, block in enumerate(blocks):
        cut = [block]
        if block.table is not None:
            cut = list(_chapters(block, block.table, extra))
        elif block.kind == "paragraph" and len(block.pieces) > 1 and not block.label:
            cut = _titles_apart(block, extra)
        apart += cut
        numbers += [number] * len(cut)
    return numbers, apart


def _chapters(block: Block, table: Table, extra: Sequence[tuple[PartKind, str]]) -> Iterator[Block]:
    """A table, cut where a line across it opens a history, references or codes, as where two tables
    touch.
    """
    begin = 0
    for number, row in enumerate(table.rows):
        title = _title_across(row, table)
        opened = kind_of_heading(title.text, extra) if title and number else None
        if title is None or opened not in ("coding", *_ENDING_CODES):
            continue
        if opened == "coding" and _SYSTEM.fullmatch(title.text.strip()):
            continue  # of the rows below, in the same table
        if begin < number:
            yield replace(block, table=replace(table, rows=table.rows[begin:number]))
        words = title.traced()
        yield replace(block, kind="heading", table=None, text=words.text, pieces=words.pieces)
        begin = number + 1
    yield replace(block, table=replace(table, rows=table.rows[begin:])) if begin else block


def _title_across(row: Row, table: Table) -> Cell | None:
    """The cell of a row that holds nothing else, where it stands across the columns."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if table.columns < _LEAST_COLUMNS or len(filled) != 1:
        return None
    one = filled[0]
    return one if one.last_column > one.first_column or len(row.cells) == 1 else None


def _titles_apart(block: Block, extra: Sequence[tuple[PartKind, str]]) -> list[Block]:
    starts = [piece.at for piece in block.pieces]
    ends = [*starts[1:], len(block.text)]
    lines = [block.text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    titles = [_is_plain_title(line, extra) for line in lines]
    lists = _CODE_LINE.match(lines[0]) is not None
    cuts = [0]
    for number in range(1, len(lines)):
        leads = lists and lines[number].endswith(":") and lines[number][:1].isupper()
        if titles[number] or titles[number - 1] or leads:
            cuts.append(starts[number])
    if len(cuts) == 1:
        return [block]
    return [
        block.saying(block.traced().cut(start, end).stripped())
        for start, end in zip(cuts, [*cuts[1:], len(block.text)], strict=True)
    ]


def _is_plain_title(line: str, extra: Sequence[tuple[PartKind, str]]) -> bool:
    return (
        0 < len(line) <= _LONGEST_PLAIN
        and line[0].isupper()
        and (
            _SYSTEM.fullmatch(line) is not None
            or kind_of_heading(line, extra) in ("coding", *_ENDING_CODES)
        )
    )
