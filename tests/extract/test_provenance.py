"""Each statement, code and row of the history names the characters of the document that print it,
the same ones at each reading.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corpus
from policy_tracker.documents.attached import printed_blocks
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.traced import Piece, Traced, glued, join_traced
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.errors import InputError
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.head.identity import join_lines
from policy_tracker.record import Record
from policy_tracker.record.canonical import content_hash, words_hash
from tests.extract.pages import document_of
from tests.extract.payers.made_documents import MADE
from tests.extract.provenance import faults_of

SHARES = 4
"""The documents are many: several processes share them."""


@pytest.mark.parametrize("name", MADE)
def test_a_made_document_prints_what_was_read_of_it(name: str):
    document = MADE[name]()
    for record in read_version(document, name):
        assert isinstance(record, Record)
        assert list(faults_of(document, record)) == []


TORN = """
# Coverage Policy
Lanterns are considered medically necessary when ALL of the following are met. Kites never are:
    • The member is 18 years of age or older
    • The lantern is for either of the following:
        o The knee; OR
        o The back (CPT code 97799)
| Lantern | Criteria |
| Small | • One is covered per 12 months |
| Large | • The member must have tried a small lantern first. • Documentation of its failure is required |
Note: A lantern is no kite.
## Applicable Codes
| Code | Description |
| 97799, 97798 | Lanterns |
| M17.0-M17.9 | Knee |
## Policy History
| Date | Change |
| 03/01/2026 | Annual review |
"""


def test_tables_lists_and_notes():
    document = document_of(TORN)
    [record] = read_version(document, "torn.pdf")
    assert isinstance(record, Record)
    assert len(record.statements) >= 8
    assert record.code_groups
    assert record.revision_history
    assert list(faults_of(document, record)) == []


def test_a_wrong_place_is_a_fault():
    document = document_of(TORN)
    [record] = read_version(document, "torn.pdf")
    other = document_of(TORN.replace("Kites never", "Kits never").replace("97799, ", "97779, "))
    faults = list(faults_of(other, record))
    assert any("97799" in fault for fault in faults)
    assert any("Kites never" in fault for fault in faults)


def test_ids_are_unique_and_the_same_at_each_reading():
    once, again = document_of(TORN), document_of(TORN)
    ids = [block.id for block in printed_blocks(once)]
    assert len(ids) == len(set(ids)) > 20
    assert ids == [block.id for block in printed_blocks(again)]


def test_places_in_the_document_are_no_content():
    document = document_of(TORN)
    [record] = read_version(document, "torn.pdf")
    assert isinstance(record, Record)
    bare = _without_spans(record)
    assert bare != record
    assert content_hash(bare) == content_hash(record)
    assert words_hash(bare) == words_hash(record)


def test_a_page_is_content_and_a_statement_s_box_too():
    [record] = read_version(document_of(TORN), "torn.pdf")
    assert isinstance(record, Record)
    first = record.statements[0]
    assert first.source is not None
    moved = first.model_copy(update={"source": first.source.model_copy(update={"page": 7})})
    assert content_hash(
        record.model_copy(update={"statements": (moved, *record.statements[1:])})
    ) != content_hash(record)


def _without_spans(record: Record) -> Record:
    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(item) for key, item in value.items() if key != "spans"}
        return [bare(item) for item in value] if isinstance(value, list) else value

    return Record.model_validate(
        bare(record.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    )


WORDS = st.text(st.sampled_from("ab- \n\u00a0."), max_size=12)


@given(st.lists(WORDS, max_size=5))
def test_joined_lines_are_the_characters_that_print_them(lines: list[str]):
    traced = [
        Traced(line, (Piece(0, f"b{number}", 0, len(line)),) if line else ())
        for number, line in enumerate(lines)
    ]
    whole = join_traced(traced)
    assert whole.text == join_lines(lines)
    assert _read_back(whole, lines) == "".join(whole.text.split())


@given(st.lists(WORDS, min_size=1, max_size=4), st.integers(0, 40), st.integers(0, 40))
def test_a_part_names_its_own_characters(lines: list[str], start: int, end: int):
    traced = [
        Traced(line, (Piece(0, f"b{number}", 0, len(line)),) if line else ())
        for number, line in enumerate(lines)
    ]
    part = glued((" ", words) for words in traced).cut(start, end)
    assert _read_back(part, lines) == "".join(part.text.split())


def _read_back(words: Traced, lines: list[str]) -> str:
    return "".join(
        "".join(lines[int(block[1:])][start:end].split()) for block, start, end in words.spans()
    )


@pytest.mark.corpus
@pytest.mark.timeout(600)
@pytest.mark.parametrize("share", range(SHARES))
def test_the_corpus_prints_what_was_read_of_it(share: int):
    assert _faults_in_corpus(share, wild=False) == []


@pytest.mark.soak
@pytest.mark.parametrize("share", range(SHARES))
def test_documents_of_many_other_payers_print_what_was_read_of_them(share: int):
    assert _faults_in_corpus(share, wild=True) == []


def _faults_in_corpus(share: int, *, wild: bool) -> list[str]:
    place = corpus.folder()
    if place is None:
        pytest.skip(corpus.ABSENT)
    files = sorted(
        path
        for path in place.rglob("*")
        if path.suffix in (".pdf", ".html", ".txt", ".csv")
        and "truth" not in path.parts
        and ("wild" in path.parts) == wild
    )
    assert len(files) > 50
    faults = []
    for path in files[share::SHARES]:
        for document in _versions(path):
            records = _records(document, path)
            faults += [f"{path.name}: {fault}" for fault in faults_of(document, *records)]
    return faults


def _versions(path: Path) -> tuple[Document, ...]:
    try:
        return split_versions(read_document(path.read_bytes(), path.name))
    except InputError:
        return ()


def _records(document: Document, path: Path) -> list[Record]:
    try:
        return [
            record for record in read_version(document, path.name) if isinstance(record, Record)
        ]
    except InputError:
        return []
