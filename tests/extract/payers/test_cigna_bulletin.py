"""Cigna's monthly bulletin, on an invented one."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Bulletin
from tests.documents.files import table_pdf

_HEADS = [
    "Meadow Unit - Monthly Policy Updates",
    "Effective March 15, 2031 (unless otherwise noted)",
    "For Cigna health care professionals",
]
_TITLE = ["Medical Coverage Policy", "New, Updated, or Retired?", "Comments"]
_ROWS = [
    _TITLE,
    [
        "Antenna Splints (ANT) \u2013 (0991)",
        "Updated",
        (
            "Posted 1/15/2031; Effective 3/20/2031\nImportant changes in coverage "
            "criteria:\n\u2022 Added straw of wax\n\u2022 Removed leaves"
        ),
    ],
    ["Wing Wax - (0992)", "New", "Posted 1/15/2031 with effective date 4/1/2031. New CP"],
    ["Honey Scans (Liquid)", "Retired", "\u2022 No change in coverage."],
    [
        "Stings - (IP0993)",
        "Update",
        "Minor changes in coverage criteria/policy:\nLiquid:\n\u2022 Reworded a note",
    ],
    ["", "", "\u2022 No updates for March"],
    ["Drug Coverage Policy*", "New, Updated, or Retired?", "Comments"],
    ["Nectar \u2013", "Updated", "Effective: 3/1/2031\n\u2022 Duration of approval"],
    ["(IP0994)", "", "\u2022 Jars of\nnectar\n\u2022 Spoons"],
]


@pytest.fixture(scope="module")
def bulletin() -> Bulletin:
    (found,) = extract(table_pdf(_HEADS, _ROWS, [160, 80, 420]), "updates.pdf")
    assert isinstance(found, Bulletin)
    return found


def test_its_head(bulletin: Bulletin) -> None:
    assert (bulletin.payer, bulletin.bulletin_date, bulletin.title) == (
        "cigna",
        "2031-03-15",
        _HEADS[0],
    )


def test_its_entries(bulletin: Bulletin) -> None:
    told = [
        (
            entry.policy,
            entry.policy_number,
            entry.action,
            entry.posted,
            entry.effective,
            entry.severity,
        )
        for entry in bulletin.entries
    ]
    assert told == [
        ("Antenna Splints (ANT)", "0991", "Updated", "2031-01-15", "2031-03-20", "important"),
        ("Wing Wax", "0992", "New", "2031-01-15", "2031-04-01", None),
        ("Honey Scans (Liquid)", None, "Retired", None, "2031-03-15", "no_change"),
        ("Stings", "IP0993", "Updated", None, "2031-03-15", "minor"),
        ("Nectar", "IP0994", "Updated", None, "2031-03-01", None),
    ]
    assert [entry.list for entry in bulletin.entries] == ["Medical Coverage Policy"] * 4 + [
        "Drug Coverage Policy"
    ]


def test_its_items(bulletin: Bulletin) -> None:
    items = [entry.items for entry in bulletin.entries]
    assert items[:3] == [
        ("Added straw of wax", "Removed leaves"),
        ("New CP",),
        ("No change in coverage.",),
    ]
    assert "Reworded a note" in items[3]
    assert items[4] == ("Duration of approval", "Jars of nectar", "Spoons")
