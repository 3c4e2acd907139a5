"""Characters of the fonts Symbol and Wingdings as what they look like.

These fonts draw a sign where others have a letter: "³" in Symbol is "≥". Programs store it as that
letter with the font's name, or as a character for private use (U+F0B3), which tells no font.
Tables: Adobe's Symbol encoding (PDF 32000-1, annex D.5), and of Wingdings what lists and forms use.
"""

from __future__ import annotations

import re

_PRIVATE = 0xF000
_SYMBOL: dict[int, str] = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBA: "≡",
    0xB0: "°", 0xA5: "∞", 0xB7: "•", 0xBC: "…", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓",
    0xDE: "⇒", 0xD7: "·", 0xD6: "√", 0xE5: "∑", 0xB6: "∂", 0xA2: "′", 0xB2: "″", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0x2D: "−",
    **dict(zip(map(ord, "abgdezhqiklmnxoprstufcyw"), "αβγδεζηθικλμνξοπρστυφχψω", strict=True)),
    **dict(zip(map(ord, "GDQLXPSUFYW"), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True)),
}  # fmt: skip
_WINGDINGS: dict[int, str] = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0x77: "•",
    0x78: "☒", 0x9E: "•", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDC: "➲",
    0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_NAME = re.compile(r"\b(symbol|wingdings)(?:mt)?\b(?! ?\d)", re.IGNORECASE)
PRIVATE = re.compile("[\ue000-\uf8ff]")
_COMPARED = re.compile("([\uf0a3\uf0b3])(?=\\s*[-−]?[.\\d])")
_LIKELY = str.maketrans(
    {
        _PRIVATE + code: sign
        for code, sign in {
            **{code: _SYMBOL[code] for code in (0xB1, 0xB7, 0xB4)},
            **{code: _WINGDINGS[code] for code in (0xA7, 0xD8, 0xFC, 0xFE, 0xFD)},
        }.items()
    }
)


def font_in(names: str) -> str:
    """Which of these fonts a list of names begins with, "" where with another."""
    first = names.split(",", maxsplit=1)[0].strip(" '\"")
    match = _NAME.search(first)
    return match[1].lower() if match else ""


def drawn(text: str, font: str) -> str:
    """A text in one of these fonts as what it looks like; signs that are not known stay."""
    table = _FONTS[font]
    return "".join(table.get(_plain(ord(letter)), letter) for letter in text)


def _plain(code: int) -> int:
    return code - _PRIVATE if _PRIVATE < code <= _PRIVATE + 0xFF else code


def without_private(text: str) -> str:
    """A text whose characters for private use, of no font that is known, are what they most likely
    are: bullets and ticks, and before a number a comparison. Others stay.
    """
    if text.isascii() or not PRIVATE.search(text):
        return text
    compared = _COMPARED.sub(lambda match: "≥" if match[1] == "\uf0b3" else "≤", text)
    return compared.translate(_LIKELY)
