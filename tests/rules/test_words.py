import pytest

from policy_tracker.record import CodeRef
from policy_tracker.record.vocabulary import AXES, IMPACTS
from policy_tracker.rules import words


@pytest.mark.parametrize(
    ("axis", "direction", "said"),
    [
        ("coverage", "broadened", "Coverage broadened"),
        ("coverage", "narrowed", "Coverage narrowed"),
        ("burden", "broadened", "Burden eased"),
        ("burden", "narrowed", "Burden added"),
        ("burden", "mixed", "Burden changed both ways"),
        ("recourse", "indeterminate", "Recourse changed"),
        ("coverage", "neutral", "Coverage unchanged"),
        (None, "neutral", "Decides no claim"),
    ],
)
def test_directions(axis, direction, said):
    assert words.direction_words(axis, direction) == said


def test_signs_differ_by_direction():
    signs = [words.direction_sign(d) for d in ("broadened", "narrowed", "indeterminate", "neutral")]
    assert signs == ["▲", "▼", "◆", "■"]


def test_every_axis_impact_and_direction_has_words():
    for axis in AXES:
        assert words.axis_words(axis)
        assert words.axis_meaning(axis)
        for direction in ("broadened", "narrowed", "neutral", "indeterminate", "mixed"):
            assert words.direction_words(axis, direction).startswith(words.axis_words(axis))
    assert [words.impact_words(i) for i in IMPACTS] == [
        "None",
        "Low",
        "Medium",
        "Medium-High",
        "High",
    ]
    assert sorted(IMPACTS, key=words.impact_rank) == [*IMPACTS]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ([], ""),
        (["0691T"], "0691T"),
        (["0691T", "0743T"], "0691T and 0743T"),
        (["1", "2", "3", "4", "5", "6", "7"], "1, 2, 3, 4, 5 and 2 more"),
    ],
)
def test_codes_in_a_sentence(codes, said):
    assert (
        words.code_words([CodeRef.model_construct(system="CPT", code=code) for code in codes])
        == said
    )
