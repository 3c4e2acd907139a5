"""Documents that look like a payer's policy and are none."""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.extract.document_kinds import is_companion, kind_warnings
from policy_tracker.extract.quality import NEWS_OF_MANY, SECONDARY
from tests.store.making import read_as, version


def document(*texts: str, title: str | None = None) -> Document:
    lines = tuple(Line(text, Place(1), Style()) for text in texts)
    return Document(
        "text", 1, tuple(Block("paragraph", text) for text in texts), header=lines, title=title
    )


@pytest.mark.parametrize(
    ("texts", "warnings"),
    [
        (
            ("Vein Mapping", "Payer: Lumen Health Plan", "Change type: Modified", "Impact: High"),
            (SECONDARY,),
        ),
        (("Vein Mapping", "Payer: Lumen Health Plan", "Vein mapping is covered."), ()),
        (("Vein Mapping", "The type of change matters: it is high."), ()),
        (("Medical Policy Updates", "Vein Mapping", "Kite Traction"), (NEWS_OF_MANY,)),
        (("Provider Newsletter", "March 2026"), (NEWS_OF_MANY,)),
        (("Vein Mapping", "Policy Update History", "2025: reviewed"), ()),
        (("Vein Mapping", "Policy Update Date: March 1, 2026"), ()),
    ],
)
def test_what_others_write_and_news_are_told(
    texts: tuple[str, ...], warnings: tuple[str, ...]
) -> None:
    assert kind_warnings(document(*texts)) == warnings


def test_news_that_only_the_pages_title_names() -> None:
    assert kind_warnings(document("March 2026", title="What’s New")) == (NEWS_OF_MANY,)


def read(**more):
    empty = {"statements": [], "codes": (), "policy_number": None}
    return version(**({"extraction": read_as(None, 2)} | empty | more))


def test_what_decides_nothing_and_is_called_a_readme_lies_beside_policies() -> None:
    assert is_companion("README_first", read())
    assert is_companion("codes-data-dictionary", read())
    assert not is_companion("veins", read())
    assert is_companion("veins", read(effective=None))


@pytest.mark.parametrize(
    "record",
    [
        read(policy_number="MP-1"),
        read(codes=("10001",)),
        read(statements=version().model_dump(mode="json", by_alias=True)["statements"]),
        read(extraction=read_as(None, 2, extractor="cigna_medical")),
        version(),
    ],
)
def test_no_name_makes_a_policy_be_left_alone(record) -> None:
    assert not is_companion("index", record)
