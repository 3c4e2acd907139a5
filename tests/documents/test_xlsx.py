"""Workbooks: what their cells show, and what a person does not see of them."""

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.xlsx.formats import shown
from policy_tracker.errors import DamagedDocumentError, DocumentError
from tests.documents.files import sheet, xlsx

_STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="00000"/>'
    '<numFmt numFmtId="171" formatCode=";;;"/></numFmts>'
    "<fonts><font/><font><strike/></font><font><color rgb='FFFFFFFF'/></font></fonts>"
    "<fills><fill><patternFill patternType='none'/></fill>"
    "<fill><patternFill patternType='solid'><fgColor rgb='FF003366'/></patternFill></fill></fills>"
    "<cellXfs>"
    "<xf numFmtId='0' fontId='0' fillId='0'/>"  # 0 plain
    "<xf numFmtId='170' fontId='0' fillId='0'/>"  # 1 five digits
    "<xf numFmtId='14' fontId='0' fillId='0'/>"  # 2 a date
    "<xf numFmtId='0' fontId='1' fillId='0'/>"  # 3 struck
    "<xf numFmtId='0' fontId='2' fillId='0'/>"  # 4 white on white
    "<xf numFmtId='0' fontId='2' fillId='1'/>"  # 5 white on blue
    "<xf numFmtId='171' fontId='0' fillId='0'/>"  # 6 shows nothing
    "</cellXfs>"
)
_TITLES = ["Nest", "Bird", "Since"]


def _rows(document: Document) -> list[tuple[int | None, list[str]]]:
    return [
        (row.number, [cell.text for cell in row.cells])
        for block in document.blocks
        if block.table
        for row in block.table.rows
    ]


def _told(document: Document) -> list[tuple[int | None, str, str]]:
    return [(part.page, part.why, part.text) for part in document.unreadable]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (100, "", "100"),
        (64633.0, "", "64633"),
        (0.1 + 0.2, "", "0.3"),
        (100, "00000", "00100"),
        (123456789, "00000\\-0000", "12345-6789"),
        (42, '"AB"000', "AB042"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (46204, "yyyy-mm-dd", "2026-07-01"),
        (46204.5, "m/d/yyyy h:mm", "2026-07-01 12:00"),
        (0.75, "h:mm", "18:00"),
        (-3, "00000", "-3"),
        (1e300, "yyyy", "1e+300"),
    ],
)
def test_numbers_are_written_as_their_format_shows_them(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_days_may_be_counted_from_1904() -> None:
    assert shown(44742, "d/m/yy", from_1904=True) == "2026-07-01"


def test_sheets_are_headings_and_tables_whose_rows_keep_their_numbers() -> None:
    first = [["Nests of the harbour"], [], _TITLES, ["N1", "Auk", 46204], [], [100, "Rook", None]]
    second = [_TITLES, ["S1", "Jay", 3]]
    data = xlsx(
        {"North": sheet(first, {(3, 2): 2, (5, 0): 1}), "South": sheet(second)}, styles=_STYLES
    )
    document = read_document(data, "nests.xlsx")
    assert (document.media, document.pages) == ("xlsx", 2)
    assert [block.text for block in document.blocks if block.table is None] == [
        "North",
        "Nests of the harbour",
        "South",
    ]
    assert _rows(document) == [
        (3, _TITLES),
        (4, ["N1", "Auk", "2026-07-01"]),
        (6, ["00100", "Rook"]),
        (1, _TITLES),
        (2, ["S1", "Jay", "3"]),
    ]
    assert document.header[0].text == "Nests of the harbour"


def test_what_nobody_sees_is_told() -> None:
    rows = [_TITLES, ["N1", "Auk", 1], ["N2", "Jay", 2], ["N3", "Owl", 3], ["N4", "Kite", 4]]
    look = {(0, 0): 5, (1, 1): 3, (2, 1): 4, (3, 1): 6}
    north = sheet(rows, look).replace('<row r="5">', '<row r="5" hidden="1">')
    east = "<cols><col min='3' max='3' hidden='1'/></cols>" + sheet([_TITLES, ["E1", "Rook", 9]])
    data = xlsx(
        {"N": north, "E": east, "Old": sheet([["X1", "Emu"]])},
        styles=_STYLES,
        states={"Old": "veryHidden"},
    )
    document = read_document(data, "nests.xlsx")
    assert [cells for _, cells in _rows(document)] == [
        _TITLES,
        ["N1", "", "1"],
        ["N2", "", "2"],
        ["N3", "", "3"],
        _TITLES[:2],
        ["E1", "Rook"],
    ]
    assert _told(document) == [
        (1, "struck", "row 2: Auk"),
        (1, "hidden", "row 3: Jay"),
        (1, "hidden", "row 4: Owl"),
        (1, "hidden", "row 5: N4 | Kite | 4"),
        (2, "hidden", "row 1: Since"),
        (2, "hidden", "row 2: 9"),
        (3, "hidden", "sheet “Old” of 1 rows: X1 | Emu"),
    ]


def test_white_words_are_read_where_a_table_may_colour_what_is_behind_them() -> None:
    north = sheet([_TITLES, ["N1", "Auk", 1]], {(0, 0): 4})
    data = xlsx({"N": f"{north}<tableParts><tablePart/></tableParts>"}, styles=_STYLES)
    assert _rows(read_document(data, "n.xlsx"))[0] == (1, _TITLES)


def _with_row(cells: str) -> str:
    return sheet([_TITLES]).replace("</sheetData>", f'<row r="2">{cells}</row></sheetData>')


def test_shared_texts_lose_struck_runs_and_sounds() -> None:
    texts = (
        "<si><r><rPr><strike/></rPr><t>N1</t></r><r><t> N2</t></r><rPh><t>sound</t></rPh></si>"
        "<si><t>Auk &amp; jay</t></si>"
    )
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="b"><v>1</v></c>'
    document = read_document(xlsx({"N": _with_row(cells)}, texts=texts), "n.xlsx")
    assert _rows(document)[1] == (2, ["N2", "Auk & jay", "TRUE"])
    assert _told(document) == [(1, "struck", "row 2: N1")]


def test_formulas_without_a_value_are_told() -> None:
    cells = (
        '<c r="A2"><f>B1&amp;B2</f></c><c r="B2" t="e"><v>#N/A</v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c>'
    )
    document = read_document(xlsx({"N": _with_row(cells)}), "n.xlsx")
    assert _rows(document)[1] == (2, ["", "", "2"])
    assert [(why, text) for _, why, text in _told(document)] == [
        ("a formula whose value the file does not hold", "row 2: =B1&B2"),
        ("a formula that failed", "row 2: #N/A"),
    ]


def test_merged_cells_span_columns_and_rows() -> None:
    rows = [_TITLES, ["N1", "Auk", 1], [None, "Jay", 2], ["All of the north", None, None]]
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:C4"/></mergeCells>'
    document = read_document(xlsx({"N": sheet(rows) + merged}), "n.xlsx")
    cells = [
        [(cell.text, cell.first_column, cell.last_column) for cell in row.cells]
        for block in document.blocks
        if block.table
        for row in block.table.rows[2:]
    ]
    assert cells == [[("Jay", 1, 1), ("2", 2, 2)], [("All of the north", 0, 2)]]


def test_headers_of_pages_notes_and_text_boxes_are_told() -> None:
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    extra = {
        "xl/worksheets/_rels/0.xml.rels": (
            f'<Relationships><Relationship Id="a" Type="{link}/drawing" '
            f'Target="../drawings/d.xml"/>'
            f'<Relationship Id="b" Type="{link}/comments" Target="../c.xml"/></Relationships>'
        ).encode(),
        "xl/drawings/d.xml": b"<x><txBody><p><t>Gulls</t> <t>too</t></p></txBody></x>",
        "xl/c.xml": b"<x><comment><text><t>Ask the warden</t></text></comment></x>",
    }
    running = '&amp;L&amp;"Arial,Bold"&amp;12Harbour Trust&amp;RPage &amp;P'
    north = f"{sheet([_TITLES])}<headerFooter><oddHeader>{running}</oddHeader></headerFooter>"
    document = read_document(xlsx({"N": north}, extra=extra), "n.xlsx")
    assert document.running == ("Harbour Trust", "Page")
    assert _told(document) == [
        (1, "a text box laid over the sheet", "Gulls too"),
        (1, "a note laid over the sheet", "Ask the warden"),
    ]


@pytest.mark.parametrize(
    "broken", ["<sheetData><row", "<!DOCTYPE x [<!ENTITY a 'b'>]><sheetData/>", "</x>"]
)
def test_a_broken_sheet_is_refused(broken: str) -> None:
    with pytest.raises(DamagedDocumentError):
        read_document(xlsx({"N": broken}), "n.xlsx")


def test_a_sheet_of_too_many_columns_is_refused() -> None:
    cell = '<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>'
    with pytest.raises(DocumentError, match="columns"):
        read_document(xlsx({"N": cell}), "n.xlsx")
