"""Long texts: every hunk of a line diff is told once, and a text does not differ from itself.

The pairs are those of the corpus.
"""

import pytest

from benchmarks import corpus, long_texts
from benchmarks.line_diffs import account
from benchmarks.long_texts import both, empty
from benchmarks.markdown_records import blocks_of, record_of
from policy_tracker.rules import compare

TEXT = """# Rules of the house

Shoes stay
at the door.

* Keys hang on the hook
* Post lies on the table

Kitchen
-------

1. Dishes are washed the same day
"""


@pytest.mark.corpus
def test_each_hunk_of_a_line_diff_is_told_once():
    place = corpus.folder()
    if place is None:
        pytest.skip(corpus.ABSENT)
    found = long_texts.pairs(place)
    if not found:
        pytest.skip(long_texts.ABSENT)
    for name, texts in found.items():
        before, after = both(texts)
        accounted = account(before, after, compare(before, after))
        assert accounted.wrong == (), name
        assert accounted.hunks, name
        assert empty(before), name
        assert empty(after), name


def test_headings_paragraphs_and_items_are_blocks():
    assert blocks_of(TEXT) == [
        (1, "# Rules of the house"),
        (0, "Shoes stay\nat the door."),
        (0, "* Keys hang on the hook"),
        (0, "* Post lies on the table"),
        (2, "Kitchen"),
        (0, "1. Dishes are washed the same day"),
    ]


def test_headings_stand_above_what_they_head():
    rules, shoes, _, _, kitchen, dishes = record_of(TEXT, "v1").statements
    assert [rules.parent, shoes.parent, kitchen.parent, dishes.parent] == [
        None,
        rules.key,
        rules.key,
        kitchen.key,
    ]


def test_a_hunk_that_no_change_tells_is_noticed():
    before, after = both((TEXT, TEXT.replace("the same day", "the next day")))
    told = compare(before, after)
    assert account(before, after, told).wrong == ()
    assert account(before, after, told.model_copy(update={"changes": (), "superseded": ()})).wrong
