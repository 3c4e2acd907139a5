"""Footnotes below lists of codes: what they say of the codes with their mark, and of those without
one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.extract.code_group_drafts import GroupDraft
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_forms import MARKS
from policy_tracker.language.disposition import footnote_disposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.traced import Traced

FOOTNOTE = re.compile(
    rf"^(?P<mark>(?:{MARKS}|\+){{1,3}})\s*(?:Note:?\s*)?(?P<text>\S.*)$", re.DOTALL
)
_UNMARKED = re.compile(
    r"^(?:all |any |the )?(?:other )?(?:listed )?codes? (?:that (?:are|have) |which (?:are|have) )?"
    r"(?:not marked|unmarked|(?:without|with no|no) (?:an? |any )?"
    r"(?:\w+ )?(?:marks?|markers?|footnotes?|asterisks?|symbols?|signs?|stars?))\b"
    r"|^unmarked codes?\b",
    re.IGNORECASE,
)


def has_mark(last: Sequence[GroupDraft], mark: str) -> bool:
    """Whether codes of these lists carry a mark."""
    return any(code.marker and mark in code.marker for group in last for code in group.codes)


def say_of_marked(
    mark: str, whole: Traced, text: str, last: Sequence[GroupDraft], groups: list[GroupDraft]
) -> None:
    """A footnote under a table is a note on its group; one without a condition gives its marked
    codes their disposition.
    """
    position, asks = footnote_disposition(text), authorization_said(text)
    for group in last:
        moved = [code for code in group.codes if code.marker and mark in code.marker]
        if not moved:
            continue
        # a list that says nothing of its codes goes on to where nobody can tell what a note says
        unclear = position == "indeterminate" and group.disposition == "informational"
        if asks and position is None and len(moved) < len(group.codes):
            group.codes = [code for code in group.codes if code not in moved]
            heading = f"{group.heading} > {whole.text}"[:400]
            own = replace(group, heading=heading, codes=moved, ranges=[], placed=[])
            own.said, own.authorization = (*group.said, whole), asks
            groups.append(own)
            continue
        if position is None or unclear or position in ("informational", group.disposition):
            group.authorization = group.authorization or asks
            group.notes.append(whole.text)
            group.said += (whole,)
            continue
        group.codes = [code for code in group.codes if code not in moved]
        groups.append(
            GroupDraft(
                f"{group.heading} > {whole.text}"[:400],
                position,
                codes=moved,
                page=group.page,
                said=(*group.said, whole),
            )
        )


def say_of_unmarked(whole: Traced, last: Sequence[GroupDraft], groups: list[GroupDraft]) -> bool:
    """A sentence about the codes without a mark gives these their disposition, where nothing else
    does; whether it is one.
    """
    if not _UNMARKED.match(whole.text) or not last:
        return False
    position = footnote_disposition(whole.text)
    for group in last:
        if position is None or group.disposition != "informational":
            continue
        marked = [code for code in group.codes if code.marker]
        if marked:
            kept = GroupDraft(group.heading, group.disposition, marked, page=group.page)
            kept.said = group.said
            groups.append(kept)
        group.codes = [code for code in group.codes if not code.marker]
        group.heading = f"{group.heading} > {whole.text}"[:400]
        group.disposition, group.said = position, (*group.said, whole)
    return True
