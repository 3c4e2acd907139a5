"""Word documents become blocks by way of HTML."""

from policy_tracker.documents.read import read_document
from tests.documents.files import docx, paragraph


def test_headings_paragraphs_and_tables_are_read() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("29999", "Splint"))
    body = (
        paragraph("Wing Policy", "Heading1")
        + paragraph("Wings are covered.")
        + f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    document = read_document(docx(body), "wings.docx")
    assert document.media == "docx"
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Wing Policy"),
        ("paragraph", "Wings are covered."),
        ("table", "29999 | Splint\n29999 | Splint"),
    ]
