"""A record out of what the readers found: head, coverage, codes and history of one document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Literal

from policy_tracker.documents.blocks import Block, Document, Line
from policy_tracker.extract.authorizations_named import with_named_codes
from policy_tracker.extract.code_group_drafts import CodesRead
from policy_tracker.extract.codes import read_codes
from policy_tracker.extract.codes_dated import warnings_of, with_endings
from policy_tracker.extract.codes_elsewhere import named_elsewhere
from policy_tracker.extract.codes_of_sentences import (
    Sentence,
    beside_lists,
    groups_of_names,
    inline_groups,
)
from policy_tracker.extract.coverage import Coverage, read_coverage
from policy_tracker.extract.dates_inside import Inside, first_without, of_statement
from policy_tracker.extract.drug_lists import is_drug_list
from policy_tracker.extract.head.identity import Identity, slug_of, version_of
from policy_tracker.extract.history import read_history
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.quality import UNDATED, UNTITLED
from policy_tracker.extract.roles import decides
from policy_tracker.extract.row_codes import with_row_codes
from policy_tracker.extract.structure.headings import is_sentence
from policy_tracker.extract.structure.parts import LONGEST_HEADING, PartKind, parts_of
from policy_tracker.extract.unread_parts import unread_parts
from policy_tracker.language.code_forms import MAY_NAME_CODES
from policy_tracker.language.code_mentions import read_inline
from policy_tracker.language.coverage_terms import special_role
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.record import CodeRef, DateFact, Record, Statement
from policy_tracker.record.code_lists import CodeGroup
from policy_tracker.record.content import Extraction, HistoryRow, RelatedPolicy
from policy_tracker.record.source import Spans
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.vocabulary import DateName, PolicyType, Position

_LONGEST_TITLE = 400
_LONGEST_HEAD = 60
_LONGEST_LABEL, _LONGEST_BEFORE = 4, 6
"""Words that may stand beside each title, number or date in a line of the head: their labels; and
right before one date that ends the line.
"""
_WORD = re.compile(r"\w[^\s]*")


@dataclass(frozen=True, slots=True)
class Head:
    """Which policy and version a document is, as its format read it."""

    payer: str
    policy: str
    title: str
    policy_type: PolicyType
    version: str
    policy_number: str | None = None
    aliases: tuple[str, ...] = ()
    version_label: str | None = None
    dates: Mapping[DateName, DateFact] = field(default_factory=dict)
    applies_to: AppliesTo = field(default_factory=AppliesTo)
    scope: str | None = None
    related: tuple[RelatedPolicy, ...] = ()
    spans: Spans = ()
    """The characters of the document from which title, number, version and dates were read."""


@dataclass(frozen=True, slots=True)
class FormatReading:
    """How a format reads the body: its profile for the coverage part, its own heading words, and
    what codes without a status are.

    The codes that sentences name form groups where no list of codes stands in the document, or
    always (`sentence_codes`). `starts` are the headings with one of which the body begins: what
    stands before the first of them is the head, in which nothing is a statement.
    """

    extractor: str
    version: int
    profile: Profile
    parts: Sequence[tuple[PartKind, str]] = ()
    silent: Position = "informational"
    sentence_codes: Literal["without_lists", "always"] = "without_lists"
    starts: str | None = None


def head_of(
    identity: Identity,
    document: Document,
    *,
    payer: str,
    policy: str,
    policy_type: PolicyType,
    title: str = "",
    printed: Sequence[Line | Block] = (),
) -> Head:
    """A head from a read identity; where no title is found, the document's own or the number stands
    in.

    `printed` are the lines or the block that print a title which the identity does not have.
    """
    # no file name, no "(anonymous)"
    own = document.title if document.title and re.match(r"[A-Z][^.\\/]*$", document.title) else None
    words = " ".join((title or identity.title or own or identity.number or UNTITLED).split())
    return Head(
        payer=payer,
        policy=policy or slug_of(words) or "unnamed",
        title=words[:_LONGEST_TITLE],
        policy_type=policy_type,
        version=version_of(identity, document),
        policy_number=identity.number,
        version_label=identity.version,
        dates=identity.dates,
        spans=_spans_of_head(identity, printed, titled=not title or title == identity.title),
    )


def _spans_of_head(identity: Identity, printed: Sequence[Line | Block], *, titled: bool) -> Spans:
    """The characters that print number, version, dates and title; `titled`: the title is the
    identity's.
    """
    fields = ("number", "version", *(("title",) if titled else ()), *identity.dates)
    lines = (line.spans if isinstance(line, Line) else line.traced().spans() for line in printed)
    return tuple(
        dict.fromkeys(
            span
            for spans in (*lines, *(identity.spans.get(name, ()) for name in fields))
            for span in spans
        )
    )


def assemble(
    document: Document,
    head: Head,
    reading: FormatReading,
    history: Sequence[HistoryRow] | None = None,
) -> Record:
    """The record of one version.

    `history` replaces the general reader's rows where a format has a layout of its own.
    """
    body = _without_head_lines(_without_head(document, reading.starts), head)
    coverage = read_coverage(body, reading.profile)
    parts = tuple(parts_of(document.blocks, reading.parts))
    listed = read_codes(parts, silent=reading.silent)
    named = _named_in_statements(coverage)
    groups = listed.groups
    told = (
        named.groups
        if reading.sentence_codes == "always" or not groups
        else beside_lists(named.groups, groups)
    )
    groups = (*groups, *_with_free_keys(told, groups))
    elsewhere = groups_of_names(named_elsewhere(parts, (*groups, *named.groups)))
    groups = (*groups, *_with_free_keys(elsewhere, groups))
    groups = with_endings(groups, (*listed.endings, *named.endings))
    starts = head.dates.get("effective")
    statements = with_row_codes(
        [_with_dates(_with_codes(statement), starts) for statement in coverage.statements],
        document.blocks,
    )
    return Record(
        record=1,
        payer=head.payer,
        policy=head.policy,
        policy_number=head.policy_number,
        aliases=head.aliases,
        title=head.title,
        policy_type=head.policy_type,
        version=head.version,
        version_label=head.version_label,
        source_kind="payer_document",
        dates=dict(head.dates),
        scope=head.scope,
        applies_to=head.applies_to,
        sections=coverage.sections,
        statements=statements,
        code_groups=groups,
        authorizations=with_named_codes(
            coverage.authorizations,
            (*listed.authorizations, *named.authorizations),
            statements,
        ),
        residual=coverage.residual,
        related_policies=head.related,
        revision_history=tuple(read_history(parts) if history is None else history),
        extraction=Extraction(
            extractor=reading.extractor,
            version=reading.version,
            spans=head.spans,
            unread=tuple(dict.fromkeys((*coverage.unread, *unread_parts(document)))),
            warnings=tuple(
                dict.fromkeys(
                    (
                        *document.warnings,
                        *coverage.warnings,
                        *listed.warnings,
                        *named.warnings,
                        *missing(head),
                        *warnings_of(groups),
                    )
                )
            ),
        ),
    )


def _without_head(document: Document, starts: str | None) -> Document:
    """The document from the first heading of its body on; all of it where none of these headings
    stands near its beginning.
    """
    pattern = re.compile(rf"(?:[IVX\d]+\.\s*)?(?:{starts})\s*:?", re.IGNORECASE) if starts else None
    for number, block in enumerate(document.blocks[:_LONGEST_HEAD] if pattern else ()):
        if block.table is not None and is_drug_list(block.table):
            return replace(document, blocks=document.blocks[_headed(number, document.blocks) :])
        if (
            pattern
            and block.table is None
            and len(block.text) <= LONGEST_HEADING
            and pattern.fullmatch(block.text.strip())
        ):
            above = document.blocks[:number]
            if any(decides(one.text) or special_role(one.text) for one in above):
                return document
            return replace(document, blocks=document.blocks[number:])
    return document


def _without_head_lines(document: Document, head: Head) -> Document:
    """The document without the first lines that print title, number or dates and nothing else:
    where no heading parts them from the body, they are no statements of it.
    """
    values = [head.title, head.policy_number, head.version_label]
    values += [fact.raw for fact in head.dates.values()]
    printed = sorted({value for value in values if value}, key=len, reverse=True)
    first, rest = document.blocks[:_LONGEST_HEAD], document.blocks[_LONGEST_HEAD:]
    plans = {name.replace("_", " ") for name in head.applies_to.lines_of_business}
    kept = (
        block
        for block in first
        if not _is_head_line(block, printed) and not _names_plans(block.text, plans)
    )
    return replace(document, blocks=(*kept, *rest))


def _is_head_line(block: Block, printed: Sequence[str]) -> bool:
    """Whether a line is these values with their labels, and takes no position."""
    if block.table is not None:
        return False
    said = " ".join(block.text.split())
    beside, told = said, 0
    for value in printed:
        beside, count = beside.replace(value, " "), beside.count(value)
        told += count
    if told <= (block.kind == "heading") or len(said) > LONGEST_HEADING * told:
        return False
    ends = told == 1 and any(said.endswith(value) and value[-1].isdigit() for value in printed)
    room = _LONGEST_BEFORE if ends else _LONGEST_LABEL * told
    # "Effective January 1, 2023, lamp 4 is retired." says something of its own
    states = is_sentence(said.rstrip(".;,")) or decides(block.text) is not None
    return len(_WORD.findall(beside)) <= room and not states


def _names_plans(text: str, plans: AbstractSet[str]) -> bool:
    """Whether a line is a label with the plans that the head has read from it: "Members:
    Commercial".
    """
    label, colon, named = " ".join(text.lower().split()).partition(":")
    found = {name.strip() for name in re.split(r",|;|\band\b|&", named)}
    return bool(colon and plans) and len(label.split()) <= _LONGEST_LABEL and found <= plans


def _headed(number: int, blocks: Sequence[Block]) -> int:
    """The first of the headings right above a block."""
    while number and blocks[number - 1].kind == "heading":
        number -= 1
    return number


def _with_free_keys(groups: Sequence[CodeGroup], others: Sequence[CodeGroup]) -> list[CodeGroup]:
    """Groups whose keys do not repeat those of others."""
    taken = {group.key for group in others}
    return [
        group.model_copy(update={"key": f"{group.key}-named"}) if group.key in taken else group
        for group in groups
    ]


def missing(head: Head) -> tuple[str, ...]:
    """Warnings on what a head does not say."""
    warnings = []
    if not head.policy_number and head.title == UNTITLED:
        warnings.append("neither a number nor a title was found")
    if head.version.startswith(UNDATED):
        warnings.append("no date or label was found that names the version")
    return tuple(warnings)


def _with_codes(statement: Statement) -> Statement:
    """A statement with the codes that its text names, as far as the reader of statements has not
    put them there.
    """
    if statement.codes or statement.ranges or not MAY_NAME_CODES.search(statement.text):
        return statement
    found = read_inline(statement.text)
    codes = tuple(
        dict.fromkeys(CodeRef(system=code.system, code=code.code) for code in found.codes)
    )
    return (
        statement.model_copy(update={"codes": codes, "ranges": tuple(dict.fromkeys(found.ranges))})
        if found
        else statement
    )


def _with_dates(statement: Statement, starts: DateFact | None) -> Statement:
    """A statement with the dates that its text gives it, where these are not the version's own.

    A sentence that codes are deleted is a note on them: it approves nothing, whatever heading it
    stands under.
    """
    told = of_statement(statement.text, names_codes=bool(statement.codes or statement.ranges))
    if told.ending and not told.refuses:
        return statement.model_copy(
            update={"role": "note", "position": "informational", "payer_term": None, "basis": None}
        )
    if told.refuses:
        told = Inside(effective=first_without(told.ends) if told.ends else None)
    own = (
        told.effective
        if told.effective and (starts is None or told.effective.date != starts.date)
        else None
    )
    return (
        statement.model_copy(update={"effective": own, "ends": told.ends})
        if own or told.ends
        else statement
    )


def _page(statement: Statement) -> int | None:
    return statement.source.page if statement.source else None


def _named_in_statements(coverage: Coverage) -> CodesRead:
    headings = {section.key: section.heading for section in coverage.sections}
    return inline_groups(
        Sentence(
            words.cut(start, end),
            statement.position,
            headings.get(statement.section, ""),
            _page(statement),
            statement.key,
            listed=statement.parent is None and statement.role != "position",
        )
        for statement in coverage.statements
        if MAY_NAME_CODES.search(statement.text)
        for words in (coverage.printed[statement.key],)
        for start, end in sentence_spans(words.text)
    )
