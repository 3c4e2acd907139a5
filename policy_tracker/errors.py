"""Every error that Policy Tracker raises on purpose: one class and one sentence each.

    PolicyTrackerError
    ├── InputError                what came from outside is wrong; trying again changes nothing
    │   ├── RecordError           a record (file, line, field and reason known as far as possible)
    │   ├── CodeError             a text that is no code of its system
    │   ├── DateError             a text that is no date
    │   ├── QueryError            a question that cannot be asked so
    │   ├── LinkError             a signed link that is forged, expired or for another purpose
    │   └── SettingsError         a setting that cannot be used
    ├── NotFoundError             the thing asked for is not held here
    ├── ConflictError             the store already holds something else under that name
    ├── DeliveryError             a message could not be handed over
    │   ├── TemporaryDeliveryError   trying again later may help
    │   └── PermanentDeliveryError   trying again will not help
    └── LeaseLostError            another process took over the work that this one had claimed

Whether to try again is the class, never the words of the message.
"""

from __future__ import annotations

from dataclasses import dataclass


class PolicyTrackerError(Exception):
    """Anything that Policy Tracker raises on purpose."""


class InputError(PolicyTrackerError):
    """What came from outside is wrong, and stays wrong when it is tried again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file.

    `file` as it was given, `line` counted from 1 (None where the fault has no place), `field` as a dotted path
    (`statements[2].role`, "" for the whole file) and `reason` as one sentence without a full stop.
    """

    file: str
    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


class RecordError(InputError):
    """A record cannot be accepted; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


class CodeError(InputError):
    """A text is not a code of its system."""


class DateError(InputError):
    """A text is not a date."""


class QueryError(InputError):
    """A question cannot be asked in this form; `field` names the part of it that is wrong."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class LinkError(InputError):
    """A signed link is forged, expired, or made for another purpose."""


class SettingsError(InputError):
    """A setting has a value that cannot be used."""


class NotFoundError(PolicyTrackerError):
    """The thing asked for is not held here."""


class ConflictError(PolicyTrackerError):
    """The store already holds something else under that name."""


class DeliveryError(PolicyTrackerError):
    """A message could not be handed over to its channel."""


class TemporaryDeliveryError(DeliveryError):
    """A message could not be handed over now; trying again later may help."""


class PermanentDeliveryError(DeliveryError):
    """A message can never be handed over; trying again will not help."""


class LeaseLostError(PolicyTrackerError):
    """Another process took over the work that this one had claimed."""
