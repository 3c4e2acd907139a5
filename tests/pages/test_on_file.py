"""How sure it is that a text was the payer's, in words: never the word certain alone, never a
promise.
"""

from datetime import date
from typing import Any

import pytest

from policy_tracker.pages import formatting
from policy_tracker.pages.on_file import OnFile, effect_of, on_file
from policy_tracker.pages.policy import timeline_view
from policy_tracker.record import Start
from policy_tracker.store.views import Gap, Governing, TimelineSpan
from tests.pages.test_comparison import records
from tests.pages.versions import versions_of

DAY = date(2025, 3, 1)
TODAY = date(2026, 1, 15)


def governing(certainty: str, **more: Any) -> Governing:
    start = more.pop("start", Start(day=date(2025, 1, 1), stated_as="effective", basis="unknown"))
    return Governing.model_validate(
        {
            "status": "in_force",
            "version": "v2",
            "start": start,
            "why": "So.",
            "reason": "so",
            "certainty": certainty,
            **more,
        }
    )


def told(found: Governing, day: date = DAY) -> OnFile:
    shown = on_file(found, day)
    assert shown is not None
    return shown


def test_a_certain_answer_is_about_the_text_on_file() -> None:
    shown = told(
        governing(
            "certain", certainty_reasons=("Version v2 had been issued.",), until=date(2025, 6, 1)
        )
    )
    assert shown.sentence == "Text on file for this date."
    assert "certain" not in shown.sentence.lower()


@pytest.mark.parametrize(
    ("checked", "sentence"),
    [
        (date(2026, 3, 22), "Text on file, last checked Mar 22, 2026."),
        (None, "Text on file, never checked since it was recorded."),
    ],
)
def test_a_presumed_answer_says_when_somebody_last_looked(
    checked: date | None, sentence: str
) -> None:
    assert (
        told(
            governing(
                "presumed", checked_on=checked, certainty_reasons=("No later version is on file.",)
            )
        ).sentence
        == sentence
    )


def test_an_ordinary_delay_is_said_with_a_presumed_answer() -> None:
    start = Start(
        day=date(2025, 1, 1), stated_as="effective", basis="unknown", issued=date(2025, 1, 7)
    )
    reason = "Version v2 was issued 6 days after it took effect."
    shown = told(governing("presumed", start=start, certainty_reasons=(reason,)), date(2025, 1, 3))
    assert shown.sentence.endswith("Version v2 was issued 6 days after it took effect.")


def test_an_uncertain_answer_says_why_and_names_the_nearest_versions() -> None:
    reasons = ("3 versions are known not to be on file between 2024-11-01 and version 2025-11-01.",)
    shown = told(
        governing("uncertain", certainty_reasons=reasons, nearest_before="v2", nearest_after="v3")
    )
    assert shown.sentence == (
        "Not certain: 3 versions are known not to be on file between November 1, 2024 and "
        "version 2025-11-01."
    )
    assert shown.nearest == ("v2", "v3")


def test_without_a_version_nothing_is_said_of_a_text() -> None:
    assert on_file(Governing(status="gap", why="None.", reason="none"), DAY) is None


def test_a_start_that_gave_way_shows_the_policys_first_date_beside_it() -> None:
    start = Start(
        day=date(2025, 1, 20),
        stated_as="issued",
        basis="unknown",
        policy_effective=date(2018, 1, 29),
        issued=date(2025, 1, 20),
    )
    assert (
        formatting.start_words(start)
        == "January 20, 2025 (date of issue; policy first effective Jan 29, 2018)"
    )
    assert effect_of(start, TODAY).sentence == (
        "Took effect on Monday, January 20, 2025 (date of issue; policy first effective Jan "
        "29, 2018)"
    )


def test_an_ordinary_delay_is_said_in_the_words_of_the_document() -> None:
    _, record = records()
    posted = record.model_copy(
        update={
            "dates": {
                **record.dates,
                "published": record.dates["effective"].model_copy(update={"date": "2025-10-02"}),
            }
        }
    )
    [version] = versions_of(posted)
    assert formatting.delay_words(version.start, posted) == "posted 6 days after it took effect"
    assert formatting.delay_words(version.start) == "came out 6 days after it took effect"
    assert (
        "posted 6 days after it took effect"
        in effect_of(version.start, TODAY, None, posted).sentence
    )
    assert formatting.delay_words(versions_of(record)[0].start, record) is None


def test_an_unknown_start_is_no_day() -> None:
    unknown = Start(day=None, stated_as="unknown", basis="unknown")
    assert formatting.start_words(unknown) == "start unknown"
    assert effect_of(unknown, TODAY).sentence.startswith("Start unknown")


def test_sentences_of_the_store_are_spoken_with_their_dates_and_keep_the_names_of_versions() -> (
    None
):
    said = (
        "Version 2025-01-20 and versions 2024-12-02.a and b start on 2025-01-20; nothing else "
        "by 2025-02-01."
    )
    assert formatting.spoken(said) == (
        "Version 2025-01-20 and versions 2024-12-02.a and b start on January 20, 2025; "
        "nothing else by February 1, 2025."
    )


def test_the_timeline_shows_gaps_and_the_open_right_edge() -> None:
    before, after = records()
    older = before.model_copy(
        update={
            "dates": {
                "effective": after.dates["effective"].model_copy(update={"date": "2024-06-01"})
            }
        }
    )
    gap = Gap(after=date(2024, 6, 1), before=date(2025, 9, 26), missing=3)
    versions = versions_of(after, older, gaps={after.version: gap})
    spans = [
        span(older.version, date(2024, 6, 1), date(2024, 11, 1), "presumed"),
        span(
            older.version,
            date(2024, 11, 1),
            date(2025, 9, 26),
            "uncertain",
            missing=3,
            certainty_reasons=("3 are missing.",),
        ),
        span(after.version, date(2025, 9, 26), None, "presumed", checked_on=date(2025, 12, 1)),
    ]
    view = timeline_view(versions, spans, TODAY)
    newest, oldest = view.rows
    assert newest.gap == "3 versions not on file between Jun 1, 2024 and Sep 26, 2025"
    assert newest.state == "Text on file, last checked Dec 1, 2025"
    assert newest.bars[-1].open_end
    assert [bar.tone for bar in oldest.bars] == ["presumed", "uncertain"]
    assert oldest.bars[1].label == "3 versions not on file"
    assert any(note.startswith("Not certain (from November 1, 2024") for note in oldest.notes)


def span(version: str, start: date, end: date | None, certainty: str, **more: Any) -> TimelineSpan:
    return TimelineSpan.model_validate(
        {
            "status": "in_force",
            "version": version,
            "from_day": start,
            "to_day": end,
            "reason": "so",
            "certainty": certainty,
            **more,
        }
    )
