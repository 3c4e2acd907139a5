"""Whether what was read as a title is one: a letterhead, an address or the policy's own number
names no subject.
"""

from __future__ import annotations

import re
from functools import cache

from policy_tracker.language.code_forms import ZIP
from policy_tracker.language.lexicon import joined

_ORGANIZATION = re.compile(
    (
        r"\b(?:blue ?cross|blue ?shield|health ?plans?|health ?care|health "
        r"insurance|insurance|assurance|company|inc|llc|corporation)\b"
    ),
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:blue ?cross|blue ?shield|health ?plans?|insurance company|inc|llc|corporation)\b",
    re.IGNORECASE,
)
"""What only a company is called; "Home Health Care" is a subject."""
_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[a-z0-9-]+\.)+(?:com|org|net|gov|health|us|info)(?:/\S*)?",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\b\d{1,6}(?:st|nd|rd|th)?\s+(?:[\w.]+\s+){1,4}(?:street|avenue|road|boulevard|blvd|drive|suite|plaza|parkway)\b"
    rf"|,\s*[A-Z]{{2}}\s+{ZIP}\b|\bP\.?\s?O\.? box\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"\w+_\w+(?:\.[a-z]{2,4})?")
"""The name of a file."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_no_title(title: str, number: str | None, payer: str) -> bool:
    """Whether a title names no subject: it is a question, the number, a web or postal address,
    the payer's name, or words for kinds of text alone.
    """
    words = " ".join(title.split())
    if (
        words.endswith("?")
        or _FILE.fullmatch(words)
        or _POSTAL.search(words)
        or _is_number(words, number)
    ):
        return True
    rest = _HOST.sub(" ", words)
    organized = _COMPANY.search(rest) is not None
    rest = _without_payer(rest, payer)
    if organized and re.match(
        r"of\s+(?:[A-Z][\w'’-]*(?:\s+|$)){1,3}(?:\d|$)", _ORGANIZATION.sub("", rest).strip()
    ):
        return True  # of a place, and at most a house number: "Lumen Health Plan of Ohio 601 12th"
    return not _WORD.search(_kinds().sub(" ", _ORGANIZATION.sub(" ", rest)))


@cache
def _kinds() -> re.Pattern[str]:
    """Words that say what kind of text something is, and nothing of its subject: "Commercial
    Medical Policy".
    """
    return re.compile(rf"\b(?:{joined('letterheads', 'kind_in_title')})\b", re.IGNORECASE)


def _is_number(words: str, number: str | None) -> bool:
    """Whether a title is the policy's number, or one word with digits in it: "MP360", "LAB46 |
    1".
    """
    plain = re.sub(r"[^a-z0-9]", "", words.lower())
    same = number is not None and plain == re.sub(r"[^a-z0-9]", "", number.lower())
    return (
        same or re.fullmatch(r"[A-Za-z]{0,5}[-. ]?\d[\w.-]*(?:\s*[|–-]\s*\d+)?", words) is not None
    )


def _without_payer(words: str, payer: str) -> str:
    """The words without those of the payer's short name."""
    own = [re.escape(part) for part in payer.split("-") if len(part) > 2]
    return re.sub(rf"\b(?:{'|'.join(own)})\b", " ", words, flags=re.IGNORECASE) if own else words
