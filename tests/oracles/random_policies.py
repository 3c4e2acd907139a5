"""Random policies and the next version of each, in which one thing is otherwise: plain JSON, as a
payer's record would hold it.

All names, numbers and sentences are invented. A policy comes from a number, so that one that fails
is named by it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracles import random_days, random_drugs

PAYER = "orchard-health"
FIRST = date(2024, 1, 1)
_NEEDS = (
    ("Walking uphill has been limited for at least {} weeks.", "duration", ">=", "week"),
    ("A guided course of stretching was kept up for at least {} weeks.", "duration", ">=", "week"),
    ("The member is {} years of age or older.", "age", ">=", "year"),
    ("The swelling score is {} or more on the day of the request.", "score", ">=", "point"),
    ("At least {} sessions with a hand therapist did not help.", "count", ">=", "session"),
)
_PLAIN_NEEDS = (
    "A plain film shows no fracture.",
    "The device has been fitted by a certified orthotist.",
    "Bleeding disorders have been ruled out.",
    "The treating clinic keeps a registry of outcomes.",
)
_USES = (
    "marrow lavage",
    "tendon gliding",
    "cartilage sparing",
    "vein mapping",
    "nerve cooling",
    "bone stimulation",
)
_DENIED = ("experimental_investigational", "not_medically_necessary")


def random_policy(rng: Random, number: int) -> dict[str, Any]:
    """The first version of a policy: indications with criteria, lists of codes, and what is said of
    authorization, limits and the rest.
    """
    block = 20_000 + number * 100
    indications = rng.randint(1, 3)
    linked = indications > 1 and rng.random() < 0.6
    record: dict[str, Any] = {
        "record": 1,
        "payer": PAYER,
        "policy": f"oh-{number}",
        "policy_number": f"OH-{number}",
        "title": f"Orchard Procedures, Part {number}",
        "policy_type": "medical_coverage",
        "version": str(FIRST),
        "source_kind": "payer_document",
        "dates": {"effective": {"date": str(FIRST)}},
        "sections": [
            {"key": "coverage", "heading": "Coverage", "kind": "coverage"},
            {"key": "back", "heading": "Background", "kind": "background"},
        ],
        "statements": [],
        "code_groups": [],
        "pairings": [],
        "authorizations": [],
    }
    uses = rng.sample(_USES, indications)
    for place, use in enumerate(uses):
        named = linked and rng.random() < 0.5
        _add_indication(
            rng, record, use, _codes(rng, block + place * 20, rng.randint(1, 3)) if named else []
        )
        if linked and not named:
            _add_group(
                rng,
                record,
                block + place * 20,
                "medically_necessary",
                f"approved-{place}",
                f"Codes for {use}",
                use,
            )
    if not linked:
        _add_group(
            rng,
            record,
            block,
            "medically_necessary",
            "approved",
            "Codes that are approved when criteria are met",
        )
    if rng.random() < 0.7:
        _add_group(rng, record, block + 70, rng.choice(_DENIED), "denied", "Codes that are denied")
    if rng.random() < 0.6:
        _add_diagnoses(rng, record)
    _add_limit(rng, record)
    _add_authorizations(rng, record)
    if rng.random() < 0.5:
        record["residual"] = _residual(rng.choice(_DENIED))
    if rng.random() < 0.3:
        random_days.date_some(rng, record)
    write_out(record)
    record["statements"].append(
        {
            "key": "about",
            "section": "back",
            "role": "note",
            "text": "Orchard procedures were first described in the last century.",
        }
    )
    return record


def _add_indication(
    rng: Random, record: dict[str, Any], use: str, codes: list[dict[str, str]]
) -> None:
    key = use.replace(" ", "-")
    root = {
        "key": key,
        "section": "coverage",
        "role": "position",
        "position": "medically_necessary",
        "logic": "all_of",
        "text": f"{use.capitalize()} is medically necessary when ALL of the following are met:",
    }
    record["statements"].append(root | ({"codes": codes} if codes else {}))
    for place, (text, kind, comparator, unit) in enumerate(rng.sample(_NEEDS, rng.randint(1, 3))):
        value = rng.randrange(4, 40)
        quantity = {"kind": kind, "comparator": comparator, "value": value, "unit": unit}
        record["statements"].append(
            _criterion(key, f"need-{place}", f"For {use}: {text.format(value)}", [quantity])
        )
    for place, text in enumerate(rng.sample(_PLAIN_NEEDS, rng.randint(0, 2))):
        record["statements"].append(_criterion(key, f"plain-{place}", f"For {use}: {text}"))


def write_out(record: dict[str, Any]) -> None:
    """Have each lead-in print the codes that it names, or that a list names as its own: no code
    comes or goes without words.
    """
    for root in [one for one in record["statements"] if one["role"] == "position"]:
        groups = [group for group in record["code_groups"] if group.get("statement") == root["key"]]
        printed = [code["code"] for one in (root, *groups) for code in one.get("codes", ())]
        printed += [span["raw"] for group in groups for span in group["ranges"]]
        named = f" (CPT {', '.join(printed)})" if printed else ""
        use = (
            record["title"]
            if record["policy_type"] == "drug_coverage"
            else root["key"].replace("-", " ").capitalize()
        )
        root["text"] = f"{use}{named} is medically necessary when ALL of the following are met:"


def _criterion(
    parent: str, name: str, text: str, quantities: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    found = {
        "key": f"{parent}/{name}",
        "parent": parent,
        "section": "coverage",
        "role": "criterion",
        "position": "medically_necessary",
        "text": text,
    }
    return found | ({"quantities": quantities} if quantities else {})


def _codes(rng: Random, base: int, count: int) -> list[dict[str, str]]:
    return [
        {"system": "CPT", "code": f"{base + step:05d}"}
        for step in sorted(rng.sample(range(8), count))
    ]


def _range(base: int, first: int, last: int) -> dict[str, str]:
    low, high = f"{base + first:05d}", f"{base + last:05d}"
    return {"system": "CPT", "from": low, "to": high, "raw": f"{low} - {high}"}


def _add_group(
    rng: Random,
    record: dict[str, Any],
    base: int,
    disposition: str,
    key: str,
    heading: str,
    use: str | None = None,
) -> None:
    """A list of codes, and perhaps a range; with `use` it is the list of that indication's
    sentence.
    """
    group: dict[str, Any] = {
        "key": key,
        "heading": heading,
        "disposition": disposition,
        "codes": _codes(rng, base, rng.randint(1, 4)),
        "ranges": [_range(base, 10, 10 + rng.randint(2, 6))] if rng.random() < 0.6 else [],
    }
    record["code_groups"].append(group | ({"statement": use.replace(" ", "-")} if use else {}))


def _add_diagnoses(rng: Random, record: dict[str, Any]) -> None:
    letter = rng.choice("GKM")
    group = {
        "key": "diagnoses",
        "heading": "Diagnoses that support necessity",
        "disposition": "medically_necessary",
        "codes": [
            _diagnosis(f"{letter}{rng.randint(10, 20)}.{digit}")
            for digit in rng.sample(range(9), rng.randint(1, 3))
        ],
        "ranges": [],
    }
    if rng.random() < 0.6:
        stem = f"{letter}{rng.randint(30, 40)}"
        group["ranges"].append(
            {
                "system": "ICD10CM",
                "from": f"{stem}.0",
                "to": f"{stem}.4",
                "raw": f"{stem}.0 - {stem}.4",
            }
        )
    if rng.random() < 0.5:
        stem = f"{letter}{rng.randint(50, 60)}"
        group["ranges"].append({"system": "ICD10CM", "from": stem, "to": stem, "raw": f"{stem}.x"})
    record["code_groups"].append(group)
    procedures = [
        code
        for one in record["code_groups"][:-1]
        if one["disposition"] == "medically_necessary"
        for code in one["codes"]
    ]
    if procedures and rng.random() < 0.6:
        record["pairings"].append(
            {
                "procedures": [
                    _plain(code) for code in rng.sample(procedures, min(2, len(procedures)))
                ],
                "diagnoses": ["diagnoses"],
                "disposition": "medically_necessary",
                "otherwise": rng.choice(_DENIED),
            }
        )


def _add_limit(rng: Random, record: dict[str, Any]) -> None:
    if rng.random() < 0.5:
        value = rng.randint(2, 12)
        codes = named_codes(record, denied=False)
        limit = {
            "key": "limit",
            "section": "coverage",
            "role": "limit",
            "position": "medically_necessary",
            "text": f"No more than {value} sessions are approved in 12 months.",
            "quantities": [
                {
                    "kind": "frequency",
                    "comparator": "<=",
                    "value": value,
                    "unit": "session",
                    "per": {"value": 12, "unit": "month"},
                }
            ],
        }
        record["statements"].append(
            limit | ({"codes": [rng.choice(codes)]} if codes and rng.random() < 0.5 else {})
        )


def _add_authorizations(rng: Random, record: dict[str, Any]) -> None:
    if rng.random() < 0.4:
        record["authorizations"].append(
            {"requirement": "required", "valid_for": {"value": rng.randint(2, 12), "unit": "month"}}
        )
    codes = named_codes(record)
    if codes and rng.random() < 0.5:
        record["authorizations"].append(
            {
                "codes": rng.sample(codes, min(2, len(codes))),
                "requirement": rng.choice(["required", "notification"]),
            }
        )


def _residual(position: str) -> dict[str, str]:
    return {
        "position": position,
        "text": f"Everything that is not named above is {position.replace('_', ' ')}.",
    }


def _diagnosis(code: str) -> dict[str, str]:
    return {"system": "ICD10CM", "code": code}


def _plain(code: dict[str, Any]) -> dict[str, str]:
    return {"system": code["system"], "code": code["code"]}


def named_codes(
    record: dict[str, Any], system: str = "CPT", denied: bool = True
) -> list[dict[str, str]]:
    """The codes of a system that a record names one by one, each once; the denied ones too, unless
    told otherwise.
    """
    found = [
        code
        for group in record["code_groups"]
        if denied or group["disposition"] not in _DENIED
        for code in group["codes"]
    ]
    found += [code for one in record["statements"] for code in one.get("codes", ())]
    named = {code["code"]: _plain(code) for code in found if code["system"] == system}
    return list(named.values())


def asked_codes(record: dict[str, Any]) -> set[str]:
    """Codes worth asking for: named ones, those of drugs, members and ends of ranges, and those
    just outside of them.
    """
    codes = {
        code["code"]
        for system in ("CPT", "HCPCS", "ICD10CM")
        for code in named_codes(record, system)
    }
    codes |= {code["code"] for one in record["authorizations"] for code in one.get("codes", ())}
    codes |= {code["code"] for one in record["pairings"] for code in one["procedures"]}
    if record["policy_type"] == "drug_coverage":
        codes |= {code for code in random_drugs.DRUGS.values() if code}
    for span in [span for group in record["code_groups"] for span in group["ranges"]]:
        if span["system"] == "CPT":
            first, last = int(span["from"]), int(span["to"])
            codes |= {
                f"{number:05d}"
                for number in (first - 1, first, (first + last) // 2, last, last + 1)
            }
        elif span["from"] == span["to"]:
            codes |= {f"{span['from']}.0", f"{span['from']}.91"}
        else:
            codes |= {
                span["from"],
                f"{span['from'][:-1]}2",
                f"{span['to']}1",
                f"{span['to'][:-1]}9",
            }
    return codes


# --- The next version


def next_version(record: dict[str, Any], day: date) -> dict[str, Any]:
    """The same, issued again for a later day."""
    found = copy.deepcopy(record)
    return found | {"version": str(day), "dates": {"effective": {"date": str(day)}}}


def _with_numbers(record: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [one for one in record["statements"] if one["role"] == role and one.get("quantities")]


def _change_number(rng: Random, record: dict[str, Any], role: str) -> bool:
    if not (numbered := _with_numbers(record, role)):
        return False
    statement = rng.choice(numbered)
    quantity = statement["quantities"][0]
    value = quantity["value"] + rng.choice([1, 2, 8])
    statement["text"] = statement["text"].replace(f" {quantity['value']} ", f" {value} ", 1)
    quantity["value"] = value
    return True


def tighten_number(rng: Random, record: dict[str, Any]) -> bool:
    """One criterion asks for another number."""
    return _change_number(rng, record, "criterion")


def change_limit(rng: Random, record: dict[str, Any]) -> bool:
    """A limit has another number."""
    return _change_number(rng, record, "limit")


def add_criterion(rng: Random, record: dict[str, Any]) -> bool:
    """One indication asks for one thing more."""
    keys = {one["key"] for one in record["statements"]}
    roots = [
        one
        for one in record["statements"]
        if one["role"] == "position" and f"{one['key']}/further" not in keys
    ]
    if not roots:
        return False
    root = rng.choice(roots)
    place = record["statements"].index(root) + 1
    record["statements"].insert(
        place,
        _criterion(
            root["key"],
            "further",
            f"For {root['key'].replace('-', ' ')}: A second opinion in writing agrees.",
        ),
    )
    return True


def remove_criterion(rng: Random, record: dict[str, Any]) -> bool:
    """One indication no longer asks for something."""
    criteria = [one for one in record["statements"] if one["role"] == "criterion"]
    lonely = [
        one for one in criteria if sum(other["parent"] == one["parent"] for other in criteria) < 2
    ]
    if not (free := [one for one in criteria if one not in lonely]):
        return False
    record["statements"].remove(rng.choice(free))
    return True


def add_code(rng: Random, record: dict[str, Any]) -> bool:
    """A list names one code more."""
    group = rng.choice(
        [one for one in record["code_groups"] if one["key"] != "diagnoses"] or [None]
    )
    if group is None or record["policy_type"] == "drug_coverage":
        return False
    base = 20_000 + int(record["policy"].split("-")[1]) * 100
    taken = {code["code"] for code in named_codes(record)}
    free = [f"{base + step:05d}" for step in range(90, 99) if f"{base + step:05d}" not in taken]
    group["codes"].append({"system": "CPT", "code": rng.choice(free)})
    return True


def _removable(record: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    used = {code["code"] for one in record["pairings"] for code in one["procedures"]}
    used |= {code["code"] for one in record["authorizations"] for code in one.get("codes", ())}
    return [
        (group, code)
        for group in record["code_groups"]
        for code in group["codes"]
        if len(group["codes"]) > 1 and code["code"] not in used
    ]


def remove_code(rng: Random, record: dict[str, Any]) -> bool:
    """A list, of procedures or diagnoses, names one code less."""
    if not (found := _removable(record)):
        return False
    group, code = rng.choice(found)
    group["codes"].remove(code)
    return True


def move_code(rng: Random, record: dict[str, Any]) -> bool:
    """A code stands in the list with the other position."""
    denied = next((group for group in record["code_groups"] if group["key"] == "denied"), None)
    found = [
        (group, code)
        for group, code in _removable(record)
        if denied and group not in (denied,) and group["key"] != "diagnoses"
    ]
    if denied is None or not found:
        return False
    group, code = rng.choice(found)
    group["codes"].remove(code)
    denied["codes"].append(code)
    return True


def change_range(rng: Random, record: dict[str, Any]) -> bool:
    """A range ends one or two codes earlier or later."""
    spans = [
        span
        for group in record["code_groups"]
        for span in group["ranges"]
        if span["system"] == "CPT"
    ]
    if not spans:
        return False
    span = rng.choice(spans)
    last = max(int(span["from"]) + 1, int(span["to"]) + rng.choice([-2, -1, 1, 2]))
    if f"{last:05d}" == span["to"]:
        return False
    span |= {"to": f"{last:05d}", "raw": f"{span['from']} - {last:05d}"}
    return True


def add_range(rng: Random, record: dict[str, Any]) -> bool:
    """The diagnoses name a range more."""
    group = next((one for one in record["code_groups"] if one["key"] == "diagnoses"), None)
    if group is None:
        return False
    stem = f"S{rng.randint(20, 60)}"
    wildcard = rng.random() < 0.5
    first, last, raw = (
        (stem, stem, f"{stem}.x")
        if wildcard
        else (f"{stem}.0", f"{stem}.4", f"{stem}.0 - {stem}.4")
    )
    group["ranges"].append({"system": "ICD10CM", "from": first, "to": last, "raw": raw})
    return True


def remove_range(rng: Random, record: dict[str, Any]) -> bool:
    """A list no longer names a range or wildcard."""
    found = [(group, span) for group in record["code_groups"] for span in group["ranges"]]
    if not found:
        return False
    group, span = rng.choice(found)
    group["ranges"].remove(span)
    return True


def change_authorization(rng: Random, record: dict[str, Any]) -> bool:
    """What must be authorized is otherwise, for the codes named or for all."""
    if not record["authorizations"]:
        return False
    one = rng.choice(record["authorizations"])
    if "valid_for" in one:
        one["valid_for"] = {"value": one["valid_for"]["value"] + 6, "unit": "month"}
    else:
        one["requirement"] = "required" if one["requirement"] == "notification" else "notification"
    return True


def add_authorization(rng: Random, record: dict[str, Any]) -> bool:
    """Authorization comes to be required, for one code or for all."""
    if any("codes" not in one for one in record["authorizations"]):
        return False
    codes = named_codes(record)
    one = {"codes": [rng.choice(codes)]} if codes and rng.random() < 0.6 else {}
    record["authorizations"].append(
        one | {"requirement": "required", "phase": "continuation", "vendor": "Maple Review"}
    )
    return True


def remove_authorization(rng: Random, record: dict[str, Any]) -> bool:
    """Authorization is no longer asked for."""
    if not record["authorizations"]:
        return False
    record["authorizations"].remove(rng.choice(record["authorizations"]))
    return True


def change_pairing(rng: Random, record: dict[str, Any]) -> bool:
    """Without one of the diagnoses another position holds, or one procedure less is paired."""
    if not record["pairings"]:
        return False
    pairing = rng.choice(record["pairings"])
    if len(pairing["procedures"]) > 1 and rng.random() < 0.5:
        pairing["procedures"].pop()
    else:
        pairing["otherwise"] = next(
            position for position in _DENIED if position != pairing["otherwise"]
        )
    return True


def change_disposition(rng: Random, record: dict[str, Any]) -> bool:
    """All codes of the list of denied ones are denied for another reason."""
    group = next((one for one in record["code_groups"] if one["key"] == "denied"), None)
    if group is None:
        return False
    group["disposition"] = next(
        position for position in _DENIED if position != group["disposition"]
    )
    return True


def add_named_code(rng: Random, record: dict[str, Any]) -> bool:
    """A lead-in names one code more."""
    roots = [one for one in record["statements"] if one["role"] == "position" and one.get("codes")]
    if not roots:
        return False
    root = rng.choice(roots)
    base = int(root["codes"][0]["code"])
    code = {"system": "CPT", "code": f"{base + 9:05d}"}
    if code in root["codes"]:
        return False
    root["codes"].append(code)
    return True


def retire(rng: Random, record: dict[str, Any]) -> bool:
    """The payer retires the policy on the day of the version, and leaves its text as it was."""
    record["dates"]["retired"] = {"date": record["dates"]["effective"]["date"]}
    return True


def retire_later(rng: Random, record: dict[str, Any]) -> bool:
    """The payer says that it will retire the policy some time after the version takes effect."""
    begins = date.fromisoformat(record["dates"]["effective"]["date"])
    record["dates"]["retired"] = {"date": str(begins + timedelta(days=rng.choice([1, 30, 400])))}
    return True


def narrow_plans(rng: Random, record: dict[str, Any]) -> bool:
    """The policy comes to hold for one line of business alone."""
    if "applies_to" in record:
        return False
    record["applies_to"] = {"lines_of_business": ["commercial"]}
    return True


def change_residual(rng: Random, record: dict[str, Any]) -> bool:
    """What the policy does not name is denied for another reason."""
    if "residual" not in record:
        return False
    record["residual"] = _residual(
        next(position for position in _DENIED if position != record["residual"]["position"])
    )
    return True


def add_residual(rng: Random, record: dict[str, Any]) -> bool:
    """The policy comes to say what holds for everything that it does not name."""
    if "residual" in record:
        return False
    record["residual"] = _residual(rng.choice(_DENIED))
    return True


def remove_residual(rng: Random, record: dict[str, Any]) -> bool:
    """The policy no longer says what holds for everything else."""
    return record.pop("residual", None) is not None


def withdraw(rng: Random, record: dict[str, Any]) -> bool:
    """The payer takes the version back, as if it had never been issued."""
    record["withdrawn"] = {"why": "It was issued by mistake."}
    return True


RETIRING = (retire, retire_later)

Mutation = Callable[[Random, dict[str, Any]], bool]
SEMANTIC: tuple[Mutation, ...] = (
    tighten_number,
    change_limit,
    add_criterion,
    remove_criterion,
    add_code,
    remove_code,
    move_code,
    change_range,
    add_range,
    remove_range,
    change_authorization,
    add_authorization,
    remove_authorization,
    change_pairing,
    change_disposition,
    add_named_code,
    narrow_plans,
    retire,
    retire_later,
    change_residual,
    add_residual,
    remove_residual,
    withdraw,
    *random_days.MUTATIONS,
    *random_drugs.MUTATIONS,
)
"""Each changes one thing that can decide a claim, and returns whether it could."""


def other_marks(rng: Random, record: dict[str, Any]) -> bool:
    """Quotes, dashes and spaces are typed otherwise."""
    for statement in record["statements"]:
        statement["text"] = (
            statement["text"].replace("For ", "For\u00a0").replace("ALL of", "ALL  of")
        )
    return True


def other_background(rng: Random, record: dict[str, Any]) -> bool:
    """What explains, and decides nothing, is told in other words."""
    statement = next(one for one in record["statements"] if one["section"] == "back")
    statement["text"] = (
        "The first description of orchard procedures is more than a hundred years old."
    )
    return True


def further_history(rng: Random, record: dict[str, Any]) -> bool:
    """The payer's history has a row more."""
    day = record["dates"]["effective"]["date"]
    record["revision_history"] = [
        *record.get("revision_history", []),
        {"date": day, "type": "Annual Review", "text": "Reviewed; no change."},
    ]
    return True


def described(rng: Random, record: dict[str, Any]) -> bool:
    """A code has a description."""
    codes = [code for group in record["code_groups"] for code in group["codes"]]
    if not codes:
        return False
    rng.choice(codes)["description"] = f"Procedure as described on sheet {rng.randint(1, 99)}"
    return True


def reissued(rng: Random, record: dict[str, Any]) -> bool:
    """Nothing but the date is new."""
    return True


def reordered(rng: Random, record: dict[str, Any]) -> bool:
    """The codes of the lists stand in another order."""
    for group in record["code_groups"]:
        group["codes"] = group["codes"][::-1]
    return True


WORDING: tuple[Mutation, ...] = (
    other_marks,
    other_background,
    further_history,
    described,
    reissued,
    reordered,
    random_days.other_print,
)
"""Each changes what no claim hangs on: nobody hears of it."""


def later_days(rng: Random, count: int) -> list[date]:
    """The days of versions to come, in order."""
    days, day = [], FIRST
    for _ in range(count):
        day += timedelta(days=rng.choice([30, 91, 180, 365]))
        days.append(day)
    return days
