"""The form of a code in each system, and its one spelling."""

import re

from policy_tracker.errors import CodeError
from policy_tracker.record.vocabulary import CodeSystem

ICD10CM_CATEGORY = r"(?:[A-Z][0-9][0-9A-Z]|QA[0-9])"
"""How an ICD-10-CM code begins.

Only the categories QA0 and onwards, new in the release of October 2025, have a letter in the second
place; to allow it everywhere would take words and laboratory tests (CAR, CA125) for codes.
"""
FORMS: dict[str, re.Pattern[str]] = {
    "CPT": re.compile(r"[0-9]{5}|[0-9]{4}[FTUM]|0[0-9]{3}A"),
    "HCPCS": re.compile(r"[A-CEGHJ-MP-V][0-9]{4}"),
    "ICD10CM": re.compile(rf"{ICD10CM_CATEGORY}(\.[0-9A-Z]{{1,4}})?"),
    "ICD10PCS": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
    "NDC": re.compile(
        r"[0-9]{5}-[0-9]{4}-[0-9]{1,2}|[0-9]{5}-[0-9]{3}-[0-9]{2}|[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{11}"
    ),
    "REVENUE": re.compile(r"0[0-9]{3}"),
    "BILL_TYPE": re.compile(r"0?[0-9]{2}[0-9A-Z]"),
    "DRG": re.compile(r"[0-9]{3}"),
    "CDT": re.compile(r"D[0-9]{4}"),
    "LOINC": re.compile(r"[0-9]{1,7}-[0-9]"),
}
STEMS: dict[str, re.Pattern[str]] = {
    "CPT": re.compile(r"[0-9]{1,4}"),
    "HCPCS": re.compile(r"[A-CEGHJ-MP-V][0-9]{0,3}"),
    "ICD10CM": re.compile(rf"[A-Z][0-9]?|QA|{ICD10CM_CATEGORY}(\.[0-9A-Z]{{1,4}})?"),
    "ICD10PCS": re.compile(r"[0-9A-HJ-NP-Z]{1,6}"),
    "REVENUE": re.compile(r"0[0-9]{0,2}"),
    "BILL_TYPE": re.compile(r"0[0-9]{1,2}"),
    "DRG": re.compile(r"[0-9]{1,2}"),
    "CDT": re.compile(r"D[0-9]{0,3}"),
}
"""What may stand before a wildcard, by system."""


def clean_code(system: CodeSystem, text: str) -> str:
    """The canonical form of `text` as a code of `system`: upper case, no white space.

    An NDC is written as billing does, in segments of 5, 4 and 2 digits (the HIPAA form, with
    hyphens), whichever of FDA's forms was printed; a type of bill with its leading zero; an
    ICD-10-CM code with its point. Raises CodeError where `text` does not have that system's form.
    """
    code = re.sub(r"\s+", "", text).upper()
    if system == "ICD10CM" and re.fullmatch(rf"{ICD10CM_CATEGORY}[0-9A-Z]{{1,4}}", code):
        code = f"{code[:3]}.{code[3:]}"
    if not FORMS[system].fullmatch(code):
        message = f"{text[:40]!r} is not a {system} code"
        raise CodeError(message)
    if system == "NDC":
        return _billing_ndc(code)
    return code.zfill(4) if system == "BILL_TYPE" else code


def _billing_ndc(code: str) -> str:
    labeler, product, package = code.split("-") if "-" in code else (code[:5], code[5:9], code[9:])
    return f"{labeler.zfill(5)}-{product.zfill(4)}-{package.zfill(2)}"
