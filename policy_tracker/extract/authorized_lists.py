"""Lists of codes that a policy parts by authorization: where it denies one list, and says of
another that its codes need an authorization, these can be approved; what never can be is in the
first.

That is inferred, and marked so. Without a list that is denied, "authorization needed" says who
asks, and nothing of coverage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.language.duties import needs_authorization
from policy_tracker.record.vocabulary import DENYING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.record.code_lists import CodeGroup

_LONGEST = 12
"""Words of a title; a sentence about authorization says more than which list follows."""
_GROUND = "These codes need an authorization, and the policy denies others."
"""What the disposition rests on."""


def with_authorized(groups: Sequence[CodeGroup]) -> tuple[CodeGroup, ...]:
    """The lists, those of codes that need an authorization covered where another one is denied."""
    if not any(group.disposition in DENYING for group in groups):
        return tuple(groups)
    return tuple(
        group.model_copy(
            update={"disposition": "covered", "stated_by": "inferred", "note": _noted(group.note)}
        )
        if group.disposition == "informational" and _asks_for_authorization(group.heading)
        else group
        for group in groups
    )


def _asks_for_authorization(heading: str) -> bool:
    title = heading.rpartition(" > ")[2]
    return len(title.split()) <= _LONGEST and needs_authorization(title)


def _noted(note: str | None) -> str:
    return " ".join(filter(None, (note, _GROUND)))
