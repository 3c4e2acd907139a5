import hashlib
from collections import defaultdict

from policy_tracker.language.quantities.read import read_quantities
from tests.language.quantity_sentences import TEMPLATES, made

FROZEN = "c4a7e9ceca0e0bdd"


def shown(text, role):
    return tuple(
        f"{found.kind} {found.comparator} {found.value:g} {found.unit}"
        + (f" per {found.per.value:g} {found.per.unit}" if found.per else "")
        for found in read_quantities(text, role)
    )


def same(wanted, found):
    """Whether each quantity is the wanted one; "frequency|count" allows either kind."""
    if len(wanted) != len(found):
        return False
    pairs = [(one.split(" ", 1), two.split(" ", 1)) for one, two in zip(wanted, found, strict=True)]
    return all(rest == other and kind in kinds.split("|") for (kinds, rest), (kind, other) in pairs)


def test_the_sentences_are_those_that_were_written_first():
    assert hashlib.sha256(repr(TEMPLATES).encode()).hexdigest()[:16] == FROZEN


def test_each_made_sentence_says_its_quantities():
    missed = defaultdict(list)
    for template, text, role, wanted in made():
        if not same(wanted, found := shown(text, role)):
            missed[template].append((text, wanted, found))
    assert not missed, {template: some[0] for template, some in missed.items()}
