from policy_tracker.pages.outline import DEEPEST, applies_to_words, outline_of
from policy_tracker.record import Record
from policy_tracker.record.content import AppliesTo, States


def record(*statements: dict) -> Record:
    return Record.model_validate(
        {
            "record": 1,
            "payer": "p",
            "policy": "x",
            "title": "T",
            "policy_type": "medical_coverage",
            "version": "1",
            "source_kind": "payer_document",
            "sections": [
                {"key": "a", "heading": "A", "logic": "any_of"},
                {"key": "empty", "heading": "Empty"},
            ],
            "statements": list(statements),
        }
    )


def test_statements_form_a_tree_and_inherit_positions() -> None:
    (section,) = outline_of(
        record(
            {
                "key": "top",
                "section": "a",
                "role": "position",
                "position": "medically_necessary",
                "logic": "at_least:2",
                "text": "Top",
            },
            {"key": "top/one", "parent": "top", "section": "a", "role": "criterion", "text": "One"},
            {
                "key": "top/one/deep",
                "parent": "top/one",
                "section": "a",
                "role": "exclusion",
                "position": "not_covered",
                "basis": "cosmetic",
                "text": "Deep",
            },
            {"key": "other", "section": "a", "role": "note", "text": "Other"},
        )
    )
    assert section.logic == "any of"
    top, other = section.nodes
    assert (top.logic, top.own_position, other.position) == ("at least 2 of", True, None)
    one = top.children[0]
    assert (one.position, one.own_position) == ("medically_necessary", False)
    assert (one.children[0].position_words, one.children[0].basis) == ("not covered", "cosmetic")
    assert [node.key for node in top.walk()] == ["top", "top/one", "top/one/deep"]


def test_a_tree_is_cut_where_nobody_follows_and_loses_nothing() -> None:
    chain = [{"key": "k0", "section": "a", "role": "criterion", "text": "0"}]
    chain += [
        {
            "key": f"k{depth}",
            "parent": f"k{depth - 1}",
            "section": "a",
            "role": "criterion",
            "text": str(depth),
        }
        for depth in range(1, 3000)
    ]
    (section,) = outline_of(record(*chain))
    assert [node.text for node in section.nodes[0].walk()] == [str(depth) for depth in range(3000)]
    depth, nodes = 0, section.nodes
    while nodes:
        depth, nodes = depth + 1, nodes[0].children
    assert depth == DEEPEST


def test_plans_in_words() -> None:
    assert applies_to_words(None) is None
    assert applies_to_words(AppliesTo()) is None
    said = applies_to_words(
        AppliesTo(
            lines_of_business=("commercial",),
            funding=("self_funded",),
            states=States(include=("TX",), exclude=("CA",)),
            governed_by=("NCD 1",),
        )
    )
    assert said == "commercial and self-funded plans; only in TX; not in CA; governed by NCD 1"
