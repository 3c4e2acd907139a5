"""Titles of a text whose lines a program broke: they stand alone, between empty lines.

Where a width explains each line's end and empty lines part the blocks, type is not needed: a short
line that is no sentence, no item and no value, with nothing close above or below it, is a title.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE, DATE, NOTE, connector_of
from policy_tracker.documents.levels import split_label
from policy_tracker.documents.text_titles import OPEN_END, SECTION, VERB, is_contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.text_titles import SetLine

_LONGEST, _LONGEST_FAR = 140, 240
_MOST_WORDS = 18
_FEW_WORDS = 4
"""Words before a colon that may be a title; more are a lead-in."""
_SELDOM = 0.5
"""The share of the far lines that are no titles from which distance tells nothing."""
_BEGINS = re.compile(r"[A-Z0-9“\"(§*†]")
_NO_TITLE = re.compile(r"https?:|www\.|@|©|\bpage \d|[;=]|^\([^()]*\)$", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:must|will be|is|are|has|have|does)\b|of the following")
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that)\b")
_LETTERS = re.compile(r"[^\W\d_]{3}|[A-Z]{2}")


def alone_titles(lines: Sequence[SetLine]) -> set[int]:
    """The places of the lines that are titles because they stand alone and read as titles do; where
    a text leaves more room above its titles than between its paragraphs, those that have it.
    """
    usual = Counter(line.blanks for line in lines if line.apart).most_common(1)
    if not usual:
        return set()
    far = {place for place, line in enumerate(lines) if line.blanks > usual[0][0]}
    titles = {place for place in far if _stands_alone(lines, place) and _may_be(lines[place].text)}
    titles |= {place for place in far if _is_labelled_title(lines, place)}
    if titles and len(far - titles) <= _SELDOM * len(far):
        return titles | ({0} if _is_title(lines, 0) else set())
    found = {place for place in range(len(lines)) if _is_title(lines, place)}
    return found - _names_of_lists(lines, found)


def _stands_alone(lines: Sequence[SetLine], place: int) -> bool:
    return (lines[place].apart or not place) and (place + 1 < len(lines) and lines[place + 1].apart)


def _is_labelled_title(lines: Sequence[SetLine], place: int) -> bool:
    label, words = split_label(lines[place].text)
    return (
        label is not None
        and _stands_alone(lines, place)
        and len(words.split()) <= _MOST_WORDS
        and _may_be(words)
    )


def _may_be(text: str) -> bool:
    """Whether a line may be a title as far as its form goes."""
    return (
        len(text) <= _LONGEST_FAR
        and _LETTERS.search(text) is not None
        and text[-1] not in ".;,"
        and not (_ASKS.search(_RELATIVE.split(text)[0]) and not text.endswith("?"))
        and (split_label(text)[0] is None or SECTION.match(text) is not None)
        and not (NOTE.match(text) or connector_of(text))
    )


def _is_title(lines: Sequence[SetLine], place: int) -> bool:
    text = lines[place].text
    return (
        _stands_alone(lines, place)
        and _may_be(text)
        and len(text) <= _LONGEST
        and len(text.split()) <= (_FEW_WORDS if text.endswith(":") else _MOST_WORDS)
        and _BEGINS.match(text) is not None
        and not (VERB.search(text) and not text.isupper() and not text.endswith("?"))
        and not _NO_TITLE.search(text)
        and not OPEN_END.search(text)
        and not (CODE.match(text) or DATE.match(text) or is_contents(text))
        and not (text.endswith(":") and split_label(lines[place + 1].text)[0])
    )


def _names_of_lists(lines: Sequence[SetLine], titles: set[int]) -> set[int]:
    """The lines that only look like titles: two and more behind a lead-in, which are its list."""
    names: set[int] = set()
    run: list[int] = []
    lead = False
    for place in range(len(lines) + 1):
        if place in titles:
            run.append(place)
            continue
        if lead and len(run) > 1:
            names.update(run)
        run = []
        lead = place < len(lines) and lines[place].text.endswith(":")
    return names
