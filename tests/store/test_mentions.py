"""Every place at which a record names a code."""

from policy_tracker.store.mentions import facts, mentions, positions
from tests.store.making import version

CPT = {"system": "CPT", "code": "10001"}


def record():
    return version(
        codes=("10001",),
        statements=[
            {
                "key": "main",
                "section": "coverage",
                "role": "position",
                "position": "medically_necessary",
                "text": "It is.",
                "codes": [CPT],
            },
            {
                "key": "main/child",
                "parent": "main",
                "section": "coverage",
                "role": "criterion",
                "text": "If.",
                "ranges": [{"system": "ICD10CM", "from": "M80", "to": "M80", "raw": "M80.x"}],
            },
            {"key": "other", "section": "coverage", "role": "note", "text": "Else."},
        ],
        authorizations=[
            {"codes": [CPT], "requirement": "required", "statement": "main"},
            {"requirement": "notification", "statement": "other"},
        ],
        pairings=[{"procedures": [CPT], "diagnoses": ["group"], "disposition": "covered"}],
        related_policies=[
            {"payer": "acme", "policy": "p-9", "relation": "routes_to", "codes": [CPT]}
        ],
        residual={"position": "not_covered", "text": "All else."},
    )


def test_each_kind_of_place_is_found_in_the_order_of_the_record():
    found = [(one.kind, one.place, one.position, one.statement) for one in mentions(record())]
    assert found == [
        ("code_group", "group", "medically_necessary", None),
        ("statement", "main", "medically_necessary", "main"),
        ("statement", "main/child", "medically_necessary", "main/child"),
        ("authorization", "authorizations[0]", None, "main"),
        ("pairing", "pairings[0]", "covered", None),
        ("related", "related_policies[0]", None, None),
    ]


def test_a_statement_has_its_governing_sentences_position():
    assert positions(record()) == {
        "main": "medically_necessary",
        "main/child": "medically_necessary",
        "other": None,
    }


def test_a_versions_facts_leave_its_codes_out():
    told = facts(record())
    assert told["authorizations"] == [
        {"requirement": "notification", "statement": "other", "text": "Else."}
    ]
    assert told["residual"] == {"position": "not_covered", "text": "All else."}
    assert "code_groups" not in told
