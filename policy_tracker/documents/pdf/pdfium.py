"""What is wrong with a PDF before a page of it is read: encrypted, damaged, cut off, too many
pages.
"""

from __future__ import annotations

import re

import pypdfium2
from pypdfium2 import raw

from policy_tracker.errors import (
    DamagedDocumentError,
    DocumentError,
    EncryptedDocumentError,
    TooLargeDocumentError,
    TruncatedDocumentError,
)

MOST_PAGES = 2_000
"""Pages of one file: the longest payers' manuals have some hundred."""
_END = b"%%EOF"
_TAIL = 4096
_LINEARIZED = re.compile(
    rb"/Linearized\b[^>]{0,300}?/L\s+(\d{1,12})|/L\s+(\d{1,12})[^>]{0,300}?/Linearized\b"
)


def open_pdf(data: bytes, file: str = "") -> pypdfium2.PdfDocument:
    """The PDF, open. Raises EncryptedDocumentError, TruncatedDocumentError, DamagedDocumentError or
    TooLargeDocumentError.

    pdfium mends a file whose end is missing, and shows the pages that are left: such a file is
    refused, because a policy without its last pages says something else.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise fault_of(data, file, error) from error
    if fault := _fault_in(document, data, file):
        document.close()
        raise fault
    return document


def _fault_in(document: pypdfium2.PdfDocument, data: bytes, file: str) -> DocumentError | None:
    pages = len(document)
    if is_cut_off(data):
        return TruncatedDocumentError(file, "is cut off: its end is missing")
    if pages == 0:
        return DamagedDocumentError(file, "has no pages")
    return (
        TooLargeDocumentError(file, f"has {pages} pages, more than {MOST_PAGES}")
        if pages > MOST_PAGES
        else None
    )


def fault_of(data: bytes, file: str, error: pypdfium2.PdfiumError) -> DocumentError:
    """Why pdfium cannot open a file."""
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or re.search(
        r"password|security", str(error), re.IGNORECASE
    ):
        return EncryptedDocumentError(file, "is encrypted and needs a password")
    if is_cut_off(data):
        return TruncatedDocumentError(file, "is cut off: its end is missing")
    return DamagedDocumentError(file, "cannot be taken apart as a PDF")


def is_cut_off(data: bytes) -> bool:
    """Whether the end of a PDF is missing: no mark near it, or fewer bytes than a linearized file
    (ISO 32000-1, Annex F) claims.
    """
    linearized = _LINEARIZED.search(data[:2048])
    if linearized and int(linearized[1] or linearized[2]) > len(data):
        return True
    return _END not in data.rstrip(b"\x00\t\n\r ")[-_TAIL:]
