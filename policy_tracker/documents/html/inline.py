"""Words of HTML as they gather between two block boundaries: lines with style, footnote marks taken
off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policy_tracker.documents.escapes import unescaped
from policy_tracker.documents.lookalikes import plain

_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_SWALLOWED = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_MARK = re.compile(r"[\d\s,;–*†‡§¶^#()\[\]-]{1,24}|[a-z](?:\s*,\s*[a-z])*")
_LEADING_MARK = re.compile(r"[a-z]|\d{1,2}|[*†‡§¶^#]+")
_SQUARED = re.compile(r"(?:^|[\s/\d(])(?:m|mm|cm|dm|km|in|ft|µm|μm)$")
_POWER = re.compile(r"(?:^|[\s×x*.\d])10$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of words looks."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False


@dataclass(slots=True)
class WordLine:
    """A line: its words, how they look, and the footnote marks behind them."""

    text: str
    bold: str
    italic: bool
    underlined: bool
    marks: tuple[str, ...]
    leading: str | None = None


@dataclass(slots=True)
class InlineRuns:
    """Runs of words in lines; `taken` gives them and begins anew. `leading` is a raised mark in
    front of the first, as a footnote has.
    """

    runs: list[list[tuple[str, Look]]] = field(default_factory=lambda: [[]])
    marks: list[list[str]] = field(default_factory=lambda: [[]])
    leading: str | None = None

    def add(self, text: str, look: Look) -> None:
        """Adds a run as it stands in the document."""
        text = plain(unescaped(text))
        self.runs[-1].append((_SWALLOWED.sub("", text), look))

    def end_line(self) -> None:
        """A line break."""
        self.runs.append([])
        self.marks.append([])

    def raise_last(self, first: int) -> None:
        """The runs from `first` of the current line were raised: a footnote mark is set aside, an
        exponent or a ™ stays.
        """
        runs = self.runs[-1]
        if first >= len(runs):
            return
        raised = "".join(text for text, _ in runs[first:]).strip()
        before = "".join(text for text, _ in runs[max(0, first - 3) : first]).rstrip()
        look = runs[first][1]
        del runs[first:]
        if _SQUARED.search(before) and raised in ("2", "3"):
            runs.append((raised, look))
        elif _POWER.search(before) and re.fullmatch(r"[-+−]?\d{1,3}", raised):
            runs.append((raised.translate(_RAISED), look))
        elif raised and before and _MARK.fullmatch(raised):
            self.marks[-1].append(raised)
        elif len(self.runs) == 1 and not before and _LEADING_MARK.fullmatch(raised):
            self.leading = raised
        elif raised:
            runs.append((raised, look))

    def here(self) -> int:
        """How many runs the current line has."""
        return len(self.runs[-1])

    def taken(self) -> list[WordLine]:
        """The lines, empty ones included as empty texts; afterwards there are none."""
        lines = [_line(runs, marks) for runs, marks in zip(self.runs, self.marks, strict=True)]
        if lines and self.leading:
            if lines[0].text[:1] in "/⁄":
                lines[0].text = self.leading + lines[0].text  # a fraction
            else:
                lines[0].leading = self.leading
        self.runs, self.marks, self.leading = [[]], [[]], None
        return lines


def _line(runs: list[tuple[str, Look]], marks: list[str]) -> WordLine:
    text = _BLANKS.sub(" ", "".join(text for text, _ in runs)).strip()
    text = re.sub(r" (?=[,;:.](?:\s|$))", "", text)
    shown = [(part, look) for part, look in runs if re.search(r"\w", part)]
    bold = "none"
    if shown and all(look.bold for _, look in shown):
        bold = "all"
    elif shown and shown[0][1].bold:
        bold = "start"
    return WordLine(
        text,
        bold,
        bool(shown) and all(look.italic for _, look in shown),
        bool(shown) and all(look.underlined for _, look in shown),
        tuple(marks),
    )
