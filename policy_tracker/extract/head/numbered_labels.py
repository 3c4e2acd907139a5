"""Numbers behind labels that are on no list, told by the words of which such labels are made
("Guidance No.: 7.3", "Ref. No. SR-12"), behind the word for a kind of document alone ("Standard
QX 12"), beside the title, alone on a line, and those that running lines print behind the payer's
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from policy_tracker.extract.head.letterhead import payer_slug
from policy_tracker.extract.head.number_forms import ALONE, LABELLED, is_number, is_number_alone
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document

_NUMBER_BEHIND = re.compile(rf"(?P<name>.*[a-z])[\s|(–—-]+(?P<value>{LABELLED})\)?")
_WORD = r"(?:number|num|nbr|no|id|identifier|code|reference|ref|#)"
_ENDS = r"(?![\w/-])"
_FIRST_BLOCKS = 20
_FIRST_ROWS, _FIRST_PIECES = 24, 12
_BY_FORM = re.compile(
    rf"^(?i:(?:[a-z]+ ){{1,3}}(?:no\.?|number|#|set|sheet|series)) ?(?P<value>{ALONE})$"
)
"""A number that its form betrays behind words of which the last is one for numbers."""
_CHAPTER = re.compile(r"\bChapter \d{1,3},? Section \d[\d.]*\d?\b")
"""What a manual numbers its policies by."""
_BARE = re.compile(
    r"(?:^|[\t|;(]\s*)(?i:no\.|nr\.|num\.|#|id|ref\.|index) ?:?\s*"
    rf"(?P<value>{LABELLED})(?=$|[\s,;|)])"
)
"""A word for numbers alone before one: "No. 394"."""
_ANY_LABEL = re.compile(
    r"^(?!(?i:.*\b(?:cpt|hcpcs|icd|ndc|codes?|phone|fax|page|version|edition)\b))"
    r"[A-Za-z][A-Za-z &/'’.-]{2,40}\s*[:|\t]\s*"
    rf"(?P<value>{ALONE}|[A-Z]{{1,6}}\d{{3,5}})(?=$|\s*[\t|;,])"
)
"""What has the form of a number behind any label."""
_ALONE_ON_LINE = re.compile(r"[A-Z]{2,6}\d{3,5}")
_AT_END = re.compile(r"[A-Z].{3,160}?[a-z)] (?P<value>[A-Z]{2,6}\d{4,5})")
"""A number that closes the line of a title: "Mapping of Wrist Lamps QX1234"."""
_LONGEST_ROW = 200
_PAGE = re.compile(r"\bpage\s*:?\s*\d+(?:\s*(?:of|/)\s*\d+)?\W*$", re.IGNORECASE)
_ENDS_WITH_LABEL = re.compile(r"^[A-Z][\w ]{2,40} (?:number|no\.|#):?$", re.IGNORECASE)
"""A label whose number stands on the next line."""
_LEAST_LONG = 3
"""Characters of a number behind a word that is no label: fewer are a page or a chapter."""
_BESIDE = re.compile(
    rf"(?:(?P<before>{ALONE})\s*(?::|\s[-–—|]|[–—|])\s*[A-Z].{{3,160}}"
    r"|(?P<before_colon>[A-Z]{2,6}\d{3,5}): [A-Z].{3,160}"
    rf"|.{{3,160}}?(?:\s*[(\[](?P<in_brackets>{ALONE})[)\]]|\s[-–—|]\s(?P<behind>{ALONE})))"
)
"""A number and a title on one line, parted by a mark: `LX-12: Vein Mapping`, `Vein Mapping
(LX-12)`.
"""


def number_by_words(document: Document, payer: str) -> str | None:
    """The number of a policy that no known label announces, None where none is printed."""
    rows = list(_rows(document))
    if chapter := next(filter(None, map(_CHAPTER.search, rows)), None):
        return chapter[0]
    for pattern, least in (
        (_labelled(), 1),
        (_behind_kind(), _LEAST_LONG),
        (_BY_FORM, 1),
        (_BARE, 2),
    ):
        for text in rows:
            for match in pattern.finditer(text):
                value = _whole(match["value"])
                if is_number(value) and len(value) >= least:
                    return value
    for text in dict.fromkeys((*document.running, *(line.text for line in document.header[:6]))):
        match = _NUMBER_BEHIND.fullmatch(" ".join(text.split()))
        if match and is_number(match["value"]) and payer_slug(match["name"]) == payer:
            return match["value"]
    return _number_alone(document) or _behind_any_label(document) or _number_of_furniture(document)


def _number_of_furniture(document: Document) -> str | None:
    """A number in the running lines, or in the last line of a text without pages, alone or behind
    the kind of document.
    """
    last = [block.text for block in document.blocks[-1:] if block.table is None]
    for text in (*document.running, *last):
        words = _PAGE.sub("", " ".join(text.split())).strip(" |–—-")
        if is_number_alone(words):
            return words
        match = _kind_and_number().fullmatch(words)
        if match and is_number(match["value"]) and len(match["value"]) >= _LEAST_LONG:
            return match["value"]
    return None


@cache
def _kind_and_number() -> re.Pattern[str]:
    kinds = joined("letterheads", "kind_in_title")
    return re.compile(rf"(?:(?i:{kinds})[\s:#|–—-]+){{1,4}}(?P<value>{LABELLED})")


def _number_alone(document: Document) -> str | None:
    """A number that stands alone on a line or beside the title, and that its form betrays."""
    lines = [" ".join(line.text.split()) for line in document.header[:_FIRST_PIECES]]
    for text in lines:
        if is_number_alone(text) or _ALONE_ON_LINE.fullmatch(text):
            return text
    for text in lines:
        if match := _AT_END.fullmatch(text):
            return match["value"]
        match = _BESIDE.fullmatch(text)
        value = next(filter(None, match.groups())) if match else ""
        if match and (match["before_colon"] or is_number_alone(value)):
            return value
    return None


def _behind_any_label(document: Document) -> str | None:
    """What has the form of a number behind the first label of the head that it follows."""
    for row in rows_of(document.header[:60])[:_FIRST_PIECES]:
        match = _ANY_LABEL.search(row.text)
        if match and is_number(match["value"]):
            return match["value"]
    return None


def _whole(value: str) -> str:
    return value.rstrip(".-/")


@cache
def _labelled() -> re.Pattern[str]:
    """A label that ends with a word for a number, or begins with one ("Code of policy"), and its
    value.

    Its other words name kinds of documents; where a colon or another column follows, one of them
    may be any word.
    """
    kinds = rf"(?:{joined('letterheads', 'kind_in_title')}|{_BESIDE_KINDS})"
    start = r"(?:^|[\t|;]\s*|\s{2,})"
    named = rf"(?:{kinds}[\s/&]+){{1,4}}{_WORD}"
    turned = rf"{_WORD} of (?:the )?(?:{kinds}\s?){{1,3}}"
    short = r"(?:ref|doc|pol)\.? ?(?:number|no|#|id)"
    any_word = rf"[a-z]{{3,}}(?:[\s/&]+{kinds})?[\s/&]+{_WORD}"
    return re.compile(
        rf"{start}(?:(?i:{named}|{turned}|{short})[.#]?(?:\s*[:#|\t]\s*|\s+)"
        rf"|(?i:{any_word})[.#]?\s*[:|\t]\s*)(?P<value>{LABELLED}){_ENDS}"
    )


_BESIDE_KINDS = (
    r"reference|document|file|record|control|topic|article|protocol|plan|rule|assessment"
    r"|standard|position"
)


@cache
def _behind_kind() -> re.Pattern[str]:
    """The word for a kind of document with a number behind it: "Policy QX 12", "Guideline: W7"."""
    nouns = (
        r"policy|guideline|bulletin|standard|determination|criteria|rule|protocol|reference"
        r"|document|number"
    )
    return re.compile(
        rf"(?:^|.*\s|\|)(?i:{nouns})\s*(?:[:|\t#]\s*|\s)(?P<value>{LABELLED})"
        r"(?=$|\s*[:,;|\t)]|\s(?i:version|ver|v|rev|revision|effective)\b)"
    )


def _rows(document: Document) -> Iterator[str]:
    rows = [row.text for row in rows_of(document.header[:60])[:_FIRST_ROWS]]
    for row, following in zip_longest(rows, rows[1:], fillvalue=""):
        yield f"{row}\t{following}" if _ENDS_WITH_LABEL.search(row) else row
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is None:
            yield block.text[:_LONGEST_ROW]
        else:
            for row in block.table.rows[:12]:
                yield "\t".join(cell.text.strip() for cell in row.cells if cell.text.strip())
