"""Labels that Word counts, as people see them."""

import pytest

from policy_tracker.documents.docx_numbers import written
from policy_tracker.documents.read import read_document
from tests.documents.files import docx

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
)
_OUTLINE = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3)"))


def _level(place: int, form: str, pattern: str, more: str = "", left: int | None = None) -> str:
    edge = 360 * (place + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/><w:pPr><w:ind w:left="{edge}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def _outline(*levels: tuple[str, ...]) -> str:
    return "".join(_level(place, *level) for place, level in enumerate(levels or _OUTLINE))


def _item(text: str, level: int = 0, num: int = 1, more: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _read(body: str, levels: str = "", nums: str = "", styles: str = ""):
    own = f'<w:abstractNum w:abstractNumId="7">{levels or _outline()}</w:abstractNum>'
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    parts = {
        "word/_rels/document.xml.rels": _RELATIONS,
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{_WORD}">{own}{nums}</w:numbering>',
    }
    data = docx(body, {name: part.encode() for name, part in parts.items()})
    return read_document(data, "lamps.docx").blocks


def _labels(*given: object, **more: str) -> list[str | None]:
    return [block.label for block in _read(*given, **more)]


def test_patterns_formats_and_levels_make_the_label() -> None:
    body = "".join(_item("A lamp", level) for level in (0, 1, 1, 2, 2, 0, 1))
    assert _labels(body) == ["1.", "(a)", "(b)", "i)", "ii)", "2.", "(a)"]
    assert [block.indent for block in _read(body)] == [18, 36, 36, 54, 54, 18, 36]


def test_numbers_of_levels_above_stand_in_a_label() -> None:
    levels = _outline(("upperRoman", "%1."), ("decimal", "%1.%2", "<w:isLgl/>"))
    body = "".join(_item("Lamps", level) for level in (0, 0, 1, 1))
    assert _labels(body, levels) == ["I.", "II.", "2.1", "2.2"]


def test_what_no_label_is_like_stands_before_the_words() -> None:
    levels = _outline(("ordinal", "%1 rule:"))
    assert [block.text for block in _read(_item("Lamps") + _item("Oil"), levels)] == [
        "1st rule: Lamps",
        "2nd rule: Oil",
    ]


def test_lists_of_one_definition_go_on_and_one_may_begin_anew() -> None:
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>{more}</w:num>'
        for number, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'),
        )
    )
    body = "".join(_item("A lamp", num=num) for num in (1, 1, 2, 3, 3))
    assert _labels(body, nums=nums) == ["1.", "2.", "3.", "4.", "5."]


def test_a_level_may_count_on_behind_those_above_it() -> None:
    levels = _outline(("decimal", "%1."), ("lowerLetter", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = "".join(_item("A lamp", level) for level in (0, 1, 1, 0, 1))
    assert _labels(body, levels) == ["1.", "a.", "b.", "2.", "c."]


def test_a_style_may_count_and_a_paragraph_may_leave_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Rule"><w:pPr><w:numPr><w:ilvl w:val="0"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Rule"/></w:style>'
    )
    said = '<w:p><w:pPr><w:pStyle w:val="Own"/>{}</w:pPr><w:r><w:t>A lamp</w:t></w:r></w:p>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = said.format("") + said.format(none) + said.format("")
    assert _labels(body, styles=styles) == ["1.", None, "2."]


def test_a_list_within_an_item_is_told_by_where_it_stands() -> None:
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{own}"/></w:num>'
        for number, own in ((1, 7), (2, 8))
    )
    inner = (
        f'<w:abstractNum w:abstractNumId="8">{_level(0, "bullet", "•", left=1080)}</w:abstractNum>'
    )
    body = _item("A lamp, with all of these:") + _item("oil", num=2) + _item("Lamps")
    assert [(block.label, block.indent) for block in _read(body, nums=inner + nums)] == [
        ("1.", 18),
        ("•", 36),
        ("2.", 18),
    ]


def test_deleted_and_hidden_items_are_not_counted() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = (
        _item("A lamp")
        + f"<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>{gone}</w:pPr>"
        "<w:del><w:r><w:delText>An old lamp</w:delText></w:r></w:del></w:p>" + _item("Oil")
    )
    assert _labels(body) == ["1.", "2."]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 28, "BB"),
        ("upperRoman", 44, "XLIV"),
        ("decimalZero", 7, "07"),
        ("ordinal", 112, "112th"),
        ("somethingElse", 5, "5"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, number: int, expected: str) -> None:
    assert written(number, form) == expected
