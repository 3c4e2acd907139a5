"""Codes as people type them."""

import pytest

from policy_tracker.errors import CodeError
from policy_tracker.language.code_forms import likely_meant
from policy_tracker.store.codes import forms_of, spellings, with_its_modifier


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


def test_a_modifier_behind_a_code_is_the_claims():
    assert with_its_modifier("0691t-26") == ("0691T", "26")
    assert with_its_modifier("J1100-JW") == ("J1100", "JW")
    assert with_its_modifier("00002-1433-80") == ("00002-1433-80", None)
    assert with_its_modifier("2160-0") == ("2160-0", None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("O691T", "0691T"),
        ("O69.1T", "0691T"),
        ("I25.10", None),
        ("J11O0", "J1100"),
        ("9921l", "99211"),
        ("J1100", None),
        ("", None),
    ],
)
def test_letters_that_look_like_digits(text, meant):
    assert likely_meant(text) == meant


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("M81.-", "the codes below M81: ask for one of them"),
        ("9921l", "did you mean 99211?"),
        (
            "0000214338",
            "can be 00000-2143-38, 00002-0143-38 or 00002-1433-08",
        ),
    ],
)
def test_what_has_no_form_is_told_what_it_may_mean(text, hint):
    with pytest.raises(CodeError) as raised:
        spellings(text)
    assert hint in str(raised.value)
