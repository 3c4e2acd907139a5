"""Lines that begin with a code, wherever they stand: lists of codes that no table holds, as text
layers print them.

A list is told by its lines alone: several near each other begin with a code that no words before
it introduce. What a paragraph holds of such lines is cut apart again, so that each code has its own
words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import glued, join_traced
from policy_tracker.extract.structure.codes_at_end import match_behind, stands_among_such
from policy_tracker.language.code_forms import (
    CODE,
    CODE_ALONE,
    LABEL_OF_CODE,
    MARKS,
    NO_CODES,
    TO,
    WILDCARD,
)
from policy_tracker.language.code_mentions import SYSTEM_NAMES, codes_named, read_list
from policy_tracker.language.disposition import disposition_of, names_codes, status_of_column
from policy_tracker.language.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.blocks import Block

_STATUS_MARK = r"(?:\s?[(\[][A-Z][A-Z/&-]{0,6}[)\]])?"
_WORDS = rf"(?:{MARKS}\s?)*[A-Z(\[\"“]"
_BEGINS = re.compile(
    rf"{LABEL_OF_CODE}{MARKS}{{0,3}}\s?(?P<code>{WILDCARD}|{CODE_ALONE}){MARKS}{{0,3}}{_STATUS_MARK}"
    rf"(?=\s*[.;:]?$|\s+{_WORDS}|[\s,;/&]+{CODE}|\s*[-–—:|]\s*$|\s*[-–—:|]\s*{_WORDS}|{TO}{CODE})"
)
_LABELLED = re.compile(
    r"(?P<words>[A-Z][^:]{2,160}?):\s+(?P<codes>[^:]*\d[^:]*(?::[^:]+)*)", re.DOTALL
)
_LABEL_AMID = re.compile(
    rf"(?:{CODE}){MARKS}{{0,3}}[\s.,;)]+"
    rf"(?P<label>(?!{SYSTEM_NAMES})[A-Z][A-Za-z-]+ (?:(?!{CODE})[^:]){{1,160}}:"
    rf"(?=\s*$|\s*(?:{SYSTEM_NAMES}\s*)?{CODE}))"
)
"""A label that stands right behind codes, in front of its own."""
_CERTAIN = re.compile(rf"{MARKS}{{0,3}}\s?{CODE}")
"""A code that stands for itself; a category of diagnoses (C61) may be any word of its form."""
_AMID = re.compile(rf"(?<=\s)(?P<code>{CODE}){MARKS}{{0,3}}{_STATUS_MARK}(?=\s+[A-Z(\[\"“])")
_INTRODUCED = re.compile(
    r"(?:[,(/&–—-]|\b(?:and|or|codes?|CPT®?|HCPCS|modifiers?|see|with|by|for|of|the|an?|to|through|than"
    r"|in|at|from|is|are|as|on|box|suite))\s*$",
    re.IGNORECASE,
)
"""Words behind which a code goes on with a sentence."""
_ANNOUNCED = re.compile(
    r"\b(?:following|these|listed|below)\b[^.;]{0,40}\bcodes?\s*$", re.IGNORECASE
)
"""Words that lead to a list of codes, however it goes on."""
_WITH_WORDS = re.compile(rf"{MARKS}{{0,3}}{_STATUS_MARK}\s+[A-Z][a-z]")
_OPEN_RANGE = re.compile(rf"{CODE_ALONE}\s*(?:[-–—]|\b(?:through|thru|to))\s*$")
_NAMES_CODES = re.compile(r"\bcodes?\b|\b(?:CPT|HCPCS|ICD-?10)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
"""What every code has, and most texts have not."""
_CAPITAL = re.compile(r"(?<=\s)[A-Z](?=[a-z])")
_FOOTNOTE = re.compile(r"[*†‡§^#+]{1,3}\s*(?:Note\b|[A-Z])")
_BRACKET = re.compile(r"\(?[A-Za-z]{1,3}\)")
"""A bracket that a description ends with, where it opens a line: "C)"."""
_REMARKS = re.compile(
    r"\bdescriptions?\W+(?:comments?|notes?|remarks?|status|coverage|determination|limitations?"
    r"|disposition|position)\W*$",
    re.IGNORECASE,
)
"""Titles of columns, of which the one behind the description says what holds for each code."""
_TITLES = re.compile(r"\bdescriptions?\W*$", re.IGNORECASE)
APART = " · "
"""What is put between the description of a code and a remark of another column."""
_LONGEST_LABEL = 160
_LONGEST_STATUS = 420
_FARTHEST = 14
"""Lines between two codes of one list: descriptions run over several, and pages break in them."""
_LOOK_BACK = 8
"""Blocks above a list among which its labels are looked for."""
_COLUMN_TITLES = 5
_COLUMN = re.compile(
    r"(?:(?:CPT|HCPCS|ICD-?10(?:-?CM)?|codes?|descriptions?|code\(s\)|status|comments?|category|type"
    r"|®|\*|/|\s)+)",
    re.IGNORECASE,
)
"""Titles of columns, which stand between a label and its codes."""
_LEAST = 2
"""Codes that make a list where nothing announces one."""


@remembered
def begins_with_code(text: str, before: str = "") -> bool:
    """Whether a line is one of a list of codes; `before` is the line above it in its paragraph."""
    match = _BEGINS.match(text)
    if match is None or _is_count(text):
        return False
    if _OPEN_RANGE.search(before):
        return False
    listed = before and read_list(before.rstrip(" ,;")) is not None
    announced = _ANNOUNCED.search(before) and _WITH_WORDS.match(text, match.end("code"))
    return bool(listed or announced) or not _INTRODUCED.search(before)


def _is_count(text: str) -> bool:
    """Whether a line begins with what only looks like a code: "93999 patients", a ZIP code."""
    match = NO_CODES.match(text)
    return match is not None and not (match[0][:1].isdigit() and match[0].split()[-1].istitle())


def lists_behind_label(text: str) -> bool:
    """Whether a line names codes behind a colon and nothing else: "Not covered: 93999, 93998"."""
    return label_of_list(text) is not None


def _at_labels(text: str) -> list[str]:
    starts = [0, *labels_amid(text)]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def labels_amid(text: str) -> list[int]:
    """Where labels begin that stand right behind codes, in front of others."""
    if ":" not in text:
        return []
    return [match.start("label") for match in _LABEL_AMID.finditer(text)]


@remembered
def label_of_list(text: str) -> str | None:
    """The words in front of the colon where only codes stand behind it."""
    match = _LABELLED.fullmatch(text)
    return match["words"] if match and read_list(match["codes"].rstrip(".")) else None


def repeated_lines(blocks: Iterable[Block]) -> frozenset[str]:
    """The short lines that a document prints more than once, as running heads are."""
    counted = Counter(
        without_numbers(block.text)
        for block in blocks
        if block.table is None and len(block.text) <= _LONGEST_LABEL
    )
    return frozenset(text for text, times in counted.items() if times > 1)


def without_numbers(text: str) -> str:
    """A line as running heads are compared: the number of the page does not count."""
    return re.sub(r"\d+", "0", text.strip())


def stands_above_codes(number: int, blocks: Sequence[Block]) -> bool:
    """Whether a block is right above codes, titles of columns aside."""
    for block in blocks[number + 1 : number + 1 + _COLUMN_TITLES]:
        if block.table is not None or _is_entry(block):
            return True
        if not _COLUMN.fullmatch(block.text.strip()):
            return False
    return False


def says_status(text: str) -> bool:
    """Whether a line says what holds for the codes below it: "Not covered", "Codes denied:"."""
    return (
        len(text) <= _LONGEST_LABEL
        and text[:1].isalpha()
        and text[:1].isupper()
        and not _BEGINS.match(text)
        and disposition_of(text) is not None
        and (text.rstrip().endswith(":") or not text.rstrip().endswith((".", ",", ";")))
    )


def cut_at_codes(block: Block) -> list[Block]:
    """A block cut where its lines begin with a code, or say what holds for the codes below."""
    if block.table is not None or block.kind in ("heading", "note"):
        return [block]
    starts = sorted({0, *_starts(block)})
    if len(starts) == 1:
        return [block]
    cut = [
        block.saying(block.traced().cut(start, end).stripped())
        for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True)
    ]
    first, *rest = [piece for piece in cut if piece.text]
    return [first, *(replace(one, kind="paragraph", label=None, label_kind=None) for one in rest)]


def entries_of(blocks: Sequence[Block]) -> list[Block]:
    """Blocks cut at their codes, each code with all of its words: what goes on with the description
    of a code belongs to it, wherever lines and pages break.
    """
    out: list[Block] = []
    remarks, titles = False, ""
    for block in (cut for whole in blocks for cut in cut_at_codes(whole)):
        if titles := "" if _is_entry(block) else f"{titles} {block.text}"[-_LONGEST_LABEL:]:
            remarks = bool(_REMARKS.search(titles)) or (remarks and not _TITLES.search(titles))
        if out and _OPEN_RANGE.search(out[-1].text) and _CERTAIN.match(block.text):
            out[-1] = out[-1].saying(join_traced([out[-1].traced(), block.traced()]))
        elif remarks and _is_entry(block):
            out.append(_with_remark_apart(block))
        elif out and _is_entry(out[-1]) and remarks and _is_remark(block):
            out[-1] = out[-1].saying(glued([("", out[-1].traced()), (APART, block.traced())]))
        elif out and _is_entry(out[-1]) and _goes_on(out[-1], block):
            out[-1] = out[-1].saying(join_traced([out[-1].traced(), block.traced()]))
        else:
            out.append(block)
    return out


def _with_remark_apart(block: Block) -> Block:
    """A code whose words end with what the last column says, set apart from its description."""
    for match in _CAPITAL.finditer(block.text):
        if status_of_column(block.text[match.start() :]):
            words = block.traced()
            before, behind = words.cut(0, match.start()).stripped(), words.cut(match.start())
            return block.saying(glued([("", before), (APART, behind)]))
    return block


def _is_remark(block: Block) -> bool:
    """Whether a line stands in the last column of a list whose titles were "Description Comments":
    it is about the code before it.
    """
    text = block.text.rstrip()
    return (
        block.table is None
        and block.kind not in ("heading", "note")
        and not text.endswith(":")
        and says_status(text)
    )


def _is_entry(block: Block) -> bool:
    return block.table is None and not _is_counted(block) and begins_with_code(block.text)


def _goes_on(entry: Block, block: Block) -> bool:
    """Whether a block goes on with the words behind a code.

    It does behind a code alone, behind words that are not at their end, or where it begins amid a
    sentence.
    """
    text, before = block.text, entry.text.rstrip()
    if block.table is not None or block.kind in ("heading", "note") or block.style.bold == "all":
        return False
    if (
        not text
        or begins_with_code(text)
        or says_status(text)
        or text.rstrip().endswith(":")
        or disposition_of(text)
        or _FOOTNOTE.match(text)
    ):
        return False
    if _is_counted(block) and block.label and not _BRACKET.fullmatch(block.label):
        return False
    bare = read_list(before) is not None
    if bare:
        return entry.kind != "table" and not _NAMES_CODES.search(text)
    unfinished = before[-1:] in ",;(-–/" or before.count("(") > before.count(")")
    return unfinished or text[:1].islower() or (text[:1] in "(*)" and text[-1:] != ":")


def _starts(block: Block) -> Iterator[int]:
    before = ""
    lines = _lines(block)
    for number, (start, line) in enumerate(lines):
        listed = begins_with_code(line, before) or lists_behind_label(line)
        said = says_status(line) or _is_title(number, lines) or _FOOTNOTE.match(line)
        if listed or (before and said):
            yield start
        before = line
    yield from labels_amid(block.text)
    if len(lines) == 1 and _BEGINS.match(block.text):
        yield from _amid(block.text)


def _is_title(number: int, lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a line amid others is a title of the codes below it, whatever it says of them."""
    line = lines[number][1]
    if not line[:1].isupper() or line[-1:] in ".,;" or len(line) > _LONGEST_LABEL:
        return False
    if not names_codes(line):
        return False
    for _, below in lines[number + 1 : number + 1 + _COLUMN_TITLES]:
        if begins_with_code(below):
            return True
        if not _COLUMN.fullmatch(below):
            return False
    return False


def _amid(text: str) -> Iterator[int]:
    """The codes amid a paragraph whose lines were joined, each in front of its own words."""
    for match in _AMID.finditer(text):
        if not _INTRODUCED.search(text[: match.start()]):
            yield match.start()


def _lines(block: Block) -> list[tuple[int, str]]:
    """The lines of a block, each with where it begins in its text."""
    starts = [0, *(piece.at for piece in block.pieces if piece.at)]
    ends = [*starts[1:], len(block.text)]
    return [(start, block.text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]


def code_runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where blocks are a list of codes, each from its labels up to behind its last code."""
    found = list(_code_lines(blocks))
    runs: list[list[tuple[int, int, str]]] = []
    for one in found:
        if runs and one[1] - runs[-1][-1][1] <= _FARTHEST:
            runs[-1].append(one)
        else:
            runs.append([one])
    taken: list[tuple[int, int]] = []
    for run in runs:
        begin = _first_label(blocks, run[0][0])
        codes = {code for _, _, code in run if _CERTAIN.match(code)}
        announced = begin < run[0][0] and any(
            _NAMES_CODES.search(block.text) for block in blocks[begin : run[0][0]]
        )
        if not codes or (len(codes) < _LEAST and not announced):
            continue
        begin = max(begin, taken[-1][1] if taken else 0)
        taken.append((begin, run[-1][0] + 1))
    return taken


def _code_lines(blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """The lines that begin with a code: the number of their block, their own, and the code."""
    number = 0
    texts = [block.text if block.table is None and not block.label else "" for block in blocks]
    for place, block in enumerate(blocks):
        number += 1
        if block.table is not None or _is_counted(block):
            continue
        if not _DIGIT.search(block.text):
            number += len(_lines(block))
            continue
        if stands_among_such(place, texts) and (match := match_behind(block.text)):
            number += 1
            yield place, number, match["codes"]
            continue
        before = ""
        for _, line in _lines(block):
            number += 1
            if begins_with_code(line, before) and (match := _BEGINS.match(line)):
                yield place, number, match["code"]
                if read_list(line.rstrip(".")) is not None:
                    yield from ((place, number, code) for code in codes_named(line))
            elif all(lists_behind_label(part) for part in _at_labels(line)):
                yield from ((place, number, code) for code in codes_named(line))
            before = line


def _is_counted(block: Block) -> bool:
    """Whether a block has a number or letter before it, as references have."""
    return block.label is not None and block.label_kind != "bullet"


def _first_label(blocks: Sequence[Block], first: int) -> int:
    """The first of the blocks right above a list that say what it is, or what holds for it."""
    begin = first
    for place in range(first - 1, max(-1, first - 1 - _LOOK_BACK), -1):
        block = blocks[place]
        text = block.text.strip()
        if block.table is not None or len(text) > _LONGEST_STATUS:
            break
        names = _NAMES_CODES.search(text) is not None
        if says_status(text) or (names and len(text) <= _LONGEST_LABEL):
            begin = place
        elif len(text) > _LONGEST_LABEL or text.endswith(".") or block.label is not None:
            break  # what stands above an item leads to that
    return begin
