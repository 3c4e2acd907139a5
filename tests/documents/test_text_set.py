"""Texts that a program broke at one width: the width, edges and empty lines tell what is what."""

from textwrap import wrap

from policy_tracker.documents.text import read_text

_PROSE = (
    "The keeper of the lamps looks at each lamp that stands in the house, writes down what was "
    "found there, and brings the lamps that were broken to the shop of the town before the night."
)
_MORE = (
    "Nobody else may light them, since the oil is dear and the wick is short, and since whoever "
    "lights a lamp has to stay with it until the morning of the day that follows."
)
_LAST = (
    "Oil comes from the mill in jars that hold ten pounds each, and goes down to the cellar, where "
    "it is kept away from the light and from whatever else might spoil it before it is used."
)


def _wrapped(*parts: str, width: int = 60) -> str:
    return "\n\n".join("\n".join(wrap(part, width, break_on_hyphens=False)) for part in parts)


def test_a_line_with_room_for_the_next_word_has_ended() -> None:
    text = _wrapped(_PROSE, _MORE, _PROSE)
    first, second = "A lamp is kept by the door.", "The other lamp is kept upstairs."
    blocks = read_text(f"{text}\n\n{first}\n{second}\n").blocks
    assert [block.text for block in blocks] == [_PROSE, _MORE, _PROSE, first, second]


def test_what_is_set_in_stands_within_the_item() -> None:
    item = "\n".join(wrap(f"1. {_PROSE}", 60, initial_indent="  ", subsequent_indent=" " * 5))
    inner = "\n".join(wrap(f"a. {_MORE}", 60, initial_indent=" " * 6, subsequent_indent=" " * 9))
    text = f"{_wrapped(_PROSE, _MORE)}\n\n{item}\n{inner}\n  2. Oil.\n"
    found = [(block.label, block.indent) for block in read_text(text).blocks if block.label]
    (_, first), (_, second), (_, third) = found
    assert [label for label, _ in found] == ["1.", "a.", "2."]
    assert first == third < second


def test_a_short_line_alone_is_a_title_and_one_close_to_others_is_none() -> None:
    text = f"Care of Lamps\n\n{_wrapped(_PROSE, _MORE, _PROSE)}\n\nLamp shops\nOil shops\n\n{_MORE}"
    kinds = {block.text: block.kind for block in read_text(text).blocks}
    assert kinds["Care of Lamps"] == "heading"
    assert kinds["Lamp shops"] == kinds["Oil shops"] == "paragraph"


def test_where_titles_have_more_room_above_others_are_none() -> None:
    text = f"{_wrapped(_PROSE, _MORE)}\n\n\nCare of Lamps\n\n{_wrapped(_PROSE)}\n\nNone\n\n{_MORE}"
    kinds = {block.text: block.kind for block in read_text(text).blocks}
    assert (kinds["Care of Lamps"], kinds["None"]) == ("heading", "paragraph")


def test_a_paragraph_goes_on_over_a_page_and_another_does_not() -> None:
    lines = _wrapped(_PROSE, _MORE, _LAST).splitlines()
    pages = [lines[:2], lines[2:5], lines[5:]]  # the second ends behind an empty line
    text = "\n\f".join(
        "\n".join(["Lamp Works", "", *page, "", f"Page {number} of 3"])
        for number, page in enumerate(pages, start=1)
    )
    document = read_text(text)
    assert [block.text for block in document.blocks] == [_PROSE, _MORE, _LAST]
    assert document.running == ("Lamp Works", "Page 1 of 3")


def test_a_raised_letter_before_a_line_is_a_mark() -> None:
    (block,) = (
        block for block in read_text(f"{_PROSE}\n\nᵃ Lamps are lit.\n").blocks if block.label
    )
    assert (block.label, block.label_kind, block.text) == ("a", "mark", "Lamps are lit.")


def _rows(text: str) -> list[list[str]]:
    tables = [block.table for block in read_text(text).blocks if block.table]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_rows_in_columns_are_a_table() -> None:
    rows = [("Code", "Lamp", "Oil"), ("A1", "Hall lamp, tall", "yes"), ("A2", "", "no")]
    shown = "\n".join(f"{one:<7}{two:<20}{three}" for one, two, three in rows)
    assert _rows(f"{_PROSE}\n\n{shown}\n\n{_MORE}") == [list(row) for row in rows]


def test_words_go_on_in_their_column_where_they_had_no_room() -> None:
    shown = (
        "Lamp      What is paid for it\n"
        "Hall      A lamp of the hall and the\n"
        "          oil that it burns\n"
        "Door      Nothing\n"
    )
    assert _rows(shown)[1:] == [
        ["Hall", "A lamp of the hall and the oil that it burns"],
        ["Door", "Nothing"],
    ]


def test_rows_may_have_the_same_blanks_or_bars_between_their_cells() -> None:
    rows = [("Lamp", "Oil", "Paid"), ("Hall lamp", "", "yes"), ("Lamp", "two jars", "no")]
    for shown in (
        "\n".join("   ".join(row) for row in rows),
        "\n".join(f"| {' | '.join(row)} |" for row in rows),
    ):
        assert _rows(f"{_PROSE}\n\n{shown}\n") == [list(row) for row in rows]


def test_bars_and_rules_draw_cells_over_columns_and_of_several_lines() -> None:
    shown = (
        "+------+-------------+\n| Lamp | Paid        |\n+------+-------------+\n"
        "| Hall | The lamp    |\n|      | and its oil |\n+------+-------------+\n"
        "| Nothing else       |\n+------+-------------+\n"
    )
    (table,) = (block.table for block in read_text(f"{_PROSE}\n\n{shown}").blocks if block.table)
    found = [
        [(cell.lines, cell.first_column, cell.last_column) for cell in row.cells]
        for row in table.rows
    ]
    assert found == [
        [(("Lamp",), 0, 0), (("Paid",), 1, 1)],
        [(("Hall",), 0, 0), (("The lamp", "and its oil"), 1, 1)],
        [(("Nothing else",), 0, 1)],
    ]


def test_names_with_values_and_labels_before_items_are_no_table() -> None:
    assert not _rows("Number:   46\nStarts:   01/01/2026\nOwner:    Lamp Works\n")
    assert not _rows("1.   A lamp is lit.\n2.   A lamp is dark.\n3.   A lamp is new.\n")
    assert not _rows("Lamps ........... 3\nOil ............. 4\n")


def test_lines_that_are_whole_paragraphs_are_joined_with_none() -> None:
    lines = ["Care of Lamps", _PROSE, "Who lights a lamp?", _MORE, "a lamp is dark", _LAST]
    blocks = read_text("\n\n".join(lines)).blocks
    assert [block.text for block in blocks] == lines
    assert [block.text for block in blocks if block.kind == "heading"] == [lines[0], lines[2]]


def test_codes_go_on_behind_a_comma_and_begin_a_row_behind_none() -> None:
    listed = ", ".join(f"939{number:02}" for number in range(70, 99))
    shown = "\n".join(wrap(listed, 60))
    texts = [block.text for block in read_text(f"{_wrapped(_PROSE, _MORE)}\n\n{shown}\n").blocks]
    assert texts[2:] == [listed]


def test_blanks_before_a_few_labels_of_a_loose_text_tell_nothing() -> None:
    text = "A. Lamps\n1. A lamp is lit:\n   a. in the hall\nB. Oil\n1. Oil is dear.\n"
    found = [block.indent for block in read_text(text).blocks]
    assert found == [18.0, 36.0, 54.0, 18.0, 36.0]


def test_verbs_of_a_title_begin_with_capitals() -> None:
    title = "3.0 When Lamps of Brass Are Lent"
    text = f"{_PROSE}\n\n{title}\n\n{_MORE}\n\n3.1 When lamps are lent they are lit\n\n{_LAST}\n"
    headings = [block.text for block in read_text(text).blocks if block.kind == "heading"]
    assert headings == [title]
