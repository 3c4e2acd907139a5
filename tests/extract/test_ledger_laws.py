"""No part of a document is without a fate, and no directive sentence without a place: in invented
documents of payers, in documents of other kinds, in made policies, and in a sample of real ones.
"""

import random
from pathlib import Path

import pytest

from benchmarks import corpus
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.errors import InputError
from policy_tracker.extract.extract import read_version
from tests.extract.kinds.made_others import BRIEFS
from tests.extract.kinds.made_policies import POLICIES
from tests.extract.ledger_laws import broken_laws
from tests.extract.payers.made_documents import MADE
from tests.made_policies import stock
from tests.made_policies.measure import documents

SAMPLE = 8
SEED = 20261130


def broken(document: Document, name: str) -> list[str]:
    return [
        law
        for version in split_versions(document)
        for law in broken_laws(version, read_version(version, name))
    ]


@pytest.mark.parametrize("name", MADE)
def test_the_laws_hold_of_invented_documents(name: str) -> None:
    assert broken(MADE[name](), name) == []


@pytest.mark.parametrize("name", [*POLICIES, *BRIEFS])
def test_the_laws_hold_of_policies_with_other_things_in_them(name: str) -> None:
    text = POLICIES.get(name) or BRIEFS[name]
    assert broken(read_document(text.encode(), name), name) == []


def test_the_laws_hold_of_made_policies() -> None:
    chosen = list(documents(stock.tuned()[:3], seeds=(5,)))
    assert chosen
    for _, _, name, data, _ in chosen:
        assert broken(read_document(data, name), name) == [], name


@pytest.mark.corpus
def test_the_laws_hold_of_a_sample_of_real_documents() -> None:
    folder = corpus.folder()
    if folder is None:
        pytest.skip(corpus.ABSENT)
    files = [file for file in sorted((folder / "wild").rglob("*.pdf")) if _is_small(file)]
    if not files:
        pytest.skip("the corpus has no documents that nobody annotated")
    for file in random.Random(SEED).sample(files, min(SAMPLE, len(files))):
        try:
            assert broken(read_document(file.read_bytes(), file.name), file.name) == [], file.name
        except InputError:  # what is no policy has no ledger
            continue


def _is_small(file: Path) -> bool:
    return file.stat().st_size < 500_000
