"""Lists of drugs, and which of them a plan prefers."""

from policy_tracker.documents.read import read_document
from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.extract.provenance import faults_of

_TITLE = "<h1>Lantern Oils</h1><p>Effective Date: January 1, 2025</p>"
_CRITERIA = "<h2>Criteria</h2><ul><li>Must have tried one oil for at least 30 days</li></ul>"


def drugs_of(body: str) -> list[tuple[str, str | None]]:
    data = f"<html><body>{_TITLE}{body}{_CRITERIA}</body></html>".encode()
    (record,) = extract(data, "oils.html", payer="example-health")
    assert isinstance(record, Record)
    assert not list(faults_of(read_document(data, "oils.html"), record))
    return [(one.text, one.position) for one in record.statements if "tried" not in one.text]


def _table(*rows: tuple[str, ...]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{cells}</table>"


def test_a_table_for_each_standing():
    body = (
        "<h2>Formulary</h2><h3>Preferred</h3>"
        + _table(("Preferred", "Quantity"), ("Wickol", "30"), ("Tallowin", ""))
        + "<h3>Non-Preferred</h3>"
        + _table(("Non-Preferred", "Quantity"), ("Lumenax", "60"))
    )
    assert drugs_of(body) == [
        ("Wickol — Quantity 30", "medically_necessary"),
        ("Tallowin", "medically_necessary"),
        ("Lumenax — Quantity 60", "informational"),
    ]


def test_standings_side_by_side():
    body = "<h2>Formulary</h2>" + _table(
        ("Preferred Drugs", "Non-Preferred Drugs"), ("Wickol", "Lumenax"), ("Tallowin", "Beamol")
    )
    assert drugs_of(body) == [
        ("Wickol", "medically_necessary"),
        ("Tallowin", "medically_necessary"),
        ("Lumenax", "informational"),
        ("Beamol", "informational"),
    ]


def test_a_table_of_other_things_is_no_list_of_drugs():
    body = "<h2>Oils</h2>" + _table(("Oil", "Color"), ("Wickol", "red"), ("Tallowin", "white"))
    assert drugs_of(body) == []


def test_standings_side_by_side_beside_criteria_and_classes():
    body = "<h2>Formulary</h2>" + _table(
        ("Drug Class", "Preferred Agents", "Non-Preferred Agents", "Criteria"),
        ("Lamp oils", "Wickol<br>Tallowin", "Lumenax", "Trial of Wickol for 90 days."),
        ("Candles", "Beamol", "Glowin", ""),
    )
    assert drugs_of(body) == [
        ("Wickol", "medically_necessary"),
        ("Tallowin", "medically_necessary"),
        ("Lumenax", "informational"),
        ("Trial of Wickol for 90 days.", "medically_necessary"),
        ("Beamol", "medically_necessary"),
        ("Glowin", "informational"),
    ]


_FORMULARY = (
    "Drug Name,Strength,Tier,Requirements/Limits,Covered\n"
    "Wickol,40 mg,4,PA; QL (2 pens per 28 days),Yes\n"
    "Tallowin,20 mg,NF,,No\n"
    "beamol,20 mg,1,,Yes\n"
    "Glowin,20 mg,2,,No\n"
)


def test_a_spreadsheet_of_drugs_is_a_policy_of_drugs():
    (record,) = extract(_FORMULARY.encode(), "formulary.csv", payer="example-health")
    assert isinstance(record, Record)
    assert (record.policy_type, record.title) == ("drug_coverage", "Drug list")
    assert [(one.text.split(" ")[0], one.position) for one in record.statements] == [
        ("Wickol", "medically_necessary"),
        ("Tallowin", "not_covered"),
        ("beamol", "medically_necessary"),
        ("Glowin", "not_covered"),
    ]


def test_names_in_capitals_head_the_drugs_below_them():
    lines = (
        "Lantern Formulary\nEffective 07/01/2026\n\n"
        "DRUG NAME                 TIER   NOTES\n"
        "OILS\n"
        "wickol oral               1      QL (60 per 30 days)\n"
        "TALLOWIN ORAL             3      PA\n"
        "CANDLES\n"
        "BEAMOL ORAL               2      ST\n"
    )
    (record,) = extract(lines.encode(), "formulary.txt", payer="example-health")
    assert isinstance(record, Record)
    headings = {section.key: section.heading for section in record.sections}
    assert [(headings[one.section], one.text.split(" ")[0]) for one in record.statements] == [
        ("OILS", "wickol"),
        ("OILS", "TALLOWIN"),
        ("CANDLES", "BEAMOL"),
    ]


def test_a_name_with_nothing_below_it_is_a_row_and_not_lost():
    rows = "wickol,1,PA\nbeamol,2,QL\nGLOWIN,,\n"
    data = f"Drug Name,Tier,Restrictions\n{rows}".encode()
    (record,) = extract(data, "formulary.csv", payer="example-health")
    assert isinstance(record, Record)
    assert [one.text.split(" ")[0] for one in record.statements] == ["wickol", "beamol", "GLOWIN"]


def test_a_column_of_standings_has_any_title():
    body = "<h2>Oils on the list</h2>" + _table(
        ("Product", "Status", "Notes"),
        ("Wickol", "Preferred", ""),
        ("Lumenax", "Non-preferred", "Wickol first"),
        ("Beamol", "Excluded", ""),
    )
    assert drugs_of(body) == [
        ("Wickol", "medically_necessary"),
        ("Lumenax — Wickol first", "informational"),
        ("Beamol", "not_covered"),
    ]


def test_marks_stand_without_the_title_of_their_column():
    body = "<h2>Oils on the list</h2>" + _table(
        ("Drug", "Tier", "Notes"), ("Wickol", "2", "PA"), ("Lumenax", "3", "PA, QL")
    )
    assert [text for text, _ in drugs_of(body)] == [
        "Wickol — Tier 2 — PA",
        "Lumenax — Tier 3 — PA, QL",
    ]
