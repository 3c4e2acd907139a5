"""Who issued a document: names that letterheads print, and those of others that stand in many payers' documents."""

import pytest

from policy_tracker.extract.document import read_document
from policy_tracker.extract.letterhead import issuer_of, registered_name


def issuer(*head, body="A lantern is considered medically necessary when it is lit.", foot=""):
    lines = "".join(f"<p>{line}</p>" for line in head)
    page = f"<html><body>{lines}<h1>Lanterns</h1><p>{body}</p>{f'<p>{foot}</p>' if foot else ''}</body></html>"
    return issuer_of(read_document(page.encode(), "policy.html")).slug


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("Lumen Health Plan", "lumen-health-plan"),
        ("Lumen Health Plan Medical Policy", "lumen-health-plan"),
        ("Lumen Health Plan Prior Authorization Code List", "lumen-health-plan"),
        ("American Lantern Health Plan", "american-lantern-health-plan"),
        ("National Lantern Health Insurance Company", "national-lantern-health-insurance-company"),
        ("University Lantern Health Plan", "university-lantern-health-plan"),
        ("Northpress Health Plan", "northpress-health-plan"),
    ],
)
def test_a_letterhead_names_the_issuer(line, slug):
    assert issuer(line).startswith(slug.removesuffix("-company"))


@pytest.mark.parametrize("line", ["American Lantern Association", "Behavioral Health Plan", "your health plan", "Change Healthcare"])
def test_what_is_no_payers_name_is_none(line):
    assert issuer(line) == "unknown"


def test_a_mention_in_running_text_is_no_issuer():
    assert issuer("Medical Policy", body="As Lumen Health Plan and Humana do, lanterns are considered medically necessary.") == "unknown"


def test_the_copyright_of_a_code_set_is_no_issuers():
    assert issuer("Lumen Health Plan", foot="CPT Copyright 2026 American Medical Association") == "lumen-health-plan"


def test_two_names_are_not_guessed_between():
    assert issuer("Lumen Health Plan", "Ember Health Plan") == "unknown"


@pytest.mark.parametrize(
    ("host", "word"),
    [("medicalpolicy.lumen.com", "lumen"), ("lumen.org", "lumen"), ("health.state.mi.us", None), ("plan.lantern.co.us", None)],
)
def test_the_word_of_an_address(host, word):
    assert registered_name(host) == word
