"""What a change is about: the path of headings, indication, drug and service over it, outermost
first, in the payer's own words.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.differences import CodesAt, Difference, Joint
from policy_tracker.diff.sections import parents_of
from policy_tracker.diff.tree import Tree
from policy_tracker.language.names import tidy_name
from policy_tracker.language.tokens import fold, words
from policy_tracker.language.topics import named_by, names_a_part, said_of, telling_words
from policy_tracker.record import ListedCode, Record, Section, Statement

LONGEST_PART = 110
"""Characters of one name in a path."""
LONGEST_ROW = 6
"""A text of more words than these is no row of names."""
_ROWS = frozenset({"criterion", "note", "exclusion", "position"})
"""Roles that the row of a list may have."""
_BETWEEN = " > "
"""Between the names of a heading that is a path itself."""
_MARKED = re.compile(r"\?: |: (?:yes|no|y|n|x)$", re.IGNORECASE)
"""A column with what its cells say, "PA?: Yes": a mark of codes, and no name of anything."""


class Subjects:
    """The subjects of one comparison's changes."""

    def __init__(self, before: Record, after: Record, alignment: Alignment) -> None:
        self._records = before, after
        self._later = alignment.after_of()

    @property
    def of_drug(self) -> bool:
        """Whether the later version is a policy of a drug."""
        return self._records[1].policy_type == "drug_coverage"

    @cached_property
    def _trees(self) -> tuple[Tree, Tree]:
        return Tree(self._records[0]), Tree(self._records[1])

    def of(self, difference: Difference) -> tuple[str, ...]:
        """The path of one difference; that of the later version where it stands in both."""
        for tree, content in zip(
            reversed(self._trees), (difference.after, difference.before), strict=True
        ):
            if content is None:
                continue
            found = self._cleaned(self._named(tree, content), _own_words(content))
            found += _row(tree, content)
            if isinstance(content, CodesAt):
                # of codes that moved the later list tells: the former says what they are no more
                return found or self._of_sentences(tree, content)
            if found:
                return found
        return ()

    def _of_sentences(self, tree: Tree, content: CodesAt) -> tuple[str, ...]:
        """What the sentences that name a code are about, as far as they agree: for codes of a list
        whose heading names nothing.
        """
        paths = [
            self._cleaned(self._named(tree, statement), "")
            for code in {row.code for row in content.rows if isinstance(row, ListedCode)}
            for statement in self._naming[tree.record is self._records[1]].get(code, ())
        ]
        return _common(paths)

    @cached_property
    def _naming(self) -> tuple[dict[str, list[Statement]], dict[str, list[Statement]]]:
        """The statements of both versions that name each code."""
        one, two = (_by_code(tree.record.statements) for tree in self._trees)
        return one, two

    def is_new(self, difference: Difference, name: str) -> bool:
        """Whether a name stands in no heading or statement of the version that does not have a
        difference's content.
        """
        if (difference.before is None) == (difference.after is None):
            return False
        return fold(name) not in self._texts[0 if difference.before is None else 1]

    @cached_property
    def _texts(self) -> tuple[str, str]:
        one, two = (
            fold(
                " | ".join(
                    (*(s.heading for s in record.sections), *(s.text for s in record.statements))
                )
            )
            for record in self._records
        )
        return one, two

    def _named(self, tree: Tree, content: object) -> Iterator[str]:
        """The names over a content, outermost first, as printed; some stand twice."""
        if isinstance(content, Joint) and content.statement:
            content = content.statement
        match content:
            case Statement() if content.key in tree.by_key:
                yield from self._over(tree, tree.by_key[content.key])
                yield from said_of(content.text)
            case Section():
                yield from _headings(tree, content.key)
            case CodesAt():
                headings = [placement.heading for placement in content.placements]
                for name in headings[0].split(_BETWEEN) if len(set(headings)) == 1 else ():
                    if not _MARKED.search(name):
                        yield from _topics_of(name)
            case _:
                return

    def _over(self, tree: Tree, statement: Statement) -> Iterator[str]:
        """The names over a statement; from where the later version has what stands over it, by the
        names that it gives.
        """
        above = tree.above(statement)
        kept = self._later if tree is self._trees[0] else {}
        place = next((place for place, one in enumerate(above) if one.key in kept), None)
        if place is None:
            yield from _headings(tree, statement.section)
        else:
            later = self._trees[1]
            lead = later.by_key[kept[above[place].key]]
            yield from self._over(later, lead)
            yield from _topics(lead)
        for one in reversed(above[:place]):
            yield from _topics(one)

    def _cleaned(self, names: Iterable[str], own: str) -> tuple[str, ...]:
        """The names without those that say nothing here: kinds of parts, the policy's title, the
        changed text itself, and what stands twice.
        """
        titles = [_said_by(name) for record in self._records for name in _names_of(record)]
        found: list[str] = []
        for name in names:
            plain = fold(name).strip(" :.")
            said = tidy_name(name) if plain and plain != own and not names_a_part(name) else None
            if said is None or any(_said_by(said) <= title for title in titles):
                continue
            if not any(telling_words(said) <= telling_words(other) for other in found):
                found.append(_shown(said))
        return tuple(found)


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names with which all paths begin."""
    shared = itertools.takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    return tuple(names[0] for names in shared)


def _by_code(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for code in statement.codes:
            found[code.code].append(statement)
    return found


def _names_of(record: Record) -> Iterator[str]:
    """What a policy itself is called, and who issues it: title, number, other names, payer."""
    yield record.title
    yield record.payer.replace("-", " ").replace("_", " ")
    yield from (name for name in (record.policy_number, *record.aliases) if name)


def _said_by(name: str) -> frozenset[str]:
    """The words by which a name is known: not those of every policy, unless it has no others."""
    return telling_words(name) or frozenset(words(name))


def _row(tree: Tree, content: object) -> tuple[str, ...]:
    """The name that a row of a list is, as of drugs or tests: it stands under no lead-in, and
    nothing stands under it.
    """
    if not isinstance(content, Statement) or content.parent or tree.children.get(content.key):
        return ()
    if content.role not in _ROWS or content.quantities:
        return ()
    name = named_by(content.text)
    return (_shown(name),) if name and len(name.split()) <= LONGEST_ROW else ()


def _headings(tree: Tree, section: str) -> Iterator[str]:
    for key in parents_of(tree, section):
        yield tree.sections[key].heading


def _topics(statement: Statement) -> tuple[str, ...]:
    """What a lead-in names: of a position what it is said of, else its name if it is one."""
    return _topics_of(statement.text)


def _topics_of(text: str) -> tuple[str, ...]:
    if said := said_of(text):
        return said
    name = named_by(text)
    return (name,) if name else ()


def _own_words(content: object) -> str:
    return fold(content.text).strip(" :.") if isinstance(content, Statement) else ""


def _shown(name: str) -> str:
    return textwrap.shorten(name.strip(" :;"), LONGEST_PART, placeholder=" …")
