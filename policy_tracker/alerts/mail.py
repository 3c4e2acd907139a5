"""Mails, made: the templates of `templates/email/` rendered, styled inline, and put into an RFC
5322 message.

One renderer for every mail: a folder per mail with its subject, its plain text and its HTML.
Nothing remote is ever loaded or referred to.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from dataclasses import dataclass
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING

from css_inline import CSSInliner

from policy_tracker.errors import SettingsError
from policy_tracker.pages.render import environment

if TYPE_CHECKING:
    from policy_tracker.settings import Settings

# Folding would turn a long List-Unsubscribe address into an encoded word, which breaks one-click;
# RFC 5322 allows lines of 998.
POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
WIDTH = 76
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail says outside of its text: `key` makes its Message-ID, which stays the same
    however often it is handed over.
    """

    to: str
    key: str
    at: dt.datetime
    unsubscribe: str | None = None


def compose(
    name: str, envelope: Envelope, settings: Settings, /, **context: object
) -> EmailMessage:
    """The mail `name` (a folder of `templates/email/`) with `context`, for one recipient.

    With `envelope.unsubscribe` it carries the one-click headers of RFC 8058. Raises SettingsError
    where the sender's address cannot be used.
    """
    sender = sender_of(settings.mail_from)
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = HeaderAddress(addr_spec=envelope.to)
    message["Subject"] = _one_line(_render(f"email/{name}/subject.txt", settings, context))
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = f"<{envelope.key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if envelope.unsubscribe:
        message["List-ID"] = f"Policy changes <changes.{sender.domain}>"
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_plain(_render(f"email/{name}/body.txt", settings, context)))
    message.add_alternative(
        _inliner().inline(_render(f"email/{name}/body.html", settings, context)), subtype="html"
    )
    message.set_boundary(f"=_{envelope.key}")
    return message


@lru_cache(maxsize=4)
def sender_of(mail_from: str) -> HeaderAddress:
    """The sender that the settings name. Raises SettingsError."""
    name, spec = parseaddr(mail_from)
    try:
        if not mail_from.isprintable():
            raise ValueError("a sender is one line")
        return HeaderAddress(display_name=name, addr_spec=spec)
    except Exception as error:  # the parser of headers raises errors of many kinds
        message = (
            f"POLICY_TRACKER_MAIL_FROM: {mail_from!r} is not a sender, as in Policy Tracker "
            f"<alerts@example.org>."
        )
        raise SettingsError(message) from error


def _render(template: str, settings: Settings, context: dict[str, object]) -> str:
    return environment(settings).get_template(template).render(wrapped=wrapped, **context)


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    """Style attributes for clients that drop style sheets; @media rules stay behind for those that
    do not. Never asks the network.
    """
    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, keep_style_tags=False)


def wrapped(
    text: object, indent: str = "", first: str | None = None, *, lines: bool = False
) -> str:
    """`text` as lines of at most WIDTH characters that begin with `indent` (the first with
    `first`); long words, addresses, stay whole.

    `lines` keeps the text's own lines: a criterion and what stands below it. All of them are
    indented, so that no text can pass for a line of the mail.
    """
    begin = indent if first is None else first
    parts = (_one_line(line) for line in (str(text).splitlines() if lines else [str(text)]))
    return "\n".join(
        textwrap.fill(
            part,
            WIDTH,
            initial_indent=begin if number == 0 else indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for number, part in enumerate(part for part in parts if part)
    )


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _plain(text: str) -> str:
    """The text part without runs of empty lines and trailing blanks, but for the one that makes `--
    ` the mark of what follows a text.
    """
    lines = (line if line == "-- " else line.rstrip() for line in text.splitlines())
    return _GAPS.sub("\n\n", "\n".join(lines)).strip() + "\n"
