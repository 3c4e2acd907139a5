"""Lists of prior authorization, in the layouts that payers use."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.quality import review_reasons
from policy_tracker.record import Record
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
    assert "what 1 codes require was not understood" in record.extraction.warnings


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
    assert (found.recorded, found.unread) == (len(_VALUES) + bool(above), 0)
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
