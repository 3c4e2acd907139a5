"""Ways to hand a mail over: one file per channel, none of which knows another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from email.message import EmailMessage
    from threading import Event

    from policy_tracker.settings import Settings

MAILBOX = "mailbox"
"""The folder of the local mailbox, in the data folder."""


class Channel(Protocol):
    """A way to hand mails over, used as `connect`, any number of `send`s, `close`; each `connect`
    on an open channel is free.
    """

    def connect(self) -> None:
        """Make ready to send. Raises TemporaryDeliveryError, because no mail is to blame."""
        ...

    def send(self, message: EmailMessage) -> None:
        """Hand `message` over to its one recipient.

        Raises TemporaryDeliveryError where trying again later may help (RelayError where nobody's
        mail is taken, StoppedError where the channel was told to stop), PermanentDeliveryError
        where it cannot. Returning means that the other side has taken responsibility.
        """
        ...

    def close(self) -> None:
        """Let go of what `connect` opened; never raises for an other side that is already gone."""
        ...


def channel_for(settings: Settings, stop: Event | None = None) -> Channel:
    """The channel that the settings ask for: a mail server, or without one the local mailbox;
    setting `stop` ends its waiting.
    """
    if settings.smtp_host:
        from policy_tracker.alerts.channels.smtp import SmtpChannel

        return SmtpChannel.of(settings, stop)
    from policy_tracker.alerts.channels.maildir import MaildirChannel

    return MaildirChannel(settings.data_dir / MAILBOX)
