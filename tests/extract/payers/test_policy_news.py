"""News of many policies are a bulletin, with an entry for each policy, and never a policy."""

import pytest

from policy_tracker.documents.blocks import (
    Block,
    Cell,
    Document,
    Line,
    Place,
    Row,
    Style,
    Table,
    with_ids,
)
from policy_tracker.extract.extract import read_version
from policy_tracker.record import Bulletin, Record

HEAD = ("Medical Policy Updates", "May 2026", "These changes of policies will become effective July 1, 2026.")  # fmt: skip


def read(*texts: str) -> Bulletin | Record:
    return read_of(*(Block("paragraph", text) for text in texts))


def read_of(*blocks: Block) -> Bulletin | Record:
    named = tuple(with_ids(blocks))
    header = tuple(Line(block.text, Place(1), Style()) for block in named if block.table is None)
    (found,) = read_version(Document("text", 1, named, header=header), "news.txt")
    return found


def table(*rows: tuple[str, ...]) -> Block:
    cells = tuple(
        Row(tuple(Cell((text,), at, at) for at, text in enumerate(texts))) for texts in rows
    )
    return Block("table", "", table=Table(len(rows[0]), cells))


def test_each_policy_is_an_entry_with_the_words_below_it():
    bulletin = read(
        *HEAD,
        "KT7 Kite Traction (Revised) - Add Exclusions; Add Codes",
        "Kites of paper are considered unproven and are not covered.",
        "KT-12 Balloon Ascent – New",
        "KT88 Ladders – Archived – Superseded by KT7",
    )
    assert isinstance(bulletin, Bulletin)
    assert (bulletin.title, bulletin.bulletin_date) == (
        "Medical Policy Updates May 2026",
        "2026-05",
    )
    assert [
        (entry.policy_number, entry.policy, entry.action, entry.effective, entry.items)
        for entry in bulletin.entries
    ] == [
        (
            "KT7",
            "Kite Traction",
            "Updated",
            "2026-07-01",
            ("Add Exclusions", "Add Codes"),
        ),
        ("KT-12", "Balloon Ascent", "New", "2026-07-01", ()),
        ("KT88", "Ladders", "Retired", "2026-07-01", ("Superseded by KT7",)),
    ]
    assert all(entry.source and entry.source.spans for entry in bulletin.entries)


def test_policies_that_were_reviewed_without_change_are_a_list():
    bulletin = read(
        *HEAD,
        "KT7 Kite Traction (Revised)",
        "The following policies were reviewed with no changes:",
        "KT21 Ropes KT34 Knots",
        "KT35 Hooks",
    )
    assert isinstance(bulletin, Bulletin)
    assert [(e.policy_number, e.policy, e.severity, e.effective) for e in bulletin.entries] == [
        ("KT7", "Kite Traction", None, "2026-07-01"),
        ("KT21", "Ropes", "no_change", None),
        ("KT34", "Knots", "no_change", None),
        ("KT35", "Hooks", "no_change", None),
    ]


def test_news_without_such_lines_is_held_as_before():
    assert isinstance(read(*HEAD, "Kites are in the news."), Record)


def test_a_policy_that_lists_other_policies_is_none():
    found = read(
        "Kite Traction",
        "Effective Date: May 1, 2026",
        "The following policies were reviewed:",
        "KT21 Ropes KT34 Knots",
    )
    assert isinstance(found, Record)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("Kite Traction (KT7) – Revised: Add Codes", ("KT7", "Kite Traction", "Updated")),
        ("KT7 Kite Traction [Archived]", ("KT7", "Kite Traction", "Retired")),
        ("KT7: Kite Traction, revised", ("KT7", "Kite Traction", "Updated")),
        ("Retired – KT7 Kite Traction", ("KT7", "Kite Traction", "Retired")),
        ("7.01.20 Kite Traction - New", ("7.01.20", "Kite Traction", "New")),
    ],
)
def test_lines_name_policies_in_many_ways(line: str, entry: tuple[str, str, str]) -> None:
    bulletin = read(*HEAD, line, "KT12 Balloon Ascent – New", "KT13 Ropes – New")
    assert isinstance(bulletin, Bulletin)
    first = bulletin.entries[0]
    assert (first.policy_number, first.policy, first.action) == entry


def test_the_rest_of_a_wrapped_line_belongs_to_what_it_announces() -> None:
    bulletin = read(
        *HEAD,
        "KT7 Kite Traction of the Upper and Lower Back – Revised – Add Wind",
        "Coverage; Add Exclusion",
        "Kites are covered when there is wind.",
        "KT12 Balloon Ascent – New",
    )
    assert isinstance(bulletin, Bulletin)
    assert bulletin.entries[0].items == ("Add Wind Coverage", "Add Exclusion")


def test_where_the_line_does_not_say_what_changed_the_sentences_below_that_do_are_told() -> None:
    bulletin = read(
        *HEAD,
        "KT7 Kite Traction (Revised)",
        "Added ladders to the list of exclusions.",
        "Policy statement",
        "Kites of paper are unproven.",
        "KT12 Balloon Ascent (New)",
    )
    assert isinstance(bulletin, Bulletin)
    assert bulletin.entries[0].items == ("Added ladders to the list of exclusions.",)


def test_a_table_of_changes_is_news() -> None:
    bulletin = read_of(
        Block("heading", "Provider News"),
        table(
            ("Policy", "Policy Number", "Summary of Changes", "Effective Date"),
            ("Kite Traction", "KT7", "Removed the limit of two kites", "July 1, 2026"),
            ("Balloon Ascent", "KT12", "New policy", "August 1, 2026"),
        ),
    )
    assert isinstance(bulletin, Bulletin)
    assert [
        (one.policy_number, one.policy, one.action, one.effective, one.items)
        for one in bulletin.entries
    ] == [
        ("KT7", "Kite Traction", "Updated", "2026-07-01", ("Removed the limit of two kites",)),
        ("KT12", "Balloon Ascent", "New", "2026-08-01", ("New policy",)),
    ]


def test_a_list_under_what_happened_to_its_policies() -> None:
    bulletin = read(
        "Upcoming Changes to Medical Policies",
        "New policies",
        "Kite Traction, KT.00007, effective July 1, 2026",
        "Archived policies",
        "Balloon Ascent (KT.00012): Replaced by KT.00007",
    )
    assert isinstance(bulletin, Bulletin)
    assert [
        (one.policy_number, one.policy, one.action, one.effective, one.items)
        for one in bulletin.entries
    ] == [
        ("KT.00007", "Kite Traction", "New", "2026-07-01", ()),
        ("KT.00012", "Balloon Ascent", "Retired", None, ("Replaced by KT.00007",)),
    ]


def test_labelled_lines_for_one_policy_after_the_other() -> None:
    bulletin = read(
        "Medical Policy Updates",
        "Policy Title: Kite Traction",
        "Status: Revised",
        "Effective: July 1, 2026",
        "Summary: Added wind to the criteria.",
        "Policy Title: Balloon Ascent",
        "Policy Number: KT-12",
        "Status: New",
    )
    assert isinstance(bulletin, Bulletin)
    assert [
        (one.policy_number, one.policy, one.action, one.effective, one.items)
        for one in bulletin.entries
    ] == [
        (None, "Kite Traction", "Updated", "2026-07-01", ("Added wind to the criteria.",)),
        ("KT-12", "Balloon Ascent", "New", None, ()),
    ]


def test_lines_that_say_what_happened_to_three_policies_are_news_whatever_the_head_says() -> None:
    lines = ("KT7 Kite Traction – Revised", "KT12 Balloon Ascent – New", "KT13 Ropes – Retired")
    assert isinstance(read("From our medical directors", *lines), Bulletin)
    assert isinstance(read("Kite Traction", *lines[:2]), Record)


def test_what_belongs_to_no_entry_is_set_aside_by_name() -> None:
    said = "Kites must be reported with the code of the season."
    bulletin = read(*HEAD, said, "KT7 Kite Traction – New", "KT12 Balloon Ascent – New")
    assert isinstance(bulletin, Bulletin)
    assert [one.text for one in bulletin.set_aside][-1] == said
    assert all(one.spans for one in bulletin.set_aside)
