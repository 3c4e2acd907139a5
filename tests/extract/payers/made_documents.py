"""Invented policies as documents: the same blocks and head lines that the readers make, in each
payer's layout.
"""

from __future__ import annotations

from policy_tracker.documents.blocks import Block, Cell, Document, Line, Place, Row, Style, Table

BOLD = Style(size=10, bold="all")
BANNER = Style(size=14, bold="all", banner=True)
PLAIN = Style(size=10)


def line(
    text: str, top: float, left: float = 72, size: float = 10, right: float | None = None
) -> Line:
    """A physical line of the first page."""
    edge = right if right is not None else left + 5 * len(text)
    return Line(text, Place(1, left, top, edge, top + size), Style(size=size))


def heading(text: str, page: int = 1, style: Style = BANNER) -> Block:
    return Block("heading", text, style=style, indent=54, text_indent=54, places=(Place(page),))


def paragraph(text: str, page: int = 1, style: Style = PLAIN, indent: float = 54) -> Block:
    return Block(
        "paragraph", text, style=style, indent=indent, text_indent=indent, places=(Place(page),)
    )


def item(label: str, text: str, depth: int = 1, page: int = 1) -> Block:
    kinds = {"•": "bullet"}
    kind = kinds.get(label) or (
        "number"
        if label.strip("().").isdigit()
        else "upper"
        if label.strip("().").isupper()
        else "lower"
    )
    indent = 54 + 18 * depth
    return Block(
        "item",
        text,
        label=label,
        label_kind=kind,
        style=PLAIN,
        indent=indent,
        text_indent=indent + 18,
        places=(Place(page),),
    )


def table(*rows: tuple[str, ...], page: int = 1, continues: tuple[int, ...] = ()) -> Block:
    """A ruled table; a cell's lines are separated by line breaks, a row of one cell spans all
    columns.
    """
    width = max(len(row) for row in rows)
    made = []
    for number, row in enumerate(rows):
        spans = len(row) == 1 and width > 1
        cells = tuple(
            Cell(
                tuple(text.split("\n")),
                first_column=column,
                last_column=width - 1 if spans else column,
            )
            for column, text in enumerate(row)
        )
        made.append(Row(cells, page=page, continues=number in continues))
    text = "\n".join(" | ".join(row) for row in rows)
    return Block("table", text, places=(Place(page),), table=Table(width, tuple(made)))


def document(
    header: list[Line], *blocks: Block, running: tuple[str, ...] = (), pages: int = 2
) -> Document:
    return Document("pdf", pages, blocks, header=tuple(header), running=running)


def cigna_medical() -> Document:
    head = [
        line("Medical Coverage Policy", 60, 330, 14),
        line("Effective Date ..................06/15/2026", 80, 330),
        line("Next Review Date............06/15/2027", 94, 330),
        line("Coverage Policy Number............. 0999", 108, 330),
        line("Lantern Mapping of the", 130, 54, 20),
        line("Elbow", 154, 54, 20),
    ]
    return document(
        head,
        heading("INSTRUCTIONS FOR USE"),
        paragraph("This page is about plans administered by Cigna Companies."),
        heading("Coverage Policy", 2),
        paragraph(
            (
                "Lantern mapping is considered medically necessary when BOTH of the following "
                "criteria are met:"
            ),
            2,
        ),
        item("•", "the member is 21 years of age or older", page=2),
        item("•", "elbow pain has lasted at least 6 weeks", page=2),
        paragraph("Lantern mapping by mail is not covered or reimbursable.", 2),
        heading("Coding Information", 2),
        paragraph("Notes:", 2, BOLD),
        item("1.", "This list of codes may have gaps.", page=2),
        heading("Mapping", 2, BOLD),
        paragraph(
            "Considered Medically Necessary when criteria in the policy statements above are met:",
            2,
            BOLD,
        ),
        table(
            ("CPT®* Codes", "Description"),
            ("73999†", "Mapping of an elbow"),
            ("0999T", "Mapping with a lantern"),
            page=2,
        ),
        paragraph("†Note: More than four maps per year are not covered.", 2),
        table(
            ("ICD-10-CM Diagnosis Codes", "Description"),
            ("M25.521-\nM25.529", "Pain in elbow"),
            ("M77.10", "Elbow trouble"),
            page=2,
        ),
        paragraph("Not Covered or Reimbursable:", 2, BOLD),
        table(("HCPCS Codes", "Description"), ("A9999", "Lantern by mail"), page=2),
        heading("Revision Details", 3),
        table(
            ("Type of Revision", "Summary of Changes", "Date"),
            ("Annual Review", "No change to coverage.", "6/15/2026"),
            ("Focused Review", "Added the statement on mail.", "01/05/2026"),
            ("", "Removed an example.", ""),
            page=3,
            continues=(3,),
        ),
        paragraph("“Cigna Companies” refers to subsidiaries.", 3),
    )


def cigna_drug() -> Document:
    head = [
        line("Drug Coverage Policy", 60, 330, 14),
        line("Effective Date ..................01/01/2026", 80, 330),
        line("Coverage Policy Number .......... IP0999", 94, 330),
        line("Policy Title…….Glimmerex Prior Authorization", 108, 330),
        line("Shiny Conditions – Glimmerex Prior Authorization Policy", 130, 54, 20),
    ]
    return document(
        head,
        heading("INSTRUCTIONS FOR USE"),
        paragraph("This page is about plans administered by Cigna Companies."),
        heading("Coverage Policy", 2),
        paragraph(
            (
                "Glimmerex is considered medically necessary when ONE of the following is met (1 "
                "or 2):"
            ),
            2,
        ),
        item("1.", "Shine. Approve for 1 year if the patient is ≥ 18 years of age.", 0, 2),
        item("2.", "Sparkle. Approve for 6 months.", 0, 2),
        heading("Coding Information", 3),
        paragraph("Considered Medically Necessary when criteria above are met:", 3, BOLD),
        table(("HCPCS\nCodes", "Description"), ("J9901", "Injection, glimmerex, 1 mg"), page=3),
        heading("Revision Details", 3),
        table(
            ("Type of Revision", "Summary of Changes", "Date"),
            ("New", "New policy", "01/01/2026"),
            page=3,
        ),
    )


def cigna_formulary() -> Document:
    head = [
        line("PRIOR AUTHORIZATION POLICY", 60, 54, 12),
        line("POLICY: Shiny Conditions – Glimmerex Prior Authorization Policy", 80, 54),
        line("• Glimmerex (glimmerin tablets)", 94, 72),
        line("REVIEW DATE: 03/05/2025; selected revision 07/02/2025,", 108, 54),
        line("11/05/2025", 122, 54),
    ]
    return document(
        head,
        heading("INSTRUCTIONS FOR USE"),
        paragraph("THE FOLLOWING APPLIES TO PLANS ADMINISTERED BY CIGNA COMPANIES."),
        heading("POLICY STATEMENT", 2),
        paragraph(
            "Prior Authorization is recommended for prescription benefit coverage of Glimmerex.", 2
        ),
        heading("FDA-Approved Indications", 2, BOLD),
        item("1.", "Shine. Approve for 1 year if the patient is ≥ 18 years of age.", 0, 2),
        heading("HISTORY", 3),
        table(
            ("Type of Revision", "Summary of Changes", "Review Date"),
            ("Annual Revision", "No criteria changes.", "03/05/2025"),
            page=3,
        ),
        running=("Page 1 of 3 - Cigna National Formulary Coverage - Policy:Shiny Conditions",),
    )


def uhc_pharmacy() -> Document:
    head = [
        line("UnitedHealthcare Pharmacy", 60, 72, 14),
        line("Clinical Pharmacy Programs", 78, 72, 14),
    ]
    return document(
        head,
        table(
            ("Program Number", "2026 P 3999-4"),
            ("Program", "Step Therapy"),
            ("Medications", "Glimmerex® (glimmerin)"),
            ("P&T Approval Date", "9/2023, 9/2024,\n9/2025"),
            ("Effective Date", "12/1/2025"),
        ),
        heading("1. Background:", 1, BOLD),
        paragraph("Glimmerex is a tablet."),
        heading("2. Coverage Criteria:", 1, BOLD),
        item("a.", "Glimmerex will be approved based on both of the following criteria:"),
        item("(1)", "Diagnosis of shine", 2),
        item("(2)", "Failure of dullamine", 2),
        paragraph("Authorization will be issued for 12 months."),
        heading("4. References:", 2, BOLD),
        table(
            ("Program", "Step Therapy - Glimmerex (glimmerin)"),
            ("Change Control",),
            ("9/2023", "New program."),
            ("9/2025", "Annual review. Added criterion."),
            page=2,
        ),
    )


def uhc_medical() -> Document:
    head = [
        line("UnitedHealthcare® Commercial Plans", 50, 54, 12),
        line("Medical Policy", 66, 54, 12),
        line("Lantern Mapping", 84, 54, 20),
        line("Policy Number: 2026T0999AB", 110, 54),
        line("Effective Date: January 1, 2026", 124, 54),
    ]
    return document(
        head,
        heading("Coverage Rationale"),
        paragraph("Lantern mapping is proven and medically necessary for elbow pain."),
        heading("Applicable Codes"),
        paragraph(
            "That a code is named here does not imply that the service is covered; the list "
            "may have gaps."
        ),
        table(("CPT Code", "Description"), ("73999", "Mapping of an elbow")),
        heading("Policy History/Revision Information", 2),
        table(
            ("Date", "Summary of Changes"),
            (
                "01/01/2026",
                (
                    "Applicable Codes\n• Added CPT code 73999\n• Archived previous policy version "
                    "2025T0999AA"
                ),
            ),
            page=2,
        ),
    )


def anthem() -> Document:
    head = [
        line("Subject: Lantern Mapping of the Elbow and of other", 60, 54),
        line("joints", 72, 54),
        line("Document #: SURG.00999", 90, 54),
        line("Publish Date: 04/10/2026", 90, 330),
        line("Status: Revised", 104, 54),
        line("Last Review Date: 02/19/2026", 104, 330),
    ]
    return document(
        head,
        heading("Position Statement"),
        heading("Medically Necessary:", 1, BOLD),
        paragraph(
            "Lantern mapping is considered medically necessary when elbow pain has lasted at "
            "least 6 weeks."
        ),
        heading("Coding"),
        paragraph(
            "The following codes are included below for informational purposes. Inclusion "
            "does not constitute or imply coverage."
        ),
        heading("When services may be Medically Necessary when criteria are met:", 1, BOLD),
        heading("CPT", 1, BOLD),
        paragraph("73999 Mapping of an elbow [when specified as lantern mapping]"),
        heading("ICD-10 Diagnosis", 1, BOLD),
        paragraph("M25.521-M25.529 Pain in elbow"),
        paragraph("M77.10 Elbow trouble"),
        heading("When services are Investigational and Not Medically Necessary:", 1, BOLD),
        paragraph("0999T Mapping by mail"),
        heading("Document History", 2),
        paragraph(
            (
                "Revised 02/19/2026 Review. Added code 0999T. New 02/20/2025 Initial document "
                "development."
            ),
            2,
        ),
        item(
            "•",
            (
                "08/20/2024-Annual Review: First draft. Effective 7/1/24 Added a code. 05/01/2024 "
                "– Select Review: None."
            ),
            page=2,
        ),
    )


def fep() -> Document:
    head = [
        line("5.99.999", 40, 404, 24),
        line("Section:", 60, 76),
        line("Prescription Drugs", 60, 148, right=240),
        line("Effective Date:", 60, 299),
        line("July 1, 2025", 60, 434),
        line("Subsection: Shiny Agents", 74, 76, right=240),
        line("Original Policy", 74, 299, right=370),
        line("Date:", 74, 379),
        line("March 25, 2022", 74, 434),
        line("Subject:", 88, 76),
        line("Glimmerex", 88, 148),
        line("Page:", 88, 299),
        line("1 of 6", 88, 434),
        line("Last Review Date: June 12, 2025", 108, 76),
    ]
    return document(
        head,
        heading("Description"),
        paragraph("Glimmerex (glimmerin)"),
        heading("Policy"),
        paragraph("Glimmerex may be considered medically necessary if these conditions are met."),
        heading("Policy History", 2),
        paragraph("Date", 2),
        paragraph(
            (
                "Action March 2022 Put on the list June 2022 Annual review. Approved in May 2022 "
                "by the board"
            ),
            2,
        ),
        paragraph("June 2025 Annual review", 3),
        heading("Keywords", 3),
    )


def florida_blue() -> Document:
    head = [
        line("02-99000-12", 60),
        line("Original Effective Date: 03/15/98", 74),
        line("Reviewed: 02/26/26", 88),
        line("Revised: 03/15/26", 102),
        line("Subject: Lantern Mapping", 130),
    ]
    return document(
        head,
        paragraph("THIS MEDICAL COVERAGE GUIDELINE IS NOT AN AUTHORIZATION."),
        heading("POSITION STATEMENT:"),
        paragraph(
            "Lantern mapping meets the definition of medical necessity when elbow pain has "
            "lasted at least 6 weeks."
        ),
        heading("BILLING/CODING INFORMATION:"),
        paragraph("CPT Coding:", 1, BOLD),
        table(("73999", "Mapping of an elbow")),
        paragraph("ICD-10 Diagnosis Codes That Support Medical Necessity:", 1, BOLD),
        table(("M25.521 – M25.529", "Pain in elbow"), ("M77.10", "Elbow trouble")),
        heading("GUIDELINE UPDATE INFORMATION:", 2),
        table(
            ("03/15/98", "New Medical Coverage Guideline."),
            ("03/15/26", "Revision: added 73999."),
            page=2,
        ),
    )


def highmark() -> Document:
    head = [
        line("Highmark Reimbursement Policy Bulletin", 40, 150, 16),
        line("Bulletin Number:", 60, 78),
        line("RP- 099", 60, 198),
        line("Subject:", 74, 78),
        line("Lantern Services", 74, 198),
        line("Effective Date: March 1, 2021", 88, 78, right=300),
        line("End Date:", 88, 344),
        line("Issue Date: June 2, 2025", 102, 78, right=300),
        line("Revised Date: June 2025", 102, 344),
        line("Date Reviewed: May 2025", 116, 78),
    ]
    return document(
        head,
        heading("Applicable Commercial Market", 1, BOLD),
        heading("PA ☑", 1, BOLD),
        heading("WV ☐", 1, BOLD),
        heading("DE ☑", 1, BOLD),
        heading("Applicable Medicare Advantage Market", 1, BOLD),
        paragraph("PA ☐ WV ☐ DE ☐"),
        heading("Applicable Claim Type", 1, BOLD),
        paragraph("UB ☑"),
        heading("REIMBURSEMENT GUIDELINES:", 1, BOLD),
        heading("Lanterns", 1, BOLD),
        paragraph(
            "Reimbursement will be made for one (1) mapping (73999, 73998, 739980) per "
            "calendar year."
        ),
        paragraph(
            "When a lantern (A9999) is reported on the same day as a visit (99202 through "
            "99215), it is not eligible for reimbursement."
        ),
        heading("POLICY UPDATE HISTORY INFORMATION:", 2, BOLD),
        table(("3 / 2021", "Implementation"), ("6 / 2025", "Added code A9999"), page=2),
    )


def bcbsnc() -> Document:
    head = [line("Corporate Medical Policy:", 57, 36), line("Lantern Program", 57, 187)]
    return document(
        head,
        heading("Restricted Product(s):", 1, BOLD),
        item("•", "Glimmerex (glimmerin)"),
        heading("Criteria for Medical Necessity:", 1, BOLD),
        paragraph(
            "The restricted product may be considered medically necessary when the following "
            "criterion is met:"
        ),
        item("1.", "The patient has shine."),
        heading("FDA Label Reference", 2, BOLD),
        table(
            ("Medication", "Dosing", "HCPCS", "Maximum Units"),
            ("Glimmerex", "1 mg weekly", "C9399**\nJ3490**", "9999"),
            ("Dullamine", "2 mg", "J9901", "12"),
            page=2,
        ),
        heading("Policy Implementation/Update Information:", 2, BOLD),
        paragraph("January 2026: Coding change: Added J9901.", 2),
        paragraph("June 2022: Original medical policy criteria issued.", 2),
        running=("January 2026", "Page 1", "Blue Cross NC is an independent licensee."),
    )


def generic() -> Document:
    head = [
        line("Wellmont Health Plan", 40, 72, 12),
        line("Medical Policy", 56, 72, 12),
        line("Lantern Mapping", 74, 72, 18),
        line("Policy Number:", 100, 72),
        line("WM-123", 113, 72),
        line("Effective Date: April 1st, 2025 for new members, May 1, 2025 for others", 140, 72),
    ]
    return document(
        head,
        heading("Policy"),
        paragraph("Lantern mapping is considered medically necessary for elbow pain."),
        heading("Applicable Codes"),
        table(
            ("Code", "Description", "Coverage"),
            ("73999", "Mapping of an elbow", "Covered when criteria are met"),
            ("0999T", "Mapping by mail", "Investigational"),
        ),
        heading("Revision History", 2),
        paragraph("04/01/2025 – Annual review; no changes.", 2),
    )


def highmark_medical() -> Document:
    head = [
        line("HIGHMARK COMMERCIAL MEDICAL POLICY - DELAWARE", 40, 150, 16),
        *(line(label, 60 + 14 * row, 78) for row, (label, _) in enumerate(_HIGHMARK_HEAD)),
        *(line(value, 60 + 14 * row, 330) for row, (_, value) in enumerate(_HIGHMARK_HEAD)),
    ]
    return document(
        head,
        heading("Policy Position", 1, BOLD),
        paragraph(
            "Glimmerex may be considered medically necessary when ALL of the following "
            "criteria are met:"
        ),
        item("•", "The individual is 6 years of age or older; and"),
        item("•", "Dull elbow for at least six (6) weeks."),
        paragraph("Initial authorization will be for 12 months."),
        table(("J9901", "J9902")),
        heading("Covered Diagnosis Codes for J9901", 2, BOLD),
        table(("M25.521", "M25.522"), ("M77.10", ""), page=2),
    )


_HIGHMARK_HEAD = (
    ("Medical Policy:", "I-999-012"),
    ("Topic:", "Glimmerex (glimmerin)"),
    ("Section:", "Injections"),
    ("Effective Date:", "October 1, 2025"),
    ("Issued Date:", "October 3, 2025"),
    ("Last Revision Date:", "August 2025"),
    ("Annual Review:", "July 2025"),
)


MADE = {
    made.__name__: made
    for made in (
        cigna_medical,
        cigna_drug,
        cigna_formulary,
        uhc_pharmacy,
        uhc_medical,
        anthem,
        fep,
        florida_blue,
        highmark,
        bcbsnc,
        generic,
    )
}
