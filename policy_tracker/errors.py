"""Every error that Policy Tracker raises on purpose: one class and one sentence each.

    PolicyTrackerError
    ├── InputError                what came from outside is wrong; trying again changes nothing
    │   ├── RecordError           a record (file, line, field and reason known as far as possible)
    │   ├── DocumentError         a payer's document (file and reason known)
    │   │   ├── EmptyDocumentError         there is nothing in it
    │   │   ├── EncryptedDocumentError     it cannot be opened without a password
    │   │   ├── DamagedDocumentError       it is broken
    │   │   │   └── TruncatedDocumentError     its end is missing
    │   │   ├── PictureOnlyDocumentError   its pages are pictures without words
    │   │   ├── TooLargeDocumentError      it has more bytes, pages, parts or levels than are read
    │   │   ├── ExhaustedDocumentError     reading it took more time or memory than it may
    │   │   ├── MisnamedDocumentError      its content is not what its name says
    │   │   ├── UnsupportedDocumentError   it is of a kind that is not read
    │   │   ├── MissingPageError           it does not have the page that was asked for
    │   │   ├── NoPolicyError              it is a form, a manual or the like, and no policy
    │   │   └── FailedDocumentError        its reader failed on it, which is a fault of the reader
    │   ├── CodeError             a text that is no code of its system
    │   ├── DateError             a text that is no date
    │   ├── QueryError            a question that cannot be asked so
    │   ├── LinkError             a signed link that is forged, expired or for another purpose
    │   ├── SettingsError         a setting that cannot be used
    │   └── VocabularyError       a file of words or of a payer's format (file, entry and reason known)
    ├── NotFoundError             the thing asked for is not held here
    ├── BusyError                 too much is asked at once; asking again soon helps
    ├── ConflictError             the store already holds something else under that name
    ├── DeliveryError             a message could not be handed over
    │   ├── TemporaryDeliveryError   trying again later may help
    │   │   ├── RelayError               the mail server refuses everybody, until an operator mends it
    │   │   └── StoppedError             the sender was told to stop
    │   └── PermanentDeliveryError   trying again will not help
    └── LeaseLostError            another process took over the work that this one had claimed

Whether to try again is the class, never the words of the message.
"""  # noqa: E501

from __future__ import annotations

from dataclasses import dataclass


class PolicyTrackerError(Exception):
    """Anything that Policy Tracker raises on purpose."""


class InputError(PolicyTrackerError):
    """What came from outside is wrong, and stays wrong when it is tried again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a file.

    `file` as it was given, `line` counted from 1 (None where the fault has no place), `field` as a
    dotted path (`statements[2].role`, "" for the whole file) and `reason` as one sentence without a
    full stop.
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


class DocumentError(InputError):
    """A payer's document cannot be read: `file` as it was given, `reason` as one sentence without a
    full stop.
    """

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class EmptyDocumentError(DocumentError):
    """A document holds nothing, or no words at all."""


class EncryptedDocumentError(DocumentError):
    """A document cannot be opened without a password."""


class DamagedDocumentError(DocumentError):
    """A document is broken, so that it cannot be taken apart."""


class TruncatedDocumentError(DamagedDocumentError):
    """A document's end is missing."""


class PictureOnlyDocumentError(DocumentError):
    """A document's pages are pictures without words."""


class TooLargeDocumentError(DocumentError):
    """A document has more bytes, pages, parts or levels than are read."""


class ExhaustedDocumentError(DocumentError):
    """Reading a document took more time or memory than it may take."""


class MisnamedDocumentError(DocumentError):
    """A document's content is not of the kind that its name says."""


class UnsupportedDocumentError(DocumentError):
    """A document is of a kind that is not read."""


class MissingPageError(DocumentError):
    """A document does not have the page that was asked for."""


class NoPolicyError(DocumentError):
    """A document can be read, and is no policy: a form, a manual, a page to log in."""


class FailedDocumentError(DocumentError):
    """A document made its reader fail in a way that nobody foresaw."""


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


class VocabularyError(InputError):
    """A file of vocabulary or of a payer's format cannot be used.

    `file` is its name, `entry` the place in it ("" for the whole file), and `reason` says what is
    wrong as one sentence without a full stop.
    """

    def __init__(self, file: str, entry: str, reason: str) -> None:
        self.file, self.entry, self.reason = file, entry, reason
        super().__init__(f"{file}: {entry}: {reason}" if entry else f"{file}: {reason}")


class NotFoundError(PolicyTrackerError):
    """The thing asked for is not held here."""


class BusyError(PolicyTrackerError):
    """Too much is asked at once; asking again soon helps."""


class ConflictError(PolicyTrackerError):
    """The store already holds something else under that name."""


class DeliveryError(PolicyTrackerError):
    """A message could not be handed over to its channel."""


class TemporaryDeliveryError(DeliveryError):
    """A message could not be handed over now; trying again later may help."""


class RelayError(TemporaryDeliveryError):
    """The mail server refuses for good, but not this message alone: every message is tried again
    once an operator has mended it.
    """


class StoppedError(TemporaryDeliveryError):
    """A message was not handed over because its sender was told to stop."""


class PermanentDeliveryError(DeliveryError):
    """A message can never be handed over; trying again will not help."""


class LeaseLostError(PolicyTrackerError):
    """Another process took over the work that this one had claimed."""
