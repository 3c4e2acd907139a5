"""Payers as data: a new payer is one file, each heading reads as its examples say, faults are
named.
"""

import re

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.errors import InputError, VocabularyError
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers import format_of, formats_in_python, formats_of_data, in_order
from policy_tracker.extract.payers.names import payer_named
from policy_tracker.extract.payers.payer_data import (
    checked,
    known_payers,
    patterns_of,
    payers_in,
)
from policy_tracker.record import Record
from tests.extract.payers.made_documents import document, heading, item, line, paragraph

LUMEN = r"""
payer = "lumen"
name = "Lumen Health Plan"

[issuer]
names = ['lumen(?: health plan)?']
numbers = ['\bLU-\d{3}\b']

[[format]]
name = "lumen"
version = 1
recognise = [['lumen health plan', 'lumen rule no']]
starts = ['what lumen pays for']
approved = "covered"

[format.head]
policy = [{ number = 'LU-(?P<stem>\d{3})', key = "lu-{stem}", alias = "Rule {stem}" }]
type = [{ type = "drug_coverage", says = 'tablets' }, { type = "medical_coverage" }]
lines_of_business = ["medicaid"]
inferred = [{ date = "effective", from = "revised", ground = "Lumen prints when it last revised" }]
drop = ["effective"]

[format.head.labels]
number = ["Lumen Rule No"]
title = ["About"]
revised = ["Last Touched"]

[[format.heading]]
pattern = 'what lumen pays for'
section = "coverage"
wherever = true
examples = ["What Lumen Pays For"]

[[format.heading]]
pattern = 'where we read it'
section = "references"
wherever = true
examples = ["Where We Read It"]
"""


@pytest.fixture
def lumen(tmp_path):
    (tmp_path / "lumen.toml").write_text(LUMEN, encoding="utf-8")
    return checked(payers_in(tmp_path))


def lumen_policy() -> Document:
    return document(
        [
            line("Lumen Health Plan", 40),
            line("Lumen Rule No: LU-123", 60),
            line("About: Vein Mapping", 80),
            line("Last Touched: March 4, 2026", 100),
        ],
        heading("What Lumen Pays For"),
        paragraph("Vein mapping is covered when both of the following are met:"),
        item("•", "the member is 21 years of age or older"),
        item("•", "the leg has hurt for 6 weeks"),
        heading("Where We Read It"),
        paragraph("A book on veins is considered medically necessary reading."),
    )


def test_a_new_payer_is_one_file_without_python(lumen):
    formats = in_order([*formats_in_python(), *formats_of_data(lumen)])
    form = format_of(lumen_policy(), formats=formats)
    assert (form.name, form.payer) == ("lumen", "lumen")
    [record] = form.read(lumen_policy())
    assert isinstance(record, Record)
    assert (record.payer, record.policy, record.policy_number) == ("lumen", "lu-123", "LU-123")
    assert (record.title, record.aliases, record.policy_type) == (
        "Vein Mapping",
        ("Rule 123",),
        "medical_coverage",
    )
    assert record.applies_to.lines_of_business == ("medicaid",)
    effective = record.dates["effective"]
    assert (effective.date, effective.status) == ("2026-03-04", "inferred")
    assert effective.ground == "Lumen prints when it last revised"
    assert [statement.position for statement in record.statements] == ["covered"] * 3
    assert {section.heading: section.kind for section in record.sections} == {
        "What Lumen Pays For": "coverage",
        "Where We Read It": "references",
    }


def test_without_its_file_the_payer_is_read_as_any_other():
    assert format_of(lumen_policy()).name == "generic"
    assert issuer_of(lumen_policy()).slug == "lumen-health-plan"


def test_the_letterhead_and_the_number_name_the_new_payer(lumen):
    assert issuer_of(lumen_policy(), lumen).slug == "lumen"
    numbered = document([line("Vein Mapping", 60), line("LU-123", 80)])
    assert issuer_of(numbered, lumen).slug == "lumen"


def test_a_document_that_no_format_knows_is_an_error(lumen):
    with pytest.raises(InputError, match="no format recognises this document"):
        format_of(document([line("Vein Mapping", 60)]), formats=tuple(formats_of_data(lumen)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'payer = "lumen"',
            'payer = "other"',
            "lumen.toml: payer: the file must be named other.toml",
        ),
        ("version = 1", "version = 0", "lumen.toml: format[1].version: Input should be greater"),
        (
            "starts = [",
            "begins = [",
            "lumen.toml: format[1].begins: Extra inputs are not permitted",
        ),
        (
            'section = "references"',
            'section = "books"',
            "lumen.toml: format[1].heading[2].section: ",
        ),
        (
            "'where we read it'",
            "'where (we read it'",
            "lumen.toml: format lumen.heading: 'where (we read it' is no pattern: ",
        ),
        (
            "version = 1",
            'version = 1\nreader = "missing"',
            "lumen.toml: format lumen: there is no reader 'missing'",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, old, new, message):
    assert old in LUMEN
    (tmp_path / "lumen.toml").write_text(LUMEN.replace(old, new), encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        list(formats_of_data(checked(payers_in(tmp_path))))
    assert str(caught.value).startswith(message)


FORMATS = [(payer.payer, data) for payer in known_payers() for data in payer.format]
HEADINGS = [(data, said) for _, data in FORMATS for said in data.heading]


@pytest.mark.parametrize(
    ("data", "said"), HEADINGS, ids=[f"{data.name}: {said.pattern}" for data, said in HEADINGS]
)
def test_each_heading_reads_as_its_examples_say(data, said):
    for example in said.examples:
        assert data.profile().kind_of(example) == (said.section, said.wherever)


@pytest.mark.parametrize("payer", known_payers(), ids=lambda payer: payer.payer)
def test_every_pattern_of_a_shipped_payer_can_be_used(payer):
    assert checked([payer]) == [payer]
    assert any(True for _ in patterns_of(payer))


@pytest.mark.parametrize("payer", known_payers(), ids=lambda payer: payer.payer)
def test_a_shipped_payer_is_named_by_its_letterhead(payer):
    assert payer_named(payer.payer).name == payer.name
    heads = [payer.name, payer.payer]
    assert any(
        re.fullmatch(name, head, re.IGNORECASE) for name in payer.issuer.names for head in heads
    )


def test_medicare_dates_back_and_others_do_not():
    assert [payer.payer for payer in known_payers() if payer.dates_back] == ["cms"]
    assert payer_named("cms").dates_back
    assert not payer_named("lumen-health-plan").dates_back
