"""Two versions of a made policy, read from documents: what differs in form alone tells nothing, and
each word that differs has its place.
"""

from random import Random

import pytest

from policy_tracker.diff.stream import Texts
from policy_tracker.documents.attached import unpacked
from policy_tracker.isolation.jobs.records import work
from policy_tracker.isolation.run import read_value
from policy_tracker.record import Record
from policy_tracker.rules import Comparison, compare
from tests.made_policies.forms.every import rendered
from tests.made_policies.invent import invent
from tests.made_policies.mutating import Policy, mutated, reissued
from tests.made_policies.stock import ways

FORMS = [("html_lists", "pdf_column"), ("text_wrapped", "docx_numbered")]
SEED = 5


def read(policy: Policy, form: str) -> tuple[Record, Texts]:
    name, data = rendered(policy.page(SEED), form)
    values, texts = work(data, name, None)
    record = read_value(values["records"][0])
    assert isinstance(record, Record)
    return record, unpacked(texts)


def compared(one: Policy, two: Policy, forms: tuple[str, str]) -> Comparison:
    (before, old), (after, new) = read(one, forms[0]), read(two, forms[1])
    return compare(before, after, documents=(old, new))


@pytest.mark.parametrize("name", ["birch", "heron"])
@pytest.mark.parametrize("forms", FORMS)
def test_words_have_their_places_whatever_the_form(name: str, forms: tuple[str, str]):
    first = Policy(invent(SEED), ways()[name])
    later = reissued(first)
    other, rows = mutated(later, Random(name), SEED, 3)
    assert rows
    found = compared(first, other, forms)
    account = found.account
    assert account is not None
    placed = account.changed + account.moved + sum(account.quiet.values()) + account.not_classified
    assert placed == account.words_differing
    assert account.changed
    same = compared(first, later, forms)
    assert [change.rule for change in same.changes if change.substantive] == []
