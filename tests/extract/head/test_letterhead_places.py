"""Issuers whose names no word for companies tells: by place, running lines and what the text lets
them do.
"""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.documents.text import read_text
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.head.letterhead_places import issuer_by_place
from tests.extract.head.heads import record_of


@pytest.mark.parametrize(
    ("head", "plan", "payer"),
    [
        ("Tallvale Choice\nMedical Policy\nWrist Lamps", "For Tallvale,", "tallvale-choice"),
        ("Wrist Lamps\nDuskvale Care Network\nClinical Policy", "All", "duskvale-care-network"),
        ("Tallvale\nMedical Affairs\nWrist Lamps", "At Tallvale", "tallvale"),
        ("Beam Review\nWrist Lamps", "All", "unknown"),
        ("Clinical Practice Standard\nWrist Lamps", "All", "unknown"),
        ("Updated\nWrist Lamps", "All", "unknown"),
    ],
)
def test_a_line_of_capital_words_that_the_text_speaks_of(head: str, plan: str, payer: str):
    assert record_of(head, plan).payer == payer


def document(*texts: str, running: tuple[str, ...] = (), title: str | None = None) -> Document:
    lines = tuple(Line(text, Place(1), Style()) for text in texts)
    blocks = tuple(Block("paragraph", text) for text in texts)
    return Document("text", 1, blocks, header=lines, running=running, title=title)


def test_the_title_of_the_page_names_the_issuer_beside_the_subject():
    page = document("Wrist Lamps", "Tallvale Choice", title="Wrist Lamps | Tallvale Choice")
    found = issuer_by_place(page, "Wrist Lamps")
    assert found is not None
    assert found.slug == "tallvale-choice"


def test_two_names_that_stand_alike_are_not_told_apart():
    page = document("Tallvale Care Network", "Duskvale Care Network", "Wrist Lamps")
    assert issuer_by_place(page, "Wrist Lamps") is None


@pytest.mark.parametrize(
    ("body", "payer"),
    [
        ("This section informs only. TVLC makes no representation that it is right.", "tvlc"),
        ("© Tallvale 2025.\n© Duskvale 2025.\nTallvale may review such claims.", "tallvale"),
        ("© Tallvale 2025.\n© Duskvale 2025.\nClaims are reviewed.", "unknown"),
    ],
)
def test_an_issuer_is_who_acts(body: str, payer: str):
    assert issuer_of(document("Wrist Lamps", *body.split("\n"))).slug == payer


def test_running_lines_tell_on_whose_behalf_a_company_works():
    edge = "Lampworks is an independent company that reviews on behalf of TVLC."
    assert issuer_of(document("Wrist Lamps", running=(edge,))).slug == "tvlc"


@pytest.mark.parametrize(
    ("lines", "payer"),
    [
        (("Tallvale Coverage Bulletin", "Bulletin Number: QX-021"), "tallvale"),
        (("January 2026", "Page 2"), None),
        (("Section:", "Prescription Lamps", "Effective Date:", "April 1, 2025"), None),
    ],
)
def test_months_and_values_of_labels_are_no_names(lines: tuple[str, ...], payer: str | None):
    found = issuer_by_place(document(*lines), "Wrist Lamps")
    assert (found.slug if found else None) == payer


@pytest.mark.parametrize(
    "sentence",
    [
        "This policy applies to health plans administered by Tallvale Companies.",
        "This Tallvale Clinical Policy is intended to help in deciding.",
    ],
)
def test_sentences_name_who_runs_the_plans(sentence: str):
    assert issuer_of(document("Wrist Lamps", sentence)).slug == "tallvale"


def test_what_each_page_signs_counts_before_what_stands_at_the_end():
    text = [f"lamps are told of in line {number}" for number in range(12)]
    page = document("Wrist Lamps", *text, "© 2020 Duskvale", running=("© 2025 Tallvale",))
    assert issuer_of(page).slug == "tallvale"


def test_an_item_with_the_letter_c_is_no_copyright():
    assert issuer_of(document("Wrist Lamps", "(c) Glowent was tried before")).slug == "unknown"


@pytest.mark.parametrize("edge", ["GT52 | 1", "QX.12 | 3"])
def test_a_number_before_a_page_is_no_name(edge: str):
    assert issuer_by_place(document("Wrist Lamps", running=(edge,)), "Wrist Lamps") is None


def test_a_name_before_a_bar():
    head = "Tallvale Choice | Lamp Policies\nWrist Lamps"
    assert record_of(head, "For Tallvale,").payer == "tallvale-choice"


def test_a_row_of_a_table_names_no_issuer():
    head = "Lamps\n\nBright Wick AR |  |  |\n\nDim Wick OT | 30 | 12 | 4\n"
    body = "Bright is asked for. " * 3
    found = issuer_by_place(read_text(f"{head}\n{body}\n"), "Lamps")
    assert found is None


@pytest.mark.parametrize(
    ("head", "payer"),
    [
        (
            "Tallvale Services | Clinical Criteria | 14/3 | Effective 2026-03-01",
            "tallvale-services",
        ),
        ("Tallvale Lamp Solutions\nPrior Authorization Program", "tallvale-lamp-solutions"),
        ("Tallvale Lamp Review TLR-12\nClinical Guidelines", "tallvale-lamp-review"),
    ],
)
def test_names_of_firms_that_end_with_common_words(head: str, payer: str):
    assert record_of(f"{head}\nWrist Lamps").payer == payer
