"""Records written under former names of fields: the error says the present name, and a script
renames them.
"""

import pytest

from policy_tracker.errors import RecordError
from policy_tracker.recordfiles.read import read_records
from scripts.rename_fields import rename_below, renamed

OLD = """\
record: 1  # the edition: kept
payer: example
policy: p-1
title: The edition of a policy
edition: "2025-01-01"
"""


def test_the_error_of_a_former_name_says_the_present_one(tmp_path):
    file = tmp_path / "old.yaml"
    file.write_text(OLD)
    with pytest.raises(RecordError) as found:
        read_records(file)
    reasons = {fault.field: fault.reason for fault in found.value.faults}
    assert reasons["edition"].startswith("is called version now; ")


def test_only_the_name_of_the_field_is_renamed(tmp_path):
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(OLD.replace("edition:", "version:"))
    (tmp_path / "notes.txt").write_text(OLD)
    assert list(rename_below([tmp_path])) == [tmp_path / "old.yaml"]
    assert (tmp_path / "old.yaml").read_text() == OLD.replace("\nedition:", "\nversion:")
    assert (tmp_path / "notes.txt").read_text() == OLD
    assert (
        renamed('{"record": 1, "edition": "a", "title": "edition"}')
        == '{"record": 1, "version": "a", "title": "edition"}'
    )
