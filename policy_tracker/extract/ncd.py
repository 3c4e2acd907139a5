"""National coverage determinations of CMS, whichever way they come: the same words give the same blocks, and so the same statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_tracker.extract.blocks import Block
from policy_tracker.extract.dates_read import first_date
from policy_tracker.extract.profile import Profile
from policy_tracker.record import DateFact, Record, Statement
from policy_tracker.record.statements import AppliesTo

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
    r"\b(?:is|are|was|were|must|may|will|shall|should|has|have|had|can|does|do|see|includes?|provides?|means|requires?)\b", re.IGNORECASE
)
_OLD_MANUAL = re.compile(r"(?:CIM|PM|MCM|HO|HHA)\s+[A-Z0-9][\w.,-]*(?:[\s,;&]+[\w.-]+)*$")
_CROSS_REFERENCE = re.compile(
    r"(?:cross[- ]?references?\s*:|(?:also )?see (?:also )?(?:the\b|NCDs?\b|§|section\b).{0,120}$)", re.IGNORECASE
)
REVIEWED = re.compile(r"\(?\s*This NCD (?:was )?last reviewed (?:in |on )?(?P<date>[^).]{4,40})\.?\s*\)?\.?", re.IGNORECASE)
"""The last line of most determinations."""
_DENIED = re.compile(r"\bDeny\s*[-–—(]|\bDenied\b")
_GRANTED = re.compile(r"(?:^|\s)Covered (?:if|when|for|under|only|\()")
_BINDS = re.compile(r"\b(?:must|shall|required?|only|limited|at least|provided that|unless|no more than)\b", re.IGNORECASE)
_NEXT_CHAPTER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\s*[-–—]\s+[A-Z]")
_COVERAGE_CELL = re.compile(r"(?:deny\b|denied\b|covered\b|not covered\b|payment\b|\(see\b|see\b)", re.IGNORECASE)
_LIST_HEADS = ("item", "coverage")


def outlined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the headings of a determination told from its items, its two-column lists opened, and cross-references apart."""
    opened = list(_listed(blocks))
    found: list[Block] = []
    for block, following in zip(opened, [*opened[1:], None], strict=False):  # nothing in, nothing out
        if (_OLD_MANUAL.match(block.text) and len(block.text) < 60) or REVIEWED.fullmatch(block.text):
            continue
        if block.kind == "paragraph" and _CROSS_REFERENCE.match(block.text):
            found.append(Block("heading", "Cross-reference", heading_level=2))
            found += [] if block.text.endswith(":") else [block]
        else:
            found.append(_heading(block, following) or _unlabelled(block))
    return tuple(found)


def _unlabelled(block: Block) -> Block:
    """The database's text has lost its labels, and the manual has them: without, both are cut into the same statements."""
    if block.kind == "heading":  # bold words that head nothing, such as "N/A"
        return replace(block, kind="paragraph", heading_level=None)
    return replace(block, label=None) if block.label else block


def without_next_chapter(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the heading of the section that follows in the manual."""
    kept = list(blocks)
    while len(kept) > 2 and (_NEXT_CHAPTER.match(kept[-1].text) or kept[-1].text.startswith("(Rev")):
        kept.pop()
    return tuple(kept)


def coverage_heading() -> Block:
    """The heading under which everything stands that no other heading takes."""
    return Block("heading", COVERAGE, heading_level=1)


def description_heading() -> Block:
    """The heading of an item's description."""
    return Block("heading", DESCRIPTION, heading_level=1)


def settled(record: Record) -> Record:
    """The record with what only determinations say so: `Deny` and `Covered if` of their lists; sentences that take no side are notes."""
    return record.model_copy(update={"statements": tuple(_settled(statement) for statement in record.statements)})


def _settled(statement: Statement) -> Statement:
    text = statement.text
    if statement.payer_term is None and (found := _DENIED.search(text)):
        return statement.model_copy(update={"role": "position", "position": "not_covered", "payer_term": found[0].strip(" -–—(")})
    if statement.payer_term is None and (found := _GRANTED.search(text)):
        return statement.model_copy(update={"role": "position", "position": "covered", "payer_term": found[0].strip(" (")})
    told = statement.role == "criterion" and statement.parent is None and statement.payer_term is None and not text.rstrip().endswith(":")
    if told and not _BINDS.search(text):
        return statement.model_copy(update={"role": "note", "position": None})
    return statement


def reviewed(blocks: Sequence[Block]) -> DateFact | None:
    """When a determination says that it was last reviewed."""
    match = next((match for block in blocks[::-1] if (match := REVIEWED.fullmatch(block.text))), None)
    date = first_date(match["date"]) if match else None
    return DateFact(date=date.iso, raw=date.raw) if date else None


def _heading(block: Block, following: Block | None) -> Block | None:
    """The block as a heading, where it is one: short, without a verb, and something other than its sibling follows."""
    text = _SPELLED_LABEL.sub("", block.text).strip()
    if block.kind == "heading":
        level = block.heading_level or _LEVELS.get(block.label_kind or "", 4)
        return replace(block, text=text, heading_level=level) if _is_heading_text(text.rstrip(":")) else None
    named = PROFILE.kind_of(text) is not None and block.label_kind == "upper"
    if block.kind not in ("item", "paragraph") or following is None or not (named or _is_heading_text(text)):
        return None
    if block.label is None and (block.kind == "item" or following.kind == "item"):
        return None
    if block.label_kind not in (None, *_LEVELS):
        return None
    sibling = following.kind == "item" and following.label_kind == block.label_kind and abs(following.indent - block.indent) < 9
    if sibling and not named:
        return None
    level = _LEVELS.get(block.label_kind or "", 4)
    return Block("heading", text.rstrip(":"), block.label, block.label_kind, places=block.places, heading_level=level)


def _is_heading_text(text: str) -> bool:
    return (
        3 < len(text) <= 200
        and text[:1].isupper()
        and text[-1] not in ".;,:?"
        and not _VERB.search(text)
        and not re.fullmatch(r"N/?A|None|Not applicable", text, re.IGNORECASE)
    )


def _listed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with lists of items and their coverage as one item each: from a table, or from paragraphs that were its cells."""
    waiting: Block | None = None
    inside = False
    for block in blocks:
        if block.table is not None and _is_list(block):
            if waiting is not None:
                yield waiting
                waiting = None
            yield from _rows(block)
            continue
        words = block.text.strip().lower()
        inside = (
            inside or words == "item coverage" or (words == "coverage" and waiting is not None and waiting.text.strip().lower() == "item")
        )
        if inside and words in ("item", "coverage", "item coverage"):
            continue
        if inside and waiting is not None and _COVERAGE_CELL.match(block.text):
            yield _entry(waiting.text, block.text, waiting)
            waiting = None
            continue
        if waiting is not None and waiting.text.strip().lower() != "item":
            yield _left_over(waiting) if inside else waiting
        waiting = block if block.kind == "paragraph" else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _left_over(block: Block) -> Block:
    """A cell that found no other: an item, not the heading that its few words make it look like."""
    return block if _CROSS_REFERENCE.match(block.text) else replace(block, kind="item", indent=18.0, text_indent=36.0)


def _is_list(block: Block) -> bool:
    first = block.table.rows[0].cells if block.table and block.table.rows else ()
    return tuple(cell.text.strip().lower() for cell in first) == _LIST_HEADS


def _rows(block: Block) -> Iterator[Block]:
    for row in block.table.rows[1:] if block.table else ():
        texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if texts:
            yield _entry(texts[0], " ".join(texts[1:]), block)


def _entry(name: str, coverage: str, block: Block) -> Block:
    return Block("item", f"{name} {coverage}".strip(), "•", "bullet", 18.0, 36.0, places=block.places)
