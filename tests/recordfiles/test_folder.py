"""Folders of records: the layout, and that one bad file never hides another."""

import os

import pytest

from policy_tracker.recordfiles.folder import check_folder

PAYER = "record: 1\npayer: {payer}\nname: {payer} Plan\n"
VERSION = """\
record: 1
payer: {payer}
policy: {policy}
title: {title}
policy_type: medical_coverage
version: "{version}"
source_kind: payer_document
"""
BULLETIN = "record: 1\npolicy_type: bulletin\npayer: {payer}\ntitle: August\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def version(
    root,
    payer="acme",
    policy="p-1",
    name="2025-01-01",
    *,
    label=None,
    title="Title",
    more="",
    suffix=".yaml",
):
    text = VERSION.format(payer=payer, policy=policy, title=title, version=label or name) + more
    return write(root / payer / policy / f"{name}{suffix}", text)


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "policies"
    write(folder / "acme" / "payer.yaml", PAYER.format(payer="acme"))
    version(folder)
    return folder


def said(checked, root):
    return [
        (str(fault.file).removeprefix(f"{root}/"), fault.line, fault.field, fault.reason)
        for fault in checked.faults
    ]


def labels(checked):
    return [record.value.version for record in checked.records]


def test_a_good_folder_from_every_height(root):
    version(root, name="2026-01-01")
    everything = check_folder([root])
    assert everything.faults == ()
    assert [payer.payer for payer in everything.payers] == ["acme"]
    assert labels(everything) == ["2025-01-01", "2026-01-01"]
    assert check_folder([root / "acme"]) == everything
    assert check_folder([root / "acme" / "p-1"]) == everything
    one = check_folder([root / "acme" / "p-1" / "2025-01-01.yaml"])
    assert (labels(one), one.payers, one.faults) == (["2025-01-01"], everything.payers, ())


def test_a_file_reached_twice_is_read_once(root):
    checked = check_folder([root, root / "acme", str(root / "acme" / "p-1" / "2025-01-01.yaml")])
    assert (labels(checked), checked.faults) == (["2025-01-01"], ())


def test_relative_paths(root, monkeypatch):
    monkeypatch.chdir(root / "acme" / "p-1")
    assert labels(check_folder(["."])) == ["2025-01-01"]
    assert labels(check_folder(["2025-01-01.yaml"])) == ["2025-01-01"]
    assert labels(check_folder([".."])) == ["2025-01-01"]
    monkeypatch.chdir(root)
    checked = check_folder(["."])
    assert (labels(checked), checked.faults) == (["2025-01-01"], ())


def test_one_bad_file_never_hides_another(root):
    version(root, name="2026-01-01", more="colour: red\n")
    version(root, name="2027-01-01", more="scope: 1\nresidual: {position: good, text: x}\n")
    version(root, policy="p-2", name="v1")
    checked = check_folder([root])
    assert labels(checked) == ["2025-01-01", "v1"]
    assert [(file, line, field) for file, line, field, _ in said(checked, root)] == [
        ("acme/p-1/2026-01-01.yaml", 8, "colour"),
        ("acme/p-1/2027-01-01.yaml", 8, "scope"),
        ("acme/p-1/2027-01-01.yaml", 9, "residual.position"),
    ]


def test_names_of_folders_and_files_are_those_of_the_record(root):
    write(
        root / "acme" / "p-9" / "v1.yaml",
        VERSION.format(payer="other", policy="p-1", title="T", version="v2"),
    )
    assert said(check_folder([root]), root) == [
        (
            "acme/p-9/v1.yaml",
            2,
            "payer",
            "'other' lies in the folder of 'acme'; both have the same name",
        ),
        (
            "acme/p-9/v1.yaml",
            3,
            "policy",
            "'p-1' lies in the folder 'p-9'; both have the same name",
        ),
        (
            "acme/p-9/v1.yaml",
            6,
            "version",
            "'v2' lies in a file named 'v1'; a file is named as its version",
        ),
    ]


def test_a_payer_is_named_as_its_folder(root):
    write(root / "beta" / "payer.yaml", PAYER.format(payer="gamma"))
    assert said(check_folder([root]), root) == [
        (
            "beta/payer.yaml",
            None,
            "payer",
            "'gamma' lies in the folder 'beta'; both have the same name",
        )
    ]


def test_a_payer_that_is_missing_or_faulty_keeps_its_records_waiting(root):
    version(root, payer="beta", name="v1")
    version(root, payer="beta", name="v2")
    version(root, payer="gamma", name="v1")
    write(root / "gamma" / "payer.yaml", "record: 1\npayer: gamma\n")
    checked = check_folder([root])
    assert labels(checked) == ["2025-01-01"]
    assert said(checked, root) == [
        (
            "beta/payer.yaml",
            None,
            "",
            "there is no such file, and 2 records of the payer wait for it",
        ),
        ("gamma/payer.yaml", None, "", "cannot be used, and 1 record of the payer waits for it"),
        ("gamma/payer.yaml", 1, "name", "is missing"),
    ]


def test_two_files_that_say_the_same_of_a_version(root):
    version(root, suffix=".yml")
    checked = check_folder([root])
    first = root / "acme" / "p-1" / "2025-01-01.yaml"
    assert labels(checked) == ["2025-01-01"]
    assert checked.records[0].file == str(first)
    assert said(checked, root) == [
        (
            "acme/p-1/2025-01-01.yml",
            6,
            "version",
            f"{first} says the same of this version; remove one of them",
        )
    ]


def test_two_files_that_disagree_about_a_version_are_both_refused(root):
    other = version(root, suffix=".yml", title="Another")
    version(root, name="2026-01-01")
    first = root / "acme" / "p-1" / "2025-01-01.yaml"
    checked = check_folder([root])
    assert labels(checked) == ["2026-01-01"]
    ending = (
        "says something else of the same version; the one that is right says in corrects why "
        "it replaces the other"
    )
    assert said(checked, root) == [
        ("acme/p-1/2025-01-01.yaml", 6, "version", f"{other} {ending}"),
        ("acme/p-1/2025-01-01.yml", 6, "version", f"{first} {ending}"),
    ]


def test_a_correction_replaces_what_it_corrects(root):
    version(
        root,
        name="2025-01-01.corrected",
        label="2025-01-01",
        title="Right",
        more="corrects: the title was misread\n",
    )
    checked = check_folder([root])
    assert (labels(checked), checked.faults) == (["2025-01-01"], ())
    assert checked.records[0].value.title == "Right"


def test_the_last_correction_counts_by_its_number(root):
    for number in (2, 10, 9):
        version(
            root,
            name=f"2025-01-01.corrected-{number}",
            label="2025-01-01",
            title=f"T{number}",
            more="corrects: misread\n",
        )
    version(
        root,
        name="2025-01-01.corrected",
        label="2025-01-01",
        title="T1",
        more="corrects: misread\n",
    )
    (record,) = check_folder([root]).records
    assert record.value.title == "T10"


def test_a_correction_in_place_and_one_that_corrects_nothing(root):
    version(root, title="Right", more="corrects: the title was misread\n")
    assert check_folder([root]).faults == ()
    path = version(root, suffix=".json", title="Right", more="")
    path.write_text(
        '{"record": 1, "payer": "acme", "policy": "p-1", "title": "Right", "policy_type": '
        '"medical_coverage", "version": "2025-01-01", '
        '"source_kind": "payer_document"}'
    )
    ((_, _, field, reason),) = said(check_folder([root]), root)
    assert field == "version"
    assert "says the same of this version" in reason


def test_a_file_named_corrected_has_to_correct(root):
    version(root, name="2025-01-01.corrected", label="2025-01-01", title="Right")
    ((file, line, field, reason),) = said(check_folder([root]), root)
    assert (file, line, field) == ("acme/p-1/2025-01-01.corrected.yaml", 6, "version")
    assert reason == (
        "'2025-01-01' lies in a file named '2025-01-01.corrected'; a file is named as its version"
    )


def test_bulletins_have_their_folder(root):
    write(root / "acme" / "bulletins" / "2025-08.yaml", BULLETIN.format(payer="acme"))
    checked = check_folder([root])
    assert checked.faults == ()
    assert [type(record.value).__name__ for record in checked.records] == ["Bulletin", "Record"]
    write(root / "acme" / "p-1" / "2025-08.yaml", BULLETIN.format(payer="acme"))
    version(root, policy="bulletins", name="v1")
    reason = "a bulletin lies in the payer's folder bulletins/, and nothing else does"
    assert said(check_folder([root]), root) == [
        ("acme/bulletins/v1.yaml", 5, "policy_type", reason),
        ("acme/p-1/2025-08.yaml", 2, "policy_type", reason),
    ]


def test_source_declarations_are_recognised_and_left_alone(root):
    write(root / "acme" / "source.yaml", "anything: [at, all\n")
    write(root / "acme" / "source-bulletins.yml", "")
    checked = check_folder([root])
    assert checked.faults == ()
    assert [os.path.basename(name) for name in checked.skipped] == [  # noqa: PTH119
        "source-bulletins.yml",
        "source.yaml",
    ]
    assert check_folder([root / "acme" / "source.yaml"]).skipped == (
        str(root / "acme" / "source.yaml"),
    )


def test_what_lies_where_nothing_is_read(root):
    write(root / "stray.yaml", "a: 1\n")
    write(root / "acme" / "stray.yaml", "a: 1\n")
    write(root / "acme" / "p-1" / "old" / "v1.yaml", "a: 1\n")
    assert [(file, line, field) for file, line, field, _ in said(check_folder([root]), root)] == [
        ("acme/p-1/old", None, ""),
        ("acme/stray.yaml", None, ""),
        ("stray.yaml", None, ""),
    ]


def test_what_is_not_for_us_is_passed_over(root):
    write(root / "README.md", "words")
    write(root / "acme" / "notes.txt", "words")
    write(root / "acme" / "p-1" / ".2025-01-01.yaml.swp", "x")
    write(root / "acme" / "p-1" / ".hidden.yaml", "x: [")
    write(root / ".git" / "config.yaml", "x: [")
    checked = check_folder([root])
    assert (labels(checked), checked.faults) == (["2025-01-01"], ())


def test_links_are_followed_inside_of_the_folder_only(root, tmp_path):
    outside = write(tmp_path / "secret.yaml", "password: hunter2\n")
    (root / "acme" / "p-1" / "secret.yaml").symlink_to(outside)
    (root / "acme" / "linked").symlink_to(root / "acme" / "p-1")
    (root / "acme" / "p-1" / "loop.yaml").symlink_to(root / "acme" / "p-1" / "loop.yaml")
    hidden = version(root, name=".data")
    hidden.write_text(VERSION.format(payer="acme", policy="p-1", title="T", version="v1"))
    (root / "acme" / "p-1" / "v1.yaml").symlink_to(hidden)
    checked = check_folder([root])
    assert labels(checked) == ["2025-01-01", "v1"]
    reason = "is a symbolic link to a folder or to outside of this one, and is not followed"
    assert said(checked, root) == [
        ("acme/linked", None, "", reason),
        ("acme/p-1/loop.yaml", None, "", "cannot be read: Too many levels of symbolic links"),
        ("acme/p-1/secret.yaml", None, "", reason),
    ]
    assert "hunter2" not in repr(checked)


def test_the_folder_itself_may_be_a_link(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    assert labels(check_folder([tmp_path / "link"])) == ["2025-01-01"]


def test_a_single_file_outside_of_any_layout(tmp_path):
    path = write(
        tmp_path / "mine.yaml", VERSION.format(payer="acme", policy="p-1", title="T", version="v1")
    )
    checked = check_folder([path])
    assert (labels(checked), checked.payers, checked.faults) == (["v1"], (), ())


def test_paths_that_hold_nothing(tmp_path):
    (tmp_path / "empty").mkdir()
    assert check_folder([tmp_path / "empty"]).faults == ()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    assert [
        fault.reason
        for fault in check_folder([tmp_path / "nowhere.yaml", tmp_path / "paper.pdf"]).faults
    ] == [
        "there is no such file",
        "is not a record: one ends in .yaml, .yml, .json",
    ]


def test_a_file_of_the_layout_holds_one_record(root):
    path = root / "acme" / "p-1" / "2025-01-01.yaml"
    write(path, f"{path.read_text()}---\n{path.read_text()}")
    assert said(check_folder([root]), root) == [
        ("acme/p-1/2025-01-01.yaml", None, "", "holds 2 records; a file in this folder holds one")
    ]
