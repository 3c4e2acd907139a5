"""The rule of time, by example and against an oracle that tries every day."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tracker.record import Start
from policy_tracker.store.governing import Entry, every_date, resolve, spans, standing
from policy_tracker.store.views import Question
from tests.store.making import day, on

BASES = {
    "date_of_service": "as_of",
    "unknown": "as_of",
    "date_processed": "processed_on",
    "admission": "admitted_on",
    "auth_request": "authorized_on",
}


def entry(label, start, *, number=1, sequence=1, basis="unknown", stated_as="effective", **more):
    value = Start(day=day(start) if start else None, stated_as=stated_as if start else "unknown", basis=basis)
    dates = {name: day(text) if isinstance(text, str) else text for name, text in more.items()}
    return Entry(label, sequence, number, sequence, value, **dates)


BEFORE = entry("before", None, superseded_on="2025-09-26")
AFTER = entry("after", "2025-09-26", sequence=2)


def test_an_edition_of_unknown_start_answers_until_it_is_superseded():
    answer = resolve([BEFORE, AFTER], on("2025-09-25"))
    assert (answer.status, answer.edition, answer.start.day, answer.until) == ("in_force", "before", None, day("2025-09-26"))
    assert answer.why == (
        "Edition before is in force on 2025-09-25: its start is not known (basis not stated); "
        "it was superseded on 2025-09-26, after that day; no later edition starts by then."
    )


def test_the_next_day_the_new_edition_answers():
    answer = resolve([BEFORE, AFTER], on("2025-09-26"))
    assert (answer.edition, answer.revision_id, answer.until) == ("after", 2, None)
    assert answer.why == (
        "Edition after is in force on 2025-09-26: effective 2025-09-26 (basis not stated); no later edition starts by then."
    )


def test_a_successor_that_is_not_held_leaves_a_gap():
    answer = resolve([entry("one", "2020-01-01", superseded_on="2024-05-01")], on("2024-05-01"))
    assert (answer.status, answer.edition, answer.nearest) == ("gap", None, "one")
    assert "superseded on 2024-05-01 by an edition that is not held" in answer.why


def test_a_retired_policy_says_so_and_may_come_back():
    entries = [entry("one", "2020-01-01", retired="2024-05-01"), entry("two", "2025-01-01", sequence=2)]
    assert resolve(entries, on("2024-04-30")).until == day("2024-05-01")
    assert resolve(entries, on("2024-05-01")).status == "retired"
    assert resolve(entries, on("2025-01-01")).edition == "two"


def test_only_future_editions():
    answer = resolve([entry("two", "2027-01-01", sequence=2), entry("one", "2026-06-01")], on("2026-05-31"))
    assert (answer.status, answer.nearest, answer.until) == ("future_only", "one", day("2026-06-01"))


def test_nothing_is_known_before_anything_was_recorded_or_after_all_was_withdrawn():
    assert resolve([], on("2026-01-01")).status == "nothing_known"
    withdrawn = [entry("one", "2020-01-01"), entry("one", "2020-01-01", number=2, sequence=2, withdrawn=True)]
    assert resolve(withdrawn, on("2026-01-01"), known=1).edition == "one"
    answer = resolve(withdrawn, on("2026-01-01"))
    assert (answer.status, answer.nearest) == ("nothing_known", "one")
    assert "withdrew" in answer.why


def test_of_two_editions_for_one_day_the_one_issued_last_governs_then_the_one_recorded_last():
    early, late = entry("early", "2025-01-01", issued="2024-11-01", sequence=2), entry("late", "2025-01-01", issued="2024-12-01")
    answer = resolve([early, late], on("2025-01-01"))
    assert answer.edition == "late"
    assert "it was issued last" in answer.why
    again = entry("again", "2025-01-01", issued="2024-12-01", sequence=3)
    answer = resolve([early, late, again], on("2025-01-01"))
    assert answer.edition == "again"
    assert "it was recorded last" in answer.why


def test_a_correction_of_the_earlier_of_two_does_not_overtake_the_later():
    first, second = entry("first", "2025-01-01"), entry("second", "2025-01-01", sequence=2)
    corrected = entry("first", "2025-01-01", number=2, sequence=3)
    assert resolve([first, second, corrected], on("2025-01-01")).edition == "second"


def test_a_retroactive_edition_answers_only_once_it_is_known():
    entries = [entry("old", "2020-01-01"), entry("retroactive", "2024-01-01", sequence=2)]
    assert resolve(entries, on("2024-06-01"), known=1).edition == "old"
    assert resolve(entries, on("2024-06-01")).edition == "retroactive"


def test_a_date_that_is_not_given_matters_only_where_it_can_decide():
    entries = [
        entry("one", "2020-01-01"),
        entry("two", "2025-01-01", sequence=2, basis="date_processed"),
        entry("three", "2026-01-01", sequence=3),
    ]
    answer = resolve(entries, on("2025-06-01"))
    assert (answer.status, answer.edition, answer.needs) == ("indeterminate", None, ("processed_on",))
    assert "processed_on is not given" in answer.why
    assert resolve(entries, on("2025-06-01", processed_on=day("2025-06-10"))).edition == "two"
    assert resolve(entries, on("2024-12-30", processed_on=day("2024-12-31"))).edition == "one"
    assert resolve(entries, on("2026-01-01")).edition == "three", "an edition that starts later outranks it either way"


@pytest.mark.parametrize(("basis", "need"), [("admission", "admitted_on"), ("auth_request", "authorized_on")])
def test_each_basis_asks_for_its_own_date(basis, need):
    entries = [entry("one", "2020-01-01", basis=basis)]
    assert resolve(entries, on("2025-01-01")).needs == (need,)
    assert resolve(entries, on("2025-01-01", **{need: day("2020-01-01")})).edition == "one"


def test_an_overlap_with_an_edition_of_unknown_start_is_told():
    entries = [entry("dated", "2020-01-01"), entry("undated", None, superseded_on="2025-01-01", sequence=2)]
    answer = resolve(entries, on("2024-01-01"))
    assert answer.edition == "dated"
    assert "edition undated, whose start is not known, was in force before 2025-01-01 and may have replaced it earlier" in answer.why
    assert "undated" not in resolve(entries, on("2025-01-01")).why


# --- The oracle: every claim is tried with every day for each date that it does not give.

DAYS = [date(2025, 1, 1) + timedelta(days=3 * step) for step in range(6)]
SCANNED = [DAYS[0] - timedelta(days=2) + timedelta(days=step) for step in range(21)]
maybe_day = st.none() | st.sampled_from(DAYS)


@st.composite
def histories(draw, bases=tuple(BASES)):
    """Revisions of up to four editions, in the order in which they were recorded."""
    labels = draw(st.lists(st.sampled_from("abcd"), max_size=6))
    numbers: dict[str, int] = {}
    found = []
    for sequence, label in enumerate(labels, 1):
        numbers[label] = numbers.get(label, 0) + 1
        start = Start(day=draw(maybe_day), stated_as="effective", basis=draw(st.sampled_from(bases)))
        dates = {name: draw(maybe_day) for name in ("issued", "superseded_on", "retired")}
        found.append(Entry(label, 100 + sequence, numbers[label], sequence, start, **dates, withdrawn=draw(st.integers(0, 5)) == 0))
    return found


def outcome(history, known, dates):
    """What governs a claim all of whose dates are given: (status, edition), by looking at every revision in turn."""
    held, first = {}, {}
    for one in history:
        if one.sequence <= known:
            held[one.edition] = one
            first.setdefault(one.edition, one.sequence)
    held = {label: one for label, one in held.items() if not one.withdrawn}
    if not held:
        return ("nothing_known", None)
    best = None
    for one in held.values():
        if one.start.day is not None and dates[BASES[one.start.basis]] >= one.start.day:
            key = (one.start.day, one.issued is not None, one.issued or date.min, first[one.edition])
            if best is None or key > best[0]:
                best = (key, one)
    if best:
        return state(best[1], dates)
    unknown = [one for one in held.values() if one.start.day is None]
    if not unknown:
        return ("future_only", None)
    going = [one for one in unknown if state(one, dates)[0] == "in_force"]
    never = date(9999, 1, 1)
    order = {one.edition: (one.issued or date.min, first[one.edition]) for one in unknown}
    if going:
        soonest = min(ends(one) or never for one in going)
        return state(max((one for one in going if (ends(one) or never) == soonest), key=lambda one: order[one.edition]), dates)
    return state(max(unknown, key=lambda one: (ends(one), order[one.edition])), dates)


def ends(one):
    return min((end for end in (one.superseded_on, one.retired) if end), default=None)


def state(one, dates):
    end, today = ends(one), dates[BASES[one.start.basis]]
    if end is None or today < end:
        return ("in_force", one.edition)
    return ("retired" if one.retired == end else "gap", one.edition)


def expected(history, known, question):
    """The only possible outcome, or the fields on which it depends."""
    fields = ("as_of", "processed_on", "admitted_on", "authorized_on")
    choices = [[getattr(question, field)] if getattr(question, field) else [SCANNED[0], *DAYS, SCANNED[-1]] for field in fields]
    found = {values: outcome(history, known, dict(zip(fields, values, strict=True))) for values in itertools.product(*choices)}
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
    return st.builds(Question, as_of=days, processed_on=st.none() | days, authorized_on=st.none() | days, admitted_on=st.none() | days)


def told(answer):
    return (answer.status, answer.nearest if answer.status in ("gap", "retired") else answer.edition)


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
    if answer.edition:
        assert answer.edition in answer.why


@given(histories(bases=("date_of_service",)), st.sampled_from(SCANNED))
def test_until_is_the_first_day_of_another_answer(history, today):
    answer = resolve(history, Question(as_of=today))
    if answer.status == "in_force":
        then = [one for one in SCANNED if one > today and told(resolve(history, Question(as_of=one))) != told(answer)]
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
        assert (bar.status, bar.edition, bar.revision_id, bar.reason) == (answer.status, answer.edition, answer.revision_id, answer.reason)


@given(histories(), questions(), st.randoms())
def test_the_order_of_entries_does_not_matter(history, question, random):
    shuffled = list(history)
    random.shuffle(shuffled)
    assert resolve(shuffled, question) == resolve(history, question)
    assert standing(shuffled) == standing(history)
