"""Mails by SMTP, over one connection for a whole batch."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, Literal

import aiosmtplib

from policy_tracker.errors import DeliveryError, PermanentDeliveryError, TemporaryDeliveryError

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from email.message import EmailMessage

    from policy_tracker.settings import Settings

Security = Literal["starttls", "tls", "none"]
SECONDS_TO_CONNECT = 15.0
SECONDS_TO_SEND = 60.0
"""A whole transaction, from MAIL to the answer after DATA. It must stay under the lease of a message (`outbox.LEASE`)."""


class SmtpChannel:
    """A mail server. Not for several threads at once."""

    def __init__(self, host: str, port: int, *, security: Security, user: str | None = None, password: str | None = None) -> None:
        self._where = f"{host}:{port}"
        self._client = aiosmtplib.SMTP(
            hostname=host,
            port=port,
            username=user,
            password=password,
            use_tls=security == "tls",
            start_tls=security == "starttls",
            timeout=SECONDS_TO_CONNECT,
            local_hostname=socket.gethostname() or "localhost",
        )
        self._runner: asyncio.Runner | None = None

    @classmethod
    def of(cls, settings: Settings) -> SmtpChannel:
        """The mail server that the settings name."""
        assert settings.smtp_host, "asked for only where a mail server is set"  # noqa: S101
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        return cls(settings.smtp_host, settings.smtp_port, security=settings.smtp_security, user=settings.smtp_user, password=password)  # ty: ignore[invalid-argument-type]

    def connect(self) -> None:
        """Connect, secure and log in, unless that is done and the server is still there.

        Raises TemporaryDeliveryError whatever goes wrong: it is nothing that one mail could be blamed for, and an operator can mend it.
        """
        if self._client.is_connected:
            return
        try:
            self._run(self._client.connect(), SECONDS_TO_CONNECT)
        except PermanentDeliveryError as error:
            raise TemporaryDeliveryError(str(error)) from error

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over; connects first where that was not done or the server hung up.

        Raises:
            TemporaryDeliveryError: an answer 4xx, a timeout, or a lost connection.
            PermanentDeliveryError: an answer 5xx.
        """
        self.connect()
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        self._run(self._client.sendmail(sender, [recipient], message.as_bytes()), SECONDS_TO_SEND)

    def close(self) -> None:
        """Say goodbye and let the connection go."""
        if self._runner is None:
            return
        if self._client.is_connected:
            with contextlib.suppress(DeliveryError):
                self._run(self._client.quit(), SECONDS_TO_CONNECT)
        self._client.close()
        self._runner.close()
        self._runner = None

    def _run(self, work: Coroutine[object, object, object], seconds: float) -> None:
        """Do `work` on this channel's own event loop, within `seconds`, and translate how it fails."""
        if self._runner is None:
            self._runner = asyncio.Runner()
        try:
            self._runner.run(asyncio.wait_for(work, seconds))
        except (TimeoutError, OSError, aiosmtplib.SMTPException, ValueError) as error:
            if isinstance(error, (TimeoutError, OSError)):
                self._client.close()  # what a late answer would belong to is not known any more
            raise _translated(error, self._where) from error


def _translated(error: Exception, where: str) -> DeliveryError:
    """The failure in our classes; its class alone decides whether to try again (RFC 5321 4.2.1: 4yz transient, 5yz permanent)."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        error = error.recipients[0]
    if isinstance(error, aiosmtplib.SMTPResponseException):
        sentence = f"The mail server {where} answered {error.code} {_one_line(error.message)}"
        # What the server holds against our sender it holds against every mail: an operator can mend that, and then the mail should go.
        lasting = error.code >= 500 and not isinstance(error, aiosmtplib.SMTPSenderRefused)
        return PermanentDeliveryError(sentence) if lasting else TemporaryDeliveryError(sentence)
    if isinstance(error, (aiosmtplib.SMTPNotSupported, ValueError)) and not isinstance(error, UnicodeError):
        return PermanentDeliveryError(f"The mail server {where} cannot do what is asked of it: {_one_line(str(error))}")
    if isinstance(error, TimeoutError):
        return TemporaryDeliveryError(f"The mail server {where} did not answer in time.")
    return TemporaryDeliveryError(f"The mail server {where} cannot be used: {_one_line(str(error)) or type(error).__name__}")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
