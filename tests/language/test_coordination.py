import pytest

from policy_tracker.language.coordination import Spellings, coordinated, meant


def options(*texts: str):
    return {meant(text) for text in texts}


@pytest.mark.parametrize(
    ("text", "spelled", "joined"),
    [
        ("Rusted or bent hinges", ["Rusted hinges", "Bent hinges"], "or"),
        ("Hinges of iron and/or brass", ["Hinges of iron", "Hinges of brass"], "or"),
        ("Rusted/bent hinges", ["Rusted hinges", "Bent hinges"], "or"),
        (
            "Painted with tar, lime, or wax",
            ["Painted with tar", "Painted with lime", "Painted with wax"],
            "or",
        ),
        (
            "The gate has been painted in the last two years and the hinges were oiled in spring",
            [
                "The gate has been painted in the last 2 years",
                "The hinges were oiled in spring",
            ],
            "and",
        ),
    ],
)
def test_a_sentence_is_taken_apart_where_each_option_is_spelled(text, spelled, joined):
    found = coordinated(text, Spellings(options(*spelled)))
    assert found is not None
    assert (found.joined, {*found.options}) == (joined, options(*spelled))


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Rusted or bent hinges", ["Rusted hinges"]),
        ("Rusted hinges", ["Rusted hinges", "Bent hinges"]),
        ("Rusted or bent hinges", ["Rusted hinges", "Broken hinges"]),
    ],
)
def test_a_sentence_stays_whole_where_an_option_is_missing(text, spelled):
    assert coordinated(text, Spellings(options(*spelled))) is None
