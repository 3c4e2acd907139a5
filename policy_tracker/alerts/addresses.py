"""E-mail addresses as people type them into a form: checked, and brought into one spelling.

The form is RFC 5321's `Mailbox` without its rarities: a dot-atom of ASCII characters, an @, and a
domain name of at least two labels. Quoted local parts, comments, address literals and groups are
refused, so nothing that is accepted here can end a header or an SMTP command.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.errors import InputError

LONGEST = 254
"""RFC 5321 4.5.3.1.3 allows a path of 256 octets with its angle brackets."""
LONGEST_LOCAL = 64
LONGEST_LABEL = 63
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


class Address(NamedTuple):
    """An address to write to (`spec`, the local part as typed), and the spelling by which two of
    them count as one person's (`key`).
    """

    spec: str
    key: str


def read_address(text: str) -> Address:
    """The address that `text` is; white space around it is ignored, an international domain becomes
    its ASCII form.

    `key` is in lower case: the standard lets a local part distinguish case, no large provider does.
    Raises InputError, with what to correct.
    """
    spec = text.strip()
    local, at, domain = spec.rpartition("@")
    if not at:
        _refuse("An e-mail address has an @, as in name@example.org.")
    if len(local) > LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        _refuse(
            "The part before the @ is not one that can be written to; check it for blanks and "
            "accents."
        )
    domain = _ascii_domain(domain)
    if len(local) + 1 + len(domain) > LONGEST:
        _refuse(f"The address is longer than {LONGEST} characters.")
    return Address(spec=f"{local}@{domain}", key=f"{local}@{domain}".lower())


def _ascii_domain(domain: str) -> str:
    try:
        name = domain.lower() if domain.isascii() else domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    labels = name.split(".")
    if (
        len(labels) < 2
        or not all(len(label) <= LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels)
        or labels[-1].isdigit()
    ):
        _refuse("The part after the @ is not a domain name, as in name@example.org.")
    return name


def _refuse(message: str) -> None:
    raise InputError(message)
