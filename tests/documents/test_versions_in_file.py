"""A file with archived versions behind the current one."""

from policy_tracker.documents.pdf.reader import read_pdf
from policy_tracker.documents.versions_in_file import split_versions
from tests.documents.make_pdf import Paper


def version(paper: Paper, date: str, pages: int = 3) -> None:
    for number in range(1, pages + 1):
        if number == 1:
            paper.lines("Bulletin Number: LP-07", f"Issue Date: {date}")
        else:
            paper.at(460, 760, f"Page {number} of {pages}")
        paper.gap(20 * number).line(f"The rule of {date} stands on page {number}.")
        paper.page()


def archive(*dates: str) -> bytes:
    paper = Paper()
    for date in dates:
        version(paper, date)
    return paper.data()


def test_each_version_is_a_document_of_its_own():
    parts = split_versions(read_pdf(archive("1/5/2031", "1/6/2030", "1/7/2029")))
    assert [part.header[1].text for part in parts] == [
        "Issue Date: 1/5/2031",
        "Issue Date: 1/6/2030",
        "Issue Date: 1/7/2029",
    ]
    assert all("1/5/2031" not in part.text for part in parts[1:])
    assert [part.blocks[0].page for part in parts] == [1, 4, 7]


def test_the_file_holds_all_of_them():
    document = read_pdf(archive("1/5/2031", "1/6/2030"))
    assert "1/5/2031" in document.text
    assert "1/6/2030" in document.text


def test_one_version_is_the_document():
    document = read_pdf(archive("1/5/2031"))
    assert split_versions(document) == (document,)


def test_a_header_on_every_page_begins_no_version():
    paper = Paper()
    for number in range(1, 5):
        paper.lines("Policy Number: 12", "Effective Date: 1/5/2031", f"Page {number} of 4").gap(
            10 * number
        ).line(f"Rule {number} is short.")
        paper.page()
    assert len(split_versions(read_pdf(paper.data()))) == 1
