"""Lines of a PDF become headings, paragraphs and items."""

from policy_tracker.documents.pdf.reader import read_pdf
from tests.documents.make_pdf import BOLD, PLAIN, Paper


def blocks(paper: Paper):
    return read_pdf(paper.data()).blocks


def texts(paper: Paper) -> list[str]:
    return [block.text for block in blocks(paper)]


FULL = (
    "Members with the condition are treated by a clinician who knows it well and keeps a record of"
)


class TestParagraphs:
    def test_wrapped_lines_are_one_paragraph_and_a_gap_begins_another(self):
        paper = (
            Paper()
            .lines(FULL, "every visit in the year before.")
            .gap()
            .line("A second paragraph stands apart.")
        )
        assert texts(paper) == [
            f"{FULL} every visit in the year before.",
            "A second paragraph stands apart.",
        ]

    def test_lines_that_end_by_themselves_are_blocks_of_their_own(self):
        paper = Paper().lines(FULL, "every visit.").gap()
        paper.lines("Name of the rule: Feathers", "Number: F-7", "In force from: May 2031")
        assert texts(paper)[1:] == [
            "Name of the rule: Feathers",
            "Number: F-7",
            "In force from: May 2031",
        ]

    def test_lines_of_a_table_of_contents_are_blocks_of_their_own(self):
        lines = [f"{name} {'.' * 70} {page}" for name, page in (("Feathers", 3), ("Wings", 14))]
        paper = Paper().lines(*lines, "Beaks")
        assert texts(paper) == [*lines, "Beaks"]

    def test_a_small_gap_parts_paragraphs_where_lines_are_set_close(self):
        paper = Paper()
        for number in range(6):
            paper.line(FULL, pitch=12.5).line("every visit in the year before", pitch=18.5)
            paper.line(
                f"Feather {number} is another matter, and is told in its own place", pitch=18.5
            )
        assert len(texts(paper)) == 12

    def test_a_paragraph_goes_on_over_a_page_break(self):
        paper = Paper().line(FULL).page().line("every visit in the year before.")
        (block,) = blocks(paper)
        assert block.text == f"{FULL} every visit in the year before."
        assert [place.page for place in block.places] == [1, 2]

    def test_a_paragraph_that_ended_does_not_go_on_over_a_page_break(self):
        paper = Paper().line("The first page ends here.").page().line("The next begins anew.")
        assert texts(paper) == ["The first page ends here.", "The next begins anew."]

    def test_content_order_does_not_matter(self):
        paper = Paper()
        paper.at(72, 300, "Printed last.")
        paper.at(72, 100, "Printed first.")
        assert texts(paper) == ["Printed first.", "Printed last."]

    def test_places_are_boxes_from_the_top_left_corner(self):
        paper = Paper()
        right = paper.at(72, 100, "Here")
        (place,) = blocks(paper)[0].places
        assert (place.page, round(place.bottom)) == (1, 100)
        assert abs(place.left - 72) < 2
        assert abs(place.right - right) < 2
        assert 88 < place.top < 94

    def test_a_turned_page_is_read_as_it_is_shown(self):
        paper = Paper()
        paper.canvas.setPageRotation(90)
        for x, text in ((100, "Shown first."), (140, "Shown second.")):
            paper.canvas.saveState()
            paper.canvas.translate(x, 72)
            paper.canvas.rotate(90)
            paper.canvas.drawString(0, 0, text)
            paper.canvas.restoreState()
        found = blocks(paper)
        assert [block.text for block in found] == ["Shown first.", "Shown second."]
        assert abs(found[0].places[0].left - 72) < 2
        assert abs(found[0].places[0].bottom - 100) < 4

    def test_text_across_the_page_is_no_body(self):
        paper = Paper().line("The body of the page.")
        paper.canvas.saveState()
        paper.canvas.translate(200, 300)
        paper.canvas.rotate(45)
        paper.canvas.drawString(0, 0, "DRAFT")
        paper.canvas.restoreState()
        assert texts(paper) == ["The body of the page."]


class TestHyphens:
    def test_a_hyphen_at_a_line_end_joins_without_blank(self):
        paper = Paper().lines(
            "Coverage needs an evaluation in the home by a team that uses a patient-",
            "centered plan of care.",
        )
        assert texts(paper) == [
            (
                "Coverage needs an evaluation in the home by a team that uses a patient-centered "
                "plan of care."
            )
        ]

    def test_a_typesetters_hyphen_goes_where_the_document_has_the_whole_word(self):
        paper = Paper().line("A reevaluation is due each year.").gap()
        paper.lines(
            "The clinician who has seen the member through the year carries out the re-",
            "evaluation.",
        )
        assert texts(paper)[1] == (
            "The clinician who has seen the member through the year carries out the reevaluation."
        )

    def test_a_range_at_a_line_end(self):
        paper = Paper().lines(
            "These are reported with codes of the series that begins with the number 99381-",
            "99387 only.",
        )
        assert texts(paper)[0].endswith("99381-99387 only.")


class TestItems:
    def test_labels_kinds_and_indents(self):
        paper = (
            Paper()
            .item("1.", "Age of 18 or more; AND", x=72)
            .item("a)", "A first reading.", x=90)
            .item("ii.", "A second.", x=108)
        )
        paper.item("(2)", "A third.", x=126).item("•", "A bullet.", x=144).item(
            "B.", "An upper one.", x=72
        )
        found = [(block.kind, block.label, block.label_kind, block.text) for block in blocks(paper)]
        assert found == [
            ("item", "1.", "number", "Age of 18 or more; AND"),
            ("item", "a)", "lower", "A first reading."),
            ("item", "ii.", "roman", "A second."),
            ("item", "(2)", "number", "A third."),
            ("item", "•", "bullet", "A bullet."),
            ("item", "B.", "upper", "An upper one."),
        ]
        first = blocks(paper)[0]
        assert abs(first.indent - 72) < 2
        assert abs(first.text_indent - 90) < 2

    def test_an_item_goes_on_over_a_page_break(self):
        paper = (
            Paper()
            .item("1.", "The member was seen at least twice in the year before the")
            .page()
            .line("request was made; AND", x=90)
        )
        paper.item("2.", "No other cause was found.")
        assert texts(paper) == [
            "The member was seen at least twice in the year before the request was made; AND",
            "No other cause was found.",
        ]

    def test_what_stands_further_out_on_the_next_page_is_no_part_of_a_wrapped_item(self):
        paper = Paper().item("•", FULL[:80], "and of its outcome in each of the years")
        paper.page().line("These visits are reported.")
        assert texts(paper)[-1] == "These visits are reported."

    def test_an_item_whose_first_line_is_set_in_goes_on_further_out(self):
        paper = Paper().item("(1)", FULL[:70], x=90, hang=14).line("keeps a record;", x=82)
        paper.item("(2)", "The second visit", x=90, hang=14)
        paper.line("(if it is paid by the house).", x=82)
        paper.line("A paragraph stands further out.", x=82)
        assert texts(paper) == [
            f"{FULL[:70].strip()} keeps a record;",
            "The second visit (if it is paid by the house).",
            "A paragraph stands further out.",
        ]

    def test_small_letters_before_a_capital_begin_an_item_behind_and(self):
        paper = Paper().item("A.", "The guest is awake, and").item("i.", "The house is dark.", x=90)
        assert [block.label for block in blocks(paper)] == ["A.", "i."]

    def test_a_number_in_brackets_is_no_label(self):
        paper = Paper().item("1.", "A lamp is lent (the list is not whole, see", "2. below):")
        assert texts(paper) == ["A lamp is lent (the list is not whole, see 2. below):"]

    def test_lines_that_end_as_parts_of_a_list_do_are_parts_without_labels_too(self):
        paper = Paper().lines(FULL, "it, for guests with:")
        paper.lines("A dark house; or", "A long night; or", "Weak eyes", x=90)
        assert texts(paper)[1:] == ["A dark house; or", "A long night; or", "Weak eyes"]

    def test_a_link_to_the_top_stands_alone(self):
        paper = Paper().lines(FULL, "every visit.", "Back to top", "Lamps are lent.")
        assert texts(paper)[1:] == ["Back to top", "Lamps are lent."]

    def test_a_wrapped_number_is_no_label(self):
        paper = Paper().item(
            "1.",
            "The member has had a trial of the first medicine for a period of at least two",
            "(2) months.",
        )
        assert texts(paper) == [
            (
                "The member has had a trial of the first medicine for a period of at least two "
                "(2) months."
            )
        ]

    def test_a_reference_at_the_beginning_of_a_line_is_no_label(self):
        paper = Paper().lines(
            "The agent was shown to be of use to members who have had the condition for years",
            "(1) and who were seen often.",
        )
        assert len(blocks(paper)) == 1

    def test_a_note_is_a_block_of_its_own(self):
        paper = (
            Paper()
            .item("1.", "A trial of two agents.")
            .line("Note: Samples do not count.", x=90)
            .item("2.", "A second criterion.")
        )
        assert [block.kind for block in blocks(paper)] == ["item", "note", "item"]

    def test_a_connector_on_its_own_line_belongs_to_the_block_before(self):
        paper = (
            Paper()
            .item("1.", "A first criterion")
            .gap(6)
            .line("-OR-", x=280)
            .gap(6)
            .item("2.", "A second criterion")
        )
        assert [(block.text, block.connector) for block in blocks(paper)] == [
            ("A first criterion", "or"),
            ("A second criterion", None),
        ]

    def test_a_connector_for_which_a_line_had_no_room_ends_its_sentence(self):
        paper = Paper().item("1.", FULL[:85]).item("2.", f"{FULL[:88]},", "OR")
        paper.item("3.", "Another clinician does.")
        assert texts(paper)[1].endswith(", OR")
        assert blocks(paper)[1].connector is None
        paper = Paper().item("1.", FULL[:88]).item("2.", "A guest", "OR").item("3.", "A clerk")
        assert [block.connector for block in blocks(paper)] == [None, "or", None]


class TestHeadings:
    def test_bold_banner_large_and_underlined_lines_are_headings(self):
        paper = (
            Paper()
            .banner("Coverage")
            .line("The program covers the item.")
            .gap()
            .line("Initial Criteria", font=BOLD)
        )
        paper.line("Members meet these.").gap().line("Duration", size=14.0, pitch=18).line(
            "It lasts a year."
        ).gap()
        paper.rule(72, paper.at(72, paper.y, "Renewal Request"), paper.y + 1.5)
        paper.y += 14
        paper.line("It is made in time.")
        headings = [
            (block.text, block.style.banner, block.style.underlined)
            for block in blocks(paper)
            if block.kind == "heading"
        ]
        assert headings == [
            ("Coverage", True, False),
            ("Initial Criteria", False, False),
            ("Duration", False, False),
            ("Renewal Request", False, True),
        ]

    def test_a_bold_sentence_is_no_heading(self):
        paper = (
            Paper()
            .line("The item is covered when all of the following are met:", font=BOLD)
            .item("1.", "A criterion.")
        )
        assert blocks(paper)[0].kind == "paragraph"
        assert blocks(paper)[0].style.bold == "all"

    def test_a_margin_label_stands_apart_from_its_value(self):
        paper = Paper()
        paper.at(72, 100, "Age", BOLD)
        paper.at(110, 100, "12 years of age or older")
        assert texts(paper) == ["Age", "12 years of age or older"]

    def test_the_rows_of_a_header_in_columns_are_not_mixed(self):
        paper = Paper()
        rows = (
            ("Section:", "Drugs", "Effective:", "April 1, 2031"),
            ("Subject:", "Zintra", "Page:", "of 2"),
        )
        for y, row in zip((100, 118), rows, strict=True):
            for x, text in zip((72, 150, 300, 420), row, strict=True):
                paper.at(x, y, text, BOLD if text.endswith(":") else PLAIN)
        assert texts(paper) == [
            "Section:",
            "Drugs",
            "Effective:",
            "April 1, 2031",
            "Subject:",
            "Zintra",
            "Page:",
            "of 2",
        ]
        assert read_pdf(paper.data()).header_text.splitlines() == [
            "Section:\tDrugs\tEffective:\tApril 1, 2031",
            "Subject:\tZintra\tPage:\tof 2",
        ]


class TestLists:
    def test_rows_of_codes_and_dates_without_rules_are_paragraphs(self):
        paper = (
            Paper()
            .line("HCPCS", font=BOLD)
            .line("J1234 Injection of zintra, 1 mg")
            .line("J1235 Injection of zintra, 5 mg")
            .gap(20)
        )
        paper.line("History", font=BOLD).line("March 2031 Annual review.").line(
            "April 2030 New policy."
        )
        assert texts(paper) == [
            "HCPCS",
            "J1234 Injection of zintra, 1 mg",
            "J1235 Injection of zintra, 5 mg",
            "History",
            "March 2031 Annual review.",
            "April 2030 New policy.",
        ]


class TestColumns:
    def test_two_columns_are_read_one_after_the_other(self):
        paper = Paper()
        left = [f"The left column tells in line {number} what is wanted of" for number in range(12)]
        left[-1] += " it."
        right = [f"The right column tells in line {number} what is not so" for number in range(12)]
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            paper.at(60, 100 + 14 * number, one)
            paper.at(330, 100 + 14 * number, other)
        paper.at(
            60,
            80,
            (
                "A title that runs over both of the columns and names what the page is about, at "
                "length"
            ),
            BOLD,
        )
        assert texts(paper)[1:] == [" ".join(left), " ".join(right)]
