"""Words that slipped where the form is read otherwise, and words that the payer moved."""

from policy_tracker.diff.slips import slip
from policy_tracker.diff.spans import DIFFERS, align_streams
from policy_tracker.diff.stream import Printed, Stream

CELLS = [
    ("Joint fluid panel", "Norlab North Clinic", "89051 89060"),
    ("Cell count of the joint", "Westlab Institute", "89050"),
    ("Crystals by light", "Eastlab Group", "89061"),
]
ROWS = Stream(
    [
        Printed(f"b1.r{row}.c{column}", text)
        for row, cells in enumerate(CELLS, 1)
        for column, text in enumerate(cells, 1)
    ]
)
LINES = [
    *("Joint fluid", "Norlab North", "89051", "panel", "Clinic", "89060"),
    *("Cell count of", "Westlab", "89050", "the joint", "Institute"),
    *("Crystals by", "Eastlab", "89061", "light", "Group"),
]


def lines(*texts: str) -> Stream:
    return Stream([Printed(f"b{number}", text) for number, text in enumerate(texts)])


def differing(before: Stream, after: Stream, headings=((), ())) -> tuple[list[str], list[str]]:
    found = align_streams(before, after)
    slip(found, headings)
    one, two = (
        [word for word, fate in zip(side.words, fates, strict=True) if fate == DIFFERS]
        for side, fates in zip((before, after), found.fates, strict=True)
    )
    return one, two


def test_cells_that_are_read_line_by_line_differ_in_nothing():
    assert any(align_streams(ROWS, lines(*LINES)).fates[0])
    assert differing(ROWS, lines(*LINES)) == ([], [])


def test_a_word_that_went_still_differs_among_words_that_slipped():
    fewer = [line for line in LINES if line != "89060"]
    assert differing(ROWS, lines(*fewer)) == (["89060"], [])


def test_no_word_slips_between_documents_of_one_form():
    one = lines("Covered tests", "89050", "89051", "Tests with a review", "89060", "89061")
    two = lines("Covered tests", "89051", "Tests with a review", "89060", "89050", "89061")
    assert differing(one, two) == (["89050"], ["89050"])


def test_no_word_slips_over_a_heading_of_both_versions():
    one = Stream(
        [
            *(Printed("b1.r1.c1", "Covered"), Printed("b1.r1.c2", "89050 89051 89052")),
            *(Printed("b1.r2.c1", "Refused"), Printed("b1.r2.c2", "89060 89061")),
        ]
    )
    two = lines("Covered", "89051", "89052", "Refused", "89060", "89050", "89061")
    headings = [
        {place for place, word in enumerate(side.words) if word in {"covered", "refused"}}
        for side in (one, two)
    ]
    assert differing(one, two) == ([], [])
    assert differing(one, two, (headings[0], headings[1])) == (["89050"], ["89050"])
