"""A second grammar asks whether a position is read the right way round, torn statements are told,
and readings that are spoiled on purpose are held.
"""

import pytest

from benchmarks.spoiled_readings import SPOILINGS, judged
from policy_tracker.documents.blocks import Document, Unreadable
from policy_tracker.extract.directives_polarity import side_of
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.quality import review_reasons
from policy_tracker.record import Record
from tests.extract.pages import document_of
from tests.extract.payers.made_documents import MADE


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Kites are considered medically necessary when it blows.", "approves"),
        ("Kites will be approved based on these criteria:", "approves"),
        ("Kite strings are not covered.", "denies"),
        ("When lamps are covered, kites are not reimbursed.", "denies"),
        ("Red kites (any size) are investigational for all other uses.", "denies"),
        ("Kites are experimental and not medically necessary.", "denies"),
        ("Considered Not Medically Necessary:", "denies"),
        ("Considered Medically Necessary when criteria are met:", "approves"),
        ("Non-covered lamps", "denies"),
        ("Kites are not covered unless they are red.", None),
        ("Kites are not considered investigational.", None),
        ("Kites are part of covered lamps.", None),
        ("A strong wind blows.", None),
        ("Kite strings are considered part of a covered kite.", "denies"),
        ("Kite strings are not considered part of a covered kite.", None),
        ("The charges for kites will be combined.", "denies"),
        ("Non-reimbursable kites", "denies"),
        ("(Valley only) Reimbursement may be made for kites (K1234).", "approves"),
        ("The plan tells which kites are covered.", None),
        ("No more than 6 kites are covered per year.", "approves"),
        ("Kites are not covered until all criteria are met:", None),
        ("Members who do not sail are reimbursed for kites.", "approves"),
    ],
)
def test_the_side_of_a_main_clause(text, side):
    assert side_of(text) == side


POLICY = """
# Lamp Policy
Effective Date: 01/01/2026
# Coverage Policy
Lamps are considered medically necessary when all of these are met:
    • A dark cellar
    • A long stair
Wicks are not covered.
"""


def _read(document: Document) -> Record:
    (record,) = read_version(document, "lamp.pdf")
    assert isinstance(record, Record)
    return record


def test_a_position_that_is_turned_round_waits():
    document = document_of(POLICY)
    record = _read(document)
    turned = record.model_copy(
        update={
            "statements": tuple(
                one.model_copy(update={"position": "medically_necessary"})
                if "Wicks" in one.text
                else one
                for one in record.statements
            )
        }
    )
    before, after = judged(document, record), judged(document, turned)
    (reason,) = set(after) - set(before)
    assert "opposite of what was read: 1 (“Wicks are not covered.”)." in reason


def test_a_denial_waits_where_no_word_that_governs_it_denies():
    turned = _with_positions("not_medically_necessary", "A dark cellar")
    (reason,) = set(turned) - set(judged(document_of(POLICY), _read(document_of(POLICY))))
    assert "(“A dark cellar”)" in reason


def test_an_item_that_its_lead_in_contradicts_waits():
    text = POLICY + "Kites are not covered for any of these:\n    • A calm day\n    • A low hill\n"
    turned = _with_positions("medically_necessary", "A calm day", text)
    (reason,) = set(turned) - set(judged(document_of(text), _read(document_of(text))))
    assert "(“A calm day”)" in reason


def _with_positions(position: str, words: str, text: str = POLICY) -> tuple[str, ...]:
    document = document_of(text)
    record = _read(document)
    statements = tuple(
        one.model_copy(update={"position": position}) if words in one.text else one
        for one in record.statements
    )
    assert statements != record.statements
    return judged(document, record.model_copy(update={"statements": statements}))


def test_statements_that_begin_within_a_sentence_are_told():
    text = POLICY + "".join(
        f"Kites of the {name} are covered by the\nyear that follows in the {name}.\n"
        for name in ("valley", "hill", "sea")
    )
    document = document_of(text)
    blocks = [block.text for block in document.blocks]
    assert "year that follows in the hill." in blocks
    reasons = judged(document, _read(document))
    assert any("begin within a sentence" in reason for reason in reasons)


def test_a_picture_beside_statements_waits_and_one_elsewhere_does_not():
    whole = document_of(POLICY)

    def with_picture(page):
        parts = (Unreadable(page, "a picture"),)
        return review_reasons(_read(Document("pdf", 2, whole.blocks, unreadable=parts)))

    assert any("parts beside the statements" in reason for reason in with_picture(1))
    assert not any("parts beside the statements" in reason for reason in with_picture(2))


LONG = """
# Lamp Policy
Policy Number: LX-77
Effective Date: 01/01/2026
# Coverage Policy
""" + "".join(
    f"## {thing}\n{thing} are considered medically necessary when all of these are met:\n"
    + "".join(f"    • The {place} is {state}\n" for place in ("cellar", "stair", "attic", "yard"))
    for thing, state in (("Lamps", "dark"), ("Kites", "windy"), ("Wicks", "wet"))
)


def _documents():
    yield from ((name, make()) for name, make in MADE.items())
    yield "long", document_of(LONG)


@pytest.mark.parametrize("kind", SPOILINGS)
def test_readings_that_are_spoiled_on_purpose_are_held(kind: str):
    made = held = 0
    for name, document in _documents():
        (record,) = read_version(document, name)
        assert isinstance(record, Record)
        record = record.model_copy(update={"payer": "lumen"} if name == "long" else {})
        if judged(document, record):
            continue
        for spoiled in SPOILINGS[kind](record):
            made += 1
            held += bool(judged(document, spoiled))
    assert made
    # of the few statements of these documents one may be lost unseen
    assert held >= made * 0.6, (held, made)
