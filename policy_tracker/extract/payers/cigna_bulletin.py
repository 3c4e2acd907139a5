"""Cigna's monthly bulletin: tables of policies that are new, updated or retired, with what was
changed in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from policy_tracker.documents.blocks import Document, Row
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.language.dates import DATE_PATTERN, first_date, iso_of
from policy_tracker.record import Bulletin, BulletinEntry, Record, Source
from policy_tracker.record.source import Spans

_ACTION_TITLE = re.compile(r"New, ?Updated,? (?:or|and) Retired", re.IGNORECASE)
_ACTIONS: dict[str, Literal["New", "Updated", "Retired"]] = {
    "new": "New",
    "update": "Updated",
    "retire": "Retired",
}
_NUMBER = re.compile(r"[\s–—-]*\(\s*(?P<number>[A-Z]{0,4}\s?\d{3,5})\s*\)\s*$")
_NOTHING_NEW = re.compile(
    r"^\W*(?:No updates\b|All above\b|No (?:new|changes) (?:policies|for)\b)", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[•▪◦●○■□➢►▶‣·\uf0a7\uf0d8\uf0b7\uf0a8\uf0fc]\s*|[o–-]\s+(?=\S))")
_DATED = re.compile(r"^(?:Post(?:ed|ing)|Effective)\b", re.IGNORECASE)
_POSTED = re.compile(rf"Post(?:ed|ing):?\s*(?P<date>{DATE_PATTERN})", re.IGNORECASE)
_EFFECTIVE = re.compile(rf"effective(?: date)?:?\s*(?P<date>{DATE_PATTERN})", re.IGNORECASE)
_DATES = re.compile(
    (
        rf"^(?:Post(?:ed|ing))?[ :]*(?:{DATE_PATTERN})?[;,. ]*(?:with )?(?:effective)?(?: "
        rf"date)?:? ?(?:{DATE_PATTERN})?[.;: ]*"
    ),
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"^(?:Posted|Posting|Effective|Important changes|Minor changes|No change|No criteria)\b",
    re.IGNORECASE,
)
_IMPORTANT = re.compile(r"^important changes?\b", re.IGNORECASE)
_MINOR = re.compile(r"^minor changes?\b", re.IGNORECASE)
_NO_CHANGE = re.compile(
    r"^no (?:changes? (?:in|to) (?:coverage|criteria)|criteria changes?)\b", re.IGNORECASE
)
_LONGEST_MARK = 60
_TITLE = re.compile(r"policy updates\s*$", re.IGNORECASE)
_LONGEST_TITLE = 150
_GROUP_HEADING = re.compile(r"^[A-Z][\w®™ ,/&()-]{1,50}:$")
_NOTED = re.compile(
    rf"Effective\s+(?P<date>{DATE_PATTERN})\s*\(unless otherwise noted\)", re.IGNORECASE
)


@dataclass(slots=True)
class _EntryDraft:
    """An entry in the making, over as many rows as it takes."""

    list: str | None
    name: str
    action: str
    lines: list[str] = field(default_factory=list)
    page: int | None = None
    spans: Spans = ()


def _recognise(document: Document) -> bool:
    return says(document, r"cigna", r"policy updates") and any(
        _is_title_row(row) for row in _rows(document)
    )


def _rows(document: Document) -> Iterator[Row]:
    for block in document.blocks:
        if block.table is not None and block.table.columns >= 3:
            yield from block.table.rows


def _is_title_row(row: Row) -> bool:
    return len(row.cells) >= 2 and _ACTION_TITLE.match(join_lines(row.cells[1].lines)) is not None


def _read(document: Document) -> list[Record | Bulletin]:
    noted = next((match for text in _heads(document) if (match := _NOTED.search(text))), None)
    first = first_date(noted["date"]) if noted else None
    day = first.iso if first else None
    title = next(
        (text for text in _heads(document) if _TITLE.search(text) and len(text) < _LONGEST_TITLE),
        "Policy updates",
    )
    entries = tuple(_entry(draft, day) for draft in _drafts(document))
    return [
        Bulletin(
            record=1,
            policy_type="bulletin",
            payer="cigna",
            title=title,
            bulletin_date=day,
            entries=entries,
        )
    ]


def _heads(document: Document) -> Iterator[str]:
    yield from (line.text for line in document.header)
    yield from (block.text for block in document.blocks if block.table is None)


def _drafts(document: Document) -> Iterator[_EntryDraft]:
    """The entries of all tables.

    A row without an action goes on with the entry before, with its name or its text.
    """
    heading: str | None = None
    waiting: _EntryDraft | None = None
    for row in _rows(document):
        cells = [join_lines(cell.lines) for cell in row.cells]
        if len(cells) < 3:
            continue
        if _is_title_row(row):
            heading = cells[0].rstrip("* ") or None
            continue
        lines = list(row.cells[2].lines)
        if _NOTHING_NEW.match(cells[2]) and not cells[0]:
            continue
        if waiting is not None and not cells[1]:
            waiting.name = join_lines([waiting.name, cells[0]]) if cells[0] else waiting.name
            waiting.lines += lines
            waiting.spans += _spans(row)
            continue
        if waiting is not None:
            yield waiting
        waiting = (
            _EntryDraft(heading, cells[0], cells[1], lines, row.page, _spans(row))
            if _action(cells[1]) and cells[0]
            else None
        )
    if waiting is not None:
        yield waiting


def _spans(row: Row) -> Spans:
    return tuple((cell.id, 0, len(cell.printed)) for cell in row.cells if cell.id and cell.printed)


def _action(text: str) -> Literal["New", "Updated", "Retired"] | None:
    return next(
        (action for word, action in _ACTIONS.items() if text.lower().startswith(word)), None
    )


def _entry(draft: _EntryDraft, day: str | None) -> BulletinEntry:
    number = _NUMBER.search(draft.name)
    posted = effective = None
    severity: Literal["important", "minor", "no_change"] | None = None
    items: list[str] = []
    for bulleted, text in _paragraphs(draft.lines):
        words = text
        if _DATED.match(words) and (_POSTED.search(words) or _EFFECTIVE.search(words)):
            posted = posted or _date(_POSTED, words)
            effective = effective or _date(_EFFECTIVE, words)
            words = _DATES.sub("", words, count=1)
        if not bulleted and _IMPORTANT.match(words):
            severity = "important"
        elif not bulleted and _MINOR.match(words) and len(words) < _LONGEST_MARK:
            severity = severity or "minor"
        elif words and not (not bulleted and _GROUP_HEADING.match(words)):
            if _NO_CHANGE.match(words) and len(words) < _LONGEST_MARK:
                severity = severity or "no_change"
            items.append(words)
    return BulletinEntry(
        list=draft.list,
        policy=(draft.name[: number.start()] if number else draft.name).strip(" -–—") or draft.name,
        policy_number=number["number"].replace(" ", "") if number else None,
        action=_action(draft.action) or "Updated",
        posted=posted,
        effective=effective or day,
        severity=severity,
        items=tuple(items),
        source=Source(page=draft.page, spans=draft.spans) if draft.page or draft.spans else None,
    )


def _date(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return iso_of(match["date"]) if match else None


def _paragraphs(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """The paragraphs of a cell: whether a bullet begins it, and its words.

    A line goes on unless a bullet or a marker begins the next.
    """
    gathered: list[str] = []
    for line in lines:
        begins = _BULLET.match(line) or _MARKER.match(line) or (gathered and _closed(gathered))
        if gathered and begins:
            yield _paragraph(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _paragraph(gathered)


def _closed(lines: list[str]) -> bool:
    """Whether a marker's paragraph is over: a short line with a colon or full stop, or a line of
    dates.
    """
    text = join_lines(lines)
    return bool(_MARKER.match(text)) and (text.endswith((":", ".")) or bool(_DATED.match(text)))


def _paragraph(lines: list[str]) -> tuple[bool, str]:
    text = join_lines(lines)
    bullet = _BULLET.match(text)
    return bullet is not None, text[bullet.end() :] if bullet else text


FORMAT = Format("cigna_bulletin", 1, "cigna", _recognise, _read, order=10)
