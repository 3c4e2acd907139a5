"""Whom a mail server refuses: one recipient, one mail, or everybody.

The reply code says whether trying again helps (RFC 5321 4.2.1: 4yz transient, 5yz permanent), not
whom it is about: servers hold their objections to a client or a sender back until RCPT (Postfix's
`smtpd_delay_reject`), where they look like objections to the recipient. What concerns everybody is
told by the phase, by the enhanced status code (RFC 3463, RFC 5248) where there is one, and else by
words that the widespread servers use.
"""

from __future__ import annotations

import re
from typing import Literal

Phase = Literal["connection", "sender", "recipient", "data"]
Whom = Literal["recipient", "everybody"]

_ALWAYS_ALL = frozenset({500, 502, 503, 504, 521, 530, 534, 535, 538})
"""Codes that speak of the session: commands, authentication (RFC 4954), a server that takes no mail
(RFC 7504).
"""
_ENHANCED = re.compile(r"(?<![\d.])5\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_STATUS_OF_ALL = frozenset(
    {
        # bad sender's address, bad sender's system, null MX of the sender's domain
        ("1", "7"),
        ("1", "8"),
        ("1", "9"),
        # security features, authentication
        ("7", "3"),
        ("7", "4"),
        ("7", "5"),
        ("7", "7"),
        ("7", "8"),
        ("7", "9"),
        ("7", "11"),
        # DKIM, SPF, reverse DNS (RFC 7372)
        ("7", "20"),
        ("7", "21"),
        ("7", "22"),
        ("7", "23"),
        ("7", "24"),
        ("7", "25"),
        ("7", "26"),
        ("7", "54"),  # Exchange: unable to relay
    }
)
_WORDS_OF_ALL = re.compile(
    r"""\b(?:
      relay(?:ing)?                                       # "Relay access denied", "Unable to relay", "Relaying denied"
    | we\ do\ not\ relay | not\ a\ relay
    | authenticat(?:ion|e)\ (?:is\ )?(?:required|first|failed|credentials)
    | must\ (?:authenticate|log\ ?in|issue\ a\ starttls)
    | sender\ (?:address\ )?(?:rejected|denied|refused|not\ allowed|verify\ failed)
    | (?:client\ host|helo\ command|ehlo)\ (?:name\ )?rejected
    | (?:block|black|deny)\ ?list(?:ed)? | blocked\ (?:using|by) | (?:rbl|dnsbl)
    | (?:your|client)\ (?:ip|host|server)(?:\ address)?\ (?:is\ |has\ been\ )?(?:blocked|banned|rejected|not\ allowed)
    | account\ (?:is\ )?(?:suspended|disabled\ for\ sending) | sending\ (?:limit|quota)
    )\b""",  # noqa: E501
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"<[^<>]*>|\S+@\S+")
"""Addresses in an answer: their letters say nothing (relay@example.org)."""


def whom_concerns(phase: Phase, code: int, text: str) -> Whom:
    """Whom a refusal for good (5yz) is about."""
    # 552 at MAIL: this mail is too large
    if phase == "connection" or (phase == "sender" and code != 552):
        return "everybody"
    if code in _ALWAYS_ALL:
        return "everybody"
    if any((subject, detail) in _STATUS_OF_ALL for subject, detail in _ENHANCED.findall(text)):
        return "everybody"
    return "everybody" if _WORDS_OF_ALL.search(_QUOTED.sub(" ", text)) else "recipient"
