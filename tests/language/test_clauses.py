from policy_tracker.language.clauses import excerpt


def test_a_number_of_several_words_is_one_that_did_not_change():
    before = "Baths for two hundred and fifty days are covered; a lamp is not."
    after = "Baths for 250 days are covered; a lamp is covered."
    assert excerpt(before, after, lambda run: "250" in run) == (before, after)  # no run of differing words says it


def test_a_number_that_changed_is_shown_as_it_is_printed():
    before = "A lamp is covered; baths for one hundred days are covered; creams are not, whatever the skin."
    after = "A lamp is covered; baths for two hundred and fifty (250) days are covered; creams are not, whatever the skin."
    shown = excerpt(before, after, lambda run: "250" in run)
    assert shown == ("baths for one hundred days are", "baths for two hundred and fifty (250) days are")
