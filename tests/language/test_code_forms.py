"""Every form of a code that a record accepts is found in running text, and nothing that only looks
like one.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.code_forms import ANY_FORM, MAY_BEGIN_CODE, MAY_NAME_CODES
from policy_tracker.language.code_mentions import (
    Codes,
    codes_named,
    folded_codes,
    members_between,
    read_inline,
    read_list,
)
from policy_tracker.language.tokens import fold
from policy_tracker.record import CodeRef
from policy_tracker.record.code_forms import FORMS

NAMED = {
    "CPT": ("CPT code", "procedure codes"),
    "HCPCS": ("HCPCS code", "codes"),
    "CDT": ("CDT code", "dental code"),
    "ICD10CM": ("ICD-10-CM code", "ICD-10 codes", "diagnosis code", "DX codes"),
    "ICD10PCS": ("ICD-10-PCS code", "ICD-10-PCS"),
    "NDC": ("NDC", "NDC number", "NDCs"),
    "REVENUE": ("revenue code", "Revenue Codes", "rev codes"),
    "BILL_TYPE": ("type of bill", "bill types"),
    "DRG": ("MS-DRG", "DRG code", "DRGs"),
    "LOINC": ("LOINC", "LOINC codes"),
}
_SYSTEM = st.sampled_from(sorted(FORMS))


def _code(system: str) -> st.SearchStrategy[str]:
    """A code of a system; a diagnosis that ends in X is left out, because the X is a placeholder
    and the code a wildcard.
    """
    return st.from_regex(FORMS[system], fullmatch=True).filter(
        lambda code: system != "ICD10CM" or not code.endswith("X")
    )


def _said(found: Codes) -> list[tuple[str, str]]:
    return [(code.system, code.code) for code in found.codes]


@given(st.data())
def test_every_form_of_a_record_is_found_behind_the_name_of_its_system(data: st.DataObject) -> None:
    system = data.draw(_SYSTEM)
    printed, name = data.draw(_code(system)), data.draw(st.sampled_from(NAMED[system]))
    wanted = CodeRef(system=system, code=printed)
    for sentence in (
        f"Report {name} {printed} with the claim.",
        f"The claim needs one of these ({name}: {printed}).",
    ):
        assert _said(read_inline(sentence)) == [(system, wanted.code)]
        assert MAY_NAME_CODES.search(sentence)
        assert printed in ANY_FORM.findall(sentence)
    assert MAY_BEGIN_CODE.match(printed)


@given(st.data())
def test_several_codes_of_one_system(data: st.DataObject) -> None:
    system = data.draw(_SYSTEM)
    printed = data.draw(st.lists(_code(system), min_size=3, max_size=3, unique=True))
    wanted = [(system, CodeRef(system=system, code=code).code) for code in printed]
    name = NAMED[system][0]
    assert (
        _said(
            read_inline(f"Report {name} {printed[0]}, {printed[1]} or {printed[2]} with the claim.")
        )
        == wanted
    )
    assert (
        _said(
            read_inline(
                f"Report {name} {printed[0]}/{printed[1]}, and {printed[2]} with the claim."
            )
        )
        == wanted
    )


@given(st.data())
def test_ranges_in_every_printed_form(data: st.DataObject) -> None:
    system = data.draw(st.sampled_from(("CPT", "HCPCS", "CDT", "ICD10CM", "REVENUE", "DRG")))
    first, last = sorted(data.draw(st.lists(_code(system), min_size=2, max_size=2, unique=True)))
    if system == "ICD10CM" and (len(first) < 5 or len(last) < 5):
        first, last = "M25.521", "M25.529"
    if system == "CPT" and (first + last).isalnum() and not (first + last).isdigit():
        first, last = "0191T", "0253T"
    for to in ("-", " - ", "–", " — ", " through ", " thru ", " to "):
        found = read_inline(f"Report {NAMED[system][0]} {first}{to}{last} with the claim.")
        assert [(span.system, span.first, span.last) for span in found.ranges] == [
            (system, first, last)
        ]
        assert not found.codes


@pytest.mark.parametrize("printed", ["M80.x", "M80.-", "M80.*", "M80-", "M80x", "M80.XX"])
def test_wildcards(printed: str) -> None:
    found = read_list(printed)
    assert found is not None
    assert [(span.first, span.last) for span in found.ranges] == [("M80", "M80")]


_DAYS = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 12, 31))
_AREA = st.integers(200, 999).map(str)
_ZIP = st.integers(501, 99950).map("{:05d}".format)
_FIVE = st.integers(10_000, 99_999).map(str)


@st.composite
def _no_code(draw: st.DrawFn) -> str:
    day, zip_code, five = draw(_DAYS), draw(_ZIP), draw(_FIVE)
    return draw(
        st.sampled_from(
            (
                f"{day:%m/%d/%Y}",
                f"{day:%m-%d-%Y}",
                f"{day:%m.%d.%Y}",
                f"{day:%Y-%m-%d}",
                f"{day:%m/%d/%y}",
                f"{day:%B} {day.day}, {day:%Y}",
                f"{day:%Y}",
                f"the year {day:%Y}",
                f"fiscal year {day:%Y}",
                f"1-800-555-{day:%Y}",
                f"(800) 555-{day:%Y}",
                f"800.555.{day:%Y}",
                f"{draw(_AREA)}-555-{day:%Y}",
                f"1800555{day:%Y}",
                f"extension {five}",
                f"ext. {five}",
                f"${five}",
                f"$ {five}",
                f"${five}.50",
                f"${five[:2]},{five[2:]}",
                f"{five} dollars",
                f"USD {five}",
                f"{five[:2]},{five[2:]} members",
                f"{five} patients",
                f"{five} IU",
                f"{five}.5 g",
                f"ZIP code {zip_code}",
                f"ZIP codes {zip_code} and {five}",
                f"zip code: {zip_code}",
                f"ZIP+4 {zip_code}-{day:%Y}",
                f"Springfield, IL {zip_code}",
                f"Springfield, IL {zip_code}-{day:%Y}",
                f"P.O. Box {five}",
                f"PMID {five}",
                f"NCT000{five}",
                f"https://example.org/codes/{five}",
                f"example.org/a{five}",
                f"room B{five[:2]}",
                f"{five}{five}",
                f"H1N1, B12, P2Y12 and T4 of {day:%Y}",
                f"section {five[:2]}.{five[2:]}",
            )
        )
    )


@given(_no_code())
def test_what_only_looks_like_a_code(text: str) -> None:
    for sentence in (
        f"Ask about codes: {text}.",
        f"The CPT codes changed ({text})",
        f"{text} is printed beside the HCPCS codes",
    ):
        found = read_inline(sentence)
        assert (_said(found), found.ranges) == ([], ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bill codes 99213/99214 for visits in Springfield, IL 62701.", ["99213", "99214"]),
        ("Codes 99213,99214 apply from 01/01/2026.", ["99213", "99214"]),
        ("The codes for ZIP code 30301 are A9999 and 0019U.", ["0019U", "A9999"]),
        ("The vial (12345-6789-01) is billed by weight.", ["12345-6789-01"]),
        ("Admissions under DRGs 469 and 470 and revenue code 0278.", ["0278", "469", "470"]),
        ("ICD-10 code U07.1 or U09.9", ["U07.1", "U09.9"]),
        ("ICD-10 codes J1100 and E11", ["E11", "J1100"]),
        ("450 rooms, 470 beds", []),
        ("The codes are paid in Washington, D.C. 20001 and Washington DC 20002.", []),
        ("Codes with Modifier RT 27447", ["27447"]),
        ("Before CPT 99213 patients sign a form for 12345 patients.", ["99213"]),
    ],
)
def test_codes_beside_other_numbers(text: str, codes: list[str]) -> None:
    assert sorted(code.code for code in read_inline(text).codes) == codes


@given(st.data())
def test_folded_text_names_the_same_codes(data: st.DataObject) -> None:
    system = data.draw(st.sampled_from(("CPT", "HCPCS", "CDT", "ICD10CM")))
    code = data.draw(_code(system))
    assert folded_codes(fold(f"Removed {code} from the list")) == [code.lower()]
    if system != "ICD10CM" or "." in code:
        assert codes_named(f"Removed {code} from the list") == {code}


def test_ranges_are_written_out_where_they_follow_from_the_form() -> None:
    assert codes_named("Added 99213-99215 and M25.521-M25.529") == {
        "99213",
        "99214",
        "99215",
        "M25.521",
        "M25.529",
    }
    assert folded_codes("j1100 through j1102") == ["j1100", "j1101", "j1102"]
    assert members_between("99213", "J1100", 10) == ()
    assert members_between("10000", "99999", 500) == ()
