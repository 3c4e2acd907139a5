"""Invented documents that are no policies: forms, manuals, lists, pages, news, and what third
parties write. The second half of each kind is kept apart: nothing was tuned on it.
"""

FORMS = {
    "form-authorization.txt": """
LANTERN HEALTH PLAN
Prior Authorization Request
Fax completed form to (555) 010-4477. Incomplete forms will be returned.

Member name: ____________________   Date of birth: ___/___/____
Member ID: ______________________   Group number: ______________
Requesting provider: ____________   NPI: _______________________
Contact person: _________________   Phone: ____________ Fax: _____________

Type of request:   [ ] Standard   [ ] Expedited
Place of service:  [ ] Office   [ ] Outpatient hospital   [ ] Inpatient

Diagnosis code(s): ______________________________
Procedure code(s): ______________________________
Is the member 18 years of age or older?  [ ] Yes  [ ] No
Has the member tried two preferred drugs?  [ ] Yes  [ ] No
If yes, list them: ______________________________

Signature of prescriber: ____________________  Date: ____________
Authorization is not a guarantee of payment.
""",
    "form-appeal.html": """<html><body><h1>Member Appeal Form</h1>
<p>Use this form to tell us that you disagree with a decision.</p>
<table><tr><td>First name:</td><td></td><td>Last name:</td><td></td></tr>
<tr><td>Street:</td><td></td><td>City:</td><td></td></tr>
<tr><td>Subscriber number:</td><td></td><td>Telephone:</td><td></td></tr>
<tr><td>Service that was denied:</td><td></td><td>Date of service:</td><td></td></tr></table>
<p>I want: &#9744; a standard review &#9744; a fast review</p>
<p>Why do you think that the service should be paid? ______________________________</p>
<p>Signature: __________________ Date: __________</p>
<p>Mail to: Appeals, P.O. Box 1000, Anytown</p></body></html>""",
    "form-step-therapy.txt": """
Step Therapy Exception Worksheet

1. Patient's name ________________________   2. Weight (kg) ________
3. Drug requested ________________________   4. Strength __________
5. Which of these has the patient taken? (tick all that apply)
☐ metformin   ☐ a sulfonylurea   ☐ insulin   ☐ none
6. Reason for stopping
☐ no effect   ☐ side effects   ☐ other: ______________
7. Prescriber
Name: ____________  Specialty: ____________  Telephone: ____________
8. I attest that what I state is true.
Signature ____________________   Date ____________
Return by fax: 555-010-8899
""",
    # kept apart
    "form-continuity.txt": """
Continuity of Care Application - Please print clearly

About you
Name (last, first) ........................................
Birth date ................  Sex  ( ) M  ( ) F
Policy holder ........................................
Home phone ................  Cell ................

About your doctor
Doctor's name ........................................
Office address ........................................
When was your last visit? ................
Are you pregnant?  Yes   No      Due date ................
Are you having surgery within 90 days?  Yes   No

Your signature ........................................ Date ................
We must have this form within 30 days of your start date.
""",
    "form-questionnaire.html": """<html><body><h2>Home Oxygen: Clinical Questionnaire</h2>
<p>To be completed by the ordering physician.</p>
<ol><li>Oxygen saturation at rest: ________ %</li><li>Date of test: ________</li>
<li>Was the test done at night? &#9633; Yes &#9633; No</li>
<li>Diagnosis: ________________</li><li>Liters per minute: ________</li>
<li>Does the patient smoke? &#9633; Yes &#9633; No</li>
<li>Portable unit needed? &#9633; Yes &#9633; No</li></ol>
<p>Physician signature: ________________ Date: ________ NPI: ________</p>
<p>Send with chart notes to fax 555-010-2211.</p></body></html>""",
    "form-enrollment.txt": """
Electronic Payment Enrollment

Provider name: __________________________
Tax ID: _________________________________
Bank: __________________ Routing number: ______________ Account: ______________
Account type:  ☐ checking  ☐ savings
Reason for submission:  ☐ new  ☐ change  ☐ cancel
Contact name: ___________________ E-mail: __________________
Authorized signature: ____________________ Title: ____________ Date: _________
""",
}

_MANUAL = """
Amber Valley Health
2026 Office Handbook

Table of Contents
Welcome ........................................ 2
Checking Eligibility ........................... 3
Submitting Claims .............................. 4
Appeals and Grievances ......................... 6
Credentialing .................................. 8

Welcome
This handbook tells the staff of contracted offices how to work with us. Call our provider line at
555-010-3000 with questions, or send an e-mail to offices@ambervalley.example.

Checking Eligibility
Offices must check eligibility at each visit. Use the portal or call 555-010-3001. An eligibility
check does not guarantee payment of the claim.

Submitting Claims
Claims must be received within 120 days of the date of service. Paper claims are sent to P.O. Box
77, Anytown. Corrected claims must carry the number of the original claim.

Appeals and Grievances
An appeal must be filed within 60 days of the remittance advice. Fax appeals to 555-010-3002.

Credentialing
Applicants must submit a signed application, a license and proof of insurance. Recredentialing
takes place every three years. Medical necessity decisions are made by licensed clinicians.
"""
MANUALS = {
    "manual-handbook.txt": _MANUAL,
    "manual-chapter.txt": """
Silver Lake Medicaid Provider Manual
Chapter 7 Durable Equipment

7.1 Who may bill
Suppliers must be enrolled with the program. Claims of suppliers that are not enrolled are denied.

7.2 Orders
A signed order must be on file before equipment is delivered. The order must state the item, the
quantity and the length of need.

7.3 Rental
Rental of a hospital bed is covered for ten months. After that the bed belongs to the member.

7.4 Repairs
Repairs are covered when the cost is less than that of a new item. Prior authorization is required
for repairs of more than $500.
""",
    "manual-business.txt": """
Working With Our Network

Claims
Submit claims through the clearinghouse with payer number 00999. Call 555-010-7001 for the status
of a claim. Corrected claims go through the portal. Claims that lack a member number are returned.

Appeals
Send appeals by fax to 555-010-7002 or by mail to P.O. Box 4100. Include the remittance and the
records. Appeals of members go to member services at 555-010-7003.

Eligibility and enrollment
Check enrollment on the portal before each visit or call customer service, 555-010-7004. A change
of address is reported by e-mail to network@harborplan.example.

Credentialing
The credentialing department reviews all contracted offices. Call 555-010-7005 for the status of
your enrollment in the network. Audits take place each year; the auditor calls before the audit.
""",
    # kept apart
    "manual-members.txt": """
Your Member Handbook
Pine Ridge Community Plan

Who to call
Member services: 555-010-6100. Nurse line: 555-010-6101. Transport: 555-010-6102.

Your card
You get a card for each family member. Show it at each visit. If you lose it, call us.

What we pay for
Doctor visits, hospital stays, drugs and glasses are covered. Some services need approval first.
Your doctor asks us for that approval.

If you are not happy
You may file a grievance by telephone or letter. You may ask for an appeal when we say no.
""",
    "manual-reference.html": """<html><head><title>Billing Guide for Facilities</title></head><body>
<h1>Billing Guide for Facilities</h1>
<h2>Claim forms</h2><p>Facilities submit the UB-04 claim. Electronic claims are sent through the
clearinghouse. Call 555-010-9001 to test a claim.</p>
<h2>Timely filing</h2><p>Claims must be filed within 90 days. An appeal of a late claim needs proof
of the first submission.</p>
<h2>Remittance</h2><p>The remittance lists each claim. Questions on a remittance go to
555-010-9002.</p>
<h2>Audits</h2><p>Facilities must keep records for seven years and produce them for an audit.</p>
</body></html>""",
    "manual-volumes.txt": """
Statewide Coverage Manual
Volume 2, Part 4

10.1 - Kites
Kites are covered when the wind is measured. (Rev. 12, Issued: 01-02-2020)
10.2 - Balloons
Balloons are not covered. (Rev. 12, Issued: 01-02-2020)
10.3 - Ladders
Ladders are covered for members who cannot fly. (Rev. 14, Issued: 03-02-2021)
10.4 - Ropes
Ropes are covered once in five years. (Rev. 14, Issued: 03-02-2021)
10.5 - Hooks
Hooks are covered with ropes. (Rev. 15, Issued: 06-02-2021)
10.6 - Lamps
Lamps are covered at night. (Rev. 16, Issued: 01-02-2022)
10.7 - Tents
Tents are not covered. (Rev. 16, Issued: 01-02-2022)
10.8 - Boots
Boots are covered when the ground is wet. (Rev. 17, Issued: 02-02-2022)
10.9 - Whistles
Whistles are covered. (Rev. 18, Issued: 03-02-2022)
10.10 - Maps
Maps are not covered because they are comfort items. (Rev. 18, Issued: 03-02-2022)
10.11 - Compasses
Compasses are covered with maps that were lost. (Rev. 19, Issued: 04-02-2022)
""",
}

_TERMS = (
    ("Admission", "The formal acceptance of a patient by a hospital that bills for a stay."),
    ("Allowed Amount", "The largest sum that a plan pays for a covered service in its network."),
    ("Benefit", "A service that is covered under the terms of the contract of a member."),
    ("Claim", "A bill that an office sends to the plan for services that it gave."),
    ("Coinsurance", "The part of the allowed amount that the member pays after the deductible."),
    ("Deductible", "The sum that a member pays each year before the plan begins to pay."),
    ("Formulary", "The list of drugs that the plan pays for, with the share of the member."),
    ("Grievance", "A complaint about anything but a decision on payment or on coverage."),
    ("Hospice", "Care that brings comfort to persons who are near the end of their lives."),
    ("Network", "The doctors and hospitals that have a contract with the plan."),
    ("Premium", "The sum that is paid each month so that the coverage stays in force."),
    ("Referral", "The order of a primary doctor that sends a member to a specialist."),
)
LISTS = {
    "list-glossary.txt": "Words We Use\n\n" + "\n\n".join(f"{a}: {b}" for a, b in _TERMS),
    "list-dictionary.html": "<h1>Layout of the extract</h1><table>"
    "<tr><th>Column</th><th>Type</th><th>Meaning</th></tr>"
    + "".join(
        f"<tr><td>{name}</td><td>varchar(20)</td><td>{words}</td></tr>"
        for name, words in (
            ("policy_id", "number of the policy"),
            ("eff_date", "day from which it is covered"),
            ("end_date", "day on which it ends"),
            ("hcpc_code", "procedure code"),
            ("icd10_code", "diagnosis code"),
            ("status_flag", "A where it is active"),
            ("last_update", "when the row was written"),
        )
    )
    + "</table>",
    "list-fees.csv.txt": "Fee Schedule for Laboratories\nEffective January 1, 2026\n\n"
    + "\n".join(f"{80000 + 7 * n}   ${12 + n}.50" for n in range(14)),
    "list-index.html": "<h1>Medical Policies A to Z</h1><ul>"
    + "".join(
        f"<li>MP-{100 + n} {name}</li>"
        for n, name in enumerate(
            ("Balloon Ascent", "Boot Repair", "Hook Removal", "Kite Traction", "Ladder Rest",
             "Lamp Therapy", "Map Reading", "Rope Training", "Tent Stay", "Whistle Test")
        )
    )
    + "</ul>",
    # kept apart
    "list-definitions.html": "<h1>Terms and meanings</h1><table>"
    + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in _TERMS)
    + "</table>",
    "list-directory.txt": "Offices near you\n\n"
    + "\n".join(
        f"{name} Clinic, {10 + n} Main Street, Anytown, OH 4300{n}, (555) 010-20{n}0"
        for n, name in enumerate(("Amber", "Birch", "Cedar", "Dover", "Elm", "Fern", "Grove", "Hill"))
    ),
    "list-prices.html": "<h1>Maximum allowable rates</h1><table><tr><th>Code</th><th>Rate</th></tr>"
    + "".join(f"<tr><td>E{1000 + 3 * n}</td><td>{90 + n}.25</td></tr>" for n in range(12))
    + "</table><p>Rates are reviewed each year.</p>",
    "list-rates.txt": "2026 Rates for Wound Care\n\nCode  Service  Office  Facility\n"
    + "\n".join(f"{11042 + n}  Wound care  {128 + n}.44  {63 + n}.15" for n in range(9)),
    "list-numbers.txt": "Our guidelines\n\nNo.   Title   Last seen\n"
    + "\n".join(f"1A-{n}   Kite {n}   0{n}/01/2026" for n in range(1, 10)),
    "list-fields.txt": "Record layout\n\n"
    + "\n".join(
        f"{name} - {words}"
        for name, words in (
            ("memberId", "identifies the member"),
            ("planCode", "which plan pays"),
            ("serviceDate", "when the service was given"),
            ("paidAmount", "what was paid"),
            ("denialReason", "why a claim was denied"),
            ("providerNpi", "who gave the service"),
        )
    ),
}  # fmt: skip

PAGES = {
    "page-login.html": "<h1>Lantern Provider Portal</h1><p>Sign in to see our medical policies.</p>"
    "<p>User name</p><p>Password</p><p>Forgot your password?</p><p>You must accept the terms.</p>",
    "page-missing.html": "<h1>Page not found</h1><p>The policy that you are looking for may have "
    "moved. Go to the home page or use the search.</p>",
    "page-readme.txt": "This folder holds the coverage extract of March 2026.\n\n"
    "policies.csv - one row for each policy\ncodes.csv - one row for each code\n"
    "links.csv - which code belongs to which policy\nlayout.pdf - what the columns mean\n\n"
    "The files are plain text with commas. Load policies.csv first.",
    # kept apart
    "page-denied.html": "<h1>Access Denied</h1><p>You don't have permission to view "
    "/policies/mp-7.pdf on this server.</p><p>Reference 18.2f4</p>",
    "page-expired.txt": "Your session has expired.\n\nFor your protection you were logged out. "
    "Please log in again to read clinical guidelines.",
    "page-script.html": "<p>Please enable JavaScript to view this document.</p>"
    "<p>If the document does not open, contact the help desk.</p>",
}

BRIEFS = {
    "brief-post.txt": """
Lantern Health tightens its rules for kite traction: what practices should know
By Pat Doe | March 3, 2026 | 4 min read

Lantern Health has updated its medical policy on kite traction, effective May 1, 2026. The payer now
considers kite traction medically necessary only when the wind was measured.

Why it matters for your practice
Your billing team should check open orders before May 1. Lantern also removed two codes from the
policy. Expect denials when the measurement is missing.

Bottom line
Train your front desk, and update your templates. Subscribe to our newsletter for more payer news.
""",
    # kept apart
    "brief-summary.html": """<h1>Payer watch: Harbor Plan revises balloon ascent coverage</h1>
<p>Posted on April 2, 2026 by the revenue team</p>
<p>Harbor Plan revised MP-12. Balloon ascent is covered for adults; it was investigational before.
The insurer also changed how claims are billed.</p>
<h2>What your team should do</h2><ul><li>Review your pending claims</li>
<li>Tell your physicians</li></ul><p>Read the full policy on the payer's website.</p>""",
}

EMPTY = {
    "page-sign-in.html": "<h2>Welcome back</h2><p>Register now</p><p>Need help? Call us.</p>",
    "page-search.html": "<h1>Results</h1><p>Kite Traction</p><p>Kite Repair</p><p>Next page</p>",
    "page-cookies.txt": "We use small files to learn how you use our pages. Accept all. Manage.",
}
"""Pages that decide nothing and do not say what they are."""

REFUSED = {**FORMS, **MANUALS, **LISTS, **PAGES}
"""Documents that certainly are no policies."""
