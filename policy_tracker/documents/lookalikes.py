"""Characters that look like others: one spelling for what looks the same."""

from __future__ import annotations

import re
import unicodedata

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
_SIGNS = str.maketrans({"⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥"})
_AS_1252 = {}
for _byte in range(0x80, 0xC0):
    try:
        _AS_1252[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:  # five bytes have no character there
        _AS_1252[chr(_byte)] = _byte
_TRAIL = "[" + re.escape("".join(_AS_1252)) + "]"
_TWICE = re.compile(f"[\u00c2\u00c3\u00ce\u00cf]{_TRAIL}|\u00e2{_TRAIL}{{2}}")
"""UTF-8 that was once read as Windows-1252 and written again: "â‰¤" was "≤"."""


def plain(text: str) -> str:
    """A text in composed characters (NFC), without characters that only look like usual ones."""
    if text.isascii():
        return text
    text = _TWICE.sub(_once, text)
    text = unicodedata.normalize("NFC", text).translate(_WHOLE).translate(_SIGNS)
    return _MIXED.sub(lambda match: match[0].translate(_LETTERS), text)


def plain_letters(text: str) -> str:
    """As `plain`, but with as many characters as before: what takes another number stays."""
    if text.isascii():
        return text
    return "".join(
        new if len(new := plain(word)) == len(word) else word for word in re.split(r"(\s+)", text)
    )


def _once(match: re.Match[str]) -> str:
    head, *rest = match[0]
    data = bytes([ord(head), *(_AS_1252[letter] for letter in rest)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
