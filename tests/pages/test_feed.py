from datetime import UTC, date, datetime, timedelta

from policy_tracker.pages.feed import entry_title, feed_row, grouped
from policy_tracker.record.codes import CodeRef
from policy_tracker.rules.changes import Directions, Verdict
from policy_tracker.store.views import Gap, PolicyRef, ReviewState, UpdateRow

TODAY = date(2025, 9, 14)
RECORDED = datetime(2025, 9, 1, tzinfo=UTC)


def update(
    effective: date | None, *, fixture: bool = False, before: str | None = "old"
) -> UpdateRow:
    policy = PolicyRef(
        id=1,
        payer="p",
        payer_name="Payer",
        fixture=fixture,
        policy="x-1",
        aliases=("X 1",),
        title="A policy",
        policy_type="medical_coverage",
    )
    codes = tuple(CodeRef(system="CPT", code=f"0000{number}") for number in range(7))
    verdict = Verdict(
        change_type="modified",
        direction=Directions(coverage="broadened", burden="narrowed"),
        impact="medium-high",
        summary="So.",
        codes=codes,
    )
    return UpdateRow(
        policy=policy,
        from_version=before,
        to_version="new",
        effective=effective,
        recorded_at=RECORDED,
        verdict=verdict,
        changes=2,
        source_kind="payer_document",
        review_state=ReviewState(state="not_reviewed"),
    )


def test_rows_stand_under_their_time_and_the_soonest_comes_first() -> None:
    days = [
        date(2026, 5, 1),
        date(2026, 1, 1),
        date(2025, 10, 14),
        date(2025, 9, 15),
        date(2025, 9, 14),
        date(2025, 3, 1),
        None,
    ]
    groups = grouped([feed_row(update(day), TODAY) for day in days], TODAY)
    assert [group.heading for group in groups] == [
        "Takes effect in the next 30 days",
        "Takes effect later than 30 days from now",
        "Took effect in September 2025",
        "Took effect in March 2025",
        "Start unknown",
    ]
    assert [row.effective for row in groups[0].rows] == [date(2025, 9, 15), date(2025, 10, 14)]
    assert [row.effective for row in groups[1].rows] == [date(2026, 1, 1), date(2026, 5, 1)]


def test_new_is_what_was_recorded_since_the_last_look() -> None:
    assert feed_row(update(TODAY), TODAY, seen_until=RECORDED - timedelta(seconds=1)).new
    assert not feed_row(update(TODAY), TODAY, seen_until=RECORDED).new
    assert not feed_row(update(TODAY), TODAY).new


def test_a_first_version_has_no_direction() -> None:
    assert [signal.words for signal in feed_row(update(TODAY, before=None), TODAY).signals] == [
        "First version here"
    ]
    assert [(signal.sign, signal.words) for signal in feed_row(update(TODAY), TODAY).signals] == [
        ("▲", "Coverage broadened"),
        ("▼", "Burden added"),
    ]


def test_a_title_carries_the_news_and_says_what_is_invented() -> None:
    title = entry_title(update(date(2025, 9, 26), fixture=True))
    assert title.startswith(
        "Payer (invented example) X 1 from September 26, 2025: coverage broadened, burden "
        "added (00000, "
    )
    assert title.endswith("and 2 more)")
    assert "start unknown" in entry_title(update(None))


def test_a_version_that_came_out_late_has_no_countdown_and_stands_where_it_came_out() -> None:
    row = feed_row(update(date(2025, 9, 1)).model_copy(update={"issued": date(2025, 9, 7)}), TODAY)
    assert (row.effective, row.day) == (date(2025, 9, 1), date(2025, 9, 7))
    assert (row.countdown, row.late) == (None, "came out 6 days later")


def test_changes_across_a_gap_are_dated_by_an_interval() -> None:
    gap = Gap(after=date(2024, 6, 1), before=date(2025, 9, 1), missing=3)
    step = update(date(2025, 9, 1)).model_copy(update={"gap": gap})
    row = feed_row(step, TODAY)
    assert (row.between, row.missing, row.countdown) == (
        "between Jun 1, 2024 and Sep 1, 2025",
        "3 versions not on file",
        None,
    )
    assert entry_title(step).startswith(
        "Payer X 1, changed between Jun 1, 2024 and Sep 1, 2025; 3 versions not on file: "
    )


def test_a_version_without_a_date_gets_none() -> None:
    row = feed_row(update(None).model_copy(update={"issued": date(2025, 9, 7)}), TODAY)
    assert (row.effective, row.day, row.countdown, row.late) == (None, None, None, None)
