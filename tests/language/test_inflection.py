"""One noun and several of them, and the stem that the forms of a word share."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.inflection import plural, singular, stem

NOUNS = {
    # units
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "hour": "hours",
    "minute": "minutes",
    "unit": "units",
    "dose": "doses",
    "patch": "patches",
    "vial": "vials",
    "syringe": "syringes",
    "tablet": "tablets",
    "capsule": "capsules",
    "pen": "pens",
    "kit": "kits",
    "box": "boxes",
    "inhaler": "inhalers",
    "session": "sessions",
    "visit": "visits",
    "injection": "injections",
    "lens": "lenses",
    "point": "points",
    "copy": "copies",
    "therapy": "therapies",
    "biopsy": "biopsies",
    "test": "tests",
    "time": "times",
    "level": "levels",
    "vertebra": "vertebrae",
    "mouse": "mice",
    "toe": "toes",
    "tooth": "teeth",
    "half": "halves",
    "calorie": "calories",
    "wk": "wks",
    "business day": "business days",
    "date of service": "dates of service",
    # what the product counts
    "change": "changes",
    "policy": "policies",
    "drug policy": "drug policies",
    "version": "versions",
    "statement": "statements",
    "code": "codes",
    "entry": "entries",
    "analysis": "analyses",
    "diagnosis": "diagnoses",
    "prognosis": "prognoses",
    "prosthesis": "prostheses",
    "metastasis": "metastases",
    "criterion": "criteria",
    "child": "children",
    "woman": "women",
    "index": "indices",
    "virus": "viruses",
    "sinus": "sinuses",
    "status": "statuses",
    "basis": "bases",
    "series": "series",
    "match": "matches",
    "address": "addresses",
    "abscess": "abscesses",
    "illness": "illnesses",
    "disease": "diseases",
    "case": "cases",
    "use": "uses",
    "cause": "causes",
    "purpose": "purposes",
    "size": "sizes",
    "headache": "headaches",
    "approach": "approaches",
    "rash": "rashes",
    "valve": "valves",
    "device": "devices",
    "wife": "wives",
    "MRI": "MRIs",
    "Dose": "Doses",
    "Child": "Children",
    "reading": "readings",
    "delay": "delays",
}
UNCHANGED = ("mg", "mL", "mcg", "mg/kg", "%", "IU", "kg/m2", "mg per kg", "equipment", "mmHg", "")
FORMS = (
    "approve approves approved approving",
    "apply applies applied applying",
    "plan plans planned planning",
    "submit submits submitted submitting",
    "exceed exceeds exceeded exceeding",
    "bill bills billed billing",
    "control controls controlled controlling",
    "use uses used using",
    "assess assesses assessed assessing",
    "review reviews reviewed reviewing",
    "agree agrees agreed agreeing",
    "diagnosis diagnoses",
    "study studies studied studying",
    "add adds added adding",
    "refer refers referred referring",
    "code codes coded coding",
    "child children",
)
APART = (
    ("treatment", "treat"),
    ("conditional", "condition"),
    ("experimental", "experiment"),
    ("authorization", "author"),
    ("preventive", "prevent"),
    ("string", "strong"),
    ("organization", "organ"),
    ("indication", "contraindication"),
    ("medication", "medical"),
    ("dose", "dosage"),
)


@pytest.mark.parametrize(("one", "several"), NOUNS.items())
def test_nouns_of_the_field(one: str, several: str) -> None:
    assert plural(one) == several
    assert singular(several) == one
    assert (plural(several), singular(one)) == (several, one)


@pytest.mark.parametrize("unit", UNCHANGED)
def test_abbreviated_units_and_signs_have_no_plural(unit: str) -> None:
    assert plural(unit) == unit


@pytest.mark.parametrize(
    "word",
    [
        "this",
        "previous",
        "status",
        "less",
        "basis",
        "across",
        "diabetes",
        "Medicaid",
        "does",
        "its",
        "gas",
    ],
)
def test_not_every_s_is_a_plural(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize("forms", FORMS)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_of_one_root_that_say_different_things_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


# what a noun without an s of its own ends in; the endings behind which the plural hides whether
# there was an e are irregular
_AMBIGUOUS = re.compile(
    r"(?:ie|che|she|xe|sse|zze|tze|oe|yse|ese|ose|stase|sis|xis|[^s]s|[^zt]z|[aeiou]quy|i|u)$"
)
ONE_IN_S = ["alias", "atlas", "bias", "canvas", "gas", "lens", "pancreas"]
"""Words of their own that a noun made by chance ("bia") would have for its plural."""
_REGULAR = (
    st.from_regex(r"[b-df-hj-np-tv-z]{1,2}[aeiou][a-z]{1,8}", fullmatch=True)
    .filter(lambda noun: not _AMBIGUOUS.search(noun))
    .filter(lambda noun: noun not in UNCHANGED and singular(noun) == noun)
    .filter(lambda noun: f"{noun}s" not in ONE_IN_S)
)


@given(_REGULAR)
def test_a_regular_noun_comes_back_from_its_plural(noun: str) -> None:
    several = plural(noun)
    if several != noun:  # an abbreviated unit or an uncounted noun that was made by chance
        assert singular(several) == noun
    assert plural(several) == several


@given(st.text(max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    assert singular(singular(text)) == singular(text)
    assert bool(plural(text)) == bool(stem(text)) == bool(text)
