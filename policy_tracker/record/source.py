"""Where in its document a fact stands."""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Number, Value, Whole

BlockId = Annotated[str, Field(pattern=r"^[a-z][0-9]+(?:\.[a-z][0-9]+)*$", max_length=60)]
"""The name of a block (`b17`), a row (`b17.r3`) or a cell (`b17.r3.c2`) of a document."""
_Character = Annotated[Whole, Field(ge=0, le=100_000_000)]
BlockSpan = tuple[BlockId, _Character, _Character]
"""A run of a block's text: the block's id, the first character and the one behind the last, counted
from 0.
"""
Spans = tuple[BlockSpan, ...]


class Source(Value):
    """A place in the version's document."""

    page: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    """The page, counted from 1."""
    box: tuple[Number, Number, Number, Number] | None = None
    """The rectangle on the page as (left, top, right, bottom), in points from the page's top left
    corner.
    """
    place: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    """The place in words, where there is no page: `before/after table, second row`."""
    spans: Spans = ()
    """The characters of the document that say it, in order; none in records written by people."""

    @property
    def blocks(self) -> tuple[str, ...]:
        """The ids of the blocks and cells that say it, each once."""
        return tuple(dict.fromkeys(block for block, _, _ in self.spans))
