"""How a row of a revision history begins: a date or several side by side, perhaps behind a word for
what was done ("Revised 01/05/2026 02/01/2026 New limits").

Dates stand within rows too ("code added effective 1/1/2026"). Which dates begin rows is told by
their place (at the beginning of a block or line), by what stands around them, and by their order:
the rows of a history go forward or backward in time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policy_tracker.language.dates import DATE_PATTERN, SHORT_MONTH, iso_of

STATUS = (
    r"(?:(?:Date )?"
    r"(?:(?i:Re-?)?(?:[Vv]ised|[Vv]iewed|[Tt]ired|[Nn]ewed|[Ii]nstated|[Aa]ffirmed|[Ii]ssued)"
    r"|REVISED|REVIEWED|Archived|Updated|Converted|Transferred|Clarified|Created|Approved|Adopted"
    r"|Amended|Implemented|Established|Published|Developed|Devised|Originated|Withdrawn|New)"
    r"(?:(?: and |/)[a-z]{4,9}ed)?(?: (?:codes?|policy|criteria|guideline|dates?))?)"
)
"""What was done to a document, as a column of its own says it."""
_NO_DATE = r"(?:(?i:n/a|unchanged|none|same|tbd|pending)(?![\w]))"
DATE_ENTRY = rf"(?:{DATE_PATTERN}|(?<![\w./-]){SHORT_MONTH}(?![\w/.%-]))"
_ENTRY = rf"(?:{DATE_ENTRY}|{_NO_DATE})"
_OPENER = re.compile(
    rf"(?<![^\s(\[•*])(?:(?P<kind>{STATUS})[\s,:–—-]{{1,3}}|(?P<told>On|In|As of) "
    r"|(?P<edition>(?:Version|Revision|Rev\.?|Edition|Amendment)\s?(?:No\.?\s?)?\d[\d.]*)"
    r"[\s,:–—(-]{1,3})?"
    rf"(?P<dates>{_ENTRY}(?:\s*[|,&]?\s*{_ENTRY})*)(?P<lead>[)\]]?\s*(?:[-–—:|]|\.(?=\s))?\s*)",
)
_EACH = re.compile(_ENTRY)
_MENTION = re.compile(
    r"(?:\b(?:in|on|of|by|to|since|from|until|till|after|before|effective|eff\.?|dated|approved"
    r"|through|thru|and|or|as of|than|for|date|dates|beginning|starting|ending|section|page"
    r"|accessed|version|fy|cy|code|codes)|[,:/&(]|[-–—])\s*$",
    re.IGNORECASE,
)
"""What stands before a date that belongs to a sentence."""
_BEGINS_WORDS = re.compile(r"[A-Z•●▪◦“\"'‘\[(*\d-]")
_BEGINS_SENTENCE = re.compile(r"[A-Z•●▪◦“\"]")
_DOUBTFUL = 2
"""Up to this weight a date begins a row only where the order of the rows speaks for it."""
_FEW = 2
_MONTHS = 12
_LISTED = re.compile(r"[;.]\s*$")
_SENTENCE_END = re.compile(r"[.;!?][)”\"’\]]*\s*$|[)”\"•●▪]\s*$|\|\s*$")


@dataclass(frozen=True, slots=True)
class Opener:
    """Where a row may begin in a text: its first character, that of its words, its dates (None for
    "n/a"), what was done, and how much speaks for it.
    """

    start: int
    words: int
    dates: tuple[str | None, ...]
    kind: str | None
    weight: int

    @property
    def date(self) -> str:
        """The first date."""
        return next(date for date in self.dates if date)

    def begun(self) -> Opener:
        """The same, where something else says that a row begins here."""
        return replace(self, weight=max(self.weight, _DOUBTFUL + 1))

    def moved(self, by: int) -> Opener:
        """The same in a text that has so many characters before."""
        return replace(self, start=self.start + by, words=self.words + by) if by else self


def openers_in(text: str, line_starts: Sequence[int] = ()) -> list[Opener]:
    """The places of a text at which a row may begin.

    Args:
        text: a block's text.
        line_starts: where its printed lines begin, as far as these are known.
    """
    starts = frozenset(line_starts)
    found: list[Opener] = []
    for match in _OPENER.finditer(text):
        dates = tuple(iso_of_entry(each) for each in _EACH.findall(match["dates"]))
        if not any(dates):
            continue
        weight = _weight(text, match, len(dates), lined=match.start() in starts)
        if weight:
            found.append(Opener(match.start(), match.end(), dates, match["kind"], weight))
    return found


def iso_of_entry(raw: str) -> str | None:
    """The date of an entry in a history, where a month may have two digits of its year."""
    iso = iso_of(raw)
    if iso is None and re.fullmatch(SHORT_MONTH, raw):
        month, year = re.findall(r"\d+", raw)
        iso = iso_of(f"{month}/01/{year}") if int(month) <= _MONTHS else None
        return iso[:7] if iso else None
    return iso


def _weight(text: str, match: re.Match[str], dates: int, *, lined: bool) -> int:
    """How much speaks for a row: 0 is a date within a sentence, 4 a date that begins a block."""
    before, behind = text[: match.start()], text[match.end() :]
    short = re.fullmatch(SHORT_MONTH, match["dates"]) is not None
    if short and _LISTED.search(before) and re.match(r"[:–—-]", match["lead"].strip()):
        return 2  # "2/26: new limits; 2/25: codes"
    if match["told"]:  # "On 5 May 2025 the board amended ...": a sentence that tells a change
        begun = not before.strip(" •●▪◦*") or _SENTENCE_END.search(before)
        return 3 if begun and re.match(r",?\s?[A-Za-z]", behind) else 0
    if not before.strip(" ([•●▪◦*-‐–—"):
        begun = not behind or _BEGINS_WORDS.match(behind) or match["lead"].strip()
        return 4 if begun else 0 if short else 3 if dates > 1 or match["kind"] else 2
    begun = not behind or _BEGINS_SENTENCE.match(behind) or match["lead"].strip()
    if short or not begun or _MENTION.search(before):
        return 0
    if _SENTENCE_END.search(before):
        return 3 if lined else 2
    return 2 if dates > 1 or match["kind"] else 1


def in_order(openers: Sequence[Opener]) -> list[bool]:
    """Which of them begin rows: the heaviest run of them that goes forward or backward in time, and
    those besides for which enough speaks by itself.
    """
    forward, backward = _heaviest(openers, 1), _heaviest(openers, -1)
    weigh = [sum(openers[n].weight for n in run) for run in (forward, backward)]
    run = set(forward if weigh[0] >= weigh[1] else backward)
    plain = [one for one in openers if one.weight > _DOUBTFUL]
    several = 2 * sum(len(one.dates) > 1 for one in plain) > len(plain)
    least = 1 if len(plain) < _FEW else _DOUBTFUL
    return [
        one.weight
        > (_DOUBTFUL if number not in run or (several and len(one.dates) == 1) else least - 1)
        for number, one in enumerate(openers)
    ]


def _heaviest(openers: Sequence[Opener], sign: int) -> list[int]:
    """The numbers of the heaviest run in one direction."""
    best: list[tuple[int, int]] = []  # weight of the best run that ends here, and the one before
    for number, one in enumerate(openers):
        weight, last = 0, -1
        for earlier in range(number):
            if best[earlier][0] > weight and _goes(openers[earlier], one, sign):
                weight, last = best[earlier][0], earlier
        best.append((weight + one.weight, last))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    run: list[int] = []
    while at >= 0:
        run.append(at)
        at = best[at][1]
    return run


def _goes(before: Opener, after: Opener, sign: int) -> bool:
    """Whether two rows follow one another in a direction, by any of the dates that they print in
    several columns.
    """
    return any(
        _compare(one, other) * sign <= 0
        for one in before.dates
        for other in after.dates
        if one and other
    )


def _compare(one: str, other: str) -> int:
    """The order of two dates, as exactly as both are printed."""
    length = min(len(one), len(other))
    return (one[:length] > other[:length]) - (one[:length] < other[:length])
