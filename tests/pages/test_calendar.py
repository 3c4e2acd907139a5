from datetime import date

import pytest

from policy_tracker.errors import QueryError
from policy_tracker.pages.calendar import month_of, month_view, shown_days

TODAY = date(2025, 9, 14)


def test_a_month_is_whole_weeks_from_sunday() -> None:
    month = month_view(date(2025, 9, 1), (), TODAY)
    assert all(len(week) == 7 and week[0].day.isoweekday() == 7 for week in month.weeks)
    inside = [cell.day for week in month.weeks for cell in week if cell.inside]
    assert (inside[0], inside[-1], len(inside)) == (date(2025, 9, 1), date(2025, 9, 30), 30)
    assert [cell.day for week in month.weeks for cell in week if cell.today] == [TODAY]
    assert (month.name, month.previous, month.next) == ("September 2025", "2025-08", "2025-10")


def test_months_are_read() -> None:
    assert month_of(None, TODAY) == date(2025, 9, 1)
    assert month_of("2024-02", TODAY) == date(2024, 2, 1)
    assert shown_days(date(2024, 2, 1)) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "25-09", "0225-09", "2025", "x", "2025-09-26", "２０２５-09"]
)
def test_what_is_no_month_is_explained(text: str) -> None:
    with pytest.raises(QueryError, match="write it as 2025-09"):
        month_of(text, TODAY)


def test_the_calendar_ends_somewhere() -> None:
    assert month_view(date(1900, 1, 1), (), TODAY).previous is None
    assert month_view(date(2200, 12, 1), (), TODAY).next is None
