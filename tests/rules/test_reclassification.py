"""What was told wrongly, by two comparisons of the same two versions."""

from policy_tracker.rules.changes import Directions
from policy_tracker.rules.reclassification import findings, is_wrong
from tests.alerts.samples import change, comparison

OPEN = {"axis": "coverage", "direction": "indeterminate"}
NARROWED = {"axis": "coverage", "direction": "narrowed"}


def test_who_was_told_that_the_direction_is_unclear_was_told_nothing_wrong() -> None:
    told = comparison(change("e1", **OPEN), directions=Directions(coverage="indeterminate"))
    now = comparison(change("e1", **NARROWED), directions=Directions(coverage="narrowed"))
    assert not is_wrong(told, now)
    assert is_wrong(now, told)


def test_the_same_words_under_another_place_are_no_finding() -> None:
    told, now = (comparison(change(name, **NARROWED, before="a", after="b")) for name in "xy")
    assert findings(told, now) == ()


def test_one_of_two_that_were_told_in_the_same_words_is_gone() -> None:
    told = comparison(*(change(name, **NARROWED, before="a", after="b") for name in "xy"))
    now = comparison(change("z", **NARROWED, before="a", after="b"))
    assert [(one.what, len(one.told)) for one in findings(told, now)] == [("gone", 1)]
