"""The rule of time, by example and against an oracle that tries every day."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tracker.record import Timing
from policy_tracker.store.governing import Entry, every_date, line_of, resolve, spans, standing
from policy_tracker.store.views import Gap, Question
from tests.store.making import day, on

BASES = {
    "date_of_service": "as_of",
    "unknown": "as_of",
    "date_processed": "processed_on",
    "admission": "admitted_on",
    "auth_request": "authorized_on",
}


def entry(
    version,
    effective=None,
    *,
    number=1,
    sequence=1,
    withdrawn=False,
    dates_back=False,
    basis="unknown",
    history=(),
    **more,
):
    dates = {name: day(text) if name in DAYS_OF else text for name, text in more.items()}
    if "issued" in dates:
        dates.setdefault("issued_as", "issued")
    timing = Timing(
        effective=day(effective) if effective else None,
        basis=basis,
        history=tuple(map(day, history)),
        **dates,
    )
    return Entry(version, sequence, number, sequence, timing, withdrawn, dates_back)


DAYS_OF = ("issued", "superseded_on", "retired", "checked_on")


BEFORE = entry("before", None, superseded_on="2025-09-26")
AFTER = entry("after", "2025-09-26", sequence=2)


def test_a_version_of_unknown_start_answers_until_it_is_superseded():
    answer = resolve([BEFORE, AFTER], on("2025-09-25"))
    assert (answer.status, answer.version, answer.start.day, answer.until) == (
        "in_force",
        "before",
        None,
        day("2025-09-26"),
    )
    assert answer.why == (
        "Version before is in force on 2025-09-25: its start is not known (basis not stated); "
        "it was superseded on 2025-09-26, after that day; no later version starts by then."
    )


def test_the_next_day_the_new_version_answers():
    answer = resolve([BEFORE, AFTER], on("2025-09-26"))
    assert (answer.version, answer.revision_id, answer.until) == ("after", 2, None)
    assert answer.why == (
        "Version after is in force on 2025-09-26: effective 2025-09-26 (basis not stated); no "
        "later version starts by then."
    )


def test_a_successor_that_is_not_held_leaves_a_gap():
    answer = resolve([entry("one", "2020-01-01", superseded_on="2024-05-01")], on("2024-05-01"))
    assert (answer.status, answer.version, answer.nearest) == ("gap", None, "one")
    assert "superseded on 2024-05-01 by a version that is not held" in answer.why


def test_a_retired_policy_says_so_and_may_come_back():
    entries = [
        entry("one", "2020-01-01", retired="2024-05-01"),
        entry("two", "2025-01-01", sequence=2),
    ]
    assert resolve(entries, on("2024-04-30")).until == day("2024-05-01")
    assert resolve(entries, on("2024-05-01")).status == "retired"
    assert resolve(entries, on("2025-01-01")).version == "two"


def test_only_future_versions():
    answer = resolve(
        [entry("two", "2027-01-01", sequence=2), entry("one", "2026-06-01")], on("2026-05-31")
    )
    assert (answer.status, answer.nearest, answer.until) == (
        "future_only",
        "one",
        day("2026-06-01"),
    )


def test_nothing_is_known_before_anything_was_recorded_or_after_all_was_withdrawn():
    assert resolve([], on("2026-01-01")).status == "nothing_known"
    withdrawn = [
        entry("one", "2020-01-01"),
        entry("one", "2020-01-01", number=2, sequence=2, withdrawn=True),
    ]
    assert resolve(withdrawn, on("2026-01-01"), known=1).version == "one"
    answer = resolve(withdrawn, on("2026-01-01"))
    assert (answer.status, answer.nearest) == ("nothing_known", "one")
    assert "withdrew" in answer.why


def test_of_two_versions_for_one_day_the_one_issued_last_governs():
    early, late = (
        entry("early", "2025-01-01", issued="2024-11-01", sequence=2),
        entry("late", "2025-01-01", issued="2024-12-01"),
    )
    answer = resolve([early, late], on("2025-01-01"))
    assert answer.version == "late"
    assert "it was issued last" in answer.why
    assert answer.tied == ()


def test_then_the_one_with_the_greatest_label_of_the_payers_own():
    nine = entry("b", "2025-01-01", label="v9")
    ten = entry("a", "2025-01-01", label="v10", sequence=2)
    answer = resolve([ten, nine], on("2025-01-01"))
    assert (answer.version, answer.certainty, answer.tied) == ("a", "presumed", ())
    assert "has the last label" in answer.why


@pytest.mark.parametrize("labels", [(None, None), ("v1", None), ("v1", "V01")])
def test_what_nothing_orders_is_a_tie_and_uncertain(labels):
    held = [
        entry(name, "2025-01-01", label=label, sequence=place)
        for place, (name, label) in enumerate(zip("ab", labels, strict=True), 1)
    ]
    answers = [resolve(entries, on("2025-01-01")) for entries in (held, held[::-1])]
    assert answers[0] == answers[1]
    assert (answers[0].version, answers[0].certainty, answers[0].tied) == (
        "b",
        "uncertain",
        ("a", "b"),
    )


def test_a_correction_of_the_earlier_of_two_does_not_overtake_the_later():
    first, second = (
        entry("first", "2025-01-01", label="1"),
        entry("second", "2025-01-01", label="2", sequence=2),
    )
    corrected = entry("first", "2025-01-01", label="1", number=2, sequence=3)
    assert resolve([first, second, corrected], on("2025-01-01")).version == "second"


def test_a_retroactive_version_answers_only_once_it_is_known():
    entries = [entry("old", "2020-01-01"), entry("retroactive", "2024-01-01", sequence=2)]
    assert resolve(entries, on("2024-06-01"), known=1).version == "old"
    assert resolve(entries, on("2024-06-01")).version == "retroactive"


def test_a_date_that_is_not_given_matters_only_where_it_can_decide():
    entries = [
        entry("one", "2020-01-01"),
        entry("two", "2025-01-01", sequence=2, basis="date_processed"),
        entry("three", "2026-01-01", sequence=3),
    ]
    answer = resolve(entries, on("2025-06-01"))
    assert (answer.status, answer.version, answer.needs) == (
        "indeterminate",
        None,
        ("processed_on",),
    )
    assert "processed_on is not given" in answer.why
    assert resolve(entries, on("2025-06-01", processed_on=day("2025-06-10"))).version == "two"
    assert resolve(entries, on("2024-12-30", processed_on=day("2024-12-31"))).version == "one"
    assert resolve(entries, on("2026-01-01")).version == "three", (
        "a version that starts later outranks it either way"
    )


@pytest.mark.parametrize(
    ("basis", "need"), [("admission", "admitted_on"), ("auth_request", "authorized_on")]
)
def test_each_basis_asks_for_its_own_date(basis, need):
    entries = [entry("one", "2020-01-01", basis=basis)]
    assert resolve(entries, on("2025-01-01")).needs == (need,)
    assert resolve(entries, on("2025-01-01", **{need: day("2020-01-01")})).version == "one"


def test_an_overlap_with_a_version_of_unknown_start_is_told():
    entries = [
        entry("dated", "2020-01-01"),
        entry("undated", None, superseded_on="2025-01-01", sequence=2),
    ]
    answer = resolve(entries, on("2024-01-01"))
    assert answer.version == "dated"
    assert (
        "version undated, whose start is not known, was in force before 2025-01-01 and may "
        "have replaced it earlier"
    ) in answer.why
    assert "undated" not in resolve(entries, on("2025-01-01")).why


# --- The oracle: every claim is tried with every day for each date that it does not give.

DAYS = [date(2025, 1, 1) + timedelta(days=3 * step) for step in range(6)]
SCANNED = [DAYS[0] - timedelta(days=2) + timedelta(days=step) for step in range(21)]
maybe_day = st.none() | st.sampled_from(DAYS)


@st.composite
def histories(draw, bases=tuple(BASES)):
    """Revisions of up to four versions, in the order in which they were recorded."""
    labels = draw(st.lists(st.sampled_from("abcd"), max_size=6))
    numbers: dict[str, int] = {}
    found = []
    for sequence, label in enumerate(labels, 1):
        numbers[label] = numbers.get(label, 0) + 1
        dates = {
            name: draw(maybe_day)
            for name in ("effective", "issued", "superseded_on", "retired", "checked_on")
        }
        more = {
            "issued_as": "issued" if dates["issued"] else None,
            "basis": draw(st.sampled_from(bases)),
        }
        printed = {
            "history": tuple(sorted(set(draw(st.lists(st.sampled_from(DAYS), max_size=3))))),
            "label": draw(st.none() | st.sampled_from(["v1", "v2", "v5"])),
            "marks": draw(st.sampled_from([(), (), ("history",)])),
        }
        timing = Timing(**dates, **more, **printed)
        found.append(
            Entry(
                label,
                100 + sequence,
                numbers[label],
                sequence,
                timing,
                withdrawn=draw(st.integers(0, 5)) == 0,
            )
        )
    return found


def outcome(history, known, dates):
    """What governs a claim all of whose dates are given: (status, version), by looking at every
    version in turn.
    """
    stand, _ = standing(history, known)
    if not stand:
        return ("nothing_known", None)
    begun = [
        one
        for one in stand
        if one.start.day is not None and dates[BASES[one.start.basis]] >= one.start.day
    ]
    if begun:
        return state(begun[-1], dates)
    unknown = [one for one in stand if one.start.day is None]
    if not unknown:
        return ("future_only", None)
    going = [one for one in unknown if state(one, dates)[0] == "in_force"]
    never = date(9999, 1, 1)
    if going:
        soonest = min(one.entry.end or never for one in going)
        return state(
            max(
                (one for one in going if (one.entry.end or never) == soonest),
                key=lambda one: one.place,
            ),
            dates,
        )
    return state(max(unknown, key=lambda one: (one.entry.end, one.place)), dates)


def state(one, dates):
    end, today = one.entry.end, dates[BASES[one.start.basis]]
    if end is None or today < end:
        return ("in_force", one.entry.version)
    return ("retired" if one.entry.timing.retired == end else "gap", one.entry.version)


def expected(history, known, question):
    """The only possible outcome, or the fields on which it depends."""
    fields = ("as_of", "processed_on", "admitted_on", "authorized_on")
    choices = [
        [getattr(question, field)] if getattr(question, field) else [SCANNED[0], *DAYS, SCANNED[-1]]
        for field in fields
    ]
    found = {
        values: outcome(history, known, dict(zip(fields, values, strict=True)))
        for values in itertools.product(*choices)
    }
    needs = set()
    for place, field in enumerate(fields):
        others = {}
        for values, result in found.items():
            others.setdefault(values[:place] + values[place + 1 :], set()).add(result)
        if any(len(results) > 1 for results in others.values()):
            needs.add(field)
    return (("indeterminate", None), needs) if needs else (next(iter(found.values())), set())


def questions():
    days = st.sampled_from(SCANNED)
    return st.builds(
        Question,
        as_of=days,
        processed_on=st.none() | days,
        authorized_on=st.none() | days,
        admitted_on=st.none() | days,
    )


def told(answer):
    return (
        answer.status,
        answer.nearest if answer.status in ("gap", "retired") else answer.version,
    )


@given(histories(), questions(), st.integers(0, 6))
@settings(max_examples=300)
def test_resolve_agrees_with_trying_every_day(history, question, known):
    answer = resolve(history, question, known)
    wanted, needs = expected(history, known, question)
    assert told(answer) == wanted
    assert set(answer.needs) >= needs, "what it asks for is enough to decide"
    assert bool(answer.needs) == bool(needs), "and it asks only where something is missing"
    assert answer.why.count(". ") == 0, "one sentence"
    assert answer.why.endswith(".")
    assert str(question.as_of) in answer.why
    if answer.version:
        assert answer.version in answer.why


@given(histories(bases=("date_of_service",)), st.sampled_from(SCANNED))
def test_until_is_the_first_day_of_another_answer(history, today):
    answer = resolve(history, Question(as_of=today))
    if answer.status == "in_force":
        then = [
            one
            for one in SCANNED
            if one > today and told(resolve(history, Question(as_of=one))) != told(answer)
        ]
        assert answer.until == (then[0] if then else None)


@given(histories(), st.integers(0, 6))
def test_bars_say_of_every_day_what_resolve_says(history, known):
    bars = spans(history, known)
    assert bars[0].from_day is None
    assert bars[-1].to_day is None
    assert all(one.to_day == other.from_day for one, other in itertools.pairwise(bars))
    for today in SCANNED:
        bar = next(bar for bar in bars if bar.to_day is None or today < bar.to_day)
        answer = resolve(history, every_date(today), known)
        assert (bar.status, bar.version, bar.revision_id, bar.reason) == (
            answer.status,
            answer.version,
            answer.revision_id,
            answer.reason,
        )
        assert (bar.certainty, bar.certainty_reasons, bar.checked_on) == (
            answer.certainty,
            answer.certainty_reasons,
            answer.checked_on,
        )


@given(histories(), questions(), st.randoms())
def test_the_order_of_entries_does_not_matter(history, question, random):
    shuffled = list(history)
    random.shuffle(shuffled)
    assert resolve(shuffled, question) == resolve(history, question)
    assert standing(shuffled) == standing(history)


@given(histories(), st.randoms())
def test_the_order_of_loading_does_not_matter(history, random):
    """Each version once, recorded in any order: only the numbers that the recording gave out
    differ.
    """
    once = list({one.version: one for one in history}.values())
    shuffled = list(once)
    random.shuffle(shuffled)
    again = [replace(one, number=1, sequence=place) for place, one in enumerate(shuffled, 1)]
    once = [replace(one, number=1, sequence=place) for place, one in enumerate(once, 1)]
    assert spans(again) == spans(once)
    assert line_of(again).holes == line_of(once).holes
    for today in SCANNED:
        assert resolve(again, every_date(today)) == resolve(once, every_date(today))


# --- Certainty: what is known to be missing is said, and nothing is claimed beyond what was
# checked.


def certainty(entries, text):
    answer = resolve(entries, on(text))
    return answer.version, answer.certainty


SIBLINGS = [
    entry("2018", "2018-01-29", issued="2018-01-29", marks=("history",)),
    entry(
        "2021",
        "2018-01-29",
        issued="2021-11-01",
        history=("2018-01-01", "2021-01-01", "2021-11-01"),
        marks=("history",),
        sequence=2,
    ),
    entry(
        "2022",
        "2018-01-29",
        issued="2022-01-10",
        history=("2018-01-01", "2021-01-01", "2021-11-01", "2022-01-01"),
        sequence=3,
    ),
]
"""Versions that all print the policy's first date, the first two stamped HISTORY; a revision of
January 2021 is not on file.
"""


@pytest.mark.parametrize(
    ("text", "version", "sure"),
    [
        ("2018-01-28", None, "uncertain"),
        ("2018-01-29", "2018", "presumed"),
        ("2020-12-31", "2018", "presumed"),
        ("2021-01-01", "2018", "uncertain"),
        ("2021-10-31", "2018", "uncertain"),
        ("2021-11-01", "2021", "certain"),
        ("2022-01-09", "2021", "certain"),
        ("2022-01-10", "2022", "presumed"),
    ],
)
def test_versions_that_print_one_date(text, version, sure):
    assert certainty(SIBLINGS, text) == (version, sure)


def test_a_gap_is_a_bar_of_its_own_and_says_what_is_near():
    bars = [(bar.version, str(bar.from_day), bar.certainty, bar.missing) for bar in spans(SIBLINGS)]
    assert bars == [
        (None, "None", "uncertain", None),
        ("2018", "2018-01-29", "presumed", None),
        ("2018", "2021-01-01", "uncertain", 1),
        ("2021", "2021-11-01", "certain", None),
        ("2022", "2022-01-10", "presumed", None),
    ]
    answer = resolve(SIBLINGS, on("2021-06-01"))
    assert (answer.nearest_before, answer.nearest_after) == ("2018", "2021")
    assert answer.certainty_reasons == (
        "1 version is known not to be on file between 2021-01-01 and version 2021.",
    )
    assert line_of(SIBLINGS).holes[0].gap == Gap(
        after=day("2018-01-29"), before=day("2021-11-01"), missing=1
    )
    assert resolve(SIBLINGS, on("2021-12-01")).policy_effective == day("2018-01-29")


def test_a_numbering_that_skips_leaves_a_gap_from_where_the_earlier_is_last_known():
    held = [
        entry("18", "2024-06-01", label="P-18"),
        entry("22", "2025-11-01", label="P-22", sequence=2),
    ]
    assert certainty(held, "2024-06-01") == ("18", "presumed")
    assert certainty(held, "2024-06-02") == ("18", "uncertain")
    assert line_of(held).holes[0].gap == Gap(
        after=day("2024-06-01"), before=day("2025-11-01"), missing=3
    )
    checked = [entry("18", "2024-06-01", label="P-18", checked_on="2024-09-01"), held[1]]
    assert certainty(checked, "2024-09-01") == ("18", "certain")
    assert certainty(checked, "2024-09-02") == ("18", "uncertain")


def test_history_that_names_every_missing_version_dates_the_gap():
    rows = ("2024-11-01", "2025-03-01", "2025-06-01", "2025-11-01")
    held = [
        entry("18", "2024-06-01", label="P-18", history=("2024-05-01",)),
        entry("22", "2025-11-01", label="P-22", history=("2024-05-01", *rows), sequence=2),
    ]
    assert certainty(held, "2024-10-31") == ("18", "presumed")
    assert certainty(held, "2024-11-01") == ("18", "uncertain")
    assert line_of(held).holes[0].missing == 3


def test_a_history_that_goes_on_after_the_latest_version_ends_what_is_presumed():
    held = [
        entry(
            "one",
            "2024-01-01",
            issued="2024-01-01",
            history=("2024-01-01", "2025-02-01", "2025-08-01"),
        )
    ]
    assert certainty(held, "2025-01-31") == ("one", "presumed")
    assert certainty(held, "2025-02-01") == ("one", "uncertain")


def test_the_last_check_is_the_right_edge():
    held = [entry("one", "2024-01-01", checked_on="2024-03-01")]
    assert certainty(held, "2024-03-01") == ("one", "certain")
    assert certainty(held, "2024-03-02") == ("one", "presumed")
    assert resolve(held, on("2024-06-01")).checked_on == day("2024-03-01")


def test_before_the_first_issue_date_nothing_is_sure_and_later_a_delay_is_said():
    held = [
        entry("one", "2024-01-01", issued="2024-02-01"),
        entry("two", "2025-01-01", issued="2025-01-07", sequence=2),
    ]
    assert certainty(held, "2024-01-15") == ("one", "uncertain")
    assert certainty(held, "2024-02-01") == ("one", "certain")
    answer = resolve(held, on("2025-01-03"))
    assert (answer.version, answer.certainty) == ("two", "presumed")
    assert answer.certainty_reasons == ("Version two was issued 6 days after it took effect.",)


def test_an_archived_version_without_its_successor_is_uncertain_from_its_start():
    for mark in ("history", "archived", "retired", "superseded"):
        assert certainty(
            [entry("one", "2024-01-01", marks=(mark,), checked_on="2025-01-01")], "2024-01-01"
        ) == ("one", "uncertain")
    assert certainty([entry("one", "2024-01-01", marks=("draft",))], "2024-01-01") == (
        "one",
        "presumed",
    )


def test_an_unknown_start_is_never_certain():
    assert certainty([entry("one", checked_on="2025-01-01")], "2024-01-01") == ("one", "uncertain")


def test_the_payers_own_retirement_is_certain():
    answer = resolve([entry("one", "2020-01-01", retired="2024-05-01")], on("2024-05-01"))
    assert (answer.status, answer.certainty) == ("retired", "certain")


@given(histories(bases=("date_of_service",)))
def test_certain_is_claimed_only_within_what_is_known(history):
    line = line_of(history)
    for today in SCANNED:
        answer = resolve(line, every_date(today))
        assert answer.certainty_reasons, "every answer says why"
        if answer.status != "in_force" or answer.certainty == "uncertain":
            continue
        one = next(one for one in line.stand if one.entry.version == answer.version)
        hole, following = line.holes.get(one.place), line.next_of(one)
        assert one.start.day is not None
        assert answer.tied == ()
        assert hole is None or today < hole.begin
        if answer.certainty == "certain":
            assert one.start.issued is None or today >= one.start.issued
            checked_on = one.entry.timing.checked_on
            assert (following and not hole) or (checked_on and today <= checked_on)


@given(histories(bases=("date_of_service",)), st.sampled_from(SCANNED))
def test_a_later_check_only_ever_adds_certainty(history, checked_on):
    """Where the same text was found again later, no answer becomes less certain before that day."""
    once = list({one.version: one for one in history}.values())
    latest = {one.entry.version for one in line_of(once).stand[-1:]}
    later = [
        replace(
            one,
            timing=one.timing.model_copy(
                update={"checked_on": max(checked_on, one.timing.checked_on or date.min)}
            ),
        )
        if one.version in latest
        else one
        for one in once
    ]
    order = ("uncertain", "presumed", "certain")
    for today in SCANNED:
        before, after = (resolve(entries, every_date(today)) for entries in (once, later))
        assert before.version == after.version
        assert order.index(after.certainty) >= order.index(before.certainty)
