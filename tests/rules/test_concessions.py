import pytest

from policy_tracker.language.concessions import concessions, without_concessions
from policy_tracker.rules import compare
from tests.rules.cases import record

SECTION = {"key": "policy", "heading": "Policy", "kind": "coverage"}
PLAIN = "One lamp visit a year is covered for adults with hives."
WIDE = "One lamp visit a year, regardless of the season, is covered for adults with hives."


def told(before: str, after: str, position: str = "medically_necessary") -> list[tuple[str, ...]]:
    one, two = (
        record(
            {"sections": [SECTION], "statements": [
                {"key": "t", "section": "policy", "role": "position", "position": position,
                 "text": text}]},
            version,
        )
        for text, version in ((before, "2025-01-01"), (after, "2026-01-01"))
    )  # fmt: skip
    return [(one.rule, one.direction) for one in compare(one, two).changes if one.substantive]


def test_a_phrase_of_what_does_not_matter_went_or_came() -> None:
    assert told(WIDE, PLAIN) == [("concession-removed", "narrowed")]
    assert told(PLAIN, WIDE) == [("concession-added", "broadened")]


def test_two_changes_in_one_sentence_are_two() -> None:
    other = "One lamp visit a year is covered for adults with severe hives."
    rules = [rule for rule, _ in told(WIDE, other)]
    assert "concession-removed" in rules
    assert len(rules) > 1


def test_what_stands_in_its_place_is_one_change_with_it() -> None:
    instead = WIDE.replace("regardless of the season", "in the dark season")
    assert not any(rule.startswith("concession") for rule, _ in told(WIDE, instead))


def test_of_a_denial_its_direction_stays_open() -> None:
    found = told(WIDE.replace("is", "is not"), PLAIN.replace("is", "is not"), "not_covered")
    assert [rule for rule, _ in found if rule.startswith("concession")] == []
    assert found


@pytest.mark.parametrize(
    ("text", "phrases", "rest"),
    [
        (WIDE, ("regardless of the season",), PLAIN.replace(" is covered", ", is covered")),
        ("A scan with or without dye", (), "A scan with or without dye"),
        ("Covered even if it itches; see below", ("even if it itches",), "Covered; see below"),
        ("Covered independently of the season", ("independently of the season",), "Covered"),
        (PLAIN, (), PLAIN),
    ],
)
def test_the_phrases_of_a_text(text: str, phrases: tuple[str, ...], rest: str) -> None:
    assert concessions(text) == phrases
    assert fold_commas(without_concessions(text)) == fold_commas(rest)


def fold_commas(text: str) -> str:
    return text.replace(",", "").replace("  ", " ")
