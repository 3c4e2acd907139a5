"""The file of overrides: read, or refused with file, line and rule."""

import pytest

from policy_tracker.errors import SettingsError
from policy_tracker.rule_settings import comparing, read_overrides, rules_in_force
from policy_tracker.rules import AS_DECLARED
from policy_tracker.settings import read_settings
from tests.store.making import version


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_impacts_and_switches_are_read(file):
    found = read_overrides(
        file(
            "rules:\n  option-added: off\n  note-added: false\n  review-interval-shortened: "
            "{impact: high}\n"
        )
    )
    assert dict(found.impacts) == {"review-interval-shortened": "high"}
    assert found.off == {"option-added", "note-added"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "rules:\n  option-added: off\n  option-adddded: off\n",
            ":3: rules.option-adddded: there is no such rule; did you mean option-added",
        ),
        (
            "rules:\n  option-added: {impact: huge}\n",
            ":2: rules.option-added: impact is one of none, low,",
        ),
        (
            "rules:\n  option-added: {impact: high, axis: burden}\n",
            ":2: rules.option-added: off, or impact",
        ),
        ("rules:\n  option-added: on\n", ":2: rules.option-added: off, or impact"),
        (
            "rules:\n  option-added: off\n  option-added: off\n",
            ":3: rules.option-added: stands twice",
        ),
        ("rules:\n  option-added: [off]\n", ":2: rules.option-added: off, or impact"),
        ("rule:\n  option-added: off\n", ":1: rule: "),
        ("- option-added\n", ":1: rules is wanted"),
        ("rules: {\n", "the YAML cannot be read"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_rule(file, text, told):
    path = file(text)
    with pytest.raises(SettingsError) as raised:
        read_overrides(path)
    assert str(raised.value).startswith(f"POLICY_TRACKER_RULES_FILE: {path}")
    assert told in str(raised.value)


def test_everything_that_is_wrong_is_told_at_once(file):
    with pytest.raises(SettingsError, match=r":2: rules\.first.*:3: rules\.second"):
        read_overrides(file("rules:\n  first-rule: off\n  second-rule: off\n"))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="there is no such file"):
        rules_in_force(read_settings(rules_file=tmp_path / "none.yaml"))


def test_the_comparison_is_bound_to_the_installation(file):
    settings = read_settings(rules_file=file("rules:\n  position-taken: {impact: high}\n"))
    found = comparing(settings)(
        version("2025-01-01"), version("2026-01-01", text="Prism therapy is covered.")
    )
    assert found.ruleset == rules_in_force(settings).stamp != AS_DECLARED.stamp
    assert rules_in_force(read_settings()) is AS_DECLARED
