"""A comparison as it is read on the terminal."""

from io import StringIO

from rich.console import Console

from policy_tracker.commands.show_diff import show_diff
from policy_tracker.record import Record
from tests.alerts.samples import change, comparison, record


def shown(*changes, before: Record | None = None, after: Record | None = None) -> str:
    console = Console(file=StringIO(), width=100, no_color=True)
    show_diff(console, comparison(*changes), before or record(), after or record())
    return console.file.getvalue()


def test_one_edit_at_two_places_is_shown_once_with_both():
    at = (("Asthma", "Start"), ("Hives", "Start"))
    told = shown(*(change(f"e{n}", statement=f"s{n}", subject=at[n]) for n in range(2)))
    assert "2 changes that can decide a claim" in told
    assert told.count("[-before-]") == 1
    assert "Changed alike at 2 places:" in told
    assert "Asthma › Start" in told
    assert "Hives › Start" in told


def test_what_one_sentence_means_twice_is_shown_below_its_words():
    told = shown(
        change("e1", statement="s1"),
        change("e2", statement="s1", explanation="A second thing.", rule="other-rule"),
    )
    assert told.count("[-before-]") == 1
    assert "rule a-rule" in told
    assert "rule other-rule" in told


def test_an_effective_date_that_both_versions_print_gives_way_to_the_day_of_issue():
    def issued(day: str) -> Record:
        dates = {
            name: {"date": date, "raw": date, "status": "dated"}
            for name, date in (("effective", "2018-01-29"), ("issued", day))
        }
        return record(version=day, dates=dates)

    told = shown(change(), before=issued("2024-12-02"), after=issued("2025-01-20"))
    assert "applies from Monday, January 20, 2025" in " ".join(told.split())
