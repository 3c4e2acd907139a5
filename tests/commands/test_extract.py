"""extract, and diff of documents: records on stdout, one sentence for each document that cannot be
read, and the exit code.
"""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policy_tracker.record import Record
from tests.commands.conftest import Run
from tests.commands.policy_documents import CODES, CRITERIA, policy_html, policy_pdf, write_folder


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "lantern.pdf"
    path.write_bytes(policy_pdf())
    return path


def flat(text: str) -> str:
    """Text without the line breaks that the width of the terminal made."""
    return " ".join(text.split())


def test_one_document_as_json_is_its_record_and_nothing_else(run: Run, pdf: Path) -> None:
    result = run("extract", pdf, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    record = Record.model_validate_json(result.stdout)
    assert (record.policy_number, record.dates["effective"].date) == ("ME-77", "2026-03-01")
    assert [s.text for s in record.statements if s.role == "criterion"] == list(CRITERIA)
    assert {code.code for group in record.code_groups for code in group.codes} == {
        code for code, _ in CODES
    }
    assert all(s.source and s.source.page == 1 for s in record.statements)


def test_a_record_that_was_printed_is_in_order(run: Run, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "lantern.json").write_text(run("extract", pdf, "--json").stdout)
    assert run("validate", tmp_path / "lantern.json").exit_code == 0


def test_words_say_what_was_read_and_how_much(run: Run, pdf: Path) -> None:
    told = flat(run("extract", pdf).stdout)
    assert "ME-77 · Lantern Therapy of the Knee" in told
    assert "Effective March 1, 2026" in told
    assert "Statements 4 (2 position, 2 criterion)" in told
    assert "2 codes in 1 list" in told
    assert "Read automatically: 4 statements, 1 warning; " in told
    assert "payer not in the letterhead" in told


def test_words_fit_the_terminal(run: Run, pdf: Path) -> None:
    assert max(map(len, run("extract", pdf, "--explain").stdout.splitlines()[1:])) <= 80


@pytest.mark.parametrize("name", ["kite.html", "kite"])
def test_a_page_of_the_web_is_known_by_its_content(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(policy_html())
    record = json.loads(run("extract", tmp_path / name, "--json").stdout)
    lead = next(s for s in record["statements"] if s["role"] == "position")
    assert (record["policy_number"], lead["logic"]) == ("ME-78", "any_of")


@pytest.mark.parametrize("jobs", [1, 3])
def test_several_documents_are_one_list_in_the_order_of_their_names(
    run: Run, tmp_path: Path, jobs: int
) -> None:
    files = write_folder(tmp_path / "in")
    result = run("extract", *reversed(files), "--json", "--jobs", jobs)
    assert [record["policy_number"] for record in json.loads(result.stdout)] == [
        "ME-10",
        "ME-11",
        "ME-12",
        "ME-13",
    ]
    assert "4 documents: 4 read, 0 not." in result.stderr


def test_the_number_of_jobs_changes_no_byte(run: Run, tmp_path: Path) -> None:
    write_folder(tmp_path / "in", 3)
    (tmp_path / "in" / "policy-1b.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    outputs = {run("extract", tmp_path / "in", "--json", "--jobs", jobs).output for jobs in (1, 4)}
    assert len(outputs) == 1


def test_a_person_sees_how_far_it_is_and_one_broken_document_stops_no_other(tmp_path: Path) -> None:
    write_folder(tmp_path / "in", 3)
    (tmp_path / "in" / "policy-1b.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    terminal, inside = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "policy_tracker",
        "extract",
        str(tmp_path / "in"),
        "--json",
        "--jobs",
        "2",
    ]
    with open(terminal, "rb", buffering=0) as seen:  # noqa: PTH123 - a descriptor
        found = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=inside, timeout=120, check=False
        )
        os.close(inside)
        told = seen.read(10_000).decode()
    steps = re.findall(r"(\d) of 4  (\S+)\r?\x1b?", told)
    assert [number for number, _ in steps] == ["1", "2", "3", "4"]
    assert [name for _, name in steps] == sorted(path.name for path in (tmp_path / "in").iterdir())
    assert told.count("Error: ") == 1
    assert "4 documents: 3 read, 1 not." in told
    assert (found.returncode, len(json.loads(found.stdout))) == (1, 3)


def test_a_folder_is_searched_below_and_hidden_and_other_files_are_left(
    run: Run, tmp_path: Path
) -> None:
    inner = tmp_path / "in" / "deep"
    inner.mkdir(parents=True)
    (inner / "lantern.PDF").write_bytes(policy_pdf())
    (inner / ".kite.html").write_text(policy_html())
    (inner / "notes.yaml").write_text("a: b")
    result = run("extract", tmp_path / "in", "--json")
    assert [record["policy_number"] for record in json.loads(result.stdout)] == ["ME-77"]


def test_a_folder_without_documents_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = run("extract", tmp_path / "in", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "There is no document in" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.pdf", b"", "is empty"),
        ("kite.pdf", policy_html().encode(), "not what its name says"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
        ("cut.pdf", policy_pdf()[:900], "cut.pdf: "),
        (None, b"", "there is no such file"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_file(
    run: Run, tmp_path: Path, name: str | None, content: bytes, said: str
) -> None:
    path = tmp_path / (name or "nothing.pdf")
    if name:
        path.write_bytes(content)
    result = run("extract", path, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {path}: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_one_bad_document_does_not_stop_the_others(run: Run, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"")
    result = run("extract", pdf, tmp_path / "bad.pdf", "--json")
    assert result.exit_code == 1
    assert [record["policy_number"] for record in json.loads(result.stdout)] == ["ME-77"]
    assert "bad.pdf: is empty." in result.stderr
    assert "2 documents: 1 read, 1 not." in result.stderr


@pytest.mark.parametrize("words", [[], ["--explain"]])
def test_the_payer_can_be_named(run: Run, pdf: Path, words: list[str]) -> None:
    assert "lamplight · ME-77" in flat(run("extract", pdf, "--payer", "lamplight", *words).stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["--jobs", "0"],
        ["--payer", "No Such"],
        ["--payer", ""],
        ["--jobs", "many"],
        ["--no-such-option"],
    ],
)
def test_a_wrong_call_is_exit_two(run: Run, pdf: Path, words: list[str]) -> None:
    assert run("extract", pdf, *words).exit_code == 2


def test_explain_shows_every_passage_and_what_became_of_it(run: Run, pdf: Path) -> None:
    told = run("extract", pdf, "--explain").stdout
    assert "── page 1 ──" in told
    for left, right in [
        ("Lantern Therapy of the Knee", "→ title, number or date"),
        ("Coverage Policy", "→ heading"),
        ("• age 18 years or older", "→ criterion"),
        ("64999 | Lantern therapy", "→ codes: medically necessary"),
        ("03/01/2026 | Annual review", "→ history 2026-03-01"),
        ("Lanterns have been held", "· background"),
    ]:
        assert any(left in line and right in line for line in told.splitlines()), left
    assert "4 with statements" in flat(told)


def test_explain_as_json_ties_passages_to_the_record(run: Run, pdf: Path) -> None:
    (told,) = [json.loads(run("extract", pdf, "--explain", "--json").stdout)]
    keys = {statement["key"] for statement in told["records"][0]["statements"]}
    tied = {
        use["key"]
        for passage in told["passages"]
        for use in passage["uses"]
        if use["kind"] == "statement"
    }
    assert tied == keys


@pytest.mark.parametrize("payer", [[], ["--payer", "lamplight"]])
def test_explain_explains_the_record_that_is_extracted(
    run: Run, pdf: Path, payer: list[str]
) -> None:
    pdf.write_bytes(policy_pdf(codes=(*CODES, ("Q00.99", "A diagnosis that no release knows"))))
    (told,) = [json.loads(run("extract", pdf, "--explain", "--json", *payer).stdout)]
    assert told["records"] == [json.loads(run("extract", pdf, "--json", *payer).stdout)]


def test_explain_says_what_is_wrong_with_a_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(policy_pdf()[:900])
    plain, explained = (
        run("extract", tmp_path / "cut.pdf", *words) for words in ([], ["--explain"])
    )
    assert (explained.exit_code, explained.stderr) == (1, plain.stderr)


def test_diff_takes_documents(run: Run, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "later.pdf").write_bytes(policy_pdf(day="June 1, 2026", weeks=8))
    told = flat(run("diff", pdf, tmp_path / "later.pdf").stdout)
    assert "at least {+8+} weeks" in told
    assert (
        "2026-06-01 was read from a document; read automatically: 4 statements, 1 warning; " in told
    )


def test_diff_as_json_says_on_stderr_how_much_was_read(run: Run, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(run("extract", pdf, "--json").stdout)
    result = run("diff", tmp_path / "record.json", pdf, "--json")
    assert json.loads(result.stdout)["changes"] == []
    assert result.stderr.count("was read from a document") == 2


MANUAL = """Silver Lake Medicaid Provider Manual
Chapter 31: Lantern Therapy
Coverage
Lantern therapy is covered when all of the following are met:
- The member is {age} years or older
- Another treatment has failed
"""


def test_diff_compares_chapters_of_a_manual_that_somebody_names(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / "old.txt", tmp_path / "new.txt"]
    for file, age in zip(files, (18, 21), strict=True):
        file.write_text(MANUAL.format(age=age))
    told = flat(run("diff", *files).stdout)
    assert "It is compared because you named it." in told
    assert "[-18-]" in told
    result = run("diff", *files, "--json")
    assert json.loads(result.stdout)["changes"]
    assert flat(result.stderr).count("It is compared because you named it.") == 2


def test_diff_refuses_a_page_that_states_nothing(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Silver Lake Medicaid Provider Manual\nChapter 1: Welcome\n")
    result = run("diff", page, page)
    assert result.exit_code == 1
    assert "is no policy" in flat(result.stderr)


def test_diff_takes_the_version_that_is_named(run: Run, pdf: Path) -> None:
    assert run("diff", pdf, f"{pdf}#2026-03-01").exit_code == 0
    result = run("diff", pdf, f"{pdf}#1999-01-01")
    assert (result.exit_code, "holds no version '1999-01-01', but 2026-03-01" in result.stderr) == (
        2,
        True,
    )


def test_diff_of_a_document_that_cannot_be_read(run: Run, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"")
    result = run("diff", pdf, tmp_path / "bad.pdf")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "bad.pdf: is empty." in result.stderr
