from email.message import EmailMessage
from email.policy import SMTP

import pytest

from policy_tracker.alerts.channels.maildir import MaildirChannel, kept_mail, kept_mails
from policy_tracker.errors import NotFoundError, TemporaryDeliveryError


def mail(number=1):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = (
        "a@example.org",
        "b@example.org",
        f"Mail {number} – ▲",
    )
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content("words")
    return message


def test_a_mail_is_kept_whole_and_for_the_owner_alone(tmp_path):
    folder = tmp_path / "mailbox"
    MaildirChannel(folder).send(mail())
    (kept,) = kept_mails(folder)
    assert kept.message["Subject"] == "Mail 1 – ▲"
    assert kept.message.get_content().split() == ["words"]
    assert kept_mail(folder, kept.name).message.as_bytes() == mail().as_bytes()
    assert folder.stat().st_mode & 0o077 == 0
    assert not list((folder / "tmp").iterdir())


def test_a_mail_handed_over_again_replaces_itself(tmp_path):
    channel = MaildirChannel(tmp_path)
    for number in (1, 2, 1):
        channel.send(mail(number))
    assert sorted(kept.message["Subject"] for kept in kept_mails(tmp_path)) == [
        "Mail 1 – ▲",
        "Mail 2 – ▲",
    ]


def test_a_disk_that_refuses_may_help_later(tmp_path):
    (tmp_path / "mailbox").write_text("a file in the way")
    with pytest.raises(TemporaryDeliveryError, match="cannot be"):
        MaildirChannel(tmp_path / "mailbox").send(mail())


@pytest.mark.parametrize("name", ["", ".", "..", "../secret-key", "unknown", "a/b", "\0"])
def test_only_a_mail_of_the_box_is_shown(tmp_path, name):
    MaildirChannel(tmp_path / "mailbox").connect()
    (tmp_path / "secret-key").write_text("secret")
    with pytest.raises(NotFoundError):
        kept_mail(tmp_path / "mailbox", name)


def test_no_mailbox_holds_no_mail(tmp_path):
    assert kept_mails(tmp_path / "nowhere") == []
