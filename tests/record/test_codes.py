"""Codes: their forms in every system, their kinds, and what is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policy_tracker.errors import CodeError
from policy_tracker.record.codes import (
    FORMS,
    CodeRef,
    ListedCode,
    Qualifiers,
    clean_code,
    cpt_kind,
    describe_system,
    system_of,
)


@pytest.mark.parametrize(
    ("system", "printed", "code"),
    [
        ("CPT", "77080", "77080"),
        ("CPT", " 0691t ", "0691T"),
        ("CPT", "3014F", "3014F"),
        ("CPT", "0165U", "0165U"),
        ("CPT", "0002M", "0002M"),
        ("HCPCS", "j3590", "J3590"),
        ("HCPCS", "G0130", "G0130"),
        ("ICD10CM", "M81.0", "M81.0"),
        ("ICD10CM", "m810", "M81.0"),
        ("ICD10CM", "C7A", "C7A"),
        ("ICD10CM", "S72.001A", "S72.001A"),
        ("ICD10CM", "QA0", "QA0"),
        ("ICD10CM", "qa00101", "QA0.0101"),
        ("ICD10PCS", "0SR9019", "0SR9019"),
        ("NDC", "12345-6789-01", "12345-6789-01"),
        ("NDC", "1234-5678-90", "01234-5678-90"),
        ("NDC", "12345-678-90", "12345-0678-90"),
        ("NDC", "12345-6789-0", "12345-6789-00"),
        ("NDC", "12345678901", "12345-6789-01"),
        ("REVENUE", "0636", "0636"),
        ("BILL_TYPE", "131", "0131"),
        ("BILL_TYPE", "013X", "013X"),
        ("DRG", "078", "078"),
        ("CDT", "d0120", "D0120"),
        ("LOINC", "38263-0", "38263-0"),
    ],
)
def test_clean_code_gives_the_one_spelling(system, printed, code):
    assert clean_code(system, printed) == code


@pytest.mark.parametrize(
    ("system", "text"),
    [
        ("CPT", "7708"),
        ("CPT", "770800"),
        ("CPT", "0691X"),
        ("CPT", "T0691"),
        ("CPT", "٧٧٠٨٠"),
        ("HCPCS", "D0120"),
        ("HCPCS", "J359"),
        ("ICD10CM", "80.1"),
        ("ICD10CM", "M81."),
        ("ICD10CM", "M81.00000"),
        ("ICD10CM", "CAR"),
        ("ICD10CM", "CA125"),
        ("ICD10CM", "QAR"),
        ("ICD10PCS", "0SR901O"),
        ("NDC", "123-4567-89"),
        ("NDC", "1234567890"),
        ("REVENUE", "636"),
        ("BILL_TYPE", "13"),
        ("DRG", "78"),
        ("CDT", "D012"),
        ("LOINC", "382630"),
        ("CPT", ""),
    ],
)
def test_clean_code_refuses_what_has_another_form(system, text):
    with pytest.raises(CodeError, match=f"is not a {system} code"):
        clean_code(system, text)


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_clean_code_is_idempotent_and_ignores_case_and_space(system, data):
    printed = data.draw(st.from_regex(re.compile(FORMS[system].pattern, re.ASCII), fullmatch=True))
    code = clean_code(system, printed)
    assert clean_code(system, code) == code
    assert clean_code(system, f" {printed.lower()}\n") == code
    assert FORMS[system].fullmatch(code)


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_a_typed_error(text):
    for system in FORMS:
        try:
            words = clean_code(system, text)
        except CodeError as error:
            words = str(error)
        else:
            assert words.isascii()
        assert len(words) < 300


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("77080", "category_i", "CPT (Category I)"),
        ("3014F", "category_ii", "CPT (Category II)"),
        ("0691T", "category_iii", "CPT (Category III)"),
        ("0165U", "pla", "CPT (PLA)"),
        ("0002M", "maaa", "CPT (MAAA)"),
    ],
)
def test_a_cpt_code_knows_its_kind(code, kind, words):
    assert cpt_kind(code) == kind
    assert describe_system("CPT", code) == words


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("77080", "CPT"),
        ("0691t", "CPT"),
        ("J3590", "HCPCS"),
        ("D0120", "CDT"),
        ("M81.0", "ICD10CM"),
        ("12345-6789-01", "NDC"),
        ("38263-0", "LOINC"),
    ],
)
def test_system_of_guesses_by_form(text, system):
    assert system_of(text) == system


@pytest.mark.parametrize("text", ["", "0450", "hello", "077", "M81.", "0SR9019"])
def test_system_of_does_not_guess_short_numbers_and_words(text):
    with pytest.raises(CodeError):
        system_of(text)


def test_a_code_is_validated_by_its_own_system_and_says_where():
    with pytest.raises(ValidationError) as caught:
        CodeRef.model_validate({"system": "HCPCS", "code": "77080"})
    (error,) = caught.value.errors()
    assert error["loc"] == ("code",)
    assert "'77080' is not a HCPCS code" in error["msg"]


def test_codes_are_equal_however_they_were_printed():
    assert CodeRef(system="CPT", code="0691t") == CodeRef(system="CPT", code=" 0691T")
    assert (
        len(
            {
                ListedCode(system="NDC", code="1234-5678-90"),
                ListedCode(system="NDC", code="01234567890"),
            }
        )
        == 1
    )


@pytest.mark.parametrize("field", ["modifiers", "place_of_service", "revenue"])
def test_qualifiers_have_forms(field):
    with pytest.raises(ValidationError):
        Qualifiers.model_validate({field: ["636x"]})


def test_codes_keep_no_unknown_field():
    with pytest.raises(ValidationError, match="Extra inputs"):
        CodeRef.model_validate({"system": "CPT", "code": "77080", "kind": "category_i"})
