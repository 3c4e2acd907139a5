"""What holds of every comparison beyond symmetry: nothing without evidence, nothing lost, nothing
twice, and noise decides nothing.
"""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.diff.compare import differences
from policy_tracker.language.tokens import words
from policy_tracker.record import Record, Statement
from policy_tracker.rules import compare
from policy_tracker.rules.classify import extractions
from policy_tracker.rules.questions import texts as texts_of
from policy_tracker.rules.registry import MIRRORED, rules
from tests.diff.records import parts, quantities, versions, whole

TITLE = {"title": "Bone Density"}
NAMES_ALONE = {"label", "payer_term"}
"""Fields of a statement that say how it is called, and nothing else."""
CODES = [f"7{number:04d}" for number in range(7080, 7110)]


def both(pair) -> tuple[Record, Record]:
    return whole(pair[0], "2025-01-01"), whole(pair[1], "2026-01-01")


@given(versions())
def test_each_statement_is_kept_told_or_not_comparable_once(pair):
    before, after = both(pair)
    found = differences(before, after)
    times: Counter[tuple[str, str]] = Counter()
    for one in (*found.differences, *found.same):
        for side, content in (("before", one.before), ("after", one.after)):
            if isinstance(content, Statement):
                times[side, content.key] += 1
    for one in found.not_comparable:
        if one.place.startswith("statements/"):
            times[one.side, one.place.removeprefix("statements/").removesuffix("@before")] += 1
    there = {("before", s.key): 1 for s in before.statements} | {
        ("after", s.key): 1 for s in after.statements
    }
    assert times == there


@given(versions())
def test_what_is_called_kept_reads_alike(pair):
    for same in differences(*both(pair)).same:
        assert words(same.before.text) == words(same.after.text)
        assert (same.before.position, same.before.role, same.before.phase) == (
            same.after.position,
            same.after.role,
            same.after.phase,
        )


@given(versions())
def test_each_code_that_stands_elsewhere_is_told_or_not_comparable(pair):
    before, after = both(pair)
    found = differences(before, after)
    told = {
        (code.system, code.code)
        for difference in found.differences
        if difference.subject == "codes"
        for code in difference.codes
    }
    not_comparable = {
        code
        for one in found.not_comparable
        if one.place.startswith("codes/")
        for code in one.text.split(", ")
    }
    ones, twos = (
        {(c.system, c.code, g.disposition) for g in side.code_groups for c in g.codes}
        for side in (before, after)
    )
    assert {(system, code) for system, code, _ in ones ^ twos if code not in not_comparable} <= told


@given(versions())
def test_what_decides_rests_on_what_differs(pair):
    """A change that can decide a claim has another text, or other facts behind it than a name and
    the way of printing.
    """
    before, after = both(pair)
    by_hash = {difference.hash: difference for difference in differences(before, after).differences}
    for change in compare(before, after).changes:
        difference = by_hash[change.difference]
        assert (change.before, change.after) == texts_of(difference)
        if change.substantive and difference.subject == "statement" and difference.op == "modified":
            fields = difference.fields - NAMES_ALONE
            assert fields, change.rule
            assert fields != {"text"} or words(change.before or "") != words(change.after or ""), (
                change.rule
            )


@given(versions())
def test_swapped_sides_swap_what_is_quoted(pair):
    before, after = both(pair)

    def read(one: Record, two: Record, *, mirrored: bool) -> Counter:
        found: Counter = Counter()
        for difference in differences(one, two).differences:
            for reading in extractions(difference):
                sides = texts_of(difference)
                if mirrored:
                    found[
                        reading.rule.mirror,
                        sides[::-1],
                        MIRRORED[reading.direction],
                        difference.codes,
                    ] += 1
                else:
                    found[reading.rule.id, sides, reading.direction, difference.codes] += 1
        return found

    expected = read(after, before, mirrored=True)
    assert {name for name, *_ in expected} <= set(rules())
    assert read(before, after, mirrored=False) == expected


# noise

NOISE = [
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "  \n"),
    lambda text: f"• {text}",
    lambda text: f"(3) {text}",
    lambda text: f"{text}; AND",
    lambda text: f"{text}.",
    lambda text: text.upper(),
]


@given(parts(), st.data())
def test_noise_decides_nothing(part, data):
    """Spaces, line breaks, enumerators, connectors, stops and letter case are never substantive,
    nor are keys, pages and boxes.
    """

    def noisy(text: str) -> str:
        return data.draw(st.sampled_from([str, *NOISE]))(text)

    keys = {s["key"]: f"n{number}" for number, s in enumerate(part["statements"])}
    statements = [
        {
            **s,
            "key": keys[s["key"]],
            "parent": keys.get(s["parent"]),
            "text": noisy(s["text"]),
            "source": {"page": number + 1},
        }
        for number, s in enumerate(part["statements"])
    ]
    sections = [{**s, "heading": noisy(s["heading"])} for s in part["sections"]]
    found = compare(
        whole(part, "2025-01-01"),
        whole({**part, "statements": statements, "sections": sections}, "2026-01-01"),
    )
    assert [
        (change.rule, change.before, change.after) for change in found.changes if change.substantive
    ] == []


@given(parts(), st.data())
def test_a_number_that_was_read_from_the_same_words_decides_nothing(part, data):
    statements = [{**s, "quantities": data.draw(quantities)} for s in part["statements"]]
    found = compare(
        whole(part, "2025-01-01"), whole({**part, "statements": statements}, "2026-01-01")
    )
    assert [
        (change.rule, change.before, change.after) for change in found.changes if change.substantive
    ] == []


# code sets


@st.composite
def printed(draw: st.DrawFn, codes: set[str]) -> dict:
    """A table of these codes: single ones and ranges, overlapping or not, in any order."""
    ordered = sorted(codes, key=lambda _: draw(st.integers(0, 99)))
    ranges = []
    for _ in range(draw(st.integers(0, 4)) if codes else 0):
        first = draw(st.sampled_from(sorted(codes)))
        last = first
        while str(int(last) + 1) in codes and draw(st.integers(0, 5)):
            last = str(int(last) + 1)
        ranges.append({"system": "CPT", "from": first, "to": last, "raw": f"{first}-{last}"})
    held = {code for code in codes for span in ranges if span["from"] <= code <= span["to"]}
    single = [code for code in ordered if code not in held or draw(st.booleans())]
    rows = [{"system": "CPT", "code": code} for code in single]
    return {
        "key": "g",
        "heading": "Covered",
        "disposition": "covered",
        "codes": rows,
        "ranges": ranges,
    }


code_sets = st.sets(st.sampled_from(CODES))


@given(code_sets, st.data())
def test_another_way_of_printing_the_same_codes_is_no_difference(codes, data):
    one, two = (data.draw(printed(codes)) for _ in range(2))
    found = compare(
        whole({**TITLE, "code_groups": [one]}, "2025-01-01"),
        whole({**TITLE, "code_groups": [two]}, "2026-01-01"),
    )
    assert (found.changes, found.superseded, found.not_comparable) == ((), (), ())


@given(code_sets, code_sets, st.data())
def test_exactly_the_codes_that_came_and_went_are_told(before, after, data):
    one, two = data.draw(printed(before)), data.draw(printed(after))
    found = differences(
        whole({**TITLE, "code_groups": [one]}, "2025-01-01"),
        whole({**TITLE, "code_groups": [two]}, "2026-01-01"),
    )
    told = {
        difference.op: {code.code for code in difference.codes}
        for difference in found.differences
        if difference.subject == "codes"
    }
    assert told.get("added", set()) == after - before
    assert told.get("removed", set()) == before - after
    assert set(told) <= {"added", "removed"}
