"""What a document prints and its records lack, told without the readers' own words."""

from policy_tracker.documents.blocks import Block, Cell, Document, Line, Place, Row, Style, Table
from policy_tracker.extract.extract import extract
from policy_tracker.extract.quality import CODES_UNREAD, NUMBER_UNREAD
from policy_tracker.extract.unread_marks import printed_codes, unread_warnings
from tests.store.making import version


def document(*texts: str, head: tuple[str, ...] = ()) -> Document:
    blocks = tuple(Block("heading" if text.isupper() else "paragraph", text) for text in texts)
    return Document("text", 1, blocks, header=tuple(Line(text, Place(1), Style()) for text in head))


LISTED = ("CODES", "10001 first kite", "10002 second kite", "J1234", "M31.10 a diagnosis")


def test_codes_are_known_by_form_and_place() -> None:
    read = printed_codes(
        document(
            *LISTED,
            "see 10009 inside of a sentence",
            "10000 units a day",
            "2025 was a year",
            "12345.6 and no code",
        )
    )
    assert read == {"10001", "10002", "J1234", "M31.10"}


def test_codes_within_a_line_of_a_list_count_as_well() -> None:
    read = printed_codes(
        document(
            "CODES",
            "E0650-E0652 (rental only), E0676 not paid",
            "kites, such as 10001 and 10002, and their tails",
            "for tails ask 10003",
            "K0001 weighs 20000 units",
        )
    )
    assert read == {"E0650", "E0652", "E0676", "10001", "10002", "K0001"}


def test_codes_of_histories_and_references_are_none() -> None:
    told = document(
        "CODES",
        "10001 kite",
        "REFERENCES",
        "10002 of a journal",
        "REVISION HISTORY",
        "10003 removed",
    )
    assert printed_codes(told) == {"10001"}


def test_the_pages_of_a_journal_are_none_under_a_heading_that_nobody_knows() -> None:
    told = document(
        *LISTED[:2], "3. Kite T. A review of kites. Rev Made Up Surg. 2020;11(4):12345-12352."
    )
    assert printed_codes(told) == {"10001"}


def test_codes_that_no_record_has_are_counted_and_named() -> None:
    (told,) = unread_warnings(document(*LISTED), [version(codes=("10001",))])
    assert told == f"{CODES_UNREAD}: 3 of 4 (10002, J1234, M31.10)"


def test_one_stray_number_among_many_codes_is_no_fault() -> None:
    codes = tuple(str(20000 + number) for number in range(12))
    assert (
        unread_warnings(document("CODES", *codes, "15222 Fifth Avenue"), [version(codes=codes)])
        == ()
    )


def test_the_records_of_one_document_are_asked_together() -> None:
    both = [version(codes=("10001",)), version(policy="p-2", codes=("10002",))]
    assert unread_warnings(document("CODES", "10001", "10002"), both) == ()


def test_a_code_within_a_range_is_read() -> None:
    group = version(codes=("10001",)).model_dump(mode="json", by_alias=True)["code_groups"][0]
    ranged = group | {
        "ranges": [{"system": "CPT", "from": "10001", "to": "10005", "raw": "10001-10005"}]
    }
    assert unread_warnings(document("CODES", "10003 kite"), [version(code_groups=[ranged])]) == ()


def test_a_number_that_the_head_prints_is_missed() -> None:
    told = document("VEIN MAPPING", head=("Lumen Health Plan", "Policy Number: LX 204"))
    assert unread_warnings(told, [version(codes=(), policy_number=None)]) == (
        f"{NUMBER_UNREAD}: LX 204",
    )
    assert unread_warnings(told, [version(codes=())]) == ()


def test_a_number_behind_the_title_is_missed_and_a_year_is_none() -> None:
    plain = document("VEIN MAPPING")
    assert unread_warnings(
        plain, [version(codes=(), policy_number=None, title="Vein Mapping MP2048")]
    ) == (f"{NUMBER_UNREAD}: MP2048",)
    assert (
        unread_warnings(plain, [version(codes=(), policy_number=None, title="Vein Mapping FY2025")])
        == ()
    )


def test_a_reading_carries_its_warning() -> None:
    text = (
        "Lumen Health Plan\n\nPolicy Number: LX-204\nTitle: Vein Mapping\nEffective Date: "
        "01/01/2025\n\nPOLICY\n\n"
        "Vein mapping is considered medically necessary before a graft.\n\nNOTES\n\n10001 mapping, one leg\n\n10002 mapping, both legs\n"
    )
    (record,) = extract(text.encode(), "vein.txt")
    named = {code.code for group in record.code_groups for code in group.codes} | {
        c.code for one in record.statements for c in one.codes
    }
    warned = [words for words in record.extraction.warnings if words.startswith(CODES_UNREAD)]
    assert bool(warned) == (not {"10001", "10002"} <= named)


def test_codes_of_a_history_in_a_table_are_not_those_of_a_list() -> None:
    rows = (
        ("REVISIONS",),
        ("01-02-2024", "Codes section updated."),
        ("", "10007"),
        ("03-04-2023", "10008"),
    )
    table = Table(
        2,
        tuple(
            Row(tuple(Cell((text,), column, column) for column, text in enumerate(row)))
            for row in rows
        ),
    )
    blocks = (
        Block("heading", "CODES"),
        Block("paragraph", "10001 first kite"),
        Block("table", "", table=table),
    )
    assert printed_codes(Document("pdf", 1, blocks)) == {"10001"}
