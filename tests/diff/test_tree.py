from policy_tracker.diff.tree import Tree
from policy_tracker.language.tokens import bare, words
from tests.rules.cases import record


def tree() -> Tree:
    return Tree(
        record(
            {
                "statements": [
                    {
                        "key": "top",
                        "role": "position",
                        "position": "experimental_investigational",
                        "logic": "any_of",
                        "text": "Experimental for any of",
                    },
                    {"key": "top/b", "parent": "top", "role": "criterion", "text": "Tremor"},
                    {
                        "key": "top/a",
                        "parent": "top",
                        "role": "criterion",
                        "logic": "none_of",
                        "text": "Epilepsy, unless any of",
                    },
                    {
                        "key": "top/a/x",
                        "parent": "top/a",
                        "role": "criterion",
                        "text": "A seizure within a year",
                    },
                    {"key": "alone", "role": "criterion", "text": "A demand of its own"},
                ]
            }
        )
    )


def test_what_governs_a_statement():
    found = tree()
    side = found.side(found.by_key["top/a/x"])
    assert (side.position, side.governing, side.logic, side.sign) == (
        "experimental_investigational",
        "experimental_investigational",
        "none_of",
        1,
    )
    assert found.side(found.by_key["top/b"]).sign == -1
    assert found.side(found.by_key["alone"]).sign == 0
    assert [s.key for s in found.above(found.by_key["top/a/x"])] == ["top/a", "top"]


def test_order_says_nothing_below_a_stated_logic():
    found = tree()
    assert found.ordered(found.by_key["top"])
    assert not found.ordered(found.by_key["top/b"])
    assert not found.ordered(found.by_key["top/a/x"])


def test_words_leave_out_what_belongs_to_the_list():
    assert bare("(a) Absence of infection; AND") == "Absence of infection"
    assert words("1. Platelets ≥ 50,000") == words("2) platelets >= 50,000")
    assert words("and") == ("and",)
    assert words("") == ("",)
    assert words("A1c above 7.5%") == ("a1c", "above", "7.5", "%")


def test_a_list_that_a_denial_excepts_goes_its_own_way():
    found = Tree(
        record(
            {
                "statements": [
                    {
                        "key": "top",
                        "role": "position",
                        "position": "not_covered",
                        "logic": "all_of",
                        "text": "A second pair is not covered unless all of these hold:",
                    },
                    {
                        "key": "top/a",
                        "parent": "top",
                        "role": "criterion",
                        "position": "medically_necessary",
                        "logic": "any_of",
                        "text": "One of",
                    },
                    {"key": "top/a/x", "parent": "top/a", "role": "criterion", "text": "A fall"},
                ]
            }
        )
    )
    signs = {key: found.side(one).sign for key, one in found.by_key.items()}
    assert signs == {"top": -1, "top/a": 1, "top/a/x": 1}
