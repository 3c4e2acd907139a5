"""Each word that differs between two documents stands in exactly one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.rules import compare
from tests.rules.read_records import record, texts

LEAD = "Surgery is medically necessary when all of these are met:"
CT = "A scan shows disease"
SPRAY = "A nasal spray was used for 6 weeks"
OTHER = "A nasal spray was used for 8 weeks"
LINES = [CT, SPRAY, OTHER, "The member is an adult", "Saline rinses failed"]


def compared(one: list[str], two: list[str], unread: tuple[str, ...] = ()):
    """Two versions, each with a lead and items; the lines of `unread` stand in the documents
    alone.
    """
    sides = [
        record(
            version,
            [("b1", None, LEAD)]
            + [(f"b{n}", "b1", line) for n, line in enumerate(lines, 2) if line not in unread],
        )
        for version, lines in (("2025", one), ("2026", two))
    ]
    return compare(*sides, documents=(texts(LEAD, *one), texts(LEAD, *two)))


def test_a_number_that_changed_is_told():
    account = compared([CT, SPRAY], [CT, OTHER]).account
    assert (account.words_differing, account.changed, account.not_classified) == (2, 2, 0)


def test_what_no_reading_has_is_not_classified_and_never_nothing():
    found = compared([CT, SPRAY], [CT, OTHER], unread=(SPRAY, OTHER))
    assert found.account.not_classified == 2
    assert [(one.before, one.after) for one in found.not_classified] == [("6", "8")]
    assert found.verdict.change_type == "modified"
    assert "could not be classified" in found.verdict.summary


def test_words_under_a_heading_of_history_are_quiet():
    one, two = texts(LEAD), texts(LEAD, "Reviewed in May")
    two[-1]["fate"] = "history"
    same = record("2025", [("b1", None, LEAD)])
    found = compare(same, same.model_copy(update={"version": "2026"}), documents=(one, two))
    assert found.account.quiet == {"history": 3}
    assert found.verdict.change_type == "reviewed_no_change"


@pytest.mark.parametrize("fate", ["history", "background", "references", "boilerplate", "identity"])
def test_a_sentence_that_directs_is_quiet_nowhere(fate):
    said = "A second lamp must be returned within {} days."
    one, two = (texts(LEAD, said.format(days)) for days in (5, 9))
    for side in (one, two):
        side[-1]["fate"] = fate
    same = record("2025", [("b1", None, LEAD)])
    found = compare(same, same.model_copy(update={"version": "2026"}), documents=(one, two))
    assert [(n.before, n.after) for n in found.not_classified] == [("5", "9")]
    assert found.verdict.change_type == "modified"


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        ("references", "Holm A. Lamps over {} weeks. J Light. 2011;4:11-19."),
        ("background", "The study followed {} patients who were denied a lamp."),
        ("history", "Reviewed by {} members of the committee"),
    ],
)
def test_what_describes_stays_quiet(fate, said):
    one, two = (texts(LEAD, said.format(number)) for number in (5, 9))
    for side in (one, two):
        side[-1]["fate"] = fate
    same = record("2025", [("b1", None, LEAD)])
    found = compare(same, same.model_copy(update={"version": "2026"}), documents=(one, two))
    assert found.account.quiet == {fate: 2}


@pytest.mark.parametrize(
    ("lead", "quiet"),
    [
        ("All of the following must be present:", 0),
        ("The study asked for all of the following, which must be present:", 2),
    ],
)
def test_what_a_list_among_descriptions_demands_is_quiet_nowhere(lead, quiet):
    items = "A dark room", "A keeper for {} hours"
    one, two = (texts(LEAD, lead, *(item.format(hours) for item in items)) for hours in (2, 3))
    for side in (one, two):
        for text in side[1:]:
            text["fate"] = "background"
    same = record("2025", [("b1", None, LEAD)])
    account = compare(
        same, same.model_copy(update={"version": "2026"}), documents=(one, two)
    ).account
    assert (account.not_classified, account.quiet.get("background", 0)) == (2 - quiet, quiet)


def test_a_remark_on_members_is_no_history():
    one, two = (texts(LEAD, f"Members who began before {year} keep it.") for year in (2020, 2021))
    for side in (one, two):
        side[-1]["fate"] = "history"
    same = record("2025", [("b1", None, LEAD)])
    found = compare(same, same.model_copy(update={"version": "2026"}), documents=(one, two))
    assert [(n.before, n.after) for n in found.not_classified] == [("2020", "2021")]


def test_a_footer_that_directs_is_not_classified():
    one, two = (texts(LEAD, f"Claims are paid at {share} percent.") for share in (60, 50))
    for side in (one, two):
        side[-1]["standing"] = "furniture"
    same = record("2025", [("b1", None, LEAD)])
    found = compare(same, same.model_copy(update={"version": "2026"}), documents=(one, two))
    assert len(found.not_classified) == 2
    assert found.account.not_classified == found.account.words_differing == 12


@given(
    st.lists(st.sampled_from(LINES), unique=True),
    st.lists(st.sampled_from(LINES), unique=True),
    st.sets(st.sampled_from(LINES), max_size=2).map(tuple),
)
def test_the_places_sum_up_to_the_words_that_differ(one, two, unread):
    found = compared(one, two, unread)
    account = found.account
    placed = account.changed + account.moved + sum(account.quiet.values()) + account.not_classified
    assert placed == account.words_differing
    assert bool(found.not_classified) == bool(account.not_classified)
