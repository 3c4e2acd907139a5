"""News as lines: each names a policy and what happened to it ("KT7 Kite Traction – Revised – Add
Exclusions"), or stands in a list of policies to which the same happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.payers.policy_news_entries import (
    ACTION_WORD,
    NewsDraft,
    changes_in,
    effective_in,
    is_wrapped,
    listed_after,
)
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.prefilter import Wording
from policy_tracker.record.source import Spans

_NUMBER = r"(?:[A-Z]{1,8}[-. ]?\d[\w.-]*|\d{1,2}\.\d{2}\.\d{2,3})"
_ACTION = (
    rf"(?:\((?P<braced>{ACTION_WORD})\)|\[(?P<bracketed>{ACTION_WORD})\]"
    rf"|[,;:–—-]\s*(?P<dashed>{ACTION_WORD})(?=\s*(?:[–—:;,-]|$)))"
)
_WHAT = r"\s*(?:[–—:;,-]\s*(?P<what>\S.*))?"
_ENTRIES = (
    re.compile(rf"(?P<number>{_NUMBER})[ :–—-]+(?P<title>\S.*?)\s*{_ACTION}{_WHAT}", re.IGNORECASE),
    re.compile(
        rf"(?P<title>[A-Z].*?)[ ,–—-]*"
        rf"\((?:policy )?(?:(?:no\.?|number|#) ?)?(?P<number>{_NUMBER})\)\s*{_ACTION}{_WHAT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<dashed>{ACTION_WORD})\s*[–—:-]\s*(?P<number>{_NUMBER})[ :–—-]+(?P<title>\S.*?)"
        rf"(?:\s+[–—-]\s*(?P<what>\S.*))?",
        re.IGNORECASE,
    ),
)
_LISTED = re.compile(rf"(?P<number>{_NUMBER})[ :–—-]+(?P<title>[A-Z]\S.*)")
_TITLED = re.compile(
    rf"(?P<title>[A-Z].*?),? \(?(?P<number>{_NUMBER})\)?"
    rf"(?:[,;]? effective (?:on )?{DATE_PATTERN})?(?:\s*[:–—;-]\s*(?P<what>\S.*))?"
)
_LIST = Wording(
    rf"\bfollowing (?:\w+ )*polic(?:y|ies)\b.*?\b(?:(?:have|has) been|(?:will|shall) be|were|was|"
    rf"are|is) (?P<action>{ACTION_WORD})\b"
    rf"|^(?P<heading>{ACTION_WORD}) (?:\w+ ){{0,2}}polic(?:y|ies)\W*$"
    rf"|^(?:\w+ ){{0,2}}polic(?:y|ies) (?P<behind>{ACTION_WORD})\W*$",
)
_DIGIT = re.compile(r"\d")
"""What every number of a policy has."""
_LONGEST_ENTRY, _LONGEST_LIST = 300, 300


def names_an_entry(block: Block) -> bool:
    """Whether a block says of one policy what happened to it, or begins a list of such."""
    text = " ".join(block.text.split())
    return _entry_in(text) is not None or _list_in(text) is not None


def drafts_of_lines(blocks: Sequence[Block]) -> Iterator[NewsDraft]:
    """The entries, each with what is printed below it until the next."""
    waiting: NewsDraft | None = None
    lead: tuple[str, str, Spans] | None = None
    for block in blocks:
        text = " ".join(block.text.split()) if block.table is None else ""
        named, found = _entry_in(text), _list_in(text)
        if named:
            lead = None
            yield from (waiting,) if waiting else ()
            waiting = _draft(named, block.page, block.traced().spans())
        elif found:
            yield from (waiting,) if waiting else ()
            waiting = None
            title = re.split(r"(?<=[.:])\s", text)[0]
            lead = (
                title,
                found["action"] or found["heading"] or found["behind"],
                block.traced().spans(),
            )
        elif lead and (listed := list(listed_after(text, _LISTED))):
            for match in listed:
                yield NewsDraft(
                    match["number"],
                    match["title"].strip(),
                    lead[1],
                    lead[0],
                    page=block.page,
                    spans=(*lead[2], *block.traced().spans()),
                )
        elif lead and (titled := _TITLED.fullmatch(text)):
            yield NewsDraft(
                titled["number"],
                titled["title"].strip(" –—-,"),
                lead[1],
                lead[0],
                changes_in(titled["what"] or ""),
                page=block.page,
                spans=(*lead[2], *block.traced().spans()),
                effective=effective_in(text),
            )
        elif waiting and text:
            _add(waiting, block, text)
    if waiting:
        yield waiting


def _entry_in(text: str) -> re.Match[str] | None:
    if len(text) >= _LONGEST_ENTRY or not _DIGIT.search(text):
        return None
    return next((found for one in _ENTRIES if (found := one.fullmatch(text))), None)


def _list_in(text: str) -> re.Match[str] | None:
    return _LIST.search(text) if len(text) < _LONGEST_LIST else None


def _draft(named: re.Match[str], page: int | None, spans: Spans) -> NewsDraft:
    found = named.groupdict()
    action = next(word for name in ("braced", "bracketed", "dashed") if (word := found.get(name)))
    what = found.get("what") or ""
    title = named["title"].strip(" –—-,")
    return NewsDraft(
        named["number"],
        title,
        action,
        action,
        changes_in(what),
        page=page,
        spans=spans,
        effective=effective_in(what),
    )


def _add(draft: NewsDraft, block: Block, text: str) -> None:
    """Add a block below an entry: the rest of its line, or what the page says further."""
    if not draft.below and block.label in ("–", "—", "-") and not draft.announced:
        draft.announced = changes_in(text)
    elif not draft.below and draft.announced and block.label is None and is_wrapped(text):
        draft.announced = changes_in(f"{'; '.join(draft.announced)} {text}")
    else:
        draft.below.append(text)
    draft.spans += block.traced().spans()
