"""Every entry of the vocabulary reads as its examples say, and the loader refuses what is wrong."""

import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_tracker.errors import VocabularyError
from policy_tracker.extract.payers.profile import plain_heading
from policy_tracker.language import lexicon
from policy_tracker.language.lexicon import entries_of, read_entries, subjects, terms
from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import Hinted, lowered

ENTRIES = [(subject, entry) for subject in subjects() for entry in entries_of(subject)]
NAMES = [f"{subject}: {entry.pattern}" for subject, entry in ENTRIES]
WHOLE = {
    ("drug_lists", "standing"),
    ("drug_lists", "drug"),
    ("drug_lists", "restriction"),
    ("headings", "heading"),
    ("parts", "part"),
    ("roles", "heading"),
    ("roles", "innermost_heading"),
    ("roles", "nothing"),
    ("labels", "date"),
    ("labels", "name"),
    ("letterheads", "shared_host"),
    ("letterheads", "common_first"),
    ("letterheads", "kind_of_text"),
    ("letterheads", "kind_in_title"),
    ("kinds", "payer_row"),
    ("kinds", "verdict_row"),
    ("kinds", "companion"),
}
"""Readers that ask for a whole text, and not for words within it."""


def prepared(subject: str, text: str) -> str:
    if subject == "headings":
        return plain_heading(text)
    if subject == "roles":  # numbers in words are numbers there
        return lowered(digits(text).text)
    return lowered(text).rstrip(" :") if subject == "parts" else lowered(text)


def meaning_of(subject: str, reader: str, text: str):
    asked = terms(subject, reader)
    plain = prepared(subject, text)
    if (subject, reader) in WHOLE:
        return asked.fit(plain)
    found = asked.find(plain)
    return found.meaning if found else None


def matches(subject: str, entry: lexicon.LexiconEntry, text: str) -> bool:
    plain = prepared(subject, text)
    whole = any((subject, reader) in WHOLE for reader in entry.read_in)
    return bool((re.fullmatch if whole else re.search)(entry.pattern, plain))


@pytest.mark.parametrize(("subject", "entry"), ENTRIES, ids=NAMES)
def test_examples_read_so_and_others_do_not(subject, entry):
    for example in entry.examples:
        assert matches(subject, entry, example), example
        for reader in entry.read_in:
            assert meaning_of(subject, reader, example) == entry.meaning, (reader, example)
    for other in entry.not_examples:
        assert not matches(subject, entry, other), other


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_match_of_an_entry_is_turned_away(data):
    _, entry = data.draw(st.sampled_from(ENTRIES))
    text = lowered(data.draw(st.from_regex(entry.pattern)))
    if re.search(entry.pattern, text):
        assert Hinted(entry.pattern).may_match(text)


@pytest.mark.parametrize(("subject", "entry"), ENTRIES, ids=NAMES)
def test_an_entry_stands_once_and_demands_some_word(subject, entry):
    assert (
        sum(
            other.pattern == entry.pattern
            for other in entries_of(subject)
            if set(other.read_in) & set(entry.read_in)
        )
        == 1
    )
    assert Hinted(entry.pattern).hints


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("entry = 1", "made.toml: entry: Input should be a valid tuple"),
        ("[[entry]\n", "made.toml: it is no TOML: "),
        (
            "[[entry]]\npattern = 'a'\nread_in = ['x']\nexamples = ['a']\n",
            "made.toml: entry[1].meaning: Field required",
        ),
        (
            "[[entry]]\npattern = 'a'\nread_in = ['x']\nexamples = ['a']\nmeaning = {}\n",
            "made.toml: entry[1].meaning: Value error, an entry must mean something",
        ),
        (
            (
                "[[entry]]\npattern = 'a'\nread_in = ['x']\nexamples = []\nmeaning = {phase = "
                "'initial'}\n"
            ),
            "made.toml: entry[1].examples: Tuple should have at least 1 item",
        ),
        (
            (
                "[[entry]]\npattern = 'a'\nread_in = ['x']\nexamples = ['a']\nmeaning = {phase = "
                "'first'}\n"
            ),
            "made.toml: entry[1].meaning.phase: Input should be 'initial' or 'continuation'",
        ),
        (
            (
                "[[entry]]\npattern = 'a'\nread_in = ['x']\nexamples = ['a']\nmeaning = {phase = "
                "'initial'}\nhints = ['a']\n"
            ),
            "made.toml: entry[1].hints: Extra inputs are not permitted",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, text, message):
    file = tmp_path / "made.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        read_entries(file)
    assert str(caught.value).startswith(message)


def test_a_pattern_that_is_none_is_named_when_it_is_asked_for(tmp_path):
    file = tmp_path / "made.toml"
    file.write_text(MADE.replace("paid\\b'", "paid('"), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"made.toml: \\bnot paid\(: it is no pattern: "):
        lexicon.Terms(read_entries(file), file.name).find("lamps are not paid")


MADE = """
[[entry]]
pattern = '\\bnot paid\\b'
read_in = ["sentence"]
meaning = { position = "not_covered" }
examples = ["Lamps are not paid."]

[[entry]]
pattern = 'lamps? .{0,9}\\bnot\\b'
read_in = ["sentence"]
meaning = { position = "not_covered" }
examples = ["Lamps are not sold."]

[[entry]]
pattern = '\\bpaid\\b'
read_in = ["sentence"]
meaning = { position = "covered" }
examples = ["Lamps are paid."]
"""


def test_of_entries_with_one_meaning_the_first_words_count_and_earlier_meanings_beat_later_ones(
    tmp_path,
):
    file = tmp_path / "made.toml"
    file.write_text(MADE, encoding="utf-8")
    asked = lexicon.Terms(read_entries(file))
    found = asked.find("what is paid: lamps are not paid")
    assert found
    assert (found.meaning.position, found.match[0]) == ("not_covered", "lamps are not")
    assert asked.find("draping is paid").meaning.position == "covered"
    assert asked.find("draping is free") is None


def test_nothing_of_the_vocabulary_is_read_before_it_is_asked_for():
    code = (
        "import policy_tracker.extract.extract, sys; from policy_tracker.language import lexicon; "
        "sys.exit(lexicon.entries_of.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
