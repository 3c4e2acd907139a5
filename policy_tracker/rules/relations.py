"""How two readings of differences stand to each other: what one change tells of another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policy_tracker.diff.differences import Difference, Joint
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.concessions import without_concessions
from policy_tracker.record import Statement
from policy_tracker.record.content import Residual
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.numbers import same_numbers
from policy_tracker.rules.questions import same_meaning, texts
from policy_tracker.rules.registry import Numbers, Rule, RuleMatch


@dataclass(frozen=True, slots=True)
class CandidateMatch:
    """A difference as one rule reads it, before it is known whether another reading tells it
    already.
    """

    difference: Difference
    rule: Rule
    told: RuleMatch
    id: str = field(compare=False, default="")

    @property
    def direction(self) -> Direction:
        """The direction that the rule gives."""
        return self.rule.direction

    def codes(self) -> frozenset[tuple[str, str]]:
        """The codes concerned."""
        found = self.difference.codes if self.told.codes is None else self.told.codes
        return frozenset((c.system, c.code) for c in found)


Where = Callable[[CandidateMatch, CandidateMatch], bool]


def same_difference(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one difference."""
    return by.difference is what.difference


def its_own_words(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one difference, and the words are those of its number."""
    return same_difference(by, what) and what.rule.id != "criterion-reworded-beside-number"


def its_phrase(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one difference, and without the phrase that the absorbing one tells both sides say
    the same.
    """
    one, two = texts(by.difference)
    if not same_difference(by, what) or one is None or two is None:
        return False
    return same_meaning(without_concessions(one), without_concessions(two))


def below(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The superseded statement stands below the absorbing one."""
    return by.difference.place in what.difference.above


def new_below(by: CandidateMatch, what: CandidateMatch) -> bool:
    """A whole block came or went: the superseded statement stands below one that came or went with
    it.
    """
    return (
        by.difference.op == what.difference.op
        and by.difference.op in ("added", "removed")
        and below(by, what)
        and not _decides_alone(by, what)
    )


def _decides_alone(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Whether a sentence of position stands below a criterion that takes none: it decides more than
    that criterion does.
    """
    lead, said = (r.difference.after or r.difference.before for r in (by, what))
    return (
        isinstance(lead, Statement)
        and isinstance(said, Statement)
        and said.role == "position" != lead.role
        and sign_of(said.position) != sign_of(lead.position)
    )


def its_wording(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The superseded statement is the one that words the absorbing authorization entry."""
    sides = (by.difference.after, by.difference.before)
    named = {f"statements/{s.statement.key}" for s in sides if isinstance(s, Joint) and s.statement}
    removed = {f"{place}@before" for place in named}
    return what.difference.subject == "statement" and what.difference.place in named | removed


_HOLDS = re.compile(
    r"(?:(?:initial|renewal|re-?)\s?)?(?:authori[sz]ations?|approvals?) (?:will|may|is|are) "
    r"(?:be )?"
    r"(?:issued|granted|given|approved|valid)\b",
    re.IGNORECASE,
)


def its_period(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The sentence stands in a block that came or went, or in one section with the use that did,
    and says how long an authorization holds, not that one must be asked for.
    """
    contents = (what.difference.after, what.difference.before)
    said = next(
        (
            c.statement if isinstance(c, Joint) else c
            for c in contents
            if isinstance(c, Joint | Statement)
        ),
        None,
    )
    if by.difference.op != what.difference.op or said is None or not _HOLDS.match(said.text):
        return False
    lead = by.difference.after or by.difference.before
    if isinstance(lead, Statement) and lead.role == "position" and lead.section == said.section:
        return True
    block = by.difference.block
    return block is not None and any(one.key == said.key for one in block.rest)


def one_number(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one number of one statement, be it in the statement or in the authorization entry
    that it words.
    """
    if not (same_difference(by, what) or its_wording(by, what) or its_wording(what, by)):
        return False
    statement = by.difference if by.difference.subject == "statement" else what.difference
    return same_numbers(what.told.numbers, by.told.numbers, statement)


def its_count(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The number says how many members of the list are needed, and one side alone spells it."""
    if not same_difference(by, what) or not what.told.numbers:
        return False
    return all(
        any(_same_side(pair, needed) for needed in by.told.numbers) for pair in what.told.numbers
    )


def _same_side(pair: Numbers, needed: Numbers) -> bool:
    """Whether the one number of a pair is how many are needed on its side."""
    sides = [(a[0], b[0]) for a, b in zip(pair, needed, strict=True) if a and b]
    return None in pair and bool(sides) and all(a == b for a, b in sides)


def counts_members(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The number that one side spells tells how many members are needed, and which way that
    goes.
    """
    return its_count(what, by)


def its_row(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The statement is the printed row of a code that the lists of codes tell of."""
    content = what.difference.after or what.difference.before
    first = content.text.split()[:1] if isinstance(content, Statement) else []
    same_way = by.difference.op == what.difference.op
    return same_way and any(code in first for _, code in by.codes())


def its_sentence(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The position on everything else is what the sentence of a statement says, on both sides."""
    sides = zip(
        (by.difference.before, by.difference.after),
        (what.difference.before, what.difference.after),
        strict=True,
    )
    return all(
        isinstance(statement, Statement)
        and isinstance(residual, Residual)
        and residual.text in statement.text
        for statement, residual in sides
    )


def its_detail(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The number stands on one side alone, in the sentence that came or went with the
    requirement.
    """
    alone = bool(what.told.numbers) and all(None in pair for pair in what.told.numbers)
    return alone and (same_difference(by, what) or its_wording(by, what))


def its_procedures(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The procedures that joined or left a pairing are among the codes that a code table tells."""
    joined = isinstance(what.difference.before, Paired) != isinstance(
        what.difference.after, Paired
    ) or what.difference.fields == {"procedures"}
    return (
        joined
        and by.difference.subject == "codes"
        and bool(what.codes())
        and what.codes() <= by.codes()
    )


def its_codes(by: CandidateMatch, what: CandidateMatch) -> bool:
    """All codes of the superseded reading are among those of the absorbing one, which is about
    something else than code tables.
    """
    return (
        bool(what.codes())
        and what.codes() <= by.codes()
        and what.difference.subject in ("codes", "statement")
        and what.difference is not by.difference
    )
