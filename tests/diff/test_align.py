from policy_tracker.diff.align import align
from policy_tracker.record import Record
from tests.rules.cases import record


def version(*statements: dict, **more) -> Record:
    return record({"statements": [{"role": "criterion", **s} for s in statements], **more})


def pairs(before: Record, after: Record) -> set[tuple[str, str]]:
    return {(pair.before, pair.after) for pair in align(before, after).pairs}


def test_word_for_word_equal_statements_pair_whatever_their_keys():
    found = align(
        version({"key": "a", "text": "1. Conservative treatment has failed; AND"}),
        version({"key": "b", "text": "c) Conservative treatment has failed."}),
    )
    assert [(p.before, p.after, p.score, p.how) for p in found.pairs] == [("a", "b", 1.0, "equal")]


def test_a_reworded_statement_pairs_and_an_unrelated_one_does_not():
    before = version(
        {
            "key": "a",
            "text": "Patient has tried and failed two first-line drugs for at least three months",
        }
    )
    reworded = version(
        {
            "key": "x",
            "text": "Patient has tried and failed one first-line drug for at least six months",
        },
        {"key": "y", "text": "Imaging was obtained by a certified center"},
    )
    assert pairs(before, reworded) == {("a", "x")}
    assert align(before, reworded).only_after == ("y",)


def test_an_equal_key_helps_and_proves_nothing():
    before = version(
        {
            "key": "coverage",
            "text": "Coverage is considered experimental for all indications",
            "role": "position",
        }
    )
    assert pairs(
        before,
        version(
            {
                "key": "coverage",
                "text": "Coverage is considered medically necessary when criteria are met",
                "role": "position",
            }
        ),
    )
    assert not pairs(
        before,
        version({"key": "coverage", "text": "Billing follows national rules", "role": "note"}),
    )


def test_positions_on_the_same_codes_pair_under_other_keys_and_words():
    code = [{"system": "CPT", "code": "0691T"}]
    before = version(
        {
            "key": "a",
            "role": "position",
            "text": "Coverage is considered experimental for all indications",
            "codes": code,
        }
    )
    after = version(
        {
            "key": "b",
            "role": "position",
            "text": "Coverage is considered medically necessary when criteria are met",
            "codes": code,
        }
    )
    assert pairs(before, after) == {("a", "b")}


def test_what_repeats_word_for_word_follows_its_heading():
    def drug(name: str, first: str) -> list[dict]:
        return [
            {
                "key": name,
                "text": f"{first} treatment",
                "role": "position",
                "position": "medically_necessary",
            },
            {"key": f"{name}/specialist", "parent": name, "text": "Prescribed by a specialist"},
            {
                "key": f"{name}/alone",
                "parent": name,
                "text": "Not in combination with another biologic",
            },
        ]

    before = version(*drug("asthma", "Asthma"), *drug("eczema", "Eczema"))
    after = version(*drug("new", "Esophagitis"), *drug("derm", "Eczema"), *drug("lung", "Asthma"))
    found = pairs(before, after)
    assert {
        ("asthma/alone", "lung/alone"),
        ("eczema/alone", "derm/alone"),
        ("asthma/specialist", "lung/specialist"),
    } <= found
    assert not any(after.startswith("new") for _, after in found)


def test_repeats_without_a_heading_pair_in_their_order():
    before = version(
        *(
            {"key": f"k{i}", "text": text}
            for i, text in enumerate(["Alpha rule", "See above", "Beta rule", "See above"])
        )
    )
    after = version(
        *(
            {"key": f"n{i}", "text": text}
            for i, text in enumerate(
                ["New rule entirely", "Alpha rule", "See above", "Beta rule", "See above"]
            )
        )
    )
    assert pairs(before, after) == {("k0", "n1"), ("k1", "n2"), ("k2", "n3"), ("k3", "n4")}


def test_nothing_pairs_with_nothing():
    found = align(version(), version({"key": "a", "text": "Something"}))
    assert (found.pairs, found.only_before, found.only_after) == ((), (), ("a",))


def test_texts_without_latin_words_pair_too():
    assert pairs(
        version({"key": "a", "text": "必要"}, {"key": "b", "text": "†"}),
        version({"key": "c", "text": "必要"}),
    ) == {("a", "c")}


def test_what_has_another_number_in_its_own_place_did_not_move_to_a_new_one():
    def part(key: str, months: int) -> dict:
        text = f"The approval that is given here holds for {months} months"
        return {"key": f"{key}/holds", "section": key, "text": text}

    sections = [
        {"key": key, "heading": key.title(), "kind": "coverage"} for key in ("asthma", "eczema")
    ]
    before = version(part("asthma", 6), sections=sections[:1])
    after = version(part("asthma", 12), part("eczema", 6), sections=sections)
    assert pairs(before, after) == {("asthma/holds", "asthma/holds")}
    assert pairs(after, before) == {("asthma/holds", "asthma/holds")}


def test_sentences_that_decide_about_one_matter_are_one_whichever_way_they_decide():
    def decided(key: str, about: str, term: str, rest: str = "") -> dict:
        position = "medically_necessary" if "necessary" in term else "experimental_investigational"
        return {
            "key": key,
            "text": f"{about} is considered {term}{rest}.",
            "role": "position",
            "position": position,
            "payer_term": term,
        }

    before = version(
        decided("a", "Measuring the salt of tears", "investigational", " in all cases"),
        decided("b", "Counting steps by night", "investigational"),
    )
    after = version(
        decided(
            "c",
            "Measuring the salt of tears",
            "medically necessary",
            " when the eyes have been dry for longer than a season and drops brought no relief",
        ),
        decided("d", "Weighing a breath of air", "medically necessary"),
    )
    assert pairs(before, after) == {("a", "c")}
    assert pairs(after, before) == {("c", "a")}
