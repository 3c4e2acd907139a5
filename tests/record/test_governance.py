"""What governs a code: the statements that belong to its list, and not those of another."""

from policy_tracker.record import Record
from policy_tracker.record.governance import Governance

APPROVED = "medically_necessary"


def policy(statements, groups, **more):
    sections = sorted({one.get("section", "cov") for one in statements})
    return Record.model_validate(
        {
            "record": 1,
            "payer": "acme",
            "policy": "p-1",
            "title": "Invented",
            "policy_type": "medical_coverage",
            "version": "2026-01-01",
            "source_kind": "payer_document",
            "sections": [
                {
                    "key": key,
                    "heading": key.title(),
                    "kind": "background" if key == "back" else "coverage",
                }
                for key in sections
            ],
            "statements": [
                {"section": "cov", "role": "criterion", "text": one["key"], **one}
                for one in statements
            ],
            "code_groups": [
                {"heading": one["key"], "disposition": APPROVED, **one} for one in groups
            ],
            **more,
        }
    )


def cpt(*codes):
    return [{"system": "CPT", "code": code} for code in codes]


def lead(key, **more):
    return {"key": key, "role": "position", "position": APPROVED, "logic": "all_of", **more}


def tied(record, key, code_class="service", kind="code_group"):
    return {tie.key: tie.tied_by for tie in Governance(record).of_listing(kind, key, code_class)}


def named(record, key):
    return [tie.key for tie in Governance(record).of_statement(key, "service")]


def test_where_nothing_tells_lists_apart_all_statements_of_the_position_govern_them():
    record = policy(
        [
            lead("injection"),
            {"key": "injection/weeks", "parent": "injection"},
            {"key": "why", "section": "back", "role": "note"},
        ],
        [{"key": "procedures", "codes": cpt("10001")}, {"key": "others", "codes": cpt("10002")}],
    )
    for key in ("procedures", "others"):
        assert tied(record, key) == {"injection": "policy", "injection/weeks": "policy"}


def test_a_shared_path_tells_lists_apart():
    record = policy(
        [
            lead("knee"),
            {"key": "knee/pain", "parent": "knee"},
            lead("hip"),
            {"key": "hip/pain", "parent": "hip"},
            lead("general"),
        ],
        [{"key": "knee/codes", "codes": cpt("10001")}, {"key": "hip/codes", "codes": cpt("10002")}],
    )
    assert tied(record, "knee/codes") == {"knee": "path", "knee/pain": "path", "general": "policy"}
    assert tied(record, "hip/codes") == {"hip": "path", "hip/pain": "path", "general": "policy"}


def test_a_shared_heading_or_section_tells_lists_apart():
    record = policy(
        [lead("a", section="knee"), lead("b", section="hip")],
        [
            {"key": "x", "heading": "Knee > covered when criteria are met", "codes": cpt("10001")},
            {"key": "hip", "codes": cpt("10002")},
        ],
    )
    assert tied(record, "x") == {"a": "heading"}
    assert tied(record, "hip") == {"b": "section"} or tied(record, "hip") == {"b": "heading"}


def test_a_denial_belongs_to_the_list_that_is_denied_and_else_limits_what_is_approved():
    denial = {"key": "no", "role": "exclusion", "position": "experimental_investigational"}
    approved = {"key": "yes-codes", "codes": cpt("10001")}
    denied = {
        "key": "no-codes",
        "disposition": "experimental_investigational",
        "codes": cpt("10002"),
    }
    assert tied(policy([lead("yes"), denial], [approved, denied]), "yes-codes") == {"yes": "policy"}
    assert tied(policy([lead("yes"), denial], [approved, denied]), "no-codes") == {
        "no": "path"
    } | tied(policy([denial], [denied]), "no-codes")
    assert tied(policy([lead("yes"), denial], [approved]), "yes-codes") == {
        "yes": "policy",
        "no": "policy",
    }


def test_what_must_be_documented_governs_all_that_is_approved():
    record = policy(
        [lead("yes"), {"key": "chart", "role": "documentation"}],
        [{"key": "codes", "codes": cpt("10001")}],
    )
    assert set(tied(record, "codes")) == {"yes", "chart"}


def test_a_branch_about_some_codes_of_a_list_governs_them_alone():
    record = policy(
        [
            lead("yes"),
            {"key": "yes/all", "parent": "yes"},
            {"key": "yes/guided", "parent": "yes", "codes": cpt("10002")},
            {"key": "yes/guided/how", "parent": "yes/guided"},
            {"key": "yes/after", "parent": "yes", "codes": cpt("77777")},
        ],
        [{"key": "codes", "codes": cpt("10001", "10002")}],
    )
    assert list(tied(record, "codes")) == ["yes", "yes/all", "yes/after"]
    assert named(record, "yes/guided") == ["yes", "yes/all", "yes/guided/how"]


def test_a_sentence_that_names_codes_is_governed_by_what_stands_above_and_below_it():
    record = policy(
        [
            {"key": "uses", "role": "position", "position": APPROVED, "logic": "any_of"},
            {"key": "uses/one", "parent": "uses", "logic": "all_of", "codes": cpt("10001")},
            {"key": "uses/one/age", "parent": "uses/one"},
            {"key": "uses/two", "parent": "uses", "logic": "all_of", "codes": cpt("10002")},
            {"key": "uses/two/age", "parent": "uses/two"},
        ],
        [],
    )
    assert named(record, "uses/one") == ["uses", "uses/one/age"]
    assert named(record, "uses/two") == ["uses", "uses/two/age"]


def test_the_sentence_that_words_a_list_governs_it():
    record = policy(
        [
            lead("one"),
            {"key": "one/age", "parent": "one"},
            lead("two"),
            {"key": "two/age", "parent": "two"},
        ],
        [{"key": "x", "statement": "two", "codes": cpt("10001")}],
    )
    assert tied(record, "x") == {"two": "statement", "two/age": "statement"}


def limit(key, **more):
    return {"key": key, "role": "limit", "position": APPROVED, **more}


def test_a_limit_of_the_whole_policy_governs_codes_that_are_tied_to_a_sentence_of_their_own():
    record = policy(
        [lead("knee", codes=cpt("10001")), lead("hip"), limit("sessions")],
        [{"key": "hips", "codes": cpt("10002"), "statement": "hip"}],
    )
    assert "sessions" in named(record, "knee")
    assert tied(record, "hips") == {"hip": "statement", "sessions": "policy"}


def test_a_limit_of_another_section_governs_no_code_that_is_tied_in_its_own():
    record = policy(
        [
            lead("knee", section="knees", codes=cpt("10001")),
            limit("knee-sessions", section="knees"),
            lead("hip", section="hips", codes=cpt("10002")),
            limit("visits", section="visits"),
        ],
        [],
    )
    assert named(record, "knee") == ["knee-sessions", "visits"]
    assert named(record, "hip") == ["visits"]


def test_a_limit_below_a_sentence_of_another_indication_stays_there():
    record = policy(
        [lead("knee", codes=cpt("10001")), lead("hip"), limit("hip/sessions", parent="hip")], []
    )
    assert named(record, "knee") == []
