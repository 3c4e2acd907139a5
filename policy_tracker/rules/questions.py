"""What a difference is about, asked by many rules: its matter, its texts, its numbers, its
positions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from policy_tracker.diff.blocks import UnmatchedBlock
from policy_tracker.diff.differences import (
    CodesAt,
    Difference,
    Joint,
    Listed,
    Phrase,
    VersionStanding,
)
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.tree import Side
from policy_tracker.language.normalize import same_sense
from policy_tracker.language.rewording import Rewording, rewording, strong
from policy_tracker.language.tokens import NEGATIONS, words
from policy_tracker.record import CodeRange, Source, Statement
from policy_tracker.record.content import (
    Authorization,
    HistoryRow,
    RelatedPolicy,
    Residual,
    Section,
    Specialty,
)
from policy_tracker.record.time import DateFact
from policy_tracker.record.vocabulary import Direction

Matter = Literal[
    "references",
    "background",
    "history",
    "note",
    "scope",
    "documentation",
    "prior_auth",
    "review_interval",
    "criterion",
    "exclusion",
    "limit",
    "position",
]
_BY_WEIGHT: tuple[Matter, ...] = (
    "references",
    "background",
    "history",
    "note",
    "scope",
    "documentation",
    "criterion",
    "exclusion",
    "limit",
    "review_interval",
    "prior_auth",
    "position",
)
DECIDING: frozenset[Matter] = frozenset({"criterion", "exclusion", "limit", "position"})
"""Matters that say what can be approved."""
_CODE_WORDS = frozenset(
    {"code", "codes", "cpt", "hcpcs", "icd", "through", "thru", "range", "ranges"}
)
_POSITION_WORDS = frozenset(
    {
        "covered",
        "noncovered",
        "non",
        "nationally",
        "contraindicated",
        "medically",
        "necessary",
        "necessity",
        "reasonable",
        "eligible",
    }
)
_DIRECTING = re.compile(
    r"\b(?:must|shall|should|cannot|not|only|if|when|unless|except|requir\w*|cover\w*"
    r"|noncovered|pa(?:y|id|yment)\w*"
    r"|reimburs\w*|eligib\w*|approv\w*|authori[sz]\w*|den(?:y|ied|ial)\w*|necessary|necessity"
    r"|limit\w*|report(?:ed|ing)?|bill\w*|submit\w*"
    r"|document\w*|allow\w*|appropriate|criteri\w+|exclu\w*|contraindicat\w*|(?:is|are) "
    r"indicated (?:for|in|when|if)|charges?|claims?"
    r"|benefit\w*|prescri\w*|investigational"
    r"|experimental|unproven|consider\w*|codes?|modifiers?)\b",
    re.IGNORECASE,
)
"""Words of which a sentence has at least one that says what to do or what is decided; one without
any describes.
"""
_EXPLAINS = re.compile(
    (
        r"\b(?:is|are|was|were) (?:an?|the|performed|used|defined|known|called)\b|\b(?:refers? "
        r"to|means)\b"
    ),
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"\W*(?:an?|the|this|each|any)?\s*(?:patient|member|individual|person|adult|child|children"
    r"|beneficiar(?:y|ies)|enrollee|subscriber|provider|prescriber|requester)s?\b",
    re.IGNORECASE,
)
"""A sentence about whom the policy is for says who qualifies, and describes no service."""
_RULING = re.compile(
    r"\b(?:must|shall|should|cannot|(?:will|may|can)(?: not)?(?: only)? be|requires?|would report"
    r"|(?:is|are) (?:not |only )?(?:covered|eligible|reimbursed|required|limited|allowed|payable))\b",  # noqa: E501
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\W*(?:note\W+)?(?:please )?(?:see|refer to|for (?:more|further|additional) information)\b",
    re.IGNORECASE,
)
DOCUMENT_WORDS = frozenset(
    {
        "document",
        "documents",
        "documented",
        "documentation",
        "record",
        "records",
        "notes",
        "chart",
        "charts",
        "report",
        "reports",
        "attestation",
        "form",
        "forms",
    }
)


def statements(difference: Difference) -> tuple[Statement | None, Statement | None]:
    """The statement on both sides of a difference of a statement."""
    one, two = (
        side if isinstance(side, Statement) else None
        for side in (difference.before, difference.after)
    )
    return one, two


def only(difference: Difference) -> Side:
    """Where a statement that one version alone makes stands.

    Raises ValueError where both make it.
    """
    side = difference.side_after or difference.side_before
    if side is None or (difference.side_after and difference.side_before):
        message = f"{difference.place} is not on one side alone"
        raise ValueError(message)
    return side


@lru_cache(maxsize=16)  # many rules ask this of one difference
def matter(difference: Difference) -> Matter | None:
    """What a statement's difference is about, by the section's kind and the statement's role; the
    weightier where the two sides differ.

    None for other differences.
    """
    found = [_matter(side) for side in (difference.side_before, difference.side_after) if side]
    return max(found, key=_BY_WEIGHT.index) if found else None


def _matter(side: Side) -> Matter:
    kind, statement = side.section.kind, side.statement
    if kind in ("references", "background", "history"):
        return kind
    if statement.position == "out_of_scope" or (statement.role == "position" and kind == "scope"):
        return "scope"
    if statement.role == "note" and _decides(statement):
        return "criterion"
    return "background" if _describes(side) else statement.role


def _decides(statement: Statement) -> bool:
    """Whether a note sets a condition: it says what is done with codes or numbers that it names,
    and does not only point elsewhere.
    """
    names = statement.codes or statement.ranges or statement.quantities
    return (
        bool(names) and bool(_RULING.search(statement.text)) and not _POINTING.match(statement.text)
    )


def _describes(side: Side) -> bool:
    """Whether a sentence only explains what something is: it stands in no list, names no code or
    number, and directs nothing.
    """
    statement = side.statement
    if statement.role != "criterion" or side.parent or side.logic or statement.logic:
        return False
    names = statement.codes or statement.ranges or statement.quantities
    return (
        not names
        and not _OF_PEOPLE.match(statement.text)
        and bool(_EXPLAINS.search(statement.text))
        and not _DIRECTING.search(statement.text)
    )


def texts(difference: Difference) -> tuple[str | None, str | None]:
    """The words of both sides as their records print them, None where a side has nothing; of a
    block a line for each part.
    """
    before, after = text_of(difference.before), text_of(difference.after)
    if difference.block is None:
        return before, after
    return (_with_block(before, difference.block) if before else None), (
        _with_block(after, difference.block) if after else None
    )


def _with_block(lead: str, block: UnmatchedBlock) -> str:
    """The lead of a block with everything that came or went with it, as it would be read from the
    page.
    """
    parts = [_labelled(statement) for statement in block.rest]
    return "\n".join([*([block.heading] if block.heading else []), lead, *parts])


def _labelled(statement: Statement) -> str:
    return (
        f"{statement.label} {statement.text}"
        if statement.label and statement.label[:1].isalnum()
        else statement.text
    )


def text_of(content: object) -> str | None:  # noqa: PLR0911 - one line for each sort of content
    """A content as its record prints it."""
    match content:
        case Joint(statement=Statement() as statement):
            return statement.text
        case Joint(value=value):
            return text_of(value)
        case Statement() | HistoryRow() | Residual() | Phrase():
            return content.text or None
        case Section():
            return content.heading
        case CodesAt():
            return content.placements[0].heading if content.placements else None
        case Listed():
            return ", ".join(content.printed or content.items) or None
        case DateFact():
            return content.raw or content.date
        case Authorization():
            return content.requirement
        case Paired():
            return ", ".join(content.headings) or None
        case RelatedPolicy():
            return content.title or content.policy
        case Specialty():
            return content.name
        case VersionStanding():
            return content.said
        case _:
            return None


def source_of(content: object) -> Source | None:
    """Where a version says it."""
    if isinstance(content, Joint):
        return source_of(content.statement)
    if isinstance(content, CodesAt):
        row = content.rows[0] if content.rows else None
        printed = None if row is None or isinstance(row, CodeRange) else row.source
        return printed or next((p.source for p in content.placements if p.source), None)
    return getattr(content, "source", None)


def same_meaning(before: str, after: str) -> bool:
    """Whether two texts differ in form alone: what `same_sense` knows, and whatever `rewording`
    sets aside.
    """
    return same_sense(before, after) or not rewording(before, after)


@lru_cache(maxsize=16)  # many rules ask this of one difference
def phrasing(difference: Difference) -> Rewording:
    """What the words of a difference's two sides say otherwise; nothing where a side has none, or
    the text is the same.

    Codes are compared as sets, a position that stays as a position, and how a list combines as its
    logic: their words are set aside.
    """
    one, two = texts(difference)
    if "text" not in difference.fields or one is None or two is None or same_sense(one, two):
        return Rewording()
    aside = _compared_elsewhere(difference)
    # one sentence on one side, a list on the other: the list says "and"
    if ("\n" in one) != ("\n" in two):
        aside |= {"and"}
    passed = min((int(start[:4]) for start in difference.starts if start), default=None)
    return rewording(one, two, passed=passed, aside=aside, announces=_announces_alike(difference))


def differs_in_form(difference: Difference) -> bool:
    """Whether the texts of a difference's two sides say the same, two announcements of lists that
    combine alike included ("if each of these is true", "when all of these are true").
    """
    one, two = texts(difference)
    if "text" not in difference.fields or one is None or two is None:
        return False
    return same_meaning(one, two) or (
        _announces_alike(difference) and not rewording(one, two, announces=True)
    )


def _announces_alike(difference: Difference) -> bool:
    return "logic" not in difference.fields and all(
        side is not None and side.logic for side in statements(difference)
    )


def says_more(difference: Difference, run: tuple[str, ...]) -> bool:
    """Whether words by which the texts of a difference differ carry something that is not compared
    elsewhere.
    """
    return bool(strong(run, _compared_elsewhere(difference)))


def _compared_elsewhere(difference: Difference) -> frozenset[str]:
    """The words of both sides that stand for codes, and for a position that is the same on both."""
    found: set[str] = set()
    for side in (difference.side_before, difference.side_after):
        if side is None:
            continue
        statement = side.statement
        named = [
            *(code.code for code in statement.codes),
            *(end for span in statement.ranges for end in (span.first, span.last)),
        ]
        found |= {word for code in named for word in words(code)}
        if named:
            found |= _CODE_WORDS
        if positions(difference) is None and statement.position:
            found |= {*words(statement.payer_term or ""), *_POSITION_WORDS}
    return frozenset(found)


def reworded(difference: Difference) -> bool:
    """Whether a statement's text says something else than before."""
    return bool(phrasing(difference))


def negated(words_before: tuple[str, ...]) -> bool:
    """Whether what follows these words stands under a negation (an odd number of them)."""
    return sum(word in NEGATIONS for word in words_before) % 2 == 1


def criteria_direction(difference: Difference) -> Direction | None:
    """What the place of a statement in its tree of criteria does for approvals, by the formula of
    that tree: neutral where the formula stayed the same, indeterminate where some cases come and
    others go; None where no formula tells.
    """
    found = difference.criteria
    if found is None:
        return None
    if found.relation == "equal":
        return "neutral"
    turn = {"weaker": found.sign, "stronger": -found.sign}.get(found.relation, 0)
    return "broadened" if turn > 0 else "narrowed" if turn < 0 else "indeterminate"


def mentions_documents(run: tuple[str, ...]) -> bool:
    """Whether a run of words names something to be documented or submitted."""
    return any(word in DOCUMENT_WORDS for word in run)


def positions(difference: Difference) -> tuple[str | None, str | None] | None:
    """The positions that a statement takes before and after, where they differ; None where they do
    not, or one side has no statement.
    """
    one, two = difference.side_before, difference.side_after
    if (
        one is None
        or two is None
        or one.position == two.position
        or matter(difference) not in ("position", "criterion", "exclusion", "limit", "scope")
    ):
        return None
    return one.position, two.position
