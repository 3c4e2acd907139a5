"""Random drug policies: most name their drug alone, and are found by the code that a public table
ties it to; plain JSON.
"""

from __future__ import annotations

from random import Random
from typing import Any

DRUGS = {
    "Denosumab (Prolia)": "J0897",
    "Rituximab (Rituxan)": "J9312",
    "Omalizumab (Xolair)": "J2357",
    "Dupilumab (Dupixent)": None,
}
"""Drugs as policies are titled, with the HCPCS code of each; one has none of its own."""
_NEEDS = (
    ("The member is {} years of age or older.", "age", ">=", "year"),
    ("Tablets were taken for at least {} weeks without success.", "duration", ">=", "week"),
    ("The marker in the blood is at {} points or more.", "score", ">=", "point"),
)


def random_drug_policy(rng: Random, number: int, payer: str, first: str) -> dict[str, Any]:
    """The first version of a drug policy: criteria, an approval that holds for some months, and
    seldom a code.
    """
    title = rng.choice(list(DRUGS))
    record: dict[str, Any] = {
        "record": 1,
        "payer": payer,
        "policy": f"rx-{number}",
        "policy_number": f"RX-{number}",
        "title": title,
        "policy_type": "drug_coverage",
        "version": first,
        "source_kind": "payer_document",
        "dates": {"effective": {"date": first}},
        "sections": [
            {"key": "coverage", "heading": "Coverage", "kind": "coverage"},
            {"key": "back", "heading": "Background", "kind": "background"},
        ],
        "statements": [
            {
                "key": "the-drug",
                "section": "coverage",
                "role": "position",
                "position": "medically_necessary",
                "logic": "all_of",
                "text": f"{title} is medically necessary when ALL of the following are met:",
            }
        ],
        "code_groups": [],
        "pairings": [],
        "authorizations": [
            {"requirement": "required", "valid_for": {"value": rng.randint(2, 12), "unit": "month"}}
        ],
    }
    for place, (text, kind, comparator, unit) in enumerate(rng.sample(_NEEDS, rng.randint(1, 3))):
        value = rng.randrange(4, 40)
        record["statements"].append(
            {
                "key": f"the-drug/need-{place}",
                "parent": "the-drug",
                "section": "coverage",
                "role": "criterion",
                "position": "medically_necessary",
                "text": f"For the drug: {text.format(value)}",
                "quantities": [
                    {"kind": kind, "comparator": comparator, "value": value, "unit": unit}
                ],
            }
        )
    if DRUGS[title] and rng.random() < 0.3:
        name_drug_code(rng, record)
    record["statements"].append(
        {
            "key": "about",
            "section": "back",
            "role": "note",
            "text": "The drug was first made in a shed.",
        }
    )
    return record


def name_drug_code(rng: Random, record: dict[str, Any]) -> bool:
    """A drug policy comes to print the code of its drug."""
    code = DRUGS.get(record["title"])
    if code is None or record["code_groups"]:
        return False
    record["code_groups"].append(
        {
            "key": "billing",
            "heading": "Codes for billing",
            "disposition": "medically_necessary",
            "codes": [{"system": "HCPCS", "code": code}],
            "ranges": [],
        }
    )
    return True


def other_drug(rng: Random, record: dict[str, Any]) -> bool:
    """A drug policy comes to be about another drug: the code by which it was found is no longer
    tied to it.
    """
    if record["title"] not in DRUGS or record["code_groups"]:
        return False
    record["title"] = rng.choice([title for title in DRUGS if title != record["title"]])
    return True


MUTATIONS = (name_drug_code, other_drug)
