"""Codes as people type them."""

import pytest

from policy_tracker.errors import CodeError
from policy_tracker.store.codes import forms_of, spellings


@pytest.mark.parametrize(
    ("text", "first", "code"),
    [
        ("0691t", "CPT", "0691T"),
        ("J1100", "HCPCS", "J1100"),
        ("e11.9", "ICD10CM", "E11.9"),
        ("E119", "ICD10CM", "E11.9"),
        ("D0120", "CDT", "D0120"),
        ("470", "DRG", "470"),
        ("0DB68ZZ", "ICD10PCS", "0DB68ZZ"),
    ],
)
def test_the_likeliest_reading_comes_first(text, first, code):
    found = spellings(text)
    assert next(iter(found.items())) == (first, code)
    assert forms_of(text)[0] == code


def test_a_text_may_be_a_code_of_several_systems():
    assert set(spellings("0450")) == {"REVENUE", "BILL_TYPE"}


@pytest.mark.parametrize("text", ["", "hello", "123456", "0691T0", "1" * 41, "\0"])
def test_what_has_no_form_is_refused(text):
    with pytest.raises(CodeError):
        spellings(text)
