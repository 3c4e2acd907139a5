"""Items: a row of a revision history taken apart into the single things that it says were done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from policy_tracker.language.code_mentions import codes_named
from policy_tracker.language.inflection import singular
from policy_tracker.language.sentences import split_sentences
from policy_tracker.language.tokens import fold, words
from policy_tracker.rules.declarations.item_words import (
    DEEDS,
    EMPTY_WORDS,
    MATTERS,
    SAME_WORDS,
    SIDE_MATTERS,
    Deed,
    Matter,
)
from policy_tracker.rules.declarations.payer_words import label_says

_BREAK = re.compile(r"\s*(?:[•·▪●■◦;\n]|(?<=\s)[-–—]\s(?=[A-Z]))\s*")
_AND_DEED = re.compile(
    r",?\s+(?:and|or)\s+(?=(?:added|adding|removed|removing|deleted|changed|changing|updated|updating|revised|replaced|clarified|modified"
    r"|expanded|extended|increased|decreased|reduced|shortened|renamed|moved|limited)\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^([A-Z][\w/&()'’-]*(?: "
    r"(?:[A-Z][\w/&()'’-]*|of|and|or|for|the|to|in|with|&)){0,7})\s*(?::|[–—-]\s)\s*(?=\S)"
)
_UNDER = re.compile(
    r"\b(?:under|in|to|of|from|within)\s+(?:the\s+)?((?:(?!(?:under|in|to|from|within|the)\s)[\w/&'’-]+\s+){1,6}?)(?:section|portion|heading)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(?:previously|formerly|it|this|these|they|was|from)\b", re.IGNORECASE)
_REASON = re.compile(
    r"[,;]?\s+\(?(?:due to|because|since (?!\d)|as (?:it|this|they|such)\b|in order to|to "
    r"(?:be consistent|reflect|align|match|comply)"
    r"|per\b|based on|for consistency|according to)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_LEADING_REASON = re.compile(
    r"^(?:per|based on|due to|according to|effective)\b[^,]{0,80},\s*", re.IGNORECASE
)
_TARGETS = re.compile(r"\s*(?:,|/|;|\band\b|\bor\b|\brequiring\b|\bincluding\b)\s*", re.IGNORECASE)
LONGEST_SUBJECT = 10
"""More words than these without a deed are a sentence, and no name of a matter that the next one is
about.
"""


@dataclass(frozen=True, slots=True)
class DeclaredItem:
    """One thing that a payer says.

    `text` is as printed. `about` are the words that say what it is about, and `targets` the same
    word by word for each thing named. `section` names the part of the policy. `admits`: whether it,
    with its row, leaves room for a change of criteria.
    """

    text: str
    deeds: frozenset[Deed]
    matters: frozenset[Matter]
    about: frozenset[str]
    targets: tuple[frozenset[str], ...]
    codes: frozenset[str]
    section: frozenset[str]
    admits: bool

    @property
    def vague(self) -> bool:
        """Whether it does not say what it is about."""
        return not self.about and not self.codes

    @property
    def aside(self) -> bool:
        """Whether it is about nothing but matters that decide no claim."""
        return bool(self.matters) and self.matters <= SIDE_MATTERS

    @property
    def denies(self) -> bool:
        """Whether it says that nothing changed."""
        return "denied" in self.deeds


def items_of(text: str, payer: str, label: str | None = None) -> tuple[DeclaredItem, ...]:
    """The items of a row, in order; a denial anywhere in the row, or in its label, holds for all of
    it.

    A row without text is its label.
    """
    says = label_says(payer, label)
    pieces = list(_with_sections(text)) or ([(label, "")] if label else [])
    label_alone = not text.strip()
    denied = says == "denies" or any(DEEDS["denied"].search(piece.lower()) for piece, _ in pieces)
    found: list[DeclaredItem] = []
    lead: DeclaredItem | None = None
    for piece, section in pieces:
        item = _item(piece, section, admits=not denied)
        if lead and not item.deeds:
            item = replace(item, deeds=lead.deeds, matters=item.matters or lead.matters)
        elif piece.rstrip().endswith(":"):
            lead = item
        else:
            lead = None
        found.append(item)
    if says == "denies" and (label_alone or not any(item.denies for item in found)):
        denial = _item(label or "", "", admits=False)
        found = [
            DeclaredItem(
                label or "",
                frozenset({"denied"}),
                denial.matters,
                frozenset(),
                (),
                frozenset(),
                frozenset(),
                admits=False,
            )
        ] + ([] if label_alone else found)
    return tuple(found)


def _with_sections(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a row, each with the section under whose name it stands."""
    section = ""
    waiting = ""
    for clause in _clauses(text):
        piece = clause
        heading = _HEADING.match(piece)
        if heading and not _has_deed(heading[1]):
            section, piece = heading[1], piece[heading.end() :]
        elif not _has_deed(piece) and _is_name(piece):
            section, piece = piece.rstrip(":"), ""
            waiting = section
        if not piece:
            continue
        waiting = ""
        yield piece, section
    if waiting:
        yield waiting, ""


def _clauses(text: str) -> Iterator[str]:
    for block in _BREAK.split(text.strip()):
        whole: list[str] = []
        for sentence in split_sentences(block):
            if whole and _GOES_ON.match(sentence):
                whole[-1] = f"{whole[-1]} {sentence}"
            else:
                whole.append(sentence)
        for sentence in whole:
            yield from (part.strip() for part in _AND_DEED.split(sentence) if part.strip(" ."))


def _has_deed(text: str) -> bool:
    return any(pattern.search(text.lower()) for pattern in DEEDS.values())


def _is_name(piece: str) -> bool:
    """Whether a piece is the name of a part or a matter: a few words, the first of them in
    capitals.
    """
    found = piece.split()
    return 0 < len(found) <= LONGEST_SUBJECT and found[0][:1].isupper() and not codes_named(piece)


@lru_cache(maxsize=1024)
def _item(text: str, section: str, *, admits: bool) -> DeclaredItem:
    lowered = fold(text)
    deeds: set[Deed] = {deed for deed, pattern in DEEDS.items() if pattern.search(lowered)}
    if "denied" in deeds:
        rest = DEEDS["denied"].sub(" ", lowered)
        deeds -= {
            deed
            for deed in deeds - {"denied"}
            if deed not in ("added", "removed") or not DEEDS[deed].search(rest)
        }
    kept = _REASON.sub("", _LEADING_REASON.sub("", text)) or text
    under = _UNDER.search(kept)
    bare = _UNDER.sub(" ", kept) if under else kept
    named = set(words(kept))
    codes = codes_named(text)
    targets = tuple(
        dict.fromkeys(told for part in _TARGETS.split(bare) if (told := about_words(part, codes)))
    )
    return DeclaredItem(
        text=text,
        deeds=frozenset(deeds),
        matters=frozenset(matter for matter, sign in MATTERS.items() if named & sign),
        about=about_words(bare, codes),
        targets=targets,
        codes=codes,
        section=about_words(section, codes, everything=True)
        | (about_words(under[1], codes, everything=True) if under else frozenset()),
        admits=admits and "denied" not in deeds,
    )


def about_words(
    text: str, codes: frozenset[str] = frozenset(), *, everything: bool = False
) -> frozenset[str]:
    """The words that say what a text is about: stems, numbers as digits; codes are told apart.

    With `everything` the empty ones too.
    """
    signs = frozenset().union(*MATTERS.values())
    lowered = {code.lower() for code in codes}
    return frozenset(
        _spelled(word)
        for word in words(text)
        if word[:1].isalnum()
        and word not in lowered
        and (everything or (word not in EMPTY_WORDS and word not in signs))
    )


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    """A word in one form: plural and singular as one, a few words that mean one thing as one."""
    return singular(SAME_WORDS.get(word, word))
