"""What stands above a place in a document where codes may be listed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policy_tracker.documents.traced import UNPRINTED, Traced
from policy_tracker.extract.codes_beside import contrary
from policy_tracker.extract.dates_inside import NOTHING, ColumnKind, Inside, of_codes_sentence
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_mentions import Codes, system_hint
from policy_tracker.record.vocabulary import CodeSystem, Position, Requirement

FOLLOWING = re.compile(
    r"\bfollowing\b|\blisted below\b|\bbelow\b"
    r"|\b(?:in|on|of) (?:this|the) (?:table|grid|chart|list|schedule)\b",
    re.IGNORECASE,
)
"""Words that lead to what stands below."""
Decided = tuple[Traced, Position | None]
"""The last sentence that grants or refuses, and the position that it takes."""


def announces(text: str) -> bool:
    """Whether a line says what holds for codes that stand below it."""
    return text.rstrip().endswith(":") or FOLLOWING.search(text) is not None


@dataclass
class CodesAbove:
    """What stands above the place that is being read."""

    topic: Traced = UNPRINTED
    status: Traced = UNPRINTED
    position: Position | None = None
    default: Position | None = None
    hint: CodeSystem | None = None
    coding: bool = False
    decided: Decided = (UNPRINTED, None)
    inside: Inside = NOTHING
    """What the line above the codes says of when they hold."""
    used: bool = False
    """Whether codes stand between that line and here."""
    legend: Mapping[str, Position] = field(default_factory=dict)
    """What the document says that marks at codes stand for."""
    repeated: frozenset[str] = frozenset()
    """The lines that the document prints more than once."""
    columns: tuple[ColumnKind, ...] = ()
    """The dates with which the lines below a line of column titles end."""
    beside: tuple[Position, ...] = ()
    """What titles printed side by side say of the columns of codes below them."""
    mixed: bool = False
    """Whether one line is those titles: then a code in no column of them is under neither."""
    titled: bool = False
    """Whether the titles of columns stand right above, a line each."""
    fed: bool = False
    """Whether codes stand between the line that says what holds and here."""
    asks: Requirement | None = None
    """What the line above the codes says of authorization."""

    def take(self, positions: Sequence[Position], status: Traced, *, alone: bool) -> None:
        """Take over what a line says of the codes below it.

        Where it says the contrary of the line right above, or two things at once, these are titles
        of columns side by side; a heading is `alone`.
        """
        (*_, last) = positions
        before = None if self.fed or alone else self.position
        if len(positions) == 1 and before and contrary(before, last):
            self.beside = (*(self.beside or (before,)), last)
            # where both might be titles of columns, a code with words is under neither
            leads = status.text.rstrip().endswith((":", "."))
            self.mixed = self.titled or not leads
        else:
            self.mixed = len(positions) > 1
            self.beside = tuple(positions) if self.mixed else ()
        self.position, self.status, self.fed = last, status, False

    def of_table(self, place: int, tables: int) -> CodesAbove:
        """What stands above one of several tables side by side: where as many titles do, its own;
        itself for a table alone.
        """
        if tables < 2 or len(self.beside) != tables:
            return self
        return replace(self, position=self.beside[place], beside=(), mixed=False)

    def position_for(self, found: Codes) -> Position | None:
        """What stands above says of codes: a title of diagnoses nothing of a procedure."""
        systems = {code.system for code in found.codes}
        of_diagnoses = system_hint(self.status.text) == "ICD10CM"
        return None if of_diagnoses and systems and "ICD10CM" not in systems else self.position

    def say_asked(self, text: str, *, heading: bool) -> None:
        """Take over what a line above codes says of authorization, for those below it; a heading
        that says nothing of it ends that.
        """
        said = authorization_said(text)
        if said or heading:
            self.asks = said

    def say_inside(self, text: str) -> None:
        """Take over what a line above codes says of when they hold; it counts for the codes right
        below it.
        """
        self.inside, self.used = of_codes_sentence(text), False

    def waiting(self) -> Decided:
        """What was last said of codes, where none stand below it yet."""
        return (UNPRINTED, None) if self.fed else (self.status, self.position)

    def announced(self) -> Decided:
        """What the last line said of codes that follow it, and of which none came."""
        if self.fed or self.position is None or not announces(self.status.text):
            return UNPRINTED, None
        return self.status, self.position

    def heading(self) -> str:
        """What stands above, as a path."""
        return " > ".join(words.text for words in self.above() if words.text) or "Codes"

    def above(self) -> tuple[Traced, ...]:
        """The topic, and the line that says what holds."""
        return self.topic, self.status
