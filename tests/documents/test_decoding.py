"""Bytes become the characters that were meant, whatever the file says of itself."""

import pytest

from policy_tracker.documents.decoding import decode
from policy_tracker.documents.html.reader import read_html
from policy_tracker.documents.lookalikes import plain, plain_letters


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "utf-8"])
def test_utf_8_is_known_under_any_label(label: str) -> None:
    page = f'<meta charset="{label}"><p>wings ≤ 3 mm – “all”'
    assert decode(page.encode()) == page


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", ""])
def test_windows_1252_is_known_under_any_label(label: str) -> None:
    page = f'<meta charset="{label}"><p>wings – all'
    assert decode(page.encode("cp1252")) == page


def test_a_damaged_letter_does_not_spoil_a_text_in_utf_8() -> None:
    page = '<meta charset="utf-8"><p>≤ 3 mm'.encode() + b"\xff"
    assert decode(page).endswith("≤ 3 mm�")


def test_what_was_escaped_twice_is_one_character() -> None:
    text = "<p>&amp;le; 3&amp;nbsp;mm &amp;amp;ndash; R&amp;D &amp;#8804; 4 AT&amp;T</p>"
    assert read_html(text).text == "≤ 3 mm – R&D ≤ 4 AT&T"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("wings\u037e legs", "wings; legs"),
        ("\u0410\u04301234", "Aa1234"),
        ("w\u0456ng", "wing"),
        ("１８ years", "18 years"),
        ("de\ufb01ned", "defined"),
        ("â‰¤ 3 mm", "≤ 3 mm"),
        ("⩾ 3", "≥ 3"),
        ("IFN-α and β2 of 3 µm", "IFN-α and β2 of 3 µm"),
        ("Привет café™", "Привет café™"),
    ],
)
def test_lookalikes_are_one_character(printed: str, meant: str) -> None:
    assert plain(printed) == meant


def test_letters_keep_their_places() -> None:
    assert plain_letters("de\ufb01ned\u037e \u04101") == "de\ufb01ned\u037e A1"
