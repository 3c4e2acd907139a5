"""Codes that a document names by their system in prose which is neither a statement nor a list:
"the biopsy (CPT 93999) includes the picture".

Nothing there decides for them, unless the sentence itself does. They are kept so that whoever looks
for a code finds the policy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.provenance import where_in
from policy_tracker.language.code_forms import CODE
from policy_tracker.language.code_mentions import Codes, read_inline
from policy_tracker.language.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.extract.structure.parts import Part
    from policy_tracker.record import ListedCode
    from policy_tracker.record.code_lists import CodeGroup

_OF_OWN_FORM = frozenset({"CPT", "HCPCS", "CDT", "ICD10CM"})
_READ_BY_OTHERS = frozenset({"history", "references", "coding"})
_SYSTEM = r"(?:CPT|HCPCS|CDT|ICD-?10(?:-?CM)?)\W{0,2}(?:\s*(?:level II|procedure|codes?|\(s\)))*"
_NAMED = re.compile(
    rf"\b{_SYSTEM}[\s:(]*(?:(?:{CODE}|[\s,;/&()®*-]|\b(?:and|or|through|to)\b|{_SYSTEM})*)$"
)
"""A system's name, with nothing but codes between it and the next code."""
_OPEN = re.compile(rf"\b{_SYSTEM}\s*$")
_LEAST_WORDS = 3
_MAY_MATTER = re.compile(r"(?=[\dCH])(?:\d|CPT|HCPCS|CDT)")
"""What stands in every text that names a code, or a system whose code is in the next."""
_DIGIT = re.compile(r"\d")
"""What every code has, and most sentences have not."""


def named_elsewhere(
    parts: Iterable[Part], groups: Sequence[CodeGroup]
) -> Iterator[tuple[str, Traced, int | None, Codes]]:
    """The sentences that name codes which no list and no statement has: the heading above, the
    words, the page, and these codes.
    """
    known = {code.code for group in groups for code in group.codes}
    spans = [span for group in groups for span in group.ranges]
    for part in parts:
        if part.kind in _READ_BY_OTHERS:
            continue
        for words, page in _sentences(part.blocks):
            if not _DIGIT.search(words.text):
                continue
            found = read_inline(words.text, where_in(words, page))
            told = tuple(
                code
                for code in found.codes
                if code.code not in known
                and not any(one.system == code.system and one.holds(code.code) for one in spans)
                and _is_named(words.text, code)
            )
            ranges = tuple(
                span
                for span in found.ranges
                if span not in spans and _follows_name(words.text, span.raw)
            )
            known.update(code.code for code in told)
            spans += ranges
            if told or ranges:
                placed = found.placed if ranges == found.ranges else ()
                yield (
                    part.heading,
                    words,
                    page,
                    replace(found, codes=told, ranges=ranges, placed=placed),
                )


def _is_named(text: str, code: ListedCode) -> bool:
    if code.system not in _OF_OWN_FORM:
        return True  # such are read behind their system's name alone
    return _follows_name(text, code.code)


def _follows_name(text: str, printed: str) -> bool:
    """Whether nothing but codes stands between a system's name and what is printed."""
    return any(
        _NAMED.search(text, 0, found.start()) for found in re.finditer(re.escape(printed), text)
    )


def _sentences(blocks: Sequence[Block]) -> Iterator[tuple[Traced, int | None]]:
    """The sentences of prose. One that ends with a system's name goes on in the next block, as
    where a raised sign breaks the line.
    """
    waiting: Traced | None = None
    for block in blocks:
        for words, page in _prose(block):
            if not re.search(r"\w", words.text):
                continue
            if waiting is None and not _MAY_MATTER.search(words.text):
                continue
            whole = glued([("", waiting), (" ", words)]) if waiting else words
            waiting = whole if _OPEN.search(whole.text) else None
            if waiting is None:
                for start, end in sentence_spans(whole.text):
                    yield whole.cut(start, end), page


def _prose(block: Block) -> Iterator[tuple[Traced, int | None]]:
    if block.table is None:
        yield block.traced().stripped(), block.page
        return
    for row in block.table.rows:
        for cell in row.cells:
            if len(cell.text.split()) >= _LEAST_WORDS:
                yield cell.traced().stripped(), row.page or block.page
