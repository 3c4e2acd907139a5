"""Damaged documents: whatever happens to one, it is read or refused with a typed error."""

import random

import pytest

from policy_tracker.errors import InputError
from policy_tracker.extract.extract import extract
from policy_tracker.record import Bulletin, Record
from tests.documents.files import docx, paragraph, sheet, table_pdf, text_pdf, unpacked, xlsx
from tests.extract.damage import faults
from tests.extract.payers.aetna_page import PAGE
from tests.extract.payers.pa_lists import MATRIX, ROWS
from tests.extract.payers.test_cigna_bulletin import _HEADS, _ROWS
from tests.extract.payers.test_cms import DATABASE, MANUAL, ROW, _export

SAMPLE, SOAK = 150, 10_000


def _straps() -> str:
    """A sheet that lists what needs authorization."""
    rows = [
        ["Prior authorization list"],
        ["Code", "Item", "PA required", "Effective date"],
        *([f"K{n:04}", "Wing strap", "Yes", 46204 + n] for n in range(20)),
    ]
    return f"{sheet(rows)}<mergeCells><mergeCell ref='A4:B6'/></mergeCells>"


def _workbook() -> bytes:
    """A list of two sheets, stored unpacked so that damage reaches its parts."""
    return unpacked(xlsx({"Straps": _straps(), "Old": _straps()}, states={"Old": "hidden"}))


def _form() -> bytes:
    """A page with fields, pictures, white and hidden words."""
    return (
        b"<h1>Wing Policy</h1><p>Effective Date: 01/01/2031</p><h2>Coverage Policy</h2>"
        b"<p>Wings are covered from <input type=number value=12> months on, "
        b"<select><option>once<option selected>twice</select> a year "
        b"<textarea>if they fit</textarea><img alt='a wing' src=x>"
        b"<i style='color:#fff'>white</i><b style='display:none'>hidden</b></p>"
    )


SEEDS = (
    ("a.html", PAGE.encode()),
    ("b.html", MATRIX.encode()),
    ("c.csv", ROWS.encode()),
    ("d.csv", _export(ROW, ROW)),
    ("e.txt", MANUAL.encode()),
    ("f.txt", DATABASE.encode()),
    (
        "g.docx",
        docx(
            paragraph("Wing Policy", "Heading1")
            + paragraph(
                "Wings are considered medically necessary when all of the following are met:"
            )
        ),
    ),
    (
        "h.pdf",
        text_pdf(
            [
                "Wing Policy",
                "Policy Number: 0991",
                "Effective Date: 01/01/2031",
                "Coverage Policy",
                "Wings are covered if they are 2 cm long.",
            ]
        ),
    ),
    ("i.pdf", table_pdf(_HEADS, _ROWS, [160, 80, 420])),
    ("j.xlsx", _workbook()),
    ("k.html", _form()),
    ("l.sheet", _straps().encode()),
)
SPICE = (
    b"<table>",
    b"<script>",
    b"</ul>",
    b"<li>",
    b"\x00",
    b"\xff\xfe",
    b"&#0;&#xD800;",
    b"(((((",
    b"1.1.1.1.1",
    b"99/99/9999",
    b"02/30/2025",
    b"Effective Date:",
    b"References\n",
    b"ONE of the following:",
    b"99999 - 00000",
    b"A00.0 - Z99.9",
    b'"',
    b"\r\n\r\n",
    "≥≤–§“”\u2028\u202e".encode(),
)


def _mutated(chance: random.Random) -> tuple[str, bytes]:
    name, seed = chance.choice(SEEDS)
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        length = chance.choice((1, 4, 30, 300))
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[place % len(data)] = chance.randrange(256)
        elif kind == 1:
            del data[place : place + length]
        elif kind == 2:
            data[place:place] = data[place : place + length] * chance.randint(1, 5)
        elif kind == 3:
            data[place:place] = chance.choice(SPICE)
        elif kind == 4:
            other = chance.choice(SEEDS)[1]
            start = chance.randrange(len(other))
            data[place:place] = other[start : start + length]
        elif chance.random() < 0.2:
            del data[place:]
    return name, bytes(data)


def document(number: int) -> tuple[str, bytes]:
    """Name and bytes of a damaged document; the same number always gives the same one."""
    name, data = _mutated(random.Random(f"damaged {number}"))
    if name == "l.sheet":  # damage within, where the archive is whole
        return "l.xlsx", xlsx({"Straps": data.decode("utf-8", "replace")})
    return name, data


@pytest.mark.parametrize("block", range(10))
def test_a_damaged_document_is_read_or_refused(block: int) -> None:
    for number in range(block * SAMPLE // 10, (block + 1) * SAMPLE // 10):
        name, data = document(number)
        try:
            records = extract(data, name)
        except InputError:  # whatever else is raised is a fault of a reader
            continue
        assert all(isinstance(record, (Record, Bulletin)) for record in records)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_ten_thousand_damaged_documents_are_read_or_refused() -> None:
    assert faults(document, range(SAMPLE, SAMPLE + SOAK), processes=2) == []
