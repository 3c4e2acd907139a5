"""What of a document is not in its record, as a person looks it through who decides about it: the
nearest to the reasons first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policy_tracker.extract.quality import BESIDE_CODES, UNIT_UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.record.content import Extraction, SetAside, Unread

_WORDS = {
    "background": "in what was taken for background",
    "references": "in what was taken for references",
    "history": "in what was taken for a revision history",
    "identity": "in the head of the document",
    "boilerplate": "in general terms",
    "unaccounted": "in a part that nobody knows",
    UNIT_UNREAD: "in the coverage part",
}


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A passage that is not in the record: its page, its words, and where it stands or why it was
    not read.
    """

    page: int | None
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class DoubtsView:
    """What is not in a record, the most telling first; `counted` is how much is, in words."""

    deciding: tuple[DoubtView, ...] = ()
    unread: tuple[DoubtView, ...] = ()
    aside: tuple[DoubtView, ...] = ()
    warnings: tuple[str, ...] = ()
    counted: str | None = None

    @staticmethod
    def by_place(found: Sequence[DoubtView]) -> list[tuple[str, list[DoubtView]]]:
        """Passages that follow each other in one part, under the words for that part: a criterion
        and its items read as one list, and the part is named once.
        """
        return [(where, list(run)) for where, run in groupby(found, lambda one: one.where)]

    def __bool__(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.deciding or self.unread or self.aside or self.warnings)


def doubts_view(extraction: Extraction | None) -> DoubtsView:
    """What a person should look at of how a record was read; nothing of one written by people."""
    if extraction is None:
        return DoubtsView()
    every = (*extraction.unread, *extraction.set_aside)
    found = extraction.text_coverage
    return DoubtsView(
        deciding=_views([part for part in every if part.decides and part.why != "history"]),
        unread=_views([part for part in extraction.unread if not part.decides]),
        aside=_views(
            [part for part in extraction.set_aside if not part.decides or part.why == "history"]
        ),
        warnings=extraction.warnings,
        counted=f"{found.recorded} of {found.units}" if found else None,
    )


def _views(parts: Sequence[SetAside | Unread]) -> tuple[DoubtView, ...]:
    told = {
        (part.page, part.text or "", part.why): DoubtView(
            part.page, part.text or "", _where(part.why)
        )
        for part in parts
    }
    return tuple(told.values())


def _where(why: str) -> str:
    return _WORDS.get(why, "beside a list of codes" if why in BESIDE_CODES else why)
