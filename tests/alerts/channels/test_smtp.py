import asyncio
import socket
import ssl
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from policy_tracker.alerts.channels import channel_for
from policy_tracker.alerts.channels.maildir import MaildirChannel
from policy_tracker.alerts.channels.smtp import Patience, SmtpChannel
from policy_tracker.errors import (
    PermanentDeliveryError,
    RelayError,
    StoppedError,
    TemporaryDeliveryError,
)
from policy_tracker.settings import read_settings


class Server(Controller):
    """A mail server on a free port whose answers a test chooses; it counts connections and keeps
    what it accepted.
    """

    def __init__(self, answers=None, **options):
        self.answers, self.accepted, self.connections, self.envelopes = answers or {}, [], 0, []
        super().__init__(self, hostname="127.0.0.1", port=0, ready_timeout=20, **options)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.get("DATA")
        if answer == "hang up":
            server.transport.abort()
            return "451 gone"
        if answer:
            return answer
        self.accepted.append(message_from_bytes(envelope.content, policy=SMTP_POLICY))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 OK"

    @property
    def bound_port(self):
        assert isinstance(self.server, asyncio.Server)
        return self.server.sockets[0].getsockname()[1]

    def _trigger_server(self):
        """aiosmtpd connects to the port it was given, to see that the server runs; here it is known
        only once it is bound.
        """
        self.port = self.bound_port
        super()._trigger_server()


@contextmanager
def running(server):
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def opened(server, security="none", **options):
    channel = SmtpChannel("127.0.0.1", server.bound_port, security=security, **options)
    try:
        yield channel
    finally:
        channel.close()


def mail(to="ann@example.org"):
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"], message["To"], message["Subject"] = (
        "Policy Tracker <tracker@example.org>",
        to,
        "News",
    )
    message["Message-ID"] = "<1@example.org>"
    message.set_content("words")
    return message


def test_a_batch_goes_over_one_connection():
    with running(Server()) as server, opened(server) as channel:
        channel.connect()
        for name in ("ann", "bob", "cem"):
            channel.send(mail(f"{name}@example.org"))
        assert server.connections == 1
    assert server.envelopes == [
        ("tracker@example.org", [f"{name}@example.org"]) for name in ("ann", "bob", "cem")
    ]
    assert [message["Subject"] for message in server.accepted] == ["News"] * 3


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"ann@example.org": "450 mailbox busy"}, TemporaryDeliveryError),
        ({"ann@example.org": "550 no such user"}, PermanentDeliveryError),
        ({"DATA": "451 try later"}, TemporaryDeliveryError),
        ({"DATA": "554 refused as spam"}, PermanentDeliveryError),
        ({"MAIL": "553 sender not allowed"}, RelayError),
        ({"ann@example.org": "554 5.7.1 <ann@example.org>: Relay access denied"}, RelayError),
        ({"DATA": "554 5.7.1 Client host rejected: blocked using dnsbl.example.net"}, RelayError),
        ({"ann@example.org": "530 5.7.0 Authentication required"}, RelayError),
        ({"MAIL": "421 too busy"}, TemporaryDeliveryError),
    ],
)
def test_the_answer_decides_whether_to_try_again(answers, failure):
    with (
        running(Server(answers)) as server,
        opened(server) as channel,
        pytest.raises(failure) as caught,
    ):
        channel.send(mail())
    assert next(iter(answers.values())) in str(caught.value)
    assert server.accepted == []


class Slow(Server):
    """A mail server that takes its time before it answers in one phase."""

    def __init__(self, phase, seconds=None, before=lambda: None):
        super().__init__()
        self.phase, self.seconds, self.before = phase, seconds, before

    async def _dawdle(self, phase):
        if phase == self.phase:
            self.before()
            await (asyncio.sleep(self.seconds) if self.seconds else asyncio.Event().wait())

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        await self._dawdle("MAIL")
        return await super().handle_MAIL(server, session, envelope, address, mail_options)

    async def handle_DATA(self, server, session, envelope):
        await self._dawdle("DATA")
        return await super().handle_DATA(server, session, envelope)


def test_the_times_are_those_of_the_standard():
    """RFC 5321 4.5.3.2: five minutes for the greeting, MAIL and RCPT, ten after the final dot; and
    the whole is bounded.
    """
    usual = Patience()
    assert (usual.command, usual.data) == (300, 600)
    assert usual.connecting <= 600
    assert usual.sending <= 3600


def test_after_data_a_server_may_take_longer_than_for_a_command():
    patience = Patience(command=0.5, data=30)
    with running(Slow("DATA", 1.0)) as server, opened(server, patience=patience) as channel:
        channel.send(mail())
        assert len(server.accepted) == 1
    with (
        running(Slow("MAIL", 1.0)) as server,
        opened(server, patience=patience) as channel,
        pytest.raises(TemporaryDeliveryError, match="did not answer in time"),
    ):
        channel.send(mail())
    assert server.accepted == []


def test_a_whole_transaction_is_bounded():
    patience = Patience(command=0.1, data=0.1)
    with (
        running(Slow("DATA")) as server,
        opened(server, patience=patience) as channel,
        pytest.raises(TemporaryDeliveryError),
    ):
        channel.send(mail())


@pytest.mark.parametrize("phase", ["MAIL", "DATA"])
def test_who_is_told_to_stop_does_not_wait_for_the_server(phase):
    stop = threading.Event()
    with (
        running(Slow(phase, before=stop.set)) as server,
        opened(server, stop=stop) as channel,
        pytest.raises(StoppedError),
    ):
        channel.send(mail())
    assert server.accepted == []


def test_a_server_that_takes_no_login_refuses_everybody():
    def refuse(server, session, envelope, mechanism, data):
        return AuthResult(success=False, handled=False)

    with (
        running(Server(authenticator=refuse, auth_require_tls=False)) as server,
        opened(server, user="tracker", password="wrong") as channel,
        pytest.raises(RelayError, match="535"),
    ):
        channel.connect()


def test_a_refused_mail_does_not_spoil_the_next():
    with (
        running(Server({"ann@example.org": "550 no such user"})) as server,
        opened(server) as channel,
    ):
        with pytest.raises(PermanentDeliveryError):
            channel.send(mail())
        channel.send(mail("bob@example.org"))
    assert [recipients for _, recipients in server.envelopes] == [["bob@example.org"]]


def test_a_server_that_hangs_up_may_help_later_and_is_called_again():
    with running(Server({"DATA": "hang up"})) as server, opened(server) as channel:
        with pytest.raises(TemporaryDeliveryError):
            channel.send(mail())
        server.answers.clear()
        channel.send(mail())
    assert server.connections == 2
    assert len(server.accepted) == 1


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, never listening: a connection is refused
        channel = SmtpChannel("127.0.0.1", taken.getsockname()[1], security="none")
        with pytest.raises(TemporaryDeliveryError, match="cannot be used"):
            channel.connect()
        channel.close()
        channel.close()


def test_starttls_is_never_silently_left_out():
    with (
        running(Server()) as server,
        opened(server, security="starttls") as channel,
        pytest.raises(TemporaryDeliveryError, match="STARTTLS"),
    ):
        channel.send(mail())
    assert server.accepted == []


def test_an_unknown_certificate_is_not_trusted(certificate):
    with (
        running(Server(ssl_context=certificate)) as server,
        opened(server, security="tls") as channel,
        pytest.raises(TemporaryDeliveryError),
    ):
        channel.send(mail())
    assert server.accepted == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A server's context with a certificate that nobody vouches for."""
    import subprocess

    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-keyout",
            "key",
            "-out",
            "cert",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert", folder / "key")
    return context


def login_of(user, password):
    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return check


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize(("password", "accepted"), [("right", 1), ("wrong", 0)])
def test_it_logs_in_where_a_user_is_set(password, accepted):
    options = {
        "authenticator": login_of(b"tracker", b"right"),
        "auth_required": True,
        "auth_require_tls": False,
    }
    with (
        running(Server(**options)) as server,
        opened(server, user="tracker", password=password) as channel,
    ):
        if accepted:
            channel.send(mail())
        else:
            with pytest.raises(TemporaryDeliveryError, match="535"):
                channel.connect()
    assert len(server.accepted) == accepted


def test_settings_choose_the_channel(tmp_path):
    assert isinstance(channel_for(read_settings(data_dir=tmp_path)), MaildirChannel)
    assert isinstance(
        channel_for(
            read_settings(data_dir=tmp_path, smtp_host="mail.example.org", smtp_security="tls")
        ),
        SmtpChannel,
    )
