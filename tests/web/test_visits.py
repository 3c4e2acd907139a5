from datetime import UTC, datetime, timedelta

import pytest

from policy_tracker.web.visits import PAUSE, visit

NOW = datetime(2025, 9, 14, 12, tzinfo=UTC)


def test_nothing_is_new_on_a_first_visit() -> None:
    assert visit(None, NOW).seen_until is None


def test_a_visit_lasts_until_a_pause() -> None:
    first = visit(None, NOW)
    second = visit(first.cookie, NOW + timedelta(minutes=5))
    assert second.seen_until is None
    later = NOW + timedelta(minutes=5) + PAUSE + timedelta(seconds=1)
    third = visit(second.cookie, later)
    assert third.seen_until == NOW + timedelta(minutes=5)
    assert visit(third.cookie, later + timedelta(minutes=1)).seen_until == NOW + timedelta(
        minutes=5
    )


@pytest.mark.parametrize(
    "cookie", ["", "x", "1", "1.", ".1", "-1.5", "1.2.3", "9" * 40 + ".1", "１.２", "<script>.1"]
)
def test_a_cookie_that_is_not_ours_counts_as_none(cookie: str) -> None:
    assert visit(cookie, NOW).seen_until is None
