"""Tables that say for each use how it stands."""

import pytest

from policy_tracker.documents.blocks import Table
from policy_tracker.documents.html.reader import read_html
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.status_tables import status_column


def _told(rows: list[list[str]], heading: str = "Statement of coverage") -> list[tuple[str, str]]:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><h1>Lamps</h1><h2>{heading}</h2><table>{body}</table></body></html>"
    return [(one.text, str(one.position)) for one in read_coverage(read_html(page)).statements]


TITLES = ["Use", "Coverage", "Conditions"]


def test_each_row_is_a_statement_with_the_position_of_its_status() -> None:
    told = _told(
        [
            TITLES,
            ["Dark houses", "Covered", "Age 4 years and older"],
            ["Ships", "Not covered", "By the harbor only"],
            ["Caves", "Investigational", ""],
            ["Tents", "Excluded", "By contract"],
        ]
    )
    assert told == [
        ("Dark houses — Covered — Age 4 years and older", "medically_necessary"),
        ("Ships — Not covered — By the harbor only", "not_covered"),
        ("Caves — Investigational", "experimental_investigational"),
        ("Tents — Excluded — By contract", "not_covered"),
    ]


def test_a_status_that_nobody_can_tell_is_no_grant() -> None:
    told = _told(
        [
            TITLES,
            ["Houses", "Covered", ""],
            ["Ships", "Not covered", ""],
            ["Caves", "Tier 4", ""],
            ["Tents", "", "on Sundays"],
        ]
    )
    assert told[2:] == [
        ("Caves — Tier 4", "indeterminate"),
        ("Tents — on Sundays", "indeterminate"),
    ]


def test_an_abbreviated_status_is_no_grant() -> None:
    told = _told([TITLES, ["Caves", "E/I", ""], ["Ships", "E/I", "at sea"]])
    assert {position for _, position in told} == {"experimental_investigational"}


@pytest.mark.parametrize("heading", ["Overview of lamps", "Lamp grid"])
def test_a_table_of_statuses_is_coverage_under_any_heading(heading: str) -> None:
    told = _told([TITLES, ["Houses", "Covered", ""], ["Ships", "Not covered", ""]], heading)
    assert [position for _, position in told] == ["medically_necessary", "not_covered"]


def test_rows_of_codes_and_words_without_a_status_are_none() -> None:
    assert _told([["Code", "Status"], ["10001", "Covered"], ["10002", "Not covered"]]) == []
    assert _told([["Lamp", "Maker"], ["Bright", "North"], ["Dim", "South"]]) == []


def test_a_table_without_rows_has_no_status() -> None:
    assert status_column(Table(3, ())) is None


def test_yes_and_no_answer_what_their_column_asks() -> None:
    told = _told(
        [
            ["Use", "Covered?", "Comments"],
            ["Dark houses", "Yes", "Age 4 years and older"],
            ["Ships", "No", "By the harbor only"],
            ["Caves", "Case by case", "Asked of the keeper"],
        ]
    )
    assert told == [
        ("Dark houses — Yes — Age 4 years and older", "medically_necessary"),
        ("Ships — No — By the harbor only", "not_covered"),
        ("Caves — Case by case — Asked of the keeper", "indeterminate"),
    ]
