"""The oracle of timelines is held against cases that a person has worked out from the description."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from tests.oracles.random_timelines import random_timeline, smallest
from tests.oracles.timelines import (
    Answer,
    Policy,
    Printed,
    Revision,
    Timeline,
    ask,
    days_that_matter,
)


def version(
    name,
    /,
    history=(),
    mark=False,
    retrieved=None,
    label=None,
    basis="unknown",
    withdrawn=False,
    **dates,
):
    printed = {which: Printed(text) for which, text in dates.items()}
    return Revision(name, printed, basis, label, tuple(history), mark, retrieved, withdrawn)


def answers(timeline, *days, **how):
    """What the oracle says on days, in short: `v2 certain`, `v1 uncertain gap`."""
    return [short(ask(timeline, date.fromisoformat(day), **how)) for day in days]


def short(answer: Answer) -> str:
    name = "|".join(sorted(answer.versions)) or answer.status
    return " ".join([name, answer.certainty, *sorted(answer.kinds - {answer.status})])


ISSUED = [
    "2018-03-05",
    "2019-09-30",
    "2020-11-02",
    "2022-01-10",
    "2023-02-27",
    "2024-06-03",
    "2025-04-28",
]
HIGHMARK = Timeline(
    tuple(
        version(f"v{number}", effective="2018-01-01", issued=issued)
        for number, issued in enumerate(ISSUED, 1)
    )
)


def test_seven_versions_that_print_the_policys_first_date_each_start_when_they_were_issued():
    days = [
        "2018-02-15",
        "2018-03-15",
        "2019-09-29",
        "2019-09-30",
        "2021-06-15",
        "2023-02-15",
        "2025-04-27",
        "2025-05-15",
    ]
    assert answers(HIGHMARK, *days) == [
        "future_only uncertain",
        "v1 certain",
        "v1 certain",
        "v2 certain",
        "v3 certain",
        "v4 certain",
        "v6 certain",
        "v7 presumed after_last_check",
    ]


def test_one_version_with_a_first_date_long_before_its_review_starts_at_the_review():
    aetna = Timeline(
        (version("now", effective="1999-07-12", last_review="2026-01-20", retrieved="2026-02-01"),)
    )
    assert answers(aetna, "2010-06-15", "2026-01-20", "2026-02-01", "2026-02-02") == [
        "future_only uncertain",
        "now certain",
        "now certain",
        "now presumed after_last_check",
    ]


def test_numbering_that_skips_leaves_a_gap_until_the_next_version():
    uhc = Timeline(
        (
            version("18", effective="2023-05-01", label="2023T0524-18", retrieved="2023-08-01"),
            version("22", effective="2024-11-01", label="2024T0524-22"),
        )
    )
    assert answers(uhc, "2023-08-01", "2023-08-02", "2024-10-31", "2024-11-01") == [
        "18 certain",
        "18 uncertain gap",
        "18 uncertain gap",
        "22 presumed after_last_check",
    ]


def test_versions_that_the_history_names_and_nobody_holds_leave_a_gap_from_the_first_of_them():
    two = (
        version("a", effective="2022-01-01", history=["2021-01-01", "2022-01-01"]),
        version(
            "b",
            effective="2024-01-01",
            history=["2021-01-01", "2022-01-01", "2022-09", "2023-04-01", "2024-01-01"],
        ),
    )
    assert answers(Timeline(two), "2022-08-31", "2022-09-01", "2023-12-31", "2024-01-01") == [
        "a presumed after_last_check",
        "a uncertain gap",
        "a uncertain gap",
        "b presumed after_last_check",
    ]
    assert answers(Timeline(two[::-1]), "2022-09-01") == ["a uncertain gap"]


def test_an_undated_policy_began_at_an_unknown_time():
    assert (
        answers(
            Timeline((version("ncd", retrieved="2026-03-01"),)),
            "1990-01-01",
            "2026-01-01",
            "2027-01-01",
        )
        == ["ncd uncertain start_unknown"] * 3
    )


@pytest.mark.parametrize("dates_back", [True, False])
def test_a_date_long_before_the_issue_counts_only_where_dating_back_is_the_custom(dates_back):
    two = (
        version("old", effective="2015-01-01", issued="2015-01-01"),
        version("new", effective="2018-01-01", issued="2019-06-01"),
    )
    back = Timeline(two, dates_back)
    expected = ["new presumed before_issue", "new presumed after_last_check"]
    assert answers(back, "2018-05-01", "2019-06-01") == (
        expected if dates_back else ["old certain", expected[1]]
    )


def test_the_first_version_is_uncertain_before_it_was_issued_and_presumed_where_it_is_not_the_first():
    late = Timeline(
        (
            version("one", effective="2020-01-01", issued="2020-01-07"),
            version("two", effective="2021-01-01", issued="2021-01-07"),
        )
    )
    assert answers(late, "2020-01-03", "2020-01-07", "2021-01-03", "2021-01-07") == [
        "one uncertain before_first_issue",
        "one certain",
        "two presumed before_issue",
        "two presumed after_last_check",
    ]


def test_what_nothing_decides_is_a_tie_and_labels_decide_by_number():
    same = Timeline((version("b", effective="2020-01-01"), version("a", effective="2020-01-01")))
    assert answers(same, "2020-02-01") == ["b uncertain tie"]
    labelled = Timeline(
        (
            version("x", effective="2020-01-01", label="v10"),
            version("y", effective="2020-01-01", label="v9"),
        )
    )
    assert answers(labelled, "2020-02-01") == ["x presumed after_last_check"]


def test_a_version_marked_as_history_is_uncertain_unless_its_successor_is_held():
    marked = version("old", issued="2019-01-01", mark=True, retrieved="2019-06-01")
    assert (
        answers(Timeline((marked,)), "2019-01-01", "2024-01-01")
        == ["old uncertain archive_mark"] * 2
    )
    assert answers(Timeline((marked, version("new", issued="2020-01-01"))), "2019-12-31") == [
        "old certain"
    ]


def test_a_row_behind_the_latest_version_ends_what_is_known_of_it():
    one = Timeline(
        (
            version(
                "a",
                issued="2019-01-01",
                history=["2019-01-01", "2022-05-01"],
                retrieved="2020-01-01",
            ),
        )
    )
    assert answers(one, "2020-01-02", "2022-04-30", "2022-05-01") == [
        "a presumed after_last_check",
        "a presumed after_last_check",
        "a uncertain gap",
    ]


def test_corrections_and_withdrawals_count_from_when_they_were_recorded():
    told = Timeline(
        (
            version("a", effective="2020-01-01"),
            version("b", effective="2021-01-01"),
            version("b", effective="2021-02-01"),
            version("b", effective="2021-02-01", withdrawn=True),
        )
    )
    assert [
        answers(told, "2021-01-15", "2021-02-15", known=known) for known in (0, 1, 2, 3, 4)
    ] == [
        ["nothing_known uncertain"] * 2,
        ["a presumed after_last_check"] * 2,
        ["b presumed after_last_check"] * 2,
        ["a certain", "b presumed after_last_check"],
        ["a presumed after_last_check"] * 2,
    ]


def test_a_date_that_the_question_does_not_give_makes_the_answer_open():
    processed = Timeline(
        (
            version("a", effective="2020-01-01"),
            version("b", effective="2021-01-01", basis="date_processed"),
        )
    )
    assert (
        answers(processed, "2020-06-01", "2021-06-01", only_service_date=True)
        == ["indeterminate uncertain"] * 2
    )
    assert answers(processed, "2020-06-01") == ["a certain"]


def test_retirement_stated_by_the_payer_ends_it_and_a_replacement_that_nobody_holds_is_a_gap():
    retired = Timeline((version("a", effective="2020-01-01", retired="2021-01-01"),))
    replaced = Timeline(
        (
            version("a", effective="2020-01-01", superseded_on="2021-01-01"),
            version("b", effective="2022-01-01"),
        )
    )
    assert answers(retired, "2020-12-31", "2021-01-01") == [
        "a presumed after_last_check",
        "retired certain",
    ]
    assert answers(replaced, "2020-12-31", "2021-01-01", "2022-01-01") == [
        "a certain",
        "gap uncertain",
        "b presumed after_last_check",
    ]


def test_nothing_depends_on_the_order_of_loading():
    for number in range(120):
        timeline = random_timeline(number)
        names = [revision.version for revision in timeline.revisions]
        if len(set(names)) == len(names):
            other = Timeline(
                tuple(Random(number).sample(timeline.revisions, len(names))), timeline.dates_back
            )
            for day in days_that_matter(timeline):
                assert ask(timeline, day) == ask(other, day), number


def test_random_timelines_hold_what_payers_do():
    """A generator that never makes a kind of case would let everything through."""
    kinds, statuses, certainties = Counter(), Counter(), Counter()
    corrected = withdrawn = 0
    for number in range(250):
        timeline = random_timeline(number)
        corrected += len({one.version for one in timeline.revisions}) < len(timeline.revisions)
        withdrawn += any(one.withdrawn for one in timeline.revisions)
        for day in days_that_matter(timeline):
            for only in (True, False):
                answer = ask(timeline, day, only_service_date=only)
                statuses[answer.status] += 1
                certainties[answer.certainty] += 1
                kinds.update(answer.kinds)
    assert min(corrected, withdrawn) > 15
    assert min(certainties[word] for word in ("certain", "presumed", "uncertain")) > 300
    assert set(statuses) == {
        "in_force",
        "future_only",
        "retired",
        "gap",
        "indeterminate",
        "nothing_known",
    }
    wanted = {
        "start_unknown",
        "tie",
        "before_first_issue",
        "gap",
        "archive_mark",
        "after_last_check",
        "before_issue",
        "indeterminate",
    }
    assert wanted <= set(kinds)
    assert min(kinds[kind] for kind in wanted) > 20, kinds


def test_a_failing_timeline_is_made_small():
    found = smallest(
        HIGHMARK, lambda timeline: any(one.version == "v4" for one in timeline.revisions)
    )
    assert found == Timeline((Revision("v4"),))


def test_the_gap_begins_where_the_earliest_evidence_says():
    both = Timeline(
        (
            version("18", effective="2023-05-01", label="-18", history=["2023-05-01"]),
            version(
                "22",
                effective="2024-11-01",
                label="-22",
                history=["2023-05-01", "2024-02-01", "2024-11-01"],
            ),
        )
    )
    assert min(Policy(both).gaps["18"]) == (date(2023, 5, 2), date(2024, 11, 1))
