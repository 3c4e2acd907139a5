"""Statements that have most of their words in common are found without comparing all with all."""

from random import Random

from policy_tracker.diff.formulas.common_words import MOST_APART, Alike
from policy_tracker.language.coordination import meant
from policy_tracker.record import Statement

WORDS = [
    "oak",
    "gate",
    "hinge",
    "latch",
    "post",
    "rail",
    "fence",
    "stile",
    "ditch",
    "hedge",
    "wall",
    "arch",
    "door",
    "key",
    "lock",
]


def said(key: str, text: str) -> Statement:
    return Statement(key=key, section="s", role="criterion", text=text)


def test_those_are_found_that_a_comparison_with_each_would_find():
    random = Random(5)
    texts = [" ".join(random.sample(WORDS, random.randint(3, 10))) for _ in range(120)]
    statements = [said(f"s{number}", text) for number, text in enumerate(texts)]
    alike = Alike(statements[20:])
    some = 0
    for one in statements[:20]:
        words = {*meant(one.text)}
        close = [
            other.key
            for other in statements[20:]
            if len(words ^ {*meant(other.text)}) <= MOST_APART * len(words | {*meant(other.text)})
        ]
        some += len(close)
        assert [other.key for other in alike.to(one)] == close
    assert some


def test_a_name_counts_as_its_abbreviation():
    kept = said("a", "The Board of Garden Gates (BGG) has seen the gate and its hinges")
    assert [*Alike([kept]).to(said("b", "The BGG has seen the gate and its hinges"))] == [kept]


def test_nothing_is_alike_where_no_word_is_shared():
    assert [*Alike([said("a", "An oak gate")]).to(said("b", "Two brass hinges"))] == []
