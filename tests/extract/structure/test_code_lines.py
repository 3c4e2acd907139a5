"""Lists of codes that no table holds, told by their lines alone."""

from __future__ import annotations

import pytest

from policy_tracker.documents.read import read_document
from policy_tracker.extract.extract import extract
from policy_tracker.extract.structure.code_lines import begins_with_code, says_status
from policy_tracker.record import Record
from tests.extract.provenance import faults_of

Said = dict[str, list[str]]


def said_of_codes(text: str) -> Said:
    """For each disposition the codes and ranges that a text lists under it."""
    (record,) = extract(text.encode(), "lanterns.txt", payer="example-health")
    assert isinstance(record, Record)
    assert not list(faults_of(read_document(text.encode(), "lanterns.txt"), record))
    found: Said = {}
    for group in record.code_groups:
        listed = [code.code for code in group.codes] + [span.raw for span in group.ranges]
        found.setdefault(group.disposition, []).extend(listed)
    return found


def test_a_label_and_the_codes_below_it_stand_on_lines_of_their_own():
    text = """Lantern Mapping

Statement

Lantern mapping is established when its criteria are met.

CPT/HCPCS Level II Codes (Note: listing a code is not a guarantee of payment.)

Established codes:
93999 93998 93997
C1799
Other codes (investigational, not medically necessary, etc.):
0799T  0798T
0797T

Background
"""
    assert said_of_codes(text) == {
        "medically_necessary": ["93999", "93998", "93997", "C1799"],
        "experimental_investigational": ["0799T", "0798T", "0797T"],
    }


def test_descriptions_run_over_lines_and_pages_break_in_them():
    text = """CODE(S)
• (E/I)=Experimental/Investigational
CPT Codes

Lumen Policy 12
Page: 3 of 9
Code Description
93999
Mapping of a lantern (eg, a lamp,
a torch), one wick
93998 (E/I) Mapping of a lantern with
two wicks (eg, oil,
tallow)

Lumen Policy 12
Page: 4 of 9
Code Description
93997 (E/I)
Mapping of a lantern with three wicks
93996 Mapping, unlisted

ICD10 Codes
M77.10-
M77.12
Inflammation of the wick
M77.2 Loss of the wick
REFERENCES
"""
    assert said_of_codes(text) == {
        "informational": ["93999", "93996", "M77.2", "M77.10-M77.12"],
        "experimental_investigational": ["93998", "93997"],
    }


def test_a_repeated_title_of_columns_keeps_the_label_above_the_list():
    text = """Considered Medically Necessary when criteria above are met:

Codes
Description
93999 Lantern mapping, one wick, with
interpretation and report

Page 2 of 9
Coverage Policy: 12
Codes
Description
93998 Lantern mapping, two wicks

Not Covered or Reimbursable:

Codes
Description
93997 Lantern mapping, three wicks (Code Deleted 12/31/2024)
93996 Lantern mapping, four wicks
"""
    assert said_of_codes(text) == {
        "medically_necessary": ["93999", "93998"],
        "not_covered": ["93997", "93996"],
    }


def test_the_last_column_tells_of_the_code_before_it():
    text = """Code(s)
Description Comments
93999
Lantern mapping, one wick (eg, a lamp,
a torch)

93998
Lantern mapping, two wicks
Not Covered

93997
Lantern mapping, three wicks
Not Covered if used for torches

93996
Lantern mapping, four wicks
"""
    assert said_of_codes(text) == {
        "informational": ["93999", "93997", "93996"],
        "not_covered": ["93998"],
    }


@pytest.mark.parametrize(
    "text",
    [
        """Coding

Covered with approval: CPT 93999, 93998, 93990-93996; HCPCS C1799
Not covered: CPT 0799T; HCPCS L3999
""",
        """Coding

Covered with approval: CPT 93999, 93998, 93990-93996; HCPCS C1799 Not covered: CPT 0799T; HCPCS L3999
""",
    ],
    ids=["lines", "joined"],
)
def test_labels_and_their_codes_on_one_line(text: str):
    assert said_of_codes(text) == {
        "covered": ["93999", "93998", "C1799", "93990-93996"],
        "not_covered": ["0799T", "L3999"],
    }


def test_a_title_that_is_not_understood_ends_what_was_said_before():
    text = """Codes

Covered codes

93999 Lantern mapping, one wick
93998 Lantern mapping, two wicks

Codes that go to the lantern keeper

93997 Lantern mapping, three wicks
93996 Lantern mapping, four wicks
"""
    assert said_of_codes(text) == {
        "medically_necessary": ["93999", "93998"],
        "informational": ["93997", "93996"],
    }


def test_a_status_behind_the_description_where_the_titles_name_one():
    text = """Procedure Codes

Code   Description   Status
93999   Lantern mapping, one wick   Covered with criteria
93998   Lantern mapping, two wicks   Investigational
93997   Unit rental   Not covered
"""
    assert said_of_codes(text) == {
        "covered": ["93999"],
        "experimental_investigational": ["93998"],
        "not_covered": ["93997"],
    }


def test_codes_amid_prose_are_no_list():
    text = """Policy

Lantern mapping with one wick or with two wicks, of a lamp or of a torch (CPT codes 93999,
93998 and 93997) is considered medically necessary for members who live in the dark, and for
members who work in it, where a lamp was tried before and a torch was tried before that one.

Mapping of a lantern is not covered for members who live near the sea.
"""
    assert said_of_codes(text) == {"medically_necessary": ["93999", "93998", "93997"]}


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("93999 Lantern mapping", "", True),
        ("93999", "Code Description", True),
        ("93998, 93997", "93999,", True),
        ("0799T - Lantern mapping", "", True),
        ("93998, 93997) is covered", "codes 93999,", False),
        ("M77.12", "M77.10 -", False),
        ("93999 is covered", "", False),
        ("93999 patients were mapped", "", False),
        ("Springfield 62704", "", False),
    ],
)
def test_a_line_of_a_list(line: str, before: str, *, expected: bool):
    assert begins_with_code(line, before) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Not Medically Necessary", True),
        ("Established codes:", True),
        ("covered by the lamp,", False),
        ("The plan has not covered lanterns.", False),
        ("93999 Not covered", False),
        ("Lantern mapping", False),
    ],
)
def test_a_line_that_says_what_holds(line: str, *, expected: bool):
    assert says_status(line) is expected


def test_one_line_of_several_codes_is_a_list() -> None:
    found = said_of_codes("Lantern Mapping\n\nA lamp is lit.\n\n93998, 93999, 99199.\n")
    assert {code for codes in found.values() for code in codes} == {"93998", "93999", "99199"}


def test_a_title_of_diagnoses_says_nothing_of_procedures_below_it() -> None:
    said = said_of_codes(
        "CODING\n\nICD-10 codes covered when the house is dark:\n\nM17.0; M17.9\n\n"
        "The following codes require prior authorization: E0650, E0651\n"
    )
    assert said["medically_necessary"] == ["M17.0", "M17.9"]
    assert said["informational"] == ["E0650", "E0651"]
