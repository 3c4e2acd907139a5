"""What words that came to a sentence, or left it, do to the cases that it holds of: a qualifier
leaves fewer, a further member of an "or" list leaves more.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel

from policy_tracker.language.remembered import remembered
from policy_tracker.language.tokens import NEGATIONS

Effect = Literal[-1, 0, 1]
"""+1 where more cases remain with the words, -1 where fewer do, 0 where they do not tell."""

QUALIFIERS = frozenset(
    {
        *("mild", "moderate", "severe", "severely", "serious", "critical", "significant"),
        *("acute", "chronic", "subacute", "persistent", "recurrent", "relapsed", "relapsing"),
        *("refractory", "resistant", "progressive", "advanced", "metastatic", "unresectable"),
        *("active", "symptomatic", "uncontrolled", "untreated", "primary", "secondary"),
        *("confirmed", "proven", "objective", "continuous"),
        *("consecutive", "recent", "current", "bilateral", "unilateral", "extensive"),
    }
)
"""Adjectives of severity, course and proof: what they stand before is a part of what the bare noun
names.
"""
_COMPOUND = re.compile(r"(?!and/|or/)[a-z]+\d*(?:[-/][a-z]+\d*)*-[a-z]+")
_PARTICIPLE = re.compile(r"[a-z]{3,}ed")
_BEFORE_ADJECTIVES = frozenset(
    {"a", "the", "of", "with", "by", "for", "from", "in", "to", "any", "or", "and", ",", "include"}
)
_DOUBTS = frozenset({"suspected", "presumed", "alleged", "attempted", "so-called"})
"""Adjectives with which a noun names more than without."""
_AGENTS = frozenset({"by", "with", "in", "on", "at", "within", "during", "from", "for"})
_JOINED = frozenset({"to", ""})
_TURNS = frozenset({"all", "both", "each", "every", "unless", "except", "excluding", "than"})
_TOKEN = re.compile(r"[a-z0-9][\w'/.%-]*(?<![.])|[,;.:()]", re.IGNORECASE)
_PUNCTUATION = frozenset(",;.:()")
_ANY = frozenset({"one", "1", "any", "either"})
_LONGEST_LEAD = 6
"""Words of what announces a list, before its colon: "one of the following drugs"."""
_ENDS = frozenset({".", ":", "(", ")"})
_BORDERS = frozenset({",", "or"})
_FARTHEST = 40
"""Words between a member of a list and the conjunction before its last one."""


@remembered
def effect(shorter: str, longer: str) -> Effect:
    """What the words that only the longer text has do, 0 where more than one run of them came."""
    less, more = map(_tokens, (shorter, longer))
    runs = [op for op in Indel.opcodes(less, more) if op.tag != "equal"]
    kept = [op for op in runs if op.tag == "insert" and _words(more[op.dest_start : op.dest_end])]
    lost = [op for op in runs if op.tag != "insert" and _words(less[op.src_start : op.src_end])]
    if len(kept) != 1 or lost:
        return 1 if _longer_list(less, more) else 0
    start, stop = kept[0].dest_start, kept[0].dest_end
    if qualifies(_words(more[start:stop]), more[start - 1] if start else ""):
        return -1 if _stands_before_noun(more, stop) else 0
    return 1 if _is_alternative(more, start, stop) else 0


def _tokens(text: str) -> tuple[str, ...]:
    """The words and signs of a text; the two forms of the article are one word."""
    return tuple("a" if word == "an" else word for word in _TOKEN.findall(text.lower()))


def qualifies(run: tuple[str, ...], before: str) -> bool:
    """Whether words, and the word before them, are adjectives of the noun behind them: of severity
    and course, compounds with a hyphen (`board-certified`), participles (`a dated note`).
    """
    if not run or not _DOUBTS.isdisjoint(run):
        return False
    if _parts(run) <= QUALIFIERS | _JOINED:
        return True
    opens = not before or before in _BEFORE_ADJECTIVES
    return all(_COMPOUND.fullmatch(word) or (opens and _PARTICIPLE.fullmatch(word)) for word in run)


def follows_noun(run: tuple[str, ...]) -> bool:
    """Whether words are a participle with what belongs to it, which says which ones a noun before
    them means: "confirmed by a photograph".
    """
    return len(run) > 1 and _PARTICIPLE.fullmatch(run[0]) is not None and run[1] in _AGENTS


def _longer_list(less: tuple[str, ...], more: tuple[str, ...]) -> bool:
    """Whether one list of alternatives became another that has all its members, and more ("1st or
    2nd", "1st, 2nd or 3rd").
    """
    start = next((i for i, (a, b) in enumerate(zip(less, more, strict=False)) if a != b), len(less))
    behind = zip(reversed(less[start:]), reversed(more[start:]), strict=False)
    stop = next((i for i, (a, b) in enumerate(behind) if a != b), len(less) - start)
    if not _TURNS.isdisjoint(more[:start]) or start + stop >= min(len(less), len(more)):
        return False
    # a member whose last word both texts have is whole with that word
    if stop and (more[-stop - 1] in _BORDERS) != (less[-stop - 1] in _BORDERS):
        stop -= 1
    short, long = less[start : len(less) - stop], more[start : len(more) - stop]
    if (short[0] in _BORDERS) != (long[0] in _BORDERS) or not {"or"} <= {*short} & {*long}:
        return False
    if "and" in long or not _ENDS.isdisjoint(long):
        return False
    return _members(short) < _members(long)


def _members(run: tuple[str, ...]) -> frozenset[str]:
    """The members of a list of alternatives, the words of each as one text."""
    return frozenset(
        member
        for part in " ".join(run).split(",")
        for one in re.split(r"\bor\b", part)
        if (member := one.strip())
    )


def _words(run: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in run if word not in _PUNCTUATION)


def _parts(run: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part for word in run for part in word.split("-"))


def _stands_before_noun(text: tuple[str, ...], place: int) -> bool:
    return place < len(text) and text[place][0].isalpha() and text[place] not in ("or", "and", "to")


def _asks_for_one(ahead: tuple[str, ...]) -> bool:
    """Whether a list that a colon opened is one of which any member suffices: "one of: a, b"."""
    colon = max((place for place, word in enumerate(ahead) if word == ":"), default=-1)
    if colon < 0 or {".", ";", "("} & {*ahead[colon:]}:
        return False
    leads = ahead[max(0, colon - _LONGEST_LEAD) : colon]
    return any(word in _ANY and after == "of" for word, after in pairwise(leads))


def _is_alternative(text: tuple[str, ...], start: int, stop: int) -> bool:
    """Whether a run is one member more of a list of which any suffices."""
    if not _TURNS.isdisjoint(text[:start]):
        return False
    run = text[start:stop]
    if not NEGATIONS.isdisjoint(run):
        return False
    if "or" in (run[0], run[-1]):
        return "and" not in run
    before, behind = text[start - 1] if start else "", text[stop] if stop < len(text) else ""
    if "," not in (*run[:1], *run[-1:], before, behind) and "or" not in (before, behind):
        return False
    if before == "or" or _asks_for_one(text[:start]):
        return True
    for word in text[stop : stop + _FARTHEST]:
        if word in _ENDS or word == "and":
            return False
        if word == "or":
            return True
    return False
