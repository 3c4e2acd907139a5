"""Codes in their place in both documents are in one list, whatever was read as its heading."""

from __future__ import annotations

from policy_tracker.record import Record
from policy_tracker.rules import compare
from tests.rules.cases import record

LIST = ("b1", "Codes that are covered")
FIRST = ("b2", "A0100 Walker, folding, with two wheels and a seat in front")
SECOND = ("b3", "A0101 Walker, rigid")


def _page(*rows: tuple[str, str]) -> list[dict[str, object]]:
    return [{"id": name, "text": text, "standing": "shown", "fate": "codes"} for name, text in rows]


def _listed(heading: str, *rows: tuple[str, str]) -> Record:
    group = {
        "key": "covered",
        "heading": heading,
        "disposition": "covered",
        "source": {"spans": [[LIST[0], 0, len(LIST[1])]]},
        "codes": [
            {
                "system": "HCPCS",
                "code": text.split()[0],
                "source": {"spans": [[name, 0, len(text)]]},
            }
            for name, text in rows
        ],
    }
    return record({"code_groups": [group]})


def _told(one: Record, two: Record, *pages: list[dict[str, object]]) -> list[str]:
    two = two.model_copy(update={"version": "2027-01-01"})
    found = compare(one, two, documents=(pages[0], pages[1]))
    return [change.rule for change in found.changes if change.substantive]


def test_a_row_that_one_reading_missed_is_not_told():
    one, two = _listed(LIST[1], FIRST, SECOND), _listed(LIST[1], SECOND)
    page = _page(LIST, FIRST, SECOND)
    assert _told(one, two, page, page) == []


def test_a_code_printed_amid_its_long_description_is_not_told():
    one, two = _listed(LIST[1], FIRST, SECOND), _listed(LIST[1], SECOND)
    slipped = ("b2", "Walker, folding, with two A0100 wheels and a seat in front")
    assert _told(one, two, _page(LIST, FIRST, SECOND), _page(LIST, slipped, SECOND)) == []


def test_a_row_that_went_is_told():
    one, two = _listed(LIST[1], FIRST, SECOND), _listed(LIST[1], SECOND)
    assert _told(one, two, _page(LIST, FIRST, SECOND), _page(LIST, SECOND))


def test_a_row_that_a_heading_passed_is_told_where_the_heading_has_no_place():
    row = ("b3", "A0101 Walker, rigid")
    denied = ("b4", "Not covered: A0102 Cane")

    def version(heading: str, disposition: str) -> Record:
        code = {"system": "HCPCS", "code": "A0101"}
        placed = {**code, "source": {"spans": [[row[0], 0, len(row[1])]]}}
        group = {"key": "one", "heading": heading, "disposition": disposition, "codes": [placed]}
        return record({"code_groups": [group]})

    one, two = version("Covered", "covered"), version("Not covered", "not_covered")
    assert _told(one, two, _page(row, denied), _page(denied, row))


def _in_a_sentence(path: str, name: str, text: str) -> Record:
    placed = {"spans": [[name, text.index("A0101"), text.index("A0101") + 5]]}
    group = {
        "key": "lamps" if path else "one",
        "heading": f"{path}{text}",
        "disposition": "covered",
        "source": {"spans": [[name, 0, len(text)]]},
        "codes": [{"system": "HCPCS", "code": "A0101", "source": placed}],
    }
    return record({"code_groups": [group]})


def test_codes_of_a_sentence_that_moved_with_its_part_are_not_told():
    said, other = "HCPCS code A0101 will be lent for the whole night.", "Lamps stand in the hall."
    one = _in_a_sentence("", "b3", said)
    two = _in_a_sentence("Lamps > ", "b3", said)
    pages = _page(("b3", said), ("b4", other)), _page(("b4", other), ("b3", said))
    assert _told(one, two, *pages) == []


def _table(*rows: tuple[str, str, str]) -> tuple[Record, list[dict[str, object]]]:
    """A table of code, description and status, with what is read of it."""
    cells = [
        (f"b1.r{row}.c{cell}", text)
        for row, texts in enumerate(rows, 2)
        for cell, text in enumerate(texts, 1)
    ]
    groups = {
        status: {
            "key": status.lower().replace(" ", "-"),
            "heading": f"Codes > {status}",
            "disposition": "covered" if status == "Covered" else "not_covered",
            "codes": [
                {
                    "system": "HCPCS",
                    "code": code,
                    "description": described,
                    "source": {"spans": [[f"b1.r{number}.c1", 0, len(code)]]},
                }
                for number, (code, described, said) in enumerate(rows, 2)
                if said == status
            ],
        }
        for *_, status in rows
    }
    return record({"code_groups": [*groups.values()]}), _page(*cells)


def test_a_status_in_a_cell_of_its_own_is_told_and_its_words_are_accounted_for():
    one, page = _table(("A0100", "Walker", "Covered"), ("A0101", "Cane", "Covered"))
    two, other = _table(("A0100", "Walker", "Not covered"), ("A0101", "Cane", "Covered"))
    assert _told(one, two, page, other) == ["code-moved-to-denied"]
    found = compare(one, two.model_copy(update={"version": "2"}), documents=(page, other))
    assert found.account
    assert (found.account.changed, found.account.not_classified) == (1, 0)


def test_another_description_is_no_other_status():
    one, page = _table(("A0100", "Walker", "Covered"))
    two, other = _table(("A0100", "Walker, rigid", "Covered"))
    assert _told(one, two, page, other) == []


def test_a_status_is_told_where_the_columns_changed_places():
    rows = ("A0100", "Covered"), ("A0101", "Not covered"), ("A0102", "Covered")
    one, page = _table(*((code, "Walker", status) for code, status in rows))
    turned = ("A0100", "Covered"), ("A0101", "Covered"), ("A0102", "Not covered")
    two, _ = _table(*((code, "Walker", status) for code, status in turned))
    cells = [
        (f"b1.r{row}.c{cell}", text)
        for row, (code, status) in enumerate(turned, 2)
        for cell, text in ((3, status), (1, code), (2, "Walker"))
    ]
    assert _told(one, two, page, _page(*cells)) == [
        "code-moved-to-denied",
        "code-moved-to-approved",
    ]
    assert _told(two, two, _page(*cells), _page(*cells)) == []


def test_rows_of_one_status_that_stand_apart_are_one_list():
    """Whatever stands between them, a row has the status that its cell has."""
    rows = [("A0100", "Walker", "Covered"), ("A0101", "Cane", "Covered")]
    one, page = _table(*rows, ("A0102", "Crutch", "Not covered"))
    two, other = _table(rows[0], ("A0102", "Crutch", "Not covered"), rows[1])
    covered, *others = two.code_groups
    apart = [
        covered.model_copy(update={"codes": (code,), "key": f"covered-{code.code.lower()}"})
        for code in covered.codes
    ]
    two = two.model_copy(update={"code_groups": (*apart, *others)})
    assert _told(one, two, page, other) == []
