"""Rows of lists of drugs are paired by the drug that they name."""

from policy_tracker.diff.align import align
from tests.rules.cases import record

_SECTIONS = [
    {"key": "yes", "heading": "Preferred Drugs", "kind": "coverage"},
    {"key": "no", "heading": "Non-Preferred Drugs", "kind": "coverage"},
]


def _list(preferred, others):
    rows = [("yes", text) for text in preferred] + [("no", text) for text in others]
    statements = [
        {"key": f"row-{place}", "section": section, "text": text, "role": "note"}
        for place, (section, text) in enumerate(rows)
    ]
    return record({"sections": _SECTIONS, "statements": statements})


def _pairs(one, two):
    texts = [{s.key: s.text for s in side.statements} for side in (one, two)]
    return {(texts[0][p.before], texts[1][p.after]) for p in align(one, two).pairs}


def test_a_drug_is_found_in_the_other_list_and_no_other_takes_its_place():
    one = _list(["Lumenol — 30 tablets", "Vastrin — 30 tablets"], ["Brexal — 30 tablets"])
    two = _list(["Vastrin — 30 tablets", "Brexal — 30 tablets"], ["Tornil — 30 tablets"])
    assert _pairs(one, two) == {
        ("Vastrin — 30 tablets", "Vastrin — 30 tablets"),
        ("Brexal — 30 tablets", "Brexal — 30 tablets"),
    }


def test_marks_behind_a_name_do_not_hide_the_drug():
    one, two = _list(["Lumenol"], ["Vastrin"]), _list(["Lumenol QX"], ["Vastrin (by mail)"])
    assert _pairs(one, two) == {("Lumenol", "Lumenol QX"), ("Vastrin", "Vastrin (by mail)")}
