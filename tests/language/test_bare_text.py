"""Texts without what belongs to their list, and in one typography."""

import sys

import pytest

from policy_tracker.language.tokens import _SEPARATORS, bare, fold


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(a) The gate is oak; and", "The gate is oak"),
        ("2. The gate is oak, OR:", "The gate is oak"),
        ("• The gate is oak\u00a0;\nand\n", "The gate is oak"),
        ("The gate has a band", "The gate has a band"),
        ("The gate of the_and", "The gate of the_and"),
        ("The gate and or", "The gate and"),
        ("and", "and"),
        ("3. ", "3. "),
        ("", ""),
    ],
)
def test_labels_and_connectors_are_no_part_of_a_text(text, said):
    assert bare(text) == said


def test_all_white_space_parts_the_members_of_a_list():
    spaces = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert {*_SEPARATORS} == spaces | {*";,.:"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The  OAK\tgate", "the oak gate"),
        ("The gate\u2019s \u201coak\u201d\u00a0\u2265 2\u00bd", 'the gate\'s "oak" >= 21\u20442'),
        ("soft\u00adhyphen \u2013 \ufb01ne\u00ae", "softhyphen - fine"),
    ],
)
def test_a_text_has_one_typography(text, plain):
    assert fold(text) == plain
