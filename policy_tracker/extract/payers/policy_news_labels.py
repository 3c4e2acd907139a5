"""News as labelled lines: "Policy Title: …", "Status: …", "Summary: …" for one policy after the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.payers.policy_news_columns import column_of
from policy_tracker.extract.payers.policy_news_entries import NewsDraft, changes_in
from policy_tracker.language.dates import first_date

_LABELLED = re.compile(r"(?P<label>[A-Z][\w /#.]{2,30}?):\s*(?P<value>\S.*)", re.DOTALL)


def drafts_of_labels(blocks: Sequence[Block]) -> Iterator[NewsDraft]:
    """The policies that labelled lines tell of, each from the label of its title on."""
    waiting: NewsDraft | None = None
    for block in blocks:
        found = _LABELLED.fullmatch(block.text) if block.table is None else None
        column = column_of(found["label"]) if found else None
        if found and column == "title":
            yield from (waiting,) if waiting else ()
            waiting = NewsDraft(None, found["value"].strip(), "", None, page=block.page)
        if waiting is None:
            continue
        waiting.spans += block.traced().spans()
        if found and column:
            _tell(waiting, column, found["value"].strip())
        elif block.table is None and block.text.strip():
            waiting.below.append(" ".join(block.text.split()))
    if waiting:
        yield waiting


def _tell(draft: NewsDraft, column: str, value: str) -> None:
    if column == "number":
        draft.number = value
    elif column == "action":
        draft.action = value
    elif column == "what":
        draft.announced += changes_in(value)
    elif column == "effective":
        date = first_date(value)
        draft.effective = date.iso if date else draft.effective
