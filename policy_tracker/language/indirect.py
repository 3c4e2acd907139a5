"""Words of coverage that decide nothing: an indirect question names them ("the contract governs
which services are covered"), they tell under whose plan a person is ("members covered by …"),
which papers somebody read, or what a document will tell of.
"""

from __future__ import annotations

import re

_ASKING = (
    r"(?:determin(?:e|es|ing)|defin(?:e|es|ing)|govern(?:s|ing)?|specif(?:y|ies|ying)"
    r"|describ(?:e|es|ing)|list(?:s|ing)?|verif(?:y|ies|ying)|know|find out|finding out"
    r"|decid(?:e|es|ing)|check(?:s|ing)?|confirm(?:s|ing)?|outlin(?:e|es|ing)|explain(?:s|ing)?"
    r"|dictat(?:e|es|ing)|assess(?:es|ing)?|establish(?:es|ing)?|see|ask(?:s|ing)?)"
)
_WORD = r"(?:which|what|whether(?: or not)?|if|when|how)"
_INDIRECT = re.compile(
    rf"\b{_ASKING} {_WORD}\b[^.;:,]*(?:,? (?:and |or )?(?:which|what|whether)\b[^.;:,]*)*"
)
_PERSON = (
    r"(?:who|whom|members?|patients?|individuals?|persons?|enrollees?|beneficiar(?:y|ies)"
    r"|participants?|subscribers?|you|they)"
)
_INSURED = re.compile(
    rf"\b{_PERSON}(?: (?:is|are|was|were|be|been|has|have|also|currently|already))* covered"
    r" (?:by|under|through)\b"
)
_STUDIES = re.compile(
    r"\b(?:studies|trials|articles|publications|papers)(?: (?:that|which|with))\b[^.;]*"
    r" (?:was|were|had been)\b[^.;]*"
)
"""Which papers somebody read: "studies that meet these criteria were considered"."""
_TOLD = re.compile(
    r"^(?:this|these|the (?:following|present|next)) (?:\w+ ){0,2}?(?:chapters?|sections?"
    r"|documents?|polic(?:y|ies)|guidelines?|manuals?|parts?|pages?|bulletins?) (?:\w+ly )?"
    r"(?:describes?|explains?|lists?|outlines?|sets? (?:out|forth)|tells?|summari[sz]es?)\b[^.;:]*"
)
"""What a document says that it will tell of: "This chapter describes lamps that are covered."."""


def without_indirect(plain: str) -> str:
    """A sentence in small letters with blanks for what it only asks, and for whom a plan insures;
    every other character keeps its place.
    """
    if "covered" in plain:
        plain = _INSURED.sub(_blank, plain)
    if " were " in plain or " was " in plain or " had been " in plain:
        plain = _STUDIES.sub(_blank, plain)
    if plain.startswith("th") and plain.rstrip().endswith("."):
        plain = _TOLD.sub(_blank, plain)
    return _INDIRECT.sub(_blank, plain)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
