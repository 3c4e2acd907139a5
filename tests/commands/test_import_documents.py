"""import and review: what becomes of documents, what is said, and the exit code."""

import json
from datetime import date
from pathlib import Path

import pytest

from policy_tracker.commands.verify import verify_store
from policy_tracker.store import timeline
from policy_tracker.store.database import open_engine, reading
from policy_tracker.store.documents import document_bytes, document_of
from policy_tracker.store.views import Question
from tests.commands.conftest import Run
from tests.commands.policy_documents import policy_html, policy_pdf, write_folder
from tests.commands.test_database import change, database


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """Documents, beside the file of the payer that issued them."""
    known = tmp_path / "known" / "lantern"
    known.mkdir(parents=True)
    (known / "payer.yaml").write_text("record: 1\npayer: lantern\nname: Lantern\n")
    assert run("load", known.parent).exit_code == 0
    path = tmp_path / "documents"
    write_folder(path, 2)
    return path


@pytest.fixture
def waiting_record(run: Run, tmp_path: Path) -> Path:
    """A record of a document that was half read, waiting as reading 1."""
    (tmp_path / "kite.html").write_text(policy_html())
    record = json.loads(run("extract", tmp_path / "kite.html", "--json", "--payer", "kites").stdout)
    record["extraction"]["text_coverage"] = {"units": 10, "recorded": 4, "unread": 6}
    folder = tmp_path / "in" / "kites" / record["policy"]
    folder.mkdir(parents=True)
    (tmp_path / "in" / "kites" / "payer.yaml").write_text("record: 1\npayer: kites\nname: Kites\n")
    path = folder / f"{record['version']}.json"
    path.write_text(json.dumps(record))
    return path


def test_documents_become_history(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("import", folder, "--payer", "lantern", "--jobs", "2")
    assert result.exit_code == 0
    assert (
        result.stdout
        == "lantern/me-10@2026-03-01  published\nlantern/me-11@2026-04-01  published\n"
    )
    assert "1 of 2  policy-0.pdf: 1 record read" in result.stderr
    assert "2 documents: 2 read. Of their records 2 published." in result.stderr
    engine = open_engine(f"sqlite:///{database(tmp_path)}")
    with reading(engine) as session:
        document = document_of(session, "lantern", "me-11", "2026-04-01")
        assert document
        assert (document.name, document.media_type) == ("policy-1.html", "text/html")
        assert document_bytes(session, document.sha256) == (folder / "policy-1.html").read_bytes()
    engine.dispose()
    assert "Lantern" in run("history", "lantern/me-10").stdout


def test_a_second_import_skips_what_was_read_and_says_so(run: Run, folder: Path) -> None:
    run("import", folder, "--payer", "lantern")
    (folder / "copy.pdf").write_bytes((folder / "policy-0.pdf").read_bytes())
    (folder / "new.pdf").write_bytes(policy_pdf("ME-20"))
    result = run("import", folder, "--payer", "lantern")
    assert (result.exit_code, result.stdout) == (0, "lantern/me-20@2026-03-01  published\n")
    assert "copy.pdf: read before, skipped" in result.stderr
    assert "4 documents: 1 read, 3 read before." in result.stderr


def test_a_document_that_cannot_be_read_does_not_stop_the_others(run: Run, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(policy_pdf()[:900])
    (folder / "empty.pdf").write_bytes(b"")
    result = run("import", folder, "--payer", "lantern", "--json")
    assert result.exit_code == 1
    told = {Path(one["file"]).name: one for one in json.loads(result.stdout)}
    assert told["broken.pdf"]["error"]["kind"] == "TruncatedDocumentError"
    assert told["broken.pdf"]["sha256"]
    assert told["broken.pdf"]["extractions"] == []
    assert told["empty.pdf"]["error"]["kind"] == "EmptyDocumentError"
    assert told["empty.pdf"]["sha256"] is None
    assert [one["status"] for one in told["policy-0.pdf"]["extractions"]] == ["published"]
    assert "4 documents: 2 read, 2 not." in result.stderr


def test_contradictions_are_told_and_the_others_go_on(run: Run, folder: Path) -> None:
    (folder / "other.pdf").write_bytes(policy_pdf("ME-10", weeks=8))
    result = run("import", folder, "--payer", "lantern")
    assert result.exit_code == 1
    assert sorted(line.split()[-1] for line in result.stdout.splitlines()) == [
        "published",
        "published",
        "refused",
    ]
    assert (
        "lantern/me-10@2026-03-01 version 2026-03-01 is recorded with other content"
        in result.stderr
    )


def test_what_is_doubtful_waits(run: Run, folder: Path) -> None:
    result = run("import", folder)
    assert result.exit_code == 0
    assert "does not name its payer" in result.stderr
    assert "2 waiting for review" in result.stderr
    listed = json.loads(run("review", "list", "--json").stdout)
    assert [(one["id"], one["document"], one["status"]) for one in listed] == [
        (1, "policy-0.pdf", "needs_review"), (2, "policy-1.html", "needs_review"),
    ]  # fmt: skip


def test_no_name_of_the_machine_is_kept(run: Run, folder: Path, tmp_path: Path) -> None:
    run("import", folder)
    assert str(tmp_path) not in run("review", "show", "1", "--json").stdout
    assert str(tmp_path) not in run("review", "list").stdout


def test_what_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert run("import", tmp_path / "nothing").exit_code == 1
    assert run("import", tmp_path / "absent.pdf").exit_code == 1
    assert run("import", tmp_path, "--payer", "No Slug").exit_code == 2


def test_load_says_that_a_record_waits(run: Run, waiting_record: Path) -> None:
    result = run("load", waiting_record.parents[2])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "waits as reading 1: 6 of 10 sentences" in result.stderr
    assert "1 waiting for review" in result.stderr
    again = run("load", waiting_record.parents[2], "--json")
    assert (again.exit_code, json.loads(again.stdout)["loaded"][0]["outcome"]) == (
        0,
        "needs_review",
    )
    assert len(json.loads(run("review", "list", "--json").stdout)) == 1


def test_a_reading_is_shown_and_accepted_once(run: Run, waiting_record: Path) -> None:
    run("load", waiting_record.parents[2])
    shown = flat(run("review", "show", "1").stdout)
    assert "ME-78 · Kite Traction of the Back" in shown
    assert "It waits for a decision" in shown
    done = run("review", "accept", "1", "--by", "Ada", "--why", "read it")
    assert (done.exit_code, done.stdout.split(":")[0]) == (
        0,
        "kites/me-78@2026-04-01  first record",
    )
    assert "It was accepted by Ada on" in run("review", "show", "1").stdout
    again = run("review", "reject", "1", "--why", "second thoughts")
    assert again.exit_code == 1
    assert "a decision is not taken twice" in again.stderr
    assert "Nothing waits" in run("review", "list").stderr
    assert run("verify").exit_code == 0


def test_a_correction_is_checked_before_it_is_published(
    run: Run, waiting_record: Path, tmp_path: Path
) -> None:
    run("load", waiting_record.parents[2])
    record = json.loads(waiting_record.read_text())
    (tmp_path / "wrong.json").write_text(json.dumps(record | {"title": ""}))
    (tmp_path / "foreign.json").write_text(json.dumps(record | {"policy": "me-79"}))
    (tmp_path / "right.json").write_text(
        json.dumps(record | {"title": "Kite Traction", "version": "2026-04-02"})
    )
    assert run("review", "correct", "1", tmp_path / "wrong.json").exit_code == 1
    assert run("review", "correct", "1", tmp_path / "foreign.json").exit_code == 2
    assert run("review", "correct", "1", tmp_path / "right.json").exit_code == 0
    assert "Kite Traction" in run("history", "kites/me-78").stdout


def test_a_rejection_needs_a_reason(run: Run, waiting_record: Path) -> None:
    run("load", waiting_record.parents[2])
    assert run("review", "reject", "1").exit_code == 2
    assert run("review", "reject", "1", "--why", " ").exit_code == 2
    assert run("review", "reject", "1", "--why", "not a policy").exit_code == 0
    assert json.loads(run("review", "show", "1", "--json").stdout)["why"] == "not a policy"
    assert "rejected or corrected in review" in run("load", waiting_record.parents[2]).stderr


def test_a_reading_that_is_not_there(run_loaded: Run) -> None:
    for words in (("show", "7"), ("accept", "7"), ("reject", "7", "--why", "x")):
        result = run_loaded("review", *words)
        assert (result.exit_code, result.stderr) == (
            1,
            "Error: There is no reading 7 of a version.\n",
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET data = x'00' WHERE id = 1",
        "UPDATE extraction SET content = replace(content, 'medically', 'barely')",
        "UPDATE extraction SET content = '{}'",
        "UPDATE extraction SET revision_id = NULL",
    ],
)
def test_verify_finds_documents_and_readings_that_were_tampered_with(
    run: Run, folder: Path, tmp_path: Path, statement: str
) -> None:
    run("import", folder, "--payer", "lantern")
    change(database(tmp_path), statement)
    engine = open_engine(f"sqlite:///{database(tmp_path)}")
    faults = {check.name: check.faults for check in verify_store(engine)}
    engine.dispose()
    assert faults["documents"]


def test_documents_go_along_to_another_database(run: Run, folder: Path, tmp_path: Path) -> None:
    run("import", folder, "--payer", "lantern")
    other = tmp_path / "other.sqlite"
    assert run("db", "copy", f"sqlite:///{other}").exit_code == 0
    engine = open_engine(f"sqlite:///{other}")
    with reading(engine) as session:
        document = document_of(session, "lantern", "me-10", "2026-03-01")
        assert document
        assert document_bytes(session, document.sha256) == (folder / "policy-0.pdf").read_bytes()
    engine.dispose()


def as_of(tmp_path: Path, day: str) -> tuple[str | None, str, str | None]:
    engine = open_engine(f"sqlite:///{database(tmp_path)}")
    with reading(engine) as session:
        answer = timeline.as_of(session, 1, Question(as_of=date.fromisoformat(day)))
    engine.dispose()
    return answer.version, answer.certainty, str(answer.checked_on) if answer.checked_on else None


def test_the_day_of_fetching_is_the_last_check_and_the_day_of_import_is_none(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("import", folder / "policy-0.pdf", "--payer", "lantern")
    assert as_of(tmp_path, "2026-03-20") == ("2026-03-01", "presumed", None)
    assert (
        run(
            "import", folder / "policy-0.pdf", "--payer", "lantern", "--retrieved", "2026-04-01"
        ).exit_code
        == 0
    )
    assert as_of(tmp_path, "2026-03-20") == ("2026-03-01", "certain", "2026-04-01")
    assert as_of(tmp_path, "2026-04-02") == ("2026-03-01", "presumed", "2026-04-01")
    run("import", folder / "policy-0.pdf", "--payer", "lantern", "--retrieved", "2026-03-10")
    assert as_of(tmp_path, "2026-03-20") == ("2026-03-01", "certain", "2026-04-01"), (
        "an earlier check takes nothing back"
    )
    assert "fetched" not in run("history", "lantern/me-10").stdout
    engine = open_engine(f"sqlite:///{database(tmp_path)}")
    assert [fault for check in verify_store(engine) for fault in check.faults] == []
    engine.dispose()


def test_documents_fetched_on_a_day_are_certain_until_then(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("import", folder / "policy-0.pdf", "--payer", "lantern", "--retrieved", "2026-04-01")
    assert as_of(tmp_path, "2026-03-20") == ("2026-03-01", "certain", "2026-04-01")


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2199-01-01"])
def test_a_day_of_fetching_that_is_none_is_refused(run: Run, folder: Path, day: str) -> None:
    result = run("import", folder, "--payer", "lantern", "--retrieved", day)
    assert result.exit_code == 2
    assert "--retrieved" in result.stderr


def test_what_is_certainly_no_policy_is_left_alone_with_the_reason_once(
    run: Run, folder: Path
) -> None:
    (folder / "portal.html").write_text(
        "<html><body><h1>Kite Portal</h1><p>Forgot your password?</p><p>Log in to go on.</p>"
        "</body></html>",
        encoding="utf-8",
    )
    result = run("import", str(folder / "portal.html"))
    assert "portal.html: left alone (no policy: it is a page without a policy" in result.stderr
    assert "and is no policy" not in result.stderr


def test_what_lies_beside_policies_is_left_alone_and_said(run: Run, folder: Path) -> None:
    (folder / "README.txt").write_text(
        "About this folder\n\nThe files here are the plan's policies. Each is a file of its own.\n"
    )
    result = run("import", folder, "--payer", "lantern", "--json")
    told = {Path(one["file"]).name: one for one in json.loads(result.stdout)}
    assert (
        result.exit_code,
        told["README.txt"]["left_alone"],
        told["README.txt"]["extractions"],
    ) == (0, True, [])
    assert not told["policy-0.pdf"]["left_alone"]
    assert "README.txt: left alone (no policy)" in result.stderr
    assert "3 documents: 2 read, 1 left alone (no policy)." in result.stderr


def test_a_form_is_left_alone_with_what_tells_so(run: Run, folder: Path) -> None:
    lines = [f"{name}: ____________" for name in ("Name", "Born", "Group", "Street", "City")]
    boxes = [f"[ ] {name}   [ ] none of it" for name in ("Kite", "Lamp", "Rope")]
    (folder / "form.txt").write_text("Request for kites\n\n" + "\n".join(lines + boxes))
    result = run("import", folder, "--json")
    told = {Path(one["file"]).name: one for one in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert told["form.txt"]["left_alone_because"].startswith("no policy: it is a form with ")
    assert "left alone (no policy)" in result.stderr


def test_files_of_other_types_are_left_alone_said_and_counted(run: Run, folder: Path) -> None:
    (folder / "README.md").write_text("# About this folder\n")
    (folder / "dictionary.yaml").write_text("code: a billing code\n")
    (folder / ".hidden.md").write_text("no matter\n")
    (folder / "policy-1.sha256").write_text("0\n")
    result = run("import", folder, "--payer", "lantern", "--json")
    told = {Path(one["file"]).name: one for one in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert set(told) == {
        "README.md",
        "dictionary.yaml",
        "policy-0.pdf",
        "policy-1.html",
        "policy-1.sha256",
    }
    assert (
        told["README.md"]["left_alone"],
        told["README.md"]["sha256"],
        told["README.md"]["extractions"],
    ) == (True, None, [])
    assert told["README.md"]["left_alone_because"] == "not a document type that is read"
    assert told["policy-0.pdf"]["left_alone_because"] is None
    assert "left alone: README.md (not a document type that is read)" in result.stderr
    assert "5 documents: 2 read, 3 left alone (not a document type that is read)." in result.stderr
    again = run("import", folder, "--payer", "lantern")
    assert "left alone: dictionary.yaml (not a document type that is read)" in again.stderr
    assert "5 documents: 2 read before, 3 left alone" in again.stderr
    assert "README" not in again.stdout


def test_a_folder_of_nothing_that_is_read_says_what_lies_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("# Nothing here yet\n")
    result = run("import", tmp_path / "notes")
    assert result.exit_code == 1
    assert "left alone: README.md (not a document type that is read)" in result.stderr
    assert "There is no document in" in result.stderr


def test_what_looks_like_no_policy_is_read_as_one_on_demand_and_waits(
    run: Run, folder: Path
) -> None:
    portal = folder / "portal.html"
    portal.write_text(
        "<html><body><h1>Kite Portal</h1><p>Forgot your password?</p><p>Log in to go on.</p>"
        "</body></html>",
        encoding="utf-8",
    )
    assert "--as-policy" in run("import", str(portal)).stderr
    result = run("import", str(portal), "--payer", "lantern", "--as-policy", "--json")
    (told,) = json.loads(result.stdout)
    (reading,) = told["extractions"]
    assert (told["left_alone"], reading["status"]) == (False, "needs_review")
    assert "The document may be no policy: it is a page" in " ".join(reading["reasons"])
    assert run("extract", str(portal)).exit_code == 1
    assert run("extract", str(portal), "--as-policy").exit_code == 0
