"""Heads of payers that nobody knows, in the layouts of pages and texts."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record

_BODY = (
    "<h2>Coverage</h2><p>A lamp is covered when the house is dark.</p>"
    "<h2>Background</h2><p>A lamp gives light to those who need it at night.</p>"
)


def _read(head: str, name: str = "lamp.html") -> Record:
    text = f"<html><body>{head}{_BODY}</body></html>" if name.endswith("html") else head
    (record,) = extract(text.encode(), name)
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("head", "payer"),
    [
        ("<p>Lower Plains Blue | Provider portal | Log out</p><h1>Lamps</h1>", "lower-plains-blue"),
        ("<h1>TrueEast Health &mdash; Medical Policy Manual</h1>", "trueeast-health"),
        ("<p>Corporate Medical Policy<br>Pierline Blue</p><h1>Lamps</h1>", "pierline-blue"),
        (
            "<p>LampBridge Medicaid of Nevada Clinical Policy: Wick Care</p>",
            "lampbridge-medicaid-of-nevada",
        ),
    ],
)
def test_the_issuer_stands_beside_a_menu_a_manual_or_the_kind_of_document(
    head: str, payer: str
) -> None:
    assert _read(head).payer == payer


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "<p>Lakefront Health Partners</p><table><tr><td>Guideline Title</td>"
            "<td>Deep Wick Cleaning of Old Lamps</td></tr><tr><td>Guideline No.</td>"
            "<td>LHP-CG-0417.3</td></tr></table>",
            "Deep Wick Cleaning of Old Lamps",
        ),
        (
            "<h1>Summit Lamp Health Plan</h1><p>Drug: Lumora (lumorimab-abcd)</p>"
            "<p>Policy #: RX-2208</p>",
            "Lumora (lumorimab-abcd)",
        ),
    ],
)
def test_a_label_s_title_is_its_own_cell_and_a_drug_is_one(head: str, title: str) -> None:
    assert _read(head).title == title


def test_a_number_may_stand_between_the_kind_of_document_and_the_title() -> None:
    record = _read(
        "<p>Evergreen Health Cooperative</p><h2>Payment Policy RP-044: Second Lamps of a House</h2>"
    )
    assert (record.policy_number, record.title) == ("RP-044", "Second Lamps of a House")
