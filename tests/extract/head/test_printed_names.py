"""Numbers, versions and titles that heads print without a label before them."""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.extract.extract import read_version
from policy_tracker.record import Record


def record_of(*texts: str, sizes: tuple[float, ...] = ()) -> Record:
    """The record of a text, or, with sizes of type, of a page."""
    lines = tuple(
        Line(
            text,
            Place(1, top=10.0 + 14 * at, left=72, right=300, bottom=20.0 + 14 * at)
            if sizes
            else Place(1),
            Style(size=sizes[at]) if sizes else Style(),
        )
        for at, text in enumerate(texts)
    )
    blocks = tuple(Block("paragraph", text) for text in texts)
    (record,) = read_version(Document("text", 1, blocks, header=lines), "kite.txt")
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("texts", "number", "title"),
    [
        (("Lumen Health Plan", "LHP4.31 Kite Traction"), "LHP4.31", "Kite Traction"),
        (("Lumen Health Plan", "LX_KITE_4.31", "Kite Traction"), "LX_KITE_4.31", "Kite Traction"),
        (("Guideline Manual", "Kite Traction", "KT.TS.77.B"), "KT.TS.77.B", "Kite Traction"),
        (("Page 1 of 4", "Lumex Clinical Policy", "Kite Traction: Policy No. 0714"), "0714", None),
        (("Lumex Clinical Policy", "Kite Traction Policy No. 0714"), "0714", "Kite Traction"),
        (("Policy Manual", "Toys, Policy No. 12", "Kite Traction"), "12", "Kite Traction"),
        (("Lumen Health Plan", "Policy: KT88", "Subject: Kite Traction"), "KT88", "Kite Traction"),
        (("Kite Traction", "Policy Number: LHP\u20100714\u2011002"), "LHP-0714-002", None),
        (("Kite Traction", "Doc ID: KT07-1.1-UC3"), "KT07-1.1-UC3", None),
        (("Lumen Health Plan", "Medical Policy", "Kite Traction"), None, "Kite Traction"),
        (("HER2 Testing", "Effective Date: May 1, 2025"), None, "HER2 Testing"),
        (("CA125 Testing in Kites", "Effective Date: May 1, 2025"), None, None),
    ],
)
def test_number_and_title(texts: tuple[str, ...], number: str | None, title: str | None):
    record = record_of(*texts, "Kite traction is considered medically necessary.")
    assert record.policy_number == number
    assert record.title == (title or next(t for t in texts if "Kite" in t).split(":")[0])


def test_a_version_alone_on_its_line_names_the_version():
    record = record_of("Kite Traction", "KT.TS.77.B", "v3.1.2026", "Kite traction is covered.")
    assert (record.policy_number, record.version) == ("KT.TS.77.B", "v3-1-2026")


def test_a_letterhead_in_the_largest_type_is_passed_by():
    record = record_of(
        "Lumen Health Plan",
        "Traction by Kites",
        "Policy Statement",
        "Kite traction is considered medically necessary.",
        sizes=(24, 16, 11, 11),
    )
    assert record.title == "Traction by Kites"


def test_a_title_over_several_lines_of_a_text():
    lines = ("Title: Traction by Means of Kites and of Balloons for the", "Ascent of Hills (Lifts)")
    texts = (*lines, "Description", "Kites pull.")
    document = Document(
        "text",
        1,
        (Block("paragraph", " ".join(lines)), *(Block("paragraph", text) for text in texts[2:])),
        header=tuple(Line(text, Place(1), Style()) for text in texts),
    )
    (record,) = read_version(document, "kite.txt")
    assert isinstance(record, Record)
    assert record.title == (
        "Traction by Means of Kites and of Balloons for the Ascent of Hills (Lifts)"
    )
