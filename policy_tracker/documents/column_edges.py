"""How far columns stand to the right of the first one: a list goes on in the next column at the
same depth, although its letters stand elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.documents.text_lines import TextLine

_SAME_COLUMN = 80.0
"""Points by which the left edges of one column differ from page to page: on some it holds nothing
but inner items.
"""


def column_shifts(lines: Iterable[TextLine]) -> dict[tuple[int, int], float]:
    """By page and column how far its left edge is from that of the outermost column; nothing for
    pages of one column.
    """
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        if line.column:
            place = line.page, line.column
            edges[place] = min(line.left, edges.get(place, line.left))
    outer: list[float] = []
    for edge in sorted(edges.values()):
        if not outer or edge - outer[-1] > _SAME_COLUMN:
            outer.append(edge)
    return {
        place: max(one for one in outer if one <= edge) - outer[0] for place, edge in edges.items()
    }
