"""To whom a policy applies: lines of business, funding and states, as its head and the part on its
scope say it: behind a label ("Line of Business: Medicaid"), by check boxes and crosses, or in a
sentence whose subject is the policy ("This policy applies to commercial plans only").

What is not said narrows nothing: "all lines of business" is no list, a mention of Medicare in the
text is none either, and a list without a checked box says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args

from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.lexicon import joined, terms
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.language.states import states_in, states_listed, without_states
from policy_tracker.record.statements import AppliesTo, States
from policy_tracker.record.vocabulary import Funding, LineOfBusiness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Document

_ROWS, _BLOCKS, _TABLE_ROWS = 40, 50, 12
_FIRST_ROWS = 10
_LONGEST_ROW, _LONGEST_VALUE = 400, 240
_SUBJECT = (
    r"(?:this|the|these|our)(?: [a-z/-]+){0,4}? (?:polic(?:y|ies)|guidelines?|criteria|bulletin"
    r"|documents?|determination|standard|rule)|(?:this|these) \w+(?= appl)|it|they|polic(?:y|ies)"
    r"|guidelines?"
)
_VERB = (
    r"(?:appl(?:y|ies)|(?:is|are) (?:applicable|intended|effective|used|meant|written)"
    r"|(?:is|are)(?= (?:only )?for\b)|governs?|pertains?)"
)
_SAID = re.compile(
    rf"(?:^(?=applies to )|(?:^|[;,] |\b)(?:{_SUBJECT}) )"
    rf"(?P<not>do(?:es)? not )?(?P<verb>{_VERB})(?: only| solely)?(?: (?:to|for))?(?P<plans> .+)",
    re.IGNORECASE,
)
_MAY_SAY = re.compile(_VERB, re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:except(?: for| as)?|unless|other than|excluding|exclud(?:es|ed)|but not|does not apply"
    r" to)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\ball (?:of )?(?:our )?(?:lines? of business|products?|plans?|markets?|lob)\b", re.IGNORECASE
)
_CHECKED, _EMPTY = "☑☒✓✔◉", "☐○"
_BOX = rf"(?:[{_CHECKED}{_EMPTY}]|\[ ?[xX]? ?\]|\( ?[xX]? ?\))"
_BOX_BEFORE = re.compile(rf"(?P<box>{_BOX})\s*(?P<words>[^{_CHECKED}{_EMPTY}\[\](|;]+)")
_BOX_BEHIND = re.compile(rf"(?P<words>[A-Za-z][A-Za-z /&-]*?)\s*(?P<box>{_BOX})")
_CROSS_BEHIND = re.compile(r"(?P<words>[A-Za-z][A-Za-z/&-]*)\s+(?P<box>[xX])(?=\s|$)")
_BEHIND = (_BOX_BEHIND, _CROSS_BEHIND)
_STARTS_WITH_BOX = re.compile(rf"\s*{_BOX}")
_BEFORE_PLANS = re.compile(
    r"(?:[\s,(]|[A-Z][\w&-]*|\b(?:all|only|our|its|the|any|both|those|members?|enrollees"
    r"|participants|beneficiaries|subscribers|patients|persons|of|in|for|to|with|under|who|are|on"
    r"|enrolled|insured|covered|by|following|requests?|claims?|services?|plans?"
    r"|products?|benefits?|lines? of business)\b)*"
)
"""What may stand between "applies to" and the names of plans."""
_SMALL_WORDS = r"\b(?:x|and|or|plans?|products?|hmo|ppo|pos|epo|chip|only|all)\b"
_PARENTHESIS = re.compile(r"\([^()]*\)")
_TITLE_BREAK = re.compile(r"\s[-–—|]\s|[–—|:()]")


@dataclass(frozen=True, slots=True)
class _Plans:
    """Plans that words name."""

    lines: tuple[LineOfBusiness, ...] = ()
    funding: tuple[Funding, ...] = ()
    states: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines or self.funding or self.states)


def reach_of(document: Document, title: str = "") -> AppliesTo:
    """Which plans the head and the part on the scope of a document say that it applies to.

    Where none says so, its `title` may ("Code list - Commercial", "Code list (Medicaid)").
    """
    found = _labelled(document) or _alone(document) or _said(document) or _titled(title)
    return found or AppliesTo()


def lines_named(text: str) -> tuple[LineOfBusiness, ...]:
    """The lines of business of a heading that is nothing but names of plans ("Commercial HMO")."""
    return _plans(text).lines if _names_plans_alone(text) else ()


def _titled(title: str) -> AppliesTo | None:
    """The plans that a part of a title names and nothing else; its first words are the subject."""
    for part in _TITLE_BREAK.split(title)[1:]:
        if _names_plans_alone(part) and (plans := _plans(part)).lines:
            return AppliesTo(lines_of_business=plans.lines, funding=plans.funding)
    return None


def _alone(document: Document) -> AppliesTo | None:
    """The plans that one of the first lines names and nothing else: boxes without a label, or a
    state's program ("Ohio Medicaid").
    """
    for row in rows_of(document.header)[:_FIRST_ROWS]:
        boxes = [*re.finditer(_BOX, row.text)]
        boxed = len(boxes) > 1
        kind = _document_kind().sub(" ", row.text)
        if not boxed and kind != row.text and _names_plans_alone(kind):
            return AppliesTo(lines_of_business=_plans(kind).lines)
        words = row.text[boxes[0].start() :] if boxed else row.text
        words, states = without_states(words), states_in(words)
        if (boxed or states) and _names_plans_alone(words) and (plans := _chosen(words)).lines:
            return AppliesTo(
                lines_of_business=plans.lines, funding=plans.funding, states=States(include=states)
            )
    return None


@cache
def _document_kind() -> re.Pattern[str]:
    """What a policy calls itself, behind the plans for which it is: "Medicare Advantage Medical
    Policy".
    """
    words = r"medical|clinical|coverage|reimbursement|payment|drug|pharmacy|utilization management"
    nouns = joined("letterheads", "document")
    return re.compile(rf"\b(?:{words}|{nouns})\b", re.IGNORECASE)


def _labelled(document: Document) -> AppliesTo | None:
    """The plans behind the first labels that name any; a label for states adds to one for lines."""
    lines: tuple[LineOfBusiness, ...] = ()
    funding: tuple[Funding, ...] = ()
    states: tuple[str, ...] = ()
    every = False
    for value in _values(document):
        if _ALL.search(value) and not lines:
            every = True
        excluded = _excluded(value)
        plans = _chosen(value)
        lines = lines or (_without(excluded.lines) if excluded.lines and every else plans.lines)
        funding = funding or plans.funding
        states = states or plans.states
    if not (lines or funding or states):
        return AppliesTo() if every else None
    return AppliesTo(lines_of_business=lines, funding=funding, states=States(include=states))


def _excluded(value: str) -> _Plans:
    """The plans behind "except" or "unless"."""
    match = _OTHERWISE.search(value)
    return _plans(value[match.end() :]) if match else _Plans()


def _without(lines: tuple[LineOfBusiness, ...]) -> tuple[LineOfBusiness, ...]:
    """All lines of business of a payer but these."""
    every: tuple[LineOfBusiness, ...] = get_args(LineOfBusiness)
    return tuple(line for line in every if line not in lines and line != "medicare_ffs")


def _chosen(value: str) -> _Plans:
    """The plans that a value names: those whose box is checked where it has boxes, else all before
    an exception.
    """
    forms = (_BOX_BEFORE, _CROSS_BEHIND) if _STARTS_WITH_BOX.match(value) else _BEHIND
    for pattern in forms:
        boxes = [*pattern.finditer(value)]
        if boxes:
            checked = (box["words"] for box in boxes if _is_checked(box["box"]))
            return _plans("; ".join(checked))
    match = _OTHERWISE.search(value)
    return _plans(value[: match.start()] if match else value)


def _is_checked(box: str) -> bool:
    return box[0] in _CHECKED or "x" in box.lower()


def _plans(words: str) -> _Plans:
    lines: list[LineOfBusiness] = []
    funding: list[Funding] = []
    rest = words.lower()
    for entry in terms("reach", "plans").entries:
        pattern = re.compile(entry.pattern)
        if pattern.search(rest):
            rest = pattern.sub(" ", rest)
            lines += [entry.meaning.line] if entry.meaning.line else []
            funding += [entry.meaning.funding] if entry.meaning.funding else []
    order: tuple[LineOfBusiness, ...] = get_args(LineOfBusiness)
    lines.sort(key=order.index)
    states = states_listed(words) or states_in(words)
    return _Plans(tuple(lines), tuple(funding), states)


def _values(document: Document) -> Iterator[str]:
    """What stands behind labels for plans, with the lines of boxes or plans alone that follow."""
    rows = list(_rows(document))
    for number, text in enumerate(rows):
        match = _label().match(text)
        if match is None:
            continue
        value = match["value"].strip()
        if value and not match["mark"] and not _names_plans_alone(value):
            continue
        follows = not value or _names_plans_alone(value)
        for following in rows[number + 1 : number + 5] if follows else ():
            if not _names_plans_alone(following):
                break
            value = f"{value} {following}"
        if value:
            yield value[:_LONGEST_VALUE]


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?i:{joined('reach', 'reach_label')})\b\s*(?P<mark>[:|\t]?)\s*(?P<value>.*)"
    )


def _names_plans_alone(text: str) -> bool:
    """Whether a line is nothing but names of plans, boxes and small words."""
    if len(text) > _LONGEST_VALUE or not _plans(text):
        return False
    rest = re.sub(r"\b[A-Z]{2}\b", " ", _PARENTHESIS.sub(" ", text)).lower()
    for entry in terms("reach", "plans").entries:
        rest = re.sub(entry.pattern, " ", rest)
    rest = re.sub(
        rf"{_BOX}|\bx\b|\b(?:and|or|plans?|products?|hmo|ppo|pos|epo|chip|only|all)\b", " ", rest
    )
    return not states_in(text) and re.search(r"[a-z]{2}", rest) is None


def _rows(document: Document) -> Iterator[str]:
    """The rows of the head, then blocks and rows of tables, as far as a scope can stand."""
    yield from (row.text for row in rows_of(document.header)[:_ROWS])
    for block in document.blocks[:_BLOCKS]:
        if block.table is None:
            yield " ".join(block.text.split())[:_LONGEST_ROW]
            continue
        for row in block.table.rows[:_TABLE_ROWS]:
            yield "\t".join(" ".join(cell.text.split()) for cell in row.cells if cell.text.strip())


def _said(document: Document) -> AppliesTo | None:
    """The plans of the first sentence whose subject is the policy, and that names any."""
    for block in document.blocks[:_BLOCKS]:
        if block.table is not None:
            continue
        text = " ".join(block.text.split())
        for start, end in sentence_spans(text):
            if found := _of_sentence(text[start:end]):
                return found
    return None


def _of_sentence(sentence: str) -> AppliesTo | None:
    match = _SAID.search(sentence) if _MAY_SAY.search(sentence) else None
    if match is None:
        return None
    words = match["plans"]
    if match["not"]:
        return None  # what it does not apply to tells nothing of the rest
    excluded = _excluded(words)
    if _ALL.search(words):
        return AppliesTo(lines_of_business=_without(excluded.lines) if excluded.lines else ())
    plans = _chosen(words)
    if not plans or not _begins_with_plans(words):
        return None
    return AppliesTo(
        lines_of_business=plans.lines, funding=plans.funding, states=States(include=plans.states)
    )


def _begins_with_plans(words: str) -> bool:
    """Whether plans are what a sentence says the policy applies to, and no part of something else:
    "lamps that Medicare members wear".
    """
    starts = [
        found.start()
        for entry in terms("reach", "plans").entries
        if (found := re.search(entry.pattern, words.lower()))
    ]
    return bool(starts) and _BEFORE_PLANS.fullmatch(words[: min(starts)]) is not None
