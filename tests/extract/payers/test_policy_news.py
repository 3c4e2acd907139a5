"""News of many policies are a bulletin, with an entry for each policy, and never a policy."""

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.extract.extract import read_version
from policy_tracker.record import Bulletin, Record

HEAD = ("Medical Policy Updates", "May 2026", "These changes of policies will become effective July 1, 2026.")  # fmt: skip


def read(*texts: str) -> Bulletin | Record:
    document = Document(
        "text",
        1,
        tuple(Block("paragraph", text, id=f"b{at}") for at, text in enumerate(texts)),
        header=tuple(Line(text, Place(1), Style()) for text in texts),
    )
    (found,) = read_version(document, "news.txt")
    return found


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
            (
                "Add Exclusions",
                "Add Codes",
                "Kites of paper are considered unproven and are not covered.",
            ),
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
