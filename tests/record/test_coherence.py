"""Whether the parts of a record fit each other, in values and in plain data alike."""

import copy

import pytest
from pydantic import ValidationError

from policy_tracker.record.coherence import INCOHERENT, problems_of
from policy_tracker.record.content import Record

BASE = {
    "record": 1,
    "payer": "p",
    "policy": "q",
    "title": "T",
    "policy_type": "medical_coverage",
    "version": "e",
    "source_kind": "payer_document",
    "dates": {"effective": {"date": "2025-03-01"}},
    "sections": [{"key": "s", "heading": "S"}],
    "statements": [
        {"key": "a", "section": "s", "role": "position", "position": "covered", "text": "A"},
        {"key": "a/b", "parent": "a", "section": "s", "role": "criterion", "text": "B"},
    ],
    "code_groups": [
        {
            "key": "g",
            "heading": "G",
            "disposition": "covered",
            "codes": [{"system": "CPT", "code": "77080"}],
        }
    ],
    "pairings": [
        {
            "procedures": [{"system": "CPT", "code": "77080"}],
            "diagnoses": ["g"],
            "disposition": "covered",
        }
    ],
    "authorizations": [{"requirement": "required", "statement": "a"}],
}


def repeat_section(data):
    data["sections"].append({"key": "s", "heading": "Again"})


def repeat_statement(data):
    data["statements"][1]["key"] = "a"


def repeat_group(data):
    data["code_groups"].append({"key": "g", "heading": "Again", "disposition": "covered"})


def unknown_section(data):
    data["statements"][1]["section"] = "t"


def parent_after_child(data):
    data["statements"].reverse()


def own_parent(data):
    data["statements"][0]["parent"] = "a"


def unknown_diagnoses(data):
    data["pairings"][0]["diagnoses"] = ["g", "h"]


def unknown_statement(data):
    data["authorizations"][0]["statement"] = "z"


def basis_of_covered(data):
    data["statements"][0]["basis"] = "cosmetic"


def basis_of_group(data):
    data["code_groups"][0]["basis"] = "cosmetic"


def repeat_code(data):
    data["code_groups"][0]["codes"].append({"system": "CPT", "code": "77080"})


def basis_of_other_date(data):
    data["dates"]["issued"] = {"date": "2025-02-01", "basis": "admission"}


def end_before_begin(data):
    data["dates"]["superseded_on"] = {"date": "2025-02"}


def notice_backwards(data):
    data["dates"] |= {"notice_start": {"date": "2025-02-02"}, "notice_end": {"date": "2025-02-01"}}


CASES = [
    (repeat_section, ("sections", 1, "key"), "'s' is the key of sections[0] already"),
    (repeat_statement, ("statements", 1, "key"), "'a' is the key of statements[0] already"),
    (repeat_group, ("code_groups", 1, "key"), "'g' is the key of code_groups[0] already"),
    (unknown_section, ("statements", 1, "section"), "there is no section 't'"),
    (parent_after_child, ("statements", 0, "parent"), "no earlier statement has the key 'a'"),
    (own_parent, ("statements", 0, "parent"), "no earlier statement has the key 'a'"),
    (unknown_diagnoses, ("pairings", 0, "diagnoses", 1), "there is no code group 'h'"),
    (unknown_statement, ("authorizations", 0, "statement"), "there is no statement 'z'"),
    (basis_of_covered, ("statements", 0, "basis"), "only what is not_covered has a basis"),
    (basis_of_group, ("code_groups", 0, "basis"), "only what is not_covered has a basis"),
    (
        repeat_code,
        ("code_groups", 0, "codes", 1, "code"),
        "77080 stands in this group already, as codes[0]",
    ),
    (basis_of_other_date, ("dates", "issued", "basis"), "only the effective date has a basis"),
    (
        end_before_begin,
        ("dates", "superseded_on", "date"),
        "2025-02 lies before the effective date 2025-03-01",
    ),
    (
        notice_backwards,
        ("dates", "notice_end", "date"),
        "2025-02-01 lies before the notice start date 2025-02-02",
    ),
]


def test_a_record_that_holds_together():
    assert problems_of(BASE) == []
    assert problems_of(Record.model_validate(BASE)) == []


@pytest.mark.parametrize(
    ("spoil", "path", "reason"), CASES, ids=lambda case: getattr(case, "__name__", "")
)
def test_what_does_not_fit(spoil, path, reason):
    data = copy.deepcopy(BASE)
    spoil(data)
    assert [(problem.path, problem.reason) for problem in problems_of(data)] == [(path, reason)]
    with pytest.raises(ValidationError) as caught:
        Record.model_validate(data)
    (error,) = caught.value.errors()
    assert error["type"] == INCOHERENT
    assert [(problem.path, problem.reason) for problem in error["ctx"]["problems"]] == [
        (path, reason)
    ]
    assert reason in error["msg"]


def test_all_problems_at_once():
    data = copy.deepcopy(BASE)
    for spoil in (repeat_section, unknown_statement, end_before_begin):
        spoil(data)
    assert len(problems_of(data)) == 3


def test_what_is_alike_and_what_is_not():
    data = copy.deepcopy(BASE)
    data["code_groups"][0]["codes"] += [
        {"system": "CPT", "code": "77080", "qualifiers": {"modifiers": ["26"]}},
        {"system": "CPT", "code": "77080", "marker": "†"},
    ]
    data["code_groups"].append({**data["code_groups"][0], "key": "h"})
    data["dates"]["superseded_on"] = {"date": "2025-03"}
    assert problems_of(data) == []
    Record.model_validate(data)


def test_codes_that_are_one_code_are_found_in_their_one_spelling():
    data = copy.deepcopy(BASE)
    data["code_groups"][0]["codes"] = [
        {"system": "CPT", "code": "0691T"},
        {"system": "CPT", "code": "0691t"},
    ]
    with pytest.raises(ValidationError, match="0691T stands in this group already"):
        Record.model_validate(data)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"statements": None},
        {"statements": [None, 3, {"key": 5, "parent": [], "section": {}}]},
        {"dates": []},
        {"dates": {"effective": 4}},
        [],
        None,
    ],
)
def test_data_of_any_shape_is_looked_at_without_stumbling(data):
    assert problems_of(data) == []


def test_nothing_ends_before_it_takes_effect():
    data = copy.deepcopy(BASE)
    data["statements"][1] |= {"effective": {"date": "2025-05-01"}, "ends": {"date": "2025-04"}}
    data["code_groups"][0]["codes"][0] |= {
        "effective": {"date": "2025-05-01"},
        "ends": {"date": "2025-04-30"},
    }
    assert [str(problem) for problem in problems_of(data)] == [
        (
            "statements[1].ends.date: 2025-04 is its last day, and lies before 2025-05-01, on "
            "which it takes effect"
        ),
        (
            "code_groups[0].codes[0].ends.date: 2025-04-30 is its last day, and lies before "
            "2025-05-01, on which it takes effect"
        ),
    ]
    with pytest.raises(ValidationError, match="lies before 2025-05-01"):
        Record.model_validate(data)
    data["statements"][1]["ends"]["date"] = "2025-05"
    data["code_groups"][0]["codes"][0]["ends"]["date"] = "2025-05-01"
    assert problems_of(data) == []
