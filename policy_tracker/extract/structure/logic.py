"""How the parts of a statement combine: from the words of its lead-in, else from the ANDs and ORs
between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from policy_tracker.language.absence import Absence, asks_for_every
from policy_tracker.language.numbers import names_a_thing, number_of
from policy_tracker.language.plain import digits
from policy_tracker.language.quantifiers import quantified
from policy_tracker.language.units import CALENDAR_TIME

Connector = Literal["and", "or"]

_LONGEST = 1_500
"""The words that matter stand in the last so many characters of a lead-in."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]]\s*:?\s*$")
"""What stands in brackets at the end of a lead-in that says no more: "Asthma (both needed):"."""
_LABELS = re.compile(
    r"(?:(?:both|either|all|any|each|1|one)(?: of)? )?"
    r"(?:[A-Z]|[ivx]{1,4}|\d{1,2})(?:, (?:[A-Z]|[ivx]{1,4}|\d{1,2}))*,?"
    r" (and|or) (?:[A-Z]|[ivx]{1,4}|\d{1,2})",
    re.IGNORECASE,
)
"""The labels of a list's parts with the word that joins them: "either A or B", "1, 2, and 3"."""
_BY_LABEL = re.compile(
    r"\b(?P<more>(?:[A-Z]|\d{1,2}),? (?:and|or) (?:either |both )?)?"
    r"(?:[A-Z]|\d{1,2})(?:, (?:[A-Z]|\d{1,2}))*,? (?P<word>and|or) (?:[A-Z]|\d{1,2})"
    r"(?: (?:below|above))? (?:is|are|must be|ha(?:s|ve) been|appl(?:y|ies))\b[^:;.]{0,40}:?\s*$"
)
"""A lead-in that names the parts by their labels: "when 1 and 2 are met:". Two words that join
them, as in "when 1 and either 2 or 3 are met", say what no logic of a record can.
"""
_NAMED = r"(?:criteri(?:on|a)|conditions?|requirements?|items?)"
_LABEL = r"#?(?:[1-9]|[A-H]|[ivx]{1,4})\b"
_RANGE = re.compile(
    r"\b(?P<many>all|both|each|any|either|\d{1,2})(?: or more)?(?: of)?(?: the)?"
    rf" {_NAMED} {_LABEL} ?(?:through|thru|to|[-–]) ?{_LABEL}",
    re.IGNORECASE,
)
"""How many of the parts of a list that their labels name: "at least 2 of criteria 1 through 4"."""
_FORMULA = re.compile(
    rf"\b{_NAMED} {_LABEL}(?P<rest>[^.;]*"
    rf"(?:\b{_NAMED} |\b(?:and|or) (?:(?:either|both|else) )?){_LABEL})",
)
"""What combines the parts of a list by their labels: "criterion 1 and either 2 or 3"."""
_NUMBER = r"(?P<number>\d{1,2})"
# "… to one of the following or has contraindications to all of the following:" asks for one
_UNLESS = re.compile(
    r"\b(?:or|unless)\b[^.;]{0,40}\bcontraindicat\w+[^.;]{0,20}\b(?:to|for) (?:all|both)[^.;:]*",
    re.IGNORECASE,
)
_OBJECT = (
    r"(?:(?:the|these|those) (?:\w+ "
    r"){0,3}?(?:following|above|below|criteria|conditions|requirements|indications|symptoms|items|factors)"
    r"|(?:these|those|them|the above)\s*[:-]?\s*$)"
)
# "Each of the following is not covered:" lists things, it does not combine conditions
_LISTED = re.compile(
    r"^(?:[^:]{0,40}\b)?(?:all|each|any)(?: of)? the "
    r"following\b[^:]*\b(?:is|are)\b[^:]*\b(?:considered|covered"
    r"|medically necessary|experimental|investigational"
    r"|unproven|reimbursable|eligible|excluded|cosmetic)\b"
    r"|\bconsiders? (?:(?:any|all|each) of )?the following(?: \w+){0,4} (?:as |to be )?(?:not "
    r")?(?:medically necessary|experimental"
    r"|investigational|unproven|cosmetic)\b(?![^:]*\b(?:when|if)\b)",
    re.IGNORECASE,
)
_PHRASES = re.compile(
    rf"\b(?P<none>none|neither) of {_OBJECT}"
    rf"|\b(?:(?:at least|any|a minimum of) )?{_NUMBER}(?: \(\d+\))?(?: or more)? (?:or more "
    rf")?(?:out )?of (?:\d{{1,2}} (?:of )?)?"
    rf"(?:{_OBJECT}|following)"
    rf"|\b(?P<all>all|both|each)(?: \d+| of)? (?:{_OBJECT}|following)"
    rf"|\b(?P<whole>all|both|each|any 1|any|either) (?:(?:of )?the "
    rf")?(?:criteri(?:a|on)|conditions?|requirements?)"
    rf"(?: (?:listed |set forth )?(?:below|above))?(?: (?:is|are|must be|have been))?(?: "
    rf"(?:met|satisfied|present|fulfilled))?:?\s*$"
    rf"|\b(?P<none_end>none|neither) of:?\s*$"
    rf"|\b(?P<any_end>(?:at least |any )?1(?: or more)?|any|either) of:?\s*$"
    rf"|\b(?:at least |any )?(?P<number_end>\d{{1,2}})(?: or more)? of"
    rf"(?: (?:the )?\d{{1,2}})?:?\s*$"
    rf"|\b(?P<all_end>all|both|each) of:?\s*$|(?P<all_alone>\b(?:all|both)):\s*$"
    rf"|\bincluding(?: but not limited to)? (?P<including>all|both)\b|\ball \w+ of {_OBJECT}"
    rf"|\b(?P<any>(?:at least |any )?1(?! {CALENDAR_TIME}\b)(?: or more| \w+)?|any|either|1 "
    rf"or more)"
    rf"(?: \w+)?(?: of)? (?:{_OBJECT}|following)"
    rf"|\b(?P<either>either|any 1|1 or more|at least 1|1):?\s*$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\bnot\s*$", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\b(?:(?:not|no) more than|at most|up to|fewer than|less than|only|exactly|(?:a )?maximum of"
    r"|not all|not both|not every|no)\s*$",
    re.IGNORECASE,
)
"""What sets an upper bound on how many may hold, which no logic of a record can say."""
_AT_LEAST_FAR = re.compile(
    r"\bat least (?P<number>[2-9]|\d\d)\b(?! "
    r"(?:consecutive|weeks?|months?|years?|days?|hours?|prior"
    r"|lines?))[^.]{0,60} of the following",
    re.IGNORECASE,
)
_WEAK_ALL = re.compile(
    r"\bfollowing (?:\w+ ){0,3}?(?:criteri(?:a|on)|conditions?|requirements?) (?:\w+ "
    r")?(?:is|are|have been"
    r"|has been|must be)(?: \w+)? (?:met|satisfied|present|fulfilled)"
    r"|\bmeets? the following|\bwhen the following|\bif the following|\bbased on (?:all|both)"
    r"|\bat (?:a|the very|the) minimum\b[^:]*\bfollowing\b"
    r"|\bmust have the following|\bwith the following|\bincluding:?\s*$|\bthe following:?\s*$",
    re.IGNORECASE,
)
_CRITERIA = re.compile(
    (
        r"\b(?:criteri(?:a|on)|conditions?|requirements?) (?:\w+ "
        r"){0,3}(?:met|satisfied|present|fulfilled)\b"
    ),
    re.IGNORECASE,
)
_ENUMERATION = re.compile(
    r"\bthe following\b.*\b(?:is|are|may be)\b.*\b(?:considered|covered|medically "
    r"necessary|not|experimental"
    r"|investigational|unproven)\b|\bfor the following\b|\bany other\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[;,.]|\s|^)\s*[-–]?\s*\(?\b(?P<word>AND|OR|and|or)(?:/or)?\)?\s*[-–]?\s*[;,:]?\s*$"
)
_CONNECTED = re.compile(r"AND|OR|and|or")
_LEADING = re.compile(r"^\(?(?P<word>AND|OR)\b(?! (?:ITS|THE)\b)")


def lead_words(text: str) -> tuple[str | None, bool]:
    """The logic that a lead-in's words give to what follows, and whether they leave no doubt.

    The last phrase decides: "2 prior lines … including both". Nothing without doubt are words that
    combine in a way for which there is no name: "not more than one of the following".
    """
    plain = _UNLESS.sub(" ", _BRACKETS.sub(" ", digits(text[-2 * _LONGEST :]).text))
    plain = re.sub(r"\s+(?=[:;,.])", "", re.sub(r"\s+", " ", plain)).strip()[-_LONGEST:]
    if named := _RANGE.search(plain):
        return _of_range(named["many"].lower()), True
    if formula := _FORMULA.search(plain):
        return _of_formula(formula["rest"]), True
    found = ("all_of", True) if asks_for_every(plain) else _logic_of(plain)
    if found == (None, False) and (bracket := _LAST_BRACKET.search(digits(text).text)):
        labels = _LABELS.fullmatch(bracket[1])
        if labels:
            return ("all_of" if labels[1].lower() == "and" else "any_of"), True
        return _logic_of(f"{bracket[1]}:")
    return found


def _of_range(many: str) -> str:
    """What a quantifier before a range of labels says."""
    if many.isdigit():
        return f"at_least:{int(many)}" if int(many) > 1 else "any_of"
    return "any_of" if many in {"any", "either"} else "all_of"


def _of_formula(rest: str) -> str | None:
    """What a formula of labels says; nothing where it has both words, and so groups its parts."""
    words = {word.lower() for word in re.findall(r"\b(and|or)\b", rest, re.IGNORECASE)}
    return {frozenset({"and"}): "all_of", frozenset({"or"}): "any_of"}.get(frozenset(words))


def _logic_of(plain: str) -> tuple[str | None, bool]:
    """What `lead_words` says of a lead-in whose brackets are gone."""
    if labels := _BY_LABEL.search(plain):
        if labels["more"]:
            return None, True
        return ("all_of" if labels["word"] == "and" else "any_of"), True
    if _LISTED.search(plain):
        return "any_of", True
    if logic := quantified(plain):
        return logic, True
    found = None
    for match in _PHRASES.finditer(plain):
        if not (
            (match["any"] or match["any_end"] or match["either"])
            and match[0][0] == "1"
            and names_a_thing(plain[: match.start()])
        ):
            found = match
    if found:
        before = plain[: found.start()]
        if _AT_MOST.search(before) or (_NOT.search(before) and not _is_any(found)):
            return None, True
        return _of_phrase(found), True
    if match := _AT_LEAST_FAR.search(plain):
        return f"at_least:{number_of(match['number']):.0f}", True
    if _ENUMERATION.search(plain) and not _WEAK_ALL.search(plain):
        return "any_of", False
    if _WEAK_ALL.search(plain):
        return "all_of", False
    return None, False


def _is_any(match: re.Match[str]) -> bool:
    """Whether a phrase is "any" or "either", which a denial may stand before."""
    first = match[0].split()[0].lower().rstrip(":")
    return first in {"any", "either"} and _of_phrase(match) == "any_of"


def _of_phrase(match: re.Match[str]) -> str:
    if match["none"] or match["none_end"]:
        return "none_of"
    if match["number"] or match["number_end"]:
        number = int(number_of(match["number"] or match["number_end"]))
        return f"at_least:{number}" if number > 1 else "any_of"
    if match["whole"]:
        return "any_of" if match["whole"].lower().startswith(("any", "either")) else "all_of"
    return "any_of" if match["any"] or match["any_end"] or match["either"] else "all_of"


def trailing_connector(text: str) -> Connector | None:
    """The AND or OR at the end of an item: "…; AND"."""
    tail = text.rsplit(None, 3)[-3:]
    match = _TRAILING.search(text) if any(map(_CONNECTED.search, tail)) else None
    return _word(match["word"]) if match else None


def leading_connector(text: str) -> Connector | None:
    """The AND or OR in capitals with which a statement begins."""
    match = _LEADING.match(text)
    return _word(match["word"]) if match else None


def _word(word: str) -> Connector:
    return "and" if word.lower() == "and" else "or"


def of_connectors(connectors: Sequence[Connector | None]) -> tuple[str | None, bool]:
    """The logic that the connectors between siblings give, and whether they contradict each other
    (then there is none).
    """
    words = {word for word in connectors if word}
    if len(words) == 2:
        return None, True
    return ({"and": "all_of", "or": "any_of"}[words.pop()] if words else None), False


def combine(
    text: str,
    connectors: Sequence[Connector | None],
    *,
    children: int,
    denies: bool,
    limits: bool,
    absent: Absence | None = None,
) -> str | None:
    """The logic of a statement over its children.

    `connectors` stand between the children (that of the last one belongs to the level above and is
    left out); `denies` and `limits` tell what the statement does: what is listed under a denial is
    an enumeration, a list of limits has no logic. `absent` tells what of the list must be absent:
    for "not all of them" there is no name.
    """
    if absent:
        return "none_of" if absent == "each" else None
    words, sure = lead_words(text)
    if sure:
        return words
    joined, mixed = of_connectors(connectors)
    if joined or mixed:
        return joined
    if children == 1 and not denies:
        return "all_of"
    if words and not (denies and not _CRITERIA.search(text)):
        return words
    if limits:
        return "any_of" if trailing_connector(text) else None
    return "any_of" if denies else None
