"""What of a version is marked on the pages of its document: named in an address, and placed by its
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.errors import NotFoundError
from policy_tracker.isolation.page_image import Marks
from policy_tracker.pages import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_tracker.isolation.page_image import Box
    from policy_tracker.record.codes import CodeRef, ListedCode
    from policy_tracker.record.content import Record, Residual
    from policy_tracker.record.source import Source
    from policy_tracker.record.statements import Statement

KINDS = ("statement", "group", "code", "part")
"""The fields of an address that name what is marked; the first one given counts."""
RESIDUAL = "everything-else"
"""The one `part`: what a version says of everything that it does not name."""
MOST_CODES = 40
"""Codes that one address names."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a version's document, with what is marked on it as fields of the address."""

    at: tuple[str, ...]
    page: int
    mark: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Something that a version says: what it is in words, its text, where it stands, and what to
    mark there.
    """

    name: str
    text: str
    pages: tuple[int, ...]
    boxes: tuple[Box, ...] = ()
    codes: tuple[tuple[int, Box, str], ...] = ()
    """The page, the box of the line or cell, and the code that it prints."""

    def marks_on(self, page: int) -> Marks:
        """What to mark on a page: nothing on a page where it does not stand."""
        codes = tuple((box, code) for where, box, code in self.codes if where == page)
        return Marks(self.boxes if page in self.pages else (), codes)


def link_to(
    record: Record, source: Source | None, codes: Iterable[CodeRef] = ()
) -> PageLink | None:
    """Where what has this source stands in the document of `record`, and what to mark there; None
    where its page is not known.
    """
    if source is None or source.page is None:
        return None
    return PageLink(
        (record.payer, record.policy, record.version), source.page, _mark(record, source, codes)
    )


def _mark(record: Record, source: Source, codes: Iterable[CodeRef]) -> dict[str, str]:
    """The statement that stands there; else the codes listed on that page; else nothing."""
    said = next(
        (statement for statement in record.statements if statement.source == source and source.box),
        None,
    )
    if said:
        return {"statement": said.key}
    if record.residual and record.residual.source == source and source.box:
        return {"part": RESIDUAL}
    named = {(code.system, code.code) for code in codes}
    printed = [
        code for code in _listed(record) if not code.source or code.source.page == source.page
    ]
    listed = [code.code for code in printed if (code.system, code.code) in named]
    return {"code": ",".join(dict.fromkeys(listed[:MOST_CODES]))} if listed else {}


def mark_in(asked: Mapping[str, str]) -> dict[str, str]:
    """What the fields of an address ask to be marked, as the one field that counts, or none."""
    return dict([(kind, asked[kind]) for kind in KINDS if asked.get(kind)][:1])


def passage_of(record: Record, mark: Mapping[str, str]) -> MarkedPassage | None:
    """What a mark names of a version, None for no mark.

    Raises NotFoundError where the version does not say it.
    """
    for kind, name in mark.items():
        found = _FINDERS[kind](record, name)
        if found is None:
            message = f"This version holds no {kind} “{name[:200]}”."
            raise NotFoundError(message)
        return found
    return None


def _statement(record: Record, key: str) -> MarkedPassage | None:
    found = next((statement for statement in record.statements if statement.key == key), None)
    return _said(formatting.ROLE_WORDS[found.role], found) if found else None


def _part(record: Record, name: str) -> MarkedPassage | None:
    return (
        _said("Everything else", record.residual) if name == RESIDUAL and record.residual else None
    )


def _said(name: str, found: Statement | Residual) -> MarkedPassage:
    source = found.source
    if source is None or source.page is None:
        return MarkedPassage(name, found.text, ())
    return MarkedPassage(name, found.text, (source.page,), (source.box,) if source.box else ())


def _group(record: Record, key: str) -> MarkedPassage | None:
    found = next((group for group in record.code_groups if group.key == key), None)
    if found is None:
        return None
    where = [found.source, *(code.source for code in found.codes)]
    pages = sorted({source.page for source in where if source and source.page})
    codes = tuple(dict.fromkeys(code.code for code in found.codes))
    words = formatting.listed((*codes, *(span.raw for span in found.ranges)))
    return MarkedPassage(
        found.heading,
        words,
        tuple(pages),
        codes=tuple(_placed((code.code, code.source) for code in found.codes)),
    )


def _placed(codes: Iterable[tuple[str, Source | None]]) -> Iterator[tuple[int, Box, str]]:
    """Codes with the page and the box that print them, as far as these are known."""
    for code, source in codes:
        if source and source.page and source.box:
            yield source.page, source.box, code


def _code(record: Record, text: str) -> MarkedPassage | None:
    wanted = list(dict.fromkeys(text.split(",")))[:MOST_CODES]
    printed = [(code.code, code.source) for code in _listed(record)]
    printed += [
        (code.code, statement.source) for statement in record.statements for code in statement.codes
    ]
    if not {code for code, _ in printed}.issuperset(wanted):
        return None
    here = [(code, source) for code, source in printed if code in wanted]
    listed = {source.page for code, source in here if source and source.page}
    name = "Code" if len(wanted) == 1 else "Codes"
    return MarkedPassage(
        name,
        formatting.listed(wanted),
        tuple(sorted(listed)),
        codes=tuple(dict.fromkeys(_placed(here))),
    )


def _listed(record: Record) -> list[ListedCode]:
    """Every code that stands in a group."""
    return [code for group in record.code_groups for code in group.codes]


_FINDERS = {"statement": _statement, "group": _group, "code": _code, "part": _part}
