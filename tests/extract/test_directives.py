"""What directs something is found by grammar alone: sentences, what they govern, and rows of codes;
prose about studies, references and histories is none.
"""

import pytest

from policy_tracker.extract.directives import units_of
from policy_tracker.extract.directives_grammar import decides, directs, sentences_in
from tests.extract.pages import blocks_of


def units(text):
    return [(unit.kind, unit.text) for unit in units_of(blocks_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Kite repair is considered medically necessary.",
        "No payment may be made for kite strings.",
        "The member must be 12 years of age or older.",
        "Lanterns are limited to two per year.",
        "Prior authorization is required for wicks.",
        "Kites that have not been flown are excluded.",
        "Submit the wind report with each claim.",
        "Authorization length: 90 days",
        "Up to 12 visits every 6 months",
        "There is insufficient evidence that humming improves net health outcomes.",
    ],
)
def test_a_sentence_that_directs(text):
    assert directs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kites are toys on strings.",
        "In 2019 a study of 40 kites found that 12 had been lost within 3 weeks.",
        "The wind blows from the sea in the morning.",
    ],
)
def test_a_sentence_that_tells(text):
    assert not directs(text)


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("Kite repair is considered not medically necessary.", True),
        ("Lanterns are not covered unless the lamp is broken.", True),
        ("Considered experimental or investigational:", True),
        ("Coverage will be denied for red kites.", True),
        ("Precertification is not required for wicks.", True),
        ("The lamp is FDA approved and is covered by its maker.", False),
        ("This list of lamps is for reference only and is not a guarantee of coverage.", False),
        ("Two lamps were broken.", False),
        ("Contracts exclude services that are considered investigational or cosmetic.", False),
        ("The contract says which services are covered and which are excluded.", False),
        ("These services may or may not be covered by your plan.", False),
        ("A fire cannot be excluded in old lamps.", False),
        ("Old lamps are excluded from coverage.", True),
        ("Preauthorization is necessary for lamps.", True),
        ("The evidence on lamps is limited to one trial.", False),
        ("This policy addresses lamps considered to be investigational.", False),
        ("Medically Necessary: Services are medically necessary when they help.", False),
        ("Adults: Lamps are medically necessary when it is dark.", True),
        ("They smoke, and it is therefore considered investigational.", False),
        ("A page on lamps does not mean that a lamp is a covered benefit.", False),
        ("Ask the desk to determine if the lamp is covered.", False),
        ("The booklet governs which lamps are covered, and which require authorization.", False),
    ],
)
def test_what_decides_does_so_in_a_payers_voice(text, decided):
    assert decides(text) is decided


def test_a_lead_in_governs_its_items_until_the_list_ends():
    assert units(
        """
Lanterns are covered when all of these are met:
    • A dark cellar
        o Without a window
    • A long stair
Cellars are cold in winter and were dug in former times by the people of the valley.
"""
    ) == [
        ("directive", "Lanterns are covered when all of these are met:"),
        ("governed", "A dark cellar"),
        ("governed", "Without a window"),
        ("governed", "A long stair"),
    ]


def test_a_line_of_the_page_does_not_end_a_list():
    found = units(
        """
Kites are covered for any of the following:
    • Strong wind
Acme Health Plan Page 2
    • Weak wind
"""
    )
    assert ("governed", "Weak wind") in found
    assert all("Page 2" not in text for _, text in found)


def test_rows_below_a_lead_in_and_rows_of_codes():
    assert units(
        """
The following limits apply:
| Lamp | 2 per year |
| Wick | as printed |
Kites fly.
| 20001 | Lamp |
| K0001 | Wick |
"""
    ) == [
        ("directive", "The following limits apply:"),
        ("directive", "Lamp | 2 per year"),
        ("governed", "Wick | as printed"),
        ("code_row", "20001 | Lamp"),
        ("code_row", "K0001 | Wick"),
    ]


def test_references_contents_and_histories_direct_nothing():
    assert (
        units(
            """
Criteria for coverage ........ 4
1. Lamp AB, Wick CD. Kites must be covered: a trial. J Kites. 2019;12(3):100-110.
| 01/02/2024 | Lamps are now covered. |
| 03/04/2025 | Wicks must be approved. |
"""
        )
        == []
    )


def test_a_count_of_people_is_no_code():
    assert units("20000 patients were counted.\n20000 Lamp") == [("code_row", "20000 Lamp")]


def test_a_unit_names_the_characters_that_print_it():
    (block,) = blocks_of("Kites fly. Lamps are not covered. Wicks burn.")
    (lamp,) = [
        unit for unit in units_of([block]) if unit.kind == "directive" and "Lamps" in unit.text
    ]
    assert lamp.decides
    assert block.text.count(lamp.text) == 1


def test_sentences_end_at_stops_and_not_at_abbreviations():
    text = "Lamps, e.g. Red ones, are lit. No. 5 is dark. See below."
    assert [text[start:end] for start, end in sentences_in(text)] == [
        "Lamps, e.g. Red ones, are lit.",
        "No. 5 is dark.",
        "See below.",
    ]
