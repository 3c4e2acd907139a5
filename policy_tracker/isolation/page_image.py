"""A page of a PDF as a picture, with places on it marked; drawn in a process of its own, because
the file comes from outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from policy_tracker.isolation.run import Limits, run_apart

LOOK = 2
"""Raise it whenever pages come out differently: what is kept of them (caches, entity tags) hangs on
it.
"""
LIMITS = Limits(memory=768_000_000, cpu_seconds=20, wall_seconds=30.0)
"""A page of a policy takes less than a second; drawings that take more are no policy."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark on a page: boxes (left, top, right, bottom, in points from its top left corner),
    and codes in the box of their line.
    """

    boxes: tuple[Box, ...] = ()
    codes: tuple[tuple[Box, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG of `width` times `height` pixels, of a document with so many `pages`;
    `marked` places were marked on it.
    """

    png: bytes
    width: int
    height: int
    pages: int
    marked: int


def page_image(
    data: bytes, name: str, page: int, marks: Marks | None = None, limits: Limits = LIMITS
) -> PageImage:
    """Page `page` (from 1) of the PDF in `data`; `name` is for errors.

    Raises MissingPageError for a page that it does not have, and the errors of `sandbox.run_apart`,
    among them those of a file that is no PDF or cannot be opened.
    """
    wanted = marks or Marks()
    answer = run_apart(
        "page_image", data, name, limits, page=page, boxes=wanted.boxes, codes=wanted.codes
    )
    return PageImage(answer.body, **answer.values)
