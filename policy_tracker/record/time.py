"""Dates as a payer prints them: known, partly known, or not known at all.

There are no sentinel dates.
"""

import datetime as dt
import re
from calendar import monthrange
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from policy_tracker.errors import DateError
from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import DateBasis, DateName, DateStatus

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
EARLIEST, LATEST = 1900, 2200
"""Years outside of these are taken for mistakes: no US coverage policy is older, none reaches
further.
"""


def parse_iso(text: str) -> dt.date:
    """The (first) day that an ISO date `YYYY-MM-DD` or month `YYYY-MM` names.

    Raises DateError for anything else, 2025-02-30 and the year 0225 included.
    """
    match = _ISO.fullmatch(text)
    if not match or not EARLIEST <= int(match[1]) <= LATEST:
        message = (
            f"{text!r} is not a date of the form YYYY-MM-DD or YYYY-MM between {EARLIEST} "
            f"and {LATEST}"
        )
        raise DateError(message)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError as error:
        message = f"{text!r} is not a date of the calendar"
        raise DateError(message) from error


def last_day(text: str) -> dt.date:
    """The last day that an ISO date or month names: itself, or the month's last day."""
    first = parse_iso(text)
    return (
        first
        if len(text) == len("YYYY-MM-DD")
        else first.replace(day=monthrange(first.year, first.month)[1])
    )


def _iso_text(value: Any) -> Any:  # noqa: ANN401 - YAML gives a date, JSON a text
    if isinstance(value, dt.date):
        value = value.isoformat()
    if isinstance(value, str):
        try:
            parse_iso(value)
        except DateError as error:
            raise ValueError(str(error)) from error
    return value


IsoDate = Annotated[
    str, BeforeValidator(_iso_text), Field(pattern=r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$")
]


class DateFact(Value):
    """One date of a version. What the document does not print is `undated` or `inferred`."""

    date: IsoDate | None = None
    """The date as `YYYY-MM-DD`, or `YYYY-MM` where the payer prints no day; absent where it is not
    known.
    """
    raw: str | None = None
    """The date as the payer prints it."""
    status: DateStatus = "dated"
    """`dated` (printed), `undated` (not known), `ambiguous` (printed in more than one way),
    `inferred` (it follows from something else).
    """
    basis: DateBasis | None = None
    """For the effective date: which date of a claim the payer compares with it."""
    ground: str | None = None
    """For an inferred date: from what it follows."""

    @model_validator(mode="after")
    def _status_fits(self) -> "DateFact":
        if self.status in ("dated", "inferred") and self.date is None:
            message = f"a date that is {self.status} needs its date"
            raise ValueError(message)
        if self.status == "undated" and self.date is not None:
            message = "an undated fact cannot have a date"
            raise ValueError(message)
        if self.status == "inferred" and not self.ground:
            message = "an inferred date needs its ground"
            raise ValueError(message)
        return self

    @property
    def first_day(self) -> dt.date | None:
        """The (first) day that is meant, None where it is not known."""
        return parse_iso(self.date) if self.date else None


Dates = dict[DateName, DateFact]
