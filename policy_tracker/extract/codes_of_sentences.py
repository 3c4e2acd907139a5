"""Codes that the sentences of a document name, with what these say of them, beside its lists or in
their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from policy_tracker.documents.traced import Traced
from policy_tracker.extract.code_group_drafts import (
    CodesRead,
    GroupDraft,
    authorizations_of,
    endings,
    finished,
    take,
)
from policy_tracker.extract.code_tables import read_code_behind
from policy_tracker.extract.dates_inside import of_codes_sentence
from policy_tracker.extract.provenance import where_in
from policy_tracker.extract.structure.code_lines import (
    begins_with_code,
    label_of_list,
    labels_amid,
)
from policy_tracker.extract.structure.codes_at_end import ends_with_code, stands_among_such
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_mentions import Codes, read_inline
from policy_tracker.language.coverage_terms import bundled_from, position_of_codes
from policy_tracker.language.disposition import (
    code_clauses,
    disposition_of,
    said_of_subject,
    says_necessary,
)
from policy_tracker.language.stance import stance_of
from policy_tracker.record.code_lists import CodeGroup
from policy_tracker.record.vocabulary import APPROVING, DENYING, Position

OF_THE_REST = re.compile(
    (
        r"\b(?:not meeting|do(?:es)? not meet|not met|(?:any|all) other|not "
        r"(?:listed|specified|addressed|indicated))\b"
    ),
    re.IGNORECASE,
)
"""What is said of the rest, and not of the codes that stand below it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a statement: its words, the statement's position, heading and page, and the
    statement's key.
    """

    words: Traced
    position: Position | None
    heading: str
    page: int | None
    statement: str
    listed: bool = False
    """Whether it stands right under its heading, as an item of what that lists."""


def inline_groups(sentences: Iterable[Sentence]) -> CodesRead:
    """Groups of a document without lists of codes: the codes that its sentences name.

    A sentence that refuses one code because of others (billed on the same day, part of) refuses the
    first and says that the others are what is paid.
    """
    groups: list[GroupDraft] = []
    warnings: list[str] = []
    pieces = [piece for sentence in sentences for piece in _at_labels(sentence)]
    texts = [one.words.text for one in pieces]
    for number, one in enumerate(pieces):
        found = read_inline(one.words.text, where_in(one.words, one.page))
        if not found and stands_among_such(number, texts):
            behind = read_code_behind(one.words, page=one.page)
            found = behind.codes if behind else found
        warnings += [
            f"{typo} is printed among codes and is none"
            + (f" (page {one.page})" if one.page else "")
            for typo in found.typos
        ]
        if found:
            groups += [
                replace(group, page=one.page, statement=one.statement)
                for group in _of_sentence(one, found)
            ]
    told = tuple(dict.fromkeys(warnings))
    return CodesRead(finished(groups), told, endings(groups), authorizations_of(groups))


def groups_of_names(
    named: Iterable[tuple[str, Traced, int | None, Codes]],
) -> tuple[CodeGroup, ...]:
    """Groups of codes that prose names, with what its own sentence says of them."""
    groups = []
    for heading, words, page, found in named:
        name = f"{heading} > {words.text}" if heading else words.text
        # the sentence itself is not in the record by its codes: its words are not claimed
        group = GroupDraft(name, sentence_disposition(words.text, None), page=page)
        take(group, found)
        groups.append(group)
    return finished(groups)


def _at_labels(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence cut where labels stand amid codes: "Covered: 93999. Not covered: 93998"."""
    text = sentence.words.text
    clauses = (start for start, _ in code_clauses(text)) if ";" in text or ", " in text else ()
    turns = {*clauses} - {0}
    starts = sorted({0, *labels_amid(text), *turns})
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        words = sentence.words.cut(start, end).stripped()
        # what a clause says of its codes is its own
        said = stance_of(words.text) if turns else None
        position = said.position if said else sentence.position
        yield replace(sentence, words=words, position=position)


def sentence_disposition(text: str, position: Position | None) -> Position:
    """What a sentence says of the codes that it names: its own words, else its governing position,
    else nothing (`informational`).

    What a sentence grants is covered, or medically necessary where it says so.
    """
    if said := said_of_subject(text):
        return said
    found = position_of_codes(text, position)
    return "medically_necessary" if found == "covered" and says_necessary(text) else found


def beside_lists(named: Sequence[CodeGroup], listed: Sequence[CodeGroup]) -> list[CodeGroup]:
    """What sentences say of codes that the lists of a document do not say.

    A code of no list; one that is listed without a position, of which a sentence takes one; and one
    that a sentence denies although a list grants it. What is denied of other uses than those that a
    sentence grants is no denial of its codes.
    """
    said: dict[tuple[str, str], set[Position]] = {}
    for group in listed:
        for code in group.codes:
            said.setdefault((code.system, code.code), set()).add(group.disposition)
    spans = {(span.system, span.first, span.last) for group in listed for span in group.ranges}
    granted = {
        (code.system, code.code)
        for group in named
        if group.disposition in APPROVING
        for code in group.codes
    }
    out = []
    for group in named:
        rest = group.disposition in DENYING and bool(OF_THE_REST.search(_own_words(group)))
        codes = tuple(
            code
            for code in group.codes
            if not (rest and (code.system, code.code) in granted)
            and _adds(group, said.get((code.system, code.code), frozenset()))
        )
        ranges = tuple(
            span for span in group.ranges if (span.system, span.first, span.last) not in spans
        )
        if codes or ranges:
            out.append(group.model_copy(update={"codes": codes, "ranges": ranges}))
    return out


def _own_words(group: CodeGroup) -> str:
    """The sentence of a group that stands for one, without the heading above it."""
    return group.heading.rsplit(" > ", 1)[-1]


def _adds(group: CodeGroup, said: Set[Position]) -> bool:
    if not said:
        return True
    if group.disposition == "informational" or group.disposition in said:
        return False
    text = _own_words(group)
    own = position_of_codes(text, None)
    denies = own in DENYING and not OF_THE_REST.search(text)
    return said <= {"informational"} or (denies and not said & DENYING)


def _of_sentence(sentence: Sentence, found: Codes) -> list[GroupDraft]:
    text = sentence.words.text
    label = label_of_list(text)
    own = disposition_of(label) if label else None
    # what stands above a list need not be said of its codes
    if begins_with_code(text) and stance_of(text) is None:
        disposition: Position = "informational"
    elif sentence.listed and ends_with_code(text):
        disposition = disposition_of(sentence.heading) or "informational"
    else:
        disposition = own or sentence_disposition(text, None if label else sentence.position)
        if disposition == "informational":
            disposition = _of_named_subject(text, found) or disposition
    name = f"{sentence.heading} > {text}" if sentence.heading else text
    turn = bundled_from(text) if disposition == "not_covered" else None
    if turn is not None and _only_others(text, found, turn):
        return [_group(name, "informational", found, sentence)]
    if turn is not None and (parted := _parted(text, found, turn)):
        denied, others = parted
        group = GroupDraft(name, "not_covered", said=(sentence.words,))
        rest = GroupDraft(f"{name} (what it is part of)", "covered")
        take(group, denied)
        take(rest, others)
        return [group, rest]
    inside = of_codes_sentence(text)
    if inside.ending and not inside.refuses and disposition in APPROVING:
        disposition = "informational"
    return [replace(_group(name, disposition, found, sentence), inside=inside)]


def _of_named_subject(text: str, found: Codes) -> Position | None:
    """What a sentence grants whose subject is named with its codes: "Lamps (93998) may be approved
    for adults"; codes behind what grants it may be others.
    """
    stance = stance_of(text)
    if stance is None or stance.position not in APPROVING or not stance.term:
        return None
    verb = text.lower().find(stance.term.lower())
    named = [text.find(code.code) for code in found.codes]
    named += [text.find(span.raw) for span in found.ranges]
    return stance.position if verb > max(named, default=verb) else None


def _group(name: str, disposition: Position, found: Codes, sentence: Sentence) -> GroupDraft:
    """A group of the codes that a sentence names."""
    group = GroupDraft(name, disposition, said=(sentence.words,))
    group.authorization = authorization_said(sentence.words.text)
    take(group, found)
    return group


def _only_others(text: str, found: Codes, turn: int) -> bool:
    """Whether a sentence refuses something without its code because of the codes that it names:
    "Lamps are not covered on the same day as 93999".
    """
    named = [one.code for one in found.codes] + [span.raw for span in found.ranges]
    behind = all(text.find(one) > turn for one in named)
    return behind and position_of_codes(text[:turn], None) in DENYING


def _parted(text: str, found: Codes, turn: int) -> tuple[Codes, Codes] | None:
    """The codes that a sentence denies, and those that it says are paid instead; None where it
    names only one kind.

    What is named behind the turn is what is paid; where all is, the first code is the denied one.
    """
    behind = [text.rfind(code.code) > turn for code in found.codes]
    ranged = [text.rfind(span.raw) > turn for span in found.ranges]
    if len(behind) + len(ranged) < 2 or not any((*behind, *ranged)):
        return None
    if all((*behind, *ranged)):
        first = text.find(found.codes[0].code) if found.codes else -1
        if first < 0 or any(text.find(span.raw) < first for span in found.ranges):
            return None
        behind[0] = False
    return _chosen(found, behind, ranged, paid=False), _chosen(found, behind, ranged, paid=True)


def _chosen(found: Codes, behind: list[bool], ranged: list[bool], *, paid: bool) -> Codes:
    """The codes that are paid, or those that are not; ranges keep their places."""
    spans = [one for one, is_paid in zip(found.ranges, ranged, strict=True) if is_paid == paid]
    placed = [one for one, is_paid in zip(found.placed, ranged, strict=False) if is_paid == paid]
    return replace(
        found,
        codes=tuple(
            one for one, is_paid in zip(found.codes, behind, strict=True) if is_paid == paid
        ),
        ranges=tuple(spans),
        placed=tuple(placed),
    )
