"""Mails by SMTP, over one connection for a whole batch.

Each phase waits as long as RFC 5321 4.5.3.2 asks: a server that checks a mail before it takes it
may need minutes after DATA, and who hangs up before its answer sends the mail twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from threading import Event
from typing import TYPE_CHECKING, Literal, NamedTuple

import aiosmtplib

from policy_tracker.alerts.refusals import Phase, whom_concerns
from policy_tracker.errors import (
    DeliveryError,
    PermanentDeliveryError,
    RelayError,
    StoppedError,
    TemporaryDeliveryError,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from email.message import EmailMessage

    from policy_tracker.settings import Settings

Security = Literal["starttls", "tls", "none"]
SECONDS_TO_QUIT = 5.0
SECONDS_TO_HEAR_STOP = 0.25


class Patience(NamedTuple):
    """How many seconds an answer may take."""

    command: float = 300.0
    """RFC 5321 4.5.3.2.1 to 3: the greeting, MAIL and RCPT; also EHLO, STARTTLS and AUTH, of which
    it says nothing.
    """
    data: float = 600.0
    """RFC 5321 4.5.3.2.6: after the final dot; it asks for less before that."""

    @property
    def connecting(self) -> float:
        """Everything until we are logged in; it does not go on for longer, however many answers
        that takes.
        """
        return 2 * self.command

    @property
    def sending(self) -> float:
        """A whole transaction."""
        return 3 * self.command + 2 * self.data


class SmtpChannel:
    """A mail server. Not for several threads at once; `stop`, which another thread may set, ends
    what it waits for.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        security: Security,
        user: str | None = None,
        password: str | None = None,
        stop: Event | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._where = f"{host}:{port}"
        self._stop = stop or Event()
        self._client = aiosmtplib.SMTP(
            hostname=host,
            port=port,
            username=user,
            password=password,
            use_tls=security == "tls",
            start_tls=security == "starttls",
            timeout=self._patience.command,
            local_hostname=socket.gethostname() or "localhost",
        )
        self._runner: asyncio.Runner | None = None

    @classmethod
    def of(cls, settings: Settings, stop: Event | None = None) -> SmtpChannel:
        """The mail server that the settings name."""
        assert settings.smtp_host, "asked for only where a mail server is set"  # noqa: S101
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        security: Security = settings.smtp_security  # ty: ignore[invalid-assignment]
        return cls(
            settings.smtp_host,
            settings.smtp_port,
            security=security,
            user=settings.smtp_user,
            password=password,
            stop=stop,
        )

    def connect(self) -> None:
        """Connect, secure and log in, unless that is done and the server is still there.

        Raises RelayError where the server refuses us for good, else TemporaryDeliveryError: it is
        nothing that one mail could be blamed for, and an operator can mend it.
        """
        if not self._client.is_connected:
            self._run(self._connect(), self._patience.connecting, "connection")

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over; connects first where that was not done or the server hung up.

        Raises:
            TemporaryDeliveryError: an answer 4xx, a timeout, or a lost connection.
            StoppedError: `stop` was set; where that was after DATA, nobody knows whether the server
            has the mail.
            RelayError: an answer 5xx that concerns everybody.
            PermanentDeliveryError: an answer 5xx that concerns this recipient or this mail.
        """
        self.connect()
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        self._run(
            self._transaction(sender, recipient, message.as_bytes()), self._patience.sending, "data"
        )

    def close(self) -> None:
        """Say goodbye and let the connection go."""
        if self._runner is None:
            return
        if self._client.is_connected and not self._stop.is_set():
            with contextlib.suppress(DeliveryError):
                self._run(self._quit(), SECONDS_TO_QUIT, "connection")
        self._client.close()
        self._runner.close()
        self._runner = None

    async def _connect(self) -> None:
        await self._client.connect()
        if self._client.is_ehlo_or_helo_needed:
            try:
                await self._client.ehlo()
            except aiosmtplib.SMTPHeloError:
                await self._client.helo()

    async def _quit(self) -> None:
        await self._client.quit(timeout=SECONDS_TO_QUIT)

    async def _transaction(self, sender: str, recipient: str, content: bytes) -> None:
        """MAIL, RCPT and DATA, each with its own time; a refusal leaves the session ready for the
        next mail.
        """
        try:
            options = [f"size={len(content)}"] if self._client.supports_extension("size") else []
            await self._client.mail(sender, options=options, timeout=self._patience.command)
            await self._client.rcpt(recipient, timeout=self._patience.command)
            await self._client.data(content, timeout=self._patience.data)
        except aiosmtplib.SMTPResponseException:
            with contextlib.suppress(ConnectionError, aiosmtplib.SMTPException):
                await self._client.rset(timeout=self._patience.command)
            raise

    def _run(self, work: Coroutine[object, object, None], seconds: float, phase: Phase) -> None:
        """Do `work` on this channel's own event loop, within `seconds` and until we are told to
        stop, and translate how it fails.
        """
        if self._runner is None:
            self._runner = asyncio.Runner()
        try:
            self._runner.run(asyncio.wait_for(self._unless_stopped(work), seconds))
        except StoppedError:
            self._client.close()
            raise
        except (TimeoutError, OSError, aiosmtplib.SMTPException, ValueError) as error:
            if isinstance(error, (TimeoutError, OSError)):
                self._client.close()  # what a late answer would belong to is not known any more
            raise _translated(error, self._where, phase) from error

    async def _unless_stopped(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        try:
            while not (await asyncio.wait({task}, timeout=SECONDS_TO_HEAR_STOP))[0]:
                if self._stop.is_set():
                    message = "The sender was stopped while the mail server was at work."
                    raise StoppedError(message)
            await task
        finally:
            task.cancel()


def _translated(error: Exception, where: str, phase: Phase) -> DeliveryError:
    """The failure in our classes; its class alone decides whether to try again."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        sentence = f"The mail server {where} answered {error.code} {_one_line(error.message)}"
        if error.code < 500:
            return TemporaryDeliveryError(sentence)
        if whom_concerns(_phase(error, phase), error.code, error.message) == "everybody":
            return RelayError(f"{sentence}, which concerns every mail, not this one alone")
        return PermanentDeliveryError(sentence)
    if isinstance(error, (aiosmtplib.SMTPNotSupported, ValueError)) and not isinstance(
        error, UnicodeError
    ):
        sentence = f"The mail server {where} cannot do what is asked of it: {_one_line(str(error))}"
        return RelayError(sentence) if phase == "connection" else PermanentDeliveryError(sentence)
    if isinstance(error, TimeoutError):
        return TemporaryDeliveryError(f"The mail server {where} did not answer in time.")
    return TemporaryDeliveryError(
        f"The mail server {where} cannot be used: {_one_line(str(error)) or type(error).__name__}"
    )


def _phase(error: Exception, phase: Phase) -> Phase:
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return "sender"
    return "recipient" if isinstance(error, aiosmtplib.SMTPRecipientRefused) else phase


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
