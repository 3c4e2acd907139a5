"""Where in its document a fact stands."""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Number, Value, Whole


class Source(Value):
    """A place in the version's document."""

    page: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    """The page, counted from 1."""
    box: tuple[Number, Number, Number, Number] | None = None
    """The rectangle on the page as (left, top, right, bottom), in points from the page's top left corner."""
    place: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    """The place in words, where there is no page: `before/after table, second row`."""
