"""Which row of a table titles a list of what needs authorization."""

from policy_tracker.documents.blocks import Cell, Row, Table
from policy_tracker.extract.payers.prior_auth_columns import layout_of

ROWS = (
    ("E0193", "Bed, powered", "Covered"),
    ("E0194", "Bed, air", "Covered with prior authorization"),
    ("E0260", "Bed, plain", "Not covered"),
)


def _table(*rows: tuple[str, ...]) -> Table:
    cells = (
        tuple(Cell((text,), place, place) for place, text in enumerate(texts)) for texts in rows
    )
    return Table(3, tuple(Row(one) for one in cells))


def test_a_row_that_names_a_code_titles_nothing():
    assert layout_of(_table(("Code", "Item", "Status"), *ROWS)) is None
    assert layout_of(_table(*ROWS)) is None


def test_a_title_that_speaks_of_authorization_stands_above_all_rows():
    layout = layout_of(_table(("Code", "Item", "Prior authorization"), *ROWS))
    assert layout is not None
    assert layout.titles == 0
