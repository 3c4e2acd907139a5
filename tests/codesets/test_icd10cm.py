"""The index of ICD-10-CM codes: what is valid when, later releases, and warnings on records."""

from __future__ import annotations

import time
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

import pytest

from policy_tracker.codesets.icd10cm import (
    SHIPPED,
    check_codes,
    file_name,
    keep_release,
    pack,
    releases,
    validity,
)
from policy_tracker.codesets.icd10cm_lists import codes_of
from policy_tracker.errors import InputError
from policy_tracker.record import Record
from scripts.build_icd10cm import FIRST_DAY, LIST, build

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
    """A folder with a release of October 2026 that knows two codes and their categories."""
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


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 10, 1)])
def test_a_day_that_no_release_covers_is_said(day: date, tmp_path: Path) -> None:
    answer = validity("M81.0", day, tmp_path)
    assert (answer.status, answer.release) == ("no_release", None)
    assert str(day) in answer.words


def test_a_later_release_answers_for_its_days(later: Path) -> None:
    assert [one.title for one in releases(later)] == ["April 2026", "October 2026"]
    assert validity("Z99.1A", date(2026, 10, 1), later).status == "billable"
    assert validity("Z99.1", date(2026, 10, 1), later).status == "category"
    assert validity("Z99.1A", date(2026, 9, 30), later).status == "unknown"


def test_the_shipped_file_holds_what_the_package_lists() -> None:
    assert (SHIPPED / file_name(FIRST_DAY)).read_bytes() == build()
    listed = Path(str(distribution("simple-icd-10-cm").locate_file(LIST))).read_text().split()
    codes = {code for code in listed if "-" not in code and not code.isdigit()}
    release = releases(SHIPPED)[0]
    assert len(release) == len(codes)
    assert all(release.status(code) != "unknown" for code in sorted(codes)[::97])


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
        ("2025-09-26", "the nearest to 2025-09-26 that is held"),
        ("2027-01", "the nearest to 2027-01-01"),
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
