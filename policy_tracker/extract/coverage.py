"""From a document's blocks to what its coverage part says.

Sections, a tree of statements, authorizations, the residual position, and how much was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.traced import Traced
from policy_tracker.extract.coverage_tables import open_tables
from policy_tracker.extract.free_sentences import inherits_nothing
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.payers.profile import GENERIC, Profile
from policy_tracker.extract.provenance import source_of
from policy_tracker.extract.roles import (
    StatementRole,
    decides,
    is_note,
    read_role,
)
from policy_tracker.extract.statement_texts import texts_of
from policy_tracker.extract.structure.connectors import join
from policy_tracker.extract.structure.headings import CODES_ONLY
from policy_tracker.extract.structure.logic import (
    Connector,
    combine,
    leading_connector,
    of_connectors,
)
from policy_tracker.extract.structure.mending import mend
from policy_tracker.extract.structure.outline import Node, build_outline
from policy_tracker.extract.structure.sections import HeadedPart, read_parts
from policy_tracker.extract.unread_parts import unread_of
from policy_tracker.language.coverage_terms import is_evidence
from policy_tracker.language.phase import phase_of, phase_of_headings
from policy_tracker.language.quantities.durations import valid_for
from policy_tracker.language.quantities.read import locate_quantities, under_limit
from policy_tracker.language.sentences import title_of
from policy_tracker.language.stance import is_negated
from policy_tracker.record.code_lists import Authorization
from policy_tracker.record.content import Unread
from policy_tracker.record.quantities import Quantity
from policy_tracker.record.source import Spans
from policy_tracker.record.statements import Residual, Section, Statement
from policy_tracker.record.vocabulary import DENYING, Phase, Requirement

_DIGIT = re.compile(r"\d")
"""What every code has, and most texts have not."""
_REST = re.compile(
    r"\b(?:all|any|for) other (?:\w+ "
    r")?(?:uses?|indications?|conditions?|services?|diagnos[ei]s|circumstances"
    r"|situations|purposes|patients|products?)\b|\bany other use\b",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"(?:this|these|those|they|such [\w ]{2,40}?|(?:some |common )?examples)(?: may| can| would)?"
    r" (?:also )?includes?\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with the one before it by naming its cases."""
_CODE_LABEL = re.compile(r"^[A-Z][\w-]*(?: [\w-]+){0,3}:\s+(?=\S)")
_CODE_SYSTEM = re.compile(
    r"[;,]?\s*\b(?:CPT|HCPCS|ICD-?10(?:-?(?:CM|PCS))?)\b[®*]*(?: codes?)?:?", re.IGNORECASE
)
_NOT_NEEDED = re.compile(
    r"\b(?:not|never|no longer)(?: \w+ly)? (?:be )?(?:requir|need)"
    r"|\b(?:no|without(?: an?y?)?) (?:\w+ )?"
    r"(?:pre-?authoriz|authoriz|pre-?certif|certif|pre-?approv|approv)",
    re.IGNORECASE,
)
"""Words by which a sentence says that nobody has to ask first."""
_LONGEST_LABEL = 12
"""Words of a label above a list of codes."""
_LONGEST_NAME = 6
"""Words of an item that only names what stands under it: "II. Continued Therapy"."""
_BEGINNING = "Beginning of the document"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the engine read.

    `parts` are all parts of the document with their blocks, for the readers of codes and history; a
    statement's place in `statements` is that of its text in the document.
    """

    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    authorizations: tuple[Authorization, ...]
    residual: Residual | None
    unread: tuple[Unread, ...]
    warnings: tuple[str, ...]
    parts: tuple[HeadedPart, ...]
    printed: Mapping[str, Traced]
    """By a statement's key: its text, with where the document prints it."""


@dataclass(slots=True, eq=False)
class _StatementDraft:
    """A statement in the making: its node, words, and the draft that it is a part of."""

    node: Node
    words: Traced
    key: str
    parent: _StatementDraft | None
    reading: StatementRole
    phase: Phase | None
    quantities: tuple[Quantity, ...]
    spans: tuple[Spans, ...]
    last: bool
    logic: str | None = None

    @property
    def text(self) -> str:
        return self.words.text


def read_coverage(document: Document, profile: Profile = GENERIC) -> Coverage:
    """Reads the coverage part of a document laid out as the profile says."""
    printed = read_parts(mend(document.blocks), profile)
    opened = open_tables(printed)
    parts = opened.parts
    nodes = build_outline(parts)
    drafts = _drafts(nodes, profile)
    joined = join(nodes)
    _set_logic(drafts, joined)
    statements = tuple(_statement(draft) for draft in drafts)
    sections = _sections(parts, drafts, joined)
    warnings = [*document.warnings, *_warnings((*printed, *parts), nodes, drafts)]
    return Coverage(
        sections=sections,
        statements=statements,
        authorizations=_authorizations(drafts),
        residual=_residual(drafts),
        unread=unread_of(document, opened.left),
        warnings=tuple(dict.fromkeys(warnings)),
        parts=tuple(parts),
        printed={draft.key: draft.words for draft in drafts},
    )


def _is_of_codes(text: str) -> bool:
    """Whether a line holds codes alone, or behind a label: "Payable: CPT 10001, 10002"."""
    if not _DIGIT.search(text):
        return False
    codes = _CODE_SYSTEM.sub(" ", _CODE_LABEL.sub("", text.strip(), count=1))
    return CODES_ONLY.fullmatch(codes.strip()) is not None


def _of_code_lists(nodes: Sequence[Node]) -> set[Node]:
    """The nodes that are lines of codes alone, and the labels right above these: they belong to the
    reader of codes.
    """
    found: set[Node] = set()
    for node, following in zip_longest(nodes, nodes[1:]):
        if _is_of_codes(node.block.text) or (
            following is not None
            and node.is_lead
            and node.block.label is None
            and len(node.block.text.split()) <= _LONGEST_LABEL
            and _is_of_codes(following.block.text)
        ):
            found.add(node)
    return found


def _drafts(nodes: Sequence[Node], profile: Profile) -> list[_StatementDraft]:
    """The statements in document order; a part of a block of several sentences hangs on the last of
    them.
    """
    drafts: list[_StatementDraft] = []
    of_node: dict[Node, _StatementDraft] = {}
    keys = Keys()
    listing = _of_code_lists(nodes)
    for node in nodes:
        if node in listing:
            continue
        above = _above(node, of_node)
        texts = texts_of(node)
        for number, words in enumerate(texts):
            text = words.text
            if number and (_gives_reason(drafts[-1], text) or _names_examples(drafts[-1], text)):
                above = drafts[-1]
            reading = read_role(
                text, above.reading if above else None, node.part.path, profile.approved
            )
            if node.part.undecided and decides(text) is None:
                reading = replace(reading, position="indeterminate")
            elif above is None and inherits_nothing(text, reading, node):
                reading = replace(reading, role="note", position="informational")
            prefix = above.key if above else node.part.key
            located = locate_quantities(text, reading.role)
            quantities = tuple(found.quantity for found in located)
            if above:
                quantities = under_limit(
                    quantities, above.text, above.reading.role, above.quantities
                )
            draft = _StatementDraft(
                node=node,
                words=words,
                key=keys.free(
                    f"{prefix}/{slug(title_of(text) or text) or reading.role.replace('_', '-')}"
                ),
                parent=above,
                reading=reading,
                phase=_phase(text, reading, above, node),
                quantities=quantities,
                spans=tuple(words.spans(*found.span) for found in located),
                last=number == len(texts) - 1,
            )
            drafts.append(draft)
            of_node[node] = draft
    return drafts


def _names_examples(before: _StatementDraft, text: str) -> bool:
    """Whether a sentence only names what the sentence before it speaks of: "Other lamps are not
    covered. This includes, but is not limited to:".
    """
    return (
        before.reading.payer_term is not None
        and _EXAMPLES.match(text) is not None
        and decides(text) is None
    )


def _gives_reason(before: _StatementDraft, text: str) -> bool:
    """Whether a sentence that stands before a list only gives the reason for what the sentence
    before it says of the list: "Each of the following is unproven. Studies are lacking:".
    """
    return (
        text.endswith(":")
        and before.reading.payer_term is not None
        and re.search(r"\bfollowing\b", before.text) is not None
        and decides(text) is None
        and (is_negated(text) or is_evidence(text.rstrip(" :")))
    )


def _phase(
    text: str, reading: StatementRole, above: _StatementDraft | None, node: Node
) -> Phase | None:
    """The phase that a sentence of its own standing names, else that of what stands above it.

    A criterion about earlier therapy changes no phase.
    """
    leads = (
        text.endswith(":")
        or title_of(text) is not None
        or reading.role in {"position", "prior_auth"}
        or (bool(node.children) and len(text.split()) <= _LONGEST_NAME)
    )
    own = phase_of(text[:90]) if leads else None
    return own or (above.phase if above else None) or phase_of_headings(node.part.path)


def _above(node: Node, of_node: dict[Node, _StatementDraft]) -> _StatementDraft | None:
    parent = node.parent
    while parent is not None and parent not in of_node:
        parent = parent.parent
    return of_node[parent] if parent is not None else None


def _set_logic(drafts: Sequence[_StatementDraft], joined: Mapping[Node, Connector]) -> None:
    for draft in drafts:
        children = [child for child in draft.node.children if not is_note(child.block.text)]
        if children and draft.last:
            draft.logic = combine(
                draft.text,
                [joined.get(child) for child in children[:-1]],
                children=len(children),
                denies=(draft.reading.below or draft.reading.position) in DENYING,
                limits=draft.reading.role == "limit",
                absent=draft.reading.absent,
            )
            if _is_parted(draft) and draft.logic == "any_of":
                draft.logic = None  # one of the first, and what is behind the AND as well


def _is_parted(draft: _StatementDraft) -> bool:
    """Whether a lead-in that begins with AND parts the list below a statement in two."""
    return any(
        child.heads and leading_connector(child.block.text) == "and"
        for child in draft.node.children
    )


def _section_logic(tops: Sequence[_StatementDraft], joined: Mapping[Node, Connector]) -> str | None:
    """How the top statements of a section combine: where they begin with AND or OR ("AND ALL of the
    following"), or are joined by them.
    """
    words = [leading_connector(draft.text) or joined.get(draft.node) for draft in tops]
    return of_connectors(words)[0]


def _sections(
    parts: Sequence[HeadedPart], drafts: Sequence[_StatementDraft], joined: Mapping[Node, Connector]
) -> tuple[Section, ...]:
    """The sections in order; one that goes on behind a table is one section."""
    tops: dict[str, list[_StatementDraft]] = {}
    for draft in drafts:
        if draft.parent is None:
            tops.setdefault(draft.node.part.key, []).append(draft)
    return tuple(
        Section(
            key=part.key,
            heading=part.heading or _BEGINNING,
            kind=part.kind,
            logic=_section_logic(tops.get(part.key, []), joined),
            spans=part.title.spans(),
        )
        for part in {part.key: part for part in parts}.values()
    )


def _statement(draft: _StatementDraft) -> Statement:
    reading = draft.reading
    title = title_of(draft.text) if draft.node.block.label else None
    return Statement(
        key=draft.key,
        parent=draft.parent.key if draft.parent else None,
        section=draft.node.part.key,
        role=reading.role,
        position=reading.position,
        basis=reading.basis,
        payer_term=reading.payer_term,
        logic=draft.logic,
        phase=draft.phase,
        text=draft.text,
        label=title,
        quantities=draft.quantities,
        quantity_spans=draft.spans if any(draft.spans) else (),
        source=source_of(draft.node.block, draft.words),
    )


def _authorizations(drafts: Sequence[_StatementDraft]) -> tuple[Authorization, ...]:
    """What the statements say of authorization: that it is needed, and for how long it holds."""
    found = []
    for draft in drafts:
        span = valid_for(draft.text, draft.reading.role)
        if span is None and not (draft.reading.role == "prior_auth" and _asks(draft.text)):
            continue
        found.append(
            Authorization(
                requirement=_requirement(draft.text),
                phase=draft.phase,
                valid_for=span,
                statement=draft.key,
            )
        )
    return tuple(found)


def _asks(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:authorization|approval|precertification)\b.{0,40}"
            r"\b(?:required|recommended|needed|obtained|mandatory)"
            r"|\brequires? (?:\w+ )?(?:pre-?|prior )?authorization",
            text,
            re.IGNORECASE,
        )
    )


def _requirement(text: str) -> Requirement:
    if _NOT_NEEDED.search(text):
        return "not_required"
    if re.search(r"\bmay (?:be )?require|\bif applicable|\brecommended", text, re.IGNORECASE):
        return "conditional"
    return "required"


def _residual(drafts: Sequence[_StatementDraft]) -> Residual | None:
    """The sentence that denies everything not named: "… is considered investigational for all other
    indications".
    """
    for draft in drafts:
        position = draft.reading.position
        if position in DENYING and draft.reading.payer_term and _REST.search(draft.text):
            return Residual(
                position=position, text=draft.text, source=source_of(draft.node.block, draft.words)
            )
    return None


def _warnings(
    parts: Sequence[HeadedPart], nodes: Sequence[Node], drafts: Sequence[_StatementDraft]
) -> list[str]:
    if not any(part.is_coverage and part.blocks for part in parts):
        return ["no coverage part was found"]
    if not drafts:
        return ["the coverage part has no statements"]
    tabled = {id(block) for part in parts for block, below in pairwise(part.blocks) if below.table}
    leads = [node for node in nodes if node.is_lead and id(node.block) not in tabled]
    lonely = [node for node in leads if not node.children and not is_note(node.block.text)]
    told = [
        f"whether something is covered is left open: {draft.text[:80]}"
        for draft in drafts
        if draft.reading.role == "note" and draft.reading.position is None
    ]
    told += [
        f"nothing says whether this is a condition of coverage: {draft.text[:80]}"
        for draft in drafts
        if draft.reading.role == "criterion" and draft.reading.position == "indeterminate"
    ]
    told += [
        f"how the parts of a list with an AND in it combine is left open: {draft.text[:80]}"
        for draft in drafts
        if draft.logic is None and _is_parted(draft)
    ]
    for node in lonely:
        page = f" on page {node.block.page}" if node.block.page else ""
        told.append(f"a list is announced{page}, and none follows: {node.block.text[:80]}")
    return told
