"""Where the document says what was read of it, as a record keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_tracker.documents.blocks import Block, Place
    from policy_tracker.documents.traced import Traced
    from policy_tracker.language.code_mentions import Where
    from policy_tracker.record.source import Spans


def source_of(block: Block, words: Traced | None = None) -> Source | None:
    """Where a block begins, and the characters that print `words`, a part of its text; all of its
    text where nothing is given.
    """
    spans = (block.traced() if words is None else words).spans()
    place = block.places[0] if block.places else None
    if place is None:
        return Source(spans=spans) if spans else None
    return Source(page=place.page, box=_box([place]), spans=spans)


def source_at(
    words: Traced, page: int | None = None, start: int = 0, end: int | None = None
) -> Source | None:
    """Where the document prints the characters of a text from `start` to `end`; `page` is for
    sources that know no boxes.
    """
    spans, places = words.spans(start, end), words.places(start, end)
    page = places[0].page if places else page
    if page is None and not spans:
        return None
    return Source(
        page=page, box=_box([place for place in places if place.page == page]), spans=spans
    )


def where_in(words: Traced, page: int | None = None) -> Where:
    """What tells the places of a text's characters."""
    return lambda start, end: source_at(words, page, start, end)


def spans_of(sources: Iterable[Source | None]) -> Spans:
    """The characters of several places, each once."""
    return tuple(dict.fromkeys(span for source in sources if source for span in source.spans))


def _box(places: Sequence[Place]) -> tuple[float, float, float, float] | None:
    """The box round places of one page, in tenths of a point; None where the source knows none."""
    edges = [(place.left, place.top, place.right, place.bottom) for place in places]
    known = [
        (left, top, right, bottom)
        for left, top, right, bottom in edges
        if None not in (left, top, right, bottom)
    ]
    if not known:
        return None
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return (
        round(float(min(lefts)), 1),
        round(float(min(tops)), 1),
        round(float(max(rights)), 1),
        round(float(max(bottoms)), 1),
    )
