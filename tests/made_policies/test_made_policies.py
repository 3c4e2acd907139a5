"""The program reads policies that payers nobody knows might have written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy_tracker.documents.read import read_document
from tests.made_policies import again, measure, stock
from tests.made_policies.alike import differences
from tests.made_policies.forms.every import FORMS, rendered
from tests.made_policies.head_scoring import DATES, judged
from tests.made_policies.heads import FOLDER, Head, headed, heads
from tests.made_policies.invent import invent
from tests.made_policies.labels import printed
from tests.made_policies.later_writing import write
from tests.made_policies.pages import Written
from tests.made_policies.scoring import score

FROZEN = "5e1dd4cdf8a72ef3a00cd7daa641ea050f11f0b5fe598997d79ff49441798483"
"""Of all phrases. They were written before the code that reads them, and are never changed; who
wants others adds a way of writing, says so, and measures anew.
"""
LATER_FROZEN = "0b1375423c9ce6734d6d0d2ccbeeeca669571e3200d5be547906cbc5c95b9d6a"
"""Of the ways that were added later, in the same manner: all of them are kept apart."""
HEADS_FROZEN = "3cefe5e5048e9b95d001fee5cdc4899eafdec3a47cc231d0924aa182c9c89a3d"
"""Of the letterheads, in the same manner."""
FORMS_DIFFER = "things that differ between forms"
EVERY = stock.ways() | stock.later_ways()
FIGURES = Path(__file__).parent / "recorded_figures.json"


def test_the_phrases_are_those_that_were_written_first() -> None:
    assert stock.digest() == FROZEN
    assert stock.digest("later_ways") == LATER_FROZEN
    assert stock.digest(FOLDER) == HEADS_FROZEN


def test_half_of_the_ways_are_kept_apart() -> None:
    assert len(stock.tuned()) == len(stock.kept_apart()) == 10


def test_labels_count() -> None:
    assert printed("(a)", 2) == "(c)"
    assert printed("i.", 3) == "iv."
    assert printed("I.", 1) == "II."
    assert printed("•", 5) == "•"


@pytest.mark.parametrize("way", EVERY.values(), ids=EVERY)
def test_the_truth_of_a_way_scores_itself(way: stock.Way) -> None:
    truth = write(invent(1), way, 1).truth
    found = score(truth, _perfect(truth))
    wrong = {name: one for name, one in found.counts.items() if one.figure < 1}
    wrong = {name: one for name, one in wrong.items() if "reversed" not in name}
    assert not wrong
    assert not found.counts["reversed"].right


@pytest.mark.parametrize("head", heads().values(), ids=heads())
def test_the_truth_of_a_head_scores_itself(head: Head) -> None:
    truth = headed(head, 1).truth
    found = judged(truth, _perfect(truth) | _perfect_head(truth))
    assert not [one for one in found.misses if one[0] != "reversed"]


def test_a_head_prints_what_its_truth_says() -> None:
    for head in heads().values():
        page = headed(head, 2, "html_lists")
        text = rendered(page, "html_lists")[1].decode().replace("&amp;", "&")
        for name in ("payer", "policy_number"):
            accepted = [page.truth[name], *page.truth[f"{name}_alternatives"]]
            assert any(one in text for one in accepted), (head.name, accepted)


def test_every_form_prints_every_criterion() -> None:
    page = write(invent(1), stock.ways()["grove"], 1)
    for form in ("html_lists", "html_breaks", "text_flat"):
        _, data = rendered(page, form)
        text = data.decode()
        for row in page.truth["statements"]:
            assert row["text"].split(". ")[0] in text


def test_a_made_policy_is_the_same_each_time() -> None:
    pages = [write(invent(4), stock.ways()["olive"], 4) for _ in range(2)]
    assert pages[0] == pages[1]
    for form in FORMS:
        if not form.startswith("docx"):
            assert rendered(pages[0], form) == rendered(pages[1], form)


def sample() -> list[tuple]:
    """Each way once, each form at least twice."""
    forms = list(FORMS)
    return [
        one
        for number, way in enumerate(stock.ways().values())
        for one in measure.documents([way], (number % 3,), (forms[number % len(forms)],))
    ]


def differing_forms() -> int:
    """How many things are said in one form and not in the first, of a policy of every fourth way."""
    count = 0
    for way in [*stock.ways().values()][::4]:
        page = write(invent(2), way, 2)
        first, *others = (measure.read(data, name) for name, data in _all_forms(page))
        count += sum(len(differences(first, other)) for other in others)
    return count


def _all_forms(page: Written) -> list[tuple[str, bytes]]:
    return [rendered(page, form) for form in FORMS]


def figures_of(found: measure.Measured) -> dict[str, float]:
    """What is held: shares, and the counts of what was turned round."""
    told = {name: round(one.figure, 3) for name, one in found.total.items()}
    for name in ("reversed", "codes reversed"):
        told[name] = found.total[name].right
    return dict(sorted(told.items()))


def test_a_sample_is_read_as_well_as_before() -> None:
    found = measure.measure(sample(), measure.read)
    assert not found.failed
    told, held = figures_of(found), json.loads(FIGURES.read_text())
    held.pop(FORMS_DIFFER)
    turned = {"reversed", "codes reversed"}
    worse = [name for name in held if name not in turned and told[name] < held[name] - 0.005]
    worse += [name for name in turned if told[name] > held[name]]
    assert not worse, {name: (told[name], held[name]) for name in worse}


def test_the_forms_of_a_policy_differ_no_more_than_before() -> None:
    assert differing_forms() <= json.loads(FIGURES.read_text())[FORMS_DIFFER]


def test_words_printed_again_are_all_there() -> None:
    page = write(invent(5), stock.ways()["kestrel"], 5)
    name, data = rendered(page, "pdf_ruled")
    printed = again.page_of(read_document(data, name), "again")
    for form in (again.as_html(printed), again.as_html(again.relabelled(printed))):
        text = " ".join(form.decode().split())
        for row in page.truth["statements"]:
            assert row["text"].split(". ")[0] in text


def test_records_are_alike_where_only_their_layout_differs() -> None:
    row = {"key": "a", "text": "At least 6 weeks; and", "position": "covered", "logic": None}
    other = {**row, "key": "b", "text": "At least 6 weeks."}
    assert not differences({"statements": [row]}, {"statements": [other]})
    turned = {**row, "position": "not_covered"}
    assert len(differences({"statements": [row]}, {"statements": [turned]})) == 2


def _perfect_head(truth: dict) -> dict:
    """Who, what and when, as a reader has it that makes no mistake."""
    dates = {fields[0]: truth[name] for name, fields in DATES.items() if name in truth}
    return {
        "version_label": truth["version_label"],
        "policy_type": truth["policy_type"],
        "applies_to": {"lines_of_business": truth["lines_of_business"]},
        "dates": {name: {"date": day} for name, day in dates.items()},
    }


def _perfect(truth: dict) -> dict:
    """The record of a reader that makes no mistake."""
    rows, parents = [], []
    roles = {"limitation": "limit", "prior_auth": "prior_auth", "documentation": "documentation"}
    for number, row in enumerate(truth["statements"]):
        count, logic = row.get("children_min_count"), row.get("children_logic")
        position = row["position"]
        rows.append(
            {
                "key": str(number),
                "text": row["text"],
                "role": roles.get(position, "criterion"),
                "position": "medically_necessary" if position == "conditional" else position,
                "logic": f"at_least:{count}" if count else logic,
                "quantities": [one for one in truth["quantities"] if one["statement"] == number],
            }
        )
        wanted = row.get("logic") and (row["logic"], row.get("min_count"))
        fitting = [
            place
            for place, one in enumerate(truth["statements"][:number])
            if wanted and (one.get("children_logic"), one.get("children_min_count")) == wanted
        ]
        parents.append(fitting[-1] if fitting else None)
    for row, parent in zip(rows, parents, strict=True):
        row["parent"] = None if parent is None else str(parent)
    dates = {
        "effective": "effective_date",
        "last_review": "last_review_date",
        "next_review": "next_review_date",
        "original_effective": "original_effective_date",
        "published": "published_date",
    }
    return {
        **{name: truth[name] for name in ("payer", "policy_number", "title")},
        "dates": {name: {"date": truth[one]} for name, one in dates.items() if one in truth},
        "statements": rows,
        "code_groups": [
            {
                "disposition": group["disposition"],
                "codes": [{"code": code} for code in group["codes"]],
                "ranges": [{"from": first, "to": last} for first, last in group["ranges"]],
            }
            for group in truth["code_groups"]
        ],
        "revision_history": truth["revision_history"],
    }
