"""Rows of tables of procedures are statements below the sentence that leads to them."""

from policy_tracker.extract.extract import extract

_HEAD = (
    "<html><head><title>Kite Mending</title></head><body><h1>Kite Mending</h1>"
    "<p>Harbor Kite Plan</p><p>Policy Number: HK-12</p><p>Effective Date: 01/01/2026</p>"
    "<h2>Coverage Criteria</h2>"
)


def _read(body: str):
    (record,) = extract(f"{_HEAD}{body}</body></html>".encode(), "policy.html")
    return record


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_each_row_is_a_statement_with_its_codes():
    record = _read(
        "<p>The following procedures are considered experimental:</p>"
        + _table(
            ("Procedure", "CPT code"),
            ("Tail folding (tail longer than 120 cm)", "58699"),
            ("Sail rinsing", "58699, 58698"),
        )
    )
    found = {
        statement.text: ([code.code for code in statement.codes], statement.position)
        for statement in record.statements[1:]
    }
    assert found == {
        "Tail folding (tail longer than 120 cm)": (["58699"], "experimental_investigational"),
        "Sail rinsing": (["58699", "58698"], "experimental_investigational"),
    }
    assert all(one.parent == record.statements[0].key for one in record.statements[1:])
    (group,) = record.code_groups
    assert group.disposition == "experimental_investigational"


def test_two_rows_with_one_code_are_two():
    record = _read(
        "<p>The following procedures are not covered:</p>"
        + _table(
            ("CPT", "Procedure"), ("58699", "Sail rinsing"), ("58699", "Sail drying by the wind")
        )
    )
    assert [one.text for one in record.statements[1:]] == [
        "Sail rinsing",
        "Sail drying by the wind",
    ]


def test_a_list_of_codes_stays_one():
    lead = "<p>The following CPT codes are considered experimental:</p>"
    rows = _table(("Code", "Description"), ("58699", "Sail rinsing"), ("58698", "Sail drying"))
    assert all("Sail" not in one.text for one in _read(lead + rows).statements)
    assert all("Sail" not in one.text for one in _read(f"<h3>Codes</h3>{rows}").statements)
