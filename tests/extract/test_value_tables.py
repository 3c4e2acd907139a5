from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.value_tables import is_value_table
from tests.extract.pages import document_of

PAGE = """
    !! Coverage Policy
    Length of approval: see below
    | Lamps (first) | 180 days
    | All lanterns (first and later) | 1 year
"""


def table_of(rows):
    return document_of(f"!! Lamps\n{rows}").blocks[-1].table


def test_rows_that_give_a_value_are_items_of_the_line_above_the_table():
    lead, *rows = read_coverage(document_of(PAGE)).statements
    assert [row.text for row in rows] == [
        "Lamps (first) 180 days",
        "All lanterns (first and later) 1 year",
    ]
    assert {row.parent for row in rows} == {lead.key}
    assert {row.role for row in rows} == {"prior_auth"}
    assert [row.quantities[0].value for row in rows] == [180, 1]


def test_a_title_row_stands_above_the_values():
    assert is_value_table(table_of("| Lamp | Supply\n| Lantern | 30 tablets per 30 days"))


def test_a_table_without_values_gives_none():
    assert not is_value_table(table_of("| Lamp | bright\n| Candle | dim\n| Lantern | 3 weeks"))


def test_rows_may_answer_in_a_sentence():
    page = """
    !! Coverage Policy
    A lamp may need approval first; see below.
    | | Lent at home
    | Gold plan | Prior authorization is not required.
    | Tin plan | Prior authorization is required.
    """
    coverage = read_coverage(document_of(page))
    _, *rows = coverage.statements
    assert [row.text for row in rows] == [
        "Gold plan — Prior authorization is not required.",
        "Tin plan — Prior authorization is required.",
    ]
    assert [one.requirement for one in coverage.authorizations[-2:]] == ["not_required", "required"]


def test_rows_of_points_belong_to_the_criterion_that_counts_them():
    page = """
    !! Coverage Policy
    A lamp is covered when the guest has a score of 4 or more:
    | Finding | Points
    | Fever above 39 | 2
    | Hiccups | 1
    """
    lead, *rows = read_coverage(document_of(page)).statements
    assert [row.text for row in rows] == ["Fever above 39 — Points 2", "Hiccups — Points 1"]
    assert {row.parent for row in rows} == {lead.key}
