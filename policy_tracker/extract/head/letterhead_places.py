"""The issuer by where its name stands, where neither a word for companies nor a copyright tells it:
a line of capital words in the letterhead that is neither the title, nor a kind of document, nor a
heading, and of which the text speaks in capitals alone.

One sign is never enough. What counts are: that the name runs along the pages, that the page's own
title names it beside the subject, that sentences of the text speak of it, that it ends with a word
for organizations, and that it stands first, or beside the title or the kind of document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.head.company_forms import acting_names, is_state, state_office
from policy_tracker.extract.head.letterhead import (
    Issuer,
    bare_name,
    can_issue,
    known_issuer,
    letterhead_of,
    payer_slug,
    share_name,
)
from policy_tracker.extract.head.number_forms import LABELLED
from policy_tracker.extract.head.title_forms import is_capital, is_heading
from policy_tracker.language.common_words import rank_of
from policy_tracker.language.dates import MONTH, first_date
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Document

_FORM = re.compile(
    r"[A-Z][\w'’&.-]*(?:(?:,? (?:of|and|the|for|&))* (?:[A-Z][\w'’&.-]*|\d{1,4}(?= [A-Z]))){0,7}"
)
_PAGE = re.compile(r"\W*(?:page\W*)?\d+(?:\s*(?:of|/)\s*\d+)?\W*", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(rf" {LABELLED}$")
_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
"""Letters and digits in one word, as numbers of policies have."""
_WORD = re.compile(r"[a-z]{4}")
_MONTH = re.compile(rf"{MONTH}\b")
_OF = re.compile(r"(?:.*\s)?(?:of|by|from) (?:the )?(?P<name>[A-Z].*)")
_SMALL = frozenset({"a", "an", "the", "of", "by", "from"})
_FIRST_LINES = 3
_LEAST = 3
_LEAST_ALONE = 2
_CLEAR = 3
"""Weights from which a name counts: beside others or as one word, as a heading or a stamp may be,
and alone; and how much more than the next it must have.
"""
_MOST_BARS = 2
"""Between more bars stand the cells of a table, as in a list of drugs."""
_FIRM = re.compile(r" (?:services|solutions|review|management|associates|resources)$")
"""The last word of a company's name, but of many a subject's too."""
_LONG_WORD = 4
_SHORTEST_SENTENCE = 42


@dataclass(frozen=True, slots=True)
class _Place:
    """A name and the signs that it is the issuer's."""

    name: str
    weight: int


def issuer_by_place(document: Document, title: str) -> Issuer | None:
    """The issuer that its place and the text betray, None where nothing does, or where several
    names stand alike.
    """
    if office := state_office(letterhead_of(document)[0]):
        return Issuer(_slug(office))
    told = (place for place in _places(document, title) if place.weight)
    places = sorted(told, key=lambda place: -place.weight)
    if not places:
        return None
    best = places[0]
    slug = _slug(best.name)
    others = [place for place in places[1:] if not share_name(slug, _slug(place.name))]
    sure = _LEAST if others or " " not in best.name else _LEAST_ALONE
    if best.weight < sure:
        return None
    if others and best.weight - others[0].weight < _CLEAR:
        return None
    return Issuer(slug)


def _slug(name: str) -> str:
    return known_issuer(name) or payer_slug(name)


def _places(document: Document, title: str) -> Iterator[_Place]:
    top, edges = letterhead_of(document)
    top = [line for line in top if not _PAGE.fullmatch(line)]
    rows = (line for line in (*top, *document.running, *edges) if not _is_of_table(line))
    parts = (piece for line in rows for piece in line.split(" | "))
    pieces = (next(acting_names(piece), piece) for piece in parts)
    lines = [piece.strip() for piece in pieces if piece.strip()]
    body = _body(document)
    seen: set[str] = set()
    for number, line in enumerate(lines):
        name = _name_in(line)
        if number and lines[number - 1].endswith(":"):
            continue  # the value of a label beside or above it
        if name is None or name in seen or not _is_name(name, title, body):
            continue
        seen.add(name)
        first = number == 0 and len(top) > 1
        yield _Place(name, _weight(name, document, body, lines, first=first))


def _is_of_table(line: str) -> bool:
    """Whether a line has the bars of a table, as in a list of drugs: more than a head has, or one
    that has no kind of document between its bars.
    """
    pieces = line.lower().split(" | ")
    return line.count("|") > _MOST_BARS and not any(
        not _without_common(piece) for piece in pieces if _WORD.search(piece)
    )


def _name_in(line: str) -> str | None:
    """The name that a line can be: alone, before the kind of document, or behind "of"."""
    if ":" in line or first_date(line) or _MONTH.match(line):
        return None
    name = bare_name(line)
    whole = _NUMBER_BEHIND.sub("", " ".join(line.split()))
    if _FORM.fullmatch(whole) and not _documents().search(whole):
        name = whole  # "Tallvale Medicare": no kind of document stands behind the name
    if match := _OF.fullmatch(name):
        before = _kinds().sub(" ", name[: match.start("name")]).lower()
        if set(before.split()) <= _SMALL:
            name = match["name"]
    return name if _FORM.fullmatch(name) else None


def _is_name(name: str, title: str, body: str) -> bool:
    words = name.lower()
    own = _without_common(words)
    return (
        len(name) >= _LONG_WORD
        and not _MIXED.search(name)
        and can_issue(name, placed=True)
        and bool(own)
        and not is_heading(name)
        and not is_state(name)
        and words not in body
        and not (words in title.lower() or title.lower() in words)
    )


def _without_common(words: str) -> str:
    """What is left of a name without words for kinds of documents, departments and organizations,
    and the small words between them.
    """
    rest = _kinds().sub(" ", words)
    rest = _departments().sub(" ", rest)
    return re.sub(r"\b(?:of|and|the|for|an?|by|to|in)\b|[^\w]|\d", " ", rest).strip()


@cache
def _documents() -> re.Pattern[str]:
    """A word for a document at the end of a line, with what may stand behind it."""
    return re.compile(rf"\b(?:{joined('letterheads', 'document')})\b|\d", re.IGNORECASE)


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{joined('letterheads', 'kind_of_text')})\b", re.IGNORECASE)


@cache
def _departments() -> re.Pattern[str]:
    words = joined("letterheads", "department")
    nouns = joined("letterheads", "organization")
    return re.compile(rf"\b(?:{words}|{nouns})\b", re.IGNORECASE)


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{joined('letterheads', 'organization')})\b", re.IGNORECASE)


def _weight(name: str, document: Document, body: str, lines: Sequence[str], *, first: bool) -> int:
    running = any(bare_name(line) == name for line in document.running)
    parts = re.split(r"\s+[|–—-]\s+", document.title or "")
    site = len(parts) > 1 and any(bare_name(part) == name for part in parts)
    told = _speaks_of(name, body)
    noun = _nouns().search(name.split(maxsplit=1)[-1]) is not None and " " in name
    kind = any(not _without_common(line.lower()) and line != name for line in lines[:4])
    again = sum(bare_name(line) == name for line in lines) > 1
    coined = rank_of(name.split(maxsplit=1)[0].lower()) is None
    apart = first and (kind or coined)
    heads = coined and any(_heads(name, line) for line in lines[:_FIRST_LINES])
    firm = first and not noun and _FIRM.search(name.lower()) is not None
    return 2 * running + 3 * site + 2 * told + 2 * noun + first + apart + again + heads + firm


def _heads(name: str, line: str) -> bool:
    """Whether a line is a name before the kind of document: "Tallvale Coverage Bulletin"."""
    rest = line.removeprefix(name)
    return rest != line and bare_name(line) == name and _documents().search(rest) is not None


def _speaks_of(name: str, body: str) -> bool:
    """Whether sentences speak of a name, or of its first word of its own, in capitals alone."""
    word = name.split(maxsplit=1)[0]
    if len(word) < _LONG_WORD or not word[0].isalpha():
        return name in body
    return (
        re.search(rf"\b{re.escape(word)}\b", body) is not None
        and re.search(rf"\b{re.escape(word.lower())}\b", body) is None
    )


def _body(document: Document) -> str:
    """The sentences of a document, without its lines of names."""
    return "\n".join(
        text
        for block in document.blocks
        if block.table is None
        and len(text := " ".join(block.text.split())) > _SHORTEST_SENTENCE
        and not is_capital(text)
    )
