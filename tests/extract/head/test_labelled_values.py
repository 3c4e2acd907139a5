"""Values behind labels, wherever a head prints them."""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line
from policy_tracker.extract.head.identity import read_identity, slug_of, version_of
from policy_tracker.extract.head.labelled_values import Labels, values_of
from policy_tracker.record.vocabulary import DateName
from tests.extract.payers.made_documents import document, line, paragraph, table

LABELS = Labels(
    {
        "effective": ("Effective Date",),
        "original": ("Original Effective Date",),
        "end": ("End Date",),
        "number": ("Policy Number",),
        "title": ("Subject",),
    },
    dated=frozenset({"effective", "original", "end"}),
    long=frozenset({"title"}),
)


def found(*blocks: Block, head: list[Line] | None = None) -> dict[str, str]:
    return {
        name: value.text for name, value in values_of(document(head or [], *blocks), LABELS).items()
    }


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ([line("Effective Date ........04/15/2026", 10)], {"effective": "04/15/2026"}),
        ([line("Policy Number…….0999", 10)], {"number": "0999"}),
        ([line("Effective Date 11/1/2025", 10)], {"effective": "11/1/2025"}),
        ([line("Original Effective Date: 03/15/98", 10)], {"original": "03/15/98"}),
        (
            [line("Contents", 10), line("Subject of this", 22, 72), line("Limits", 22, 300)],
            {},
        ),
        (
            [line("Effective Date: 1/1/2020, 1/1/2021;", 10), line("1/1/2022; 1/1/2023", 22)],
            {"effective": "1/1/2020, 1/1/2021; 1/1/2022; 1/1/2023"},
        ),
        ([line("Effective Date: 1/1/2025 End Date:", 10)], {"effective": "1/1/2025", "end": ""}),
        (
            [line("Policy Number: 7 Effective Date: 1/1/2025", 10)],
            {"number": "7", "effective": "1/1/2025"},
        ),
        ([line("Policy Number:", 10, 72), line("WM-1", 10, 200)], {"number": "WM-1"}),
        ([line("Policy Number:", 10, 72), line("WM-1", 22, 72)], {"number": "WM-1"}),
        (
            [
                line("Original Effective", 10, 72),
                line("Date:", 10, 170),
                line("May 1, 2020", 10, 230),
            ],
            {"original": "May 1, 2020"},
        ),
        (
            [
                line("Subject: Mapping of", 10, 72),
                line("the elbow", 21, 72),
                line("POSITION", 32, 72),
            ],
            {"title": "Mapping of the elbow"},
        ),
        (
            [line("Subject: Mapping", 10, 72, right=150), line("Blue Street 9", 10, 400)],
            {"title": "Mapping"},
        ),
        ([line("The effective date of coverage is stated in the contract", 10)], {}),
    ],
)
def test_labels_of_a_head(head: list[Line], values: dict[str, str]):
    assert found(head=head) == values


def test_labels_in_the_first_column_of_a_table():
    assert found(table(("Policy Number", "0999"), ("Effective Date", "1/1/2025"))) == {
        "number": "0999",
        "effective": "1/1/2025",
    }


def test_labels_along_the_first_row_of_a_table():
    rows = table(("Policy Number", "Effective Date", "Subject"), ("0999", "1/1/2025", "Mapping"))
    assert found(rows) == {"number": "0999", "effective": "1/1/2025", "title": "Mapping"}


def test_labels_of_a_source_without_lines():
    assert found(
        paragraph("Policy Number: 0134"), paragraph("Effective Date:"), paragraph("1/1/2025")
    ) == {
        "number": "0134",
        "effective": "1/1/2025",
    }


def identity_of(*texts: str):
    return read_identity(
        document([line(text, 10 + 14 * number) for number, text in enumerate(texts)])
    )


def test_an_identity_with_the_words_of_the_field():
    identity = identity_of(
        "Policy Number: CG-DME-99",
        "Title: Wands",
        "Effective Date: 1/1/2025",
        "Last Reviewed: Upon request",
    )
    assert (identity.number, identity.title) == ("CG-DME-99", "Wands")
    assert identity.dates["effective"].date == "2025-01-01"
    assert identity.dates["last_review"].status == "undated"


def test_a_field_that_a_format_does_not_use_is_not_read():
    identity = read_identity(
        document([line("Effective Date: 1/1/2025", 10)]), drop=frozenset({"effective"})
    )
    assert identity.dates == {}


@pytest.mark.parametrize(
    ("texts", "version"),
    [
        (("Version: v 7", "Effective Date: 1/1/2025"), "v-7"),
        (("Effective Date: 1/1/2018", "Issue Date: 6/2/2025"), "2025-06-02"),
        (("Effective Date: 1/1/2018", "Publish Date: 6/2/2025"), "2025-06-02"),
        (("Effective Date: 1/1/2018",), "2018-01-01"),
    ],
)
def test_what_names_a_version(texts: tuple[str, ...], version: str):
    assert version_of(identity_of(*texts), document([])) == version


def test_a_version_without_a_date_is_named_by_its_words():
    one, two = document([], paragraph("One")), document([], paragraph("Two"))
    names = {version_of(read_identity(doc), doc) for doc in (one, two, one)}
    assert len(names) == 2
    assert all(name.startswith("undated-") for name in names)


def test_slugs():
    assert slug_of("Wands® – (long) ones!") == "wands-long-ones"


def test_an_empty_document_has_no_identity():
    assert read_identity(Document("pdf", 1, ())).values == {}


def test_a_title_does_not_wrap_into_the_value_of_the_next_label():
    rows = [
        line("Topic:", 10),
        line("Lantern Mapping", 10, 330),
        line("Section:", 24),
        line("Surgery", 24, 330),
    ]
    assert read_identity(document(rows), {"title": ("Topic",)}).title == "Lantern Mapping"


@pytest.mark.parametrize(
    ("printed", "name", "date"),
    [
        ("Devised: 4/21", "original_effective", "2021-04"),
        ("Date of Origin: May 2019", "original_effective", "2019-05"),
        ("Last Approval: 03/09/2025", "last_review", "2025-03-09"),
        ("Most Recent Approval Date: 03/09/2025", "last_review", "2025-03-09"),
        ("Date of Last Review: 03/25", "last_review", "2025-03"),
        ("Date of Latest Update: 03/25", "revised", "2025-03"),
        ("Next Review Due By: March 2027", "next_review", "2027-03"),
        ("Revised: 4/21 (lamp added); 3/25 (lamp taken away again)", "revised", "2025-03"),
        ("Effective Date: 03|09|2025", "effective", "2025-03-09"),
    ],
)
def test_further_labels_and_forms_of_dates(printed: str, name: DateName, date: str):
    dates = read_identity(document([], paragraph(printed))).dates
    assert {label: fact.date for label, fact in dates.items()} == {name: date}
