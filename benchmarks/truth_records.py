"""Records made of hand-verified truth: what extraction would give if it made no mistake, so that
the comparison can be judged alone.

A truth file tells of one document: its statements with the headings and lead-ins above them, how
lists combine, positions, numbers, codes.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policy_tracker.errors import DateError
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.record import Record
from policy_tracker.record.time import parse_iso

Row = dict[str, Any]

ROLES = {
    "conditional": "criterion",
    "limitation": "limit",
    "documentation": "documentation",
    "prior_auth": "prior_auth",
    "other": "note",
}
"""The role of a sentence that takes no position itself; all others are positions."""
DATES = {
    "effective_date": "effective",
    "issue_date": "issued",
    "published_date": "published",
    "last_review_date": "last_review",
    "next_review_date": "next_review",
    "original_effective_date": "original_effective",
}
REST = re.compile(r"\ball other (?:indications|uses|conditions)\b", re.IGNORECASE)
PLURAL = re.compile(r"(?<=[a-z])s$")
LONG = 120
"""Letters of a list's key: shorter ones would be alike for lists that begin alike, and make one of
two.
"""
SPAN = re.compile(r"(?:(\d+) )?(\w+)$")
PERIODS = frozenset({"day", "week", "month", "year", "lifetime"})


def record_of(path: Path) -> Record:
    """The record that a truth file tells of."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    dates = {
        name: {"date": truth[field]} for field, name in DATES.items() if _is_date(truth.get(field))
    }
    statements, sections = _statements(truth)
    return Record.model_validate(
        {
            "record": 1,
            "payer": truth["payer"],
            "policy": slug(truth["title"]),
            "policy_number": truth["policy_number"],
            "title": truth["title"],
            "policy_type": truth["policy_type"],
            "version": truth.get("issue_date") or truth["effective_date"],
            "version_label": truth.get("version_label"),
            "source_kind": "payer_document",
            "dates": dates,
            "sections": sections,
            "statements": statements,
            "code_groups": [*_groups(truth)],
            "authorizations": [*_authorizations(statements)],
            "residual": next(_residuals(statements), None),
            "revision_history": [
                {
                    "date": row["date"] if _is_date(row["date"]) else None,
                    "type": row.get("type"),
                    "text": row["text"],
                }
                for row in truth["revision_history"]
            ],
        }
    )


def _is_date(text: str | None) -> bool:
    try:
        parse_iso(text or "")
    except DateError:
        return False
    return True


def _statements(truth: Row) -> tuple[list[Row], list[Row]]:
    """The statements as a tree, and a section for each heading that has any."""
    keys, section_keys = Keys(), Keys()
    sections: dict[tuple[str, ...], Row] = {}
    found: list[Row] = []
    above: dict[tuple[str, ...], Row] = {}
    quantities = _quantities(truth)
    for number, row in enumerate(truth["statements"]):
        path, depth = tuple(row["path"]), row["depth"]
        headings = path[: len(path) - depth]
        if headings not in sections:
            name = "/".join(slug(heading) or "part" for heading in headings)
            sections[headings] = {
                "key": section_keys.free(name),
                "heading": headings[-1],
                "kind": "coverage",
                "logic": None,
            }
        section = sections[headings]
        parent = above[path] if depth else above.get(path)
        if parent is None and not depth:
            section["logic"] = section["logic"] or row["logic"]
        one = {
            "key": keys.free(
                f"{parent['key'] if parent else section['key']}/{slug(row['text']) or 'part'}"
            ),
            "parent": parent["key"] if parent else None,
            "section": section["key"],
            "role": "note" if row.get("note") else ROLES.get(row["position"], "position"),
            "position": _position(row),
            "logic": row.get("children_logic"),
            "phase": _phase(headings),
            "text": row["text"],
            "quantities": quantities.get(number, []),
            "codes": [*_codes_in(row["text"], truth)],
        }
        if parent and row.get("min_count"):
            parent["logic"] = f"at_least:{row['min_count']}"
        above[(*path, row["text"])] = one
        found.append(one)
    return found, [*sections.values()]


def _position(row: Row) -> str | None:
    """A sentence's own position; what it asks for stands below one that grants."""
    if row["position"] == "other" or row.get("note"):
        return None
    return row["position"] if row["position"] not in ROLES else "medically_necessary"


def _phase(headings: tuple[str, ...]) -> str | None:
    last = headings[-1].lower()
    if "reauthorization" in last or "renewal" in last:
        return "continuation"
    return "initial" if "initial" in last else None


def _quantities(truth: Row) -> dict[int, list[Row]]:
    """The numbers of each statement by its place."""
    found: dict[int, list[Row]] = {}
    for one in truth["quantities"]:
        quantity = {name: one[name] for name in ("kind", "comparator", "value")} | {
            "unit": _singular(one["unit"]),
            "per": _per(one["per"]),
        }
        found.setdefault(one["statement"], []).append(quantity)
    return found


def _singular(unit: str) -> str:
    return PLURAL.sub("", unit)


def _per(said: str | None) -> Row | None:
    """The time within which a number counts: "3 years", "calendar year"."""
    found = SPAN.search(said or "")
    unit = _singular(found[2]) if found else None
    return {"value": int(found[1] or 1), "unit": unit} if found and unit in PERIODS else None


def _codes_in(text: str, truth: Row) -> Iterator[Row]:
    """The codes of the truth that a sentence prints."""
    printed = set(re.findall(r"[A-Z0-9.]{5,}", text))
    known = {
        (_system(group, code), code) for group in truth["code_groups"] for code in group["codes"]
    }
    yield from (
        {"system": system, "code": code} for system, code in sorted(known) if code in printed
    )


def _system(group: Row, code: str) -> str:
    """The system of a code; a list of several systems has CPT and HCPCS codes, which differ in
    their form.
    """
    if group["system"] != "mixed":
        return group["system"]
    return "HCPCS" if code[0].isalpha() else "CPT"


def _groups(truth: Row) -> Iterator[Row]:
    keys = Keys()
    for group in truth["code_groups"]:
        yield {
            "key": keys.free(slug(group["heading"].rpartition(" > ")[2], LONG) or "codes"),
            "heading": group["heading"],
            "disposition": group["disposition"],
            "codes": [{"system": _system(group, code), "code": code} for code in group["codes"]],
            "ranges": [
                {"system": _system(group, low), "from": low, "to": high, "raw": f"{low}-{high}"}
                for low, high in group["ranges"]
            ],
        }


def _authorizations(statements: list[Row]) -> Iterator[Row]:
    """How long an authorization lasts, where a sentence says so."""
    for one in statements:
        for quantity in one["quantities"]:
            if one["role"] == "prior_auth" and quantity["kind"] == "duration":
                lasts = {"value": quantity["value"], "unit": quantity["unit"]}
                yield {
                    "requirement": "required",
                    "phase": one["phase"],
                    "valid_for": lasts,
                    "statement": one["key"],
                }


def _residuals(statements: list[Row]) -> Iterator[Row]:
    for one in statements:
        if one["role"] == "position" and REST.search(one["text"]):
            yield {"position": one["position"], "text": one["text"]}
