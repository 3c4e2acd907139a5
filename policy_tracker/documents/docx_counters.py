"""Word's own numbering as people see it: what each counted paragraph's label is, and how far it is
set in.

Numbers stand in no paragraph: a definition counts them. All lists of one definition go on counting
together, except where one of them says that it begins anew; a level begins anew behind an item of a
level above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_tracker.documents.archives import local
from policy_tracker.documents.docx_numbers import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

LEVELS = 9
_BULLET, _NOTHING = "bullet", "none"
_MOST_LINKS = 20
_OFF = frozenset(("false", "0", "off"))


def child_of(element: Element | None, name: str) -> Element | None:
    """The first child with a name."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def said_by(element: Element | None, name: str = "val") -> str | None:
    """What an attribute says, whatever its namespace."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


@dataclass(frozen=True, slots=True)
class Level:
    """How a level counts: its first number, format and pattern, from which level above it begins
    anew (0 for none), whether all numbers are digits, and where its labels stand, in twentieths of
    a point.
    """

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    anew_behind: int | None = None
    legal: bool = False
    edge: int | None = None
    style: str | None = None

    @property
    def is_bullet(self) -> bool:
        """Whether it counts nothing."""
        return self.form == _BULLET

    @property
    def prints(self) -> bool:
        """Whether a label stands before its paragraphs."""
        return self.is_bullet or bool(self.pattern.strip())


@dataclass(frozen=True, slots=True)
class Counted:
    """A paragraph that is counted: its label, None where it is a bullet; its level from 0, and
    where its label stands.
    """

    label: str | None
    level: int
    edge: int | None


def edge_of(properties: Element | None) -> int | None:
    """Where a paragraph's first line begins, as its properties say."""
    indent = child_of(properties, "ind")
    if indent is None:
        return None
    left = said_by(indent, "left") or said_by(indent, "start")
    hanging, first = said_by(indent, "hanging"), said_by(indent, "firstLine")
    if left is None and hanging is None:
        return None
    return _number(left, 0) - _number(hanging, 0) + (0 if hanging else _number(first, 0))


@dataclass(slots=True)
class _CountedList:
    """A list: the definition whose numbers it goes on with, its levels, and the levels on which it
    begins anew when it is first used.
    """

    definition: str
    levels: dict[int, Level]
    anew: list[int]


class Counters:
    """The numbers of all lists of a document, up to the paragraph that was counted last."""

    def __init__(self, numbering: Element, styles: Element | None) -> None:
        self._styles = {said_by(one, "styleId") or "": one for one in _named(styles, "style")}
        own = {said_by(one, "abstractNumId") or "": one for one in _named(numbering, "abstractNum")}
        nums = {said_by(one, "numId") or "": one for one in _named(numbering, "num")}
        self._lists = {name: self._list(one, own, nums) for name, one in nums.items()}
        self._numbers: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def count(self, properties: Element | None) -> Counted | None:
        """Counts a paragraph, of which these are the properties; None where it is not counted."""
        name, level = self._place(properties)
        here = self._lists.get(name or "")
        if here is None or not 0 <= level < LEVELS or level not in here.levels:
            return None
        how = here.levels[level]
        numbers = self._next(name or "", here, level)
        if not how.prints:
            return None
        edge = edge_of(properties)
        if edge is None:
            edge = how.edge
        if how.is_bullet:
            return Counted(None, level, edge)
        formats = [here.levels.get(place, Level()).form for place in range(level + 1)]
        return Counted(shown(how.pattern, formats, numbers, legal=how.legal), level, edge)

    def _next(self, name: str, here: _CountedList, level: int) -> list[int]:
        """The numbers of a level and of those above it, once the next item was counted."""
        numbers = self._numbers.setdefault(here.definition, [None] * LEVELS)
        if name not in self._begun:
            self._begun.add(name)
            for place in here.anew:
                numbers[place:] = [None] * (LEVELS - place)
        for place in range(level + 1):
            before, start = numbers[place], here.levels.get(place, Level()).start
            if before is None:
                numbers[place] = start
            elif place == level:
                numbers[place] = before + 1
        for below in range(level + 1, LEVELS):
            behind = here.levels.get(below, Level()).anew_behind
            if behind is None or level < behind:
                numbers[below] = None
        return [number or 0 for number in numbers[: level + 1]]

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """Which list a paragraph belongs to, and its level; its own words go before its style's."""
        own = child_of(properties, "numPr")
        style = said_by(child_of(properties, "pStyle"))
        name, level = said_by(child_of(own, "numId")), said_by(child_of(own, "ilvl"))
        here = style
        for _ in range(_MOST_LINKS):
            if here is None or here not in self._styles or (name and level):
                break
            of_style = child_of(child_of(self._styles[here], "pPr"), "numPr")
            name = name or said_by(child_of(of_style, "numId"))
            level = level or said_by(child_of(of_style, "ilvl"))
            here = said_by(child_of(self._styles[here], "basedOn"))
        if level is None and name in self._lists and style:
            linked = (
                place for place, one in self._lists[name].levels.items() if one.style == style
            )
            return name, next(linked, 0)
        return name, _number(level, 0)

    def _list(
        self, num: Element, own: dict[str, Element], nums: dict[str, Element]
    ) -> _CountedList:
        definition = self._definition(said_by(child_of(num, "abstractNumId")) or "", own, nums)
        levels = dict(_levels(own.get(definition)))
        anew: list[int] = []
        for over in _named(num, "lvlOverride"):
            place = _number(said_by(over, "ilvl"), 0)
            levels.update(_levels(over))
            begin = said_by(child_of(over, "startOverride"))
            if begin is not None and 0 <= place < LEVELS:
                anew.append(place)
                levels[place] = replace(levels.get(place, Level()), start=_number(begin, 1))
        return _CountedList(definition, levels, anew)

    def _definition(self, name: str, own: dict[str, Element], nums: dict[str, Element]) -> str:
        """The definition that holds the levels: one may name a style that names another list."""
        for _ in range(_MOST_LINKS):
            link = said_by(child_of(own.get(name), "numStyleLink"))
            style = self._styles.get(link or "")
            linked = said_by(child_of(child_of(child_of(style, "pPr"), "numPr"), "numId"))
            behind = said_by(child_of(nums.get(linked or ""), "abstractNumId"))
            if not behind or behind == name:
                break
            name = behind
        return name


def _named(parent: Element | None, name: str) -> Iterator[Element]:
    return (one for one in parent if local(one) == name) if parent is not None else iter(())


def _levels(parent: Element | None) -> Iterator[tuple[int, Level]]:
    for one in _named(parent, "lvl"):
        anew = said_by(child_of(one, "lvlRestart"))
        legal = child_of(one, "isLgl")
        yield (
            _number(said_by(one, "ilvl"), 0),
            Level(
                _number(said_by(child_of(one, "start")), 0),
                said_by(child_of(one, "numFmt")) or "decimal",
                said_by(child_of(one, "lvlText")) or "",
                None if anew is None else _number(anew, 0),
                legal is not None and (said_by(legal) or "").lower() not in _OFF,
                edge_of(child_of(one, "pPr")),
                said_by(child_of(one, "pStyle")),
            ),
        )
