"""What the payer declares, in words: on the page, in the mail and on the terminal."""

import datetime as dt
import io

from rich.console import Console

from policy_tracker.alerts.change_summary import ChangeSummary
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.messages import Office, Recipient, change_mail
from policy_tracker.commands.show_diff import show_diff
from policy_tracker.pages.announced import announced_views
from policy_tracker.pages.comparison import comparison_view
from policy_tracker.pages.declared import (
    LONGEST_QUOTE,
    MOST_LINKS,
    declaration_views,
    declared_words,
    reconciled_sentence,
)
from policy_tracker.pages.naming import PayerName
from policy_tracker.record import BulletinEntry
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Declaration
from policy_tracker.settings import read_settings
from tests.alerts.samples import POLICY, START, change, comparison
from tests.pages.versions import versions_of
from tests.rules.cases import record

HISTORY = [{"date": "2025-01", "text": "First version"}]
BEFORE = record(
    {
        "dates": {"effective": {"date": "2025-01-01"}},
        "revision_history": HISTORY,
        "statements": [{"key": "scan", "text": "A bone scan was done", "role": "criterion"}],
    },
    "2025-01-01",
)
AFTER = record(
    {
        "dates": {"effective": {"date": "2026-01-01"}},
        "revision_history": [
            {
                "date": "2025-12",
                "text": "Annual review. Added a genetics consultation. Removed plasma",
            },
            *HISTORY,
        ],
        "statements": [
            {"key": "scan", "text": "A bone scan was done", "role": "criterion"},
            {"key": "consult", "text": "A genetics consultation took place", "role": "criterion"},
            {"key": "weight", "text": "Body weight is recorded in kilograms", "role": "criterion"},
        ],
    }
)
FOUND = compare(BEFORE, AFTER)
SENTENCE = (
    "The payer says 3 things: 1 found, 1 not found, 1 naming no change; 1 change that can "
    "decide a claim is not declared by the payer."
)


def test_the_page_tells_each_item_and_marks_what_is_silent():
    view = comparison_view(
        FOUND,
        BEFORE,
        AFTER,
        PayerName("sample-payer", "Sample"),
        versions=versions_of(AFTER, BEFORE),
        today=dt.date(2026, 2, 1),
    )
    assert view.reconciled == SENTENCE
    assert [(one.words, one.text, one.where) for one in view.declarations] == [
        ("names no change", "Annual review.", "revision history, December 2025"),
        ("found", "Added a genetics consultation.", "revision history, December 2025"),
        ("not found", "Removed plasma", "revision history, December 2025"),
    ]
    cards = [card for section in view.sections for card in section.changes]
    assert [(card.declared, card.silent) for card in cards] == [
        ("declared by the payer: “Added a genetics consultation.”", None),
        (None, "not declared by the payer"),
    ]
    assert all(number in view.told_at for one in view.declarations for number in one.changes)


def test_the_mail_has_one_line_per_change_and_the_sum():
    settings = read_settings(
        secret_key="k" * 40,
        base_url="https://tracker.example",
        mail_from="Tracker <alerts@tracker.example>",
    )
    now = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    message = change_mail(
        Office(settings, Links("k" * 40, settings.public_url)),
        ChangeSummary(POLICY, AFTER, START, FOUND, review="recorded by hand"),
        Recipient("ann@clinic.example", 1),
        ["Sample"],
        number=7,
        key="0123456789abcdef",
        at=now,
        now=now,
    )
    for kind in ("plain", "html"):
        body = " ".join(message.get_body((kind,)).get_content().split())
        assert "Declared by the payer: “Added a genetics consultation.”" in body
        assert "Not declared by the payer" in body
        assert SENTENCE in body


def test_the_terminal_says_the_same():
    console = Console(file=io.StringIO(), width=200, no_color=True)
    show_diff(console, FOUND, BEFORE, AFTER)
    said = console.file.getvalue()
    for line in (
        "Declared by the payer: “Added a genetics consultation.”",
        "Not declared by the payer",
        SENTENCE,
        "not found: “Removed plasma”",
    ):
        assert line in said


def test_a_warning_is_said_everywhere_first():
    found = compare(
        BEFORE,
        AFTER.model_copy(
            update={"dates": BEFORE.dates, "revision_history": BEFORE.revision_history}
        ),
    )
    (warning,) = found.warnings
    console = Console(file=io.StringIO(), width=200, no_color=True)
    show_diff(console, found, BEFORE, AFTER)
    assert f"! {warning}" in console.file.getvalue()


def test_nothing_is_said_where_nothing_is_known():
    assert reconciled_sentence(comparison(change())) is None
    assert declared_words(change(), comparison(change())) is None


def test_silence_without_any_row_is_said_too():
    found = comparison(change(declared="silent"))
    assert reconciled_sentence(found) == (
        "The payer's own notes name no change of this version; 1 change that can decide a "
        "claim is not declared by the payer."
    )


def test_long_rows_are_shortened_and_many_links_counted():
    ids = tuple(f"id-e{number}" for number in range(MOST_LINKS + 3))
    row = Declaration(text="word " * 100, source="history", verdict="found", changes=ids)
    found = comparison(change("e0", declared="declared"), declarations=(row,))
    words = declared_words(found.changes[0], found)
    assert words
    assert words.endswith(" …”")
    assert len(words) < LONGEST_QUOTE + 40
    (view,) = declaration_views(found)
    assert (len(view.changes), view.more) == (MOST_LINKS, 3)
    assert (
        reconciled_sentence(found)
        == "The payer says 1 thing: 1 found; every change that can decide a claim is declared."
    )


def test_announced_entries_are_in_the_order_of_their_days():
    given = [
        BulletinEntry(policy="P", action="Updated", effective="2026-05-01", severity="no_change"),
        BulletinEntry(
            policy="P", action="Retired", effective="2026-03", items=("RemovedStatement",)
        ),
        BulletinEntry(policy="P", action="New"),
    ]
    assert [(one.action, one.when, one.severity) for one in announced_views(given)] == [
        ("New", "from a day that is not stated", None),
        ("Retired", "from March 2026", None),
        ("Updated", "from May 1, 2026", "no change"),
    ]
