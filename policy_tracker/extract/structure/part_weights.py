"""What the sentences and lines of a part do: they decide, are governed by a decision, report, name
others, begin with a date, cite, list codes.

Each is counted when somebody asks: of a list of references nobody asks whether it takes a stance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policy_tracker.extract.roles import decides
from policy_tracker.extract.structure.headings import CODES_ONLY
from policy_tracker.extract.structure.logic import lead_words
from policy_tracker.language.boilerplate import speaks_of_itself
from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.coverage_terms import is_evidence, is_report, rule_label, special_role
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.prefilter import Hinted
from policy_tracker.language.sentences import split_sentences
from policy_tracker.language.stance import stance_of
from policy_tracker.record.vocabulary import APPROVING, Position

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block

_DATE_FIRST = re.compile(rf"(?:{DATE_PATTERN}|\d{{1,2}}/\d{{2,4}}\b)", re.IGNORECASE)
_CITATION = Hinted(
    r"\b(?:19|20)\d\d\b[^.]{0,20};\s*\d+|\bet al\b|\bPMID\b|\bdoi\b|\bJ [A-Z][a-z]+\b"
    r"|\bAvailable (?:at|from|online)\b|\bAccessed\b|\b\d+\(\d+\):\s*[\w-]+|https?://",
)
_OTHERS = re.compile(
    r"\b(?:medicare|cms|[NL]CDs?|(?:national|local) coverage (?:determination|article)s?|MolDX)\b",
    re.IGNORECASE,
)
"""Whose policy a part repeats that is not this payer's own."""
_DEFINES = re.compile(
    r"[^:.]{0,60}\b(?:necessary|necessity|investigational|experimental|covered|proven)\b[^:.]{0,40}:\s+\S",
    re.IGNORECASE,
)
"""A sentence that tells what a word means: "Medically Necessary: services that …"."""
_CONCLUDES = re.compile(
    r"\W*(?:therefore|thus|hence|consequently|accordingly|as a result)\b", re.IGNORECASE
)
"""How a rationale ends, whose decision stands elsewhere: "Therefore lamps are unproven"."""
_ON_CODES = re.compile(r"\W*(?:[a-z]+ ){0,2}codes?\b(?! [A-Z]?\d)", re.IGNORECASE)
"""A sentence about codes as such, which decides about billing: "Deleted codes are not paid"."""
_OF_LISTED = re.compile(r"\bcodes?\b|\bdiagnos[ei]s (?:\w+ )?listed\b", re.IGNORECASE)
"""What lines among lists of codes speak of: "For all diagnoses not listed below"."""
_VALUE = re.compile(r"(?:[A-Z][\w/’'. -]{1,40}: \S[^:;]{0,80}?(?:\s+|$)){1,6}")
"""A name and a value, as in the head of a policy: "Policy Number: 46"; or several on a line."""
_LONGEST_NAME = 8
"""Words of a name without a sentence."""
_ENDS = frozenset(".;:")
_DAY = re.compile(DATE_PATTERN, re.IGNORECASE)
_ASKING = frozenset({"limit", "documentation", "prior_auth", "review_interval"})
_CONDITION = re.compile(
    r"\b(?:requires?|required|must|shall|needs?|provided(?: that)?|if|when|only|unless|once"
    r"|until)\b",
    re.IGNORECASE,
)
"""What makes what a sentence announces its conditions, whatever its verb."""
_OBLIGES = re.compile(
    r"\b(?:must|shall|may not|may only|cannot|should not|(?:is|are) (?:not )?(?:required|allowed"
    r"|permitted) to)\b",
    re.IGNORECASE,
)
_REFUSING: frozenset[Position | None] = frozenset({"not_medically_necessary", "not_covered"})
_ACTS = r"(?:is|are|requires?|needs?|must|may|do(?:es)?|will|should|shall|cannot|can)"
_CODE_ROW = re.compile(
    rf"[*†‡^]*{CODE_ALONE}[*†‡^]*(?:\s*\([A-Z/]+\))?(?:(?!\s+{_ACTS}\b)[\s,;–-]|$)"
)
"""A code with its description; "10001 requires an authorization" is a sentence about it."""
_FOREIGN = 0.2
"""The share of sentences that name others from which a part tells of them."""


@dataclass(frozen=True)
class _Line:
    """A block without a table: `quoted` is whether it stands in a quotation."""

    block: Block
    approved: Position
    quoted: bool

    @property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def said(self) -> tuple[str, ...]:
        """Its sentences; an item is one."""
        return (
            (self.text,) if self.block.label else tuple(split_sentences(self.text) or [self.text])
        )

    @cached_property
    def told(self) -> tuple[bool, ...]:
        """Of each sentence: whether it tells of what was done or found."""
        return tuple(map(is_report, self.said))

    @cached_property
    def decisions(self) -> tuple[bool, ...]:
        """Of each sentence: whether it decides in the payer's own voice."""
        return tuple(
            not self.quoted
            and not told
            and not _ON_CODES.match(one)
            and _takes_position(one, self.approved)
            and not _DEFINES.match(one)
            and not _CONCLUDES.match(one)
            for one, told in zip(self.said, self.told, strict=True)
        )

    @cached_property
    def reports(self) -> tuple[bool, ...]:
        """Of each sentence: whether it reports what others found or recommend."""
        return tuple(
            told or (not self.block.label and not decision and is_evidence(one))
            for one, told, decision in zip(self.said, self.told, self.decisions, strict=True)
        )

    @cached_property
    def others(self) -> tuple[bool, ...]:
        """Of each sentence: whether it names others, or is theirs."""
        return tuple(self.quoted or _OTHERS.search(one) is not None for one in self.said)

    def directing(self) -> int:
        """How many sentences limit or ask for something without deciding."""
        return sum(
            not decision
            and not told
            and (special_role(one) in _ASKING or rule_label(one) is not None)
            and not speaks_of_itself(one)
            for one, told, decision in zip(self.said, self.told, self.decisions, strict=True)
        )

    def announces_conditions(self) -> bool:
        """Whether its last sentence announces a list and says that its parts must hold, or how many
        of them, or grants by its grammar: "Lamps are lent on proof of two of these:", "Lamps are
        reasonable for:". Background announces lists too, but asks for no part of them.
        """
        text = self.said[-1]
        if not text.rstrip().endswith(":"):
            return False
        if self.quoted or self.decisions[-1] or self.reports[-1]:
            return False
        logic, sure = lead_words(text)
        if (sure and logic is not None) or _CONDITION.search(text) is not None:
            return True
        stance = stance_of(text)
        return stance is not None and stance.position in APPROVING

    def is_name(self) -> bool:
        """Whether it is a name without a sentence."""
        return (
            self.block.label is None
            and not self.block.connector
            and self.text[-1:] not in _ENDS
            and len(self.text.split()) <= _LONGEST_NAME
        )


@dataclass(frozen=True)
class Weights:
    """What the blocks of a part do, each figure counted when it is asked for."""

    blocks: tuple[Block, ...]
    approved: Position

    @cached_property
    def _lines(self) -> tuple[_Line, ...]:
        return tuple(self._with_quotations())

    def _with_quotations(self) -> Iterator[_Line]:
        quoted = False
        for block in self.blocks:
            if block.table is None:
                begins_quoted = quoted or block.text.startswith(("“", '"'))
                quoted = _is_left_open(block.text, quoted)
                yield _Line(block, self.approved, begins_quoted)

    def _said(self, does: Callable[[str], object]) -> int:
        return sum(bool(does(one)) for line in self._lines for one in line.said)

    @cached_property
    def sentences(self) -> int:
        """How many sentences there are."""
        return sum(len(line.said) for line in self._lines)

    @cached_property
    def lines(self) -> int:
        """How many blocks there are beside tables."""
        return len(self._lines)

    @cached_property
    def tables(self) -> int:
        """How many tables there are."""
        return len(self.blocks) - self.lines

    @cached_property
    def items(self) -> int:
        """How many blocks are items of lists."""
        return sum(block.kind == "item" for block in self.blocks)

    @cached_property
    def deciding(self) -> int:
        """How many sentences decide in the payer's own voice."""
        return sum(sum(line.decisions) for line in self._lines)

    @cached_property
    def reporting(self) -> int:
        """How many sentences report what others found or recommend."""
        return sum(sum(line.reports) for line in self._lines)

    @cached_property
    def directing(self) -> int:
        """How many sentences limit or ask for something, without deciding."""
        return sum(line.directing() for line in self._lines)

    @cached_property
    def foreign(self) -> int:
        """How many sentences name others, or are theirs."""
        return sum(sum(line.others) for line in self._lines)

    @cached_property
    def own(self) -> int:
        """How many sentences decide and name nobody else."""
        return sum(
            decision and not other
            for line in self._lines
            for decision, other in zip(line.decisions, line.others, strict=True)
        )

    @cached_property
    def _led(self) -> tuple[int, int]:
        """How many lines a decision or announced conditions govern, and how many announce these."""
        governed = conditions = 0
        led = False
        for line in self._lines:
            decides_something = any(line.decisions)
            if line.block.label or (led and not line.text.endswith(".")):
                governed += led and not decides_something
            else:
                led = False
            if line.text.rstrip().endswith(":") or "following" in line.text:
                led = led or decides_something
            if line.announces_conditions():
                conditions += 1
                led = True
        return governed, conditions

    @property
    def governed(self) -> int:
        """How many lines stand in the list of a decision, or of announced conditions."""
        return self._led[0]

    @property
    def conditions(self) -> int:
        """How many sentences announce conditions, in whatever words."""
        return self._led[1]

    @cached_property
    def dated(self) -> int:
        """How many lines begin with a date."""
        return sum(_DATE_FIRST.match(line.text) is not None for line in self._lines)

    @cached_property
    def cited(self) -> int:
        """How many lines cite."""
        return sum(_CITATION.search(line.text) is not None for line in self._lines)

    @cached_property
    def coded(self) -> int:
        """How many lines are of codes: they begin with one, or stand below one of codes alone."""
        count, behind = 0, False
        for line in self._lines:
            count += behind or _CODE_ROW.match(line.text) is not None
            behind = not behind and CODES_ONLY.fullmatch(line.text.strip()) is not None
        return count

    @cached_property
    def labelled(self) -> int:
        """How many lines are a name and a value, where some of these are dates."""
        found = [line.text for line in self._lines if _VALUE.fullmatch(line.text)]
        return len(found) if any(map(_DAY.search, found)) else 0

    @cached_property
    def names(self) -> int:
        """How many lines are names without a sentence."""
        return sum(line.is_name() for line in self._lines)

    @cached_property
    def setting(self) -> int:
        """How many sentences have a word that makes something a condition: "if", "must", "only"."""
        return self._said(_CONDITION.search)

    @cached_property
    def obliging(self) -> int:
        """How many sentences say what must or must not be done."""
        return self._said(_OBLIGES.search)

    @cached_property
    def leaning(self) -> int:
        """How many sentences take a stance by their grammar alone."""
        return self._said(stance_of)

    @cached_property
    def of_itself(self) -> int:
        """How many sentences speak of the document itself."""
        return self._said(speaks_of_itself)

    @cached_property
    def on_codes(self) -> int:
        """How many sentences speak of codes, or of diagnoses that are listed."""
        return self._said(_OF_LISTED.search)

    @property
    def is_foreign(self) -> bool:
        """Whether it tells of the policies of others, and more of them than it decides itself: what
        this payer covers where Medicare has no determination is its own policy.
        """
        return self.foreign > _FOREIGN * self.sentences and self.own < self.foreign

    @property
    def decided(self) -> float:
        """The share of sentences that decide, or stand in the list of one that does."""
        return self._share(self.deciding + self.governed + self.conditions)

    @property
    def directed(self) -> float:
        """The share of sentences that decide or are governed, limit, or ask for something."""
        return self._share(self.deciding + self.governed + self.directing + self.conditions)

    @property
    def reported(self) -> float:
        """The share of sentences that report what others found or recommend."""
        return self._share(self.reporting)

    def _share(self, count: int) -> float:
        return count / self.sentences if self.sentences else 0.0

    def line_share(self, count: int) -> float:
        """The share of lines that a count is."""
        return count / self.lines if self.lines else 0.0


def _takes_position(text: str, approved: Position) -> bool:
    """Whether a sentence decides in words that are known, or denies by its grammar what it lists:
    "Lamps are not indicated in these settings:". What prose denies may be anything, and that
    evidence is lacking is what a rationale says.
    """
    if decides(text, approved) is not None:
        return True
    stance = stance_of(text) if text.rstrip().endswith(":") else None
    return stance is not None and stance.position in _REFUSING


def weigh(blocks: Sequence[Block], approved: Position) -> Weights:
    """What the blocks of a part do, where `approved` is the position of a sentence that grants
    without saying why.
    """
    return Weights(tuple(blocks), approved)


def _is_left_open(text: str, quoted: bool) -> bool:
    """Whether a quotation goes on behind a text, which stands in one already (`quoted`) or not."""
    opens, closes = text.rfind("“"), text.rfind("”")
    return opens > closes or (quoted and closes < 0)
