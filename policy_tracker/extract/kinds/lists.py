"""Lists that decide nothing: definitions in the order of the alphabet, fields of data, addresses,
prices, links to policies, the drugs of a formulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from policy_tracker.extract.directives_grammar import begins_with_code, is_clause
from policy_tracker.extract.kinds.evidence import Examined, KindFound
from policy_tracker.language.lexicon import terms

_DEFINED = re.compile(r"(?P<term>[A-Z][^:.;–—]{1,70}?)\s*(?::|\s[–—-])\s+(?=(?:\S+\s+){4})")
_LEAST_DEFINED = 10
_LEAST_SHARE = 0.5
_LEAST_SORTED = 0.85
_FIELD_NAME = re.compile(r"\b(?:[A-Za-z]+[A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z]+)+)\b")
_LEAST_FIELDS = 5
_LEAST_COLUMNS = 10
_LEAST_NAMES = 0.05
"""The part of the words that names of fields are, where they stand in no rows."""
_PHONE = re.compile(r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b")
_STREET = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b")
_LEAST_ADDRESSES = 6
_PRICE = re.compile(r"\$ ?\d|(?<![\w.])\d{1,6}(?:,\d{3})*\.\d{2}(?![\w.%])")
_LEAST_PRICES = 8
_NUMBER = re.compile(
    r"(?:^|[\s(|])(?:[A-Z]{1,6}[-. ]?\d[\w.-]*|\d{1,3}[A-Z]?(?:[.-]\d{1,3}){1,3}|\d{3,4})"
    r"(?=$|[\s):,–|-])"
)
"""The number of a policy, as many payers write them; no date and no code."""
_LEAST_LINKS = 8
_MOST_WORDS_OF_A_LINK = 16
_FORMULARY_TIMES = 5
_LEAST_DRUGS = 150
_MOST_WORDS_OF_A_DRUG = 6


def list_found(about: Examined) -> KindFound | None:
    """The first kind of list that a document is."""
    return next((found for kind in _KINDS if (found := kind(about))), None)


def _glossary(about: Examined) -> KindFound | None:
    """Terms with what they mean, in the order of the alphabet."""
    defined = [
        found["term"]
        for row in about.rows
        if (found := _DEFINED.match(row[0] if len(row) == 1 else ": ".join(row[:2])))
    ]
    if len(defined) < _LEAST_DEFINED or len(defined) < _LEAST_SHARE * len(about.rows):
        return None
    if _sorted_share(defined) < _LEAST_SORTED:
        return None
    reason = f"lists {len(defined)} terms with their meanings in the order of the alphabet"
    return KindFound(reason, not about.numbered)


def _sorted_share(words: Sequence[str]) -> float:
    pairs = [(one.lower(), other.lower()) for one, other in pairwise(words)]
    return sum(one <= other for one, other in pairs) / len(pairs)


def _data_dictionary(about: Examined) -> KindFound | None:
    """Names of fields, as programs write them, at the beginning of rows or all over the text."""
    first = {row[0] for row in about.rows if _FIELD_NAME.fullmatch(row[0].strip())}
    names = {name for part in about.parts for name in _FIELD_NAME.findall(part)}
    columns = sum("_" in name for name in first)  # which no policy prints at the head of rows
    in_rows = len(first) >= _LEAST_SHARE * len(about.rows) or columns >= _LEAST_COLUMNS
    if len(names) < _LEAST_FIELDS or not (in_rows or len(names) >= _LEAST_NAMES * about.words):
        return None
    return KindFound(f"describes {len(names)} fields of data", not about.numbered)


def _directory(about: Examined) -> KindFound | None:
    """Addresses and telephone numbers, one beside the other."""
    addressed = sum(
        any(_PHONE.search(cell) or _STREET.search(cell) for cell in row) for row in about.rows
    )
    if addressed < _LEAST_ADDRESSES or addressed < 0.3 * len(about.rows) or about.decisions > 1:
        return None
    return KindFound(f"is a directory with {addressed} addresses", not about.numbered)


def _fee_schedule(about: Examined) -> KindFound | None:
    """Codes with prices."""
    coded = [line for line in about.lines if _begins_with_code(line)]
    priced = sum(_PRICE.search(line) is not None for line in coded)
    if priced < _LEAST_PRICES or priced < 0.6 * len(coded):
        return None
    certain = about.decisions <= 2 and not (about.numbered and about.dated)
    return KindFound(f"is a schedule of fees: {priced} of {len(coded)} codes have a price", certain)


def _begins_with_code(line: str) -> bool:
    return any(begins_with_code(cell) for cell in line.split(" | "))


def _index(about: Examined) -> KindFound | None:
    """Numbers and names of policies, without a sentence that decides."""
    listed = [
        line
        for line in about.lines
        if _NUMBER.search(line)
        and not _begins_with_code(line)
        and len(line.split()) <= _MOST_WORDS_OF_A_LINK
        and not re.search(r"[;]\s*$|[a-z]\.$", line)
    ]
    if len(listed) < _LEAST_LINKS or about.decisions or any(map(_begins_with_code, about.lines)):
        return None
    if len(listed) < 0.5 * len(about.lines) or about.directives > 0.1 * len(about.lines):
        return None
    return KindFound(f"is an index of {len(listed)} policies", not about.record.statements)


def _formulary(about: Examined) -> KindFound | None:
    """Hundreds of drugs by class, in a document that calls itself a formulary."""
    said = sum(terms("kinds", "formulary").says(part.lower()) for part in about.parts)
    named = any(terms("kinds", "formulary").says(row.lower()) for row in about.head)
    short = [part for part in about.parts if len(part.split()) <= _MOST_WORDS_OF_A_DRUG]
    names = [part for part in short if not is_clause(part)]
    if (
        not (named or said >= _FORMULARY_TIMES)
        or len(names) < _LEAST_DRUGS
        or len(short) < 0.7 * len(about.parts)
    ):
        return None
    return KindFound(f"is a formulary with {len(names)} names", not about.numbered)


_KINDS: tuple[Callable[[Examined], KindFound | None], ...] = (
    _data_dictionary,
    _glossary,
    _directory,
    _fee_schedule,
    _index,
    _formulary,
)
