"""Who must hear of a new version: an oracle that asks for the answer of each code, day by day,
before and after.

It imports nothing of the product. It is given answers as plain JSON, as anybody who asks gets them,
and does not know how they come about. A code's followers must hear if its answer differs on any
day, and only then; what merely names the version is no part of an answer.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

NAMES_ONLY = frozenset(
    {
        # of the version: its label, its dates, how sure it is, whether somebody has looked at it,
        # what comes after it
        *(
            "version",
            "version",
            "revision",
            "revision_id",
            "sequence",
            "start",
            "until",
            "why",
            "reason",
            "nearest",
            "sentence",
            "needs",
        ),
        *(
            "certainty",
            "certainty_reasons",
            "checked_on",
            "policy_effective",
            "tied",
            "nearest_before",
            "nearest_after",
            "gap",
            "review",
        ),
        *(
            "reviewed",
            "reviewed_by",
            "reviewed_on",
            "next_change",
            "question",
            "known",
            "not_addressed",
            "not_watched",
            "review_state",
            "found_by_no_code",
        ),
        *(
            "title",
            "source",
            "source_kind",
            "source_url",
            "completeness",
            "policy_number",
            "aliases",
            "id",
            "policy_type",
        ),
        # of the place: keys, and the range as printed; a member's answer is the same when its range
        # gets other ends
        *(
            "place",
            "key",
            "section",
            "statement",
            "matched",
            "exact",
            "description",
            "parent",
            "of",
            "tied_by",
        ),
        "raw",  # how a date or a quantity is printed
        # of other days: what is asked day by day shows by itself when something begins or ends
        *("effective", "ends", "other_days"),
    }
)
"""Fields of an answer that say where something stands, and not what holds."""

SAYING = (
    "dispositions",
    "authorizations",
    "statements",
    "criteria",
    "related",
    "paired_with",
    "residual",
)
"""What a policy's answer about a code consists of; where all of it is empty, the policy says
nothing of the code.
"""

Ask = Callable[[str, date, str | None], Any]
"""The answer about a code on a day, with a diagnosis or without, as JSON."""


@dataclass(frozen=True)
class Follower:
    """Somebody who follows a code, a policy or a payer.

    Only who has confirmed before, and has not ended it, must hear.
    """

    name: str
    kind: str
    value: str
    active: bool = True


def essence(answer: Any) -> Any:
    """What an answer says, without what merely names the version or the place.

    The order of parts, and saying one twice, mean nothing.
    """
    if isinstance(answer, dict):
        if "governing" in answer and not any(answer.get(name) for name in SAYING):
            # a policy is listed because an earlier version named the code: this one says nothing of
            # it
            return None
        told = {name: essence(value) for name, value in answer.items() if name not in NAMES_ONLY}
        return {name: value for name, value in told.items() if value not in (None, [], {}, "")}
    if isinstance(answer, list):
        return sorted(
            {
                json.dumps(said, sort_keys=True)
                for one in answer
                if (said := essence(one)) is not None
            }
        )
    return answer


def answers(
    ask: Ask, codes: Iterable[str], days: Iterable[date], diagnoses: Iterable[str] = ()
) -> dict[str, list[Any]]:
    """What is said of each code on each day, without a diagnosis and with each."""
    asked = [None, *diagnoses]
    days = list(days)
    return {
        code: [essence(ask(code, day, diagnosis)) for day in days for diagnosis in asked]
        for code in codes
    }


def differing(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    """The codes whose answer is not the same any more."""
    return {code for code, said in after.items() if said != before[code]}


def must_hear(
    followers: Iterable[Follower], codes: set[str], policy: str, matters: bool
) -> set[str]:
    """The names of those who must hear of a version of `policy` (`payer/policy`) with which the
    answers of `codes` differ.

    `matters`: whether anything in it could decide a claim, which is what followers of the policy
    and of the payer want to know.
    """
    payer = policy.partition("/")[0]
    concerned = {
        "code": codes,
        "policy": {policy} if matters else set(),
        "payer": {payer} if matters else set(),
    }
    return {one.name for one in followers if one.active and one.value in concerned[one.kind]}


def days_around(days: Iterable[date]) -> list[date]:
    """The days on which something may turn: each, and the one before."""
    return sorted({day + timedelta(days=step) for day in days for step in (-1, 0)})


# --- What a record says of a code, by itself: what the answers must show at least


def says(record: dict[str, Any], code: str, since: str) -> Any:
    """What a record, as JSON, says of a procedure code from a day on: positions, what governs,
    authorization, pairings, plans, retirement.

    None where it does not name the code. Only what is beyond doubt: a sentence that names codes, or
    that a list names as its own, governs those; one that names none governs every code with its
    position.
    """
    record = _without_ended(record, since)
    groups = [group for group in record["code_groups"] if _names(group, code)]
    naming = [one for one in record["statements"] if _names(one, code)]
    own = [one for one in record["authorizations"] if _names(one, code)]
    pairings = [
        one for one in record["pairings"] if code in {other["code"] for other in one["procedures"]}
    ]
    if not (groups or naming or own or pairings):
        return None
    positions = {group["disposition"] for group in groups} | {
        one["position"] for one in naming if one["role"] == "position"
    }
    sentences = {group.get("statement") for group in groups} | {one["key"] for one in naming}
    governing = [one for one in record["statements"] if _governs(record, one, sentences, positions)]
    wide = [one for one in record["authorizations"] if not one.get("codes")]
    return {
        "positions": sorted(positions),
        "governing": sorted(
            " ".join(one["text"].split())
            for one in governing
            if one["role"] in {"criterion", "limit"}
        ),
        "authorizations": sorted(
            json.dumps({**one, "codes": None}, sort_keys=True) for one in own + wide
        ),
        "pairings": sorted(_paired(record, one) for one in pairings),
        "plans": record.get("applies_to"),
        "retired": record["dates"].get("retired"),
    }


def _without_ended(record: dict[str, Any], since: str) -> dict[str, Any]:
    """A record without codes, ranges and statements (with what stands below them) that had ended
    before a day.
    """

    def holds(item: dict[str, Any]) -> bool:
        return "ends" not in item or item["ends"]["date"] >= since

    groups = [
        group
        | {
            "codes": list(filter(holds, group["codes"])),
            "ranges": list(filter(holds, group["ranges"])),
        }
        for group in record["code_groups"]
    ]
    standing: list[dict[str, Any]] = []
    for one in record["statements"]:
        parent = one.get("parent")
        if holds(one) and (parent is None or any(other["key"] == parent for other in standing)):
            standing.append(one)
    return record | {"code_groups": groups, "statements": standing}


def _governs(
    record: dict[str, Any],
    statement: dict[str, Any],
    sentences: set[str | None],
    positions: set[str],
) -> bool:
    tree = _tree(record, statement)
    if tree & sentences:
        return True
    linked = {group.get("statement") for group in record["code_groups"]}
    named = {
        one["key"]
        for one in record["statements"]
        if one.get("codes") or one.get("ranges") or one["key"] in linked
    }
    return not tree & named and statement.get("position") in positions


def _tree(record: dict[str, Any], statement: dict[str, Any]) -> set[str]:
    """A statement and those above it."""
    by_key = {one["key"]: one for one in record["statements"]}
    keys = {statement["key"]}
    while parent := statement.get("parent"):
        statement = by_key[parent]
        keys.add(parent)
    return keys


def _paired(record: dict[str, Any], pairing: dict[str, Any]) -> str:
    groups = [group for group in record["code_groups"] if group["key"] in pairing["diagnoses"]]
    diagnoses = sorted(code["code"] for group in groups for code in group["codes"])
    spans = sorted(f"{span['from']}-{span['to']}" for group in groups for span in group["ranges"])
    return json.dumps([diagnoses, spans, pairing["disposition"], pairing["otherwise"]])


def _names(part: dict[str, Any], code: str) -> bool:
    return any(one["code"] == code for one in part.get("codes", ())) or any(
        within(span, code) for span in part.get("ranges", ())
    )


def within(span: dict[str, str], code: str) -> bool:
    """Whether a code lies in a range, below its last code, or below the stem of a wildcard."""
    plain, first, last = (text.replace(".", "") for text in (code, span["from"], span["to"]))
    if plain[0].isalpha() != first[0].isalpha():
        return False
    return plain.startswith(last) or (span["from"] != span["to"] and first <= plain <= last)
