"""Policy numbers by their form, by labels on no list, and beside words for kinds of documents."""

import pytest

from policy_tracker.extract.head.number_forms import is_number, is_number_alone
from tests.extract.head.heads import record_of


@pytest.mark.parametrize(
    "text", ["QX-77-A", "7.394.03", "QX_770", "QXW.MP.770", "QX 770", "QX/77/MED4", "394-088"]
)
def test_a_number_that_its_form_betrays(text: str):
    assert is_number_alone(text)


@pytest.mark.parametrize(
    "text", ["2025", "81479", "J1234", "1/15/2026", "800-555-0199", "v2.0.2025", "HER2", "Q7"]
)
def test_what_looks_like_another_thing_is_no_number(text: str):
    assert not is_number_alone(text)


def test_behind_a_label_almost_anything_is_a_number():
    assert all(is_number(text) for text in ("046", "K667", "QX/77", "RX.66"))
    assert not any(is_number(text) for text in ("2024", "03/14/2025", "Wrist"))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Ref. No. QX-12", "QX-12"),
        ("Rule Number: 394.17", "394.17"),
        ("Assessment ID QX.12", "QX.12"),
        ("Code of policy: QX-12", "QX-12"),
        ("Document No: QXH/394", "QXH/394"),
        ("Guideline W394", "W394"),
        ("Standard QX 394, in force since March 1, 2025", "QX 394"),
        ("Lumen Health Medical Policy QX-394.01", "QX-394.01"),
        ("Supplement No. QX-394", "QX-394"),
        ("Criteria Set QX-394", "QX-394"),
        ("Benefit Rule QX.394: Lamps", "QX.394"),
        ("No. 394", "394"),
        ("QXH39412", "QXH39412"),
        ("House Guideline #\n6181", "6181"),
        ("Place in our series: QX-394", "QX-394"),
        ("HCPCS: QX394", None),
        ("Medical Coverage Policy | 1", None),
        ("Effective 2025", None),
    ],
)
def test_numbers_behind_words_that_are_on_no_list(line: str, number: str | None):
    assert record_of(f"Lumen Health Plan\nWrist Lamps\n{line}").policy_number == number
