"""codes releases, add-release, check."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A list in the form of the CDC's list of codes, long enough to be a release."""
    file = tmp_path / "icd10cm-codes-2027.txt"
    file.write_text(
        "".join(f"{letter}{number:05}  Words\n" for letter in "ABC" for number in range(4_000))
    )
    return file


def test_a_release_is_added_and_asked(run: Run, published: Path, tmp_path: Path) -> None:
    added = run("codes", "add-release", published, "--from", "2026-10-01", "--until", "2027-09-30")
    assert added.exit_code == 0, added.stderr
    assert "in force from 2026-10-01 until 2027-09-30" in added.stderr
    assert list((tmp_path / "var" / "icd10cm").iterdir()) == [
        tmp_path / "var" / "icd10cm" / "2026-10-01.codes.xz"
    ]
    assert [one["title"] for one in json.loads(run("codes", "releases", "--json").stdout)][-2:] == [
        "April 2026",
        "October 2026",
    ]
    assert "October 2026: 2026-10-01 to 2027-09-30" in run("codes", "releases").stdout
    assert run("codes", "check", "A00000", "--on", "2026-10-01").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["M81.0", "--on", "2026-05-01"], 0, "M81.0 is a billable code of the April 2026 release."),
        (
            ["M81", "--on", "2026-05-01"],
            1,
            "M81 is a category, which is not billable, of the April 2026 release.",
        ),
        (["M81.00", "--on", "2026-05-01"], 1, "M81.00 is not a code of the April 2026 release."),
        (
            ["M81.0", "--on", "2020-05-01"],
            1,
            "No release of ICD-10-CM that is held covers 2020-05-01.",
        ),
        (["M81.0", "--on", "soon"], 2, "is not a day"),
        (["99", "--on", "2026-05-01"], 2, "is not a ICD10CM code"),
    ],
)
def test_check(run: Run, words: list[str], code: int, said: str) -> None:
    result = run("codes", "check", *words)
    assert result.exit_code == code
    assert said in result.stdout + result.stderr


def test_check_as_json(run: Run) -> None:
    answer = json.loads(run("codes", "check", "M81", "--on", "2026-05-01", "--json").stdout)
    assert answer == {
        "code": "M81",
        "day": "2026-05-01",
        "status": "category",
        "release": "April 2026",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [({"--until": "2026-09-30"}, "cannot end"), ({"--from": "autumn"}, "is not a day")],
)
def test_a_release_with_wrong_days_is_refused(
    run: Run, published: Path, change: dict[str, str], said: str
) -> None:
    days = {"--from": "2026-10-01", "--until": "2027-09-30"} | change
    result = run(
        "codes", "add-release", published, *(word for pair in days.items() for word in pair)
    )
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run(
        "codes",
        "add-release",
        tmp_path / "none.txt",
        "--from",
        "2026-10-01",
        "--until",
        "2027-09-30",
    )
    assert result.exit_code == 1
