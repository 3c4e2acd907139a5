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

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.roles import decides, position_of_headings
from policy_tracker.extract.structure.headings import CODES_ONLY
from policy_tracker.extract.structure.logic import lead_words
from policy_tracker.language.boilerplate import speaks_of_itself
from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.coverage_terms import (
    is_evidence,
    is_report,
    names_rules,
    rule_label,
    special_role,
)
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.sentences import split_sentences
from policy_tracker.language.stance import stance_of

if TYPE_CHECKING:
    from policy_tracker.extract.payers.profile import Profile
    from policy_tracker.extract.structure.sections import HeadedPart
    from policy_tracker.record.vocabulary import Position, SectionKind

_OPENS, _REOPENS = 0.2, 0.34
"""The share of sentences that decide from which a part is one of coverage: where no heading says
anything, and where one says something else.
"""
_REPORTS = 0.34
"""The share of sentences that report from which they are what is reported, not what is decided."""
_BACKGROUND = 0.5
"""The share from which a part without any decision is background."""
_DATED, _CITED, _CODED = 0.3, 0.5, 0.6
_LEAST_DATED = _LEAST_DECIDING = 2
_REPEATED = 0.8
_LEAST_TOLD = 3
"""Sentences from which prose under a heading of coverage may be background all the same."""
_LEAST_REPEATED, _FEW_REPEATED = 60, 20
"""Words from which a repetition of earlier parts is no coincidence; where a heading tells, too."""
_GRAM = 5
_DATE_FIRST = re.compile(rf"(?:{DATE_PATTERN}|\d{{1,2}}/\d{{2,4}}\b)", re.IGNORECASE)
_CITATION = re.compile(
    r"\b(?:19|20)\d\d\b[^.]{0,20};\s*\d+|\bet al\b|\bPMID\b|\bdoi\b|\bJ [A-Z][a-z]+\b"
    r"|\bAvailable (?:at|from|online)\b|\bAccessed\b|\b\d+\(\d+\):\s*[\w-]+|https?://",
)
_OTHERS = re.compile(
    r"\b(?:medicare|cms|[NL]CDs?|(?:national|local) coverage (?:determination|article)s?|MolDX)\b",
    re.IGNORECASE,
)
"""Whose policy a part repeats that is not this payer's own."""
_OTHERS_HEADING = re.compile(
    r"\b(?:government|regulations?|medicare|cms|[NL]CDs?)\b"
    r"(?!.*\b(?:advantage|business|segments?|plans?|products?|members?|lines?)\b)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"[^:.]{0,60}\b(?:necessary|necessity|investigational|experimental|covered|proven)\b[^:.]{0,40}:\s+\S",
    re.IGNORECASE,
)
"""A sentence that tells what a word means: "Medically Necessary: services that …"."""
_ON_CODES = re.compile(r"\W*(?:[a-z]+ ){0,2}codes?\b(?! [A-Z]?\d)", re.IGNORECASE)
"""A sentence about codes as such, which decides about billing: "Deleted codes are not paid"."""
_OF_LISTED = re.compile(r"\bcodes?\b|\bdiagnos[ei]s (?:\w+ )?listed\b", re.IGNORECASE)
"""What lines among lists of codes speak of: "For all diagnoses not listed below"."""
_FOREIGN = 0.2
"""The share of sentences that name others from which a part tells of them."""
_VALUE = re.compile(r"(?:[A-Z][\w/’'. -]{1,40}: \S[^:;]{0,80}?(?:\s+|$)){1,6}")
"""A name and a value, as in the head of a policy: "Policy Number: 46"; or several on a line."""
_LONGEST_NAME, _LEAST_NAMES = 8, 1
"""Words of a name without a sentence, and how many of them are rows of a list."""
_ENDS = frozenset(".;:")
_DAY = re.compile(DATE_PATTERN, re.IGNORECASE)
_ASKING = frozenset({"limit", "documentation", "prior_auth", "review_interval"})
_CONDITION = re.compile(
    r"\b(?:requires?|required|must|shall|needs?|provided(?: that)?|if|when|only|unless|once"
    r"|until)\b",
    re.IGNORECASE,
)
"""What makes what a sentence announces its conditions, whatever its verb."""
_CODE_ROW = re.compile(rf"[*†‡^]*{CODE_ALONE}[*†‡^]*(?:\s*\([A-Z/]+\))?(?:[\s,;–-]|$)")
_LASTING: frozenset[str] = frozenset({"history", "references"})
_RECORDED: frozenset[str] = frozenset({"coverage", "documentation"})
_APART: frozenset[str] = frozenset({"history", "references", "coding"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What the sentences and lines of a part do: how many decide or are governed by a decision,
    report, name others, begin with a date, cite, begin with a code; how many tables stand in it,
    how many sentences limit or ask for something, how many lines are a name and a value where
    some of these are dates, how many are names without a sentence, how many blocks are items, how
    many sentences announce conditions in whatever words, decide this payer's own matters, take a
    stance by their grammar alone, speak of the document itself, and of listed codes or diagnoses.
    """

    sentences: int = 0
    deciding: int = 0
    governed: int = 0
    reporting: int = 0
    lines: int = 0
    dated: int = 0
    cited: int = 0
    coded: int = 0
    foreign: int = 0
    tables: int = 0
    directing: int = 0
    labelled: int = 0
    names: int = 0
    items: int = 0
    conditions: int = 0
    own: int = 0
    leaning: int = 0
    of_itself: int = 0
    on_codes: int = 0

    @property
    def is_foreign(self) -> bool:
        """Whether it tells of the policies of others, and more of them than it decides itself: what
        this payer covers where Medicare has no determination is its own policy.
        """
        return self.foreign > _FOREIGN * self.sentences and self.own < self.foreign

    @property
    def decided(self) -> float:
        """The share of sentences that decide, or stand in the list of one that does."""
        told = self.deciding + self.governed + self.conditions
        return told / self.sentences if self.sentences else 0.0

    @property
    def decides_beside_codes(self) -> bool:
        """Whether several of the lines that are no codes decide, or most do of all."""
        told = self.deciding >= _LEAST_DECIDING and self.deciding >= _OPENS * (
            self.sentences - self.coded
        )
        return told or self.decided >= _OPENS

    @property
    def directed(self) -> float:
        """The share of sentences that decide or are governed, limit, or ask for something."""
        told = self.deciding + self.governed + self.directing + self.conditions
        return told / self.sentences if self.sentences else 0.0

    @property
    def reported(self) -> float:
        """The share of sentences that report what others found or recommend."""
        return self.reporting / self.sentences if self.sentences else 0.0

    def line_share(self, count: int) -> float:
        """The share of lines that a count is."""
        return count / self.lines if self.lines else 0.0


def weigh(blocks: Sequence[Block], approved: Position) -> Weights:
    """What the blocks of a part do."""
    sentences = deciding = governed = reporting = lines = dated = cited = coded = foreign = 0
    directing = labelled = days = names = conditions = own = leaning = itself = on_codes = 0
    led = quoted = behind_code = False
    for block in blocks:
        if block.table is not None:
            continue
        text = block.text
        begins_quoted = quoted or text.startswith(("“", '"'))
        quoted = _is_left_open(text, quoted)
        lines += 1
        dated += _DATE_FIRST.match(text) is not None
        cited += _CITATION.search(text) is not None
        coded += behind_code or _CODE_ROW.match(text) is not None
        behind_code = not behind_code and CODES_ONLY.fullmatch(text.strip()) is not None
        said = [text] if block.label else split_sentences(text) or [text]
        decisions = [
            decides(one, approved) is not None
            and not is_report(one)
            and not _DEFINES.match(one)
            and not _ON_CODES.match(one)
            and not begins_quoted
            for one in said
        ]
        reports = [
            is_report(one) or (is_evidence(one) and not block.label and not decision)
            for one, decision in zip(said, decisions, strict=True)
        ]
        sentences += len(said)
        directing += sum(
            (special_role(one) in _ASKING or rule_label(one) is not None)
            and not decision
            and not is_report(one)
            for one, decision in zip(said, decisions, strict=True)
        )
        names += (
            block.label is None
            and not block.connector
            and text[-1:] not in _ENDS
            and len(text.split()) <= _LONGEST_NAME
        )
        if _VALUE.fullmatch(text):
            labelled += 1
            days += _DAY.search(text) is not None
        others = [begins_quoted or _OTHERS.search(one) is not None for one in said]
        foreign += sum(others)
        own += sum(one and not other for one, other in zip(decisions, others, strict=True))
        reporting += sum(reports)
        deciding += sum(decisions)
        itself += sum(map(speaks_of_itself, said))
        on_codes += sum(_OF_LISTED.search(one) is not None for one in said)
        leaning += sum(stance_of(one) is not None for one in said)
        if block.label or (led and not text.endswith(".")):
            governed += led and not any(decisions)
        else:
            led = False
        if text.rstrip().endswith(":") or "following" in text:
            led = led or any(decisions)
        if _announces_conditions(said[-1]) and not (reports[-1] or decisions[-1] or begins_quoted):
            conditions += 1
            led = True
    return Weights(
        sentences,
        deciding,
        governed,
        reporting,
        lines,
        dated,
        cited,
        coded,
        foreign,
        directing=directing,
        labelled=labelled if days else 0,
        names=names,
        leaning=leaning,
        on_codes=on_codes,
        of_itself=itself,
        items=sum(block.kind == "item" for block in blocks),
        conditions=conditions,
        own=own,
        tables=sum(block.table is not None for block in blocks),
    )


def _announces_conditions(text: str) -> bool:
    """Whether a sentence announces a list and says that its parts must hold, or how many of them:
    "Lamps are lent on proof of two of these:". Background announces lists too, but asks for no
    part of them.
    """
    if not text.rstrip().endswith(":"):
        return False
    logic, sure = lead_words(text)
    return (sure and logic is not None) or _CONDITION.search(text) is not None


def _is_left_open(text: str, quoted: bool) -> bool:
    """Whether a quotation goes on behind a text, which stands in one already (`quoted`) or not."""
    opens, closes = text.rfind("“"), text.rfind("”")
    return opens > closes or (quoted and closes < 0)


def weighed(parts: Sequence[HeadedPart], profile: Profile) -> list[HeadedPart]:
    """The parts with the kinds that their own words give them.

    A part without a known heading has the kind of the one it goes on with, as that was decided.
    """
    decided: list[HeadedPart] = []
    given: dict[SectionKind, SectionKind] = {}
    above: dict[tuple[str, ...], tuple[SectionKind, SectionKind]] = {}
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
            reading = _Heading(
                _kind_read(part.kind, heading, given, above.get(part.path[:-1])),
                named=heading is not None,
                strong=heading is not None and heading[1],
                of_others=_OTHERS_HEADING.search(part.heading) is not None,
                takes_position=position_of_headings(part.path) is not None,
                names_rules=names_rules(part.heading),
                below_codes=any(
                    known is not None and known[0] == "coding"
                    for known in map(profile.kind_of, part.path[:-1])
                ),
            )
            kind = _decide(reading, weights, before)
            if kind == "coverage" and (
                copies or (kind != reading.kind and _repeats([part], said, _FEW_REPEATED))
            ):
                kind = "other" if copies else reading.kind
            if heading or part.kind not in given:
                # a heading right above the head's names and values still names what follows it
                head_only = kind == "other" and reading.kind in _RECORDED and weights.labelled
                given[part.kind] = kind if heading and not head_only else part.kind
            if weights.sentences:
                goes_on = before.foreign and (heading is None or kind == before.kind)
                begins = reading.of_others and kind not in _RECORDED
                before = _Before(kind, goes_on or begins)
            above[part.path] = part.kind, kind
            decided.append(replace(part, kind=kind))
        said |= {
            gram
            for part in decided[-len(run) :]
            if part.kind == "coverage"
            for gram in _grams(part.blocks)
        }
    return decided


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
    give theirs wherever they stand, those `of_others` name somebody else; some take a position,
    some stand under a heading of codes, some speak of rules.
    """

    kind: SectionKind
    named: bool
    strong: bool
    of_others: bool
    takes_position: bool
    below_codes: bool
    names_rules: bool


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
    if kind in _LASTING and (heading.named or _is_lasting(weights)):
        return kind
    foreign = weights.is_foreign or (heading.of_others and weights.foreign > 0)
    if weights.line_share(weights.coded) >= _CODED or foreign:
        return kind
    # "Criteria" with a sentence that decides begins a part of its own, also below lists of codes
    below = heading.below_codes and not (heading.names_rules and weights.deciding)
    of_codes = weights.on_codes >= _BACKGROUND * max(1, weights.sentences)
    if kind == "coding" and (weights.coded or weights.tables or below or of_codes):
        return kind
    if heading.takes_position and not (
        heading.strong or kind == "coding" or before.foreign or weights.reported >= _OPENS
    ):
        return "coverage" if weights.sentences else kind
    if not heading.named and _is_dated(weights):
        return "history"
    if kind == "other" and heading.names_rules and weights.items > weights.reporting:
        return "coverage"
    # a heading that nobody knows behind a list of codes may begin anything
    inherits = kind == "coding" and not heading.named
    closed = heading.strong or (kind in _APART and not inherits)
    least, reports = (_REOPENS, _OPENS) if closed else (_OPENS, _REPORTS)
    enough = _REOPENS if not closed else _BACKGROUND if kind not in _APART else None
    asks = enough is not None and weights.directed >= enough and weights.directing
    if asks and weights.reported < reports:
        return "coverage"
    # under a heading of background conditions are those of a society, or of a trial
    asked = kind == "other" and weights.conditions and weights.governed
    decides_something = weights.deciding or asked
    if decides_something and weights.decided >= least and weights.reported < reports:
        return "coverage"
    return kind


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
    if weights.line_share(weights.coded) >= _CODED and not weights.decides_beside_codes:
        return "coding"
    if silent and heading.named and before.kind in _APART:
        again = heading.strong and before.kind == "coding"
        return heading.kind if again or heading.kind == "documentation" else before.kind
    if before.foreign and before.kind not in _RECORDED:
        own = weights.decided >= _OPENS and not weights.foreign
        return heading.kind if own else before.kind
    if not heading.named and heading.of_others and weights.is_foreign:
        return "background"
    return "background" if silent and _only_reports(heading, weights) else heading.kind


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
