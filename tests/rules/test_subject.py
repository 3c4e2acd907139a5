from policy_tracker.rules import compare
from tests.rules.cases import record

MN = "medically_necessary"
SECTIONS = [
    {"key": "policy", "heading": "Coverage Criteria", "kind": "coverage"},
    {"key": "policy/hives", "heading": "Hives", "kind": "coverage"},
    {"key": "policy/hives/renewal", "heading": "Reauthorization", "kind": "coverage"},
]


def version(text: str, *, section: str = "policy/hives/renewal", lead: str = "") -> dict:
    lead = lead or "Zorvix will be approved based on all of the following criteria:"
    return {
        "title": "Zorvix",
        "sections": SECTIONS,
        "statements": [
            {
                "key": "t",
                "section": section,
                "role": "position",
                "position": MN,
                "logic": "all_of",
                "text": lead,
            },
            {"key": "t/1", "section": section, "parent": "t", "role": "criterion", "text": text},
        ],
    }


def subjects(before: dict, after: dict) -> list[tuple[str, ...]]:
    found = compare(record(before, "2025-01-01"), record(after, "2026-01-01"))
    return [change.subject for change in found.changes if change.substantive]


def test_the_path_of_headings_without_kinds_of_parts_and_title() -> None:
    assert subjects(version("Age 12 years or older"), version("Age 18 years or older")) == [
        ("Hives", "Reauthorization")
    ]


def test_the_indication_of_a_lead_in() -> None:
    lead = "Lamp therapy is medically necessary for plaque psoriasis when all of these are met:"
    one, two = (
        version(text, section="policy", lead=lead)
        for text in ("Age 12 years or older", "Age 18 years or older")
    )
    assert subjects(one, two) == [("Lamp therapy", "plaque psoriasis")]


def test_a_row_of_a_list_is_about_what_it_names() -> None:
    one = version("Tried two lamps")
    row = {"key": "row", "section": "policy/hives", "role": "exclusion", "text": "Zorvix forte"}
    two = {**one, "title": "Lamps", "statements": [*one["statements"], row]}
    assert subjects({**one, "title": "Lamps"}, two) == [("Hives", "Zorvix forte")]


def test_what_concerns_the_policy_as_a_whole_has_no_subject() -> None:
    retired = {"dates": {"retired": {"date": "2026-06-30"}}}
    assert subjects({}, retired) == [()]


def test_the_number_of_the_policy_and_a_table_of_contents_are_no_subject() -> None:
    sections = [
        {"key": "toc", "heading": "Table of Contents", "kind": "coverage"},
        {"key": "toc/when", "heading": "When it is covered", "kind": "coverage"},
    ]
    one, two = (
        {"policy_number": "LP-12", "sections": sections,
         "statements": [{"key": "a", "section": "toc/when", "role": "criterion", "text": text}]}
        for text in ("Age 12 years or older", "Age 18 years or older")
    )  # fmt: skip
    assert subjects(one, two) == [()]


def test_codes_under_a_heading_that_names_nothing_are_about_what_names_them_in_a_sentence() -> None:
    code = {"system": "CPT", "code": "73999"}
    lead = "Lamp therapy (73999) is medically necessary for plaque psoriasis when this is met:"
    one = version("Age 12 years or older", section="policy", lead=lead)
    one["statements"][0] |= {"codes": [code]}
    group = {"key": "g", "heading": "CPT Codes", "disposition": MN, "codes": [code]}
    assert subjects(one, {**one, "code_groups": [group]}) == [("Lamp therapy", "plaque psoriasis")]


def test_the_payer_and_the_title_behind_a_word_of_every_policy_are_no_subject() -> None:
    sections = [
        {"key": "nordia", "heading": "Nordia Health", "kind": "coverage"},
        {"key": "nordia/policy", "heading": "Medical Policy: Zorvix", "kind": "coverage"},
        {"key": "nordia/policy/hives", "heading": "Hives", "kind": "coverage"},
    ]
    one, two = (
        {"title": "Zorvix", "payer": "nordia-health", "sections": sections,
         "statements": [{"key": "a", "section": "nordia/policy/hives", "role": "criterion",
                         "text": text}]}
        for text in ("Age 12 years or older", "Age 18 years or older")
    )  # fmt: skip
    assert subjects(one, two) == [("Hives",)]


def test_what_went_from_a_list_is_called_as_the_list_is_now() -> None:
    one, two = (
        version("Tried two lamps", section="policy", lead=lead)
        for lead in (
            "Yearly lamp therapy is medically necessary when any of the following is met:",
            "Lamp therapy is medically necessary when any of the following is met:",
        )
    )
    kept = {**one["statements"][1], "key": "t/2", "text": "Tried an ointment for ten weeks"}
    for side in (one, two):
        side["statements"][0]["logic"] = "any_of"
        side["statements"].append(kept)
    del two["statements"][1]
    assert ("Lamp therapy",) in subjects(one, two)
    assert ("Yearly lamp therapy",) not in subjects(one, two)
