from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.pages.timeline_svg import BarSpan, bars_of, scale_of, ticks_of

TODAY = date(2025, 9, 14)


def stretch(start: date | None, end: date | None) -> BarSpan:
    return BarSpan(start=start, end=end, tone="covered", label="Covered", sentence="Covered")


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def test_open_ends_reach_the_edges() -> None:
    stretches = [stretch(None, date(2025, 9, 26)), stretch(date(2025, 9, 26), None)]
    before, after = bars_of(stretches, scale_of(stretches, TODAY))
    assert (before.x, before.open_start, before.open_end) == ("0.00%", True, False)
    assert share(after.x) + share(after.width) == 100
    assert (after.open_start, after.open_end) == (False, True)
    assert abs(share(before.width) - share(after.x)) < 0.02


def test_a_narrow_bar_has_no_label() -> None:
    stretches = [stretch(date(2015, 1, 1), date(2015, 2, 1)), stretch(date(2015, 2, 1), None)]
    narrow, wide = bars_of(stretches, scale_of(stretches, TODAY))
    assert narrow.label is None
    assert wide.label == "Covered"
    assert wide.fits_phone


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(st.lists(st.tuples(st.none() | days, st.none() | days), max_size=6), days)
def test_every_bar_and_mark_lies_inside(
    ends: list[tuple[date | None, date | None]], today: date
) -> None:
    stretches = [
        stretch(start, end if not start or not end or end > start else None) for start, end in ends
    ]
    scale = scale_of(stretches, today)
    for bar in bars_of(stretches, scale):
        assert 0 <= share(bar.x) <= 100
        assert 0 < share(bar.width) <= 100
    marks = [share(tick.x) for tick in ticks_of(scale)]
    assert marks == sorted(marks)
    assert all(0 < mark < 100 for mark in marks)
    assert len(marks) <= 12
