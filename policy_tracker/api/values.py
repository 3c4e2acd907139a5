"""The forms of what a request may carry: days, instants, codes, names.

Each says in one sentence what is wrong with a value.
"""

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from policy_tracker.record.code_forms import ICD10CM_CATEGORY
from policy_tracker.record.codes import FORMS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# the sign before an offset is a space where a query was not escaped
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:)(\d{2})(\.\d{1,9})?([Zz]|[+ -]\d{2}:\d{2})"
)
CODE_PATTERN = "^(" + "|".join(form.pattern for form in FORMS.values()) + ")$"


def parse_day(value: object) -> dt.date:
    """The day that a text `YYYY-MM-DD` names. Raises ValueError for anything else."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = str(value)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"{text[:40]!r} is not a day of the form YYYY-MM-DD"
        raise ValueError(message) from error


def parse_instant(value: object) -> dt.datetime:
    """The instant that a text of RFC 3339 names, in UTC; a leap second counts as the one before it.

    Raises ValueError for anything else.
    """
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value.astimezone(dt.UTC)
    text = str(value)
    match = _INSTANT.fullmatch(text)
    try:
        if not match:
            raise ValueError
        start, seconds, fraction, offset = match.groups()
        fraction = (fraction or "")[:7]
        offset = "+00:00" if offset in "Zz" else offset.replace(" ", "+")
        moment = dt.datetime.fromisoformat(
            f"{start.upper().replace(' ', 'T')}{min(int(seconds), 59):02d}{fraction}{offset}"
        )
    except ValueError as error:
        message = f"{text[:40]!r} is not an instant with its offset, such as 2025-09-01T12:00:00Z"
        raise ValueError(message) from error
    try:
        return moment.astimezone(dt.UTC)
    except (
        OverflowError
    ):  # the first or the last day of the calendar, moved over its edge by the offset
        return moment.replace(tzinfo=dt.UTC)


def plain_text(value: str) -> str:
    """`value` without surrounding white space.

    Raises ValueError where it has control characters, which no name or text has.
    """
    if any(ord(char) < 32 or ord(char) == 127 or "\ud800" <= char <= "\udfff" for char in value):
        message = "has control characters"
        raise ValueError(message)
    return value.strip()


Day = Annotated[
    dt.date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})
]
Instant = Annotated[
    dt.datetime,
    BeforeValidator(parse_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
PlainText = Annotated[str, AfterValidator(plain_text)]
SlugText = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=120)]
VersionText = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$", max_length=120)]
CodeText = Annotated[
    PlainText,
    Field(min_length=1, max_length=40),
    WithJsonSchema({"type": "string", "pattern": CODE_PATTERN}),
]
StateText = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
ModifierText = Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")]
PlaceText = Annotated[str, Field(pattern=r"^[0-9]{2}$")]
DiagnosisText = Annotated[str, Field(pattern=rf"^{ICD10CM_CATEGORY}(\.?[0-9A-Z]{{1,4}})?$")]
ChangeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]+$", max_length=200)]
CursorText = Annotated[str, Field(pattern=r"^[A-Za-z0-9_=-]+$", min_length=1, max_length=400)]
