from policy_tracker.pages.change_cards import CardMaker
from policy_tracker.pages.passages import passages_of
from policy_tracker.rules.changes import Change
from tests.alerts.samples import comparison


def change(
    number: int, statement: str | None, before: str | None, after: str | None, **further: object
) -> Change:
    values = {
        "id": f"c{number}",
        "difference": f"d{number}",
        "rule": "criterion-reworded",
        "kind": "criterion_modified",
        "impact": "medium",
        "substantive": True,
        "heading": "Criterion changed",
        "section": "coverage",
        "statement": statement,
        "before": before,
        "after": after,
        "explanation": "It reads otherwise.",
    }
    return Change.model_validate({**values, **further})


def test_what_one_sentence_means_twice_is_one_passage_with_the_weightiest_first() -> None:
    whole = change(1, "a", "Two visits (S0612) a year", "One visit (S0610) a year", impact="low")
    part = change(2, "a", "Two visits", "One visit", rule="limit-lowered", impact="high")
    other = change(3, "b", "Two visits", "One visit")
    first, second = passages_of([whole, part, other])
    assert [one.id for one in first.changes] == ["c2", "c1"]
    assert first.widest is whole
    assert [one.id for one in second.changes] == ["c3"]


def test_the_same_edit_at_several_places_is_folded_and_counted() -> None:
    edits = [change(n, f"use-{n}", "Held for 6 months", "Held for 12 months") for n in range(3)]
    (passage,) = passages_of(edits)
    assert [one.id for one in passage.changes] == ["c0"]
    assert [one.id for one in passage.all_changes] == ["c0", "c1", "c2"]


def test_equal_words_that_mean_something_else_stand_apart() -> None:
    narrowed = change(1, "a", None, "No other illness", axis="coverage", direction="narrowed")
    widened = change(2, "b", None, "No other illness", axis="coverage", direction="broadened")
    assert len(passages_of([narrowed, widened])) == 2


def test_what_is_new_does_not_hide_in_a_sentence_that_both_versions_have() -> None:
    new = change(1, "a", None, "One visit")
    edited = change(2, "a", "Two visits a year", "One visit a year")
    assert len(passages_of([new, edited])) == 2


def test_changes_without_words_stand_apart() -> None:
    codes = [change(n, None, None, None, kind="code_added") for n in range(3)]
    passages = passages_of(codes)
    assert [one.changes for one in passages] == [(code,) for code in codes]


def test_places_are_counted_and_not_what_is_read_at_them() -> None:
    edits = [
        change(2 * use + reading, f"use-{use}", "Held for 6 months", "Held for 12", rule=rule)
        for use in range(2)
        for reading, rule in enumerate(("period-lengthened", "criterion-reworded"))
    ]
    passages = passages_of(edits)
    (card,) = CardMaker(comparison(*edits), None, None, made=[]).cards(passages)
    assert card.further_places == 1
    assert [one.number for one in card.all_changes] == [1, 2, 3, 4]
