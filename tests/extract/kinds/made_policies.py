"""Invented policies that have in them what other kinds of documents are made of: a form to fill in,
a check list, a table of contents, definitions, addresses, prices, an appendix.
"""

_HEAD = """
{payer}
Medical Policy {number}
{title}
Effective Date: March 1, 2026

"""
_POLICY = """
Policy
{title} is considered medically necessary when ALL of the following criteria are met:
1. The member is 18 years of age or older; and
2. Two other treatments were tried for at least 3 months; and
3. The treatment is ordered by a specialist.

{title} is considered investigational for all other indications.
Prior authorization is required. Requests are approved for 12 months.
"""
_FORM = """
Appendix A: Request form (fax to 555-010-1212)
Member name: ______________  Date of birth: __________
Member ID: ________________  NPI: ____________________
[ ] Initial request  [ ] Renewal
Signature: ________________  Date: ___________________
"""
_CODES = """
Coding
17999 Other procedure
96999 Other service
E1399 Other equipment
"""
_DEFINITIONS = """
Definitions
Ascent: The act of rising by means of a balloon that is filled with warm air.
Balloon: A bag of light cloth that rises when the air in it is warm.
Kite: A frame with cloth that is held by a line and is lifted by the wind.
Ladder: Two rails with rungs between them that lead from one height to another.
"""
_CHECKLIST = """
Documentation check list
☐ Chart notes of the last 6 months
☐ Results of the wind test
☐ List of treatments that were tried
☐ Order of the specialist
"""
_CONTENTS = """
Table of Contents
Policy ............................ 1
Coding ............................ 2
Definitions ....................... 3
References ........................ 4
"""
_HISTORY = """
Policy History
03/01/2026 Annual review, no change
03/01/2025 New policy
"""
_ADDRESS = """
Requests and appeals
Call 555-010-4040 or send requests by fax to 555-010-4041. Mail appeals to P.O. Box 55, Anytown.
Claims questions: 555-010-4042. Member services: 555-010-4043. E-mail: um@lantern.example.
"""
_MANUAL_HEAD = "Lantern Health Plan\nMedical Policy Manual\n"
_PRICES = """
Reimbursement
17999 is paid at $120.00 for each session.
96999 is paid at $80.00 for each session.
"""

_BODIES = {
    "form": _POLICY + _CODES + _FORM,
    "form-first": _FORM + _POLICY,
    "check-list": _POLICY + _CHECKLIST + _HISTORY,
    "contents": _CONTENTS + _POLICY + _CODES + _DEFINITIONS,
    "definitions": _DEFINITIONS + _POLICY,
    "addresses": _POLICY + _ADDRESS,
    "prices": _POLICY + _PRICES,
    "short": _POLICY,
    "all": _CONTENTS + _POLICY + _CODES + _CHECKLIST + _DEFINITIONS + _FORM + _ADDRESS + _HISTORY,
    "appendix": _POLICY + _HISTORY + _DEFINITIONS + _FORM,
}
_NAMES = (("Kite Traction", "MP-7", "Lantern Health Plan"), ("Balloon Ascent", "8.01.12", "Harbor"))

POLICIES = {
    f"{name}-{title.split()[0].lower()}.txt": (
        _HEAD.format(title=title, number=number, payer=payer) + body.format(title=title)
    )
    for name, body in _BODIES.items()
    for title, number, payer in _NAMES
} | {
    "manual-head.txt": _MANUAL_HEAD
    + "Kite Traction\nEffective Date: March 1, 2026\n"
    + _POLICY.format(title="Kite traction")
    + _ADDRESS,
    "no-number.txt": "Harbor Plan\nKite Traction\nLast reviewed: March 1, 2026\n"
    + _POLICY.format(title="Kite traction")
    + _FORM
    + _CHECKLIST,
}
"""Policies, none of which may be turned away."""
