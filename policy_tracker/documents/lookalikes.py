"""Characters that look like others: one spelling for what looks the same."""

from __future__ import annotations

import re
import unicodedata

from policy_tracker.documents.symbols import without_private
from policy_tracker.language.remembered import remembered

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеорсухіјѕ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LETTERS = str.maketrans(_CYRILLIC + _GREEK, "ABESIJKMHOPCTYXaeopcyxijs" + "ABEZHIKMNOPTYXo")
_OTHER = f"[{_CYRILLIC}{_GREEK}]"
_MIXED = re.compile(
    rf"(?<!\w)(?=\w*{_OTHER})(?=\w*[A-Za-z0-9])[A-Za-z0-9_{_CYRILLIC}{_GREEK}]+(?!\w)"
)
"""A word or code with letters of two alphabets, all of which look Latin."""
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_WHOLE = str.maketrans({**{chr(k): v for k, v in _WIDE.items()}, **_LIGATURES})
_SIGNS = str.maketrans({"⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "\u2010": "-", "\u2011": "-"})
_AS_1252 = {}
for _byte in range(0x80, 0xC0):
    try:
        _AS_1252[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:  # five bytes have no character there
        _AS_1252[chr(_byte)] = _byte
_AS_1252 |= {chr(_byte): _byte for _byte in range(0x80, 0xA0)}  # read as ISO 8859-1 in full
_TRAIL = "[" + re.escape("".join(_AS_1252)) + "]"
_TWICE = re.compile(
    f"[\u00c2\u00c3\u00c5\u00cb\u00ce\u00cf]{_TRAIL}|[\u00e2\u00ef]{_TRAIL}{{2}}|\u00f0{_TRAIL}{{3}}"
)
"""UTF-8 that was once read as Windows-1252 and written again: "â‰¤" was "≤"."""


_TIMES = 3
"""How often a text may have been read so one time after the other."""
_CONTROLS = {
    chr(byte): bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)
}
"""Controls that no text holds: they are bytes of Windows-1252 that were read as ISO 8859-1."""
_OF_CONTROLS = re.compile("[\x80-\x9f]")


def plain(text: str) -> str:
    """A text in composed characters (NFC), without characters that only look like usual ones."""
    if text.isascii():
        return text
    for _ in range(_TIMES):
        once = _TWICE.sub(_once, text)
        if once == text:
            break
        text = once
    text = _OF_CONTROLS.sub(lambda match: _CONTROLS[match[0]], text)
    text = without_private(text)
    text = unicodedata.normalize("NFC", text).translate(_WHOLE).translate(_SIGNS)
    return _MIXED.sub(lambda match: match[0].translate(_LETTERS), text)


def plain_letters(text: str) -> str:
    """As `plain`, but with as many characters as before: what takes another number stays."""
    if text.isascii():
        return text
    return _FOREIGN.sub(_plain_word, text)


_FOREIGN = re.compile(r"(?<!\S)[\x00-\x08\x0e-\x1b!-\x7f]*[^\x00-\x7f\s]\S*")
"""A word with a letter that is not ASCII; looked for from the beginning of each word alone."""


def _plain_word(match: re.Match[str]) -> str:
    return _as_long(match[0])


@remembered
def _as_long(word: str) -> str:
    return new if len(new := plain(word)) == len(word) else word


def _once(match: re.Match[str]) -> str:
    head, *rest = match[0]
    data = bytes([ord(head), *(_AS_1252[letter] for letter in rest)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
