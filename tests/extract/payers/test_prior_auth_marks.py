"""Marks of a list of authorizations that the document itself explains."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.payers.prior_auth_columns import said_above
from policy_tracker.record import Record


def test_a_mark_means_what_the_document_says_that_it_means():
    key = "<p>AR = authorization required</p><p>NAR = no prior authorization required</p>"
    rows = "".join(
        f"<tr><td>{code}</td><td>{mark}</td></tr>"
        for code, mark in (("73991", "AR"), ("73992", "NAR"), ("73993", "AR"))
    )
    table = f"<table><tr><th>Code</th><th>Prior authorization</th></tr>{rows}</table>"
    page = f"<html><body><h1>Prior authorization list</h1>{key}{table}</body></html>"
    (record,) = extract(page.encode(), "list.html", payer="example-health")
    assert isinstance(record, Record)
    asked = {c.code: entry.requirement for entry in record.authorizations for c in entry.codes}
    assert asked == {"73991": "required", "73992": "not_required", "73993": "required"}


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("No prior authorization required", "not_required"),
        ("No precertification is needed", "not_required"),
        ("Prior authorization required", "required"),
    ],
)
def test_a_heading_that_asks_for_no_authorization(heading, said):
    assert said_above(heading) in (said, None)


def test_what_further_cells_allow_stands_beside_the_code():
    rows = "Code,Description,Prior auth required?,Max units,Comments\n"
    rows += "73991,Lamp,Yes,4,\n73992,Torch,No,,limit 2 per year\n73993,Candle,No,,ask first\n"
    (record,) = extract(rows.encode(), "list.csv", payer="example-health")
    assert isinstance(record, Record)
    told = {c.code: c.description for group in record.code_groups for c in group.codes}
    assert told == {
        "73991": "Lamp; Max units 4",
        "73992": "Torch; limit 2 per year",
        "73993": "Candle",
    }
