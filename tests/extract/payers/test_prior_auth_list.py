"""Lists of prior authorization, in the layouts that payers use."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.quality import review_reasons
from policy_tracker.record import Record
from tests.documents.files import sheet, xlsx
from tests.documents.make_pdf import BOLD, Paper
from tests.extract.payers.pa_lists import MATRIX, ROWS


def _record(data: str, name: str) -> Record:
    (found,) = extract(data.encode(), name)
    assert isinstance(found, Record)
    return found


def _authorizations(record: Record) -> list[tuple[object, ...]]:
    return [
        (
            entry.requirement,
            entry.vendor,
            entry.applies_to.lines_of_business if entry.applies_to else (),
            [code.code for code in entry.codes],
        )
        for entry in record.authorizations
        if entry.codes
    ]


def test_a_matrix_of_lines_of_business() -> None:
    record = _record(MATRIX, "list.html")
    nectars = [f"J100{number}" for number in range(6)]
    assert _authorizations(record) == [
        ("required", "eviCore", ("commercial",), ["70551", "70552"]),
        ("required", "eviCore", ("medicare_advantage",), ["70551"]),
        ("not_required", "eviCore", ("medicare_advantage",), ["70552"]),
        ("notification", "eviCore", ("medicaid",), ["70552"]),
        ("conditional", None, ("commercial",), ["J9999"]),
        ("not_required", None, ("medicare_advantage",), ["J9999", *nectars]),
        ("required", None, ("medicaid",), ["J9999", *nectars]),
        ("required", None, ("commercial",), nectars),
    ]


def test_categories_are_groups_and_ranges_stay_ranges() -> None:
    record = _record(MATRIX, "list.html")
    assert [
        (group.heading, [code.code for code in group.codes], [span.raw for span in group.ranges])
        for group in record.code_groups
    ] == [
        ("Imaging", ["70551", "70552"], []),
        ("Drugs", ["J9999"], ["J1000-J1005"]),
    ]
    assert {group.disposition for group in record.code_groups} == {"informational"}
    assert record.code_groups[0].codes[0].description == "Picture of the left antenna"


def test_the_head_and_the_prose_of_a_list() -> None:
    record = _record(MATRIX, "list.html")
    assert (record.payer, record.policy_type, record.version) == (
        "meadow-health-plan",
        "prior_auth_list",
        "2026-01-01",
    )
    assert [statement.text for statement in record.statements] == [
        "Codes that are not listed need no authorization."
    ]


def test_a_list_of_rows() -> None:
    record = _record(ROWS, "list.csv")
    assert _authorizations(record) == [
        ("required", "Carelon", ("exchange", "commercial"), ["70551"]),
        ("not_required", None, ("medicare_advantage",), ["70552"]),
        ("conditional", None, ("medicaid",), ["97110"]),
        ("unknown", None, ("commercial",), ["97112"]),
    ]
    assert record.code_groups[0].codes[0].description == "Picture of the antenna, left"
    assert record.extraction is not None
    assert "what 1 code requires was not understood" in record.extraction.warnings


_TITLES = ["HCPCS/CPT code", "Item", "Prior auth needed", "Plan"]
_VALUES = [
    ["K0800", "Scooter", "Yes", "Medicare"],
    ["00300", "Sleep, head", "No", "Medicare"],
    ["0042T", "Scan", "Yes", "Medicare"],
]
_READ = [
    ("required", None, ("medicare_advantage",), ["K0800", "0042T"]),
    ("not_required", None, ("medicare_advantage",), ["00300"]),
]


def _written(rows: list[list[str]], delimiter: str) -> str:
    def quoted(value: str) -> str:
        return f'"{value}"' if delimiter in value else value

    return "".join(delimiter.join(quoted(value) for value in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Quartz Plan list of services that need prior authorization"], [], ["Revised 3/2/2026"]],
    ],
)
def test_the_delimiter_and_lines_above_the_titles_change_nothing(
    delimiter: str, above: list[list[str]]
) -> None:
    record = _record(_written([*above, _TITLES, *_VALUES], delimiter), "list.csv")
    assert _authorizations(record) == _READ
    assert record.extraction is not None
    found = record.extraction.text_coverage
    assert found is not None
    assert (found.recorded, found.unread) == (len(_VALUES), 0)
    if above:
        assert record.title == above[0][0]


def test_a_line_may_say_the_delimiter() -> None:
    data = "sep=;\r\n" + _written([_TITLES, *_VALUES], ";")
    assert _authorizations(_record(data, "list.csv")) == _READ


def test_empty_titles_at_the_end_and_a_spreadsheet_of_windows() -> None:
    rows = [[*_TITLES, "", ""], *([*row, "", ""] for row in _VALUES)]
    rows[1][1] = "Scooter \u2013 électrique"
    (record,) = extract(_written(rows, ",").encode("cp1252"), "list.csv")
    assert isinstance(record, Record)
    assert _authorizations(record) == _READ
    assert record.code_groups[0].codes[0].description == "Scooter \u2013 électrique"


def test_codes_in_small_letters_or_marked_as_text_are_codes() -> None:
    rows = [[row[0].lower(), *row[1:]] for row in _VALUES]
    rows[1][0] = '="00300"'
    assert _authorizations(_record(_written([_TITLES, *rows], "\t"), "list.csv")) == _READ


def test_a_row_that_is_not_understood_is_told_with_its_number() -> None:
    odd = ["300", "77I80", "99.999.9", "Every other scooter"]
    rows = [*_VALUES, [], *([code, "Thing", "Yes", "Medicare"] for code in odd)]
    record = _record(_written([["Prior auth list 2026"], _TITLES, *rows], ","), "list.csv")
    assert record.extraction is not None
    assert [(one.why, one.text) for one in record.extraction.unread] == [
        (
            "row 7 “300” is no code; a zero may be lost (00300)",
            "300 | Thing | Yes | Medicare",
        ),
        (
            "row 8 “77I80” is no code; a letter may stand for a digit (77180)",
            "77I80 | Thing | Yes | Medicare",
        ),
        ("row 9 “99.999.9” is no code of a known form", "99.999.9 | Thing | Yes | Medicare"),
        (
            "row 10 “Every other scooter” is no code of a known form",
            "Every other scooter | Thing | Yes | Medicare",
        ),
    ]
    found = record.extraction.text_coverage
    assert found is not None
    assert (found.units, found.recorded, found.unread) == (7, 3, 4)
    assert any("3 of 7 rows of the list" in reason for reason in review_reasons(record))


def test_a_number_alone_in_its_row_is_no_category() -> None:
    rows = [*_VALUES, ["300", "", "", ""]]
    record = _record(_written([_TITLES, *rows], ","), "list.csv")
    assert record.extraction is not None
    assert len(record.extraction.unread) == 1


def _codes(record: Record) -> list[tuple[str, ...]]:
    return [
        (code.system, code.code, *code.qualifiers.modifiers)
        for group in record.code_groups
        for code in group.codes
    ]


def _unread(record: Record) -> list[str]:
    assert record.extraction is not None
    return [one.why for one in record.extraction.unread]


def _rows(rows: list[list[str]], titles: list[str] = _TITLES) -> Record:
    return _record(_written([["Quartz prior auth list"], titles, *rows], "\t"), "list.csv")


@pytest.mark.parametrize(
    ("title", "printed", "read"),
    [
        ("Code", "12345-6789-01", ("NDC", "12345-6789-01")),
        ("Code", "12345678901", ("NDC", "12345-6789-01")),
        ("Revenue code", "0360", ("REVENUE", "0360")),
        ("CPT/HCPCS/Rev code", "0360", ("REVENUE", "0360")),
        ("CPT/HCPCS/Rev code", "00360", ("CPT", "00360")),
        ("HCPCS", "k0801 rt", ("HCPCS", "K0801", "RT")),
        ("HCPCS", "K0801RT", ("HCPCS", "K0801", "RT")),
        ("Code", "97010-59", ("CPT", "97010", "59")),
        ("Code", "G0299 (at home)", ("HCPCS", "G0299")),
        ("ICD-10", "M810", ("ICD10CM", "M81.0")),
        ("Dental code", "D7210", ("CDT", "D7210")),
    ],
)
def test_a_column_of_codes_is_read_by_its_title(
    title: str, printed: str, read: tuple[str, ...]
) -> None:
    record = _rows([*_VALUES, [printed, "Thing", "Yes", "Medicare"]], [title, *_TITLES[1:]])
    assert _codes(record)[-1] == read
    assert _unread(record) == []


@pytest.mark.parametrize(
    ("title", "printed", "span"),
    [
        ("Code", "K09XX", ("HCPCS", "K09", "K09")),
        ("Code", "k09xx", ("HCPCS", "K09", "K09")),
        ("Code", "971**", ("CPT", "971", "971")),
        ("Code", "K*", ("HCPCS", "K", "K")),
        ("Code", "970XX-979XX", ("CPT", "97000", "97999")),
        ("Revenue code", "036X", ("REVENUE", "036", "036")),
        ("Code", "97010 thru 97028", ("CPT", "97010", "97028")),
    ],
)
def test_wildcards_of_procedures_are_no_diagnoses(
    title: str, printed: str, span: tuple[str, str, str]
) -> None:
    record = _rows([*_VALUES, [printed, "Thing", "Yes", "Medicare"]], [title, *_TITLES[1:]])
    ranges = [one for group in record.code_groups for one in group.ranges]
    assert [(one.system, one.first, one.last, one.raw) for one in ranges] == [(*span, printed)]


@pytest.mark.parametrize(
    ("title", "printed", "why"),
    [
        ("Code", "0360", "it may be a revenue code (0360)"),
        ("Revenue code", "360", "a zero may be lost (0360)"),
        ("NDC", "1234567890", "a zero may be lost (01234567890)"),
        ("Code", "42T", "a zero may be lost (0042T)"),
        ("Code", "", "row 6 prints no code"),
    ],
)
def test_what_is_no_code_is_told_with_what_it_may_be(title: str, printed: str, why: str) -> None:
    record = _rows([*_VALUES, [printed, "Thing", "Yes", "Medicare"]], [title, *_TITLES[1:]])
    (told,) = [one for one in _unread(record) if one.startswith("row 6")]
    assert why in told


def test_a_row_that_holds_the_delimiter_is_told() -> None:
    data = _written([_TITLES, *_VALUES], ",") + "K0801,Strap, left,Yes,Medicare\r\n"
    record = _record("Prior auth list,,,\r\n" + data, "list.csv")
    assert _unread(record) == ["row 6 has more values than there are titles"]
    assert _authorizations(record) == _READ


def test_columns_of_days_are_read() -> None:
    titles = [*_TITLES, "Effective Date", "End Date"]
    dates = [["1/1/2026", ""], ["2026-02-01", "12/31/2026"], ["", "n/a"]]
    record = _rows([[*row, *days] for row, days in zip(_VALUES, dates, strict=True)], titles)
    assert [
        (
            code.code,
            code.effective.date if code.effective else None,
            code.ends.date if code.ends else None,
        )
        for code in record.code_groups[0].codes
    ] == [
        ("K0800", "2026-01-01", None),
        ("00300", "2026-02-01", "2026-12-31"),
        ("0042T", None, None),
    ]


def test_a_list_of_two_columns() -> None:
    data = "HCPCS,Auth?\nK0800,Y\nK0801,N\nK0802,Y\nK0803,Y\n"
    assert _authorizations(_record(data, "prior auth.csv")) == [
        ("required", None, (), ["K0800", "K0802", "K0803"]),
        ("not_required", None, (), ["K0801"]),
    ]


def test_a_list_of_codes_alone_says_above_what_they_need() -> None:
    for title, requirement in (
        ("These services require prior authorization", "required"),
        ("Prior authorization list", "unknown"),
    ):
        rows = [[title], ["Code", "Item", "Plan"], *([row[0], row[1], row[3]] for row in _VALUES)]
        (entry,) = _record(_written(rows, ";"), "list.csv").authorizations
        assert (entry.requirement, len(entry.codes)) == (requirement, 3)


def test_a_workbook_of_several_sheets() -> None:
    straps = [["Quartz prior authorization list"], [], _TITLES, *_VALUES, ["300", "Thing", "Yes"]]
    scans = [["Code", "Scan", "Auth required"], ["70551", "Head", "N"], [None, "Leg", "Y"]]
    scans += [["70552", "Arm", "Y"], [None, None, "N"]]
    merged = '<mergeCells><mergeCell ref="A4:A5"/></mergeCells>'
    data = xlsx({"Straps": sheet(straps), "Scans": sheet(scans) + merged})
    (record,) = extract(data, "list.xlsx")
    assert isinstance(record, Record)
    assert record.title == "Quartz prior authorization list"
    assert [(group.heading, len(group.codes)) for group in record.code_groups] == [
        ("Straps", 3),
        ("Scans", 2),
    ]
    # the merged code needs it in one row and not in the other
    assert _authorizations(record)[2:] == [
        ("not_required", None, (), ["70551"]),
        ("conditional", None, (), ["70552"]),
    ]
    assert record.extraction is not None
    assert [(one.page, one.why) for one in record.extraction.unread] == [
        (1, "row 7 “300” is no code; a zero may be lost (00300)"),
        (2, "row 3 prints no code"),
    ]


def test_a_list_without_rules_is_read_line_by_line() -> None:
    paper = Paper().line("Quartz Prior Authorization List", font=BOLD, size=14)
    paper.line("Effective 01/01/2026").gap()
    columns = (72, 150, 330, 430)
    for x, title in zip(columns, ("Code", "Item", "Auth required", "End Date"), strict=True):
        paper.at(x, paper.y, title, BOLD)
    paper.y += 16
    rows = [
        *((f"K080{n}", "Strap, left", "Yes" if n % 2 else "No", "12/31/2026") for n in range(6)),
        ("K0811", "Strap, right", "PA required", ""),
        ("K0812", "Strap, middle", "ask us", ""),
    ]
    for row in rows:
        for x, text in zip(columns, row, strict=True):
            paper.at(x, paper.y, text)
        paper.y += 14
    (record,) = extract(paper.data(), "list.pdf")
    assert isinstance(record, Record)
    assert record.policy_type == "prior_auth_list"
    assert _authorizations(record) == [
        ("not_required", None, (), ["K0800", "K0802", "K0804"]),
        ("required", None, (), ["K0801", "K0803", "K0805", "K0811"]),
        ("unknown", None, (), ["K0812"]),
    ]
    codes = record.code_groups[0].codes
    assert [code.ends.date if code.ends else None for code in codes][5:] == [
        "2026-12-31",
        None,
        None,
    ]
    assert codes[0].description == "Strap, left"


def test_notes_beside_a_requirement_make_it_conditional() -> None:
    titles = ["Code", "Item", "PA required", "Comments"]
    rows = [
        ["K0800", "Strap", "Yes", "Only for members under 21"],
        ["K0801", "Strap", "Yes", "Wide and soft"],
        ["K0802", "Strap", "No", "Prior authorization is required after 3 units"],
        ["K0803", "Strap", "No", ""],
    ]
    record = _record(_written([["Quartz prior auth list"], titles, *rows], "\t"), "list.csv")
    assert [
        (entry.requirement, [c.code for c in entry.codes]) for entry in record.authorizations
    ] == [
        ("conditional", ["K0800", "K0802"]),
        ("required", ["K0801"]),
        ("not_required", ["K0803"]),
    ]


def test_sentences_in_a_list_are_its_prose_and_no_categories() -> None:
    rows = [
        ["Straps", "", "", ""],
        *_VALUES[:2],
        ["Straps for both wings need no authorization.", "", "", ""],
        *_VALUES[2:],
        ["Codes that are not listed need no authorization", "", "", ""],
    ]
    record = _record(_written([["Quartz prior auth list"], _TITLES, *rows], "\t"), "list.csv")
    assert [(group.heading, len(group.codes)) for group in record.code_groups] == [("Straps", 3)]
    said = [statement.text for statement in record.statements]
    assert said == [
        "Straps for both wings need no authorization.",
        "Codes that are not listed need no authorization",
    ]


def test_answers_with_remarks_and_short_forms_are_understood() -> None:
    said = {
        "required": ["Yes - all ages", "PA req'd", "Needs PA", "TRUE", "Always"],
        "not_required": ["No; none needed", "Not Req", "FALSE", "Never", "Exempt"],
        "conditional": ["Yes, if over 3 units"],
    }
    rows = [(word, wanted) for wanted, words in said.items() for word in words]
    lines = [f"{58600 + n};Kite mending;{word}" for n, (word, _) in enumerate(rows)]
    text = "\n".join(["Code|Service|Prior Authorization", *lines]).replace("|", ";")
    # a delimiter within a value stands in quotes
    text = text.replace("No; none needed", '"No; none needed"')
    found = {
        code.code: entry.requirement
        for entry in _record(text, "list.csv").authorizations
        for code in entry.codes
    }
    assert found == {str(58600 + n): wanted for n, (_, wanted) in enumerate(rows)}


def test_what_a_row_says_of_coverage_is_kept_beside_what_it_asks_for() -> None:
    record = _record(
        "Code,Service,Prior Authorization Required,Covered\n"
        "58601,Kite mending,Yes,Yes\n58610,Kite painting,No,No\n58620,Kite folding,Not covered,\n",
        "list.csv",
    )
    assert {
        code.code: group.disposition for group in record.code_groups for code in group.codes
    } == {"58601": "covered", "58610": "not_covered", "58620": "not_covered"}


def test_rows_in_small_letters_are_units_that_stand_in_the_record() -> None:
    record = _record(
        "Code,Service,Prior Authorization Required\n"
        "l1852,Kite mending,Yes\n0691t,Kite painting,No\nj1745,Kite folding,Yes\n",
        "list.csv",
    )
    assert record.extraction is not None
    coverage = record.extraction.text_coverage
    assert coverage is not None
    assert (coverage.units, coverage.recorded) == (3, 3)


def test_rows_that_disagree_about_a_code_make_it_conditional() -> None:
    rows = "Code,Modifier,PA required?\nE0601,RR,Yes\nE0601,NU,No\nE0470,RR,Yes\n"
    record = _record(f"Orchard Health Plan\nPrior authorization list\n{rows}", "list.csv")
    assert _authorizations(record) == [
        ("conditional", None, (), ["E0601"]),
        ("required", None, (), ["E0470"]),
    ]
    assert [code.qualifiers.modifiers for code in record.code_groups[0].codes] == [
        ("RR",),
        ("NU",),
        ("RR",),
    ]


def test_a_row_that_ended_before_the_list_says_nothing_of_today() -> None:
    rows = (
        "Code|Words|Authorization|Start|End\n"
        "0054T|Lamp|Not required|20240101|20251231\n"
        "0054T|Lamp|Required|20260101|99991231\n"
        "0055T|Lamp|Required|20260101|\n"
    )
    record = _record(rows, "list.txt")
    assert _authorizations(record) == [("required", None, (), ["0054T", "0055T"])]
    assert [
        (code.effective and code.effective.date, code.ends and code.ends.date)
        for code in record.code_groups[0].codes
    ] == [("2024-01-01", "2025-12-31"), ("2026-01-01", None), ("2026-01-01", None)]


_PAGE = """<h1>Precertification list</h1>
<h2>Services that require precertification</h2>
<table><tr><th>Service</th><th>Codes</th></tr>
<tr><td>Lamps</td><td>43644, 43770–43772</td></tr></table>
<h2>Services that no longer require precertification as of 10/1/2026</h2>
<table><tr><th>Service</th><th>Codes</th></tr><tr><td>Beds</td><td>95810</td></tr></table>
<h2>Not covered</h2>
<table><tr><th>Service</th><th>Codes</th></tr><tr><td>Paint</td><td>15820</td></tr></table>"""


def test_a_heading_says_what_the_codes_below_it_need() -> None:
    record = _record(_PAGE, "list.html")
    assert record.policy_type == "prior_auth_list"
    assert _authorizations(record) == [
        ("required", None, (), ["43644", "43770", "43771", "43772"]),
        ("not_required", None, (), ["95810"]),
    ]
    positions = {group.heading: group.disposition for group in record.code_groups}
    assert positions["Not covered"] == "not_covered"


def test_plans_as_titles_tell_a_list_and_their_denials_are_no_position_of_the_code() -> None:
    rows = "CPT,Words,Medicaid,Marketplace\n19318,Lamp,PA,No PA\n19325,Bed,Not covered,PA\n"
    record = _record(rows, "list.csv")
    assert _authorizations(record) == [
        ("required", None, ("medicaid",), ["19318"]),
        ("not_required", None, ("exchange",), ["19318"]),
        ("unknown", None, ("medicaid",), ["19325"]),
        ("required", None, ("exchange",), ["19325"]),
    ]
    assert {group.disposition for group in record.code_groups} == {"informational"}


def test_a_title_names_the_plans_and_lines_above_the_titles_are_no_criteria() -> None:
    rows = "Category,Code,PA required?\nImaging,70551,Yes\nImaging,70552,Yes\n"
    data = f"Orchard Health Plan\nPrior authorization list - Medicaid\n{rows}"
    record = _record(data, "list.csv")
    assert record.applies_to.lines_of_business == ("medicaid",)
    assert not [one for one in record.statements if one.role == "criterion"]


def test_columns_of_first_and_last_codes_are_ranges_of_the_system_that_a_column_names() -> None:
    titles = "Line of Business,Code Type,Code From,Code To,Auth Required,Effective Date"
    rows = "Medicaid,CPT,33200,33203,Y,01/01/2025\nMedicaid,REV,0190,0192,Y,\n"
    rows += "Medicaid,CPT,99100,99100,N,\nMedicaid,ICD-10-PCS,0DB60ZX,0DB60ZZ,Y,\n"
    record = _record(f"{titles}\n{rows}", "list.csv")
    assert _authorizations(record) == [
        ("required", None, ("medicaid",), ["33200", "33201", "33202", "33203", *_REVENUE]),
        ("not_required", None, ("medicaid",), ["99100"]),
    ]
    assert record.extraction
    assert any("0DB60ZX" in words for words in record.extraction.warnings)


_REVENUE = ["0190", "0191", "0192"]


def test_a_sheet_may_be_a_line_of_business() -> None:
    titles = ["Code", "Desc", "Auth?"]
    data = xlsx(
        {
            "Commercial HMO": sheet([titles, ["27447", "Lamp", "Y"], ["27130", "Bed", "Y"]]),
            "Medicare": sheet([titles, ["27447", "Lamp", "N"], ["27446", "Bed", "Y > $500"]]),
        }
    )
    (record,) = extract(data, "list.xlsx")
    assert isinstance(record, Record)
    assert _authorizations(record) == [
        ("required", None, ("commercial",), ["27447", "27130"]),
        ("not_required", None, ("medicare_advantage",), ["27447"]),
        ("conditional", None, ("medicare_advantage",), ["27446"]),
    ]


_ITEMS = """<h1>Services Requiring Prior Authorization</h1>
<p>Effective for dates of service on or after July 1, 2026.</p>
<h3>Lamps</h3><ul><li>E0601 – Lamp that breathes</li><li>E0470, E0471 – Lamp that helps</li>
<li>K0800 through K0802</li></ul>
<h3>Prior authorization is not required for:</h3>
<ul><li>99213 talk</li><li>Emergency services</li></ul>"""


def test_items_below_headings_are_a_list() -> None:
    record = _record(_ITEMS, "list.html")
    assert (record.policy_type, record.version) == ("prior_auth_list", "2026-07-01")
    assert _authorizations(record) == [
        ("required", None, (), ["E0601", "E0470", "E0471", "K0800", "K0801", "K0802"]),
        ("not_required", None, (), ["99213"]),
    ]


_STATES = """<h1>Prior Authorization Code List</h1><p>Effective January 1, 2026</p><table>
<tr><th>Code</th><th>Description</th><th>Medicaid</th><th>States</th><th>PA Effective</th></tr>
<tr><td>E0601</td><td>Lamp</td><td>Y</td><td>AZ, NM</td><td>07/01/2024</td></tr>
<tr><td>E0602</td><td>Torch</td><td>Y</td><td>TX only</td><td>01/01/2020</td></tr>
<tr><td>E0603</td><td>Bulb</td><td>N</td><td>All</td><td>01/01/2020</td></tr></table>"""


def test_states_and_the_days_of_a_column_that_speaks_of_authorization() -> None:
    record = _record(_STATES, "list.html")
    said = {
        entry.codes[0].code: (
            entry.requirement,
            entry.applies_to.states.include if entry.applies_to else None,
        )
        for entry in record.authorizations
        if entry.codes
    }
    assert said == {
        "E0601": ("required", ("AZ", "NM")),
        "E0602": ("required", ("TX",)),
        "E0603": ("not_required", ()),
    }
    (first, *_) = record.code_groups[0].codes
    assert first.effective
    assert first.effective.date == "2024-07-01"


_LINES = """Services Requiring Prior Authorization

Lamps

Prior authorization is required.

E0601 E0602 E0603
E0604 E0605

Services that do not require prior authorization

E0701 E0702 E0703
"""


def test_lines_of_bare_codes_below_lines_that_say_what_they_need() -> None:
    record = _record(_LINES, "list.txt")
    said = {code.code: entry.requirement for entry in record.authorizations for code in entry.codes}
    needed = dict.fromkeys(("E0601", "E0602", "E0603", "E0604", "E0605"), "required")
    assert said == {**needed, **dict.fromkeys(("E0701", "E0702", "E0703"), "not_required")}
