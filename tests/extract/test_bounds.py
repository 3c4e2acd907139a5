import pytest

from policy_tracker.documents.blocks import Block, Document, Style
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.structure.logic import lead_words
from policy_tracker.language.prefilter import Hinted, lowered
from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.language.sentences import split_sentences

HEADING = Block("heading", "Policy", style=Style(bold="all"))


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "words", ["1, ", "one or more of ", "2 a b c per ", "all the following is ", "is ", ". A", "("]
)
def test_a_page_that_lost_its_structure_is_read_in_bounded_time(words):
    text = words * 20_000
    read_quantities(text, "limit")
    lead_words(f"{text}:")
    assert "".join(split_sentences(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.timeout(30)
def test_deep_and_long_lists_are_read_in_bounded_time():
    deep = [
        Block("item", "Patient:", "1.", "number", depth * 18.0, depth * 18.0 + 9)
        for depth in range(2000)
    ]
    long = [Block("item", "Patient; AND", "1.", "number", 18.0, 27.0) for _ in range(4000)]
    coverage = read_coverage(Document("text", 1, (HEADING, *deep, *long)))
    assert len(coverage.statements) == 6000
    assert len({said.key for said in coverage.statements}) == 6000


def test_a_pattern_is_tried_only_where_its_hint_stands():
    words = Hinted(r"\bper \d")
    assert words.search("2 per 3")
    assert not words.search("2 by 3")
    assert [match[0] for match in words.each("per 3, per 4")] == ["per 3", "per 4"]


def test_lower_case_keeps_the_places_of_letters():
    assert lowered("ÄB") == "äb"
    assert len(lowered("İstanbul")) == len("İstanbul")
