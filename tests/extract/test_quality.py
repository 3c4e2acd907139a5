"""What makes a reading wait for a person, and what does not."""

import pytest

from policy_tracker.extract.quality import (
    CODES_UNREAD,
    LEAST_CODES,
    MOST_UNREAD,
    NUMBER_UNREAD,
    review_reasons,
)
from tests.store.making import read_as, version


def read(recorded=1.0, **more):
    return version(**({"extraction": read_as(recorded)} | more))


def warned(words, **more):
    return read(extraction=read_as(warnings=[words]), **more)


def with_left(count, why="background"):
    """A reading beside which so many sentences that decide something stand elsewhere."""
    left = [
        {"page": 3, "text": f"Lamp {number} is covered.", "why": why, "decides": True}
        for number in range(count)
    ]
    return read(extraction=read_as(set_aside=left))


def codes(count, first=20000):
    return tuple(str(first + number) for number in range(count))


def listed(heading):
    """A group of one code under a heading."""
    return [
        {
            "key": "g",
            "heading": heading,
            "disposition": "medically_necessary",
            "codes": [{"system": "CPT", "code": "10009"}],
        }
    ]


def of_status(disposition, count):
    """A group of so many codes of one disposition."""
    first = 10000 if disposition == "informational" else 20000
    return [
        {
            "key": disposition.replace("_", "-"),
            "heading": "Codes",
            "disposition": disposition,
            "codes": [{"system": "CPT", "code": code} for code in codes(count, first)],
        }
    ]


def test_lists_of_which_most_have_no_status_are_as_the_payer_prints_them():
    groups = [*of_status("medically_necessary", 4), *of_status("informational", 5)]
    assert review_reasons(read(code_groups=groups)) == ()


def test_a_sentence_that_repeats_a_statement_is_not_lost():
    said = version().statements[0].text
    left = [{"text": said.upper(), "why": "background", "decides": True}] * 9
    assert review_reasons(read(extraction=read_as(set_aside=left))) == ()


@pytest.mark.parametrize("heading", ["Codes", "Codes > Covered lamps", "Codes > iLamp", "99202"])
def test_a_heading_of_a_list_is_trusted(heading):
    assert review_reasons(read(code_groups=listed(heading))) == ()


def test_a_record_written_by_people_is_trusted_whatever_it_lacks():
    assert (
        review_reasons(
            version("undated-0a", effective=None, title="Untitled policy", policy_number=None)
        )
        == ()
    )


def test_a_whole_reading_is_trusted():
    assert review_reasons(read()) == ()
    assert review_reasons(read(1 - MOST_UNREAD)) == ()
    assert review_reasons(with_left(40)) == ()
    assert review_reasons(with_left(9, why="history")) == ()


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (read(1 - MOST_UNREAD - 0.01), "60 of 1000 sentences, items and rows"),
        (
            with_left(41),
            "41 sentences that decide something are not in the record, the first on page 3: “Lamp 0",
        ),
        (read(None), "No coverage part"),
        (read(label="undated-0a1b2c3d", effective="2025-01-01"), "names the version"),
        (read(effective=None), "Neither an effective date"),
        (read(title="Untitled policy", policy_number=None), "Neither a number nor a title"),
        (read(payer="unknown"), "does not name its payer"),
        (read(title="P-1"), "names no subject"),
        (read(title="Acme Health Plan"), "names no subject"),
        (read(statements=[], codes=()), "Nothing was read that the policy decides"),
        (read(position="informational"), "Nothing was read that the policy decides"),
        (
            read(code_groups=listed("Codes > wick length, with a report of the flame")),
            "“wick length, with a report of the flame”, which begins within a sentence",
        ),
        (
            read(
                code_groups=[*of_status("medically_necessary", 9), *of_status("informational", 1)]
            ),
            "Of 10 codes 1 have no status",
        ),
        (
            warned(f"{CODES_UNREAD}: 3 of 4 (10002, 10003, 10004)"),
            "were not read: 3 of 4 (10002, 10003, 10004).",
        ),
        (
            warned(f"{NUMBER_UNREAD}: LX 204", policy_number=None),
            "although one is printed: LX 204.",
        ),
    ],
)
def test_each_fault_is_one_sentence(record, words):
    (reason,) = review_reasons(record)
    assert words in reason
    assert reason.endswith(".")


@pytest.mark.parametrize("name", ["issued", "published"])
def test_another_date_than_the_effective_one_will_do(name):
    assert review_reasons(read(effective=None, dates={name: {"date": "2025-01-01"}})) == ()


def test_a_date_that_the_document_itself_leaves_open_is_no_fault_of_the_reading():
    assert (
        review_reasons(
            read(
                effective=None, dates={"effective": {"status": "undated", "raw": "to be announced"}}
            )
        )
        == ()
    )


def test_a_title_or_a_number_will_do():
    assert review_reasons(read(title="Untitled policy")) == ()
    assert review_reasons(read(policy_number=None)) == ()


@pytest.mark.parametrize(
    ("before", "after", "doubted"),
    [
        (40, 20, True),
        (40, 21, False),
        (LEAST_CODES, LEAST_CODES // 2, True),
        (LEAST_CODES - 1, 0, False),
        (40, 80, False),
        (40, 0, True),
    ],
)
def test_codes_that_are_halved_are_named_with_both_numbers(before, after, doubted):
    predecessor = version("2024-01-01", codes=codes(before))
    reasons = review_reasons(read(codes=codes(after)), predecessor)
    assert bool(reasons) == doubted
    if doubted:
        assert f"{after} codes were read, where version 2024-01-01 lists {before}" in reasons[0]


def test_a_code_that_is_listed_twice_is_one_code():
    group = version(codes=codes(12)).model_dump(mode="json", by_alias=True)["code_groups"][0]
    twice = version("2024-01-01", code_groups=[group, group | {"key": "other"}])
    assert review_reasons(read(codes=codes(7)), twice) == ()


def test_what_tells_only_a_part_is_not_measured_by_its_codes():
    assert (
        review_reasons(
            read(codes=codes(3), completeness="partial"), version("2024-01-01", codes=codes(30))
        )
        == ()
    )


def test_all_reasons_are_told():
    predecessor = version("2024-01-01", codes=codes(30))
    assert len(review_reasons(read(0.2, effective=None, codes=codes(3)), predecessor)) == 3


def test_a_number_that_a_person_gave_is_not_asked_for_again():
    assert review_reasons(warned(f"{NUMBER_UNREAD}: LX 204", policy_number="LX-204")) == ()


def test_a_confirmed_payer_does_not_make_up_for_a_title_that_is_none():
    (reason,) = review_reasons(read(title="Acme"), confirmed=True)
    assert "names no subject" in reason


@pytest.mark.parametrize(
    "more", [{"residual": {"position": "not_covered", "text": "all else"}}, {"codes": ("10001",)}]
)
def test_a_policy_that_decides_by_its_lists_or_by_its_default_decides(more):
    assert review_reasons(read(**({"statements": [], "codes": ()} | more))) == ()
