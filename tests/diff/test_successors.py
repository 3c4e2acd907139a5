"""Codes that gave way to others: known from words, from the payer's file, and from the shipped
table.
"""

import csv
from datetime import date

import pytest

from policy_tracker.diff.successors import SHIPPED, shipped, stated
from policy_tracker.record import Payer, system_of
from policy_tracker.rules.classify import compare
from tests.rules.cases import record

OLD, NEW, OTHER = ("CPT", "0999T"), ("CPT", "99999"), ("CPT", "99998")
MN, EX = "medically_necessary", "experimental_investigational"


@pytest.mark.parametrize(
    "text",
    [
        "Code 0999T was deleted and replaced by 99999.",
        "Effective in January, CPT code 0999T deleted, replaced by CPT code 99999",
        "0999T has been replaced with 99999",
        "0999T (deleted) is gone; replaced 0999T with 99999",
        "Use 99999 instead of 0999T.",
        "In place of 0999T, report 99999.",
        "New code 99999 replaces 0999T.",
        "0999T was discontinued; see 99999",
        "Code 0999T is superseded by 99999",
    ],
)
def test_words_that_name_a_successor(text):
    assert [*dict.fromkeys(stated(text))] == [(OLD, NEW)]


@pytest.mark.parametrize(
    "text",
    [
        "Added 99999. Removed 0999T.",
        "Report 99999 or 0999T.",
        "Use 99999 with 0999T.",
        "The section on 0999T was replaced.",
        "0999T was deleted. Criteria of the section below apply to 99999.",
        "Use 99999 instead of the older form.",
    ],
)
def test_words_that_name_none(text):
    assert [*stated(text)] == []


def test_lists_of_one_length_go_one_to_one_and_others_all_to_all():
    assert {*stated("0997T-0998T were replaced by 99997-99998")} == {
        (("CPT", "0997T"), ("CPT", "99997")),
        (("CPT", "0998T"), ("CPT", "99998")),
    }
    assert {*stated("0999T was replaced by 99998 and 99999")} == {(OLD, OTHER), (OLD, NEW)}
    assert {*stated("G0999 was replaced by 99999")} == {(("HCPCS", "G0999"), NEW)}


def test_the_shipped_table_has_its_form():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert len(rows) == len(shipped())
    for row in rows:
        assert (row["system"], row["successor_system"]) == (
            system_of(row["code"]),
            system_of(row["successor"]),
        )
        assert date.fromisoformat(row["since"])


def group(*listed, key="g", disposition=MN):
    """A code list."""
    codes = [{"system": system, "code": code} for system, code in listed]
    return {"key": key, "heading": f"Codes {key}", "disposition": disposition, "codes": codes}


def told(before, after, payer=None, **said):
    """The kinds of the substantive changes between two versions, each with its codes."""
    found = compare(
        record({"code_groups": before}, "a"),
        record({"code_groups": after, **said}, "b"),
        payer=payer,
    )
    return sorted(
        (c.kind, c.direction, [code.code for code in c.codes])
        for c in found.changes
        if c.substantive
    )


def history(text):
    """A row of the payer's history."""
    return {"revision_history": [{"date": "2026-01-01", "text": text}]}


REPLACED = [("code_replaced", "neutral", ["0999T", "99999"])]
APART = [("code_added", "broadened", ["99999"]), ("code_removed", "narrowed", ["0999T"])]


def test_without_a_word_a_code_came_and_one_went():
    assert told([group(OLD)], [group(NEW)]) == APART


def test_history_notes_and_statements_say_it():
    words = "0999T was replaced by 99999"
    note = {"statements": [{"key": "n", "role": "note", "text": words}]}
    assert told([group(OLD)], [group(NEW)], **history(words)) == REPLACED
    assert told([group(OLD)], [{**group(NEW), "note": words}]) == REPLACED
    assert REPLACED[0] in told([group(OLD)], [group(NEW)], **note)
    assert told([group(NEW)], [group(OLD)], **history(words)) == REPLACED  # read backwards


def test_the_payers_file_says_it():
    succession = {
        "system": "CPT",
        "code": "0999T",
        "successors": [{"system": "CPT", "code": "99999"}],
        "since": "2026-01-01",
    }
    payer = Payer.model_validate(
        {"record": 1, "payer": "sample-payer", "name": "Sample", "successors": [succession]}
    )
    assert told([group(OLD)], [group(NEW)], payer) == REPLACED
    assert told([group(OLD)], [group(OTHER)], payer) != REPLACED


def test_the_shipped_table_says_it():
    (old, new), *_ = sorted(shipped())
    assert [kind for kind, *_ in told([group(old)], [group(new)])] == ["code_replaced"]


def test_a_successor_that_is_decided_otherwise_replaces_nothing():
    words = history("0999T was replaced by 99999")
    assert [kind for kind, *_ in told([group(OLD)], [group(NEW, disposition=EX)], **words)] == [
        "code_added",
        "code_removed",
    ]


def test_a_successor_that_stood_there_already_takes_its_place():
    assert (
        told([group(OLD, NEW)], [group(NEW)], **history("0999T was replaced by 99999")) == REPLACED
    )


def test_a_former_code_that_stays_is_not_replaced():
    assert (
        told([group(OLD)], [group(OLD, NEW)], **history("0999T was replaced by 99999")) == APART[:1]
    )


def test_one_code_for_several_and_several_for_one():
    words = history("0999T was replaced by 99998 and 99999")
    several = [("code_replaced", "neutral", ["0999T", "99998", "99999"])]
    assert told([group(OLD)], [group(NEW, OTHER)], **words) == several
    assert told([group(NEW, OTHER)], [group(OLD)], **words) == several
