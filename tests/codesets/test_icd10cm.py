"""The index of ICD-10-CM codes: what is valid when, later releases, and warnings on records."""

from __future__ import annotations

import time
from datetime import date, timedelta
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from struct import Struct

import pytest

from policy_tracker.codesets.icd10cm import (
    SHIPPED,
    check_codes,
    file_name,
    keep_release,
    pack,
    releases,
    uncovered,
    validity,
)
from policy_tracker.codesets.icd10cm_lists import codes_of
from policy_tracker.errors import InputError
from policy_tracker.record import Record
from scripts.build_icd10cm import FIRST_DAY, LIST, build, rows_of

DAY = date(2026, 5, 1)


def record(*codes: str, day: str | None = "2026-05-01") -> Record:
    return Record.model_validate(
        {
            "record": 1,
            "payer": "acme",
            "policy": "p-1",
            "title": "Wings",
            "policy_type": "medical_coverage",
            "version": "1",
            "source_kind": "payer_document",
            "dates": {"effective": {"date": day, "raw": day}} if day else {},
            "code_groups": [
                {
                    "key": "g",
                    "heading": "Codes",
                    "disposition": "medically_necessary",
                    "codes": [{"system": "ICD10CM", "code": code} for code in codes]
                    + [{"system": "CPT", "code": "99999"}],
                }
            ],
        }
    )


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A folder with another release of October 2026, which knows two codes and their categories."""
    codes = codes_of("M81.0 Brittle\nZ99.1A Thing\n", "x", fewest=2)
    keep_release(
        tmp_path,
        pack(codes, date(2026, 10, 1), date(2027, 9, 30), "October 2026", "x"),
        date(2026, 10, 1),
    )
    return tmp_path


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("M81.0", "billable"),
        ("M810", "billable"),
        ("m81.0", "billable"),
        ("M81", "category"),
        ("M81.00", "unknown"),
        ("S72.001A", "billable"),
        ("S72.001", "category"),
        ("Z99.999", "unknown"),
        ("A00", "category"),
        ("", "unknown"),
    ],
)
def test_what_a_code_is_in_the_shipped_release(code: str, status: str, tmp_path: Path) -> None:
    answer = validity(code, DAY, tmp_path)
    assert answer.status == status
    assert answer.release is not None
    assert answer.release.title == "April 2026"


@pytest.mark.parametrize("day", [date(2023, 9, 30), date(2027, 4, 1)])
def test_a_day_that_no_release_covers_is_said(day: date, tmp_path: Path) -> None:
    answer = validity("M81.0", day, tmp_path)
    assert (answer.status, answer.release) == ("no_release", None)
    assert str(day) in answer.words


def test_a_later_release_answers_for_its_days(later: Path) -> None:
    assert [one.title for one in releases(later)][-2:] == ["April 2026", "October 2026"]
    assert len(releases(later)[-1]) < 10
    assert validity("Z99.1A", date(2026, 10, 1), later).status == "billable"
    assert validity("Z99.1", date(2026, 10, 1), later).status == "category"
    assert validity("Z99.1A", date(2026, 9, 30), later).status == "unknown"


def test_the_shipped_file_holds_what_the_package_lists() -> None:
    assert (SHIPPED / file_name(FIRST_DAY)).read_bytes() == build()
    listed = Path(str(distribution("simple-icd-10-cm").locate_file(LIST))).read_text().split()
    codes = {code for code in listed if "-" not in code and not code.isdigit()}
    release = next(one for one in releases(SHIPPED) if one.first_day == FIRST_DAY)
    assert len(release) == len(codes)
    assert all(release.status(code) != "unknown" for code in sorted(codes)[::97])


def test_the_shipped_releases_follow_each_other_without_a_gap() -> None:
    held = releases(SHIPPED)
    assert (held[0].first_day, held[-1].last_day) == (date(2023, 10, 1), date(2027, 3, 31))
    assert all(
        later.first_day - earlier.last_day == timedelta(days=1) for earlier, later in pairwise(held)
    )
    # so many codes and categories have the CDC's order files of these years
    assert [len(one) for one in held] == [97_296, 97_584, 98_186, 98_186, 98_403]


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        ("C81.0A", date(2024, 9, 30), "unknown"),
        ("C81.0A", date(2024, 10, 1), "billable"),
        ("D71", date(2025, 9, 30), "billable"),
        ("D71", date(2025, 10, 1), "category"),
        ("QA0.0101", date(2025, 10, 1), "billable"),
        ("C79.83", date(2026, 9, 30), "unknown"),
        ("C79.83", date(2026, 10, 1), "billable"),
        ("H21.1X", date(2024, 1, 1), "category"),
    ],
)
def test_a_code_is_what_its_year_says(code: str, day: date, status: str, tmp_path: Path) -> None:
    assert validity(code, day, tmp_path).status == status


def test_the_table_of_the_code_editor_is_read_row_by_row() -> None:
    row = Struct("<8sIIII").pack
    table = b"words\x00" + b"".join(
        row(code, first, 20270331, 0, 1)
        for code, first in ((b"A000", 20151001), (b"V0001XA", 20151001), (b"Z993", 20261001))
    )
    assert list(rows_of(table + b"more words, which are no row")) == [
        ("A000", 20151001, 20270331),
        ("V0001XA", 20151001, 20270331),
        ("Z993", 20261001, 20270331),
    ]
    assert list(rows_of(b"V0001XA\x00 alone")) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 30), None),
        (date(2027, 3, 15), "ends on 2027-03-31"),
        (date(2027, 4, 1), "No release of ICD-10-CM covers 2027-04-01"),
    ],
)
def test_those_who_operate_hear_of_days_without_a_release(
    day: date, words: str | None, tmp_path: Path
) -> None:
    said = uncovered(day, tmp_path)
    assert said == words if words is None else words in str(said)


def test_asking_is_fast() -> None:
    release = releases(SHIPPED)[0]
    started = time.perf_counter()
    for _ in range(1_000):
        release.status("M81.0")
    assert time.perf_counter() - started < 0.5


def test_wrong_codes_of_a_record_are_flagged(tmp_path: Path) -> None:
    assert check_codes(record("M81.0", "S72.001A"), tmp_path) == ()
    assert check_codes(record("M81.00", "M81", "M81.0"), tmp_path) == (
        "M81.00 is not a code of the April 2026 release",
        "not billable, for more characters are needed: M81 (the April 2026 release)",
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-09-26", "the nearest to 2023-09-26 that is held"),
        ("2027-05", "the nearest to 2027-05-01"),
        (None, "the version has no date"),
    ],
)
def test_a_version_outside_every_release_is_checked_by_the_nearest_and_says_so(
    day: str | None, words: str, tmp_path: Path
) -> None:
    (warning,) = check_codes(record("M81.00", day=day), tmp_path)
    assert words in warning


def test_many_wrong_codes_make_few_warnings(tmp_path: Path) -> None:
    warnings = check_codes(record(*(f"M81.{number:02}" for number in range(60))), tmp_path)
    assert len(warnings) == 21
    assert warnings[-1].startswith("40 more")


def test_both_lists_of_the_cdc_are_read() -> None:
    order = (
        "00001 A00     0 Cholera   Cholera\n00002 A000    1 Cholera   Cholera\n00003 T510X1A 1 "
        "Words     Words\n"
    )
    assert codes_of(order, "x", fewest=3) == ["A00", "A000", "T51", "T510", "T510X1", "T510X1A"]
    assert codes_of("A000 Cholera\n", "x", fewest=1) == ["A00", "A000"]


@pytest.mark.parametrize(
    ("text", "words"), [("A000\nhello\n", "x:2"), ("A000\n", "not a whole release")]
)
def test_what_is_no_list_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        codes_of(text, "x")


def test_a_file_that_is_no_release_is_named(tmp_path: Path) -> None:
    (tmp_path / "2030-01-01.codes.xz").write_bytes(b"no")
    with pytest.raises(InputError, match="2030-01-01"):
        releases(tmp_path)
