"""What could not be read of one version, and what of the other version may stand there: that is not
compared.

A picture is placed by its page: behind the statement that announces a list there, else in the
sections of that page, or around it. A table or a passage of which no statement was made is known by
its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from policy_tracker.diff.codes import named_codes
from policy_tracker.diff.differences import CodesAt
from policy_tracker.diff.tree import Tree
from policy_tracker.language.code_mentions import folded_codes
from policy_tracker.language.tokens import fold, words
from policy_tracker.record import ListedCode, Statement
from policy_tracker.record.content import CodeGroup, Unread

LEAST_WORDS = 4
"""A statement of fewer words is not known again in a passage that was not read."""
_SET_ASIDE = frozenset(("struck", "hidden"))
_LIST = re.compile(r"announces a list")


class Gaps:
    """The unread parts of one version (`lacking`), asked about what only the other version (`has`)
    says.

    `names` leads from statements of the version that has to those of the lacking one, `sections`
    likewise, `groups` from the code groups of the version that has to those of the lacking one.
    """

    def __init__(
        self,
        lacking: Tree,
        has: Tree,
        names: Mapping[str, str],
        sections: Mapping[str, str],
        groups: Mapping[str, str],
    ) -> None:
        self.lacking, self.has, self.names, self.sections, self.groups = (
            lacking,
            has,
            names,
            sections,
            groups,
        )
        read = lacking.record.extraction
        unread = tuple(dict.fromkeys(read.unread)) if read else ()
        # what a version strikes out or hides is not in it, and was read well enough to know
        unread = tuple(part for part in unread if part.why not in _SET_ASIDE)
        self.pictures = tuple(part for part in unread if part.page and not part.text)
        self.passages = tuple(part for part in unread if part.text)

    def __bool__(self) -> bool:
        return bool(self.pictures or self.passages)

    def of_statement(self, statement: Statement) -> Unread | None:
        """The unread part in which a statement of the other version may stand, None where there is
        none.
        """
        for picture in self.pictures:
            if statement.key in self.reach[picture]:
                return picture
        said = words(statement.text)
        if len(said) < LEAST_WORDS:
            return None
        plain = f" {' '.join(said)} "
        return next(
            (part for part in self.passages if plain in f" {' '.join(words(part.text or ''))} "),
            None,
        )

    def of_codes(self, codes: CodesAt) -> Unread | None:
        """The unread part in which codes of the other version may stand, None where there is none
        for one of them.
        """
        single = [row for row in codes.rows if isinstance(row, ListedCode)]
        if len(single) != len(codes.rows):
            return None
        found = [self._of_code(row, {p.group for p in codes.placements}) for row in single]
        return found[0] if found and all(found) else None

    def _of_code(self, row: ListedCode, groups: set[str]) -> Unread | None:
        for part in self.passages:
            if row.code.lower() in folded_codes(fold(part.text or "")):
                return part
        by_key = {group.key: group for group in self.has.record.code_groups}
        for picture in self.pictures:
            if (row.system, row.code) in self.named[picture] or all(
                self._reaches(picture, by_key[key]) for key in groups
            ):
                return picture
        return None

    def _reaches(self, picture: Unread, group: CodeGroup) -> bool:
        """Whether a code list of the other version may stand in a picture.

        It has no counterpart, and its heading names a section of the picture; or its counterpart's
        codes are printed around the page.
        """
        here = self.groups.get(group.key)
        if here is None:
            headings = {fold(part) for part in group.heading.split(" > ")}
            return any(
                fold(self.lacking.sections[key].heading) in headings for key in self.around[picture]
            )
        rows = next(g.codes for g in self.lacking.record.code_groups if g.key == here)
        pages = {row.source.page for row in rows if row.source and row.source.page}
        return not _LIST.search(picture.why) and bool(
            {(picture.page or 0) - 1, (picture.page or 0) + 1} & pages
        )

    def of_announcement(self, key: str) -> Unread | None:
        """The picture that a statement of both versions announces, where the other version prints
        the codes that it shows.
        """
        for picture in self.pictures:
            if self.names.get(key) in self.announcing[picture]:
                more = named_codes(self.has.by_key[key]) - named_codes(
                    self.lacking.by_key[self.names[key]]
                )
                return picture if more else None
        return None

    @cached_property
    def named(self) -> dict[Unread, set[tuple[str, str]]]:
        """The codes that statements within reach of each picture name, and the statement that
        announces it.
        """
        return {
            picture: {
                (code.system, code.code)
                for key in self.reach[picture] | self._announced(picture)
                for code in named_codes(self.has.by_key[key])
            }
            for picture in self.pictures
        }

    @cached_property
    def reach(self) -> dict[Unread, set[str]]:
        """The statements of the other version, and of it alone, that may stand in each picture."""
        return {picture: set(self._reach(picture)) for picture in self.pictures}

    def _reach(self, picture: Unread) -> Iterator[str]:
        """What stands below an announcement, or behind one that has its list nowhere else; without
        one, what stands in the sections.
        """
        announced, sections = self._announced(picture), self.around[picture]
        unlisted = {key for key in announced if not named_codes(self.has.by_key[key])}
        within = False
        for key, statement in self.has.by_key.items():
            if key in self.names:
                within = key in unlisted and key not in self.has.children
            elif (
                within
                or statement.parent in unlisted
                or (not announced and self.sections.get(statement.section) in sections)
            ):
                yield key

    def _announced(self, picture: Unread) -> set[str]:
        return {key for key, other in self.names.items() if other in self.announcing[picture]}

    @cached_property
    def announcing(self) -> dict[Unread, set[str]]:
        """The statements on each picture's page that announce a list which was not read."""
        found: dict[Unread, set[str]] = {picture: set() for picture in self.pictures}
        for picture in (picture for picture in self.pictures if _LIST.search(picture.why)):
            on_page = (
                s
                for s in self.lacking.record.statements
                if s.source and s.source.page == picture.page
            )
            found[picture] = {
                s.key
                for s in on_page
                if s.text.rstrip().endswith(":") and s.key not in self.lacking.children
            }
        return found

    @cached_property
    def around(self) -> dict[Unread, set[str]]:
        """The sections in which each picture stands: those of its page, for a page without
        statements those before and behind it.
        """
        return {picture: self._around(picture) for picture in self.pictures}

    def _around(self, picture: Unread) -> set[str]:
        placed = [
            (s.source.page, s.section)
            for s in self.lacking.record.statements
            if s.source and s.source.page
        ]
        if self.announcing[picture]:
            return {self.lacking.by_key[key].section for key in self.announcing[picture]}
        on_page = {section for page, section in placed if page == picture.page}
        if on_page:
            return on_page
        order = [*self.lacking.sections]
        before = [order.index(section) for page, section in placed if page < (picture.page or 0)]
        behind = [order.index(section) for page, section in placed if page > (picture.page or 0)]
        return set(order[max(before, default=0) : min(behind, default=len(order) - 1) + 1])
