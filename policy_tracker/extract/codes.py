"""The codes of a document's lists with what it says of them: tables and lines of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Table
from policy_tracker.documents.traced import UNPRINTED, Traced
from policy_tracker.extract.authorized_lists import with_authorized
from policy_tracker.extract.code_footnotes import (
    FOOTNOTE,
    has_mark,
    say_of_marked,
    say_of_unmarked,
)
from policy_tracker.extract.code_group_drafts import (
    CodesRead,
    GroupDraft,
    authorizations_of,
    endings,
    finished,
    take,
)
from policy_tracker.extract.code_legends import explains_marks, legend_of
from policy_tracker.extract.code_tables import (
    TableRowCodes,
    is_grid_of_codes,
    read_code_behind,
    read_code_line,
    read_code_table,
)
from policy_tracker.extract.codes_above import FOLLOWING, CodesAbove, Decided
from policy_tracker.extract.codes_beside import by_column, tables_beside, titles_side_by_side
from policy_tracker.extract.codes_dated import (
    dated,
    dated_line,
    is_line_of_titles,
    line_columns,
)
from policy_tracker.extract.codes_of_sentences import OF_THE_REST
from policy_tracker.extract.dates_inside import (
    NOTHING,
    Inside,
    merged,
    of_codes_sentence,
)
from policy_tracker.extract.history import is_history
from policy_tracker.extract.provenance import where_in
from policy_tracker.extract.structure.code_lines import (
    entries_of,
    repeated_lines,
    says_status,
    stands_above_codes,
    without_numbers,
)
from policy_tracker.extract.structure.codes_at_end import stands_among_such
from policy_tracker.extract.structure.parts import Part
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_mentions import Codes, read_inline, read_list, system_hint
from policy_tracker.language.coverage_terms import is_evidence, is_report
from policy_tracker.language.disposition import (
    code_clauses,
    disposition_of,
    is_informational,
    names_codes,
    said_of_subject,
)
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.language.stance import stance_of
from policy_tracker.record.vocabulary import CodeSystem, Position

_UNREAD_PARTS = frozenset({"history", "references"})
_SYSTEM_ONLY = re.compile(
    r"^(?:(?:CPT|HCPCS|ICD-?10(?:-?CM|-?PCS)?|level "
    r"ii|procedure|diagnos[ei]s|codes?|coding|and|or|description|revenue|modifiers?|®"
    r"|\*|/|:|[().\s-])+)$",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(
    r"(?:not?|none|n/?a)(?:\W+(?:specific|applicable|assigned|available|codes?|s|CPT|HCPCS"
    r"|ICD-?10(?:-?CM)?))*\W*",
    re.IGNORECASE,
)
"""That a list is empty: "No specific code(s)", or the first line of "Not applicable". It says
nothing of the next list.
"""
_REPORTS = re.compile(r"\bto (?:report|bill|code|use|submit)\b", re.IGNORECASE)
"""What is right or wrong to report is no coverage."""
_FIT_TO_REPORT = re.compile(
    r"(?:appropriate|correct|proper|right|wrong) (?:code )?to (?:report|bill|code|use|submit)\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"(?:this|that|the (?:above|previous|preceding))\b", re.IGNORECASE)
"""A remark on a code near it: "This code is for both hands"."""
_ASKS_WHICH = re.compile(r"(?:which|what|when|for (?:whom|what|which))\b", re.IGNORECASE)
_DESCRIPTIONS = re.compile(r"\bdescriptions?\W*$", re.IGNORECASE)
_LONGEST_STATUS = 420
_NOTES = re.compile(r"^(?:important )?notes?:?$", re.IGNORECASE)
_AFTER_COLON = re.compile(r"^(?P<words>.{3,300}?):\s+(?P<codes>[^:]+)$", re.DOTALL)
_PAGE = re.compile(r"\bpages? ?\d|\b\d+ of \d+\b", re.IGNORECASE)
_CONTINUED = re.compile(r"^[a-z(]")
_LONGEST_TOPIC = 120
_WHICH_LIST = re.compile(
    r"^(?:(?:group|table|list|schedule|section|part|set|appendix|attachment) [\dA-Z]{1,4}\b\W*)"
    r"(?:(?:procedure|diagnos[ei]s|CPT|HCPCS|ICD-?10(?:-?CM)?|codes?|list)\b\W*)*"
    r"(?:\(\d+ \w+\)\W*)?$",
    re.IGNORECASE,
)
"""A title that only says which list follows: "Group 1 Codes:"."""


def read_codes(parts: Iterable[Part], *, silent: Position = "informational") -> CodesRead:
    """The code groups of tables and code lines, wherever they stand but in histories and
    references.

    The disposition is that of the row's own column, of the line above it in the table, of the
    status sentence above the table, or of the section; where all are silent it is `silent`.
    """
    groups: list[GroupDraft] = []
    warnings: list[str] = []
    nothing: Decided = (UNPRINTED, None)
    above = announced = waiting = nothing
    parts = tuple(parts)
    blocks = [block for part in parts for block in part.blocks]
    legend, repeated = legend_of(blocks), repeated_lines(blocks)
    for part in parts:
        if part.kind in _UNREAD_PARTS:
            above = announced = waiting = nothing
            continue
        names_system = bool(_SYSTEM_ONLY.match(part.heading.strip()))
        context = CodesAbove(
            coding=part.kind == "coding",
            decided=above if names_system else nothing,
            legend=legend,
            repeated=repeated,
        )
        if names_system and context.coding:
            context.status, context.position = announced
        elif context.coding and _WHICH_LIST.match(part.heading.strip()):
            context.status, context.position = waiting
        above = _read_part(part, groups, silent, warnings, context)
        announced, waiting = context.announced(), context.waiting()
    lists = with_authorized(finished(_without_dated(groups)))
    return CodesRead(lists, tuple(warnings), endings(groups), authorizations_of(groups))


def _without_dated(groups: Sequence[GroupDraft]) -> list[GroupDraft]:
    """Groups without the codes that a sentence only dates and a list holds: these get the date
    there, and the sentence's place goes to that list.
    """
    listed: dict[tuple[str, str], GroupDraft] = {}
    for group in groups:
        for code in () if group.dates_only else group.codes:
            listed.setdefault((code.system, code.code), group)
    kept = []
    for group in groups:
        if group.dates_only:
            own = [code for code in group.codes if (code.system, code.code) not in listed]
            for code in group.codes:
                if code not in own and code.source:
                    listed[code.system, code.code].placed.append(code.source)
            kept.append(replace(group, codes=own))
        else:
            kept.append(group)
    return kept


def _read_part(
    part: Part,
    groups: list[GroupDraft],
    silent: Position,
    warnings: list[str],
    context: CodesAbove,
) -> Decided:
    """Adds the groups of a part.

    The context's decision is the sentence in front of it, where its heading names a system of codes
    only.

    Gives the last sentence that decides in a part of coverage, for the next part.
    """
    if not context.coding:
        context.topic = part.title.cut(0, _LONGEST_TOPIC)
    context.say_asked(part.heading, heading=True)
    last: list[GroupDraft] = []
    blocks = entries_of(part.blocks) if context.coding else part.blocks
    texts = [block.text if block.table is None else "" for block in blocks]
    for number, block in enumerate(blocks):
        if block.table is not None:
            found = () if is_history(block.table) else tables_beside(block.table)
            opened: list[GroupDraft] = []
            for place, table in enumerate(found):
                own = context.of_table(place, len(found))
                opened += _read_table(table, block.page, own, groups, silent, warnings)
            if opened:
                last = opened
                context.used = context.fed = True
            if not context.coding:
                context.status, context.position, context.inside = UNPRINTED, None, NOTHING
        elif _is_said_below(block, last, groups):
            pass
        elif not context.coding:
            _lead_in(block, context)
        elif row := _line(block, context, behind=stands_among_such(number, texts)):
            _add_line(row, block.text, context, groups, silent, block.page)
            last, context.used, context.fed = groups[-1:], True, True
            context.titled = False
        elif named := _named(block, context, silent, warnings):
            groups += named
            last, context.used, context.fed = named, True, True
            _lead_on(block, named, context)
        else:
            _advance(block, context, leads=stands_above_codes(number, blocks))
    return context.decided if part.kind == "coverage" else (UNPRINTED, None)


def _read_table(
    table: Table,
    page: int | None,
    context: CodesAbove,
    groups: list[GroupDraft],
    silent: Position,
    warnings: list[str],
) -> list[GroupDraft]:
    """Adds the groups of a table, and gives them."""
    rows = read_code_table(table, context.hint, context.legend)
    if rows and context.position is None and is_grid_of_codes(table):
        context.status, context.position = context.decided
    warnings += [
        f"{typo} is printed among codes and is none" for row in rows for typo in row.codes.typos
    ]
    return _add_rows(rows, context, groups, silent, page) if rows else []


def _lead_on(block: Block, named: Sequence[GroupDraft], context: CodesAbove) -> None:
    """Take over what a sentence says of codes that follow it, beside those that it names: "The
    following diagnoses support 93999".
    """
    said = {group.disposition for group in named} - {"informational", "indeterminate"}
    first = min((block.text.find(code.code) for one in named for code in one.codes), default=0)
    if len(said) == 1 and FOLLOWING.search(block.text, 0, max(first, 0)):
        context.take(tuple(said), block.traced().stripped(), alone=True)


def _is_said_below(block: Block, last: Sequence[GroupDraft], groups: list[GroupDraft]) -> bool:
    """Whether a line below a list of codes says something of its marks; its codes get that."""
    if not last or block.table is not None:
        return False
    note = FOOTNOTE.match(block.text)
    if note and has_mark(last, note["mark"]) and not read_list(block.text):
        say_of_marked(note["mark"], block.traced(), note["text"], last, groups)
        return True
    return say_of_unmarked(block.traced(), last, groups)


def _lead_in(block: Block, context: CodesAbove) -> None:
    """Outside of coding sections only the sentence right above a table says something of its codes:
    `The following are not covered:`.

    The last sentence that grants or refuses is kept for a grid of nothing but codes, unless it
    refuses the rest.
    """
    text = block.text
    context.asks = authorization_said(text)
    position = disposition_of(text) if len(text) < _LONGEST_STATUS and not _asks(text) else None
    if position and (is_report(text) or is_evidence(text)):
        position = None  # what a study excluded, or found to be established
    if position and not OF_THE_REST.search(text):
        context.decided = (block.traced(), position)
    announces = (
        text.rstrip().endswith(":")
        or block.kind == "heading"
        or bool(FOLLOWING.search(text))
        or says_status(text)
    )
    context.status, context.position = (
        (block.traced(), position) if position and announces else (UNPRINTED, None)
    )
    context.inside = (
        of_codes_sentence(text) if announces and len(text) < _LONGEST_STATUS else NOTHING
    )
    if context.inside.ending and announces and not position:
        context.status, context.position = block.traced(), "informational"


def _named(
    block: Block, context: CodesAbove, silent: Position, warnings: list[str]
) -> list[GroupDraft]:
    """The codes that a paragraph of a coding section names: a list behind a colon, or a sentence
    about codes.
    """
    printed = block.traced().stripped()
    match = _AFTER_COLON.match(printed.text)
    listed = _list_behind_colon(printed, match, context.hint, block.page) if match else None
    if match and listed:
        words = printed.cut(0, match.end("words"))
        return [_of_words(words, of_codes_sentence(printed.text), listed, context, silent, block)]
    if block.label is not None or block.kind == "heading":
        return []
    sentences = [
        printed.cut(begin + start, begin + end).stripped()
        for begin, stop in sentence_spans(printed.text)
        for start, end in code_clauses(printed.text[begin:stop])
    ]
    found = [
        (one, read_inline(one.text, where_in(one, block.page), about=printed.text))
        for one in sentences
    ]
    if sum(bool(codes) for _, codes in found) < 2:
        found = [(printed, read_inline(printed.text, where_in(printed, block.page)))]
    warnings += [f"{typo} is printed among codes and is none" for _, c in found for typo in c.typos]
    return [
        _of_words(words, of_codes_sentence(words.text), codes, context, silent, block)
        for words, codes in found
        if codes
    ]


def _of_words(
    words: Traced, inside: Inside, found: Codes, context: CodesAbove, silent: Position, block: Block
) -> GroupDraft:
    """A group of the codes that words name, with what they say of them, else what stands above."""
    # to be deleted is no coverage, whatever stands above
    said = None if _FIT_TO_REPORT.search(words.text) else disposition_of(words.text)
    said = said or said_of_subject(words.text) or ("informational" if inside.ending else None)
    if said is None and not _REPORTS.search(words.text) and (stance := stance_of(words.text)):
        said = stance.position
    group = GroupDraft(
        f"{context.heading()} > {words.text}",
        said or context.position_for(found) or context.default or silent,
        page=block.page,
        said=(*context.above(), words),
        inside=inside,
        dates_only=said is None and inside.effective is not None,
        authorization=authorization_said(words.text) or context.asks,
    )
    take(group, found)
    return group


def _list_behind_colon(
    printed: Traced, match: re.Match[str], hint: CodeSystem | None, page: int | None
) -> Codes | None:
    codes = printed.cut(
        match.start("codes"), match.start("codes") + len(match["codes"].rstrip("."))
    )
    return read_list(codes.text, system_hint(match["words"]) or hint, where_in(codes, page))


def _line(block: Block, context: CodesAbove, *, behind: bool) -> TableRowCodes | None:
    """A block that is a line of codes in a coding section: `CODE description`, a list of codes
    alone, or words with their code `behind` them.
    """
    if block.kind == "heading" and not read_list(block.text, context.hint):
        return None
    if block.label and re.fullmatch(r"\(?[\dA-Za-z]{1,2}[.)]", block.label):
        return None
    if behind and (row := read_code_behind(block.traced(), context.hint, block.page)):
        return row
    return read_code_line(block.traced(), context.hint, block.page, context.legend)


def _advance(block: Block, context: CodesAbove, *, leads: bool) -> None:
    """Take over what a heading or a status sentence in a coding section says of the codes that
    follow.

    A line that `leads` to codes stands right above them: where it is not understood, what was said
    before it no longer holds.
    """
    printed = block.traced().stripped()
    text = printed.text
    if columns := line_columns(text):
        context.columns = columns
        return
    if is_line_of_titles(text) or _SAYS_NONE.fullmatch(text):
        return
    hint = system_hint(text)
    context.hint = hint or context.hint
    context.say_asked(text, heading=block.kind == "heading")
    if _SYSTEM_ONLY.match(text) or _NOTES.match(text) or explains_marks(block):
        context.titled = bool(_DESCRIPTIONS.search(text)) and block.kind != "heading"
        return
    if context.position and not context.fed and _WHICH_LIST.match(text):
        return
    if is_informational(text):
        context.default = "informational"
        if text.endswith(":") or block.kind == "heading":
            context.take(("informational",), printed, alone=True)
        return
    is_title = block.kind == "heading" or (block.style.bold == "all" and len(text) < 120)
    states = (is_title or text.endswith(":") or block.label is None) and not _asks(text)
    position = disposition_of(text) if states and len(text) < _LONGEST_STATUS else None
    if is_title or text.endswith(":") or context.used:
        context.say_inside(text)
        if is_title:
            context.columns = ()
    if context.inside.ending and position is None and not context.used:
        context.position, context.status = "informational", printed
        return
    if position:
        context.take(
            titles_side_by_side(text) or (position,), printed, alone=block.kind == "heading"
        )
    elif (is_title or (leads and _is_label(text, context))) and not _CONTINUED.match(text):
        context.topic, context.status, context.position, context.hint = (
            printed,
            UNPRINTED,
            None,
            hint,
        )


def _asks(text: str) -> bool:
    """Whether a line is a question, which says nothing of what holds: "Covered?". One that asks
    which or when takes for granted that some are: "Which codes are not covered?".
    """
    return text.rstrip().endswith("?") and not _ASKS_WHICH.match(text)


def _is_label(text: str, context: CodesAbove) -> bool:
    """Whether a line that looks like all others may be a title of the codes right below it.

    Lines that come again are running heads. Right below a line that says what holds it is one where
    it names codes; else it may only tell what that is about.
    """
    return (
        (context.used or (names_codes(text) and not context.inside))
        and len(text) < _LONGEST_TOPIC
        and not text.rstrip().endswith((".", ",", ";"))
        and without_numbers(text) not in context.repeated
        and not _PAGE.search(text)
        and not _OF_ONE.match(text)
    )


def _add_rows(
    rows: Sequence[TableRowCodes],
    context: CodesAbove,
    groups: list[GroupDraft],
    silent: Position,
    page: int | None,
) -> list[GroupDraft]:
    """A table's rows as groups: one for each disposition and line above."""
    opened: list[GroupDraft] = []
    current: object = None
    for row in rows:
        key = (row.disposition, row.status, row.authorization)
        if not opened or key != current:
            position = row.disposition or context.position or context.default or silent
            asks, words = row.authorization or (context.asks, "")
            heading = " > ".join(filter(None, (context.heading(), row.status, words)))
            said = context.above()
            opened.append(GroupDraft(heading, position, page=page, said=said, authorization=asks))
            current = key
        _fill(opened[-1], row, context)
    groups += opened
    return opened


def _add_line(
    row: TableRowCodes,
    text: str,
    context: CodesAbove,
    groups: list[GroupDraft],
    silent: Position,
    page: int | None,
) -> None:
    heading = context.heading()
    if row.disposition is None and context.beside and not row.description:
        columns = by_column(row.codes, text, len(context.beside))
        for one, position in zip(columns or (), context.beside, strict=False):
            groups.append(GroupDraft(heading, position, page=page, said=context.above()))
            _fill(groups[-1], TableRowCodes(one, ""), context)
        if columns:
            return
    above = "indeterminate" if context.mixed else context.position_for(row.codes)
    position = row.disposition or above or context.default or silent
    last = (groups[-1].heading, groups[-1].disposition, groups[-1].authorization) if groups else ()
    if last != (heading, position, context.asks):
        said = context.above()
        groups.append(
            GroupDraft(heading, position, page=page, said=said, authorization=context.asks)
        )
    _fill(groups[-1], dated_line(row, context.columns), context)


def _fill(group: GroupDraft, row: TableRowCodes, context: CodesAbove) -> None:
    single, inside = row.description or None, merged(row.inside, context.inside)
    codes = [
        code.model_copy(update={"description": single}) if single else code
        for code in row.codes.codes
    ]
    group.codes += dated(codes, inside)
    group.ranges += dated(row.codes.ranges, inside)
    group.placed += row.codes.placed
