"""Scores who, what and when by field, against the truth about a headed policy.

Imports nothing of the program that it judges.
"""

from __future__ import annotations

from typing import Any

from tests.made_policies.scoring import Score, score
from tests.made_policies.wording import plain

Json = dict[str, Any]
FIELDS = ("payer", "policy_number", "title", "version_label")
DATES = {
    "effective_date": ("effective",),
    "last_review_date": ("last_review", "revised"),
    "next_review_date": ("next_review",),
    "original_effective_date": ("original_effective", "issued"),
    "published_date": ("published", "issued"),
    "revised_date": ("revised", "last_review"),
}
"""Each date, and where a record may have it: the first, or what the label may as well mean."""
WHO_WHAT_WHEN = (*FIELDS, "policy_type", "lines_of_business", *DATES, "history")


def judged(truth: Json, record: Json) -> Score:
    """All counts of a headed policy; those of its body are counted as ever."""
    found = score(truth | {"revision_history": []}, record | {"revision_history": []})
    for name in ("identity", "dates", "history"):
        found.counts.pop(name, None)
    found.misses = [one for one in found.misses if one[0] not in ("identity", "dates")]
    for name in FIELDS:
        if truth[name]:
            _field(name, truth, record, found)
    kind = record.get("policy_type")
    about = f"{truth['policy_type']}, given {kind}"
    found.count("policy_type", kind == truth["policy_type"], given=bool(kind), about=about)
    _lines(truth, record, found)
    _dates(truth, record, found)
    _history(truth, record, found)
    return found


def _field(name: str, truth: Json, record: Json, found: Score) -> None:
    given = record.get(name)
    accepted = {plain(truth[name]), *map(plain, truth[f"{name}_alternatives"])}
    about = f"{truth[name]!r}, given {given!r}"
    found.count(name, plain(given) in accepted, given=bool(given), about=about)


def _lines(truth: Json, record: Json, found: Score) -> None:
    given = (record.get("applies_to") or {}).get("lines_of_business") or []
    wanted = truth["lines_of_business"]
    if wanted or given:
        about = f"{wanted}, given {given}"
        found.count("lines_of_business", set(given) == set(wanted), given=bool(given), about=about)


def _dates(truth: Json, record: Json, found: Score) -> None:
    printed = {
        name: str(one.get("date") or "")
        for name, one in (record.get("dates") or {}).items()
        if one and one.get("status") != "inferred" and one.get("date")
    }
    left = dict(printed)
    for name, fields in DATES.items():
        if name not in truth:
            continue
        given = [printed.get(one) for one in fields]
        right = [one for one in fields if printed.get(one) == truth[name]]
        about = f"{truth[name]}, given {given[0]} of {printed}"
        found.count(name, bool(right), given=any(given), about=about)
        for one in right[:1] or fields[:1]:
            left.pop(one, None)
    known = {truth[name] for name in DATES if name in truth}
    for name, day in left.items():
        if day not in known and name in ("effective", "original_effective", "next_review"):
            found.surplus("dates", f"{name} {day}")


def _history(truth: Json, record: Json, found: Score) -> None:
    left = [
        (str(row.get("date") or ""), row.get("text") or "")
        for row in record.get("revision_history") or []
    ]
    for want in truth["revision_history"]:
        fitting = [
            row
            for row in left
            if row[0].startswith(want["date"]) and plain(want["text"]) in plain(row[1])
        ]
        about = f"{want['date']} {want['text']}, given {left[:6]}"
        found.count("history", bool(fitting), given=bool(fitting), about=about)
        if fitting:
            left.remove(fitting[0])
    for row in left:
        found.surplus("history", " ".join(row))
