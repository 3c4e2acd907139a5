"""Numbers as payers write them, in digits and in words, with their value and their place.

"24", "twenty-four", "1,500", "one thousand five hundred", "5 million", "a dozen", "two and a half",
"2 1/2", "one-half", "twice", "21st"; "eighteen (18)" is one number. No other module knows number
words: `plain.digits` writes them as digits, and everything else reads those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policy_tracker.language.prefilter import lowered
from policy_tracker.language.units import CALENDAR_TIME, HALVED

NumberKind = Literal["cardinal", "ordinal", "times", "choice"]
"""`times` is "twice"; `choice` is the "one" of "one of the following", which counts nothing."""


class Number(NamedTuple):
    """A number, and where it stands in its text."""

    value: float
    start: int
    end: int
    kind: NumberKind = "cardinal"


NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""A regular expression for a number in digits."""

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL: dict[str, float] = {
    "zero": 0,
    **{word: value for value, word in enumerate(_ONES + _TEENS, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_HUNDRED, _DOZEN = 100, 12
_SCALES: dict[str, float] = {"hundred": _HUNDRED, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_TIMES: dict[str, float] = {"once": 1, "twice": 2, "thrice": 3}
_FIRST = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
ORDINALS: dict[str, float] = {
    **{word: value for value, word in enumerate(_FIRST, 1)},
    **{f"{word}th": _SMALL[word] for word in _TEENS[3:]},
    **{f"{word[:-1]}ieth": _SMALL[word] for word in _TENS},
    "hundredth": _HUNDRED,
}
"""The ordinals of one word, with their numbers."""
_PARTS: dict[str, int] = {
    **{word: value for value, word in enumerate(_FIRST[2:10], 3)},
    "half": 2, "halve": 2, "quarter": 4,
}  # fmt: skip
_GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4,
    "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip

Sort = Literal["small", "digits", "scale", "dozen", "times", "ordinal", "fraction", "half"]
_SORTS: dict[str, tuple[float, Sort]] = {
    **{word: (value, "small") for word, value in _SMALL.items()},
    **{word: (value, "scale") for word, value in _SCALES.items()},
    **{word: (value, "times") for word, value in _TIMES.items()},
    **{word: (value, "ordinal") for word, value in ORDINALS.items()},
    "dozen": (_DOZEN, "dozen"),
    "half": (0.5, "half"),
}


def one_of(words: Iterable[str]) -> str:
    """A regular expression for one of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_WORDS = [word for word in _SORTS if ORDINALS.get(word, 13) > 12]
_NUMBER_WORD = re.compile(rf"\b(?:{one_of(_WORDS)})(?:\b|fold\b)")
_NUMBER_WORDS = frozenset(_WORDS) | {f"{word}fold" for word in _WORDS}
_LETTERS = re.compile(r"[a-z]+")


def has_number_word(plain: str) -> bool:
    """Whether a text in lower case has a word of which numbers are made; the first twelve ordinals
    aside, which stand as they are.
    """
    # most texts are turned away by their words, which takes less than to look for each of ours
    return (
        not _NUMBER_WORDS.isdisjoint(_LETTERS.findall(plain))
        and _NUMBER_WORD.search(plain) is not None
    )


_PIECE = re.compile(
    rf"(?=[a-z])(?<![a-z\d])(?P<word>{one_of(_SORTS)})(?:(?![a-z\d])|(?=fold\b))"
    rf"|(?=[\d{''.join(_GLYPHS)}])(?:(?<![\w.,])(?P<nth>\d{{1,3}})(?:st|nd|rd|th)(?![a-z\d])"
    r"|(?<![\w.,/-])(?P<parts>1/2|[12]/3|[13]/4|1⁄2|[12]⁄3|[13]⁄4)(?![\d/⁄]|[.,]\d)"
    rf"|(?P<glyph>[{''.join(_GLYPHS)}])"
    rf"|(?<![\w.,])(?P<digits>{NUMBER})(?![\d/]|,\d|\.\d))"
)
_JOIN = re.compile(r"\s+|[-‐‑]\s*")
_AND = re.compile(r"\s+and\s+|-and-")
_COMMA = re.compile(r",\s+(?:and\s+)?(?=\w+[\s-]+hundred)")
_OPENING, _CLOSING = re.compile(r"\s*\(\s*"), re.compile(r"\s*\)")
_ARTICLE = re.compile(r"(?<![a-z\d])(?P<half>half[\s-]+)?an?[\s-]+$")
_LONGEST_ARTICLE = 12
_AND_A_HALF = re.compile(
    rf"(?:\s+|-)and(?:\s+|-)an?(?:\s+|-)(?P<part>half(?![a-z])|quarter(?![a-z]|\s+{CALENDAR_TIME}))"
)
_PART = re.compile(
    rf"(?P<join>[-‐‑]\s*|\s+)(?P<part>{one_of(_PARTS)})(?P<many>s?)(?![a-z]|-[a-z])(?P<of>\s+of\b)?"
)
_A_MEASURED = re.compile(rf"[\s-]+an?(?=\s+(?:{HALVED})(?![a-z]))")
_MEASURED = re.compile(rf"[\s-]?(?:{HALVED})(?![a-z])|\s(?:of|an?)\s|\s(?:or|and)\s(?:more|less)\b")
CHOICE = re.compile(
    r"(?:\s+or\s+(?:more|both))?\s+of\s+(?:the|these|those|any|its|his|her|their)\b"
)
"""What follows the "one" of "one of the following"."""
_THE = re.compile(r"(?<![a-z])(?:no|the|this|that|which)\s+$")
_PRONOUN = re.compile(r"(?:^|[.;:]\s+|(?<![a-z])(?:when|if|that|as)\s+)$")
_BELONGS = re.compile(r"\s+another\b|['’]s\b")
_ACTS = re.compile(r"\s+(?:may|must|should|can|cannot|would|could)\b")
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)]|(?:that|who|which|whose|is|was|has|had|may|must|should|shall|will|can|with|in|on|at|to|for|listed|described)\b)"
)
_COUNTED = re.compile(
    r"\s*(?:$|[.,;:)/]|(?:or|and|per|every|each|within|during|for|over|only|before|more)\b|in\s+(?:an?|any|each|every|the|\d)\b"
    rf"|an?\s+(?:[a-z]+\s+){{0,2}}?(?:{CALENDAR_TIME}|lifetime|life|pregnancy)\b"
    r"|(?:[a-z]+\s+|-)?(?:dai|week|month|quarter|year|night|annual)ly\b)"
)
_COMPARED = re.compile(r"(?<![a-z])(?:than|least|most|only|exceed|covered|limited to)\s+$")
_CONTEXT = 16
_NAMED = re.compile(
    r"(?<![a-z])(?:ages?|appendix|arm|categor(?:y|ies)|chapter|class|codes?|cohort|columns?|days?|figure|footnote|grades?|group|levels?|line"
    r"|notes?|options?|pages?|parts?|phases?|regions?|rows?|schedule|sections?|stages?|steps?|tables?|tiers?|types?|weeks?|no\.|number|#)\s*$"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a run of digits of which numbers are made."""

    value: float
    start: int
    end: int
    sort: Sort


def number_of(text: str) -> float:
    """The number that a text says, in digits or in words, which says nothing else.

    Raises ValueError where it does not.
    """
    plain = text.strip()
    bare = plain.lstrip("-–−")
    if bare.isdecimal() and bare == plain:
        return float(bare)  # nearly always
    found = numbers(bare)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(bare)):
        message = f"{text!r} is no number"
        raise ValueError(message)
    return found[0].value if bare == plain else -found[0].value


def ends_with_number(text: str) -> bool:
    """Whether a number in words stands at the end, as where "two (2)" is broken between two
    lines.
    """
    found = numbers(text[-40:])
    return bool(found) and found[-1].end == len(text[-40:]) and text[-1:].isalpha()


def names_a_thing(before: str) -> bool:
    """Whether a number behind this text is a name, as in "stage 2" or "section 1"."""
    return bool(_NAMED.search(lowered(before[-_CONTEXT:])))


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in order.

    Compounds, fractions and "eighteen (18)" are one number each. What is part of a name or code
    ("H1", "J3490"), a word that only looks like a number ("no one", "once approved"), and a scale
    that nothing counts ("several hundred") are none.
    """
    plain = lowered(text)
    pieces = tuple(map(_piece, _PIECE.finditer(plain)))
    found: list[Number] = []
    place = 0
    while place < len(pieces):
        number, following = _number(plain, pieces, place)
        if number:
            number, following = _scaled(
                plain, pieces, *_said_again(plain, pieces, number, following)
            )
            if number.value == 1 and number.kind == "cardinal" and CHOICE.match(plain, number.end):
                number = number._replace(kind="choice")
            found.append(number)
        place = following
    return tuple(found)


def _piece(match: re.Match[str]) -> _Piece:
    if word := match["word"]:
        value, sort = _SORTS[word]
    elif match["nth"]:
        value, sort = float(match["nth"]), "ordinal"
    elif parts := match["parts"]:
        value, sort = float(parts[0]) / float(parts[2]), "fraction"
    elif match["glyph"]:
        value, sort = _GLYPHS[match["glyph"]], "fraction"
    else:
        value, sort = float(match["digits"].replace(",", "")), "digits"
    return _Piece(value, match.start(), match.end(), sort)


def _number(text: str, pieces: tuple[_Piece, ...], place: int) -> tuple[Number | None, int]:
    """The number that begins with a piece, if one does, and the place of the piece behind it."""
    piece = pieces[place]
    if piece.sort == "ordinal":
        return Number(piece.value, piece.start, piece.end, "ordinal"), place + 1
    if piece.sort == "times":
        counts = piece.value > 1 or _counts(text, piece)
        return (Number(piece.value, piece.start, piece.end, "times") if counts else None), place + 1
    if piece.sort == "fraction":
        glyph = piece.end - piece.start == 1
        read = glyph or _MEASURED.match(text, piece.end)
        return (_rounded(piece.value, piece.start, piece.end) if read else None), place + 1
    if piece.sort == "half":
        article = _A_MEASURED.match(text, piece.end)
        return (Number(piece.value, piece.start, article.end()) if article else None), place + 1
    if piece.sort in ("scale", "dozen"):
        article = _ARTICLE.search(text[max(0, piece.start - _LONGEST_ARTICLE) : piece.start])
        if not article:
            return None, place + 1
        start = piece.start - (len(article.string) - article.start())
        half = 0.5 if article["half"] else 1.0
        value, end, following = _compound(text, pieces, place, 1.0)
        return _rounded(half * value, start, end), following
    if piece.value == 1 and piece.sort == "small" and _is_pronoun(text, piece):
        return None, place + 1
    value, end, following = _compound(text, pieces, place, None)
    if _is_ordinal(text, pieces, following, value, end):
        return Number(
            value + pieces[following].value, piece.start, pieces[following].end, "ordinal"
        ), following + 1
    return _with_fraction(
        text,
        pieces,
        _rounded(value, piece.start, end),
        following,
        alone=following == place + 1 and piece.sort == "small",
    )


def _compound(
    text: str, pieces: tuple[_Piece, ...], place: int, first: float | None
) -> tuple[float, int, int]:
    """The value of the compound that begins at a piece, its end, and the place of the piece behind
    it.

    `first` is what stands before a scale with which the compound begins: the "a" of "a hundred".
    """
    total, current, limit = 0.0, first, float("inf")
    last: _Piece | None = None
    for following in range(place, len(pieces)):
        piece = pieces[following]
        gap = text[last.end : piece.start] if last else ""
        close = last is None or bool(_JOIN.fullmatch(gap))
        if current is None:
            current = piece.value
        elif piece.sort == "dozen" and close:
            return total + current * piece.value, piece.end, following + 1
        elif (
            piece.sort == "scale"
            and close
            and current
            and piece.value < limit
            and (piece.value > _HUNDRED or current < _HUNDRED)
        ):
            if piece.value == _HUNDRED:
                current *= _HUNDRED
            else:
                total, current, limit = total + current * piece.value, 0.0, piece.value
        elif (
            last
            and piece.sort == "small"
            and piece.value
            and _goes_on(last, piece, text, gap, close=close)
        ):
            current += piece.value
        else:
            break
        last = piece
    else:
        following = len(pieces)
    return total + (current or 0.0), last.end if last else 0, following


def _goes_on(last: _Piece, piece: _Piece, text: str, gap: str, *, close: bool) -> bool:
    """Whether a small number belongs to the compound before it: "twenty-four", "hundred and
    four".
    """
    if last.sort == "small":
        return close and last.value in range(20, 100, 10) and piece.value < 10
    return last.sort == "scale" and (
        close or bool(_AND.fullmatch(gap)) or _COMMA.match(text, last.end) is not None
    )


def _is_ordinal(text: str, pieces: tuple[_Piece, ...], place: int, value: float, end: int) -> bool:
    """Whether an ordinal of one digit ends a compound: "twenty-first"."""
    tens = value % 100 in range(20, 100, 10)
    return (
        tens
        and place < len(pieces)
        and pieces[place].sort == "ordinal"
        and pieces[place].value < 10
        and text[end : pieces[place].start] == "-"
    )


def _with_fraction(
    text: str, pieces: tuple[_Piece, ...], number: Number, place: int, *, alone: bool
) -> tuple[Number, int]:
    """A number with the fraction behind it: "two thirds", "two and a half", "2 1/2", "2½"."""
    following = pieces[place] if place < len(pieces) else None
    gap = text[number.end : following.start] if following else ""
    if (
        following
        and following.sort == "fraction"
        and (not gap or _JOIN.fullmatch(gap) or _AND.fullmatch(gap))
    ):
        return _rounded(number.value + following.value, number.start, following.end), place + 1
    if half := _AND_A_HALF.match(text, number.end):
        return _rounded(number.value + 1 / _PARTS[half["part"]], number.start, half.end()), _behind(
            pieces, place, half.end()
        )
    if (
        following
        and following.sort == "small"
        and _AND.fullmatch(gap)
        and (part := _part(text, following))
    ):
        return _rounded(number.value + part.value, number.start, part.end), _behind(
            pieces, place, part.end
        )
    if alone and (part := _part(text, pieces[place - 1])):
        return part, _behind(pieces, place, part.end)
    return number, place


def _part(text: str, count: _Piece) -> Number | None:
    """The fraction that begins with a small number: "one half", "two-thirds".

    "one third" may be an ordinal and "one quarter" three months: these are fractions only with a
    hyphen or before "of".
    """
    part = _PART.match(text, count.end)
    if not part:
        return None
    parts = _PARTS[part["part"]]
    half = parts == 2
    clear = (
        half or part["join"] != " " or part["of"] or (part["many"] and part["part"] != "quarter")
    )
    if not 0 < count.value < parts or not clear:
        return None
    return _rounded(count.value / parts, count.start, part.end("many"))


def _behind(pieces: tuple[_Piece, ...], place: int, end: int) -> int:
    while place < len(pieces) and pieces[place].start < end:
        place += 1
    return place


def _rounded(value: float, start: int, end: int) -> Number:
    return Number(round(value, 4), start, end)


def _said_again(
    text: str, pieces: tuple[_Piece, ...], number: Number, place: int
) -> tuple[Number, int]:
    """A number with its own value in parentheses behind it: "eighteen (18)", "18 (eighteen)"."""
    opening = _OPENING.match(text, number.end)
    if (
        not opening
        or place >= len(pieces)
        or pieces[place].start > opening.end() + _LONGEST_ARTICLE
        or number.kind == "ordinal"
    ):
        return number, place
    again, following = _number(text, pieces, place)
    closing = _CLOSING.match(text, again.end) if again else None
    if (
        again
        and closing
        and again.start == opening.end()
        and again.value == number.value
        and again.kind == "cardinal"
    ):
        return number._replace(end=closing.end()), following
    return number, place


def _scaled(
    text: str, pieces: tuple[_Piece, ...], number: Number, place: int
) -> tuple[Number, int]:
    """A number in two spellings, or a fraction, with the scale behind it: "five (5) million", "½
    dozen".
    """
    scale = pieces[place] if place < len(pieces) else None
    whole = number.value % 1 == 0 and text[number.end - 1] != ")"
    if whole or number.kind != "cardinal" or not scale or scale.sort not in ("scale", "dozen"):
        return number, place
    if not _JOIN.fullmatch(text, number.end, scale.start):
        return number, place
    return _rounded(number.value * scale.value, number.start, scale.end), place + 1


def _is_pronoun(text: str, piece: _Piece) -> bool:
    """Whether "one" stands for a person or thing: "no one", "one another", "the one that", "if one
    can".
    """
    before = text[max(0, piece.start - _CONTEXT) : piece.start]
    if _BELONGS.match(text, piece.end) or (_THE.search(before) and _ENDS.match(text, piece.end)):
        return True
    return bool(_PRONOUN.search(before)) and bool(_ACTS.match(text, piece.end))


def _counts(text: str, piece: _Piece) -> bool:
    """Whether "once" counts ("once a year"), and does not mean "as soon as" ("once a diagnosis is
    made").
    """
    before = text[max(0, piece.start - _CONTEXT) : piece.start]
    if before.endswith(("at ", "all at ")):
        return False
    return bool(_COMPARED.search(before) or _COUNTED.match(text, piece.end))
