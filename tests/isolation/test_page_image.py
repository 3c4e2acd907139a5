"""A page as a picture: its size is bounded, what is marked on it is where the words stand, and what
breaks it is a typed error.
"""

import struct
import zlib

import numpy as np
import pytest

from policy_tracker.documents.pdf.reader import read_pdf
from policy_tracker.documents.traced import Traced
from policy_tracker.errors import (
    EncryptedDocumentError,
    ExhaustedDocumentError,
    MissingPageError,
    TruncatedDocumentError,
    UnsupportedDocumentError,
)
from policy_tracker.extract.extract import extract
from policy_tracker.extract.provenance import source_at
from policy_tracker.isolation.page_image import Marks, page_image
from policy_tracker.isolation.run import Limits
from policy_tracker.record import Record
from tests.commands.policy_documents import policy_pdf
from tests.documents.files import text_pdf
from tests.documents.make_pdf import Paper

WHITE = (255, 255, 255)
WHOLE = (0.0, 0.0, 2000.0, 2000.0)


def pixels(png: bytes) -> np.ndarray:
    """The picture in a PNG of one data chunk with unfiltered rows, with its checks."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        chunks[kind] = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (
            zlib.crc32(kind + chunks[kind]),
        )
        at += 12 + length
    wide, high = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(high, 1 + 3 * wide)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(high, wide, 3)


def untouched(picture: np.ndarray, plain: np.ndarray) -> tuple[slice, slice]:
    """The rows and columns of the smallest rectangle outside of which two pictures are alike."""
    rows, columns = np.nonzero((picture != plain).any(axis=2))
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


def test_the_mark_surrounds_the_statement_that_was_read():
    data = policy_pdf()
    record = extract(data, "policy.pdf")[0]
    assert isinstance(record, Record)
    statement = next(one for one in record.statements if "6 weeks" in one.text)
    assert statement.source
    assert statement.source.box
    plain = page_image(data, "policy.pdf", 1)
    shown = page_image(data, "policy.pdf", 1, Marks(boxes=(statement.source.box,)))
    assert (shown.width, shown.height, shown.pages, shown.marked, plain.marked) == (
        1600,
        2071,
        1,
        1,
        0,
    )
    one, other = pixels(shown.png), pixels(plain.png)
    rows, columns = untouched(one, other)
    scale = 1600 / 612
    left, top, right, bottom = (edge * scale for edge in statement.source.box)
    assert columns.start < left < right < columns.stop
    assert rows.start < top < bottom < rows.stop
    assert (
        max(left - columns.start, columns.stop - right, top - rows.start, bottom - rows.stop)
        < 5 * scale
    )
    inside = one[rows, columns]
    assert (inside[0] == inside[0, 0]).all()
    assert inside[0, 0].sum() < 255, "a line, dark in grey as well"
    assert (other[rows, columns] < 90).all(axis=2).sum() > 200  # the words, which stay dark
    assert (inside[6:-6, 6:-6] < 90).all(axis=2).sum() > 200


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_of_the_page_as_it_is_displayed(turn):
    paper = Paper()
    paper.canvas.setPageRotation(turn)
    paper.gap(200).line("Feathers of class 95004 are covered.")
    data = paper.data()
    plain, shown = (
        page_image(data, "turned.pdf", 1),
        page_image(data, "turned.pdf", 1, Marks(codes=((WHOLE, "95004"),))),
    )
    assert shown.marked == 1
    rows, columns = untouched(pixels(shown.png), pixels(plain.png))
    words = (pixels(plain.png)[rows, columns] < 128).all(axis=2).sum()
    assert words > 100, "there are words under the mark"
    assert (rows.stop - rows.start > columns.stop - columns.start) == (turn in (90, 270))


def line_of(data: bytes, number: int = 0) -> tuple[float, float, float, float]:
    """The box of a line of the one paragraph on the first page."""
    source = source_at(Traced("", (read_pdf(data).blocks[0].traced().pieces[number],)), end=10_000)
    assert source
    assert source.box
    return source.box


def test_codes_are_marked_where_they_stand_alone_in_their_line():
    paper = Paper()
    paper.lines(
        "Codes 95004, (95004) and 95004;",
        "not 950041, A95004, 95004.5;",
        "E11.9 and E119,",
        "neither E11.91 nor E11.9A",
    )
    data = paper.data()
    first, third = line_of(data), line_of(data, 2)
    marked = [
        page_image(data, "codes.pdf", 1, Marks(codes=((box, code),))).marked
        for box, code in ((first, "95004"), (third, "E11.9"))
    ]
    assert marked == [3, 2]


def test_the_same_code_in_another_line_is_not_marked():
    data = Paper().lines("Codes 95004 and", "95004 again").data()
    one, both = (
        page_image(data, "codes.pdf", 1, Marks(codes=codes))
        for codes in (((line_of(data), "95004"),), _in_lines(data))
    )
    assert (one.marked, both.marked) == (1, 2)


def _in_lines(data: bytes) -> tuple[tuple[tuple[float, float, float, float], str], ...]:
    return tuple((line_of(data, number), "95004") for number in (0, 1))


def test_where_a_code_s_letters_are_not_found_its_line_is_marked():
    data = Paper().line("Codes 95004 and others").data()
    image = page_image(data, "codes.pdf", 1, Marks(codes=((line_of(data), "0691T"),)))
    assert image.marked == 1


def test_boxes_beside_the_page_are_left_out():
    boxes = (
        (700.0, 10.0, 800.0, 20.0),
        (10.0, 900.0, 20.0, 950.0),
        (50.0, 50.0, 40.0, 60.0),
        (-500.0, -500.0, -400.0, -400.0),
    )
    assert page_image(Paper().line("Tea").data(), "tea.pdf", 1, Marks(boxes=boxes)).marked == 0


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((14_400.0, 100.0), (1600, 12)),
        ((100.0, 14_400.0), (17, 2400)),
        ((100.0, 100.0), (300, 300)),
    ],
)
def test_the_picture_is_bounded(size, shown):
    image = page_image(Paper(size).line("Tea").data(), "tea.pdf", 1)
    assert (image.width, image.height) == shown


@pytest.mark.parametrize("page", [0, -1, 3, 2**40])
def test_a_page_that_is_not_there(page):
    data = Paper().line("one").page().line("two").data()
    with pytest.raises(MissingPageError, match=rf"two\.pdf: has 2 pages, and no page {page}$"):
        page_image(data, "two.pdf", page)


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(UnsupportedDocumentError, match=r"page\.html: is no PDF"):
        page_image(b"<html><p>Tea</p></html>", "page.html", 1)
    with pytest.raises(EncryptedDocumentError):
        page_image(text_pdf(["secret"], password="open"), "locked.pdf", 1)
    with pytest.raises(TruncatedDocumentError):
        page_image(policy_pdf()[:900], "cut.pdf", 1)
    with pytest.raises(ExhaustedDocumentError, match=r"slow\.pdf: took more than 0\.01 seconds"):
        page_image(policy_pdf(), "slow.pdf", 1, limits=Limits(wall_seconds=0.01))
