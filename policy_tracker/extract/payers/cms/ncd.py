"""National coverage determinations of CMS, whichever way they come: the same words give the same
blocks, and so the same statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.language.dates import first_date
from policy_tracker.record import DateFact, Record, Statement
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.vocabulary import Position

PAYER = "cms"
COVERAGE = "Indications and Limitations of Coverage"
DESCRIPTION = "Item/Service Description"
PROFILE = Profile(
    name="cms_ncd",
    opening=(
        r"indications and limitations of coverage",
        r"(?:contraindications and )?(?:nationally )?(?:non-? ?)?(?:covered|coverage)(?: .*)?",
        r"(?:.{0,80} )?nationally (?:non-? ?)?covered(?: .*)?",
        r"other",
        r"limitations?(?: of coverage)?",
    ),
    closing=(
        ("background", r"general|item/service description|benefit categor.*|description.*"),
        ("references", r"cross-? ?references?.*|see also"),
        ("coding", r"covered code lists.*"),
    ),
    run_in=(),
    approved="covered",
)
APPLIES_TO = AppliesTo(lines_of_business=("medicare_ffs", "medicare_advantage"))
SENTINEL = "1966-01-01"
"""The export's effective date of what was never dated: the start of Medicare."""

_LEVELS = {"upper": 2, "number": 3, "lower": 4, "roman": 5}
_SPELLED_LABEL = re.compile(r"^[A-Z]\.\s?\d{1,2}\.?\s+(?=[A-Z])")
_VERB = re.compile(
    (
        r"\b(?:is|are|was|were|must|may|will|shall|should|has|have|had|can|does|do|see|includes?"
        r"|provides?|means|requires?)\b"
    ),
    re.IGNORECASE,
)
_OLD_MANUAL = re.compile(r"(?:CIM|PM|MCM|HO|HHA)\s+[A-Z0-9][\w.,-]*(?:[\s,;&]+[\w.-]+)*$")
_CROSS_REFERENCE = re.compile(
    r"(?:cross[- ]?references?\s*:|(?:also )?see (?:also )?(?:the\b|NCDs?\b|§|section\b).{0,120}$)",
    re.IGNORECASE,
)
REVIEWED = re.compile(
    r"\(?\s*This NCD (?:was )?last reviewed (?:in |on )?(?P<date>[^).]{4,40})\.?\s*\)?\.?",
    re.IGNORECASE,
)
"""The last line of most determinations."""
_DENIED = re.compile(r"\(?\bDeny\b\s*[-–—(]?|\bDenied\b")
_REFUSED = re.compile(
    r"\bcoverage is (?:also )?(?:denied|not "
    r"(?:available|provided|extended))|\b(?:is|are|would) not (?:be )?(?:reimbursable|payable)"
    r"|\bnot (?:be )?reasonable (?:and|or) necessary|\bno (?:Medicare )?(?:payment|reimbursement) (?:may|can|will|should) be made",  # noqa: E501
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"(?:^|\s)Covered (?:if|when|for|under|only|\()|\b(?:Medicare|CMS|program) (?:also |now "
    r")?covers\b"
    r"|\bMedicare payment (?:may|can|will) be made|\bwould be "
    r"(?:covered|reimbursed)\b|\b(?:is|are) (?:also |now |only )?(?:a )?covered\b"
    r"|\b(?:is|are) (?:therefore )?reimbursable\b"
    r"|\bcoverage (?:for [^.;]{1,60} |in that setting )?is (?:also "
    r")?(?:available|expanded|extended)\b"
    r"|\b(?:sufficient|adequate) to (?:cover|expand coverage|support coverage|conclude that "
    r"[^.;]{1,160}\breasonable and necessary)"
    r"|\beligible for coverage\b|\bdevices covered\b"
)
_BINDS = re.compile(
    r"\b(?:must|shall|required?|only|limited|at least|provided that|unless|no more than)\b",
    re.IGNORECASE,
)
_NEXT_CHAPTER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\s*[-–—]\s+[A-Z]")
_ITEM_END = re.compile(r"[;,]\s*(?:and/or|and|or)?$|;$")
_POINTS_BELOW = re.compile(
    r"\b(?:criteria|conditions|requirements|standards|paragraphs|questions)\b[^.;:]*\bbelow\s*:$",
    re.IGNORECASE,
)
_ENTRY = "▸"
_JOINT = " — "
_REFERRED = re.compile(
    r"\(?see\b[^.]*(?:\.\d[^.]*)*\.?\s?\)?\.?(?: ?\(§+1861[^.]*\.?\)?\.?)?", re.IGNORECASE
)
_LIST_HEADS = ("item", "coverage")


def outlined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the headings of a determination told from its items, its two-column lists
    opened, and cross-references apart.
    """
    opened = list(_listed(blocks))
    found: list[Block] = []
    # nothing in, nothing out
    for block, following in zip(opened, [*opened[1:], None], strict=False):
        if (_OLD_MANUAL.match(block.text) and len(block.text) < 60) or REVIEWED.fullmatch(
            block.text
        ):
            continue
        if block.kind == "paragraph" and _CROSS_REFERENCE.match(block.text):
            found.append(Block("heading", "Cross-reference", heading_level=2))
            found += [] if block.text.endswith(":") else [block]
        else:
            found.append(_heading(block, following) or _plain(block))
    return tuple(
        _unlabelled(block) for block in _nested(tuple(_below(_without_loose_labels(found))))
    )


def _without_loose_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with items that no lead-in announces as paragraphs: their labels count sections,
    which the database's text leaves out.
    """
    above: list[tuple[float, bool]] = []
    for block in blocks:
        if block.kind == "heading":
            above.clear()
        elif block.kind in ("paragraph", "item") and block.label != _ENTRY:
            while above and above[-1][0] >= block.indent:
                above.pop()
            if block.kind == "item" and not any(is_lead for _, is_lead in above):
                block = replace(block, kind="paragraph", indent=0.0, text_indent=0.0)  # noqa: PLW2901
                above.clear()
            above.append((block.indent, _is_lead(block)))
        yield block


def _below(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with the lists to which a sentence points set under it, lead-ins and all: "… if
    it meets the conditions below:".
    """
    shift = 0.0
    for block in blocks:
        top = block.indent <= 0 or block.kind == "heading"
        if top and (block.kind != "paragraph" or not _is_lead(block)):
            shift = 0.0
        if shift:
            kind = "item" if top else block.kind
            yield replace(
                block, kind=kind, indent=block.indent + shift, text_indent=block.text_indent + shift
            )
        else:
            shift = block.indent + 18.0 if _POINTS_BELOW.search(block.text) else 0.0
            yield block


def _nested(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with what a lead-in announces set below it where the source sets both on one
    edge: as long as items end as such do.
    """
    edge: float | None = None
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        free = (
            block.kind in ("paragraph", "item")
            and block.label_kind in (None, "bullet")
            and block.label != _ENTRY
        )
        if before is not None and free and _is_lead(before) and block.indent <= before.indent:
            first = any(_ITEM_END.search(later.text) for later in blocks[place : place + 2])
            edge = max(before.indent, edge or 0.0) + 18.0 if first else edge
        if edge is not None and free and block.indent < edge:
            yield replace(block, kind="item", indent=edge, text_indent=edge + 18.0)
            begun = before is not None and _is_lead(before)
            edge = edge if begun or _is_lead(block) or _ITEM_END.search(block.text) else None
        else:
            edge = edge if block.kind == "note" else None
            yield block


def _is_lead(block: Block) -> bool:
    return block.text.rstrip().endswith(":")


def _plain(block: Block) -> Block:
    """Bold words that head nothing, such as "N/A", as a paragraph."""
    return (
        replace(block, kind="paragraph", heading_level=None) if block.kind == "heading" else block
    )


def _unlabelled(block: Block) -> Block:
    """The database's text has lost its labels, and the manual has them: without, both are cut into
    the same statements.
    """
    kept = block.kind == "heading" or block.label == _ENTRY
    return block if kept or not block.label else replace(block, label=None)


def without_next_chapter(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the heading of the section that follows in the manual."""
    kept = list(blocks)
    while len(kept) > 2 and (
        _NEXT_CHAPTER.match(kept[-1].text) or kept[-1].text.startswith("(Rev")
    ):
        kept.pop()
    return tuple(kept)


def coverage_heading() -> Block:
    """The heading under which everything stands that no other heading takes."""
    return Block("heading", COVERAGE, heading_level=1)


def description_heading() -> Block:
    """The heading of an item's description."""
    return Block("heading", DESCRIPTION, heading_level=1)


def settled(record: Record) -> Record:
    """The record with what only determinations say so.

    `Deny` and `Covered if` of their lists, "Medicare covers …" and "… is not payable" of their
    prose, what is granted without a reason as covered; sentences that take no side and entries that
    only refer are notes.
    """
    found: dict[str, Statement] = {}
    for statement in record.statements:
        found[statement.key] = _settled(statement, found.get(statement.parent or ""))
    return record.model_copy(update={"statements": tuple(found.values())})


def _settled(statement: Statement, above: Statement | None) -> Statement:
    text = statement.text
    entry, _, coverage = text.partition(_JOINT)
    if statement.payer_term is None or coverage:
        words = coverage or text
        if term := _DENIED.match(coverage) or (
            None if coverage else _DENIED.search(text) or _REFUSED.search(text)
        ):
            return _taking(statement, "not_covered", term[0])
        if term := _GRANTED.match(coverage) or (
            None if coverage and statement.payer_term else _GRANTED.search(words)
        ):
            return _taking(statement, "covered", term[0])
        if coverage and entry and _REFERRED.fullmatch(coverage.strip()):
            return statement.model_copy(
                update={"role": "note", "position": None, "payer_term": None}
            )
    if statement.payer_term is None and statement.position == "medically_necessary":
        inherited = (
            above.position
            if above and above.payer_term and above.position == "medically_necessary"
            else "covered"
        )
        statement = statement.model_copy(update={"position": inherited})
    told = (
        statement.role == "criterion"
        and statement.parent is None
        and statement.payer_term is None
        and not text.rstrip().endswith(":")
    )
    if told and not _BINDS.search(text):
        return statement.model_copy(update={"role": "note", "position": None})
    return statement


def _taking(statement: Statement, position: Position, term: str) -> Statement:
    special = (
        statement.role in ("limit", "documentation", "prior_auth") and _JOINT not in statement.text
    )
    role = statement.role if special else "position"
    return statement.model_copy(
        update={"role": role, "position": position, "payer_term": term.strip(" -–—(")}
    )


def reviewed(blocks: Sequence[Block]) -> DateFact | None:
    """When a determination says that it was last reviewed."""
    match = next(
        (match for block in blocks[::-1] if (match := REVIEWED.fullmatch(block.text))), None
    )
    date = first_date(match["date"]) if match else None
    return DateFact(date=date.iso, raw=date.raw) if date else None


def _heading(block: Block, following: Block | None) -> Block | None:
    """The block as a heading, where it is one: short, without a verb, and something other than its
    sibling follows.
    """
    label = _SPELLED_LABEL.match(block.text)
    words = block.traced().cut(label.end() if label else 0).stripped()
    text = words.text
    if block.kind == "heading":
        level = block.heading_level or _LEVELS.get(block.label_kind or "", 4)
        return (
            replace(block.saying(words), heading_level=level)
            if _is_heading_text(text.rstrip(":"))
            else None
        )
    named = PROFILE.kind_of(text) is not None and block.label_kind == "upper"
    if (
        block.kind not in ("item", "paragraph")
        or following is None
        or not (named or _is_heading_text(text))
    ):
        return None
    if block.label is None and (
        block.kind == "item" or (following.kind == "item" and following.label != _ENTRY)
    ):
        return None
    if block.label_kind not in (None, *_LEVELS):
        return None
    sibling = (
        following.kind == "item"
        and following.label_kind == block.label_kind
        and abs(following.indent - block.indent) < 9
    )
    if sibling and not named:
        return None
    level = _LEVELS.get(block.label_kind or "", 4)
    heading = Block(
        "heading", "", block.label, block.label_kind, places=block.places, heading_level=level
    )
    return heading.saying(words.cut(0, len(text.rstrip(":"))))


def _is_heading_text(text: str) -> bool:
    return (
        2 < len(text) <= 240
        and text[:1].isupper()
        and not re.search(r"[.;,:?][”\"')\]]*$", text)
        and not _VERB.search(text)
        and not re.fullmatch(r"N/?A|None|Not applicable", text, re.IGNORECASE)
    )


def _listed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with tables of items and their coverage as one item each."""
    for block in blocks:
        if block.table is not None and _is_list(block):
            yield from _rows(block)
        else:
            yield block


def _is_list(block: Block) -> bool:
    first = block.table.rows[0].cells if block.table and block.table.rows else ()
    return tuple(cell.text.strip().lower() for cell in first) == _LIST_HEADS


def _rows(block: Block) -> Iterator[Block]:
    for row in block.table.rows[1:] if block.table else ():
        cells = [words for cell in row.cells if (words := cell.traced().stripped()).text]
        if cells:
            yield _entry(cells, block)


def _entry(cells: Sequence[Traced], block: Block) -> Block:
    """An entry of the list is one statement, however many sentences it has: its label is kept."""
    words = glued((("", _JOINT, " ")[min(number, 2)], cell) for number, cell in enumerate(cells))
    return Block("item", "", _ENTRY, "bullet", 18.0, 36.0, places=block.places).saying(words)
