"""Mails into a local Maildir, for an installation without a mail server.

The layout is D. J. Bernstein's: a mail is written to `tmp/` and renamed into `new/`, so that a
reader never sees half of one. The name of the file is made from the Message-ID: a mail that is
handed over a second time, after a crash, replaces itself. Mails hold signed links: nobody but the
owner reads them.
"""

from __future__ import annotations

import hashlib
import os
import re
from email import message_from_bytes
from email.policy import SMTP
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.errors import NotFoundError, TemporaryDeliveryError
from policy_tracker.store.private import make_private_folder, write_private

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{32}")


class StoredMail(NamedTuple):
    """A mail in the mailbox: the name by which it is asked for, and when it came (seconds since
    1970).
    """

    name: str
    at: float
    message: EmailMessage


class MaildirChannel:
    """A Maildir; its folders are made where they are missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def connect(self) -> None:
        """Make the folders. Raises TemporaryDeliveryError where the disk refuses."""
        try:
            for folder in (self._folder, *(self._folder / name for name in ("tmp", "new", "cur"))):
                make_private_folder(folder)
        except OSError as error:
            message = f"The mailbox {self._folder} cannot be made: {error}."
            raise TemporaryDeliveryError(message) from error

    def send(self, message: EmailMessage) -> None:
        """Put `message` into the mailbox, on disk when this returns.

        Raises TemporaryDeliveryError where the disk refuses.
        """
        self.connect()
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
        draft = self._folder / "tmp" / f"{name}.{os.getpid()}"
        try:
            with write_private(draft) as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._folder / "new" / name)
        except OSError as error:
            sentence = f"The mailbox {self._folder} cannot be written: {error}."
            raise TemporaryDeliveryError(sentence) from error

    def close(self) -> None:
        """Nothing is held open."""


def kept_mails(folder: Path) -> list[StoredMail]:
    """The mails of the Maildir `folder`, newest first; none where it does not exist."""
    files = [
        path for name in ("new", "cur") for path in (folder / name).glob("*") if path.is_file()
    ]
    mails = [StoredMail(path.name, path.stat().st_mtime, _read(path)) for path in files]
    return sorted(mails, key=lambda mail: (-mail.at, mail.name))


def kept_mail(folder: Path, name: str) -> StoredMail:
    """One mail of the Maildir `folder`.

    Raises NotFoundError; a name that leads out of the folder names no mail.
    """
    for part in ("new", "cur"):
        path = folder / part / name
        if _NAME.fullmatch(name) and path.is_file():
            return StoredMail(name, path.stat().st_mtime, _read(path))
    message = "The mailbox does not hold this mail."
    raise NotFoundError(message)


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=SMTP)
