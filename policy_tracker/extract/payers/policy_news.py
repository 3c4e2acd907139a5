"""News of many policies: lines that name a policy and what happened to it ("KT7 Kite Traction –
Revised – Add Exclusions"), with excerpts below, and lists of policies that were reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.document_kinds import is_news
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers.format import Format
from policy_tracker.language.dates import DATE_PATTERN, MONTH, iso_of
from policy_tracker.record import Bulletin, BulletinEntry, Record, Source
from policy_tracker.record.source import Spans

_Action = Literal["New", "Updated", "Retired"]

_NUMBER = r"[A-Z]{1,8}[-. ]?\d[\w.-]*"
_WORD = r"new|revised|updated|reviewed|retired|archived|deleted|discontinued"
_ENTRY = re.compile(
    rf"(?P<number>{_NUMBER})[ :–—-]+(?P<title>\S.*?)\s*"
    rf"(?:\((?P<braced>{_WORD})\)|[–—-]\s*(?P<dashed>{_WORD})(?=\s*(?:[–—:-]|$)))"
    r"\s*(?:[–—:-]\s*(?P<what>\S.*))?",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?P<number>{_NUMBER})[ :–—-]+(?P<title>[A-Z]\S.*)")
_LIST = re.compile(
    rf"\bfollowing (?:\w+ )*polic(?:y|ies)\b.*?\b(?:(?:have|has) been|were|was|are|is) "
    rf"(?P<action>{_WORD})\b",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(r"\b(?:no|without) (?:\w+ )?changes?\b", re.IGNORECASE)
_EFFECTIVE = re.compile(rf"\beffective (?:date:? |on )?(?P<date>{DATE_PATTERN})", re.IGNORECASE)
_MONTH = re.compile(rf"\b{MONTH},? \d{{4}}(?!\d)", re.IGNORECASE)
_ACTIONS: dict[str, _Action] = {
    "new": "New",
    "retired": "Retired",
    "archived": "Retired",
    "deleted": "Retired",
    "discontinued": "Retired",
}
_LEAST_ENTRIES = 2
_LONGEST_ENTRY, _LONGEST_TITLE, _LONGEST_LIST = 300, 150, 300
_HEAD_ROWS = 6


@dataclass(slots=True)
class _NewsDraft:
    """An entry, to which the paragraphs below it are added."""

    number: str
    title: str
    action: str
    list: str | None
    items: list[str] = field(default_factory=list)
    page: int | None = None
    spans: Spans = ()

    def entry(self, day: str | None) -> BulletinEntry:
        """The entry as the bulletin tells it."""
        unchanged = self.list is not None and _UNCHANGED.search(self.list) is not None
        return BulletinEntry(
            list=self.list,
            policy=self.title,
            policy_number=self.number,
            action=_ACTIONS.get(self.action.lower(), "Updated"),
            effective=None if unchanged else day,
            severity="no_change" if unchanged else None,
            items=tuple(self.items),
            source=Source(page=self.page, spans=self.spans) if self.page or self.spans else None,
        )


def _recognise(document: Document) -> bool:
    return is_news(document) and len(list(_drafts(document))) >= _LEAST_ENTRIES


def _read(document: Document) -> list[Record | Bulletin]:
    drafts = list(_drafts(document))
    before = _before(document)
    day = next((iso_of(m["date"]) for text in before if (m := _EFFECTIVE.search(text))), None)
    head = [line.text.strip() for line in document.header[:_HEAD_ROWS] if line.text.strip()]
    short = head[: next((n for n, text in enumerate(head) if text.endswith((",", "."))), 3)][:3]
    # the lines of a title are short, and the first that is a sentence ends it
    lines = [text for text in short if len(text) < 60 or text == short[0]]
    title = join_lines(lines)[:_LONGEST_TITLE] or document.title or "Policy updates"
    month = _MONTH.search(title)
    return [
        Bulletin(
            record=1,
            policy_type="bulletin",
            payer=issuer_of(document).slug,
            title=title,
            bulletin_date=iso_of(month[0]) if month else None,
            entries=tuple(draft.entry(day) for draft in drafts),
        )
    ]


def _before(document: Document) -> list[str]:
    """The texts before the first entry."""
    texts: list[str] = []
    for block in document.blocks:
        if _ENTRY.fullmatch(block.text) or _LIST.search(block.text):
            break
        texts.append(block.text)
    return texts


def _drafts(document: Document) -> Iterator[_NewsDraft]:
    """The entries, each with what is printed below it until the next."""
    waiting: _NewsDraft | None = None
    lead: tuple[str, str] | None = None
    for block in document.blocks:
        text = " ".join(block.text.split())
        named = _ENTRY.fullmatch(text) if len(text) < _LONGEST_ENTRY else None
        found = _LIST.search(text) if len(text) < _LONGEST_LIST else None
        if named:
            lead = None
            action = named["braced"] or named["dashed"]
            what = [part.strip() for part in (named["what"] or "").split(";") if part.strip()]
            new = _NewsDraft(named["number"], named["title"], action, action, what)
            yield from (waiting,) if waiting else ()
            waiting = _placed(new, block)
        elif found:
            yield from (waiting,) if waiting else ()
            waiting = None
            lead = (re.split(r"(?<=[.:])\s", text)[0], found["action"])
        elif lead and (listed := list(_listed(text))):
            for match in listed:
                new = _NewsDraft(match["number"], match["title"].strip(), lead[1], lead[0])
                yield _placed(new, block)
        elif waiting and text:
            waiting.items.append(text)
            waiting.spans += block.traced().spans()
    if waiting:
        yield waiting


def _placed(draft: _NewsDraft, block: Block) -> _NewsDraft:
    draft.page, draft.spans = block.page, block.traced().spans()
    return draft


def _listed(text: str) -> Iterator[re.Match[str]]:
    """The policies that a paragraph lists, one behind the other where their lines were joined."""
    first = re.match(r"[A-Z]{1,8}[-. ]?(?=\d)", text)
    if first is None:
        return
    for part in re.split(rf"\s+(?={re.escape(first[0])}\d)", text):
        if match := _LISTED.fullmatch(part):
            yield match


FORMAT = Format("policy_news", 1, None, _recognise, _read, order=15)
"""Reads a payer's list of what it changed in many policies, one line for each."""
