import re

from policy_tracker.extract.keys import LONGEST, Keys, slug
from policy_tracker.record.texts import KEY


def test_a_slug_has_the_telling_words_without_numbers():
    assert (
        slug("Patient is 18 years of age or older; AND")
        == slug("Patient is 12 years of age or older; AND")
        == "years-age-older"
    )
    assert slug("Crohn’s disease, naïve patients") == "crohns-disease-naive"
    assert slug("12 – 14") == ""
    assert len(slug("winter " * 50)) <= 48


def test_keys_are_given_out_once():
    keys = Keys()
    assert [keys.free("policy/fever"), keys.free("policy/fever"), keys.free("policy/fever")] == [
        "policy/fever",
        "policy/fever-2",
        "policy/fever-3",
    ]
    assert len(keys.free("a/" * 400 + "b")) <= LONGEST
    assert re.fullmatch(KEY, keys.free("a/" * 400 + "b"))
