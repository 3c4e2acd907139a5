"""What only geometry tells: raised marks, an underlined ">", checkboxes, watermarks, pictures,
running lines.
"""

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import BOLD, Paper


def first(paper: Paper):
    return read_pdf(paper.data()).blocks[0]


class TestSigns:
    def test_an_underlined_sign_includes_equality(self):
        paper = Paper()
        x = paper.at(72, 100, "Score of ")
        end = paper.at(x, 100, ">")
        paper.at(end, 100, " 4 and < 9 points")
        paper.rule(x - 0.5, end + 0.5, 101.5)
        assert first(paper).text == "Score of ≥ 4 and < 9 points"

    def test_a_sign_above_a_border_or_in_an_underlined_line_stays(self):
        paper = Paper()
        right = paper.at(72, 100, "Score of > 4 points")
        paper.rule(72, right, 101.5)
        assert first(paper).text == "Score of > 4 points"


class TestRaisedMarks:
    def test_a_raised_number_is_a_mark(self):
        paper = Paper()
        x = paper.at(72, 100, "The agent is covered.")
        x = paper.at(x, 96, "12,14-16", size=6.5)
        paper.at(x, 100, " It needs a prior review.")
        assert first(paper).text == "The agent is covered. It needs a prior review."
        assert first(paper).marks == ("12,14-16",)

    def test_an_exponent_and_a_lowered_number_stay(self):
        paper = Paper()
        x = paper.at(72, 100, "More than 60 cells per mm")
        x = paper.at(x, 96, "2", size=6.5)
        x = paper.at(x, 100, " and FEV")
        x = paper.at(x, 102, "1", size=6.5)
        paper.at(x, 100, " below 80%")
        assert first(paper).text == "More than 60 cells per mm2 and FEV1 below 80%"
        assert first(paper).marks == ()

    def test_a_raised_sign_belongs_to_its_word(self):
        paper = Paper()
        x = paper.at(72, 100, "A lamp (Lumen 12: long; or, Lumen")
        x = paper.at(x, 96, "®", size=7.5)
        paper.at(x, 100, " 14: short) is lent")
        assert first(paper).text == "A lamp (Lumen 12: long; or, Lumen® 14: short) is lent"
        assert first(paper).marks == ()

    def test_a_raised_letter_in_front_is_a_label(self):
        paper = Paper()
        paper.at(72, 96, "a", size=6.5)
        paper.at(79, 100, "Rules of a state may differ. Ask the plan.")
        block = first(paper)
        assert (block.kind, block.label, block.label_kind) == ("item", "a", "mark")
        assert block.text == "Rules of a state may differ. Ask the plan."

    def test_a_raised_letter_at_the_end_is_a_mark(self):
        paper = Paper()
        x = paper.at(72, 100, "Coverage Criteria", BOLD)
        paper.at(x + 0.5, 96, "b", size=6.5)
        assert (first(paper).text, first(paper).marks) == ("Coverage Criteria", ("b",))


class TestCheckboxes:
    def test_boxes_behind_their_words(self):
        paper = Paper()
        for x, (word, checked) in zip(
            (72, 140, 208), (("North", True), ("South", False), ("West", True)), strict=True
        ):
            right = paper.at(x, 100, word)
            paper.checkbox(right + 6, 102, checked)
        assert [line.text for line in read_pdf(paper.data()).header] == [
            "North ☑",
            "South ☐",
            "West ☑",
        ]

    def test_boxes_too_small_to_be_ticked_are_bullets(self):
        paper = Paper().item("1.", "Two of these:")
        for word in ("work", "home life"):
            paper.frame(93, paper.y - 6.1, 98.6, paper.y - 0.5).line(word, x=104, size=14)
        found = read_pdf(paper.data()).blocks
        assert [(block.label, block.text) for block in found][1:] == [
            ("◦", "work"),
            ("◦", "home life"),
        ]

    def test_boxes_before_their_words(self):
        paper = Paper()
        for y, (word, checked) in zip(
            (100, 120), (("Medical", False), ("Pharmacy", True)), strict=True
        ):
            paper.checkbox(72, y + 2, checked)
            paper.at(90, y, word)
        assert [line.text for line in read_pdf(paper.data()).header] == ["☐ Medical", "☑ Pharmacy"]


def several_pages(paper: Paper, count: int) -> Paper:
    for number in range(1, count + 1):
        paper.at(72, 40, "Policy on Lamps")
        paper.at(480, 760, f"Page {number} of {count}")
        paper.at(
            72,
            742,
            (
                "This policy is made for a general orientation and never replaces the terms of "
                "the plan."
            ),
            size=7,
        )
        paper.watermark("ARCHIVED")
        paper.y = 200 + 30 * number
        paper.line(f"The rule of page {number} is about lamp {number} in the room.").gap().line(
            "It ends here."
        )
        if number < count:
            paper.page()
    return paper


class TestRunningLines:
    def test_headers_footers_page_numbers_and_watermarks_are_no_body(self):
        document = read_pdf(several_pages(Paper(), 4).data())
        assert [block.text for block in document.blocks if "rule" in block.text] == [
            f"The rule of page {number} is about lamp {number} in the room."
            for number in range(1, 5)
        ]
        assert len(document.blocks) == 8
        assert {"Policy on Lamps", "Page 1 of 4", "ARCHIVED"} <= set(document.running)

    def test_the_first_page_keeps_them_in_its_header(self):
        header = [line.text for line in read_pdf(several_pages(Paper(), 4).data()).header]
        assert header[0] == "Policy on Lamps"
        assert "Page 1 of 4" in header

    def test_two_pages_are_enough_near_the_edges(self):
        document = read_pdf(several_pages(Paper(), 2).data())
        assert [block.text for block in document.blocks].count("It ends here.") == 2
        assert len(document.blocks) == 4

    def test_a_line_that_repeats_at_other_heights_stays(self):
        document = read_pdf(several_pages(Paper(), 4).data())
        assert [block.text for block in document.blocks].count("It ends here.") == 4


class TestPictures:
    def test_a_page_that_is_a_picture_is_said(self):
        paper = Paper().line("A page with words.").page().picture(0, 0, 612, 792)
        (fault,) = read_pdf(paper.data()).unreadable
        assert (fault.page, fault.why) == (2, "the page is a picture")

    def test_a_scanned_page_with_a_stamp_is_said(self):
        paper = (
            Paper()
            .line("A page with words.")
            .page()
            .picture(0, 0, 612, 792)
            .line("Received on 1/5/2031 by the plan's office")
        )
        assert [fault.page for fault in read_pdf(paper.data()).unreadable] == [2]

    def test_letters_turned_into_curves_are_said(self):
        paper = Paper()
        for number in range(300):
            paper.canvas.circle(80 + number % 30 * 14, 700 - number // 30 * 14, 3, stroke=0, fill=1)
        assert [fault.why for fault in read_pdf(paper.data()).unreadable] == [
            "the page is drawn without letters"
        ]

    def test_an_empty_page_is_nothing(self):
        assert read_pdf(Paper().line("A page with words.").page().page().data()).unreadable == ()

    def test_a_picture_in_place_of_a_list_is_said(self):
        paper = (
            Paper()
            .line("These codes are reported:")
            .picture(72, 80, 300, 110)
            .gap(50)
            .line("Nothing else is.")
        )
        (fault,) = read_pdf(paper.data()).unreadable
        assert (fault.page, round(fault.place.top)) == (1, 80)

    def test_a_logo_is_not_said(self):
        paper = Paper().picture(72, 20, 160, 50).line("A page with words.")
        assert read_pdf(paper.data()).unreadable == ()


def test_a_raised_mark_behind_a_number_is_no_digit_of_it() -> None:
    paper = Paper()
    end = paper.at(72, 72, "Lent for 12")
    end = paper.at(end, 68.5, "1", size=6)
    paper.at(end, 72, " nights in 2024 and 121 days")
    (block,) = read_pdf(paper.data()).blocks
    assert block.text == "Lent for 12 nights in 2024 and 121 days"
    assert block.marks == ("1",)
