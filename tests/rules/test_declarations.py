"""What the payer declares against what changed: cases, and what holds for all of them."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.code_mentions import codes_named
from policy_tracker.record import BulletinEntry
from policy_tracker.rules import compare
from policy_tracker.rules.declarations.items import items_of
from policy_tracker.rules.declarations.payer_words import EVERYWHERE, PAYERS, label_says
from policy_tracker.rules.declarations.statements_between import (
    announces_later,
    backwards,
    rows_between,
)
from tests.rules.cases import record

FOLDER = Path(__file__).parents[1] / "cases" / "declarations"
CASES = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
]


def compared(case, *, turned=False):
    before, after = record(case["before"], "2025-01-01"), record(case["after"], "2026-01-01")
    entries = tuple(BulletinEntry.model_validate(entry) for entry in case.get("entries", ()))
    return (
        compare(after, before, announced=entries)
        if turned
        else compare(before, after, announced=entries)
    )


def texts(comparison, declared):
    return sorted(
        {
            change.after or change.before
            for change in comparison.changes
            if change.substantive and change.declared == declared
        }
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case):
    found = compared(case)
    assert [[one.verdict, one.text] for one in found.declarations] == case["declarations"]
    if "declared" in case:
        assert texts(found, "declared") == case["declared"]
    if "silent" in case:
        assert texts(found, "silent") == case["silent"]
    if "declared_kinds" in case:
        assert {
            change.kind
            for change in found.changes
            if change.substantive and change.declared == "declared"
        } == set(case["declared_kinds"])
    assert len(found.warnings) == case.get("warnings", 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_told_and_who_tells_it_agree(case):
    found = compared(case)
    held = {change.id: change for change in found.changes}
    told = {
        number for one in found.declarations if one.verdict == "found" for number in one.changes
    }
    denied = {
        number
        for one in found.declarations
        if one.verdict == "contradicted"
        for number in one.changes
    }
    assert told == {number for number, change in held.items() if change.declared == "declared"}
    assert all(held[number].declared == "silent" for number in denied)
    assert all(
        bool(one.changes) == (one.verdict in {"found", "contradicted"})
        for one in found.declarations
    )
    assert all(change.substantive for change in found.changes if change.declared == "silent")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_equal_inputs_give_equal_words_and_the_summary_counts_the_silent(case):
    found = compared(case)
    assert found == compared(case)
    silent = sum(change.declared == "silent" for change in found.changes)
    assert ("not mentioned in the payer" in found.verdict.summary) == bool(silent)


def test_read_backwards_no_history_tells_a_step():
    for case in CASES:
        if case["before"].get("dates") != case["after"].get("dates"):
            turned = compared(case, turned=True)
            assert not turned.declarations
            assert {change.declared for change in turned.changes} <= {"unknown"}


def test_a_history_tells_the_order_where_no_date_does():
    one = record({"revision_history": [{"date": "2025-01", "text": "First version"}]})
    two = record(
        {
            "revision_history": [
                {"date": "2025-06", "text": "Annual review"},
                {"date": "2025-01", "text": "First version"},
            ]
        }
    )
    assert backwards(two, one)
    assert not backwards(one, two)
    assert [row.text for row in rows_between(one, two)] == ["Annual review"]


def test_two_equal_rows_are_two_rows():
    row = {"date": "2025-06", "text": "Annual review"}
    assert (
        len(
            rows_between(
                record({"revision_history": [row]}), record({"revision_history": [row, row]})
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Added a scan. Removed a visit", ["Added a scan.", "Removed a visit"]),
        ("• Added a scan • Removed a visit", ["Added a scan", "Removed a visit"]),
        ("Added a scan; removed a visit", ["Added a scan", "removed a visit"]),
        ("Added a scan and removed a visit", ["Added a scan", "removed a visit"]),
        ("Updated background and references", ["Updated background and references"]),
        ("Added drugs (e.g. Prismol) to the list", ["Added drugs (e.g. Prismol) to the list"]),
        (
            "Changed the term to 6 months. Previously, it was 3 months.",
            ["Changed the term to 6 months. Previously, it was 3 months."],
        ),
    ],
)
def test_rows_are_taken_apart(text, parts):
    assert [item.text for item in items_of(text, "acme")] == parts


def test_a_heading_before_an_item_is_its_section():
    first, second = items_of(
        "Coverage Rationale: Added a scan • Applicable Codes • Removed 20001", "acme"
    )
    assert first.section == {"coverage", "rationale"}
    assert second.section == {"applicable", "code"}
    assert second.codes == {"20001"}


def test_what_a_sentence_names_as_codes():
    assert codes_named("Added 20001, J1234 and M80.0 (see 12345.6, $20002, A1)") == {
        "20001",
        "J1234",
        "M80.0",
    }
    assert codes_named("Removed G0101 through G0103") == {"G0101", "G0102", "G0103"}
    assert codes_named("Removed 20009-20001") == {"20009", "20001"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("No changes in policy direction", True),
        ("Annual review with no change to criteria", True),
        ("Criteria unchanged", True),
        ("Codes no longer need a change of modifier", False),
        ("Changed the dose", False),
    ],
)
def test_what_denies_a_change(text, denied):
    assert any(item.denies for item in items_of(text, "acme")) is denied


def test_labels_of_payers_are_one_table():
    assert all(
        label == label.lower() for table in (EVERYWHERE, *PAYERS.values()) for label in table
    )
    assert (
        label_says("uhc", "Updated"),
        label_says("cigna", "Updated"),
        label_says("uhc", "Revised"),
    ) == ("denies", "silent", "changes")
    assert label_says("nobody", None) == label_says("nobody", "Unheard of") == "silent"


def test_what_is_announced_for_later():
    newest = record({"dates": {"effective": {"date": "2026-01-01"}}})
    entry = BulletinEntry(policy="Sample Policy", action="Updated", effective="2026-03-01")
    assert announces_later(entry, newest)
    assert not announces_later(entry.model_copy(update={"effective": "2026-01-01"}), newest)


WORDS = st.sampled_from(
    [
        "Added",
        "Removed",
        "Changed",
        "a scan",
        "No change",
        "section",
        "under",
        "the",
        ":",
        ".",
        ";",
        "•",
        "20001",
        "G0101-G0103",
        "\n",
        "Codes",
        "and",
    ]
)


@given(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.sampled_from(["uhc", "cigna", "acme"]),
    st.sampled_from([None, "Updated", "Revised"]),
)
def test_no_row_is_too_odd(text, payer, label):
    """Every item is words of the row or its label, and a row that says anything has one."""
    items = items_of(text, payer, label)
    assert all(" ".join(item.text.split()) in " ".join(f"{label} {text}".split()) for item in items)
    assert bool(items) or not any(letter.isalnum() for letter in text)


@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [
        {"date": f"2025-0{month}", "text": text}
        for month, text in enumerate(
            ["Added a scan", "Annual review", "Removed a visit", "New title"], 2
        )
    ]
    before = record({"dates": {"effective": {"date": "2025-01-01"}}})
    told = compare(
        before,
        record(
            {
                "dates": {"effective": {"date": "2026-01-01"}},
                "revision_history": [rows[place] for place in order],
            }
        ),
    )
    assert [one.text for one in told.declarations] == [row["text"] for row in rows]
