"""HTML: lists with levels and labels, tables, marks, headings; nothing of scripts and menus."""

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.html.reader import read_fragment, read_html
from tests.extract.payers.aetna_page import PAGE


def _items(text: str) -> list[tuple[str | None, float, str]]:
    return [
        (block.label, block.indent, block.text)
        for block in read_fragment(text)
        if block.kind == "item"
    ]


def test_lists_count_as_their_type_start_and_value_say() -> None:
    text = (
        '<ol type="A" start="3"><li>x<ol type=i><li>y</li><li '
        "value=4>z</li></ol></li><li>v</li></ol>"
    )
    text += '<ul style="list-style-type: lower-alpha"><li>w</ul>'
    assert _items(text) == [
        ("C.", 18.0, "x"),
        ("i.", 36.0, "y"),
        ("iv.", 36.0, "z"),
        ("D.", 18.0, "v"),
        ("a.", 18.0, "w"),
    ]


def test_a_label_typed_by_hand_replaces_the_bullet() -> None:
    assert _items("<ul><li>1. Wings</li><li>Legs</li></ul>") == [
        ("1.", 18.0, "Wings"),
        ("•", 18.0, "Legs"),
    ]


def test_paragraphs_with_labels_get_levels_from_them() -> None:
    text = "<p>1. a</p><p>a. b</p><p>h. c</p><p>i. d</p><p>(1) e</p><p>2. f</p>"
    assert _items(text) == [
        ("1.", 18.0, "a"),
        ("a.", 36.0, "b"),
        ("h.", 36.0, "c"),
        ("i.", 36.0, "d"),
        ("(1)", 54.0, "e"),
        ("2.", 18.0, "f"),
    ]


def test_a_second_paragraph_of_an_item_stands_under_its_text() -> None:
    first, second = read_fragment("<ul><li><p>Wings</p><p>of bees</p></li></ul>")
    assert (first.kind, first.text_indent) == ("item", 36.0)
    assert (second.kind, second.indent) == ("paragraph", 36.0)


def test_a_connector_on_its_own_belongs_to_the_block_before() -> None:
    blocks = read_fragment("<p>Wings<br>AND<br>legs</p><ul><li>x</li></ul><p>-OR-</p><p>y</p>")
    assert [(block.text, block.connector) for block in blocks] == [
        ("Wings", "and"),
        ("legs", None),
        ("x", "or"),
        ("y", None),
    ]


def test_raised_marks_are_set_aside_and_exponents_stay() -> None:
    (block,) = read_fragment(
        "<p>Rest<sup>1,2</sup> at 30 kg/m<sup>2</sup> and 10<sup>6</sup> cells of "
        "Wax<sup>®</sup>, FEV<sub>1</sub></p>"
    )
    assert block.text == "Rest at 30 kg/m2 and 10⁶ cells of Wax®, FEV1"
    assert block.marks == ("1,2",)


def test_bold_alone_is_a_heading_and_a_bold_sentence_is_none() -> None:
    blocks = read_fragment(
        "<p><strong>A. Covered wings</strong></p><p><b>Wings are "
        "covered.</b></p><p><b>Note:</b> fly</p><h2>Legs</h2>"
    )
    assert [(block.kind, block.text, block.heading_level) for block in blocks] == [
        ("heading", "Covered wings", None),
        ("paragraph", "Wings are covered.", None),
        ("note", "Note: fly", None),
        ("heading", "Legs", 2),
    ]
    assert [block.style.bold for block in blocks] == ["all", "all", "start", "all"]


def test_a_bold_title_before_a_line_break_is_a_block_of_its_own() -> None:
    assert [
        (block.kind, block.text)
        for block in read_fragment("<p><b>Wings</b><br>They fly.<br><br>They hum.</p>")
    ] == [
        ("heading", "Wings"),
        ("paragraph", "They fly."),
        ("paragraph", "They hum."),
    ]


def test_line_breaks_part_rules_and_leave_a_wrapped_sentence_whole() -> None:
    rules = "<p>Wings are payable up to the joint<br>Feathers are never payable<br>Beaks of a</p>"
    assert [block.text for block in read_fragment(rules)] == [
        "Wings are payable up to the joint",
        "Feathers are never payable",
        "Beaks of a",
    ]
    wrapped = (
        "<p>Payment for a wing of the second kind is made once a year to members of<br>"
        "Group B who have shown to the committee of the county that they flew in<br>"
        "March and were seen.<br>Legs are another matter, and are told below.</p>"
    )
    assert [block.text for block in read_fragment(wrapped)] == [
        "Payment for a wing of the second kind is made once a year to members of Group B who have"
        " shown to the committee of the county that they flew in March and were seen.",
        "Legs are another matter, and are told below.",
    ]


def test_a_raised_mark_in_front_is_the_label_of_a_footnote() -> None:
    blocks = read_fragment("<p><sup>b</sup>Only in Ohio.</p><p><sup>1</sup>/<sub>2</sub> wing</p>")
    assert [(block.label, block.label_kind, block.text) for block in blocks] == [
        ("b", "mark", "Only in Ohio."),
        (None, None, "1/2 wing"),
    ]


def test_a_heading_of_two_lines_is_one() -> None:
    (block,) = read_fragment("<h2>Wings and<br>Legs of birds</h2>")
    assert (block.kind, block.text) == ("heading", "Wings and Legs of birds")


def _table(text: str) -> Block:
    (block,) = read_fragment(text)
    assert block.table is not None
    return block


def test_cells_know_their_columns_marks_and_lines() -> None:
    block = _table(
        "<table><tr><th colspan=2>Codes<th>Who</tr><tr><td "
        "rowspan=2>J1<sup>*</sup><td>a<br>b<td>c</tr>"
        "<tr><td>d<td></tr><tr><td></td></tr></table>"
    )
    cells = [
        [(cell.lines, cell.first_column, cell.last_column, cell.marks) for cell in row.cells]
        for row in block.table.rows
    ]
    assert cells == [
        [(("Codes",), 0, 1, ()), (("Who",), 2, 2, ())],
        [(("J1",), 0, 0, ("*",)), (("a", "b"), 1, 1, ()), (("c",), 2, 2, ())],
        [(("d",), 1, 1, ()), ((), 2, 2, ())],
    ]
    assert block.table.columns == 3
    assert block.table.rows[0].cells[0].bold


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    blocks = read_fragment(
        "<table><tr><td><h1>Wings</h1><p>They "
        "fly.</p></td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Wings"),
        ("paragraph", "They fly."),
        ("table", "a | b"),
    ]


def test_scripts_styles_and_menus_are_left_out() -> None:
    document = read_html(PAGE)
    for word in ("Home", "considers nothing", "color", "Copyright"):
        assert word not in document.text
    assert document.title == "Sprained Antenna Repair - Medical Clinical Policy Bulletins | Aetna"
    assert document.header[0].text == "Sprained Antenna Repair"


def test_malformed_nesting_loses_no_word() -> None:
    blocks = read_fragment(
        "<strong><p>A. General</strong> wings</p><li>loose<td>cell</b></ul><p>x &lt; 45% &amp; y"
    )
    assert " ".join(block.text for block in blocks).split() == [
        "General",
        "wings",
        "loosecell",
        "x",
        "<",
        "45%",
        "&",
        "y",
    ]


def test_deep_but_allowed_nesting_is_read() -> None:
    assert [block.text for block in read_fragment("<div>" * 900 + "x")] == ["x"]
