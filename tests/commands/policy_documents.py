"""Documents of an invented payer's invented policies, in the kinds that are read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
_HEADING = ParagraphStyle(
    "heading", parent=_PLAIN, fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=8
)
_TITLE = ParagraphStyle("title", parent=_HEADING, fontSize=20, leading=26)
_ITEM = ParagraphStyle("item", parent=_PLAIN, leftIndent=36, bulletIndent=20)
_GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])

CRITERIA = ("age 18 years or older", "physical therapy for at least 6 weeks")
CODES = (("64999", "Lantern therapy of the knee"), ("E1399", "Lantern"))


def policy_pdf(
    number: str = "ME-77",
    day: str = "March 1, 2026",
    weeks: int = 6,
    codes: tuple[tuple[str, str], ...] = CODES,
) -> bytes:
    """A medical policy: its head, a lead-in with two criteria, a denial, codes in a grid,
    background, and a history.
    """
    story = [
        Paragraph("Lantern Therapy of the Knee", _TITLE),
        Paragraph(f"Policy Number: {number}", _PLAIN),
        Paragraph(f"Effective Date: {day}", _PLAIN),
        Paragraph("Coverage Policy", _HEADING),
        Paragraph(
            (
                "Lantern therapy of the knee is considered medically necessary when ALL of the "
                "following criteria are met:"
            ),
            _PLAIN,
        ),
        Paragraph(CRITERIA[0], _ITEM, bulletText="•"),
        Paragraph(CRITERIA[1].replace("6", str(weeks)), _ITEM, bulletText="•"),
        Paragraph(
            "Lantern therapy is considered not medically necessary for any other indication.",
            _PLAIN,
        ),
        Paragraph("Coding Information", _HEADING),
        Paragraph("Considered Medically Necessary when criteria are met:", _PLAIN),
        Table([("CPT/HCPCS Codes", "Description"), *codes], colWidths=(120, 330), style=_GRID),
        Paragraph("Background", _HEADING),
        Paragraph("Lanterns have been held over knees for a long time.", _PLAIN),
        Paragraph("Revision History", _HEADING),
        Table(
            [("Date", "Summary of Changes"), ("03/01/2026", "Annual review of the policy.")],
            colWidths=(120, 330),
            style=_GRID,
        ),
    ]
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=letter, title="Lantern Therapy of the Knee").build(story)
    return out.getvalue()


def policy_html(number: str = "ME-78") -> str:
    """The same kind of policy as a page of the web."""
    return f"""<!doctype html><html><head><title>Kite Traction</title></head><body>
<h1>Kite Traction of the Back</h1><p>Policy Number: {number}</p><p>Effective Date: April 1, 2026</p>
<h2>Coverage Policy</h2>
<p>Kite traction of the back is considered medically necessary when ANY of the following is met:</p>
<ul><li>pain for at least 3 months</li><li>failure of rest</li></ul>
<h2>Background</h2><p>Kites pull upwards.</p></body></html>"""


def write_folder(folder: Path, count: int = 4) -> list[Path]:
    """PDFs and pages by turns, whose policies are numbered in the order of their names."""
    folder.mkdir()
    files = []
    for number in range(count):
        name = folder / f"policy-{number}.{'html' if number % 2 else 'pdf'}"
        name.write_bytes(
            policy_html(f"ME-{number + 10}").encode()
            if number % 2
            else policy_pdf(f"ME-{number + 10}")
        )
        files.append(name)
    return files
