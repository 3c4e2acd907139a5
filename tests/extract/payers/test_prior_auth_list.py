"""Lists of prior authorization, in the layouts that payers use."""

from policy_tracker.extract.extract import extract
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
