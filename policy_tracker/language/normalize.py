"""What a text says, whatever its letters: numbers and units, comparisons, codes and hyphens in one
spelling.

Two texts with one sense differ in form alone. What is not known to mean the same stays different:
90 days are not 3 months, "or" is not "and", and "inactive" is not "in active".
"""

from __future__ import annotations

import re
from functools import lru_cache

from policy_tracker.language.code_mentions import FOLDED_CODE, FOLDED_DIAGNOSIS, ranges_written_out
from policy_tracker.language.comparators import SIDE, SURE, comparator_of, side_of
from policy_tracker.language.inflection import singular
from policy_tracker.language.plain import digits
from policy_tracker.language.stopwords import OF_FORM
from policy_tracker.language.tokens import bare, fold
from policy_tracker.language.units import ADVERBS, AGE, CALENDAR_TIME, unit_of
from policy_tracker.record.quantities import in_common_unit

_TEXTS_KEPT = 8_192

_NUMBER = r"-?\d+(?:\.\d+)?"
_TIME = CALENDAR_TIME
_PEOPLE = (
    r"(?:patient|member|individual|person|adult|child|children|beneficiary|enrollee)s?(?: "
    r"who)?(?: is| are| must be| aged)?"
)

_CODE_LIST = re.compile(rf"\b{FOLDED_CODE}(?:(?:,? and |, ?|; ?| ?& ?){FOLDED_CODE})+\b")
_SPANS = (
    (
        re.compile(rf"\b({FOLDED_DIAGNOSIS})(?: ?- ?| through | thru | to )({FOLDED_DIAGNOSIS})\b"),
        r"\1..\2",
    ),
    (
        re.compile(
            rf"(?<![\w.])({_NUMBER})(?: ?- ?| through | thru | to )(\d+(?:\.\d+)?)(?![\w.]*\d)"
        ),
        r"\1..\2",
    ),
)

_PLAINER = (
    (re.compile(r"(\d) ?(?:percent\b|per cent\b|%)"), r"\1 % "),
    (re.compile(rf"\b({'|'.join(ADVERBS)})\b"), lambda found: f"per 1 {ADVERBS[found[0]]}"),
    (
        re.compile(rf"\b(?:per|every|each)(?: an?\b)? ({_TIME})\b"),
        lambda found: f"per 1 {unit_of(found[1])}",
    ),
    (re.compile(rf"\b(?:an?) ({_TIME})\b"), r"1 \1"),
    (re.compile(rf"\b(?:every|each|per) ({_NUMBER}[ -]{_TIME})\b"), r"per \1"),
)
_AGES = (
    (re.compile(rf"\b({AGE})(?: of age|[ -]olds?)\b"), r"\1"),
    (re.compile(rf"({_NUMBER})(?: and| or) (older|younger|over)\b"), r"\1 years or \2"),
    (re.compile(rf"\b((?:older|younger) than {_NUMBER})(?! ?{_TIME}\b)(?![\w.]*\d)"), r"\1 years"),
)
_COMPARED = re.compile(rf"(?<![a-z])({SURE})(?![a-z]) ?(?={_NUMBER})")
_MEASURED = rf"{_NUMBER}(?:\.\.{_NUMBER})?(?: [a-z%]+){{0,2}}(?: per {_NUMBER} {_TIME})?"
_COMPARED_BEHIND = re.compile(rf"(?<![<>=\w.])(?<![<>=] )({_MEASURED})(?: or| and) ({SIDE})\b")
_BARE_AGE = (
    (
        re.compile(rf"\b(aged?(?: is| of)? (?:[<>]=? ?)?{_NUMBER})(?! ?-? ?{_TIME}\b)(?![\w.]*\d)"),
        r"\1 years",
    ),
    (re.compile(rf"^((?:{_PEOPLE} )?[<>]=? ?{_NUMBER})(?=\W*$)"), r"\1 years"),
    (re.compile(r"\baged\b"), "age"),
)
_MEASURE = re.compile(rf"(?<![\w.])({_NUMBER})[ -]?({_TIME})\b")
_TOKEN = re.compile(
    r"-?\d+(?:\.\d+)?(?:\.\.-?\d+(?:\.\d+)?)?(?![\w.])|[a-z0-9]+(?:\.{1,2}[a-z0-9]+|'[a-z0-9]+|\+[a-z0-9]+)*|[<>=]+|%"
)
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_LINE_END = re.compile(r"(?<=[a-z])[-‐]\s*\n\s*(?=[a-z])")
_WORD = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])")
_NUMERIC = (
    *_SPANS,
    *_AGES,
    (_COMPARED, lambda found: f"{comparator_of(found[1], '=')} "),
    (_COMPARED_BEHIND, lambda found: f"{side_of(found[2])} {found[1]}"),
    *_BARE_AGE,
)
_PATTERN_WORDS = frozenset(
    word
    for pattern, _ in (*_PLAINER, *_NUMERIC)
    for word in _WORD.findall(re.sub(r"\\[a-z]|\?P<\w+>", " ", pattern.pattern))
)
_REWRITTEN = _PATTERN_WORDS | set(map(singular, _PATTERN_WORDS)) | {"and", "old", "time"}
"""Words that may go, or come, when a text is written in another way; all others stay."""


def same_sense(before: str, after: str) -> bool:
    """Whether two texts say the same in other letters; a hyphen may be a space, or nothing, or
    where a line was broken.
    """
    return not _staying(before).isdisjoint(_staying(after)) and not senses(before).isdisjoint(
        senses(after)
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _staying(text: str) -> frozenset[str]:
    """The letters of the words that no way of writing takes away, for each way to read hyphens:
    most texts that differ do so in these.
    """
    text = digits(bare(text)).text
    plain = fold(bare(text))
    spellings = (
        {plain, _HYPHEN.sub("", _LINE_END.sub("", text).lower())} if "-" in plain else {plain}
    )
    return frozenset(
        "".join(singular(word) for word in _WORD.findall(fold(bare(spelling))) if _stays(word))
        for spelling in spellings
    )


def _stays(word: str) -> bool:
    return not {word, singular(word)} & _REWRITTEN and word not in OF_FORM


@lru_cache(maxsize=_TEXTS_KEPT)
def senses(text: str) -> frozenset[tuple[str, ...]]:
    """The words that carry a text's meaning, in order, for each way to read its hyphens."""
    joined = _LINE_END.sub("", text)
    hyphens = (" ", "") if "-" in fold(text) else (" ",)
    return frozenset(_sense(one, hyphen) for one in {text, joined} for hyphen in hyphens)


def _sense(text: str, hyphen: str) -> tuple[str, ...]:
    """One spelling of a text: times in days or months, comparisons as signs before their number,
    ranges of codes written out.
    """
    plain = fold(bare(digits(bare(text)).text)).replace("−", "-")
    plain = _CODE_LIST.sub(_code_list, ranges_written_out(plain))
    for pattern, instead in _PLAINER:
        plain = pattern.sub(instead, plain)
    if any(map(str.isdigit, plain)):
        for pattern, instead in _NUMERIC:
            plain = pattern.sub(instead, plain)
        plain = _MEASURE.sub(_in_common_unit, plain)
    found = _TOKEN.findall(_HYPHEN.sub(hyphen, plain))
    return tuple(singular(word) for word in found if word not in OF_FORM) or (plain,)


def _in_common_unit(found: re.Match[str]) -> str:
    value, unit = in_common_unit(float(found[1]), unit_of(found[2]))
    return f"{value:g} {unit}"


def _code_list(found: re.Match[str]) -> str:
    """Codes that are listed one after the other, as a set."""
    return "+".join(sorted(set(re.findall(FOLDED_CODE, found[0]))))
