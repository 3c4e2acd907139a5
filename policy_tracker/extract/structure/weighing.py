"""What kind of part a part is, decided by what it says: its heading is one reason among several.

Headings differ from payer to payer, and the same word heads criteria in one policy and background
in another. What a part's own sentences do is harder to mistake: they decide, or they report what
others found; its lines are dated, cite journals, or list codes; or they repeat earlier parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_tracker.extract.roles import position_of_headings
from policy_tracker.extract.structure.part_weights import Weights, weigh
from policy_tracker.language.coverage_terms import names_rules

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block
    from policy_tracker.extract.payers.profile import Profile
    from policy_tracker.extract.structure.sections import HeadedPart
    from policy_tracker.record.vocabulary import SectionKind

_OPENS, _REOPENS = 0.2, 0.34
"""The share of sentences that decide from which a part is one of coverage: where no heading says
anything, and where one says something else.
"""
_REPORTS = 0.34
"""The share of sentences that report from which they are what is reported, not what is decided."""
_BACKGROUND = 0.5
"""The share from which a part without any decision is background."""
_LEAST_ESSAY, _HARDLY = 20, 0.1
"""Sentences of an essay, and the share of them that may decide all the same."""
_DATED, _CITED, _CODED = 0.3, 0.5, 0.6
_LEAST_DATED = _LEAST_DECIDING = 2
_REPEATED = 0.8
_LEAST_TOLD = 3
"""Sentences from which prose under a heading of coverage may be background all the same."""
_LEAST_REPEATED, _FEW_REPEATED = 60, 20
"""Words from which a repetition of earlier parts is no coincidence; where a heading tells, too."""
_GRAM = 5
_OTHERS_HEADING = re.compile(
    r"\b(?:government|regulations?|medicare|cms|[NL]CDs?)\b"
    r"(?!.*\b(?:advantage|business|segments?|plans?|products?|members?|lines?)\b)",
    re.IGNORECASE,
)
_OF_DISEASE = re.compile(r"\b(?:diagnos|classif|staging|scor)\w*", re.IGNORECASE)
"""What the criteria of a heading tell of, where it is no case that a payer decides."""
_CAPTION = re.compile(r"(?:table|figure|exhibit) [\w.-]*\d", re.IGNORECASE)
_LEAST_NAMES = 1
"""How many names without a sentence are rows of a list."""
_LASTING: frozenset[str] = frozenset({"history", "references"})
_RECORDED: frozenset[str] = frozenset({"coverage", "documentation"})
_APART: frozenset[str] = frozenset({"history", "references", "coding"})


def weighed(parts: Sequence[HeadedPart], profile: Profile) -> list[HeadedPart]:
    """The parts with the kinds that their own words give them.

    A part without a known heading has the kind of the one it goes on with, as that was decided.
    """
    decided: list[HeadedPart] = []
    given: dict[SectionKind, SectionKind] = {}
    above: dict[tuple[str, ...], tuple[SectionKind, SectionKind]] = {}
    rules: dict[tuple[str, ...], bool] = {}
    said: set[tuple[str, ...]] = set()
    before = _Before()
    for run in _runs(parts):
        copies = (
            run[0].kind == "coverage"
            and _repeats(run, said)
            and any(part.kind in _LASTING for part in decided)
        )
        for part in run:
            heading = profile.kind_of(part.heading)
            weights = weigh(part.blocks, profile.approved)
            captioned = before.kind == "background" and _CAPTION.match(part.heading)
            reading = _Heading(
                # a table or picture between background is of that, whatever it is about
                before.kind
                if captioned
                else _kind_read(part.kind, heading, given, above.get(part.path[:-1])),
                named=heading is not None,
                lasting=heading is not None and heading[0] in _LASTING,
                strong=heading is not None and heading[1],
                of_others=_OTHERS_HEADING.search(part.heading) is not None,
                takes_position=position_of_headings(part.path) is not None,
                names_rules=names_rules(part.heading),
                of_disease=_OF_DISEASE.search(part.heading) is not None,
                below_rules=rules.get(part.path[:-1], False),
                asks=part.heading.rstrip().endswith("?"),
                below_codes=_below(part, profile, ("coding", True), ("coding", False)),
                below_background=_below(part, profile, ("background", True)),
                behind=part.kind in _LASTING and not _stands_below(part.kind, part, profile),
            )
            kind = _decide(reading, weights, before)
            if kind == "coverage" and (
                copies or (kind != reading.kind and _repeats([part], said, _FEW_REPEATED))
            ):
                kind = "other" if copies else reading.kind
            if heading or part.kind not in given:
                # a heading right above the head's names and values still names what follows it
                head_only = kind == "other" and reading.kind in _RECORDED and weights.labelled
                # a heading over others says nothing itself of what these are
                alone = not (weights.sentences or weights.tables) and before.kind == "references"
                given[part.kind] = kind if heading and not (head_only or alone) else part.kind
            if weights.sentences:
                goes_on = before.foreign and (heading is None or kind == before.kind)
                begins = reading.of_others and kind not in _RECORDED
                before = _Before(kind, goes_on or begins)
            above[part.path] = part.kind, kind
            # prose below such a heading: a title of the whole document has none right below it
            rules[part.path] = kind == "coverage" and reading.names_rules and weights.sentences > 0
            decided.append(replace(part, kind=kind))
        said |= {
            gram
            for part in decided[-len(run) :]
            if part.kind == "coverage"
            for gram in _grams(part.blocks)
        }
    return decided


def _below(part: HeadedPart, profile: Profile, *kinds: tuple[SectionKind, bool]) -> bool:
    """Whether a heading of one of these kinds stands above a part's own."""
    return any(profile.kind_of(heading) in kinds for heading in part.path[:-1])


def _stands_below(kind: SectionKind, part: HeadedPart, profile: Profile) -> bool:
    """Whether a heading of this kind stands above a part's own, or is its own."""
    return any((known := profile.kind_of(heading)) and known[0] == kind for heading in part.path)


def _kind_read(
    kind: SectionKind,
    heading: tuple[SectionKind, bool] | None,
    given: Mapping[SectionKind, SectionKind],
    above: tuple[SectionKind, SectionKind] | None,
) -> SectionKind:
    """The kind to begin with: that of the heading, or of the part that it goes on with.

    `above` are the kinds of the part that it stands in, as the headings tell, and as decided.
    """
    opened = above is not None and above[0] == kind and above[1] == "coverage" != kind
    if heading is None:
        return "coverage" if opened else given.get(kind, kind)
    # a weak heading had no say below one whose words made it coverage
    return heading[0] if opened and not heading[1] else kind


@dataclass(frozen=True, slots=True)
class _Heading:
    """The kind that a heading gives, or the one above where it has no known words; `strong` ones
    give theirs wherever they stand, `lasting` ones are called a history or references themselves,
    those `of_others` name somebody else; some take a position, some stand under a heading of codes,
    some under one that is background wherever it stands, some speak of rules, ask for them or stand
    under one that does, and some stand `behind` a history or references, not under them.
    """

    kind: SectionKind
    named: bool
    lasting: bool
    strong: bool
    of_others: bool
    takes_position: bool
    below_codes: bool
    below_background: bool
    names_rules: bool
    of_disease: bool
    below_rules: bool
    asks: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """What the part before was decided to be, and whether it told of others."""

    kind: SectionKind = "other"
    foreign: bool = False


def _decide(heading: _Heading, weights: Weights, before: _Before) -> SectionKind:
    """The kind of a part, from that of its heading and from what it says."""
    kind = heading.kind
    if kind in _RECORDED:
        return _confirmed(heading, weights, before)
    foreign = weights.is_foreign or (heading.of_others and weights.foreign > 0)
    lasts = kind in _LASTING and (heading.lasting or _is_lasting(weights))
    if lasts or weights.line_share(weights.coded) >= _CODED or foreign:
        return kind
    # "Criteria" with a sentence that decides begins a part of its own, also below lists of codes
    below = heading.below_codes and not (heading.names_rules and weights.deciding)
    of_codes = weights.on_codes >= _BACKGROUND * max(1, weights.sentences)
    rules = not heading.named and _rules_in_prose(weights)
    if kind == "coding" and (weights.coded or weights.tables or below or of_codes) and not rules:
        return kind
    inside = heading.below_background and kind == "background" and not heading.named
    silent = inside and not (weights.deciding or weights.governed)
    if heading.takes_position and not (
        heading.strong or silent or kind == "coding" or before.foreign or weights.reported >= _OPENS
    ):
        return "coverage" if weights.sentences else kind
    if not heading.named and _is_dated(weights):
        return "history"
    if _lists_rules(heading, weights) or _goes_on(heading, weights, before):
        return "coverage"
    return _by_sentences(heading, weights, inside=inside)


def _by_sentences(heading: _Heading, weights: Weights, *, inside: bool) -> SectionKind:
    """The kind of a part whose heading does not settle it, from how many of its sentences decide,
    ask and report; `inside` a part of background more of them must.
    """
    kind = heading.kind
    # a heading that nobody knows behind a list of codes or references may begin anything
    inherits = (kind == "coding" or heading.behind) and not heading.named
    closed = heading.strong or inside or (kind in _APART and not inherits)
    least, reports = (_REOPENS, _OPENS) if closed else (_OPENS, _REPORTS)
    enough = _REOPENS if not closed else _BACKGROUND if kind not in _APART else None
    asks = enough is not None and weights.directed >= enough and weights.directing
    asks = asks and (weights.deciding or not inside)  # a society's conditions are in the background
    # under a heading of background conditions are those of a society, or of a trial
    asked = (kind == "other" or heading.behind) and weights.conditions and weights.governed
    decides_something = (weights.deciding or asked) and weights.decided >= least
    if (asks or decides_something) and weights.reported < reports:
        return "coverage"
    # prose in which no code is named goes on with no list of these
    leaves = inherits and weights.sentences >= _LEAST_TOLD and not weights.on_codes
    return "other" if leaves else kind


def _lists_rules(heading: _Heading, weights: Weights) -> bool:
    """Whether a part that no word gives a kind stands under a heading of rules, and its items or
    sentences are these: they set conditions, or answer what the heading asks, and few report.
    """
    if _begins_rules(heading) and weights.conditions and weights.items > weights.reporting:
        return True
    if heading.kind != "other" or not (heading.names_rules or heading.below_rules):
        return False
    if heading.names_rules and weights.items > weights.reporting:
        return True
    if weights.reported >= _REPORTS or weights.of_itself or not weights.sentences:
        return False
    sets = weights.setting >= _BACKGROUND * weights.sentences
    return sets or heading.asks or heading.below_rules


def _begins_rules(heading: _Heading) -> bool:
    """Whether a heading behind background, and not below it, speaks of rules: "Admission criteria"
    behind an "Introduction". Criteria by which a disease is known stay what tells of the disease.
    """
    behind = heading.kind == "background" and not (heading.named or heading.below_background)
    return behind and heading.names_rules and not heading.of_disease


def _goes_on(heading: _Heading, weights: Weights, before: _Before) -> bool:
    """Whether a part behind one of coverage, under a heading that nobody knows, takes sides by its
    grammar or obliges somebody in at least half of its sentences: "Repeat lending".
    """
    free = heading.kind == "other" or heading.behind
    unknown = free and not heading.named and before.kind == "coverage"
    if not unknown or not weights.sentences or weights.reporting:
        return False
    least = _BACKGROUND * weights.sentences
    return weights.leaning >= least or (weights.obliging >= least and not weights.of_itself)


def _rules_in_prose(weights: Weights) -> bool:
    """Whether sentences that decide are what a part below a list of codes consists of: rules of
    billing, which name codes and list none.
    """
    listed = weights.coded or weights.tables
    return not listed and weights.deciding >= max(_LEAST_DECIDING, _REOPENS * weights.sentences)


def _is_dated(weights: Weights) -> bool:
    """Whether most lines begin with a date, whatever stands above them: "What changed"."""
    few = weights.lines >= _LEAST_DATED
    return few and weights.line_share(weights.dated) > _BACKGROUND and not weights.conditions


def _is_lasting(weights: Weights) -> bool:
    """Whether lines are those of a history or of references."""
    return (
        weights.line_share(weights.dated) >= _OPENS or weights.line_share(weights.cited) >= _OPENS
    )


def _confirmed(heading: _Heading, weights: Weights, before: _Before) -> SectionKind:
    """A coverage part's kind, unless its lines are those of a history, of references or of codes,
    or report only.
    """
    silent = not weights.deciding and not weights.governed
    if silent and _is_aside(heading, weights):
        return "other"
    if weights.lines >= 3 and weights.line_share(weights.dated) >= _DATED:
        return "history"
    if weights.lines >= 3 and weights.line_share(weights.cited) >= _CITED:
        return "references"
    if weights.line_share(weights.coded) >= _CODED and not _decides_beside_codes(weights):
        return "coding"
    if silent and heading.named and before.kind in _APART:
        again = heading.strong and before.kind == "coding"
        return heading.kind if again or heading.kind == "documentation" else before.kind
    if before.foreign and before.kind not in _RECORDED:
        own = weights.decided >= _OPENS and not weights.foreign
        return heading.kind if own else before.kind
    if not heading.named and ((heading.of_others and weights.is_foreign) or _is_essay(weights)):
        return "background"
    return "background" if silent and _only_reports(heading, weights) else heading.kind


def _is_essay(weights: Weights) -> bool:
    """Whether a long part cites, and hardly any of its sentences decide or ask for something."""
    long = weights.sentences >= _LEAST_ESSAY
    return long and weights.cited > 0 and weights.directed < _HARDLY


def _decides_beside_codes(weights: Weights) -> bool:
    """Whether several of the lines that are no codes decide, or most do of all."""
    beside = weights.sentences - weights.coded
    several = weights.deciding >= max(_LEAST_DECIDING, _OPENS * beside)
    return several or weights.decided >= _OPENS


def _is_aside(heading: _Heading, weights: Weights) -> bool:
    """Whether a part that decides nothing is the head of a policy, a list of names, or speaks of
    the document itself.
    """
    if weights.line_share(weights.labelled) >= (_REPEATED if weights.directing else _CITED):
        return True
    if heading.named:
        return False
    if weights.of_itself > _BACKGROUND * weights.sentences:
        return True
    names = weights.lines >= _LEAST_NAMES and weights.line_share(weights.names) >= _REPEATED
    return names and not weights.directing and not heading.takes_position


def _only_reports(heading: _Heading, weights: Weights) -> bool:
    """Whether a part that decides nothing tells what others found. Under a heading of coverage it
    takes prose of several sentences, none of which leans to a side.
    """
    prose = not weights.items and not weights.directing
    told = prose and not weights.leaning and weights.sentences >= _LEAST_TOLD
    # under "Covered Uses of Lamps" prose without a decision of its own tells what is covered
    least = _OPENS if prose and not heading.takes_position else _BACKGROUND
    return (told or not heading.named) and weights.reported >= least


def _runs(parts: Sequence[HeadedPart]) -> Iterator[list[HeadedPart]]:
    """The parts in runs that are coverage, and that are not."""
    run: list[HeadedPart] = []
    for part in parts:
        if run and (run[-1].kind == "coverage") != (part.kind == "coverage"):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _repeats(
    run: Sequence[HeadedPart], said: set[tuple[str, ...]], least: int = _LEAST_REPEATED
) -> bool:
    """Whether parts repeat what was said before them: the appendix that shows a policy's former and
    new words side by side.
    """
    grams = [gram for part in run for gram in _grams(part.blocks)] if said else []
    return len(grams) >= least and sum(gram in said for gram in grams) >= _REPEATED * len(grams)


def _grams(blocks: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    """The runs of a few words in blocks, codes and numbers left out."""
    words = [
        word
        for block in blocks
        for word in re.findall(r"[a-z]+", block.text.lower())
        if len(word) > 1
    ]
    yield from zip(*(words[start:] for start in range(_GRAM)), strict=False)
