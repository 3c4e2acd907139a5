"""Records for hypothesis: small policies, later versions of them, and the same policy written in
another order.
"""

import random
from typing import Any

from hypothesis import strategies as st

from policy_tracker.record import Record

POSITIONS = [
    "medically_necessary",
    "covered",
    "experimental_investigational",
    "not_medically_necessary",
    "not_covered",
    "out_of_scope",
    "informational",
]
LOGICS = ["all_of", "any_of", "none_of", "at_least:2"]
ROLES = [
    "position",
    "criterion",
    "limit",
    "exclusion",
    "documentation",
    "prior_auth",
    "review_interval",
    "scope",
    "note",
]
_WORDS = [
    "Patient",
    "therapy",
    "not",
    "required",
    "at",
    "least",
    "four",
    "one",
    "months",
    "imaging",
    "failed",
    "documentation",
    "only",
    "or",
    "if",
    "surgery",
    "12",
]
_CODES = ["0691T", "0743T", "77080", "77081", "95004", "95017"]

texts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7).map(" ".join)
codes = st.lists(st.sampled_from(_CODES), unique=True, max_size=3).map(
    lambda found: [{"system": "CPT", "code": code} for code in found]
)
quantities = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["age", "interval", "count", "units"]),
            "comparator": st.sampled_from(["<=", "=", ">="]),
            "value": st.sampled_from([1, 2, 12, 24]),
            "unit": st.sampled_from(["month", "year", "line"]),
        }
    ),
    max_size=1,
)


@st.composite
def statement_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Statements of one section: at the top, and below those, in an order in which parents come
    first.
    """
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 7))):
        parent = draw(st.sampled_from([None, *(s["key"] for s in found)]))
        one = {
            "key": f"{parent}/s{number}" if parent else f"s{number}",
            "parent": parent,
            "section": "part",
            "role": draw(st.sampled_from(ROLES)),
            "text": draw(texts),
            "logic": draw(st.sampled_from([None, *LOGICS])),
            "codes": draw(codes),
            "quantities": draw(quantities),
        }
        position = draw(st.sampled_from([None, *POSITIONS]))
        found.append({**one, "position": position})
    return found


@st.composite
def groups(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Code groups with unique keys."""
    keys = draw(st.lists(st.sampled_from(["one", "two", "three"]), unique=True))
    return [
        {
            "key": key,
            "heading": draw(texts),
            "disposition": draw(st.sampled_from(POSITIONS)),
            "codes": draw(codes),
        }
        for key in keys
    ]


@st.composite
def parts(draw: st.DrawFn) -> dict[str, Any]:
    """What two versions of one policy may differ in."""
    authorization = st.fixed_dictionaries(
        {
            "requirement": st.sampled_from(["required", "not_required", "notification", "unknown"]),
            "codes": codes,
            "phase": st.sampled_from([None, "initial"]),
        }
    )
    residual = st.fixed_dictionaries({"position": st.sampled_from(POSITIONS), "text": texts})
    return {
        "title": draw(st.sampled_from(["Bone Density", "Bone Mineral Density"])),
        "scope": draw(st.none() | texts),
        "sections": [
            {
                "key": "part",
                "heading": "Part",
                "kind": draw(st.sampled_from(["coverage", "coverage", "background"])),
                "logic": None,
            }
        ],
        "statements": draw(statement_lists()),
        "code_groups": draw(groups()),
        "authorizations": draw(st.lists(authorization, max_size=2)),
        "residual": draw(st.none() | residual),
        "completeness": draw(st.sampled_from(["whole", "whole", "partial"])),
        "dates": {"effective": {"date": draw(st.sampled_from(["2025-01-01", "2026-01-01"]))}},
        "applies_to": {
            "states": {"include": draw(st.lists(st.sampled_from(["DE", "NY", "PA"]), unique=True))}
        },
    }


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two versions of one policy: an earlier one, and one in which a few things are otherwise;
    sometimes two that share nothing.
    """
    before, other = draw(parts()), draw(parts())
    if draw(st.integers(0, 9)) == 0:
        return before, other
    kept = {
        name: other[name]
        for name in draw(st.sets(st.sampled_from(sorted(other)), max_size=3))
        - {"statements", "sections"}
    }
    statements = _without_orphans(
        [_revised(draw, s) for s in before["statements"] if draw(st.integers(0, 5))]
    )
    if statements and draw(st.booleans()):
        statements.append(
            {
                **draw(st.sampled_from(statements)),
                "key": "added",
                "parent": draw(st.none() | st.sampled_from([s["key"] for s in statements])),
            }
        )
    return before, {**before, **kept, "statements": statements}


def _revised(draw: st.DrawFn, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement as it was, or otherwise in one respect."""
    changes = {
        "text": texts | st.just(statement["text"] + " only if required"),
        "position": st.sampled_from([None, *POSITIONS]),
        "logic": st.sampled_from([None, *LOGICS]),
        "role": st.sampled_from(ROLES),
        "codes": codes,
        "quantities": quantities,
        "phase": st.sampled_from([None, "initial"]),
        "label": st.sampled_from([None, "a."]),
    }
    name = draw(st.sampled_from([None, None, *changes]))
    return {**statement, name: draw(changes[name])} if name else statement


def _without_orphans(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Statements whose parent is gone move to the top."""
    keys = {s["key"] for s in statements}
    return [{**s, "parent": s["parent"] if s["parent"] in keys else None} for s in statements]


def whole(part: dict[str, Any], version: str) -> Record:
    """A record of a part."""
    base = {
        "record": 1,
        "payer": "sample-payer",
        "policy": "sample",
        "policy_type": "medical_coverage",
        "source_kind": "payer_document",
    }
    return Record.model_validate({**base, "version": version, **part})


def reordered(part: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same policy with its code groups, their codes, authorizations, and members of lists whose
    logic is stated, in another order.
    """
    chance = random.Random(seed)
    groups = [
        {**group, "codes": chance.sample(group["codes"], len(group["codes"]))}
        for group in part["code_groups"]
    ]
    return {
        **part,
        "code_groups": chance.sample(groups, len(groups)),
        "authorizations": chance.sample(part["authorizations"], len(part["authorizations"])),
        "statements": _walk(part["statements"], None, chance, shuffle=False),
    }


def _walk(
    statements: list[dict[str, Any]], parent: str | None, chance: random.Random, *, shuffle: bool
) -> list[dict[str, Any]]:
    children = [s for s in statements if s["parent"] == parent]
    if shuffle:
        chance.shuffle(children)
    found = []
    for child in children:
        found += [
            child,
            *_walk(statements, child["key"], chance, shuffle=child["logic"] is not None),
        ]
    return found
