"""One file: what is accepted, and every refusal with its line, field and reason."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.errors import RecordError
from policy_tracker.record import Bulletin, Record
from policy_tracker.recordfiles.located import plain
from policy_tracker.recordfiles.read import MOST_BYTES, read_payer, read_records
from policy_tracker.recordfiles.yaml import read_yaml

GOOD = """\
record: 1
payer: example
policy: p-1
title: A policy
policy_type: medical_coverage
version: "2025-01-01"
source_kind: payer_document
dates:
  effective: {date: 2025-01-01, raw: "01/01/2025"}
sections:
  - {key: s, heading: Coverage}
statements:
  - key: a
    section: s
    role: position
    position: covered
    text: Bone analysis is covered.
    quantities:
      - {kind: count, value: 2, unit: scan}
    codes:
      - {system: CPT, code: "0691T"}
code_groups:
  - key: g
    heading: Covered
    disposition: covered
    codes:
      - system: CPT
        code: 77080
        qualifiers: {modifiers: [26], place_of_service: ["02"]}
    ranges:
      - {system: ICD10CM, from: M80, to: M80, raw: M80.x}
"""


@pytest.fixture
def write(tmp_path):
    def to_file(text, name="record.yaml"):
        path = tmp_path / name
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return path

    return to_file


def faults_of(path):
    with pytest.raises(RecordError) as caught:
        read_records(path)
    assert all(fault.file == str(path) for fault in caught.value.faults)
    assert str(caught.value) == "\n".join(str(fault) for fault in caught.value.faults)
    return [(fault.line, fault.field, fault.reason) for fault in caught.value.faults]


def test_a_good_file(write):
    path = write(GOOD)
    (sourced,) = read_records(path)
    assert isinstance(sourced.value, Record)
    assert sourced.file == str(path)
    assert (sourced.line("version"), sourced.line("statements"), sourced.line("residual")) == (
        6,
        12,
        None,
    )
    assert sourced.value.dates["effective"].date == "2025-01-01"


def test_unquoted_codes_that_cannot_have_lost_a_zero_are_codes(write):
    (sourced,) = read_records(write(GOOD))
    (code,) = sourced.value.code_groups[0].codes
    assert (code.code, code.qualifiers.modifiers, code.qualifiers.place_of_service) == (
        "77080",
        ("26",),
        ("02",),
    )


REFUSED = [
    (
        "payer: example",
        "payer: example\npayr: x",
        [(3, "payr", "is an unknown field; did you mean payer?")],
    ),
    (
        "    role: position",
        "    role: position\n    payer_trem: x",
        [(16, "statements[0].payer_trem", "is an unknown field; did you mean payer_term?")],
    ),
    (
        "raw: M80.x}",
        "raw: M80.x, last: M81}",
        [(31, "code_groups[0].ranges[0].last", "is an unknown field")],
    ),
    ("title: A policy\n", "", [(1, "title", "is missing")]),
    ("    text: Bone analysis is covered.\n", "", [(13, "statements[0].text", "is missing")]),
    ("record: 1", "record: 2", [(1, "record", "2 is not one of 1")]),
    ("record: 1", "record: true", [(1, "record", "the version of the format is the number 1")]),
    (
        "payer: example",
        "payer: Example Plan",
        [
            (
                2,
                "payer",
                (
                    "'Example Plan' is not a short name: lower-case letters and digits, joined by "
                    "single - _ or ."
                ),
            )
        ],
    ),
    (
        "payer: example",
        "payer: ../etc",
        [
            (
                2,
                "payer",
                (
                    "'../etc' is not a short name: lower-case letters and digits, joined by "
                    "single - _ or ."
                ),
            )
        ],
    ),
    (
        "key: a\n",
        "key: A b\n",
        [
            (
                13,
                "statements[0].key",
                "'A b' is not a key: lower-case words and digits joined by -, levels divided by /",
            )
        ],
    ),
    (
        'version: "2025-01-01"',
        "version: 2025/01",
        [
            (
                6,
                "version",
                "'2025/01' is not a version's name: letters and digits, joined by single - _ or .",
            )
        ],
    ),
    (
        'version: "2025-01-01"',
        "version: 2025",
        [(6, "version", "a text is wanted, not 2025: put it in quotes")],
    ),
    ("title: A policy", "title:", [(4, "title", "a text is wanted, not nothing")]),
    (
        "title: A policy",
        'title: ""',
        [(4, "title", "is empty: leave the field out where nothing is stated")],
    ),
    ("title: A policy", "title: [a, b]", [(4, "title", "a text is wanted, not a list of 2")]),
    (
        "title: A policy",
        "title: A policy\npolicy_number: 0300",
        [
            (
                5,
                "policy_number",
                (
                    'quote it ("0300"): unquoted it is a number, and the zero at its beginning '
                    "would be lost"
                ),
            )
        ],
    ),
    (
        "policy_type: medical_coverage",
        "policy_type: novel",
        [
            (
                5,
                "policy_type",
                "'novel' is not one of medical_coverage, drug_coverage, reimbursement, "
                "administrative, guideline, prior_auth_list, "
                "lcd, ncd or article",
            )
        ],
    ),
    (
        "{date: 2025-01-01, raw",
        "{date: 2025-02-30, raw",
        [(9, "dates.effective.date", "'2025-02-30' is not a date of the calendar")],
    ),
    (
        "{date: 2025-01-01, raw",
        "{date: 01/02/2025, raw",
        [
            (
                9,
                "dates.effective.date",
                (
                    "'01/02/2025' is not a date of the form YYYY-MM-DD or YYYY-MM between 1900 "
                    "and 2200"
                ),
            )
        ],
    ),
    (
        "{date: 2025-01-01, raw",
        "{date: 9999-12-31, raw",
        [
            (
                9,
                "dates.effective.date",
                (
                    "'9999-12-31' is not a date of the form YYYY-MM-DD or YYYY-MM between 1900 "
                    "and 2200"
                ),
            )
        ],
    ),
    (
        "{date: 2025-01-01, raw",
        "{status: dated, raw",
        [(9, "dates.effective", "a date that is dated needs its date")],
    ),
    (
        "  effective:",
        "  efective:",
        [
            (
                9,
                "dates.efective",
                "'efective' is not one of effective, published, issued, revised, last_review, "
                "next_review, original_effective, retired, "
                "superseded_on, notice_start or notice_end",
            )
        ],
    ),
    (
        "  effective:",
        "  effective: {status: undated}\n  effective:",
        [(10, "dates.effective", "stands twice, first on line 9")],
    ),
    (
        "value: 2, unit",
        'value: "2", unit',
        [(19, "statements[0].quantities[0].value", "a number is wanted, not '2'")],
    ),
    (
        "value: 2, unit",
        "value: true, unit",
        [(19, "statements[0].quantities[0].value", "a number is wanted, not true")],
    ),
    (
        "value: 2, unit",
        "value: 2e3, unit",
        [
            (
                19,
                "statements[0].quantities[0].value",
                'quote it ("2e3") if it is a text, or write the number in plain digits',
            )
        ],
    ),
    (
        'code: "0691T"',
        'code: "0691X"',
        [(21, "statements[0].codes[0].code", "'0691X' is not a CPT code")],
    ),
    (
        'code: "0691T"',
        "code: 01234",
        [
            (
                21,
                "statements[0].codes[0].code",
                (
                    'quote it ("01234"): unquoted it is a number, and the zero at its beginning '
                    "would be lost"
                ),
            )
        ],
    ),
    (
        'code: "0691T"',
        "code: 691",
        [(21, "statements[0].codes[0].code", "'691' is not a CPT code")],
    ),
    (
        'code: "0691T"',
        "code: 1e5",
        [
            (
                21,
                "statements[0].codes[0].code",
                'quote it ("1e5") if it is a text, or write the number in plain digits',
            )
        ],
    ),
    (
        '{system: CPT, code: "0691T"}',
        '{system: cpt, code: "0691T"}',
        [
            (
                21,
                "statements[0].codes[0].system",
                (
                    "'cpt' is not one of CPT, HCPCS, ICD10CM, ICD10PCS, NDC, REVENUE, BILL_TYPE, "
                    "DRG, CDT or LOINC"
                ),
            )
        ],
    ),
    (
        "from: M80, to: M80",
        "from: M81, to: M80",
        [(31, "code_groups[0].ranges[0]", "the range 'M80.x' ends before it begins")],
    ),
    (
        "modifiers: [26]",
        "modifiers: [260]",
        [
            (
                29,
                "code_groups[0].codes[0].qualifiers.modifiers[0]",
                "'260' is not a modifier: two capital letters or digits",
            )
        ],
    ),
    (
        'place_of_service: ["02"]',
        "place_of_service: 02",
        [
            (
                29,
                "code_groups[0].codes[0].qualifiers.place_of_service",
                (
                    'quote it ("02"): unquoted it is a number, and the zero at its beginning '
                    "would be lost"
                ),
            )
        ],
    ),
    ("section: s\n", "section: t\n", [(14, "statements[0].section", "there is no section 't'")]),
    (
        "statements:\n  - key: a",
        "statements:\n  - just a text\n  - key: a",
        [(13, "statements[0]", "fields with values are wanted, not 'just a text'")],
    ),
    (
        "sections:\n  - {key: s, heading: Coverage}",
        "sections: {key: s}",
        [
            (10, "sections", "a list is wanted, not fields with values"),
            (13, "statements[0].section", "there is no section 's'"),
        ],
    ),
    (
        "title: A policy",
        "title: A policy\nsource_url: ftp://x",
        [(5, "source_url", "'ftp://x' is not a web address that begins with http:// or https://")],
    ),
    (
        "title: A policy",
        "title: A policy\ndisagreements: [{about: prior_auth, claims: [{text: x}]}]",
        [(5, "disagreements[0].claims", "has 1 entries, not at least 2")],
    ),
    (
        "title: A policy",
        "title: A policy\nextraction: {extractor: x, version: 1.5}",
        [(5, "extraction.version", "a whole number is wanted, not 1.5")],
    ),
    (
        "title: A policy",
        "title: A policy\nextraction: {extractor: x, version: 1, text_coverage: {units: -1, recorded: 0}}",
        [(5, "extraction.text_coverage.units", "-1 is not at least 0")],
    ),
    (
        "    role: position",
        "    role: position\n    source: {page: 0}",
        [(16, "statements[0].source.page", "0 is not at least 1")],
    ),
    (
        "    role: position",
        "    role: position\n    logic: most_of",
        [
            (
                16,
                "statements[0].logic",
                "'most_of' is not all_of, any_of, none_of or at_least:N (N from 1 to 99)",
            )
        ],
    ),
    (
        "    role: position",
        "    role: position\n    logic: at_least:0",
        [
            (
                16,
                "statements[0].logic",
                "'at_least:0' is not all_of, any_of, none_of or at_least:N (N from 1 to 99)",
            )
        ],
    ),
    (
        "title: A policy",
        "title: !!str A policy",
        [(4, "title", "carries a tag (!), and tags are not read: leave it out")],
    ),
    (
        "title: A policy",
        'title: "A\\0policy"',
        [(4, "title", "holds the character U+0000, which is no text")],
    ),
    (
        "title: A policy",
        "title: A policy: part 2",
        [(4, "", "the YAML cannot be read here: mapping values are not allowed in this context")],
    ),
]


@pytest.mark.parametrize(
    ("good", "bad", "expected"), REFUSED, ids=[f"{bad[:40]!r}" for _, bad, _ in REFUSED]
)
def test_what_is_refused_and_where(write, good, bad, expected):
    assert GOOD.count(good) >= 1
    assert faults_of(write(GOOD.replace(good, bad, 1))) == expected


def test_all_faults_at_once_in_the_order_of_the_lines(write):
    text = (
        GOOD.replace("payer: example", "payer: Example")
        .replace("section: s\n", "section: t\n")
        .replace('"0691T"', '"9"')
        .replace("key: g", "kee: g")
    )
    assert [(line, field) for line, field, _ in faults_of(write(text))] == [
        (2, "payer"),
        (14, "statements[0].section"),
        (21, "statements[0].codes[0].code"),
        (23, "code_groups[0].kee"),
        (23, "code_groups[0].key"),
    ]


def test_the_words_of_a_fault_are_one_line_whatever_was_written(write):
    text = GOOD.replace("payer: example", 'payer: "a\\nb\\tc"').replace(
        "title: A policy", 'title: A policy\n"x\\ny": 1'
    )
    faults = faults_of(write(text))
    assert len(faults) == 2
    for _, field, reason in faults:
        assert field.isprintable()
        assert reason.isprintable()


def test_a_long_value_is_shortened(write):
    ((_, _, reason),) = faults_of(write(GOOD.replace("payer: example", f"payer: {'X' * 5000}")))
    assert reason == "is longer than 120 characters"
    ((_, _, reason),) = faults_of(write(GOOD.replace("role: position", f"role: {'x' * 5000}")))
    assert len(reason) < 300


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", None, "is empty"),
        (b"# only a comment\n", None, "is empty"),
        (b"---\n", None, "is empty"),
        (b"record: 1\ntitle: caf\xe9\n", 2, "is not UTF-8 text: save it in that encoding"),
        ("record: 1".encode("utf-16"), 1, "is not UTF-8 text: save it in that encoding"),
        (b"x" * (MOST_BYTES + 1), None, f"is larger than {MOST_BYTES} bytes"),
        (b"just a text", 1, "a record is wanted (fields with values), not 'just a text'"),
        (b"42", 1, "a record is wanted (fields with values), not 42"),
    ],
)
def test_files_of_which_nothing_can_be_made(write, content, line, reason):
    assert faults_of(write(content)) == [(line, "", reason)]


def test_a_byte_order_mark_does_no_harm(write):
    assert len(read_records(write(b"\xef\xbb\xbf" + GOOD.encode()))) == 1


def test_what_is_no_file(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    reasons = {
        name: faults_of(tmp_path / name)[0][2]
        for name in ("missing.yaml", "folder.yaml", "pipe.yaml", "dangling.yaml", "loop.yaml")
    }
    assert reasons == {
        "missing.yaml": "there is no such file",
        "folder.yaml": "is not a file",
        "pipe.yaml": "is not a file",
        "dangling.yaml": "there is no such file",
        "loop.yaml": "cannot be read: Too many levels of symbolic links",
    }
    assert faults_of(Path("a\x00b.yaml"))[0][2].startswith("cannot be read: ")


def test_json_is_read_as_well(write):
    (from_yaml,) = read_records(write(GOOD))
    text = from_yaml.value.model_dump_json(by_alias=True, indent=2, exclude_defaults=True)
    (from_json,) = read_records(write(text, "record.json"))
    assert from_json.value == from_yaml.value
    broken = text.replace('"0691T"', '"0691X"')
    line = next(number for number, row in enumerate(broken.splitlines(), 1) if "0691X" in row)
    assert faults_of(write(broken, "broken.json")) == [
        (line, "statements[0].codes[0].code", "'0691X' is not a CPT code")
    ]


def test_several_records_in_one_file(write):
    (one,) = read_records(write(GOOD))
    other = GOOD.replace('"2025-01-01"\n', '"2026-01-01"\n')
    assert [sourced.value.version for sourced in read_records(write(f"{GOOD}---\n{other}"))] == [
        "2025-01-01",
        "2026-01-01",
    ]
    data = json.loads(one.value.model_dump_json(by_alias=True, exclude_defaults=True))
    assert len(read_records(write(json.dumps([data, data]), "list.json"))) == 2
    wrong = {**data, "payer": "No"}
    ((line, field, _),) = faults_of(write(json.dumps([data, wrong], indent=1), "list.json"))
    assert field == "[1].payer"
    assert line > 30


def test_a_bulletin_is_known_by_its_type(write):
    text = (
        "record: 1\npolicy_type: bulletin\npayer: example\ntitle: August\nentries:\n  - "
        "{policy: Bone, action: Updated}\n"
    )
    (sourced,) = read_records(write(text))
    assert isinstance(sourced.value, Bulletin)
    assert faults_of(write(text.replace("Updated", "changed"))) == [
        (6, "entries[0].action", "'changed' is not one of New, Updated or Retired")
    ]


def test_a_payer_file(write):
    text = "record: 1\npayer: example\nname: Example\nfixture: true\n"
    assert read_payer(write(text)).fixture is True
    for bad, expected in (
        (text.replace("true", "yes"), (4, "fixture", "true or false is wanted, not 'yes'")),
        (f"{text}---\n{text}", (None, "", "describes more than one payer")),
        (f"{text}name: Other\n", (5, "name", "stands twice, first on line 3")),
    ):
        with pytest.raises(RecordError) as caught:
            read_payer(write(bad))
        assert [(fault.line, fault.field, fault.reason) for fault in caught.value.faults] == [
            expected
        ]


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just([])
    | st.just({})
    | st.just([None])
    | st.just({"key": {}})
)


def places(value, path=()):
    yield path
    for step, item in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        yield from places(item, (*path, step))


def spoiled(value, path, odd):
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = spoiled(value[path[0]], path[1:], odd)
    return copy


@given(st.data())
def test_whatever_stands_anywhere_is_a_record_or_a_fault_with_its_line(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "odd.json"
    good = plain(read_yaml(GOOD)[0][0])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(sorted(places(good), key=repr)))
        good = spoiled(good, place, data.draw(ODD))
    path.write_text(json.dumps(good, indent=1))
    faults = ()
    try:
        assert read_records(path)
    except RecordError as error:
        faults = error.faults or (None,)
    assert all(fault and fault.reason.isprintable() and len(fault.reason) < 600 for fault in faults)


@pytest.mark.parametrize("nothing", ["[]\n", "---\n[]\n"])
def test_a_list_of_nothing_is_a_fault(write, nothing):
    with pytest.raises(RecordError, match="is empty"):
        read_records(write(nothing))


def test_a_record_with_5000_codes_is_read(write):
    codes = "".join(
        f'      - {{system: CPT, code: "{number:05d}", source: {{page: 4}}}}\n'
        for number in range(20_000, 25_000)
    )
    path = write(
        f"{GOOD}  - key: many\n    heading: Many\n    disposition: covered\n    codes:\n{codes}"
    )
    (sourced,) = read_records(path)
    assert len(sourced.value.code_groups[1].codes) == 5000
