"""What a policy tells, for information, of the coverage of another authority: "Medicare
Coverage Determinations", and the text of one below it. Nothing in it is the payer's decision.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.record.vocabulary import SectionKind

_AUTHORITY = re.compile(
    r"\b(?:Medicare|CMS|(?:National|Local) Coverage|[NL]CDs?|Government Regulations?)\b",
    re.IGNORECASE,
)
_ASIDE: frozenset[SectionKind] = frozenset({"background", "references"})
_LEAST_ALIKE = 0.6
_WORD = re.compile(r"[A-Za-z]{3,}")


def others_told(
    blocks: Sequence[Block], headings: Mapping[str, tuple[SectionKind, str]]
) -> frozenset[str]:
    """The ids of the blocks below a heading of the background that names another authority, until
    a section of another kind begins or a heading comes back to what the policy is about.
    """
    own = [
        _words(heading)
        for kind, heading in headings.values()
        if kind == "coverage" and not _AUTHORITY.search(heading)
    ]
    found: list[str] = []
    within = False
    for block in blocks:
        if block.id in headings:
            kind, heading = headings[block.id]
            named = _AUTHORITY.search(heading) is not None
            within = kind in _ASIDE and (named or (within and not _is_of(heading, own)))
        if within:
            found.append(block.id)
    return frozenset(found)


def _is_of(heading: str, own: Sequence[frozenset[str]]) -> bool:
    words = _words(heading)
    return any(len(words & one) >= _LEAST_ALIKE * min(len(words), len(one)) > 0 for one in own)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))
