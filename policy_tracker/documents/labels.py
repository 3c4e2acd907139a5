"""What a line begins with or consists of: enumerators and bullets, notes, connectors, dates and
codes of unruled lists.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from policy_tracker.language.code_forms import CODE_ALONE, MARKS
from policy_tracker.language.dates import DATE_PATTERN, SHORT_MONTH

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import LabelKind

# Private-use characters are bullets of the Symbol and Wingdings fonts. An empty box before a
# sentence is how square bullets are drawn; before a word or two it may be there to be ticked.
_BULLETS = "•▪●◦○■□◆◇♦★➢►▶▸»›‣⁃∙·§✓✔❖\uf0a7\uf0b7\uf0d8\uf0a8\uf0fc\uf076\uf0e0"
LABEL = re.compile(
    rf"""(?:
        (?P<bullet>[{_BULLETS}](?=\s|\w|\(|$)|[–—-](?=\s+\S)|o(?=\s+[A-Za-z0-9(≥≤<>“"])
          |☐(?=\s+(?:[^\s☐☒☑]+\s+){{3}}[^☐☒☑]*$))
      | (?P<closed>\((?:\d{{1,2}}|[a-zA-Z]{{1,2}}|[ivx]{{1,5}}|[IVX]{{1,5}})\))
        (?=\s|$|(?<=\d\))[A-Z])
      | (?P<open>(?:\d{{1,2}}|[A-Za-z]|[ivx]{{1,5}}|[IVX]{{1,5}})[.)])(?=\s|$|(?<=\d\.)[A-Z][a-z])
      | (?P<decimal>(?!0|\d\d?\.\d\d?\.\d\d\b|[A-HJ-UWYZ]\.[A-Z]|I\.D)
          (?:\d{{1,2}}|[A-Z]|[IVX]{{1,4}})
          (?:\.(?:0|[1-9]|1\d|[A-Za-z](?!\w))){{1,4}}[.)]?)
        (?=\s+[A-Z(“"≥≤<>]|$|(?<=\d\.)[A-Z(]|(?<=\d)(?:[A-Z][a-z]{{2}}|A\s[a-z]))
    )\s*""",
    re.VERBOSE,
)
NOTE = re.compile(r"[*†‡^]*\s*note\b\s*(?:\d+\s*)?[:.(–-]", re.IGNORECASE)
CONNECTOR = re.compile(r"[-–—\s(*]*\b(and|or)\b(?:\s*/\s*or)?[-–—\s)*]*[;:.]?", re.IGNORECASE)
DATE = re.compile(rf"(?:{DATE_PATTERN}|{SHORT_MONTH})")
CODE = re.compile(rf"{MARKS}{{0,2}}{CODE_ALONE}{MARKS}{{0,2}}(?=\s|,|\s*[-–]\s*[A-Z0-9])")

_ROMAN = re.compile(r"[ivx]+")
_UPPER_ROMAN = re.compile(r"[IVX]+")
_PRINTED_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0a8": "□",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0e0": "→",
}


def label_kind(label: str) -> LabelKind:
    """What an enumerator counts in.

    A lone i, v or x passes as a roman number: only its neighbours could tell. Of a label that says
    its whole place ("1.2.b") the last part counts.
    """
    core = label.strip("().").rpartition(".")[2]
    if core.isdigit():
        return "number"
    if label[-1] not in ".)" and "." not in label:
        return "bullet"
    if _ROMAN.fullmatch(core):
        return "roman"
    if _UPPER_ROMAN.fullmatch(core):
        return "upper_roman"
    return "upper" if core.isupper() else "lower"


def printed(label: str) -> str:
    """The label as people see it: bullets of symbol fonts have private characters."""
    return "".join(_PRINTED_BULLETS.get(letter, letter) for letter in label)


def connector_of(text: str) -> Literal["and", "or"] | None:
    """The connector, where a line holds nothing else; "and/or" counts as "or"."""
    if len(text) > 12 or CONNECTOR.fullmatch(text) is None:
        return None
    return "or" if re.search(r"\bor\b", text, re.IGNORECASE) else "and"
