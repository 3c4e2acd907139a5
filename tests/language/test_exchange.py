"""One word in another's place."""

import pytest

from policy_tracker.language.exchange import another, exchange_of


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ("neurologist", "urologist"),
        ("podiatrists", "cardiologists"),
        ("lumivastatin", "corimab"),
        ("arthroscopy", "radiography"),
        ("mri", "ultrasound"),
        ("inpatient", "outpatient"),
        ("prior", "concurrent"),
        ("initial", "renewal"),
        ("left", "right"),
    ],
)
def test_another_of_a_sort(gone, come):
    assert another(gone, come)
    assert another(come, gone)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ("physician", "neurologist"),
        ("corimab", "corimabs"),
        ("sonography", "sonogram"),
        ("brace", "splint"),
        ("prior", "previous"),
        ("specialist", "neurologist"),
    ],
)
def test_what_may_be_the_same_or_a_kind_of_it(gone, come):
    assert not another(gone, come)


def test_one_word_alone_was_exchanged():
    found = exchange_of(
        "Seen by a neurologist in the last year", "Seen by an urologist in the last year"
    )
    assert found is not None
    assert (found.gone, found.come) == ("neurologist", "urologist")
    assert exchange_of("Seen by a neurologist", "Seen by a neurologist or a nurse") is None
    assert exchange_of("Seen twice by a nurse", "Treated twice by a doctor") is None
