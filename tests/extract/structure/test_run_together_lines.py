"""Documents whose lines were all joined: their head and their literature are no criteria."""

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.text import read_text
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.structure.literature import without_literature

_ENTRY = "1. Brand K. Oil and wick. J Invent Lamps. 2019;12(3):44-51."


def _kept(text: str) -> str:
    return without_literature(Block("paragraph", text, id="b1")).text.strip()


def test_literature_behind_a_sentence_is_left_out() -> None:
    assert _kept(f"Lamps are covered at night. Sources {_ENTRY}") == "Lamps are covered at night."


def test_what_decides_behind_a_number_stays() -> None:
    said = f"Lamps are lent. Sources {_ENTRY} Wicks are considered not medically necessary."
    assert _kept(said) == said
    assert _kept("Lamps are lent for two: 1. Old houses 2. Barns") == (
        "Lamps are lent for two: 1. Old houses 2. Barns"
    )


def test_what_stands_above_the_first_sentence_of_a_document_without_headings_is_its_head() -> None:
    text = (
        "Lamps of the North\nValid from: May 3, 2031\nLamps are considered medically necessary.\n"
    )
    found = read_coverage(read_text(text)).statements
    assert [one.text for one in found] == ["Lamps are considered medically necessary."]
