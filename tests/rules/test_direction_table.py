"""The definition of a change's direction, clause by clause: two small records for each, and what a
reader must be told of them.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from policy_tracker.record import Payer
from policy_tracker.rules import words
from policy_tracker.rules.classify import compare
from tests.rules.cases import record

MN, EX, NM, NC = (
    "medically_necessary",
    "experimental_investigational",
    "not_medically_necessary",
    "not_covered",
)
Part = dict[str, Any]
Told = tuple[str, str | None, str, bool]
"""Kind, axis, direction, whether it is substantive."""

DENIES_UNLISTED = Payer.model_validate(
    {
        "record": 1,
        "payer": "sample-payer",
        "name": "Sample Payer",
        "defaults": [
            {
                "system": "CPT",
                "cpt_kind": "category_iii",
                "position": EX,
                "text": "Unlisted temporary codes are unproven.",
            }
        ],
    }
)


@dataclass(frozen=True)
class Row:
    """A clause of the definition, two versions, their changes in order, and the verdict on each
    axis that is not neutral.
    """

    clause: str
    name: str
    before: Part
    after: Part
    told: tuple[Told, ...]
    verdict: dict[str, str]
    payer: Payer | None = None

    def __str__(self) -> str:
        return f"{self.clause}: {self.name}"


def listing(
    position: str | None, logic: str | None, *members: str, role: str = "criterion", **more: Any
) -> Part:
    """A sentence with a position, and the members of its list."""
    top = {
        "key": "top",
        "role": "position",
        "position": position,
        "logic": logic,
        "text": "Light therapy for plaque psoriasis",
    }
    below = [
        {"key": f"m{n}", "role": role, "parent": "top", "text": text}
        for n, text in enumerate(members)
    ]
    return {"statements": [top, *below], **more}


def saying(role: str, text: str, **more: Any) -> Part:
    """One statement."""
    return {"key": "only", "role": role, "text": text, **more}


def codes(
    disposition: str, *listed: str, heading: str = "Codes of this policy", **more: Any
) -> Part:
    """A code list."""
    return {
        "key": "list",
        "heading": heading,
        "disposition": disposition,
        "codes": [{"system": "CPT", "code": c} for c in listed],
        **more,
    }


SKIN, ELBOW, KNEE = "Involvement of the scalp", "Plaques at both elbows", "Swelling of one knee"
RESIDUAL = {"position": EX, "text": "Every use that is not named above is unproven."}
HISTORY: Told = ("editorial", None, "neutral", False)
APPROVES_REST = {"position": "covered", "text": "Every use that is not named above is covered."}


def joins(
    position: str | None, logic: str | None, role: str = "criterion", **more: Any
) -> tuple[Part, Part]:
    """A list to which a member is added."""
    return listing(position, logic, SKIN, ELBOW, role=role, **more), listing(
        position, logic, SKIN, ELBOW, KNEE, role=role, **more
    )


def added(direction: str) -> tuple[Told, ...]:
    """What is told of a criterion that joined."""
    return (("criterion_added", "coverage", direction, True),)


def removed(direction: str) -> tuple[Told, ...]:
    """What is told of a criterion that left."""
    return (("criterion_removed", "coverage", direction, True),)


def _members() -> list[Row]:
    rows = []
    positive = (
        "a criterion added to an any-of list under a positive position broadens, to an "
        "all-of list narrows"
    )
    reverse = "under experimental, not covered, an exclusion or none-of it is the other way round"
    table = [
        (positive, MN, "any_of", "broadened"),
        (positive, "covered", "any_of", "broadened"),
        (positive, MN, "all_of", "narrowed"),
        (positive, "covered", "all_of", "narrowed"),
        (reverse, EX, "any_of", "narrowed"),
        (reverse, EX, "all_of", "broadened"),
        (reverse, NC, "any_of", "narrowed"),
        (reverse, NC, "all_of", "broadened"),
        (reverse, NM, "any_of", "narrowed"),
        (reverse, NM, "all_of", "broadened"),
        (reverse, MN, "none_of", "narrowed"),
        (reverse, EX, "none_of", "broadened"),
        ("at-least-N: more options broaden", MN, "at_least:2", "broadened"),
        (
            "at-least-N: more options broaden, and under a denial narrow",
            EX,
            "at_least:2",
            "narrowed",
        ),
    ]
    turned = {"broadened": "narrowed", "narrowed": "broadened"}
    for clause, position, logic, way in table:
        one, two = joins(position, logic)
        rows.append(
            Row(
                clause,
                f"{logic} under {position} gains a member",
                one,
                two,
                added(way),
                {"coverage": way},
            )
        )
        rows.append(
            Row(
                clause,
                f"{logic} under {position} loses a member",
                two,
                one,
                removed(turned[way]),
                {"coverage": turned[way]},
            )
        )
    for role in ("exclusion", "limit"):
        one, two = joins(MN, "any_of", role)
        rows.append(
            Row(reverse, f"{role} joins", one, two, added("narrowed"), {"coverage": "narrowed"})
        )
        rows.append(
            Row(
                reverse, f"{role} leaves", two, one, removed("broadened"), {"coverage": "broadened"}
            )
        )
    return rows


def _within_exclusion() -> list[Row]:
    rows = []
    for logic, way in (("any_of", "narrowed"), ("all_of", "broadened")):
        parts = []
        for members in ((SKIN, ELBOW), (SKIN, ELBOW, KNEE)):
            out = {
                "key": "out",
                "role": "exclusion",
                "parent": "top",
                "logic": logic,
                "text": "It is excluded in the following cases",
            }
            below = [
                {"key": f"x{n}", "role": "criterion", "parent": "out", "text": text}
                for n, text in enumerate(members)
            ]
            parts.append(
                {
                    "statements": [
                        *listing(MN, "all_of", "Failure of creams")["statements"],
                        out,
                        *below,
                    ]
                }
            )
        clause = "under an exclusion it is the other way round"
        rows.append(
            Row(
                clause,
                f"{logic} of an exclusion gains a member",
                *parts,
                added(way),
                {"coverage": way},
            )
        )
    return rows


def _logic() -> list[Row]:
    def turn(clause: str, name: str, position: str, logics: tuple[str, str], way: str) -> Row:
        one, two = (listing(position, logic, SKIN, ELBOW, KNEE) for logic in logics)
        return Row(
            clause, name, one, two, (("logic_changed", "coverage", way, True),), {"coverage": way}
        )

    larger = "at-least-N: a larger N narrows"
    follows = "direction follows from logic and polarity"
    return [
        turn(
            larger,
            "two of three becomes three of three",
            MN,
            ("at_least:2", "at_least:3"),
            "narrowed",
        ),
        turn(larger, "a smaller one broadens", MN, ("at_least:3", "at_least:2"), "broadened"),
        turn(larger, "under a denial it broadens", EX, ("at_least:1", "at_least:2"), "broadened"),
        turn(follows, "all becomes any", MN, ("all_of", "any_of"), "broadened"),
        turn(follows, "any becomes all", MN, ("any_of", "all_of"), "narrowed"),
        turn(follows, "all becomes any under a denial", EX, ("all_of", "any_of"), "narrowed"),
        turn(
            "where the text cannot tell: indeterminate",
            "all becomes none",
            MN,
            ("all_of", "none_of"),
            "indeterminate",
        ),
    ]


def _baseline() -> list[Row]:
    explicit = "measured against the prior effective position: an explicit row"
    residual = "measured against the prior effective position: the policy's residual"
    default = "measured against the prior effective position: the payer's default"
    clarified = "naming an example of what was already excluded is neutral"
    nothing: Part = {}
    return [
        Row(
            explicit,
            "a denied code is approved",
            {"code_groups": [codes(EX, "0999T")]},
            {"code_groups": [codes(MN, "0999T")]},
            (("code_moved_group", "coverage", "broadened", True),),
            {"coverage": "broadened"},
        ),
        Row(
            explicit,
            "the row outweighs the residual",
            {"code_groups": [codes(MN, "0999T")], "residual": RESIDUAL},
            {"code_groups": [codes(EX, "0999T")], "residual": RESIDUAL},
            (("code_moved_group", "coverage", "narrowed", True),),
            {"coverage": "narrowed"},
        ),
        Row(
            residual,
            "an approved code joins where everything else is denied",
            {"code_groups": [codes(MN, "0998T")], "residual": RESIDUAL},
            {"code_groups": [codes(MN, "0998T", "0999T")], "residual": RESIDUAL},
            (("code_added", "coverage", "broadened", True),),
            {"coverage": "broadened"},
        ),
        Row(
            residual,
            "a denied code joins where everything else is approved",
            {"code_groups": [codes(EX, "0998T")], "residual": APPROVES_REST},
            {"code_groups": [codes(EX, "0998T", "0999T")], "residual": APPROVES_REST},
            (("code_added", "coverage", "narrowed", True),),
            {"coverage": "narrowed"},
        ),
        Row(
            residual,
            "a use is denied by name where everything else is approved",
            {"residual": APPROVES_REST},
            {
                "residual": APPROVES_REST,
                "statements": [
                    saying("position", "Light therapy for warts is unproven.", position=EX)
                ],
            },
            added("narrowed"),
            {"coverage": "narrowed"},
        ),
        Row(
            residual,
            "the residual itself turns",
            {"residual": RESIDUAL},
            {"residual": APPROVES_REST},
            (("coverage_position_changed", "coverage", "broadened", True),),
            {"coverage": "broadened"},
        ),
        Row(
            default,
            "an approved code joins",
            {"code_groups": [codes(MN, "0998T")]},
            {"code_groups": [codes(MN, "0998T", "0999T")]},
            (("code_added", "coverage", "broadened", True),),
            {"coverage": "broadened"},
            DENIES_UNLISTED,
        ),
        Row(
            default,
            "a denied code leaves its list, and the default still denies it",
            {"code_groups": [codes(EX, "0998T", "0999T")]},
            {"code_groups": [codes(EX, "0998T")]},
            (("code_removed", "coverage", "neutral", True),),
            {},
            DENIES_UNLISTED,
        ),
        Row(
            default,
            "it answers for its kind of codes alone",
            {"code_groups": [codes(EX, "0998T")]},
            {"code_groups": [codes(EX, "0998T", "99999")]},
            (("code_added", "coverage", "indeterminate", True),),
            {"coverage": "indeterminate"},
            DENIES_UNLISTED,
        ),
        Row(
            clarified,
            "a code that the residual denied",
            {"code_groups": [codes(EX, "0998T")], "residual": RESIDUAL},
            {"code_groups": [codes(EX, "0998T", "0999T")], "residual": RESIDUAL},
            (("code_added", "coverage", "neutral", True),),
            {},
        ),
        Row(
            clarified,
            "a code that the payer's default denied",
            {"code_groups": [codes(EX, "0998T")]},
            {"code_groups": [codes(EX, "0998T", "0999T")]},
            (("code_added", "coverage", "neutral", True),),
            {},
            DENIES_UNLISTED,
        ),
        Row(
            clarified,
            "a use that the residual denied",
            {"residual": RESIDUAL},
            {
                "residual": RESIDUAL,
                "statements": [
                    saying("position", "Light therapy for warts is unproven.", position=EX)
                ],
            },
            added("neutral"),
            {},
        ),
        Row(
            clarified,
            "a case in a list of denied ones",
            *joins(EX, "any_of", residual=RESIDUAL),
            added("neutral"),
            {},
        ),
        Row(
            clarified,
            "a use that a code default of the payer denied",
            nothing,
            {
                "statements": [
                    saying(
                        "position",
                        "0999T is unproven.",
                        position=EX,
                        codes=[{"system": "CPT", "code": "0999T"}],
                    )
                ]
            },
            added("neutral"),
            {},
            DENIES_UNLISTED,
        ),
        Row(
            explicit,
            "a code that stands among approved ones too does not say what is denied",
            {
                "code_groups": [
                    codes(EX, "0999T"),
                    {
                        **codes(MN, "0999T"),
                        "key": "other",
                        "heading": "With a diagnosis listed below",
                    },
                ]
            },
            {
                "code_groups": [
                    codes(EX, "0999T"),
                    {
                        **codes(MN, "0999T"),
                        "key": "other",
                        "heading": "With a diagnosis listed below",
                    },
                ],
                "statements": [
                    saying(
                        "position",
                        "0999T is unproven.",
                        position=EX,
                        codes=[{"system": "CPT", "code": "0999T"}],
                    )
                ],
            },
            added("indeterminate"),
            {"coverage": "indeterminate"},
        ),
        Row(
            explicit,
            "a code that can be approved does not say so of a further use",
            {"code_groups": [codes(MN, "0999T")]},
            {
                "code_groups": [codes(MN, "0999T")],
                "statements": [
                    saying(
                        "position",
                        "0999T is given for warts.",
                        position=MN,
                        codes=[{"system": "CPT", "code": "0999T"}],
                    )
                ],
            },
            added("broadened"),
            {"coverage": "broadened"},
        ),
        Row(
            clarified,
            "a use whose code the list denied by an explicit row",
            {"code_groups": [codes(EX, "0999T")]},
            {
                "code_groups": [codes(EX, "0999T")],
                "statements": [
                    saying(
                        "position",
                        "0999T is unproven.",
                        position=EX,
                        codes=[{"system": "CPT", "code": "0999T"}],
                    )
                ],
            },
            added("neutral"),
            {},
        ),
    ]


def _numbers() -> list[Row]:
    def months(role: str, count: int, text: str, **more: Any) -> Part:
        return {
            "statements": [
                saying(
                    role,
                    text.format(count),
                    quantities=[{"kind": "interval", "value": count, "unit": "month"}],
                    **more,
                )
            ]
        }

    clause = "the meaning of a number hangs on role, kind and comparator"
    scan = "One scan every {} months"
    review = "Continued use is reviewed again every {} months"
    old = {"kind": "age", "comparator": ">=", "value": 18, "unit": "year"}

    def aged(position: str, comparator: str, value: int) -> Part:
        word = {">=": "older", "<=": "younger"}[comparator]
        bound = {**old, "comparator": comparator, "value": value}
        top = {
            "key": "top",
            "role": "position",
            "position": position,
            "logic": "all_of",
            "text": "Light therapy for plaque psoriasis",
        }
        age = {
            "key": "age",
            "role": "criterion",
            "parent": "top",
            "text": f"Age {value} years or {word}",
            "quantities": [bound],
        }
        return {"statements": [top, age]}

    def number(name: str, one: Part, two: Part, way: str) -> Row:
        return Row(
            clause,
            name,
            one,
            two,
            (("threshold_changed", "coverage", way, True),),
            {"coverage": way},
        )

    return [
        Row(
            "24 to 12 months of a frequency limit broadens",
            "limit",
            months("limit", 24, scan),
            months("limit", 12, scan),
            (("frequency_changed", "coverage", "broadened", True),),
            {"coverage": "broadened"},
        ),
        Row(
            "24 to 12 months of a frequency limit broadens",
            "and 12 to 24 narrows",
            months("limit", 12, scan),
            months("limit", 24, scan),
            (("frequency_changed", "coverage", "narrowed", True),),
            {"coverage": "narrowed"},
        ),
        Row(
            "24 to 12 months of a reauthorization interval adds burden",
            "review",
            months("review_interval", 24, review),
            months("review_interval", 12, review),
            (("threshold_changed", "burden", "narrowed", True),),
            {"burden": "narrowed"},
        ),
        Row(
            "24 to 12 months of a reauthorization interval adds burden",
            "and 12 to 24 eases it",
            months("review_interval", 12, review),
            months("review_interval", 24, review),
            (("threshold_changed", "burden", "broadened", True),),
            {"burden": "broadened"},
        ),
        number("a lower bound falls", aged(MN, ">=", 18), aged(MN, ">=", 12), "broadened"),
        number("an upper bound falls", aged(MN, "<=", 18), aged(MN, "<=", 12), "narrowed"),
        number(
            "a lower bound of a denial falls", aged(EX, ">=", 18), aged(EX, ">=", 12), "narrowed"
        ),
        Row(
            clause,
            "a lower bound becomes an upper one: some cases come, others go",
            aged(MN, ">=", 18),
            aged(MN, "<=", 18),
            (("threshold_changed", "coverage", "indeterminate", True),),
            {"coverage": "indeterminate"},
        ),
    ]


def _axes() -> list[Row]:
    recourse = "experimental to not medically necessary: coverage neutral, recourse changed"
    first = (
        "prior authorization that arrives with first-time coverage is burden, and does not "
        "cancel the broadening"
    )
    code = {"system": "CPT", "code": "0999T"}
    denied = {"code_groups": [codes(EX, "0999T")]}
    successor = (
        "a deleted code whose successor keeps the disposition is code_replaced, coverage "
        "neutral, substantive"
    )
    named = {"description": "Sample measurement"}
    lists = [
        {"code_groups": [{**codes(MN), "codes": [{"system": "CPT", "code": found, **named}]}]}
        for found in ("0999T", "99999")
    ]
    return [
        Row(
            recourse,
            "of a sentence",
            {
                "statements": [
                    saying("position", "Light therapy for warts is unproven.", position=EX)
                ]
            },
            {
                "statements": [
                    saying(
                        "position",
                        "Light therapy for warts is not medically necessary.",
                        position=NM,
                    )
                ]
            },
            (("coverage_position_changed", "recourse", "indeterminate", True),),
            {"recourse": "indeterminate"},
        ),
        Row(
            recourse,
            "of a code",
            denied,
            {"code_groups": [codes(NM, "0999T")]},
            (("code_moved_group", "recourse", "indeterminate", True),),
            {"recourse": "indeterminate"},
        ),
        Row(
            recourse,
            "of the residual",
            {"residual": RESIDUAL},
            {
                "residual": {
                    "position": NM,
                    "text": "Every use that is not named above is not medically necessary.",
                }
            },
            (("coverage_position_changed", "recourse", "indeterminate", True),),
            {"recourse": "indeterminate"},
        ),
        Row(
            first,
            "of a code",
            denied,
            {
                "code_groups": [codes(MN, "0999T")],
                "authorizations": [{"requirement": "required", "codes": [code]}],
            },
            (
                ("code_moved_group", "coverage", "broadened", True),
                ("prior_auth_changed", "burden", "narrowed", True),
            ),
            {"coverage": "broadened", "burden": "narrowed"},
        ),
        Row(
            first,
            "of a sentence",
            {
                "statements": [
                    saying(
                        "position",
                        "Light therapy for warts is unproven.",
                        position=EX,
                        codes=[code],
                    )
                ]
            },
            {
                "statements": [
                    saying(
                        "position",
                        "Light therapy for warts is medically necessary.",
                        position=MN,
                        codes=[code],
                    )
                ],
                "authorizations": [{"requirement": "required", "codes": [code]}],
            },
            (
                ("coverage_position_changed", "coverage", "broadened", True),
                ("prior_auth_changed", "burden", "narrowed", True),
            ),
            {"coverage": "broadened", "burden": "narrowed"},
        ),
        Row(
            successor,
            "alike described",
            *lists,
            (("code_replaced", "coverage", "neutral", True),),
            {},
        ),
        Row(
            successor,
            "said in the history",
            {"code_groups": [codes(MN, "0999T")]},
            {
                "code_groups": [codes(MN, "99999")],
                "revision_history": [{"text": "0999T was deleted and replaced by 99999."}],
            },
            (("code_replaced", "coverage", "neutral", True), HISTORY),
            {},
        ),
        Row(
            successor,
            "unless its disposition is another",
            {"code_groups": [codes(MN, "0999T")]},
            {
                "code_groups": [codes(EX, "99999")],
                "revision_history": [{"text": "0999T was deleted and replaced by 99999."}],
            },
            (
                ("code_added", "coverage", "indeterminate", True),
                ("code_removed", "coverage", "narrowed", True),
                HISTORY,
            ),
            {"coverage": "indeterminate"},
        ),
        Row(
            successor,
            "unless nothing says that it is one",
            {"code_groups": [codes(MN, "0999T")]},
            {"code_groups": [codes(MN, "99999")]},
            (
                ("code_added", "coverage", "broadened", True),
                ("code_removed", "coverage", "narrowed", True),
            ),
            {"coverage": "mixed"},
        ),
    ]


def _successors() -> list[Row]:
    clause = "a retired or rerouted policy is indeterminate until its successor is compared"
    routed = [
        {
            "payer": "sample-payer",
            "policy": "light-devices",
            "relation": "routes_to",
            "why": "devices for the home",
        }
    ]
    replaced = [{"payer": "sample-payer", "policy": "light-therapy", "relation": "replaced_by"}]
    some = {"code_groups": [codes(MN, "99999")]}
    open_scope = (("scope_changed", "coverage", "indeterminate", True),)
    return [
        Row(
            clause,
            "retired",
            some,
            {**some, "dates": {"retired": {"date": "2026-02-01"}}},
            open_scope,
            {"coverage": "indeterminate"},
        ),
        Row(
            clause,
            "withdrawn",
            some,
            {**some, "withdrawn": {"why": "issued in error"}},
            open_scope,
            {"coverage": "indeterminate"},
        ),
        Row(
            clause,
            "rerouted",
            some,
            {**some, "related_policies": routed},
            open_scope,
            {"coverage": "indeterminate"},
        ),
        Row(
            clause,
            "replaced",
            some,
            {**some, "related_policies": replaced},
            open_scope,
            {"coverage": "indeterminate"},
        ),
        Row(
            clause,
            "a sentence left to another policy",
            {
                "statements": [
                    saying("position", "Light therapy for warts is unproven.", position=EX)
                ]
            },
            {
                "statements": [
                    saying(
                        "position",
                        "Light therapy for warts is decided elsewhere.",
                        position="out_of_scope",
                    )
                ]
            },
            open_scope,
            {"coverage": "indeterminate"},
        ),
    ]


def _open() -> list[Row]:
    clause = "where the text cannot tell: indeterminate"
    way = {"coverage": "indeterminate"}
    unnamed = {
        "statements": [saying("position", "Light therapy for warts is unproven.", position=EX)]
    }
    return [
        Row(
            clause,
            "a list that does not say how it combines",
            *joins(MN, None),
            added("indeterminate"),
            way,
        ),
        Row(
            clause,
            "a list under no position",
            *joins("informational", "all_of"),
            added("indeterminate"),
            way,
        ),
        Row(
            "Direction is a set question",
            "a denial where nothing was said: silence is no denial",
            {},
            unnamed,
            added("narrowed"),
            {"coverage": "narrowed"},
        ),
        Row(
            clause,
            "a denied code where nothing was said",
            {},
            {"code_groups": [codes(EX, "99999")]},
            (("code_added", "coverage", "indeterminate", True),),
            way,
        ),
        Row(
            clause,
            "words came and went in one criterion",
            listing(MN, "all_of", "Failure of a topical cream over two seasons"),
            listing(MN, "all_of", "Failure of a bath treatment over two seasons"),
            (("criterion_modified", "coverage", "indeterminate", True),),
            way,
        ),
        Row(
            clause,
            "the residual is stated first",
            {},
            {"residual": RESIDUAL},
            (("coverage_position_changed", "coverage", "indeterminate", True),),
            way,
        ),
    ]


def _verdicts() -> list[Row]:
    clause = (
        "per axis the direction is that of its items, mixed only where they disagree on that axis"
    )
    review = saying("review_interval", "Continued use is reviewed again", parent=None)
    asked = {"requirement": "required", "codes": []}
    wider, narrower = joins(MN, "any_of"), joins(NM, "any_of")
    second = {
        "key": "two",
        "role": "position",
        "position": MN,
        "logic": "all_of",
        "text": "Laser therapy of scars is considered",
    }
    need = {
        "key": "need",
        "role": "criterion",
        "parent": "two",
        "text": "Scar of at least half a year",
    }
    pain = {"key": "pain", "role": "criterion", "parent": "two", "text": "Pain in the scar"}
    both = [
        {"statements": [*wider[0]["statements"], second, need]},
        {"statements": [*wider[1]["statements"], second, need, pain]},
    ]
    return [
        Row(
            clause,
            "one broadens and one narrows coverage",
            *both,
            (*added("broadened"), *added("narrowed")),
            {"coverage": "mixed"},
        ),
        Row(
            clause,
            "coverage broadens and burden is added",
            wider[0],
            {**wider[1], "authorizations": [asked]},
            (*added("broadened"), ("prior_auth_changed", "burden", "narrowed", True)),
            {"coverage": "broadened", "burden": "narrowed"},
        ),
        Row(
            clause,
            "coverage narrows and burden is eased",
            {**narrower[0], "authorizations": [asked]},
            narrower[1],
            (*added("narrowed"), ("prior_auth_changed", "burden", "broadened", True)),
            {"coverage": "narrowed", "burden": "broadened"},
        ),
        Row(
            clause,
            "a neutral item takes nothing away",
            {**wider[0], "residual": RESIDUAL, "code_groups": [codes(EX, "0998T")]},
            {**wider[1], "residual": RESIDUAL, "code_groups": [codes(EX, "0998T", "0999T")]},
            (*added("broadened"), ("code_added", "coverage", "neutral", True)),
            {"coverage": "broadened"},
        ),
        Row(
            clause,
            "an open item leaves the axis open",
            {**wider[0], "code_groups": []},
            {**wider[1], "code_groups": [codes(EX, "99999")]},
            (*added("broadened"), ("code_added", "coverage", "indeterminate", True)),
            {"coverage": "indeterminate"},
        ),
        Row(
            clause,
            "burden added and eased",
            {"statements": [review]},
            {"authorizations": [asked]},
            (
                ("prior_auth_changed", "burden", "narrowed", True),
                ("threshold_changed", "burden", "broadened", True),
            ),
            {"burden": "mixed"},
        ),
    ]


def _payment() -> list[Row]:
    pays = {"policy_type": "reimbursement"}
    return [
        Row(
            "payment: units, bundling, rate",
            "a reimbursement policy pays for one more code",
            {**pays, "code_groups": [codes("covered", "99998")]},
            {**pays, "code_groups": [codes("covered", "99998", "99999")]},
            (("code_added", "payment", "broadened", True),),
            {"payment": "broadened"},
        ),
        Row(
            "burden: authorization, documents, re-review",
            "a document is asked for",
            listing(MN, "all_of", SKIN),
            {
                "statements": [
                    *listing(MN, "all_of", SKIN)["statements"],
                    saying("documentation", "Photographs must be submitted."),
                ]
            },
            (("documentation_changed", "burden", "narrowed", True),),
            {"burden": "narrowed"},
        ),
    ]


ROWS = [
    *_members(),
    *_within_exclusion(),
    *_logic(),
    *_baseline(),
    *_numbers(),
    *_axes(),
    *_successors(),
    *_open(),
    *_verdicts(),
    *_payment(),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_direction(row):
    found = compare(
        record(row.before, "2025-01-01"), record(row.after, "2026-01-01"), payer=row.payer
    )
    told = [(c.kind, c.axis, c.direction, c.substantive) for c in found.changes]
    assert sorted(told, key=repr) == sorted(row.told, key=repr), [c.rule for c in found.changes]
    directions = found.verdict.direction
    assert {axis: way for axis, way in directions if way != "neutral"} == row.verdict


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_same_version_twice_says_nothing(row):
    for part in (row.before, row.after):
        same = compare(record(part, "2025-01-01"), record(part, "2026-01-01"), payer=row.payer)
        assert same.changes == ()
        assert {way for _, way in same.verdict.direction} == {"neutral"}


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("broadened", "Burden eased"),
        ("narrowed", "Burden added"),
        ("mixed", "Burden changed both ways"),
    ],
)
def test_people_read_the_burden_axis_as_eased_or_added(way, said):
    assert words.direction_words("burden", way) == said
