from policy_tracker.language.clauses import excerpt

BEFORE = "A lamp is covered; baths for {} days are covered; creams are not, whatever the skin."
AFTER = (
    "A lamp is covered; baths for {} days are covered; creams are not, whatever the skin, but "
    "for one bath."
)


def test_a_number_of_several_words_is_one_that_did_not_change():
    before, after = BEFORE.format("two hundred and fifty"), AFTER.format("250")
    # no run of differing words says it
    assert excerpt(before, after, lambda run: "250" in run) == (before, after)


def test_a_number_that_changed_is_shown_whole_as_it_is_printed():
    in_digits = excerpt(BEFORE.format("100"), AFTER.format("250"), lambda run: "250" in run)
    in_words = excerpt(
        BEFORE.format("one hundred"),
        AFTER.format("two hundred and fifty (250)"),
        lambda run: "250" in run,
    )
    assert "250" in in_digits[1]
    assert len(in_digits[1]) < len(AFTER)
    assert in_words == (
        in_digits[0].replace("100", "one hundred"),
        in_digits[1].replace("250", "two hundred and fifty (250)"),
    )
