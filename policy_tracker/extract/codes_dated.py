"""Dates at codes: what a row, the line above it, or a sentence elsewhere in the document says of
when a code holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from policy_tracker.extract.dates_inside import (
    ColumnKind,
    Inside,
    column_kind,
    first_without,
    merged,
    of_cell,
)
from policy_tracker.language.dates import dates_in
from policy_tracker.record import CodeRange, ListedCode
from policy_tracker.record.vocabulary import APPROVING

if TYPE_CHECKING:
    from policy_tracker.extract.code_tables import TableRowCodes
    from policy_tracker.record.code_lists import CodeGroup

Named = TypeVar("Named", ListedCode, CodeRange)
_TITLE = re.compile(
    r"(?P<codes>(?:CPT|HCPCS|ICD-?10(?:-CM)?|code|codes|®|/|\s)+)"
    r"(?:\s+(?:long |short )?(?:description|descriptor|service|procedure)s?)?\s+(?P<dates>\S.*)",
    re.IGNORECASE,
)
_DATE_TITLE = re.compile(
    (
        r"(?:effective|eff\.?|start|begin|added|end|ending|term(?:ination)?|thru|through"
        r"|expiration|deleted?|deletion|discontinued)(?: "
        r"date)?"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A sentence that ends or begins codes: "The following codes are deleted effective 10/01/2026:
    …", "New code 93999 takes effect 10/01/2026".
    """

    inside: Inside
    codes: tuple[ListedCode, ...]
    ranges: tuple[CodeRange, ...]

    def names(self, code: ListedCode | CodeRange) -> bool:
        """Whether the sentence is about a code or range of a list."""
        if isinstance(code, CodeRange):
            return any(
                (code.system, code.first, code.last) == (span.system, span.first, span.last)
                for span in self.ranges
            )
        return any((code.system, code.code) == (one.system, one.code) for one in self.codes) or any(
            span.system == code.system and span.holds(code.code) for span in self.ranges
        )


def dated(named: Sequence[Named], inside: Inside) -> list[Named]:
    """Codes or ranges with the dates that are said of them; those that have dates of their own keep
    them.
    """
    if not inside:
        return [*named]
    return [
        one.model_copy(
            update={"effective": one.effective or inside.effective, "ends": one.ends or inside.ends}
        )
        if merged(Inside(one.effective, one.ends), inside)
        else one
        for one in named
    ]


def said_of(named: Sequence[Named], inside: Inside) -> list[Named]:
    """Codes of a sentence with its dates.

    What is "no longer covered as of" a day is denied from that day on.
    """
    if inside.refuses and inside.ends:
        return dated(named, Inside(effective=first_without(inside.ends)))
    return dated(named, inside)


def with_endings(groups: Sequence[CodeGroup], endings: Sequence[Ending]) -> tuple[CodeGroup, ...]:
    """Lists in which the codes that a sentence elsewhere ends do end; what only is no longer
    covered ends where it could be approved.
    """
    return tuple(_ended(group, endings) for group in groups) if endings else tuple(groups)


def _ended(group: CodeGroup, endings: Sequence[Ending]) -> CodeGroup:
    telling = [one for one in endings if group.disposition in APPROVING or not one.inside.refuses]
    codes = tuple(_with_end(code, telling) for code in group.codes)
    ranges = tuple(_with_end(span, telling) for span in group.ranges)
    return (
        group
        if (codes, ranges) == (group.codes, group.ranges)
        else group.model_copy(update={"codes": codes, "ranges": ranges})
    )


def _with_end(one: Named, endings: Sequence[Ending]) -> Named:
    told = merged(*(ending.inside for ending in endings if ending.names(one)))
    return dated([one], Inside(told.effective if _begins(told) else None, told.ends))[0]


def _begins(told: Inside) -> bool:
    return told.effective is not None and not told.refuses


_TITLES = re.compile(
    r"\W*(?:(?:CPT|HCPCS|ICD-?10(?:-CM)?|procedure|billing|code|codes|code\(s\)|®|/|\s)+)"
    r"\s+(?:long |short |brief )?"
    r"(?:(?:descriptions?|descriptors?)\b|(?:service|procedure|item|drug|name|test|nomenclature"
    r"|definition)(?=$|\s))(?P<others>(?:\s+(?!(?:that|which|are|is|for|when|if|to)\b)\S+){0,6}\s*)",
    re.IGNORECASE,
)
_LONGEST_TITLES = 100


def is_line_of_titles(text: str) -> bool:
    """Whether a line is the titles of columns, which say nothing of the codes below
    them: "Code Description Covered?".
    """
    match = _TITLES.fullmatch(" ".join(text.split()))
    return match is not None and len(text) <= _LONGEST_TITLES and "." not in text


def line_columns(text: str) -> tuple[ColumnKind, ...]:
    """The columns of dates that a line of column titles names, where codes stand in lines: "Code
    Description Effective Date End Date".
    """
    match = _TITLE.fullmatch(" ".join(text.split()))
    titles = [title[0] for title in _DATE_TITLE.finditer(match["dates"])] if match else []
    if not match or _DATE_TITLE.sub("", match["dates"]).strip():
        return ()
    return tuple(kind for title in titles if (kind := column_kind(title)))


def dated_line(row: TableRowCodes, columns: Sequence[ColumnKind]) -> TableRowCodes:
    """A line of codes below a line of titles: the dates with which it ends are those of the
    columns.

    Where it prints fewer dates than there are columns, nothing tells which are blank: it stays
    without, which a warning says.
    """
    if not columns or row.inside:
        return row
    found, end = [], len(row.description)
    for date in reversed(list(dates_in(row.description))):
        if row.description[date.end : end].strip(" ,;|-–—"):
            break
        found.insert(0, date)
        end = date.start
    if not found:
        return row
    words = row.description[:end].rstrip(" ,;|-–—")
    if len(found) != len(columns):
        return replace(row, description=words, inside=Inside(ambiguous=True))
    return replace(
        row,
        description=words,
        inside=merged(
            *(of_cell(kind, date.raw) for kind, date in zip(columns, found, strict=True))
        ),
    )


def warnings_of(groups: Sequence[CodeGroup]) -> Iterator[str]:
    """What a person should look at: codes that are said to be deleted without the day from
    which.
    """
    for group in groups:
        undated = [
            one for one in (*group.codes, *group.ranges) if one.ends and one.ends.date is None
        ]
        if undated:
            names = ", ".join(
                one.raw if isinstance(one, CodeRange) else one.code for one in undated[:5]
            )
            more = f" and {len(undated) - 5} more" if len(undated) > 5 else ""
            yield (
                f"{names}{more}: “{undated[0].ends.raw if undated[0].ends else ''}” without a "
                f"day; taken not to hold in this version"
            )
