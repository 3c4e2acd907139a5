"""Where in its document a fact stands."""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Value


class Source(Value):
    """A place in the edition's document.

    `page` counts from 1; `box` is (left, top, right, bottom) in points from the page's top left corner; `place` names it in words
    where there is no page ("the before/after table").
    """

    page: Annotated[int, Field(ge=1, le=100_000)] | None = None
    box: tuple[float, float, float, float] | None = None
    place: str | None = None
