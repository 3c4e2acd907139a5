"""Lines of a plain text that ran along the pages it was printed on: page numbers, and what stands
beside them on page after page.

A text layer has no edges, so running lines are known by what they do: one of them counts the pages,
and the others keep it company wherever it counts. Where form feeds divide the pages, the lines at
the edges of most pages run as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from policy_tracker.documents.labels import connector_of
from policy_tracker.documents.levels import split_label

_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(
    r"^[^\w#]*page\W*#|\bpage\W{0,3}#(?:\s*(?:of|/)\s*#)?[^\w#]*$"
    r"|^[^\w#]*#\s*(?:of|/)\s*#[^\w#]*$|#\s+of\s+#\s*$"
)
_AT_AN_END = re.compile(r"[^\w#]*#(?!\w)|.*[^\w#]#[^\w#]*$")
_DATED = re.compile(r"#[^\w#\s]#[^\w#\s]#")
_DRAWN = re.compile(r"[+|].*[+|]")
"""A line of a table that signs draw: its rules are alike on every page."""
_BESIDE = 5
"""Lines around a page's number within which its company stands."""
_ATTACHED = 8
"""Lines of a head, or foot, of which the page's number is one."""
_EDGE = 4
"""Lines at the top and bottom of a page that a form feed ends."""
_LEAST_PAGES, _FEW_PAGES = 3, 2
_LEAST_PLAIN = 5
"""Pages from which a bare number, or one among words, is known by its counting alone."""
_SURE = 10
"""Pages counted in a row, beside which other lines of the same form prove nothing: raised numbers
of references stand on lines of their own, too.
"""
_SHARE = 0.5
"""The share of the pages on which a line keeps the number company."""
_MOST_PAGES = 0.8
"""The same for lines of a head that stand farther from the number than company does."""
_SHORTEST_PAGE, _LONGEST_PAGE = 8, 220
"""Lines between two page numbers."""
_REGULAR = 0.6
"""The share of pages that are about as long as the others, where nothing else says "page"."""
_LONGEST = 160
"""Characters of a running line."""


def running_numbers(texts: Sequence[str], pages: Sequence[int]) -> set[int]:
    """The places of the lines that run.

    Args:
        texts: the lines that hold words, in order.
        pages: for each the page it stands on, counted by form feeds.
    """
    paged = bool(pages) and pages[-1] > 1
    found = _counted(texts, paged=paged)
    if paged:
        found |= _at_edges(texts, pages)
    return {place for place in found if not _DRAWN.fullmatch(texts[place])}


def counted_heads(texts: Sequence[str]) -> set[int]:
    """The places of lines that say which page it is, and of those that stand around them page after
    page: such as a text brings with it that was printed once more on pages of another size.
    """
    return _counted(texts, paged=False)


def says_page(text: str) -> bool:
    """Whether a line may say which page it stands on."""
    return len(text) <= _LONGEST and _PAGE.search(_NUMBER.sub("#", text).lower()) is not None


def _counted(texts: Sequence[str], *, paged: bool) -> set[int]:
    """The lines that count pages, and their company."""
    found: set[int] = set()
    for counter in _counters(texts):
        company = _company(texts, counter, paged=paged)
        found.update(counter, company, _attached(texts, counter, company))
    return found


def _counters(texts: Sequence[str]) -> Iterator[list[int]]:
    """The lines that count pages: alike but for one number, which goes up by one from each to the
    next.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if len(text) <= _LONGEST and _NUMBER.search(text):
            alike[_NUMBER.sub("#", text).lower()].append(place)
    for pattern, places in alike.items():
        if len(places) < 2:
            continue
        columns = list(zip(*(_numbers(texts[place]) for place in places), strict=True))
        for numbers in columns:
            chain = _chain(list(numbers), places)
            if _counts_pages(pattern, chain, len(places)):
                yield chain
                break


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(text)]


def _chain(numbers: Sequence[int], places: Sequence[int]) -> list[int]:
    """The longest run of places whose numbers go up by one, at least a page apart."""
    best: list[int] = []
    ends: dict[int, list[int]] = {}
    for number, place in zip(numbers, places, strict=True):
        before = ends.get(number - 1)
        near = before is not None and (_SHORTEST_PAGE <= place - before[-1] <= _LONGEST_PAGE)
        chain = [*before, place] if before and near else [place]
        if len(chain) > len(ends.get(number, ())):
            ends[number] = chain
        if len(chain) > len(best):
            best = chain
    return best


def _counts_pages(pattern: str, chain: Sequence[int], alike: int) -> bool:
    if _PAGE.search(pattern):
        return len(chain) >= 2
    divided = "|" in pattern
    least = _LEAST_PAGES if divided else _LEAST_PLAIN
    placed = _AT_AN_END.match(pattern) is not None and not _DATED.search(pattern)
    few = len(chain) * 2 < alike and len(chain) < _SURE
    if not placed or few or len(chain) < least:
        return False
    gaps = [after - before for before, after in pairwise(chain)]
    middle = median(gaps)
    regular = sum(middle / 2 <= gap <= 1.6 * middle for gap in gaps)
    return middle >= 2 * _SHORTEST_PAGE and regular >= _REGULAR * len(gaps)


def _company(texts: Sequence[str], counter: Sequence[int], *, paged: bool) -> set[int]:
    """Lines that stand beside the page's number on most pages, word for word; beside two numbers,
    or where form feeds part the pages, only in the same place, since words are alike by chance.
    """
    near = {
        other: 0 if len(counter) > _FEW_PAGES and not paged else other - place
        for place in counter
        for other in range(max(0, place - _BESIDE), min(len(texts), place + _BESIDE + 1))
        if other not in counter
    }
    said = Counter((texts[place].lower(), distance) for place, distance in near.items())
    least = max(2 if len(counter) == _FEW_PAGES else _LEAST_PAGES, _SHARE * len(counter))
    running = {text for text, times in said.items() if times >= least}
    return {
        place
        for place, distance in near.items()
        if (texts[place].lower(), distance) in running and _may_be_furniture(texts[place])
    }


def _attached(texts: Sequence[str], counter: Sequence[int], company: set[int]) -> set[int]:
    """The other lines of a head whose number counts: from one such number to the next they stand in
    the same place with the same words, and nothing else stands between. The first page may have a
    head of its own.
    """
    found: set[int] = set()
    least = max(_FEW_PAGES, min(len(counter) - 1, _MOST_PAGES * len(counter)))
    for step in (-1, 1):
        heads = list(counter)
        for distance in range(1, _ATTACHED + 1):
            places = {
                place: place + step * distance
                for place in heads
                if 0 <= place + step * distance < len(texts)
            }
            said = Counter(texts[place].lower() for place in places.values())
            heads = [
                place
                for place, other in places.items()
                if other in company
                or (said[texts[other].lower()] >= least and _may_be_furniture(texts[other]))
            ]
            found.update(places[place] for place in heads)
    return found


def _may_be_furniture(text: str) -> bool:
    """Whether nothing about a line tells that it belongs to the text: it has no label, is no
    connector, and announces nothing.
    """
    return (
        len(text) > 2
        and text[-1] != ":"
        and connector_of(text) is None
        and split_label(text)[0] is None
    )


def _at_edges(texts: Sequence[str], pages: Sequence[int]) -> set[int]:
    """Lines at the top or bottom of most pages that differ in digits at most."""
    of_page: dict[int, list[int]] = defaultdict(list)
    for place, page in enumerate(pages):
        of_page[page].append(place)
    if len(of_page) == _FEW_PAGES:
        return _on_both(texts, *of_page.values())
    edges = [{*places[:_EDGE], *places[-_EDGE:]} for places in of_page.values()]
    counted = Counter(
        pattern
        for places in edges
        for pattern in {_NUMBER.sub("#", texts[place]).lower() for place in places}
    )
    least = max(_LEAST_PAGES, 0.6 * len(edges))
    return {
        place
        for places in edges
        for place in places
        if counted[_NUMBER.sub("#", texts[place]).lower()] >= least
        and len(texts[place]) <= _LONGEST
        and connector_of(texts[place]) is None
    }


def _on_both(texts: Sequence[str], one_page: Sequence[int], next_page: Sequence[int]) -> set[int]:
    """Of two pages the lines at the very top, and those at the foot, that both have."""
    found: set[int] = set()
    for one, other in [
        *zip(one_page[:_EDGE], next_page[:_EDGE], strict=False),
        *zip(one_page[: -_EDGE - 1 : -1], next_page[: -_EDGE - 1 : -1], strict=False),
    ]:
        pattern, second = (_NUMBER.sub("#", texts[place]).lower() for place in (one, other))
        same = texts[one].lower() == texts[other].lower()
        if (same or (pattern == second and _PAGE.search(pattern))) and not connector_of(texts[one]):
            found |= {one, other}
    return found
