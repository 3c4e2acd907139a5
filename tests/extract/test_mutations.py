"""PDFs damaged where it hurts (objects, page contents, geometry, ends): records or typed errors, in
bounded time and memory.

Damage to the other kinds of documents is tested in sources/test_mutated_documents.py.
"""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.documents.make_pdf import BOLD, Paper
from tests.extract.damage import faults

SAMPLE, SOAK = 60, 10_000
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
_WORD = re.compile(
    rb"/[A-Z][A-Za-z]+|\b(?:Tj|Tf|Tm|Td|BT|ET|re|cm|q|Q|stream|endstream|xref|trailer|startxref)\b"
)
_NUMBERS = (b"0", b"-1", b"1e9", b"99999999999", b"0.0000001", b"-32768", b"612", b"3")
_BIRDS = [
    "auk",
    "bittern",
    "coot",
    "dunlin",
    "eider",
    "finch",
    "grebe",
    "heron",
    "ibis",
    "jay",
    "kite",
    "lark",
    "merlin",
    "nuthatch",
    "owl",
    "plover",
    "quail",
    "rook",
    "swift",
    "tern",
]
_WORDS = tuple(
    b"/Type /Pages /Kids /Count /MediaBox /Rotate /Font Tj BT ET q Q cm endstream".split()
)


def _policy() -> Paper:
    """An invented policy over three pages: bullets over a page's end, a table, a watermark, boxes."""
    paper = (
        Paper()
        .watermark("DRAFT")
        .line("Harbour Health Plan", font=BOLD, size=14)
        .line("Policy Number: HH-771")
        .line("Effective Date: 03/01/2031")
    )
    paper.gap().line("Coverage Policy", font=BOLD, size=12)
    paper.lines(
        "Lantern mapping is considered medically necessary when ALL of the following are met:"
    )
    for number in range(1, 14):
        paper.item(
            f"{number}.",
            f"The person is at least {number + 10} years old and was seen within {number} months",
        )
    paper.page().lines("Any of the following is not covered:").item("•", "Mapping by mail").item(
        "•", "A second mapping within 12 months"
    )
    paper.gap().line("Coding", font=BOLD, size=12)
    paper.table(
        [72, 140, 400],
        [["Code", "Description"], *([f"7{n:04}", f"Mapping of part {n}"] for n in range(12))],
    )
    paper.page().line("Revision History", font=BOLD, size=12)
    paper.table(
        [72, 160, 400], [["Date", "Change"], ["03/01/2031", "New policy"], ["04/01/2030", "Draft"]]
    )
    return paper.checkbox(72, 300, checked=True)


@cache
def seeds() -> tuple[bytes, ...]:
    """The policy as reportlab writes it, and pages written by hand."""
    return _policy().data(), _bare_pdf()


def _bare_pdf() -> bytes:
    """A PDF written by hand without compression: three pages of numbered lines and ruled boxes."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R 6 0 R 8 0 R]/Count 3>>",
    ]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for page in range(3):
        rows = [
            (
                f"BT /F1 10 Tf 72 {720 - 20 * n} Td ({n}. Wing {_BIRDS[n]} of pair {_BIRDS[page]} "
                f"is covered if it is {n} cm long.) Tj ET"
            )
            for n in range(20)
        ]
        rows += [f"72 {300 - 20 * n} 300 20 re S" for n in range(8)]
        content = "\n".join(rows).encode()
        objects.append(
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 "
                b"R>>>>/Contents %d 0 R>>"
            )
            % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def damaged(number: int) -> bytes:
    """The `number`-th damaged document; the same number always gives the same one."""
    chance = random.Random(f"damaged pdf {number}")
    data = chance.choice(seeds())
    for _ in range(chance.randint(1, 5)):
        data = (
            chance.choice((_flip, _cut, _splice, _renumber, _reword, _swap_objects))(data, chance)
            or b"%PDF-"
        )
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return (
        data[:place]
        if chance.random() < 0.3
        else data[:place] + data[place + chance.choice((1, 20, 400)) :]
    )


def _splice(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(seeds())
    start, place = chance.randrange(len(other)), chance.randrange(len(data))
    return data[:place] + other[start : start + chance.choice((10, 200, 2_000))] + data[place:]


def _replace_one(
    data: bytes, pattern: re.Pattern[bytes], by: bytes, chance: random.Random
) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + by + data[match.end() :]


def _renumber(data: bytes, chance: random.Random) -> bytes:
    return _replace_one(data, _NUMBER, chance.choice(_NUMBERS), chance)


def _reword(data: bytes, chance: random.Random) -> bytes:
    return _replace_one(data, _WORD, chance.choice(_WORDS), chance)


def _swap_objects(data: bytes, chance: random.Random) -> bytes:
    found = [match[0] for match in _OBJECT.finditer(data)]
    return _replace_one(data, _OBJECT, chance.choice(found), chance) if found else data


def document(number: int) -> tuple[str, bytes]:
    """The damaged document with its name."""
    return "damaged.pdf", damaged(number)


def test_the_undamaged_documents_are_read() -> None:
    for seed in seeds():
        (found,) = extract(seed, "whole.pdf")
        assert isinstance(found, Record)
        assert len(found.statements) >= 10


def test_each_number_is_a_document_of_its_own() -> None:
    assert len({damaged(number) for number in range(SAMPLE)}) == SAMPLE
    assert damaged(3) == damaged(3)


def test_damaged_pdfs_are_read_or_refused() -> None:
    assert faults(document, range(SAMPLE)) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_ten_thousand_damaged_pdfs_are_read_or_refused() -> None:
    assert faults(document, range(SAMPLE, SAMPLE + SOAK), processes=2) == []
