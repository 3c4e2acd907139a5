"""Ruled tables, over pages too."""

from policy_tracker.documents.cell_blocks import cell_blocks
from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import BOLD, Paper

EDGES = (72, 172, 540)


def tables(paper: Paper):
    return [block.table for block in read_pdf(paper.data()).blocks if block.kind == "table"]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


class TestGrid:
    def test_cells_and_their_lines(self):
        paper = (
            Paper()
            .line("Codes", font=BOLD)
            .gap()
            .table(EDGES, [("Code", "Description"), ("J1234", ["Injection of zintra,", "1 mg"])])
        )
        (table,) = tables(paper)
        assert table.columns == 2
        assert cells(table) == [["Code", "Description"], ["J1234", "Injection of zintra, 1 mg"]]
        assert table.rows[1].cells[1].lines == ("Injection of zintra,", "1 mg")

    def test_a_cell_that_spans_the_columns(self):
        paper = Paper().table(
            EDGES, [("Product", "Limit"), ("Exceptions",), ("Zintra", "2 per month")]
        )
        (table,) = tables(paper)
        spanning = table.rows[1].cells
        assert [(cell.text, cell.first_column, cell.last_column) for cell in spanning] == [
            ("Exceptions", 0, 1)
        ]

    def test_an_underline_in_a_cell_is_no_border(self):
        paper = Paper()
        top = paper.y
        paper.table(
            EDGES, [("Lamps", ["Important changes:", "More is covered."]), ("Rooms", "None")]
        )
        paper.rule(177, 262, top + 1.5)
        (table,) = tables(paper)
        assert cells(table) == [["Lamps", "Important changes: More is covered."], ["Rooms", "None"]]

    def test_a_frame_round_prose_is_no_table(self):
        paper = (
            Paper()
            .frame(60, 60, 550, 130)
            .line("The text in a frame is a paragraph.")
            .gap()
            .line("And so is this one.")
        )
        assert tables(paper) == []
        assert len(read_pdf(paper.data()).blocks) == 2

    def test_a_table_in_a_frame_round_the_page_is_read_without_the_frame(self):
        paper = Paper().frame(40, 40, 572, 740).line("Lamps", font=BOLD).gap().line("They shine.")
        paper.gap().table(EDGES, [("Code", "Description"), ("J1234", "A lamp"), ("J1235", "Two")])
        paper.gap().line("Rooms", font=BOLD)
        (table,) = tables(paper)
        assert table.columns == 2
        texts = [block.text for block in read_pdf(paper.data()).blocks if block.kind != "table"]
        assert texts == ["Lamps", "They shine.", "Rooms"]

    def test_rows_across_a_table_are_no_frame(self):
        paper = Paper().table(
            EDGES, [("All lamps of the house",), ("Code", "Description"), ("Some notes",)]
        )
        (table,) = tables(paper)
        assert [len(row.cells) for row in table.rows] == [1, 2, 1]

    def test_items_in_a_cell(self):
        paper = Paper().table(
            EDGES, [("Lamps", ["• The first", "• The second that is longer"]), ("Rooms", "None")]
        )
        (table,) = tables(paper)
        assert [(block.label, block.text) for block in cell_blocks(table.rows[0].cells[1], 1)] == [
            ("•", "The first"),
            ("•", "The second that is longer"),
        ]

    def test_columns_marked_with_x(self):
        paper = Paper().table(
            (72, 172, 240, 310),
            [("Code", "Retail", "Medical"), ("J1234", "X", ""), ("J1235", "", "X")],
        )
        (table,) = tables(paper)
        assert [[cell.checked for cell in row.cells] for row in table.rows[1:]] == [
            [None, True, None],
            [None, None, True],
        ]

    def test_boxes_drawn_in_cells(self):
        paper = Paper()
        top = paper.y
        paper.table((72, 172, 240, 310), [("Code", "Retail", "Medical"), ("J1234", "", "")])
        paper.checkbox(190, top + 18, checked=True)
        paper.checkbox(260, top + 18, checked=False)
        (table,) = tables(paper)
        assert [cell.checked for cell in table.rows[1].cells] == [None, True, False]

    def test_rules_drawn_cell_by_cell_without_vertical_ones(self):
        paper = Paper()
        for number in range(8):
            y = 100 + 20 * number
            for left, right in ((72, 200), (201, 400), (401, 540)):
                paper.rule(left, right, y)
            if number < 7:
                for x, text in ((76, f"Lamp {number}"), (205, f"{number} watts"), (405, "daily")):
                    paper.at(x, y + 14, text)
        (table,) = tables(paper)
        assert cells(table) == [
            [f"Lamp {number}", f"{number} watts", "daily"] for number in range(7)
        ]

    def test_reading_order_and_places(self):
        paper = (
            Paper()
            .line("Before the table.")
            .gap()
            .table(EDGES, [("Code", "Text"), ("J1234", "Zintra")])
            .line("Behind the table.")
        )
        document = read_pdf(paper.data())
        assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
        place = document.blocks[1].places[0]
        assert (round(place.left), round(place.right)) == (72, 540)


class TestOverPages:
    def test_a_table_goes_on_and_its_header_is_not_repeated(self):
        paper = Paper().table(EDGES, [("Date", "Change"), ("1/2030", "New.")])
        paper.page().table(EDGES, [("Date", "Change"), ("2/2031", "Revised.")])
        (table,) = tables(paper)
        assert cells(table) == [["Date", "Change"], ["1/2030", "New."], ["2/2031", "Revised."]]
        assert [row.page for row in table.rows] == [1, 1, 2]

    def test_a_row_goes_on_over_the_page_break(self):
        paper = Paper().table(EDGES, [("Date", "Change"), ("1/2030", "Lamps were added to")])
        paper.page().table(EDGES, [("", "the list of items."), ("2/2031", "Revised.")])
        (table,) = tables(paper)
        assert [row.continues for row in table.rows] == [False, False, True, False]
        assert [[cell.text for cell in row.cells] for row in table.whole_rows()][1] == [
            "1/2030",
            "Lamps were added to the list of items.",
        ]

    def test_a_repeated_title_between_does_not_part_them(self):
        paper = (
            Paper()
            .line("History", font=BOLD)
            .gap()
            .table(EDGES, [("Date", "Change"), ("1/2030", "New.")])
        )
        paper.page().line("History (continued)", font=BOLD).gap().table(
            EDGES, [("Date", "Change"), ("2/2031", "Revised.")]
        )
        assert [cells(table) for table in tables(paper)] == [
            [["Date", "Change"], ["1/2030", "New."], ["2/2031", "Revised."]]
        ]

    def test_other_columns_are_another_table(self):
        paper = Paper().table(EDGES, [("Date", "Change"), ("1/2030", "New.")])
        paper.page().table((72, 300, 540), [("Code", "Text"), ("J1234", "Zintra")])
        assert len(tables(paper)) == 2

    def test_a_header_drawn_as_a_table_on_every_page_runs(self):
        paper = Paper()
        for number in range(1, 5):
            paper.y = 50
            paper.table(EDGES, [("Policy 12", f"Page {number}")])
            paper.y = 120 + 40 * number
            paper.line(f"What is said on page {number}.")
            if number < 4:
                paper.page()
        document = read_pdf(paper.data())
        assert [block.text for block in document.blocks] == [
            f"What is said on page {number}." for number in range(1, 5)
        ]
        assert "Policy 12" in document.running


def test_rows_of_codes_in_three_columns_are_a_table_without_rules():
    paper = Paper().line("Feathers and what becomes of them")
    paper.gap()
    rows = [
        ("Code", "What it is", "Standing"),
        ("77101", "Feather of the left wing, each", "Paid"),
        ("77102", "Feather of the tail", "Not paid"),
        ("E7103", "Oil", "Paid"),
    ]
    for row in rows:
        for x, text in zip((72, 150, 380), row, strict=True):
            paper.at(x, paper.y, text)
        paper.y += 14
    paper.gap().line("Beaks are told elsewhere.")
    before, table, behind = read_pdf(paper.data()).blocks
    assert (before.text, behind.text) == (
        "Feathers and what becomes of them",
        "Beaks are told elsewhere.",
    )
    assert table.text.split("\n") == [" | ".join(row) for row in rows]


def test_a_wrapped_cell_of_such_a_table_stays_one():
    paper = Paper()
    for code, *texts in (
        ("77101", "Feather of the left wing,", "each"),
        ("77102", "Feather of the tail"),
        ("77103", "Oil"),
    ):
        paper.at(72, paper.y, code)
        paper.at(380, paper.y, "Paid")
        for text in texts:
            paper.at(150, paper.y, text)
            paper.y += 13
    (table,) = read_pdf(paper.data()).blocks
    assert table.table.rows[0].cells[1].lines == ("Feather of the left wing,", "each")
