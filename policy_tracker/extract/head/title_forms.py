"""Whether a line can be a title: words in a title's form, no letterhead, label, date, heading or
sentence.
"""

from __future__ import annotations

import re
from functools import cache

from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.language.dates import first_date
from policy_tracker.language.lexicon import joined, terms

_LONGEST = 160
_NEITHER = re.compile(
    r"\bpage\b\s*:?\s*\d|\bindependent\b|\blicen[cs]ed?e?s?\b|\breproduction\b|\bprohibited\b"
    r"|\bproprietary\b|\bconfidential\b|©|\bcopyright\b|\bdisclaimer\b"
    r"|\bmanual\b|\btable of contents\b|\bassociation$|\(\d{3}\)\s*\d{3}-\d{4}",
    re.IGNORECASE,
)
"""Words of a line that names no subject: pages, licences, rights, telephones."""
_LABELLED = re.compile(r"(?P<label>[A-Z][\w/# ]{1,30}):(?:\s+|$)(?P<value>.*)")
_LABEL_WORD = re.compile(
    r"\b(?:policy|number|no|id|dates?|effective|review\w*|revis\w+|approv\w+|sections?|subsection"
    r"|page|status|lines?|products?|department|author|owner|version|subject|category|type|title"
    r"|appli\w+|plans?|state|contact|phone|committee)\b",
    re.IGNORECASE,
)
_DRUG_AND_BRAND = re.compile(
    r"[a-z][a-z-]{4,40}(?: [a-z][a-z-]+){0,3} "
    r"\(?[A-Z][A-Za-z-]+[®™]?(?:, [A-Z][A-Za-z-]+[®™]?){0,5}\)?"
)
"""A drug by its name, which is written small, and its brand: "glowumab-abcd (Wristlux)"."""
_SHORT_VALUE = 20
_LONG_WORD, _CAPITAL = 4, 0.6


@cache
def _named_kind() -> re.Pattern[str]:
    """One name before the kind of document: "Lumen Clinical Policy"."""
    return re.compile(
        rf"[A-Z][\w-]*(?: (?:{joined('letterheads', 'kind_in_title')})){{2,}}", re.IGNORECASE
    )


def _is_labelled(text: str) -> bool:
    """Whether a line is a label and its value; "Lamps: Mapping of Long Wicks" is a subject."""
    match = _LABELLED.match(text)
    return match is not None and (
        len(match["value"]) < _SHORT_VALUE or _LABEL_WORD.search(match["label"]) is not None
    )


def is_no_part(text: str) -> bool:
    """Whether words are no part of a title: a label, a sentence, a date, a heading of the body."""
    return bool(
        _is_labelled(text)
        or text.endswith((".", ":"))
        or first_date(text)
        or _NEITHER.search(text)
        or is_heading(text)
    )


def is_heading(text: str) -> bool:
    """Whether words are a heading that the field uses for a part of a policy."""
    return terms("headings", "heading").fit(text.strip(" :.").lower()) is not None


def names_subject(text: str, payer: str) -> bool:
    """Whether a line can be a title: words in a title's form, no letterhead, label, date, heading
    or sentence.
    """
    words = " ".join(text.split())
    return (
        3 < len(words) < _LONGEST
        and (words[0].isupper() or _DRUG_AND_BRAND.fullmatch(words) is not None)
        and not is_no_part(words)
        and not _named_kind().fullmatch(words)
        and not is_no_title(words, None, payer)
    )


def long_words(words: str) -> list[str]:
    """The words of four letters and more."""
    return [word for word in re.findall(r"[^\W\d_]+", words) if len(word) >= _LONG_WORD]


def is_capital(words: str) -> bool:
    """Whether most of the longer words begin with a capital letter, as in a name or title."""
    long = long_words(re.sub(r"\([^()]*\)", " ", words))
    return sum(word[0].isupper() for word in long) >= _CAPITAL * len(long)
