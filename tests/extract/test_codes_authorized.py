"""Which codes need an authorization: by lines above them, marks, columns and footnotes."""

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.codes import read_codes
from policy_tracker.extract.structure.parts import parts_of
from tests.extract.payers.made_documents import heading, paragraph, table


def _asked(*blocks: Block) -> dict[str, set[str]]:
    read = read_codes(parts_of(blocks, ()))
    found: dict[str, set[str]] = {}
    for entry in read.authorizations:
        for code in entry.codes:
            found.setdefault(code.code, set()).add(entry.requirement)
    return found


def test_a_sentence_above_a_grid_says_it_of_its_codes():
    assert _asked(
        heading("Lamps"),
        paragraph("Prior authorization is required for all lamps."),
        table(["73991", "73992"], ["73993", "73994"]),
        heading("Torches"),
        table(["73995", "73996"]),
    ) == {code: {"required"} for code in ("73991", "73992", "73993", "73994")}


def test_a_heading_that_frees_codes_is_not_the_title_that_asks():
    assert _asked(
        heading("Lamps that require prior authorization"),
        table(["73991", "73992"]),
        heading("Lamps that do not require prior authorization"),
        table(["73993", "73994"]),
    ) == {
        "73991": {"required"},
        "73992": {"required"},
        "73993": {"not_required"},
        "73994": {"not_required"},
    }


def test_several_marks_of_one_cell():
    blocks = (
        heading("Coding"),
        paragraph("MN = medically necessary; NC = not covered; PA = prior authorization required"),
        table(
            ["Code", "Status", "Lamp"],
            ["73991", "MN, PA", "Reading lamp"],
            ["73992", "MN", "Desk lamp"],
            ["73993", "NC", "Lava lamp"],
        ),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    said = {code.code: group.disposition for group in groups for code in group.codes}
    assert said == {
        "73991": "medically_necessary",
        "73992": "medically_necessary",
        "73993": "not_covered",
    }
    assert _asked(*blocks) == {"73991": {"required"}}


def test_pa_in_a_column_of_states_is_pennsylvania():
    assert (
        _asked(
            heading("Covered codes"),
            table(["Code", "Lamp", "State"], ["73991", "Reading", "PA"], ["73992", "Desk", "OH"]),
        )
        == {}
    )


def test_a_footnote_asks_for_the_codes_with_its_mark():
    assert _asked(
        heading("Covered codes"),
        table(["Code", "Lamp"], ["73991¹", "Reading lamp"], ["73992", "Desk lamp"]),
        paragraph("¹ Prior authorization is required."),
    ) == {"73991": {"required"}}


def test_a_status_that_asks_for_an_authorization_too():
    assert _asked(
        heading("Coding"),
        table(
            ["Lamp", "Code", "Coverage"],
            ["Reading", "73991", "Covered; PA required"],
            ["Desk", "73992", "Covered with prior authorization"],
            ["Lava", "73993", "Not covered"],
        ),
    ) == {"73991": {"required"}, "73992": {"required"}}
