"""What is wrong with a document is said by its class, with the file's name, in bounded time and
memory.
"""

import time
import tracemalloc

import pytest

from policy_tracker.documents.read import media_of, read_document
from policy_tracker.errors import (
    DamagedDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    MisnamedDocumentError,
    PictureOnlyDocumentError,
    TooLargeDocumentError,
    TruncatedDocumentError,
    UnsupportedDocumentError,
)
from tests.documents.files import docx, many_pages, paragraph, picture_pdf, table_pdf, text_pdf

_POLICY = text_pdf(["Wing Policy", "Wings are covered for bees."])
_LONG = table_pdf(["Wings"], [[f"row {number}", "words " * 20] for number in range(80)], [100, 500])
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

FAULTS = {
    "no bytes": ("a.pdf", b"", EmptyDocumentError),
    "blanks": ("a.txt", b" \r\n\t\n", EmptyDocumentError),
    "NUL bytes alone": ("a.txt", b"\x00" * 5000, EmptyDocumentError),
    "a page without words": (
        "a.html",
        b"<html><body><script>document.write('words')</script></body></html>",
        EmptyDocumentError,
    ),
    "an encrypted PDF": ("a.pdf", text_pdf(["secret"], password="open"), EncryptedDocumentError),
    "an encrypted Office file": (
        "a.docx",
        _OLD_WORD + "EncryptedPackage".encode("utf-16-le"),
        EncryptedDocumentError,
    ),
    "a PDF cut in half": ("a.pdf", _LONG[: len(_LONG) // 2], TruncatedDocumentError),
    "a PDF without its last bytes": ("a.pdf", _LONG[:-700], TruncatedDocumentError),
    "a PDF's first line": ("a.pdf", b"%PDF-1.7\n", TruncatedDocumentError),
    "garbage between the marks of a PDF": (
        "a.pdf",
        b"%PDF-1.7\n" + b"garbage " * 50 + b"\n%%EOF",
        DamagedDocumentError,
    ),
    "pictures only": ("a.pdf", picture_pdf(), PictureOnlyDocumentError),
    "10,000 pages": ("a.pdf", many_pages(10_000), TooLargeDocumentError),
    "HTML under the name of a PDF": (
        "a.pdf",
        b"<!DOCTYPE html><html><body>Access denied</body></html>",
        MisnamedDocumentError,
    ),
    "a PDF under the name of a page": ("a.html", _POLICY, MisnamedDocumentError),
    "a PDF under the name of Word": ("a.docx", _POLICY, MisnamedDocumentError),
    "a million nested tags": ("a.html", b"<div>" * 1_000_000 + b"x", TooLargeDocumentError),
    "a million invented nested tags": (
        "a.html",
        b"<html>" + b"<y>" * 1_000_000 + b"x",
        TooLargeDocumentError,
    ),
    "a million tags": ("a.html", b"<html>" + b"<p>x</p>" * 500_000, TooLargeDocumentError),
    "a Word document that unpacks a thousandfold": (
        "a.docx",
        docx(paragraph("x") + " " * 40_000_000),
        TooLargeDocumentError,
    ),
    "a part of emptiness": (
        "a.docx",
        docx(paragraph("x"), {"word/media/a.bin": b"\x00" * 50_000_000}),
        TooLargeDocumentError,
    ),
    "thousands of parts": (
        "a.docx",
        docx(paragraph("x"), {f"word/{n}.txt": b"x" for n in range(2_100)}),
        TooLargeDocumentError,
    ),
    "an archive that is no document": (
        "a.zip",
        docx(paragraph("x"), main="words/letter.xml"),
        UnsupportedDocumentError,
    ),
    "a workbook without sheets": (
        "a.xlsx",
        docx(paragraph("x"), main="xl/workbook.xml"),
        EmptyDocumentError,
    ),
    "a cut Word document": ("a.docx", docx(paragraph("x" * 3000))[:400], DamagedDocumentError),
    "a Word document of broken XML": ("a.docx", docx("<w:p><w:r>"), DamagedDocumentError),
    "Word before 2007": ("a.doc", _OLD_WORD, UnsupportedDocumentError),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, UnsupportedDocumentError),
    "bytes that are no text": ("a.txt", bytes(range(256)) * 20, UnsupportedDocumentError),
    "text between many NUL bytes": (
        "a.txt",
        b"w\x00o\x00r\x00d\x00s\x00 " * 400,
        UnsupportedDocumentError,
    ),
    "a table of two million cells": (
        "a.csv",
        b"a,b,c\n" + b"1,2,3\n" * 700_000,
        TooLargeDocumentError,
    ),
}


@pytest.mark.parametrize("case", FAULTS, ids=str)
def test_a_fault_is_named_with_its_file(case: str) -> None:
    name, data, kind = FAULTS[case]
    begun = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(data, name)
    assert type(caught.value) is kind
    assert caught.value.file == name
    assert str(caught.value) == f"{name}: {caught.value.reason}"
    assert caught.value.reason
    assert "\n" not in caught.value.reason
    assert not caught.value.reason.endswith(".")
    assert time.monotonic() - begun < 20


def test_a_word_document_that_lies_about_its_size_is_not_unpacked_whole() -> None:
    data = docx(paragraph("x") + " " * 60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeDocumentError):
            read_document(data, "a.docx")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"\n\n%PDF-1.4 and so on", "pdf"),
        (b"PK\x03\x04 and so on", "docx"),
        (b"\xef\xbb\xbf  <!doctype HTML><p>words", "html"),
        (b"<?xml version='1.0'?>\n<html><body>", "html"),
        (b"<!-- saved -->\n<HTML>", "html"),
        ("<html><body>Wörter".encode("utf-16"), "html"),
        (b"code,description,required\n1,2,3\n", "csv"),
        (b"Wings, antennae, and legs are covered.\nOther parts, however, are not.\n", "text"),
        (b"A policy < 3 pages", "text"),
        (b"caf\xe9 au lait", "text"),
    ],
)
def test_the_kind_is_asked_of_the_content(data: bytes, media: str) -> None:
    assert media_of(data) == media


def test_a_name_without_a_known_ending_promises_nothing() -> None:
    assert read_document(b"<html><body><p>Wings are covered.</p>", "download.aspx").media == "html"
    assert read_document(b"Wings are covered.\n", "wings").media == "text"


def test_a_pdf_is_read_page_by_page() -> None:
    document = read_document(_POLICY, "wings.pdf")
    assert (document.media, document.pages) == ("pdf", 1)
    assert "Wings are covered for bees." in document.text


def test_stray_control_characters_are_left_out() -> None:
    assert read_document(
        b"Wings are\x00 covered for\x07 bees that fly in the garden.", "a.txt"
    ).blocks[0].text == ("Wings are covered for bees that fly in the garden.")


def test_windows_characters_are_read() -> None:
    assert read_document(b"Section \xa7 1862 \x96 wings", "a.txt").text == "Section § 1862 – wings"
