"""How codes of every system look in a text: one grammar for readers, comparison, rules and pages.

The forms themselves are those that a record accepts (`record.code_forms`). Here is what text adds:
which of them tell themselves from words and numbers around them, which need the name of their
system before them, how ranges are written, and what only looks like a code. All patterns are
without groups, so that they can stand in others.
"""

from __future__ import annotations

import re

from policy_tracker.record.code_forms import FORMS, ICD10CM_CATEGORY
from policy_tracker.record.vocabulary import CodeSystem

CPT = FORMS["CPT"].pattern
HCPCS = FORMS["HCPCS"].pattern
CDT = FORMS["CDT"].pattern
ICD10CM_POINT = rf"{ICD10CM_CATEGORY}\.[0-9A-Z]{{1,4}}"
"""A diagnosis below its category: the point tells it from a product's name."""
ICD10CM = rf"{ICD10CM_CATEGORY}(?:\.[0-9A-Z]{{1,4}})?"
PROCEDURE = rf"(?:{HCPCS}|{CPT}|{CDT})"
"""A code of five characters: what is done or supplied."""
_LOOKS_LIKE = str.maketrans("OIL", "011")
CODE = rf"(?:{ICD10CM_POINT}|{PROCEDURE})"
"""A code that can be told from the words around it."""
CODE_ALONE = rf"(?:{CODE}|{ICD10CM_CATEGORY})"
"""A code where nothing else stands, as in a cell: a category of diagnoses is one there."""
WILDCARD = rf"{ICD10CM_CATEGORY}(?:\.[0-9A-Z]{{1,3}}?)?\.?(?:[-*](?![\w-])|[xX]{{1,4}}\b)"
"""All diagnoses below a stem: `E11.-`, `M80.x`."""
BY_SYSTEM: dict[CodeSystem, str] = {
    # cells under a heading that names the system print diagnoses without their point too
    "ICD10CM": rf"{ICD10CM_CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?",
    **{
        system: FORMS[system].pattern
        for system in ("ICD10PCS", "NDC", "REVENUE", "BILL_TYPE", "DRG", "LOINC")
    },
}
"""What a code of a system is where the system is named; the others have forms of their own
(`CODE`).
"""
NDC_HYPHENED = (
    r"(?:[0-9]{5}-[0-9]{4}-[0-9]{1,2}|[0-9]{5}-[0-9]{3}-[0-9]{2}|[0-9]{4}-[0-9]{4}-[0-9]{2})"
)
"""Three groups of digits that no date, telephone or social security number has."""

MARKS = r"[*†‡§^#¹²³⁴⁵⁶⁷⁸⁹]"
"""Footnote marks at a code."""
MODIFIER_TITLE = r"(?i:(?:CPT |HCPCS |billing |required )?mod(?:ifier)?s?(?:\(s\))?\.?(?: codes?)?)"
"""A title of a column of modifiers."""
MODIFIER_LIST = r"[A-Z0-9]{2}(?:(?:\s*[,;/|]\s*|\s+(?:(?:or|and)\s+)?)[A-Z0-9]{2})*"
"""A cell that holds modifiers, and nothing else."""
LABEL_OF_CODE = (
    r"(?:(?i:codes?:|(?:CPT|HCPCS|ICD-?10(?:-?CM)?)®?:|\[(?:CPT|HCPCS|ICD-?10(?:-?CM)?)®?\]:?)\s*)?"
)
"""What may stand right before the code that begins a line."""
TO = r"(?:\s*[-–—]\s*|\s+(?:through|thru|to)\s+)"
"""What stands between the ends of a range."""
_ENDS = (
    "[0-9]{4}[0-9FTUM]",
    "0[0-9]{3}A",
    "[A-Z][0-9]{4}",
    *(f"[0-9A-Z]\\.[0-9A-Z]{{{length}}}" for length in range(1, 5)),
)
BEFORE = rf"(?=[^\sa-z])(?:(?<![\w.$/-])(?<!\$ )|{'|'.join(f'(?<={end}/)' for end in _ENDS)})"
"""No code begins within a word, an amount or an address; behind a slash it does only where another
code stands before it. What follows is looked at first, because most letters are small ones.
"""
BEHIND = r"(?!\w|\.\w|-[0-9]{4}(?!\w))"
"""No code ends within a word or a number, nor where a ZIP code goes on."""

_CODES = r"(?:\s*(?:codes?|numbers?|nos?\.))?"
NAMES: tuple[tuple[CodeSystem, str], ...] = (
    ("ICD10PCS", rf"ICD-?10-?PCS(?:\s+procedure)?{_CODES}"),
    ("ICD10CM", r"(?:ICD-?10(?:-?CM)?|diagnos[ie]s|DX)\s+codes?"),
    ("LOINC", rf"LOINC{_CODES}"),
    ("NDC", rf"NDCs?{_CODES}"),
    ("REVENUE", r"rev(?:enue|\.)?\s+codes?"),
    ("BILL_TYPE", rf"(?:types?\s+of\s+bill|bill\s+types?|TOB){_CODES}"),
    ("DRG", rf"(?:(?:MS|APR)-)?DRGs?{_CODES}"),
)
"""What a sentence calls the systems whose codes have no form of their own, so that they count only
behind their name.
"""

ZIP = r"[0-9]{5}(?:-[0-9]{4})?"
_PLACE = rf"\b[A-Z][a-z]+(?:,\s[A-Z]{{2}}|,?\sD\.?C\.?)\s{ZIP}(?!\w)"
_ZIP_LIST = rf"{ZIP}(?:(?:,\s|\s(?:and|or|to|through)\s|,\s(?:and|or)\s|\s?[-–]\s?){ZIP})*(?!\w)"
_THINGS = r"(?i:dollars|people|patients|persons|members|steps|units?|mg|mcg|ml|iu)\b"
_UNNAMED = r"(?<!\w)(?<!code )(?<!codes )(?<!CPT )(?<!CPT® )(?<!HCPCS )"
_PAGES = r"[A-Za-z]{0,2}[0-9]{1,6}(?:\s?[-–]\s?[A-Za-z]{0,2}[0-9]{1,6})?"
_ISSUE = r"\s?\((?=[^()]*[0-9])[^()]{1,24}\)"
_ARTICLE = r"S[0-9]{4}-[0-9]{3}[0-9X]\([0-9]{2}\)[0-9]{5}-[0-9X]"
"""The identifier that publishers give an article."""
_CITED = (
    # 2024;403(10425):431-432, 2015; 112:E1317-25
    rf"\b(?:19|20)[0-9]{{2}}(?:\s[A-Z][a-z]{{2,8}}\.?(?:\s[0-9]{{1,2}})?)?\s?;\s?[A-Z]?[0-9]{{1,5}}"
    rf"(?:{_ISSUE})?(?:\s?[:,]\s?{_PAGES})?"
    rf"|\b[0-9]{{1,4}}{_ISSUE}\s?:\s?{_PAGES}"
    # pages right behind the year or day of an article: 2024 Oct 17:S0003-4975
    rf"|\b(?:19|20)[0-9]{{2}}(?:\s[A-Z][a-z]{{2}}(?:\s[0-9]{{1,2}})?)?:\s?(?:{_ARTICLE}|{_PAGES})"
    rf"|(?<![\w-]){_ARTICLE}(?!\w)"
    r"|(?<![\w.])10\.[0-9]{4,9}/\S+"
)
_NUMBERED_NOTICE = (
    r"(?<!\w)(?i:transmittals?|TN|CR|change\srequest)(?:\s(?i:no\.|number|#))?"
    r"[\s#:]{0,2}R?[0-9]{4,6}(?!\w)"
)
_OTHER_POLICY = (
    r"(?<!\w)(?:(?i:polic(?:y|ies)|guidelines?)(?:\s(?i:no\.|numbers?|#))?|MPA?|CMP|LCDs?|NCDs?)"
    r"[\s:#]{1,2}[A-Z]{1,2}-?[0-9]{4,5}(?!\w)"
)
NO_CODES = re.compile(
    r"https?://\S+|(?<!\w)(?=[0-9A-Zbceghpstuz])(?:"
    rf"(?i:\b(?:zip|postal)(?:\s?\+\s?4)?(?:\s+codes?)?\W{{1,3}}){_ZIP_LIST}"
    rf"|{_PLACE}"
    r"|(?i:\b(?:ext(?:ension|\.)?|(?:p\.?\s?o\.?\s)?box|suite|PMID:?|USD))\s?[0-9]{5}(?!\w)"
    rf"|{_UNNAMED}[0-9]{{5}}\s{_THINGS}"
    rf"|{_CITED}|{_NUMBERED_NOTICE}|{_OTHER_POLICY})"
)
"""What a sentence about codes prints in the form of codes, and is none: ZIP codes, extensions,
boxes, amounts, counts, volumes and pages of journals, identifiers of articles, transmittals,
numbers of policies. All but an address begin where a word does.
"""

MAY_NAME_CODES = re.compile(
    r"(?=[0-9A-Zbt])(?:[0-9]{4}|[A-Z][0-9A][0-9A-Z](?![a-z])|DRG|LOINC|PCS|(?i:bill|tob\b))"
)
"""A text without any of these names no code; most sentences are such."""
MAY_BEGIN_CODE = re.compile(
    rf"\W{{0,4}}(?:{ICD10CM_CATEGORY}|[0-9]{{4}}|[0-9A-Z]{{7}}|[0-9]{{2,3}}[0-9A-Z]\b|[0-9]{{1,7}}-[0-9])"
)
"""A cell that begins otherwise holds no list of codes."""
_ANY = "|".join((NDC_HYPHENED, BY_SYSTEM["LOINC"], CODE, ICD10CM, *BY_SYSTEM.values()))
ANY_FORM = re.compile(rf"(?<![\w.])(?:{_ANY})(?![\w]|\.\w)")
"""Everything in a text that has the form of some code, whatever it is: for what knows already which
codes it looks for.
"""


def folded(form: str) -> str:
    """One of the forms above (`CODE`, `PROCEDURE` …) for folded text, which is lower case
    throughout.
    """
    return form.lower()


def likely_meant(text: str) -> str | None:
    """The procedure code that a text is once letters that look like digits are read as such: 0691T
    for `O691T`, also where that was taken for a diagnosis (`O69.1T`); None where that makes none,
    or where the text is one as it stands.
    """
    token = text.strip().upper()
    if "." in token:
        token = token.replace(".", "") if token[-1:] in "FMTU" else token
    rest = token[1:].translate(_LOOKS_LIKE)
    tries = (token[:1] + rest, token[:1].translate(_LOOKS_LIKE) + rest)
    return next((one for one in tries if one != token and re.fullmatch(PROCEDURE, one)), None)
