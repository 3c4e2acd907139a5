"""National coverage determinations: the export and the two plain texts of an invented one."""

import csv
import io
import re

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record

_NAMES = (
    "NCD_id,NCD_vrsn_num,natl_cvrg_type,cvrg_lvl_cd,NCD_mnl_sect,NCD_mnl_sect_title,NCD_efctv_dt,NCD_impltn_dt,NCD_trmntn_dt,itm_srvc_desc,indctn_lmtn,xref_txt,"
    "othr_txt,trnsmtl_num,trnsmtl_issnc_dt,trnsmtl_url,rev_hstry"
)
COLUMNS = re.findall(r"\w+", _NAMES)
DESCRIPTION = (
    "<p><strong>A. General</strong></p><p>Antenna splinting keeps an antenna straight by "
    "means of a straw.</p>"
)
INDICATIONS = """<strong><p>B. Nationally Covered Indications</p></strong>
<p>Splinting is covered for a bee that:</p><ul><li>Is grown, or</li><li>Has lost &lt;45% of its antenna.</li></ul>
<p><strong>C. Nationally Non-Covered Indications</strong></p><p>Splinting by wasps is not covered.</p>
<p><strong>D. Other</strong></p><p><strong>N/A</strong></p><p>(This NCD last reviewed March 2009.)</p>"""
HISTORY = (
    "<p>05/2017 - Maintenance. (TN 1854) (CR10086)</p>Edits went on.<br>04/2009 &#8211; "
    "First determination.<p></p>"
)

MANUAL = """40.99 \u2013 Splinting of Antennae (Effective March 3, 2009)
(Rev. 12, Issued: 04-05-09, Effective Date: 03-03-09; Implementation Date: 05-05-
09)
CIM 90-2
A. General
Antenna splinting keeps an antenna straight by means of a straw that is held by two bees who stand
on both sides of it.
B. Nationally Covered Indications
Splinting is covered for a bee that:
\u2022 Is grown, or
\u2022 Has lost less than 45 percent of its antenna.
C. Nationally Non-Covered Indications
1. Wasps
Splinting by wasps is not covered. CMS does not know them.
D. Other
N/A
Cross-reference:
The Hive Manual, Chapter 3, \u201cWax,\u201d \u00a7\u00a730.4
(This NCD last reviewed March 2009.)
50 - Legs, Wings and Stings (LWS)
"""
DATABASE = """40.99 Splinting of Antennae

A. General

Antenna splinting keeps an antenna straight by means of a straw that is held by two bees who stand on both sides of it.

B. Nationally Covered Indications

Splinting is covered for a bee that:

 Is grown, or

 Has lost less than 45 percent of its antenna.

C. Nationally Non-Covered Indications

1. Wasps

Splinting by wasps is not covered. CMS does not know them.

D. Other

N/A

(This NCD last reviewed March 2009.)
"""


def _export(*rows: dict[str, str]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("cp1252")


ROW = {
    "NCD_id": "999",
    "NCD_vrsn_num": "2",
    "cvrg_lvl_cd": "2",
    "NCD_mnl_sect": "40.99",
    "NCD_mnl_sect_title": "Splinting  of Antennae (\u00a7 1862)",
    "NCD_efctv_dt": "2009-03-03 00:00:00",
    "itm_srvc_desc": DESCRIPTION,
    "indctn_lmtn": INDICATIONS,
    "xref_txt": "See <a "
    'href="https://example.org/ncd-details.aspx?NCDId=7&ncdver=1&DocID=40.2">40.2</a>',
    "trnsmtl_issnc_dt": "2009-04-05 00:00:00",
    "rev_hstry": HISTORY,
}


def _records(*rows: dict[str, str]) -> list[Record]:
    found = extract(_export(*rows), "ncd.csv")
    assert all(isinstance(record, Record) for record in found)
    return [record for record in found if isinstance(record, Record)]


def _one(**changed: str) -> Record:
    (record,) = _records({**ROW, **changed})
    return record


def test_a_row_is_a_record() -> None:
    record = _one()
    assert (record.payer, record.policy, record.policy_number, record.title) == (
        "cms",
        "ncd-40.99",
        "40.99",
        "Splinting of Antennae (\u00a7 1862)",
    )
    assert (record.version, record.version_label, record.policy_type, record.source_kind) == (
        "v2",
        "2",
        "ncd",
        "payer_data",
    )
    assert {name: (fact.date, fact.status) for name, fact in record.dates.items()} == {
        "effective": ("2009-03-03", "dated"),
        "issued": ("2009-04-05", "dated"),
        "last_review": ("2009-03", "dated"),
    }
    assert [related.policy for related in record.related_policies] == ["ncd-40.2"]


def test_its_statements_and_their_positions() -> None:
    told = [
        (statement.text, statement.position, statement.logic) for statement in _one().statements
    ]
    assert told[:4] == [
        ("Splinting is covered for a bee that:", "covered", "any_of"),
        ("Is grown, or", "covered", None),
        ("Has lost <45% of its antenna.", "covered", None),
        ("Splinting by wasps is not covered.", "not_covered", None),
    ]
    assert not any("straw" in statement.text for statement in _one().statements)


def test_its_history_joins_what_has_no_date_to_the_row_before() -> None:
    assert [(row.date, row.text) for row in _one().revision_history] == [
        ("2017-05", "Maintenance. (TN 1854) (CR10086) Edits went on."),
        ("2009-04", "First determination."),
    ]


@pytest.mark.parametrize("printed", ["1966-01-01 00:00:00", ""])
def test_the_start_of_medicare_is_no_effective_date(printed: str) -> None:
    assert _one(NCD_efctv_dt=printed).dates["effective"].status == "undated"


def test_an_end_before_the_beginning_is_ambiguous_and_said() -> None:
    record = _one(NCD_trmntn_dt="2008-01-01 00:00:00")
    assert (record.dates["retired"].status, record.dates["retired"].date) == ("ambiguous", None)
    assert record.extraction is not None
    assert "the export says that it ended before it took effect" in record.extraction.warnings


def test_without_indications_the_description_is_what_is_covered() -> None:
    for empty in ("", "\r\n", "<p>&#160;</p>"):
        record = _one(itm_srvc_desc="<p>Splinting is covered for bees.</p>", indctn_lmtn=empty)
        assert [statement.text for statement in record.statements] == [
            "Splinting is covered for bees."
        ]


def test_cells_that_were_escaped_twice_are_read_twice() -> None:
    record = _one(indctn_lmtn="&lt;p&gt;Splinting &amp;amp; rest are covered.&lt;/p&gt;")
    assert [statement.text for statement in record.statements] == ["Splinting & rest are covered."]


def test_a_list_in_two_columns_says_what_is_denied() -> None:
    table = (
        "<table><tr><th>Item</th><th>Coverage</th></tr><tr><td>Straws</td><td>Deny - not "
        "medical</td></tr>"
    )
    table += "<tr><td>Wax</td><td>Covered if warm</td></tr></table>"
    told = [
        (statement.text, statement.position) for statement in _one(indctn_lmtn=table).statements
    ]
    assert told == [
        ("Straws — Deny - not medical", "not_covered"),
        ("Wax — Covered if warm", "covered"),
    ]


def test_every_row_of_a_table_is_a_record_of_its_own() -> None:
    records = _records(*({**ROW, "NCD_mnl_sect": f"40.{number}"} for number in range(1, 41)))
    assert [record.policy for record in records] == [f"ncd-40.{number}" for number in range(1, 41)]


def test_silence_about_what_is_not_covered_is_said() -> None:
    record = _one(cvrg_lvl_cd="3", indctn_lmtn="<p>Splinting is old.</p>")
    assert record.extraction is not None
    assert (
        "the export says that there is no coverage, and no statement was read that says so"
        in record.extraction.warnings
    )


def _text(data: str) -> Record:
    (record,) = extract(data.encode(), "40.99.txt")
    assert isinstance(record, Record)
    return record


def test_both_texts_of_a_determination_give_the_same_statements() -> None:
    manual, database = _text(MANUAL), _text(DATABASE)
    assert [(one.text, one.role, one.position, one.logic) for one in manual.statements] == [
        (one.text, one.role, one.position, one.logic) for one in database.statements
    ]
    texts = [statement.text for statement in manual.statements]
    assert texts[:5] == [
        "Splinting is covered for a bee that:",
        "Is grown, or",
        "Has lost less than 45 percent of its antenna.",
        "Splinting by wasps is not covered.",
        "CMS does not know them.",
    ]
    assert not any(
        word in text
        for text in texts
        for word in ("Rev.", "CIM", "reviewed", "Legs", "Hive Manual")
    )


def test_the_stamp_of_the_manual_dates_it() -> None:
    record = _text(MANUAL)
    assert (record.policy, record.title, record.version_label, record.version) == (
        "ncd-40.99",
        "Splinting of Antennae",
        "Rev. 12",
        "rev-12",
    )
    assert {name: fact.date for name, fact in record.dates.items()} == {
        "issued": "2009-04-05",
        "effective": "2009-03-03",
        "last_review": "2009-03",
    }


def test_a_text_without_a_stamp_is_undated() -> None:
    record = _text(DATABASE)
    assert record.dates["effective"].status == "undated"
    assert record.version.startswith("undated-")


def test_prose_in_a_stamp_is_kept_as_printed() -> None:
    record = _text(
        MANUAL.replace("Effective Date: 03-03-09", "Effective: Upon Implementation of the hive")
    )
    assert (record.dates["effective"].status, record.dates["effective"].raw) == (
        "undated",
        "Upon Implementation of the hive",
    )


LIST = """40.98 - List of Hives (Effective March 3, 2009)
(Rev. 12, Issued: 04-05-09, Effective: 03-03-09; Implementation: 05-05-09)
Medicare covers what follows for bees.
List of Hive Goods
Item Coverage
Antenna Splints Covered if the antenna is bent. (See section 4 of this manual.)
Bee Baths Deny--not medical in nature.
Bottles (See Nectar Jars.)
Nectar Jars For jars of wax, see section 9 of this manual.
Cross-references: The Hive Manual.
"""


def test_every_entry_of_a_list_is_one_statement() -> None:
    told = [
        (statement.text, statement.role, statement.position) for statement in _text(LIST).statements
    ]
    assert told == [
        ("Medicare covers what follows for bees.", "position", "covered"),
        (
            "Antenna Splints — Covered if the antenna is bent. (See section 4 of this manual.)",
            "position",
            "covered",
        ),
        ("Bee Baths — Deny--not medical in nature.", "position", "not_covered"),
        ("Bottles — (See Nectar Jars.)", "note", None),
        ("Nectar Jars — For jars of wax, see section 9 of this manual.", "note", None),
    ]


STUDIED = """40.97 Humming of Wasps

C. Nationally Non-Covered Indications

Humming is not covered for wasps.

Therefore, humming will be covered by Medicare in a clinical study if it meets the criteria in the two paragraphs below:

The study must address one of the following questions:

1. Does humming make wasps kind?

2. Does it make them live longer?

The study must adhere to the following standards:

a. It is written down.

b. It ends within 24 months.

Wasps that sting are asked to leave.
"""


def test_the_lists_to_which_a_sentence_points_are_its_criteria() -> None:
    record = _text(STUDIED)
    parents = {statement.key: statement for statement in record.statements}
    told = [
        (one.text, one.position, parents[one.parent].text[:18] if one.parent else None)
        for one in record.statements
    ]
    assert told[0] == ("Humming is not covered for wasps.", "not_covered", None)
    assert told[1][1:] == ("covered", None)
    assert told[2:] == [
        ("The study must address one of the following questions:", "covered", "Therefore, humming"),
        ("Does humming make wasps kind?", "covered", "The study must add"),
        ("Does it make them live longer?", "covered", "The study must add"),
        ("The study must adhere to the following standards:", "covered", "Therefore, humming"),
        ("It is written down.", "covered", "The study must adh"),
        ("It ends within 24 months.", "covered", "The study must adh"),
        ("Wasps that sting are asked to leave.", "not_covered", None),
    ]


def test_a_checklist_below_an_item_is_below_it_without_indentation() -> None:
    text = (
        "40.96 Humming\n\nB. Nationally Covered Indications\n\nHumming is only covered under "
        "the following conditions:\n\n"
    )
    text += (
        "The hive is warm;\n\nThe hive has a checklist which includes the following:\n\nthe "
        "queen is awake;\n\nthe wax is soft.\n"
    )
    told = [
        (one.text, one.parent is not None and "checklist" in one.parent)
        for one in _text(text).statements
    ]
    assert told == [
        ("Humming is only covered under the following conditions:", False),
        ("The hive is warm;", False),
        ("The hive has a checklist which includes the following:", False),
        ("the queen is awake;", True),
        ("the wax is soft.", True),
    ]


def test_what_the_markup_of_a_cell_strikes_out_or_hides_is_told():
    struck = "<p>Splinting is covered for a bee that is <del>old</del> grown.</p>"
    hidden = '<p style="display: none">Wasps are covered too.</p>'
    record = _one(indctn_lmtn=struck + hidden)
    assert [(part.why, part.text) for part in record.extraction.unread] == [
        ("struck", "old"),
        ("hidden", "Wasps are covered too."),
    ]
    said = " ".join(statement.text for statement in record.statements)
    assert "grown" in said
    assert "old" not in said
    assert "Wasps" not in said
