from datetime import date

from policy_tracker.pages.comparison import ComparisonView, comparison_view, gap_between
from policy_tracker.pages.naming import PayerName, version_label, version_phrase
from policy_tracker.record import Record
from policy_tracker.recordfiles.folder import read_records
from policy_tracker.rules import RuleSettings, compare
from policy_tracker.store.views import Gap
from tests.pages.versions import versions_of
from tests.web.world import AFTER, BEFORE, ROOT

FOLDER = ROOT / "policies" / "cigna" / "mm-0300"
PAYER = PayerName("cigna", "Cigna Healthcare")
TODAY = date(2025, 9, 14)


def records() -> tuple[Record, Record]:
    found = {
        sourced.value.version: sourced.value
        for path in FOLDER.glob("*.yaml")
        for sourced in read_records(path)
        if isinstance(sourced.value, Record)
    }
    return found[BEFORE], found[AFTER]


def view_of(before: Record, after: Record) -> ComparisonView:
    old, new = records()
    return comparison_view(
        compare(before, after), before, after, PAYER, versions=versions_of(new, old), today=TODAY
    )


def test_the_three_changes_stand_in_the_order_of_the_document() -> None:
    view = view_of(*records())
    assert [section.heading for section in view.sections] == ["Coverage Policy"]
    cards = view.sections[0].changes
    assert [
        (card.number, card.signal.sign, card.signal.words, card.impact.words) for card in cards
    ] == [
        (1, "▲", "Coverage broadened", "Medium-High"),
        (2, "▼", "Burden added", "Medium-High"),
        (3, "▼", "Burden added", "Medium"),
    ]
    assert cards[2].quantity == "24 → 12 months"
    assert view.deciding == 3
    assert [signal.words for signal in view.directions] == ["Coverage broadened", "Burden added"]
    assert [code.code for code in view.codes] == ["0691T", "0743T"]


def test_each_side_is_literally_in_its_record() -> None:
    before, after = records()
    old, new = (
        {statement.text for statement in before.statements},
        {statement.text for statement in after.statements},
    )
    for card in view_of(before, after).sections[0].passages:
        assert "".join(span.text for span in card.spans if span.op != "insert") in old
        assert "".join(span.text for span in card.spans if span.op != "delete") in new


def test_what_stayed_and_what_cannot_be_compared_is_counted() -> None:
    view = view_of(*records())
    assert [kept.text for kept in view.kept] == ["Documentation must include clinical history"]
    assert view.unchanged == 1
    assert {group.side for group in view.not_comparable} == {
        "the version effective September 26, 2025"
    }
    assert any("DXA" in text for group in view.not_comparable for text in group.texts)
    assert all(item.by_anchor for item in view.superseded)


def test_what_a_rule_that_is_off_would_tell_is_listed_apart() -> None:
    before, after = records()
    found = compare(before, after, settings=RuleSettings(off=frozenset({"prior-auth-added"})))
    view = comparison_view(
        found, before, after, PAYER, versions=versions_of(after, before), today=TODAY
    )
    assert view.deciding == 2
    told = (
        "prior-auth-added",
        "Prior authorization is not required",
        "Prior authorization is required for initial treatment",
    )
    assert told in [(item.rule, item.before, item.after) for item in view.switched_off]
    assert all(item.by_anchor for item in view.superseded), (
        "each is told by a change that stands on the page"
    )


def test_the_source_is_at_odds_with_itself() -> None:
    view = view_of(*records())
    assert [found.about for found in view.disagreements] == ["prior authorization"]
    assert len(view.disagreements[0].claims) == 2
    assert [source.secondary for source in view.sources] == [True, True]


def test_backwards_and_same() -> None:
    before, after = records()
    assert view_of(after, before).backwards
    assert not view_of(before, after).backwards
    same = view_of(after, after)
    assert same.same
    assert not same.sections
    assert len(same.disagreements) == 1


def test_versions_are_named_by_what_is_known_of_them() -> None:
    before, after = records()
    assert version_label(before) == "before 2025-09-26"
    assert version_phrase(before) == "the version before September 26, 2025"
    assert version_label(after) == "effective 2025-09-26"
    issued = after.model_copy(
        update={
            "dates": {"issued": after.dates["effective"].model_copy(update={"basis": None})},
            "version_label": "7",
        }
    )
    assert version_label(issued) == "7, issued 2025-09-26"


def test_a_version_is_named_by_the_date_that_tells_it_from_others() -> None:
    _, after = records()
    reissued = after.model_copy(
        update={
            "version": "2026-01-15",
            "dates": {
                **after.dates,
                "issued": after.dates["effective"].model_copy(update={"date": "2026-01-15"}),
            },
        }
    )
    assert version_label(reissued) == "issued 2026-01-15"
    assert version_phrase(reissued) == "the version issued January 15, 2026"


def test_from_when_it_applies() -> None:
    before, after = records()
    assert (
        view_of(before, after).effect
        == "Takes effect on Friday, September 26, 2025 (basis not stated)"
    )
    assert (
        view_of(after, before).effect
        == "Start unknown: the source states no date on which this version took effect"
    )


def test_across_a_gap_the_changes_are_dated_by_an_interval_whichever_side_is_read_first() -> None:
    before, after = records()
    gap = Gap(after=date(2024, 6, 1), before=date(2025, 9, 26), missing=3)
    versions = versions_of(after, before, gaps={after.version: gap})
    for one, other in ((before, after), (after, before)):
        view = comparison_view(
            compare(one, other), one, other, PAYER, versions=versions, today=TODAY
        )
        assert view.gap
    across = comparison_view(
        compare(before, after), before, after, PAYER, versions=versions, today=TODAY
    )
    assert across.effect == (
        "Changed between Jun 1, 2024 and Sep 26, 2025; 3 versions not on file (this version "
        "takes effect on Sep 26, 2025; basis not stated)"
    )


def test_what_is_missing_between_distant_versions_counts_as_one_gap() -> None:
    _, after = records()
    named = [after.model_copy(update={"version": name}) for name in ("d", "c", "b", "a")]
    gaps = {
        "d": Gap(after=date(2025, 1, 1), before=date(2025, 3, 1), missing=1),
        "b": Gap(after=date(2023, 1, 1), before=date(2024, 1, 1), missing=2),
    }
    versions = versions_of(*named, gaps=gaps)
    assert gap_between(versions, "c", "b") is None
    assert gap_between(versions, "a", "d") == Gap(
        after=date(2023, 1, 1), before=date(2025, 3, 1), missing=3
    )
    unknown = versions_of(
        *named, gaps={**gaps, "b": Gap(after=date(2023, 1, 1), before=date(2024, 1, 1))}
    )
    assert gap_between(unknown, "d", "a") == Gap(after=date(2023, 1, 1), before=date(2025, 3, 1))


def test_changes_are_counted_in_the_order_of_the_page_and_by_part() -> None:
    view = view_of(*records())
    numbers = [change.number for section in view.sections for change in section.changes]
    assert numbers == list(range(1, view.deciding + 1))
    (row,) = view.contents
    assert (row.heading, row.count) == ("Coverage Policy", 3)
    assert row.anchor == view.sections[0].passages[0].changes[0].anchor
    assert [signal.words for signal in row.signals] == ["Coverage broadened", "Burden added"]
