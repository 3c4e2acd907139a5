"""Files made for tests: PDFs object by object, Word documents part by part."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

_TYPES = (
    '<?xml version="1.0"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
    'Extension="xml" ContentType="application/xml"/>'
    "<Override "
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def objects_to_pdf(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects; the first is the catalog."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), head, data)


def many_pages(count: int) -> bytes:
    """A small PDF whose page tree names one page `count` times."""
    kids = b" ".join([b"3 0 R"] * count)
    return objects_to_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        ]
    )


def picture_pdf() -> bytes:
    """A page that is one picture."""
    return objects_to_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
                b"<< /XObject << /I 5 0 R >> >> >>"
            ),
            stream(b"q 600 0 0 780 6 6 cm /I Do Q"),
            stream(
                b"\x80",
                (
                    b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                    b"/BitsPerComponent 8"
                ),
            ),
        ]
    )


def text_pdf(lines: list[str], password: str | None = None) -> bytes:
    """A page of lines."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(buffer, pagesize=letter, encrypt=encryption, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 16 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def table_pdf(heads: list[str], rows: list[list[str]], widths: list[float]) -> bytes:
    """Ruled tables over as many landscape pages as they take, each with lines above it."""
    buffer = io.BytesIO()
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=10, leading=12)
    head = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=16, leading=20)
    cells = [[Paragraph(text.replace("\n", "<br/>"), style) for text in row] for row in rows]
    table = Table(
        cells,
        colWidths=widths,
        style=TableStyle(
            [("GRID", (0, 0), (-1, -1), 1, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        ),
    )
    template = SimpleDocTemplate(
        buffer, pagesize=landscape(letter), invariant=1, leftMargin=50, rightMargin=50
    )
    template.build([*(Paragraph(text, head) for text in heads), table])
    return buffer.getvalue()


def docx(
    body: str, extra: dict[str, bytes] | None = None, *, main: str = "word/document.xml"
) -> bytes:
    """A Word document with this body in WordprocessingML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr(
            main,
            (
                f'<?xml version="1.0"?><w:document '
                f'xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
            ),
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(
    sheets: dict[str, str],
    *,
    styles: str = "",
    texts: str = "",
    states: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A workbook: the markup of each sheet by its name, of its styles and of its shared texts."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="s{n}" '
        f'state="{(states or {}).get(name, "visible")}"/>'
        for n, name in enumerate(names)
    )
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_RELATION}/worksheet" Target="worksheets/{n}.xml"/>'
        for n in range(len(names))
    )
    parts = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships>{links}<Relationship Id="t" Type="{_RELATION}/sharedStrings" '
            f'Target="texts.xml"/><Relationship Id="y" Type="{_RELATION}/styles" '
            'Target="/xl/styles.xml"/></Relationships>'
        ),
        "xl/texts.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        **{
            f"xl/worksheets/{n}.xml": f'<worksheet xmlns="{_MAIN}">{sheets[name]}</worksheet>'
            for n, name in enumerate(names)
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(extra or {})}.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def sheet(
    rows: Sequence[Sequence[str | float | None]], look: dict[tuple[int, int], int] | None = None
) -> str:
    """The markup of a sheet with these values; `look` are styles by row and column from 0."""
    said = []
    for number, row in enumerate(rows):
        cells = []
        for column, value in enumerate(row):
            at = f'r="{chr(65 + column)}{number + 1}" s="{(look or {}).get((number, column), 0)}"'
            if isinstance(value, str):
                cells.append(f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f"<c {at}><v>{value}</v></c>")
        said.append(f'<row r="{number + 1}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(said)}</sheetData>"


def unpacked(data: bytes) -> bytes:
    """An archive with the same parts, stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(buffer, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, packed.read(name))
    return buffer.getvalue()
