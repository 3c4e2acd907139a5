"""What a sentence says beside its numbers."""

from policy_tracker.language.quantities.read import without_quantities


def test_a_limit_is_one_mark_however_it_is_worded():
    one = without_quantities("Member is 18 years of age or older and had surgery", "criterion")
    two = without_quantities("Member is at least 21 years old and had surgery", "criterion")
    assert one == two == "Member is # and had surgery"


def test_other_numbers_and_what_they_count_are_marks_too():
    assert without_quantities("Use modifier 25 in room 12 b", "note") == "Use modifier # room #"
