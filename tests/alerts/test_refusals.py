"""Whom a mail server refuses: the forms that widespread servers use."""

import pytest

from policy_tracker.alerts.refusals import whom_concerns


@pytest.mark.parametrize(
    ("phase", "code", "text"),
    [
        ("connection", 554, "No SMTP service here"),
        ("connection", 535, "5.7.8 Error: authentication failed"),
        ("sender", 550, "5.1.0 Address rejected"),
        ("sender", 553, "sender not allowed"),
        ("recipient", 554, "5.7.1 <ann@clinic.example>: Relay access denied"),
        ("recipient", 550, "5.7.1 Unable to relay"),
        ("recipient", 550, "5.7.54 SMTP; recipient in non-accepted domain"),
        ("recipient", 550, "5.7.1 <ann@clinic.example>... Relaying denied"),
        ("recipient", 550, "relay not permitted"),
        ("recipient", 530, "5.7.0 Must issue a STARTTLS command first"),
        ("recipient", 550, "5.7.1 Authentication required"),
        (
            "recipient",
            553,
            "5.7.1 <alerts@tracker.example>: Sender address rejected: not owned by user bob",
        ),
        ("recipient", 550, "5.1.8 Domain of sender address does not resolve"),
        (
            "recipient",
            554,
            "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using dnsbl.example.net",
        ),
        ("recipient", 550, "5.7.1 <host>: Helo command rejected: need fully-qualified hostname"),
        ("recipient", 550, "5.7.25 no reverse DNS"),
        ("recipient", 521, "host does not accept mail"),
        ("data", 550, "5.7.26 unauthenticated mail is not accepted"),
        ("data", 550, "Your IP address is blocked"),
    ],
)
def test_what_concerns_everybody(phase, code, text):
    assert whom_concerns(phase, code, text) == "everybody"


@pytest.mark.parametrize(
    ("phase", "code", "text"),
    [
        (
            "recipient",
            550,
            (
                "5.1.1 <ann@clinic.example>: Recipient address rejected: User unknown in virtual "
                "mailbox table"
            ),
        ),
        ("recipient", 550, "no such user"),
        ("recipient", 550, "5.1.1 <relay@clinic.example>: user unknown"),
        ("recipient", 550, "5.2.1 The account of relay@clinic.example is disabled"),
        ("recipient", 552, "5.2.2 Mailbox full"),
        ("recipient", 553, "5.1.3 malformed address"),
        ("recipient", 556, "5.1.10 domain does not accept mail"),
        ("recipient", 550, "5.7.1 Recipient does not accept mail from outside"),
        ("sender", 552, "5.3.4 Message size exceeds fixed limit"),
        ("data", 554, "refused as spam"),
        ("data", 554, "5.6.0 message content rejected"),
        ("data", 552, "5.3.4 Message too big for system"),
    ],
)
def test_what_concerns_one(phase, code, text):
    assert whom_concerns(phase, code, text) == "recipient"
