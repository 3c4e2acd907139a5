"""The forms of policy numbers: letters and digits that hang together, and no date, code, year,
telephone or amount.

A number behind a label, or behind the word for a kind of document, may look like almost anything
("046", "K667"); one that stands without either must look like nothing else: letters with digits
parted by marks ("LC-394-A"), or three parts of digits ("7.394.03").
"""

from __future__ import annotations

import re

from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.dates import first_date

LABELLED = (
    r"(?:[A-Z]{1,8}(?:[-._/][A-Z]{1,6}){0,3}[-._/# ]?)?\d[\w./-]{0,20}"
    r"|[A-Z]{1,6}(?:[-._/][A-Z]{1,6}){0,3}[-._/]\d[\w./-]{0,20}"
    r"|(?:19|20)\d\d [A-Z]{1,4} \d[\w./-]{0,20}|[A-Z]{1,4} \d{2,4} \d{2,5}"
)
"""A number where a label says that one follows."""
ALONE = (
    r"(?:[A-Z]{1,8}(?:[-._/][A-Z]{1,6}){0,3}[-._/]\d[\w]{0,6}(?:[-._/]\w{1,6}){0,3}"
    r"|[A-Z]{1,6}\d{2,5}(?:[-._/]\w{1,6}){1,3}"
    r"|[A-Z]{2,6} \d{3,4}"
    r"|\d{1,4}(?:[.-]\d{1,6}){2,3}|\d{3,4}[.-]\d{2,4})"
)
"""A number that its form alone betrays."""
_LEAST_DIGITS = 3
"""One less where two marks part it."""
_MARK = re.compile(r"[-._/]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERSION = re.compile(r"v(?:er(?:sion)?\.?)?\s?\d", re.IGNORECASE)
_PHONE = re.compile(r"(?:1-)?\d{3}[-.]\d{3}[-.]\d{4}|\d{3}[-.]\d{4}")
_EDITION = re.compile(
    r"(?P<number>.*\d.*?)[-/ ._](?P<edition>(?:r|rev|v|ver|version)\.?\d{1,2})", re.IGNORECASE
)


def without_edition(number: str) -> tuple[str, str | None]:
    """A number without the edition that is counted at its end, and that: "QX-12/v3", "912-R4"."""
    match = _EDITION.fullmatch(number)
    return (match["number"], match["edition"]) if match else (number, None)


def is_number(text: str) -> bool:
    """Whether what stands behind a label is a number: of its form, and no date or year."""
    words = text.strip()
    return (
        re.fullmatch(LABELLED, words) is not None
        and not _YEAR.fullmatch(words)
        and not _PHONE.fullmatch(words)
        and first_date(words) is None
    )


def is_number_alone(text: str) -> bool:
    """Whether words are a policy's number by their form alone."""
    words = text.strip()
    return (
        re.fullmatch(ALONE, words) is not None
        and sum(letter.isdigit() for letter in words) + (len(_MARK.findall(words)) > 1)
        >= _LEAST_DIGITS
        and is_number(words)
        and not _VERSION.match(words)
        and not re.fullmatch(CODE_ALONE, words)
    )
